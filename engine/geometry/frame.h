// Vectors and frames of the body: x = subject's left, y = up, z = anterior; millimetres.
#pragma once

#include <array>

#include <glm/glm.hpp>

#include "base/units.h"

namespace tb::geometry {

using Vec2 = glm::dvec2;
using Vec3 = glm::dvec3;

inline Vec3 vec(PointMm p) {
    return {p.x, p.y, p.z};
}
inline Vec3 vec(Direction d) {
    return {d.x, d.y, d.z};
}
inline PointMm point(const Vec3& v) {
    return {v.x, v.y, v.z};
}
inline Direction direction(const Vec3& v) {
    return {v.x, v.y, v.z};
}

/// Reflection in the midline plane x = 0: right side to left side and back.
inline Vec3 mirrored(const Vec3& v) {
    return {-v.x, v.y, v.z};
}

/// Two unit vectors that complete `normal` (unit) to a right-handed frame; the first is as horizontal as
/// possible.
struct Tangents {
    Vec3 e1, e2;
};
Tangents tangents_of(const Vec3& normal);

/// Turns `v` about the unit vector `about`, right-handed (Rodrigues).
Vec3 turned(const Vec3& v, const Vec3& about, double degrees);

/// Angle between two directions, degrees, 0..180.
double angle_deg(const Vec3& a, const Vec3& b);

/// Axis-aligned box.
struct Box {
    Vec3 low{1e30}, high{-1e30};
    void add(const Vec3& p);
    void add(const Box& b);
    void grow(double mm);
    [[nodiscard]] bool empty() const { return low.x > high.x; }
    [[nodiscard]] Vec3 centre() const { return 0.5 * (low + high); }
    [[nodiscard]] Vec3 size() const { return high - low; }
};

} // namespace tb::geometry
