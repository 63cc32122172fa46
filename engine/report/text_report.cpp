#include <fmt/format.h>

#include "report/report.h"
#include "report/words.h"

namespace tb::report {

std::string text_report(const ReportInput& input) {
    const scoring::Assessment& a = *input.assessment;
    std::string out;
    const auto line = [&](const std::string& text) { out += text + "\n"; };
    if (input.scenario != nullptr) line(input.scenario->title);
    line(fmt::format("Total {:.1f} of 100: {}. {}", a.total, a.pass ? "pass" : "not passed", a.pass_reason));
    line(fmt::format("Suggested global rating {} of 5; mode {}; rubric {}", a.global_rating, a.mode,
                     a.rubric_version));
    if (!input.verification.empty()) line("Verification: " + input.verification);
    for (const scoring::CriticalFinding& c : a.critical) {
        line(fmt::format("CRITICAL {}: {}{}{}", c.id, c.text, c.detail.empty() ? "" : "; ", c.detail));
    }
    std::string phase;
    for (const scoring::ItemScore& item : a.items) {
        if (item.phase != phase) {
            phase = item.phase;
            line("\n" + phase);
        }
        line(fmt::format("  {:>5} / {:<4} {}", number_text(item.points), number_text(item.of), item.text));
        for (const scoring::Measured& m : item.measures) {
            std::string evidence;
            for (std::size_t i = 0; i < m.evidence.size() && i < 6; ++i)
                evidence += fmt::format(" #{}", m.evidence[i]);
            line(fmt::format("                 {}: {} {} ({}){}", m.name,
                             m.known ? number_text(m.value) : "nothing recorded", m.known ? m.unit : "",
                             m.expected, evidence));
        }
        if (!item.why.empty()) line("                 " + item.why);
        if (!item.capped.empty()) line("                 limited: " + item.capped);
    }
    if (!a.near_misses.empty()) {
        line("\nClosest approaches to structures at risk");
        for (const scoring::NearMiss& m : a.near_misses) {
            line(fmt::format("  {}: {} mm (event #{})", m.structure, number_text(m.distance_mm), m.evidence));
        }
    }
    if (const auto readings = thresholds(input); !readings.empty()) {
        line("\nPressure pain thresholds (algometer)");
        for (const std::string& reading : readings)
            line("  " + reading);
    }
    line("\n" + scoring::help_sentence(a.help));
    line("\nFor education, not medical advice.");
    return out;
}

} // namespace tb::report
