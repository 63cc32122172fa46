// From an implicit field (negative inside, zero on the surface) to a closed mesh.
#pragma once

#include <functional>

#include "geometry/frame.h"
#include "geometry/mesh.h"

namespace tb::geometry {

/// Signed distance-like value at a point, mm.
using Field = std::function<double(const Vec3&)>;
/// The field as far as it matters inside a box: what is too far away to be felt there may be left out.
using LocalField = std::function<Field(const Box&)>;

/// Values of a field on a regular grid; x runs fastest.
struct FieldGrid {
    Vec3 origin{0.0};
    double step = 1.0;
    int nx = 0, ny = 0, nz = 0;
    std::vector<float> values;

    /// Covers the box; every value `fill`.
    FieldGrid(const Box& box, double step, float fill);
    [[nodiscard]] std::size_t at(int i, int j, int k) const {
        return (static_cast<std::size_t>(k) * static_cast<std::size_t>(ny) + static_cast<std::size_t>(j)) *
                   static_cast<std::size_t>(nx) +
               static_cast<std::size_t>(i);
    }
    [[nodiscard]] Vec3 point(int i, int j, int k) const { return origin + step * Vec3(i, j, k); }
    /// Trilinear interpolation, and its gradient from central differences; points outside are moved to the
    /// border.
    [[nodiscard]] double value(const Vec3& p) const;
    [[nodiscard]] Vec3 gradient(const Vec3& p) const;
};

/// Samples a field. A coarse pass at four times the step finds the cells near the surface (within 1.5 coarse
/// steps); only those are sampled finely, the rest takes the nearest coarse value.
FieldGrid sample(const LocalField& field, const Box& box, double step);

/// The surface where the grid changes sign, as a closed mesh with one vertex per crossed grid edge. The
/// border of the grid counts as outside, so the mesh is closed whatever the values; every edge has exactly
/// two triangles. Marching cubes without a table: each cell's crossings are joined along its faces into loops
/// and the loops filled.
Mesh contour(const FieldGrid& grid);

/// Moves vertices onto the zero of the field along its gradient, never further than `reach` mm, and sets the
/// normals to the gradient's direction. `h` is the step of the differences.
void settle(Mesh& mesh, const LocalField& field, double h, double reach);

} // namespace tb::geometry
