// tautband gui: the application.
#include <fmt/format.h>

#include "app/application.h"
#include "app/commands/commands.h"

namespace tb::app {
namespace {

int gui(const Application::Options& options) {
    auto application = Application::create(options);
    if (!application) return report_error(application.error());
    while ((*application)->step()) {
    }
    return (*application)->exit_code();
}

} // namespace

void add_gui(CLI::App& program, Run& run) {
    const auto o = std::make_shared<Application::Options>();
    auto* c = program.add_subcommand("gui", "The application (also without any command)");
    c->add_option("--mode", o->mode, "practice, demo or assessment")
        ->check(CLI::IsMember({"practice", "demo", "assessment"}));
    c->add_option("--case", o->case_id, "Straight into this case");
    c->add_option("--profile", o->profile, "Name or candidate number written into the log");
    c->footer("Example: tautband gui --mode practice --case desk-neck");
    c->callback([&run, o] { run = [o] { return gui(*o); }; });
}

} // namespace tb::app
