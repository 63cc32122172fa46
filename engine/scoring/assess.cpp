#include "scoring/assess.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "scoring/items.h"
#include "scoring/measures.h"

namespace tb::scoring {
namespace {

constexpr double kNear_mm = 10.0;     // a hazard passed closer than this is a near miss (est.)
constexpr double kPleuraCap_mm = 3.0; // rubric.json safety_caps
constexpr double kHalfDry = 0.5;

/// The item of the ultrasound picture counts only where the case asks for it, and then the band's does not.
/// Where nothing should be injected and nothing was, only the steps up to that decision and the closing ones
/// are scored.
bool applies(const RubricItem& item, const scenario::Scenario& scenario, bool rightly_without_needle) {
    // Where the needle is to be followed in the picture, the other hand holds the probe and not the band.
    const bool scored = scenario.ultrasound == scenario::Ultrasound::Scored;
    if ((item.id == "in-plane" && !scored) || (item.id == "fix" && scored)) return false;
    if (!rightly_without_needle) return true;
    static const std::set<std::string, std::less<>> kAlways = {
        "identity", "indication", "safety-screen", "history-map", "palpate",
        "confirm",  "risk-name",  "advice",        "record",      "follow-up"};
    return kAlways.contains(item.id);
}

/// Why the item's share is limited, and to what; the share itself if nothing limits it.
std::pair<double, std::string> limited(double share, const std::string& item, const Rubric& rubric,
                                       const LogView& log) {
    std::string why;
    for (const SafetyCap& cap : rubric.caps) {
        if (cap.item != item || share <= cap.max_share) continue;
        if (cap.when == "pleural_distance_under_3_mm") {
            const Found f = measures::pleura_clearance(log);
            if (!f.known || f.value >= kPleuraCap_mm) continue;
            why = fmt::format("the tip came within {:.1f} mm of the pleura", std::max(0.0, f.value));
        } else if (cap.when == "aspiration_missing_once") {
            const Found f = measures::aspiration_share(log);
            if (!f.known || f.value >= 100.0) continue;
            why = "an injection went in without aspiration";
        } else if (cap.when == "drying_under_half") {
            const Found f = measures::dryness(log);
            if (!f.known || f.value >= kHalfDry) continue;
            why = "the antiseptic dried for less than half of its time";
        } else {
            continue;
        }
        share = cap.max_share;
    }
    return {share, why};
}

ItemScore score_item(const RubricItem& item, double weight, const LogView& log,
                     const procedure::Procedure& procedure, const Rubric& rubric) {
    ItemScore out;
    out.id = item.id;
    out.phase = item.phase;
    out.text = item.text;
    out.of = weight;
    const std::vector<Reading> readings = readings_of(item.id, log, procedure);
    double sum = 0.0, weights = 0.0, cap = 1.0;
    const Reading* worst = nullptr;
    const Reading* capping = nullptr;
    for (const Reading& r : readings) {
        sum += r.weight * r.measured.grade;
        weights += r.weight;
        if (r.safety && r.measured.grade < cap) {
            cap = r.measured.grade;
            capping = &r;
        }
        if (worst == nullptr || (r.weight > 0.0 && r.measured.grade < worst->measured.grade)) worst = &r;
        out.measures.push_back(r.measured);
    }
    double share = weights > 0.0 ? sum / weights : 0.0;
    if (capping != nullptr && share > cap) {
        share = cap;
        out.capped = fmt::format("limited by: {}", capping->measured.name);
        worst = capping;
    }
    const auto [with_caps, why] = limited(share, item.id, rubric, log);
    share = with_caps;
    if (!why.empty()) out.capped = why;
    out.points = weight * std::clamp(share, 0.0, 1.0);
    out.why = worst != nullptr ? worst->sentence : "This item cannot be measured yet.";
    if (!why.empty()) {
        out.why = fmt::format(
            "{}{}.", static_cast<char>(std::toupper(static_cast<unsigned char>(why.front()))), why.substr(1));
    }
    return out;
}

/// What led to the finding at `i`: the nearest earlier event of its tick that is no consequence itself.
std::vector<std::int64_t> with_cause(const std::vector<events::Event>& events, std::size_t i) {
    std::vector<std::int64_t> out;
    for (std::size_t k = i; k-- > 0 && events[k].tick == events[i].tick;) {
        const events::Event& e = events[k];
        if (e.get<events::RuleBroken>() || e.get<events::StepDone>() || e.get<events::Complication>())
            continue;
        out.push_back(e.seq);
        break;
    }
    out.push_back(events[i].seq);
    return out;
}

std::vector<CriticalFinding> criticals(const Rubric& rubric, const std::vector<events::Event>& events) {
    std::vector<CriticalFinding> out;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto* broken = events[i].get<events::RuleBroken>();
        const CriticalFail* fail = broken != nullptr ? rubric.critical_fail(broken->rule) : nullptr;
        if (fail == nullptr) continue;
        const auto known =
            std::find_if(out.begin(), out.end(), [&](const CriticalFinding& c) { return c.id == fail->id; });
        const auto evidence = with_cause(events, i);
        if (known == out.end()) {
            out.push_back({fail->id, fail->text, broken->detail, evidence});
        } else {
            known->evidence.insert(known->evidence.end(), evidence.begin(), evidence.end());
        }
    }
    return out;
}

std::vector<NearMiss> near_misses(const std::vector<events::Event>& events) {
    std::map<std::string, NearMiss> closest;
    for (const events::Event& e : events) {
        const auto* c = e.get<events::Clearance>();
        if (c == nullptr || c->distance.value() >= kNear_mm || !is_hazard(c->kind)) continue;
        const auto [it, added] =
            closest.try_emplace(c->structure, NearMiss{c->structure, c->distance.value(), e.seq});
        if (!added && c->distance.value() < it->second.distance_mm)
            it->second = {c->structure, c->distance.value(), e.seq};
    }
    std::vector<NearMiss> out;
    out.reserve(closest.size());
    for (auto& [id, miss] : closest)
        out.push_back(std::move(miss));
    std::sort(out.begin(), out.end(), [](const NearMiss& a, const NearMiss& b) {
        return std::tie(a.distance_mm, a.structure) < std::tie(b.distance_mm, b.structure);
    });
    return out;
}

/// rubric.json "global_rating": 1 critical or under 50; 2 from 50; 3 from 70; 4 from 85; 5 from 95.
int global_rating(double total, bool critical) {
    if (critical || total < 50.0) return 1;
    if (total < 70.0) return 2;
    if (total < 85.0) return 3;
    return total < 95.0 ? 4 : 5;
}

/// First requirement of the pass rule that is not met; empty if all are.
std::string failed_requirement(const Assessment& a, const Rubric& rubric) {
    if (!a.critical.empty()) return fmt::format("critical failure: {}", a.critical.front().text);
    if (a.total < rubric.cut)
        return fmt::format("the total of {:.1f} is below the pass mark of {:.0f}", a.total, rubric.cut);
    if (a.global_rating < rubric.min_global_rating)
        return fmt::format("the global rating is {}", a.global_rating);
    for (const std::string& phase : rubric.phases) {
        double points = 0.0, of = 0.0;
        for (const ItemScore& item : a.items) {
            if (item.phase != phase) continue;
            points += item.points;
            of += item.of;
        }
        if (of > 0.0 && points < rubric.phase_share * of) {
            return fmt::format("the phase \"{}\" reached {:.0f}% of its points; {:.0f}% are needed", phase,
                               100.0 * points / of, 100.0 * rubric.phase_share);
        }
    }
    return {};
}

std::vector<Help> help_of(const std::vector<events::Event>& events) {
    std::vector<Help> out;
    for (const events::Event& e : events) {
        const auto* used = e.get<events::HelpUsed>();
        if (used == nullptr && e.get<events::HintGiven>() == nullptr) continue;
        const std::string what = used != nullptr ? used->what : "hint";
        auto it = std::find_if(out.begin(), out.end(), [&](const Help& h) { return h.what == what; });
        if (it == out.end()) it = out.insert(out.end(), Help{what, {}});
        it->evidence.push_back(e.seq);
    }
    return out;
}

} // namespace

std::vector<std::int64_t> ItemScore::evidence() const {
    std::set<std::int64_t> all;
    for (const Measured& m : measures)
        all.insert(m.evidence.begin(), m.evidence.end());
    return {all.begin(), all.end()};
}

std::string_view words_of_help(std::string_view what) {
    if (what == "hint") return "hint";
    if (what == "x_ray") return "x-ray look";
    if (what == "peel") return "layers peeled";
    if (what == "explore") return "anatomy explored";
    if (what == "trigger_points") return "trigger points shown";
    if (what == "seen_through") return "patient seen through";
    if (what == "half_seen") return "patient half seen";
    if (what == "blind") return "blind from there on";
    return what;
}

std::string help_sentence(const std::vector<Help>& help) {
    if (help.empty()) return "No help was used.";
    std::string words;
    for (const Help& h : help) {
        words += fmt::format("{}{}", words.empty() ? "Help used: " : ", ", words_of_help(h.what));
        if (h.evidence.size() > 1) words += fmt::format(" ({} times)", h.evidence.size());
    }
    return words + ".";
}

Assessment assess(const scenario::Scenario& scenario, const procedure::Procedure& procedure,
                  const Rubric& rubric, const std::string& mode, const std::vector<events::Event>& events) {
    Assessment out;
    out.mode = mode;
    out.rubric_version = rubric.version;
    out.rubric_hash = rubric.hash;
    const LogView log(scenario, events);
    const bool stopped = std::any_of(events.begin(), events.end(), [](const events::Event& e) {
        const auto* f = e.get<events::FinishCase>();
        return f != nullptr && f->decision == "not_injected";
    });
    const bool without =
        scenario.plan.decision == "not_inject" && stopped && log.first_puncture() == LogView::npos;

    double points = 0.0, of = 0.0;
    for (const RubricItem& item : rubric.items) {
        const auto weight = item.weights.find(mode);
        if (weight == item.weights.end() || !applies(item, scenario, without)) continue;
        out.items.push_back(score_item(item, weight->second, log, procedure, rubric));
        points += out.items.back().points;
        of += out.items.back().of;
    }
    out.total = of > 0.0 ? 100.0 * points / of : 0.0;
    out.critical = criticals(rubric, events);
    out.near_misses = near_misses(events);
    out.help = help_of(events);
    out.global_rating = global_rating(out.total, !out.critical.empty());
    const std::string failed = failed_requirement(out, rubric);
    out.pass = failed.empty();
    out.pass_reason = out.pass ? "all requirements met" : failed;
    return out;
}

} // namespace tb::scoring
