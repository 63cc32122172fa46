// The parts of a report, in order. Inside module report only.
#pragma once

#include "report/canvas.h"
#include "report/report.h"
#include "report/words.h"

namespace tb::report {

void draw_head(Canvas& canvas, const ReportInput& input);
void draw_critical(Canvas& canvas, const ReportInput& input);
void draw_items(Canvas& canvas, const ReportInput& input);
void draw_thresholds(Canvas& canvas, const ReportInput& input);
void draw_needle(Canvas& canvas, const ReportInput& input);
void draw_timeline(Canvas& canvas, const ReportInput& input);
void draw_pictures(Canvas& canvas, const ReportInput& input);

} // namespace tb::report
