// Hands and gloves; also used again before the finish.
#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {

void draw_hygiene(Frame& f) {
    const session::SimState& s = *f.sim();
    heading(f.fonts, "Hands");
    const bool washing = s.activity == "hand_wash";
    running_activity(f, s.activity == "hand_rub" ? 20.0 : washing ? 40.0 : 0.0);
    action_button(f, "Alcohol hand rub", events::BeginActivity{"hand_rub"}, "All surfaces, 20 to 30 s.", "",
                  s.activity.empty());
    ImGui::SameLine();
    action_button(f, "Wash", events::BeginActivity{"hand_wash"},
                  "Soap and water, 40 to 60 s, when hands are soiled.");
    fast_forward_button(f, washing ? 40.0 : 25.0, washing ? "Let 40 s pass" : "Let 25 s pass");
    text_soft_wrapped(
        "Start it, wait until the bar is full, then stop. Touching things afterwards can undo it.");

    heading(f.fonts, "Gloves");
    action_button(f, "Clean", events::WearGloves{events::Gloves::Clean}, "For palpation and marking.", "",
                  false, s.gloves == events::Gloves::Clean);
    ImGui::SameLine();
    action_button(f, "Sterile", events::WearGloves{events::Gloves::Sterile},
                  "If the fingers hold the band after the skin was cleaned.", "", false,
                  s.gloves == events::Gloves::Sterile);
    ImGui::SameLine();
    action_button(f, "None", events::WearGloves{events::Gloves::None}, "Bare hands.", "", false,
                  s.gloves == events::Gloves::None);
    conversation(f, {"hands", "gloves"});
}

} // namespace tb::ui
