#include "geometry/simplify.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include <meshoptimizer.h>

#include "base/check.h"

namespace tb::geometry {

namespace {

const float* coordinates(const Mesh& mesh) {
    return &mesh.positions.front().x;
}

/// The simplifier now and then lets four triangles meet in one edge. Two of them, one each way, get a vertex
/// in the edge's middle: the surface stays where it is and every edge has two triangles again.
void split_crowded(Mesh& mesh) {
    using Edge = std::pair<std::uint32_t, std::uint32_t>;
    std::map<Edge, std::vector<std::size_t>> corners; // directed edge to where it starts in the index list
    auto& index = mesh.indices;
    for (std::size_t c = 0; c < index.size(); ++c)
        corners[{index[c], index[c - c % 3 + (c + 1) % 3]}].push_back(c);
    std::vector<bool> touched(index.size() / 3, false);
    for (const auto& [edge, here] : corners) {
        const auto back = corners.find({edge.second, edge.first});
        if (here.size() != 2 || edge.first > edge.second || back == corners.end() || back->second.size() != 2)
            continue;
        const std::size_t one = here.front(), other = back->second.front();
        if (touched[one / 3] || touched[other / 3]) continue; // left as it is: the caller checks
        touched[one / 3] = touched[other / 3] = true;
        const auto m = static_cast<std::uint32_t>(mesh.positions.size());
        for_each_attribute(mesh, [&edge](auto& values) {
            if (!values.empty()) values.push_back((values[edge.first] + values[edge.second]) * 0.5F);
        });
        for (const std::size_t c : {one, other}) {
            const std::size_t next = c - c % 3 + (c + 1) % 3, last = c - c % 3 + (c + 2) % 3;
            const std::uint32_t to = index[next], apex = index[last];
            index[next] = m;
            for (const std::uint32_t v : {m, to, apex})
                index.push_back(v);
        }
    }
}

/// Two triangles back to back on the same three vertices are a flap without volume; both go.
void drop_flaps(std::vector<std::uint32_t>& indices) {
    struct Key {
        std::array<std::uint32_t, 3> sorted;
        bool odd;
        std::size_t triangle;
    };
    std::vector<Key> keys;
    for (std::size_t t = 0; t + 2 < indices.size(); t += 3) {
        std::array<std::uint32_t, 3> v{indices[t], indices[t + 1], indices[t + 2]};
        const auto least = std::min_element(v.begin(), v.end());
        std::rotate(v.begin(), least, v.end());
        const bool odd = v[1] > v[2];
        std::sort(v.begin(), v.end());
        keys.push_back({v, odd, t});
    }
    std::sort(keys.begin(), keys.end(), [](const Key& a, const Key& b) {
        return a.sorted != b.sorted ? a.sorted < b.sorted
               : a.odd != b.odd     ? a.odd < b.odd
                                    : a.triangle < b.triangle;
    });
    std::vector<bool> dropped(indices.size() / 3, false);
    for (std::size_t k = 0; k + 1 < keys.size(); ++k)
        if (keys[k].sorted == keys[k + 1].sorted && keys[k].odd != keys[k + 1].odd) {
            dropped[keys[k].triangle / 3] = dropped[keys[k + 1].triangle / 3] = true;
            ++k;
        }
    std::size_t out = 0;
    for (std::size_t t = 0; t < dropped.size(); ++t)
        if (!dropped[t]) {
            std::copy_n(indices.begin() + static_cast<std::ptrdiff_t>(3 * t), 3,
                        indices.begin() + static_cast<std::ptrdiff_t>(out));
            out += 3;
        }
    indices.resize(out);
}

/// One side of a triangle; `low` and `high` are its vertices, `corner` the place in the index list where it
/// starts.
struct Side {
    std::uint32_t low, high, corner;
    bool operator<(const Side& o) const {
        return low != o.low ? low < o.low : high != o.high ? high < o.high : corner < o.corner;
    }
};

std::vector<Side> sides_of(const Mesh& mesh) {
    std::vector<Side> sides;
    sides.reserve(mesh.indices.size());
    for (std::uint32_t c = 0; c < mesh.indices.size(); ++c) {
        const std::uint32_t a = mesh.indices[c], b = mesh.indices[c % 3 == 2 ? c - 2 : c + 1];
        sides.push_back({std::min(a, b), std::max(a, b), c});
    }
    std::sort(sides.begin(), sides.end());
    return sides;
}

/// Cosine between a triangle and the mean of its vertex normals; -1 for a triangle without area.
double facing(const Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    const Vec3 p(mesh.positions[a]);
    const Vec3 n = glm::cross(Vec3(mesh.positions[b]) - p, Vec3(mesh.positions[c]) - p);
    const Vec3 wanted = Vec3(mesh.normals[a]) + Vec3(mesh.normals[b]) + Vec3(mesh.normals[c]);
    const double length = glm::length(n) * glm::length(wanted);
    return length > 1e-9 ? glm::dot(n, wanted) / length : -1.0;
}

/// One pass of turning; true if something was turned.
bool unfold_once(Mesh& mesh) {
    const std::vector<Side> sides = sides_of(mesh);
    const auto find = [&sides](std::uint32_t a, std::uint32_t b) {
        return std::lower_bound(sides.begin(), sides.end(), Side{std::min(a, b), std::max(a, b), 0});
    };
    const auto is_edge = [&](std::uint32_t a, std::uint32_t b) {
        const auto it = find(a, b);
        return it != sides.end() && it->low == std::min(a, b) && it->high == std::max(a, b);
    };
    std::vector<bool> touched(mesh.indices.size() / 3, false);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> added;
    auto& index = mesh.indices;
    for (std::uint32_t t = 0; t < touched.size(); ++t) {
        if (touched[t] || facing(mesh, index[3 * t], index[3 * t + 1], index[3 * t + 2]) >= 0.0) continue;
        struct Turn {
            double gain = 0.0;
            std::uint32_t other = 0, a = 0, b = 0, c = 0, d = 0;
        } best;
        for (std::uint32_t k = 0; k < 3; ++k) {
            const std::uint32_t a = index[3 * t + k], b = index[3 * t + (k + 1) % 3],
                                c = index[3 * t + (k + 2) % 3];
            const auto it = find(a, b);
            if (it == sides.end() || it + 1 == sides.end()) continue;
            const std::uint32_t other = (it->corner / 3 == t ? it + 1 : it)->corner;
            if (other / 3 == t || touched[other / 3]) continue;
            const std::uint32_t o = 3 * (other / 3), d = index[o + (other - o + 2) % 3];
            const auto edge = std::minmax(c, d);
            if (d == c || is_edge(c, d) ||
                std::find(added.begin(), added.end(), std::pair(edge.first, edge.second)) != added.end())
                continue;
            const double before = facing(mesh, a, b, c) + facing(mesh, b, a, d);
            const double after = std::min(facing(mesh, c, a, d), facing(mesh, d, b, c));
            if (after > 0.0 && 2 * after - before > best.gain)
                best = {2 * after - before, other / 3, a, b, c, d};
        }
        if (best.gain <= 0.0) continue;
        const std::array<std::uint32_t, 3> first{best.c, best.a, best.d}, second{best.d, best.b, best.c};
        std::copy(first.begin(), first.end(), index.begin() + 3 * t);
        std::copy(second.begin(), second.end(), index.begin() + 3 * best.other);
        touched[t] = touched[best.other] = true;
        added.emplace_back(std::min(best.c, best.d), std::max(best.c, best.d));
    }
    return !added.empty();
}

} // namespace

void unfold(Mesh& mesh) {
    TB_CHECK(mesh.normals.size() == mesh.positions.size());
    for (int pass = 0; pass < 4 && unfold_once(mesh); ++pass) {
    }
}

Mesh simplified(const Mesh& mesh, SimplifyGoal goal) {
    if (mesh.indices.empty()) return mesh;
    const bool closed = check(mesh).closed();
    const float scale = meshopt_simplifyScale(coordinates(mesh), mesh.positions.size(), sizeof(glm::vec3));
    for (double error = goal.error_mm; error > goal.error_mm / 40; error *= 0.85) {
        Mesh out = mesh;
        float reached = 0.0F;
        out.indices.resize(meshopt_simplify(out.indices.data(), mesh.indices.data(), mesh.indices.size(),
                                            coordinates(mesh), mesh.positions.size(), sizeof(glm::vec3),
                                            3 * goal.triangles, static_cast<float>(error) / scale, 0,
                                            &reached));
        drop_flaps(out.indices);
        if (closed && !check(out).closed()) split_crowded(out);
        if (!closed || check(out).closed()) return compacted(std::move(out));
    }
    return mesh;
}

Mesh ordered_for_drawing(const Mesh& mesh) {
    Mesh out = mesh;
    meshopt_optimizeVertexCache(out.indices.data(), mesh.indices.data(), mesh.indices.size(),
                                mesh.positions.size());
    return compacted(std::move(out));
}

} // namespace tb::geometry
