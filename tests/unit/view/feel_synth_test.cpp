#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "view/feel_synth.h"

namespace tb::view {
namespace {

constexpr int kRate = FeelSynth::kRate_Hz;

std::vector<float> played(FeelSynth& synth, double seconds) {
    std::vector<float> out(static_cast<std::size_t>(seconds * kRate));
    synth.fill(out);
    return out;
}

float loudest(const std::vector<float>& samples) {
    float most = 0.0f;
    for (const float s : samples)
        most = std::max(most, std::abs(s));
    return most;
}

float largest_jump(const std::vector<float>& samples) {
    float most = 0.0f;
    for (std::size_t i = 1; i < samples.size(); ++i)
        most = std::max(most, std::abs(samples[i] - samples[i - 1]));
    return most;
}

/// From upward crossings of zero; the overtones are too weak to add any.
double frequency(const std::vector<float>& samples) {
    int crossings = 0;
    std::size_t first = 0, last = 0;
    for (std::size_t i = 1; i < samples.size(); ++i) {
        if (samples[i - 1] >= 0.0f || samples[i] < 0.0f) continue;
        if (crossings++ == 0) first = i;
        last = i;
    }
    return crossings < 2 ? 0.0
                         : static_cast<double>(crossings - 1) * kRate / static_cast<double>(last - first);
}

TEST(FeelSynth, IsExactlySilentUntilSomethingIsTouched) {
    FeelSynth synth;
    EXPECT_TRUE(synth.quiet());
    EXPECT_EQ(loudest(played(synth, 0.2)), 0.0f);
}

TEST(FeelSynth, PlaysThePitchOfTheCue) {
    for (const double Hz : {220.0, 330.0, 880.0}) {
        FeelSynth synth;
        synth.tone(Hz, 0.8);
        played(synth, 0.1);
        EXPECT_NEAR(frequency(played(synth, 0.5)), Hz, 0.005 * Hz);
    }
}

TEST(FeelSynth, LouderCuesAreLouder) {
    FeelSynth soft, loud;
    soft.tone(300.0, 0.2);
    loud.tone(300.0, 0.9);
    EXPECT_GT(loudest(played(loud, 0.2)), 2.0f * loudest(played(soft, 0.2)));
}

TEST(FeelSynth, FadesWithinATenthOfASecondWhenTheFingerIsLifted) {
    FeelSynth synth;
    synth.tone(440.0, 1.0);
    played(synth, 0.3);
    synth.take(Cue{});
    played(synth, 0.2);
    EXPECT_TRUE(synth.quiet());
    EXPECT_EQ(loudest(played(synth, 0.1)), 0.0f);
}

TEST(FeelSynth, AClickIsShortAndHeardWithoutATone) {
    FeelSynth synth;
    synth.click(Click::Snap, 1.0);
    EXPECT_GT(loudest(played(synth, 0.01)), 0.1f);
    played(synth, 0.05);
    EXPECT_LT(loudest(played(synth, 0.05)), 0.001f);
    EXPECT_TRUE(synth.quiet());
}

TEST(FeelSynth, TheSnapStandsOutFromTheTone) {
    // Energy of the sample differences: a tick is bright, the tone is not.
    const auto brightness = [](bool snap) {
        FeelSynth synth;
        synth.tone(440.0, 0.8);
        played(synth, 0.2);
        if (snap) synth.click(Click::Snap, 1.0);
        const auto samples = played(synth, 0.01);
        double sum = 0.0;
        for (std::size_t i = 1; i < samples.size(); ++i)
            sum += std::pow(static_cast<double>(samples[i] - samples[i - 1]), 2);
        return sum;
    };
    EXPECT_GT(brightness(true), 3.0 * brightness(false));
}

TEST(FeelSynth, PopAndBoneSoundLowerThanTheSnap) {
    const auto pitch = [](Click kind) {
        FeelSynth synth;
        synth.click(kind, 1.0);
        return frequency(played(synth, 0.02));
    };
    EXPECT_GT(pitch(Click::Snap), 1.5 * pitch(Click::Pop));
    EXPECT_GT(pitch(Click::Pop), 1.5 * pitch(Click::Bone));
}

TEST(FeelSynth, NeverCracklesAndNeverExceedsTheCeilingWhateverComes) {
    FeelSynth synth;
    std::vector<float> all;
    std::uint32_t random = 12345;
    const auto dice = [&random] {
        random = random * 1664525u + 1013904223u;
        return static_cast<double>(random >> 8) / static_cast<double>(1u << 24);
    };
    for (int i = 0; i < 4000; ++i) { // a wild hand: a new cue every few milliseconds
        Cue cue;
        cue.pitch_Hz = dice() < 0.2 ? 0.0 : 220.0 * std::exp2(2.0 * dice());
        cue.loudness = dice() < 0.2 ? 0.0 : 1.3 * dice();
        if (dice() < 0.3) {
            cue.click = static_cast<Click>(1 + static_cast<int>(2.99 * dice()));
            cue.click_level = 1.5 * dice();
        }
        synth.take(cue);
        const auto part = played(synth, 0.002 + 0.008 * dice());
        all.insert(all.end(), part.begin(), part.end());
    }
    EXPECT_LE(loudest(all), FeelSynth::kCeiling);
    EXPECT_LE(largest_jump(all), FeelSynth::kLargestJump);
    EXPECT_GT(loudest(all), 0.1f);
}

TEST(FeelSynth, ImpossibleCuesAreSilence) {
    FeelSynth synth;
    synth.tone(std::nan(""), 1.0);
    synth.click(Click::Snap, std::nan(""));
    EXPECT_EQ(loudest(played(synth, 0.1)), 0.0f);
    synth.tone(1e9, 1e9);
    EXPECT_LE(loudest(played(synth, 0.1)), FeelSynth::kCeiling);
}

TEST(FeelSynth, TheSizeOfTheBufferChangesNothing) {
    FeelSynth a, b;
    a.tone(440.0, 0.7);
    b.tone(440.0, 0.7);
    const auto whole = played(a, 0.1);
    std::vector<float> parts(whole.size());
    for (std::size_t i = 0; i < parts.size(); i += 64)
        b.fill(std::span(parts).subspan(i, std::min<std::size_t>(64, parts.size() - i)));
    EXPECT_EQ(whole, parts);
}

} // namespace
} // namespace tb::view
