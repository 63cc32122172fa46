#include "view/pick.h"

#include <algorithm>

#include "view/layers.h"
#include "view/peel.h"

namespace tb::view {
namespace {

using geometry::Vec3;

constexpr double kRayLength_mm = 9000.0, kStep_mm = 0.05;
constexpr float kSeenFrom = 0.5f; ///< what is fainter is looked through
constexpr int kMostSkipped = 200;

bool inside(const render::Opening& box, const Vec3& p) {
    const glm::vec3 q(p);
    return glm::all(glm::greaterThan(q, box.low)) && glm::all(glm::lessThan(q, box.high));
}

/// First surface of a search tree along the ray that `seen` accepts.
template <class Seen>
std::optional<geometry::Hit> first(const geometry::Bvh& bvh, Vec3 origin, const Vec3& direction, Seen seen) {
    const Vec3 start = origin;
    for (int i = 0; i < kMostSkipped; ++i) {
        auto hit = bvh.first_hit(origin, direction, kRayLength_mm);
        if (!hit) return std::nullopt;
        if (seen(*hit)) {
            hit->distance = glm::dot(hit->point - start, direction);
            return hit;
        }
        origin = hit->point + direction * kStep_mm;
    }
    return std::nullopt;
}

} // namespace

render::ClipPlane clip_plane(const ViewSettings& settings) {
    const Layers& layers = settings.layers;
    render::ClipPlane plane;
    plane.on = layers.cut;
    if (!layers.cut) return plane;
    const float side = layers.cut_flip ? -1.0f : 1.0f;
    switch (layers.cut_facing) {
    case CutFacing::Viewer: {
        const render::Camera camera = settings.camera.camera();
        plane.normal = glm::normalize(camera.eye - camera.target);
        plane.point = settings.camera.focus + plane.normal * layers.cut_mm;
        break;
    }
    case CutFacing::Sagittal:
        plane.normal = {side, 0, 0};
        plane.point = {layers.cut_mm, 0, 0};
        break;
    case CutFacing::Frontal:
        plane.normal = {0, 0, side};
        plane.point = {0, 0, layers.cut_mm};
        break;
    case CutFacing::Transverse:
        plane.normal = {0, side, 0};
        plane.point = {0, layers.cut_mm, 0};
        break;
    }
    return plane;
}

std::optional<Picked> pick(const anatomy::Body& body, const ViewSettings& settings, glm::vec2 size_px,
                           glm::vec2 pixel) {
    const anatomy::Atlas& atlas = body.atlas();
    const Layers& layers = settings.layers;
    const render::Ray ray = render::pixel_ray(settings.camera.camera(), size_px, pixel);
    const Vec3 direction = glm::normalize(Vec3(ray.direction));
    const render::ClipPlane plane = clip_plane(settings);
    const Vec3 normal(plane.normal);
    const std::vector<render::Opening> openings = skin_openings(layers);
    const glm::vec2 from_lens = pixel - layers.lens.centre * size_px;
    const bool in_lens = layers.lens.on && glm::length(from_lens) < layers.lens.radius * size_px.y;
    const auto cut_off = [&](const Vec3& p) {
        return plane.on && glm::dot(normal, p - Vec3(plane.point)) > 0.0;
    };
    const auto drawn = [&](StructureId id) {
        const anatomy::Structure& s = atlas.structure(id);
        return is_shown(s, layers) && opacity_of(s, layers) >= kSeenFrom &&
               !(in_lens && opens_in_lens(s, layers));
    };
    std::optional<geometry::Hit> skin;
    if (drawn(atlas.skin())) {
        skin = first(atlas.skin_bvh(), Vec3(ray.origin), direction, [&](const geometry::Hit& h) {
            return !cut_off(h.point) &&
                   std::none_of(openings.begin(), openings.end(),
                                [&](const render::Opening& o) { return inside(o, h.point); });
        });
    }
    std::optional<geometry::Hit> inner;
    if (!skin_hides_all(layers)) {
        inner = first(atlas.inner_bvh(), Vec3(ray.origin), direction, [&](const geometry::Hit& h) {
            return !cut_off(h.point) && drawn(atlas.structure_of(h.object));
        });
    }
    if (!skin && !inner) return std::nullopt;
    if (skin && (!inner || skin->distance <= inner->distance))
        return Picked{atlas.skin(), skin->point, direction};
    return Picked{atlas.structure_of(inner->object), inner->point, direction};
}

} // namespace tb::view
