// Simple closed solids for tools and furniture, built in code: bodies of revolution, rings, rounded boxes.
// Local frames in mm; smooth normals, so edges are bevelled in the profile instead of split.
#pragma once

#include <vector>

#include "geometry/mesh.h"

namespace tb::view {

/// Body of revolution about z. `profile` = (radius, z) from the lowest z end to the highest; both ends are
/// closed on the axis. Radii > 0.
geometry::Mesh lathe(const std::vector<glm::vec2>& profile, int segments = 32);
/// Ring about z from `inner` to `outer` radius, `height` along z around z = 0.
geometry::Mesh ring(float inner, float outer, float height, int segments = 32);
/// Part of such a ring, `degrees` wide around the direction +y.
geometry::Mesh arc(float inner, float outer, float height, float degrees, int segments = 12);
/// Cylinder of radius r from z0 to z1 with bevelled edges.
geometry::Mesh rod(float radius, float z0, float z1, float bevel = 0.4f, int segments = 32);
/// Capsule-like rounded box around the origin.
geometry::Mesh rounded_box(glm::vec3 half_size, float rounding);
/// Unit sphere, and unit cylinder (radius 1, z 0..1).
geometry::Mesh unit_sphere();
geometry::Mesh unit_cylinder();

} // namespace tb::view
