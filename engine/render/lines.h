// Wide lines as quads in the picture plane. Inside module render.
#pragma once

#include <vector>

#include "render/render_scene.h"

namespace tb::render {

/// As shaders/line.vert reads it.
struct LineCorner {
    glm::vec3 place;   ///< normalised device coordinates
    glm::vec4 segment; ///< px from the segment's start along and across it, its length, half width
    glm::vec4 colour; ///< w = px along the whole line where this segment starts; -1 for a line without dashes
};

/// Two triangles a segment, for a picture of this size; what lies behind the eye is cut off. `scale` widens
/// lines.
std::vector<LineCorner> corners_of(const Line& line, const Camera& camera, glm::vec2 size_px, float scale);

} // namespace tb::render
