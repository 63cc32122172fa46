#include "procedure/steps.h"

#include <algorithm>

namespace tb::procedure {

const std::array<StepPlace, 39> kStepOrder = {{
    {"identity", Stage::BeforeNeedle, true},
    {"indication", Stage::BeforeNeedle, true},
    {"safety-screen", Stage::BeforeNeedle, true},
    {"consent", Stage::BeforeNeedle, true},
    {"gather", Stage::BeforeNeedle, true},
    {"drug-check", Stage::BeforeNeedle, true},
    {"needle-choice", Stage::BeforeNeedle, true},
    {"hands", Stage::BeforeNeedle, true},
    {"gloves", Stage::BeforeNeedle, true},
    {"place", Stage::BeforeNeedle, true},
    {"history-map", Stage::BeforeNeedle, true},
    {"palpate", Stage::BeforeNeedle, true},
    {"confirm", Stage::BeforeNeedle, true},
    {"risk-name", Stage::BeforeNeedle, true},
    {"mark", Stage::BeforeNeedle, true},
    {"antiseptic", Stage::BeforeNeedle, true},
    {"dry", Stage::BeforeNeedle, true},
    {"no-touch", Stage::BeforeNeedle, false},
    {"choose-anaesthesia", Stage::BeforeNeedle, true},
    {"wheal", Stage::BeforeNeedle, true},
    {"vapocoolant", Stage::BeforeNeedle, false},
    {"wait", Stage::BeforeNeedle, true},
    {"warn", Stage::BeforeNeedle, true},
    {"fix", Stage::BeforeNeedle, true},
    {"enter", Stage::BeforeNeedle, true},
    {"depth", Stage::NeedleIn, true},
    {"aspirate", Stage::NeedleIn, true},
    {"deposit", Stage::NeedleIn, true},
    {"fan", Stage::NeedleIn, false},
    {"withdraw", Stage::NeedleIn, true},
    {"pressure", Stage::AfterNeedle, true},
    {"stretch", Stage::AfterNeedle, true},
    {"recheck", Stage::AfterNeedle, true},
    {"observe", Stage::AfterNeedle, true},
    {"sharps", Stage::AfterNeedle, true},
    {"hands-2", Stage::AfterNeedle, true},
    {"advice", Stage::AfterNeedle, true},
    {"record", Stage::AfterNeedle, true},
    {"follow-up", Stage::AfterNeedle, true},
}};

bool step_done(std::string_view step, const Facts& f, const scenario::Scenario& scenario) {
    const auto said = [&](std::string_view id) { return f.said.contains(std::string(id)); };
    const auto counted = [&](std::string_view of) { return f.counted(scenario.tables, of); };
    if (step == "identity") return said("identity.name") && said("identity.date_of_birth");
    if (step == "indication") return counted(step) >= 1 && said("indication.pain_score");
    if (step == "safety-screen") return counted(step) >= 6;
    if (step == "consent") return said("consent.agree");
    if (step == "gather") {
        const auto& all = scenario.tables.equipment;
        return f.items.contains("sharps_box") && std::count_if(all.begin(), all.end(), [&](const auto& i) {
                                                     return i.required && f.items.contains(i.id);
                                                 }) >= 10;
    }
    if (step == "drug-check") return f.drawn;
    if (step == "needle-choice") return f.gauge.contains("needle");
    if (step == "hands") return f.hands_clean;
    if (step == "gloves") return f.gloves != events::Gloves::None;
    if (step == "place") return f.posture_set;
    if (step == "history-map") return !f.candidates.empty();
    if (step == "palpate") return f.touched_pain_point;
    if (step == "confirm") return f.criteria >= 2;
    if (step == "risk-name") return !f.risks.empty();
    if (step == "mark") return f.marked;
    if (step == "antiseptic") return f.cleaned() && f.coverage >= 0.8;
    if (step == "dry") return f.cleaned() && f.dryness >= 0.99;
    if (step == "no-touch") return f.injection_in && f.cleaned() && !f.unsterile_touch;
    if (step == "choose-anaesthesia") return !f.anaesthesia.empty() || f.numbed || f.wheal_at >= 0;
    if (step == "wheal") return f.wheal_raised;
    if (step == "vapocoolant") return f.numbed && f.numb_method == "spray";
    if (step == "wait") return said("wait.sharp_test") || said("wait.numb");
    if (step == "warn") return said("warn.sting") || said("warn.report");
    if (step == "fix") return f.fixed || (f.pincer && f.injection_in);
    if (step == "enter") return f.injection_in;
    if (step == "depth") return f.nearest_deposit_mm <= 8.0;
    if (step == "aspirate") return f.ever_aspirated;
    if (step == "deposit") return f.total_mL > 0.0;
    if (step == "fan") return f.passes >= 2;
    if (step == "withdraw") return f.injection_out;
    if (step == "pressure") return f.pressure_s >= 30.0;
    if (step == "stretch") return f.stretches >= 1;
    if (step == "recheck") return f.injection_out && said("recheck.pain_score");
    if (step == "observe") return f.injection_out && f.observed_s >= 300.0;
    if (step == "sharps") return !f.used.empty() && !f.under_skin && f.sharps.empty();
    if (step == "hands-2") return f.hands_after;
    if (step == "advice") return counted(step) >= 4;
    if (step == "record") return f.documented.size() >= 9;
    if (step == "follow-up") return f.follow_up;
    return false;
}

} // namespace tb::procedure
