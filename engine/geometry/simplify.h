// Fewer triangles and a better order, by meshoptimizer.
#pragma once

#include "geometry/mesh.h"

namespace tb::geometry {

struct SimplifyGoal {
    double error_mm = 0.1;     ///< the surface moves no further, as meshoptimizer's quadrics estimate it
    std::size_t triangles = 0; ///< stop here even if the error would allow fewer
};

/// Keeps a subset of the vertices with all their attributes (edges that would have more than two triangles
/// get a vertex in their middle). A closed mesh stays closed: where the library's result is not, the goal is
/// taken back until it is, at worst to the mesh as given.
Mesh simplified(const Mesh& mesh, SimplifyGoal goal);

/// Turns edges where a triangle faces against its vertex normals: simplification leaves small folds on nearly
/// flat surfaces. Vertices stay; a closed mesh stays closed. Needs normals that come from the shape, not from
/// the triangles.
void unfold(Mesh& mesh);

/// Triangles and vertices in an order that suits the graphics card's caches; unused vertices go.
Mesh ordered_for_drawing(const Mesh& mesh);

} // namespace tb::geometry
