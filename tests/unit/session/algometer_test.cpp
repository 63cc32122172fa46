#include "small_world.h"

#include "session/replay.h"
#include "tissue/response.h"

namespace tb::session {
namespace {

using namespace tb::test;
using events::Tool;
using geometry::Vec3;

class AlgometerTest : public ::testing::Test {
protected:
    SmallWorld small;
    Session s{small.world(), Options{}};
    Person person{s};
    const Vec3 active{kMiddle, 0.0, kFront}, healthy{-kMiddle, 0.0, kFront};

    void SetUp() override { person.take(Tool::Algometer); }

    static double newtons(double kg_per_cm2) { return kg_per_cm2 * kNewtonPerKilogram; }
    /// Presses ever harder, from nothing to `most` kg/cm2.
    static void ramp(Session& session, const Vec3& at, double rate, double most) {
        Person hand(session);
        for (int k = 1; k * rate / kTicksPerSecond <= most; ++k)
            hand.pose(at, newtons(k * rate / kTicksPerSecond));
    }
    /// One reading: pressed until the patient speaks, then lifted.
    static std::optional<events::PressureThreshold> read(Session& session, const Vec3& at, double rate) {
        const std::size_t before = all<events::PressureThreshold>(session).size();
        Person hand(session);
        for (int k = 1; k * rate / kTicksPerSecond <= 9.9; ++k) {
            hand.pose(at, newtons(k * rate / kTicksPerSecond));
            if (session.state().algometer.said) break;
        }
        hand.lift();
        const auto found = all<events::PressureThreshold>(session);
        if (found.size() != before + 1) return {};
        return found.back();
    }
    [[nodiscard]] bool said(const std::string& text) const {
        for (const auto& words : all<events::PatientSaid>(s)) {
            if (words.text == text) return true;
        }
        return false;
    }
};

TEST_F(AlgometerTest, AnActivePointReadsItsThresholdAtTheTaughtRate) {
    const auto found = read(s, active, 1.0);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->pressure.value(), 1.8, 0.1 * 1.8);
    EXPECT_NEAR(found->rate.value(), 1.0, 0.05);
    EXPECT_FALSE(found->quick);
    EXPECT_EQ(found->trigger_point, kPoint + "_r");
    EXPECT_EQ(found->structure, "test_muscle_r");
    EXPECT_NEAR(found->point.x, kMiddle, 0.01);
    EXPECT_TRUE(said("Now it hurts."));
}

TEST_F(AlgometerTest, AHealthyPlaceTakesMore) {
    const auto sick = read(s, active, 1.0), well = read(s, healthy, 1.0);
    ASSERT_TRUE(sick && well);
    EXPECT_NEAR(well->pressure.value(), 4.31, 0.1 * 4.31);
    EXPECT_GT(well->pressure.value(), sick->pressure.value() + 2.0);
    EXPECT_TRUE(well->trigger_point.empty());
    EXPECT_EQ(well->structure, "test_muscle_l");
}

TEST_F(AlgometerTest, ALatentPointReadsAsHealthyMuscle) {
    anatomy::BodySpec spec = SmallBody::one_active_point();
    spec.points.front().state = anatomy::PointState::Latent;
    spec.points.front().pressure_threshold = KgPerCm2(0.0);
    const SmallBody latent(spec);
    World world = small.world();
    world.body = &latent.body();
    Session other(world, Options{});
    ASSERT_TRUE(other.submit(events::SelectTool{Tool::Algometer}));
    const auto found = read(other, active, 1.0);
    ASSERT_TRUE(found);
    const double expected =
        tissue::typical_threshold(mechanics(), anatomy::PointState::Latent, false, "test_muscle_r").value();
    EXPECT_NEAR(found->pressure.value(), expected, 0.1 * expected);
    EXPECT_EQ(found->trigger_point, kPoint + "_r");
}

TEST_F(AlgometerTest, AQuickPressReadsTooHighAndASlowOneDoesNot) {
    const auto usual = read(s, active, 1.0), quick = read(s, active, 4.0), slow = read(s, active, 0.5);
    ASSERT_TRUE(usual && quick && slow);
    EXPECT_TRUE(quick->quick);
    EXPECT_NEAR(quick->rate.value(), 4.0, 0.2);
    EXPECT_NEAR(quick->pressure.value() - usual->pressure.value(), 3.0 * 0.3, 0.15);
    EXPECT_NEAR(quick->over.value(), 0.9, 0.15);
    EXPECT_FALSE(slow->quick);
    EXPECT_LT(slow->pressure.value(), usual->pressure.value());
    EXPECT_NEAR(slow->rate.value(), 0.5, 0.05);
}

TEST_F(AlgometerTest, APressInOneGoIsAQuickOne) {
    person.pose(active, newtons(4.0));
    person.wait(0.5);
    ASSERT_EQ(all<events::PressureThreshold>(s).size(), 1U);
    EXPECT_TRUE(all<events::PressureThreshold>(s).front().quick);
    EXPECT_NEAR(all<events::PressureThreshold>(s).front().pressure.value(), 4.0, 0.01);
}

TEST_F(AlgometerTest, BelowTheThresholdThereIsNoWordHoweverLong) {
    ramp(s, active, 1.0, 1.4);
    person.pose(active, newtons(1.4));
    person.wait(8.0);
    person.lift();
    EXPECT_TRUE(all<events::PressureThreshold>(s).empty());
    EXPECT_TRUE(all<events::PatientSaid>(s).empty());
    EXPECT_NEAR(s.state().algometer.peak, 1.4, 0.01);
    EXPECT_EQ(s.state().algometer.pressure, 0.0);
}

TEST_F(AlgometerTest, PressingOnAfterTheWordHurts) {
    ramp(s, active, 1.0, 4.0);
    const double pressed = s.state().algometer.press_N, tip = tissue::algometer_tip_mm(mechanics());
    EXPECT_NEAR(s.state().algometer.pain, tissue::pressure_pain(mechanics(), pressed, tip, KgPerCm2(1.8)),
                0.05);
    EXPECT_NEAR(s.state().pain_now, s.state().algometer.pain, 0.05);
    EXPECT_TRUE(said("Please stop, that hurts."));
    EXPECT_EQ(all<events::PressureThreshold>(s).size(), 1U) << "one reading each time it is put down";
    person.lift();
    ramp(s, healthy, 1.0, 8.0);
    EXPECT_TRUE(said("Ouch! (starts and pulls away)"));
}

TEST_F(AlgometerTest, TheDialHoldsTheHighestReadingUntilItIsPutDownAgain) {
    ASSERT_TRUE(read(s, active, 1.0));
    const double peak = s.state().algometer.peak;
    EXPECT_GT(peak, 1.5);
    EXPECT_FALSE(s.state().algometer.touching);
    person.pose(active, newtons(0.5));
    EXPECT_NEAR(s.state().algometer.peak, 0.5, 0.01);
    EXPECT_GT(s.state().algometer.indentation_mm, 0.2);
}

TEST_F(AlgometerTest, ATipThatSlidesBeginsAnew) {
    ramp(s, active, 1.0, 1.2);
    person.pose(active + Vec3(0.0, -12.0, 0.0), newtons(0.3));
    EXPECT_NEAR(s.state().algometer.peak, 0.3, 0.01);
    const auto contacts = all<events::Contact>(s);
    ASSERT_EQ(contacts.size(), 3U);
    EXPECT_FALSE(contacts[1].touching);
    EXPECT_TRUE(contacts[2].touching);
    EXPECT_EQ(contacts[2].tool, Tool::Algometer);
}

TEST_F(AlgometerTest, PuttingItAwayLiftsIt) {
    person.pose(active, newtons(1.0));
    person.take(Tool::Finger);
    EXPECT_FALSE(s.state().algometer.touching);
    EXPECT_FALSE(all<events::Contact>(s).back().touching);
}

TEST_F(AlgometerTest, ItFeelsNothingMarksNothingAndMakesNoTwitch) {
    ASSERT_TRUE(read(s, active, 1.0));
    EXPECT_TRUE(all<events::Felt>(s).empty());
    EXPECT_TRUE(all<events::Stroke>(s).empty());
    EXPECT_TRUE(all<events::HeldPressure>(s).empty());
    EXPECT_TRUE(all<events::Twitch>(s).empty());
    EXPECT_FALSE(s.state().mark.has_value());
    EXPECT_FALSE(s.state().gloves_spoiled);
}

TEST_F(AlgometerTest, OnTheCleanedFieldItIsATouchLikeThePens) {
    person.take(Tool::Swab);
    ASSERT_TRUE(s.submit(events::TakeAntiseptic{"alcohol_70"}));
    person.pose(active, 4.0);
    person.move(active + Vec3(20.0, 0.0, 0.0), 60.0, 4.0);
    person.lift();
    ASSERT_TRUE(s.submit(events::WearGloves{events::Gloves::Sterile}));
    person.take(Tool::Algometer);
    person.pose(active, newtons(0.5));
    ASSERT_FALSE(all<events::SkinState>(s).empty());
    EXPECT_EQ(all<events::SkinState>(s).back().occasion, "touched");
}

TEST_F(AlgometerTest, IsRefusedWhereTheFingerIs) {
    for (const Tool tool : {Tool::Finger, Tool::Algometer}) {
        Session other(small.world(), Options{});
        const auto pose = [&](double press_N) {
            return events::ToolPose{tool, geometry::point(active), {0.0, 0.0, -1.0}, Newtons(press_N)};
        };
        EXPECT_TRUE(other.would_accept(pose(10.0))) << "it is not in the hand";
        ASSERT_TRUE(other.submit(events::SelectTool{tool}));
        EXPECT_FALSE(other.would_accept(pose(60.0)));
        EXPECT_TRUE(other.would_accept(pose(101.0))) << "no hand presses like this";
        Person hand(other);
        hand.ready_needle(at_depth(kMiddle, 0.0, -10.0));
        hand.move(at_depth(kMiddle, 0.0, 15.0), 8.0);
        ASSERT_TRUE(other.state().needle.under_skin);
        EXPECT_TRUE(other.would_accept(events::SelectTool{tool}));
    }
}

TEST_F(AlgometerTest, IsAllowedInAnAssessment) {
    Options options;
    options.mode = "assessment";
    Session exam(small.world(), options);
    ASSERT_TRUE(exam.submit(events::SelectTool{Tool::Algometer}));
    EXPECT_TRUE(read(exam, active, 1.0));
}

TEST_F(AlgometerTest, WomenFeelPainSoonerOnHealthyMuscle) {
    small.scenario().patient.female = true;
    const auto found = read(s, healthy, 1.0);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->pressure.value(), 0.82 * 4.31, 0.1 * 4.31);
}

TEST_F(AlgometerTest, TheLogReplaysToTheSameBits) {
    ASSERT_TRUE(read(s, active, 1.0));
    ASSERT_TRUE(read(s, healthy, 3.0));
    person.wait(1.5);
    const ReplayResult r = replay(small.world(), s.log());
    EXPECT_TRUE(r.same) << r.difference;
    EXPECT_TRUE(r.same_bits);
}

} // namespace
} // namespace tb::session
