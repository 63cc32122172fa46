// Rows K13 and U01 to U07: pictures (B-mode) of a block of tissue, read as one reads a picture of a phantom.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "tissue/echo.h"
#include "validation/block.h"
#include "validation/measure.h"

namespace tb::validation {
namespace {

using Numbers = std::vector<double>;
using geometry::Vec3;
using tissue::EchoPicture;
using tissue::NeedleInView;

constexpr double kMiddle_mm = 15.0;     // levels of flat layers are read to this far on either side
constexpr double kHalfNeedle_mm = 16.0; // longer than what is read of it
constexpr double kEvened_mm = 0.8;      // squares over which speckle is evened out, as an eye does
constexpr double kDegrees = std::numbers::pi / 180.0;

/// Probe square on the skin over the middle of the block, resting in gel unless it presses.
struct View {
    double depth_mm = 40.0;
    bool along_fibres = false;
    double press_N = 0.0;
    double frequency_MHz = 0.0; ///< 0: the one that suits the depth
    double gain_dB = 0.0;
    double time_s = 0.0;
};

tissue::ProbePose probe_on(const Block& block, const View& view) {
    const Vec3 lateral = view.along_fibres ? Vec3(0.0, -1.0, 0.0) : Vec3(1.0, 0.0, 0.0);
    tissue::ProbePose probe = tissue::place_probe(block.body(), block.surface(), lateral, {});
    probe.press_N = view.press_N;
    return probe;
}

EchoPicture picture(const tissue::Parameters& parameters, const Block& block, const View& view,
                    std::span<const NeedleInView> needles = {}) {
    tissue::EchoScanner scanner(parameters);
    return scanner.scan({&block.body(),
                         probe_on(block, view),
                         {view.depth_mm, view.gain_dB, view.frequency_MHz},
                         needles,
                         {},
                         view.time_s});
}

/// Muscle without septa: nothing but scatterers.
tissue::Parameters without_septa(const Subject& s) {
    tissue::Parameters even = *s.parameters;
    even.echo.fascia_dB = 0.0;
    return even;
}

/// A needle in the plane, its middle under the middle of the face.
NeedleInView needle_in(const Block& block, const View& view, const tissue::NeedleGauge& gauge,
                       double depth_mm, double angle_deg) {
    const tissue::ProbePose probe = probe_on(block, view);
    const Vec3 along =
        probe.lateral * std::cos(angle_deg * kDegrees) + probe.inward * std::sin(angle_deg * kDegrees);
    const Vec3 middle = probe.centre + probe.inward * depth_mm;
    return {middle - along * kHalfNeedle_mm, middle + along * kHalfNeedle_mm, gauge.outer_mm, gauge.inner_mm};
}

struct Window {
    double left_mm, right_mm, top_mm, bottom_mm;
};
template <class Use>
void each_sample(const EchoPicture& p, const Window& w, const Use& use) {
    for (int l = 0; l < p.lines; ++l) {
        const double x = (l + 0.5) * p.mm_per_line() - 0.5 * p.width_mm;
        if (x < w.left_mm || x > w.right_mm) continue;
        for (int s = 0; s < p.samples; ++s) {
            const double z = (s + 0.5) * p.mm_per_sample();
            if (z >= w.top_mm && z <= w.bottom_mm) use(p.at(l, s));
        }
    }
}
std::vector<double> envelope_in(const EchoPicture& p, const Window& w) {
    std::vector<double> out;
    each_sample(p, w, [&](std::size_t i) { out.push_back(static_cast<double>(p.envelope[i])); });
    return out;
}

double mean(std::span<const double> v) {
    double sum = 0.0;
    for (const double x : v)
        sum += x;
    return sum / static_cast<double>(v.size());
}
double deviation(std::span<const double> v) {
    const double m = mean(v);
    double sum = 0.0;
    for (const double x : v)
        sum += (x - m) * (x - m);
    return std::sqrt(sum / static_cast<double>(v.size()));
}
double correlation(std::span<const double> a, std::span<const double> b) {
    const double ma = mean(a), mb = mean(b);
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - ma) * (b[i] - mb);
    return sum / static_cast<double>(a.size()) / (deviation(a) * deviation(b));
}
double dB(double amplitude) {
    return 20.0 * std::log10(amplitude);
}
double level_dB(const EchoPicture& p, const Window& w) {
    return dB(mean(envelope_in(p, w)));
}

/// The brightest row between two depths, over the middle of the picture.
struct BrightRow {
    double depth_mm = 0.0, level_dB = -1e9;
};
BrightRow brightest_row(const EchoPicture& p, double from_mm, double to_mm) {
    BrightRow best;
    const double row_mm = p.mm_per_sample();
    for (int s = 0; s < p.samples; ++s) {
        const double z = (s + 0.5) * row_mm;
        if (z < from_mm || z > to_mm) continue;
        const double level = level_dB(p, {-kMiddle_mm, kMiddle_mm, z - 0.1 * row_mm, z + 0.1 * row_mm});
        if (level > best.level_dB) best = {z, level};
    }
    return best;
}

/// How much darker each place is than the same place of another picture, dB.
std::vector<double> darker_dB(const EchoPicture& p, const EchoPicture& beside) {
    const int lines = static_cast<int>(std::lround(0.5 * kEvened_mm / p.mm_per_line()));
    const int rows = static_cast<int>(std::lround(0.5 * kEvened_mm / p.mm_per_sample()));
    std::vector<double> out(p.envelope.size());
    for (int l = 0; l < p.lines; ++l) {
        for (int s = 0; s < p.samples; ++s) {
            double power = 0.0, power_beside = 0.0;
            for (int k = std::max(l - lines, 0); k <= std::min(l + lines, p.lines - 1); ++k) {
                for (int r = std::max(s - rows, 0); r <= std::min(s + rows, p.samples - 1); ++r) {
                    const auto a = static_cast<double>(p.envelope[p.at(k, r)]),
                               b = static_cast<double>(beside.envelope[p.at(k, r)]);
                    power += a * a;
                    power_beside += b * b;
                }
            }
            out[p.at(l, s)] = 10.0 * std::log10(power_beside / power);
        }
    }
    return out;
}
/// Area in a window that is darker by more than this.
double dark_mm2(const EchoPicture& p, std::span<const double> darker, const Window& w, double than_dB) {
    int count = 0;
    each_sample(p, w, [&](std::size_t i) { count += darker[i] > than_dB ? 1 : 0; });
    return count * p.mm_per_line() * p.mm_per_sample();
}

Numbers dark_ellipse(const Subject& s) {
    BlockSpec spec;
    const Block plain(spec);
    spec.point = anatomy::PointState::Active;
    const Block block(spec);
    const View view{.depth_mm = 25.0, .along_fibres = true};
    const EchoPicture p = picture(*s.parameters, block, view);
    const auto darker = darker_dB(p, picture(*s.parameters, plain, view));
    const double outline = 0.5 * *std::max_element(darker.begin(), darker.end());
    return {dark_mm2(p, darker, {-20.0, 20.0, 0.0, view.depth_mm}, outline) / 100.0};
}

/// Echo of the muscle beside the receiver's noise, dB; the noise is what differs between two frames.
double over_noise_dB(const EchoPicture& p, const EchoPicture& later, double depth_mm) {
    const Window at{-18.0, 18.0, depth_mm - 2.0, depth_mm + 2.0};
    const auto first = envelope_in(p, at), second = envelope_in(later, at);
    double square = 0.0;
    for (std::size_t i = 0; i < first.size(); ++i)
        square += (first[i] - second[i]) * (first[i] - second[i]);
    return dB(mean(first) / std::sqrt(square / static_cast<double>(first.size())));
}

Numbers two_way_loss(const Subject& s) {
    const Block block({1.0, 60.0, {}});
    View view{.frequency_MHz = 10.0};
    const EchoPicture p = picture(*s.parameters, block, view);
    view.time_s = 1.0;
    const EchoPicture later = picture(*s.parameters, block, view);
    return {over_noise_dB(p, later, 7.0) - over_noise_dB(p, later, 27.0)};
}

Numbers order_of_echoes(const Subject& s) {
    constexpr double kNeedle_mm = 10.0;
    BlockSpec spec;
    spec.floor_gap_mm = 0.0; // no fascia of the muscle's lower face beside the bone
    spec.vessels = {{StructureKind::Artery, 14.0, 18.0, 2.5}};
    const Block plain(spec);
    spec.point = anatomy::PointState::Active;
    const Block block(spec);
    const View view;
    const NeedleInView needle = needle_in(block, view, s.parameters->nearest_gauge(22), kNeedle_mm, 0.0);
    const EchoPicture p = picture(*s.parameters, block, view, {&needle, 1});
    const double point_mm = block.muscle_top_mm() + 0.5 * spec.muscle_mm;
    const Window point{-1.0, 1.0, point_mm - 1.0, point_mm + 1.0};
    const std::array<double, 6> levels = {
        brightest_row(p, kNeedle_mm - 1.0, kNeedle_mm + 1.0).level_dB,
        brightest_row(p, block.floor_mm() - 1.0, block.floor_mm() + 1.0).level_dB,
        brightest_row(p, block.muscle_top_mm() - 1.0, block.muscle_top_mm() + 1.0).level_dB,
        level_dB(picture(*s.parameters, plain, view), point),
        level_dB(p, point),
        level_dB(p, {13.0, 15.0, 17.0, 19.0})};
    int kept = 0;
    for (std::size_t i = 0; i + 1 < levels.size(); ++i)
        kept += levels[i] > levels[i + 1] ? 1 : 0;
    return {static_cast<double>(kept)};
}

Numbers reflections(const Subject& s) {
    Numbers out;
    for (const StructureKind floor : {StructureKind::Bone, StructureKind::Pleura}) {
        BlockSpec spec;
        spec.muscle_mm = 14.0;
        spec.floor = floor;
        spec.floor_gap_mm = 0.0;
        const Block block(spec);
        const View view;
        const double above_mm = block.floor_mm() - 5.0; // its own echoes end 2.6 mm below it
        const NeedleInView needle = needle_in(block, view, s.parameters->nearest_gauge(22), above_mm, 0.0);
        const EchoPicture p = picture(*s.parameters, block, view, {&needle, 1});
        out.push_back(brightest_row(p, block.floor_mm() - 1.0, block.floor_mm() + 1.0).level_dB -
                      brightest_row(p, above_mm - 1.0, above_mm + 1.0).level_dB);
    }
    return out;
}

Numbers a_lines(const Subject& s) {
    BlockSpec spec;
    spec.muscle_mm = 8.0;
    spec.floor = StructureKind::Pleura;
    const Block block(spec);
    const EchoPicture p = picture(*s.parameters, block, {.depth_mm = 60.0});
    const double pleura_mm = block.floor_mm();
    double worst = 0.0;
    for (int k = 1; k <= 3; ++k) {
        const double expected = k * pleura_mm;
        worst =
            std::max(worst, std::abs(brightest_row(p, expected - 4.0, expected + 4.0).depth_mm - expected));
    }
    return {worst};
}

Numbers speckle(const Subject& s) {
    const Block block({1.0, 60.0, {}});
    const EchoPicture p = picture(without_septa(s), block, {.depth_mm = 30.0});
    const auto before = envelope_in(p, {-18.0, 18.0, 6.0, 20.0});
    std::vector<double> after;
    for (const double a : before)
        after.push_back(dB(a));
    return {mean(before) / deviation(before), deviation(after)};
}

/// Grey of the shaft's middle: the brightest of each line there.
double shaft_grey(const Subject& s, const Block& block, int gauge, double angle_deg) {
    constexpr double kDepth_mm = 15.0, kHalf_mm = 1.0, kAbout_mm = 0.8;
    const View view{.gain_dB = -6.0}; // the brightest stays below white
    const NeedleInView needle =
        needle_in(block, view, s.parameters->nearest_gauge(gauge), kDepth_mm, angle_deg);
    const EchoPicture p = picture(*s.parameters, block, view, {&needle, 1});
    double sum = 0.0;
    int lines = 0;
    for (int l = 0; l < p.lines; ++l) {
        const double x = (l + 0.5) * p.mm_per_line() - 0.5 * p.width_mm;
        if (std::abs(x) > kHalf_mm) continue;
        const double z = kDepth_mm + x * std::tan(angle_deg * kDegrees);
        int most = 0;
        for (int k = 0; k < p.samples; ++k) {
            if (std::abs((k + 0.5) * p.mm_per_sample() - z) < kAbout_mm)
                most = std::max(most, static_cast<int>(p.grey[p.at(l, k)]));
        }
        sum += most;
        ++lines;
    }
    return sum / lines;
}

Numbers needle_by_angle(const Subject& s) {
    const Block block({1.0, 60.0, {}});
    std::vector<double> angles, greys;
    for (double angle = 0.0; angle <= 65.0; angle += 5.0) {
        angles.push_back(angle);
        greys.push_back(shaft_grey(s, block, 22, angle));
    }
    constexpr double kUsual_deg = 30.0;
    return {correlation(angles, greys),
            shaft_grey(s, block, 27, kUsual_deg) / shaft_grey(s, block, 22, kUsual_deg)};
}

Numbers vessels_under_force(const Subject& s) {
    constexpr double kAcross_mm = 9.0, kOpen_dB = 6.0; // darker than muscle by this: blood
    constexpr int kMoments = 10;
    BlockSpec spec;
    const Block plain(spec);
    spec.vessels = {{StructureKind::Vein, -kAcross_mm, 12.0, 2.5},
                    {StructureKind::Artery, kAcross_mm, 12.0, 2.5}};
    const Block block(spec);
    struct Open {
        double least_mm2 = 1e9, most_mm2 = 0.0;
        void add(double mm2) {
            least_mm2 = std::min(least_mm2, mm2);
            most_mm2 = std::max(most_mm2, mm2);
        }
    };
    const auto over_a_beat = [&](double force_N) {
        View view{.depth_mm = 25.0, .press_N = force_N};
        const EchoPicture without = picture(*s.parameters, plain, view);
        std::array<Open, 2> out; // vein, artery
        for (int i = 0; i < kMoments; ++i) {
            view.time_s = i / (kMoments * s.parameters->echo.pulse_hz);
            const EchoPicture p = picture(*s.parameters, block, view);
            const auto darker = darker_dB(p, without);
            out[0].add(
                dark_mm2(p, darker, {-kAcross_mm - 5.0, -kAcross_mm + 5.0, 0.0, view.depth_mm}, kOpen_dB));
            out[1].add(
                dark_mm2(p, darker, {kAcross_mm - 5.0, kAcross_mm + 5.0, 0.0, view.depth_mm}, kOpen_dB));
        }
        return out;
    };
    const auto resting = over_a_beat(0.0), pressed = over_a_beat(5.0);
    constexpr double kPulse = 1.02; // an artery that does not pulse is not an open one
    const bool pulses = pressed[1].most_mm2 > kPulse * pressed[1].least_mm2;
    return {pressed[0].most_mm2 / resting[0].most_mm2,
            pulses ? pressed[1].least_mm2 / resting[1].least_mm2 : 0.0};
}

constexpr Measurement kUltrasoundRows[] = {
    {"K13", dark_ellipse,
     "Picture along the fibres over an active point beside that of the same block without it: area darker by "
     "more than half of the darkest place. Of the point alone; the band is not as dark."},
    {"U01", two_way_loss,
     "Muscle at 10 MHz: echo beside the receiver's noise, 7 mm deep less 27 mm deep; the noise is what "
     "differs between two frames."},
    {"U02", order_of_echoes,
     "Picture across the fibres: rows of needle, bone and fascia, and the places of point and artery; muscle "
     "where the point is, without it."},
    {"U03", reflections,
     "Brightest row of bone or lung against muscle beside that of a 22 G needle 5 mm above it, which lies "
     "across the beam and is 0 dB."},
    {"U04", a_lines, "Brightest rows within 4 mm of one, two and three times the depth of the pleura."},
    {"U05", speckle, "Muscle without septa, 36 x 14 mm of the picture."},
    {"U06", needle_by_angle,
     "Grey of a 22 G needle's middle every 5 degrees, gain 6 dB lower so that none is white; 27 G beside 22 "
     "G "
     "at 30 degrees."},
    {"U07", vessels_under_force,
     "Black area beside the picture without vessels, at 5 N and resting: the vein's largest and the artery's "
     "smallest of a beat; 0 if the artery does not pulse."},
};

} // namespace

std::span<const Measurement> ultrasound_measurements() {
    return kUltrasoundRows;
}

} // namespace tb::validation
