#include "training/mode.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tb::training {
namespace {

// id, hints, pause, rewind, fast forward, x-ray, trigger points, ladder, feedback, stop on critical, contrast
// gain, time limit. Gain 2 as mechanics.md 1.4 suggests, 1.5 in an examination (both est.). The time limit of
// an examination is a whole visit with 30 min of observation (est.): the 12 min of an examination station
// would forbid watching the patient.
const std::array<ModeRules, 3>& table() {
    static const std::array<ModeRules, 3> kRules = {{
        {"practice", true, true, true, true, true, true, true, true, false, 2.0, 0.0},
        {"demo", true, true, true, true, true, true, true, true, false, 2.0, 0.0},
        {"assessment", false, false, false, false, false, false, false, false, true, 1.5, 2400.0},
    }};
    return kRules;
}

} // namespace

Expected<ModeRules> mode_rules(std::string_view id) {
    const auto& all = table();
    const auto it = std::find_if(all.begin(), all.end(), [id](const ModeRules& r) { return r.id == id; });
    if (it != all.end()) return *it;
    return fail(ErrorCode::BadInput,
                fmt::format("there is no mode \"{}\"; use practice, demo or assessment", id));
}

} // namespace tb::training
