#include <gtest/gtest.h>

#include "view/cues.h"

namespace tb::view {
namespace {

/// A finger that presses, one tick after the other.
class FeelCues : public ::testing::Test {
protected:
    FeelCues() {
        state.finger.touching = true;
        state.finger.press_N = 10.0;
        state.finger.stiffness_N_per_mm = 2.0;
    }
    Cue next() {
        ++state.now;
        return reader.read(state);
    }
    session::SimState state;
    CueReader reader;
};

TEST_F(FeelCues, NothingIsHeardOrFeltWhenNothingIsTouched) {
    state = {};
    EXPECT_EQ(next(), Cue{});
    EXPECT_EQ(next(), Cue{});
}

TEST_F(FeelCues, LiftingTheFingerEndsTheTone) {
    EXPECT_GT(next().pitch_Hz, 0.0);
    state.finger = {};
    EXPECT_EQ(next(), Cue{});
}

TEST_F(FeelCues, PressingHarderIsLouderAndNeverLouderThanFull) {
    double before = 0.0;
    for (const double press : {1.0, 5.0, 10.0, 20.0, 30.0}) {
        state.finger.press_N = press;
        const double now = next().loudness;
        EXPECT_GT(now, before) << press;
        before = now;
    }
    state.finger.press_N = 60.0;
    EXPECT_LE(next().loudness, 1.0);
}

TEST_F(FeelCues, PitchRisesStrictlyWithStiffness) {
    double before = 0.0;
    for (double k = 0.25; k <= 16.0; k *= 1.1) {
        state.finger.stiffness_N_per_mm = k;
        const double now = next().pitch_Hz;
        EXPECT_GT(now, before) << k;
        before = now;
    }
    state.finger.stiffness_N_per_mm = 100.0;
    EXPECT_GE(next().pitch_Hz, before);
}

TEST_F(FeelCues, EqualRatiosOfStiffnessAreEqualMusicalSteps) {
    const double low = semitones_between(pitch_of(0.5, 0.0), pitch_of(1.0, 0.0));
    EXPECT_NEAR(low, semitones_between(pitch_of(4.0, 0.0), pitch_of(8.0, 0.0)), 1e-9);
    EXPECT_NEAR(semitones_between(220.0, 440.0), 12.0, 1e-9);
}

TEST_F(FeelCues, PitchAndRumbleRiseWithTheBandShown) {
    double pitch = 0.0, rumble = -1.0;
    for (double shown = 0.0; shown <= 1.0; shown += 0.1) {
        state.finger.band_shown = shown;
        const Cue cue = next();
        EXPECT_GT(cue.pitch_Hz, pitch) << shown;
        EXPECT_GT(cue.rumble_low, rumble) << shown;
        pitch = cue.pitch_Hz;
        rumble = cue.rumble_low;
    }
    EXPECT_LE(rumble, 1.0);
}

TEST_F(FeelCues, StiffGroundWithoutABandDoesNotRumble) {
    state.finger.stiffness_N_per_mm = 16.0;
    EXPECT_EQ(next().rumble_low, 0.0);
}

TEST_F(FeelCues, EachSnapTicksOnceAndJoltsForAMoment) {
    EXPECT_EQ(next().click, Click::None);
    state.finger.snapped_at = state.now;
    const Cue snap = next();
    EXPECT_EQ(snap.click, Click::Snap);
    EXPECT_GT(snap.click_level, 0.0);
    EXPECT_GT(snap.rumble_high, 0.0);
    EXPECT_EQ(next().click, Click::None) << "once";
    state.now += kTicksPerSecond;
    EXPECT_EQ(next().rumble_high, 0.0) << "the jolt is over";
    state.finger.snapped_at = state.now;
    EXPECT_EQ(next().click, Click::Snap) << "the next one";
}

TEST_F(FeelCues, ARisingCueWithoutASnapDoesNotTick) {
    next();
    state.finger.strum.cue = 0.18; // glided over
    state.finger.band_shown = 0.4;
    EXPECT_EQ(next().click, Click::None);
}

TEST_F(FeelCues, WhatHappenedBeforeTheFirstReadingIsNotTold) {
    state.finger.snapped_at = 3;
    state.now = 10;
    EXPECT_EQ(next().click, Click::None);
    next();
    state.now = 5; // another session
    state.finger.snapped_at = 4;
    EXPECT_EQ(reader.read(state).click, Click::None);
}

TEST_F(FeelCues, TheNeedlePopsThroughWallsButNotThroughThePleuraAndKnocksOnBone) {
    state = {};
    next();
    state.needle.under_skin = true;
    EXPECT_EQ(next().click, Click::Pop) << "skin";
    state.needle.inside.push_back({StructureId{1}, StructureKind::Subcutis});
    EXPECT_EQ(next().click, Click::None);
    state.needle.inside.push_back({StructureId{2}, StructureKind::Muscle});
    EXPECT_EQ(next().click, Click::Pop);
    state.needle.inside.push_back({StructureId{3}, StructureKind::Pleura});
    EXPECT_EQ(next().click, Click::None);
    state.needle.on_bone = true;
    const Cue bone = next();
    EXPECT_EQ(bone.click, Click::Bone);
    EXPECT_EQ(bone.pitch_Hz, 0.0) << "the tone is the finger's";
    EXPECT_EQ(next().click, Click::None);
}

} // namespace
} // namespace tb::view
