// What all drawables of one picture share, laid out as the uniform block of shaders/common/frame.glsl
// (std140).
#pragma once

#include "render/render_scene.h"
#include "render/textures.h"

namespace tb::render {

struct FrameBlock {
    glm::mat4 view_projection{1.0f};
    glm::vec4 eye{0.0f};
    glm::vec4 up{0.0f};
    glm::vec4 key{0.0f}, fill{0.0f}, rim{0.0f};
    glm::vec4 clip{0.0f};
    glm::vec4 dent_centre{0.0f}, dent_inward{0.0f};
    glm::vec4 counts{0.0f};
    glm::vec4 lens{0.0f};
    glm::vec4 decal_centre[kMostDecals]{}, decal_normal[kMostDecals]{}, decal_e1[kMostDecals]{},
        decal_colour[kMostDecals]{};
    glm::vec4 opening_low[kMostOpenings]{}, opening_high[kMostOpenings]{};
};
static_assert(sizeof(FrameBlock) == 64 + 10 * 16 + 4 * kMostDecals * 16 + 2 * kMostOpenings * 16,
              "std140: only vec4 and mat4");

FrameBlock frame_block(const RenderScene& scene, int width, int height);

} // namespace tb::render
