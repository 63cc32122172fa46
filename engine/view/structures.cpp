#include "view/structures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/hash.h"
#include "view/groups.h"
#include "view/layers.h"
#include "view/peel.h"
#include "view/pick.h"
#include "view/present.h"
#include "view/tool_shapes.h"

namespace tb::view {

render::GlowPattern pattern_of(StructureKind kind) {
    using render::GlowPattern;
    switch (kind) {
    case StructureKind::Artery:
        return GlowPattern::Rising;
    case StructureKind::Vein:
        return GlowPattern::Falling;
    case StructureKind::Nerve:
    case StructureKind::Canal:
        return GlowPattern::Dots;
    case StructureKind::Pleura:
    case StructureKind::Lung:
    case StructureKind::Organ:
        return GlowPattern::Lattice;
    default:
        return GlowPattern::Plain;
    }
}

namespace {

using anatomy::Structure;

/// Levels of detail that a mesh id leaves room for.
constexpr std::uint64_t kLodSlots = 16;

struct Look {
    render::Material material;
    glm::vec3 colour; ///< linear RGB
};

Look look_of(StructureKind kind) {
    using render::Material;
    switch (kind) {
    case StructureKind::Skin:
        return {Material::Skin, {0.72f, 0.42f, 0.29f}};
    case StructureKind::Muscle:
        return {Material::Muscle, {0.36f, 0.070f, 0.050f}};
    case StructureKind::Tendon:
        return {Material::Muscle, {0.70f, 0.66f, 0.56f}};
    case StructureKind::Bone:
        return {Material::Bone, {0.76f, 0.68f, 0.52f}};
    case StructureKind::Cartilage:
        return {Material::Cartilage, {0.62f, 0.68f, 0.70f}};
    case StructureKind::Artery:
        return {Material::Vessel, {0.60f, 0.030f, 0.025f}};
    case StructureKind::Vein:
        return {Material::Vessel, {0.060f, 0.11f, 0.42f}};
    case StructureKind::Nerve:
        return {Material::Nerve, {0.82f, 0.62f, 0.12f}};
    case StructureKind::Canal:
        return {Material::Nerve, {0.74f, 0.64f, 0.34f}};
    case StructureKind::Pleura:
        return {Material::Membrane, {0.50f, 0.42f, 0.62f}};
    case StructureKind::Lung:
        return {Material::Membrane, {0.66f, 0.36f, 0.36f}};
    case StructureKind::Organ:
        return {Material::Membrane, {0.40f, 0.16f, 0.12f}};
    default:
        return {Material::Plain, {0.6f, 0.6f, 0.6f}};
    }
}

/// Neighbouring muscles differ a little in lightness and hue so that their borders read; left and right are
/// alike.
glm::vec3 muscle_tint(const Structure& s, glm::vec3 base) {
    const std::uint64_t h = fnv1a64(base_of(s));
    const float light = static_cast<float>(h % 1024U) / 1023.0f - 0.5f;
    const float hue = static_cast<float>((h >> 20U) % 1024U) / 1023.0f - 0.5f;
    const float k = 1.0f + 0.34f * light;
    return {base.r * k, base.g * k * (1.0f + 0.40f * hue), base.b * k * (1.0f + 0.24f * hue)};
}

struct Candidate {
    StructureId id;
    float area_px = 0.0f; ///< of the structure's sphere in the picture, 0 outside
    int lod = 0;
};

struct Ball {
    glm::vec3 centre{0.0f};
    float radius = 0.0f;
};
Ball ball_of(const geometry::Box& box) {
    return {glm::vec3(box.centre()), static_cast<float>(0.5 * glm::length(box.size()))};
}

/// Picture area of a structure in pixels, clipped to the picture; 0 when it lies outside.
float area_px(const Ball& ball, const render::Camera& camera, glm::vec2 size_px) {
    const glm::vec3 forward = glm::normalize(camera.target - camera.eye);
    const glm::vec3 right = glm::normalize(glm::cross(forward, camera.up)), up = glm::cross(right, forward);
    const glm::vec3 to = ball.centre - camera.eye;
    const float depth = std::max(glm::dot(to, forward), camera.near_mm);
    if (glm::dot(to, forward) + ball.radius < camera.near_mm) return 0.0f;
    const float px_per_mm = size_px.y / (2.0f * depth * std::tan(glm::radians(camera.fov_deg) / 2.0f));
    const float x = glm::dot(to, right) * px_per_mm, y = glm::dot(to, up) * px_per_mm,
                r = ball.radius * px_per_mm;
    if (std::abs(x) - r > size_px.x / 2.0f || std::abs(y) - r > size_px.y / 2.0f) return 0.0f;
    return r * r; // bodies fill about a third of their sphere's disc
}

/// Pixels a triangle may take: about 6 in a close-up; doubled until everything fits into the budget.
void choose_lods(const anatomy::Atlas& atlas, std::vector<Candidate>& all) {
    constexpr float kPixelsPerTriangle = 6.0f;
    constexpr int kDoublings = 16;
    const auto triangles = [&](const Candidate& c, int lod) {
        return atlas.mesh(c.id, lod).triangle_count();
    };
    float pixels = kPixelsPerTriangle;
    for (int round = 0; round < kDoublings; ++round, pixels *= 1.5f) {
        std::size_t sum = 0;
        for (Candidate& c : all) {
            const int coarsest = std::max(0, atlas.structure(c.id).lods - 1);
            const auto wanted = static_cast<std::size_t>(c.area_px / pixels);
            c.lod = coarsest;
            while (c.lod > 0 && triangles(c, c.lod) < wanted)
                --c.lod;
            sum += triangles(c, c.lod);
        }
        if (sum <= kTriangleBudget) return;
    }
}

/// Where an otherwise solid skin lets one look in: lens and openings, and what could show there.
struct Windows {
    bool needed = false;
    glm::vec2 lens_px{0.0f};
    float lens_radius_px = -1.0f;
    std::vector<render::Opening> openings;

    [[nodiscard]] bool may_show(const geometry::Box& box, const Ball& ball, const render::Camera& camera,
                                glm::vec2 size_px) const {
        for (const render::Opening& o : openings) {
            const glm::vec3 low(box.low), high(box.high);
            if (glm::all(glm::lessThan(low, o.high)) && glm::all(glm::greaterThan(high, o.low))) return true;
        }
        if (lens_radius_px < 0.0f) return false;
        glm::vec2 at;
        if (!render::project(camera, size_px, ball.centre, at)) return true;
        const float depth = std::max(glm::length(ball.centre - camera.eye) - ball.radius, camera.near_mm);
        const float radius =
            ball.radius * size_px.y / (2.0f * depth * std::tan(glm::radians(camera.fov_deg) / 2.0f));
        return glm::length(at - lens_px) < lens_radius_px + radius;
    }
};

render::Drawable drawable_of(const anatomy::Atlas& atlas, const Candidate& c, const Layers& layers) {
    const Structure& s = atlas.structure(c.id);
    const Look look = look_of(s.kind);
    render::Drawable d;
    d.mesh = {static_cast<std::uint64_t>(c.id.index) * kLodSlots + static_cast<std::uint64_t>(c.lod) + 1,
              atlas.revision(), &atlas.mesh(c.id, c.lod)};
    d.material = look.material;
    d.colour = s.kind == StructureKind::Muscle ? muscle_tint(s, look.colour) : look.colour;
    d.opacity = opacity_of(s, layers);
    const bool highlighted = layers.highlighted.contains(s.id);
    d.highlight = highlighted ? 1.0f : layers.hovered == s.id ? 0.35f : 0.0f;
    d.opens_in_lens = opens_in_lens(s, layers);
    d.opens_in_boxes = s.kind == StructureKind::Skin && !highlighted;
    if (layers.hazards && is_hazard(s.kind)) {
        d.glow = highlighted ? 1.0f : 0.8f;
        d.pattern = pattern_of(s.kind);
    } else if (highlighted && s.kind != StructureKind::Skin) {
        d.glow = 0.6f;
    }
    d.pick_id = pick_id_of(c.id);
    return d;
}

glm::mat4 along(const glm::vec3& a, const glm::vec3& b, float radius) {
    const glm::vec3 axis = b - a;
    const geometry::Tangents t = geometry::tangents_of(geometry::Vec3(glm::normalize(axis)));
    return {glm::vec4(glm::vec3(t.e1) * radius, 0), glm::vec4(glm::vec3(t.e2) * radius, 0),
            glm::vec4(axis, 0), glm::vec4(a, 1)};
}

} // namespace

render::RenderScene scene_of_body(const anatomy::Body& body, const ViewSettings& settings, glm::vec2 size_px,
                                  bool dented) {
    render::RenderScene scene;
    scene.camera = settings.camera.camera();
    const Layers& layers = settings.layers;
    scene.clip = clip_plane(settings);
    scene.openings = skin_openings(layers);
    if (layers.lens.on) scene.lens = {true, layers.lens.centre, layers.lens.radius};
    Windows windows;
    windows.needed = skin_is_solid(layers);
    windows.openings = scene.openings;
    if (layers.lens.on) {
        windows.lens_px = layers.lens.centre * size_px;
        windows.lens_radius_px = layers.lens.radius * size_px.y;
    }
    const anatomy::Atlas& atlas = body.atlas();
    std::vector<Candidate> shown;
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        const StructureId id{i};
        const Structure& s = atlas.structure(id);
        if (!is_shown(s, layers)) continue;
        const bool shines = layers.highlighted.contains(s.id) || (layers.hazards && is_hazard(s.kind));
        if (windows.needed && !shines && s.kind != StructureKind::Skin &&
            !windows.may_show(atlas.bounds(id), ball_of(atlas.bounds(id)), scene.camera, size_px))
            continue; // behind the solid skin
        Candidate c{id, 0.0f, settings.lod};
        if (settings.lod < 0) c.area_px = area_px(ball_of(atlas.bounds(id)), scene.camera, size_px);
        if (settings.lod >= 0) c.lod = std::clamp(settings.lod, 0, std::max(0, s.lods - 1));
        shown.push_back(c);
    }
    if (settings.lod < 0) choose_lods(atlas, shown);
    for (const Candidate& c : shown) {
        render::Drawable d = drawable_of(atlas, c, layers);
        d.dented = dented && c.id == atlas.skin();
        scene.drawables.push_back(d);
    }
    return scene;
}

void add_sphere(const glm::vec3& centre, float radius, const glm::vec3& colour, float opacity,
                render::RenderScene& scene) {
    render::Drawable d;
    d.mesh = basic_ref(Shape::Sphere);
    d.colour = colour;
    d.opacity = opacity;
    d.transform = glm::mat4(radius);
    d.transform[3] = glm::vec4(centre, 1.0f);
    scene.drawables.push_back(d);
}

void add_nodule_ring(const anatomy::Band& band, const glm::vec3& colour, render::RenderScene& scene) {
    const glm::vec3 centre(band.centre);
    const glm::vec3 to_eye = glm::normalize(scene.camera.eye - centre);
    const glm::vec3 right = glm::normalize(glm::cross(scene.camera.up, to_eye)),
                    up = glm::cross(to_eye, right);
    const float radius = static_cast<float>(band.nodule_radius_mm) + 1.5f;
    render::Line ring;
    ring.colour = colour;
    ring.width_px = 2.5f;
    ring.on_top = true;
    ring.dashed = band.state == anatomy::PointState::Latent;
    constexpr int kCorners = 28;
    for (int i = 0; i <= kCorners; ++i) {
        const float a = 6.2831853f * static_cast<float>(i) / kCorners;
        ring.points.push_back(centre + radius * (std::cos(a) * right + std::sin(a) * up));
    }
    scene.lines.push_back(ring);
}

/// The band's axis and a ring around its nodule, drawn over everything: the muscle that holds them stays as
/// it is.
void add_band_signs(const anatomy::Band& band, const glm::vec3& colour, render::RenderScene& scene) {
    render::Line axis;
    axis.points.assign(band.line.begin(), band.line.end());
    axis.colour = colour;
    axis.width_px = 2.5f;
    axis.on_top = true;
    axis.dashed = band.state == anatomy::PointState::Latent;
    scene.lines.push_back(axis);
    add_nodule_ring(band, colour, scene);
}

void add_bands(const anatomy::Body& body, render::RenderScene& scene) {
    constexpr glm::vec3 kBand{0.85f, 0.42f, 0.10f}, kActive{0.95f, 0.16f, 0.06f},
        kLatent{0.90f, 0.62f, 0.10f};
    constexpr float kStep_mm = 6.0f;
    for (const anatomy::Band& band : body.bands()) {
        const auto radius = static_cast<float>(band.radius_mm);
        for (std::size_t i = 1, from = 0; i < band.line.size(); ++i) {
            const glm::vec3 a = band.line[from], b = band.line[i];
            if (glm::length(b - a) < kStep_mm && i + 1 < band.line.size()) continue;
            from = i;
            if (glm::length(b - a) < 1e-3f) continue;
            render::Drawable d;
            d.mesh = basic_ref(Shape::Cylinder);
            d.colour = kBand;
            d.highlight = 0.35f;
            d.transform = along(a, b, radius);
            scene.drawables.push_back(d);
        }
        add_sphere(band.centre, static_cast<float>(band.nodule_radius_mm),
                   band.state == anatomy::PointState::Active ? kActive : kLatent, 1.0f, scene);
        scene.drawables.back().highlight = 0.6f;
        add_band_signs(band,
                       band.state == anatomy::PointState::Active ? glm::vec3(1.0f, 0.55f, 0.10f)
                                                                 : glm::vec3(0.95f, 0.80f, 0.35f),
                       scene);
    }
}

} // namespace tb::view
