#include "scoring/measures.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "procedure/machine.h"
#include "procedure/words.h"

namespace tb::scoring {
namespace {

namespace words = procedure::words;

double distance_mm(const PointMm& a, const PointMm& b) { return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z); }

} // namespace

LogView::LogView(const scenario::Scenario& scenario, const std::vector<events::Event>& events)
    : scenario_(&scenario), events_(&events), injection_(events.size(), 0) {
    bool injection = false;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (const auto* p = events[i].get<events::Punctured>()) {
            injection = p->tool == events::Tool::Needle;
            if (first_puncture_ == npos) first_puncture_ = i;
            if (injection && injection_puncture_ == npos) injection_puncture_ = i;
        }
        injection_[i] = injection ? 1 : 0;
        if (const auto* out = events[i].get<events::NeedleOut>()) {
            if (out->tool == events::Tool::Needle) injection_out_ = i;
        }
        if (events[i].get<events::Marked>() != nullptr && injection_puncture_ == npos) mark_ = i;
    }
}

bool LogView::is_injection(std::size_t i) const { return injection_[i] != 0; }

namespace measures {
namespace {

/// Evidence that something is missing: nothing. A known 0 with no event to show.
Found none() { return {0.0, true, {}}; }

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

bool muscle_listed(const LogView& log, const std::string& id) {
    const auto& muscles = log.scenario().plan.candidate_muscles;
    return std::any_of(muscles.begin(), muscles.end(), [&](const std::string& m) {
        return id == m || id == m + "_r" || id == m + "_l";
    });
}

} // namespace

// ---- talk -------------------------------------------------------------------------------------------------------------

Found topics_said(const LogView& log, std::string_view step, std::size_t from, std::size_t to) {
    Found out = none();
    std::set<std::string> seen;
    for (const std::size_t i : log.all<events::Say>(from, to)) {
        const std::string& id = log.at<events::Say>(i).topic;
        const scenario::Topic* topic = log.scenario().tables.topic(id);
        if (topic == nullptr || !topic->counts || topic->step != step || !seen.insert(id).second) continue;
        out.value += 1.0;
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

Found said(const LogView& log, std::string_view topic, std::size_t from, std::size_t to) {
    for (const std::size_t i : log.all<events::Say>(from, to)) {
        if (log.at<events::Say>(i).topic == topic) return {1.0, true, {log.seq(i)}};
    }
    return none();
}

Found identifiers(const LogView& log) {
    Found out = none();
    for (const std::string_view topic : {"identity.name", "identity.date_of_birth"}) {
        const Found one = said(log, topic, 0, log.first_puncture());
        out.value += one.value;
        out.evidence.insert(out.evidence.end(), one.evidence.begin(), one.evidence.end());
    }
    return out;
}

Found pain_score_recorded(const LogView& log) {
    Found before = said(log, "indication.pain_score", 0, log.first_puncture());
    if (before.value > 0.0) return before;
    for (const std::string_view topic : {"indication.pain_score", "recheck.pain_score"}) {
        Found late = said(log, topic);
        if (late.value > 0.0) {
            late.value = 0.5;
            return late;
        }
    }
    return none();
}

Found follow_up_days(const LogView& log) {
    Found out;
    for (const std::size_t i : log.all<events::Say>()) {
        const scenario::Topic* topic = log.scenario().tables.topic(log.at<events::Say>(i).topic);
        if (topic != nullptr && topic->step == "follow-up" && topic->value > 0.0) out = {topic->value, true, {log.seq(i)}};
    }
    return out;
}

// ---- preparation ------------------------------------------------------------------------------------------------------

Found items_present(const LogView& log) {
    Found out = none();
    std::set<std::string> seen;
    for (const std::size_t i : log.all<events::TakeItem>(0, log.injection_puncture())) {
        const std::string& id = log.at<events::TakeItem>(i).item;
        const auto& all = log.scenario().tables.equipment;
        const bool counts = std::any_of(all.begin(), all.end(), [&](const auto& e) { return e.id == id && e.required; });
        if (!counts || !seen.insert(id).second) continue;
        out.value += 1.0;
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

Found item_taken(const LogView& log, std::string_view item) {
    for (const std::size_t i : log.all<events::TakeItem>(0, log.first_puncture())) {
        if (log.at<events::TakeItem>(i).item == item) return {1.0, true, {log.seq(i)}};
    }
    return none();
}

Found longest_activity(const LogView& log, std::string_view activity, std::size_t from, std::size_t to) {
    Found out = none();
    for (const std::size_t i : log.all<events::ActivityDone>(from, to)) {
        const auto& a = log.at<events::ActivityDone>(i);
        if (a.activity == activity && a.duration.value() > out.value) out = {a.duration.value(), true, {log.seq(i)}};
    }
    return out;
}

Found total_activity(const LogView& log, std::string_view activity, std::size_t from, std::size_t to) {
    Found out = none();
    for (const std::size_t i : log.all<events::ActivityDone>(from, to)) {
        const auto& a = log.at<events::ActivityDone>(i);
        if (a.activity != activity) continue;
        out.value += a.duration.value();
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

Found count_activity(const LogView& log, std::string_view activity, std::size_t from, std::size_t to) {
    Found out = total_activity(log, activity, from, to);
    out.value = static_cast<double>(out.evidence.size());
    return out;
}

Found planned_dose_fraction(const LogView& log) {
    Found out;
    std::map<std::string, double> mg;
    for (const std::size_t i : log.all<events::DrawUp>()) {
        const auto& d = log.at<events::DrawUp>(i);
        const scenario::Drug* drug = log.scenario().tables.drug(d.agent);
        if (drug == nullptr) continue;
        mg[d.agent] += d.volume.value() * drug->mg_per_mL;
        out.known = out.known || d.syringe == events::Syringe::Injection;
        out.evidence.push_back(log.seq(i));
    }
    out.value = procedure::dose_fraction(mg, log.scenario());
    return out;
}

Found air_left(const LogView& log) {
    Found out;
    for (std::size_t i = 0; i < log.events().size() && i < log.injection_puncture(); ++i) {
        if (const auto* d = log.events()[i].get<events::DrawUp>(); d != nullptr && d->syringe == events::Syringe::Injection) {
            out = {0.1, true, {log.seq(i)}};
        }
        const auto* e = log.events()[i].get<events::ExpelAir>();
        if (e != nullptr && e->syringe == events::Syringe::Injection && out.known) out = {0.0, true, {log.seq(i)}};
    }
    return out;
}

Found declared(const LogView& log, std::string_view what) {
    for (const std::size_t i : log.all<events::Declare>(0, log.injection_puncture())) {
        if (log.at<events::Declare>(i).what == what) return {1.0, true, {log.seq(i)}};
    }
    return none();
}

namespace {
/// The needle on this syringe when it went in, else the last one mounted.
std::size_t mounted(const LogView& log, events::Syringe syringe) {
    std::size_t found = LogView::npos;
    const auto tool = syringe == events::Syringe::Injection ? events::Tool::Needle : events::Tool::WhealNeedle;
    for (std::size_t i = 0; i < log.events().size(); ++i) {
        const auto* m = log.events()[i].get<events::MountNeedle>();
        if (m != nullptr && m->syringe == syringe) found = i;
        const auto* p = log.events()[i].get<events::Punctured>();
        if (p != nullptr && p->tool == tool && found != LogView::npos) break;
    }
    return found;
}
} // namespace

Found spare_length(const LogView& log) {
    const std::size_t i = mounted(log, events::Syringe::Injection);
    if (i == LogView::npos) return {};
    return {log.at<events::MountNeedle>(i).length.value() - log.scenario().plan.needle_path.value(), true, {log.seq(i)}};
}

Found gauge(const LogView& log, events::Syringe syringe) {
    const std::size_t i = mounted(log, syringe);
    if (i == LogView::npos) return {};
    return {static_cast<double>(log.at<events::MountNeedle>(i).gauge), true, {log.seq(i)}};
}

Found glove_state(const LogView& log) {
    if (log.injection_puncture() == LogView::npos) return {};
    Found out = none();
    for (std::size_t i = 0; i < log.injection_puncture(); ++i) {
        if (const auto* g = log.events()[i].get<events::WearGloves>()) {
            const double v = g->gloves == events::Gloves::Sterile ? 1.0 : g->gloves == events::Gloves::Clean ? 0.5 : 0.0;
            out = {v, true, {log.seq(i)}};
        }
        const auto* d = log.events()[i].get<events::Dispose>();
        if (d != nullptr && d->item == "gloves") out = {0.0, true, {log.seq(i)}};
    }
    const Found touches = unsterile_touches(log);
    if (out.value < 1.0 && touches.known && touches.value >= 2.0) out = {0.0, true, touches.evidence};
    return out;
}

Found posture(const LogView& log) {
    if (log.injection_puncture() == LogView::npos) return {};
    Found out = none();
    for (const std::size_t i : log.all<events::SetPosture>(0, log.injection_puncture())) {
        const auto p = log.at<events::SetPosture>(i).posture;
        const std::string_view name = p == events::Posture::Prone    ? "prone"
                                      : p == events::Posture::Supine ? "supine"
                                      : p == events::Posture::Sitting ? "sitting"
                                                                      : "side_lying";
        const auto& listed = log.scenario().plan.postures;
        const bool fits = std::find(listed.begin(), listed.end(), name) != listed.end();
        const bool faints = name == "sitting" && log.scenario().patient.fainted_before;
        out = {faints ? 0.0 : fits ? 1.0 : name == "sitting" ? 0.0 : 0.5, true, {log.seq(i)}};
    }
    return out;
}

// ---- locating ---------------------------------------------------------------------------------------------------------

Found candidate_rank(const LogView& log) {
    Found out;
    std::vector<std::string> named;
    for (const std::size_t i : log.all<events::Declare>(0, log.injection_puncture())) {
        const auto& d = log.at<events::Declare>(i);
        if (d.what != words::kCandidateMuscle) continue;
        if (std::find(named.begin(), named.end(), d.value) != named.end()) continue;
        named.push_back(d.value);
        // The first listed muscle is the true one; the others are reasonable thoughts that only take up a rank.
        const auto& listed = log.scenario().plan.candidate_muscles;
        const bool right = !listed.empty() && (d.value == listed.front() || d.value == listed.front() + "_r" ||
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

Found mark_to_found_spot(const LogView& log) {
    if (log.mark() == LogView::npos) return {};
    const PointMm& mark = log.at<events::Marked>(log.mark()).point;
    Found out;
    for (const std::size_t i : log.all<events::HeldPressure>(0, log.injection_puncture())) {
        const auto& held = log.at<events::HeldPressure>(i);
        const double d = distance_mm(held.point, mark);
        if (!out.known || d < out.value) out = {d, true, {log.seq(i), log.seq(log.mark())}};
    }
    return out;
}

Found palpation_pressure(const LogView& log) {
    std::vector<std::pair<double, std::int64_t>> forces;
    const std::size_t end = log.injection_puncture();
    for (const std::size_t i : log.all<events::Stroke>(0, end)) {
        const auto& s = log.at<events::Stroke>(i);
        if (muscle_listed(log, s.muscle)) forces.emplace_back(s.peak_press.value() / kNewtonPerKilogram, log.seq(i));
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
        if (out.evidence.size() < 12) out.evidence.push_back(seq); // enough to look at; all of them would bury the reader
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
    Found out = none();
    std::map<std::string, std::set<std::string>> by_point;
    std::map<std::string, std::vector<std::int64_t>> evidence;
    const std::size_t end = log.injection_puncture();
    std::string last_point;
    for (std::size_t i = 0; i < log.events().size() && i < end; ++i) {
        if (const auto* held = log.events()[i].get<events::HeldPressure>(); held != nullptr && !held->trigger_point.empty()) {
            last_point = held->trigger_point;
            by_point[last_point].insert(held->criteria.begin(), held->criteria.end());
            evidence[last_point].push_back(log.seq(i));
        }
    }
    for (const auto& [point, criteria] : by_point) {
        const auto n = static_cast<double>(criteria.size());
        if (n > out.value || (n == out.value && log.scenario().is_target(point))) out = {n, true, evidence[point]};
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
        const auto is = [&](const std::string& id) { return d.value == id || d.value == id + "_r" || d.value == id + "_l"; };
        const double v = lung || is(at_risk.front()) ? 1.0 : std::any_of(at_risk.begin(), at_risk.end(), is) ? 0.5 : 0.0;
        if (!out.known || v > out.value) out = {v, true, {log.seq(i)}};
    }
    return out;
}

// ---- skin -------------------------------------------------------------------------------------------------------------

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
    Found out = none();
    bool open = false; // touched and not cleaned again
    bool dirty_needle = false;
    bool sterile = false;
    const std::size_t end = log.injection_out() == LogView::npos ? log.events().size() : log.injection_out();
    for (std::size_t i = 0; i < end; ++i) {
        if (const auto* g = log.events()[i].get<events::WearGloves>()) sterile = g->gloves == events::Gloves::Sterile;
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
    return std::any_of(states.begin(), states.end(), [&](std::size_t i) { return log.at<events::SkinState>(i).coverage > 0.0; });
}

// ---- afterwards -------------------------------------------------------------------------------------------------------

Found rechecked(const LogView& log) {
    if (log.injection_out() == LogView::npos) return {};
    Found out = none();
    for (std::size_t i = log.injection_out(); i < log.events().size(); ++i) {
        const auto* stroke = log.events()[i].get<events::Stroke>();
        const auto* held = log.events()[i].get<events::HeldPressure>();
        if ((stroke != nullptr && muscle_listed(log, stroke->muscle)) || (held != nullptr && !held->trigger_point.empty())) {
            out.value += 1.0;
            out.evidence.push_back(log.seq(i));
            break;
        }
    }
    for (const std::string_view topic : {"recheck.pain_score", "indication.pain_score"}) {
        const Found asked = said(log, topic, log.injection_out());
        if (asked.value <= 0.0) continue;
        out.value += 1.0;
        out.evidence.push_back(asked.evidence.front());
        break;
    }
    return out;
}

namespace {
/// The first rating that the patient gives after one of these topics was said in [from, to).
Found rating(const LogView& log, std::initializer_list<std::string_view> topics, std::size_t from, std::size_t to) {
    bool asked = false;
    for (std::size_t i = from; i < log.events().size() && i < to; ++i) {
        if (const auto* say = log.events()[i].get<events::Say>()) {
            asked = std::find(topics.begin(), topics.end(), say->topic) != topics.end();
        }
        const auto* answer = log.events()[i].get<events::PatientSaid>();
        if (asked && answer != nullptr && answer->pain >= 0.0) return {answer->pain, true, {log.seq(i)}};
    }
    return {};
}
} // namespace

Found pain_reduction(const LogView& log) {
    if (log.injection_out() == LogView::npos) return {};
    const Found before = rating(log, {"indication.pain_score"}, 0, log.first_puncture());
    const Found after = rating(log, {"recheck.pain_score", "indication.pain_score"}, log.injection_out(), LogView::npos);
    if (!before.known || !after.known) return {};
    return {before.value - after.value, true, {before.evidence.front(), after.evidence.front()}};
}

Found observation(const LogView& log) {
    if (log.injection_out() == LogView::npos) return {};
    Found out = total_activity(log, words::kObserve, log.injection_out());
    out.value /= 60.0;
    return out;
}

Found sharps_share(const LogView& log) {
    std::map<std::string, bool> used; // needle -> in the box after its last use
    Found out;
    for (std::size_t i = 0; i < log.events().size(); ++i) {
        if (const auto* p = log.events()[i].get<events::Punctured>()) {
            used[std::string(procedure::needle_name(p->tool))] = false;
        }
        const auto* d = log.events()[i].get<events::Dispose>();
        if (d == nullptr || !used.contains(d->item)) continue;
        out.evidence.push_back(log.seq(i));
        if (d->place == words::kSharpsBox) used[d->item] = true;
    }
    if (used.empty()) return {};
    const auto boxed = std::count_if(used.begin(), used.end(), [](const auto& u) { return u.second; });
    out.known = true;
    out.value = 100.0 * static_cast<double>(boxed) / static_cast<double>(used.size());
    return out;
}

Found fields_recorded(const LogView& log) {
    Found out = none();
    std::set<std::string> seen;
    const auto& fields = log.scenario().tables.record_fields;
    for (const std::size_t i : log.all<events::Document>()) {
        const std::string& field = log.at<events::Document>(i).field;
        if (std::find(fields.begin(), fields.end(), field) == fields.end() || !seen.insert(field).second) continue;
        out.value += 1.0;
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

} // namespace measures
} // namespace tb::scoring
