// How the patient lies or sits.
#include <array>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {

void draw_position(Frame& f) {
    struct Row {
        events::Posture posture;
        const char* label;
        const char* what;
    };
    static constexpr std::array<Row, 5> kRows{{
        {events::Posture::Prone, "Prone", "Face down: back, buttock, back of the shoulder and neck."},
        {events::Posture::SideLyingLeft, "On the left side", "The right side is up."},
        {events::Posture::SideLyingRight, "On the right side", "The left side is up."},
        {events::Posture::Supine, "Supine", "Face up: front of the neck, chest, thigh."},
        {events::Posture::Sitting, "Sitting", "A patient who faints falls."},
    }};
    const session::SimState& s = *f.sim();
    heading(f.fonts, "Position");
    for (const Row& row : kRows) {
        action_button(f, row.label, events::SetPosture{row.posture}, row.what, "", false,
                      s.posture == row.posture, -1.0f);
    }
    value_line("Now", posture_name(s.posture));
    text_soft_wrapped("Lying is safer: a faint does no harm. The muscle should be slack for a pincer grip "
                      "and slightly stretched for flat palpation.");
    conversation(f, {"place"});
}

} // namespace tb::ui
