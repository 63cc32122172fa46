// Warn, hold the band, enter, advance, aspirate, inject, withdraw.
#include <fmt/format.h>

#include "procedure/words.h"
#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {

void draw_injection(Frame& f) {
    const session::SimState& s = *f.sim();
    if (!s.needle.under_skin) conversation(f, {"warn"});
    heading(f.fonts, "Hold the band");
    const bool held = s.activity == procedure::words::kFixBand;
    if (held) {
        sign(Sign::Done);
        text("Band held between two fingers");
        action_button(f, "Let go", events::EndActivity{}, "");
    } else {
        action_button(f, "Hold between two fingers",
                      events::BeginActivity{std::string(procedure::words::kFixBand)},
                      "Two fingers either side of the point keep the band from rolling away.", "",
                      s.tool == events::Tool::Needle);
    }
    heading(f.fonts, "Needle");
    draw_needle_controls(f, events::Syringe::Injection);
    if (s.needle.under_skin && s.pass.number > 0) value_line("Pass", fmt::format("{}", s.pass.number));
    if (s.tool == events::Tool::Needle) {
        text_soft_wrapped("To change direction, first withdraw to just under the skin (2 to 6 mm). Aspirate "
                          "again after every change.");
    }
    if (s.needle.under_skin) conversation(f, {"warn"});
    if (!s.needle.under_skin && s.injection.gauge == 0) {
        heading(f.fonts, "Syringe");
        draw_syringe(f, events::Syringe::Injection);
    }
    if (s.injection.out_of_skin >= 0 && !s.injection.disposed) {
        heading(f.fonts, "After the needle is out");
        action_button(f, "Needle into the sharps box", events::Dispose{"needle", "sharps_box"},
                      "At once, without recapping.", "", true);
    }
    conversation(f, {"fix", "enter", "depth", "aspirate", "deposit", "fan", "withdraw"});
}

} // namespace tb::ui
