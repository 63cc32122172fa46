// What the needle leaves behind and how it lies: leak, bleeding, bend, bevel, muscle gone through.
#include <cmath>

#include "small_world.h"

namespace tb::test {
namespace {

using geometry::Vec3;

struct Case {
    SmallWorld world;
    session::Session session{world.world(), {}};
    Person person{session};
    Vec3 over(double depth, double y = -40.0) const { return at_depth(kMiddle + 12.0, y, depth); }
    /// The needle goes in to a depth, beside point and artery.
    void in(double depth) {
        person.ready_needle(over(-5.0));
        person.move(over(depth), 20.0);
    }
    void push(double rate, double seconds) {
        session.submit(events::PushPlunger{MillilitresPerSecond(rate)});
        person.wait(seconds);
        session.submit(events::PushPlunger{MillilitresPerSecond(0.0)});
    }
};

TEST(LeakBack, ANeedleThatLeavesAtOnceLetsFluidRunOut) {
    Case at_once, rested;
    double leaked[2] = {0.0, 0.0};
    int k = 0;
    for (Case* c : {&at_once, &rested}) {
        c->in(15.0);
        c->push(0.1, 5.0);
        if (c == &rested) c->person.wait(20.0);
        c->person.move(c->over(-5.0), 40.0);
        for (const auto& l : all<events::Leaked>(c->session))
            leaked[k] += l.volume.value();
        ++k;
    }
    EXPECT_GT(leaked[0], 0.02);
    EXPECT_LT(leaked[0], 0.1);
    EXPECT_EQ(leaked[1], 0.0);
}

TEST(Depots, LieAlongTheFibresInMuscleAndNowhereInAVessel) {
    Case c;
    c.in(15.0);
    c.push(0.1, 3.0);
    ASSERT_EQ(c.session.state().depots.size(), 1U);
    const auto& d = c.session.state().depots[0];
    EXPECT_NEAR(d.volume_mL, 0.3, 0.01);
    EXPECT_NEAR(d.along_mm, 3.0 * d.across_mm, 1e-6);
    EXPECT_GT(std::abs(d.fibre.y), 0.99);
    EXPECT_FALSE(d.wheal);

    Case vessel;
    vessel.person.ready_needle(at_depth(kMiddle, -40.0, -5.0));
    vessel.person.move(at_depth(kMiddle, -40.0, 24.0), 20.0);
    vessel.push(0.1, 2.0);
    EXPECT_TRUE(vessel.session.state().depots.empty());
}

TEST(Bleeding, APiercedArteryBleedsAndPressingShortensIt) {
    double time_s[2] = {0.0, 0.0}, lost_mL[2] = {0.0, 0.0};
    for (const bool press : {false, true}) {
        Case c;
        c.person.ready_needle(at_depth(kMiddle, -40.0, -5.0));
        c.person.move(at_depth(kMiddle, -40.0, 24.0), 20.0); // through the muscle into the artery below it
        c.person.move(at_depth(kMiddle, -40.0, -5.0), 20.0);
        c.person.take(events::Tool::Gauze);
        if (press) c.person.pose(at_depth(kMiddle, -40.0, 0.0), 10.0);
        c.person.wait(900.0);
        const auto bled = all<events::Bleeding>(c.session);
        ASSERT_EQ(bled.size(), 1U);
        EXPECT_EQ(bled[0].source, "test_artery_r");
        EXPECT_GT(bled[0].haematoma.value(), 0.0);
        EXPECT_LE(bled[0].haematoma.value(), bled[0].volume.value());
        time_s[press ? 1 : 0] = bled[0].duration.value();
        lost_mL[press ? 1 : 0] = bled[0].volume.value();
    }
    EXPECT_LT(time_s[1], 0.7 * time_s[0]);
    EXPECT_LT(lost_mL[1], 0.2 * lost_mL[0]);
}

TEST(Needle, GoneThroughAMuscleIsKnown) {
    for (const double depth : {16.0, 27.0}) {
        Case c;
        c.in(depth);
        c.person.move(c.over(-5.0), 20.0);
        const auto passes = all<events::NeedlePass>(c.session);
        ASSERT_EQ(passes.size(), 1U);
        EXPECT_EQ(passes[0].through, depth > 20.0 ? "test_muscle_r" : "") << depth;
    }
}

TEST(Needle, LeveredWhileDeepItIsBentForGood) {
    Case c;
    c.in(20.0);
    const Vec3 slanted = glm::normalize(Vec3(0.9, 0.0, -1.0));
    c.person.pose(c.over(20.0), 0.0, slanted);
    ASSERT_EQ(all<events::NeedleBent>(c.session).size(), 1U);
    EXPECT_EQ(all<events::NeedleBent>(c.session)[0].cause, "levered");
    EXPECT_GT(c.session.state().injection.bent_deg, 0.0);
    c.person.pose(c.over(20.0), 0.0, slanted);
    EXPECT_EQ(all<events::NeedleBent>(c.session).size(), 1U) << "said once";
}

TEST(Needle, LeveringPullsTheFixedBandFromTheFingers) {
    Case c;
    c.in(20.0);
    ASSERT_TRUE(c.session.submit(events::BeginActivity{"fix_band"}));
    c.person.pose(c.over(20.0), 0.0, glm::normalize(Vec3(0.05, 0.0, -1.0)));
    EXPECT_EQ(c.session.state().activity, "fix_band");
    c.person.pose(c.over(20.0), 0.0, glm::normalize(Vec3(0.5, 0.0, -1.0)));
    EXPECT_EQ(c.session.state().activity, "");
}

TEST(Needle, TheBevelDecidesWhereItDrifts) {
    const auto tip = [](double roll_deg) {
        Case c;
        c.person.ready_needle(c.over(-5.0));
        EXPECT_TRUE(c.session.submit(events::TurnBevel{Degrees(roll_deg)}));
        c.person.move(c.over(27.0), 20.0);
        return c.session.state().needle.tip();
    };
    const Vec3 up = tip(0.0), down = tip(180.0);
    EXPECT_GT(glm::length(up - down), 1.2); // 27^2 / 720 mm either way
    EXPECT_LT(glm::length(up - down), 2.6);
}

TEST(Aspiration, AStrongerPullShowsBloodSooner) {
    Case c;
    c.in(15.0);
    double needed[2] = {0.0, 0.0};
    int k = 0;
    for (const double force : {0.0, 4.0}) {
        ASSERT_TRUE(c.session.submit(events::Aspirate{true, Newtons(force)}));
        c.person.wait(1.0);
        ASSERT_TRUE(c.session.submit(events::Aspirate{false}));
        needed[k++] = all<events::Aspirated>(c.session).back().needed.value();
    }
    EXPECT_LT(needed[1], 0.6 * needed[0]);
    EXPECT_GT(needed[1], 0.0);
}

TEST(Twitches, ShrinkAndAreGoneAfterTheAnaesthetic) {
    Case c;
    const auto enter_nodule = [&] {
        c.person.move(at_depth(kMiddle, 0.0, 9.0), 30.0);
        c.person.move(at_depth(kMiddle, 0.0, 15.0), 30.0);
    };
    c.person.ready_needle(at_depth(kMiddle, 0.0, -5.0));
    for (int i = 0; i < 25; ++i)
        enter_nodule();
    const auto before = all<events::Twitch>(c.session);
    ASSERT_GE(before.size(), 2U) << "25 entries with a chance of 0.7, then less";
    EXPECT_LT(before[1].amplitude.value(), 0.85 * before[0].amplitude.value());
    c.push(0.2, 2.0);
    c.person.wait(120.0); // onset
    for (int i = 0; i < 25; ++i)
        enter_nodule();
    EXPECT_EQ(all<events::Twitch>(c.session).size(), before.size());
}

} // namespace
} // namespace tb::test
