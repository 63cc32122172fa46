// A case begun: scenario, patient's body and session together, for the window, scripts and tests alike.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "app/content.h"
#include "app/live_log.h"
#include "events/sight.h"
#include "scoring/assess.h"
#include "session/session.h"

namespace tb::app {

struct RunningCase {
    const scenario::Scenario* scenario = nullptr;
    CaseWorld world; ///< owns the body that the session points at
    std::unique_ptr<session::Session> session;
    std::unique_ptr<LiveLog> file; ///< null when nothing is written
};

struct StartOptions {
    std::string case_id, mode = "practice", trainee;
    std::optional<std::uint64_t> seed; ///< none: the scene's own
    std::optional<double> contrast_gain;
    /// How much is seen from the start; all but blind is noted as help, and refused where the mode forbids
    /// it.
    events::Sight sight = events::Sight::Blind;
};
ExpectedAll<RunningCase> start_case(const Content& content, const StartOptions& options);

/// The case of a log as it stood at a time (its end when negative); nothing is written to the log.
ExpectedAll<RunningCase> open_case(const Content& content, const std::filesystem::path& log_path,
                                   double at_s = -1.0);
/// Goes on with a log on disk; the body is made again from its seed.
ExpectedAll<RunningCase> resume_case(const Content& content, const std::filesystem::path& log_path);

/// Score of a log by the rubric that the program has.
Expected<scoring::Assessment> assess_log(const Content& content, const events::EventLog& log);

} // namespace tb::app
