// Triangle meshes with named attributes, and the checks every anatomical mesh must pass.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "geometry/frame.h"

namespace tb::geometry {

/// Indexed triangles, counter-clockwise seen from outside. Attribute arrays are empty or as long as
/// `positions`.
struct Mesh {
    std::vector<glm::vec3> positions; ///< mm, body frame
    std::vector<glm::vec3> normals;   ///< unit, outward
    std::vector<glm::vec2> uv;        ///< lattice u (0 origin .. 1 insertion) and v (across)
    std::vector<glm::vec2> w_part;    ///< lattice w (-1 deep .. +1 superficial) and part number
    std::vector<glm::vec3> fibre;     ///< unit direction of the fibres (dM/du), zero where there are none
    std::vector<float> tendon;        ///< 0 muscle belly .. 1 tendon
    std::vector<std::uint32_t> indices;

    [[nodiscard]] std::size_t triangle_count() const { return indices.size() / 3; }
};

/// Calls visit(array) for the positions and every attribute array, empty ones too.
template <class Visit>
void for_each_attribute(Mesh& mesh, const Visit& visit) {
    visit(mesh.positions);
    visit(mesh.normals);
    visit(mesh.uv);
    visit(mesh.w_part);
    visit(mesh.fibre);
    visit(mesh.tendon);
}

/// Appends `other`, keeping attributes; both must have the same attributes (or `into` be empty).
void append(Mesh& into, const Mesh& other);
/// The mirror image in x = 0, outward again (winding reversed, fibre and normal mirrored, v becomes 1 - v):
/// what `Lattice::mirrored` gives.
Mesh mirrored(const Mesh& mesh);
/// Area-weighted vertex normals from the triangles.
void compute_normals(Mesh& mesh);
/// Enclosed volume in mm3; positive when the mesh is closed and outward.
double volume_mm3(const Mesh& mesh);
double area_mm2(const Mesh& mesh);
Box bounds(const Mesh& mesh);

struct MeshCheck {
    std::size_t open_edges = 0;    ///< directed edges without their opposite
    std::size_t crowded_edges = 0; ///< undirected edges with more than two triangles
    std::size_t degenerate = 0;    ///< triangles with two equal indices
    bool outward = false;          ///< volume > 0
    [[nodiscard]] bool closed() const { return open_edges == 0 && crowded_edges == 0 && degenerate == 0; }
};
/// Closedness is judged on indices: vertices are shared, not doubled, along every edge.
MeshCheck check(const Mesh& mesh);

/// Drops vertices that no triangle uses; the rest in order of first use.
Mesh compacted(Mesh mesh);
/// Keeps the connected piece with the largest absolute volume; unused vertices go.
Mesh largest_component(const Mesh& mesh);

} // namespace tb::geometry
