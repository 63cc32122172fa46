#include <cmath>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "support/small_body.h"
#include "tissue/response.h"

namespace tb::tissue {
namespace {

using test::mechanics;

const anatomy::Body& body() {
    static const test::SmallBody kBody;
    return kBody.body();
}

TEST(Tenderness, PainStartsAtTheThresholdAndStaysWithinTheScale) {
    const KgPerCm2 ppt(2.0);
    EXPECT_EQ(pressure_pain(mechanics(), 0.0, 8.0, ppt), 0.0);
    EXPECT_EQ(pressure_pain(mechanics(), 19.0, 8.0, ppt), 0.0);
    EXPECT_NEAR(pressure_pain(mechanics(), 29.421, 8.0, ppt), 2.0, 1e-3);
    EXPECT_EQ(pressure_pain(mechanics(), 500.0, 8.0, ppt), 10.0);
    EXPECT_EQ(pressure_pain(mechanics(), std::nan(""), 8.0, ppt), 0.0);
}

TEST(Tenderness, ASmallerTipHurtsMore) {
    EXPECT_GT(pressure_pain(mechanics(), 25.0, 3.0, KgPerCm2(2.0)),
              pressure_pain(mechanics(), 25.0, 6.0, KgPerCm2(2.0)));
}

TEST(Tenderness, TheThresholdRisesFromThePointToHealthyMuscle) {
    PadReading r;
    r.nodule = 0;
    r.nodule_distance_mm = 3.0;
    EXPECT_NEAR(threshold_at(mechanics(), body(), r, false).value(), 1.8, 1e-9);
    r.nodule_distance_mm = 10.0;
    const double between = threshold_at(mechanics(), body(), r, false).value();
    EXPECT_GT(between, 1.8);
    EXPECT_LT(between, 4.31);
    r.nodule_distance_mm = 20.0;
    EXPECT_NEAR(threshold_at(mechanics(), body(), r, false).value(), 4.31, 1e-9);
    EXPECT_LT(threshold_at(mechanics(), body(), r, true).value(), 4.31);
    r.nodule = 99;
    EXPECT_NEAR(threshold_at(mechanics(), body(), r, false).value(), 4.31, 1e-9);
}

TEST(Referral, TakesFiveToTenSecondsAndComesSoonerFromAPainfulPoint) {
    anatomy::Band band;
    for (const double pain : {0.0, 4.0, 8.0, 10.0}) {
        band.pain_on_pressure = pain;
        EXPECT_GE(referral_latency_s(mechanics(), band), 5.0);
        EXPECT_LE(referral_latency_s(mechanics(), band), 10.0);
    }
    const double worst = referral_latency_s(mechanics(), band);
    band.pain_on_pressure = 3.0;
    EXPECT_GT(referral_latency_s(mechanics(), band), worst);
}

TEST(Twitch, OneSnapIsMoreLikelyToTwitchAnActivePointAndNeverBeyondEightMillimetres) {
    anatomy::Band active, latent;
    latent.state = anatomy::PointState::Latent;
    const double a = snap_twitch_chance(mechanics(), active, 12.0, 0.05, 2.0);
    const double l = snap_twitch_chance(mechanics(), latent, 12.0, 0.05, 2.0);
    EXPECT_GT(a, l);
    EXPECT_LE(a, 0.3);
    EXPECT_LE(l, 0.1);
    EXPECT_NEAR(snap_twitch_chance(mechanics(), active, 10.0, 0.04, 2.0), 0.15, 1e-9);
    EXPECT_EQ(snap_twitch_chance(mechanics(), active, 12.0, 0.05, 8.1), 0.0);
    EXPECT_EQ(snap_twitch_chance(mechanics(), active, 12.0, 0.0, 2.0), 0.0);
    EXPECT_EQ(snap_twitch_chance(mechanics(), active, 12.0, 0.05, std::nan("")), 0.0);
}

TEST(Twitch, TheNeedlesChanceFallsByAThirdEachTime) {
    anatomy::Band active;
    EXPECT_NEAR(needle_twitch_chance(mechanics(), active, 0), 0.7, 1e-9);
    EXPECT_NEAR(needle_twitch_chance(mechanics(), active, 1), 0.7 * 2.0 / 3.0, 1e-3);
    EXPECT_EQ(needle_twitch_chance(mechanics(), active, -3), needle_twitch_chance(mechanics(), active, 0));
}

TEST(PuncturePain, ThickNeedlesAndWetSkinHurtMoreNumbedSkinLess) {
    const double clean = puncture_pain(mechanics(), 25, false, false);
    EXPECT_LT(puncture_pain(mechanics(), 30, false, false), clean);
    EXPECT_GT(puncture_pain(mechanics(), 21, false, false), clean);
    EXPECT_GT(puncture_pain(mechanics(), 25, false, true), clean);
    EXPECT_LT(puncture_pain(mechanics(), 25, true, false), 0.3 * clean);
}

} // namespace
} // namespace tb::tissue
