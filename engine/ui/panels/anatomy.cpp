// The Anatomy screen: lists on the left, the body in the middle with tools above and fixed views below it,
// layers and card on the right.
#include <algorithm>

#include <imgui.h>

#include "ui/keys.h"
#include "ui/panels/anatomy.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

namespace screen = anatomy_screen;

void read_escape(Frame& f) {
    if (screen::escape_pressed(f) && !screen::step_back(f)) open_screen(f, f.state.before);
}

} // namespace

void draw_anatomy(Frame& f) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float em = theme::em();
    const float left = std::min(16.0f * em, 0.27f * size.x), right = std::min(17.0f * em, 0.29f * size.x);
    const float tools_room = size.x - 11.0f * em;
    const bool one_row = tools_room >= 49.0f * em;
    const float bar = one_row ? 2.6f * em : 4.4f * em, middle = size.x - left - right;
    const float strip = middle < (screen::kNarrow_em + 1.0f) * em ? 5.6f * em : 2.4f * em;
    AnatomyState& a = f.state.anatomy;
    screen::begin_flow(f);
    f.out.view = {left, bar, size.x - left - right, size.y - bar - strip};

    f.area = {0.0f, 0.0f, size.x, bar};
    // F6 hands the keys to lists, layers and card, fixed views, tools in turn.
    const auto focus = [&](KeyTarget target) {
        focus_if_chosen(f, target);
        if (f.state.keys != target) return;
        ImDrawList* list = ImGui::GetForegroundDrawList();
        list->AddRect({f.area.x + 1.0f, f.area.y + 1.0f},
                      {f.area.x + f.area.width - 1.0f, f.area.y + f.area.height - 1.0f},
                      theme::packed(theme::kFocus), 0.0f, 0, 2.0f);
    };
    begin_panel("##atop", f.area, theme::kCard, ImGuiWindowFlags_NoScrollbar);
    focus(KeyTarget::TopBar);
    if (one_row) ImGui::SetCursorPosY(0.5f * (bar - ImGui::GetFrameHeight()));
    if (button("Back", "", "To the screen before.", "Esc")) open_screen(f, f.state.before);
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    {
        const theme::UseFont bold(f.fonts.bold);
        text("Anatomy");
    }
    ImGui::SameLine(0.0f, em);
    ImGui::BeginGroup();
    screen::draw_toolbar(f);
    ImGui::EndGroup();
    ImGui::End();

    f.area = {0.0f, bar, left, size.y - bar};
    begin_panel("##structures", f.area, theme::kPanel, ImGuiWindowFlags_NoScrollbar);
    focus(KeyTarget::Steps);
    screen::draw_lists(f);
    ImGui::End();

    f.area = {left, size.y - strip, size.x - left - right, strip};
    begin_panel("##views", f.area, theme::kCard, ImGuiWindowFlags_NoScrollbar);
    focus(KeyTarget::Strip);
    screen::draw_view_strip(f);
    ImGui::End();

    f.area = {size.x - right, bar, right, size.y - bar};
    begin_panel("##facts", f.area, theme::kPanel, ImGuiWindowFlags_NoScrollbar);
    focus(KeyTarget::Context);
    {
        const theme::UseFont small(f.fonts.small);
        heading(f.fonts, "Layers");
        draw_layer_controls(f, true);
        heading(f.fonts, a.point.empty() ? "Structure" : "Trigger point");
    }
    if (ImGui::BeginChild("##card", {}, false, ImGuiWindowFlags_NavFlattened)) {
        if (f.model.body != nullptr) a.point.empty() ? screen::draw_card(f) : screen::draw_point_card(f);
    }
    ImGui::EndChild();
    ImGui::End();

    screen::draw_options(f, {f.out.view.x, f.out.view.y, f.out.view.width, screen::options_height(f)});
    screen::draw_link_window(f);
    if (f.state.keys_changed && f.state.keys == KeyTarget::View) ImGui::SetWindowFocus(nullptr);
    screen::follow_pointer(f);
    read_escape(f);
    screen::yield_flow(f);
    if (f.state.screen != Screen::Anatomy) return; // left: the view is the other screen's again
    screen::point_at(f);
    screen::draw_over_picture(f);
}

} // namespace tb::ui
