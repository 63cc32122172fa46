#include <algorithm>
#include <cmath>

#include "view/view_settings.h"

namespace tb::view {
namespace {

constexpr float kMaxElevation_deg = 85.0f;
constexpr float kNearest_mm = 80.0f, kFarthest_mm = 6000.0f;

/// Above this height the head end of the table is the place to work from.
constexpr float kHeadEnd_mm = 1400.0f;

/// From the focus to the eye.
glm::vec3 away_of(float azimuth_deg, float elevation_deg) {
    const float a = glm::radians(azimuth_deg), e = glm::radians(elevation_deg);
    return {std::sin(a) * std::cos(e), std::sin(e), std::cos(a) * std::cos(e)};
}

struct PictureAxes {
    glm::vec3 away, right, up;
};

PictureAxes unrolled_axes(const OrbitCamera& c) {
    const glm::vec3 away = away_of(c.azimuth_deg, c.elevation_deg);
    const glm::vec3 right = glm::normalize(glm::cross(glm::vec3(0, 1, 0), away));
    return {away, right, glm::cross(away, right)};
}

PictureAxes axes_of(const OrbitCamera& c) {
    const PictureAxes a = unrolled_axes(c);
    const float r = glm::radians(c.roll_deg);
    return {a.away, a.right * std::cos(r) + a.up * std::sin(r), a.up * std::cos(r) - a.right * std::sin(r)};
}

} // namespace

float wrapped_deg(float angle) {
    return angle - 360.0f * std::floor(angle / 360.0f);
}

render::Camera OrbitCamera::camera() const {
    const PictureAxes a = axes_of(*this);
    render::Camera c;
    c.eye = focus + a.away * distance_mm;
    c.target = focus;
    c.up = a.up;
    c.fov_deg = fov_deg;
    c.near_mm = std::max(8.0f, 0.06f * distance_mm);
    c.far_mm = distance_mm + 3000.0f;
    return c;
}

void OrbitCamera::orbit(float d_azimuth_deg, float d_elevation_deg) {
    const float r = glm::radians(roll_deg);
    const float right = d_azimuth_deg * std::cos(r) - d_elevation_deg * std::sin(r);
    const float up = d_azimuth_deg * std::sin(r) + d_elevation_deg * std::cos(r);
    azimuth_deg = wrapped_deg(azimuth_deg + right);
    elevation_deg = std::clamp(elevation_deg + up, -kMaxElevation_deg, kMaxElevation_deg);
}

void OrbitCamera::zoom(float factor) {
    if (factor > 0.0f) distance_mm = std::clamp(distance_mm * factor, kNearest_mm, kFarthest_mm);
}

void OrbitCamera::zoom_about(const glm::vec3& point, float factor) {
    const float before = distance_mm;
    zoom(factor);
    // Scaling the eye's whole frame about the point leaves the point where it is in the picture.
    focus = point + (focus - point) * (distance_mm / before);
}

void OrbitCamera::pan(float dx_px, float dy_px, float height_px) {
    if (height_px <= 0.0f) return;
    const PictureAxes a = axes_of(*this);
    const float mm_per_px = 2.0f * distance_mm * std::tan(glm::radians(fov_deg) / 2.0f) / height_px;
    focus += (-dx_px * a.right + dy_px * a.up) * mm_per_px;
}

glm::vec3 room_up(events::Posture posture) {
    switch (posture) {
    case events::Posture::Prone:
        return {0, 0, -1};
    case events::Posture::Supine:
        return {0, 0, 1};
    case events::Posture::SideLyingLeft:
        return {-1, 0, 0};
    case events::Posture::SideLyingRight:
        return {1, 0, 0};
    case events::Posture::Sitting:
        break;
    }
    return {0, 1, 0};
}

OrbitCamera for_posture(OrbitCamera camera, events::Posture posture) {
    if (posture == events::Posture::Sitting) return camera;
    const glm::vec3 up = room_up(posture);
    const bool on_side = up.x != 0.0f;
    const glm::vec3 beside = on_side ? glm::vec3(0, 0, -1) : glm::vec3(camera.focus.x > 0.0f ? 1 : -1, 0, 0);
    // 48 degrees down onto the table, 20 degrees from square towards the head: an upright person at the
    // table's edge. For neck and top of the shoulder the trainee sits at the head end and looks lower: the
    // free edge of the trapezius faces the head and the table (angles est.).
    const bool at_head_end = !on_side && camera.focus.y > kHeadEnd_mm;
    const float down = glm::radians(at_head_end ? 24.0f : 48.0f);
    const float headward = glm::radians(at_head_end ? 55.0f : 20.0f);
    const glm::vec3 level = std::cos(headward) * beside + std::sin(headward) * glm::vec3(0, 1, 0);
    const glm::vec3 away = std::cos(down) * level + std::sin(down) * up;
    camera.azimuth_deg = wrapped_deg(glm::degrees(std::atan2(away.x, away.z)));
    camera.elevation_deg = glm::degrees(std::asin(std::clamp(away.y, -1.0f, 1.0f)));
    camera.roll_deg = 0.0f;
    const PictureAxes a = unrolled_axes(camera);
    camera.roll_deg = glm::degrees(std::atan2(-glm::dot(up, a.right), glm::dot(up, a.up)));
    return camera;
}

} // namespace tb::view
