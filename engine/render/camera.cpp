#include <cmath>

#include <glm/gtc/matrix_transform.hpp>

#include "render/render_scene.h"

namespace tb::render {

glm::mat4 view_projection(const Camera& camera, float aspect) {
    const glm::mat4 projection =
        glm::perspective(glm::radians(camera.fov_deg), aspect, camera.near_mm, camera.far_mm);
    return projection * glm::lookAt(camera.eye, camera.target, camera.up);
}

bool project(const Camera& camera, glm::vec2 size_px, const glm::vec3& world, glm::vec2& out_px) {
    const glm::vec4 clip = view_projection(camera, size_px.x / size_px.y) * glm::vec4(world, 1.0f);
    if (clip.w <= 0.0f) return false;
    out_px = {(clip.x / clip.w * 0.5f + 0.5f) * size_px.x, (0.5f - clip.y / clip.w * 0.5f) * size_px.y};
    return true;
}

Ray pixel_ray(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel) {
    const glm::vec3 forward = glm::normalize(camera.target - camera.eye);
    const glm::vec3 right = glm::normalize(glm::cross(forward, camera.up));
    const glm::vec3 up = glm::cross(right, forward);
    const float half_height = std::tan(glm::radians(camera.fov_deg) * 0.5f);
    const float half_width = half_height * size_px.x / size_px.y;
    const float x = (pixel.x / size_px.x * 2.0f - 1.0f) * half_width;
    const float y = (1.0f - pixel.y / size_px.y * 2.0f) * half_height;
    return {camera.eye, glm::normalize(forward + right * x + up * y)};
}

} // namespace tb::render
