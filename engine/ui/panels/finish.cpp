// Sharps, hands, advice, record, follow-up, end.
#include <algorithm>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

void sharps(Frame& f, const char* name, const char* item, const session::SyringeState& y) {
    ImGui::PushID(item);
    sign(y.gauge == 0 ? Sign::Done : Sign::Open);
    text(y.gauge == 0 ? fmt::format("{}: {}", name, y.disposed ? "disposed of" : "not used")
                      : fmt::format("{}: {} G still mounted", name, y.gauge));
    if (y.gauge != 0) {
        action_button(f, "Sharps box", events::Dispose{item, "sharps_box"},
                      "The only right place; never recap by hand.", "", true);
        ImGui::SameLine();
        action_button(f, "Bin", events::Dispose{item, "bin"}, "The waste bin.");
        ImGui::SameLine();
        action_button(f, "Tray", events::Dispose{item, "tray"}, "Lays it down on the tray.");
    }
    ImGui::PopID();
}

std::string words_of(std::string field) {
    std::replace(field.begin(), field.end(), '_', ' ');
    if (!field.empty() && field[0] >= 'a' && field[0] <= 'z')
        field[0] = static_cast<char>(field[0] - 'a' + 'A');
    return field;
}

} // namespace

void draw_finish(Frame& f) {
    const session::SimState& s = *f.sim();
    heading(f.fonts, "Sharps and waste");
    sharps(f, "Injection needle", "needle", s.injection);
    sharps(f, "Fine needle", "wheal_needle", s.wheal);
    action_button(f, "Swab into the bin", events::Dispose{"swab", "bin"}, "");
    ImGui::SameLine();
    action_button(f, "Gloves off", events::Dispose{"gloves", "bin"}, "");
    heading(f.fonts, "Hands");
    running_activity(f, s.activity == "hand_rub" ? 20.0 : 0.0);
    action_button(f, "Alcohol hand rub", events::BeginActivity{"hand_rub"},
                  "20 to 30 s, after the gloves are off.");
    if (s.activity == "hand_rub") {
        ImGui::SameLine();
        fast_forward_button(f, 25.0, "Let 25 s pass");
    }
    conversation(f, {"advice"});
    const auto& fields = f.model.scenario->tables.record_fields;
    heading(f.fonts, fmt::format("Record: {} of {} fields", s.documented.size(), fields.size()));
    const float half = 0.5f * ImGui::GetContentRegionAvail().x;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i % 2 == 1) ImGui::SameLine(half);
        const bool written = s.documented.contains(fields[i]);
        ImGui::PushID(fields[i].c_str());
        const ImVec2 p = ImGui::GetCursorScreenPos();
        const float height = ImGui::GetTextLineHeight();
        const events::Action write = events::Document{fields[i]};
        const std::string off = f.why_not(write);
        if (ImGui::Selectable("##field", false, 0, {half - ImGui::GetStyle().ItemSpacing.x, height}) &&
            off.empty())
            f.act(write);
        tip(off.empty() ? (written ? "Written." : "Writes this into the record.") : std::string_view(off));
        ImDrawList* list = ImGui::GetWindowDrawList();
        draw_sign(list, {p.x + 0.5f * height, p.y + 0.5f * height}, 0.34f * height,
                  written ? Sign::Done : Sign::Open);
        const std::string name = shortened(words_of(fields[i]), half - 1.6f * height);
        list->AddText({p.x + 1.3f * height, p.y}, theme::packed(written ? theme::kTextSoft : theme::kText),
                      name.c_str());
        ImGui::PopID();
    }
    conversation(f, {"sharps", "hands-2", "record", "follow-up"});
    heading(f.fonts, "End");
    if (button("Finish the case", f.why_not(events::FinishCase{"injected"}), "Ends the case and scores it.",
               "F10", {{-1.0f, 0.0f}, true, false})) {
        f.state.ask_finish = true;
    }
}

} // namespace tb::ui
