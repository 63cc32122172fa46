// Actions from a file: one JSON object a line, as in docs/log-format.md. A log can be played as a script too:
// its findings are skipped.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "events/action.h"

namespace tb::app {

struct ScriptLine {
    Tick tick = 0;
    events::Action action;
};
struct Script {
    std::vector<ScriptLine> lines; ///< by tick, in written order
    Tick end = 0;                  ///< time passes until here
};
/// Lines: {"t": TICK, "do": {...}} or {"at": SECONDS, "do": {...}}, or {"until": SECONDS} to let time pass.
/// Empty lines and lines starting with # are skipped. Every fault with its line.
ExpectedAll<Script> read_script(std::string_view text, const std::string& source);

} // namespace tb::app
