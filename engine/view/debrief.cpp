// The needle's way of a finished case against the anatomy, reconstructed from the log alone.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "anatomy/queries.h"
#include "view/present.h"
#include "view/structures.h"

namespace tb::view {
namespace {

using geometry::Vec3;

struct Pass {
    Vec3 entry{0.0};
    std::vector<Vec3> path; ///< wished tips under the skin, thinned to 1 mm; starts at the entry
    bool wheal = false;
};

struct Deposit {
    Vec3 at{0.0};
    double volume_mL = 0.0;
};

/// What the log says happened, in body coordinates.
struct Story {
    std::vector<Pass> passes;
    std::vector<Vec3> marks;
    std::vector<Deposit> deposits;
};

Story story_of(const std::vector<events::Event>& events) {
    Story story;
    bool inside = false;
    for (const events::Event& e : events) {
        if (const auto* p = e.get<events::Punctured>()) {
            inside = true;
            story.passes.push_back(
                {geometry::vec(p->entry), {geometry::vec(p->entry)}, p->tool == events::Tool::WhealNeedle});
        } else if (const auto* pose = e.get<events::ToolPose>(); pose != nullptr && inside) {
            Pass& pass = story.passes.back();
            const Vec3 tip = geometry::vec(pose->tip);
            const double depth = glm::dot(tip - pass.entry, geometry::vec(pose->axis));
            if (depth > 0.0 && glm::length(tip - pass.path.back()) >= 1.0) pass.path.push_back(tip);
        } else if (e.get<events::NeedlePass>() != nullptr && inside) {
            // A new direction through the same hole starts a new pass; the last one stays empty if the needle
            // came out.
            const Pass last = story.passes.back();
            story.passes.push_back({last.entry, {last.path.back()}, last.wheal});
        } else if (e.get<events::NeedleOut>() != nullptr) {
            inside = false;
        } else if (const auto* m = e.get<events::Marked>()) {
            story.marks.push_back(geometry::vec(m->point));
        } else if (const auto* d = e.get<events::Deposited>()) {
            story.deposits.push_back({geometry::vec(d->point), d->volume.value()});
        }
    }
    std::erase_if(story.passes, [](const Pass& p) { return p.path.size() < 2; });
    return story;
}

/// Distinct on dark and on red: first pass white-blue, then through green to violet.
glm::vec3 pass_colour(std::size_t i) {
    constexpr glm::vec3 kColours[] = {
        {0.35f, 0.75f, 1.0f}, {0.30f, 0.95f, 0.45f}, {1.0f, 0.85f, 0.25f}, {0.90f, 0.45f, 1.0f}};
    return kColours[i % std::size(kColours)];
}

std::vector<glm::vec3> floats(const std::vector<Vec3>& points) {
    std::vector<glm::vec3> out;
    for (const Vec3& p : points)
        out.emplace_back(p);
    return out;
}

void add_paths(const Story& story, render::RenderScene& scene) {
    std::size_t number = 0;
    for (const Pass& pass : story.passes) {
        const glm::vec3 colour = pass.wheal ? glm::vec3(0.75f, 0.78f, 0.80f) : pass_colour(number++);
        scene.lines.push_back({floats(pass.path), colour, pass.wheal ? 2.0f : 3.0f, true, false});
        const auto deepest =
            std::max_element(pass.path.begin(), pass.path.end(), [&](const Vec3& a, const Vec3& b) {
                return glm::length(a - pass.entry) < glm::length(b - pass.entry);
            });
        add_sphere(glm::vec3(*deepest), 1.6f, colour, 1.0f, scene);
    }
}

void add_ideal_lines(const anatomy::Body& body, render::RenderScene& scene) {
    for (const anatomy::Band& band : body.bands()) {
        if (!band.target) continue;
        const Vec3 outward = glm::normalize(band.skin_point - band.centre);
        scene.lines.push_back({{glm::vec3(band.skin_point + outward * 25.0), glm::vec3(band.centre)},
                               {0.25f, 0.95f, 0.35f},
                               2.0f,
                               true,
                               true});
    }
}

/// Everything a needle must not meet within reach of a tip path is switched on and lifted out.
void show_hazards_near(const anatomy::Body& body, const Story& story, Layers& layers) {
    constexpr double kNear_mm = 25.0;
    for (const Pass& pass : story.passes) {
        for (std::size_t i = 0; i < pass.path.size(); i += 4) {
            for (const anatomy::NearHazard& h : anatomy::hazards_near(body, pass.path[i], kNear_mm)) {
                layers.highlighted.insert(body.atlas().structure(h.structure).id);
            }
        }
    }
    if (!layers.highlighted.empty()) layers.vessels = layers.nerves = layers.organs = true;
}

void add_marks(const anatomy::Body& body, const Story& story, render::RenderScene& scene) {
    constexpr std::size_t kMostDecals = 8;
    for (const Vec3& at : story.marks) {
        if (scene.decals.size() >= kMostDecals) break;
        const anatomy::SkinPoint skin = anatomy::nearest_skin(body, at);
        render::Decal d;
        d.kind = render::Decal::Kind::Ink;
        d.centre = glm::vec3(skin.point);
        d.normal = glm::vec3(skin.normal);
        d.e1 = glm::vec3(geometry::tangents_of(skin.normal).e1);
        d.half_size = 3.2f;
        d.colour = {0.045f, 0.015f, 0.16f};
        scene.decals.push_back(d);
        // The decal hardly shows on transparent skin: a short pin marks the place.
        scene.lines.push_back({{glm::vec3(skin.point), glm::vec3(skin.point + skin.normal * 12.0)},
                               {0.75f, 0.65f, 1.0f},
                               2.0f,
                               true,
                               false});
    }
}

} // namespace

render::RenderScene present_debrief(const anatomy::Body& body, const session::SimState& /*state*/,
                                    const std::vector<events::Event>& events, const ViewSettings& settings,
                                    glm::vec2 size_px) {
    constexpr float kClearest = 0.35f;
    ViewSettings shown = settings;
    shown.layers.skin_opacity = std::min(shown.layers.skin_opacity, kClearest);
    shown.layers.show_bands = true;
    const Story story = story_of(events);
    show_hazards_near(body, story, shown.layers);
    render::RenderScene scene = scene_of_body(body, shown, size_px, false);
    add_bands(body, scene);
    add_ideal_lines(body, scene);
    add_paths(story, scene);
    for (const Deposit& d : story.deposits) {
        const double radius = std::cbrt(3000.0 * d.volume_mL / (4.0 * std::numbers::pi)); // mL as a ball
        add_sphere(glm::vec3(d.at), static_cast<float>(std::max(1.0, radius)), {0.20f, 0.62f, 0.85f}, 0.5f,
                   scene);
    }
    add_marks(body, story, scene);
    return scene;
}

} // namespace tb::view
