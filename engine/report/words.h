// Numbers, times and events in words, for reports. Inside module report.
#pragma once

#include <string>
#include <vector>

#include "base/units.h"
#include "events/event.h"
#include "report/report.h"

namespace tb::report {

/// A number as people write it: no trailing zeros, at most two places.
std::string number_text(double v);
/// "1:23" from ticks.
std::string time_text(Tick t);
/// One event in plain words for the timeline; empty for events that tell a reader nothing (poses,
/// checkpoints).
std::string event_text(const events::Event& event);
/// The algometer's readings, one sentence each; empty if none was taken.
std::vector<std::string> thresholds(const ReportInput& input);

} // namespace tb::report
