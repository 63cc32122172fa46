// Items, weights by mode, critical failures, caps and the pass rule, as data a teacher can edit
// (assets/clinical/rubric.json).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace tb::scoring {

struct RubricItem {
    std::string id; ///< procedure step id
    std::string phase, text;
    std::map<std::string, double, std::less<>> weights; ///< by mode
};
struct CriticalFail {
    std::string id, text;
};
/// A fact that limits an item to a share of its points, whatever the rest of it is worth.
struct SafetyCap {
    std::string when; ///< "pleural_distance_under_3_mm", "aspiration_missing_once", "drying_under_half"
    std::string item;
    double max_share = 0.0;
};
struct Rubric {
    std::string version;
    std::vector<RubricItem> items;
    std::vector<CriticalFail> critical;
    std::vector<std::string> never_excused;
    std::vector<SafetyCap> caps;
    std::vector<std::string> phases; ///< phases that need `phase_share` of their points
    int min_global_rating = 3;
    double cut = 70.0;        ///< provisional pass mark
    double phase_share = 0.6; ///< cleaning and injection phases need this share of their points
    std::string hash;         ///< SHA-256 of the JSON as written back on one line
    [[nodiscard]] const CriticalFail* critical_fail(std::string_view id) const;
};
ExpectedAll<Rubric> rubric_from_json(const Json& json, const std::string& source);

} // namespace tb::scoring
