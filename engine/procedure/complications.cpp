// Complications by the rule table of assets/clinical/complications.json ("rule", "simulation_probability").
// The chances are estimates for teaching, not incidences; geometry decides the major events.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "procedure/machine.h"
#include "procedure/rules.h"
#include "procedure/words.h"

namespace tb::procedure {
namespace {

/// Chance of collapse per pass into the pleura: 27 G 0.2, 25 G 0.3, 22 G 0.4, 21 G 0.5 (rule "pneumothorax",
/// est.).
double collapse_chance(int gauge) {
    if (gauge >= 27) return 0.2;
    if (gauge >= 24) return 0.3;
    return gauge >= 22 ? 0.4 : 0.5;
}

/// Chance of systemic toxicity at a fraction of the maximum (rule "last", est.): 0 below 0.8, linear to 0.5
/// at 1.5, 1 above 2.
double toxic_chance(double fraction) {
    if (fraction <= 0.8) return 0.0;
    if (fraction <= 1.5) return 0.5 * (fraction - 0.8) / 0.7;
    return fraction <= 2.0 ? 0.5 + (fraction - 1.5) : 1.0;
}

/// Base of the bruise rule by needle thickness; 0.08 at 25 G (est.).
double bruise_base(int gauge) {
    if (gauge >= 27) return 0.06;
    if (gauge >= 25) return 0.08;
    return gauge >= 22 ? 0.11 : 0.14;
}

struct Sign {
    std::string_view id, words;
    double earliest_s, latest_s; ///< after the event (vital_sign_model and "onset", est.)
    bool emergency;
};
constexpr std::array<Sign, 5> kSigns = {{
    {"pneumothorax", "It stings in my chest when I breathe in, and I am short of breath.", 120.0, 900.0,
     true},
    {"last", "My tongue feels numb, there is a taste of metal, and my ears are ringing.", 30.0, 300.0, true},
    {"allergy", "It itches everywhere, and my throat feels tight.", 60.0, 300.0, true},
    {"spinal", "A shock went through both my legs. I cannot move them properly.", 1.0, 5.0, true},
    {"vasovagal", "I feel hot and sick, everything is going dark.", 2.0, 30.0, false},
}};

} // namespace

struct Consequences {
    Machine& m;
    const Facts& f;
    const scenario::Scenario& scenario;
    Tick tick;
    Findings& out;

    /// States a complication once and plans its signs.
    void happens(std::string_view id, std::string cause) const {
        if (m.complications_.contains(std::string(id))) return;
        m.complicate(id, std::move(cause), out);
        for (const Sign& sign : kSigns) {
            if (sign.id != id) continue;
            m.onset_[std::string(id)] =
                tick + ticks_of(Seconds(m.random_.uniform(sign.earliest_s, sign.latest_s)));
        }
    }
    void may_happen(std::string_view id, double chance, std::string cause) const {
        if (!m.complications_.contains(std::string(id)) && m.random_.chance(std::min(chance, 1.0))) {
            happens(id, std::move(cause));
        }
    }
    [[nodiscard]] int gauge() const {
        const auto it = f.gauge.find(std::string(needle_name(f.tool)));
        return it == f.gauge.end() ? 25 : it->second;
    }

    void operator()(const events::Punctured&) const {
        if (f.used.size() != 1) return; // only the first needle of the visit
        const scenario::Patient& p = scenario.patient;
        const bool fearful = p.has("needle_fear") || p.fainted_before;
        const double posture = f.posture == events::Posture::Sitting ? 4.0 : 1.0;
        may_happen("vasovagal", 0.01 * (fearful ? 6.0 : 1.0) * posture, "needle");
    }

    void operator()(const events::SkinState& e) const {
        const scenario::AntisepticAgent* agent = scenario.tables.antiseptic(e.agent);
        if (agent == nullptr || e.coverage <= 0.0) return;
        for (const std::string& allergen : agent->contains) {
            if (scenario.patient.allergic_to(allergen)) happens("allergy", allergen);
        }
    }

    void operator()(const events::TipMoved& e) const {
        if (!e.entered) return;
        const scenario::Patient& p = scenario.patient;
        if (is_pleura(e.kind)) {
            const double thin = p.has("lung_disease") || p.bmi() < 19.0 ? 1.5 : 1.0;
            may_happen("pneumothorax", collapse_chance(gauge()) * thin, e.structure);
        }
        if (e.kind == StructureKind::Canal || e.structure == "spinal-cord") happens("spinal", e.structure);
        if (e.kind == StructureKind::Organ) happens("kidney-abdomen", e.structure);
    }

    void operator()(const events::Deposited& e) const {
        const scenario::Drug* drug = scenario.tables.drug(e.agent);
        if (drug == nullptr || e.volume.value() <= 0.0) return;
        if (scenario.patient.allergic_to(drug->family)) happens("allergy", e.agent);
        if (is_vessel(e.kind)) happens("intravascular", e.structure);
        toxicity(e, *drug);
        if (e.kind == StructureKind::Nerve) may_happen("nerve-injury", 0.2, e.structure);
        const bool harsh = drug->id.starts_with("bupivacaine") || drug->adrenaline || e.volume.value() > 2.0;
        if (harsh && e.syringe == events::Syringe::Injection) may_happen("muscle-damage", 0.3, e.agent);
    }

    void toxicity(const events::Deposited& e, const scenario::Drug& drug) const {
        const double limit = dose_limit_mg(drug, scenario.patient, scenario.plan.dose_reduction);
        if (limit <= 0.0) return;
        const bool to_head = e.structure.find("vertebral") != std::string::npos ||
                             e.structure.find("carotid") != std::string::npos;
        const double factor = !is_vessel(e.kind)                           ? 1.0
                              : e.kind == StructureKind::Artery && to_head ? 20.0
                                                                           : 8.0;
        m.toxic_fraction_ += factor * e.dose.value() / limit;
        // Drawn anew only for the part of the chance that this push added.
        const double chance = toxic_chance(m.toxic_fraction_);
        if (chance <= m.toxic_chance_) return;
        const double added = (chance - m.toxic_chance_) / (1.0 - m.toxic_chance_);
        m.toxic_chance_ = chance;
        may_happen("last", added, e.agent);
    }

    void operator()(const events::Clearance& e) const {
        const bool near_nerve = e.kind == StructureKind::Nerve && e.distance.value() < 5.0;
        if (near_nerve && f.anaesthetic_used && f.pass_mL >= 1.0)
            may_happen("transient-block", 0.7, e.structure);
    }

    void operator()(const events::NeedlePass& e) const {
        const bool strained = (e.hub && e.bend.value() > 15.0) || (e.bend.value() > 15.0 && f.bends == 2);
        if (strained) may_happen("needle-break", 0.1, "needle bent while deep");
    }

    void operator()(const events::Numbed& e) const {
        const bool frost =
            e.method == "spray" && e.spray_time.value() > 10.0 && e.spray_distance.value() < 80.0;
        if (frost) may_happen("frost", 0.2, "spray");
    }

    void operator()(const events::NeedleOut& e) const {
        if (e.tool != events::Tool::Needle) return;
        double risk = 1.0; // rule "infection": factors on a baseline of 0.0002
        const scenario::AntisepticAgent* agent = scenario.tables.antiseptic(f.agent);
        if (!f.cleaned()) risk *= 10.0;
        if (agent != nullptr && f.friction_s < 0.5 * agent->friction_s) risk *= 4.0;
        if (f.cleaned() && f.dryness < 0.99) risk *= 3.0;
        if (f.unsterile_touch) risk *= 5.0;
        if (!f.hands_clean) risk *= 3.0;
        if (scenario.patient.has("infected_skin")) risk *= 20.0;
        may_happen("infection", std::min(0.5, 0.0002 * risk), "needle");
    }

    void operator()(const events::Bleeding& e) const {
        constexpr double kBruise_mL = 0.1, kHaematoma_mL = 1.0; // seen days later; a lump that is felt (est.)
        if (e.haematoma.value() >= kBruise_mL) happens("bruise", e.source);
        if (e.haematoma.value() >= kHaematoma_mL) happens("haematoma", e.source);
    }

    void operator()(const events::Dispose& a) const {
        const bool slow = f.needle_out >= 0 && seconds_of(tick - f.needle_out).value() > 30.0;
        if (a.item == words::kNeedle && slow) may_happen("needlestick", 0.05, "needle carried about");
    }

    /// What shows hours or days later is stated when the case ends.
    void operator()(const events::FinishCase&) const {
        if (!f.injection_out) return;
        const scenario::Patient& p = scenario.patient;
        const auto needle = f.gauge.find(std::string(words::kNeedle));
        const int g = needle == f.gauge.end() ? 25 : needle->second;
        may_happen("soreness",
                   f.anaesthetic_used ? 0.42
                   : f.total_mL > 0.0 ? 0.7
                                      : 1.0,
                   "needle passes in muscle");
        const double press = f.pressure_s >= 120.0 ? 1.0 : f.pressure_s >= 30.0 ? 1.6 : 2.5;
        const double thin = p.has("anticoagulant") ? 2.5 : p.has("antiplatelet") ? 1.5 : 1.0;
        const double passes = 1.0 + 0.1 * std::max(0, f.passes - 4); // passes factor (est.)
        may_happen("bruise", bruise_base(g) * press * thin * passes, "needle");
        const bool big =
            std::any_of(f.site_mL.begin(), f.site_mL.end(), [](const auto& s) { return s.second > 1.0; });
        if (big || m.complications_.contains("bruise")) happens("swelling", big ? "volume" : "bruise");
        const bool prone_to_bleed =
            (p.has("anticoagulant") && f.pressure_s < 300.0) || f.vessel_pierced || f.passes > 15;
        may_happen("haematoma", prone_to_bleed ? 0.3 : 0.02, f.vessel_pierced ? "vessel wall" : "needle");
        const bool missed = f.nearest_deposit_mm > 8.0;
        may_happen("aggravation", missed && f.passes > 8 ? 0.04 : 0.02, "needle");
        if (missed) happens("no-relief", "the point was missed");
    }

    template <class Other>
    void operator()(const Other&) const {}
};

void Machine::check_complications(const scenario::Scenario& scenario, const events::Event& event,
                                  Findings& out) {
    const Consequences consequences{*this, facts_, scenario, event.tick, out};
    std::visit([&](const auto& group) { std::visit(consequences, group); }, event.what);
}

Findings Machine::advance(const scenario::Scenario&, Tick now) {
    Findings out;
    if (facts_.finished) return out;
    for (const Sign& sign : kSigns) {
        const auto due = onset_.find(std::string(sign.id));
        if (due == onset_.end() || due->second > now) continue;
        out.emplace_back(events::PatientSaid{std::string(sign.words), -1.0});
        if (sign.emergency) alarm_[std::string(sign.id)] = now;
        onset_.erase(due);
    }
    for (auto it = alarm_.begin(); it != alarm_.end();) {
        if (seconds_of(now - it->second).value() <= kEmergency_s) {
            ++it;
            continue;
        }
        break_rule("emergency",
                   fmt::format("Not answered for more than {:.0f} s: {}.", kEmergency_s, it->first), out);
        it = alarm_.erase(it);
    }
    return out;
}

} // namespace tb::procedure
