// How much a practising trainee sees: chosen with the case, changed in it, and one step further after it.
#include <algorithm>

#include <fmt/format.h>

#include "training/ladder.h"
#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/theme.h"

namespace tb::ui {

using events::Sight;

std::string_view sight_name(Sight sight) {
    constexpr std::string_view kNames[] = {"Seen through", "Half seen", "Blind"};
    return kNames[static_cast<std::size_t>(sight)];
}

std::string_view sight_words(Sight sight) {
    constexpr std::string_view kWords[] = {
        "Skin and muscle translucent, with taut band, nodule and hazards. Noted as help.",
        "The muscles shine faintly through the skin; the band is yours to find. Noted as help.",
        "Skin only, as in life. Help comes when you ask for it."};
    return kWords[static_cast<std::size_t>(sight)];
}

void choose_sight(Frame& f, Sight sight) {
    if (sight != f.state.sight) f.note_help(std::string(events::word_of(sight)));
}

void draw_sight_choice(Frame& f) {
    ImGui::AlignTextToFramePadding();
    text_soft("What you see");
    for (const Sight s : events::kSights) {
        ImGui::SameLine();
        ButtonLook look;
        look.chosen = s == f.state.chosen_sight;
        if (button(sight_name(s).data(), "", sight_words(s), "", look)) f.state.chosen_sight = s;
    }
    text_soft_wrapped(sight_words(f.state.chosen_sight));
}

void draw_sight_row(Frame& f) {
    if (!f.model.mode.ladder || f.model.session == nullptr) return;
    const theme::UseFont small(f.fonts.small);
    const Rect& view = f.out.view;
    const float em = theme::em(), height = ImGui::GetFrameHeight() + 2.0f * ImGui::GetStyle().WindowPadding.y;
    // Right of the peel slider; under it where the words would not fit there.
    const bool beside = 0.5f * view.width >= 12.0f * em;
    const float wide = std::min(17.0f * em, beside ? 0.5f * view.width : view.width);
    ImVec4 ground = theme::kPanel;
    ground.w = 0.85f;
    begin_panel(
        "##sightrow",
        {view.x + (beside ? view.width - wide : 0.0f), view.y + (beside ? 0.0f : height), wide, height},
        ground, ImGuiWindowFlags_NoScrollbar);
    ImGui::AlignTextToFramePadding();
    text_soft(fmt::format("See ({})", row(Shortcut::Sight).name));
    ImGui::SameLine();
    ImGui::SetNextItemWidth(-1.0f);
    if (ImGui::BeginCombo("##sight", sight_name(f.state.sight).data())) {
        for (const Sight s : events::kSights) {
            if (ImGui::Selectable(sight_name(s).data(), s == f.state.sight)) choose_sight(f, s);
            tip(sight_words(s));
        }
        ImGui::EndCombo();
    }
    tip(fmt::format("{} Key: {}", sight_words(f.state.sight), row(Shortcut::Sight).name));
    ImGui::End();
}

void draw_next_step(Frame& f) {
    if (!f.model.mode.ladder || f.log() == nullptr || f.model.scenario == nullptr) return;
    const Sight done = training::step_done(f.log()->events());
    const auto next = training::next_step(done, f.model.assessment->pass);
    if (!next) return;
    const std::string label =
        fmt::format("Once more, {}###oncemore", in_sentence(std::string(sight_name(*next))));
    if (button(label.c_str(), why_not_begin(f),
               fmt::format("The same patient from the beginning. {}", sight_words(*next)), "",
               {{}, f.model.assessment->pass, false})) {
        f.command(Command::Kind::OnceMore);
        f.out.commands.back().sight = *next;
    }
    const std::string shown = in_sentence(std::string(sight_name(done)));
    text_soft_wrapped(next == done
                          ? fmt::format("This try counts as {}; the next step comes after a pass.", shown)
                          : fmt::format("This try counts as {}; the next step shows less.", shown));
}

} // namespace tb::ui
