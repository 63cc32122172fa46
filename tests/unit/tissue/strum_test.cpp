#include <cmath>
#include <tuple>

#include <gtest/gtest.h>

#include "unit/tissue/columns.h"

namespace tb::tissue {
namespace {

using geometry::Vec3;
using test::Flat;
using test::mechanics;
using test::shown;

const Vec3 kLeft(-15.0, 0.0, 0.0), kRight(15.0, 0.0, 0.0);

/// A correct stroke over a band of the descending trapezius: every press and speed that the trainee may
/// choose.
class CorrectStroke : public testing::TestWithParam<std::tuple<double, double>> {};

TEST_P(CorrectStroke, ShowsTheBandClearly) {
    const auto [force, speed] = GetParam();
    Flat flat(4.0, 11.0);
    const Flat::Strummed s = flat.strum(force, kLeft, kRight, speed);
    EXPECT_EQ(s.snaps, 1);
    EXPECT_GT(shown(s.cue), 0.5);
    EXPECT_LT(shown(s.cue), 0.9);
}
INSTANTIATE_TEST_SUITE_P(Strum, CorrectStroke,
                         testing::Combine(testing::Values(5.0, 10.0, 20.0),
                                          testing::Values(20.0, 40.0, 80.0)));

TEST(Strum, MovingAlongTheBandShowsNothing) {
    Flat flat;
    const Flat::Strummed s = flat.strum(12.0, Vec3(0.5, -20.0, 0.0), Vec3(0.5, 40.0, 0.0), 40.0);
    EXPECT_EQ(s.snaps, 0);
    EXPECT_LT(shown(s.cue), 0.2);
}

TEST(Strum, AStrokeBesideTheBandShowsNothing) {
    Flat flat;
    const Flat::Strummed s = flat.strum(12.0, Vec3(12.0, 0.0, 0.0), Vec3(30.0, 0.0, 0.0), 40.0);
    EXPECT_EQ(s.snaps, 0);
    EXPECT_EQ(s.cue, 0.0);
    EXPECT_EQ(s.most_lateral_N, 0.0);
}

TEST(Strum, WithoutPressThereIsNoSnap) {
    Flat flat;
    EXPECT_EQ(flat.strum(1.5, kLeft, kRight, 40.0).cue, 0.0);
    EXPECT_LT(flat.strum(3.0, kLeft, kRight, 40.0).cue, flat.strum(6.0, kLeft, kRight, 40.0).cue);
}

TEST(Strum, CreepingOverTheBandShowsLess) {
    Flat flat;
    EXPECT_LT(flat.strum(10.0, kLeft, kRight, 6.0).cue, 0.3 * flat.strum(10.0, kLeft, kRight, 30.0).cue);
}

TEST(Strum, TheDragReachesTheReleaseForceAndDropsWithinTenMilliseconds) {
    Flat flat;
    StrumState state;
    const double dt = 1.0 / 960.0, press_N = 10.0, speed = 40.0;
    double x = -15.0, peak = 0.0, since_snap = -1.0;
    while (x < 15.0) {
        x += speed * dt;
        const PadContact c = flat.contact(press_N, Vec3(x, 0.0, 0.0));
        const StrumStep step = strum(mechanics(), c, press(mechanics(), c), Vec3(x, 0.0, 0.0), dt, state);
        peak = std::max(peak, step.lateral_N);
        if (since_snap >= 0.0) since_snap += dt;
        if (step.snapped) since_snap = 0.0;
        if (since_snap >= 0.010) {
            EXPECT_LT(step.lateral_N, 0.1 * peak);
        }
    }
    EXPECT_GE(since_snap, 0.0);
    EXPECT_NEAR(peak, 0.15 * press_N, 0.02);
}

TEST(Strum, TheCueFadesWithinAboutASecond) {
    Flat flat;
    const Flat::Strummed s = flat.strum(10.0, kLeft, kRight, 40.0);
    EXPECT_LT(s.left_after_1s, 0.1 * s.cue);
    EXPECT_GT(s.left_after_1s, 0.0);
}

TEST(Strum, GoingToAndFroSnapsEachTime) {
    Flat flat;
    StrumState state;
    const double dt = 1.0 / 960.0;
    int snaps = 0;
    for (int i = 0; i < 3840; ++i) { // 4 s of +-4 mm at 1 Hz
        const Vec3 at(4.0 * std::sin(2.0 * 3.14159265358979 * i * dt), 0.0, 0.0);
        const PadContact c = flat.contact(10.0, at);
        snaps += strum(mechanics(), c, press(mechanics(), c), at, dt, state).snapped ? 1 : 0;
    }
    EXPECT_GE(snaps, 7);
    EXPECT_LE(snaps, 9);
}

TEST(Strum, BothDirectionsFeelTheSame) {
    Flat flat;
    EXPECT_NEAR(flat.strum(10.0, kLeft, kRight, 40.0).cue, flat.strum(10.0, kRight, kLeft, 40.0).cue, 1e-3);
}

TEST(Strum, ADeepBandUnderThickFatIsNotFound) {
    Flat flat(20.0, 30.0);
    const Flat::Strummed s = flat.strum(15.0, kLeft, kRight, 40.0);
    EXPECT_EQ(shown(s.cue), 0.0);
    EXPECT_EQ(s.snaps, 0);
}

TEST(Strum, TheNoduleIsFeltWhereTheStrokePassesIt) {
    Flat flat;
    const double over = flat.strum(10.0, Vec3(-15.0, 20.0, 0.0), Vec3(15.0, 20.0, 0.0), 40.0).nodule_cue;
    const double away = flat.strum(10.0, Vec3(-15.0, -10.0, 0.0), Vec3(15.0, -10.0, 0.0), 40.0).nodule_cue;
    EXPECT_GT(shown(over), 0.3);
    EXPECT_LT(away, 0.01);
}

TEST(Strum, AJumpyPointerFeelsLikeASmoothOne) {
    Flat flat;
    StrumState state;
    double cue = 0.0;
    const double dt = 1.0 / 120.0; // position changes only every second tick
    for (int i = 0; i < 120; ++i) {
        const Vec3 at(-15.0 + 40.0 * dt * (i - i % 2), 0.0, 0.0);
        const PadContact c = flat.contact(10.0, at);
        strum(mechanics(), c, press(mechanics(), c), at, dt, state);
        cue = std::max(cue, state.cue);
    }
    EXPECT_NEAR(cue, flat.strum(10.0, kLeft, kRight, 40.0).cue, 0.02);
}

TEST(Strum, LiftingForgetsTheDragAndStandingStillBuildsNone) {
    Flat flat;
    StrumState state;
    const double dt = 1.0 / 960.0;
    for (int i = 0; i < 50; ++i) {
        const Vec3 at(-6.0 + 0.05 * i, 0.0, 0.0);
        const PadContact c = flat.contact(10.0, at);
        strum(mechanics(), c, press(mechanics(), c), at, dt, state);
    }
    EXPECT_NE(state.drag_N, 0.0);
    const PadContact up = flat.contact(0.0);
    strum(mechanics(), up, press(mechanics(), up), Vec3(0.0), dt, state);
    EXPECT_EQ(state.drag_N, 0.0);
    EXPECT_FALSE(state.touching);
    for (int i = 0; i < 200; ++i) {
        const PadContact c = flat.contact(10.0);
        EXPECT_EQ(strum(mechanics(), c, press(mechanics(), c), Vec3(0.0), dt, state).lateral_N, 0.0);
    }
}

} // namespace
} // namespace tb::tissue
