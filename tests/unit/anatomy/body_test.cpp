#include "anatomy/body.h"

#include <gtest/gtest.h>

#include "anatomy/queries.h"
#include "support/small_body.h"

namespace tb::anatomy {
namespace {

using test::kMiddle;
using test::SmallBody;

BodySpec spec_of(Side side, PointState state, double scatter_mm) {
    BodySpec spec = SmallBody::one_active_point();
    spec.points[0].side = side;
    spec.points[0].state = state;
    spec.scatter_mm = scatter_mm;
    return spec;
}

std::string faults_of(const Atlas& atlas, const BodySpec& spec) {
    const auto body = Body::create(atlas, spec, 1);
    std::string all;
    if (!body) {
        for (const Error& error : body.error())
            all += error.text() + "\n";
    }
    return all;
}

TEST(Body, WithoutScatterThePointLiesWhereItIsTaught) {
    const SmallBody small;
    ASSERT_EQ(small.body().bands().size(), 1U);
    const Band& band = small.body().bands()[0];
    EXPECT_EQ(band.id, "test-point-1_r");
    EXPECT_LT(glm::length(band.centre - test::at_depth(kMiddle, 0.0, 15.0)), 1e-6);
    EXPECT_NEAR(band.depth_mm, 15.0, 1e-4);
    EXPECT_TRUE(band.target);
    EXPECT_EQ(small.body().band("test-point-1_r"), &band);
    EXPECT_EQ(small.body().band("test-point-1_l"), nullptr);
}

TEST(Body, TheBandFollowsTheFibresThroughItsNodule) {
    const SmallBody small;
    const Band& band = small.body().bands()[0];
    double length = 0.0;
    for (std::size_t i = 0; i + 1 < band.line.size(); ++i) {
        const geometry::Vec3 step = band.line[i + 1] - band.line[i];
        length += glm::length(step);
        EXPECT_LE(glm::length(step), 2.05);
        EXPECT_LT(geometry::angle_deg(step, {0, -1, 0}), 1.0) << "fibres run down";
    }
    // The belly is 0.1 to 0.9 of 120 mm: 48 mm either way of the middle.
    EXPECT_NEAR(length, 96.0, 0.5);
    EXPECT_LT(distance_to_band(band, band.centre), 1e-6);
    EXPECT_NEAR(distance_to_band(band, band.centre + geometry::Vec3(3, 0, 4)), 5.0, 1e-6);
}

TEST(Body, ActiveNodulesAreLargerThanLatentOnes) {
    const SmallBody active(spec_of(Side::Right, PointState::Active, 0.0));
    const SmallBody latent(spec_of(Side::Right, PointState::Latent, 0.0));
    EXPECT_NEAR(active.body().bands()[0].nodule_radius_mm, 4.25, 1e-9); // ballyns2011
    EXPECT_NEAR(latent.body().bands()[0].nodule_radius_mm, 3.4, 1e-9);
    EXPECT_GT(active.body().bands()[0].radius_mm, latent.body().bands()[0].radius_mm);
}

TEST(Body, ScatterMovesThePointAndKeepsItInside) {
    const Atlas atlas = test::small_atlas();
    double furthest = 0.0, sum = 0.0;
    const geometry::Vec3 taught = test::at_depth(kMiddle, 0.0, 15.0);
    constexpr int kSeeds = 200;
    for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
        const auto body = Body::create(atlas, spec_of(Side::Right, PointState::Active, 10.0), seed);
        ASSERT_TRUE(body);
        const Band& band = body->bands()[0];
        const double shift = glm::length(band.centre - taught);
        furthest = std::max(furthest, shift);
        sum += shift;
        EXPECT_LE(std::abs(band.centre.y), 15.01);           // 1.5 SD along
        EXPECT_LE(std::abs(band.centre.x - kMiddle), 15.01); // and across
        const auto in = in_muscle(*body, band.centre);
        ASSERT_TRUE(in) << "seed " << seed;
        EXPECT_EQ(in->muscle, band.muscle);
    }
    EXPECT_GT(sum / kSeeds, 5.0);
    EXPECT_GT(furthest, 15.0);
}

TEST(Body, ScatterStaysTwoMillimetresFromTheEdge) {
    TriggerPoint near_edge = test::small_point();
    near_edge.at.v = 0.9; // 6 mm from the edge
    const Atlas atlas = test::small_atlas({near_edge});
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const auto body = Body::create(atlas, spec_of(Side::Right, PointState::Active, 20.0), seed);
        ASSERT_TRUE(body);
        EXPECT_LE(body->bands()[0].centre.x, kMiddle + 30.0 - 2.0 + 0.01) << "seed " << seed;
    }
}

TEST(Body, TheSameSeedGivesTheSamePatient) {
    const Atlas atlas = test::small_atlas();
    const auto one = Body::create(atlas, spec_of(Side::Right, PointState::Active, 10.0), 42);
    const auto two = Body::create(atlas, spec_of(Side::Right, PointState::Active, 10.0), 42);
    const auto three = Body::create(atlas, spec_of(Side::Right, PointState::Active, 10.0), 43);
    ASSERT_TRUE(one && two && three);
    EXPECT_EQ(one->bands()[0].centre, two->bands()[0].centre);
    EXPECT_NE(one->bands()[0].centre, three->bands()[0].centre);
}

TEST(Body, TheLeftPointIsTheMirrorImage) {
    const SmallBody right(spec_of(Side::Right, PointState::Active, 0.0));
    const SmallBody left(spec_of(Side::Left, PointState::Active, 0.0));
    const Band& r = right.body().bands()[0];
    const Band& l = left.body().bands()[0];
    EXPECT_EQ(l.id, "test-point-1_l");
    EXPECT_EQ(left.atlas().structure(l.muscle).id, "test_muscle_l");
    EXPECT_LT(glm::length(l.centre - geometry::mirrored(r.centre)), 1e-6);
    EXPECT_NEAR(l.depth_mm, r.depth_mm, 1e-4);
    ASSERT_EQ(l.line.size(), r.line.size());
    EXPECT_LT(glm::length(l.line.front() - geometry::mirrored(r.line.front())), 1e-6);
}

TEST(Body, AThinMuscleLimitsTheNodule) {
    TriggerPoint thin = test::small_point();
    thin.at.v = 0.02; // half thickness there: 5 mm x 0.28
    const Atlas atlas = test::small_atlas({thin});
    const auto body = Body::create(atlas, spec_of(Side::Right, PointState::Active, 0.0), 1);
    ASSERT_TRUE(body);
    EXPECT_NEAR(body->bands()[0].nodule_radius_mm, 1.4, 0.01);
}

TEST(Body, APointInTheTendonStillHasABand) {
    TriggerPoint attachment = test::small_point();
    attachment.at.u = 0.98;
    const Atlas atlas = test::small_atlas({attachment});
    const auto body = Body::create(atlas, spec_of(Side::Right, PointState::Active, 0.0), 1);
    ASSERT_TRUE(body);
    EXPECT_GE(body->bands()[0].line.size(), 16U); // 30 mm
}

TEST(Body, AnUnknownPointIsAFault) {
    BodySpec spec = SmallBody::one_active_point();
    spec.points[0].point = "no-such-point";
    EXPECT_NE(faults_of(test::small_atlas(), spec).find("\"no-such-point\" is not known"), std::string::npos);
}

TEST(Body, APointWithoutMuscleIsAFault) {
    TriggerPoint unheld = test::small_point();
    unheld.muscle.clear();
    unheld.muscle_name = "Scalenus minimus";
    const std::string fault = faults_of(test::small_atlas({unheld}), SmallBody::one_active_point());
    EXPECT_NE(fault.find("Scalenus minimus"), std::string::npos) << fault;
}

TEST(Body, APointOfTheRightOnlyIsAFaultOnTheLeft) {
    TriggerPoint right_only = test::small_point();
    right_only.mirror = false;
    const std::string fault =
        faults_of(test::small_atlas({right_only}), spec_of(Side::Left, PointState::Active, 0.0));
    EXPECT_NE(fault.find("right side only"), std::string::npos) << fault;
}

TEST(Body, OnePointTwiceOnOneSideIsAFault) {
    BodySpec spec = SmallBody::one_active_point();
    spec.points.push_back(spec.points[0]);
    EXPECT_NE(faults_of(test::small_atlas(), spec).find("there twice"), std::string::npos);
}

TEST(Body, EveryFaultIsToldAtOnce) {
    BodySpec spec = SmallBody::one_active_point();
    spec.points[0].point = "first";
    spec.points.push_back(spec.points[0]);
    spec.points[1].point = "second";
    const std::string faults = faults_of(test::small_atlas(), spec);
    EXPECT_NE(faults.find("first"), std::string::npos);
    EXPECT_NE(faults.find("second"), std::string::npos);
}

TEST(Body, BodyMassIndexComesFromWeightAndHeight) {
    BodySpec spec;
    spec.weight = Kilograms(81.0);
    spec.height_cm = 180.0;
    const SmallBody small(spec);
    EXPECT_NEAR(small.body().bmi(), 25.0, 1e-9);
}

TEST(Body, SkinIsThickOnTheBackAndThinOnTheNeckAndTheFoot) {
    const SmallBody small;
    const auto at = [&](double x, double y, double z) { return small.body().skin_thickness_mm({x, y, z}); };
    EXPECT_NEAR(at(-48.1, 1370.5, -22.7), 2.5, 0.02);
    EXPECT_NEAR(at(-56.7, 1541.4, 104.1), 1.4, 0.02);
    EXPECT_NEAR(at(-238.7, 1410.0, 89.9), 2.0, 0.02);
    EXPECT_NEAR(at(-100.0, -10.0, 130.0), 0.9, 0.02);
    EXPECT_EQ(at(-60, 1400, 0), at(60, 1400, 0)) << "both sides alike";
}

} // namespace
} // namespace tb::anatomy
