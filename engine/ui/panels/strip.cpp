// Bottom: what the finger feels (pressure under the pad, force over time, band and knot in words) and what
// the patient shows.
#include <algorithm>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

/// Full scale of the pad map, kPa; 4 kg over the pad gives about twice this in the centre (est.).
constexpr float kPadFullScale_kPa = 150.0f;
constexpr float kFingerFullScale_N = 50.0f, kAlgometerFullScale_N = 100.0f, kNeedleFullScale_N = 4.0f,
                kStiffnessFullScale = 12.0f;

void polyline(ImDrawList* list, const std::deque<ChartSample>& chart, ImVec2 low, ImVec2 high,
              float ChartSample::*field, float full, const ImVec4& colour, float width) {
    constexpr float kSamples = 240.0f;
    const float step = (high.x - low.x) / (kSamples - 1.0f);
    float x = high.x - step * static_cast<float>(chart.size() > 0 ? chart.size() - 1 : 0);
    std::vector<ImVec2> points;
    points.reserve(chart.size());
    for (const ChartSample& s : chart) {
        points.push_back({x, high.y - (high.y - low.y) * std::clamp(s.*field / full, 0.0f, 1.0f)});
        x += step;
    }
    list->AddPolyline(points.data(), static_cast<int>(points.size()), theme::packed(colour), 0, width);
}

void draw_chart(const Frame& f, ImVec2 size, bool needle) {
    const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + size.x, low.y + size.y};
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(low, high, theme::packed(theme::kBackdrop));
    const bool algometer = f.sim()->tool == events::Tool::Algometer;
    const float full = needle ? kNeedleFullScale_N : algometer ? kAlgometerFullScale_N : kFingerFullScale_N;
    for (int i = 1; i < 4; ++i) {
        const float y = high.y - (high.y - low.y) * 0.25f * static_cast<float>(i);
        list->AddLine({low.x, y}, {high.x, y}, theme::packed(theme::kLine, 0.6f));
    }
    if (!needle && !algometer) { // 1.5 to 4 kg: the pressure the procedure asks for
        const auto y_of = [&](double kg) {
            return high.y - (high.y - low.y) * static_cast<float>(kg * kNewtonPerKilogram) / full;
        };
        list->AddRectFilled({low.x, y_of(4.0)}, {high.x, y_of(1.5)}, theme::packed(theme::kGood, 0.12f));
        polyline(list, f.state.chart, low, high, &ChartSample::stiffness, kStiffnessFullScale,
                 theme::kCaution, 1.0f);
    }
    polyline(list, f.state.chart, low, high, needle ? &ChartSample::needle_N : &ChartSample::press_N, full,
             theme::kAccent, 2.0f);
    list->AddRect(low, high, theme::packed(theme::kLine));
    ImGui::Dummy(size);
    tip(needle ? "Force on the needle over the last 12 s; full height 4 N."
        : algometer
            ? "Pressing force of the algometer over the last 12 s; full height 100 N."
            : "Thick line: pressing force, full height 50 N. Thin line: stiffness of the tissue, full "
              "height 12 N/mm. "
              "Shaded: 1.5 to 4 kg, the pressure to examine with. Last 12 s.");
}

void draw_algometer_feeling(const session::AlgometerState& a) {
    value_line("Pressure", a.touching ? fmt::format("{:.1f} kg/cm²", a.pressure) : "–");
    value_line("Highest", fmt::format("{:.1f} kg/cm²", a.peak));
    value_line("Dent", a.touching ? fmt::format("{:.1f} mm", a.indentation_mm) : "–");
}

void draw_feeling(const Frame& f, float width) {
    const session::SimState& s = *f.sim();
    if (s.tool == events::Tool::Algometer) return draw_algometer_feeling(s.algometer);
    const session::FingerState& finger = s.finger;
    const bool on = finger.touching;
    const double band = on ? finger.band_shown : 0.0, nodule = on ? finger.nodule_shown : 0.0;
    cue_bar("Band", band, on ? band_word(band) : "lifted", theme::kAccent, width);
    cue_bar("Knot", nodule, on ? nodule_word(nodule) : "lifted", theme::kAccent, width);
    const bool gauze = s.contact && s.tool == events::Tool::Gauze && s.pose;
    const double press_N = gauze ? s.pose->press.value() : finger.press_N;
    value_line("Press",
               on || gauze ? fmt::format("{:.1f} N, {:.1f} kg", press_N, press_N / kNewtonPerKilogram) : "–");
    value_line("Dent", on ? fmt::format("{:.1f} mm", finger.indentation_mm) : "–");
}

void draw_needle_feeling(const Frame& f, float width) {
    const session::SimState& s = *f.sim();
    cue_bar("Resistance", s.needle.force_N / static_cast<double>(kNeedleFullScale_N),
            fmt::format("{:.2f} N", s.needle.force_N), theme::kAccent, width);
    value_line("Depth", s.needle.under_skin ? fmt::format("{:.1f} mm", s.needle.depth_mm) : "outside");
    value_line("Feels like", s.needle.on_bone         ? "hard stop"
                             : s.needle.dent_mm > 1.0 ? "tissue resists"
                             : s.needle.under_skin    ? "sliding in"
                                                      : "–");
    if (s.needle.under_skin && s.needle.lateral_deg > 2.0)
        value_line("Bent", fmt::format("{:.0f}°", s.needle.lateral_deg));
}

void draw_patient_words(const Frame& f) {
    const session::SimState& s = *f.sim();
    const double pain = std::max(
        {s.pain_now, s.finger.touching ? s.finger.pain : 0.0, s.algometer.touching ? s.algometer.pain : 0.0});
    const float r = 1.15f * theme::em();
    const ImVec2 p = ImGui::GetCursorScreenPos();
    draw_face(ImGui::GetWindowDrawList(), {p.x + r, p.y + r}, r, pain);
    ImGui::Dummy({2.0f * r, 2.0f * r});
    ImGui::SameLine();
    ImGui::BeginGroup();
    {
        const theme::UseFont bold(f.fonts.bold);
        text(fmt::format("Pain {:.0f} of 10", pain));
    }
    text_soft(pain_word(pain));
    ImGui::EndGroup();
    const std::size_t n = f.state.speech.size();
    for (std::size_t i = n > 3 ? n - 3 : 0; i < n; ++i) {
        const FeedLine& line = f.state.speech[i];
        const bool patient = line.sign == Sign::Speech;
        ImGui::PushStyleColor(ImGuiCol_Text, patient ? theme::kText : theme::kTextSoft);
        text_wrapped(patient ? fmt::format("\"{}\"", line.text) : fmt::format("You: {}", line.text));
        ImGui::PopStyleColor();
    }
    if (n > 0) ImGui::SetScrollHereY(1.0f);
}

/// Strip switched off: nothing of what is felt is drawn or written, what the patient shows is.
void draw_without_strip(const Frame& f) {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (ImGui::BeginChild("##off", {0.45f * room.x, room.y}, false, ImGuiWindowFlags_NoScrollbar))
        text_soft_wrapped("The strip is off: what finger and needle feel is not drawn here.");
    ImGui::EndChild();
    ImGui::SameLine();
    if (ImGui::BeginChild("##words", {0.0f, room.y})) draw_patient_words(f);
    ImGui::EndChild();
}

} // namespace

void draw_strip(Frame& f) {
    const session::SimState* sim = f.sim();
    if (sim == nullptr) {
        text_soft("No case is running.");
        return;
    }
    const theme::UseFont small(f.fonts.small);
    if (!f.exploring()) draw_feel_switches(f); // while exploring nothing is felt, and the room is short
    if (!f.state.feel.strip) {
        draw_without_strip(f);
        return;
    }
    const bool needle = sim->tool == events::Tool::Needle || sim->tool == events::Tool::WhealNeedle;
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float gap = ImGui::GetStyle().ItemSpacing.x, caption = ImGui::GetTextLineHeightWithSpacing();
    const bool narrow = room.x < 30.0f * theme::em(); // large text: the chart gives way first
    const float pad = needle ? 0.0f : std::min(room.y - caption, 0.19f * room.x);
    const float words = (narrow ? 0.42f : 0.31f) * room.x, feeling = (narrow ? 0.34f : 0.25f) * room.x;
    const float chart = room.x - (needle ? 0.0f : pad + gap) - words - feeling - 2.0f * gap;

    if (!needle) {
        ImGui::BeginGroup();
        if (sim->tool == events::Tool::Algometer) {
            text_soft(shortened("Dial, kg/cm²", pad));
            draw_dial(f, pad);
        } else {
            text_soft(shortened(sim->finger.pincer ? "Pincer grip" : "Under the pad", pad));
            heat_map(sim->finger.pressure_kPa, tissue::kPadCells, kPadFullScale_kPa, pad,
                     "Pressure under the finger pad: brighter is more. Left to right runs along the muscle "
                     "fibres.");
        }
        ImGui::EndGroup();
        ImGui::SameLine();
    }
    if (!narrow || needle) {
        ImGui::BeginGroup();
        text_soft(shortened(needle ? "Force on the needle, 12 s" : "Pressing force, 12 s", chart));
        draw_chart(f, {chart, room.y - caption}, needle);
        ImGui::EndGroup();
        ImGui::SameLine();
    }
    if (ImGui::BeginChild("##feel", {feeling, room.y}, false, ImGuiWindowFlags_NoScrollbar)) {
        const float inner = ImGui::GetContentRegionAvail().x;
        needle ? draw_needle_feeling(f, inner) : draw_feeling(f, inner);
    }
    ImGui::EndChild();
    ImGui::SameLine();
    if (ImGui::BeginChild("##words", {0.0f, room.y})) draw_patient_words(f);
    ImGui::EndChild();
}

} // namespace tb::ui
