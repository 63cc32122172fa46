// Bodies of other habitus: fat by sex and BMI, growth of muscle, on a small body and through JSON.
#include <cmath>

#include <gtest/gtest.h>

#include "anatomy/queries.h"
#include "anatomy/shape.h"
#include "support/small_body.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;
using test::at_depth;
using test::kMiddle;

CoverRegion region() {
    return {"front", 2.0, {4.0, 1.0}, {8.0, 1.0}, 2.0, {{-60.0, 0.0, 100.0}, {-100.0, 50.0, 100.0}}};
}

/// The small body with fat that varies and muscles that push straight to the front when they grow.
Atlas varied(const Habitus& habitus) {
    const Atlas plain = test::small_atlas();
    Catalogue catalogue = plain.catalogue();
    catalogue.variation.cover = {region()};
    Growth& growth = catalogue.variation.growth;
    growth = {{-150.0, -110.0, -110.0}, 10.0, 16, 23, 22, {}};
    for (int k = 0; k < growth.nz; ++k)
        for (int n = 0; n < growth.nx * growth.ny;
             ++n) // from z = 80 rises by 1 mm a mm, as a column of muscle does
            growth.values.push_back(
                {0.0F, 0.0F, static_cast<float>(std::max(0.0, -110.0 + 10.0 * k - 80.0))});
    std::vector<std::vector<geometry::Mesh>> meshes;
    for (std::uint32_t i = 0; i < catalogue.structures.size(); ++i)
        meshes.push_back({plain.mesh({i})});
    const Atlas atlas(std::move(catalogue), std::move(meshes), {test::small_point()});
    return shaped(atlas, habitus);
}

double front(const Atlas& atlas, double x, double y) {
    const auto hit = atlas.skin_bvh().first_hit({x, y, 400.0}, {0.0, 0.0, -1.0}, 800.0);
    return hit ? hit->point.z : std::nan("");
}

TEST(Cover, FatRisesWithBmiAndIsNeverBelowItsFloor) {
    const CoverRegion r = region();
    EXPECT_DOUBLE_EQ(r.fat_mm({24.0, false, Build::Average}), 5.0);
    EXPECT_DOUBLE_EQ(r.fat_mm({30.0, true, Build::Average}), 15.0);
    EXPECT_DOUBLE_EQ(r.fat_mm({16.0, false, Build::Average}), 2.0);
    const Cover cover({r}, {30.0, false, Build::Average});
    EXPECT_DOUBLE_EQ(cover.mm({-60.0, 0.0, 100.0}), 13.0);
    EXPECT_DOUBLE_EQ(cover.mm({60.0, 0.0, 100.0}), 13.0); // the left half is the right one's mirror image
}

TEST(MuscleBulk, SexAndBuildMultiply) {
    const MuscleBulk bulk{-0.2, 0.2, -0.25};
    EXPECT_DOUBLE_EQ(bulk.of({}), 0.0);
    EXPECT_DOUBLE_EQ(bulk.of({24.0, true, Build::Muscular}), 0.75 * 1.2 - 1);
}

TEST(Shaped, FatLiftsTheSkinAndLeavesWhatLiesUnderIt) {
    const Atlas atlas = varied({30.0, false, Build::Average});
    EXPECT_NEAR(front(atlas, kMiddle, 0.0), 106.0, 0.1); // six units of BMI at 1 mm
    const StructureId muscle = atlas.find("test_muscle_r");
    EXPECT_NEAR(atlas.bounds(muscle).high.z, test::kFront - test::kMuscleTop, 1e-3);
    // The nerve lay 3.5 mm deep in fat 10 mm thick and keeps its share of the depth.
    const StructureId nerve = atlas.find("test_nerve_r");
    const double middle = atlas.bounds(nerve).centre().z;
    EXPECT_GT(middle, test::kFront - 3.5 + 1.0);
    EXPECT_LT(middle, test::kFront - 3.5 + 6.0);
}

TEST(Shaped, ALeanBodyKeepsSkinAndTheLeastFatOverItsMuscles) {
    const Atlas atlas = varied({15.0, false, Build::Average});
    const double z = front(atlas, kMiddle, 0.0); // 3 mm less, and 7 are left over the muscle
    EXPECT_NEAR(z, 97.0, 0.1);
    EXPECT_GE(z - (test::kFront - test::kMuscleTop), 4.0);
}

TEST(Shaped, MuscleGrowsWithItsLatticeAndSkinAndBoneStays) {
    const Atlas atlas = varied({24.0, false, Build::Muscular});
    const StructureId muscle = atlas.find("test_muscle_r");
    const geometry::Lattice& lattice = atlas.structure(muscle).parts[0].lattice;
    // 80 to 90 becomes 80 to 92: a fifth more.
    EXPECT_NEAR(lattice.half_thickness_at(0.5, 0.5), 6.0, 0.05);
    EXPECT_NEAR(lattice.mid_surface(0.5, 0.5).z, 86.0, 0.05);
    EXPECT_NEAR(atlas.bounds(muscle).high.z, 92.0, 0.1);
    EXPECT_NEAR(front(atlas, kMiddle, 0.0), 104.0, 0.1);
    EXPECT_NEAR(atlas.bounds(atlas.find("test_bone_r")).high.z, 70.0, 1e-6);
    EXPECT_NE(atlas.revision(), 0U);
    ASSERT_EQ(atlas.trigger_points().size(), 1U);
    EXPECT_NEAR(atlas.trigger_points()[0].position.z, 86.0, 0.05); // at its place in the muscle
}

TEST(Shaped, TheSameMannerTwiceIsTheSameBody) {
    const Atlas one = varied({31.0, true, Build::Slight}), two = varied({31.0, true, Build::Slight});
    EXPECT_EQ(one.mesh(one.skin()).positions, two.mesh(two.skin()).positions);
    EXPECT_EQ(one.revision(), two.revision());
    EXPECT_NE(one.revision(), varied({31.0, false, Build::Slight}).revision());
}

TEST(Growth, IsMirroredAndZeroOutside) {
    Growth growth{{-20.0, 0.0, 0.0}, 10.0, 3, 2, 2, {}};
    growth.values.assign(12, {1.0F, 2.0F, 3.0F});
    EXPECT_EQ(growth.at({-15.0, 5.0, 5.0}), Vec3(1.0, 2.0, 3.0));
    EXPECT_EQ(growth.at({15.0, 5.0, 5.0}), Vec3(-1.0, 2.0, 3.0));
    EXPECT_EQ(growth.at({-35.0, 5.0, 5.0}), Vec3(0.0));
}

TEST(Variation, ReadsBackWhatItWrites) {
    Variation variation;
    variation.cover = {region()};
    variation.bulk = {-0.1, 0.15, -0.3};
    variation.growth = {{-20.0, 1.0, 2.0}, 10.0, 2, 2, 2, {}};
    variation.growth.values.assign(8, {});
    variation.growth.values[1] = {0.5F, -1.25F, 0.0F};
    variation.growth.values[2] = {0.0F, 0.0F, 3.0F};
    variation.growth.values[7] = {-2.0F, 0.0F, 0.01F};
    const Json json = to_json(variation);
    std::vector<Error> faults;
    const Variation read = variation_from_json(JsonReader(json, "variation", faults));
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(read.growth.values, variation.growth.values);
    EXPECT_EQ(read.growth.ny, 2);
    EXPECT_EQ(read.cover[0].women.f23, 8.0);
    EXPECT_EQ(read.cover[0].at[1], Vec3(-100.0, 50.0, 100.0));
    EXPECT_EQ(read.bulk.female, -0.3);

    Json broken = json;
    broken["growth"]["runs"][0][0] = 900;
    variation_from_json(JsonReader(broken, "variation", faults));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE(faults[0].text().find("runs"), std::string::npos);
}

TEST(Build, HasNames) {
    Build build = Build::Average;
    EXPECT_TRUE(from_name("muscular", build));
    EXPECT_EQ(name_of(build), "muscular");
    EXPECT_FALSE(from_name("fat", build));
}

} // namespace
} // namespace tb::anatomy
