// tautband ultrasound: what a linear probe at a place shows, as PNG, without a display.
#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/files.h"
#include "app/session_start.h"
#include "render/picture.h"
#include "tissue/echo.h"
#include "view/echo_image.h"
#include "view/echo_view.h"

namespace tb::app {
namespace {

struct UltrasoundOptions {
    std::string at, along = "-1,0,0", point, needle, case_id, log, out;
    double turn_deg = 0.0, tilt_deg = 0.0, rock_deg = 0.0, depth_mm = 40.0, gain_dB = 0.0, width_mm = 40.0,
           press_N = 2.0, time_s = -1.0, scale_px_mm = 12.0, MHz = 0.0;
    int gauge = 22;
    bool json = false;
};

Error bad(std::string message, std::string where) {
    return {ErrorCode::BadInput, std::move(message), std::move(where)};
}

struct Range {
    const char* option;
    double value, low, high;
    const char* unit;
};

/// The first number that is out of its range, as one sentence.
std::optional<Error> out_of_range(const UltrasoundOptions& o) {
    using namespace tissue;
    const Range ranges[] = {
        {"--turn", o.turn_deg, -180.0, 180.0, "degrees"},
        {"--tilt", o.tilt_deg, -kMostProbeTilt_deg, kMostProbeTilt_deg, "degrees"},
        {"--rock", o.rock_deg, -kMostProbeTilt_deg, kMostProbeTilt_deg, "degrees"},
        {"--depth", o.depth_mm, kLeastDepth_mm, kMostDepth_mm, "mm"},
        {"--gain", o.gain_dB, -kMostGain_dB, kMostGain_dB, "dB"},
        {"--width", o.width_mm, kLeastProbeWidth_mm, kMostProbeWidth_mm, "mm"},
        {"--press", o.press_N, 0.0, kMostProbePress_N, "N"},
        {"--time", std::max(o.time_s, 0.0), 0.0, 86400.0, "s"},
        {"--scale", o.scale_px_mm, 2.0, 40.0, "pixels per mm"},
    };
    for (const Range& r : ranges) {
        if (std::isfinite(r.value) && r.value >= r.low && r.value <= r.high) continue;
        return bad(fmt::format("{:g} is out of range; give {:g} to {:g} {}", r.value, r.low, r.high, r.unit),
                   r.option);
    }
    if (o.MHz != 0.0 && !(o.MHz >= 5.0 && o.MHz <= 15.0))
        return bad("a linear probe works at 5 to 15 MHz; leave the option out for what suits the depth",
                   "--frequency");
    return std::nullopt;
}

/// "ENTRY,TIP" as six numbers.
Expected<tissue::NeedleInView> parse_needle(const UltrasoundOptions& o,
                                            const tissue::Parameters& parameters) {
    const tissue::NeedleGauge* gauge = parameters.gauge(o.gauge);
    if (gauge == nullptr)
        return fail(ErrorCode::BadInput,
                    fmt::format("there is no {} G needle; 21, 22, 23, 25, 27 and 30 are known", o.gauge),
                    "--gauge");
    const auto third = [&] {
        std::size_t at = std::string::npos;
        for (int i = 0; i < 3; ++i) {
            at = o.needle.find(',', at == std::string::npos ? 0 : at + 1);
            if (at == std::string::npos) break;
        }
        return at;
    }();
    if (third == std::string::npos)
        return fail(ErrorCode::BadInput, "a needle is six numbers in mm: entry X,Y,Z and tip X,Y,Z",
                    "--needle");
    const auto entry = parse_point(o.needle.substr(0, third), "--needle");
    if (!entry) return tl::unexpected(entry.error());
    const auto tip = parse_point(o.needle.substr(third + 1), "--needle");
    if (!tip) return tl::unexpected(tip.error());
    if (glm::length(*tip - *entry) < 0.1)
        return fail(ErrorCode::BadInput, "entry and tip are the same point", "--needle");
    return tissue::NeedleInView{*entry, *tip, gauge->outer_mm, gauge->inner_mm};
}

/// Where the probe stands: --at, or the skin over a trigger point.
Expected<geometry::Vec3> place_of(const UltrasoundOptions& o, const anatomy::Body& body) {
    if (o.point.empty()) return parse_point(o.at, "--at");
    if (const anatomy::Band* band = body.band(o.point)) return band->skin_point;
    const bool left = o.point.ends_with("_l");
    const anatomy::TriggerPoint* point = body.atlas().trigger_point(anatomy::without_side(o.point));
    if (point == nullptr)
        return fail(
            ErrorCode::NotFound,
            fmt::format("there is no trigger point \"{}\"; `tautband trigger-points` lists them", o.point),
            "--point");
    return left ? geometry::mirrored(point->position) : point->position;
}

Json layers_json(const anatomy::Body& body, const tissue::EchoScanner& scanner) {
    Json layers = Json::array();
    for (const tissue::EchoLayer& l : scanner.layers_at(0.0)) {
        layers.push_back(
            {{"kind", name_of(l.kind)},
             {"structure", l.structure.valid() ? body.atlas().structure(l.structure).id : std::string()},
             {"top_mm", quantise(l.top_mm, 0.01)},
             {"bottom_mm", quantise(l.bottom_mm, 0.01)}});
    }
    return layers;
}

int save(const UltrasoundOptions& o, const tissue::EchoPicture& picture) {
    const auto written = write_file(o.out, render::png_bytes(view::echo_sheet(picture, o.scale_px_mm)));
    return written ? 0 : report_error(written.error());
}

/// What the probe of a recorded session showed.
int of_log(const UltrasoundOptions& o) {
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto opened = open_case(*content, o.log, o.time_s);
    if (!opened) return report_errors(opened.error());
    view::EchoView echo(content->parameters);
    const tissue::EchoPicture* picture = echo.update(*opened->session);
    if (picture == nullptr)
        return report_error(
            bad("no probe is on the skin at this time of the log; choose another --time", "--log"));
    return save(o, *picture);
}

int ultrasound(const UltrasoundOptions& o) {
    if (o.out.empty()) return report_error(bad("-o FILE.png is missing", {}));
    if (!o.log.empty()) {
        if (!o.at.empty() || !o.point.empty() || !o.needle.empty())
            return report_error(bad(
                "a log has a probe and a needle of its own; leave --at, --point and --needle out", "--log"));
        if (const auto fault = out_of_range(o)) return report_error(*fault);
        return of_log(o);
    }
    if (o.at.empty() == o.point.empty())
        return report_error(bad("give one of --at X,Y,Z, --point ID and --log FILE", {}));
    if (const auto fault = out_of_range(o)) return report_error(*fault);
    const auto along = parse_point(o.along, "--along");
    if (!along) return report_error(along.error());
    if (glm::length(*along) < 1e-6)
        return report_error(bad("a direction of length zero points nowhere", "--along"));
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    std::vector<tissue::NeedleInView> needles;
    if (!o.needle.empty()) {
        const auto needle = parse_needle(o, content->parameters);
        if (!needle) return report_error(needle.error());
        needles.push_back(*needle);
    }
    const auto world = world_for_queries(*content, o.case_id);
    if (!world) return report_errors(world.error());
    const anatomy::Body& body = *world->body;
    const auto at = place_of(o, body);
    if (!at) return report_error(at.error());
    if (glm::length(anatomy::nearest_skin(body, *at).point - *at) > 200.0)
        return report_error(bad("there is no skin within 200 mm of this point", "--at"));

    tissue::EchoScene scene;
    scene.body = &body;
    scene.probe = tissue::place_probe(body, *at, *along, {o.turn_deg, o.tilt_deg, o.rock_deg});
    scene.probe.width_mm = o.width_mm;
    scene.probe.press_N = o.press_N;
    scene.settings.depth_mm = o.depth_mm;
    scene.settings.gain_dB = o.gain_dB;
    scene.settings.frequency_MHz = o.MHz;
    scene.needles = needles;
    scene.time_s = std::max(o.time_s, 0.0);
    tissue::EchoScanner scanner(content->parameters);
    const tissue::EchoPicture& picture = scanner.scan(scene);
    if (const int failed = save(o, picture); failed != 0) return failed;
    const Json layers = layers_json(body, scanner);
    if (o.json) {
        Json j;
        j["centre"] = vector_json(scene.probe.centre);
        j["inward"] = vector_json(scene.probe.inward, 0.0001);
        j["lateral"] = vector_json(scene.probe.lateral, 0.0001);
        j["middle_line"] = layers;
        print_json(j);
        return 0;
    }
    fmt::print("under the middle of the probe:\n");
    for (const auto& layer : layers) {
        fmt::print("  {:5.1f} to {:5.1f} mm  {:<9} {}\n", layer["top_mm"].get<double>(),
                   layer["bottom_mm"].get<double>(), layer["kind"].get<std::string>(),
                   layer["structure"].get<std::string>());
    }
    return 0;
}

} // namespace

void add_ultrasound(CLI::App& program, Run& run) {
    const auto o = std::make_shared<UltrasoundOptions>();
    auto* c =
        program.add_subcommand("ultrasound", "The picture of an ultrasound probe as PNG, without a display");
    c->add_option("--at", o->at, "Middle of the face, X,Y,Z in mm; the nearest skin is taken");
    c->add_option("--point", o->point, "Instead: over this trigger point, with _r or _l for the side");
    c->add_option("--along", o->along, "DX,DY,DZ: direction of the face from the mark's end to the other");
    c->add_option("--turn", o->turn_deg, "Degrees about the skin's normal, from --along");
    c->add_option("--tilt", o->tilt_deg, "Degrees about the face's long axis");
    c->add_option("--rock", o->rock_deg, "Degrees in the picture's plane");
    c->add_option("--depth", o->depth_mm, "Depth of the picture, 20 to 60 mm");
    c->add_option("--gain", o->gain_dB, "Gain, -30 to 30 dB");
    c->add_option("--frequency", o->MHz, "5 to 15 MHz; without it what suits the depth");
    c->add_option("--width", o->width_mm, "Length of the face, 38 to 50 mm");
    c->add_option("--press", o->press_N, "Force of the hand, 0 to 30 N");
    c->add_option("--time", o->time_s, "Seconds: moment of heart and breath; with --log of the session");
    c->add_option("--needle", o->needle, "EX,EY,EZ,TX,TY,TZ: entry and tip of a needle, mm");
    c->add_option("--gauge", o->gauge, "Of that needle");
    c->add_option("--case", o->case_id, "The patient of this case; without it the plain figure");
    c->add_option("--log", o->log, "What the probe of this log showed, at --time or at its end");
    c->add_option("--scale", o->scale_px_mm, "Pixels per mm");
    c->add_flag("--json", o->json, "Probe and layers under its middle as one JSON document");
    c->add_option("-o,--out", o->out, "PNG file to write");
    c->footer("Example: tautband ultrasound --point trapezius-descendens-1_r --depth 40 -o trapezius.png");
    c->callback([&run, o] { run = [o] { return ultrasound(*o); }; });
}

} // namespace tb::app
