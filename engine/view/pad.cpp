#include "view/pad.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tb::view {
namespace {

constexpr float kDeadZone = 0.15f; ///< of a stick (est.)
constexpr float kTriggerRest = 0.03f;

/// 0 in the dead zone, then with the square: fine near the middle, full speed at the rim.
double pushed(float stick) {
    const double way = std::clamp((std::abs(stick) - kDeadZone) / (1.0f - kDeadZone), 0.0f, 1.0f);
    return std::copysign(way * way, static_cast<double>(stick));
}

double pulled(float trigger) {
    return std::clamp((trigger - kTriggerRest) / (1.0f - kTriggerRest), 0.0f, 1.0f);
}

} // namespace

bool PadState::used() const {
    return connected && (act || pushed(stick_right) != 0.0 || pushed(stick_up) != 0.0 ||
                         pulled(right_trigger) > 0.0 || pulled(left_trigger) > 0.0);
}

void PadHand::add_to(PointerSample& sample, const PadState& pad, events::Tool tool, double slow,
                     double dt_s) {
    if (std::exchange(tool_, tool) != tool) given_N_ = 0.0; // a tool that is taken presses with nothing
    // Taken away while it pressed: the press goes, as with a trigger let go.
    const PadState now = pad.connected ? pad : PadState{};
    sample.move_right_mm += pushed(now.stick_right) * kMovePerSecond_mm * slow * dt_s;
    sample.move_up_mm += pushed(now.stick_up) * kMovePerSecond_mm * slow * dt_s;
    sample.primary = sample.primary || now.act;
    if (tool == events::Tool::Needle || tool == events::Tool::WhealNeedle) {
        sample.advance_mm +=
            (pulled(now.right_trigger) - pulled(now.left_trigger)) * kAdvancePerSecond_mm * slow * dt_s;
        return;
    }
    const double full_N = tool == events::Tool::Algometer ? kFullAlgometer_N : kFullPress_N;
    const double wish_N = full_N * pulled(now.right_trigger);
    sample.press_change_N += wish_N - std::exchange(given_N_, wish_N);
}

} // namespace tb::view
