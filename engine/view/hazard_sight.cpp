#include "view/hazard_sight.h"

#include <algorithm>

namespace tb::view {

HazardSight hazards_seen(const anatomy::Body& body, const Picked& picked) {
    const anatomy::Atlas& atlas = body.atlas();
    HazardSight sight;
    sight.from = picked.point;
    const geometry::Vec3 to = picked.point + picked.direction * kSightRange_mm;
    for (const geometry::Hit& hit : atlas.inner_bvh().all_hits(picked.point, to)) {
        const StructureId id = atlas.structure_of(hit.object);
        if (!hit.entering || !is_hazard(atlas.structure(id).kind)) continue;
        const bool known = std::any_of(sight.along.begin(), sight.along.end(),
                                       [&](const AlongSight& a) { return a.structure == id; });
        if (!known) sight.along.push_back({id, hit.distance, hit.point});
    }
    const auto near = anatomy::hazards_near(body, picked.point, kSightRange_mm);
    if (!near.empty()) sight.nearest = near.front();
    return sight;
}

} // namespace tb::view
