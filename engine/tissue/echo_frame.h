// What one ultrasound picture needs while it is painted. Inside module tissue only.
#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <span>

#include "tissue/echo_paint.h"

namespace tb::tissue::echo {

/// Echo levels as amplitudes.
struct Levels {
    explicit Levels(const EchoTable& t);
    float skin, fat, septum, loose, muscle, fascia, tendon, nerve, cartilage, organ, blood, bone, pleura,
        haze;
};

/// Part of a line inside injected fluid.
struct Chord {
    float top_m = 0.0f, bottom_m = 0.0f;
};

struct Painter::Frame {
    Frame(const EchoTable& table_, const Noise& noise_, const Lines& lines_, const EchoScene& scene_,
          const EchoSettings& settings_, const EchoPicture& picture)
        : table(table_), noise(noise_), lines_met(lines_), scene(scene_), settings(settings_), level(table_),
          lines(picture.lines), samples(picture.samples), width_mm(picture.width_mm),
          depth_mm(picture.depth_mm), MHz(settings_.frequency_MHz),
          row_mm(static_cast<float>(picture.mm_per_sample())),
          lung_shift_mm(0.5 * table_.lung_slide_mm *
                        std::sin(2.0 * std::numbers::pi * table_.breath_hz * scene_.time_s)),
          blood_rate(rate(Acoustic::Blood)) {}

    const EchoTable& table;
    const Noise& noise;
    const Lines& lines_met;
    const EchoScene& scene;
    const EchoSettings& settings;
    Levels level;
    int lines, samples;
    double width_mm, depth_mm, MHz;
    float row_mm;
    double lung_shift_mm; ///< of the lung now, up
    float blood_rate;
    std::array<Chord, 16> chords{};
    std::size_t chord_count = 0;

    /// Gain over muscle for each millimetre of this tissue that is crossed.
    [[nodiscard]] float rate(Acoustic tissue) const {
        return static_cast<float>(
            0.2 * MHz * std::numbers::ln10 / 20.0 *
            (table.attenuation_dB_cm_MHz(Acoustic::Muscle) - table.attenuation_dB_cm_MHz(tissue)));
    }
    [[nodiscard]] std::size_t at(int line) const {
        return static_cast<std::size_t>(line) * static_cast<std::size_t>(samples);
    }
    [[nodiscard]] std::span<const Chord> fluid_chords() const { return {chords.data(), chord_count}; }
};

} // namespace tb::tissue::echo
