#include "forge/mesh_seam.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <unordered_map>
#include <vector>

#include "base/check.h"
#include "geometry/forest.h"

namespace tb::forge {

namespace {

using geometry::Box;
using geometry::Mesh;
using geometry::Vec3;
using Id = std::uint32_t;

constexpr float kOffPlane_mm = 0.1F;

/// Vertices of one open border in the order in which its triangles run along it.
using Ring = std::vector<Id>;

std::vector<Ring> borders(const Mesh& mesh) {
    const auto key = [](Id a, Id b) { return (static_cast<std::uint64_t>(a) << 32U) | b; };
    std::unordered_map<std::uint64_t, int> count;
    for (std::size_t t = 0; t < mesh.indices.size(); t += 3)
        for (std::size_t k = 0; k < 3; ++k)
            ++count[key(mesh.indices[t + k], mesh.indices[t + (k + 1) % 3])];
    std::map<Id, Id> next; // ordered, so that the result is the same on every machine
    for (std::size_t t = 0; t < mesh.indices.size(); t += 3)
        for (std::size_t k = 0; k < 3; ++k) {
            const Id a = mesh.indices[t + k], b = mesh.indices[t + (k + 1) % 3];
            if (!count.contains(key(b, a))) next[a] = b;
        }
    std::vector<Ring> out;
    while (!next.empty()) {
        Ring ring;
        for (auto at = next.begin(); at != next.end(); at = next.find(ring.back())) {
            if (ring.empty()) ring.push_back(at->first);
            const Id to = at->second;
            next.erase(at);
            if (to == ring.front()) break;
            ring.push_back(to);
        }
        out.push_back(std::move(ring));
    }
    return out;
}

Vec3 middle(const Mesh& mesh, const Ring& ring) {
    Vec3 sum(0.0);
    for (const Id v : ring)
        sum += Vec3(mesh.positions[v]);
    return sum / static_cast<double>(ring.size());
}

/// The ribbon between a border and another that runs the opposite way: always the shorter next diagonal.
void ribbon(Mesh& mesh, const Ring& a, Ring b) {
    std::reverse(b.begin(), b.end());
    const auto apart = [&](Id p, Id q) {
        const glm::vec3 d = mesh.positions[p] - mesh.positions[q];
        return glm::dot(d, d);
    };
    std::rotate(b.begin(),
                std::min_element(b.begin(), b.end(),
                                 [&](Id p, Id q) { return apart(p, a.front()) < apart(q, a.front()); }),
                b.end());
    std::size_t i = 0, j = 0;
    while (i < a.size() || j < b.size()) {
        const Id p = a[i % a.size()], q = b[j % b.size()];
        const Id p2 = a[(i + 1) % a.size()], q2 = b[(j + 1) % b.size()];
        if (j == b.size() || (i < a.size() && apart(p2, q) <= apart(p, q2))) {
            mesh.indices.insert(mesh.indices.end(), {p2, p, q});
            ++i;
        } else {
            mesh.indices.insert(mesh.indices.end(), {p, q, q2});
            ++j;
        }
    }
}

} // namespace

Mesh cut_off(const Mesh& mesh, double height, bool above, const std::function<bool(const Box&)>& drop) {
    Mesh out;
    out.positions = mesh.positions;
    // Vertices in the plane or nearly so are moved off it, or the cut's vertices would lie on top of each
    // other, which the simplifier takes for a seam.
    const auto plane = static_cast<float>(height);
    const auto beyond = [&](Id v) { return (mesh.positions[v].y >= plane) == above; };
    for (Id v = 0; v < out.positions.size(); ++v)
        if (float& y = out.positions[v].y; std::abs(y - plane) < kOffPlane_mm)
            y = beyond(v) == above ? plane + kOffPlane_mm : plane - kOffPlane_mm;
    std::map<std::pair<Id, Id>, Id> crossings;
    const auto crossing = [&](Id a, Id b) {
        if (a > b) std::swap(a, b);
        const auto [at, fresh] = crossings.try_emplace({a, b}, static_cast<Id>(out.positions.size()));
        if (fresh) {
            const Vec3 p(out.positions[a]), q(out.positions[b]);
            out.positions.emplace_back(p + (height - p.y) / (q.y - p.y) * (q - p));
        }
        return at->second;
    };
    std::vector<std::array<Id, 3>> kept, far;
    for (std::size_t t = 0; t < mesh.indices.size(); t += 3) {
        std::array<Id, 3> v{mesh.indices[t], mesh.indices[t + 1], mesh.indices[t + 2]};
        const int count =
            static_cast<int>(beyond(v[0])) + static_cast<int>(beyond(v[1])) + static_cast<int>(beyond(v[2]));
        if (count == 0 || count == 3) {
            (count == 0 ? kept : far).push_back(v);
            continue;
        }
        while (beyond(v[0]) != (count == 1) || beyond(v[1]) == (count == 1) || beyond(v[2]) == (count == 1))
            std::rotate(v.begin(), v.begin() + 1, v.end()); // the odd one comes first
        const Id p = crossing(v[0], v[1]), q = crossing(v[0], v[2]);
        (count == 1 ? far : kept).push_back({v[0], p, q});
        auto& rest = count == 1 ? kept : far;
        rest.push_back({p, v[1], v[2]});
        rest.push_back({p, v[2], q});
    }
    std::vector<Id> parent(out.positions.size());
    std::iota(parent.begin(), parent.end(), 0U);
    for (const auto& t : far) {
        parent[geometry::root(parent, t[1])] = geometry::root(parent, t[0]);
        parent[geometry::root(parent, t[2])] = geometry::root(parent, t[0]);
    }
    std::unordered_map<Id, Box> boxes;
    for (const auto& t : far)
        for (const Id v : t)
            boxes[geometry::root(parent, v)].add(Vec3(out.positions[v]));
    std::unordered_map<Id, bool> goes;
    for (const auto& [piece, box] : boxes)
        goes[piece] = drop(box);
    for (const auto& t : far)
        if (!goes[geometry::root(parent, t[0])]) kept.push_back(t);
    for (const auto& t : kept)
        out.indices.insert(out.indices.end(), t.begin(), t.end());
    return compacted(std::move(out));
}

Mesh sewn(const Mesh& a, const Mesh& b) {
    Mesh out = a;
    const auto shift = static_cast<Id>(a.positions.size());
    out.positions.insert(out.positions.end(), b.positions.begin(), b.positions.end());
    for (const Id v : b.indices)
        out.indices.push_back(v + shift);
    std::vector<Ring> first = borders(a), second = borders(b);
    for (Ring& ring : second)
        for (Id& v : ring)
            v += shift;
    TB_CHECK(!second.empty());
    for (const Ring& ring : second) {
        const auto apart = [&](const Ring& other) {
            return glm::length(middle(out, ring) - middle(out, other));
        };
        const auto nearest = std::min_element(
            first.begin(), first.end(), [&](const Ring& p, const Ring& q) { return apart(p) < apart(q); });
        TB_CHECK(nearest != first.end());
        ribbon(out, *nearest, ring);
        first.erase(nearest);
    }
    return out;
}

} // namespace tb::forge
