#include <cmath>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "tissue/bleeding.h"

namespace tb::tissue {
namespace {

using test::mechanics;

Bleed stopped(const Wound& wound, double press_N) {
    Bleed state;
    state.wound = wound;
    state.on = true;
    for (int i = 0; state.on && i < 100000; ++i)
        bleed(mechanics(), press_N, 0.1, state);
    EXPECT_FALSE(state.on);
    return state;
}

TEST(Bleeding, PressingStopsItSoonerAndKeepsBloodOutOfTheTissue) {
    for (const StructureKind vessel : {StructureKind::Skin, StructureKind::Vein, StructureKind::Artery}) {
        Wound wound;
        wound.vessel = vessel;
        const Bleed left = stopped(wound, 0.0), pressed = stopped(wound, 8.0);
        EXPECT_LT(pressed.time_s, 0.6 * left.time_s);
        EXPECT_LT(pressed.lost_mL, 0.2 * left.lost_mL);
        EXPECT_LE(left.haematoma_mL, left.lost_mL);
    }
}

TEST(Bleeding, ArteriesThickNeedlesAndThinnedBloodLoseMore) {
    Wound vein{StructureKind::Vein, 25, false, false};
    const double usual = stopped(vein, 0.0).lost_mL;
    Wound artery = vein, thick = vein, thinned = vein, platelets = vein;
    artery.vessel = StructureKind::Artery;
    thick.gauge = 21;
    thinned.anticoagulant = true;
    platelets.antiplatelet = true;
    EXPECT_GT(stopped(artery, 0.0).lost_mL, 3.0 * usual);
    EXPECT_GT(stopped(thick, 0.0).lost_mL, 2.0 * usual);
    EXPECT_GT(stopped(platelets, 0.0).lost_mL, 1.2 * usual);
    EXPECT_GT(stopped(thinned, 0.0).lost_mL, stopped(platelets, 0.0).lost_mL);
}

TEST(Bleeding, AVesselAlwaysBleedsTheSkinSeldom) {
    EXPECT_EQ(bleeding_chance(mechanics(), {StructureKind::Vein, 30, false, false}), 1.0);
    const double skin = bleeding_chance(mechanics(), {});
    EXPECT_LT(skin, 0.1);
    EXPECT_GT(bleeding_chance(mechanics(), {StructureKind::Skin, 21, false, false}), skin);
    EXPECT_GT(bleeding_chance(mechanics(), {StructureKind::Skin, 25, true, false}), skin);
    EXPECT_LE(bleeding_chance(mechanics(), {StructureKind::Skin, 21, true, true}), 1.0);
}

TEST(Bleeding, NothingHappensToAWoundThatDoesNotBleed) {
    Bleed state;
    bleed(mechanics(), 0.0, 10.0, state);
    EXPECT_EQ(state.lost_mL, 0.0);
    state.on = true;
    bleed(mechanics(), std::nan(""), 1.0, state);
    EXPECT_TRUE(std::isfinite(state.lost_mL));
}

} // namespace
} // namespace tb::tissue
