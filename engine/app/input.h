#pragma once
// Window events on their way to ImGui.
//
// ImGui 1.86 asks for states (key down, pointer position) once a picture, which loses two things on a slow
// machine: a key that goes down and up between two pictures, and, with SDL's X11 driver, the pointer's
// movement after a mouse grab (the driver's global position is cached). So a batch ends before the release of
// a key that went down in it, and the pointer's position is the one the events told.

#include <deque>
#include <functional>
#include <optional>
#include <utility>

#include <SDL_events.h>

namespace tb::app {

class Input {
public:
    struct Taken {
        bool any = false;  ///< something happened that a picture should answer
        bool quit = false; ///< the window was closed
    };

    /// Hands the waiting events to ImGui; with `may_wait`, waits up to 0.1 s for the first one.
    Taken take(bool may_wait);

    /// Is shown every event too, before ImGui answers it: devices that come and go.
    void set_listener(std::function<void(const SDL_Event&)> listener) { listener_ = std::move(listener); }

    /// True while events of an earlier batch wait for the next picture.
    [[nodiscard]] bool pending() const { return !waiting_.empty(); }

    /// Tells ImGui what its SDL backend does not: the pointer of the events, and that Enter presses the
    /// focused button as Space does. Call it after ImGui_ImplSDL2_NewFrame.
    void complete_frame() const;

private:
    void remember_pointer(const SDL_Event& event);

    struct Pointer {
        float x = 0.0f, y = 0.0f;
    };
    std::function<void(const SDL_Event&)> listener_;
    std::deque<SDL_Event> waiting_;
    std::optional<Pointer> pointer_; ///< window coordinates; none while it is outside
};

} // namespace tb::app
