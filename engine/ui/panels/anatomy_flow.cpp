// Ways from view to view, frame by frame, for the Anatomy screen and for exploring in a case.
#include <algorithm>

#include <imgui.h>

#include "ui/keys.h"
#include "ui/panels/anatomy.h"

namespace tb::ui::anatomy_screen {
namespace {

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

} // namespace

void begin_flow(Frame& f) {
    adopt_choice(f);
    advance_flow(f);
    check_fixed_view(f);
    f.state.anatomy.flowed = f.view;
}

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
        go(f, goal, 0.3);
    }
}

void point_at(Frame& f) {
    if (f.model.body == nullptr) return;
    AnatomyState& a = f.state.anatomy;
    const view::Picked* under = a.under && !f.state.drag_in_view ? &*a.under : nullptr;
    const bool named = under != nullptr && under->structure != f.model.body->atlas().skin();
    f.view.layers.hovered = named ? f.model.body->atlas().structure(under->structure).id : std::string();
    if (f.view.layers.lens.on && a.cursor.x >= 0.0f) {
        f.view.layers.lens.centre =
            a.cursor / glm::vec2(std::max(1.0f, f.out.view.width), std::max(1.0f, f.out.view.height));
    }
}

bool escape_pressed(const Frame& f) {
    const Shell::State& s = f.state;
    return ImGui::IsKeyPressed(key::kEscape, false) && !ImGui::GetIO().WantTextInput && !s.keys_changed &&
           !s.modal_open;
}

bool step_back(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    if (a.link_open) {
        a.link_open = false;
    } else if (a.ask_place) {
        a.ask_place = false;
    } else if (!f.state.structure.empty() || !a.point.empty()) {
        select(f, {}, false);
    } else {
        return false;
    }
    return true;
}

void begin_anew(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    a.flow.stop();
    f.state.structure.clear();
    f.state.search.clear();
    a.point.clear();
    a.candidates.clear();
    a.found_for.clear();
    a.found.clear();
    a.message.clear();
    a.peel_region.clear();
    a.ask_place = a.link_open = a.points_tab = a.cursor_by_keys = false;
    a.direction = -1;
    a.cursor = a.pressed_at = glm::vec2(-1.0f);
    a.under.reset();
    a.sight.reset();
}

} // namespace tb::ui::anatomy_screen
