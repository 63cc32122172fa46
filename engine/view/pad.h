// A game controller as one more equal way to move the hand: its sticks and triggers to a PointerSample. Knows
// no device.
#pragma once

#include "events/action.h"
#include "view/tool_controller.h"

namespace tb::view {

/// How fast a held arrow key or a fully pushed stick moves the tool, and W/S or a fully pulled trigger the
/// needle; the author's own values (est.).
constexpr double kMovePerSecond_mm = 25.0, kAdvancePerSecond_mm = 6.0;

/// Where sticks and triggers stand now.
struct PadState {
    bool connected = false;
    float stick_right = 0.0f, stick_up = 0.0f;       ///< left stick, -1..1
    float right_trigger = 0.0f, left_trigger = 0.0f; ///< 0..1
    bool act = false;                                ///< the lower button (A, cross)
    /// Further from rest than a worn stick lies by itself.
    [[nodiscard]] bool used() const;
    bool operator==(const PadState&) const = default;
};

/// Remembers how much of the present press came from the trigger.
///
/// Finger, algometer, swab, gauze, spray and probe: the right trigger's way is the press, like so many
/// notches of the wheel; letting it go takes them back. Needles: a trigger that is let go must not pull a
/// needle out, so the right trigger advances it and the left one draws it back, the faster the further they
/// are pulled.
class PadHand {
public:
    static constexpr double kFullPress_N = 40.0; ///< trigger pulled home: 4 kg, the firmest to examine with
    /// The same with an algometer in hand: healthy muscle is measured too.
    static constexpr double kFullAlgometer_N = 90.0;

    /// Adds what the controller does to the frame's sample. `slow` scales movement as Shift does.
    void add_to(PointerSample& sample, const PadState& pad, events::Tool tool, double slow, double dt_s);
    void reset() { *this = PadHand(); }

private:
    events::Tool tool_ = events::Tool::None;
    double given_N_ = 0.0;
};

} // namespace tb::view
