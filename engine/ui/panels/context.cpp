// Right: the panel of the phase at hand, headed by what the current step asks for and, if asked, a hint.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

struct PhasePanel {
    std::string_view phase;
    void (*draw)(Frame&);
};
constexpr std::array<PhasePanel, 10> kPanels{{{"prepare-patient", draw_patient},
                                              {"prepare-equipment", draw_equipment},
                                              {"hygiene-1", draw_hygiene},
                                              {"position", draw_position},
                                              {"locate", draw_locate},
                                              {"clean", draw_cleaning},
                                              {"anaesthesia", draw_anaesthesia},
                                              {"inject", draw_injection},
                                              {"after-needle", draw_aftercare},
                                              {"finish", draw_finish}}};

bool emergency_topics(const Frame& f) {
    if (f.model.scenario == nullptr) return false;
    for (const auto& topic : f.model.scenario->tables.topics) {
        if (topic.step == "emergency") return true;
    }
    return false;
}

} // namespace

void draw_hint(Frame& f) {
    if (f.state.hint.empty()) return;
    ImGui::PushStyleColor(ImGuiCol_ChildBg, theme::kCard);
    const float inner =
        ImGui::GetContentRegionAvail().x - 2.0f * ImGui::GetStyle().WindowPadding.x - 1.2f * theme::em();
    const float height = ImGui::CalcTextSize(f.state.hint.c_str(), nullptr, false, inner).y +
                         2.2f * ImGui::GetStyle().WindowPadding.y;
    if (ImGui::BeginChild("##hint", {0.0f, height}, true)) {
        sign(Sign::Hint);
        text_wrapped(f.state.hint);
    }
    ImGui::EndChild();
    ImGui::PopStyleColor();
}

void draw_step_words(const Frame& f, std::string_view phase) {
    const procedure::Procedure* procedure = f.model.procedure;
    const session::SimState* sim = f.sim();
    if (procedure == nullptr || sim == nullptr) return;
    const procedure::Step* next = procedure->step(sim->procedure.next_step());
    const bool here = next != nullptr && next->phase == phase;
    {
        const theme::UseFont bold(f.fonts.bold);
        if (here) text_wrapped(next->title);
        for (const auto& p : procedure->phases) {
            if (!here && p.id == phase) text_wrapped(p.title);
        }
    }
    const theme::UseFont small(f.fonts.small);
    if (here) text_soft_wrapped(next->instruction);
}

void draw_context(Frame& f) {
    const session::SimState* sim = f.sim();
    if (sim == nullptr || f.model.scenario == nullptr) {
        text_soft_wrapped("No case is running. Go back to the start page and choose one.");
        return;
    }
    const std::string phase = current_phase(f);
    if (std::exchange(f.state.context_phase, phase) != phase)
        ImGui::SetScrollY(0.0f); // each begins at its top
    draw_step_words(f, phase);
    const theme::UseFont small(f.fonts.small);
    draw_hint(f);
    for (const PhasePanel& panel : kPanels) {
        if (panel.phase == phase) panel.draw(f);
    }
    // Help can be needed at any time.
    if (emergency_topics(f)) {
        ImGui::Dummy({0.0f, 0.4f * theme::em()});
        if (f.model.mode.immediate_feedback && !sim->procedure.emergency().empty())
            ImGui::SetNextItemOpen(true);
        if (ImGui::CollapsingHeader("Emergency")) conversation(f, {"emergency"});
    }
}

} // namespace tb::ui
