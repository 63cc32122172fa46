#include "app/session_start.h"

#include <algorithm>

#include <fmt/format.h>

#include "training/mode.h"

namespace tb::app {
namespace {

template <class T>
tl::unexpected<std::vector<Error>> one(const Expected<T>& failed) {
    return tl::unexpected(std::vector<Error>{failed.error()});
}

/// The patient of a log and its session, simulated again.
ExpectedAll<RunningCase> case_of(const Content& content, const events::EventLog& log) {
    const auto scenario = scenario_of(content, log);
    if (!scenario) return one(scenario);
    RunningCase result;
    result.scenario = *scenario;
    auto world = make_world(content, **scenario, log.header().seed);
    if (!world) return tl::unexpected(world.error());
    result.world = std::move(*world);
    auto session = session::Session::resume(result.world.world, log);
    if (!session) return one(session);
    result.session = std::make_unique<session::Session>(std::move(*session));
    return result;
}

} // namespace

ExpectedAll<RunningCase> start_case(const Content& content, const StartOptions& options) {
    const scenario::Scenario* scenario = content.scene(options.case_id);
    if (scenario == nullptr) {
        return tl::unexpected(std::vector<Error>{
            {ErrorCode::NotFound,
             fmt::format("there is no case \"{}\"; `tautband cases` lists them", options.case_id),
             {}}});
    }
    const auto rules = training::mode_rules(options.mode);
    if (!rules) return one(rules);
    if (options.sight != events::Sight::Blind && !rules->ladder) {
        return tl::unexpected(std::vector<Error>{
            {ErrorCode::BadInput,
             fmt::format("in mode {} the patient is seen as in life; use practice or demo", options.mode),
             std::string(events::word_of(options.sight))}});
    }
    session::Options session_options;
    session_options.mode = options.mode;
    session_options.seed = options.seed.value_or(scenario->seed);
    session_options.contrast_gain = options.contrast_gain.value_or(rules->contrast_gain);
    session_options.program = program_name();
    session_options.trainee = options.trainee;
    session_options.created = iso_time_now();

    RunningCase result;
    result.scenario = scenario;
    auto world = make_world(content, *scenario, session_options.seed);
    if (!world) return tl::unexpected(world.error());
    result.world = std::move(*world);
    result.session = std::make_unique<session::Session>(result.world.world, session_options);
    if (options.sight != events::Sight::Blind)
        result.session->note(events::HelpUsed{std::string(events::word_of(options.sight))}, "program");
    return result;
}

ExpectedAll<RunningCase> open_case(const Content& content, const std::filesystem::path& log_path,
                                   double at_s) {
    const auto read = read_log_file(log_path);
    if (!read) return one(read);
    auto opened = case_of(content, read->log);
    if (!opened || at_s < 0.0) return opened;
    const session::Session& whole = *opened->session;
    const Tick tick = std::min(ticks_of(Seconds(at_s)), whole.state().now);
    opened->session = std::make_unique<session::Session>(whole.branch_at(tick));
    return opened;
}

ExpectedAll<RunningCase> resume_case(const Content& content, const std::filesystem::path& log_path) {
    const auto read = read_log_file(log_path);
    if (!read) return one(read);
    auto resumed = case_of(content, read->log);
    if (!resumed) return resumed;
    auto file = LiveLog::reopen(log_path, read->log.text().size());
    if (!file) return one(file);
    resumed->file = std::move(*file);
    return resumed;
}

Expected<scoring::Assessment> assess_log(const Content& content, const events::EventLog& log) {
    const auto scenario = scenario_of(content, log);
    if (!scenario) return tl::unexpected(scenario.error());
    return scoring::assess(**scenario, content.procedure, content.rubric, log.header().mode, log.events());
}

} // namespace tb::app
