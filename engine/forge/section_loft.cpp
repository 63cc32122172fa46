#include "forge/section_loft.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace tb::forge {

namespace {

using geometry::Vec2;
using geometry::Vec3;

double catmull_rom(double r0, double r1, double r2, double r3, double u) {
    return r1 + .5 * u * (r2 - r0 + u * (2 * r0 - 5 * r1 + 4 * r2 - r3 + u * (3 * (r1 - r2) + r3 - r0)));
}

/// a * wa + b * wb for every number of a section.
Section mix(const Section& a, double wa, const Section& b, double wb) {
    Section out{a.y * wa + b.y * wb, a.cx * wa + b.cx * wb, a.cz * wa + b.cz * wb, a.k * wa + b.k * wb, {}};
    for (std::size_t i = 0; i < a.radius.size(); ++i)
        out.radius.push_back(a.radius[i] * wa + b.radius[i] * wb);
    return out;
}

} // namespace

struct SectionLoft::Row {
    std::size_t i = 0;
    double p0 = 1.0, t0 = 0.0, p1 = 0.0, t1 = 0.0; ///< weights of value and tangent of sections i and i + 1
};

SectionLoft::SectionLoft(std::vector<Section> sections, bool half, Vec2 e1, Vec2 e2, Between between,
                         Ends ends)
    : sections_(std::move(sections)), half_(half), e1_(e1), e2_(e2), between_(between), ends_(ends) {
    std::vector<Section> slopes;
    for (std::size_t i = 0; i + 1 < sections_.size(); ++i) {
        const double h = sections_[i + 1].y - sections_[i].y;
        slopes.push_back(mix(sections_[i + 1], 1 / h, sections_[i], -1 / h));
    }
    for (std::size_t i = 0; i < sections_.size(); ++i) {
        if (i == 0 || i + 1 == sections_.size()) {
            tangents_.push_back(i == 0 ? slopes.front() : slopes.back());
            continue;
        }
        const double before = sections_[i].y - sections_[i - 1].y,
                     after = sections_[i + 1].y - sections_[i].y;
        tangents_.push_back(
            mix(slopes[i - 1], after / (before + after), slopes[i], before / (before + after)));
    }
}

SectionLoft::Row SectionLoft::row_at(double y) const {
    Row row;
    while (row.i + 2 < sections_.size() && sections_[row.i + 1].y < y)
        ++row.i;
    const double h = sections_[row.i + 1].y - sections_[row.i].y;
    const double u = std::clamp((y - sections_[row.i].y) / h, 0.0, 1.0);
    if (between_ == Between::Linear) {
        row.p0 = 1 - u;
        row.p1 = u;
    } else {
        row.p0 = 2 * u * u * u - 3 * u * u + 1;
        row.t0 = (u * u * u - 2 * u * u + u) * h;
        row.p1 = -2 * u * u * u + 3 * u * u;
        row.t1 = (u * u * u - u * u) * h;
    }
    return row;
}

double SectionLoft::radius(const Row& row, double turn) const {
    const auto n = static_cast<int>(sections_[0].radius.size());
    const double x = half_ ? std::min(turn, 1 - turn) * 2 * (n - 1) : turn * n;
    const int i = std::clamp(static_cast<int>(x), 0, half_ ? n - 2 : n - 1);
    std::array<double, 4> r{};
    for (int d = -1; d <= 2; ++d) {
        int j = i + d;
        if (half_)
            j = j < 0 ? -j : j > n - 1 ? 2 * (n - 1) - j : j;
        else
            j = (j + n) % n;
        r[d + 1] = row.p0 * sections_[row.i].radius[j] + row.t0 * tangents_[row.i].radius[j] +
                   row.p1 * sections_[row.i + 1].radius[j] + row.t1 * tangents_[row.i + 1].radius[j];
    }
    return catmull_rom(r[0], r[1], r[2], r[3], x - i);
}

double SectionLoft::value(const Vec3& point) const {
    Vec3 p = point;
    if (half_) p.x = -std::abs(p.x);
    const Row row = row_at(p.y);
    const Section &s0 = sections_[row.i], &s1 = sections_[row.i + 1], &d0 = tangents_[row.i],
                  &d1 = tangents_[row.i + 1];
    const auto at = [&](double Section::*m) {
        return row.p0 * s0.*m + row.t0 * d0.*m + row.p1 * s1.*m + row.t1 * d1.*m;
    };
    const Vec2 q(p.x - at(&Section::cx), p.z - at(&Section::cz));
    const double a = glm::dot(q, e1_) / at(&Section::k), b = glm::dot(q, e2_), rho = std::hypot(a, b);
    double turn = std::atan2(a, b) / (2 * std::numbers::pi);
    if (turn < 0) turn += 1;
    const double f = (rho - radius(row, turn)) * glm::length(q) / std::max(rho, 1e-6);
    const double over = std::max(low() - p.y, p.y - high());
    return ends_ == Ends::Closed || over > 0 ? std::max(f, over) : f;
}

SectionLoft::Polar SectionLoft::polar(const Vec3& p) const {
    const Row row = row_at(p.y);
    const Section s = mix(sections_[row.i], row.p0, sections_[row.i + 1], row.p1);
    const Vec2 q(p.x - s.cx, p.z - s.cz);
    const double a = glm::dot(q, e1_) / s.k, b = glm::dot(q, e2_);
    double turn = std::atan2(a, b) / (2 * std::numbers::pi);
    if (turn < 0) turn += 1;
    return {turn, std::hypot(a, b) / std::max(radius(row, turn), 1e-6)};
}

geometry::Box SectionLoft::box() const {
    geometry::Box box;
    for (const Section& s : sections_) {
        const double reach = *std::max_element(s.radius.begin(), s.radius.end());
        const Vec2 r(reach * (s.k * std::abs(e1_.x) + std::abs(e2_.x)),
                     reach * (s.k * std::abs(e1_.y) + std::abs(e2_.y)));
        box.add(Vec3(s.cx - r.x, s.y, s.cz - r.y));
        box.add(Vec3(s.cx + r.x, s.y, s.cz + r.y));
    }
    return box;
}

double around(const std::vector<double>& table, double turn) {
    const auto n = static_cast<int>(table.size());
    const double x = (turn - std::floor(turn)) * n;
    const int i = std::min(static_cast<int>(x), n - 1);
    return catmull_rom(table[(i + n - 1) % n], table[i], table[(i + 1) % n], table[(i + 2) % n], x - i);
}

} // namespace tb::forge
