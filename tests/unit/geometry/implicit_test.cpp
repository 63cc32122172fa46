#include "geometry/implicit.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "base/random.h"
#include "geometry/simplify.h"

namespace tb::geometry {
namespace {

constexpr double kPi = std::numbers::pi;

Blob ball(Vec3 centre, double radius) {
    return {centre, Vec3(radius), glm::dmat3(1.0)};
}

LocalField everywhere(Field f) {
    return [f](const Box&) { return f; };
}

Mesh meshed(const LocalField& field, double reach, double step) {
    return contour(sample(field, {Vec3(-reach), Vec3(reach)}, step));
}

double torus(const Vec3& p) {
    return std::hypot(std::hypot(p.x, p.z) - 20.0, p.y) - 6.0;
}

TEST(Implicit, ABallIsItsDistance) {
    ImplicitShape shape(1.0);
    shape.add(ball({1, 2, 3}, 5.0));
    EXPECT_NEAR(shape.distance({1, 2, 3}), -5.0, 1e-9);
    EXPECT_NEAR(shape.distance({9, 2, 3}), 3.0, 1e-9);
    EXPECT_NEAR(shape.distance({1, 2, -2}), 0.0, 1e-9);
}

TEST(Implicit, AnEllipsoidIsZeroOnItsSurfaceWithUnitSlope) {
    const Blob blob{{0, 0, 0}, {3, 6, 12}, axes_of({0.5, 0.1, -0.4, 0.7})};
    Random random(3);
    for (int i = 0; i < 50; ++i) {
        const double a = random.uniform(0, 2 * kPi), b = random.uniform(-1, 1), s = std::sqrt(1 - b * b);
        const Vec3 local(3 * s * std::cos(a), 6 * s * std::sin(a), 12 * b);
        const Vec3 normal = blob.axes * glm::normalize(local / (blob.half_axes * blob.half_axes));
        const Vec3 p = blob.axes * local;
        EXPECT_NEAR(distance(blob, p), 0.0, 1e-9);
        EXPECT_NEAR((distance(blob, p + 1e-4 * normal) - distance(blob, p - 1e-4 * normal)) / 2e-4, 1.0,
                    1e-3);
    }
}

TEST(Implicit, AxesOfAQuaternionAreARotation) {
    const glm::dmat3 m = axes_of({2.0, 0.4, -1.0, 0.6});
    EXPECT_NEAR(glm::determinant(m), 1.0, 1e-12);
    EXPECT_NEAR(glm::dot(m[0], m[1]), 0.0, 1e-12);
    // a quarter turn about z takes x to y
    const glm::dmat3 q = axes_of({std::sqrt(0.5), 0, 0, std::sqrt(0.5)});
    EXPECT_LT(glm::length(q * Vec3(1, 0, 0) - Vec3(0, 1, 0)), 1e-12);
}

TEST(Implicit, ASmoothUnionFillsTheCrease) {
    ImplicitShape shape(1.0);
    shape.add(ball({-4, 0, 0}, 5.0));
    shape.add(ball({4, 0, 0}, 5.0));
    // both distances are equal in the middle plane: d = d0 - k ln 2
    EXPECT_NEAR(shape.distance({0, 3, 0}), 0.0 - std::log(2.0), 1e-9);
}

TEST(Implicit, AHoleIsTakenOut) {
    ImplicitShape shape(0.5);
    shape.add(ball({0, 0, 0}, 10.0));
    shape.add(ball({0, 0, 0}, 4.0), true);
    EXPECT_GT(shape.distance({0, 0, 0}), 3.0);
    EXPECT_LT(shape.distance({0, 7, 0}), -2.0);
}

TEST(Implicit, BothSidesAreTheSame) {
    ImplicitShape shape(1.0);
    shape.add(ball({-8, 0, 0}, 5.0), false, true);
    for (const Vec3& p : {Vec3(-8, 1, 2), Vec3(-3, 4, 0), Vec3(-15, 0, 1)})
        EXPECT_NEAR(shape.distance(p), shape.distance(mirrored(p)), 1e-12);
    EXPECT_LT(shape.distance({8, 0, 0}), -4.9);
}

TEST(Implicit, AStraightTubeIsACapsule) {
    const Tube tube{{{{0, 0, 0}, 2, 2, {1, 0, 0}}, {{0, 0, 20}, 2, 2, {1, 0, 0}}}};
    EXPECT_NEAR(distance(tube, {5, 0, 10}), 3.0, 1e-9);
    EXPECT_NEAR(distance(tube, {0, 0, 25}), 3.0, 1e-9);
    EXPECT_NEAR(distance(tube, {1, 0, 10}), -1.0, 1e-9);
}

TEST(Implicit, ALoftOfCirclesIsACylinderWithFlatEnds) {
    Loft loft;
    loft.edge_rounding = 0.0;
    loft.stations = {{0, {}, std::vector<double>(16, 3.0)}, {10, {}, std::vector<double>(16, 3.0)}};
    EXPECT_NEAR(distance(loft, {3, 0, 5}), 0.0, 1e-9);
    EXPECT_NEAR(distance(loft, {0, 5, 5}), 2.0, 1e-9);
    EXPECT_NEAR(distance(loft, {0, 0, 12}), 2.0, 1e-9);
    EXPECT_NEAR(distance(loft, {0, 1, 5}), -2.0, 1e-9);
}

TEST(Implicit, AFlatPlateHasItsThickness) {
    const Plate plate =
        subdivided_plate({{{0, 0, 0}, 1}, {{10, 0, 0}, 1}, {{0, 10, 0}, 1}, {{10, 10, 0}, 1}}, 2, 2, 3);
    EXPECT_EQ(plate.triangles.size(), 18U);
    EXPECT_NEAR(distance(plate, {5, 5, 3}), 2.0, 1e-9);
    EXPECT_NEAR(distance(plate, {5, 5, 0}), -1.0, 1e-9);
    EXPECT_NEAR(distance(plate, {13, 5, 0}), 2.0, 1e-9);
}

TEST(Implicit, TheLocalFieldAgreesWithTheWholeNearTheSurface) {
    ImplicitShape shape(0.8);
    Random random(11);
    for (int i = 0; i < 30; ++i)
        shape.add(Blob{{random.uniform(-40, 0), random.uniform(-40, 40), random.uniform(-40, 40)},
                       {random.uniform(2, 6), random.uniform(2, 6), random.uniform(2, 12)},
                       axes_of({random.uniform(0.2, 1), random.uniform(-1, 1), random.uniform(-1, 1), 0.3})},
                  false, true);
    shape.add(subdivided_plate({{{0, 0, 0}, 1}, {{10, 0, 0}, 2}, {{0, 30, 0}, 1}, {{10, 30, 5}, 1}}, 2, 2, 4),
              false, true);
    const LocalField field = shape.field();
    for (int i = 0; i < 200; ++i) {
        const Vec3 low(random.uniform(-40, 40), random.uniform(-40, 40), random.uniform(-40, 40));
        const Field f = field({low, low + 4.0});
        const Vec3 p = low + Vec3(random.uniform(0, 4), random.uniform(0, 4), random.uniform(0, 4));
        if (std::abs(shape.distance(p)) < 5.0) {
            EXPECT_NEAR(f(p), shape.distance(p), 0.01);
        }
    }
}

TEST(Contour, ASphereIsClosedWithItsVolumeAndArea) {
    ImplicitShape shape(1.0);
    shape.add(ball({0.3, -0.2, 0.1}, 10.0));
    Mesh mesh = meshed(shape.field(), 14.0, 0.7);
    settle(mesh, shape.field(), 0.1, 0.2);
    EXPECT_TRUE(check(mesh).closed());
    EXPECT_TRUE(check(mesh).outward);
    EXPECT_NEAR(volume_mm3(mesh) / (4.0 / 3 * kPi * 1000), 1.0, 0.01);
    EXPECT_NEAR(area_mm2(mesh) / (4 * kPi * 100), 1.0, 0.01);
    for (std::size_t i = 0; i < mesh.positions.size(); i += 13) {
        const Vec3 radial = Vec3(mesh.positions[i]) - Vec3(0.3, -0.2, 0.1);
        EXPECT_NEAR(glm::length(radial), 10.0, 1e-3);
        EXPECT_GT(glm::dot(Vec3(mesh.normals[i]), glm::normalize(radial)), 0.999);
    }
}

TEST(Contour, ATorusIsClosedWithItsVolume) {
    const Mesh mesh = meshed(everywhere(torus), 30.0, 0.9);
    EXPECT_TRUE(check(mesh).closed());
    EXPECT_NEAR(volume_mm3(mesh) / (2 * kPi * kPi * 20 * 36), 1.0, 0.01);
    // Euler's number of a torus is 0
    const auto v = static_cast<long>(mesh.positions.size()), f = static_cast<long>(mesh.triangle_count());
    EXPECT_EQ(v - 3 * f / 2 + f, 0);
}

TEST(Contour, RandomValuesStillGiveAClosedMesh) {
    // The hardest case: every face may be ambiguous, the field also crosses the border.
    FieldGrid grid({Vec3(0.0), Vec3(20.0)}, 1.0, 0.0F);
    Random random(5);
    for (float& v : grid.values)
        v = static_cast<float>(random.uniform(-1, 1));
    const MeshCheck result = check(contour(grid));
    EXPECT_EQ(result.open_edges, 0U);
    EXPECT_EQ(result.crowded_edges, 0U);
    EXPECT_EQ(result.degenerate, 0U);
}

TEST(Contour, NothingInsideGivesAnEmptyMesh) {
    EXPECT_EQ(contour(FieldGrid({Vec3(0.0), Vec3(5.0)}, 1.0, 3.0F)).triangle_count(), 0U);
}

TEST(Contour, TheGridInterpolatesALinearFieldExactly) {
    FieldGrid grid({Vec3(0.0), Vec3(6.0)}, 1.0, 0.0F);
    for (int k = 0; k < grid.nz; ++k)
        for (int j = 0; j < grid.ny; ++j)
            for (int i = 0; i < grid.nx; ++i)
                grid.values[grid.at(i, j, k)] = static_cast<float>(2 * i - j + 3 * k);
    EXPECT_NEAR(grid.value({1.25, 2.5, 3.75}), 2.5 - 2.5 + 11.25, 1e-6);
    EXPECT_LT(glm::length(grid.gradient({3.0, 3.0, 3.0}) - Vec3(2, -1, 3)), 1e-6);
}

TEST(Simplify, KeepsAClosedMeshClosedWithinTheError) {
    const Mesh full = meshed(everywhere(torus), 30.0, 0.9);
    for (const double error : {0.05, 0.3, 1.5}) {
        const Mesh fewer = simplified(full, {error, 0});
        EXPECT_LT(fewer.triangle_count(), full.triangle_count() / 2) << error;
        EXPECT_TRUE(check(fewer).closed()) << error;
        EXPECT_TRUE(check(fewer).outward) << error;
        EXPECT_NEAR(volume_mm3(fewer) / volume_mm3(full), 1.0, error) << error;
    }
}

TEST(Simplify, UnfoldingTurnsAFoldedEdgeBackAndKeepsTheMeshClosed) {
    // A pyramid over a flat quadrangle whose diagonal was chosen outside of it: one triangle lies upside
    // down.
    Mesh m;
    m.positions = {{0, 0, 0}, {4, 1, 0}, {10, 0, 0}, {4, 8, 0}, {4, 3, -5}};
    m.normals.assign(4, {0, 0, 1});
    m.normals.emplace_back(0, 0, -1);
    m.indices = {0, 1, 2, 0, 2, 3, 1, 0, 4, 2, 1, 4, 3, 2, 4, 0, 3, 4};
    ASSERT_TRUE(check(m).closed());
    const double before = volume_mm3(m);
    unfold(m);
    EXPECT_TRUE(check(m).closed());
    for (std::size_t t = 0; t < 6; t += 3) {
        const glm::vec3 a = m.positions[m.indices[t]], b = m.positions[m.indices[t + 1]],
                        c = m.positions[m.indices[t + 2]];
        EXPECT_GT(glm::cross(b - a, c - a).z, 0.0F);
    }
    EXPECT_NEAR(volume_mm3(m), before, 1e-3);
}

TEST(Simplify, StopsAtTheNumberAskedFor) {
    const Mesh full = meshed(everywhere(torus), 30.0, 0.9);
    EXPECT_GE(simplified(full, {5.0, 2000}).triangle_count(), 1900U);
}

TEST(Simplify, KeepsTheAttributesOfTheVerticesThatStay) {
    Mesh full = meshed(everywhere(torus), 30.0, 1.5);
    for (const glm::vec3& p : full.positions)
        full.uv.emplace_back(p.x, p.y);
    const Mesh fewer = simplified(full, {0.5, 0});
    ASSERT_EQ(fewer.uv.size(), fewer.positions.size());
    for (std::size_t i = 0; i < fewer.uv.size(); ++i)
        EXPECT_EQ(fewer.uv[i].x, fewer.positions[i].x);
}

TEST(Simplify, DrawingOrderChangesNoShape) {
    const Mesh full = meshed(everywhere(torus), 30.0, 1.5);
    const Mesh ordered = ordered_for_drawing(full);
    EXPECT_EQ(ordered.triangle_count(), full.triangle_count());
    EXPECT_TRUE(check(ordered).closed());
    EXPECT_NEAR(volume_mm3(ordered), volume_mm3(full), 0.1);
}

} // namespace
} // namespace tb::geometry
