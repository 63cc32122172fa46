// Case, mode, step and time; pause, hint, x-ray look, finish.
#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

std::string_view mode_word(std::string_view id) {
    if (id == "demo") return "Demonstration";
    return id == "assessment" ? "Assessment" : "Practice";
}

/// "Step 12 of 39: Palpate across the fibres".
std::string step_words(const Frame& f) {
    const session::SimState* sim = f.sim();
    if (sim == nullptr || f.model.procedure == nullptr) return {};
    if (sim->finished) return "The case is finished";
    const std::string next = sim->procedure.next_step();
    const auto& steps = f.model.procedure->steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i].id == next) return fmt::format("Step {} of {}: {}", i + 1, steps.size(), steps[i].title);
    }
    return "All steps done: finish the case";
}

} // namespace

void draw_top_bar(Frame& f) {
    const session::SimState* sim = f.sim();
    ImGui::SetCursorPosY(0.5f * (f.area.height - ImGui::GetFrameHeight()));
    if (button("Leave", "", "Back to the start page. The log is kept; you can resume.", ""))
        f.state.ask_leave = true;
    ImGui::SameLine();
    chip(mode_word(f.model.mode.id), theme::kAccent);
    ImGui::SameLine();

    // Buttons at the right, from their widths; what remains in the middle is the step.
    const std::string time = sim != nullptr ? clock_text(seconds_of(sim->now).value()) : "0:00";
    const char* pause = f.model.paused ? "Go on" : "Pause";
    const float padding = 2.0f * ImGui::GetStyle().FramePadding.x, gap = ImGui::GetStyle().ItemSpacing.x;
    float right = text_width(time) + 2.0f * gap;
    for (const char* label : {pause, "Hint", "X-ray", "Explore", "Anatomy", "Finish"})
        right += text_width(label) + padding + gap;
    const float start = ImGui::GetWindowWidth() - ImGui::GetStyle().WindowPadding.x - right;
    const float room = start - ImGui::GetCursorPosX() - gap;
    ImGui::AlignTextToFramePadding();
    {
        const theme::UseFont bold(f.fonts.bold);
        const std::string step = step_words(f);
        const std::string shown = shortened(step, room);
        text(shown);
        if (shown != step) tip(step);
    }
    ImGui::SameLine(start);
    ImGui::AlignTextToFramePadding();
    text(time);
    tip("Simulated time since the case began.");
    ImGui::SameLine(0.0f, 2.0f * gap);
    const auto allowed = [](bool yes) {
        return yes ? std::string_view() : std::string_view("not in this mode.");
    };
    const bool exploring = f.exploring();
    const auto in_case = [&](bool yes) { return exploring ? "go back to the case first." : allowed(yes); };
    if (button(pause, exploring ? "time stands still while you explore." : allowed(f.model.mode.pause),
               "Time stands still.", row(Shortcut::Pause).name))
        f.command(Command::Kind::TogglePause);
    ImGui::SameLine();
    const std::string no_hint = f.model.mode.hints ? f.why_not(events::AskHint{}) : "not in this mode.";
    if (button("Hint", no_hint, "What a careful colleague would do next.", row(Shortcut::Hint).name))
        f.act(events::AskHint{});
    ImGui::SameLine();
    ButtonLook x_ray;
    x_ray.chosen = f.state.x_ray;
    if (button("X-ray", in_case(f.model.mode.xray),
               "Makes the skin transparent and shows the bands. For learning only.", row(Shortcut::XRay).name,
               x_ray)) {
        toggle_x_ray(f);
    }
    ImGui::SameLine();
    ButtonLook explore;
    explore.chosen = exploring;
    if (button("Explore", allowed(f.model.mode.xray),
               exploring ? "Back to the case, as it was before."
                         : "Look into this patient: find, peel, cut, isolate, hazards. The hand is put aside "
                           "meanwhile; it is noted as help.",
               row(Shortcut::Explore).name, explore)) {
        toggle_explore(f);
    }
    ImGui::SameLine();
    if (button("Anatomy",
               f.model.mode.id == "assessment" ? "not in an assessment."
               : exploring                     ? "go back to the case first."
                                               : "",
               "The whole reference body on a screen of its own; the case waits.", "")) {
        if (!f.model.paused) f.command(Command::Kind::TogglePause);
        open_screen(f, Screen::Anatomy);
    }
    ImGui::SameLine();
    ButtonLook strong;
    strong.strong = true;
    if (sim != nullptr && sim->finished) {
        if (button("Score", "", "Opens the debrief.", "", strong)) f.command(Command::Kind::OpenDebrief);
    } else if (button("Finish", f.why_not(events::FinishCase{"injected"}), "Ends the case and scores it.",
                      row(Shortcut::Finish).name, strong)) {
        leave_explore(f);
        f.state.ask_finish = true;
    }
}

} // namespace tb::ui
