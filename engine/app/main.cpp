// tautband: arguments to subcommand, subcommand to exit code.
// Exit codes: 0 done, 1 wrong call, 2 bad input, 3 verification differs, 4 no graphics, 5 internal error.

#include <clocale>
#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/content.h"

int main(int argc, char** argv) {
    std::setlocale(LC_ALL, "C"); // numbers with a point, whatever the user's locale

    CLI::App program{
        "Tautband: a simulator for learning trigger point injections. For education, not medical advice."};
    program.set_version_flag("--version", tb::app::program_name());
    program.require_subcommand(0, 1);
    program.footer(
        "Without a command the application starts. Each command has its own --help with an example.");

    tb::app::Run run;
    for (const tb::app::AddCommand add : tb::app::commands())
        add(program, run);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return program.exit(e) == 0 ? 0 : 1;
    }
    try {
        if (!run) { // no command: the application
            program.clear();
            program.parse("gui");
        }
        return run();
    } catch (const std::exception& e) {
        fmt::print(stderr, "tautband: internal error: {}; please report it with the log of the session\n",
                   e.what());
        return 5;
    }
}
