// Items, weights by mode, critical failures, caps and the pass rule, as data a teacher can edit (assets/clinical/rubric.json).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace tb::scoring {

struct RubricItem {
    std::string id;     ///< procedure step id
    std::string phase, text;
    std::map<std::string, double, std::less<>> weights; ///< by mode
};
struct CriticalFail {
    std::string id, text;
};
struct Rubric {
    std::string version;
    std::vector<RubricItem> items;
    std::vector<CriticalFail> critical;
    std::vector<std::string> never_excused;
    double cut = 70.0;                ///< provisional pass mark
    double phase_share = 0.6;         ///< cleaning and injection phases need this share of their points
    std::string hash;                 ///< SHA-256 of the text
};
ExpectedAll<Rubric> rubric_from_json(const Json& json, const std::string& source);

} // namespace tb::scoring
