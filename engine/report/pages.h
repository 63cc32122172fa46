// The parts of a report, in order. Inside module report only.
#pragma once

#include "report/canvas.h"
#include "report/report.h"

namespace tb::report {

void draw_head(Canvas& canvas, const ReportInput& input);
void draw_critical(Canvas& canvas, const ReportInput& input);
void draw_items(Canvas& canvas, const ReportInput& input);
void draw_needle(Canvas& canvas, const ReportInput& input);
void draw_timeline(Canvas& canvas, const ReportInput& input);
void draw_pictures(Canvas& canvas, const ReportInput& input);

/// A number as people write it: no trailing zeros, at most two places.
std::string number_text(double v);
/// "1:23" from ticks.
std::string time_text(Tick t);
/// One event in plain words for the timeline; empty for events that tell a reader nothing (poses, checkpoints).
std::string event_text(const events::Event& event);

} // namespace tb::report
