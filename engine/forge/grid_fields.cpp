#include "forge/grid_fields.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "forge/parallel.h"
#include "geometry/triangle.h"

namespace tb::forge {

namespace {

using geometry::Box;
using geometry::FieldGrid;
using geometry::Mesh;
using geometry::Vec3;

/// Runs `line(values, stride, count)` over every grid line of one axis.
template <class Line>
void for_each_line(FieldGrid& grid, int axis, const Line& line) {
    const std::array<int, 3> n{grid.nx, grid.ny, grid.nz};
    const std::array<std::size_t, 3> stride{1, static_cast<std::size_t>(grid.nx),
                                            static_cast<std::size_t>(grid.nx) * grid.ny};
    const int a = (axis + 1) % 3, b = (axis + 2) % 3;
    for_each_index(static_cast<std::size_t>(n[b]), [&](std::size_t j) {
        for (int i = 0; i < n[a]; ++i)
            line(grid.values.data() + stride[a] * i + stride[b] * j, stride[axis], n[axis]);
    });
}

/// Each value becomes fold(over the values within `reach` cells along every axis).
template <class Fold>
void filter(FieldGrid& grid, int reach, const Fold& fold) {
    for (int axis = 0; axis < 3; ++axis)
        for_each_line(grid, axis, [&](float* first, std::size_t stride, int count) {
            thread_local std::vector<float> line;
            line.resize(static_cast<std::size_t>(count));
            bool any = false;
            for (int i = 0; i < count; ++i)
                any |= (line[i] = first[stride * i]) != 0.0F;
            if (!any) return;
            for (int i = 0; i < count; ++i) {
                const int from = std::max(i - reach, 0), to = std::min(i + reach, count - 1);
                first[stride * i] = fold(line.data() + from, line.data() + to + 1);
            }
        });
}

} // namespace

void add_distances(FieldGrid& distance, const Mesh& mesh, double reach) {
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
        std::array<Vec3, 3> v;
        Box box;
        for (std::size_t k = 0; k < 3; ++k)
            box.add(v[k] = Vec3(mesh.positions[mesh.indices[t + k]]));
        box.grow(reach);
        const Vec3 low = glm::max(glm::ceil((box.low - distance.origin) / distance.step), Vec3(0.0));
        const Vec3 high = glm::floor((box.high - distance.origin) / distance.step);
        for (int k = static_cast<int>(low.z); k <= std::min(distance.nz - 1, static_cast<int>(high.z)); ++k)
            for (int j = static_cast<int>(low.y); j <= std::min(distance.ny - 1, static_cast<int>(high.y));
                 ++j)
                for (int i = static_cast<int>(low.x);
                     i <= std::min(distance.nx - 1, static_cast<int>(high.x)); ++i) {
                    const std::size_t n = distance.at(i, j, k);
                    const Vec3 p = distance.point(i, j, k);
                    const auto d = static_cast<float>(
                        glm::length(p - geometry::nearest_on_triangle(p, v[0], v[1], v[2])));
                    distance.values[n] = std::min(distance.values[n], d);
                }
    }
}

void sweep_distances(FieldGrid& d, float known_below) {
    const std::vector<float> start = d.values;
    const std::array<int, 3> n{d.nx, d.ny, d.nz};
    const auto h = static_cast<float>(d.step);
    for (int order = 0; order < 8; ++order) {
        const auto at = [&](int axis, int i) { return (order >> axis & 1) != 0 ? n[axis] - 1 - i : i; };
        for (int c = 0; c < d.nz; ++c)
            for (int b = 0; b < d.ny; ++b)
                for (int a = 0; a < d.nx; ++a) {
                    const int i = at(0, a), j = at(1, b), k = at(2, c);
                    const std::size_t m = d.at(i, j, k);
                    if (start[m] < known_below) continue;
                    const auto least = [&](int axis, int q, std::size_t stride) {
                        const float before = q > 0 ? d.values[m - stride] : d.values[m + stride];
                        const float after = q + 1 < n[axis] ? d.values[m + stride] : before;
                        return std::min(before, after);
                    };
                    std::array<float, 3> v{least(0, i, 1), least(1, j, static_cast<std::size_t>(d.nx)),
                                           least(2, k, static_cast<std::size_t>(d.nx) * d.ny)};
                    std::sort(v.begin(), v.end());
                    float u = v[0] + h;
                    if (u > v[1]) {
                        u = (v[0] + v[1] + std::sqrt(2 * h * h - (v[0] - v[1]) * (v[0] - v[1]))) / 2;
                        if (u > v[2]) {
                            const float sum = v[0] + v[1] + v[2];
                            const float square = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
                            u = (sum + std::sqrt(std::max(0.0F, sum * sum - 3 * (square - h * h)))) / 3;
                        }
                    }
                    d.values[m] = std::min(d.values[m], u);
                }
    }
}

FieldGrid as_distance(const FieldGrid& field) {
    constexpr float kFar = 200.0F;
    const double exact = 1.8 * field.step;
    FieldGrid out = field;
    std::fill(out.values.begin(), out.values.end(), kFar);
    add_distances(out, contour(field), exact);
    sweep_distances(out, static_cast<float>(exact));
    for (std::size_t n = 0; n < out.values.size(); ++n)
        if (field.values[n] < 0.0F) out.values[n] = -out.values[n];
    return out;
}

void spread_greatest(FieldGrid& grid, int reach) {
    filter(grid, reach, [](const float* from, const float* to) { return *std::max_element(from, to); });
}

void average(FieldGrid& grid, int reach) {
    filter(grid, reach, [](const float* from, const float* to) {
        float sum = 0.0F;
        for (const float* v = from; v != to; ++v)
            sum += *v;
        return sum / static_cast<float>(to - from);
    });
}

FieldGrid closed_by_ball(FieldGrid field, float ball_mm) {
    for (float& v : field.values)
        v -= ball_mm;
    field = as_distance(field);
    for (float& v : field.values)
        v += ball_mm;
    return field;
}

FieldGrid bridged(FieldGrid d, float bridge_mm) {
    // What the ball cannot reach from outside is inside, however far from any surface: bellies, body
    // cavities.
    std::vector<bool> outside(d.values.size(), false);
    std::vector<std::size_t> front{0};
    outside[0] = true;
    const auto nx = static_cast<std::size_t>(d.nx), nxy = nx * static_cast<std::size_t>(d.ny);
    while (!front.empty()) {
        const std::size_t n = front.back();
        front.pop_back();
        const std::size_t i = n % nx, j = n % nxy / nx, k = n / nxy;
        const auto step_to = [&](bool inside_grid, std::size_t m) {
            if (!inside_grid || outside[m] || d.values[m] < bridge_mm) return;
            outside[m] = true;
            front.push_back(m);
        };
        step_to(i > 0, n - 1);
        step_to(i + 1 < nx, n + 1);
        step_to(j > 0, n - nx);
        step_to(j + 1 < static_cast<std::size_t>(d.ny), n + nx);
        step_to(k > 0, n - nxy);
        step_to(k + 1 < static_cast<std::size_t>(d.nz), n + nxy);
    }
    for (std::size_t n = 0; n < d.values.size(); ++n)
        if (!outside[n]) d.values[n] = std::min(d.values[n], bridge_mm - 0.5F);
    return closed_by_ball(std::move(d), bridge_mm);
}

FieldGrid both_halves(const FieldGrid& right) {
    const double reach = -right.origin.x;
    FieldGrid whole({right.origin,
                     {reach - 1e-6, right.origin.y + (right.ny - 1.001) * right.step,
                      right.origin.z + (right.nz - 1.001) * right.step}},
                    right.step, 0.0F);
    for (int k = 0; k < whole.nz; ++k)
        for (int j = 0; j < whole.ny; ++j)
            for (int i = 0; i < whole.nx; ++i)
                whole.values[whole.at(i, j, k)] = right.values[right.at(std::min(i, whole.nx - 1 - i), j, k)];
    return whole;
}

FieldGrid right_half(const FieldGrid& whole) {
    FieldGrid right = whole;
    right.nx = (whole.nx + 1) / 2;
    right.values.clear();
    for (int k = 0; k < whole.nz; ++k)
        for (int j = 0; j < whole.ny; ++j)
            for (int i = 0; i < right.nx; ++i)
                right.values.push_back(whole.values[whole.at(i, j, k)]);
    return right;
}

} // namespace tb::forge
