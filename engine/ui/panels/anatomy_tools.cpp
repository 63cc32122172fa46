// The Anatomy screen's nine tools, their options over the picture, the fixed views below it, and the link.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <imgui.h>

#include <imgui_stdlib.h>

#include "ui/panels/anatomy.h"
#include "ui/theme.h"
#include "view/peel.h"
#include "view/view_link.h"

namespace tb::ui::anatomy_screen {
namespace {

/// Of the nine tools, which are the first of the keys.
void draw_icon(ImDrawList* list, Key tool, ImVec2 c, float r, const ImVec4& ink) {
    const ImU32 colour = theme::packed(ink);
    const float w = std::max(1.5f, 0.18f * r);
    const auto line = [&](float x0, float y0, float x1, float y1) {
        list->AddLine({c.x + x0 * r, c.y + y0 * r}, {c.x + x1 * r, c.y + y1 * r}, colour, w);
    };
    switch (tool) {
    case Key::Isolate:
        list->AddCircleFilled(c, 0.42f * r, colour, 16);
        for (const float x : {-1.0f, 1.0f}) {
            for (const float y : {-1.0f, 1.0f}) {
                line(0.9f * x, 0.9f * y, 0.9f * x, 0.45f * y);
                line(0.9f * x, 0.9f * y, 0.45f * x, 0.9f * y);
            }
        }
        break;
    case Key::Hide:
        list->AddCircle(c, 0.8f * r, colour, 20, w);
        line(-0.75f, 0.75f, 0.75f, -0.75f);
        break;
    case Key::Fade:
        list->AddCircle(c, 0.8f * r, colour, 20, w);
        list->PathArcTo(c, 0.8f * r, 1.5708f, 4.7124f, 14);
        list->PathFillConvex(colour);
        break;
    case Key::ShowAll:
        for (const float x : {-0.5f, 0.5f}) {
            for (const float y : {-0.5f, 0.5f})
                list->AddRectFilled({c.x + (x - 0.36f) * r, c.y + (y - 0.36f) * r},
                                    {c.x + (x + 0.36f) * r, c.y + (y + 0.36f) * r}, colour);
        }
        break;
    case Key::Labels:
        list->AddCircleFilled({c.x - 0.7f * r, c.y + 0.5f * r}, 0.22f * r, colour, 10);
        line(-0.7f, 0.5f, -0.1f, -0.4f);
        line(0.0f, -0.4f, 0.95f, -0.4f);
        line(0.0f, 0.1f, 0.7f, 0.1f);
        break;
    case Key::Lens:
        list->AddCircle({c.x - 0.2f * r, c.y - 0.2f * r}, 0.62f * r, colour, 20, w);
        line(0.28f, 0.28f, 0.9f, 0.9f);
        break;
    case Key::Cut:
        list->AddRect({c.x - 0.8f * r, c.y - 0.65f * r}, {c.x + 0.8f * r, c.y + 0.65f * r}, colour, 0.0f, 0,
                      w);
        line(-0.2f, 1.0f, 0.3f, -1.0f);
        break;
    case Key::Hazards:
        list->AddTriangle({c.x, c.y - 0.85f * r}, {c.x - 0.9f * r, c.y + 0.75f * r},
                          {c.x + 0.9f * r, c.y + 0.75f * r}, colour, w);
        line(0.0f, -0.3f, 0.0f, 0.25f);
        list->AddCircleFilled({c.x, c.y + 0.5f * r}, 0.6f * w, colour, 8);
        break;
    case Key::Link:
        list->AddCircle({c.x - 0.4f * r, c.y + 0.15f * r}, 0.5f * r, colour, 16, w);
        list->AddCircle({c.x + 0.4f * r, c.y - 0.15f * r}, 0.5f * r, colour, 16, w);
        break;
    default:
        break;
    }
}

/// Icon with its word; greyed with the reason when it cannot act.
bool tool(const Frame& f, Key key, const char* word, std::string_view why_not, bool chosen, float width) {
    const float h = ImGui::GetFrameHeight();
    ButtonLook look;
    look.size = {width, h};
    look.chosen = chosen;
    // The word stands right of the icon: centred text is shifted by as many blanks.
    ImGui::PushStyleVar(ImGuiStyleVar_ButtonTextAlign, {0.68f, 0.5f});
    const std::string label = fmt::format("{}###tool{}", word, static_cast<int>(key));
    const bool pressed = button(label.c_str(), why_not, key_does(key), key_name(key), look);
    ImGui::PopStyleVar();
    const ImVec2 low = ImGui::GetItemRectMin();
    draw_icon(ImGui::GetWindowDrawList(), key, {low.x + 0.62f * h, low.y + 0.5f * h}, 0.27f * h,
              why_not.empty() ? theme::kText : theme::kTextOff);
    return pressed || (why_not.empty() && key_pressed(f, key));
}

/// A swatch of a glow pattern with its word, as the picture draws it.
void swatch(StructureKind kind, const char* word) {
    const float h = ImGui::GetTextLineHeight();
    const ImVec2 p = ImGui::GetCursorScreenPos(), q{p.x + 1.8f * h, p.y + h};
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec4 ink = kind == StructureKind::Artery  ? ImVec4(0.87f, 0.30f, 0.27f, 1)
                       : kind == StructureKind::Vein  ? ImVec4(0.40f, 0.50f, 0.85f, 1)
                       : kind == StructureKind::Nerve ? ImVec4(0.93f, 0.82f, 0.42f, 1)
                                                      : ImVec4(0.75f, 0.68f, 0.82f, 1);
    list->PushClipRect(p, q, true);
    list->AddRectFilled(p, q, theme::packed(ink, 0.25f));
    const ImU32 colour = theme::packed(ink);
    for (float x = -h; x < 2.8f * h; x += 6.0f) {
        if (kind == StructureKind::Nerve) {
            for (float y = 3.0f; y < h; y += 6.0f)
                list->AddCircleFilled({p.x + x, p.y + y}, 1.6f, colour, 8);
            continue;
        }
        if (kind != StructureKind::Vein) list->AddLine({p.x + x, q.y}, {p.x + x + h, p.y}, colour, 2.0f);
        if (kind != StructureKind::Artery) list->AddLine({p.x + x, p.y}, {p.x + x + h, q.y}, colour, 2.0f);
    }
    list->PopClipRect();
    list->AddRect(p, q, colour);
    ImGui::Dummy({1.8f * h, h});
    ImGui::SameLine();
    text(word);
}

/// Body planes begin in the middle of the picture.
void face_cut(Frame& f, view::CutFacing facing) {
    view::Layers& l = f.view.layers;
    const glm::vec3 at = f.view.camera.focus;
    l.cut_facing = facing;
    l.cut_mm = facing == view::CutFacing::Sagittal     ? at.x
               : facing == view::CutFacing::Frontal    ? at.z
               : facing == view::CutFacing::Transverse ? at.y
                                                       : 0.0f;
}

void lens_options(Frame& f, float wide) {
    view::Lens& lens = f.view.layers.lens;
    ImGui::AlignTextToFramePadding();
    text_soft("Lens");
    ImGui::SameLine(4.0f * theme::em());
    ImGui::SetNextItemWidth(0.27f * wide);
    float percent = 100.0f * lens.radius;
    if (ImGui::SliderFloat("##lenssize", &percent, 5.0f, 45.0f, "size %.0f")) lens.radius = percent / 100.0f;
    tip("How large the lens is, in hundredths of the picture's height. Keys: = and -");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(0.4f * wide);
    int stage = static_cast<int>(std::lround(lens.depth));
    const std::string words = "inside: " + view::stage_words(lens.depth);
    if (ImGui::SliderInt("##lensdepth", &stage, 1, 8, words.c_str())) lens.depth = static_cast<float>(stage);
    tip("What is taken off inside the lens. Key: D");
}

void cut_options(Frame& f, float wide) {
    view::Layers& l = f.view.layers;
    ImGui::AlignTextToFramePadding();
    text_soft("Cut");
    ImGui::SameLine(4.0f * theme::em());
    static constexpr const char* kWords[] = {"towards you", "left | right (sagittal)",
                                             "front | back (frontal)", "upper | lower (transverse)"};
    ImGui::SetNextItemWidth(0.34f * wide);
    int facing = static_cast<int>(l.cut_facing);
    if (ImGui::Combo("##cutfacing", &facing, kWords, 4)) {
        face_cut(f, static_cast<view::CutFacing>(facing));
    }
    tip("Which way the cut plane lies. Key: O");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(0.3f * wide);
    const float low = l.cut_facing == view::CutFacing::Transverse ? -100.0f : -300.0f;
    const float high = l.cut_facing == view::CutFacing::Transverse ? 1800.0f : 300.0f;
    ImGui::SliderFloat("##cutmm", &l.cut_mm, low, high, "%.0f mm");
    tip("Where the plane lies, from the middle of the body (or from the middle of the picture towards you). "
        "Keys: = and -");
    if (l.cut_facing != view::CutFacing::Viewer) {
        ImGui::SameLine();
        ImGui::Checkbox("Other half", &l.cut_flip);
    }
}

void read_size_keys(Frame& f) {
    if (key_pressed(f, Key::CutFacing) && f.view.layers.cut) {
        // Each body plane first with the one half, then with the other.
        view::Layers& at = f.view.layers;
        if (at.cut_facing != view::CutFacing::Viewer && !at.cut_flip) {
            at.cut_flip = true;
        } else {
            at.cut_flip = false;
            face_cut(f, static_cast<view::CutFacing>((static_cast<int>(at.cut_facing) + 1) % 4));
        }
    }
    if (key_pressed(f, Key::LensDepth) && f.view.layers.lens.on) {
        float& depth = f.view.layers.lens.depth;
        depth = depth >= view::kPeelBones ? view::kPeelSkin : std::round(depth) + 1.0f;
    }
    const float change =
        (key_pressed(f, Key::Larger) ? 1.0f : 0.0f) - (key_pressed(f, Key::Smaller) ? 1.0f : 0.0f);
    if (change == 0.0f) return;
    view::Layers& l = f.view.layers;
    constexpr float kCutStep_mm = 10.0f, kLensStep = 0.03f;
    if (l.cut) l.cut_mm += change * kCutStep_mm;
    if (l.lens.on && !l.cut) l.lens.radius = std::clamp(l.lens.radius + change * kLensStep, 0.05f, 0.45f);
}

} // namespace

void draw_toolbar(Frame& f) {
    constexpr int kTools = 9;
    const float gap = 0.25f * theme::em(), room = ImGui::GetContentRegionAvail().x;
    const int per_row = room >= kOneRow_em * theme::em() ? kTools : 5;
    const float wide = (room - static_cast<float>(per_row - 1) * gap) / static_cast<float>(per_row);
    const theme::UseFont small(f.fonts.small);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, 0.2f * theme::em()});
    view::Layers& l = f.view.layers;
    const std::string_view none =
        f.state.structure.empty() ? "choose a structure first: click it or find it by name." : "";
    int drawn = 0;
    const auto next = [&](Key key, const char* word, std::string_view why_not, bool chosen) {
        if (drawn % per_row != 0) ImGui::SameLine();
        ++drawn;
        return tool(f, key, word, why_not, chosen, wide);
    };
    const bool isolated = !l.only.empty();
    if (next(Key::Isolate, "Isolate", isolated ? "" : none, isolated)) {
        if (f.state.structure.empty()) {
            view::ViewSettings goal = aim(f);
            goal.layers.only.clear();
            go(f, goal);
        } else {
            isolate(f);
        }
    }
    if (next(Key::Hide, "Hide", none, false)) hide(f);
    if (next(Key::Fade, "Fade", none, l.faded.contains(f.state.structure))) fade(f);
    if (next(Key::ShowAll, "Show all", "", false)) show_all(f);
    if (next(Key::Labels, "Labels", "", f.view.labels)) f.view.labels = !f.view.labels;
    if (next(Key::Lens, "Lens", "", l.lens.on)) l.lens.on = !l.lens.on;
    if (next(Key::Cut, "Cut", "", l.cut)) l.cut = !l.cut;
    if (next(Key::Hazards, "Hazards", "", l.hazards)) l.hazards = !l.hazards;
    AnatomyState& a = f.state.anatomy;
    if (next(Key::Link, "Link", "", a.link_open)) {
        a.link_open = !a.link_open;
        a.message.clear();
    }
    ImGui::PopStyleVar();
    read_size_keys(f);
    if (key_pressed(f, Key::Copy)) copy_link(f);
    if (key_pressed(f, Key::Paste)) paste_link(f);
}

float options_height(const Frame& f) {
    const view::Layers& l = f.view.layers;
    const int rows = (l.lens.on ? 1 : 0) + (l.cut ? 1 : 0) + (l.hazards ? 1 : 0);
    if (rows == 0) return 0.0f;
    const theme::UseFont small(f.fonts.small);
    return ImGui::GetFrameHeightWithSpacing() * static_cast<float>(rows) +
           2.0f * ImGui::GetStyle().WindowPadding.y;
}

void draw_options(Frame& f, const Rect& rect) {
    if (rect.empty()) return;
    const view::Layers l = f.view.layers; // as they were when the room was measured
    const theme::UseFont small(f.fonts.small);
    ImVec4 ground = theme::kPanel;
    ground.w = 0.92f;
    begin_panel("##options", rect, ground, ImGuiWindowFlags_NoScrollbar);
    const float wide = ImGui::GetContentRegionAvail().x;
    if (l.lens.on) lens_options(f, wide);
    if (l.cut) cut_options(f, wide);
    if (l.hazards) {
        ImGui::AlignTextToFramePadding();
        text_soft("Shines through");
        for (const auto& [kind, word] :
             {std::pair{StructureKind::Artery, "artery"}, std::pair{StructureKind::Vein, "vein"},
              std::pair{StructureKind::Nerve, "nerve"}, std::pair{StructureKind::Pleura, "lung, organ"}}) {
            ImGui::SameLine(0.0f, theme::em());
            swatch(kind, word);
        }
    }
    ImGui::End();
}

void draw_view_strip(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const theme::UseFont small(f.fonts.small);
    const auto regions = view::fixed_regions();
    const view::FixedRegion& now = regions[static_cast<std::size_t>(a.region)];
    const float gap = 0.25f * theme::em(), wide = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
    const int direction = a.direction < 0 ? static_cast<int>(view::Direction::Posterior) : a.direction;
    if (button("<", "", key_does(Key::PreviousRegion), key_name(Key::PreviousRegion)) ||
        key_pressed(f, Key::PreviousRegion))
        open_fixed_view(f, a.region - 1, direction);
    ImGui::SameLine();
    ImGui::SetNextItemWidth(0.24f * wide);
    if (ImGui::BeginCombo("##region", std::string(now.word).c_str(), ImGuiComboFlags_HeightLargest)) {
        for (std::size_t i = 0; i < regions.size(); ++i) {
            if (ImGui::Selectable(std::string(regions[i].word).c_str(), static_cast<int>(i) == a.region))
                open_fixed_view(f, static_cast<int>(i), direction);
        }
        ImGui::EndCombo();
    }
    tip("The region that the fixed views show.");
    ImGui::SameLine();
    if (button(">", "", key_does(Key::NextRegion), key_name(Key::NextRegion)) ||
        key_pressed(f, Key::NextRegion))
        open_fixed_view(f, a.region + 1, direction);
    const bool narrow = wide < kNarrow_em * theme::em(); // large text: directions in a row of their own
    const float side_width = 6.4f * theme::em();
    if (!narrow) ImGui::SameLine(0.0f, 2.0f * gap);
    const float room = ImGui::GetContentRegionAvail().x - (narrow ? 0.0f : side_width + 2.0f * gap);
    const float each = (room - 4.0f * gap) / static_cast<float>(view::kDirections);
    for (int d = 0; d < view::kDirections; ++d) {
        const auto which = static_cast<view::Direction>(d);
        const Key key = static_cast<Key>(static_cast<int>(Key::Front) + d);
        ButtonLook look;
        look.size.x = each;
        look.chosen = a.direction == d;
        if (d > 0) ImGui::SameLine();
        const std::string tooltip = fmt::format("{} {}", now.word, view::word_of(which));
        if (button(std::string(view::short_word_of(which)).c_str(), "", tooltip, key_name(key), look) ||
            key_pressed(f, key))
            open_fixed_view(f, a.region, d);
    }
    if (!narrow) ImGui::SameLine(0.0f, 2.0f * gap);
    const bool right = a.side != anatomy::Side::Left;
    ButtonLook look;
    look.size.x = ImGui::GetContentRegionAvail().x;
    if (button(right ? "Right side###side" : "Left side###side", "",
               "Which side of the body lists and paired regions mean; press for the other one.",
               key_name(Key::OtherSide), look) ||
        key_pressed(f, Key::OtherSide)) {
        a.side = right ? anatomy::Side::Left : anatomy::Side::Right;
        if (now.paired && a.direction >= 0) open_fixed_view(f, a.region, a.direction);
    }
    ImGui::PopStyleVar();
    if (key_pressed(f, Key::StartView))
        open_fixed_view(f, 0, a.direction < 0 ? static_cast<int>(view::Direction::Posterior) : a.direction);
}

void draw_link_window(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    if (!a.link_open) return;
    const float em = theme::em(), w = std::min(34.0f * em, f.out.view.width);
    const theme::UseFont small(f.fonts.small); // around the window: ImGui wants fonts popped after its end
    const float below = f.exploring() ? 0.0f : options_height(f); // there the picture begins below them
    ImGui::SetNextWindowPos({f.out.view.x + f.out.view.width - w, f.out.view.y + below});
    ImGui::SetNextWindowSize({w, 0.0f});
    ImGui::Begin("##link", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_AlwaysAutoResize);
    text_wrapped("This line brings the same view back: camera, layers, what is hidden, isolated and marked.");
    view::ViewSettings v = aim(f);
    v.layers.hovered.clear();
    std::string link = view::to_link(v);
    ImGui::SetNextItemWidth(-1.0f);
    ImGui::InputText("##linktext", &link, ImGuiInputTextFlags_ReadOnly | ImGuiInputTextFlags_AutoSelectAll);
    if (button("Copy", "", "Puts the line on the clipboard.", key_name(Key::Copy))) copy_link(f);
    ImGui::SameLine();
    if (button("Paste", "", "Goes to the view of the line on the clipboard.", key_name(Key::Paste)))
        paste_link(f);
    ImGui::SameLine();
    if (button("Close", "", "", key_name(Key::Link))) a.link_open = false;
    if (!a.message.empty()) text_soft_wrapped(a.message);
    ImGui::End();
}

} // namespace tb::ui::anatomy_screen
