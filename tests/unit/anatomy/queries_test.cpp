#include "anatomy/queries.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/small_body.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;
using test::at_depth;
using test::kMiddle;
using test::SmallBody;

const Vec3 kInward{0, 0, -1};

class Queries : public testing::Test {
protected:
    [[nodiscard]] const Body& body() const { return small_.body(); }
    [[nodiscard]] std::string name(StructureId id) const {
        return id.valid() ? small_.atlas().structure(id).id : std::string("-");
    }
    /// "skin 0.0-2.2, ..." for messages and comparisons.
    [[nodiscard]] std::string text(const std::vector<Crossing>& crossings) const {
        std::string out;
        for (const Crossing& c : crossings)
            out += std::string(name_of(c.kind)) + " ";
        return out;
    }
    [[nodiscard]] const Crossing& of_kind(const std::vector<Crossing>& crossings, StructureKind kind) const {
        static const Crossing kNone{};
        for (const Crossing& c : crossings) {
            if (c.kind == kind) return c;
        }
        ADD_FAILURE() << "no " << name_of(kind) << " in " << text(crossings);
        return kNone;
    }
    [[nodiscard]] StructureId id(const char* structure) const { return small_.atlas().find(structure); }

    SmallBody small_;
};

TEST_F(Queries, SkinHitGivesPointAndOutwardNormal) {
    const auto hit = skin_hit(body(), {kMiddle, 5.0, 300.0}, {0, 0, -5});
    ASSERT_TRUE(hit);
    EXPECT_LT(glm::length(hit->point - at_depth(kMiddle, 5.0, 0.0)), 1e-4);
    EXPECT_LT(geometry::angle_deg(hit->normal, {0, 0, 1}), 0.1);
    EXPECT_FALSE(skin_hit(body(), {kMiddle, 5.0, 300.0}, {0, 0, 1}));
}

TEST_F(Queries, SkinDepthIsSigned) {
    EXPECT_NEAR(skin_depth(body(), at_depth(kMiddle, 0.0, 12.0)), -12.0, 1e-4);
    EXPECT_NEAR(skin_depth(body(), at_depth(kMiddle, 0.0, -7.0)), 7.0, 1e-4);
    EXPECT_LT(
        glm::length(nearest_skin(body(), at_depth(kMiddle, 3.0, 12.0)).point - at_depth(kMiddle, 3.0, 0.0)),
        1e-4);
}

TEST_F(Queries, ANeedleMeetsEveryLayerInOrderAndDepth) {
    const auto crossings =
        path_crossings(body(), at_depth(kMiddle, 0.0, -20.0), at_depth(kMiddle, 0.0, 50.0));
    EXPECT_EQ(text(crossings), "skin subcutis muscle artery pleura lung ");
    const double skin = body().skin_thickness_mm(at_depth(kMiddle, 0.0, 0.0));
    ASSERT_EQ(crossings.size(), 6U);
    EXPECT_NEAR(crossings[0].enter_mm, 0.0, 1e-4);
    EXPECT_NEAR(crossings[0].leave_mm, skin, 1e-4);
    EXPECT_NEAR(crossings[1].enter_mm, skin, 1e-4);
    EXPECT_NEAR(crossings[1].leave_mm, 10.0, 1e-3);
    EXPECT_NEAR(crossings[2].enter_mm, 10.0, 1e-3);
    EXPECT_NEAR(crossings[2].leave_mm, 20.0, 1e-3);
    EXPECT_EQ(name(crossings[2].structure), "test_muscle_r");
    EXPECT_NEAR(crossings[3].enter_mm, 22.0, 1e-3);
    EXPECT_NEAR(crossings[3].leave_mm, 26.0, 1e-3);
    EXPECT_NEAR(crossings[4].enter_mm, 30.0, 1e-4);
    EXPECT_NEAR(crossings[4].leave_mm, 33.0, 1e-4);
    EXPECT_NEAR(crossings[5].leave_mm, 50.0, 1e-4) << "open structures end with the path";
}

TEST_F(Queries, AwayFromTheLungTheNeedleMeetsBone) {
    const auto crossings =
        path_crossings(body(), at_depth(kMiddle + 10, 40.0, -5.0), at_depth(kMiddle + 10, 40.0, 45.0));
    EXPECT_EQ(text(crossings), "skin subcutis muscle bone ");
    EXPECT_NEAR(of_kind(crossings, StructureKind::Bone).enter_mm, 30.0, 1e-4);
}

TEST_F(Queries, ASlantedNeedleCrossesLongerStretches) {
    const Vec3 a = at_depth(kMiddle, -30.0, 0.0) + Vec3(0, -10, 10),
               b = a + 60.0 * glm::normalize(Vec3(0, 1, -1));
    const auto crossings = path_crossings(body(), a, b);
    const Crossing& muscle = of_kind(crossings, StructureKind::Muscle);
    EXPECT_NEAR(muscle.enter_mm, 10.0 * std::sqrt(2.0), 0.01);
    EXPECT_NEAR(muscle.leave_mm, 20.0 * std::sqrt(2.0), 0.01);
    const double skin = body().skin_thickness_mm(at_depth(kMiddle, -30.0, 0.0));
    EXPECT_NEAR(of_kind(crossings, StructureKind::Skin).leave_mm, skin * std::sqrt(2.0), 0.05);
}

TEST_F(Queries, AVesselInTheFatLiesInsideTheSubcutis) {
    const auto crossings =
        path_crossings(body(), at_depth(kMiddle - 40, 5.0, -5.0), at_depth(kMiddle - 40, 5.0, 40.0));
    EXPECT_EQ(text(crossings), "skin subcutis nerve ");
    EXPECT_NEAR(of_kind(crossings, StructureKind::Nerve).enter_mm, 2.0, 1e-3);
    EXPECT_NEAR(of_kind(crossings, StructureKind::Nerve).leave_mm, 5.0, 1e-3);
    EXPECT_NEAR(of_kind(crossings, StructureKind::Subcutis).leave_mm, 40.0, 1e-3);
}

TEST_F(Queries, APathThatStartsInsideCountsFromItsStart) {
    const auto crossings = path_crossings(body(), at_depth(kMiddle, 0.0, 15.0), at_depth(kMiddle, 0.0, 28.0));
    EXPECT_EQ(text(crossings), "muscle artery ");
    EXPECT_NEAR(crossings[0].enter_mm, 0.0, 1e-6);
    EXPECT_NEAR(crossings[0].leave_mm, 5.0, 1e-3);
    EXPECT_NEAR(crossings[1].enter_mm, 7.0, 1e-3);
}

TEST_F(Queries, APathInsideOneStructureStillNamesIt) {
    const auto crossings = path_crossings(body(), at_depth(kMiddle, 0.0, 14.0), at_depth(kMiddle, 0.0, 16.0));
    EXPECT_EQ(text(crossings), "muscle ");
    const auto deep = path_crossings(body(), at_depth(kMiddle, 0.0, 50.0), at_depth(kMiddle, 0.0, 60.0));
    EXPECT_EQ(text(deep), "lung ");
}

TEST_F(Queries, APathOutOfTheBodyEndsInSkin) {
    const auto crossings =
        path_crossings(body(), at_depth(kMiddle + 10, 0.0, 15.0), at_depth(kMiddle + 10, 0.0, -20.0));
    EXPECT_EQ(text(crossings), "muscle skin ");
    EXPECT_NEAR(crossings[1].leave_mm, 15.0, 1e-3);
}

TEST_F(Queries, APathBesideTheBodyCrossesNothing) {
    EXPECT_TRUE(path_crossings(body(), {300, 0, 200}, {300, 0, -200}).empty());
    EXPECT_TRUE(path_crossings(body(), {0, 0, 300}, {0, 0, 300}).empty());
}

TEST_F(Queries, APathThroughTheWholeBodyHasTwoSkins) {
    const auto crossings = path_crossings(body(), {kMiddle, 90, 200}, {kMiddle, 90, -200});
    EXPECT_EQ(text(crossings), "skin subcutis skin ");
    EXPECT_NEAR(crossings.back().leave_mm, 200.0, 1e-3);
}

TEST_F(Queries, CrossingsAreOrderedAndWithinThePath) {
    Random random(3);
    for (int i = 0; i < 2000; ++i) {
        const auto any = [&](double reach) {
            return Vec3(random.uniform(-reach, reach), random.uniform(-reach, reach),
                        random.uniform(-reach, reach));
        };
        const Vec3 a = any(160), b = any(160);
        const auto crossings = path_crossings(body(), a, b);
        double last = -1e9;
        for (const Crossing& c : crossings) {
            EXPECT_GE(c.enter_mm, last);
            EXPECT_LT(c.enter_mm, c.leave_mm);
            EXPECT_LE(c.leave_mm, glm::length(b - a) + 1e-6);
            last = c.enter_mm;
        }
    }
}

TEST_F(Queries, CrossingsAgreeWithPlaces) {
    // The middle of every muscle stretch is in that muscle; a path's point in no muscle stretch is in none.
    Random random(5);
    int in_count = 0;
    for (int i = 0; i < 500; ++i) {
        const Vec3 a(random.uniform(-100, -20), random.uniform(-70, 70), 130.0);
        const Vec3 b(random.uniform(-100, -20), random.uniform(-70, 70), 40.0);
        const Vec3 unit = glm::normalize(b - a);
        const auto crossings = path_crossings(body(), a, b);
        const auto skin = skin_hit(body(), a, b - a);
        ASSERT_TRUE(skin);
        const double depth = random.uniform(0.0, 60.0);
        bool in = false;
        for (const Crossing& c : crossings)
            in = in || (c.kind == StructureKind::Muscle && c.enter_mm < depth && depth < c.leave_mm);
        EXPECT_EQ(in_muscle(body(), skin->point + depth * unit).has_value(), in);
        in_count += in ? 1 : 0;
    }
    EXPECT_GT(in_count, 50);
}

TEST_F(Queries, TheColumnUnderAFingerEndsOnBone) {
    const auto at = skin_hit(body(), {kMiddle + 10, 40.0, 300.0}, kInward);
    ASSERT_TRUE(at);
    const TissueColumn column = tissue_column(body(), *at, kInward, 80.0);
    EXPECT_TRUE(column.on_bone);
    EXPECT_NEAR(column.depth_mm(), 30.0, 1e-3);
    ASSERT_EQ(column.layers.size(), 4U);
    EXPECT_EQ(column.layers[0].kind, StructureKind::Skin);
    EXPECT_EQ(column.layers[1].kind, StructureKind::Subcutis);
    EXPECT_EQ(column.layers[2].kind, StructureKind::Muscle);
    EXPECT_EQ(column.layers[3].kind, StructureKind::Subcutis) << "loose tissue between muscle and bone";
    EXPECT_FALSE(column.layers[3].structure.valid());
    EXPECT_NEAR(column.layers[0].thickness_mm + column.layers[1].thickness_mm, test::kMuscleTop + 0.3, 0.3);
}

TEST_F(Queries, AColumnStopsAtItsDepth) {
    const auto at = skin_hit(body(), {kMiddle, 0.0, 300.0}, kInward);
    const TissueColumn column = tissue_column(body(), *at, kInward, 24.0);
    EXPECT_FALSE(column.on_bone);
    EXPECT_NEAR(column.depth_mm(), 24.0, 1e-6);
    EXPECT_EQ(column.layers.back().kind, StructureKind::Artery);
}

TEST_F(Queries, InMuscleGivesLatticeCoordinatesAndFibres) {
    const auto in = in_muscle(body(), at_depth(kMiddle + 15.0, -20.0, 13.0));
    ASSERT_TRUE(in);
    EXPECT_EQ(name(in->muscle), "test_muscle_r");
    EXPECT_NEAR(in->at.u, 80.0 / 120.0, 1e-4);
    EXPECT_NEAR(in->at.v, 0.75, 1e-4);
    EXPECT_NEAR(in->at.w, 2.0 / (5.0 * std::sqrt(0.75)), 1e-3);
    EXPECT_LT(geometry::angle_deg(in->fibre, {0, -1, 0}), 0.1);
    EXPECT_FALSE(in_muscle(body(), at_depth(kMiddle, 0.0, 9.0)));
    EXPECT_FALSE(in_muscle(body(), at_depth(kMiddle, 0.0, 24.0)));
    EXPECT_FALSE(in_muscle(body(), at_depth(kMiddle, 0.0, -9.0)));
}

TEST_F(Queries, InMuscleInvertsTheLatticeEverywhere) {
    const geometry::Lattice lattice = test::muscle_lattice();
    Random random(17);
    for (int i = 0; i < 500; ++i) {
        const geometry::LatticeCoordinates c{random.uniform(0.02, 0.98), random.uniform(0.05, 0.95),
                                             random.uniform(-0.9, 0.9)};
        const auto in = in_muscle(body(), lattice.position(c));
        ASSERT_TRUE(in) << c.u << " " << c.v << " " << c.w;
        EXPECT_NEAR(in->at.u, c.u, 1e-3);
        EXPECT_NEAR(in->at.v, c.v, 1e-3);
        EXPECT_NEAR(in->at.w, c.w, 1e-3);
    }
}

TEST_F(Queries, FirstMuscleIsTheOneUnderTheFinger) {
    const auto at = skin_hit(body(), {kMiddle, -20.0, 300.0}, kInward);
    const auto first = first_muscle(body(), *at, kInward);
    ASSERT_TRUE(first);
    EXPECT_EQ(name(first->muscle), "test_muscle_r");
    EXPECT_NEAR(first->at.u, 80.0 / 120.0, 1e-3);
    EXPECT_GT(first->at.w, 0.9);
    EXPECT_LT(geometry::angle_deg(first->fibre, {0, -1, 0}), 0.1);
    const auto beside = skin_hit(body(), {0.0, 90.0, 300.0}, kInward);
    EXPECT_FALSE(first_muscle(body(), *beside, kInward));
}

TEST_F(Queries, HazardDistanceIsNegativeInside) {
    const StructureId artery = id("test_artery_r");
    EXPECT_NEAR(hazard_distance(body(), artery, at_depth(kMiddle, 0.0, 15.0)), 7.0, 1e-4);
    EXPECT_NEAR(hazard_distance(body(), artery, at_depth(kMiddle, 0.0, 22.5)), -0.5, 0.02);
    EXPECT_NEAR(hazard_distance(body(), id("pleura_r"), at_depth(kMiddle, -30.0, 55.0)), -25.0, 1e-3);
    EXPECT_GT(hazard_distance(body(), id("test_muscle_r"), at_depth(kMiddle, 0.0, 15.0)), 1e5) << "no hazard";
}

TEST_F(Queries, HazardsNearAreSortedAndWithinRange) {
    const auto near = hazards_near(body(), at_depth(kMiddle, 0.0, 20.0), 15.0);
    ASSERT_EQ(near.size(), 2U);
    EXPECT_EQ(name(near[0].structure), "test_artery_r");
    EXPECT_NEAR(near[0].distance_mm, 2.0, 1e-4);
    EXPECT_LT(glm::length(near[0].nearest - at_depth(kMiddle, 0.0, 22.0)), 1e-3);
    EXPECT_EQ(name(near[1].structure), "pleura_r");
    EXPECT_NEAR(near[1].distance_mm, 10.0, 1e-4);
    EXPECT_TRUE(hazards_near(body(), at_depth(kMiddle, 0.0, 15.0), 5.0).empty());
}

TEST_F(Queries, AHazardIsNearEvenFromDeepInside) {
    const auto near = hazards_near(body(), at_depth(kMiddle, -40.0, 55.0), 3.0);
    ASSERT_EQ(near.size(), 1U);
    EXPECT_NEAR(near[0].distance_mm, -25.0, 1e-3);
}

TEST_F(Queries, TheLeftSideAnswersAsTheRight) {
    const auto right =
        path_crossings(body(), at_depth(kMiddle + 4, 3.0, -20.0), at_depth(kMiddle + 7, 1.0, 50.0));
    const auto left =
        path_crossings(body(), at_depth(-kMiddle - 4, 3.0, -20.0), at_depth(-kMiddle - 7, 1.0, 50.0));
    ASSERT_EQ(right.size(), left.size());
    for (std::size_t i = 0; i < right.size(); ++i) {
        EXPECT_EQ(right[i].kind, left[i].kind);
        EXPECT_NEAR(right[i].enter_mm, left[i].enter_mm, 1e-3);
        EXPECT_NEAR(right[i].leave_mm, left[i].leave_mm, 1e-3);
    }
}

} // namespace
} // namespace tb::anatomy
