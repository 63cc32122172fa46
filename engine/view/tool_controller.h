// Pointer, wheel and keys to quantised tool poses. Knows pixels and the body; knows no widgets and changes no session.
#pragma once

#include <optional>
#include <vector>

#include "anatomy/body.h"
#include "events/action.h"
#include "session/sim_state.h"
#include "view/view_settings.h"

namespace tb::view {

/// What the hand does in this frame. Press may come from the wheel, a held key or a right-drag: all are equal ways.
struct PointerSample {
    glm::vec2 pixel{0.0f};
    glm::vec2 size_px{1280.0f, 720.0f};
    bool over_view = true;
    bool primary = false;      ///< left button or its key: act (mark, wipe, spray, puncture)
    double press_change_N = 0.0; ///< wheel and keys, already scaled
    double advance_mm = 0.0;     ///< needle: wheel and keys
    double tilt_deg = 0.0, turn_deg = 0.0; ///< needle: change of angle to the skin and around the normal
    double move_right_mm = 0.0, move_up_mm = 0.0; ///< keyboard movement along the skin, picture directions
};

/// Remembers press, angle and the drag plane between frames.
class ToolController {
public:
    /// Actions to submit for this frame (at most one pose, plus Mark/SprayJet where the button asks for it).
    std::vector<events::Action> update(const anatomy::Body& body, const session::SimState& state, const ViewSettings& view,
                                       const PointerSample& sample, double dt_s);
    /// Puts the tool's contact on this skin point (keyboard start, tests, "go to mark").
    void place(const anatomy::Body& body, const geometry::Vec3& skin_point);
    [[nodiscard]] double press_N() const { return press_N_; }
    [[nodiscard]] double needle_tilt_deg() const { return tilt_deg_; } ///< to the skin; 90 perpendicular
    [[nodiscard]] double needle_turn_deg() const { return turn_deg_; }
    void set_needle_angles(double tilt_deg, double turn_deg);
    void reset();

private:
    double press_N_ = 0.0, depth_mm_ = -5.0, tilt_deg_ = 60.0, turn_deg_ = 0.0;
    std::optional<geometry::Vec3> contact_, normal_;
    bool primary_before_ = false;
};

} // namespace tb::view
