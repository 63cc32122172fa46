// tautband picture: the 3D view or a whole screen as PNG, without a display.
#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "app/application.h"
#include "app/commands/commands.h"
#include "app/files.h"
#include "app/painter.h"
#include "app/session_start.h"
#include "render/picture.h"
#include "view/present.h"
#include "view/referral_paint.h"
#include "view/view_link.h"

namespace tb::app {
namespace {

struct PictureOptions {
    std::string view = "body", link, camera, layers, case_id, log, panel, size = "1280x720", see = "blind",
                out;
    double at_s = -1.0;
    bool finest = false;
};

struct Size {
    int width = 0, height = 0;
};
Expected<Size> parse_size(const std::string& text) {
    Size s;
    const auto x = text.find('x');
    if (x != std::string::npos) {
        std::from_chars(text.data(), text.data() + x, s.width);
        std::from_chars(text.data() + x + 1, text.data() + text.size(), s.height);
    }
    if (s.width < 16 || s.height < 16 || s.width > 8192 || s.height > 8192) {
        return fail(ErrorCode::BadInput,
                    fmt::format("\"{}\" is no picture size; use WIDTHxHEIGHT, 16 to 8192 pixels", text),
                    "--size");
    }
    return s;
}

Expected<render::Camera> parse_camera(const std::string& text) {
    std::vector<float> v;
    const char* at = text.data();
    const char* end = at + text.size();
    while (at <= end) {
        float number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc()) break;
        v.push_back(number);
        at = next + 1;
        if (next == end || *next != ',') break;
    }
    if (v.size() != 7 || at - 1 != end || v[6] < 1.0f || v[6] > 120.0f) {
        return fail(ErrorCode::BadInput,
                    "a camera is seven numbers: eye X,Y,Z, target X,Y,Z in mm and the field of view in "
                    "degrees (1 to 120)",
                    "--camera");
    }
    render::Camera camera;
    camera.eye = {v[0], v[1], v[2]};
    camera.target = {v[3], v[4], v[5]};
    camera.fov_deg = v[6];
    return camera;
}

/// Sets the view's own camera to where this one stands.
void look_from(const render::Camera& camera, view::ViewSettings& settings) {
    const glm::vec3 back = camera.eye - camera.target;
    const float distance = std::max(glm::length(back), 1.0f);
    settings.camera.focus = camera.target;
    settings.camera.distance_mm = distance;
    settings.camera.azimuth_deg = glm::degrees(std::atan2(back.x, back.z));
    settings.camera.elevation_deg = glm::degrees(std::asin(std::clamp(back.y / distance, -1.0f, 1.0f)));
    settings.camera.fov_deg = camera.fov_deg;
}

Expected<view::ViewSettings> settings_of(const PictureOptions& o) {
    if (!o.link.empty()) {
        const auto linked = view::from_link(o.link);
        if (!linked) return fail(linked.error().code, linked.error().message, "--link");
        return *linked;
    }
    view::ViewSettings settings;
    bool found = false;
    for (const view::NamedView& v : view::named_views()) {
        if (v.name != o.view) continue;
        settings = v.settings;
        found = true;
    }
    if (!found) {
        return fail(ErrorCode::NotFound,
                    fmt::format("there is no view \"{}\"; --view list names them", o.view), "--view");
    }
    if (!o.layers.empty()) {
        const auto layers = view::parse_layers(o.layers);
        if (!layers) return tl::unexpected(layers.error());
        settings.layers = *layers;
    }
    return settings;
}

int save(const std::string& out, const render::Picture& picture) {
    const auto ok = write_file(out, render::png_bytes(picture));
    return ok ? 0 : report_error(ok.error());
}

int whole_screen(const PictureOptions& o, Size size) {
    static constexpr std::pair<const char*, ui::Screen> kScreens[] = {
        {"home", ui::Screen::Home},       {"case", ui::Screen::Case},       {"explore", ui::Screen::Case},
        {"debrief", ui::Screen::Debrief}, {"anatomy", ui::Screen::Anatomy}, {"about", ui::Screen::About}};
    const auto screen = std::find_if(std::begin(kScreens), std::end(kScreens),
                                     [&](const auto& s) { return o.panel == s.first; });
    if (screen == std::end(kScreens)) {
        return report_error(
            {ErrorCode::NotFound,
             fmt::format("there is no screen \"{}\"; use home, case, explore, debrief, anatomy or about",
                         o.panel),
             "--panel"});
    }
    const auto sight = events::sight_of(o.see);
    Application::Options options;
    options.offscreen = true;
    options.write_logs = false;
    options.width = size.width;
    options.height = size.height;
    auto application = Application::create(options);
    if (!application) return report_error(application.error());
    Application& app = **application;
    if (const auto loaded = app.wait_until_loaded(); !loaded) return report_errors(loaded.error());
    if (!o.log.empty()) {
        if (const auto opened = app.open_log_file(o.log, o.at_s); !opened)
            return report_errors(opened.error());
    } else if (screen->second == ui::Screen::Case || screen->second == ui::Screen::Debrief) {
        if (o.case_id.empty()) {
            return report_error(
                {ErrorCode::BadInput, "this screen needs --case ID or --log FILE", "--panel"});
        }
        app.start_case(o.case_id, "practice", *sight);
    }
    app.show(screen->second);
    if (screen->second == ui::Screen::Case) app.stage().view().layers = {}; // not as the debrief set them
    if (o.panel == "explore") {
        app.stage().shell().toggle_explore();
        app.capture(); // it opens; then the view is set
    }
    if (!o.layers.empty() || o.view != "body" || !o.link.empty()) {
        const auto settings = settings_of(o);
        if (!settings) return report_error(settings.error());
        app.stage().view() = *settings;
    }
    return save(o.out, app.capture());
}

int picture(const PictureOptions& o) {
    if (o.view == "list") {
        for (const view::NamedView& v : view::named_views())
            fmt::print("{:<16} {}\n", v.name, v.description);
        return 0;
    }
    if (o.out.empty()) return report_error({ErrorCode::BadInput, "-o FILE.png is missing", {}});
    const auto size = parse_size(o.size);
    if (!size) return report_error(size.error());
    if (!o.panel.empty()) return whole_screen(o, *size);
    auto settings = settings_of(o);
    if (!settings) return report_error(settings.error());
    std::optional<render::Camera> camera;
    if (!o.camera.empty()) {
        const auto parsed = parse_camera(o.camera);
        if (!parsed) return report_error(parsed.error());
        camera = *parsed;
        look_from(*camera, *settings); // levels of detail follow the settings' camera
    }
    if (o.finest) settings->lod = 0;
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    auto painter = make_painter(content->places);
    if (!painter) return report_error(painter.error());

    const glm::vec2 pixels(size->width, size->height);
    view::ReferralPaint paint;
    render::RenderScene scene;
    if (!o.log.empty()) {
        const auto opened = open_case(*content, o.log, o.at_s);
        if (!opened) return report_errors(opened.error());
        const anatomy::Body& body = *opened->world.body;
        const session::SimState& state = opened->session->state();
        const view::ToolShapes shapes;
        settings->layers.sight = *events::sight_of(o.see);
        scene = view::present_session(body, state, *settings, shapes, pixels);
        const std::string felt = view::referred_now(body, state);
        paint.apply(body.atlas(), felt, scene, view::spills(body, opened->scenario, felt));
        if (camera) scene.camera = *camera;
        return save(o.out, painter->renderer.picture(scene, size->width, size->height));
    }
    const auto world = world_for_queries(*content, o.case_id);
    if (!world) return report_errors(world.error());
    scene = view::present_anatomy(*world->body, *settings, pixels);
    if (!paint.apply(world->body->atlas(), settings->layers.referral, scene)) {
        return report_error({ErrorCode::NotFound,
                             fmt::format("there is no trigger point \"{}\"; `tautband trigger-points` lists "
                                         "them, with _l after the id for the left side",
                                         settings->layers.referral),
                             "--layers"});
    }
    if (camera) scene.camera = *camera;
    return save(o.out, painter->renderer.picture(scene, size->width, size->height));
}

} // namespace

void add_picture(CLI::App& program, Run& run) {
    const auto o = std::make_shared<PictureOptions>();
    auto* c =
        program.add_subcommand("picture", "Draws the 3D view or a whole screen to a PNG, without a display");
    c->add_option("--view", o->view, "Named view, or `list`");
    c->add_option("--link", o->link,
                  "View link as the Anatomy screen copies it; instead of --view and --layers");
    c->add_option("--camera", o->camera,
                  "EX,EY,EZ,TX,TY,TZ,FOV: eye and target in mm, field of view in degrees");
    c->add_option("--layers", o->layers,
                  "For example skin=0.3,-vessels,peel=1,bands,referral=infraspinatus-1_l");
    c->add_option("--case", o->case_id, "The patient of this case");
    c->add_option("--log", o->log, "The state of this log");
    c->add_option("--at", o->at_s, "Seconds into the log; without it the end");
    c->add_flag("--finest", o->finest,
                "The finest meshes, not those that a window can draw 60 times a second");
    c->add_option("--panel", o->panel,
                  "A whole screen: home, case, explore (in a case), debrief, anatomy, about");
    add_see(c, o->see, "With --log, or a case on a screen, as in practice");
    c->add_option("--size", o->size, "WIDTHxHEIGHT in pixels");
    c->add_option("-o,--out", o->out, "PNG file to write");
    c->footer("Example: tautband picture --view neck_shoulder --layers skin=0.3 -o shoulder.png");
    c->callback([&run, o] { run = [o] { return picture(*o); }; });
}

} // namespace tb::app
