// The pictures of a report: the needle's path against the anatomy with the skin made transparent, from two
// sides.
#pragma once

#include <vector>

#include "app/session_start.h"
#include "render/renderer.h"
#include "report/report.h"

namespace tb::app {

/// With the window's renderer.
std::vector<report::ReportPicture> report_pictures(const RunningCase& running, render::Renderer& renderer);
/// With an off-screen renderer; without graphics the report simply has no pictures.
std::vector<report::ReportPicture> report_pictures(const Content& content, const session::World& world,
                                                   const events::EventLog& log);

} // namespace tb::app
