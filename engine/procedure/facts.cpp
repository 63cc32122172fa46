#include "procedure/facts.h"

#include <algorithm>

#include "procedure/words.h"

namespace tb::procedure {
namespace {

constexpr double kRub_s = 10.0, kWash_s = 20.0; // below this it does not count as hand hygiene [WHO-HH2009]
constexpr double kLever_deg = 15.0; // change of direction while deep that counts as levering (est.)

struct Taker {
    Facts& f;
    const scenario::Scenario& scenario;
    Tick tick;

    // ---- actions ----
    void operator()(const events::Say& a) const {
        f.said.insert(a.topic);
        const scenario::Topic* topic = scenario.tables.topic(a.topic);
        if (topic != nullptr && topic->step == "follow-up" && topic->value > 0.0) f.follow_up = true;
    }
    void operator()(const events::Declare& a) const {
        if (a.what == words::kCandidateMuscle) f.candidates.insert(a.value);
        if (a.what == words::kStructureAtRisk) f.risks.insert(a.value);
        if (a.what == words::kAnaesthesia) f.anaesthesia = a.value;
        if (a.what == words::kDecision) f.decision = a.value;
        if (a.what == words::kLabel) f.labelled = true;
        if (a.what == words::kGuidance && a.value == "ultrasound") f.imaging = true;
    }
    void operator()(const events::SetPosture& a) const {
        f.posture = a.posture;
        f.posture_set = true;
    }
    void operator()(const events::TakeItem& a) const { f.items.insert(a.item); }
    void operator()(const events::WearGloves& a) const {
        f.gloves = a.gloves;
        f.gloves_spoiled = false;
    }
    void operator()(const events::MoveProbe& a) const {
        if (a.press.value() > 0.0) f.imaging = true; // whoever looks does not needle blind
    }
    void operator()(const events::SetGrip& a) const { f.pincer = a.pincer; }
    void operator()(const events::BeginActivity& a) const { f.fixed = a.activity == words::kFixBand; }
    void operator()(const events::EndActivity&) const { f.fixed = false; }
    void operator()(const events::MountNeedle& a) const {
        const std::string name(needle_name(a.syringe));
        f.gauge[name] = a.gauge;
        f.sharps.insert(name);
        f.used.erase(name);
    }
    void operator()(const events::DrawUp& a) const {
        if (a.syringe != events::Syringe::Injection) return;
        f.drawn = true;
        f.air = true;
    }
    void operator()(const events::ExpelAir& a) const {
        if (a.syringe == events::Syringe::Injection) f.air = false;
    }
    void operator()(const events::Dispose& a) const {
        if (a.item == "gloves") {
            f.gloves = events::Gloves::None;
            f.gloves_spoiled = false;
        }
        if (a.place == words::kSharpsBox) f.sharps.erase(a.item);
    }
    void operator()(const events::Document& a) const { f.documented.insert(a.field); }
    void operator()(const events::FinishCase& a) const {
        f.finished = true;
        if (f.decision.empty()) f.decision = a.decision == "not_injected" ? "not_inject" : "inject";
    }

    // ---- findings ----
    void operator()(const events::Contact& e) const {
        if (e.touching && e.tool == events::Tool::Finger && !f.cleaned()) f.gloves_spoiled = true;
    }
    void operator()(const events::Stroke& e) const { felt(e.trigger_point); }
    void operator()(const events::HeldPressure& e) const {
        felt(e.trigger_point);
        if (!e.trigger_point.empty()) f.criteria = std::max(f.criteria, e.criteria.size());
    }
    void felt(const std::string& point) const {
        if (point.empty()) return;
        f.touched_pain_point = true;
        if (f.injection_out) f.repalpated = true;
    }
    void operator()(const events::Marked&) const { f.marked = true; }
    void operator()(const events::SkinState& e) const {
        if (e.occasion == words::kTouched) {
            if (!f.gloves_sterile()) f.unsterile_touch = true;
        } else if (!e.touched_after) {
            f.unsterile_touch = false; // wiped again after the touch
        }
        f.agent = e.agent;
        f.coverage = e.coverage;
        f.friction_s = e.friction.value();
        f.dryness = e.dryness;
    }
    void operator()(const events::Numbed& e) const {
        f.numbed = true;
        f.numb_method = e.method;
    }
    void operator()(const events::Punctured& e) const {
        f.under_skin = true;
        f.tool = e.tool;
        f.used.insert(std::string(needle_name(e.tool)));
        if (e.tool == events::Tool::Needle) f.injection_in = true;
        f.aspiration.clear();
        f.nerve_depth_mm = -1.0;
        f.pass_mL = 0.0;
    }
    void operator()(const events::TipMoved& e) const {
        if (!e.entered) return;
        if (e.kind == StructureKind::Nerve) {
            f.nerve_depth_mm = e.depth.value();
            f.nerve = e.structure;
        }
        if (e.kind == StructureKind::Vein || e.kind == StructureKind::Artery) f.vessel_pierced = true;
    }
    void operator()(const events::NeedlePass& e) const {
        if (f.tool == events::Tool::Needle) ++f.passes;
        if (e.bend.value() > kLever_deg) ++f.bends;
        f.aspiration.clear();
        f.nerve_depth_mm = -1.0;
    }
    void operator()(const events::Aspirated& e) const {
        f.aspiration = e.result;
        if (f.tool == events::Tool::Needle) f.ever_aspirated = true;
    }
    void operator()(const events::Deposited& e) const {
        f.milligrams[e.agent] += e.dose.value();
        if (e.syringe == events::Syringe::Wheal) {
            f.wheal_at = tick;
            f.wheal_raised =
                f.wheal_raised || e.kind == StructureKind::Skin || e.kind == StructureKind::Subcutis;
            return;
        }
        f.site_mL[e.trigger_point] += e.volume.value();
        f.total_mL += e.volume.value();
        f.pass_mL += e.volume.value();
        if (e.dose.value() > 0.0) f.anaesthetic_used = true;
        if (scenario.is_target(e.trigger_point))
            f.nearest_deposit_mm = std::min(f.nearest_deposit_mm, e.distance.value());
    }
    void operator()(const events::NeedleOut& e) const {
        f.under_skin = false;
        if (e.tool != events::Tool::Needle) return;
        f.injection_out = true;
        f.needle_out = tick;
        f.fixed = false;
    }
    void operator()(const events::ActivityDone& e) const {
        const double s = e.duration.value();
        if ((e.activity == words::kHandRub && s >= kRub_s) ||
            (e.activity == words::kHandWash && s >= kWash_s)) {
            (f.injection_out ? f.hands_after : f.hands_clean) = true;
        }
        if (e.activity == words::kFixBand) f.fixed = false;
        if (e.activity == words::kObserve) f.observed_s += s;
        if (!f.injection_out) return;
        if (e.activity == words::kGauzePressure) f.pressure_s += s;
        if (e.activity == words::kStretch) ++f.stretches;
    }
    template <class Other>
    void operator()(const Other&) const {}
};

template <class Set>
void add_set(StateHash& hash, const Set& set) {
    hash.add(static_cast<std::int64_t>(set.size()));
    for (const auto& v : set)
        hash.add(std::string_view(v));
}
template <class T>
void add_map(StateHash& hash, const std::map<std::string, T>& map) {
    hash.add(static_cast<std::int64_t>(map.size()));
    for (const auto& [key, v] : map) {
        hash.add(std::string_view(key));
        hash.add(static_cast<double>(v));
    }
}

} // namespace

void Facts::add_to(StateHash& hash) const {
    for (const auto* set : {&said, &items, &documented, &candidates, &risks, &sharps, &used})
        add_set(hash, *set);
    for (const auto* text : {&anaesthesia, &decision, &agent, &numb_method, &aspiration, &nerve}) {
        hash.add(std::string_view(*text));
    }
    for (const bool flag : {labelled,
                            imaging,
                            touched_pain_point,
                            hands_clean,
                            hands_after,
                            gloves_spoiled,
                            posture_set,
                            marked,
                            unsterile_touch,
                            drawn,
                            air,
                            under_skin,
                            injection_in,
                            injection_out,
                            numbed,
                            wheal_raised,
                            anaesthetic_used,
                            ever_aspirated,
                            fixed,
                            pincer,
                            vessel_pierced,
                            repalpated,
                            follow_up,
                            finished}) {
        hash.add(static_cast<std::int64_t>(flag));
    }
    for (const std::int64_t n : {static_cast<std::int64_t>(criteria), static_cast<std::int64_t>(gloves),
                                 static_cast<std::int64_t>(posture), static_cast<std::int64_t>(tool),
                                 needle_out, wheal_at, static_cast<std::int64_t>(passes),
                                 static_cast<std::int64_t>(bends), static_cast<std::int64_t>(stretches)}) {
        hash.add(n);
    }
    for (const double v : {coverage, friction_s, dryness, total_mL, pass_mL, nearest_deposit_mm,
                           nerve_depth_mm, pressure_s, observed_s}) {
        hash.add(v);
    }
    add_map(hash, gauge);
    add_map(hash, milligrams);
    add_map(hash, site_mL);
}

int Facts::counted(const scenario::ClinicalTables& tables, std::string_view step) const {
    return static_cast<int>(std::count_if(said.begin(), said.end(), [&](const std::string& id) {
        const scenario::Topic* t = tables.topic(id);
        return t != nullptr && t->counts && t->step == step;
    }));
}

void take(Facts& facts, const scenario::Scenario& scenario, const events::Event& event) {
    const Taker taker{facts, scenario, event.tick};
    std::visit([&](const auto& group) { std::visit(taker, group); }, event.what);
}

std::string_view needle_name(events::Tool tool) {
    if (tool == events::Tool::Needle) return words::kNeedle;
    return tool == events::Tool::WhealNeedle ? words::kWhealNeedle : std::string_view();
}

std::string_view needle_name(events::Syringe syringe) {
    return syringe == events::Syringe::Injection ? words::kNeedle : words::kWhealNeedle;
}

} // namespace tb::procedure
