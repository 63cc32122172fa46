#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "support/small_body.h"
#include "tissue/needle.h"

namespace tb::tissue {
namespace {

using geometry::Vec3;
using test::mechanics;
using test::small_body;
using Kind = NeedleEvent::Kind;

const Vec3 kInward(0.0, 0.0, -1.0);
constexpr double kDt = 1.0 / 960.0;

/// A needle driven along one line; keeps every event.
struct Driven {
    NeedleBody needle;
    NeedleState state;
    std::vector<NeedleEvent> events;
    std::vector<double> depth, force; ///< trace while driven
    Vec3 skin{test::at_depth(test::kMiddle, 0.0, 0.0)};
    Vec3 axis = kInward;

    explicit Driven(int gauge = 25, double length_mm = 38.0) : needle{gauge, length_mm, false} {}

    void to(const Vec3& tip, const Vec3& along) {
        for (const NeedleEvent& e : advance(mechanics(), small_body(), needle, tip, along, kDt, state))
            events.push_back(e);
    }
    /// Moves the hand from one depth to another in small steps.
    void go(double from_mm, double to_mm, double step_mm = 0.02) {
        const int steps = std::max(1, static_cast<int>(std::lround(std::abs(to_mm - from_mm) / step_mm)));
        for (int i = 0; i <= steps; ++i) {
            const double d = from_mm + (to_mm - from_mm) * i / steps;
            to(skin + axis * d, axis);
            depth.push_back(d);
            force.push_back(state.force_N);
        }
    }
    [[nodiscard]] int count(Kind kind) const {
        return static_cast<int>(
            std::count_if(events.begin(), events.end(), [&](const auto& e) { return e.kind == kind; }));
    }
    [[nodiscard]] const NeedleEvent* entered(StructureKind tissue) const {
        for (const NeedleEvent& e : events) {
            if (e.kind == Kind::Entered && e.tissue == tissue) return &e;
        }
        return nullptr;
    }
    [[nodiscard]] double peak_between(double low_mm, double high_mm) const {
        double most = 0.0;
        for (std::size_t i = 0; i < depth.size(); ++i) {
            if (depth[i] >= low_mm && depth[i] <= high_mm) most = std::max(most, force[i]);
        }
        return most;
    }
};

TEST(Needle, DentsTheSkinBeforeItGivesWay) {
    Driven n(22);
    n.go(-2.0, 1.0);
    EXPECT_FALSE(n.state.under_skin);
    EXPECT_NEAR(n.state.dent_mm, 1.0, 1e-6);
    EXPECT_NEAR(n.state.force_N, 0.45 + 0.1, 1e-6);
    EXPECT_TRUE(n.events.empty());
    n.go(1.0, 3.0);
    ASSERT_EQ(n.count(Kind::SkinPunctured), 1);
    const double speed_mm_s = 0.02 / kDt;
    EXPECT_NEAR(n.events[0].force_N, 1.36 * speed_factor(mechanics(), speed_mm_s), 0.01);
    EXPECT_NEAR(n.state.depth_mm, 3.0, 1e-6);
    EXPECT_LT(glm::distance(n.state.entry, n.skin), 1e-4);
}

TEST(Needle, ASkinDentWithoutPunctureLeavesNoTrace) {
    Driven n(22);
    n.go(-1.0, 1.0);
    n.go(1.0, -1.0);
    EXPECT_TRUE(n.events.empty());
    EXPECT_EQ(n.state.force_N, 0.0);
    EXPECT_FALSE(n.state.under_skin);
}

TEST(Needle, NamesEveryLayerInOrderWithinItsDent) {
    Driven n(25, 80.0);
    n.go(-1.0, 45.0);
    std::vector<StructureKind> order;
    for (const NeedleEvent& e : n.events) {
        if (e.kind == Kind::Entered) order.push_back(e.tissue);
    }
    const std::vector<StructureKind> expected = {StructureKind::Subcutis, StructureKind::Muscle,
                                                 StructureKind::Artery, StructureKind::Pleura,
                                                 StructureKind::Lung};
    EXPECT_EQ(order, expected);
    const auto within_dent = [&](StructureKind kind, double depth) {
        const NeedleEvent* e = n.entered(kind);
        ASSERT_NE(e, nullptr);
        EXPECT_GE(e->depth_mm, depth - 1e-3);
        EXPECT_LE(e->depth_mm, depth + 2.5);
    };
    within_dent(StructureKind::Muscle, test::kMuscleTop);
    within_dent(StructureKind::Artery, test::kArteryTop);
    within_dent(StructureKind::Pleura, test::kDeepTop);
    within_dent(StructureKind::Lung, test::kDeepTop + 3.0);
}

TEST(Needle, ThePassedLayersAreThoseOfThePathQuery) {
    Driven n(25, 80.0);
    n.go(-1.0, 45.0);
    const auto crossings =
        anatomy::path_crossings(small_body(), n.skin - kInward * 10.0, n.skin + kInward * 45.0);
    for (const anatomy::Crossing& c : crossings) {
        if (c.kind == StructureKind::Skin) continue;
        const auto e = std::find_if(n.events.begin(), n.events.end(), [&](const NeedleEvent& v) {
            return v.kind == Kind::Entered && v.structure == c.structure && v.tissue == c.kind;
        });
        ASSERT_NE(e, n.events.end()) << name_of(c.kind);
        EXPECT_GE(e->depth_mm, c.enter_mm - 1e-3) << name_of(c.kind);
        EXPECT_LE(e->depth_mm, c.enter_mm + 2.5) << name_of(c.kind);
    }
}

TEST(Needle, EnteredAndLeftPairUpAndNothingIsLeftInsideAfterWithdrawal) {
    Driven n(25, 80.0);
    n.go(-1.0, 45.0);
    n.go(45.0, -1.0);
    EXPECT_EQ(n.count(Kind::OutOfSkin), 1);
    EXPECT_EQ(n.events.back().kind, Kind::OutOfSkin);
    EXPECT_FALSE(n.state.under_skin);
    EXPECT_TRUE(n.state.inside.empty());
    std::vector<Inside> open;
    for (const NeedleEvent& e : n.events) {
        const Inside what{e.structure, e.tissue};
        if (e.kind == Kind::SkinPunctured || e.kind == Kind::Entered) {
            EXPECT_EQ(std::count(open.begin(), open.end(), what), 0) << name_of(e.tissue);
            open.push_back(what);
        } else if (e.kind == Kind::Left) {
            ASSERT_EQ(std::count(open.begin(), open.end(), what), 1) << name_of(e.tissue);
            open.erase(std::find(open.begin(), open.end(), what));
        }
    }
    EXPECT_TRUE(open.empty());
}

TEST(Needle, OneBigStepFindsTheSameLayersAsManySmallOnes) {
    Driven small(25, 80.0), big(25, 80.0);
    small.go(-1.0, 28.0);
    big.go(-1.0, 2.5);
    big.to(big.skin + kInward * 28.0, kInward);
    ASSERT_EQ(small.events.size(), big.events.size());
    for (std::size_t i = 0; i < small.events.size(); ++i) {
        EXPECT_EQ(small.events[i].kind, big.events[i].kind) << i;
        EXPECT_EQ(small.events[i].tissue, big.events[i].tissue) << i;
    }
}

TEST(Needle, StopsAtBoneAndReportsPeriosteum) {
    Driven n(22, 60.0);
    n.skin = test::at_depth(test::kMiddle, 45.0, 0.0);
    n.go(-1.0, 32.0);
    ASSERT_EQ(n.count(Kind::BoneContact), 1);
    EXPECT_NEAR(n.state.tip().z, test::kFront - test::kDeepTop, 1e-3);
    EXPECT_TRUE(n.state.on_bone);
    EXPECT_TRUE(n.needle.burred);
    EXPECT_GT(n.state.force_N, 8.0 * 1.5);
    EXPECT_EQ(tip_place(small_body(), n.state).kind, StructureKind::Bone);
    EXPECT_EQ(tip_place(small_body(), n.state).structure, small_body().atlas().find("test_bone_r"));
    n.go(32.0, 60.0);
    EXPECT_EQ(n.count(Kind::BoneContact), 1) << "one touch, one finding";
    EXPECT_NEAR(n.state.tip().z, test::kFront - test::kDeepTop, 1e-3);
    const double limit = buckling_N(mechanics(), *mechanics().gauge(22), 60.0 - test::kDeepTop);
    EXPECT_LE(n.state.force_N, limit + 2.0);
    n.go(60.0, 25.0);
    EXPECT_FALSE(n.state.on_bone);
    n.go(25.0, 31.0);
    EXPECT_EQ(n.count(Kind::BoneContact), 2);
}

TEST(Needle, ABurredTipNeedsThirtyPercentMore) {
    const NeedleBody sharp{25, 38.0, false}, burred{25, 38.0, true};
    EXPECT_NEAR(puncture_force_N(mechanics(), burred, NeedleTissue::Skin),
                1.3 * puncture_force_N(mechanics(), sharp, NeedleTissue::Skin), 1e-12);
    EXPECT_GT(puncture_dent_mm(mechanics(), burred, NeedleTissue::Skin),
              puncture_dent_mm(mechanics(), sharp, NeedleTissue::Skin));
}

TEST(Needle, TheForceTraceHasAPeakAtTheSkinAndOneAtTheFascia) {
    Driven n(22, 38.0);
    n.skin = test::at_depth(test::kMiddle + 15.0, 0.0, 0.0); // beside the band
    n.go(-1.0, 19.0);
    const double skin = n.peak_between(0.0, 3.0), fat = n.peak_between(5.0, 9.5),
                 fascia = n.peak_between(10.0, 12.5), muscle = n.peak_between(13.0, 14.0);
    EXPECT_NEAR(skin, 1.36, 0.1);
    EXPECT_NEAR(fascia, 0.97, 0.1);
    EXPECT_LT(fat, 0.7 * skin);
    EXPECT_LT(muscle, 0.7 * fascia);
}

TEST(Needle, TheTautBandCutsHarderThanTheMuscleBesideIt) {
    Driven in_band(22), beside(22);
    beside.skin = test::at_depth(test::kMiddle + 15.0, 0.0, 0.0);
    in_band.skin = test::at_depth(test::kMiddle, 20.0, 0.0); // the band runs along y; its nodule is at y = 0
    Driven in_nodule(22);
    for (Driven* n : {&in_band, &beside, &in_nodule})
        n->go(-1.0, 15.0);
    EXPECT_GT(in_band.state.force_N, 1.2 * beside.state.force_N);
    EXPECT_GT(in_nodule.state.force_N, in_band.state.force_N);
    EXPECT_EQ(tip_place(small_body(), in_band.state).band, 0);
    EXPECT_FALSE(tip_place(small_body(), in_band.state).in_nodule);
    EXPECT_TRUE(tip_place(small_body(), in_nodule.state).in_nodule);
    EXPECT_EQ(tip_place(small_body(), beside.state).band, -1);
    EXPECT_EQ(tip_place(small_body(), beside.state).kind, StructureKind::Muscle);
}

TEST(Needle, TheTipIsInTheArteryOnlyAfterItsWallGaveWay) {
    Driven n(25, 60.0);
    n.go(-1.0, test::kArteryTop + 0.3); // the bevel has led it off the artery's crest
    EXPECT_NE(tip_place(small_body(), n.state).kind, StructureKind::Artery);
    EXPECT_GT(n.state.dent_mm, 0.05);
    n.go(test::kArteryTop + 0.3, 24.5);
    EXPECT_EQ(tip_place(small_body(), n.state).kind, StructureKind::Artery);
    n.go(24.5, 28.0);
    EXPECT_NE(tip_place(small_body(), n.state).kind, StructureKind::Artery);
}

TEST(Needle, TheHubStopsAtTheSkinOnce) {
    Driven n(25, 16.0);
    n.go(-1.0, 25.0);
    EXPECT_EQ(n.count(Kind::HubAtSkin), 1);
    EXPECT_DOUBLE_EQ(n.state.depth_mm, 16.0);
}

TEST(Needle, TurnsFreelyWhileShallowAndHardlyWhileDeep) {
    const Vec3 tilted = glm::normalize(Vec3(0.3, 0.0, -1.0));
    Driven shallow(25, 60.0);
    shallow.go(-1.0, 5.0);
    shallow.to(shallow.state.entry + tilted * 5.0, tilted);
    EXPECT_NEAR(glm::distance(shallow.state.course, tilted), 0.0, 1e-12);
    EXPECT_NEAR(shallow.state.lateral_deg, 0.0, 1e-6);

    Driven deep(25, 60.0);
    deep.go(-1.0, 18.0);
    for (int i = 1; i <= 200; ++i) {
        const Vec3 axis = glm::normalize(Vec3(0.3 * i / 200.0, 0.0, -1.0));
        deep.to(deep.state.entry + axis * 18.0, axis);
    }
    const double asked = geometry::angle_deg(kInward, tilted);
    EXPECT_GT(deep.state.lateral_deg, 0.7 * asked);
    EXPECT_LT(geometry::angle_deg(deep.state.axis, kInward), 0.3 * asked);
    for (int i = 0; i < 500; ++i)
        deep.to(deep.state.entry + tilted * 18.0, tilted); // waiting moves nothing
    EXPECT_GT(deep.state.lateral_deg, 0.7 * asked);
}

TEST(Needle, SidewaysMovesOfTheHandDoNotChangeTheDepth) {
    Driven n(25, 60.0);
    n.go(-1.0, 12.0);
    n.to(n.skin + kInward * 12.0 + Vec3(8.0, 3.0, 0.0), kInward);
    EXPECT_NEAR(n.state.depth_mm, 12.0, 1e-6);
    EXPECT_LT(glm::distance(n.state.entry, n.skin), 1e-4);
}

TEST(Needle, ForceFallsWhileTheHandRestsAndOnlyFrictionHoldsOnTheWayOut) {
    Driven n(22, 60.0);
    n.go(-1.0, 16.0);
    const double moving = n.state.force_N;
    for (int i = 0; i < 960 * 6; ++i)
        n.to(n.skin + kInward * 16.0, kInward);
    EXPECT_LT(n.state.force_N, 0.75 * moving);
    EXPECT_GT(n.state.force_N, 0.5 * moving);
    n.go(16.0, 14.0);
    EXPECT_LT(n.state.force_N, 0.4 * moving);
    EXPECT_GT(n.state.force_N, 0.0);
}

TEST(Needle, ASecondPassInTheSameTrackNeedsLess) {
    Driven n(22, 60.0);
    n.skin = test::at_depth(test::kMiddle + 15.0, 0.0, 0.0);
    n.go(-1.0, 18.0);
    const double first = n.peak_between(9.9, 13.0);
    n.go(18.0, 8.0);
    n.depth.clear();
    n.force.clear();
    n.go(8.0, 18.0);
    const double second = n.peak_between(9.9, 13.0);
    EXPECT_LT(second, 0.6 * first);
    EXPECT_GT(second, 0.1);
}

TEST(Needle, BothSidesOfTheBodyAnswerAlike) {
    Driven right(25, 80.0), left(25, 80.0);
    left.skin = geometry::mirrored(right.skin);
    right.go(-1.0, 40.0);
    left.go(-1.0, 40.0);
    ASSERT_EQ(right.events.size(), left.events.size());
    for (std::size_t i = 0; i < right.events.size(); ++i) {
        EXPECT_EQ(right.events[i].tissue, left.events[i].tissue);
        EXPECT_NEAR(right.events[i].depth_mm, left.events[i].depth_mm, 0.05);
    }
}

TEST(Needle, AbsurdRequestsChangeNothing) {
    Driven n(25, 38.0);
    n.go(-1.0, 12.0);
    const NeedleState before = n.state;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    n.to(Vec3(nan, 0.0, 0.0), kInward);
    n.to(n.skin, Vec3(0.0));
    n.to(n.skin, Vec3(0.0, nan, 0.0));
    EXPECT_EQ(n.state, before);
    Driven unknown(99, 38.0);
    unknown.go(-1.0, 12.0);
    EXPECT_TRUE(std::isfinite(unknown.state.force_N));
    EXPECT_EQ(unknown.count(Kind::SkinPunctured), 1);
}

TEST(Needle, TheAngleToTheSkinIsNinetyWhenPerpendicular) {
    EXPECT_NEAR(angle_to_skin_deg(kInward, -kInward), 90.0, 1e-9);
    EXPECT_NEAR(angle_to_skin_deg(glm::normalize(Vec3(1.0, 0.0, -1.0)), -kInward), 45.0, 1e-9);
}

TEST(Needle, ABevelLeadsItAsideAndTheWayBackIsTheSame) {
    Driven n(22, 60.0);
    n.go(-1.0, 28.0);
    const auto aside = [&n] {
        return glm::length(n.state.tip() - n.state.entry - n.state.course * n.state.depth_mm);
    };
    const double radius = drift_radius_mm(mechanics());
    EXPECT_NEAR(aside(), 28.0 * 28.0 / (2.0 * radius), 0.05);
    n.go(28.0, 14.0);
    EXPECT_NEAR(aside(), 14.0 * 14.0 / (2.0 * radius), 0.05);
    n.go(14.0, -1.0);
    EXPECT_FALSE(n.state.under_skin);
}

TEST(Needle, TurnedHalfWayItComesOutNearlyStraight) {
    Driven turned(22, 60.0), straight_on(22, 60.0);
    straight_on.go(-1.0, 28.0);
    turned.go(-1.0, 14.0);
    turned.needle.roll_deg = 180.0;
    turned.go(14.0, 28.0);
    const auto aside = [](const Driven& n) {
        return glm::length(n.state.tip() - n.state.entry - n.state.course * n.state.depth_mm);
    };
    EXPECT_LT(aside(turned), 0.1 * aside(straight_on));
}

TEST(Needle, WithoutSiliconeAndWhenFastItNeedsMore) {
    NeedleBody fresh, bare;
    bare.silicone = 0.0;
    for (const NeedleTissue t : {NeedleTissue::Skin, NeedleTissue::Fascia, NeedleTissue::Vein}) {
        EXPECT_NEAR(puncture_force_N(mechanics(), bare, t), 2.0 * puncture_force_N(mechanics(), fresh, t),
                    1e-9);
        EXPECT_GT(puncture_force_N(mechanics(), fresh, t, 50.0),
                  puncture_force_N(mechanics(), fresh, t, 5.0));
    }
    EXPECT_EQ(speed_factor(mechanics(), std::nan("")), speed_factor(mechanics(), 0.5));
    Driven n(22);
    n.go(-1.0, 8.0);
    EXPECT_EQ(n.needle.silicone, 1.0);
    n.go(8.0, -1.0);
    EXPECT_LT(n.needle.silicone, 1.0); // worn by one pass
}

TEST(Needle, TheShaftHoldsAndThenSlips) {
    Driven n(22, 60.0);
    n.go(-1.0, 25.0);
    n.force.clear();
    n.depth.clear();
    n.go(25.0, 20.0);
    const double held = *std::max_element(n.force.begin(), n.force.end());
    const double sliding = n.force.back();
    EXPECT_GT(held, 1.15 * sliding);
    EXPECT_GT(sliding, 0.0);
}

TEST(Needle, PushedOnAgainstBoneOrLeveredItBendsOnce) {
    Driven bone(27, 60.0);
    bone.skin = test::at_depth(test::kMiddle, 45.0, 0.0);
    bone.go(-1.0, 30.2);
    EXPECT_EQ(bone.count(Kind::Bent), 0);
    bone.go(30.2, 40.0); // 27 G buckles under 4 N
    EXPECT_EQ(bone.count(Kind::Bent), 1);
    EXPECT_GT(bone.needle.bent_deg, 0.0);

    Driven levered(25, 38.0), gentle(25, 38.0);
    for (Driven* n : {&levered, &gentle}) {
        n->go(-1.0, 20.0);
        const Vec3 axis = glm::normalize(Vec3(n == &levered ? 0.6 : 0.1, 0.0, -1.0));
        n->to(n->state.entry + axis * 20.0, axis);
    }
    EXPECT_EQ(levered.count(Kind::Bent), 1);
    EXPECT_EQ(gentle.count(Kind::Bent), 0);
}

} // namespace
} // namespace tb::tissue
