#include "procedure/machine.h"

#include <algorithm>
#include <utility>

#include "procedure/steps.h"

namespace tb::procedure {
namespace {

/// Ideal weight above BMI 30 (Devine 1974): 50 or 45.5 kg at 152.4 cm and 0.91 kg a centimetre more.
double dosing_weight_kg(const scenario::Patient& patient) {
    if (patient.bmi() <= 30.0) return patient.weight.value();
    const double ideal = (patient.female ? 45.5 : 50.0) + 0.91 * (patient.height_cm - 152.4);
    return std::clamp(ideal, 30.0, patient.weight.value());
}

/// Which words answer which emergency. A call for help answers all of them.
bool answers(std::string_view topic, std::string_view emergency) {
    if (topic == "emergency.call_help" || topic == "emergency.ambulance") return true;
    if (emergency == "pneumothorax") return topic == "emergency.oxygen" || topic == "emergency.sit_up";
    if (emergency == "last") return topic == "emergency.lipid" || topic == "emergency.oxygen";
    return emergency == "allergy" && topic == "emergency.adrenaline";
}

} // namespace

double dose_limit_mg(const scenario::Drug& drug, const scenario::Patient& patient, double reduction) {
    if (drug.max_mg_per_kg <= 0.0) return drug.max_mg;
    const double by_weight = drug.max_mg_per_kg * dosing_weight_kg(patient) * reduction;
    return drug.max_mg > 0.0 ? std::min(drug.max_mg, by_weight) : by_weight;
}

double dose_fraction(const std::map<std::string, double>& milligrams, const scenario::Scenario& scenario) {
    double fraction = 0.0;
    for (const auto& [agent, mg] : milligrams) {
        const scenario::Drug* drug = scenario.tables.drug(agent);
        const double limit =
            drug != nullptr ? dose_limit_mg(*drug, scenario.patient, scenario.plan.dose_reduction) : 0.0;
        if (limit > 0.0) fraction += mg / limit;
    }
    return fraction;
}

void Machine::break_rule(std::string_view rule, std::string detail, Findings& out) {
    if (!broken_.insert(std::string(rule)).second) return;
    out.emplace_back(events::RuleBroken{std::string(rule), std::move(detail)});
}

void Machine::complicate(std::string_view id, std::string cause, Findings& out) {
    if (!complications_.insert(std::string(id)).second) return;
    out.emplace_back(events::Complication{std::string(id), std::move(cause)});
}

Findings Machine::observe(const scenario::Scenario& scenario, const events::Event& event) {
    Findings out;
    if (event.get<events::ToolPose>() != nullptr || event.get<events::Felt>() != nullptr)
        return out; // many, and no fact here
    if (facts_.finished) return out;
    take(facts_, scenario, event);
    if (const auto* say = event.get<events::Say>()) {
        std::erase_if(alarm_, [&](const auto& alarm) { return answers(say->topic, alarm.first); });
    }
    dose_fraction_ = procedure::dose_fraction(facts_.milligrams, scenario);
    for (const StepPlace& place : kStepOrder) {
        const std::string id(place.id);
        if (!done_.contains(id) && step_done(place.id, facts_, scenario)) {
            done_.insert(id);
            out.emplace_back(events::StepDone{id});
        }
    }
    check_rules(scenario, event, out);
    check_complications(scenario, event, out);
    return out;
}

std::string Machine::emergency() const {
    return alarm_.empty() ? std::string() : alarm_.begin()->first;
}

std::string Machine::next_step() const {
    if (facts_.finished) return {};
    const Stage stage = facts_.injection_out  ? Stage::AfterNeedle
                        : facts_.injection_in ? Stage::NeedleIn
                                              : Stage::BeforeNeedle;
    const bool no_needle = facts_.decision == "not_inject" && stage == Stage::BeforeNeedle;
    const auto before = [](std::string_view id, std::string_view than) {
        const auto at = [](std::string_view s) {
            return std::find_if(kStepOrder.begin(), kStepOrder.end(),
                                [s](const StepPlace& p) { return p.id == s; });
        };
        return at(id) < at(than);
    };
    for (const StepPlace& place : kStepOrder) {
        if (!place.suggested || place.stage < stage || done_.contains(std::string(place.id))) continue;
        if (place.id == "wheal" && (facts_.numbed || facts_.anaesthesia == "none" || facts_.wheal_at >= 0))
            continue;
        if (place.id == "wait" && facts_.anaesthesia == "none") continue;
        if (no_needle && !before(place.id, "gather") &&
            !(place.id == "advice" || place.id == "record" || place.id == "follow-up")) {
            continue;
        }
        return std::string(place.id);
    }
    return {};
}

std::uint64_t Machine::hash() const {
    StateHash h;
    h.add(static_cast<std::int64_t>(random_.state()));
    facts_.add_to(h);
    for (const auto* set : {&done_, &broken_, &complications_}) {
        h.add(static_cast<std::int64_t>(set->size()));
        for (const std::string& id : *set)
            h.add(std::string_view(id));
    }
    for (const auto* map : {&onset_, &alarm_}) {
        h.add(static_cast<std::int64_t>(map->size()));
        for (const auto& [id, tick] : *map) {
            h.add(std::string_view(id));
            h.add(static_cast<std::int64_t>(tick));
        }
    }
    for (const double v : {dose_fraction_, toxic_fraction_, toxic_chance_})
        h.add(v);
    return h.value();
}

} // namespace tb::procedure
