#include "procedure/rules.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "procedure/machine.h"
#include "procedure/words.h"

namespace tb::procedure {
namespace {

constexpr std::array<Rule, 37> kRules = {{
    {"wrong-patient-side", "The wrong side, muscle or point was injected.", true},
    {"no-consent", "The needle went in without the patient's agreement.", true},
    {"contraindication", "The injection went on despite something that forbids it.", true},
    {"no-antisepsis", "The skin was not clean when the needle went in.", true},
    {"hand-hygiene", "The hands were not cleaned before the needle.", true},
    {"overdose", "More anaesthetic was given than this patient's maximum.", true},
    {"forbidden-direction", "The needle pointed at the pleura and came too near.", true},
    {"pleura", "The tip was in the pleural space.", true},
    {"canal", "The tip was in the spinal canal.", true},
    {"organ", "The tip was in an organ.", true},
    {"vessel-inject", "Fluid went into a vessel, or after blood had shown.", true},
    {"nerve-inject", "The needle went on, or fluid went in, against electric pain.", true},
    {"hub", "The needle went in to its hub, or was levered sideways while deep.", true},
    {"imaging-blind", "A point that needs imaging was needled blind.", true},
    {"sharps", "A needle was left or laid down instead of going into the sharps box.", true},
    {"emergency", "An emergency sign was not answered within a minute.", true},
    {"no_identity", "Name and date of birth were not both confirmed before the needle."},
    {"no_screen", "Fewer than six safety questions were asked before the needle."},
    {"anticoagulant_not_asked", "Blood thinners were not asked about before the needle."},
    {"no_sharps_box", "No sharps box was in reach when the needle went in."},
    {"no_gloves", "No gloves were worn at the needle."},
    {"sitting", "The patient was not lying when the needle went in."},
    {"not_dry", "The needle went through wet antiseptic."},
    {"touched_after_cleaning", "The cleaned skin was touched with something unsterile."},
    {"cleaned_before_mark", "The skin was cleaned before the point was marked."},
    {"no_mark", "The needle went in without a mark."},
    {"no_label", "The syringe was not labelled."},
    {"air_in_syringe", "Air was left in the syringe."},
    {"no_warning", "The patient was not warned before the needle."},
    {"not_numb", "The skin was not anaesthetised and nothing was agreed about it."},
    {"short_wait", "The needle came less than 30 s after the wheal."},
    {"no_aspiration", "Fluid was injected without aspirating first."},
    {"fast_injection", "The injection was faster than 0.3 mL/s."},
    {"large_volume", "More than 1 mL went into one site."},
    {"turned_deep", "The needle changed direction while it was deep."},
    {"not_confirmed", "The spot was needled with fewer than two criteria confirmed."},
    {"no_emergency_tray", "No emergency tray was set out before the needle."},
}};

} // namespace

std::span<const Rule> rules() {
    return kRules;
}

const Rule* find_rule(std::string_view id) {
    const auto it = std::find_if(kRules.begin(), kRules.end(), [id](const Rule& r) { return r.id == id; });
    return it == kRules.end() ? nullptr : &*it;
}

struct RuleBook {
    Machine& machine;
    const Facts& f;
    const scenario::Scenario& scenario;
    Tick tick;
    Findings& out;

    void broken(std::string_view rule, std::string detail) const {
        machine.break_rule(rule, std::move(detail), out);
    }
    [[nodiscard]] bool said(std::string_view id) const { return f.said.contains(std::string(id)); }

    void operator()(const events::Punctured& e) const {
        before_any_needle(e.tool);
        if (e.tool == events::Tool::Needle) before_injection_needle();
    }

    void before_any_needle(events::Tool tool) const {
        const scenario::Patient& p = scenario.patient;
        const std::string needle = tool == events::Tool::Needle ? "injection needle" : "needle for the skin";
        if (!said("consent.agree"))
            broken("no-consent", fmt::format("The {} went in without consent.", needle));
        if (!f.hands_clean)
            broken("hand-hygiene", fmt::format("No hand rub of 10 s or wash of 20 s before the {}.", needle));
        if (!f.cleaned()) {
            broken("no-antisepsis", fmt::format("The {} went through skin that was not cleaned.", needle));
        } else if (f.unsterile_touch) {
            broken("no-antisepsis", "The cleaned skin had been touched and was not cleaned again.");
        }
        for (const auto* sign : {"infected_skin", "fever", "red_flag"}) {
            if (p.has(sign))
                broken("contraindication",
                       fmt::format("Needle despite a finding that forbids it: {}.", sign));
        }
        if (!said("identity.name") || !said("identity.date_of_birth")) broken("no_identity", needle);
        if (f.counted(scenario.tables, "safety-screen") < 6) {
            broken("no_screen",
                   fmt::format("{} questions asked", f.counted(scenario.tables, "safety-screen")));
        }
        if (!said("screen.anticoagulant")) broken("anticoagulant_not_asked", needle);
        if (!f.items.contains("sharps_box")) broken("no_sharps_box", needle);
        if (!f.items.contains("emergency_tray")) broken("no_emergency_tray", needle);
        if (f.gloves == events::Gloves::None) broken("no_gloves", needle);
        if (f.posture == events::Posture::Sitting) broken("sitting", needle);
    }

    void before_injection_needle() const {
        if (scenario.plan.decision == "not_inject")
            broken("contraindication", "This patient should not be injected today.");
        const bool blind =
            scenario.plan.guidance == "imaging_required" || scenario.plan.guidance == "palpation_only";
        if (blind && (!f.imaging || scenario.plan.guidance == "palpation_only")) {
            broken("imaging-blind", "This point must not be needled by landmarks alone.");
        }
        if (!f.marked) broken("no_mark", "");
        if (f.criteria < 2) broken("not_confirmed", fmt::format("{} criteria", f.criteria));
        if (!f.labelled) broken("no_label", "");
        if (f.air) broken("air_in_syringe", "");
        if (!said("warn.sting") && !said("warn.report")) broken("no_warning", "");
        const bool numb = f.numbed || f.wheal_at >= 0;
        const bool agreed_none = f.anaesthesia == "none" && said("anaesthesia.preference");
        if (!numb && !agreed_none) broken("not_numb", "");
        if (f.wheal_at >= 0 && seconds_of(tick - f.wheal_at).value() < 30.0) {
            broken("short_wait", fmt::format("{:.0f} s", seconds_of(tick - f.wheal_at).value()));
        }
    }

    void operator()(const events::SkinState& e) const {
        if (e.occasion == words::kTouched && f.cleaned() && f.unsterile_touch)
            broken("touched_after_cleaning", "");
        if (e.occasion == "swab_lifted" && e.coverage > 0.0 && !f.marked) broken("cleaned_before_mark", "");
        if (e.coverage > 0.0) allergen_on_skin(e.agent);
        if (e.occasion != words::kAtNeedle) return;
        if (e.agent.empty() || e.coverage < 0.5) {
            broken("no-antisepsis",
                   fmt::format("Only {:.0f}% of the field was cleaned.", e.coverage * 100.0));
        } else if (e.touched_after && !f.gloves_sterile()) {
            broken("no-antisepsis", "The cleaned skin had been touched and was not cleaned again.");
        }
        if (e.coverage > 0.0 && e.dryness < 0.99)
            broken("not_dry", fmt::format("{:.0f} s of drying", e.dried.value()));
    }

    void allergen_on_skin(const std::string& agent) const {
        const scenario::AntisepticAgent* a = scenario.tables.antiseptic(agent);
        if (a == nullptr) return;
        for (const std::string& allergen : a->contains) {
            if (scenario.patient.allergic_to(allergen)) {
                broken("contraindication", fmt::format("The patient is allergic to {}.", allergen));
            }
        }
    }

    void operator()(const events::WearGloves& a) const {
        const bool latex = f.items.contains("gloves_latex") && !f.items.contains("gloves");
        if (a.gloves != events::Gloves::None && latex && scenario.patient.allergic_to("latex")) {
            broken("contraindication", "The patient is allergic to latex.");
        }
    }

    void operator()(const events::TipMoved& e) const {
        const double depth = e.depth.value();
        if (f.nerve_depth_mm >= 0.0 && depth > f.nerve_depth_mm + 1.0) {
            broken("nerve-inject",
                   fmt::format("The needle went on through {} against electric pain.", f.nerve));
        }
        if (!e.entered) return;
        const std::string where = fmt::format("{} at {:.1f} mm along the needle", e.structure, depth);
        if (is_pleura(e.kind)) broken("pleura", where);
        if (e.kind == StructureKind::Canal || anatomy::without_side(e.structure) == "spinal-cord")
            broken("canal", where);
        if (e.kind == StructureKind::Organ) broken("organ", where);
    }

    void operator()(const events::Clearance& e) const {
        const double mm = e.distance.value();
        if (is_pleura(e.kind) && mm <= 0.0) broken("pleura", e.structure);
        if (is_pleura(e.kind) && mm > 0.0 && mm < kPleuraMargin_mm) {
            broken("forbidden-direction",
                   fmt::format("The tip came within {:.1f} mm of {}.", mm, e.structure));
        }
        if (e.kind == StructureKind::Canal && mm <= 0.0) broken("canal", e.structure);
        if (e.kind == StructureKind::Organ && mm <= 0.0) broken("organ", e.structure);
    }

    void operator()(const events::NeedlePass& e) const {
        if (e.hub) broken("hub", "The needle was in to its hub.");
        if (e.bend.value() > 15.0) {
            broken("hub", fmt::format("The deep needle was turned by {:.0f} degrees.", e.bend.value()));
            broken("turned_deep", fmt::format("{:.0f} degrees", e.bend.value()));
        }
    }

    void operator()(const events::Deposited& e) const {
        if (e.volume.value() <= 0.0) return;
        const scenario::Drug* drug = scenario.tables.drug(e.agent);
        if (drug != nullptr && scenario.patient.allergic_to(drug->family)) {
            broken("contraindication",
                   fmt::format("The patient is allergic to {} anaesthetics.", drug->family));
        }
        if (is_vessel(e.kind))
            broken("vessel-inject", fmt::format("{:.2f} mL into {}", e.volume.value(), e.structure));
        if (f.aspiration == "blood")
            broken("vessel-inject", "Injected although blood had come into the hub.");
        if (e.kind == StructureKind::Nerve)
            broken("nerve-inject", fmt::format("Injected into {}.", e.structure));
        if (machine.dose_fraction() > 1.0) {
            broken("overdose", fmt::format("{:.0f}% of the maximum", machine.dose_fraction() * 100.0));
        }
        if (e.syringe != events::Syringe::Injection) return;
        wrong_place(e);
        if (!e.aspirated) broken("no_aspiration", fmt::format("{:.2f} mL", e.volume.value()));
        if (e.peak_rate.value() > 0.3)
            broken("fast_injection", fmt::format("{:.2f} mL/s", e.peak_rate.value()));
        const auto site = f.site_mL.find(e.trigger_point);
        if (site != f.site_mL.end() && site->second > 1.0)
            broken("large_volume", fmt::format("{:.2f} mL", site->second));
    }

    /// Another point, the other side or another muscle. A miss inside the right muscle is no wrong place: it
    /// costs points.
    void wrong_place(const events::Deposited& e) const {
        if (scenario.plan.points.empty() || scenario.is_target(e.trigger_point)) return;
        if (!e.trigger_point.empty()) {
            broken("wrong-patient-side",
                   fmt::format("The point {} was not to be injected.", e.trigger_point));
            return;
        }
        const auto wanted_side = [](const std::string& id) { return id.ends_with("_l") ? 1.0 : -1.0; };
        const bool right_side =
            std::any_of(scenario.plan.points.begin(), scenario.plan.points.end(),
                        [&](const auto& id) { return wanted_side(id) * e.point.x >= 0.0; });
        const auto& muscles = scenario.plan.candidate_muscles;
        const bool known =
            muscles.empty() ||
            muscles.front() == anatomy::without_side(e.structure); // the first one is the true one
        if (!right_side) {
            broken("wrong-patient-side", "The injection went into the other side.");
        } else if (e.kind == StructureKind::Muscle && !known) {
            broken("wrong-patient-side", fmt::format("The injection went into {}.", e.structure));
        }
    }

    void operator()(const events::Dispose& a) const {
        const bool needle = a.item == words::kNeedle || a.item == words::kWhealNeedle;
        if (needle && a.place != words::kSharpsBox && f.used.contains(a.item)) {
            broken("sharps", fmt::format("A used needle went to: {}.", a.place));
        }
    }

    void operator()(const events::FinishCase&) const {
        for (const std::string& needle : f.sharps) {
            if (f.used.contains(needle)) broken("sharps", "A used needle was left at the end.");
        }
        if (!machine.alarm_.empty()) {
            broken("emergency", fmt::format("The case was ended during: {}.", machine.alarm_.begin()->first));
        }
    }

    template <class Other>
    void operator()(const Other&) const {}
};

void Machine::check_rules(const scenario::Scenario& scenario, const events::Event& event, Findings& out) {
    const RuleBook book{*this, facts_, scenario, event.tick, out};
    std::visit([&](const auto& group) { std::visit(book, group); }, event.what);
}

} // namespace tb::procedure
