// What the person hears and feels of the running session, and the controller in the hand: devices of the
// window, fed from the session's state. Without `open` there are no devices and nothing happens.
#pragma once

#include "app/controller.h"
#include "app/sound.h"
#include "ui/shell.h"

namespace tb::app {

class Feel {
public:
    void open();
    /// Devices that come and go.
    void take(const SDL_Event& event);

    /// The state after a tick; every one, so that no snap is missed.
    void follow(const session::SimState& state);
    /// Once a turn of the loop. `felt`: a case is running and time goes on; else all is silent.
    void deliver(bool felt);
    /// The switches as they stand on the screen.
    void set(const ui::FeelSwitches& switches) { switches_ = switches; }
    [[nodiscard]] const ui::FeelSwitches& switches() const { return switches_; }

    [[nodiscard]] ui::FeelDevices devices() const;
    /// The controller moves the hand now, or has just stopped: the screen must be asked.
    [[nodiscard]] bool hand_moves();

private:
    Sound sound_;
    Controller controller_;
    bool open_ = false;
    ui::FeelSwitches switches_;
    view::CueReader reader_;
    view::Cue cue_;
    double jolt_ = 0.0; ///< strongest since the last turn
    view::PadState pad_before_;
};

} // namespace tb::app
