// The fit checker on the small body, moved so that the misfit is known.
#include "anatomy/fit.h"

#include <functional>

#include <gtest/gtest.h>

#include "support/small_body.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;
using test::kFront;
using test::kMiddle;

Atlas changed(const std::function<void(test::SmallParts&)>& change) {
    test::SmallParts parts = test::small_parts();
    change(parts);
    return {std::move(parts.catalogue), std::move(parts.meshes), {}};
}

geometry::Mesh& mesh_of(test::SmallParts& parts, const char* id) {
    return parts.meshes[parts.catalogue.find(id).index].front();
}

const MuscleFit& muscle(const FitReport& report) {
    return report.muscles.front();
}

TEST(Fit, TheSmallBodyFits) {
    const Atlas atlas = changed([](test::SmallParts&) {});
    const FitReport report = check_fit(atlas, 500);
    ASSERT_EQ(report.muscles.size(), 1U);
    EXPECT_EQ(muscle(report).points, 500);
    EXPECT_EQ(muscle(report).outside_mm, 0.0);
    EXPECT_EQ(muscle(report).in_bone_mm, 0.0);
    EXPECT_TRUE(muscle(report).overlaps.empty());
    EXPECT_TRUE(report.outside.empty());
    EXPECT_EQ(report.enclosed, 4); // bone, artery, pleura, nerve
}

TEST(Fit, EndsAreMeasuredToTheNearestBone) {
    const Atlas atlas = changed([](test::SmallParts& parts) {
        // A slip that begins inside the muscle's lower end.
        std::vector<Vec3> points;
        for (int i = 0; i < 3; ++i) {
            for (int j = 0; j < 3; ++j)
                points.emplace_back(kMiddle - 10.0 + 10.0 * j, -55.0 - 15.0 * i, kFront - 15.0);
        }
        const auto id = parts.catalogue.find("test_muscle_r");
        parts.catalogue.structures[id.index].parts.push_back(
            {"slip_1", geometry::Lattice(3, 3, points, std::vector<double>(9, 3.0))});
    });
    const FitReport report = check_fit(atlas, 100);
    const auto& ends = report.muscles.front().ends;
    ASSERT_EQ(ends.size(), 4U);
    EXPECT_TRUE(ends[0].origin);
    EXPECT_NEAR(ends[0].mean_mm, 15.0, 0.01); // row at depth 15 over the bone at depth 30
    EXPECT_EQ(ends[0].to, "test_bone_r");
    EXPECT_FALSE(ends[1].origin);
    EXPECT_GT(ends[1].far_mm, 10.0); // corners of the lower end: beside the slip
    EXPECT_EQ(ends[1].to, "slip_1");
    EXPECT_NEAR(ends[2].mean_mm, 0.0, 0.01);
    EXPECT_EQ(ends[2].to, "main");
    EXPECT_NEAR(ends[3].mean_mm, 25.0, 1.0); // 25 mm below the muscle, far from any bone
}

TEST(Fit, WhatStandsOutOfTheSkinIsFound) {
    const Atlas atlas = changed([](test::SmallParts& parts) { // skin at depth 15
        mesh_of(parts, "skin") = test::box_mesh({-150, -100, -100}, {150, 100, kFront - 15.0});
    });
    const FitReport report = check_fit(atlas, 2000);
    EXPECT_NEAR(muscle(report).outside_mm, 5.0, 0.1);
    EXPECT_GT(muscle(report).outside_share, 0.4); // the upper half less the last millimetre
    EXPECT_LT(muscle(report).outside_share, 0.5);
    ASSERT_EQ(report.outside.size(), 1U);
    EXPECT_EQ(atlas.structure(report.outside.front().structure).id, "test_nerve_r"); // depth 2..5
    EXPECT_NEAR(report.outside.front().outside_mm, 13.0, 0.1);
    EXPECT_NEAR(report.outside.front().outside_share, 1.0, 1e-9);
}

TEST(Fit, WhatLiesInBoneIsFound) {
    const Atlas atlas = changed([](test::SmallParts& parts) { // bone from depth 15 on, y > 20
        mesh_of(parts, "test_bone_r") =
            test::box_mesh({kMiddle - 30, 20, kFront - 80.0}, {kMiddle + 30, 70, kFront - 15.0});
    });
    const FitReport report = check_fit(atlas, 2000);
    EXPECT_NEAR(muscle(report).in_bone_mm, 5.0, 0.1);
    ASSERT_TRUE(muscle(report).deepest_bone.valid());
    EXPECT_EQ(atlas.structure(muscle(report).deepest_bone).id, "test_bone_r");
    EXPECT_GT(muscle(report).in_bone_share, 0.10); // the lower face over a third of the length
    EXPECT_LT(muscle(report).in_bone_share, 0.18);
    EXPECT_EQ(muscle(report).ends.front().mean_mm, 0.0); // its origin is inside the bone now
}

TEST(Fit, OverlapIsSeenFromBothSides) {
    const Atlas atlas =
        changed([](test::SmallParts& parts) { // a second muscle, 4 mm deeper, over half the length
            geometry::Mesh deeper =
                test::box_mesh({kMiddle - 40, -70, kFront - 40.0}, {kMiddle + 40, 0, kFront - 16.0});
            Structure s;
            s.id = s.name = "deeper_r";
            s.kind = StructureKind::Muscle;
            s.side = Side::Right;
            parts.catalogue.structures.push_back(s);
            parts.meshes.push_back({std::move(deeper)});
        });
    const FitReport report = check_fit(atlas, 4000);
    ASSERT_EQ(report.muscles.size(), 2U);
    const MuscleFit &upper = report.muscles[0], &lower = report.muscles[1];
    ASSERT_EQ(upper.overlaps.size(), 1U);
    EXPECT_EQ(atlas.structure(upper.overlaps.front().with).id, "deeper_r");
    EXPECT_NEAR(upper.overlaps.front().depth_mm, 4.0, 0.1); // muscle reaches to depth 20
    EXPECT_NEAR(upper.in_muscle_share, upper.overlaps.front().share, 1e-9);
    EXPECT_GT(upper.in_muscle_share, 0.1);
    EXPECT_LT(upper.in_muscle_share, 0.26);
    ASSERT_EQ(lower.overlaps.size(), 1U);
    EXPECT_GT(lower.overlaps.front().share, 0.1); // its upper face lies in the first muscle
    EXPECT_NEAR(lower.overlaps.front().depth_mm, 4.0, 0.2);
}

} // namespace
} // namespace tb::anatomy
