#include <gtest/gtest.h>

#include "training/mode.h"
#include "unit/session/real_world.h"
#include "view/feel_stroke.h"
#include "view/feel_synth.h"

namespace tb::view {
namespace {

constexpr double kPress_N = 18.0, kSpeed_mm_s = 40.0;
constexpr double kNoticed_semitones = 2.0;

HeardStroke heard(const session::World& world, const std::string& mode, const SkinStroke& stroke,
                  double press_N = kPress_N, double speed_mm_s = kSpeed_mm_s) {
    session::Options options;
    options.contrast_gain = training::mode_rules(mode)->contrast_gain;
    session::Session session(world, options);
    return play_stroke(session, stroke, press_N, speed_mm_s);
}

/// Semitones between the tone's usual and its highest pitch in one stroke.
double rise(const HeardStroke& h) {
    return semitones_between(h.usual_Hz, h.highest_Hz);
}

class FeelOnTheSmallBody : public ::testing::Test {
protected:
    test::SmallWorld small;
    const anatomy::Band& band = small.body().bands().front();
    SkinStroke over = stroke_over(small.body(), band);
    std::optional<SkinStroke> beside = stroke_beside(small.body(), band);
};

TEST_F(FeelOnTheSmallBody, ABandLiftsTheToneByMoreThanTwoSemitonesAndTicks) {
    const HeardStroke h = heard(small.world(), "practice", over);
    EXPECT_GE(rise(h), kNoticed_semitones);
    EXPECT_GE(h.snaps, 1);
}

TEST_F(FeelOnTheSmallBody, BesideItTheToneStaysAndNothingTicks) {
    ASSERT_TRUE(beside);
    const HeardStroke h = heard(small.world(), "practice", *beside);
    EXPECT_GT(h.usual_Hz, 0.0);
    EXPECT_LT(rise(h), 1.0);
    EXPECT_EQ(h.snaps, 0);
}

TEST_F(FeelOnTheSmallBody, TheTicksAreTheStrokesOwn) {
    EXPECT_EQ(heard(small.world(), "practice", over, kPress_N, 3.0).snaps, 0) << "too slow to snap";
    EXPECT_EQ(heard(small.world(), "practice", over, 1.0).snaps, 0) << "too light";
}

TEST_F(FeelOnTheSmallBody, TheExaminationsSmallerGainIsHeardAsASmallerStep) {
    const double practice = rise(heard(small.world(), "practice", over));
    const double exam = rise(heard(small.world(), "assessment", over));
    EXPECT_LT(exam, practice);
    EXPECT_GE(exam, kNoticed_semitones);
}

TEST_F(FeelOnTheSmallBody, SoundEndsInSilenceWithoutCrackles) {
    const std::vector<float> samples = heard(small.world(), "practice", over).samples;
    ASSERT_GT(samples.size(), static_cast<std::size_t>(FeelSynth::kRate_Hz));
    float most = 0.0f, jump = 0.0f;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        most = std::max(most, std::abs(samples[i]));
        jump = std::max(jump, std::abs(samples[i] - samples[i - 1]));
    }
    EXPECT_GT(most, 0.05f);
    EXPECT_LE(most, FeelSynth::kCeiling);
    EXPECT_LE(jump, FeelSynth::kLargestJump);
    EXPECT_NEAR(samples.front(), 0.0f, 1e-3f);
    EXPECT_EQ(samples.back(), 0.0f);
}

TEST(FeelOnTheRealBody, BandAndNoBandAreToldApartByEarAtThePracticeGain) {
    const auto world = test::real_world();
    ASSERT_TRUE(world);
    ASSERT_FALSE(world->body->bands().empty());
    const anatomy::Band& band = world->body->bands().front();
    const auto beside = stroke_beside(*world->body, band);
    ASSERT_TRUE(beside);
    const HeardStroke over = heard(*world, "practice", stroke_over(*world->body, band));
    const HeardStroke clear = heard(*world, "practice", *beside);
    EXPECT_GE(rise(over), kNoticed_semitones);
    EXPECT_GE(rise(over), rise(clear) + kNoticed_semitones);
    EXPECT_GE(over.snaps, 1);
    EXPECT_EQ(clear.snaps, 0);
}

} // namespace
} // namespace tb::view
