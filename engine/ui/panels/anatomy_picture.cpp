// Over the picture of the Anatomy screen: name under the pointer, clicks, wheel, labels, distances of
// hazards, the lens's rim.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/panels/anatomy.h"
#include "ui/theme.h"
#include "view/layers.h"

namespace tb::ui::anatomy_screen {
namespace {

constexpr float kClickSlack_px = 4.0f, kZoomPerNotch = 0.86f;
constexpr double kZoom_s = 0.16;
constexpr std::size_t kMostAlong = 4;

glm::vec2 size_of(const Frame& f) {
    return {f.out.view.width, f.out.view.height};
}

/// The pointer if it is over the picture, else the cursor moved by keys.
void move_cursor(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f) a.cursor_by_keys = false;
    if (a.cursor_by_keys) return;
    const bool dragging = f.state.drag_in_view && ImGui::IsMouseDragging(0, kClickSlack_px);
    if (f.out.view_hovered && !dragging) {
        a.cursor = {io.MousePos.x - f.out.view.x, io.MousePos.y - f.out.view.y};
    } else if (!f.out.view_hovered) {
        a.cursor = glm::vec2(-1.0f);
    }
}

/// What lies under the cursor; found anew only when cursor or view changed. Nothing is looked for during a
/// drag, when nothing would be told, unless it is `asked` for.
void find_under(Frame& f, bool asked = false) {
    AnatomyState& a = f.state.anatomy;
    const bool none =
        a.cursor.x < 0.0f || a.flow.running() || f.model.body == nullptr || (f.state.drag_in_view && !asked);
    if (none) {
        a.under.reset();
        a.sight.reset();
        a.under_cursor = glm::vec2(-2.0f);
        return;
    }
    view::ViewSettings now = f.view;
    now.layers.hovered.clear();
    if (a.under_cursor == a.cursor && a.under_size == size_of(f) && a.under_for == now) return;
    a.under_cursor = a.cursor;
    a.under_size = size_of(f);
    a.under_for = now;
    a.under = view::pick(*f.model.body, now, size_of(f), a.cursor);
    a.sight.reset();
    if (a.under && now.layers.hazards) a.sight = view::hazards_seen(*f.model.body, *a.under);
}

void ask_candidates(Frame& f, const geometry::Vec3& place) {
    AnatomyState& a = f.state.anatomy;
    if (!a.referral) a.referral = std::make_unique<anatomy::ReferralMap>(f.model.body->atlas());
    a.candidates = a.referral->candidates(place);
    a.ask_place = false;
    if (a.candidates.empty()) return;
    a.points_tab = true;
    a.order = view::PointOrder::PainfulArea;
}

void choose_under(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    find_under(f, true);
    if (a.ask_place && a.under) {
        ask_candidates(f, a.under->point);
        return;
    }
    select(f, a.under ? a.under->structure : StructureId{}, false);
}

void read_clicks(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const ImVec2 m = ImGui::GetIO().MousePos;
    if (ImGui::IsMouseClicked(0)) a.pressed_at = f.out.view_hovered ? glm::vec2(m.x, m.y) : glm::vec2(-1.0f);
    if (ImGui::IsMouseReleased(0) && a.pressed_at.x >= 0.0f) {
        const bool still = glm::length(glm::vec2(m.x, m.y) - a.pressed_at) <= kClickSlack_px;
        a.pressed_at = glm::vec2(-1.0f);
        if (still && f.out.view_hovered) choose_under(f);
    }
    if (key_pressed(f, Key::Select) && a.cursor.x >= 0.0f) choose_under(f);
}

/// Comes nearer to what lies under the pointer, softly.
void read_wheel(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const float wheel = ImGui::GetIO().MouseWheel;
    if (wheel == 0.0f || !f.out.view_hovered) return;
    view::ViewSettings goal = aim(f);
    const float factor = std::pow(kZoomPerNotch, wheel);
    if (f.model.body != nullptr && a.cursor.x >= 0.0f) {
        const auto picked = view::pick(*f.model.body, f.view, size_of(f), a.cursor);
        const glm::vec3 at = picked ? glm::vec3(picked->point) : goal.camera.focus;
        goal.camera.zoom_about(at, factor);
    } else {
        goal.camera.zoom(factor);
    }
    a.direction = -1;
    go(f, goal, kZoom_s, view::Transition::Pace::Follow);
}

/// Names with leader lines; placed again only when the view has come to rest.
void draw_labels(Frame& f) {
    Shell::State& s = f.state;
    if (!f.view.labels || f.model.body == nullptr || s.anatomy.flow.running() || s.drag_in_view) return;
    const Rect& v = f.out.view;
    const theme::UseFont small(f.fonts.small);
    ImFont* font = ImGui::GetFont();
    const auto width_of = [font](std::string_view text) {
        return font->CalcTextSizeA(font->FontSize, 1e9f, 0.0f, text.data(), text.data() + text.size()).x;
    };
    view::ViewSettings now = f.view;
    now.layers.hovered.clear();
    now.layers.lens = {}; // follows the pointer: names stand for what is seen without it
    if (!s.placed_for || !(*s.placed_for == now) || s.placed_size != size_of(f)) {
        view::LabelStyle style;
        style.line_height_px = 1.25f * theme::em();
        style.foot_px = 1.8f * theme::em(); // the keys are written there
        style.text_width = [&](std::string_view text) { return width_of(text) + 8.0f; };
        s.placed = view::place_labels(*f.model.body, now, size_of(f), style);
        s.placed_for = now;
        s.placed_size = size_of(f);
    }
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    list->PushClipRect({v.x, v.y}, {v.x + v.width, v.y + v.height});
    for (const view::Label& label : s.placed) {
        const std::string words = shortened(label.text, label.size_px.x - 4.0f);
        const ImVec2 box{v.x + label.box_px.x, v.y + label.box_px.y};
        const float w = std::min(width_of(label.text), label.size_px.x);
        const float left = label.right ? box.x : box.x + 2.0f;
        const ImVec2 from{label.right ? left - 5.0f : left + w + 5.0f, box.y + 0.5f * font->FontSize};
        const ImVec2 to{v.x + label.anchor_px.x, v.y + label.anchor_px.y};
        list->AddLine(from, to, theme::packed(theme::kBackdrop, 0.7f), 3.0f);
        list->AddLine(from, to, theme::packed(theme::kText, 0.85f), 1.0f);
        list->AddCircleFilled(to, 3.5f, theme::packed(theme::kBackdrop));
        list->AddCircleFilled(to, 2.5f, theme::packed(theme::kText));
        list->AddRectFilled({left - 4.0f, box.y - 1.0f}, {left + w + 4.0f, box.y + font->FontSize + 2.0f},
                            theme::packed(theme::kBackdrop, 0.8f), 3.0f);
        list->AddText(font, font->FontSize, {left, box.y}, theme::packed(theme::kText), words.c_str());
    }
    list->PopClipRect();
}

void draw_lens_rim(Frame& f) {
    const view::Lens& lens = f.view.layers.lens;
    if (!lens.on) return;
    const Rect& v = f.out.view;
    const ImVec2 c{v.x + lens.centre.x * v.width, v.y + lens.centre.y * v.height};
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    list->PushClipRect({v.x, v.y}, {v.x + v.width, v.y + v.height});
    list->AddCircle(c, lens.radius * v.height + 1.5f, theme::packed(theme::kBackdrop, 0.8f), 96, 5.0f);
    list->AddCircle(c, lens.radius * v.height, theme::packed(theme::kText, 0.9f), 96, 2.0f);
    list->PopClipRect();
}

struct Line {
    std::string words;
    bool strong = false;
};

/// Lines of the readout at the pointer.
std::vector<Line> readout(const Frame& f) {
    const AnatomyState& a = f.state.anatomy;
    const anatomy::Atlas& atlas = f.model.body->atlas();
    std::vector<Line> lines{{view::name_with_side(atlas.structure(a.under->structure)), true}};
    if (a.ask_place) lines.push_back({"Is this the painful place?", false});
    if (!a.sight) return lines;
    const auto name = [&](StructureId id) { return view::name_with_side(atlas.structure(id)); };
    if (a.sight->along.empty()) {
        lines.push_back(
            {fmt::format("Along your sight: no hazard within {:.0f} mm", view::kSightRange_mm), false});
    } else {
        lines.push_back({"Along your sight from here:", false});
        for (std::size_t i = 0; i < std::min(kMostAlong, a.sight->along.size()); ++i) {
            const view::AlongSight& s = a.sight->along[i];
            lines.push_back({fmt::format("  {:.0f} mm  {}", s.distance_mm, name(s.structure)), i == 0});
        }
    }
    if (a.sight->nearest) {
        lines.push_back({"Nearest in any direction:", false});
        lines.push_back({fmt::format("  {:.0f} mm  {}", std::max(0.0, a.sight->nearest->distance_mm),
                                     name(a.sight->nearest->structure)),
                         true});
    }
    return lines;
}

void draw_readout(Frame& f) {
    const AnatomyState& a = f.state.anatomy;
    const Rect& v = f.out.view;
    if (a.cursor.x < 0.0f) return;
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    const ImVec2 at{v.x + a.cursor.x, v.y + a.cursor.y};
    list->PushClipRect({v.x, v.y}, {v.x + v.width, v.y + v.height});
    if (a.cursor_by_keys) {
        for (const auto& [colour, width] :
             {std::pair{theme::kBackdrop, 4.0f}, std::pair{theme::kFocus, 2.0f}}) {
            list->AddLine({at.x - 12.0f, at.y}, {at.x + 12.0f, at.y}, theme::packed(colour), width);
            list->AddLine({at.x, at.y - 12.0f}, {at.x, at.y + 12.0f}, theme::packed(colour), width);
        }
    }
    if (a.under && !f.state.drag_in_view) {
        if (a.sight && a.sight->nearest) { // where the nearest one lies
            glm::vec2 to;
            if (render::project(f.view.camera.camera(), size_of(f), glm::vec3(a.sight->nearest->nearest),
                                to)) {
                const ImVec2 end{v.x + to.x, v.y + to.y};
                list->AddLine(at, end, theme::packed(theme::kBackdrop, 0.8f), 4.0f);
                list->AddLine(at, end, theme::packed(theme::kCaution), 2.0f);
                list->AddCircle(end, 5.0f, theme::packed(theme::kCaution), 16, 2.0f);
            }
        }
        ImFont* font = f.fonts.small != nullptr ? f.fonts.small : ImGui::GetFont();
        const std::vector<Line> lines = readout(f);
        float w = 0.0f;
        for (const Line& l : lines)
            w = std::max(w, font->CalcTextSizeA(font->FontSize, 1e9f, 0.0f, l.words.c_str()).x);
        const float step = 1.25f * font->FontSize, h = step * static_cast<float>(lines.size());
        ImVec2 p{at.x + 18.0f, at.y + 14.0f};
        if (p.x + w + 10.0f > v.x + v.width) p.x = std::max(v.x + 8.0f, at.x - 18.0f - w);
        if (p.y + h + 8.0f > v.y + v.height) p.y = std::max(v.y + 8.0f, at.y - 14.0f - h);
        list->AddRectFilled({p.x - 8.0f, p.y - 5.0f}, {p.x + w + 8.0f, p.y + h + 3.0f},
                            theme::packed(theme::kPanel, 0.93f), 4.0f);
        list->AddRect({p.x - 8.0f, p.y - 5.0f}, {p.x + w + 8.0f, p.y + h + 3.0f}, theme::packed(theme::kLine),
                      4.0f);
        for (const Line& l : lines) {
            list->AddText(font, font->FontSize, p, theme::packed(l.strong ? theme::kText : theme::kTextSoft),
                          l.words.c_str());
            p.y += step;
        }
    }
    list->PopClipRect();
}

} // namespace

void follow_pointer(Frame& f) {
    read_camera(f, false); // the wheel zooms to the pointer, below
    read_held_keys(f);
    move_cursor(f);
    read_wheel(f);
    find_under(f);
    read_clicks(f);
}

void draw_over_picture(Frame& f) {
    draw_lens_rim(f);
    draw_labels(f);
    draw_readout(f);
    const Rect& v = f.out.view;
    const bool keys = f.state.keys == KeyTarget::View;
    words_on_picture(f, keys ? "F1 keys   F6 keys to the panels" : "F6 or Esc: keys to the picture", true);
    if (keys) {
        ImGui::GetBackgroundDrawList()->AddRect({v.x + 1.0f, v.y + 1.0f},
                                                {v.x + v.width - 1.0f, v.y + v.height - 1.0f},
                                                theme::packed(theme::kFocus, 0.4f));
    }
}

} // namespace tb::ui::anatomy_screen
