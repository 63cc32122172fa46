#include "geometry/frame.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tb::geometry {

Tangents tangents_of(const Vec3& normal) {
    const Vec3 up = std::abs(normal.y) < 0.9 ? Vec3(0, 1, 0) : Vec3(0, 0, 1);
    const Vec3 e1 = glm::normalize(glm::cross(up, normal));
    return {e1, glm::cross(normal, e1)};
}

Vec3 turned(const Vec3& v, const Vec3& about, double degrees) {
    const double a = degrees * std::numbers::pi / 180.0;
    return v * std::cos(a) + glm::cross(about, v) * std::sin(a) +
           about * glm::dot(about, v) * (1.0 - std::cos(a));
}

double angle_deg(const Vec3& a, const Vec3& b) {
    const double length = glm::length(a) * glm::length(b);
    if (length <= 0.0) return 0.0;
    return std::acos(std::clamp(glm::dot(a, b) / length, -1.0, 1.0)) * 180.0 / std::numbers::pi;
}

void Box::add(const Vec3& p) {
    low = glm::min(low, p);
    high = glm::max(high, p);
}

void Box::add(const Box& b) {
    low = glm::min(low, b.low);
    high = glm::max(high, b.high);
}

void Box::grow(double mm) {
    low -= Vec3(mm);
    high += Vec3(mm);
}

} // namespace tb::geometry
