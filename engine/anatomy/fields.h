// What several tables of this module are read with: vectors, directions, words, names of landmarks. Internal
// to the module; every fault is reported at its place by the reader.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "anatomy/catalogue.h"
#include "base/json.h"
#include "geometry/frame.h"

namespace tb::anatomy {

constexpr double kBodyReach_mm = 3000.0; ///< no coordinate of a human body lies beyond this (est.)

/// Three numbers, each within +-reach; zero after a fault, for which `expected` says what belongs there.
geometry::Vec3 vector_from_json(const JsonReader& at, double reach,
                                std::string_view expected = "three numbers are expected here");

/// How long a written direction may be before it is made a unit vector.
struct DirectionRule {
    double least, most, reach; ///< length; largest component
    std::string_view expected; ///< the fault; "{:.3f}" in it becomes the length
};
/// Unit vector; zero where nothing is written and after a fault.
geometry::Vec3 direction_from_json(const JsonReader& at, const DirectionRule& rule);

/// Index of `value` in `allowed`; a fault at `at` and 0 if it is not there.
std::size_t one_of(const JsonReader& at, const std::string& value, std::span<const std::string_view> allowed);
inline std::size_t one_of(const JsonReader& at, const std::string& value,
                          std::initializer_list<std::string_view> allowed) {
    return one_of(at, value, std::span<const std::string_view>(allowed.begin(), allowed.size()));
}

/// Of the right side or the midline; null if there is none of the name.
const Landmark* right_landmark(const Catalogue& catalogue, std::string_view name);

} // namespace tb::anatomy
