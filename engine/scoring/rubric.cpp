#include "scoring/rubric.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"

namespace tb::scoring {
namespace {

constexpr std::array<std::string_view, 3> kCaps = {"pleural_distance_under_3_mm", "aspiration_missing_once",
                                                   "drying_under_half"};
constexpr std::array<std::string_view, 3> kModes = {"practice", "demo", "assessment"};

RubricItem read_item(const JsonReader& r) {
    r.only_keys({"id", "phase", "text", "weights"});
    RubricItem item{r.text("id"), r.text("phase"), r.text("text"), {}};
    const JsonReader weights = r.child("weights");
    if (!weights.exists()) return item;
    weights.only_keys({"practice", "demo", "assessment"});
    for (const std::string_view mode : kModes)
        item.weights[std::string(mode)] = weights.number(mode, 0.0, 100.0);
    return item;
}

} // namespace

const CriticalFail* Rubric::critical_fail(std::string_view id) const {
    const auto it =
        std::find_if(critical.begin(), critical.end(), [id](const CriticalFail& c) { return c.id == id; });
    return it == critical.end() ? nullptr : &*it;
}

ExpectedAll<Rubric> rubric_from_json(const Json& json, const std::string& source) {
    std::vector<Error> faults;
    const JsonReader root(json, source, faults);
    root.only_keys({"about", "version", "items", "critical_fails", "never_excused", "safety_caps",
                    "pass_rule", "global_rating"});
    Rubric rubric;
    rubric.version = root.text("version");
    std::set<std::string> ids, phases;
    for (const JsonReader& r : root.child("items").elements()) {
        rubric.items.push_back(read_item(r));
        phases.insert(rubric.items.back().phase);
        if (!ids.insert(rubric.items.back().id).second) r.fault("this item is there twice; keep one");
    }
    for (const std::string_view mode : kModes) {
        double sum = 0.0;
        for (const RubricItem& item : rubric.items) {
            if (const auto w = item.weights.find(mode); w != item.weights.end()) sum += w->second;
        }
        if (root.child("items", false).exists() && sum <= 0.0) {
            root.child("items").fault(
                fmt::format("the weights of mode \"{}\" add up to nothing; give some items points", mode));
        }
    }
    for (const JsonReader& r : root.child("critical_fails").elements()) {
        r.only_keys({"id", "text"});
        rubric.critical.push_back({r.text("id"), r.text("text")});
    }
    rubric.never_excused = root.texts_or_empty("never_excused");
    for (std::size_t i = 0; i < rubric.never_excused.size(); ++i) {
        if (rubric.critical_fail(rubric.never_excused[i]) == nullptr) {
            root.child("never_excused").element(i).fault("this is not an id of \"critical_fails\"");
        }
    }
    for (const JsonReader& r : root.child("safety_caps").elements()) {
        r.only_keys({"when", "item", "max_share"});
        rubric.caps.push_back({r.text("when"), r.text("item"), r.number("max_share", 0.0, 1.0)});
        if (std::find(kCaps.begin(), kCaps.end(), rubric.caps.back().when) == kCaps.end()) {
            r.child("when").fault(fmt::format("this condition is not known; use {}", fmt::join(kCaps, ", ")));
        }
        if (!ids.contains(rubric.caps.back().item)) r.child("item").fault("this is not an id of \"items\"");
    }
    const JsonReader pass = root.child("pass_rule");
    if (pass.exists()) {
        pass.only_keys({"cut", "phase_share", "phases", "min_global_rating", "cut_method_after_pilot"});
        rubric.cut = pass.number("cut", 0.0, 100.0);
        rubric.phase_share = pass.number("phase_share", 0.0, 1.0);
        rubric.min_global_rating = static_cast<int>(pass.number("min_global_rating", 1.0, 5.0));
        rubric.phases = pass.texts_or_empty("phases");
        for (const std::string& phase : rubric.phases) {
            if (!phases.contains(phase))
                pass.child("phases").fault(fmt::format("no item belongs to the phase \"{}\"", phase));
        }
    }
    rubric.hash = sha256_hex(write_json(json));
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return rubric;
}

} // namespace tb::scoring
