// One stroke of a finger across a band, and the same beside it, as sound: for teachers, who let people hear
// the difference before they feel for it, and as proof that there is one.
#pragma once

#include <optional>
#include <vector>

#include "anatomy/body.h"
#include "session/session.h"

namespace tb::view {

/// Straight on the skin.
struct SkinStroke {
    geometry::Vec3 from{0.0}, to{0.0};
};
/// Across the fibres, with its middle over the band's knot; 30 mm long.
SkinStroke stroke_over(const anatomy::Body& body, const anatomy::Band& band);
/// Equal and parallel, as near as no band of this patient is met, over the same first muscle if there is such
/// a place; nothing where there is none within 60 mm.
std::optional<SkinStroke> stroke_beside(const anatomy::Body& body, const anatomy::Band& band);

struct HeardStroke {
    std::vector<float> samples;              ///< mono, FeelSynth::kRate_Hz; ends in silence
    double usual_Hz = 0.0, highest_Hz = 0.0; ///< median and highest pitch while the finger touched
    int snaps = 0;
    double most_shown = 0.0; ///< of the band, 0..1
};
/// The session's finger goes there and back at this speed and is lifted. Takes the finger, if it is not in
/// hand; the session must allow it.
HeardStroke play_stroke(session::Session& session, const SkinStroke& stroke, double press_N,
                        double speed_mm_s);

} // namespace tb::view
