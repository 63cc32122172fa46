#include "tissue/probe.h"

#include <cmath>

namespace tb::tissue {

using geometry::turned;
using geometry::Vec3;

InPicture in_picture(const ProbePose& pose, const Vec3& p) {
    const Vec3 d = p - pose.centre;
    return {glm::dot(d, pose.lateral), glm::dot(d, pose.inward), glm::dot(d, pose.elevation())};
}

bool in_slice(const EchoTable& table, const ProbePose& pose, double depth_mm, const Vec3& p) {
    const InPicture at = in_picture(pose, p);
    return at.depth_mm >= 0.0 && at.depth_mm <= depth_mm && std::abs(at.lateral_mm) <= 0.5 * pose.width_mm &&
           std::abs(at.elevation_mm) <= 0.5 * table.slice_at_mm(at.depth_mm);
}

ProbePose place_probe(const anatomy::Body& body, const Vec3& at, const Vec3& along, const ProbeHold& hold) {
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body, at);
    Vec3 lateral = along - skin.normal * glm::dot(along, skin.normal);
    const double length = glm::length(lateral);
    lateral = length > 1e-6 ? lateral / length : geometry::tangents_of(skin.normal).e1;
    ProbePose pose;
    pose.centre = skin.point;
    pose.inward = -skin.normal;
    pose.lateral = turned(lateral, skin.normal, hold.turn_deg);
    pose.inward = turned(pose.inward, pose.lateral, hold.tilt_deg);
    const Vec3 elevation = pose.elevation();
    pose.inward = glm::normalize(turned(pose.inward, elevation, -hold.rock_deg));
    pose.lateral = glm::normalize(turned(pose.lateral, elevation, -hold.rock_deg));
    return pose;
}

} // namespace tb::tissue
