#include "geometry/implicit.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

#include "base/check.h"

namespace tb::geometry {

namespace {

constexpr double kFar_mm = 14.0; // as in the check that defines the tables

double box_distance(const Box& box, const Vec3& p) {
    return glm::length(glm::max(glm::max(box.low - p, p - box.high), Vec3(0.0)));
}

double box_distance(const Box& a, const Box& b) {
    return glm::length(glm::max(glm::max(a.low - b.high, b.low - a.high), Vec3(0.0)));
}

/// First-order distance to an axis-aligned ellipsoid at local point `q`.
double ellipsoid(const Vec3& q, const Vec3& r) {
    const double k0 = glm::length(q / r);
    if (k0 < 1e-6) return -std::min({r.x, r.y, r.z});
    const double k1 = glm::length(q / (r * r));
    return k0 * (k0 - 1) / std::max(k1, 1e-9);
}

/// Uniform Catmull-Rom between p1 and p2.
template <class T>
T catmull_rom(const T& p0, const T& p1, const T& p2, const T& p3, double t) {
    return 0.5 * (2.0 * p1 + (p2 - p0) * t + (2.0 * p0 - 5.0 * p1 + 4.0 * p2 - p3) * (t * t) +
                  (3.0 * p1 - p0 - 3.0 * p2 + p3) * (t * t * t));
}

double of(const Blob& b, const Vec3& p) {
    return ellipsoid((p - b.centre) * b.axes, b.half_axes);
}

double of(const Tube& tube, const Vec3& p) {
    double best = 1e9;
    for (std::size_t i = 0; i + 1 < tube.chain.size(); ++i) {
        const Tube::Point &a = tube.chain[i], &b = tube.chain[i + 1];
        Vec3 along = b.position - a.position;
        const double length = glm::length(along);
        if (length < 1e-9) continue;
        along /= length;
        const double t = std::clamp(glm::dot(p - a.position, along) / length, 0.0, 1.0);
        const Vec3 q = p - a.position - t * length * along;
        const double ra = a.a + t * (b.a - a.a), rb = a.b + t * (b.b - a.b);
        Vec3 u = a.u + t * (b.u - a.u);
        u -= glm::dot(u, along) * along;
        u /= std::max(glm::length(u), 1e-9);
        const Vec3 w = glm::cross(along, u);
        best = std::min(best, ellipsoid({glm::dot(q, u), glm::dot(q, w), glm::dot(q, along)},
                                        {ra, rb, std::min(ra, rb)}));
    }
    return best;
}

double of(const Loft& loft, const Vec3& p) {
    const Vec3 l = (p - loft.origin) * loft.axes;
    const auto& s = loft.stations;
    const double z = std::clamp(l.z, s.front().height, s.back().height);
    std::size_t i = 0;
    while (i + 2 < s.size() && s[i + 1].height <= z)
        ++i;
    const Loft::Station &a = s[i], &b = s[i + 1];
    const double rise = b.height - a.height, f = (z - a.height) / rise;
    const Vec2 c = a.centre * (1 - f) + b.centre * f;
    const double u = l.x - c.x, v = l.y - c.y, rho = std::hypot(u, v);
    const auto n = static_cast<int>(a.radius.size());
    double angle = std::fmod(std::atan2(v, u) / (2 * std::numbers::pi) * n, n);
    if (angle < 0) angle += n;
    const int j = static_cast<int>(angle) % n, k = (j + 1) % n;
    const double g = angle - std::floor(angle);
    const double rj = a.radius[j] * (1 - f) + b.radius[j] * f, rk = a.radius[k] * (1 - f) + b.radius[k] * f;
    const double r = rj * (1 - g) + rk * g;
    const double slope = ((b.radius[j] - a.radius[j]) * (1 - g) + (b.radius[k] - a.radius[k]) * g) / rise;
    const double steep = std::min(std::abs(slope), 1.5);
    const double side = (rho - r) / std::sqrt(1 + steep * steep);
    const double cap = std::max(s.front().height - l.z, l.z - s.back().height);
    const double e = loft.edge_rounding;
    return std::min(std::max(side, cap) + e, 0.0) +
           std::hypot(std::max(side + e, 0.0), std::max(cap + e, 0.0)) - e;
}

double of(const std::array<Plate::Corner, 3>& t, const Vec3& p) {
    const Vec3 ab = t[1].position - t[0].position, ac = t[2].position - t[0].position, w = p - t[0].position;
    const Vec3 n = glm::cross(ab, ac);
    const double nn = std::max(glm::dot(n, n), 1e-9);
    const double g = glm::dot(glm::cross(ab, w), n) / nn, b = glm::dot(glm::cross(w, ac), n) / nn;
    double best = 1e9;
    if (g >= 0 && b >= 0 && g + b <= 1)
        best = std::abs(glm::dot(w, n)) / std::sqrt(nn) -
               (t[0].half_thickness * (1 - g - b) + t[1].half_thickness * b + t[2].half_thickness * g);
    for (int k = 0; k < 3; ++k) {
        const Plate::Corner &from = t[k], &to = t[(k + 1) % 3];
        const Vec3 edge = to.position - from.position, d = p - from.position;
        const double s = std::clamp(glm::dot(d, edge) / std::max(glm::dot(edge, edge), 1e-9), 0.0, 1.0);
        best = std::min(best, glm::length(d - s * edge) -
                                  (from.half_thickness + s * (to.half_thickness - from.half_thickness)));
    }
    return best;
}

double of(const Plate& plate, const Vec3& p) {
    double best = 1e9;
    for (const auto& t : plate.triangles)
        best = std::min(best, of(t, p));
    return best;
}

Box box_of(const Blob& b) {
    Vec3 e(0.0);
    for (int k = 0; k < 3; ++k)
        e += glm::abs(b.axes[k]) * b.half_axes[k];
    return {b.centre - e, b.centre + e};
}

Box box_of(const Tube& tube) {
    Box box;
    for (const Tube::Point& q : tube.chain) {
        const Vec3 r(std::max(q.a, q.b));
        box.add(q.position - r);
        box.add(q.position + r);
    }
    return box;
}

Box box_of(const Loft& loft) {
    Box box;
    for (const Loft::Station& s : loft.stations)
        for (std::size_t j = 0; j < s.radius.size(); ++j) {
            const double angle =
                2 * std::numbers::pi * static_cast<double>(j) / static_cast<double>(s.radius.size());
            box.add(loft.origin + loft.axes * Vec3(s.centre.x + s.radius[j] * std::cos(angle),
                                                   s.centre.y + s.radius[j] * std::sin(angle), s.height));
        }
    return box;
}

Box box_of(const Plate& plate) {
    Box box;
    for (const auto& t : plate.triangles)
        for (const Plate::Corner& c : t) {
            box.add(c.position - Vec3(c.half_thickness));
            box.add(c.position + Vec3(c.half_thickness));
        }
    return box;
}

/// Only the triangles that can be nearest somewhere in the box.
Plate trimmed(const Plate& plate, const Box& box) {
    const Vec3 centre = box.centre();
    const double half = glm::length(box.size()) / 2;
    double least = 1e9;
    for (const auto& t : plate.triangles)
        least = std::min(least, glm::length(t[0].position - centre) + half - t[0].half_thickness);
    Plate out;
    for (const auto& t : plate.triangles) {
        Box own;
        double thick = 0.0;
        for (const Plate::Corner& c : t) {
            own.add(c.position);
            thick = std::max(thick, c.half_thickness);
        }
        if (box_distance(own, box) - thick <= least) out.triangles.push_back(t);
    }
    return out;
}

/// Running smooth minimum: m - k ln(sum exp(-(d - m)/k)).
class SoftMinimum {
public:
    explicit SoftMinimum(double k) : k_(k) {}
    void add(double d) {
        if (d < least_) {
            sum_ = sum_ * std::exp(-(least_ - d) / k_) + 1.0;
            least_ = d;
        } else if (d - least_ < 40 * k_) {
            sum_ += std::exp(-(d - least_) / k_);
        }
    }
    [[nodiscard]] double value() const { return least_ - k_ * std::log(std::max(sum_, 1e-300)); }
    [[nodiscard]] bool empty() const { return sum_ == 0.0; }

private:
    double k_, least_ = 1e9, sum_ = 0.0;
};

} // namespace

glm::dmat3 axes_of(const std::array<double, 4>& q) {
    const double n = std::sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
    TB_CHECK(n > 0.0);
    const double w = q[0] / n, x = q[1] / n, y = q[2] / n, z = q[3] / n;
    return {Vec3(1 - 2 * (y * y + z * z), 2 * (x * y + z * w), 2 * (x * z - y * w)),
            Vec3(2 * (x * y - z * w), 1 - 2 * (x * x + z * z), 2 * (y * z + x * w)),
            Vec3(2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y))};
}

Tube subdivided_tube(const std::vector<Tube::Point>& points, int subdivisions) {
    const auto n = static_cast<int>(points.size());
    if (subdivisions <= 1 || n < 3) return {points};
    const auto at = [&](int i) {
        if (i >= 0 && i < n) return points[i];
        const Tube::Point& end = i < 0 ? points.front() : points.back();
        Tube::Point phantom = end;
        phantom.position = 2.0 * end.position - (i < 0 ? points[1] : points[n - 2]).position;
        return phantom;
    };
    Tube tube;
    for (int i = 0; i + 1 < n; ++i) {
        const Tube::Point p0 = at(i - 1), p1 = at(i), p2 = at(i + 1), p3 = at(i + 2);
        for (int s = 0; s < subdivisions; ++s) {
            const double t = static_cast<double>(s) / subdivisions;
            tube.chain.push_back({catmull_rom(p0.position, p1.position, p2.position, p3.position, t),
                                  std::max(catmull_rom(p0.a, p1.a, p2.a, p3.a, t), 0.3),
                                  std::max(catmull_rom(p0.b, p1.b, p2.b, p3.b, t), 0.3),
                                  catmull_rom(p0.u, p1.u, p2.u, p3.u, t)});
        }
    }
    tube.chain.push_back(points.back());
    return tube;
}

Plate subdivided_plate(const std::vector<Plate::Corner>& grid, int nu, int nv, int subdivisions) {
    TB_CHECK(nu >= 2 && nv >= 2 && grid.size() == static_cast<std::size_t>(nu) * nv);
    using Row = std::vector<glm::dvec4>;
    // One direction at a time: rows of samples, subdivided along the row.
    const auto along = [subdivisions](const Row& row) {
        const auto n = static_cast<int>(row.size());
        if (subdivisions <= 1) return row;
        const auto at = [&](int i) {
            return i < 0 ? 2.0 * row[0] - row[1] : i >= n ? 2.0 * row[n - 1] - row[n - 2] : row[i];
        };
        Row out;
        for (int i = 0; i + 1 < n; ++i)
            for (int s = 0; s < subdivisions; ++s)
                out.push_back(catmull_rom(at(i - 1), at(i), at(i + 1), at(i + 2),
                                          static_cast<double>(s) / subdivisions));
        out.push_back(row.back());
        return out;
    };
    std::vector<Row> columns(nu);
    for (int i = 0; i < nu; ++i)
        for (int j = 0; j < nv; ++j) {
            const Plate::Corner& c = grid[static_cast<std::size_t>(j * nu + i)];
            columns[i].emplace_back(c.position, c.half_thickness);
        }
    for (Row& column : columns)
        column = along(column);
    std::vector<Row> rows(columns[0].size());
    for (std::size_t j = 0; j < rows.size(); ++j) {
        Row row;
        for (const Row& column : columns)
            row.push_back(column[j]);
        rows[j] = along(row);
    }
    const auto corner = [](const glm::dvec4& v) { return Plate::Corner{Vec3(v), v.w}; };
    Plate plate;
    for (std::size_t j = 0; j + 1 < rows.size(); ++j)
        for (std::size_t i = 0; i + 1 < rows[j].size(); ++i) {
            const Plate::Corner c00 = corner(rows[j][i]), c01 = corner(rows[j][i + 1]),
                                c10 = corner(rows[j + 1][i]), c11 = corner(rows[j + 1][i + 1]);
            plate.triangles.push_back({c00, c01, c11});
            plate.triangles.push_back({c00, c11, c10});
        }
    return plate;
}

double distance(const Primitive& primitive, const Vec3& p) {
    return std::visit([&p](const auto& shape) { return of(shape, p); }, primitive);
}

Box bounds(const Primitive& primitive) {
    return std::visit([](const auto& shape) { return box_of(shape); }, primitive);
}

void ImplicitShape::add(Primitive primitive, bool hole, bool both_sides) {
    const Box box = bounds(primitive);
    if (both_sides)
        parts_.push_back({primitive,
                          {{-box.high.x, box.low.y, box.low.z}, {-box.low.x, box.high.y, box.high.z}},
                          hole,
                          true});
    parts_.push_back({std::move(primitive), box, hole, false});
}

double ImplicitShape::part_distance(const Part& part, const Vec3& p) {
    const double far = box_distance(part.box, p);
    if (far >= kFar_mm) return far;
    return geometry::distance(part.primitive, part.mirrored ? geometry::mirrored(p) : p);
}

double ImplicitShape::distance(const Vec3& p) const {
    SoftMinimum solids(blend_);
    for (const Part& part : parts_)
        if (!part.hole) solids.add(part_distance(part, p));
    double d = solids.empty() ? floor_ : solids.value();
    SoftMinimum carved(blend_);
    carved.add(-d);
    bool holes = false;
    for (const Part& part : parts_)
        if (part.hole) {
            carved.add(part_distance(part, p));
            holes = true;
        }
    return holes ? -carved.value() : d;
}

Box ImplicitShape::box() const {
    Box box;
    for (const Part& part : parts_)
        if (!part.hole) box.add(part.box);
    return box;
}

ImplicitShape ImplicitShape::near(const Box& box) const {
    ImplicitShape out(blend_);
    for (const Part& part : parts_) {
        const double gap = box_distance(part.box, box);
        if (gap >= kFar_mm) {
            if (!part.hole) out.floor_ = std::min(out.floor_, gap);
            continue;
        }
        out.parts_.push_back(part);
        if (auto* plate = std::get_if<Plate>(&out.parts_.back().primitive)) {
            Box own = box;
            if (part.mirrored)
                own = {{-box.high.x, box.low.y, box.low.z}, {-box.low.x, box.high.y, box.high.z}};
            *plate = trimmed(*plate, own);
        }
    }
    return out;
}

LocalField ImplicitShape::field() const {
    return [this](const Box& box) {
        auto shape = std::make_shared<const ImplicitShape>(near(box));
        return [shape](const Vec3& p) { return shape->distance(p); };
    };
}

} // namespace tb::geometry
