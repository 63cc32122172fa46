// The report that a trainee, an instructor or an examiner keeps: score, evidence, needle path, timeline.
// One drawing path for PDF and SVG (Cairo, text by Pango). Files are written by the caller from these bytes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "events/log.h"
#include "scenario/scenario.h"
#include "scoring/assess.h"

namespace tb::report {

struct ReportPicture {
    std::string caption;
    std::string png; ///< bytes
};
struct ReportInput {
    const scenario::Scenario* scenario = nullptr;
    const anatomy::Body* body = nullptr;
    const events::EventLog* log = nullptr;
    const scoring::Assessment* assessment = nullptr;
    std::vector<ReportPicture> pictures;
    std::string verification; ///< "verified", "read", "differs", empty = not checked
};
enum class Format { Pdf, Svg };
Expected<std::string> render_report(const ReportInput& input, Format format);
/// Plain text of the same content, for terminals and screen readers.
std::string text_report(const ReportInput& input);

} // namespace tb::report
