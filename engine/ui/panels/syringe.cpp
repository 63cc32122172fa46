// One syringe: needle, solution, volume, air, dose against this patient's limit.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "procedure/machine.h"
#include "tissue/needle.h"
#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

constexpr std::array<int, 6> kGauges{21, 22, 23, 25, 27, 30};
constexpr std::array<int, 6> kLengths_mm{13, 16, 25, 38, 50, 75};

/// Choice among a few numbers as a combo box.
template <std::size_t N, class T>
void number_combo(const char* label, const std::array<int, N>& values, T& chosen, const char* unit) {
    const std::string shown = fmt::format("{:.0f} {}", static_cast<double>(chosen), unit);
    if (!ImGui::BeginCombo(label, shown.c_str())) return;
    for (const int v : values) {
        const std::string name = fmt::format("{} {}", v, unit);
        if (ImGui::Selectable(name.c_str(), v == static_cast<int>(chosen))) chosen = static_cast<T>(v);
    }
    ImGui::EndCombo();
}

void drug_combo(Frame& f, std::string& chosen) {
    const auto& drugs = f.model.scenario->tables.drugs;
    const scenario::Drug* drug = f.model.scenario->tables.drug(chosen);
    if (!ImGui::BeginCombo("##drug", drug != nullptr ? drug->name.c_str() : "choose a solution")) return;
    for (const scenario::Drug& d : drugs) {
        if (ImGui::Selectable(d.name.c_str(), d.id == chosen)) chosen = d.id;
        tip(d.note);
    }
    ImGui::EndCombo();
}

/// Largest dose for this patient: dose_table of procedure.json, min(max_mg, max_mg_per_kg * kg * reduction).
double limit_mg(const Frame& f, const scenario::Drug& drug) {
    return procedure::dose_limit_mg(drug, f.model.scenario->patient, f.model.scenario->plan.dose_reduction);
}

} // namespace

void draw_syringe(Frame& f, events::Syringe which) {
    Shell::State& st = f.state;
    const session::SimState& s = *f.sim();
    const session::SyringeState& y = s.syringe(which);
    const auto i = static_cast<std::size_t>(which);
    ImGui::PushID(static_cast<int>(i));
    value_line("Needle", y.gauge > 0 ? fmt::format("{} G × {:.0f} mm{}", y.gauge, y.length_mm,
                                                   y.burred ? ", burred" : "")
                                     : "none");
    const scenario::Drug* held = f.model.scenario->tables.drug(y.agent);
    value_line("Holds", y.volume_mL > 0.0 && held != nullptr
                            ? fmt::format("{:.2f} mL {}", y.volume_mL, held->name)
                            : "empty");
    if (y.air_mL > 0.0) {
        sign(Sign::Caution);
        text(fmt::format("{:.1f} mL of air inside", y.air_mL));
    }

    const float half = 0.5f * (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x);
    ImGui::SetNextItemWidth(half);
    number_combo("##gauge", kGauges, st.gauge[i], "G");
    tip("Gauge: a higher number is a finer needle.");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(half);
    number_combo("##length", kLengths_mm, st.length_mm[i], "mm");
    tip("Length of the needle.");
    action_button(f, "Mount the needle",
                  events::MountNeedle{which, st.gauge[i], Millimetres(static_cast<double>(st.length_mm[i]))},
                  "Puts this needle on the syringe.");

    ImGui::SetNextItemWidth(-1.0f);
    drug_combo(f, st.agent[i]);
    ImGui::SetNextItemWidth(half);
    ImGui::SliderFloat("##volume", &st.volume_mL[i], 0.1f, which == events::Syringe::Wheal ? 1.0f : 5.0f,
                       "%.1f mL");
    tip("Volume to draw up. Ctrl+click, or Enter with the keyboard, types a number.");
    st.volume_mL[i] = std::clamp(std::round(st.volume_mL[i] * 10.0f) / 10.0f, 0.1f, 10.0f);
    ImGui::SameLine();
    const events::DrawUp draw_up{which, st.agent[i], Millilitres(static_cast<double>(st.volume_mL[i]))};
    if (st.agent[i].empty()) {
        button("Draw up", "choose a solution first.", "", "");
    } else {
        action_button(f, "Draw up", draw_up, "Draws the solution up with a separate needle.");
    }
    action_button(f, "Expel the air", events::ExpelAir{which}, "Needle up, tap, push until a drop appears.");

    const scenario::Drug* drug = f.model.scenario->tables.drug(st.agent[i].empty() ? y.agent : st.agent[i]);
    if (drug != nullptr) {
        const double limit = limit_mg(f, *drug);
        if (limit <= 0.0) {
            text_soft_wrapped("No dose limit at these volumes.");
        } else {
            const double planned = static_cast<double>(st.volume_mL[i]) * drug->mg_per_mL;
            const double given = s.procedure.dose_fraction(), fraction = given + planned / limit;
            const ImVec4 colour = fraction > 1.0   ? theme::kDanger
                                  : fraction > 0.5 ? theme::kCaution
                                                   : theme::kGood;
            const char* word = fraction > 1.0   ? "above the limit"
                               : fraction > 0.5 ? "over half"
                                                : "within limits";
            cue_bar("Dose", fraction, fmt::format("{:.0f} %: {}", 100.0 * fraction, word), colour,
                    ImGui::GetContentRegionAvail().x);
            text_soft_wrapped(
                fmt::format("{:.1f} mg of at most {:.0f} mg for {:.0f} kg; already given {:.0f} %.", planned,
                            limit, f.model.scenario->patient.weight.value(), 100.0 * given));
        }
    }
    ImGui::PopID();
}

void draw_needle_controls(Frame& f, events::Syringe which) {
    const session::SimState& s = *f.sim();
    const session::SyringeState& y = s.syringe(which);
    const events::Tool tool =
        which == events::Syringe::Wheal ? events::Tool::WhealNeedle : events::Tool::Needle;
    const bool wheal = which == events::Syringe::Wheal;
    const float wide = ImGui::GetContentRegionAvail().x;
    if (s.tool != tool) {
        action_button(f, wheal ? "Take the fine needle" : "Take the injection needle",
                      events::SelectTool{tool}, "", wheal ? "6" : "7", true);
        return;
    }
    const double tilt = f.model.needle_tilt_deg;
    const double angle =
        s.needle.under_skin ? tissue::angle_to_skin_deg(s.needle.axis, s.pass.entry_normal) : tilt;
    gauge("Angle to the skin", angle, {0.0, 90.0, wheal ? 10.0 : 25.0, wheal ? 20.0 : 40.0},
          fmt::format("{:.0f}°", angle), wide);
    tip(wheal
            ? "A wheal wants 10 to 20°."
            : "Oblique 25 to 40°; onto a bony stop or through a fold as taught, up to 90°. Q/E changes it.");
    const double length = std::max(1.0, y.length_mm);
    gauge("Depth", s.needle.depth_mm, {0.0, length, 0.0, std::max(0.0, length - 5.0)},
          s.needle.under_skin ? fmt::format("{:.1f} of {:.0f} mm", s.needle.depth_mm, length) : "outside",
          wide);
    tip("Keep at least 5 mm of the needle outside the skin.");
    gauge("Force", s.needle.force_N, {0.0, 4.0, 0.0, 0.0}, fmt::format("{:.2f} N", s.needle.force_N), wide);

    const auto hold_button = [&](const char* label, std::string_view why, std::string_view words,
                                 std::string_view key_name, bool& held_now) {
        button(label, why, words, key_name,
               {{0.5f * (wide - ImGui::GetStyle().ItemSpacing.x), 0.0f}, why.empty(), false});
        if (why.empty() && ImGui::IsItemActive()) held_now = true;
    };
    const std::string no_pull = f.state.pulling ? "" : f.why_not(events::Aspirate{true});
    hold_button("Aspirate (hold)", no_pull,
                "Pull back 2 s or more before every injection and after every change of direction.", "A",
                f.state.pull_button);
    ImGui::SameLine();
    const events::PushPlunger push{MillilitresPerSecond(static_cast<double>(f.state.rate_mL_s))};
    const std::string no_push = f.state.pushing ? "" : f.why_not(push);
    hold_button("Inject (hold)", no_push, "Pushes the plunger at the chosen rate while held.", "I",
                f.state.push_button);
    ImGui::SetNextItemWidth(wide);
    ImGui::SliderFloat("##rate", &f.state.rate_mL_s, 0.01f, 0.30f, "%.2f mL/s");
    tip("Plunger rate. 0.02 to 0.1 mL/s is gentle; for a wheal 0.05 mL/s or less.");
    if (y.pulling) {
        sign(y.blood_in_hub ? Sign::Danger : Sign::Info);
        text(y.blood_in_hub
                 ? "Blood in the hub"
                 : fmt::format("Pulling back: {:.1f} s", seconds_of(s.now - y.pull_start).value()));
    }
    const double given = y.drawn_mL - y.volume_mL;
    value_line("Left in the syringe", fmt::format("{:.2f} mL", y.volume_mL));
    value_line("Given by this syringe", fmt::format("{:.2f} mL", std::max(0.0, given)));
    value_line("This push", fmt::format("{:.2f} mL", y.pushed_mL));
}

} // namespace tb::ui
