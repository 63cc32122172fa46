#include "scoring/measures.h"

#include <algorithm>
#include <map>
#include <set>

#include "procedure/machine.h"
#include "procedure/words.h"

namespace tb::scoring {
namespace {

namespace words = procedure::words;

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

bool LogView::is_injection(std::size_t i) const {
    return injection_[i] != 0;
}

namespace measures {

// ---- talk ----

Found topics_said(const LogView& log, std::string_view step, std::size_t from, std::size_t to) {
    Found out = nothing();
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
    return nothing();
}

Found identifiers(const LogView& log) {
    Found out = nothing();
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
    return nothing();
}

Found follow_up_days(const LogView& log) {
    Found out;
    for (const std::size_t i : log.all<events::Say>()) {
        const scenario::Topic* topic = log.scenario().tables.topic(log.at<events::Say>(i).topic);
        if (topic != nullptr && topic->step == "follow-up" && topic->value > 0.0)
            out = {topic->value, true, {log.seq(i)}};
    }
    return out;
}

// ---- preparation ----

Found items_present(const LogView& log) {
    Found out = nothing();
    std::set<std::string> seen;
    for (const std::size_t i : log.all<events::TakeItem>(0, log.injection_puncture())) {
        const std::string& id = log.at<events::TakeItem>(i).item;
        const auto& all = log.scenario().tables.equipment;
        const bool counts =
            std::any_of(all.begin(), all.end(), [&](const auto& e) { return e.id == id && e.required; });
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
    return nothing();
}

Found longest_activity(const LogView& log, std::string_view activity, std::size_t from, std::size_t to) {
    Found out = nothing();
    for (const std::size_t i : log.all<events::ActivityDone>(from, to)) {
        const auto& a = log.at<events::ActivityDone>(i);
        if (a.activity == activity && a.duration.value() > out.value)
            out = {a.duration.value(), true, {log.seq(i)}};
    }
    return out;
}

Found total_activity(const LogView& log, std::string_view activity, std::size_t from, std::size_t to) {
    Found out = nothing();
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
        if (const auto* d = log.events()[i].get<events::DrawUp>();
            d != nullptr && d->syringe == events::Syringe::Injection) {
            out = {0.1, true, {log.seq(i)}};
        }
        const auto* e = log.events()[i].get<events::ExpelAir>();
        if (e != nullptr && e->syringe == events::Syringe::Injection && out.known)
            out = {0.0, true, {log.seq(i)}};
    }
    return out;
}

Found declared(const LogView& log, std::string_view what) {
    for (const std::size_t i : log.all<events::Declare>(0, log.injection_puncture())) {
        if (log.at<events::Declare>(i).what == what) return {1.0, true, {log.seq(i)}};
    }
    return nothing();
}

namespace {
/// The needle on this syringe when it went in, else the last one mounted.
std::size_t mounted(const LogView& log, events::Syringe syringe) {
    std::size_t found = LogView::npos;
    const auto tool =
        syringe == events::Syringe::Injection ? events::Tool::Needle : events::Tool::WhealNeedle;
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
    return {log.at<events::MountNeedle>(i).length.value() - log.scenario().plan.needle_path.value(),
            true,
            {log.seq(i)}};
}

Found gauge(const LogView& log, events::Syringe syringe) {
    const std::size_t i = mounted(log, syringe);
    if (i == LogView::npos) return {};
    return {static_cast<double>(log.at<events::MountNeedle>(i).gauge), true, {log.seq(i)}};
}

Found glove_state(const LogView& log) {
    if (log.injection_puncture() == LogView::npos) return {};
    Found out = nothing();
    for (std::size_t i = 0; i < log.injection_puncture(); ++i) {
        if (const auto* g = log.events()[i].get<events::WearGloves>()) {
            const double v = g->gloves == events::Gloves::Sterile ? 1.0
                             : g->gloves == events::Gloves::Clean ? 0.5
                                                                  : 0.0;
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
    Found out = nothing();
    for (const std::size_t i : log.all<events::SetPosture>(0, log.injection_puncture())) {
        const auto p = log.at<events::SetPosture>(i).posture;
        const std::string_view name = p == events::Posture::Prone     ? "prone"
                                      : p == events::Posture::Supine  ? "supine"
                                      : p == events::Posture::Sitting ? "sitting"
                                                                      : "side_lying";
        const auto& listed = log.scenario().plan.postures;
        const bool fits = std::find(listed.begin(), listed.end(), name) != listed.end();
        const bool faints = name == "sitting" && log.scenario().patient.fainted_before;
        out = {faints ? 0.0 : fits ? 1.0 : name == "sitting" ? 0.0 : 0.5, true, {log.seq(i)}};
    }
    return out;
}

// ---- afterwards ----

Found rechecked(const LogView& log) {
    if (log.injection_out() == LogView::npos) return {};
    Found out = nothing();
    for (std::size_t i = log.injection_out(); i < log.events().size(); ++i) {
        const auto* stroke = log.events()[i].get<events::Stroke>();
        const auto* held = log.events()[i].get<events::HeldPressure>();
        if ((stroke != nullptr && muscle_listed(log, stroke->muscle)) ||
            (held != nullptr && !held->trigger_point.empty())) {
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
Found rating(const LogView& log, std::initializer_list<std::string_view> topics, std::size_t from,
             std::size_t to) {
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
    const Found after =
        rating(log, {"recheck.pain_score", "indication.pain_score"}, log.injection_out(), LogView::npos);
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
    Found out = nothing();
    std::set<std::string> seen;
    const auto& fields = log.scenario().tables.record_fields;
    for (const std::size_t i : log.all<events::Document>()) {
        const std::string& field = log.at<events::Document>(i).field;
        if (std::find(fields.begin(), fields.end(), field) == fields.end() || !seen.insert(field).second)
            continue;
        out.value += 1.0;
        out.evidence.push_back(log.seq(i));
    }
    return out;
}

} // namespace measures
} // namespace tb::scoring
