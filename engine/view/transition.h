// From one view to another without a jump: camera and opacities move, all else is there at once.
// Interruptible at any time.
#pragma once

#include "view/view_settings.h"

namespace tb::view {

class Transition {
public:
    enum class Pace { Travel, Follow }; ///< Travel: soft start and end; Follow: at once, soft end (wheel)
    /// Replaces what runs. `seconds` > 0.
    void start(const ViewSettings& from, const ViewSettings& to, double seconds, Pace pace = Pace::Travel);
    /// The settings `dt` seconds later; the goal itself at the end.
    ViewSettings advance(double dt);
    /// Stays where it is.
    void stop() { running_ = false; }
    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] const ViewSettings& goal() const { return to_; }

private:
    ViewSettings from_, to_;
    double seconds_ = 0.0, passed_ = 0.0;
    Pace pace_ = Pace::Travel;
    bool running_ = false;
};

/// Between two views, t = 0..1. Angles go the shorter way round.
ViewSettings between(const ViewSettings& from, const ViewSettings& to, float t);

} // namespace tb::view
