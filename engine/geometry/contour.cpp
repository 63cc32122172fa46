#include "geometry/contour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace tb::geometry {

namespace {

constexpr int kCoarse = 4; ///< coarse cells are this many steps wide
constexpr std::uint32_t kNone = 0xffffffffU;

struct CellEdge {
    int a, b; ///< corners; bit 0 = x, bit 1 = y, bit 2 = z
};
constexpr std::array<CellEdge, 12> kEdges{
    {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}}};
/// Corners of each face, counter-clockwise seen from outside the cell.
constexpr std::array<std::array<int, 4>, 6> kFaces{
    {{0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}}};

constexpr int edge_between(int a, int b) {
    for (int e = 0; e < 12; ++e)
        if ((kEdges[e].a == a && kEdges[e].b == b) || (kEdges[e].a == b && kEdges[e].b == a)) return e;
    return -1;
}

/// The crossings of one cell joined into closed loops of edge numbers, oriented so that fills face outward.
struct Loops {
    std::array<int, 12> next{}; ///< following edge, -1 where the edge is not crossed
    bool ambiguous = false;     ///< some face has four crossings
};

Loops loops_of(const std::array<float, 8>& value, const std::array<bool, 8>& inside) {
    Loops loops;
    loops.next.fill(-1);
    for (const auto& face : kFaces) {
        std::array<int, 4> leaving{}, entering{}; // edges walked from inside to outside and back
        int crossings = 0, out = 0, in = 0;
        std::array<int, 4> kind{};
        std::array<int, 4> edge{};
        for (int k = 0; k < 4; ++k) {
            const int a = face[k], b = face[(k + 1) % 4];
            if (inside[a] == inside[b]) continue;
            edge[crossings] = edge_between(a, b);
            kind[crossings] = inside[a] ? 1 : -1;
            if (inside[a])
                leaving[out++] = edge[crossings];
            else
                entering[in++] = edge[crossings];
            ++crossings;
        }
        if (crossings == 2) {
            loops.next[entering[0]] = leaving[0];
        } else if (crossings == 4) {
            loops.ambiguous = true;
            // The corners in ascending order, so that the neighbour cell adds up the same numbers the same
            // way.
            std::array<int, 4> corners = face;
            std::sort(corners.begin(), corners.end());
            double sum = 0.0;
            for (const int c : corners)
                sum += value[c];
            const bool joined = sum < 0.0; // the two inside corners are one piece of this face
            for (int k = 0; k < 4; ++k) {
                if (kind[k] != -1) continue;
                // entering at k: the inside corner follows, the outside corner lies before
                loops.next[edge[k]] = joined ? edge[(k + 3) % 4] : edge[(k + 1) % 4];
            }
        }
    }
    return loops;
}

class Contourer {
public:
    explicit Contourer(const FieldGrid& grid)
        : g_(grid), layer_(static_cast<std::size_t>(grid.nx) * grid.ny) {
        for (auto& ids : in_plane_)
            ids.assign(2 * layer_, kNone);
        upward_.assign(layer_, kNone);
    }

    Mesh run() {
        for (int k = 0; k + 1 < g_.nz; ++k) {
            for (int j = 0; j + 1 < g_.ny; ++j)
                for (int i = 0; i + 1 < g_.nx; ++i)
                    cell(i, j, k);
            in_plane_[0].swap(in_plane_[1]);
            std::fill(in_plane_[1].begin(), in_plane_[1].end(), kNone);
            std::fill(upward_.begin(), upward_.end(), kNone);
        }
        return std::move(mesh_);
    }

private:
    [[nodiscard]] bool border(int i, int j, int k) const {
        return i == 0 || j == 0 || k == 0 || i == g_.nx - 1 || j == g_.ny - 1 || k == g_.nz - 1;
    }

    void cell(int i, int j, int k) {
        std::array<float, 8> value{};
        std::array<bool, 8> inside{};
        int count = 0;
        for (int c = 0; c < 8; ++c) {
            const int ci = i + (c & 1), cj = j + (c >> 1 & 1), ck = k + (c >> 2 & 1);
            value[c] = g_.values[g_.at(ci, cj, ck)];
            inside[c] = value[c] < 0.0F && !border(ci, cj, ck);
            if (!inside[c]) value[c] = std::max(value[c], 1e-6F);
            count += inside[c] ? 1 : 0;
        }
        if (count == 0 || count == 8) return;
        Loops loops = loops_of(value, inside);
        for (int start = 0; start < 12; ++start) {
            if (loops.next[start] < 0) continue;
            std::array<std::uint32_t, 12> ring{};
            int n = 0;
            for (int e = start; loops.next[e] >= 0;) {
                ring[n++] = vertex(i, j, k, e, value);
                const int following = loops.next[e];
                loops.next[e] = -1;
                e = following;
            }
            fill(ring, n, loops.ambiguous);
        }
    }

    std::uint32_t vertex(int i, int j, int k, int e, const std::array<float, 8>& value) {
        const auto [a, b] = kEdges[e];
        const int ci = i + (a & 1), cj = j + (a >> 1 & 1), top = a >> 2 & 1;
        const std::size_t column = static_cast<std::size_t>(cj) * g_.nx + ci;
        std::uint32_t& id = e < 4   ? in_plane_[top][column]
                            : e < 8 ? in_plane_[top][layer_ + column]
                                    : upward_[column];
        if (id == kNone) {
            // Kept off the corners: two vertices in one place would look like a seam to the simplifier.
            const double t = std::clamp(static_cast<double>(value[a]) / (value[a] - value[b]), 0.02, 0.98);
            Vec3 p = g_.point(ci, cj, k + top);
            p[e / 4] += t * g_.step;
            id = static_cast<std::uint32_t>(mesh_.positions.size());
            mesh_.positions.emplace_back(p);
        }
        return id;
    }

    void triangle(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        for (const std::uint32_t v : {a, b, c})
            mesh_.indices.push_back(v);
    }

    /// In a cell with an ambiguous face a diagonal could lie in that face and meet one of the neighbour: a
    /// vertex in the middle avoids it. Elsewhere ears are cut at the shortest diagonal.
    void fill(std::array<std::uint32_t, 12> ring, int n, bool ambiguous) {
        if (n > 3 && ambiguous) {
            Vec3 sum(0.0);
            for (int q = 0; q < n; ++q)
                sum += Vec3(mesh_.positions[ring[q]]);
            const auto middle = static_cast<std::uint32_t>(mesh_.positions.size());
            mesh_.positions.emplace_back(sum / static_cast<double>(n));
            for (int q = 0; q < n; ++q)
                triangle(ring[q], ring[(q + 1) % n], middle);
            return;
        }
        while (n > 3) {
            int ear = 0;
            float shortest = 1e30F;
            for (int q = 0; q < n; ++q) {
                const glm::vec3 d =
                    mesh_.positions[ring[(q + n - 1) % n]] - mesh_.positions[ring[(q + 1) % n]];
                const float length = glm::dot(d, d);
                if (length < shortest) {
                    shortest = length;
                    ear = q;
                }
            }
            triangle(ring[(ear + n - 1) % n], ring[ear], ring[(ear + 1) % n]);
            std::copy(ring.begin() + ear + 1, ring.begin() + n, ring.begin() + ear);
            --n;
        }
        triangle(ring[0], ring[1], ring[2]);
    }

    const FieldGrid& g_;
    std::size_t layer_;
    std::array<std::vector<std::uint32_t>, 2> in_plane_; ///< vertices on x edges, then y edges, of two layers
    std::vector<std::uint32_t> upward_;                  ///< vertices on z edges between the layers
    Mesh mesh_;
};

} // namespace

FieldGrid::FieldGrid(const Box& box, double step_mm, float fill) : origin(box.low), step(step_mm) {
    TB_CHECK(!box.empty() && step > 0);
    const Vec3 n = glm::ceil(box.size() / step) + 1.0;
    nx = static_cast<int>(n.x);
    ny = static_cast<int>(n.y);
    nz = static_cast<int>(n.z);
    values.assign(static_cast<std::size_t>(nx) * ny * nz, fill);
}

double FieldGrid::value(const Vec3& p) const {
    const Vec3 top(nx - 1, ny - 1, nz - 1);
    const Vec3 q = glm::clamp((p - origin) / step, Vec3(0.0), top - 1e-9);
    const int i = static_cast<int>(q.x), j = static_cast<int>(q.y), k = static_cast<int>(q.z);
    const double fx = q.x - i, fy = q.y - j, fz = q.z - k;
    const auto row = [&](int dj, int dk) {
        const std::size_t n = at(i, j + dj, k + dk);
        return values[n] * (1 - fx) + values[n + 1] * fx;
    };
    return (row(0, 0) * (1 - fy) + row(1, 0) * fy) * (1 - fz) + (row(0, 1) * (1 - fy) + row(1, 1) * fy) * fz;
}

Vec3 FieldGrid::gradient(const Vec3& p) const {
    Vec3 g;
    for (int axis = 0; axis < 3; ++axis) {
        Vec3 d(0.0);
        d[axis] = step;
        g[axis] = (value(p + d) - value(p - d)) / (2 * step);
    }
    return g;
}

FieldGrid sample(const LocalField& field, const Box& box, double step) {
    FieldGrid coarse(box, kCoarse * step, 0.0F);
    constexpr int kBlock = 4;
    for (int k = 0; k < coarse.nz; k += kBlock)
        for (int j = 0; j < coarse.ny; j += kBlock)
            for (int i = 0; i < coarse.nx; i += kBlock) {
                const int ei = std::min(i + kBlock, coarse.nx), ej = std::min(j + kBlock, coarse.ny),
                          ek = std::min(k + kBlock, coarse.nz);
                const Field f = field({coarse.point(i, j, k), coarse.point(ei - 1, ej - 1, ek - 1)});
                for (int c = k; c < ek; ++c)
                    for (int b = j; b < ej; ++b)
                        for (int a = i; a < ei; ++a)
                            coarse.values[coarse.at(a, b, c)] = static_cast<float>(f(coarse.point(a, b, c)));
            }
    FieldGrid fine(box, step, 0.0F);
    const double near = 1.5 * kCoarse * step + 1.0;
    // Each coarse point owns the fine points nearest to it.
    const auto first = [](int c) { return std::max(0, c * kCoarse - kCoarse / 2); };
    const auto last = [](int c, int n) { return std::min(c * kCoarse + kCoarse / 2, n); };
    for (int k = 0; k < coarse.nz; ++k)
        for (int j = 0; j < coarse.ny; ++j)
            for (int i = 0; i < coarse.nx; ++i) {
                const float v = coarse.values[coarse.at(i, j, k)];
                const int bi = first(i), ei = last(i, fine.nx), bj = first(j), ej = last(j, fine.ny),
                          bk = first(k), ek = last(k, fine.nz);
                if (bi >= ei || bj >= ej || bk >= ek) continue;
                const bool close = std::abs(v) < near;
                Field f;
                if (close) f = field({fine.point(bi, bj, bk), fine.point(ei - 1, ej - 1, ek - 1)});
                for (int c = bk; c < ek; ++c)
                    for (int b = bj; b < ej; ++b)
                        for (int a = bi; a < ei; ++a)
                            fine.values[fine.at(a, b, c)] =
                                close ? static_cast<float>(f(fine.point(a, b, c))) : v;
            }
    return fine;
}

Mesh contour(const FieldGrid& grid) {
    return Contourer(grid).run();
}

void settle(Mesh& mesh, const LocalField& field, double h, double reach) {
    // Neighbouring vertices share one local field: sorted by the block they lie in.
    constexpr double kBlock_mm = 8.0;
    const Box box = bounds(mesh);
    const Vec3 n = glm::ceil(box.size() / kBlock_mm) + 1.0;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order(mesh.positions.size());
    for (std::uint32_t v = 0; v < order.size(); ++v) {
        const Vec3 q = glm::floor((Vec3(mesh.positions[v]) - box.low) / kBlock_mm);
        order[v] = {static_cast<std::uint64_t>((q.z * n.y + q.y) * n.x + q.x), v};
    }
    std::sort(order.begin(), order.end());
    mesh.normals.assign(mesh.positions.size(), glm::vec3(0, 1, 0));
    for (std::size_t b = 0; b < order.size();) {
        std::size_t e = b;
        Box block;
        for (; e < order.size() && order[e].first == order[b].first; ++e)
            block.add(Vec3(mesh.positions[order[e].second]));
        block.grow(reach + h);
        const Field f = field(block);
        const auto gradient = [&f, h](const Vec3& p) {
            Vec3 g;
            for (int axis = 0; axis < 3; ++axis) {
                Vec3 d(0.0);
                d[axis] = h;
                g[axis] = (f(p + d) - f(p - d)) / (2 * h);
            }
            return g;
        };
        for (; b < e; ++b) {
            const std::uint32_t v = order[b].second;
            const Vec3 start(mesh.positions[v]);
            Vec3 p = start;
            for (int pass = 0; pass < 2; ++pass) {
                const Vec3 g = gradient(p);
                const double slope2 = glm::dot(g, g);
                if (slope2 < 0.04) break; // a crease of the field: no trustworthy direction
                p -= f(p) / slope2 * g;
            }
            const Vec3 shift = p - start;
            const double length = glm::length(shift);
            if (length > reach) p = start + shift * (reach / length);
            mesh.positions[v] = glm::vec3(p);
            const Vec3 g = gradient(p);
            const double slope = glm::length(g);
            if (slope > 1e-6) mesh.normals[v] = glm::vec3(g / slope);
        }
    }
}

} // namespace tb::geometry
