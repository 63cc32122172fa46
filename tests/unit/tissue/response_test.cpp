#include <cmath>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "support/small_body.h"
#include "tissue/response.h"

namespace tb::tissue {
namespace {

using test::mechanics;
using test::small_body;

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
    EXPECT_NEAR(threshold_at(mechanics(), small_body(), r, false).value(), 1.8, 1e-9);
    r.nodule_distance_mm = 10.0;
    const double between = threshold_at(mechanics(), small_body(), r, false).value();
    EXPECT_GT(between, 1.8);
    EXPECT_LT(between, 4.31);
    r.nodule_distance_mm = 20.0;
    EXPECT_NEAR(threshold_at(mechanics(), small_body(), r, false).value(), 4.31, 1e-9);
    EXPECT_LT(threshold_at(mechanics(), small_body(), r, true).value(), 4.31);
    r.nodule = 99;
    EXPECT_NEAR(threshold_at(mechanics(), small_body(), r, false).value(), 4.31, 1e-9);
}

TEST(Algometer, ItsTipIsOneSquareCentimetreAndReadsTheForce) {
    EXPECT_NEAR(algometer_tip_mm(mechanics()), 5.642, 1e-3);
    EXPECT_NEAR(
        algometer_pressure(mechanics(), 3.0 * kNewtonPerKilogram, algometer_tip_mm(mechanics())).value(), 3.0,
        1e-9);
}

TEST(Algometer, PainBeginsAReactionTimeBeforeTheReadingAtTheTaughtRate) {
    const double late = mechanics().value("ppt.press_rate") * mechanics().value("ppt.reaction_time");
    EXPECT_NEAR(pain_begins(mechanics(), KgPerCm2(3.24)).value() + late, 3.24, 1e-9);
    EXPECT_NEAR(pain_begins(mechanics(), KgPerCm2(0.4)).value(), 0.2, 1e-9) << "never before half of it";
}

TEST(Algometer, AStiffTipSinksInFurtherThanThePadWhoseContactSpreads) {
    const auto& body = small_body();
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body, test::at_depth(test::kMiddle, -40.0, 0.0));
    const anatomy::TissueColumn column = anatomy::tissue_column(body, skin, -skin.normal, 80.0);
    PadContact contact;
    contact.column = &column;
    contact.inward = -skin.normal;
    contact.press_N = contact.elastic_N = 30.0;
    const PadReading pad = press(mechanics(), contact);
    contact.tip_radius_mm = algometer_tip_mm(mechanics());
    const PadReading tip = press(mechanics(), contact);
    EXPECT_GT(pad.pad_radius_mm, tip.pad_radius_mm);
    EXPECT_GT(tip.indentation_mm, pad.indentation_mm);
    EXPECT_EQ(tip.pad_mm, 0.0) << "rubber on steel does not give";
    EXPECT_GT(pad.pad_mm, 0.0);
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

TEST(Twitch, IsSmallerTheSecondAndTheThirdTimeAndUnseenOnceBlocked) {
    anatomy::Band band;
    band.pain_on_pressure = 8.0;
    double before = 1e9;
    for (int i = 0; i < 3; ++i) {
        const double size = twitch_mm(mechanics(), band, i, false, 0.5);
        EXPECT_LT(size, 0.9 * before) << i;
        before = size;
    }
    EXPECT_EQ(twitch_mm(mechanics(), band, 3, false, 0.5), before);
    EXPECT_EQ(twitch_mm(mechanics(), band, 40, false, 0.5), before);
    EXPECT_GT(before, kTwitchSeen_mm);
    EXPECT_LT(twitch_mm(mechanics(), band, 0, true, 1.0), kTwitchSeen_mm);
    band.pain_on_pressure = 3.0;
    EXPECT_LT(twitch_mm(mechanics(), band, 0, false, 0.5), 2.0);
}

double mean_pain(const SkinPass& pass) {
    double sum = 0.0;
    for (int i = 0; i < 200; ++i)
        sum += skin_pass_pain(mechanics(), pass, (i + 0.5) / 200.0);
    return sum / 200.0;
}

TEST(SkinPassPain, ThickSlowDullNeedlesAndWetSkinHurtMoreNumbedSkinLess) {
    const auto with = [](auto change) {
        SkinPass pass;
        change(pass);
        return mean_pain(pass);
    };
    const double usual = mean_pain({});
    EXPECT_LT(with([](SkinPass& p) { p.gauge = 30; }), usual);
    EXPECT_GT(with([](SkinPass& p) { p.gauge = 21; }), usual);
    EXPECT_GT(with([](SkinPass& p) { p.speed_mm_s = 3.0; }), usual);
    EXPECT_GT(with([](SkinPass& p) { p.dull = true; }), usual);
    EXPECT_GT(with([](SkinPass& p) { p.wet_antiseptic = true; }), usual);
    EXPECT_LT(with([](SkinPass& p) { p.numbed = true; }), 0.3 * usual);
}

TEST(SkinPassPain, IsARatingWhateverComesIn) {
    for (const double chance : {-1.0, 0.0, 0.3, 0.999, 5.0}) {
        SkinPass worst{18, false, true, std::nan(""), true};
        const double pain = skin_pass_pain(mechanics(), worst, chance);
        EXPECT_GE(pain, 0.0);
        EXPECT_LE(pain, 10.0);
    }
}

TEST(WhealSting, SlowPlainAndNumbedHurtsLess) {
    const double usual = wheal_sting(mechanics(), 0.1, true, false);
    EXPECT_LT(wheal_sting(mechanics(), 0.01, true, false), usual);
    EXPECT_LT(wheal_sting(mechanics(), 0.1, false, false), usual);
    EXPECT_LT(wheal_sting(mechanics(), 0.1, true, true), 0.3 * usual);
}

TEST(Thresholds, DifferBySiteAsMeasured) {
    const double trapezius = healthy_threshold(mechanics(), false, "trapezius_descending_r").value();
    const double infraspinatus = healthy_threshold(mechanics(), false, "infraspinatus_l").value();
    EXPECT_LT(trapezius, healthy_threshold(mechanics(), false, "deltoid_r").value());
    EXPECT_LT(healthy_threshold(mechanics(), false, "deltoid_r").value(), infraspinatus);
    EXPECT_LT(infraspinatus, healthy_threshold(mechanics(), false, "clavicle_r").value());
    EXPECT_EQ(healthy_threshold(mechanics(), false, "gluteus_maximus_r").value(), trapezius);
    EXPECT_LT(typical_threshold(mechanics(), anatomy::PointState::Active, true).value(),
              healthy_threshold(mechanics(), true).value());
}

} // namespace
} // namespace tb::tissue
