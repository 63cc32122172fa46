// Spatial search over many closed meshes at once: nearest hit, all crossings of a segment, nearest point.
// Hides Embree 3; built once, then const and usable from one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "geometry/mesh.h"

namespace tb::geometry {

/// `object` is the number given by `add` (0, 1, 2, ...).
struct Hit {
    std::uint32_t object = 0;
    std::uint32_t triangle = 0;
    double distance = 0.0; ///< along the unit direction, mm
    Vec3 point{0.0};
    Vec3 normal{0.0};          ///< geometric, unit, outward
    double b1 = 0.0, b2 = 0.0; ///< barycentric weights of the triangle's second and third corner
    bool entering = false;     ///< the ray goes into the object here
};

struct Nearest {
    std::uint32_t object = 0;
    std::uint32_t triangle = 0;
    double distance = 0.0;
    Vec3 point{0.0};
};

/// A search distance that reaches every structure from anywhere in the room.
constexpr double kAnywhere_mm = 1e6;

class Bvh {
public:
    Bvh();
    ~Bvh();
    Bvh(Bvh&&) noexcept;
    Bvh& operator=(Bvh&&) noexcept;

    /// Copies what it needs of the mesh; all `add` calls come before `build`.
    std::uint32_t add(const Mesh& mesh);
    void build();
    [[nodiscard]] std::uint32_t object_count() const;

    /// First hit from `origin` along `direction` (any length > 0) within `max_distance` mm.
    [[nodiscard]] std::optional<Hit> first_hit(const Vec3& origin, const Vec3& direction,
                                               double max_distance) const;
    /// Every crossing from `a` to `b`, sorted by distance, then object, then triangle. A ray through a shared
    /// edge or vertex counts once per crossing of the surface; where it goes in and out at one place, the
    /// answer is that of a ray a thousandth of a millimetre beside it.
    [[nodiscard]] std::vector<Hit> all_hits(const Vec3& a, const Vec3& b) const;
    /// The same into `hits`, whose memory is used again: for what asks hundreds of times a frame.
    void all_hits(const Vec3& a, const Vec3& b, std::vector<Hit>& hits) const;
    /// Nearest surface point of any object within `max_distance` mm.
    [[nodiscard]] std::optional<Nearest> nearest(const Vec3& p, double max_distance) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace tb::geometry
