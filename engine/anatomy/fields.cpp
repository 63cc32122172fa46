#include "anatomy/fields.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tb::anatomy {

using geometry::Vec3;

Vec3 vector_from_json(const JsonReader& at, double reach, std::string_view expected) {
    if (!at.exists()) return Vec3(0.0);
    const std::vector<JsonReader> e = at.elements();
    if (e.size() != 3) {
        at.fault(std::string(expected));
        return Vec3(0.0);
    }
    return {e[0].as_number(-reach, reach), e[1].as_number(-reach, reach), e[2].as_number(-reach, reach)};
}

Vec3 direction_from_json(const JsonReader& at, const DirectionRule& rule) {
    if (!at.exists()) return Vec3(0.0);
    const Vec3 direction = vector_from_json(at, rule.reach);
    const double length = glm::length(direction);
    if (length >= rule.least && length <= rule.most) return direction / length;
    at.fault(fmt::format(fmt::runtime(rule.expected), length));
    return Vec3(0.0);
}

std::size_t one_of(const JsonReader& at, const std::string& value,
                   std::span<const std::string_view> allowed) {
    const auto it = std::find(allowed.begin(), allowed.end(), value);
    if (it != allowed.end()) return static_cast<std::size_t>(it - allowed.begin());
    if (at.exists())
        at.fault(fmt::format("\"{}\" is not known here; use one of: {}", value, fmt::join(allowed, ", ")));
    return 0;
}

const Landmark* right_landmark(const Catalogue& catalogue, std::string_view name) {
    const auto it = std::find_if(catalogue.landmarks.begin(), catalogue.landmarks.end(),
                                 [&](const Landmark& l) { return l.side != Side::Left && l.name == name; });
    return it == catalogue.landmarks.end() ? nullptr : &*it;
}

} // namespace tb::anatomy
