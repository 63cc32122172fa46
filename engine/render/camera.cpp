#include "render/camera.h"

#include <cmath>

#include <glm/gtc/matrix_transform.hpp>

namespace tb::render {

CameraAxes axes_of(const Camera& camera) {
    const glm::vec3 sight = camera.target - camera.eye;
    CameraAxes axes;
    axes.forward = glm::length(sight) > 1e-6f ? glm::normalize(sight) : glm::vec3(0.0f, 0.0f, -1.0f);
    glm::vec3 right = glm::cross(axes.forward, camera.up);
    if (glm::length(right) < 1e-4f) { // looking along `up`
        right = glm::cross(axes.forward,
                           std::abs(axes.forward.z) < 0.9f ? glm::vec3(0, 0, 1) : glm::vec3(0, 1, 0));
    }
    axes.right = glm::normalize(right);
    axes.up = glm::cross(axes.right, axes.forward);
    return axes;
}

glm::vec2 half_extent(const Camera& camera, float aspect) {
    const float half_height = std::tan(glm::radians(camera.fov_deg) * 0.5f);
    return {half_height * aspect, half_height};
}

glm::mat4 view_projection(const Camera& camera, float aspect) {
    // In double, because the body's coordinates are large against a pixel.
    const glm::dmat4 projection =
        glm::perspective(glm::radians(static_cast<double>(camera.fov_deg)), static_cast<double>(aspect),
                         static_cast<double>(camera.near_mm), static_cast<double>(camera.far_mm));
    const CameraAxes axes = axes_of(camera);
    const glm::dvec3 eye(camera.eye);
    return glm::mat4(projection * glm::lookAt(eye, eye + glm::dvec3(axes.forward), glm::dvec3(axes.up)));
}

bool project(const Camera& camera, glm::vec2 size_px, const glm::vec3& world, glm::vec2& out_px) {
    const CameraAxes axes = axes_of(camera);
    const glm::vec3 to = world - camera.eye;
    const float distance = glm::dot(to, axes.forward);
    if (distance <= 0.0f) return false;
    const glm::vec2 half = half_extent(camera, size_px.x / size_px.y) * distance;
    out_px = {(glm::dot(to, axes.right) / half.x * 0.5f + 0.5f) * size_px.x,
              (0.5f - glm::dot(to, axes.up) / half.y * 0.5f) * size_px.y};
    return true;
}

Ray pixel_ray(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel) {
    const CameraAxes axes = axes_of(camera);
    const glm::vec2 half = half_extent(camera, size_px.x / size_px.y);
    const float x = (pixel.x / size_px.x * 2.0f - 1.0f) * half.x;
    const float y = (1.0f - pixel.y / size_px.y * 2.0f) * half.y;
    return {camera.eye, glm::normalize(axes.forward + axes.right * x + axes.up * y)};
}

} // namespace tb::render
