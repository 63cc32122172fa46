#include "session/replay.h"
#include "small_world.h"

namespace tb::session {
namespace {

using namespace tb::test;
using events::Tool;
using geometry::Vec3;

class ProbeTest : public ::testing::Test {
protected:
    SmallWorld small;
    Session s{small.world(), Options{}};
    Person person{s};
    const Vec3 middle{kMiddle, 0.0, kFront};

    void hold(bool covered = false) {
        EXPECT_TRUE(s.submit(events::HoldProbe{true, covered, Millimetres(40.0)}));
    }
    /// Along x, the slice being the plane of this y.
    static events::MoveProbe along_x(double y, double press_N = 2.0) {
        return {{kMiddle, y, kFront}, {0.0, 0.0, -1.0}, {1.0, 0.0, 0.0}, Newtons(press_N)};
    }
    void put(double y, double press_N = 2.0) {
        EXPECT_TRUE(s.submit(along_x(y, press_N)));
        s.advance();
    }
    void clean_field() {
        person.take(Tool::Swab);
        EXPECT_TRUE(s.submit(events::TakeAntiseptic{"chlorhexidine_2_alcohol_70"}));
        person.pose(middle, 4.0);
        for (double y = -20.0; y <= 20.0; y += 10.0) {
            person.move(middle + Vec3(-20.0, y, 0.0), 120.0, 4.0);
            person.move(middle + Vec3(20.0, y, 0.0), 120.0, 4.0);
        }
        person.lift();
        person.take(Tool::None);
    }
    /// Straight down to a depth and out again.
    static void needle(Person& by, double depth) {
        by.ready_needle(at_depth(kMiddle, 0.0, -10.0));
        by.move(at_depth(kMiddle, 0.0, depth), 8.0);
        by.wait(0.3);
        by.move(at_depth(kMiddle, 0.0, -10.0), 15.0);
    }
};

TEST_F(ProbeTest, IsTakenMovedTunedAndPutBack) {
    EXPECT_TRUE(s.would_accept(along_x(0.0)).has_value()); // nothing is held
    hold();
    EXPECT_TRUE(s.would_accept(events::HoldProbe{true, false, Millimetres(40.0)}).has_value());
    EXPECT_FALSE(s.state().probe.touching());
    put(5.0);
    EXPECT_TRUE(s.state().probe.live());
    EXPECT_NEAR(s.state().probe.pose.centre.y, 5.0, 1e-9);
    EXPECT_TRUE(s.submit(events::TuneProbe{Millimetres(50.0), 6.0, true}));
    EXPECT_DOUBLE_EQ(s.state().probe.depth_mm, 50.0);
    EXPECT_FALSE(s.state().probe.live());
    EXPECT_TRUE(s.state().probe.frozen_at >= 0);
    EXPECT_TRUE(s.submit(events::HoldProbe{}));
    EXPECT_FALSE(s.state().probe.held);
}

TEST_F(ProbeTest, RefusesWhatNoHandOrMachineCanDo) {
    hold();
    events::MoveProbe crooked = along_x(0.0);
    crooked.lateral = {0.0, 0.0, 1.0};
    EXPECT_TRUE(s.would_accept(crooked).has_value());
    EXPECT_TRUE(s.would_accept(along_x(0.0, 31.0)).has_value());
    EXPECT_TRUE(s.would_accept(events::TuneProbe{Millimetres(70.0), 0.0, false}).has_value());
    EXPECT_TRUE(s.would_accept(events::TuneProbe{Millimetres(40.0), 31.0, false}).has_value());
    EXPECT_TRUE(s.would_accept(events::BeginActivity{"fix_band"}).has_value());
    Session other(small.world(), Options{});
    EXPECT_TRUE(other.would_accept(events::HoldProbe{true, false, Millimetres(60.0)}).has_value());
    EXPECT_TRUE(other.would_accept(events::HoldProbe{true, true, Millimetres(40.0)}).has_value()); // no cover
}

TEST_F(ProbeTest, AnAssessmentHasAProbeOnlyWhereTheCaseOffersOne) {
    Options options;
    options.mode = "assessment";
    const events::HoldProbe take{true, false, Millimetres(40.0)};
    EXPECT_TRUE(Session(small.world(), options).would_accept(take).has_value());
    small.scenario().ultrasound = scenario::Ultrasound::Offered;
    EXPECT_FALSE(Session(small.world(), options).would_accept(take).has_value());
}

TEST_F(ProbeTest, OnTheCleanedFieldItContaminatesAsAnyTouchDoes) {
    clean_field();
    hold();
    put(0.0, 0.0); // held above it
    EXPECT_FALSE(s.state().prep.state().touched_after);
    put(0.0);
    EXPECT_TRUE(s.state().prep.state().touched_after);
    EXPECT_TRUE(s.state().procedure.facts().unsterile_touch);
    int touched = 0;
    for (const auto& state : all<events::SkinState>(s))
        touched += state.occasion == "touched" ? 1 : 0;
    EXPECT_EQ(touched, 1);
}

TEST_F(ProbeTest, ASterileCoverKeepsTheFieldCleanUntilItTouchesOtherSkin) {
    EXPECT_TRUE(s.submit(events::TakeItem{"probe_cover"}));
    clean_field();
    hold(true);
    put(0.0);
    EXPECT_FALSE(s.state().prep.state().touched_after);
    put(40.0); // beside the field
    EXPECT_TRUE(s.state().probe.spoiled);
    put(0.0);
    EXPECT_TRUE(s.state().prep.state().touched_after);
}

TEST_F(ProbeTest, HandRubNeedsBothHands) {
    hold();
    put(0.0);
    EXPECT_TRUE(s.submit(events::BeginActivity{"hand_rub"}));
    EXPECT_FALSE(s.state().probe.held);
}

TEST_F(ProbeTest, TheNeedleInTheSliceIsFollowed) {
    hold();
    put(0.0);
    needle(person, 18.0);
    const auto followed = all<events::Followed>(s);
    ASSERT_EQ(followed.size(), 1U);
    EXPECT_NEAR(followed.front().advanced.value(), 8.0, 1.5); // from the muscle's face at 10 mm
    EXPECT_NEAR(followed.front().seen.value(), followed.front().advanced.value(), 0.02);
}

TEST_F(ProbeTest, BesideTheSliceOrFrozenItIsNotSeen) {
    hold();
    put(5.0);
    needle(person, 18.0);
    ASSERT_EQ(all<events::Followed>(s).size(), 1U);
    EXPECT_DOUBLE_EQ(all<events::Followed>(s).front().seen.value(), 0.0);

    Session frozen(small.world(), Options{});
    Person other(frozen);
    EXPECT_TRUE(frozen.submit(events::HoldProbe{true, false, Millimetres(40.0)}));
    EXPECT_TRUE(frozen.submit(along_x(0.0)));
    EXPECT_TRUE(frozen.submit(events::TuneProbe{Millimetres(40.0), 0.0, true}));
    needle(other, 18.0);
    ASSERT_EQ(all<events::Followed>(frozen).size(), 1U);
    EXPECT_DOUBLE_EQ(all<events::Followed>(frozen).front().seen.value(), 0.0);
}

TEST_F(ProbeTest, WithoutAProbeNothingIsStatedUnlessTheCaseAsks) {
    needle(person, 18.0);
    EXPECT_TRUE(all<events::Followed>(s).empty());
    small.scenario().ultrasound = scenario::Ultrasound::Scored;
    Session asked(small.world(), Options{});
    Person other(asked);
    needle(other, 18.0);
    ASSERT_EQ(all<events::Followed>(asked).size(), 1U);
    EXPECT_DOUBLE_EQ(all<events::Followed>(asked).front().seen.value(), 0.0);
}

TEST_F(ProbeTest, AReplayHasTheSameProbe) {
    hold();
    put(0.0);
    put(1.0, 4.0);
    EXPECT_TRUE(s.submit(events::TuneProbe{Millimetres(30.0), 3.0, false}));
    needle(person, 16.0);
    s.advance(kTicksPerSecond);
    auto again = Session::resume(small.world(), s.log());
    ASSERT_TRUE(again.has_value());
    again->advance(s.state().now - again->state().now); // the log ends with its last event
    EXPECT_EQ(again->state().probe, s.state().probe);
    EXPECT_EQ(again->state().hash(), s.state().hash());
    EXPECT_TRUE(replay(small.world(), s.log()).same_bits);
}

} // namespace
} // namespace tb::session
