#include "render/lines.h"

namespace tb::render {

std::vector<LineCorner> corners_of(const Line& line, const Camera& camera, glm::vec2 size_px, float scale) {
    std::vector<LineCorner> corners;
    const glm::mat4 to_clip = view_projection(camera, size_px.x / size_px.y);
    const float half_width = 0.5f * line.width_px * scale, margin = half_width + 1.5f;
    float along = 0.0f;
    for (std::size_t i = 1; i < line.points.size(); ++i) {
        glm::vec4 a = to_clip * glm::vec4(line.points[i - 1], 1.0f),
                  b = to_clip * glm::vec4(line.points[i], 1.0f);
        const float nearest = camera.near_mm; // w is the distance in front of the eye
        if (a.w < nearest && b.w < nearest) continue;
        if (a.w < nearest) a = glm::mix(a, b, (nearest - a.w) / (b.w - a.w));
        if (b.w < nearest) b = glm::mix(b, a, (nearest - b.w) / (a.w - b.w));
        const glm::vec3 from = glm::vec3(a) / a.w, to = glm::vec3(b) / b.w;
        const glm::vec2 span = glm::vec2(to - from) * 0.5f * size_px;
        const float length = glm::length(span);
        const glm::vec2 direction = length > 1e-4f ? span / length : glm::vec2(1.0f, 0.0f);
        const glm::vec2 side(-direction.y, direction.x);
        const auto corner = [&](bool end, float sign) {
            const glm::vec2 shift =
                (direction * (end ? margin : -margin) + side * sign * margin) / (0.5f * size_px);
            const glm::vec3 at = (end ? to : from) + glm::vec3(shift, 0.0f);
            return LineCorner{at,
                              {end ? length + margin : -margin, sign * margin, length, half_width},
                              {line.colour, line.dashed ? along : -1.0f}};
        };
        for (const auto& [end, sign] : {std::pair{false, -1.0f},
                                        {true, -1.0f},
                                        {true, 1.0f},
                                        {false, -1.0f},
                                        {true, 1.0f},
                                        {false, 1.0f}}) {
            corners.push_back(corner(end, sign));
        }
        along += length;
    }
    return corners;
}

} // namespace tb::render
