// The measures of locating and of the skin (see measures.h).
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "procedure/words.h"
#include "scoring/measures.h"

namespace tb::scoring::measures {
namespace {

namespace words = procedure::words;

double distance_mm(const PointMm& a, const PointMm& b) {
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

/// The state of the skin at each needle, or the last one stated if no needle went in.
std::vector<std::size_t> skin_at_needles(const LogView& log) {
    std::vector<std::size_t> at_needle;
    std::size_t last = LogView::npos;
    const std::size_t end = log.injection_out();
    for (const std::size_t i : log.all<events::SkinState>(0, end)) {
        const auto& s = log.at<events::SkinState>(i);
        if (s.occasion == words::kAtNeedle) at_needle.push_back(i);
        if (log.first_puncture() == LogView::npos || i < log.first_puncture()) last = i;
    }
    if (at_needle.empty() && last != LogView::npos) at_needle.push_back(last);
    return at_needle;
}

/// The smallest value over the needles: the weakest moment of the clean field.
template <class Read>
Found weakest(const LogView& log, Read read) {
    Found out;
    for (const std::size_t i : skin_at_needles(log)) {
        const auto& s = log.at<events::SkinState>(i);
        const double v = read(s);
        if (out.known && v >= out.value) continue;
        out = {v, true, {log.seq(i)}};
    }
    return out;
}

} // namespace

bool muscle_listed(const LogView& log, const std::string& id) {
    const auto& muscles = log.scenario().plan.candidate_muscles;
    return std::any_of(muscles.begin(), muscles.end(),
                       [&](const std::string& m) { return id == m || id == m + "_r" || id == m + "_l"; });
}

// ---- locating ----

Found candidate_rank(const LogView& log) {
    Found out;
    std::vector<std::string> named;
    for (const std::size_t i : log.all<events::Declare>(0, log.injection_puncture())) {
        const auto& d = log.at<events::Declare>(i);
        if (d.what != words::kCandidateMuscle) continue;
        if (std::find(named.begin(), named.end(), d.value) != named.end()) continue;
        named.push_back(d.value);
        // The first listed muscle is the true one; the others are reasonable thoughts that only take up a
        // rank.
        const auto& listed = log.scenario().plan.candidate_muscles;
        const bool right =
            !listed.empty() && (d.value == listed.front() || d.value == listed.front() + "_r" ||
                                d.value == listed.front() + "_l");
        if (right) return {static_cast<double>(named.size()), true, {log.seq(i)}};
        out.known = true;
        out.value = 99.0;
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

Found distance_of_mark(const LogView& log) {
    if (log.mark() == LogView::npos) return {};
    const double d = log.at<events::Marked>(log.mark()).distance_to_target.value();
    return d < 0.0 ? Found{} : Found{d, true, {log.seq(log.mark())}};
}

Found distance_found(const LogView& log) {
    Found marked = distance_of_mark(log);
    if (log.mark() != LogView::npos) return marked;
    constexpr double kHeldWithin_mm = 10.0; // finding.h, HeldPressure
    for (const std::size_t i : log.all<events::HeldPressure>(0, log.injection_puncture())) {
        if (log.scenario().is_target(log.at<events::HeldPressure>(i).trigger_point))
            return {kHeldWithin_mm, true, {log.seq(i)}};
    }
    return {};
}

Found mark_to_found_spot(const LogView& log) {
    if (log.mark() == LogView::npos) return {};
    const PointMm& mark = log.at<events::Marked>(log.mark()).point;
    Found out;
    for (const std::size_t i : log.all<events::HeldPressure>(0, log.injection_puncture())) {
        const auto& held = log.at<events::HeldPressure>(i);
        const double d = distance_mm(held.point, mark);
        if (!out.known || d < out.value) out = {d, true, {log.seq(i), log.seq(log.mark())}};
    }
    if (out.known) return out;
    // No hold: the spots that hurt most under the finger, within one point of the worst.
    double worst = 0.0;
    for (const std::size_t i : log.all<events::Felt>(0, log.mark()))
        worst = std::max(worst, log.at<events::Felt>(i).tenderness);
    for (const std::size_t i : log.all<events::Felt>(0, log.mark())) {
        const auto& felt = log.at<events::Felt>(i);
        const double d = distance_mm(felt.point, mark);
        const bool tender = worst > 0.0 && felt.tenderness >= worst - 1.0;
        if (tender && (!out.known || d < out.value)) out = {d, true, {log.seq(i), log.seq(log.mark())}};
    }
    return out;
}

Found palpation_pressure(const LogView& log) {
    std::vector<std::pair<double, std::int64_t>> forces;
    const std::size_t end = log.injection_puncture();
    for (const std::size_t i : log.all<events::Stroke>(0, end)) {
        const auto& s = log.at<events::Stroke>(i);
        if (muscle_listed(log, s.muscle))
            forces.emplace_back(s.peak_press.value() / kNewtonPerKilogram, log.seq(i));
    }
    for (const std::size_t i : log.all<events::HeldPressure>(0, end)) {
        const auto& h = log.at<events::HeldPressure>(i);
        if (!h.trigger_point.empty()) forces.emplace_back(h.press.value() / kNewtonPerKilogram, log.seq(i));
    }
    if (forces.empty()) return {};
    Found out;
    std::vector<double> sorted;
    for (const auto& [force, seq] : forces) {
        sorted.push_back(force);
        if (out.evidence.size() < 12)
            out.evidence.push_back(seq); // enough to look at; all of them would bury the reader
    }
    std::sort(sorted.begin(), sorted.end());
    out.value = sorted[sorted.size() / 2];
    out.known = true;
    return out;
}

Found search_time(const LogView& log) {
    Found out;
    std::size_t down = LogView::npos;
    const std::size_t end = std::min(log.mark(), log.injection_puncture());
    for (const std::size_t i : log.all<events::Contact>(0, end)) {
        const auto& c = log.at<events::Contact>(i);
        if (c.tool != events::Tool::Finger) continue;
        if (c.touching) {
            if (down == LogView::npos) down = i;
        } else if (down != LogView::npos) {
            out.value += log.seconds(down, i);
            if (!out.known) out.evidence.push_back(log.seq(down));
            out.known = true;
            down = LogView::npos;
        }
    }
    return out;
}

Found criteria_checked(const LogView& log) {
    Found out = nothing();
    std::map<std::string, std::set<std::string>> by_point;
    std::map<std::string, std::vector<std::int64_t>> evidence;
    const std::size_t end = log.injection_puncture();
    std::string last_point;
    for (std::size_t i = 0; i < log.events().size() && i < end; ++i) {
        if (const auto* held = log.events()[i].get<events::HeldPressure>();
            held != nullptr && !held->trigger_point.empty()) {
            last_point = held->trigger_point;
            by_point[last_point].insert(held->criteria.begin(), held->criteria.end());
            evidence[last_point].push_back(log.seq(i));
        }
    }
    for (const auto& [point, criteria] : by_point) {
        const auto n = static_cast<double>(criteria.size());
        if (n > out.value || (n == out.value && log.scenario().is_target(point)))
            out = {n, true, evidence[point]};
    }
    return out;
}

Found hold_time(const LogView& log) {
    Found out;
    const auto off = [](double s) { return s < 5.0 ? 5.0 - s : s > 10.0 ? s - 10.0 : 0.0; };
    for (const std::size_t i : log.all<events::HeldPressure>(0, log.injection_puncture())) {
        const auto& h = log.at<events::HeldPressure>(i);
        if (!log.scenario().is_target(h.trigger_point)) continue;
        const double s = h.duration.value();
        if (!out.known || off(s) < off(out.value)) out = {s, true, {log.seq(i)}};
    }
    return out;
}

Found risk_named(const LogView& log) {
    Found out;
    const auto& at_risk = log.scenario().plan.at_risk;
    for (const std::size_t i : log.all<events::Declare>(0, log.injection_puncture())) {
        const auto& d = log.at<events::Declare>(i);
        if (d.what != words::kStructureAtRisk || at_risk.empty()) continue;
        const bool lung = at_risk.front() == "pleura" && d.value.starts_with("lung");
        const auto is = [&](const std::string& id) {
            return d.value == id || d.value == id + "_r" || d.value == id + "_l";
        };
        const double v = lung || is(at_risk.front())                       ? 1.0
                         : std::any_of(at_risk.begin(), at_risk.end(), is) ? 0.5
                                                                           : 0.0;
        if (!out.known || v > out.value) out = {v, true, {log.seq(i)}};
    }
    return out;
}

// ---- skin ----

Found friction_time(const LogView& log) {
    return weakest(log, [](const events::SkinState& s) { return s.friction.value(); });
}
Found contact_time(const LogView& log) {
    return weakest(log, [](const events::SkinState& s) { return s.friction.value() + s.dried.value(); });
}
Found coverage(const LogView& log) {
    return weakest(log, [](const events::SkinState& s) { return 100.0 * s.coverage; });
}
Found outward(const LogView& log) {
    return weakest(log, [](const events::SkinState& s) { return s.outward; });
}
Found drying_time(const LogView& log) {
    return weakest(log, [](const events::SkinState& s) { return s.agent.empty() ? 0.0 : s.dried.value(); });
}
Found dryness(const LogView& log) {
    return weakest(log, [](const events::SkinState& s) { return s.agent.empty() ? 0.0 : s.dryness; });
}

Found unsterile_touches(const LogView& log) {
    if (log.injection_puncture() == LogView::npos || antiseptic_used(log).empty()) return {};
    Found out = nothing();
    bool open = false; // touched and not cleaned again
    bool dirty_needle = false;
    bool sterile = false;
    const std::size_t end = log.injection_out() == LogView::npos ? log.events().size() : log.injection_out();
    for (std::size_t i = 0; i < end; ++i) {
        if (const auto* g = log.events()[i].get<events::WearGloves>())
            sterile = g->gloves == events::Gloves::Sterile;
        const auto* s = log.events()[i].get<events::SkinState>();
        if (s == nullptr) continue;
        if (s->occasion == words::kTouched) {
            out.value += 1.0;
            out.evidence.push_back(log.seq(i));
            open = true;
        } else if (!s->touched_after) {
            open = false;
        }
        const bool unseen = s->touched_after && !sterile && out.value == 0.0;
        if (s->occasion == words::kAtNeedle && (open || unseen)) {
            dirty_needle = true;
            if (unseen) out.evidence.push_back(log.seq(i));
        }
    }
    if (dirty_needle) out.value = std::max(out.value, 1.0) + 1.0;
    if (out.evidence.empty()) out.evidence.push_back(log.seq(skin_at_needles(log).back()));
    return out;
}

std::string antiseptic_used(const LogView& log) {
    const auto at = skin_at_needles(log);
    return at.empty() ? std::string() : log.at<events::SkinState>(at.back()).agent;
}

bool cleaned_somewhere(const LogView& log) {
    const auto states = log.all<events::SkinState>(0, log.injection_out());
    return std::any_of(states.begin(), states.end(),
                       [&](std::size_t i) { return log.at<events::SkinState>(i).coverage > 0.0; });
}

} // namespace tb::scoring::measures
