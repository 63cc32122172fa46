// Hazards seen from a point: how far they lie along the line of sight, and which is nearest.
#pragma once

#include <optional>
#include <vector>

#include "anatomy/queries.h"
#include "view/pick.h"

namespace tb::view {

struct AlongSight {
    StructureId structure;
    double distance_mm = 0.0; ///< from the point to where the line enters it
    geometry::Vec3 point{0.0};
};
struct HazardSight {
    geometry::Vec3 from{0.0};
    std::vector<AlongSight> along; ///< in order, each hazard once
    std::optional<anatomy::NearHazard> nearest;
};
constexpr double kSightRange_mm = 150.0; ///< further is not told

/// From the point under the pointer, onward along the line of sight.
HazardSight hazards_seen(const anatomy::Body& body, const Picked& picked);

} // namespace tb::view
