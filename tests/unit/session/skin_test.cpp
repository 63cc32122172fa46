#include "small_world.h"

namespace tb::session {
namespace {

using namespace tb::test;
using events::Tool;
using geometry::Vec3;

class SkinTest : public ::testing::Test {
protected:
    SmallWorld small;
    Session s{small.world(), Options{}};
    Person person{s};
    const Vec3 middle{kMiddle, 0.0, kFront};

    void mark() {
        person.take(Tool::Pen);
        person.pose(middle, 1.0);
        s.submit(events::Mark{geometry::point(middle)});
    }
    /// Rubs rows over the field for about `seconds`.
    void rub(double seconds, const std::string& agent = "chlorhexidine_2_alcohol_70") {
        person.take(Tool::Swab);
        EXPECT_TRUE(s.submit(events::TakeAntiseptic{agent}));
        person.pose(middle, 4.0);
        const Tick end = s.state().now + ticks_of(Seconds(seconds));
        while (s.state().now < end) {
            for (double y = -20.0; y <= 20.0; y += 10.0) {
                person.move(middle + Vec3(-20.0, y, 0.0), 120.0, 4.0);
                person.move(middle + Vec3(20.0, y, 0.0), 120.0, 4.0);
            }
        }
        person.lift();
    }
    std::vector<events::SkinState> stated(const std::string& occasion) {
        std::vector<events::SkinState> out;
        for (const auto& state : all<events::SkinState>(s)) {
            if (state.occasion == occasion) out.push_back(state);
        }
        return out;
    }
};

TEST_F(SkinTest, LiftingTheSwabStatesWhatWasCleaned) {
    mark();
    rub(60.0);
    ASSERT_EQ(stated("swab_lifted").size(), 1U);
    const auto state = stated("swab_lifted").front();
    EXPECT_EQ(state.agent, "chlorhexidine_2_alcohol_70");
    EXPECT_GT(state.coverage, 0.95);
    EXPECT_GT(state.friction.value(), 8.0);
    EXPECT_NEAR(glm::length(s.state().prep.centre() - middle), 0.0, 0.1);
}

TEST_F(SkinTest, WithoutAMarkTheFieldLiesWhereTheSwabBegan) {
    rub(2.0);
    EXPECT_NEAR(glm::length(s.state().prep.centre() - middle), 0.0, 0.1);
}

TEST_F(SkinTest, ADrySwabCleansNothing) {
    person.take(Tool::Swab);
    person.pose(middle, 4.0);
    person.move(middle + Vec3(20, 0, 0), 100.0, 4.0);
    person.lift();
    EXPECT_TRUE(stated("swab_lifted").empty());
    EXPECT_FALSE(s.state().prep.placed());
}

TEST_F(SkinTest, TheFieldDriesWithTimeAndSaysSoOnce) {
    mark();
    rub(10.0);
    person.wait(20.0);
    EXPECT_TRUE(stated("dry").empty());
    person.wait(40.0);
    ASSERT_EQ(stated("dry").size(), 1U);
    EXPECT_NEAR(stated("dry").front().dried.value(), 30.0, 0.3);
}

TEST_F(SkinTest, ABareFingerSpoilsTheFieldAndASterileGloveDoesNot) {
    mark();
    rub(10.0);
    s.submit(events::WearGloves{events::Gloves::Sterile});
    person.take(Tool::Finger);
    person.pose(middle, 5.0);
    person.lift();
    EXPECT_TRUE(stated("touched").empty());
    s.submit(events::WearGloves{events::Gloves::None});
    person.pose(middle, 5.0);
    person.lift();
    EXPECT_EQ(stated("touched").size(), 1U);
    EXPECT_TRUE(s.state().prep.state().touched_after);
}

TEST_F(SkinTest, SterileGlovesThatTouchedOtherSkinSpoilTheField) {
    mark();
    rub(10.0);
    s.submit(events::WearGloves{events::Gloves::Sterile});
    person.take(Tool::Finger);
    person.pose(middle + Vec3(0.0, 60.0, 0.0), 5.0);
    person.lift();
    person.pose(middle, 5.0);
    EXPECT_EQ(stated("touched").size(), 1U);
}

TEST_F(SkinTest, WipingAgainMakesTheTouchedFieldClean) {
    mark();
    rub(10.0);
    person.take(Tool::Finger);
    person.pose(middle, 5.0);
    person.lift();
    rub(10.0);
    EXPECT_FALSE(s.state().prep.state().touched_after);
}

TEST_F(SkinTest, ColdSprayFromTheRightDistanceNumbsForAMinute) {
    person.take(Tool::Spray);
    person.pose(middle + Vec3(0, 0, 120.0));
    EXPECT_TRUE(s.submit(events::SprayJet{true}));
    person.wait(6.0);
    EXPECT_TRUE(s.submit(events::SprayJet{false}));
    const auto numbed = all<events::Numbed>(s);
    ASSERT_EQ(numbed.size(), 1U);
    EXPECT_EQ(numbed.front().method, "spray");
    EXPECT_NEAR(numbed.front().spray_time.value(), 6.0, 0.05);
    EXPECT_NEAR(numbed.front().spray_distance.value(), 120.0, 0.5);
    s.submit(events::Say{"wait.sharp_test"});
    EXPECT_EQ(s.state().last_words, "Dull.");
    person.wait(61.0);
    s.submit(events::Say{"wait.sharp_test"});
    EXPECT_EQ(s.state().last_words, "Sharp!");
}

TEST_F(SkinTest, AShortSprayDoesNotNumb) {
    person.take(Tool::Spray);
    person.pose(middle + Vec3(0, 0, 120.0));
    s.submit(events::SprayJet{true});
    person.wait(1.0);
    s.submit(events::SprayJet{false});
    EXPECT_TRUE(all<events::Numbed>(s).empty());
}

TEST_F(SkinTest, PressingWithAGauzeCountsAsGauzePressure) {
    person.take(Tool::Gauze);
    person.pose(middle, 8.0);
    person.wait(30.0);
    person.lift();
    const auto done = all<events::ActivityDone>(s);
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done.front().activity, "gauze_pressure");
    EXPECT_NEAR(done.front().duration.value(), 30.0, 0.1);
}

} // namespace
} // namespace tb::session
