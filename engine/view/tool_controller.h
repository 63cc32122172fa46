// Pointer, wheel and keys to quantised tool poses. Knows pixels and the body; knows no widgets and changes no
// session.
#pragma once

#include <optional>
#include <vector>

#include "anatomy/body.h"
#include "events/action.h"
#include "session/sim_state.h"
#include "view/view_settings.h"

namespace tb::view {

/// What the hand does in this frame. Press may come from the wheel, a held key or a right-drag: all are equal
/// ways.
struct PointerSample {
    glm::vec2 pixel{0.0f};
    glm::vec2 size_px{1280.0f, 720.0f};
    bool over_view = true;
    bool primary = false; ///< left button or its key: act (mark, wipe, spray; a finger or an algometer lays
                          ///< itself on lightly)
    double press_change_N =
        0.0; ///< wheel and keys, already scaled; for the spray 1 N more brings the nozzle 10 mm nearer
    double advance_mm = 0.0;               ///< needle: wheel and keys
    double tilt_deg = 0.0, turn_deg = 0.0; ///< needle: change of angle to the skin and around the normal
    double move_right_mm = 0.0, move_up_mm = 0.0; ///< keyboard movement along the skin, picture directions
};

/// Remembers press, angle and the drag plane between frames.
///
/// The contact follows the pointer on the skin. While the tool presses it follows on the tangent plane of
/// where it was, so that it cannot jump across a silhouette; a pointer beside the body then keeps it where it
/// is. A needle pushes from its contact along its axis; once it is under the skin, the entry is fixed until
/// it is drawn out.
class ToolController {
public:
    static constexpr double kMostPress_N = 60.0; ///< strongest one-handed thumb pressure (est.)
    /// With an algometer the whole arm presses: to the end of its dial.
    static constexpr double kMostAlgometer_N = 98.0;
    static constexpr double kReach_mm =
        35.0; ///< a pressed tool goes no further than this in one frame (est.)

    /// Actions to submit for this frame (at most one pose, plus Mark/SprayJet where the button asks for it).
    std::vector<events::Action> update(const anatomy::Body& body, const session::SimState& state,
                                       const ViewSettings& view, const PointerSample& sample, double dt_s);
    /// Puts the tool's contact on this skin point (keyboard start, tests, "go to mark").
    void place(const anatomy::Body& body, const geometry::Vec3& skin_point);
    [[nodiscard]] double press_N() const { return press_N_; }
    [[nodiscard]] double needle_tilt_deg() const { return tilt_deg_; } ///< to the skin; 90 perpendicular
    [[nodiscard]] double needle_turn_deg() const {
        return turn_deg_;
    } ///< around the normal from `tangents_of(normal).e1`
    /// Where the hand wants the needle's tip, mm beyond the contact along the axis; negative: off the skin.
    [[nodiscard]] double needle_depth_mm() const { return depth_mm_; }
    void set_needle_angles(double tilt_deg, double turn_deg);
    void reset();

private:
    void take_tool(events::Tool tool);
    void follow(const anatomy::Body& body, const session::SimState& state, const ViewSettings& view,
                const PointerSample& sample);
    void follow_pointer(const anatomy::Body& body, const render::Camera& camera, const PointerSample& sample,
                        bool pressing);
    void set_contact(const geometry::Vec3& point, const geometry::Vec3& normal);
    [[nodiscard]] bool pressing() const;
    [[nodiscard]] double press_now_N(const PointerSample& sample) const;
    [[nodiscard]] geometry::Vec3 slanted_inward() const;
    [[nodiscard]] events::ToolPose pose(const PointerSample& sample) const;
    void change_needle(const session::SimState& state, const PointerSample& sample);

    double press_N_ = 0.0, depth_mm_ = -5.0, tilt_deg_ = 60.0, turn_deg_ = 0.0, spray_mm_ = 350.0;
    std::optional<geometry::Vec3> contact_, normal_;
    std::optional<glm::vec2> last_pixel_;
    std::optional<events::ToolPose> last_pose_;
    events::Tool tool_ = events::Tool::None;
    bool primary_before_ = false;
};

} // namespace tb::view
