// About: what this is, where its figures come from, licence; and the keys.
#include <algorithm>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

void keys_table(const Frame& f) {
    const theme::UseFont small(f.fonts.small);
    if (!ImGui::BeginTable("##keys", 2, ImGuiTableFlags_SizingStretchProp)) return;
    const auto add = [](std::string_view name, std::string_view does) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        text_coloured(theme::kAccent, name);
        ImGui::TableNextColumn();
        text_wrapped(does);
    };
    for (int i = 0; i < static_cast<int>(Shortcut::Count); ++i)
        add(row(static_cast<Shortcut>(i)).name, row(static_cast<Shortcut>(i)).does);
    add("Arrows", row(Held::MoveLeft).does);
    for (const Held h :
         {Held::Act, Held::PressMore, Held::PressLess, Held::TiltUp, Held::TiltDown, Held::TurnLeft,
          Held::TurnRight, Held::Aspirate, Held::Push, Held::ZoomIn, Held::ZoomOut}) {
        add(row(h).name, row(h).does);
    }
    add("Shift", "held: slower and finer");
    add("Mouse", "left acts, right-drag presses or turns the needle, middle-drag or Alt+left turns the view, "
                 "Shift slides it, Ctrl+wheel zooms");
    add("Game controller", "left stick moves the tool along the skin, right trigger presses or advances the "
                           "needle, left trigger draws the needle back, lower button (A) acts");
    ImGui::EndTable();
}

} // namespace

void draw_help(Frame& f) {
    ImGui::OpenPopup("Keys");
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0.5f * size.x, 0.5f * size.y}, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize(
        {std::min(40.0f * theme::em(), size.x), std::min(34.0f * theme::em(), 0.94f * size.y)});
    if (!ImGui::BeginPopupModal("Keys", nullptr, ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove)) return;
    if (button("Close", "", "", "F1") || ImGui::IsKeyPressed(key::kEscape, false)) f.state.show_help = false;
    if (ImGui::BeginChild("##scroll")) keys_table(f);
    ImGui::EndChild();
    if (!f.state.show_help) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

void draw_about(Frame& f) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float em = theme::em(), wide = std::min(size.x, 52.0f * em);
    ImGui::GetBackgroundDrawList()->AddRectFilled({0.0f, 0.0f}, size, theme::packed(theme::kBackdrop));
    begin_panel("##about", {0.5f * (size.x - wide), 0.0f, wide, size.y}, theme::kBackdrop);
    if (button("Back", "", "", "Esc") || ImGui::IsKeyPressed(key::kEscape, false))
        open_screen(f, f.state.before);
    {
        const theme::UseFont big(f.fonts.numerals);
        text(fmt::format("Tautband {}", f.model.version));
    }
    {
        const theme::UseFont bold(f.fonts.bold);
        text("For education, not medical advice.");
    }
    text_soft_wrapped("A simulator for learning trigger point injections. Persons in the cases are invented. "
                      "What is felt and what "
                      "happens here is a model; clinical figures and their sources are listed below and in "
                      "docs/sources.md.");
    heading(f.fonts, "Anatomy and sources");
    text_wrapped(f.model.attribution.empty() ? "The notice file was not found: see assets/NOTICE."
                                             : f.model.attribution);
    heading(f.fonts, "Licence");
    text_wrapped(f.model.licence.empty() ? "Apache License 2.0; see the file LICENSE." : f.model.licence);
    heading(f.fonts, "This machine");
    value_line("Graphics", f.model.renderer.empty() ? "unknown" : f.model.renderer);
    if (f.model.frame_ms > 0.0) value_line("Last frame", fmt::format("{:.1f} ms", f.model.frame_ms));
    heading(f.fonts, "Keys");
    keys_table(f);
    ImGui::End();
}

} // namespace tb::ui
