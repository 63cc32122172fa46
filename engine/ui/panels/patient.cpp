// Before touching: the patient's card and what can be asked.
#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

void list(std::string_view name, const std::vector<std::string>& entries, std::string_view none) {
    text_soft(name);
    if (entries.empty()) {
        text(none);
        return;
    }
    for (const std::string& e : entries) {
        sign(Sign::Info);
        text_wrapped(e);
    }
}

} // namespace

void draw_patient(Frame& f) {
    const scenario::Patient& p = f.model.scenario->patient;
    heading(f.fonts, "Patient card");
    value_line("Name", p.name);
    value_line("Born", fmt::format("{} ({} years)", p.date_of_birth, p.age));
    value_line("Build",
               fmt::format("{:.0f} cm, {:.0f} kg, BMI {:.1f}", p.height_cm, p.weight.value(), p.bmi()));
    value_line("Work", p.occupation);
    value_line("Pain at rest / moving",
               fmt::format("{:.0f} / {:.0f} of 10", p.pain_at_rest, p.pain_on_movement));
    text_wrapped(fmt::format("\"{}\"", p.complaint));
    list("History", p.history, "nothing noted");
    list("Medicines", p.medications, "none noted");
    list("Allergies", p.allergies, "none noted – ask");
    conversation(f, {"identity", "indication", "safety-screen", "consent"});
}

} // namespace tb::ui
