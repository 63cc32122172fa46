#include "app/controller.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include <SDL.h>
#include <spdlog/spdlog.h>

#include "app/clock.h"

namespace tb::app {
namespace {

constexpr Uint32 kRumbleLasts_ms = 160;
constexpr double kRumbleAgain_ms = 80.0;
constexpr const char* kNoController = "No controller.";

float axis(SDL_GameController* pad, SDL_GameControllerAxis which) {
    return std::clamp(static_cast<float>(SDL_GameControllerGetAxis(pad, which)) / 32767.0f, -1.0f, 1.0f);
}

Uint16 motor(double share) {
    return static_cast<Uint16>(std::lround(std::clamp(share, 0.0, 1.0) * 65535.0));
}

} // namespace

struct Controller::Impl {
    SDL_GameController* pad = nullptr;
    SDL_JoystickID id = -1;
    bool ready = false;
    std::string why_no_rumble = kNoController;
    Uint16 low = 0, high = 0; ///< sent last
    Clock::time_point sent;

    void use(int device) {
        pad = SDL_GameControllerOpen(device);
        if (pad == nullptr) return;
        id = SDL_JoystickInstanceID(SDL_GameControllerGetJoystick(pad));
        const bool can = SDL_GameControllerHasRumble(pad) == SDL_TRUE;
        why_no_rumble = can ? "" : "This controller cannot rumble.";
        const char* name = SDL_GameControllerName(pad);
        spdlog::info("Game controller: {}.", name != nullptr ? name : "unnamed");
    }

    void let_go() {
        if (pad == nullptr) return;
        SDL_GameControllerClose(pad);
        pad = nullptr;
        id = -1;
        low = high = 0;
        why_no_rumble = kNoController;
    }

    void use_first() {
        for (int i = 0; i < SDL_NumJoysticks() && pad == nullptr; ++i) {
            if (SDL_IsGameController(i) == SDL_TRUE) use(i);
        }
    }
};

Controller::Controller() : impl_(std::make_unique<Impl>()) {}

Controller::~Controller() {
    impl_->let_go();
    if (impl_->ready) SDL_QuitSubSystem(SDL_INIT_GAMECONTROLLER);
}

void Controller::open() {
    impl_->ready = SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) == 0;
    if (!impl_->ready) spdlog::info("Game controllers cannot be used here ({}).", SDL_GetError());
}

void Controller::take(const SDL_Event& event) {
    if (!impl_->ready) return;
    if (event.type == SDL_CONTROLLERDEVICEADDED && impl_->pad == nullptr) impl_->use(event.cdevice.which);
    if (event.type == SDL_CONTROLLERDEVICEREMOVED && event.cdevice.which == impl_->id) {
        impl_->let_go();
        impl_->use_first();
    }
}

view::PadState Controller::state() const {
    view::PadState s;
    SDL_GameController* pad = impl_->pad;
    if (pad == nullptr || SDL_GameControllerGetAttached(pad) != SDL_TRUE) return s;
    s.connected = true;
    s.stick_right = axis(pad, SDL_CONTROLLER_AXIS_LEFTX);
    s.stick_up = -axis(pad, SDL_CONTROLLER_AXIS_LEFTY); // SDL's y points down
    s.right_trigger = std::max(0.0f, axis(pad, SDL_CONTROLLER_AXIS_TRIGGERRIGHT));
    s.left_trigger = std::max(0.0f, axis(pad, SDL_CONTROLLER_AXIS_TRIGGERLEFT));
    s.act = SDL_GameControllerGetButton(pad, SDL_CONTROLLER_BUTTON_A) != 0;
    return s;
}

const std::string& Controller::why_no_rumble() const {
    return impl_->why_no_rumble;
}

void Controller::rumble(double low, double high) {
    if (impl_->pad == nullptr || !impl_->why_no_rumble.empty()) return;
    const Uint16 l = motor(low), h = motor(high);
    const bool same = l == impl_->low && h == impl_->high;
    if (same && ((l == 0 && h == 0) || ms_since(impl_->sent) < kRumbleAgain_ms)) return;
    impl_->low = l;
    impl_->high = h;
    impl_->sent = Clock::now();
    SDL_GameControllerRumble(impl_->pad, l, h, kRumbleLasts_ms);
}

} // namespace tb::app
