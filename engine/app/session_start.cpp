#include "app/session_start.h"

#include <fmt/format.h>

#include "app/files.h"
#include "training/mode.h"

namespace tb::app {
namespace {

template <class T>
tl::unexpected<std::vector<Error>> one(const Expected<T>& failed) {
    return tl::unexpected(std::vector<Error>{failed.error()});
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
    return result;
}

ExpectedAll<RunningCase> resume_case(const Content& content, const std::filesystem::path& log_path) {
    auto text = read_file(log_path);
    if (!text) return one(text);
    const auto read = events::read_log(*text, log_path.string());
    if (!read) return one(read);
    const auto scenario = scenario_of(content, read->log);
    if (!scenario) return one(scenario);

    RunningCase result;
    result.scenario = *scenario;
    auto world = make_world(content, **scenario, read->log.header().seed);
    if (!world) return tl::unexpected(world.error());
    result.world = std::move(*world);
    auto session = session::Session::resume(result.world.world, read->log);
    if (!session) return one(session);
    result.session = std::make_unique<session::Session>(std::move(*session));
    auto file = LiveLog::reopen(log_path, read->log.text().size());
    if (!file) return one(file);
    result.file = std::move(*file);
    return result;
}

Expected<scoring::Assessment> assess_log(const Content& content, const events::EventLog& log) {
    const auto scenario = scenario_of(content, log);
    if (!scenario) return tl::unexpected(scenario.error());
    return scoring::assess(**scenario, content.procedure, content.rubric, log.header().mode, log.events());
}

} // namespace tb::app
