// The table of subcommands. Each has one file here; `main` only walks the table.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/content.h"
#include "base/json.h"
#include "base/result.h"
#include "geometry/frame.h"

namespace tb::app {

/// What a parsed command line wants run; returns the exit code.
using Run = std::function<int()>;
/// Adds one subcommand; its callback stores what to run.
using AddCommand = void (*)(CLI::App& program, Run& run);
const std::vector<AddCommand>& commands();

// One per file.
void add_gui(CLI::App& program, Run& run);
void add_cases(CLI::App& program, Run& run);
void add_anatomy(CLI::App& program, Run& run);
void add_trigger_points(CLI::App& program, Run& run);
void add_probe(CLI::App& program, Run& run);
void add_palpate(CLI::App& program, Run& run);
void add_autopilot(CLI::App& program, Run& run);
void add_script(CLI::App& program, Run& run);
void add_score(CLI::App& program, Run& run);
void add_verify(CLI::App& program, Run& run);
void add_report(CLI::App& program, Run& run);
void add_picture(CLI::App& program, Run& run);
void add_ultrasound(CLI::App& program, Run& run);
void add_check(CLI::App& program, Run& run);
void add_bench(CLI::App& program, Run& run);
void add_values(CLI::App& program, Run& run);
void add_demonstrate(CLI::App& program, Run& run);
void add_calibration(CLI::App& program, Run& run);
/// `tautband anatomy fit`: added to the group of anatomy.cpp.
void add_anatomy_fit(CLI::App& group, Run& run);

/// `tautband palpate --sound`: called by the command of queries.cpp.
struct PalpateSound {
    std::string case_id, at; ///< `at` "X,Y,Z" or empty
    std::string out;
    double force_N = 10.0;
    double gain = 0.0; ///< 0: of the practice mode
    bool json = false;
};
int palpate_sound(const PalpateSound& o);

/// `--see`: how much of the patient is seen, one of the words of events/sight.h.
void add_see(CLI::App* command, std::string& see, const std::string& about);

/// Prints to standard error and gives the exit code promised for it.
int report_error(const Error& error);
int report_errors(const std::vector<Error>& errors);
/// One JSON document on standard output.
void print_json(const Json& json);
/// [x, y, z], rounded.
Json vector_json(const geometry::Vec3& v, double quantum = 0.01);
/// "X,Y,Z" in mm; `option` names it in the error.
Expected<geometry::Vec3> parse_point(const std::string& text, const std::string& option);
/// The body of a case, or of the plain figure when `case_id` is empty.
ExpectedAll<CaseWorld> world_for_queries(const Content& content, const std::string& case_id);
/// Loads all content with anatomy or reports why not.
std::optional<Content> content_or_report(Anatomy anatomy, int& exit_code);

} // namespace tb::app
