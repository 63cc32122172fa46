#include <gtest/gtest.h>

#include "render/pacer.h"

namespace tb::render {
namespace {

/// A machine that needs this long for the whole picture, and a fixed part whatever its size.
double frame(Pacer& pacer, double whole_ms, double fixed_ms = 0.0, bool changed = true) {
    const float detail = pacer.next(changed, 0.02);
    const double ms = changed ? fixed_ms + (whole_ms - fixed_ms) * detail * detail : 1.0;
    pacer.took(ms);
    return ms;
}

TEST(Pacer, AQuickMachineAlwaysDrawsAllPixels) {
    Pacer pacer;
    for (int i = 0; i < 50; ++i) {
        EXPECT_LE(frame(pacer, 30.0), 30.0);
        EXPECT_FALSE(pacer.settling());
    }
}

TEST(Pacer, ASlowMachineIsWithinTheTargetAfterTwoSlowFramesAndStaysThere) {
    for (const double whole_ms : {45.0, 80.0, 120.0, 150.0}) {
        Pacer pacer;
        frame(pacer, whole_ms);
        frame(pacer, whole_ms);
        for (int i = 0; i < 100; ++i)
            EXPECT_LE(frame(pacer, whole_ms), Pacer::kTarget_ms) << whole_ms << " ms, frame " << i;
    }
}

TEST(Pacer, OneSlowFrameChangesNothing) {
    Pacer pacer;
    frame(pacer, 30.0);
    frame(pacer, 300.0);
    EXPECT_EQ(pacer.next(true, 0.02), 1.0f);
}

TEST(Pacer, NeverCoarserThanHalf) {
    Pacer pacer;
    for (int i = 0; i < 20; ++i)
        frame(pacer, 2000.0, 1000.0);
    EXPECT_EQ(pacer.next(true, 0.02), Pacer::kCoarsest);
}

TEST(Pacer, AtRestThePictureBecomesFineAndStaysSo) {
    Pacer pacer;
    for (int i = 0; i < 10; ++i)
        frame(pacer, 100.0);
    EXPECT_TRUE(pacer.settling());
    double rested_s = 0.0;
    while (pacer.settling() && rested_s < 1.0) {
        frame(pacer, 100.0, 0.0, false);
        rested_s += 0.02;
    }
    EXPECT_NEAR(rested_s, Pacer::kRest_s, 0.021);
    frame(pacer, 100.0, 0.0, false);
    EXPECT_FALSE(pacer.settling());
    EXPECT_LT(pacer.next(true, 0.02), 1.0f) << "it moves again at the pace it had";
}

TEST(Pacer, WithoutAPictureNothingIsStillToBecomeFine) {
    Pacer pacer;
    for (int i = 0; i < 10; ++i)
        frame(pacer, 100.0);
    ASSERT_TRUE(pacer.settling());
    pacer.rest();
    EXPECT_FALSE(pacer.settling());
    EXPECT_LT(pacer.next(true, 0.02), 1.0f) << "the pace is remembered";
}

TEST(Pacer, GrowsAgainWhenTheSceneBecomesSimple) {
    Pacer pacer;
    for (int i = 0; i < 10; ++i)
        frame(pacer, 120.0);
    for (int i = 0; i < 10; ++i)
        frame(pacer, 20.0);
    EXPECT_EQ(pacer.next(true, 0.02), 1.0f);
}

} // namespace
} // namespace tb::render
