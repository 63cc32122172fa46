// Cues to sound samples. Pure: no device, no clock; the same calls give the same samples. One voice for the
// tone and a few short ones for clicks; pitch and loudness glide, so that nothing crackles.
#pragma once

#include <array>
#include <span>

#include "view/cues.h"

namespace tb::view {

class FeelSynth {
public:
    static constexpr int kRate_Hz = 48000;
    /// No sample is larger. Half of full scale is 6 dB below what the device can give: what the person has
    /// set as its volume is never exceeded.
    static constexpr float kCeiling = 0.5f;
    /// Two neighbouring samples never differ by more: no crackle when cues jump.
    static constexpr float kLargestJump = 0.1f;

    /// From now on; 0 in either ends the tone, gently.
    void tone(double pitch_Hz, double loudness);
    /// Starts a click with the next sample. Within 20 ms of the last one it is left out: the ear would hear
    /// one.
    void click(Click kind, double level);
    /// Tone and click of one cue.
    void take(const Cue& cue);
    /// Mono samples, -kCeiling..kCeiling.
    void fill(std::span<float> out);
    /// Nothing can be heard any more.
    [[nodiscard]] bool quiet() const;

private:
    struct Ring { ///< a struck, fading vibration
        double phase = 0.0, step = 0.0, level = 0.0, fade = 0.0;
    };
    float next();

    double phase_ = 0.0;                        ///< of the tone, turns
    double octave_ = 0.0, wanted_octave_ = 0.0; ///< log2 of the pitch in Hz
    double level_ = 0.0, wanted_level_ = 0.0;
    std::array<Ring, 4> rings_{};
    std::size_t next_ring_ = 0;
    int since_click_ = kRate_Hz; ///< samples
};

} // namespace tb::view
