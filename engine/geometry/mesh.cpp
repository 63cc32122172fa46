#include "geometry/mesh.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "geometry/forest.h"

namespace tb::geometry {

namespace {

Vec3 corner(const Mesh& m, std::size_t k) {
    return Vec3(m.positions[m.indices[k]]);
}

template <class T>
void extend(std::vector<T>& into, const std::vector<T>& other, std::size_t vertices_before) {
    TB_CHECK(vertices_before == 0 || into.empty() == other.empty());
    into.insert(into.end(), other.begin(), other.end());
}

template <class T>
void keep(std::vector<T>& values, const std::vector<std::uint32_t>& kept) {
    if (values.empty()) return;
    std::vector<T> out;
    out.reserve(kept.size());
    for (const std::uint32_t k : kept)
        out.push_back(values[k]);
    values = std::move(out);
}

} // namespace

void append(Mesh& into, const Mesh& other) {
    const auto base = static_cast<std::uint32_t>(into.positions.size());
    extend(into.normals, other.normals, base);
    extend(into.uv, other.uv, base);
    extend(into.w_part, other.w_part, base);
    extend(into.fibre, other.fibre, base);
    extend(into.tendon, other.tendon, base);
    extend(into.positions, other.positions, base);
    into.indices.reserve(into.indices.size() + other.indices.size());
    for (const std::uint32_t i : other.indices)
        into.indices.push_back(base + i);
}

Mesh mirrored(const Mesh& mesh) {
    Mesh m = mesh;
    for (auto* field : {&m.positions, &m.normals, &m.fibre})
        for (glm::vec3& v : *field)
            v.x = -v.x;
    for (glm::vec2& v : m.uv)
        v.y = 1.0F - v.y;
    for (std::size_t t = 0; t + 2 < m.indices.size(); t += 3)
        std::swap(m.indices[t + 1], m.indices[t + 2]);
    return m;
}

void compute_normals(Mesh& mesh) {
    std::vector<Vec3> sum(mesh.positions.size(), Vec3(0.0));
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
        const Vec3 a = corner(mesh, t), b = corner(mesh, t + 1), c = corner(mesh, t + 2);
        const Vec3 n = glm::cross(b - a, c - a);
        for (std::size_t k = 0; k < 3; ++k)
            sum[mesh.indices[t + k]] += n;
    }
    mesh.normals.resize(mesh.positions.size());
    for (std::size_t i = 0; i < sum.size(); ++i) {
        const double length = glm::length(sum[i]);
        mesh.normals[i] = length > 1e-12 ? glm::vec3(sum[i] / length) : glm::vec3(0, 1, 0);
    }
}

double volume_mm3(const Mesh& mesh) {
    double sum = 0.0;
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3)
        sum += glm::dot(corner(mesh, t), glm::cross(corner(mesh, t + 1), corner(mesh, t + 2)));
    return sum / 6.0;
}

double area_mm2(const Mesh& mesh) {
    double sum = 0.0;
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
        const Vec3 a = corner(mesh, t);
        sum += glm::length(glm::cross(corner(mesh, t + 1) - a, corner(mesh, t + 2) - a));
    }
    return sum / 2.0;
}

Box bounds(const Mesh& mesh) {
    Box box;
    for (const glm::vec3& p : mesh.positions)
        box.add(Vec3(p));
    return box;
}

MeshCheck check(const Mesh& mesh) {
    MeshCheck result;
    struct Edge {
        std::uint32_t low, high;
        bool forward;
        bool operator<(const Edge& o) const {
            return low != o.low ? low < o.low : high != o.high ? high < o.high : forward < o.forward;
        }
    };
    std::vector<Edge> edges;
    edges.reserve(mesh.indices.size());
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
        const std::uint32_t* k = &mesh.indices[t];
        if (k[0] == k[1] || k[1] == k[2] || k[2] == k[0]) {
            ++result.degenerate;
            continue;
        }
        for (int e = 0; e < 3; ++e) {
            const std::uint32_t a = k[e], b = k[(e + 1) % 3];
            edges.push_back({std::min(a, b), std::max(a, b), a < b});
        }
    }
    std::sort(edges.begin(), edges.end());
    for (std::size_t i = 0; i < edges.size();) {
        std::size_t j = i, forward = 0;
        for (; j < edges.size() && edges[j].low == edges[i].low && edges[j].high == edges[i].high; ++j)
            forward += edges[j].forward ? 1 : 0;
        const std::size_t count = j - i, backward = count - forward;
        result.open_edges += forward > backward ? forward - backward : backward - forward;
        if (count > 2) ++result.crowded_edges;
        i = j;
    }
    result.outward = volume_mm3(mesh) > 0.0;
    return result;
}

Mesh compacted(Mesh mesh) {
    constexpr std::uint32_t kUnused = 0xffffffffU;
    std::vector<std::uint32_t> new_index(mesh.positions.size(), kUnused), kept;
    for (std::uint32_t& i : mesh.indices) {
        if (new_index[i] == kUnused) {
            new_index[i] = static_cast<std::uint32_t>(kept.size());
            kept.push_back(i);
        }
        i = new_index[i];
    }
    for_each_attribute(mesh, [&kept](auto& values) { keep(values, kept); });
    return mesh;
}

Mesh largest_component(const Mesh& mesh) {
    std::vector<std::uint32_t> parent(mesh.positions.size());
    std::iota(parent.begin(), parent.end(), 0U);
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3)
        for (std::size_t k = 1; k < 3; ++k) {
            const std::uint32_t a = root(parent, mesh.indices[t]), b = root(parent, mesh.indices[t + k]);
            parent[std::max(a, b)] = std::min(a, b);
        }
    std::vector<double> volume(mesh.positions.size(), 0.0);
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3)
        volume[root(parent, mesh.indices[t])] +=
            glm::dot(corner(mesh, t), glm::cross(corner(mesh, t + 1), corner(mesh, t + 2)));
    std::uint32_t largest = 0;
    for (std::uint32_t v = 0; v < volume.size(); ++v)
        if (std::abs(volume[v]) > std::abs(volume[largest])) largest = v;
    Mesh out = mesh;
    out.indices.clear();
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3)
        if (root(parent, mesh.indices[t]) == largest)
            out.indices.insert(out.indices.end(), mesh.indices.begin() + static_cast<std::ptrdiff_t>(t),
                               mesh.indices.begin() + static_cast<std::ptrdiff_t>(t) + 3);
    return compacted(std::move(out));
}

} // namespace tb::geometry
