// Steel and fluid in the picture: a line whose brightness falls with its angle, the echoes of its own lumen
// behind it, nothing of what lies outside the slice.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "tissue/echo_frame.h"

namespace tb::tissue::echo {
namespace {

using geometry::Vec3;

constexpr double kShaftStep_mm = 0.1;
constexpr double kHalfThick_mm = 0.13; ///< of the bright line
constexpr int kLumenEchoes = 6;
constexpr double kTip_mm = 1.0;       ///< the bevel's cut face throws sound back at any angle (est.)
constexpr double kTipLeast = 0.55;    ///< of its brightest (est.)
constexpr double kAcrossSlice = 0.62; ///< brightest that a needle across the slice shows (est.)
constexpr double kLensAspect = 2.2;   ///< injected fluid spreads flat along the planes (est.)
constexpr double kMm3PerMl = 1000.0;

/// Brightness 0..1 of the shaft. In the plane it falls with the angle to the face; across the plane a steep
/// one shows best (above 60 degrees [schafhalter2004]; sizes est.).
double shaft_brightness(const EchoTable& table, const ProbePose& probe, const Vec3& unit) {
    const double steep = std::min(std::abs(glm::dot(unit, probe.inward)), 1.0);
    const double angle = std::asin(steep) * 180.0 / std::numbers::pi;
    const double out = glm::dot(unit, probe.elevation());
    const double flat = 1.0 - steep * steep;
    const double across = flat > 1e-9 ? std::min(out * out / flat, 1.0) : 0.0;
    const double in_plane = needle_brightness(table, angle);
    const double through = kAcrossSlice * std::min(0.5 + angle / 120.0, 1.0);
    return in_plane + across * (through - in_plane);
}

} // namespace

void Painter::add_needle(const Frame& f, const NeedleInView& needle) {
    const EchoTable& t = f.table;
    const ProbePose& probe = f.scene.probe;
    const Vec3 way = needle.tip - needle.entry;
    const double length = glm::length(way);
    if (!(length > 0.05)) return;
    const Vec3 unit = way / length;
    const double bright = shaft_brightness(t, probe, unit);
    // Between its brightest and the muscle around it, evenly in decibels: evenly in grey, as it was measured.
    const double thin_dB = 20.0 * std::log10(needle.outer_mm / 0.7176); // 22 G is the reference
    const auto level_at = [&](double share) {
        const double top = t.needle_dB + thin_dB;
        return t.muscle_dB + share * (top - t.muscle_dB);
    };
    const double spacing_mm = t.needle_reverb_22G_mm * needle.inner_mm / 0.413;
    const auto put = [&](int l, float at, float level) {
        if (l < 0 || l >= f.lines) return;
        const float half = std::max(static_cast<float>(kHalfThick_mm) / f.row_mm, 0.8f);
        const int low = std::max(0, static_cast<int>(at - 2.5f * half)),
                  high = std::min(f.samples - 1, static_cast<int>(at + 2.5f * half) + 1);
        float* steel = steel_.data() + f.at(l);
        for (int s = low; s <= high; ++s) {
            const float d = (static_cast<float>(s) - at) / half;
            steel[s] = std::max(steel[s], level * std::exp(-0.5f * d * d));
        }
    };
    // The tissue thins under the probe, steel does not bend with it: straight between where it comes in and
    // where its tip lies among the tissue.
    const auto shown = [&](double along) { // sample of a point of the shaft, in the tissue around it
        const InPicture at = in_picture(probe, needle.entry + along * unit);
        const int l =
            std::clamp(static_cast<int>((at.lateral_mm / f.width_mm + 0.5) * f.lines), 0, f.lines - 1);
        const float m =
            static_cast<float>(at.depth_mm) + f.lines_met.all()[static_cast<std::size_t>(l)].face_m;
        const float* depth = f.lines_met.skin_depth(l);
        const int s = std::clamp(f.lines_met.sample_at(l, m), 1, f.samples - 1);
        return static_cast<float>(s) - (depth[s] - m) / std::max(depth[s] - depth[s - 1], 1e-4f);
    };
    const auto inside = [&](double along) {
        return std::abs(in_picture(probe, needle.entry + along * unit).lateral_mm) <= 0.5 * f.width_mm;
    };
    const int steps = static_cast<int>(length / kShaftStep_mm) + 1;
    double first = 0.0, last = length;
    while (first < length && !inside(first))
        first += kShaftStep_mm;
    while (last > first && !inside(last))
        last -= kShaftStep_mm;
    if (last <= first) return;
    const float from = shown(first), to = shown(last);
    for (int i = 0; i <= steps; ++i) {
        const double along = length * i / steps;
        if (along < first || along > last) continue;
        const InPicture at = in_picture(probe, needle.entry + along * unit);
        const double slice = t.slice_at_mm(at.depth_mm) / 2.3548; // full width at half maximum
        const double off = at.elevation_mm / slice;
        if (std::abs(off) > 4.0) continue;
        const double line = (at.lateral_mm / f.width_mm + 0.5) * f.lines - 0.5;
        const int l = static_cast<int>(std::lround(line));
        if (l < 0 || l >= f.lines) continue;
        const Line& met = f.lines_met.all()[static_cast<std::size_t>(l)];
        const auto m = static_cast<float>(at.depth_mm) + met.face_m;
        if (!met.contact || m < 0.0f || m > met.end_m) continue;
        const float sample = from + (to - from) * static_cast<float>((along - first) / (last - first));
        if (sample < 0.0f || sample >= static_cast<float>(f.samples)) continue;
        const bool tip = length - along < kTip_mm;
        const double share = tip ? std::max(bright, kTipLeast) : bright;
        const auto seen = static_cast<float>(std::exp(-0.5 * off * off));
        const float level = amplitude(level_at(share)) * seen;
        put(l, sample, level);
        for (int k = 1; k <= kLumenEchoes; ++k) {
            const auto below = static_cast<float>(k * spacing_mm) / f.row_mm;
            put(l, sample + below,
                level * static_cast<float>(bright) * amplitude(-k * t.needle_reverb_fall_dB));
        }
    }
}

void Painter::add_fluid(Frame& f, const FluidInView& fluid, int l) {
    if (f.chord_count == f.chords.size() || !(fluid.volume_mL > 0.0)) return;
    const InPicture at = in_picture(f.scene.probe, fluid.centre);
    const double high_mm =
        std::cbrt(3.0 * fluid.volume_mL * kMm3PerMl / (4.0 * std::numbers::pi * kLensAspect * kLensAspect));
    const double wide_mm = kLensAspect * high_mm;
    const double x = ((l + 0.5) / f.lines - 0.5) * f.width_mm - at.lateral_mm;
    const double square = (x * x + at.elevation_mm * at.elevation_mm) / (wide_mm * wide_mm);
    if (square >= 1.0) return;
    const auto half = static_cast<float>(high_mm * std::sqrt(1.0 - square));
    const float m = static_cast<float>(at.depth_mm) + f.lines_met.all()[static_cast<std::size_t>(l)].face_m;
    f.chords[f.chord_count++] = {m - half, m + half};
}

} // namespace tb::tissue::echo

namespace tb::tissue {

double needle_brightness(const EchoTable& table, double angle_deg) {
    return std::clamp(1.0 - angle_deg / table.needle_zero_deg, 0.0, 1.0);
}

} // namespace tb::tissue
