// Anatomy browser: find, show, hide and peel structures, and read what is known about them.
#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>
#include <imgui.h>

#include <imgui_stdlib.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) {
               return std::tolower(static_cast<unsigned char>(a)) ==
                      std::tolower(static_cast<unsigned char>(b));
           }) != text.end();
}

struct Group {
    const char* title;
    bool (*holds)(StructureKind);
};
constexpr std::array<Group, 6> kGroups{{
    {"Muscles", [](StructureKind k) { return k == StructureKind::Muscle || k == StructureKind::Tendon; }},
    {"Bones and cartilage",
     [](StructureKind k) { return k == StructureKind::Bone || k == StructureKind::Cartilage; }},
    {"Vessels", [](StructureKind k) { return k == StructureKind::Vein || k == StructureKind::Artery; }},
    {"Nerves and spinal canal",
     [](StructureKind k) { return k == StructureKind::Nerve || k == StructureKind::Canal; }},
    {"Pleura, lung, organs",
     [](StructureKind k) {
         return k == StructureKind::Pleura || k == StructureKind::Lung || k == StructureKind::Organ;
     }},
    {"Skin", [](StructureKind k) { return k == StructureKind::Skin; }},
}};

const char* side_word(anatomy::Side side) {
    return side == anatomy::Side::Right ? "right" : side == anatomy::Side::Left ? "left" : "midline";
}

/// Turns the camera to a structure: centre of its mesh, distance from its size; seen from the side it lies
/// on.
void look_at(Frame& f, StructureId id) {
    const geometry::Mesh& mesh = f.model.body->atlas().mesh(id, 99); // the coarsest level is enough
    geometry::Box box;
    for (const auto& p : mesh.positions)
        box.add(geometry::Vec3(p));
    if (box.empty()) return;
    f.view.camera.focus = glm::vec3(box.centre());
    f.view.camera.distance_mm =
        std::clamp(static_cast<float>(3.2 * glm::length(box.size())), 250.0f, 4000.0f);
}

void select(Frame& f, const anatomy::Structure& s, StructureId id) {
    f.state.structure = s.id;
    f.view.layers.highlighted = {s.id};
    f.view.layers.hidden.erase(s.id);
    look_at(f, id);
}

void structure_list(Frame& f) {
    const auto& structures = f.model.body->atlas().catalogue().structures;
    ImGui::SetNextItemWidth(-1.0f);
    ImGui::InputTextWithHint("##search", "search: English, Latin, id", &f.state.search);
    if (!ImGui::BeginChild("##list")) {
        ImGui::EndChild();
        return;
    }
    for (const Group& group : kGroups) {
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < structures.size(); ++i) {
            const anatomy::Structure& s = structures[i];
            if (!group.holds(s.kind)) continue;
            if (contains(s.name, f.state.search) || contains(s.ta2, f.state.search) ||
                contains(s.id, f.state.search))
                rows.push_back(i);
        }
        if (rows.empty()) continue;
        const std::string title = fmt::format("{} ({})###{}", group.title, rows.size(), group.title);
        if (!f.state.search.empty()) ImGui::SetNextItemOpen(true);
        if (!ImGui::CollapsingHeader(title.c_str())) continue;
        ImGuiListClipper clipper;
        clipper.Begin(static_cast<int>(rows.size()));
        while (clipper.Step()) {
            for (int r = clipper.DisplayStart; r < clipper.DisplayEnd; ++r) {
                const std::size_t index = rows[static_cast<std::size_t>(r)];
                const anatomy::Structure& s = structures[index];
                ImGui::PushID(s.id.c_str());
                bool shown = !f.view.layers.hidden.contains(s.id);
                if (ImGui::Checkbox("##shown", &shown)) {
                    if (shown) {
                        f.view.layers.hidden.erase(s.id);
                    } else {
                        f.view.layers.hidden.insert(s.id);
                    }
                }
                tip(shown ? "Shown. Uncheck to take it off." : "Taken off.");
                ImGui::SameLine();
                const std::string name = s.side == anatomy::Side::Midline
                                             ? s.name
                                             : fmt::format("{}, {}", s.name, side_word(s.side));
                if (ImGui::Selectable(shortened(name, ImGui::GetContentRegionAvail().x).c_str(),
                                      f.state.structure == s.id)) {
                    select(f, s, StructureId{static_cast<std::uint32_t>(index)});
                }
                tip(name);
                ImGui::PopID();
            }
        }
    }
    ImGui::EndChild();
}

/// "neck_shoulder" as "Neck shoulder".
std::string words_of(std::string id) {
    std::replace(id.begin(), id.end(), '_', ' ');
    if (!id.empty() && id[0] >= 'a' && id[0] <= 'z') id[0] = static_cast<char>(id[0] - 'a' + 'A');
    return id;
}

/// Names with leader lines beside the figure; placed again only when the view changes.
void draw_labels(Frame& f) {
    Shell::State& s = f.state;
    if (!s.labels || f.model.body == nullptr) return;
    const Rect& v = f.out.view;
    const glm::vec2 size{v.width, v.height};
    if (!s.placed_for || !(*s.placed_for == f.view) || s.placed_size != size) {
        view::LabelStyle style;
        style.line_height_px = 1.2f * theme::em();
        style.character_px = 0.5f * theme::em();
        s.placed = view::place_labels(*f.model.body, f.view, size, style);
        s.placed_for = f.view;
        s.placed_size = size;
    }
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    ImFont* font = f.fonts.small != nullptr ? f.fonts.small : ImGui::GetFont();
    for (const view::Label& label : s.placed) {
        const ImVec2 box{v.x + label.box_px.x, v.y + label.box_px.y};
        const ImVec2 extent = font->CalcTextSizeA(font->FontSize, 1e9f, 0.0f, label.text.c_str());
        const float wished = label.right ? box.x : box.x + std::max(0.0f, label.size_px.x - extent.x);
        const float left =
            std::clamp(wished, v.x + 6.0f, std::max(v.x + 6.0f, v.x + v.width - extent.x - 6.0f));
        const ImVec2 from{label.right ? left - 4.0f : left + extent.x + 4.0f, box.y + 0.5f * font->FontSize};
        const ImVec2 to{v.x + label.anchor_px.x, v.y + label.anchor_px.y};
        list->AddLine(from, to, theme::packed(theme::kTextSoft, 0.8f), 1.0f);
        list->AddCircleFilled(to, 2.5f, theme::packed(theme::kText));
        list->AddRectFilled({left - 3.0f, box.y - 1.0f},
                            {left + extent.x + 3.0f, box.y + font->FontSize + 1.0f},
                            theme::packed(theme::kBackdrop, 0.75f), 3.0f);
        list->AddText(font, font->FontSize, {left, box.y}, theme::packed(theme::kText), label.text.c_str());
    }
}

void known(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text_soft(name);
    text_wrapped(value);
}

void structure_facts(Frame& f) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const StructureId id = atlas.find(f.state.structure);
    if (!id.valid()) {
        text_soft_wrapped("Choose a structure from the list to see it and to read about it.");
        return;
    }
    const anatomy::Structure& s = atlas.structure(id);
    {
        const theme::UseFont bold(f.fonts.bold);
        text_wrapped(s.name);
    }
    const theme::UseFont small(f.fonts.small);
    known("Terminologia Anatomica", s.ta2);
    value_line("Side", side_word(s.side));
    if (s.layer > 0) value_line("Layer", fmt::format("{} (1 is outermost)", s.layer));
    known("Origin", s.origin);
    known("Insertion", s.insertion);
    known("Nerve", s.nerve);
    known("Action", s.action);
    if (!s.hazard.empty()) {
        sign(Sign::Caution);
        text_wrapped(s.hazard);
    }
    known("Note", s.note);
    if (s.volume_ml > 0.0) value_line("Volume", fmt::format("{:.1f} mL", s.volume_ml));
    known("Source", s.source);
    const std::string base = s.side == anatomy::Side::Midline ? s.id : s.id.substr(0, s.id.size() - 2);
    bool headed = false;
    for (const anatomy::TriggerPoint& t : atlas.trigger_points()) {
        if (t.muscle != base) continue;
        if (!headed) heading(f.fonts, "Trigger points");
        headed = true;
        sign(Sign::Info);
        text_wrapped(t.location.empty() ? t.id : t.location);
    }
}

} // namespace

void draw_layer_controls(Frame& f, bool all) {
    view::Layers& layers = f.view.layers;
    const float wide = ImGui::GetContentRegionAvail().x;
    const float column = 4.2f * theme::em();
    const auto slider = [&](const char* name, const char* id, float& value, float width) {
        ImGui::AlignTextToFramePadding();
        text_soft(name);
        all ? ImGui::SameLine(column) : ImGui::SameLine();
        ImGui::SetNextItemWidth(width);
        float percent = 100.0f * value;
        if (ImGui::SliderFloat(id, &percent, 0.0f, 100.0f, "%.0f %%")) value = percent / 100.0f;
    };
    if (!all) {
        slider("Skin", "##skin", layers.skin_opacity, 0.24f * wide);
        tip("How solid the skin is. 0 shows what the needle went through.");
        ImGui::SameLine();
        slider("Muscle", "##muscle", layers.muscle_opacity, 0.24f * wide);
        ImGui::SameLine();
        ImGui::Checkbox("Taut bands", &layers.show_bands);
        return;
    }
    const float width = wide - column;
    slider("Skin", "##skin", layers.skin_opacity, width);
    slider("Muscle", "##muscle", layers.muscle_opacity, width);
    ImGui::AlignTextToFramePadding();
    text_soft("Peel");
    ImGui::SameLine(column);
    ImGui::SetNextItemWidth(width);
    ImGui::SliderInt("##peel", &layers.deepest_hidden_layer, 0, 6,
                     layers.deepest_hidden_layer == 0 ? "nothing taken off" : "layers to %d off");
    tip("Takes muscles off layer by layer from outside.");
    const auto box = [](const char* name, bool& value, bool same_line) {
        if (same_line) ImGui::SameLine(0.0f, theme::em());
        ImGui::Checkbox(name, &value);
    };
    box("Skin", layers.skin, false);
    box("Muscles", layers.muscles, true);
    box("Bones", layers.bones, true);
    box("Vessels", layers.vessels, false);
    box("Nerves", layers.nerves, true);
    box("Organs", layers.organs, true);
    box("Cut plane", layers.cut, false);
    box("Labels", f.state.labels, true);
    if (button("Show everything", "", "", "")) layers = {};
}

void draw_anatomy(Frame& f) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float em = theme::em(), bar = 2.6f * em;
    const float left = std::min(17.0f * em, 0.28f * size.x), right = std::min(17.0f * em, 0.28f * size.x);
    f.area = {0.0f, 0.0f, size.x, bar};
    begin_panel("##atop", f.area, theme::kCard, ImGuiWindowFlags_NoScrollbar);
    ImGui::SetCursorPosY(0.5f * (bar - ImGui::GetFrameHeight()));
    const bool escape = ImGui::IsKeyPressed(41, false) && !ImGui::GetIO().WantTextInput;
    if (button("Back", "", "", "Esc") || escape) open_screen(f, f.state.before);
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    {
        const theme::UseFont bold(f.fonts.bold);
        text("Anatomy");
    }
    ImGui::SameLine(0.0f, 1.5f * em);
    ImGui::AlignTextToFramePadding();
    text_soft("Drag to turn, right-drag to slide, wheel to come closer; Ctrl with the arrow keys turns.");
    ImGui::End();
    f.area = {0.0f, bar, left, size.y - bar};
    begin_panel("##structures", f.area, theme::kPanel, ImGuiWindowFlags_NoScrollbar);
    if (f.model.body == nullptr) {
        text_soft_wrapped("The body is not loaded.");
    } else {
        const theme::UseFont small(f.fonts.small);
        structure_list(f);
    }
    ImGui::End();
    f.area = {size.x - right, bar, right, size.y - bar};
    begin_panel("##facts", f.area, theme::kPanel);
    {
        const theme::UseFont small(f.fonts.small);
        heading(f.fonts, "Views");
        const std::string current = f.state.view_name.empty() ? "choose a view" : f.state.view_name;
        ImGui::SetNextItemWidth(-1.0f);
        if (ImGui::BeginCombo("##views", words_of(current).c_str(), ImGuiComboFlags_HeightLarge)) {
            for (const view::NamedView& v : view::named_views()) {
                if (ImGui::Selectable(words_of(v.name).c_str(), v.name == f.state.view_name)) {
                    f.view = v.settings;
                    f.state.view_name = v.name;
                }
                tip(v.description);
            }
            ImGui::EndCombo();
        }
        heading(f.fonts, "Layers");
        draw_layer_controls(f, true);
        heading(f.fonts, "Structure");
    }
    if (f.model.body != nullptr) structure_facts(f);
    ImGui::End();
    f.out.view = {left, bar, size.x - left - right, size.y - bar};
    read_camera(f);
    draw_labels(f);
}

} // namespace tb::ui
