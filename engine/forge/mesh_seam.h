// One closed mesh out of two: each is cut at a horizontal plane and a ribbon joins the cuts. So a part can be
// contoured on a finer grid than the rest.
#pragma once

#include <functional>

#include "geometry/mesh.h"

namespace tb::forge {

/// Splits triangles at the plane y = `height` and drops the pieces beyond it (above, or below) that `drop`
/// wants: it is given a connected piece's box. Positions and triangles only. The cut stays open.
geometry::Mesh cut_off(const geometry::Mesh& mesh, double height, bool above,
                       const std::function<bool(const geometry::Box&)>& drop);

/// Puts two meshes together and closes the gap between their open borders, which must come in pairs of one
/// each, nearly alike and near each other.
geometry::Mesh sewn(const geometry::Mesh& a, const geometry::Mesh& b);

} // namespace tb::forge
