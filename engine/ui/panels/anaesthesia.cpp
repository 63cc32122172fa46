// Skin anaesthesia: wheal, cold spray or none; wait and test.
#include <fmt/format.h>

#include "procedure/words.h"
#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {

void draw_anaesthesia(Frame& f) {
    const session::SimState& s = *f.sim();
    const std::string& method = s.procedure.facts().anaesthesia;
    conversation(f, {"choose-anaesthesia"});
    heading(f.fonts, "Method");
    const auto choose = [&](const char* label, const char* value, std::string_view what) {
        action_button(f, label, events::Declare{std::string(procedure::words::kAnaesthesia), value}, what, "",
                      false, method == value);
    };
    choose("Wheal", "wheal",
           "A little local anaesthetic into the skin: 27 to 30 G, 10 to 20°, 0.1 to 0.5 mL, slowly.");
    ImGui::SameLine();
    choose("Cold spray", "spray", "4 to 10 s from 8 to 18 cm on dry skin; the needle within a minute.");
    ImGui::SameLine();
    choose("None", "none", "For a single fine needle, if the patient agrees.");

    if (method == "spray") {
        heading(f.fonts, "Cold spray");
        if (s.tool != events::Tool::Spray)
            action_button(f, "Take the spray", events::SelectTool{events::Tool::Spray}, "", "5", true);
        value_line("Sprayed", fmt::format("{:.1f} s", s.spray.seconds));
        if (s.spray.seconds > 0.0)
            value_line("Mean distance", fmt::format("{:.0f} mm", s.spray.distance_sum / s.spray.seconds));
        text_soft_wrapped("Hold the button or Space over the mark; stop when the skin whitens.");
    } else if (method != "none") {
        heading(f.fonts, "Wheal syringe");
        draw_syringe(f, events::Syringe::Wheal);
        heading(f.fonts, "Wheal");
        draw_needle_controls(f, events::Syringe::Wheal);
    }
    if (s.numb_from >= 0) {
        heading(f.fonts, "Numb skin");
        const double to_go = seconds_of(s.numb_from - s.now).value(),
                     left = seconds_of(s.numb_until - s.now).value();
        sign(to_go > 0.0 ? Sign::Current : left > 0.0 ? Sign::Done : Sign::Info);
        text_wrapped(to_go > 0.0  ? fmt::format("Wait {:.0f} s for the effect, then test.", to_go)
                     : left > 0.0 ? fmt::format("Should be numb; wears off in {}.", clock_text(left))
                                  : "The numbness has worn off.");
        if (to_go > 0.0) {
            f.out.wants_redraw = true;
            fast_forward_button(f, to_go + 1.0, "Let it take effect now");
        }
    }
    conversation(f, {"wheal", "vapocoolant", "wait"});
}

} // namespace tb::ui
