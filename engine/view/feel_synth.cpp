#include "view/feel_synth.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tb::view {
namespace {

// The author's own values, by ear and by what small loudspeakers can give (est.).
constexpr double kToneFull = 0.2; ///< share of full scale at loudness 1
/// Partials: enough overtones that a low tone is heard from a laptop, few enough to stay soft.
constexpr std::array<double, 3> kPartials{0.75, 0.19, 0.06};
constexpr double kGlide_s = 0.006, kRise_s = 0.006, kFall_s = 0.020;
constexpr double kSilent = 1e-4;
constexpr int kClickApart = FeelSynth::kRate_Hz / 50;
constexpr double kHighest_Hz = 4000.0;

struct Strike {
    double Hz, fade_s, full;
};
/// A snap is a bright tick, a pop a duller one, bone a knock.
constexpr Strike strike_of(Click kind) {
    switch (kind) {
    case Click::Snap:
        return {1900.0, 0.005, 0.25};
    case Click::Pop:
        return {750.0, 0.008, 0.25};
    case Click::Bone:
        return {170.0, 0.025, 0.25};
    case Click::None:
        break;
    }
    return {0.0, 0.001, 0.0};
}

/// Share of the way to a wish that one sample goes.
double share(double time_s) {
    return -std::expm1(-1.0 / (time_s * FeelSynth::kRate_Hz));
}

double turn(double phase) {
    return std::sin(2.0 * std::numbers::pi * phase);
}

} // namespace

void FeelSynth::tone(double pitch_Hz, double loudness) {
    const bool on = std::isfinite(pitch_Hz) && std::isfinite(loudness) && pitch_Hz > 0.0 && loudness > 0.0;
    wanted_level_ = on ? kToneFull * std::min(loudness, 1.0) : 0.0;
    if (!on) return;
    wanted_octave_ = std::log2(std::min(pitch_Hz, kHighest_Hz));
    if (level_ < kSilent) octave_ = wanted_octave_; // a tone begins at its pitch, it does not sweep there
}

void FeelSynth::click(Click kind, double level) {
    if (kind == Click::None || !(level > 0.0) || since_click_ < kClickApart) return;
    const Strike strike = strike_of(kind);
    rings_[next_ring_] = {0.0, strike.Hz / kRate_Hz, strike.full * std::min(level, 1.0),
                          std::exp(-1.0 / (strike.fade_s * kRate_Hz))};
    next_ring_ = (next_ring_ + 1) % rings_.size();
    since_click_ = 0;
}

void FeelSynth::take(const Cue& cue) {
    tone(cue.pitch_Hz, cue.loudness);
    click(cue.click, cue.click_level);
}

float FeelSynth::next() {
    static const double kGlide = share(kGlide_s), kRise = share(kRise_s), kFall = share(kFall_s);
    octave_ += kGlide * (wanted_octave_ - octave_);
    level_ += (wanted_level_ > level_ ? kRise : kFall) * (wanted_level_ - level_);
    phase_ += std::exp2(octave_) / kRate_Hz;
    phase_ -= std::floor(phase_);
    double sum = 0.0;
    for (std::size_t k = 0; k < kPartials.size(); ++k)
        sum += kPartials[k] * turn(static_cast<double>(k + 1) * phase_);
    sum *= level_;
    for (Ring& r : rings_) {
        sum += r.level * turn(r.phase);
        r.phase += r.step;
        r.level *= r.fade;
        if (r.level < kSilent) r.level = 0.0;
    }
    since_click_ = std::min(since_click_ + 1, kRate_Hz);
    return std::clamp(static_cast<float>(sum), -kCeiling, kCeiling);
}

void FeelSynth::fill(std::span<float> out) {
    if (quiet()) {
        level_ = 0.0;
        since_click_ = kRate_Hz;
        std::fill(out.begin(), out.end(), 0.0f);
        return;
    }
    for (float& sample : out)
        sample = next();
}

bool FeelSynth::quiet() const {
    return wanted_level_ < kSilent && level_ < kSilent &&
           std::all_of(rings_.begin(), rings_.end(), [](const Ring& r) { return r.level <= 0.0; });
}

} // namespace tb::view
