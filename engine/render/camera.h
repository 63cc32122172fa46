// The camera's own directions. Inside module render; the public part is in render_scene.h.
#pragma once

#include "render/render_scene.h"

namespace tb::render {

/// Unit directions in the body frame.
struct CameraAxes {
    glm::vec3 right{1.0f, 0.0f, 0.0f}, up{0.0f, 1.0f, 0.0f}, forward{0.0f, 0.0f, -1.0f};
};

/// Right-handed and orthonormal whatever the camera: an `up` along the line of sight is replaced by another
/// direction.
CameraAxes axes_of(const Camera& camera);

/// Width and height of a picture at distance 1, halved: x and y of tan(half angle).
glm::vec2 half_extent(const Camera& camera, float aspect);

} // namespace tb::render
