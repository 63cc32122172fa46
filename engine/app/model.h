// What the screens show, made from what the application has. Plain conversion, no decisions.
#pragma once

#include <string>

#include "app/content.h"
#include "app/live_log.h"
#include "app/session_start.h"
#include "ui/shell.h"

namespace tb::app {

/// Texts read once from the program's own files.
struct StaticTexts {
    std::string attribution, licence;
};
StaticTexts load_static_texts(const Places& places);

struct ModelInput {
    const Content* content = nullptr;
    const RunningCase* running = nullptr;
    const session::Session* shown = nullptr; ///< debrief: another moment of the session
    const scoring::Assessment* assessment = nullptr;
    const anatomy::Body* plain_body = nullptr;
    const StaticTexts* texts = nullptr;
    const UnfinishedLog* unfinished = nullptr;
};
ui::Model make_model(const ModelInput& input);

/// Where the trainee looks first: the region of the case's first point.
view::ViewSettings first_view(const scenario::Scenario& scenario, const anatomy::Atlas& atlas);

} // namespace tb::app
