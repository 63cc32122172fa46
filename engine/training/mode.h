// What each mode allows: hints, pause, rewind, fast forward, x-ray look, feedback. One table instead of ifs
// everywhere.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace tb::training {

struct ModeRules {
    std::string id; ///< "practice", "demo", "assessment"
    bool hints = true, pause = true, rewind = true, fast_forward = true;
    bool xray = true; ///< looking under the skin: x-ray look, peeling, exploring
    /// Such a look may also show where trigger points and bands lie; without it they stay to be felt.
    bool points = true;
    bool ladder = true; ///< a case may be done seen through or half seen (training/ladder.h)
    bool immediate_feedback = true;
    bool stop_on_critical = false;
    double contrast_gain = 2.0; ///< display amplification of palpation; reduced in assessment
    double time_limit_s = 0.0;  ///< 0: none
};
Expected<ModeRules> mode_rules(std::string_view id);

} // namespace tb::training
