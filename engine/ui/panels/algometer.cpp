// The pressure algometer: its dial, and the thresholds read in this case.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"
#include "view/tool_shapes.h"

namespace tb::ui {
namespace {

constexpr std::size_t kListed = 6; ///< readings in the panel, the latest

/// On the dial in the hand the right of who looks is -x (tool_shapes.h); on the screen up is -y.
ImVec2 on_dial(ImVec2 centre, double kg_per_cm2, float r) {
    const glm::vec3 out = view::dial_direction(kg_per_cm2);
    return {centre.x - out.x * r, centre.y - out.z * r};
}

void list_reading(const Frame& f, const std::vector<scoring::AlgometerReading>& readings, std::size_t i,
                  bool named) {
    sign(readings[i].found.quick ? Sign::Caution : Sign::Info);
    text_wrapped(fmt::format("{}: {}", scoring::reading_place(f.model.body, readings[i].found, named),
                             scoring::reading_words(readings, i)));
}

} // namespace

void draw_dial(const Frame& f, float side) {
    const session::AlgometerState& a = f.sim()->algometer;
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const float r = 0.48f * side;
    const ImVec2 centre{low.x + 0.5f * side, low.y + 0.5f * side};
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddCircleFilled(centre, r, theme::packed(theme::kText), 48);
    list->AddCircle(centre, r, theme::packed(theme::kLine), 48, 2.0f);
    const ImU32 ink = theme::packed(theme::kBackdrop);
    ImFont* font = f.fonts.small != nullptr ? f.fonts.small : ImGui::GetFont();
    for (int i = 0; i <= static_cast<int>(view::kDialFull); ++i) {
        const bool major = i % 2 == 0;
        list->AddLine(on_dial(centre, i, r * (major ? 0.84f : 0.89f)), on_dial(centre, i, 0.95f * r), ink,
                      major ? 2.0f : 1.0f);
        const std::string number = std::to_string(i);
        const float size = std::min(font->FontSize, 0.26f * r);
        const ImVec2 wide = font->CalcTextSizeA(size, 1e9f, 0.0f, number.c_str());
        const ImVec2 at = on_dial(centre, i, 0.70f * r);
        if (major)
            list->AddText(font, size, {at.x - 0.5f * wide.x, at.y - 0.5f * wide.y}, ink, number.c_str());
    }
    // Above the face the red hand that was pushed along, over it the black one.
    list->AddLine(on_dial(centre, a.peak, -0.12f * r), on_dial(centre, a.peak, 0.86f * r),
                  IM_COL32(190, 30, 25, 255), 2.0f);
    list->AddLine(on_dial(centre, a.pressure, -0.15f * r), on_dial(centre, a.pressure, 0.80f * r), ink, 3.0f);
    list->AddCircleFilled(centre, 0.07f * r, ink, 16);
    ImGui::Dummy({side, side});
    tip("The algometer's dial, kg/cm². Black hand: pressure now. Red hand: highest since the tip was put "
        "down.");
}

void list_readings(const Frame& f, const std::vector<scoring::AlgometerReading>& readings, bool named) {
    for (std::size_t i = 0; i < readings.size(); ++i)
        list_reading(f, readings, i, named);
}

void draw_algometer(Frame& f) {
    const session::SimState& s = *f.sim();
    const session::AlgometerState& a = s.algometer;
    const tissue::Parameters& parameters = *f.model.session->world().parameters;
    heading(f.fonts, "Pressure pain threshold");
    if (s.tool != events::Tool::Algometer) {
        action_button(f, "Take the algometer", events::SelectTool{events::Tool::Algometer},
                      "A dial with a rubber tip of 1 cm²: measures the pressure at which it begins to hurt.",
                      "9");
    } else {
        const float side = std::min(9.0f * theme::em(), 0.5f * ImGui::GetContentRegionAvail().x);
        draw_dial(f, side);
        ImGui::SameLine();
        ImGui::BeginGroup();
        text(fmt::format("{:.1f} kg/cm²", a.pressure));
        text_soft(fmt::format("highest {:.1f}", a.peak));
        const double rising = a.touching ? std::max(0.0, a.rising()) : 0.0;
        text_soft(fmt::format("rising {:.1f} a second", rising));
        if (a.said && a.touching) {
            text_coloured(theme::kCaution, "It hurts: lift off.");
        } else if (rising > parameters.value("ppt.press_rate_most")) {
            text_coloured(theme::kCaution, "Slower.");
        }
        ImGui::EndGroup();
        text_soft_wrapped(
            fmt::format("Press straight down, {:.0f} kg/cm² a second (W held does), and stop when "
                        "the patient says that it hurts. Then the other side.",
                        parameters.value("ppt.press_rate")));
    }
    const auto& readings = f.state.readings;
    if (readings.empty()) return;
    const bool named = f.model.mode.immediate_feedback;
    if (const std::size_t n = readings.size(); n > kListed) {
        text_soft(fmt::format("{} earlier readings are in the log.", n - kListed));
    }
    for (std::size_t i = readings.size() > kListed ? readings.size() - kListed : 0; i < readings.size(); ++i)
        list_reading(f, readings, i, named);
}

} // namespace tb::ui
