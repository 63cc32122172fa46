// The rules whose breach `Machine` states, beside the critical ids of rubric.json: slips that cost points,
// not the case.
#pragma once

#include <span>
#include <string_view>

namespace tb::procedure {

struct Rule {
    std::string_view id;
    std::string_view text; ///< one sentence for the trainee
    bool critical = false; ///< an id of rubric.json "critical_fails"
};
/// All rules, critical ones first.
std::span<const Rule> rules();
/// Null for an unknown id.
const Rule* find_rule(std::string_view id);

/// Closer than this to pleura without touching it counts as aiming into the forbidden direction, mm (est.;
/// rubric.json).
inline constexpr double kPleuraMargin_mm = 3.0;
/// An emergency sign must be answered within this time (rubric.json "emergency").
inline constexpr double kEmergency_s = 60.0;

} // namespace tb::procedure
