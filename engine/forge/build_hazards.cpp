#include <algorithm>
#include <cmath>
#include <numbers>

#include "forge/build.h"
#include "forge/build_pleura.h"
#include "forge/parallel.h"
#include "geometry/simplify.h"

namespace tb::forge {

namespace {

using geometry::Mesh;
using geometry::Vec3;

/// One ring's centre with its radius.
using Station = TubeFigure::Point;

/// Centripetal Catmull-Rom (knots by the square root of the chord) between p1 and p2; never loops or
/// overshoots.
Vec3 centripetal(const Vec3& p0, const Vec3& p1, const Vec3& p2, const Vec3& p3, double f) {
    const auto gap = [](const Vec3& a, const Vec3& b) {
        return std::sqrt(std::max(glm::length(b - a), 1e-3));
    };
    const double t1 = gap(p0, p1), t2 = t1 + gap(p1, p2), t3 = t2 + gap(p2, p3), t = t1 + f * (t2 - t1);
    const auto mix = [t](const Vec3& a, const Vec3& b, double ta, double tb) {
        return ((tb - t) * a + (t - ta) * b) / (tb - ta);
    };
    const Vec3 a1 = mix(p0, p1, 0, t1), a2 = mix(p1, p2, t1, t2), a3 = mix(p2, p3, t2, t3);
    return mix(mix(a1, a2, 0, t2), mix(a2, a3, t1, t3), t1, t2);
}

/// Points along the curve about `spacing` radii apart.
std::vector<Station> stations(const std::vector<Station>& points, double spacing) {
    const std::size_t n = points.size();
    std::vector<Station> out;
    for (std::size_t i = 0; i + 1 < n; ++i) {
        const Vec3 &p1 = points[i].position, &p2 = points[i + 1].position;
        const Vec3 p0 = i > 0 ? points[i - 1].position : 2.0 * p1 - p2;
        const Vec3 p3 = i + 2 < n ? points[i + 2].position : 2.0 * p2 - p1;
        const double step = spacing * std::clamp(points[i].radius, 1.0, 6.0);
        const int pieces = std::max(1, static_cast<int>(std::ceil(glm::length(p2 - p1) / step)));
        for (int k = 0; k < pieces; ++k) {
            const double f = static_cast<double>(k) / pieces;
            const Station s{centripetal(p0, p1, p2, p3, f),
                            points[i].radius * (1 - f) + points[i + 1].radius * f};
            // Table points closer than half the wanted spacing would only make slivers.
            if (out.empty() || glm::length(s.position - out.back().position) > 0.5 * step) out.push_back(s);
        }
    }
    if (out.size() > 1 &&
        glm::length(out.back().position - points.back().position) < 0.3 * points.back().radius)
        out.pop_back();
    out.push_back(points.back());
    return out;
}

/// Swept rings with round ends; the frame is carried along without twist.
Mesh swept(const std::vector<Station>& path, int around, int cap_rings) {
    Mesh m;
    const auto n = path.size();
    Vec3 side(0.0);
    const auto ring = [&](const Vec3& centre, const Vec3& along, double radius) {
        const Vec3 other = glm::cross(along, side);
        for (int j = 0; j < around; ++j) {
            const double angle = 2 * std::numbers::pi * j / around;
            m.positions.emplace_back(centre + radius * (std::cos(angle) * side + std::sin(angle) * other));
        }
    };
    Vec3 along(0.0);
    for (std::size_t i = 0; i < n; ++i) {
        along = glm::normalize(path[std::min(i + 1, n - 1)].position - path[i > 0 ? i - 1 : 0].position);
        if (i == 0) side = geometry::tangents_of(along).e1;
        side = glm::normalize(side - glm::dot(side, along) * along);
        const double r = path[i].radius;
        if (i == 0) {
            m.positions.emplace_back(path[0].position - r * along);
            for (int k = cap_rings; k > 0; --k) {
                const double lift = std::numbers::pi / 2 * k / (cap_rings + 1);
                ring(path[0].position - r * std::sin(lift) * along, along, r * std::cos(lift));
            }
        }
        ring(path[i].position, along, r);
    }
    for (int k = 1; k <= cap_rings; ++k) {
        const double lift = std::numbers::pi / 2 * k / (cap_rings + 1), r = path.back().radius;
        ring(path.back().position + r * std::sin(lift) * along, along, r * std::cos(lift));
    }
    m.positions.emplace_back(path.back().position + path.back().radius * along);

    const int rings = static_cast<int>(n) + 2 * cap_rings, last = static_cast<int>(m.positions.size()) - 1;
    const auto triangle = [&m](int a, int b, int c) {
        for (const int v : {a, b, c})
            m.indices.push_back(static_cast<std::uint32_t>(v));
    };
    for (int j = 0; j < around; ++j) {
        const int k = (j + 1) % around;
        triangle(0, 1 + k, 1 + j);
        for (int i = 0; i + 1 < rings; ++i) {
            const int here = 1 + i * around, next = here + around;
            triangle(here + j, here + k, next + j);
            triangle(here + k, next + k, next + j);
        }
        triangle(last, 1 + (rings - 1) * around + j, 1 + (rings - 1) * around + k);
    }
    compute_normals(m);
    return m;
}

Built build_tube(const TubeFigure& tube) {
    double widest = 0.0;
    for (const Station& s : tube.points)
        widest = std::max(widest, s.radius);
    const int around = std::clamp(2 * static_cast<int>(std::round(1.6 * widest)), 8, 28);
    std::vector<Mesh> lods;
    lods.push_back(swept(stations(tube.points, 2.0), around, 3));
    lods.push_back(swept(stations(tube.points, 5.0), std::max(6, around / 2), 1));
    lods.push_back(swept(stations(tube.points, 12.0), std::max(4, around / 4), 0));
    return finished(tube.structure, std::move(lods));
}

} // namespace

Built build_solid(anatomy::Structure structure, const geometry::LocalField& field, geometry::Box box,
                  double step, double error) {
    box.grow(2.5 * step);
    const Mesh full = largest_component(contour(sample(field, box, step)));
    std::vector<Mesh> lods;
    for (const double off : {error * step, 0.4 * step, 1.2 * step}) {
        lods.push_back(simplified(lods.empty() ? full : lods.back(), {off, 0}));
        settle(lods.back(), field, 0.5 * step, lods.size() == 1 ? 0.25 * step : 0.0);
        unfold(lods.back());
    }
    return finished(std::move(structure), std::move(lods));
}

std::vector<Built> build_hazards(const Figures& figures) {
    std::vector<Built> out(figures.tubes.size());
    for_each_index(figures.tubes.size(), [&](std::size_t i) { out[i] = build_tube(figures.tubes[i]); });
    for (const LoftFigure& figure : figures.lofts) {
        if (figure.structure.kind == StructureKind::Pleura) {
            for (Built& built : build_pleura(figure, figures.diaphragm))
                out.push_back(std::move(built));
            continue;
        }
        const SectionLoft loft(figure.sections, false, {-1, 0}, {0, -1}, SectionLoft::Between::Linear,
                               SectionLoft::Ends::Closed);
        const geometry::LocalField field = [&loft](const geometry::Box&) {
            return [&loft](const Vec3& p) { return loft.value(p); };
        };
        out.push_back(build_solid(figure.structure, field, loft.box(), 2.0));
    }
    return out;
}

} // namespace tb::forge
