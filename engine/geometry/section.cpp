#include "geometry/section.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tb::geometry {
namespace {

/// The cut through one triangle, from the edge that goes down through the plane to the one that comes up;
/// along an outward mesh these run counter-clockwise about the normal.
struct Piece {
    std::uint64_t from = 0, to = 0; ///< keys of the mesh edges at its ends
    Vec3 start{0.0};
};

std::uint64_t edge_key(std::uint32_t a, std::uint32_t b) {
    return (static_cast<std::uint64_t>(std::min(a, b)) << 32U) | std::max(a, b);
}

SectionLoop loop_of(const std::vector<Vec3>& points, const Vec3& unit) {
    SectionLoop loop;
    const Vec3 about = points.front();
    Vec3 weighted(0.0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Vec3 a = points[i] - about, b = points[(i + 1) % points.size()] - about;
        const double twice = glm::dot(unit, glm::cross(a, b));
        loop.area_mm2 += 0.5 * twice;
        weighted += twice / 6.0 * (a + b);
        loop.bounds.add(points[i]);
    }
    loop.centroid = loop.area_mm2 != 0.0 ? about + weighted / loop.area_mm2 : loop.bounds.centre();
    return loop;
}

} // namespace

std::vector<SectionLoop> section(const Mesh& mesh, const Vec3& point, const Vec3& normal) {
    std::vector<SectionLoop> loops;
    const double length = glm::length(normal);
    if (!(length > 0.0)) return loops;
    const Vec3 unit = normal / length;
    std::vector<double> height(mesh.positions.size());
    for (std::size_t i = 0; i < height.size(); ++i)
        height[i] = glm::dot(Vec3(mesh.positions[i]) - point, unit);

    std::vector<Piece> pieces;
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
        Piece piece;
        bool cut = false;
        for (std::size_t k = 0; k < 3; ++k) {
            const std::uint32_t a = mesh.indices[t + k], b = mesh.indices[t + (k + 1) % 3];
            const bool above_a = height[a] >= 0.0, above_b = height[b] >= 0.0;
            if (above_a == above_b) continue;
            cut = true;
            if (above_a) {
                piece.from = edge_key(a, b);
                const double f = height[a] / (height[a] - height[b]);
                piece.start = Vec3(mesh.positions[a]) * (1.0 - f) + Vec3(mesh.positions[b]) * f;
            } else {
                piece.to = edge_key(a, b);
            }
        }
        if (cut) pieces.push_back(piece);
    }
    // Chains: the piece that starts at an edge follows the one that ends there.
    std::vector<std::pair<std::uint64_t, std::size_t>> starts;
    starts.reserve(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i)
        starts.emplace_back(pieces[i].from, i);
    std::sort(starts.begin(), starts.end());
    std::vector<bool> used(pieces.size(), false);
    for (std::size_t first = 0; first < pieces.size(); ++first) {
        std::vector<Vec3> points;
        for (std::size_t i = first; i < pieces.size() && !used[i];) {
            used[i] = true;
            points.push_back(pieces[i].start);
            auto next =
                std::lower_bound(starts.begin(), starts.end(), std::make_pair(pieces[i].to, std::size_t{0}));
            while (next != starts.end() && next->first == pieces[i].to && used[next->second])
                ++next;
            if (next == starts.end() || next->first != pieces[i].to) break;
            i = next->second;
        }
        if (points.size() >= 3) loops.push_back(loop_of(points, unit));
    }
    return loops;
}

} // namespace tb::geometry
