#include "app/report_pictures.h"

#include <spdlog/spdlog.h>

#include "app/painter.h"
#include "render/picture.h"
#include "view/present.h"

namespace tb::app {
namespace {

/// Where the needle was deepest; the mark, or the first band, if there was no needle.
geometry::Vec3 point_of_interest(const session::Session& session) {
    for (const events::Event& e : session.log().events()) {
        if (const auto* d = e.get<events::Deposited>()) return geometry::vec(d->point);
    }
    for (const events::Event& e : session.log().events()) {
        if (const auto* p = e.get<events::Punctured>()) return geometry::vec(p->entry);
    }
    if (session.state().mark) return *session.state().mark;
    const auto& bands = session.world().body->bands();
    return bands.empty() ? geometry::Vec3(0, 1400, 60) : bands.front().skin_point;
}

std::vector<report::ReportPicture> draw(const session::Session& session, render::Renderer& renderer) {
    const geometry::Vec3 at = point_of_interest(session);
    view::ViewSettings settings;
    settings.layers.skin_opacity = 0.25f;
    settings.layers.show_bands = true;
    settings.camera.focus = glm::vec3(at);
    settings.camera.distance_mm = 420.0f;
    const float away = at.x < 0 ? 1.0f : -1.0f; // look from the patient's own side
    const struct {
        float azimuth, elevation;
        const char* caption;
    } views[] = {
        {180.0f + 30.0f * away, 25.0f,
         "From behind and above: skin transparent, the needle's way, the taut bands and what lies near"},
        {180.0f + 90.0f * away, 5.0f, "From the side: depth of the needle against muscle, lung and bone"},
    };
    std::vector<report::ReportPicture> pictures;
    constexpr int kWidth = 1200, kHeight = 675;
    for (const auto& v : views) {
        settings.camera.azimuth_deg = v.azimuth;
        settings.camera.elevation_deg = v.elevation;
        const render::RenderScene scene = view::present_debrief(
            *session.world().body, session.state(), session.log().events(), settings, {kWidth, kHeight});
        pictures.push_back({v.caption, render::png_bytes(renderer.picture(scene, kWidth, kHeight))});
    }
    return pictures;
}

} // namespace

std::vector<report::ReportPicture> report_pictures(const RunningCase& running, render::Renderer& renderer) {
    return draw(*running.session, renderer);
}

std::vector<report::ReportPicture> report_pictures(const Content& content, const session::World& world,
                                                   const events::EventLog& log) {
    auto painter = make_painter(content.places);
    const auto session = session::Session::resume(world, log);
    if (!painter || !session) {
        spdlog::warn("the report has no pictures: {}",
                     !painter ? painter.error().text() : session.error().text());
        return {};
    }
    return draw(*session, painter->renderer);
}

} // namespace tb::app
