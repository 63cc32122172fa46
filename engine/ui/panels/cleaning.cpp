// Antiseptic: choice, coverage map, rubbing and drying time.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

/// The 100 mm square around the mark: bare, wet (bright, with dots) or dried film, and the circle that
/// counts.
void coverage_map(const tissue::SkinPrep& prep, float side) {
    const ImVec2 p = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(p, {p.x + side, p.y + side}, theme::packed(theme::kBackdrop));
    constexpr int kStride = 2; // 32 x 32 squares are enough for a preview
    constexpr int kSquares = tissue::SkinPrep::kCells / kStride;
    const float step = side / static_cast<float>(kSquares);
    const auto& film = prep.film();
    for (int row = 0; row < kSquares && !film.empty(); ++row) {
        for (int column = 0; column < kSquares; ++column) {
            const auto index =
                static_cast<std::size_t>(row * kStride * tissue::SkinPrep::kCells + column * kStride);
            const std::uint8_t v = index < film.size() ? film[index] : std::uint8_t{0};
            if (v == 0) continue;
            // Rows of the film run along e2, which points up on the picture.
            const ImVec2 a{p.x + static_cast<float>(column) * step,
                           p.y + static_cast<float>(kSquares - 1 - row) * step};
            const bool wet = v >= 128;
            list->AddRectFilled(a, {a.x + step, a.y + step},
                                theme::packed(theme::kAccentFill, wet ? 1.0f : 0.6f));
            if (wet)
                list->AddRectFilled({a.x + 0.3f * step, a.y + 0.3f * step},
                                    {a.x + 0.7f * step, a.y + 0.7f * step}, theme::packed(theme::kAccent));
        }
    }
    const ImVec2 c{p.x + 0.5f * side, p.y + 0.5f * side};
    const auto field = static_cast<float>(tissue::SkinPrep::kField_mm /
                                          (0.5 * tissue::SkinPrep::kCells * tissue::SkinPrep::kCell_mm));
    list->AddCircle(c, 0.5f * side * field, theme::packed(theme::kText), 40, 1.5f);
    list->AddLine({c.x - 4.0f, c.y}, {c.x + 4.0f, c.y}, theme::packed(theme::kText), 1.5f);
    list->AddLine({c.x, c.y - 4.0f}, {c.x, c.y + 4.0f}, theme::packed(theme::kText), 1.5f);
    list->AddRect(p, {p.x + side, p.y + side}, theme::packed(theme::kLine));
    ImGui::Dummy({side, side});
    tip("Around the mark: dotted squares are wet, plain ones have dried. The circle of 25 mm radius is the "
        "field that counts.");
}

} // namespace

void draw_cleaning(Frame& f) {
    const session::SimState& s = *f.sim();
    const auto& tables = f.model.scenario->tables;
    heading(f.fonts, "Antiseptic");
    for (const scenario::AntisepticAgent& agent : tables.antiseptics) {
        const std::string label =
            shortened(agent.name, ImGui::GetContentRegionAvail().x - 1.2f * theme::em()) + "###" + agent.id;
        action_button(f, label.c_str(), events::TakeAntiseptic{agent.id},
                      fmt::format("{}. {}", agent.name, agent.note), "", false, s.antiseptic == agent.id,
                      -1.0f);
    }
    if (s.tool != events::Tool::Swab) {
        action_button(f, "Take the swab", events::SelectTool{events::Tool::Swab}, "", "4",
                      !s.antiseptic.empty());
    }
    if (!s.mark) {
        sign(Sign::Caution);
        text_wrapped("Nothing is marked: without a mark no field can be judged.");
    }
    heading(f.fonts, "Field");
    const tissue::SkinPrep::State state = s.prep.state();
    const auto* agent = tables.antiseptic(s.prep.agent());
    const double rub = agent != nullptr ? agent->friction_s : 30.0,
                 dry = agent != nullptr ? agent->drying_s : 30.0;
    const float map = std::min(8.0f * theme::em(), 0.48f * ImGui::GetContentRegionAvail().x);
    coverage_map(s.prep, map);
    ImGui::SameLine();
    ImGui::BeginGroup();
    const float wide = ImGui::GetContentRegionAvail().x;
    cue_bar("Covered", state.coverage, fmt::format("{:.0f} %", 100.0 * state.coverage), theme::kAccent, wide);
    cue_bar("Rubbed", state.friction_s / std::max(1.0, rub),
            fmt::format("{:.0f}/{:.0f} s", state.friction_s, rub), theme::kAccent, wide);
    cue_bar("Outward", state.outward, fmt::format("{:.0f} %", 100.0 * state.outward), theme::kAccent, wide);
    cue_bar("Dry", state.dryness,
            s.prep.agent().empty() ? "–" : fmt::format("{:.0f} %", 100.0 * state.dryness), theme::kAccent,
            wide);
    ImGui::EndGroup();
    if (!s.prep.agent().empty() && state.dryness < 1.0 && s.tool != events::Tool::Swab)
        f.out.wants_redraw = true;
    if (!s.prep.agent().empty()) {
        const double left = dry * (1.0 - state.dryness);
        sign(state.touched_after ? Sign::Danger : state.dryness >= 1.0 ? Sign::Done : Sign::Current);
        text_wrapped(state.touched_after ? "Touched after cleaning: clean and dry again."
                     : state.dryness >= 1.0
                         ? "Dry. Do not touch it again."
                         : fmt::format("Let it dry: {:.0f} s to go. No fanning, no wiping.", left));
        if (state.dryness < 1.0) fast_forward_button(f, std::max(1.0, std::ceil(left)), "Let it dry now");
    }
    conversation(f, {"antiseptic", "dry", "no-touch"});
}

} // namespace tb::ui
