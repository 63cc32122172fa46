#include "render/frame_block.h"

#include <algorithm>

#include "render/camera.h"

namespace tb::render {

FrameBlock frame_block(const RenderScene& scene, int width, int height) {
    const float aspect = static_cast<float>(width) / static_cast<float>(height);
    const CameraAxes axes = axes_of(scene.camera);
    FrameBlock f;
    f.view_projection = view_projection(scene.camera, aspect);
    f.eye = {scene.camera.eye, 2.0f * half_extent(scene.camera, aspect).y / static_cast<float>(height)};
    f.up = {axes.up, scene.exposure};
    f.key = {glm::normalize(-0.48f * axes.right + 0.62f * axes.up - 0.66f * axes.forward), 0.0f};
    f.fill = {glm::normalize(0.85f * axes.right - 0.10f * axes.up - 0.50f * axes.forward), 0.0f};
    f.rim = {glm::normalize(0.55f * axes.right + 0.55f * axes.up + 0.62f * axes.forward), 0.0f};
    f.clip = {0.0f, 0.0f, 0.0f, -1.0f}; // cuts nothing
    if (scene.clip.on) {
        const glm::vec3 n = glm::normalize(scene.clip.normal);
        f.clip = {n, -glm::dot(n, scene.clip.point)};
    }
    const Dent& dent = scene.dent;
    f.dent_centre = {dent.centre, dent.depth};
    f.dent_inward = {dent.inward, dent.pad_radius};
    const std::size_t decals = std::min(scene.decals.size(), kMostDecals);
    const std::size_t openings = std::min(scene.openings.size(), kMostOpenings);
    f.counts = {dent.depth > 0.0f ? dent.rim_radius : 0.0f, static_cast<float>(decals),
                static_cast<float>(openings), 0.0f};
    if (scene.lens.on) {
        const auto w = static_cast<float>(width), h = static_cast<float>(height);
        f.lens = {scene.lens.centre.x * w, (1.0f - scene.lens.centre.y) * h, scene.lens.radius * h, 0.0f};
    }
    for (std::size_t i = 0; i < openings; ++i) {
        f.opening_low[i] = glm::vec4(scene.openings[i].low, 0.0f);
        f.opening_high[i] = glm::vec4(scene.openings[i].high, 0.0f);
    }
    for (std::size_t i = 0; i < decals; ++i) {
        const Decal& d = scene.decals[i];
        const bool film = d.kind == Decal::Kind::Film && d.texels && d.cells > 0;
        f.decal_centre[i] = {d.centre, d.half_size};
        f.decal_normal[i] = {d.normal, d.strength};
        f.decal_e1[i] = {d.e1, static_cast<float>(d.kind)};
        f.decal_colour[i] = {d.colour, film ? static_cast<float>(i) : -1.0f};
    }
    return f;
}

} // namespace tb::render
