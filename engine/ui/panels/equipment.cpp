// Tray, drug and needle.
#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {

void draw_equipment(Frame& f) {
    const session::SimState& s = *f.sim();
    const auto& items = f.model.scenario->tables.equipment;
    heading(f.fonts, fmt::format("Tray: {} things laid out", s.tray.size()));
    // Wanted and unwanted things stand mixed, in the table's order: choosing is part of the task.
    for (const scenario::EquipmentItem& item : items) {
        const bool there = s.tray.contains(item.id);
        ImGui::PushID(item.id.c_str());
        const events::Action take = events::TakeItem{item.id};
        const ImVec2 p = ImGui::GetCursorScreenPos();
        const float height = ImGui::GetTextLineHeight();
        const std::string off = f.why_not(take);
        if (ImGui::Selectable("##item", false, 0, {0.0f, height}) && off.empty()) f.act(take);
        tip(off.empty() ? "Puts this on the tray." : off);
        ImDrawList* list = ImGui::GetWindowDrawList();
        draw_sign(list, {p.x + 0.5f * height, p.y + 0.5f * height}, 0.34f * height,
                  there ? Sign::Done : Sign::Open);
        list->AddText({p.x + 1.3f * height, p.y}, theme::packed(there ? theme::kTextSoft : theme::kText),
                      item.name.c_str());
        ImGui::PopID();
    }
    heading(f.fonts, "Vial stopper");
    running_activity(f, s.activity == "stopper_rub" ? 15.0 : 0.0);
    action_button(f, "Rub the stopper", events::BeginActivity{"stopper_rub"},
                  "Alcohol on the vial's stopper for at least 15 s, before drawing up.");
    if (s.activity == "stopper_rub") {
        ImGui::SameLine();
        fast_forward_button(f, 15.0, "Let 15 s pass");
    }
    heading(f.fonts, "Injection syringe");
    draw_syringe(f, events::Syringe::Injection);
    conversation(f, {"gather", "drug-check", "needle-choice"});
}

} // namespace tb::ui
