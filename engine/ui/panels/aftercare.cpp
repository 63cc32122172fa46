// Pressure, stretch, re-check, observation.
#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {

void draw_aftercare(Frame& f) {
    const session::SimState& s = *f.sim();
    const procedure::Facts& facts = s.procedure.facts();
    const auto needed = [&]() -> double {
        if (s.activity == "gauze_pressure") return 120.0;
        if (s.activity == "observe") return 900.0;
        return 0.0;
    };
    running_activity(f, needed());
    heading(f.fonts, "Press");
    action_button(f, "Gauze, firm pressure", events::BeginActivity{"gauze_pressure"},
                  "Two minutes; five on blood thinners.", "8", facts.pressure_s < 120.0);
    // The gauze in the hand counts when it is lifted; meanwhile its time is shown.
    const double pressing = s.gauze_presses() && s.activity != "gauze_pressure"
                                ? seconds_of(s.now - s.contact_since).value()
                                : 0.0;
    value_line("Pressed so far", clock_text(facts.pressure_s + pressing));
    if (s.activity == "gauze_pressure") fast_forward_button(f, 120.0, "Let 2 min pass");

    heading(f.fonts, "Stretch");
    action_button(f, "One full stretch", events::BeginActivity{"stretch"},
                  "Slowly from fully shortened to fully lengthened; three times.");
    value_line("Full cycles", fmt::format("{} of 3", facts.stretches));

    heading(f.fonts, "Check again");
    if (s.tool != events::Tool::Finger)
        action_button(f, "Take the examining finger", events::SelectTool{events::Tool::Finger},
                      "Palpate the band again.", "2");
    conversation(f, {"recheck"});

    heading(f.fonts, "Observe");
    action_button(f, "Observe", events::BeginActivity{"observe"},
                  "Lying, then sitting; 15 min, or 30 after points near the lung.");
    value_line("Observed so far", clock_text(facts.observed_s));
    if (s.activity == "observe") {
        fast_forward_button(f, 300.0, "Let 5 min pass");
        ImGui::SameLine();
        fast_forward_button(f, 900.0, "Let 15 min pass");
    }
    conversation(f, {"observe", "pressure", "stretch"});
}

} // namespace tb::ui
