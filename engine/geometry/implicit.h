// Bones as smooth unions of simple solids, and the field to contour. The definition of every primitive is the
// "about" block of assets/figures/bones.json; distances are negative inside, mm.
#pragma once

#include <array>
#include <variant>
#include <vector>

#include "geometry/contour.h"
#include "geometry/frame.h"

namespace tb::geometry {

/// Columns of the rotation given by a quaternion w, x, y, z of any length > 0.
glm::dmat3 axes_of(const std::array<double, 4>& quaternion);

/// Oriented ellipsoid; first-order distance.
struct Blob {
    Vec3 centre{0.0};
    Vec3 half_axes{1.0};
    glm::dmat3 axes{1.0};
};

/// Chain of ellipses: at each point half-axes a along `u` (made square to the chain) and b across.
struct Tube {
    struct Point {
        Vec3 position{0.0};
        double a = 1.0, b = 1.0;
        Vec3 u{1.0, 0.0, 0.0};
    };
    std::vector<Point> chain;
};
/// Uniform Catmull-Rom subdivision of a tube's points; ends extrapolated.
Tube subdivided_tube(const std::vector<Tube::Point>& points, int subdivisions);

/// Sections along the third axis; between stations and angles everything is linear.
struct Loft {
    struct Station {
        double height = 0.0;
        Vec2 centre{0.0};
        std::vector<double> radius; ///< at angles 2 pi j / n from the first axis towards the second
    };
    Vec3 origin{0.0};
    glm::dmat3 axes{1.0};
    std::vector<Station> stations; ///< at least two, heights rising, all with the same number of radii
    double edge_rounding = 1.0;
};

/// Sheet of varying thickness: a triangulated grid of points with half thickness.
struct Plate {
    struct Corner {
        Vec3 position{0.0};
        double half_thickness = 0.0;
    };
    std::vector<std::array<Corner, 3>> triangles;
};
/// Row-major grid of `nv` rows of `nu` corners, subdivided in both directions by uniform Catmull-Rom.
Plate subdivided_plate(const std::vector<Plate::Corner>& grid, int nu, int nv, int subdivisions);

using Primitive = std::variant<Blob, Tube, Loft, Plate>;
double distance(const Primitive& primitive, const Vec3& p);
Box bounds(const Primitive& primitive);

/// Smooth union d = -k ln(sum exp(-d_i / k)) of solids, less holes: d' = k ln(exp(d/k) + sum exp(-h_j/k)).
class ImplicitShape {
public:
    explicit ImplicitShape(double blend_mm) : blend_(blend_mm) {}

    /// `both_sides`: the solid counts twice, as given and reflected in x = 0.
    void add(Primitive primitive, bool hole = false, bool both_sides = false);

    /// Far primitives (more than 14 mm from their box) stand in with the distance to their box.
    [[nodiscard]] double distance(const Vec3& p) const;
    /// Box of all solids (holes left out), without margin.
    [[nodiscard]] Box box() const;
    /// For `sample` and `settle`; the shape must outlive the fields. Leaves out primitives that cannot be
    /// felt.
    [[nodiscard]] LocalField field() const;

private:
    struct Part {
        Primitive primitive;
        Box box;
        bool hole = false;
        bool mirrored = false; ///< evaluated at the reflected point; `box` is the reflected one
    };
    static double part_distance(const Part& part, const Vec3& p);
    [[nodiscard]] ImplicitShape near(const Box& box) const;

    double blend_;
    std::vector<Part> parts_;
    double floor_ = 1e9; ///< least distance of what was left out
};

} // namespace tb::geometry
