// Pointer and keys to the pose of the ultrasound probe in the other hand. Knows pixels and the body; changes
// no session.
#pragma once

#include <optional>

#include "events/action.h"
#include "session/sim_state.h"
#include "tissue/probe.h"
#include "view/tool_controller.h"

namespace tb::view {

/// What the hand does with the probe in this frame, beside what `PointerSample` holds (movement, press).
struct ProbeSample {
    bool steers = false; ///< pointer and keys move the probe, not the tool
    PointerSample pointer;
    double tilt_deg = 0.0, turn_deg = 0.0, rock_deg = 0.0;
};

/// Remembers where the probe is held and how. It stays where it is while the tool is moved.
///
/// The face follows the pointer on the skin and lies along the picture's horizontal when it is taken, with
/// the mark's end on the picture's left.
class ProbeController {
public:
    static constexpr double kRest_N = 2.0; ///< what button or Space presses with, if nothing else does (est.)

    /// The move to submit in this frame, if any.
    std::optional<events::MoveProbe> update(const anatomy::Body& body, const session::SimState& state,
                                            const ViewSettings& view, const ProbeSample& sample);
    void reset() { *this = ProbeController(); }
    [[nodiscard]] const tissue::ProbeHold& hold() const { return hold_; }

private:
    void follow(const anatomy::Body& body, const ViewSettings& view, const PointerSample& sample);

    bool held_ = false;
    double press_N_ = 0.0;
    tissue::ProbeHold hold_;
    geometry::Vec3 along_{-1.0, 0.0, 0.0};
    std::optional<geometry::Vec3> at_;
    std::optional<glm::vec2> last_pixel_;
    std::optional<events::MoveProbe> last_;
};

} // namespace tb::view
