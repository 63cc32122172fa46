#include "forge/growth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "anatomy/solids.h"
#include "forge/parallel.h"
#include "geometry/bvh.h"

namespace tb::forge {

namespace {

using geometry::Box;
using geometry::Bvh;
using geometry::Vec3;

constexpr double kGrowthStep_mm = 5.0;
constexpr int kSweeps = 400;
constexpr float kOver = 1.9F; ///< over-relaxation

enum class Cell : std::uint8_t { Outside, Fixed, Soft, Muscle };

struct Grid {
    Vec3 origin{0.0};
    int nx = 0, ny = 0, nz = 0;
    std::vector<Cell> cells;
    std::vector<float> potential;

    [[nodiscard]] std::size_t at(int i, int j, int k) const {
        return (static_cast<std::size_t>(k) * static_cast<std::size_t>(ny) + static_cast<std::size_t>(j)) *
                   static_cast<std::size_t>(nx) +
               static_cast<std::size_t>(i);
    }
    /// Centre of a cell; the last column of x lies half a step right of the midline.
    [[nodiscard]] Vec3 point(int i, int j, int k) const { return origin + kGrowthStep_mm * Vec3(i, j, k); }
    [[nodiscard]] bool has(int i, int j, int k) const {
        return i >= 0 && j >= 0 && k >= 0 && i < nx && j < ny && k < nz;
    }
    [[nodiscard]] Cell cell(int i, int j, int k) const {
        return has(i, j, k) ? cells[at(i, j, k)] : Cell::Outside;
    }
};

constexpr std::array<std::array<int, 3>, 6> kSides{
    {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}}};

Grid filled(std::span<const Built> body, const Built& skin) {
    Grid grid;
    Box box = bounds(skin.lods.front());
    box.grow(2 * kGrowthStep_mm);
    grid.nx = static_cast<int>(std::ceil(-box.low.x / kGrowthStep_mm));
    grid.ny = static_cast<int>(std::ceil(box.size().y / kGrowthStep_mm)) + 1;
    grid.nz = static_cast<int>(std::ceil(box.size().z / kGrowthStep_mm)) + 1;
    grid.origin = {-(grid.nx - 0.5) * kGrowthStep_mm, box.low.y, box.low.z};
    grid.cells.assign(static_cast<std::size_t>(grid.nx) * static_cast<std::size_t>(grid.ny) *
                          static_cast<std::size_t>(grid.nz),
                      Cell::Outside);
    grid.potential.assign(grid.cells.size(), 0.0F);
    Bvh outer, inner;
    outer.add(skin.lods[1]);
    outer.build();
    Box reach;
    for (const Built& built : body) {
        inner.add(built.lods.front());
        reach.add(bounds(built.lods.front()));
    }
    inner.build();
    for_each_index(static_cast<std::size_t>(grid.nz), [&](std::size_t z) {
        const int k = static_cast<int>(z);
        for (int j = 0; j < grid.ny; ++j)
            for (int i = 0; i < grid.nx; ++i) {
                const Vec3 p = grid.point(i, j, k);
                if (!anatomy::inside_solid(outer, box, p)) continue;
                Cell& cell = grid.cells[grid.at(i, j, k)];
                cell = Cell::Soft;
                for (const anatomy::Around& around : anatomy::solids_around(inner, reach, p)) {
                    const StructureKind kind = body[around.object].structure.kind;
                    if (anatomy::keeps_its_place(kind)) {
                        cell = Cell::Fixed;
                        break;
                    }
                    if (kind == StructureKind::Muscle) cell = Cell::Muscle;
                }
            }
    });
    return grid;
}

/// Laplacian of the potential = 1 in muscle; nothing passes into fixed cells or across the midline; 0
/// outside.
void solve(Grid& grid) {
    const auto source = static_cast<float>(kGrowthStep_mm * kGrowthStep_mm);
    for (int sweep = 0; sweep < kSweeps; ++sweep)
        for (int colour = 0; colour < 2; ++colour)
            for_each_index(static_cast<std::size_t>(grid.nz), [&](std::size_t z) {
                const int k = static_cast<int>(z);
                for (int j = 0; j < grid.ny; ++j)
                    for (int i = (j + k + colour) & 1; i < grid.nx; i += 2) {
                        const std::size_t n = grid.at(i, j, k);
                        if (grid.cells[n] != Cell::Soft && grid.cells[n] != Cell::Muscle) continue;
                        float sum = 0.0F, weight = 0.0F;
                        for (const auto& [a, b, c] : kSides) {
                            if (i + a == grid.nx) continue; // the mirror image across the midline
                            const Cell cell = grid.cell(i + a, j + b, k + c);
                            if (cell == Cell::Fixed) continue;
                            weight += 1.0F;
                            if (cell != Cell::Outside) sum += grid.potential[grid.at(i + a, j + b, k + c)];
                        }
                        if (weight == 0.0F) continue;
                        const float wanted = (sum - (grid.cells[n] == Cell::Muscle ? source : 0.0F)) / weight;
                        grid.potential[n] += kOver * (wanted - grid.potential[n]);
                    }
            });
}

/// Gradient at the centres of soft cells, then carried on into what is fixed or outside, so that
/// interpolation beside a bone or at the skin does not mix in zeros.
std::vector<Vec3> displacement(const Grid& grid) {
    std::vector<Vec3> out(grid.cells.size(), Vec3(0.0));
    std::vector<bool> known(grid.cells.size(), false);
    for (int k = 0; k < grid.nz; ++k)
        for (int j = 0; j < grid.ny; ++j)
            for (int i = 0; i < grid.nx; ++i) {
                const std::size_t n = grid.at(i, j, k);
                if (grid.cells[n] == Cell::Outside || grid.cells[n] == Cell::Fixed) continue;
                known[n] = true;
                for (int side = 0; side < 6; ++side) {
                    const auto& [a, b, c] = kSides[static_cast<std::size_t>(side)];
                    if (i + a == grid.nx) continue;
                    const Cell cell = grid.cell(i + a, j + b, k + c);
                    if (cell == Cell::Fixed) continue;
                    const float there =
                        cell == Cell::Outside ? 0.0F : grid.potential[grid.at(i + a, j + b, k + c)];
                    out[n][side / 2] +=
                        (side % 2 == 0 ? -0.5 : 0.5) * (there - grid.potential[n]) / kGrowthStep_mm;
                }
            }
    for (int pass = 0; pass < 3; ++pass) {
        const std::vector<bool> before = known;
        for (int k = 0; k < grid.nz; ++k)
            for (int j = 0; j < grid.ny; ++j)
                for (int i = 0; i < grid.nx; ++i) {
                    const std::size_t n = grid.at(i, j, k);
                    if (before[n]) continue;
                    Vec3 sum(0.0);
                    int count = 0;
                    for (const auto& [a, b, c] : kSides)
                        if (grid.has(i + a, j + b, k + c) && before[grid.at(i + a, j + b, k + c)]) {
                            sum += out[grid.at(i + a, j + b, k + c)];
                            ++count;
                        }
                    if (count == 0) continue;
                    out[n] = sum / static_cast<double>(count);
                    known[n] = true;
                }
    }
    return out;
}

} // namespace

anatomy::Growth growth_of(std::span<const Built> body, const Built& skin) {
    Grid grid = filled(body, skin);
    solve(grid);
    const std::vector<Vec3> fine = displacement(grid);
    // Two cells a side become one; the midline stays in the middle of the last and its mirror image.
    anatomy::Growth out;
    out.step_mm = 2 * kGrowthStep_mm;
    out.nx = grid.nx / 2 + 1;
    out.ny = grid.ny / 2;
    out.nz = grid.nz / 2;
    out.origin = {(-out.nx + 1.5) * out.step_mm, grid.origin.y + 0.5 * kGrowthStep_mm,
                  grid.origin.z + 0.5 * kGrowthStep_mm};
    for (int k = 0; k < out.nz; ++k)
        for (int j = 0; j < out.ny; ++j)
            for (int i = 0; i < out.nx; ++i) {
                // The last column lies across the midline and mirrors the one before.
                const bool across = i == out.nx - 1;
                const int column = across ? out.nx - 2 : i;
                Vec3 sum(0.0);
                for (int corner = 0; corner < 8; ++corner) {
                    const int a = grid.nx - 2 * (out.nx - 1 - column) + (corner & 1),
                              b = 2 * j + (corner >> 1 & 1), c = 2 * k + (corner >> 2 & 1);
                    if (grid.has(a, b, c)) sum += fine[grid.at(a, b, c)] / 8.0;
                }
                if (across) sum.x = -sum.x;
                out.values.push_back(
                    {static_cast<float>(sum.x), static_cast<float>(sum.y), static_cast<float>(sum.z)});
            }
    return out;
}

} // namespace tb::forge
