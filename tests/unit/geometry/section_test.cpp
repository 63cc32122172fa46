#include "geometry/section.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/small_body.h"

namespace tb::geometry {
namespace {

TEST(Section, ABoxIsCutIntoARectangle) {
    const Mesh box = test::box_mesh({-10, -20, -30}, {30, 20, 10});
    const auto loops = section(box, {0.0, 3.3, 0.0}, {0.0, 5.0, 0.0});
    ASSERT_EQ(loops.size(), 1U);
    EXPECT_NEAR(loops[0].area_mm2, 40.0 * 40.0, 1e-3);
    EXPECT_LT(glm::length(loops[0].centroid - Vec3(10.0, 3.3, -10.0)), 1e-4);
    EXPECT_NEAR(loops[0].bounds.low.x, -10.0, 1e-4);
    EXPECT_NEAR(loops[0].bounds.high.z, 10.0, 1e-4);
}

TEST(Section, AnObliqueCutIsLonger) {
    const Mesh box = test::box_mesh({-10, -50, -10}, {10, 50, 10});
    const auto loops = section(box, {0.0, 0.0, 0.0}, {0.0, 1.0, 1.0}); // 45 degrees
    ASSERT_EQ(loops.size(), 1U);
    EXPECT_NEAR(loops[0].area_mm2, 400.0 * std::numbers::sqrt2, 1e-2);
}

TEST(Section, TurningTheNormalRoundChangesNothing) {
    const Mesh tube = test::tube_mesh(-60.0, 20.0, 4.0, -50.0, 50.0);
    const auto up = section(tube, {0.0, 1.7, 0.0}, {0.0, 1.0, 0.0});
    const auto down = section(tube, {0.0, 1.7, 0.0}, {0.0, -1.0, 0.0});
    ASSERT_EQ(up.size(), 1U);
    ASSERT_EQ(down.size(), 1U);
    EXPECT_NEAR(up[0].area_mm2, down[0].area_mm2, 1e-6);
    EXPECT_NEAR(up[0].area_mm2, 8.0 * 16.0 * std::sin(std::numbers::pi / 8.0), 1e-3); // polygon of 16 sides
    EXPECT_LT(glm::length(up[0].centroid - Vec3(-60.0, 1.7, 20.0)), 1e-3);
}

TEST(Section, SeparateShellsGiveSeparateLoopsAndAHoleIsNegative) {
    Mesh two = test::tube_mesh(-20.0, 0.0, 3.0, -50.0, 50.0);
    append(two, test::tube_mesh(20.0, 0.0, 5.0, -50.0, 50.0));
    EXPECT_EQ(section(two, Vec3(0.0), {0.0, 1.0, 0.0}).size(), 2U);

    Mesh hollow = test::box_mesh({-10, -10, -10}, {10, 10, 10});
    Mesh hole = test::box_mesh({-5, -5, -5}, {5, 5, 5});
    for (std::size_t t = 0; t < hole.indices.size(); t += 3)
        std::swap(hole.indices[t + 1], hole.indices[t + 2]);
    append(hollow, hole);
    double area = 0.0;
    const auto loops = section(hollow, {0.0, 0.3, 0.0}, {0.0, 1.0, 0.0});
    ASSERT_EQ(loops.size(), 2U);
    for (const SectionLoop& loop : loops)
        area += loop.area_mm2;
    EXPECT_NEAR(area, 400.0 - 100.0, 1e-3);
}

TEST(Section, APlaneBesideTheMeshCutsNothing) {
    const Mesh box = test::box_mesh({-10, -10, -10}, {10, 10, 10});
    EXPECT_TRUE(section(box, {0.0, 11.0, 0.0}, {0.0, 1.0, 0.0}).empty());
    EXPECT_TRUE(section(box, Vec3(0.0), Vec3(0.0)).empty());
}

} // namespace
} // namespace tb::geometry
