// Scripted trainees: they act through the same actions as a person and read only what a person could see.
// An expert, an intermediate, a novice, and every single fault by name.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "session/session.h"

namespace tb::session {

struct Fault {
    std::string name;                  ///< "no_hand_hygiene", "needle_into_lung", ...
    std::string description;           ///< one sentence
    std::vector<std::string> items;    ///< rubric items it must lower
    std::vector<std::string> knock_on; ///< items that it may lower as a consequence; no others
    std::string critical;              ///< critical id it must raise, empty if none
};
const std::vector<Fault>& faults();

struct AutopilotOptions {
    std::string trainee = "expert"; ///< "expert", "intermediate", "novice"
    std::uint64_t seed = 1;
    std::vector<std::string> faults;
    /// Called after every advance of the session (at most half a simulated second): the host writes the log
    /// to disk here.
    std::function<void(Session&)> on_advance;
};
/// Called after each step of the script with a caption, for pictures and progress: "palpate", "mark",
/// "clean", ...
using StepCallback = std::function<void(const Session&, const std::string& caption)>;

/// Plays the case to its end. Unknown trainee or fault names are errors.
Expected<void> run_autopilot(Session& session, const AutopilotOptions& options,
                             const StepCallback& on_step = {});

} // namespace tb::session
