#include "ui/panels/explore.h"

#include <algorithm>

#include <imgui.h>

#include "ui/keys.h"
#include "ui/panels/anatomy.h"
#include "ui/theme.h"
#include "view/points.h"

namespace tb::ui {

namespace screen = anatomy_screen;

void toggle_explore(Frame& f) {
    Shell::State& s = f.state;
    if (f.exploring()) return leave_explore(f);
    if (f.model.session == nullptr) return;
    if (!f.model.mode.xray) {
        return refuse(f, f.model.mode.id == "assessment"
                             ? "Exploring is not possible in an assessment: what you know and feel counts."
                             : "Exploring is not possible in this mode.");
    }
    s.explored_from = f.view;
    f.view.layers.sight = events::Sight::Blind; // here the layers show what there is
    screen::begin_anew(f);
    s.noted_points = view::shows_points(f.view.layers); // by the x-ray look, which has told it
    s.explore_stopped_time = f.model.mode.pause && !f.model.paused;
    if (s.explore_stopped_time) f.command(Command::Kind::TogglePause);
    f.note_help("explore");
    f.out.wants_redraw = true;
}

void leave_explore(Frame& f) {
    Shell::State& s = f.state;
    if (!f.exploring()) return;
    screen::begin_anew(f);
    f.view = *s.explored_from;
    s.explored_from.reset();
    if (s.explore_stopped_time && f.model.paused) f.command(Command::Kind::TogglePause);
    s.explore_stopped_time = false;
    s.keys = KeyTarget::View;
    s.keys_changed = true;
    f.out.wants_redraw = true;
}

namespace explore {
namespace {

/// Of lists and card: lower than this nothing can be read, the panel scrolls instead.
constexpr float kLowestLists_em = 9.0f, kLowestCard_em = 8.0f;

/// The log is told once in each exploring; where the mode keeps trigger points secret none is left in.
void watch_points(Frame& f) {
    if (!may_show_points(f)) view::take_points_off(f.view.layers);
    if (f.state.noted_points || !view::shows_points(f.view.layers)) return;
    f.state.noted_points = true;
    f.note_help("trigger_points");
}

float layer_rows(const Frame& f) {
    constexpr float kRows = 6.0f; // peel twice, skin, muscle, two rows of boxes
    return (kRows + (may_show_points(f) ? 1.0f : 0.0f)) * ImGui::GetFrameHeightWithSpacing() +
           1.9f * theme::em();
}

} // namespace

float tools_height(const Frame& f, float width) {
    const theme::UseFont small(f.fonts.small);
    const float em = theme::em(), row = ImGui::GetFrameHeight();
    const float room = width - 2.0f * ImGui::GetStyle().WindowPadding.x;
    const float rows = room >= screen::kOneRow_em * em ? 2.0f : 3.0f; // the last one says what is going on
    return rows * row + (rows - 1.0f) * ImGui::GetStyle().ItemSpacing.y +
           2.0f * ImGui::GetStyle().WindowPadding.y;
}

void draw_tools(Frame& f) {
    ImGui::BeginGroup();
    screen::draw_toolbar(f);
    ImGui::EndGroup();
    const theme::UseFont small(f.fonts.small);
    const char* back = "Back to the case";
    const float width = text_width(back) + 2.0f * ImGui::GetStyle().FramePadding.x;
    const float room = ImGui::GetContentRegionAvail().x - width - 3.0f * theme::em();
    sign(Sign::Hint);
    ImGui::AlignTextToFramePadding();
    const std::string words = f.model.paused ? "Exploring: your hand is put aside, time stands still."
                                             : "Exploring: your hand is put aside.";
    text_coloured(theme::kFocus, shortened(words, room));
    tip("Nothing you do now touches the patient. Going back brings view, hand and time back as they were.");
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - width);
    ButtonLook strong;
    strong.strong = true;
    if (button(back, "", "View, hand and time are as they were before.", row(Shortcut::Explore).name, strong))
        leave_explore(f);
}

void draw_side(Frame& f) {
    draw_step_words(f, current_phase(f));
    const theme::UseFont small(f.fonts.small);
    draw_hint(f);
    const float em = theme::em(), room = ImGui::GetContentRegionAvail().y - layer_rows(f);
    const float lists = std::max(kLowestLists_em * em, 0.5f * room);
    if (ImGui::BeginChild("##lists", {0.0f, lists}, false, ImGuiWindowFlags_NavFlattened))
        screen::draw_lists(f);
    ImGui::EndChild();
    heading(f.fonts, "Layers");
    draw_layer_controls(f, true);
    AnatomyState& a = f.state.anatomy;
    const float card = std::max(kLowestCard_em * em, ImGui::GetContentRegionAvail().y);
    if (ImGui::BeginChild("##card", {0.0f, card}, false, ImGuiWindowFlags_NavFlattened)) {
        if (f.model.body != nullptr) a.point.empty() ? screen::draw_card(f) : screen::draw_point_card(f);
    }
    ImGui::EndChild();
}

void follow(Frame& f) {
    f.out.pointer = {};
    f.out.pointer.over_view = false; // the hand is put aside
    screen::follow_pointer(f);
    const bool back = !f.state.modal_open && pressed(Shortcut::Explore);
    if (back || (screen::escape_pressed(f) && !screen::step_back(f))) leave_explore(f);
    if (!f.state.modal_open && f.exploring() && pressed(Shortcut::Finish)) {
        leave_explore(f);
        f.state.ask_finish = true;
    }
    if (!f.exploring()) return; // the view is the case's again
    screen::yield_flow(f);
    watch_points(f);
    screen::point_at(f);
    screen::draw_over_picture(f);
}

} // namespace explore
} // namespace tb::ui
