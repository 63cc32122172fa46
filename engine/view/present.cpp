#include "view/present.h"

#include <algorithm>
#include <cmath>

#include "anatomy/queries.h"
#include "view/layers.h"
#include "view/points.h"
#include "view/sight.h"
#include "view/structures.h"
#include "view/tools_in_hand.h"

namespace tb::view {
namespace {

using geometry::Vec3;
using render::Decal;

constexpr std::size_t kMostDecals = 8;

Decal spot(Decal::Kind kind, const Vec3& centre, const Vec3& normal, float radius, const glm::vec3& colour,
           float strength) {
    Decal d;
    d.kind = kind;
    d.centre = glm::vec3(centre);
    d.normal = glm::vec3(normal);
    d.e1 = glm::vec3(geometry::tangents_of(normal).e1);
    d.half_size = radius;
    d.colour = colour;
    d.strength = strength;
    return d;
}

glm::vec3 film_colour(const std::string& agent) {
    if (agent.find("iod") != std::string::npos) return {0.22f, 0.075f, 0.015f};
    if (agent.find("chlorhex") != std::string::npos) return {0.70f, 0.24f, 0.12f};
    return {0.62f, 0.58f, 0.55f};
}

/// The film's texels are the state's own: the scene must not outlive the state.
Decal film_of(const tissue::SkinPrep& prep) {
    Decal d = spot(Decal::Kind::Film, prep.centre(), prep.normal(),
                   static_cast<float>(0.5 * tissue::SkinPrep::kCells * tissue::SkinPrep::kCell_mm),
                   film_colour(prep.agent()), 1.0f);
    d.cells = tissue::SkinPrep::kCells;
    d.texels = std::shared_ptr<const std::vector<std::uint8_t>>(std::shared_ptr<void>(), &prep.film());
    d.revision = prep.revision();
    return d;
}

void add_marks_on_skin(const anatomy::Body& body, const session::SimState& s, std::vector<Decal>& decals) {
    if (s.prep.placed() && !s.prep.film().empty()) decals.push_back(film_of(s.prep));
    if (s.mark)
        decals.push_back(spot(Decal::Kind::Ink, *s.mark, s.mark_normal, 3.2f, {0.045f, 0.015f, 0.16f}, 0.9f));
    if (s.numb_centre) {
        const Vec3 n = anatomy::nearest_skin(body, *s.numb_centre).normal;
        const bool wheal = s.wheal.used;
        decals.push_back(spot(wheal ? Decal::Kind::Wheal : Decal::Kind::Numb, *s.numb_centre, n,
                              wheal ? 6.0f : 18.0f, {0.86f, 0.66f, 0.58f}, 0.8f));
    }
    if (!s.pass.tip_path.empty()) { // the last puncture; its path begins at the entry
        const Vec3 entry = s.pass.tip_path.front(), n = anatomy::nearest_skin(body, entry).normal;
        decals.push_back(spot(Decal::Kind::Bruise, entry, n, 1.1f, {0.30f, 0.012f, 0.012f}, 0.9f));
    }
    for (const Vec3& at : s.referred) {
        if (decals.size() >= kMostDecals) break;
        const anatomy::SkinPoint skin = anatomy::nearest_skin(body, at);
        decals.push_back(
            spot(Decal::Kind::Referred, skin.point, skin.normal, 34.0f, {0.80f, 0.06f, 0.04f}, 0.55f));
    }
}

render::Dent dent_of(const session::SimState& s) {
    render::Dent dent;
    constexpr float kDeepest_mm = 28.0f;
    if (s.finger.touching && s.finger.indentation_mm > 0.0) {
        dent.centre = glm::vec3(s.finger.point);
        dent.inward = glm::vec3(s.finger.inward);
        dent.depth = std::min(kDeepest_mm, static_cast<float>(s.finger.indentation_mm));
        return dent;
    }
    if (s.algometer.touching && s.algometer.indentation_mm > 0.0) {
        dent.centre = glm::vec3(s.algometer.point);
        dent.inward = glm::vec3(s.algometer.inward);
        dent.depth = std::min(kDeepest_mm, static_cast<float>(s.algometer.indentation_mm));
        dent.pad_radius = kAlgometerTip_mm;
        return dent;
    }
    const bool needle = s.tool == events::Tool::Needle || s.tool == events::Tool::WhealNeedle;
    if (needle && !s.needle.under_skin && s.needle.dent_mm > 0.0) {
        dent.centre = glm::vec3(s.needle.entry);
        dent.inward = glm::vec3(s.needle.axis);
        dent.depth = std::min(8.0f, static_cast<float>(s.needle.dent_mm));
        dent.pad_radius = 0.8f;
        dent.rim_radius = 9.0f;
    }
    return dent;
}

/// Bounds of the skin where it lies on the table: from the knees to the shoulders.
geometry::Box lying_bounds(const anatomy::Body& body) {
    geometry::Box box;
    const StructureId skin = body.atlas().skin();
    const geometry::Mesh& mesh = body.atlas().mesh(skin, body.atlas().structure(skin).lods - 1);
    for (const glm::vec3& p : mesh.positions) {
        if (p.y > 300.0f && p.y < 1560.0f) box.add(Vec3(p));
    }
    return box;
}

/// From below the table would hide the body.
bool eye_above_table(const ViewSettings& settings, events::Posture posture) {
    const render::Camera camera = settings.camera.camera();
    return glm::dot(camera.eye - camera.target, room_up(posture)) >= 0.0f;
}

} // namespace

render::RenderScene present_anatomy(const anatomy::Body& body, const ViewSettings& settings,
                                    glm::vec2 size_px) {
    render::RenderScene scene = scene_of_body(body, settings, size_px, false);
    if (settings.layers.show_bands && !skin_hides_all(settings.layers)) add_bands(body, scene);
    add_points(body, settings.layers, scene);
    return scene;
}

render::RenderScene present_session(const anatomy::Body& body, const session::SimState& state,
                                    const ViewSettings& chosen, const ToolShapes& tools, glm::vec2 size_px,
                                    bool dent) {
    const ViewSettings settings = as_seen(body, chosen);
    render::RenderScene scene = scene_of_body(body, settings, size_px, true);
    if (settings.layers.sight == events::Sight::SeenThrough) {
        add_seen_through(body, scene);
        // Ink hardly shows on transparent skin: a short pin stands at the mark.
        if (state.mark)
            scene.lines.push_back(
                {{glm::vec3(*state.mark), glm::vec3(*state.mark + state.mark_normal * 12.0)},
                 {0.75f, 0.65f, 1.0f},
                 2.0f,
                 true,
                 false});
    } else if (settings.layers.show_bands && !skin_hides_all(settings.layers)) {
        add_bands(body, scene);
    }
    add_points(body, settings.layers, scene);
    if (state.posture != events::Posture::Sitting && eye_above_table(settings, state.posture))
        add_table(state.posture, lying_bounds(body), tools, scene);
    if (dent) scene.dent = dent_of(state);
    if (settings.layers.skin) add_marks_on_skin(body, state, scene.decals);
    add_tool(state, tools, scene, dent);
    add_probe(state.probe, tools, scene);
    return scene;
}

} // namespace tb::view
