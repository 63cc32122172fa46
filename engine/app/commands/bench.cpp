// tautband bench: how fast is it here? Speed belongs here and never in a test.
#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "anatomy/queries.h"
#include "app/application.h"
#include "app/clock.h"
#include "app/commands/commands.h"
#include "app/painter.h"
#include "app/session_start.h"
#include "render/pacer.h"
#include "session/autopilot.h"
#include "session/replay.h"
#include "tissue/echo.h"
#include "tissue/palpation.h"
#include "view/present.h"

namespace tb::app {
namespace {

struct Spread {
    double median = 0.0, p99 = 0.0;
};
Spread spread_of(std::vector<double> values) {
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const auto at = [&](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
    };
    return {at(0.5), at(0.99)};
}

double peak_rss_mb() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024.0;
    }
    return 0.0;
}

std::string cpu_name() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    }
    return "unknown";
}

/// Frame times of one named view in the window's quality and at its pace, turning a little each frame so that
/// nothing can be reused.
Json bench_view(const anatomy::Body& body, render::Renderer& renderer, const view::NamedView& named,
                int frames) {
    constexpr int kWidth = 1280, kHeight = 720;
    view::ViewSettings settings = named.settings;
    std::vector<double> times;
    render::Pacer pacer;
    float detail = 1.0f;
    constexpr int kWarmUp = 6; // uploads meshes, finds the pace
    for (int i = 0; i < frames + kWarmUp; ++i) {
        settings.camera.azimuth_deg += 0.5f;
        const auto begin = Clock::now();
        const auto scene = view::present_anatomy(body, settings, {kWidth, kHeight});
        if (renderer.software()) detail = pacer.next(true, 0.0);
        renderer.draw(scene, 0, 0, kWidth, kHeight, detail);
        renderer.finish();
        const double took_ms = ms_since(begin);
        pacer.took(took_ms);
        if (i >= kWarmUp) times.push_back(took_ms);
    }
    const Spread s = spread_of(times);
    return {{"median_ms", quantise(s.median, 0.01)},
            {"p99_ms", quantise(s.p99, 0.01)},
            {"detail", detail},
            {"triangles", renderer.triangles_last_draw()}};
}

struct SessionTimes {
    Spread tick_us;
    double replay_s_per_20min = 0.0;
};

SessionTimes bench_session(const Content& content, const std::string& case_id) {
    SessionTimes result;
    auto running = start_case(content, {case_id, "practice", "bench", {}, {}});
    if (!running) return result;
    std::vector<double> tick_us;
    auto last = Clock::now();
    Tick before = 0;
    session::AutopilotOptions options;
    options.on_advance = [&](session::Session& s) {
        const Tick ticks = s.state().now - before;
        // Long waits are skipped in one go and would only dilute the figure.
        if (ticks > 0 && ticks <= kTicksPerSecond)
            tick_us.push_back(1000.0 * ms_since(last) / static_cast<double>(ticks));
        before = s.state().now;
        last = Clock::now();
    };
    if (!session::run_autopilot(*running->session, options)) return result;
    result.tick_us = spread_of(std::move(tick_us));
    const auto begin = Clock::now();
    const auto replayed = session::replay(running->world.world, running->session->log());
    if (replayed.ticks > 0) {
        result.replay_s_per_20min =
            ms_since(begin) / 1000.0 * (1200.0 * kTicksPerSecond) / static_cast<double>(replayed.ticks);
    }
    return result;
}

struct QueryTimes {
    double palpation_us = 0.0, needle_us = 0.0;
};

QueryTimes bench_queries(const Content& content, const anatomy::Body& body) {
    QueryTimes t;
    const anatomy::TriggerPoint* point = content.atlas->trigger_point("trapezius-descendens-1");
    if (point == nullptr) return t;
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body, point->position);
    constexpr int kTimes = 300;
    auto begin = Clock::now();
    double sum = 0.0;
    for (int i = 0; i < kTimes; ++i) {
        anatomy::SkinPoint at = skin;
        at.point.x += 0.02 * i;
        const auto column = anatomy::tissue_column(body, at, -skin.normal, 80.0);
        tissue::PadContact contact;
        contact.column = &column;
        contact.inward = -skin.normal;
        contact.press_N = 10.0;
        contact.bands = body.bands();
        sum += tissue::press(content.parameters, contact).indentation_mm;
    }
    t.palpation_us = 1000.0 * ms_since(begin) / kTimes;
    begin = Clock::now();
    for (int i = 0; i < kTimes; ++i) {
        const geometry::Vec3 from = skin.point + skin.normal * 20.0 + geometry::Vec3(0.02 * i, 0, 0);
        sum += static_cast<double>(anatomy::path_crossings(body, from, from - skin.normal * 70.0).size());
    }
    t.needle_us = 1000.0 * ms_since(begin) / kTimes;
    return sum > 0.0 ? t : QueryTimes{};
}

struct EchoTimes {
    Spread moving_ms, resting_ms;
};

/// Ultrasound pictures over the lung's apex: with the probe moving (every ray anew) and held still.
EchoTimes bench_echo(const Content& content, const anatomy::Body& body) {
    const anatomy::TriggerPoint* point = content.atlas->trigger_point("trapezius-descendens-1");
    if (point == nullptr) return {};
    constexpr int kFrames = 60;
    tissue::EchoScanner scanner(content.parameters);
    tissue::EchoScene scene;
    scene.body = &body;
    const auto run = [&](bool moves) {
        std::vector<double> times;
        for (int i = 0; i < kFrames + 2; ++i) {
            const geometry::Vec3 at = point->position + geometry::Vec3(moves ? 0.2 * i : 0.0, 0.0, 0.0);
            scene.probe = tissue::place_probe(body, at, {-1.0, 0.0, 0.0}, {});
            scene.time_s = i / 25.0;
            const auto begin = Clock::now();
            scanner.scan(scene);
            if (i >= 2) times.push_back(ms_since(begin)); // the first frames take their memory
        }
        return spread_of(std::move(times));
    };
    return {run(true), run(false)};
}

int bench(bool json) {
    // Start of the whole program as a person sees it: window, load, first picture of the body.
    const auto start = Clock::now();
    Application::Options options;
    options.offscreen = true;
    options.write_logs = false;
    auto application = Application::create(options);
    if (!application) return report_error(application.error());
    Application& app = **application;
    if (const auto loaded = app.wait_until_loaded(); !loaded) return report_errors(loaded.error());
    const double load_ms = ms_since(start);
    app.show(ui::Screen::Anatomy);
    app.capture();
    const double first_picture_ms = ms_since(start);

    // Idle: after things have settled nothing may be drawn.
    for (int i = 0; i < 20; ++i)
        app.step();
    const std::size_t before = app.stage().frames();
    const auto idle = Clock::now();
    while (ms_since(idle) < 5000.0)
        app.step();
    const std::size_t idle_frames = app.stage().frames() - before;

    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto world = world_for_queries(*content, {});
    if (!world) return report_errors(world.error());
    Json views;
    for (const view::NamedView& v : view::named_views()) {
        views[v.name] = bench_view(*world->body, app.stage().renderer(), v, 20);
    }
    const SessionTimes session =
        bench_session(*content, content->scenes.empty() ? "" : content->scenes.front().scenario.id);
    const QueryTimes queries = bench_queries(*content, *world->body);

    const EchoTimes echo = bench_echo(*content, *world->body);
    const auto frames_per_s = [](const Spread& s) {
        return s.median > 0.0 ? quantise(1000.0 / s.median, 0.1) : 0.0;
    };

    Json j;
    j["load_ms"] = quantise(load_ms, 0.1);
    j["first_picture_ms"] = quantise(first_picture_ms, 0.1);
    j["views"] = views;
    j["idle_frames_5s"] = idle_frames;
    j["tick_us"] = {{"median", quantise(session.tick_us.median, 0.01)},
                    {"p99", quantise(session.tick_us.p99, 0.01)}};
    j["palpation_us"] = quantise(queries.palpation_us, 0.01);
    j["needle_us"] = quantise(queries.needle_us, 0.01);
    j["ultrasound_moving_ms"] = {{"median", quantise(echo.moving_ms.median, 0.01)},
                                 {"p99", quantise(echo.moving_ms.p99, 0.01)}};
    j["ultrasound_resting_ms"] = {{"median", quantise(echo.resting_ms.median, 0.01)},
                                  {"p99", quantise(echo.resting_ms.p99, 0.01)}};
    j["ultrasound_frames_per_s"] = frames_per_s(echo.moving_ms);
    j["replay_s_per_20min"] = quantise(session.replay_s_per_20min, 0.001);
    j["peak_rss_mb"] = quantise(peak_rss_mb(), 0.1);
    j["renderer"] = app.stage().renderer().description();
    j["cpu"] = cpu_name();
    if (json) {
        print_json(j);
        return 0;
    }
    for (const auto& [key, value] : j.items()) {
        if (key != "views")
            fmt::print("{:<20} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
    }
    for (const auto& [name, v] : views.items()) {
        fmt::print("view {:<20} median {:6.1f} ms, 99th percentile {:6.1f} ms, {} triangles, drawn at {:.3g} "
                   "of the size\n",
                   name, v["median_ms"].get<double>(), v["p99_ms"].get<double>(),
                   v["triangles"].get<std::size_t>(), v["detail"].get<double>());
    }
    return 0;
}

} // namespace

void add_bench(CLI::App& program, Run& run) {
    const auto json = std::make_shared<bool>(false);
    auto* c =
        program.add_subcommand("bench", "Measures load, pictures, ticks, queries and memory on this machine");
    c->add_flag("--json", *json, "One JSON document");
    c->footer("Example: tautband bench --json");
    c->callback([&run, json] { run = [json] { return bench(*json); }; });
}

} // namespace tb::app
