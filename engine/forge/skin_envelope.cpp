#include "forge/skin_envelope.h"

#include <array>
#include <cmath>

namespace tb::forge {

namespace {

using geometry::Vec3;

constexpr double kJoin_mm = 12.0; ///< least blend where segments overlap (skin.json asks for 8 at least)
constexpr double kOutside = 60.0, kMargin = 12.0, kStacked_mm = 40.0;

} // namespace

SkinEnvelope::SkinEnvelope(const SkinFigure& skin) : between_thighs_(kJoin_mm) {
    for (const SkinSegment& s : skin.segments) {
        if (s.name == "thigh") thigh_ = static_cast<int>(lofts_.size());
        lofts_.emplace_back(s.sections, s.half, s.e1, s.e2, SectionLoft::Between::Smooth,
                            SectionLoft::Ends::Open);
    }
    const auto index = [&](const std::string& name) {
        for (std::size_t i = 0; i < skin.segments.size(); ++i)
            if (skin.segments[i].name == name) return static_cast<int>(i);
        return -1;
    };
    for (const SkinBlend& b : skin.blends) {
        const int first = index(b.first), second = index(b.second);
        if (second < 0) {
            between_thighs_ = std::max(b.radius_mm, kJoin_mm);
            continue;
        }
        const bool first_lower = lofts_[first].low() < lofts_[second].low();
        const int lower = first_lower ? first : second, upper = first_lower ? second : first;
        // A limb stands on the next one or comes out of the trunk's side.
        if (lofts_[lower].high() < lofts_[upper].high() &&
            lofts_[lower].high() - lofts_[upper].low() < kStacked_mm)
            stacks_.push_back({lower, upper});
        else
            joins_.push_back({first, second, std::max(b.radius_mm, kJoin_mm)});
    }
}

double SkinEnvelope::value(const Vec3& point) const {
    const Vec3 p(-std::abs(point.x), point.y, point.z);
    std::array<double, 16> f{};
    for (std::size_t i = 0; i < lofts_.size(); ++i) {
        const SectionLoft& loft = lofts_[i];
        f[i] = kOutside;
        if (p.y <= loft.low() - kMargin || p.y >= loft.high() + kMargin) continue;
        f[i] = loft.value(p);
        if (static_cast<int>(i) == thigh_) // the other thigh starts at the midline
            f[i] = smooth_minimum(std::max(f[i], p.x), std::max(loft.value(geometry::mirrored(p)), -p.x),
                                  between_thighs_);
    }
    for (const Stack& stack : stacks_) { // one passes into the other over their common height
        const double from = lofts_[stack.upper].low(), to = lofts_[stack.lower].high();
        if (p.y >= to)
            f[stack.lower] = kOutside;
        else if (p.y <= from)
            f[stack.upper] = kOutside;
        else {
            const double s = smooth_step(from, to, p.y);
            f[stack.lower] = f[stack.upper] = f[stack.lower] * (1 - s) + f[stack.upper] * s;
        }
    }
    double out = *std::min_element(f.begin(), f.begin() + static_cast<std::ptrdiff_t>(lofts_.size()));
    for (const Join& join : joins_)
        if (f[join.first] < kOutside && f[join.second] < kOutside)
            out = std::min(out, smooth_minimum(f[join.first], f[join.second], join.radius));
    return out;
}

geometry::Box SkinEnvelope::box() const {
    geometry::Box box;
    for (const SectionLoft& loft : lofts_)
        box.add(loft.box());
    return box;
}

} // namespace tb::forge
