// tautband score, verify, replay, report: readers of a log.
#include <filesystem>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/files.h"
#include "app/live_log.h"
#include "app/report_pictures.h"
#include "app/session_start.h"
#include "events/codec.h"
#include "report/report.h"
#include "session/replay.h"

namespace tb::app {
namespace {

struct LogOptions {
    std::string log, out;
    bool json = false;
};

/// What verification of a log found.
struct Verification {
    std::string label; ///< "verified", "read", "differs"
    std::string reason;
    std::size_t broken_line = 0;
    std::size_t compared = 0;
};

Verification verify_log(const Content& content, const events::ReadLog& read) {
    if (read.broken_line != 0) {
        return {"differs",
                fmt::format("line {} does not fit the chain: it, or a line before it, was changed",
                            read.broken_line),
                read.broken_line, 0};
    }
    const auto scenario = scenario_of(content, read.log);
    if (!scenario) return {"read", scenario.error().message, 0, 0};
    if (read.log.header().anatomy_hash != content.atlas->catalogue().content_hash) {
        return {"read",
                "the log was made on another build of the body, so it was read but not simulated again", 0,
                0};
    }
    const auto world = make_world(content, **scenario, read.log.header().seed);
    if (!world) return {"read", world.error().front().message, 0, 0};
    const session::ReplayResult result = session::replay(world->world, read.log);
    if (!result.same) return {"differs", result.difference, 0, result.findings_compared};
    return {"verified", read.complete ? "" : "the last line was cut off and is left out", 0,
            result.findings_compared};
}

std::optional<events::ReadLog> log_or_report(const std::string& path, int& code) {
    auto read = read_log_file(path);
    if (!read) {
        code = report_error(read.error());
        return std::nullopt;
    }
    if (!read->warning.empty()) fmt::print(stderr, "note: {}\n", read->warning);
    return std::move(*read);
}

int score(const LogOptions& o) {
    int code = 0;
    const auto read = log_or_report(o.log, code);
    if (!read) return code;
    const auto content = content_or_report(Anatomy::Skip, code);
    if (!content) return code;
    const auto assessment = assess_log(*content, read->log);
    if (!assessment) return report_error(assessment.error());
    if (read->broken_line != 0) {
        fmt::print(stderr, "warning: line {} of the log does not fit its chain; this score proves nothing\n",
                   read->broken_line);
    }
    if (o.json) {
        print_json(scoring::to_json(*assessment));
        return 0;
    }
    report::ReportInput input;
    input.scenario = content->scene(read->log.header().scenario);
    input.log = &read->log;
    input.assessment = &*assessment;
    fmt::print("{}", report::text_report(input));
    return 0;
}

int verify(const LogOptions& o) {
    int code = 0;
    const auto read = log_or_report(o.log, code);
    if (!read) return code;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const Verification v = verify_log(*content, *read);
    if (o.json) {
        Json j;
        j["result"] = v.label;
        j["reason"] = v.reason;
        j["broken_line"] = v.broken_line;
        j["complete"] = read->complete;
        j["events"] = read->log.events().size();
        j["findings_compared"] = v.compared;
        j["chain_head"] = read->log.chain_head();
        print_json(j);
    } else {
        fmt::print("{}{}{}\n", v.label, v.reason.empty() ? "" : ": ", v.reason);
    }
    if (v.label == "read") fmt::print(stderr, "warning: {}\n", v.reason);
    return v.label == "differs" ? 3 : 0;
}

int replay(const LogOptions& o) {
    int code = 0;
    const auto read = log_or_report(o.log, code);
    if (!read) return code;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    for (const events::Event& e : read->log.events()) {
        const Json what = e.is_action() ? events::to_json(std::get<events::Action>(e.what))
                                        : events::to_json(std::get<events::Finding>(e.what));
        if (what["type"] == "checkpoint" || what["type"] == "tool_pose") continue;
        Json line;
        line["s"] = quantise(seconds_of(e.tick).value(), 0.01);
        line["n"] = e.seq;
        line["who"] = e.actor;
        line[e.is_action() ? "do" : "is"] = what;
        fmt::print("{}\n", write_json(line));
    }
    const Verification v = verify_log(*content, *read);
    fmt::print(stderr, "{}: {} findings compared{}{}\n", v.label, v.compared, v.reason.empty() ? "" : "; ",
               v.reason);
    return v.label == "differs" ? 3 : 0;
}

int make_report(const LogOptions& o) {
    const std::string extension = std::filesystem::path(o.out).extension().string();
    if (extension != ".pdf" && extension != ".svg" && extension != ".json" && extension != ".txt") {
        return report_error({ErrorCode::BadInput,
                             "a report is written as .pdf, .svg, .json or .txt; choose one of these", o.out});
    }
    int code = 0;
    const auto read = log_or_report(o.log, code);
    if (!read) return code;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto assessment = assess_log(*content, read->log);
    if (!assessment) return report_error(assessment.error());
    const scenario::Scenario* scenario = content->scene(read->log.header().scenario);
    const auto world = make_world(*content, *scenario, read->log.header().seed);
    if (!world) return report_errors(world.error());

    report::ReportInput input;
    input.scenario = scenario;
    input.body = world->body.get();
    input.log = &read->log;
    input.assessment = &*assessment;
    input.verification = verify_log(*content, *read).label;
    Expected<std::string> bytes = std::string();
    if (extension == ".json") {
        bytes = scoring::to_json(*assessment).dump(1) + "\n";
    } else if (extension == ".txt") {
        bytes = report::text_report(input);
    } else {
        input.pictures = report_pictures(*content, world->world, read->log);
        bytes = report::render_report(input, extension == ".pdf" ? report::Format::Pdf : report::Format::Svg);
    }
    if (!bytes) return report_error(bytes.error());
    if (const auto ok = write_file(o.out, *bytes); !ok) return report_error(ok.error());
    fmt::print(stderr, "report written to {}\n", o.out);
    return 0;
}

CLI::App* add_reader(CLI::App& program, const std::shared_ptr<LogOptions>& o, const char* name,
                     const char* text) {
    auto* c = program.add_subcommand(name, text);
    c->add_option("LOG", o->log, "A .tautlog file")->required();
    return c;
}

} // namespace

void add_score(CLI::App& program, Run& run) {
    const auto o = std::make_shared<LogOptions>();
    auto* c = add_reader(program, o, "score", "Scores a log, item by item, with the events that prove each");
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband score expert.tautlog --json");
    c->callback([&run, o] { run = [o] { return score(*o); }; });
}

void add_verify(CLI::App& program, Run& run) {
    const auto o = std::make_shared<LogOptions>();
    auto* c = add_reader(program, o, "verify",
                         "Checks a log: chain, then simulates it again (verified 0, read 0, differs 3)");
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband verify expert.tautlog");
    c->callback([&run, o] { run = [o] { return verify(*o); }; });

    const auto r = std::make_shared<LogOptions>();
    auto* play = add_reader(program, r, "replay",
                            "Prints what happened in a log, one JSON line an event, and simulates it again");
    play->footer("Example: tautband replay expert.tautlog | grep complication");
    play->callback([&run, r] { run = [r] { return replay(*r); }; });
}

void add_report(CLI::App& program, Run& run) {
    const auto o = std::make_shared<LogOptions>();
    auto* c = add_reader(program, o, "report",
                         "Writes the report that a trainee, an instructor or an examiner keeps");
    c->add_option("-o,--out", o->out, "File to write: .pdf, .svg, .json or .txt")->required();
    c->footer("Example: tautband report expert.tautlog -o expert.pdf");
    c->callback([&run, o] { run = [o] { return make_report(*o); }; });
}

} // namespace tb::app
