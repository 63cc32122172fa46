#include "small_world.h"

namespace tb::session {
namespace {

using namespace tb::test;
using events::Tool;
using geometry::Vec3;

class FingerTest : public ::testing::Test {
protected:
    SmallWorld small;
    Session s{small.world(), Options{}};
    Person person{s};
    const std::string point = kPoint + "_r";

    void SetUp() override { person.take(Tool::Finger); }
    /// Fibres of the small muscle run along y: across is x.
    void stroke(double press_N, double speed = 40.0) {
        person.pose({kMiddle - 15.0, 0.0, kFront}, press_N);
        person.move({kMiddle + 15.0, 0.0, kFront}, speed, press_N);
        person.lift();
    }
    void hold(double press_N, double seconds, double x = kMiddle, double y = 0.0) {
        person.pose({x, y, kFront}, press_N);
        person.wait(seconds);
        person.lift();
    }
};

TEST_F(FingerTest, TouchingAndLiftingAreStatedWithTheMuscleUnderTheFinger) {
    hold(5.0, 0.5);
    const auto contacts = all<events::Contact>(s);
    ASSERT_EQ(contacts.size(), 2U);
    EXPECT_TRUE(contacts[0].touching);
    EXPECT_EQ(contacts[0].muscle, "test_muscle_r");
    EXPECT_FALSE(contacts[1].touching);
    EXPECT_FALSE(s.state().finger.touching);
}

TEST_F(FingerTest, AFingerFarFromTheSkinTouchesNothing) {
    person.pose({kMiddle, 0.0, kFront + 60.0}, 10.0);
    person.wait(0.5);
    EXPECT_TRUE(all<events::Contact>(s).empty());
}

TEST_F(FingerTest, PressingHarderDentsTheSkinDeeper) {
    person.pose({kMiddle, -40.0, kFront}, 4.0);
    const double light = s.state().finger.indentation_mm;
    person.pose({kMiddle, -40.0, kFront}, 30.0);
    EXPECT_GT(light, 0.5);
    EXPECT_GT(s.state().finger.indentation_mm, light + 1.0);
}

TEST_F(FingerTest, AStrokeAcrossTheFibresShowsTheBandAndIsStatedWhenItEnds) {
    stroke(18.0);
    const auto strokes = all<events::Stroke>(s);
    ASSERT_EQ(strokes.size(), 1U);
    EXPECT_NEAR(strokes.front().length_across.value(), 30.0, 1.5);
    EXPECT_NEAR(strokes.front().peak_press.value(), 18.0, 0.1);
    EXPECT_EQ(strokes.front().muscle, "test_muscle_r");
    EXPECT_GT(strokes.front().best_band, 0.3);
    EXPECT_EQ(strokes.front().trigger_point, point);
}

TEST_F(FingerTest, PressingFlatShowsMuchLessOfTheBandThanStrumming) {
    hold(18.0, 1.0);
    const double pressed = all<events::Stroke>(s).back().best_band;
    stroke(18.0);
    EXPECT_LT(pressed, 0.5 * all<events::Stroke>(s).back().best_band);
}

TEST_F(FingerTest, AStrokeThatStandsStillEndsWithoutLifting) {
    person.pose({kMiddle - 15.0, 0.0, kFront}, 12.0);
    person.move({kMiddle + 15.0, 0.0, kFront}, 40.0, 12.0);
    EXPECT_TRUE(all<events::Stroke>(s).empty());
    person.wait(0.6);
    EXPECT_EQ(all<events::Stroke>(s).size(), 1U);
    person.lift();
    EXPECT_EQ(all<events::Stroke>(s).size(), 1U) << "lifting after standing still is no second stroke";
}

TEST_F(FingerTest, HoldingFirmlyOnTheActivePointBringsReferralAndRecognition) {
    stroke(18.0);
    hold(40.0, 11.0);
    const auto held = all<events::HeldPressure>(s);
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held.front().trigger_point, point);
    EXPECT_NEAR(held.front().duration.value(), 11.0, 0.1);
    EXPECT_EQ(held.front().criteria, (std::vector<std::string>{"band", "spot", "referral", "recognition"}));
    bool recognised = false;
    for (const auto& said : all<events::PatientSaid>(s))
        recognised = recognised || said.text.starts_with("That is the pain I know");
    EXPECT_TRUE(recognised);
}

TEST_F(FingerTest, AShortHoldBringsNoReferral) {
    hold(40.0, 3.0);
    ASSERT_EQ(all<events::HeldPressure>(s).size(), 1U);
    EXPECT_EQ(all<events::HeldPressure>(s).front().criteria, (std::vector<std::string>{"spot"}));
}

TEST_F(FingerTest, HoldingBesideThePointFindsNothing) {
    hold(20.0, 8.0, kMiddle, 45.0);
    ASSERT_EQ(all<events::HeldPressure>(s).size(), 1U);
    EXPECT_TRUE(all<events::HeldPressure>(s).front().criteria.empty());
    EXPECT_TRUE(all<events::HeldPressure>(s).front().trigger_point.empty());
}

TEST_F(FingerTest, ALightTouchIsNoHeldPressure) {
    hold(6.0, 5.0);
    EXPECT_TRUE(all<events::HeldPressure>(s).empty());
}

TEST_F(FingerTest, ThePatientIsAskedWhetherThisIsTheKnownPain) {
    person.pose({kMiddle, 0.0, kFront}, 40.0);
    person.wait(1.0);
    s.submit(events::Say{"palpation.familiar"});
    EXPECT_EQ(s.state().last_words, "No, that is not what I know.");
    person.wait(10.0);
    s.submit(events::Say{"palpation.familiar"});
    EXPECT_EQ(s.state().last_words, "Yes, that is exactly it.");
}

TEST_F(FingerTest, ALatentPointIsNotRecognised) {
    anatomy::BodySpec spec = SmallBody::one_active_point();
    spec.points.front().state = anatomy::PointState::Latent;
    const SmallBody latent(spec);
    World world = small.world();
    world.body = &latent.body();
    Session other(world, Options{});
    Person hand(other);
    hand.take(Tool::Finger);
    hand.pose({kMiddle, 0.0, kFront}, 40.0);
    hand.wait(11.0);
    hand.lift();
    ASSERT_EQ(all<events::HeldPressure>(other).size(), 1U);
    const auto criteria = all<events::HeldPressure>(other).front().criteria;
    EXPECT_EQ(std::count(criteria.begin(), criteria.end(), "recognition"), 0);
    EXPECT_EQ(std::count(criteria.begin(), criteria.end(), "referral"), 1);
}

TEST_F(FingerTest, FeltIsStatedOnChangeAndAtMostTenTimesASecond) {
    person.pose({kMiddle - 15.0, 0.0, kFront}, 18.0);
    for (int i = 0; i < 5; ++i) {
        person.move({kMiddle + 15.0, 0.0, kFront}, 60.0, 18.0);
        person.move({kMiddle - 15.0, 0.0, kFront}, 60.0, 18.0);
    }
    Tick last = -100;
    int felt = 0;
    for (const events::Event& e : s.log().events()) {
        if (e.get<events::Felt>() == nullptr) continue;
        EXPECT_GE(e.tick - last, 12);
        last = e.tick;
        ++felt;
    }
    EXPECT_GT(felt, 5);
    person.lift();
    person.pose({kMiddle, -40.0, kFront}, 18.0);
    person.wait(1.0); // what the strokes showed fades
    const auto before = all<events::Felt>(s).size();
    person.wait(5.0);
    EXPECT_EQ(all<events::Felt>(s).size(), before) << "nothing new is felt while nothing moves";
}

TEST_F(FingerTest, PressingTheSorePointHurtsMoreThanTheMuscleBesideIt) {
    person.pose({kMiddle, 0.0, kFront}, 35.0);
    const double on_point = s.state().finger.pain;
    person.lift();
    person.pose({kMiddle, 40.0, kFront}, 35.0);
    EXPECT_GT(on_point, s.state().finger.pain + 1.0);
}

} // namespace
} // namespace tb::session
