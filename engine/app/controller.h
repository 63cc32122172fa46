// A game controller: comes and goes while the program runs, tells where its sticks stand, rumbles.
#pragma once

#include <memory>
#include <string>

#include "view/pad.h"

union SDL_Event;

namespace tb::app {

class Controller {
public:
    Controller();
    ~Controller();
    Controller(const Controller&) = delete;
    Controller& operator=(const Controller&) = delete;

    /// Looks for controllers from now on; those already plugged in come as events too.
    void open();
    void take(const SDL_Event& event);
    [[nodiscard]] view::PadState state() const;
    /// Why nothing rumbles, one sentence; empty if it can.
    [[nodiscard]] const std::string& why_no_rumble() const;
    /// Both motors, 0..1. Ends by itself after a sixth of a second without another call.
    void rumble(double low, double high);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace tb::app
