// Counting crossings and places on triangles: what the queries, the checks and the calibration of this module
// ask of closed meshes. Internal to the module; body frame, millimetres.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "geometry/bvh.h"
#include "geometry/mesh.h"

namespace tb::anatomy {

constexpr double kShallowest_mm = 1e-6; ///< shorter stretches are not stretches

/// One stretch of a path inside one object, mm along the path.
struct Stretch {
    std::uint32_t object = 0;
    double enter = 0.0, leave = 0.0;
    std::uint32_t triangle = 0; ///< where it enters
    geometry::Vec3 normal{0.0}; ///< of the surface there
};
/// Pairs the crossings of each object, by entry; overlapping shells of one object are one solid. What is open
/// at `end` ends there. `hits` are sorted by distance.
std::vector<Stretch> stretches(const std::vector<geometry::Hit>& hits, double end);

bool inside_box(const geometry::Box& box, const geometry::Vec3& p);
/// Horizontal way out of a box from `p`, to the nearer of front and back; ends outside.
geometry::Vec3 way_out(const geometry::Box& box, const geometry::Vec3& p);
/// `box` holds the solid. By counting, so that overlapping shells of one structure stay one solid.
bool inside_solid(const geometry::Bvh& bvh, const geometry::Box& box, const geometry::Vec3& p);
/// An object that a point lies in, with the first of its crossings on the way out.
struct Around {
    std::uint32_t object = 0;
    geometry::Hit first;
};
/// All objects of the search tree that hold `p`, in the order of their first crossings; `box` holds them all.
std::vector<Around> solids_around(const geometry::Bvh& bvh, const geometry::Box& box,
                                  const geometry::Vec3& p);

/// Vertex number of corner k of a triangle.
inline std::size_t corner(const geometry::Mesh& mesh, std::uint32_t triangle, std::size_t k) {
    return mesh.indices[std::size_t{3} * triangle + k];
}
/// Attribute at a place on a triangle; `b1`, `b2`: weights of its second and third corner.
template <class T>
T blend(const geometry::Mesh& mesh, const std::vector<T>& attribute, std::uint32_t triangle, double b1,
        double b2) {
    const auto w1 = static_cast<float>(b1), w2 = static_cast<float>(b2);
    return attribute[corner(mesh, triangle, 0)] * (1.0F - w1 - w2) +
           attribute[corner(mesh, triangle, 1)] * w1 + attribute[corner(mesh, triangle, 2)] * w2;
}
/// Smooth unit normal there; to the front where the corners' normals cancel.
geometry::Vec3 blended_normal(const geometry::Mesh& mesh, std::uint32_t triangle, double b1, double b2);
/// Weights of the second and third corner for a point on a triangle; zero on a triangle without area.
std::pair<double, double> corner_weights(const geometry::Mesh& mesh, std::uint32_t triangle,
                                         const geometry::Vec3& p);

} // namespace tb::anatomy
