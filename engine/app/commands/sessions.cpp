// tautband autopilot, tautband script: sessions without a person; the log goes to disk while they run.
#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/files.h"
#include "app/script.h"
#include "app/session_start.h"
#include "session/autopilot.h"

namespace tb::app {
namespace {

struct SessionOptions {
    std::string case_id, trainee = "expert", mode = "practice", see = "blind", log, actions;
    std::vector<std::string> faults;
    std::uint64_t seed = 0;
    bool seed_given = false;
};

/// Loads, starts the case and opens its log file.
std::optional<RunningCase> begin(const SessionOptions& o, std::optional<Content>& content, int& code) {
    content = content_or_report(Anatomy::Load, code);
    if (!content) return std::nullopt;
    StartOptions start{o.case_id, o.mode, o.trainee, {}, {}, *events::sight_of(o.see)};
    if (o.seed_given) start.seed = o.seed;
    auto running = start_case(*content, start);
    if (!running) {
        code = report_errors(running.error());
        return std::nullopt;
    }
    auto file = LiveLog::create(o.log, running->session->log());
    if (!file) {
        code = report_error(file.error());
        return std::nullopt;
    }
    running->file = std::move(*file);
    return std::move(*running);
}

/// Writes what is left, says the score.
int finish(const Content& content, RunningCase& running) {
    running.file->take(running.session->log());
    if (!running.file->flush()) return report_error(*running.file->problem());
    const auto score = assess_log(content, running.session->log());
    if (!score) return report_error(score.error());
    fmt::print(stderr, "{:.1f} of 100, {}{}; {} events in {}\n", score->total, score->pass ? "pass" : "fail",
               score->critical.empty() ? "" : fmt::format(" ({})", score->critical.front().text),
               running.session->log().events().size(), running.file->path().string());
    return 0;
}

int list_faults() {
    for (const session::Fault& f : session::faults()) {
        fmt::print("{:<26} {}\n", f.name, f.description);
    }
    return 0;
}

int autopilot(const SessionOptions& o) {
    if (o.faults.size() == 1 && o.faults.front() == "list") return list_faults();
    if (o.case_id.empty() || o.log.empty()) {
        fmt::print(stderr, "tautband: autopilot needs --case ID and --log FILE (or --fault list)\n");
        return 1;
    }
    int code = 0;
    std::optional<Content> content;
    auto running = begin(o, content, code);
    if (!running) return code;
    session::AutopilotOptions options;
    options.trainee = o.trainee;
    options.seed = running->session->options().seed;
    options.faults = o.faults;
    options.on_advance = [&](session::Session& s) { running->file->take(s.log()); };
    const auto done = session::run_autopilot(*running->session, options);
    if (!done) return report_error(done.error());
    return finish(*content, *running);
}

int script(const SessionOptions& o) {
    const auto text = read_file(o.actions);
    if (!text) return report_error(text.error());
    const auto script = read_script(*text, o.actions);
    if (!script) return report_errors(script.error());
    int code = 0;
    std::optional<Content> content;
    auto running = begin(o, content, code);
    if (!running) return code;
    session::Session& session = *running->session;
    const auto advance_to = [&](Tick tick) {
        while (session.state().now < tick) {
            session.advance(std::min<Tick>(tick - session.state().now, kTicksPerSecond / 2));
            running->file->take(session.log());
        }
    };
    for (const ScriptLine& line : script->lines) {
        advance_to(line.tick);
        session.submit(line.action);
    }
    advance_to(script->end + 1);
    return finish(*content, *running);
}

void add_common(CLI::App* c, const std::shared_ptr<SessionOptions>& o) {
    c->add_option("--mode", o->mode, "practice, demo or assessment")
        ->check(CLI::IsMember({"practice", "demo", "assessment"}));
    add_see(c, o->see, "Step of the ladder, for the log");
    auto* seed =
        c->add_option("--seed", o->seed, "Seed of the patient's variation; without it the scene's own");
    c->parse_complete_callback([o, seed] { o->seed_given = seed->count() > 0; });
}

} // namespace

void add_autopilot(CLI::App& program, Run& run) {
    const auto o = std::make_shared<SessionOptions>();
    auto* c = program.add_subcommand("autopilot",
                                     "A scripted trainee plays a case through the same actions as a person");
    c->add_option("--case", o->case_id, "Case id");
    c->add_option("--trainee", o->trainee, "expert, intermediate or novice")
        ->check(CLI::IsMember({"expert", "intermediate", "novice"}));
    c->add_option("--fault", o->faults, "Single faults to commit, by name; `list` names them all");
    c->add_option("--log", o->log, "Log file to write (must not exist)");
    add_common(c, o);
    c->footer("Example: tautband autopilot --case desk-neck --trainee expert --log expert.tautlog");
    c->callback([&run, o] { run = [o] { return autopilot(*o); }; });
}

void add_script(CLI::App& program, Run& run) {
    const auto o = std::make_shared<SessionOptions>();
    auto* c = program.add_subcommand("script", "Plays actions from a file");
    c->add_option("ACTIONS", o->actions, "JSON Lines file (docs/log-format.md)")->required();
    c->add_option("--case", o->case_id, "Case id")->required();
    c->add_option("--log", o->log, "Log file to write (must not exist)")->required();
    add_common(c, o);
    c->footer("Example: tautband script actions.jsonl --case desk-neck --log played.tautlog");
    c->callback([&run, o] { run = [o] { return script(*o); }; });
}

} // namespace tb::app
