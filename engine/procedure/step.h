// The ten phases and their steps, as data (assets/clinical/procedure.json).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace tb::procedure {

/// A numeric measure's bands: [low, high] intervals; open ends are +-1e30. Value between intervals: the worse
/// neighbour.
struct Interval {
    double low = 0.0, high = 0.0;
};
struct Bands {
    std::vector<Interval> good, borderline, unsafe;
};
/// 1 good, 0.5 borderline, 0 unsafe. A value inside two intervals takes the better one.
/// A value in none of them takes the worse of its two neighbours; beyond all of them, half a mark less than
/// the nearest.
double grade(const Bands& bands, double value);
/// "good 0 to 10 mm, borderline 10 to 20 mm"; empty for empty bands.
std::string describe(const Bands& bands, std::string_view unit);

struct Measure {
    std::string name, unit, good_text, borderline_text, unsafe_text;
    Bands bands; ///< empty for measures that are states to be judged
    std::vector<std::string> sources;
    bool estimate = false;
};
struct Step {
    std::string id, phase, title, instruction;
    std::vector<Measure> measures;
    std::vector<std::string> teaching, critical_errors, sources;
    bool optional = false;
};
struct Phase {
    std::string id, title, goal;
    std::vector<std::string> steps;
};
struct Procedure {
    std::vector<Phase> phases;
    std::vector<Step> steps;
    [[nodiscard]] const Step* step(std::string_view id) const;
    /// The measure `name` of step `id`; null if there is none.
    [[nodiscard]] const Measure* measure(std::string_view id, std::string_view name) const;
};

ExpectedAll<Procedure> procedure_from_json(const Json& json, const std::string& source);

} // namespace tb::procedure
