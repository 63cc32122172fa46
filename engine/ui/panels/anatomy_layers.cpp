// Layers: peeling from skin to bone, systems on and off, opacities. Shared by the Anatomy screen, the debrief
// and the case screen.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/panels/anatomy.h"
#include "ui/theme.h"
#include "view/peel.h"

namespace tb::ui {
namespace {

void peel_control(Frame& f, float width) {
    namespace screen = anatomy_screen;
    AnatomyState& a = f.state.anatomy;
    const view::PeelRegion* region = view::peel_region(a.peel_region);
    ImGui::AlignTextToFramePadding();
    text_soft("Peel");
    ImGui::SameLine(ImGui::GetWindowContentRegionMax().x - width);
    ImGui::SetNextItemWidth(width);
    const std::string now = region != nullptr ? std::string(region->word) : "Whole body";
    if (ImGui::BeginCombo("##peelregion", now.c_str(), ImGuiComboFlags_HeightLargest)) {
        if (ImGui::Selectable("Whole body", region == nullptr)) a.peel_region.clear();
        for (const view::PeelRegion& r : view::peel_regions()) {
            const auto it = f.view.layers.peel_in.find(std::string(r.id));
            const std::string label =
                it != f.view.layers.peel_in.end() && it->second > 0.0f
                    ? fmt::format("{}: {}", r.word, in_sentence(view::stage_words(it->second)))
                    : std::string(r.word);
            if (ImGui::Selectable(label.c_str(), &r == region)) a.peel_region = r.id;
        }
        ImGui::EndCombo();
    }
    tip("Which part of the body is peeled; every part keeps its own depth.");
    float stage = screen::peel_now(f);
    const std::string words = view::stage_words(stage);
    ImGui::SetNextItemWidth(-1.0f);
    if (ImGui::SliderFloat("##peel", &stage, 0.0f, view::kPeelBones, words.c_str())) {
        a.flow.stop();
        if (a.peel_region.empty()) {
            f.view.layers.peel = stage;
        } else {
            f.view.layers.peel_in[a.peel_region] = stage;
        }
        a.went = true;
    }
    if (ImGui::IsItemDeactivatedAfterEdit()) screen::peel_to(f, std::round(screen::peel_now(f)));
    tip("From the skin on the left to the bones on the right, layer by layer. Keys: [ and ]");
    const float change = (screen::key_pressed(f, screen::Key::PeelMore) ? 1.0f : 0.0f) -
                         (screen::key_pressed(f, screen::Key::PeelLess) ? 1.0f : 0.0f);
    if (change != 0.0f) screen::peel_to(f, std::round(screen::peel_now(f)) + change);
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
    peel_control(f, width);
    slider("Skin", "##skin", layers.skin_opacity, width);
    tip("How solid the skin is.");
    slider("Muscle", "##muscle", layers.muscle_opacity, width);
    tip("How solid the muscles are.");
    // Three in a row where the words fit, else two.
    const int columns = wide >= 15.0f * theme::em() ? 3 : 2;
    int place = 0;
    const auto box = [&](const char* name, bool& value) {
        const float each = wide / static_cast<float>(columns);
        if (place % columns > 0)
            ImGui::SameLine(ImGui::GetStyle().WindowPadding.x + static_cast<float>(place % columns) * each);
        ++place;
        ImGui::Checkbox(name, &value);
    };
    box("Skin", layers.skin);
    box("Muscles", layers.muscles);
    box("Bones", layers.bones);
    box("Vessels", layers.vessels);
    box("Nerves", layers.nerves);
    box("Organs", layers.organs);
    if (f.exploring() && may_show_points(f)) {
        ImGui::Checkbox("Taut bands of this patient", &layers.show_bands);
        tip("Shows what your finger is to find. It is noted as help.");
    }
}

void draw_case_layers(Frame& f) {
    if (!f.model.mode.xray || f.model.session == nullptr) return;
    view::Layers& layers = f.view.layers;
    const float change = keys_on_view(f) ? (ImGui::IsKeyPressed(key::kCloseBracket, false) ? 1.0f : 0.0f) -
                                               (ImGui::IsKeyPressed(key::kOpenBracket, false) ? 1.0f : 0.0f)
                                         : 0.0f;
    const theme::UseFont small(f.fonts.small);
    const float em = theme::em(), w = std::min(17.0f * em, 0.5f * f.out.view.width);
    ImVec4 ground = theme::kPanel;
    ground.w = 0.85f;
    begin_panel(
        "##caselayers",
        {f.out.view.x, f.out.view.y, w, ImGui::GetFrameHeight() + 2.0f * ImGui::GetStyle().WindowPadding.y},
        ground, ImGuiWindowFlags_NoScrollbar);
    ImGui::AlignTextToFramePadding();
    text_soft("Peel");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(-1.0f);
    int stage = static_cast<int>(std::lround(layers.peel));
    const bool slid = ImGui::SliderInt("##casepeel", &stage, 0, static_cast<int>(view::kPeelBones),
                                       view::stage_words(layers.peel).c_str());
    tip("Looks under the skin of this patient, layer by layer; for learning, not in an assessment. Keys: [ "
        "and ]");
    ImGui::End();
    if (!slid && change == 0.0f) return;
    const bool closed = layers.peel <= 0.0f;
    layers.peel = std::clamp(static_cast<float>(stage) + change, 0.0f, view::kPeelBones);
    if (closed && layers.peel > 0.0f) f.note_help("peel");
}

} // namespace tb::ui
