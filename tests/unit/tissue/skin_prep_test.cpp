#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tissue/skin_prep.h"

namespace tb::tissue {
namespace {

using geometry::Vec3;

const Vec3 kNormal(0.0, 0.0, 1.0);
const Antiseptic kAgent{"chlorhexidine", "Chlorhexidine", 30.0, 30.0, true};
constexpr double kTick_s = 1.0 / 120.0;

SkinPrep field() {
    SkinPrep p;
    p.place(Vec3(0.0), kNormal);
    return p;
}

/// Spirals from one radius to another at 60 mm/s.
void spiral(SkinPrep& p, double from_mm, double to_mm, double turns) {
    double angle = 0.0;
    Vec3 last(from_mm, 0.0, 0.0);
    const double all = turns * 2.0 * 3.14159265358979;
    while (angle < all) {
        const double r = from_mm + (to_mm - from_mm) * angle / all;
        angle += 60.0 * kTick_s / std::max(6.0, r);
        const Vec3 at(r * std::cos(angle), r * std::sin(angle), 0.0);
        p.wipe(kAgent, at, at - last, kTick_s);
        p.advance(kTick_s);
        last = at;
    }
}

TEST(SkinPrep, NothingIsCleanBeforeItIsWiped) {
    const SkinPrep p = field();
    EXPECT_EQ(p.state().coverage, 0.0);
    EXPECT_EQ(p.state().dryness, 0.0);
    EXPECT_FALSE(p.state().touched_after);
}

TEST(SkinPrep, WipingBeforeAFieldIsPlacedDoesNothing) {
    SkinPrep p;
    p.wipe(kAgent, Vec3(0.0), Vec3(1.0, 0.0, 0.0), kTick_s);
    p.touch(Vec3(0.0), 5.0);
    p.advance(1.0);
    EXPECT_FALSE(p.placed());
    EXPECT_EQ(p.state().coverage, 0.0);
}

TEST(SkinPrep, ASpiralFromTheCentreCoversTheFieldOutward) {
    SkinPrep p = field();
    spiral(p, 0.0, 24.0, 4.0);
    EXPECT_GT(p.state().coverage, 0.98);
    EXPECT_GT(p.state().outward, 0.8);
    EXPECT_GT(p.state().friction_s, 0.5);
}

TEST(SkinPrep, WipingFromOutsideInwardIsSeen) {
    SkinPrep p = field();
    spiral(p, 24.0, 0.0, 4.0);
    EXPECT_GT(p.state().coverage, 0.98);
    EXPECT_LT(p.state().outward, 0.5);
}

TEST(SkinPrep, StandingStillWetsButDoesNotRub) {
    SkinPrep p = field();
    for (int i = 0; i < 600; ++i)
        p.wipe(kAgent, Vec3(0.0), Vec3(0.0), kTick_s);
    EXPECT_GT(p.state().coverage, 0.15);
    EXPECT_LT(p.state().coverage, 0.3);
    EXPECT_EQ(p.state().friction_s, 0.0);
}

TEST(SkinPrep, DriesInTheAgentsTimeAndStaysAFilm) {
    SkinPrep p = field();
    spiral(p, 0.0, 24.0, 3.0);
    EXPECT_EQ(*std::max_element(p.film().begin(), p.film().end()), 255);
    p.advance(15.0);
    EXPECT_NEAR(p.state().dryness, 0.5, 0.01);
    const int half = *std::max_element(p.film().begin(), p.film().end());
    EXPECT_GT(half, 128);
    EXPECT_LT(half, 255);
    p.advance(16.0);
    EXPECT_EQ(p.state().dryness, 1.0);
    EXPECT_EQ(*std::max_element(p.film().begin(), p.film().end()), 127);
    EXPECT_GT(p.state().coverage, 0.9) << "dry is still clean";
    p.wipe(kAgent, Vec3(0.0), Vec3(1.0, 0.0, 0.0), kTick_s);
    EXPECT_LT(p.state().dryness, 0.01);
}

TEST(SkinPrep, TouchingTheCleanFieldIsRememberedUntilItIsWipedAgain) {
    SkinPrep p = field();
    p.touch(Vec3(0.0), 8.0);
    EXPECT_FALSE(p.state().touched_after) << "it was not clean yet";
    spiral(p, 0.0, 24.0, 3.0);
    p.touch(Vec3(60.0, 0.0, 0.0), 8.0);
    EXPECT_FALSE(p.state().touched_after) << "outside the field";
    p.touch(Vec3(10.0, 0.0, 0.0), 8.0);
    EXPECT_TRUE(p.state().touched_after);
    p.wipe(kAgent, Vec3(0.0), Vec3(1.0, 0.0, 0.0), kTick_s);
    EXPECT_FALSE(p.state().touched_after);
}

TEST(SkinPrep, RubbingElsewhereOnTheBodyDoesNotCount) {
    SkinPrep p = field();
    p.wipe(kAgent, Vec3(0.0, 0.0, -150.0), Vec3(1.0, 0.0, 0.0), kTick_s);
    p.wipe(kAgent, Vec3(400.0, 0.0, 0.0), Vec3(1.0, 0.0, 0.0), kTick_s);
    EXPECT_EQ(p.state().coverage, 0.0);
}

TEST(SkinPrep, EqualHistoriesAreEqualAndHashAlike) {
    SkinPrep a = field(), b = field();
    spiral(a, 0.0, 20.0, 2.0);
    spiral(b, 0.0, 20.0, 2.0);
    EXPECT_EQ(a, b);
    EXPECT_EQ(a.hash(), b.hash());
    b.touch(Vec3(0.0), 5.0);
    EXPECT_NE(a.hash(), b.hash());
}

TEST(SkinPrep, TheRevisionChangesWithThePictureOnly) {
    SkinPrep p = field();
    spiral(p, 0.0, 10.0, 1.0);
    const auto wet = p.revision();
    p.advance(1e-4);
    EXPECT_EQ(p.revision(), wet);
    p.advance(5.0);
    EXPECT_GT(p.revision(), wet);
    p.advance(60.0);
    const auto dry = p.revision();
    p.advance(60.0);
    EXPECT_EQ(p.revision(), dry);
}

} // namespace
} // namespace tb::tissue
