// tautband values: does the simulator reproduce what was published? The two rows that need a clock are
// measured here.
#include <algorithm>

#include <SDL_events.h>
#include <fmt/format.h>

#include "app/application.h"
#include "app/clock.h"
#include "app/commands/commands.h"
#include "tissue/palpation.h"
#include "validation/block.h"
#include "validation/checks.h"

namespace tb::app {
namespace {

/// H03: a second of 1 ms steps, each a press and a move of the needle on a block; the slowest of them, ms.
double slowest_step_ms(const tissue::Parameters& parameters) {
    const validation::Block block({});
    const anatomy::SkinPoint skin = anatomy::nearest_skin(block.body(), block.surface());
    const auto column = anatomy::tissue_column(block.body(), skin, -block.outward(), 60.0);
    tissue::PadContact contact;
    contact.column = &column;
    contact.inward = -block.outward();
    contact.bands = block.body().bands();
    tissue::NeedleBody needle;
    tissue::NeedleState state;
    double slowest = 0.0;
    for (int i = 0; i < 1000; ++i) {
        const auto begin = Clock::now();
        contact.press_N = 2.0 + 0.02 * i;
        tissue::press(parameters, contact);
        const geometry::Vec3 tip = block.surface() - block.outward() * (0.02 * i - 2.0);
        tissue::advance(parameters, block.body(), needle, tip, -block.outward(), 1e-3, state);
        slowest = std::max(slowest, ms_since(begin));
    }
    return slowest;
}

/// H02: the pointer moves over the turning body 200 times, as fast as pictures come; 95th percentile of the
/// time from the event to its picture, ms.
ExpectedAll<double> pointer_to_picture_ms() {
    Application::Options options;
    options.offscreen = true;
    options.write_logs = false;
    auto application = Application::create(options);
    if (!application) return tl::unexpected(std::vector<Error>{application.error()});
    Application& app = **application;
    if (const auto loaded = app.wait_until_loaded(); !loaded) return tl::unexpected(loaded.error());
    app.show(ui::Screen::Anatomy);
    app.capture();
    SDL_Event press{};
    press.type = SDL_MOUSEBUTTONDOWN;
    press.button.button = SDL_BUTTON_RIGHT;
    press.button.state = SDL_PRESSED;
    press.button.x = 640;
    press.button.y = 360;
    SDL_PushEvent(&press);
    std::vector<double> times;
    for (int i = 0; i < 200; ++i) {
        SDL_Event move{};
        move.type = SDL_MOUSEMOTION;
        move.motion.state = SDL_BUTTON_RMASK;
        move.motion.x = 640 + i % 100;
        move.motion.y = 360;
        const std::size_t before = app.stage().frames();
        const auto begin = Clock::now();
        SDL_PushEvent(&move);
        constexpr int kMostTurns = 100; // a picture that never comes must not hang the program
        for (int turn = 0; turn < kMostTurns && app.stage().frames() == before; ++turn)
            app.step();
        app.stage().renderer().finish();
        times.push_back(ms_since(begin));
    }
    std::sort(times.begin(), times.end());
    return times[times.size() * 95 / 100];
}

struct ValueOptions {
    bool json = false, markdown = false, timed = false;
};

int values(const ValueOptions& o) {
    int code = 0;
    const auto content = content_or_report(Anatomy::Skip, code);
    if (!content) return code;
    auto checks = validation::run_checks({&content->parameters, &content->procedure, &content->tables});
    if (o.timed) {
        const auto latency = pointer_to_picture_ms();
        if (!latency) return report_errors(latency.error());
        for (validation::Check& c : checks) {
            if (c.row.id == "H02")
                validation::judge(c, {*latency}, "200 movements of the pointer, off-screen.");
            if (c.row.id == "H03")
                validation::judge(c, {slowest_step_ms(content->parameters)}, "1000 steps on a block.");
        }
    }
    if (o.markdown) {
        fmt::print("{}", validation::to_markdown(checks, content->parameters));
    } else if (o.json) {
        Json all = Json::array();
        for (const validation::Check& c : checks)
            all.push_back(validation::to_json(c));
        print_json(all);
    } else {
        for (const validation::Check& c : checks) {
            std::string numbers;
            for (std::size_t i = 0; i < c.measured.size(); ++i)
                numbers +=
                    fmt::format("{}{:.4g}{}", i > 0 ? " / " : "", c.measured[i], c.number_ok(i) ? "" : "!");
            fmt::print("{:<6} {:<4} {}: {} ({}); measured {} {}\n", validation::name_of(c.verdict), c.row.id,
                       c.row.quantity, c.row.expected, c.row.tolerance, numbers.empty() ? "nothing" : numbers,
                       c.row.unit);
        }
    }
    const bool missed = std::any_of(checks.begin(), checks.end(), [](const validation::Check& c) {
        return c.verdict == validation::Verdict::Missed;
    });
    return missed ? 3 : 0;
}

} // namespace

void add_values(CLI::App& program, Run& run) {
    const auto o = std::make_shared<ValueOptions>();
    auto* c = program.add_subcommand("values", "Every published mechanics value against the simulator");
    auto* json = c->add_flag("--json", o->json, "One JSON document");
    c->add_flag("--markdown", o->markdown, "The page docs/validation.md")->excludes(json);
    c->add_flag("--timed", o->timed, "Also the two rows that need a clock and graphics");
    c->footer("Example: tautband values --json");
    c->callback([&run, o] { run = [o] { return values(*o); }; });
}

} // namespace tb::app
