// One triangle at a time.
#pragma once

#include "geometry/frame.h"

namespace tb::geometry {

/// Nearest point of a triangle; Ericson, Real-Time Collision Detection (2005), 5.1.5, the regions of Voronoi.
Vec3 nearest_on_triangle(const Vec3& p, const Vec3& a, const Vec3& b, const Vec3& c);

} // namespace tb::geometry
