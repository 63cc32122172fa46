// The expected numbers come from an independent evaluation of the formula in assets/figures/muscles.json
// (numpy).
#include "geometry/lattice.h"

#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"

namespace tb::geometry {
namespace {

/// Obliquus capitis inferior, right side: 7 rows of 3 points x, y, z, h.
Lattice small_muscle() {
    constexpr std::array<std::array<double, 12>, 7> kRows{
        {{-3, 1557.8, 44.2, 0.5, -2.8, 1559.5, 44, 1, -1.8, 1561.3, 43.5, 0.7},
         {-11.3, 1562.2, 50, 3.6, -8.8, 1565, 49.4, 3.2, -7, 1568, 48.5, 3.8},
         {-19.5, 1566.8, 56.6, 4.2, -16.8, 1570.5, 54.6, 4.3, -13.7, 1574.2, 53.3, 4.7},
         {-26.9, 1572.3, 64.2, 4.9, -25, 1575.7, 60.4, 4.5, -21.8, 1579.5, 57.8, 4.9},
         {-31.5, 1578.3, 71.2, 4.1, -32.3, 1580.8, 67.4, 4.3, -29.9, 1584.7, 63.5, 4.8},
         {-35.9, 1585.3, 77.5, 2.9, -37.2, 1586.9, 73.7, 3.4, -36.2, 1589.2, 70, 3.2},
         {-41.5, 1590.3, 83, 1, -42.1, 1591.8, 80.3, 1.3, -41.7, 1594.1, 77.6, 1.3}}};
    std::vector<Vec3> points;
    std::vector<double> half;
    for (const auto& row : kRows)
        for (std::size_t k = 0; k < row.size(); k += 4) {
            points.emplace_back(row[k], row[k + 1], row[k + 2]);
            half.push_back(row[k + 3]);
        }
    return {7, 3, points, half};
}

void expect_near(const Vec3& actual, const Vec3& expected, double tolerance) {
    EXPECT_LT(glm::length(actual - expected), tolerance)
        << "got " << actual.x << " " << actual.y << " " << actual.z << ", expected " << expected.x << " "
        << expected.y << " " << expected.z;
}

TEST(Lattice, FollowsTheFormulaOfTheTable) {
    const Lattice lattice = small_muscle();
    expect_near(lattice.mid_surface(0.3, 0.4), {-15.7163968, 1568.6987904, 53.827456}, 1e-6);
    expect_near(lattice.normal(0.3, 0.4), {-0.58166056, 0.05019445, -0.81188147}, 1e-7);
    EXPECT_NEAR(lattice.half_thickness_at(0.3, 0.4), 4.1210752, 1e-7);
    const double h = 4.1210752 * std::sqrt(1 - 0.04);
    expect_near(lattice.position({0.3, 0.4, -0.5}),
                lattice.mid_surface(0.3, 0.4) - 0.5 * h * lattice.normal(0.3, 0.4), 1e-6);
}

TEST(Lattice, PassesThroughTheTableValues) {
    const Lattice lattice = small_muscle();
    expect_near(lattice.mid_surface(2.0 / 6, 0.5), {-16.8, 1570.5, 54.6}, 1e-9);
    expect_near(lattice.mid_surface(1.0, 1.0), {-41.7, 1594.1, 77.6}, 1e-9);
    EXPECT_NEAR(lattice.half_thickness_at(0.0, 0.0), 0.5, 1e-12);
}

TEST(Lattice, MeshHasTheVerticesOfTheReferenceCheck) {
    const Mesh mesh = small_muscle().mesh(0, 0.1, 0.1);
    ASSERT_EQ(mesh.positions.size(), 400U);
    EXPECT_EQ(mesh.triangle_count(), 796U);
    expect_near(Vec3(mesh.positions[0]), {-3.000000, 1557.800000, 44.200000}, 0.001);
    expect_near(Vec3(mesh.positions[5]), {-2.971346, 1560.284833, 43.120965}, 0.001);
    expect_near(Vec3(mesh.positions[100]), {-14.810676, 1568.083371, 48.765330}, 0.001);
    expect_near(Vec3(mesh.positions[211]), {-30.784129, 1574.820789, 60.922192}, 0.001);
    expect_near(Vec3(mesh.positions[300]), {-31.611445, 1585.433009, 72.146587}, 0.001);
    expect_near(Vec3(mesh.positions[399]), {-41.233239, 1590.634935, 82.861373}, 0.001);
    EXPECT_NEAR(volume_mm3(mesh), 3138.448, 0.05);
}

TEST(Lattice, MeshIsClosedAndOutwardAtEveryDensity) {
    for (const LatticeDensity density : {LatticeDensity{4, 8, 16}, LatticeDensity{2, 4, 10},
                                         LatticeDensity{1, 2, 6}, LatticeDensity{1, 3, 7}}) {
        const MeshCheck result = check(small_muscle().mesh(0, {0.1, 0.1}, density));
        EXPECT_TRUE(result.closed()) << density.per_u << " by " << density.per_v;
        EXPECT_TRUE(result.outward);
    }
}

TEST(Lattice, MeshVerticesLieWhereTheirCoordinatesSay) {
    const Lattice lattice = small_muscle();
    const Mesh mesh = lattice.mesh(3, 0.1, 0.1);
    for (std::size_t i = 0; i < mesh.positions.size(); i += 7) {
        expect_near(lattice.position({mesh.uv[i].x, mesh.uv[i].y, mesh.w_part[i].x}), Vec3(mesh.positions[i]),
                    0.02);
        EXPECT_EQ(mesh.w_part[i].y, 3.0F);
    }
}

TEST(Lattice, TendonCoversItsShareAtEitherEnd) {
    const Mesh mesh = small_muscle().mesh(0, 0.2, 0.4);
    for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
        const float u = mesh.uv[i].x;
        if (u < 0.12F || u > 0.8F) {
            EXPECT_GT(mesh.tendon[i], 0.5F) << u;
        }
        if (u > 0.3F && u < 0.45F) {
            EXPECT_EQ(mesh.tendon[i], 0.0F) << u;
        }
    }
}

TEST(Lattice, FibreAndAcrossAreTheDerivatives) {
    const Lattice lattice = small_muscle();
    constexpr double kStep = 1e-5;
    for (const double u : {0.07, 0.33, 0.5, 0.91})
        for (const double v : {0.1, 0.5, 0.77}) {
            const Vec3 du = lattice.mid_surface(u + kStep, v) - lattice.mid_surface(u - kStep, v);
            const Vec3 dv = lattice.mid_surface(u, v + kStep) - lattice.mid_surface(u, v - kStep);
            expect_near(lattice.fibre(u, v), glm::normalize(du), 1e-4);
            expect_near(lattice.across(u, v), glm::normalize(dv), 1e-4);
        }
}

TEST(Lattice, InverseFindsEveryInnerPointAgain) {
    const Lattice lattice = small_muscle();
    Random random(7, "lattice-inverse");
    for (int i = 0; i < 400; ++i) {
        const LatticeCoordinates c{random.uniform(), random.uniform(0.02, 0.98), random.uniform(-0.95, 0.95)};
        const Vec3 p = lattice.position(c);
        const Lattice::Inverse found = lattice.inverse(p);
        EXPECT_LT(found.distance, 1e-3) << c.u << " " << c.v << " " << c.w;
        expect_near(lattice.position(found.at), p, 2e-3);
    }
}

TEST(Lattice, InverseOfAnOuterPointIsTheNearestSurface) {
    const Lattice lattice = small_muscle();
    Random random(8, "lattice-inverse");
    const Mesh mesh = lattice.mesh(0, 0, 0, 12, 24);
    for (int i = 0; i < 40; ++i) {
        const LatticeCoordinates c{random.uniform(), random.uniform(), 1.0};
        const Vec3 p = lattice.position(c) + 4.0 * lattice.normal(c.u, c.v);
        double nearest = 1e9;
        for (const glm::vec3& q : mesh.positions)
            nearest = std::min(nearest, glm::length(Vec3(q) - p));
        const Lattice::Inverse found = lattice.inverse(p);
        EXPECT_GT(found.distance, 1.0);
        EXPECT_LT(found.distance, nearest + 1e-3);
        EXPECT_GT(found.distance, nearest - 0.3);
        EXPECT_NEAR(glm::length(lattice.position(found.at) - p), found.distance, 1e-3);
    }
}

TEST(Lattice, MirroredIsTheReflectionAndStaysOutward) {
    const Lattice right = small_muscle(), left = right.mirrored();
    for (const double u : {0.0, 0.4, 1.0})
        for (const double v : {0.1, 0.5, 0.8}) {
            expect_near(left.mid_surface(u, 1 - v), mirrored(right.mid_surface(u, v)), 1e-9);
            expect_near(left.normal(u, 1 - v), mirrored(right.normal(u, v)), 1e-9);
        }
    const Mesh mesh = left.mesh(0, 0, 0);
    EXPECT_TRUE(check(mesh).closed());
    EXPECT_TRUE(check(mesh).outward);
    // Only the diagonals of the quadrangles run the other way.
    EXPECT_NEAR(volume_mm3(mesh) / volume_mm3(right.mesh(0, 0, 0)), 1.0, 0.01);
}

TEST(Lattice, MirroredMeshAndMeshOfTheMirroredLatticeAgree) {
    const Lattice right = small_muscle(), left = right.mirrored();
    const Mesh mesh = mirrored(right.mesh(0, 0.1, 0.2));
    for (std::size_t i = 0; i < mesh.positions.size(); i += 11) {
        const LatticeCoordinates c{mesh.uv[i].x, mesh.uv[i].y, mesh.w_part[i].x};
        expect_near(left.position(c), Vec3(mesh.positions[i]), 0.02);
        expect_near(left.fibre(c.u, c.v), Vec3(mesh.fibre[i]), 1e-4);
    }
}

} // namespace
} // namespace tb::geometry
