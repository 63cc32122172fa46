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

constexpr float kLongestStep_s = 0.05f; ///< after a pause the way begins at its beginning

/// A view that came from outside (link on the command line) says what is chosen.
void adopt_choice(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    if (f.model.body == nullptr) return;
    const view::Layers& l = f.view.layers;
    if (a.point.empty() && l.points.size() == 1 &&
        view::point_of(f.model.body->atlas(), *l.points.begin()).first != nullptr)
        a.point = *l.points.begin();
    if (f.state.structure.empty() && l.highlighted.size() == 1 &&
        f.model.body->atlas().find(*l.highlighted.begin()).valid())
        f.state.structure = *l.highlighted.begin();
}

void advance_flow(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    a.went = false;
    if (!a.flow.running()) return;
    const std::string hovered = f.view.layers.hovered;
    const glm::vec2 lens = f.view.layers.lens.centre;
    f.view = a.flow.advance(static_cast<double>(std::min(f.dt, kLongestStep_s)));
    f.view.layers.hovered = hovered;
    f.view.layers.lens.centre = lens;
    f.out.wants_redraw = true;
}

/// The fixed view that is chosen is left as soon as the camera stands elsewhere.
void check_fixed_view(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    if (a.direction < 0 || a.flow.running()) return;
    const view::FixedRegion& region = view::fixed_regions()[static_cast<std::size_t>(a.region)];
    const auto direction = static_cast<view::Direction>(a.direction);
    if (!(view::fixed_camera(region, direction, a.side) == f.view.camera)) a.direction = -1;
}

/// A hand on the camera or on the layers takes over from the way that was under way.
void yield_flow(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    if (a.went || !a.flow.running()) return;
    if (!(f.view.camera == a.flowed.camera)) {
        const view::Layers changed = f.view.layers;
        f.view.layers = changed == a.flowed.layers ? a.flow.goal().layers : changed;
        a.flow.stop();
    } else if (!(f.view.layers == a.flowed.layers) || f.view.labels != a.flowed.labels) {
        view::ViewSettings goal = f.view;
        goal.camera = a.flow.goal().camera;
        screen::go(f, goal, 0.3);
    }
}

/// What only the pointer changes; last, so that it does not count as a change by hand.
void point_at(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const view::Picked* under = a.under && !f.state.drag_in_view ? &*a.under : nullptr;
    const bool named = under != nullptr && under->structure != f.model.body->atlas().skin();
    f.view.layers.hovered = named ? f.model.body->atlas().structure(under->structure).id : std::string();
    if (f.view.layers.lens.on && a.cursor.x >= 0.0f) {
        f.view.layers.lens.centre =
            a.cursor / glm::vec2(std::max(1.0f, f.out.view.width), std::max(1.0f, f.out.view.height));
    }
}

void read_escape(Frame& f) {
    Shell::State& s = f.state;
    if (!ImGui::IsKeyPressed(key::kEscape, false) || ImGui::GetIO().WantTextInput || s.keys_changed ||
        s.modal_open)
        return;
    AnatomyState& a = s.anatomy;
    if (a.link_open) {
        a.link_open = false;
    } else if (a.ask_place) {
        a.ask_place = false;
    } else if (!s.structure.empty() || !a.point.empty()) {
        screen::select(f, {}, false);
    } else {
        open_screen(f, s.before);
    }
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
    adopt_choice(f);
    advance_flow(f);
    check_fixed_view(f);
    a.flowed = f.view;
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

    screen::draw_options(f);
    screen::draw_link_window(f);
    if (f.state.keys_changed && f.state.keys == KeyTarget::View) ImGui::SetWindowFocus(nullptr);
    screen::follow_pointer(f);
    read_escape(f);
    yield_flow(f);
    if (f.state.screen != Screen::Anatomy) return; // left: the view is the other screen's again
    if (f.model.body != nullptr) point_at(f);
    screen::draw_over_picture(f);
}

} // namespace tb::ui
