#include "view/sight.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "anatomy/queries.h"
#include "view/layers.h"
#include "view/present.h"
#include "view/structures.h"
#include "view/tool_shapes.h"

namespace tb::view {
namespace {

using events::Sight;

// How much each step lets through, chosen by eye on the neck (est.). Half seen, the skin stays
// skin: muscles are a shade and a thin outline in it.
constexpr float kSeenSkin = 0.30f, kSeenHolder = 0.93f, kSeenCover = 0.60f, kHalfSkin = 0.92f;

/// Every muscle between a band and the skin, along the band, and the muscles that hold bands. Those stay more
/// solid than what only covers, even where they cover another band: they are what the finger is to know.
void fade_what_covers(const anatomy::Body& body, Layers& layers) {
    constexpr double kStep_mm = 12.0;
    const anatomy::Atlas& atlas = body.atlas();
    for (const anatomy::Band& band : body.bands()) {
        geometry::Vec3 last(1e9);
        for (const geometry::Vec3& p : band.line) {
            if (glm::length(p - last) < kStep_mm) continue;
            last = p;
            const geometry::Vec3 skin = anatomy::nearest_skin(body, p).point;
            for (const geometry::Hit& hit : atlas.inner_bvh().all_hits(skin, p)) {
                const anatomy::Structure& s = atlas.structure(atlas.structure_of(hit.object));
                if (s.kind == StructureKind::Muscle || s.kind == StructureKind::Tendon)
                    layers.faded[s.id] = kSeenCover;
            }
        }
    }
    for (const anatomy::Band& band : body.bands())
        layers.faded[atlas.structure(band.muscle).id] = kSeenHolder;
}

/// A thin cylinder from `a` to `b`.
render::Drawable strand(const glm::vec3& a, const glm::vec3& b, float radius, const glm::vec3& colour) {
    render::Drawable d;
    d.mesh = basic_ref(Shape::Cylinder);
    d.colour = colour;
    const geometry::Tangents t = geometry::tangents_of(geometry::Vec3(glm::normalize(b - a)));
    d.transform = {glm::vec4(glm::vec3(t.e1) * radius, 0), glm::vec4(glm::vec3(t.e2) * radius, 0),
                   glm::vec4(b - a, 0), glm::vec4(a, 1)};
    return d;
}

void add_fibres(const anatomy::Band& band, render::RenderScene& scene) {
    constexpr glm::vec3 kFibre{1.0f, 0.80f, 0.52f}, kNodule{0.95f, 0.50f, 0.22f};
    constexpr int kStrands = 7; // one in the middle, six around it
    constexpr float kStep_mm = 6.0f, kGlow = 0.8f;
    const auto radius = static_cast<float>(band.radius_mm);
    const std::vector<geometry::Vec3>& line = band.line;
    if (line.size() < 2) return;
    // One frame for the whole band, so that the strands run side by side without twisting.
    const geometry::Tangents t = geometry::tangents_of(glm::normalize(line.back() - line.front()));
    for (int i = 0; i < kStrands; ++i) {
        const float angle = 6.2831853f * static_cast<float>(i) / static_cast<float>(kStrands - 1);
        glm::vec3 aside(0.0f);
        if (i + 1 < kStrands)
            aside = 0.72f * radius * (std::cos(angle) * glm::vec3(t.e1) + std::sin(angle) * glm::vec3(t.e2));
        // Half a millimetre is less than a pixel from where one works: a thin line keeps each strand, so that
        // they are one strip from afar and part when one comes nearer.
        render::Line fine;
        fine.colour = kFibre;
        fine.width_px = 1.2f;
        fine.on_top = true;
        glm::vec3 from(line.front());
        fine.points.push_back(from + aside);
        for (std::size_t k = 1; k < line.size(); ++k) {
            const glm::vec3 to(line[k]);
            const float length = glm::length(to - from);
            if (length < 1e-3f || (length < kStep_mm && k + 1 < line.size())) continue;
            scene.drawables.push_back(strand(from + aside, to + aside, 0.24f * radius, kFibre));
            scene.drawables.back().glow = kGlow;
            fine.points.push_back(to + aside);
            from = to;
        }
        scene.lines.push_back(fine);
    }
    add_sphere(glm::vec3(band.centre), static_cast<float>(band.nodule_radius_mm), kNodule, 1.0f, scene);
    scene.drawables.back().glow = kGlow;
    add_nodule_ring(band, kFibre, scene);
}

/// What the needle must not meet on its way to one of the bands. All hazards of the body at once would hide
/// them.
void light_hazards(const anatomy::Body& body, render::RenderScene& scene) {
    constexpr double kNear_mm = 30.0; // about the longest way of a needle to these points (est.)
    constexpr float kGlow = 0.75f, kWideGlow = 0.35f;
    std::set<std::uint32_t> near;
    for (const anatomy::Band& band : body.bands()) {
        for (const anatomy::NearHazard& h : anatomy::hazards_near(body, band.centre, kNear_mm))
            near.insert(pick_id_of(h.structure));
    }
    for (render::Drawable& d : scene.drawables) {
        if (!near.contains(d.pick_id)) continue;
        d.pattern = pattern_of(body.atlas().structure({d.pick_id - 1}).kind);
        // Pleura and organs fill much of the picture.
        d.glow = d.pattern == render::GlowPattern::Lattice ? kWideGlow : kGlow;
    }
}

} // namespace

ViewSettings as_seen(const anatomy::Body& body, const ViewSettings& settings) {
    ViewSettings seen = settings;
    Layers& layers = seen.layers;
    switch (settings.layers.sight) {
    case Sight::SeenThrough:
        layers.skin_opacity = std::min(layers.skin_opacity, kSeenSkin);
        fade_what_covers(body, layers);
        break;
    case Sight::Half:
        if (!skin_is_solid(layers)) break; // the x-ray look or peeling shows more already
        layers.skin_opacity = kHalfSkin;
        layers.vessels = layers.nerves = layers.organs = false;
        break;
    case Sight::Blind:
        break;
    }
    return seen;
}

void add_seen_through(const anatomy::Body& body, render::RenderScene& scene) {
    light_hazards(body, scene);
    for (const anatomy::Band& band : body.bands())
        add_fibres(band, scene);
}

} // namespace tb::view
