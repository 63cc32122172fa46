// A muscle part as a lattice: mid-surface grid plus half thickness.
//
// position(u,v,w) = M(u,v) + w h(u,v) N(u,v), h = max(H, 0.05) sqrt(1-(2v-1)^2); u 0 origin .. 1 insertion
// along the fibres, v 0..1 across, w -1 deep .. +1 superficial. Interpolation: tensor-product uniform
// Catmull-Rom with phantom end points 2 P0 - P1. The normative text is the "about" block of
// assets/figures/muscles.json.
#pragma once

#include <vector>

#include "geometry/frame.h"
#include "geometry/mesh.h"

namespace tb::geometry {

struct LatticeCoordinates {
    double u = 0.0, v = 0.5, w = 0.0;
};

/// Share of u that is tendon at either end; 1 and 1 is a tendon all through.
struct TendonShares {
    double origin = 0.0, insertion = 0.0;
};

/// Density of a lattice mesh. 4, 8 and 16 are those of the reference check.
struct LatticeDensity {
    int per_u = 4;         ///< points per lattice interval along the fibres
    int per_v = 8;         ///< points around per lattice interval across
    int least_around = 16; ///< never fewer around than this
};

class Lattice {
public:
    /// `points` row-major, nu rows of nv; `half_thickness` likewise, mm. nu >= 2, nv >= 2.
    Lattice(int nu, int nv, std::vector<Vec3> points, std::vector<double> half_thickness);

    [[nodiscard]] int nu() const { return nu_; }
    [[nodiscard]] int nv() const { return nv_; }
    /// Table values, for writing a lattice out again.
    [[nodiscard]] const std::vector<Vec3>& points() const { return points_; }
    [[nodiscard]] const std::vector<double>& half_thickness() const { return half_; }

    [[nodiscard]] Vec3 position(LatticeCoordinates c) const;
    [[nodiscard]] Vec3 mid_surface(double u, double v) const;
    /// Unit normal of the mid-surface; points to the superficial side.
    [[nodiscard]] Vec3 normal(double u, double v) const;
    /// H(u,v) clamped to 0.05 mm (before the square-root profile across v).
    [[nodiscard]] double half_thickness_at(double u, double v) const;
    /// Unit dM/du: direction of the fibres, origin to insertion.
    [[nodiscard]] Vec3 fibre(double u, double v) const;
    /// Unit dM/dv: across the fibres.
    [[nodiscard]] Vec3 across(double u, double v) const;

    /// Coordinates of the point of the solid nearest to `p` (w clamped to [-1, 1]); `distance` = 0 inside, mm
    /// outside.
    struct Inverse {
        LatticeCoordinates at;
        double distance = 0.0;
    };
    [[nodiscard]] Inverse inverse(const Vec3& p) const;

    /// Closed outward mesh with normals, uv, w_part, fibre and tendon attributes. `per_u` points per lattice
    /// interval, `per_v` points around per interval (at least 16 around); 4 and 8 are the density of the
    /// reference check. `tendon_origin`, `tendon_insertion`: shares of u that are tendon.
    [[nodiscard]] Mesh mesh(int part, double tendon_origin, double tendon_insertion, int per_u = 4,
                            int per_v = 8) const;
    [[nodiscard]] Mesh mesh(int part, TendonShares tendon, LatticeDensity density) const;

    /// The left-side twin: x -> -x with v reversed, so that the normal stays superficial and meshes stay
    /// outward.
    [[nodiscard]] Lattice mirrored() const;

private:
    struct Sheet; // mid-surface point, unit normal, half thickness
    [[nodiscard]] Sheet sheet(double u, double v) const;

    int nu_, nv_;
    std::vector<Vec3> points_;
    std::vector<double> half_;
    std::vector<Vec3> node_normals_;
};

} // namespace tb::geometry
