// Where a plane cuts a closed mesh: loops with area, centroid and extent. For cross-sections of muscles and
// for the centre line of tubes, which the atlas keeps as meshes only.
#pragma once

#include <vector>

#include "geometry/mesh.h"

namespace tb::geometry {

/// One closed loop of a cut. Lengths mm, body frame.
struct SectionLoop {
    double area_mm2 = 0.0; ///< positive around matter, negative around a hole
    Vec3 centroid{0.0};    ///< of the enclosed area
    Box bounds;
};

/// The loops in which the plane through `point` with this `normal` (any length > 0) cuts the mesh, in the
/// order of the mesh's triangles. The mesh must be closed and outward; overlapping shells each give loops of
/// their own.
std::vector<SectionLoop> section(const Mesh& mesh, const Vec3& point, const Vec3& normal);

} // namespace tb::geometry
