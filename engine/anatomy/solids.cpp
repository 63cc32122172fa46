#include "anatomy/solids.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace tb::anatomy {

using geometry::Hit;
using geometry::Vec3;

namespace {

/// Slightly off the axes, so that rays do not run along the symmetric edges of meshes.
const Vec3 kAside{0.0173, 0.0291, 0.0};

} // namespace

std::vector<Stretch> stretches(const std::vector<Hit>& hits, double end) {
    struct Open {
        std::size_t stretch;
        int depth;
    };
    std::vector<Stretch> out;
    std::vector<Open> open; // few at a time; searched from the back
    for (const Hit& hit : hits) {
        const auto it = std::find_if(open.rbegin(), open.rend(),
                                     [&](const Open& o) { return out[o.stretch].object == hit.object; });
        if (hit.entering) {
            if (it != open.rend()) {
                ++it->depth;
            } else {
                open.push_back({out.size(), 1});
                out.push_back({hit.object, hit.distance, end, hit.triangle, hit.normal});
            }
        } else if (it != open.rend() && --it->depth == 0) {
            out[it->stretch].leave = hit.distance;
            open.erase(std::next(it).base());
        }
    }
    std::erase_if(out, [](const Stretch& s) { return s.leave - s.enter < kShallowest_mm; });
    return out;
}

bool inside_box(const geometry::Box& box, const Vec3& p) {
    return p.x >= box.low.x && p.x <= box.high.x && p.y >= box.low.y && p.y <= box.high.y &&
           p.z >= box.low.z && p.z <= box.high.z;
}

Vec3 way_out(const geometry::Box& box, const Vec3& p) {
    const double sign = p.z > box.centre().z ? 1.0 : -1.0;
    const double length = 1.1 * std::abs(sign > 0.0 ? box.high.z - p.z : p.z - box.low.z) + 10.0;
    return p + length * glm::normalize(kAside + Vec3(0.0, 0.0, sign));
}

bool inside_solid(const geometry::Bvh& bvh, const geometry::Box& box, const Vec3& p) {
    if (!inside_box(box, p)) return false;
    int leaving = 0;
    for (const Hit& hit : bvh.all_hits(p, way_out(box, p)))
        leaving += hit.entering ? -1 : 1;
    return leaving > 0;
}

std::vector<Around> solids_around(const geometry::Bvh& bvh, const geometry::Box& box, const Vec3& p) {
    std::vector<Around> out;
    std::vector<int> leaving; // of each of `out`
    for (const Hit& hit : bvh.all_hits(p, way_out(box, p))) {
        const auto it =
            std::find_if(out.begin(), out.end(), [&](const Around& a) { return a.object == hit.object; });
        if (it == out.end()) {
            out.push_back({hit.object, hit});
            leaving.push_back(hit.entering ? -1 : 1);
        } else {
            leaving[static_cast<std::size_t>(it - out.begin())] += hit.entering ? -1 : 1;
        }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (leaving[i] > 0) out[kept++] = out[i];
    }
    out.resize(kept);
    return out;
}

Vec3 blended_normal(const geometry::Mesh& mesh, std::uint32_t triangle, double b1, double b2) {
    const Vec3 normal(blend(mesh, mesh.normals, triangle, b1, b2));
    const double length = glm::length(normal);
    return length > 0.0 ? normal / length : Vec3(0.0, 0.0, 1.0);
}

std::pair<double, double> corner_weights(const geometry::Mesh& mesh, std::uint32_t triangle, const Vec3& p) {
    const Vec3 a(mesh.positions[corner(mesh, triangle, 0)]);
    const Vec3 e1 = Vec3(mesh.positions[corner(mesh, triangle, 1)]) - a;
    const Vec3 e2 = Vec3(mesh.positions[corner(mesh, triangle, 2)]) - a;
    const Vec3 d = p - a;
    const double d11 = glm::dot(e1, e1), d12 = glm::dot(e1, e2), d22 = glm::dot(e2, e2);
    const double p1 = glm::dot(d, e1), p2 = glm::dot(d, e2);
    const double area = d11 * d22 - d12 * d12;
    if (!(area > 0.0)) return {0.0, 0.0};
    return {(d22 * p1 - d12 * p2) / area, (d11 * p2 - d12 * p1) / area};
}

} // namespace tb::anatomy
