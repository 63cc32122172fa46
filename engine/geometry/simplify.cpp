#include "geometry/simplify.h"

#include <algorithm>

#include <meshoptimizer.h>

#include "base/check.h"

namespace tb::geometry {

namespace {

const float* coordinates(const Mesh& mesh) { return &mesh.positions.front().x; }

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
        return a.sorted != b.sorted ? a.sorted < b.sorted : a.odd != b.odd ? a.odd < b.odd : a.triangle < b.triangle;
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

} // namespace

Mesh simplified(const Mesh& mesh, SimplifyGoal goal) {
    if (mesh.indices.empty()) return mesh;
    const bool closed = check(mesh).closed();
    const float scale = meshopt_simplifyScale(coordinates(mesh), mesh.positions.size(), sizeof(glm::vec3));
    for (double error = goal.error_mm; error > goal.error_mm / 40; error *= 0.6) {
        Mesh out = mesh;
        float reached = 0.0F;
        out.indices.resize(meshopt_simplify(out.indices.data(), mesh.indices.data(), mesh.indices.size(),
                                            coordinates(mesh), mesh.positions.size(), sizeof(glm::vec3),
                                            3 * goal.triangles, static_cast<float>(error) / scale, 0, &reached));
        drop_flaps(out.indices);
        if (!closed || check(out).closed()) return compacted(std::move(out));
    }
    return mesh;
}

Mesh ordered_for_drawing(const Mesh& mesh) {
    Mesh out = mesh;
    meshopt_optimizeVertexCache(out.indices.data(), mesh.indices.data(), mesh.indices.size(), mesh.positions.size());
    return compacted(std::move(out));
}

} // namespace tb::geometry
