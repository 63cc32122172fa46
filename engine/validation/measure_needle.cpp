// Rows N01 to N12 and N25: the needle pushed into a block of tissue, and its steel.
#include <algorithm>
#include <array>

#include "validation/block.h"
#include "validation/measure.h"

namespace tb::validation {
namespace {

using Numbers = std::vector<double>;
using tissue::NeedleBody;
using tissue::NeedleState;

constexpr double kSkinTo_mm =
    5.0; // the skin has given way before this much way of the hand, thick and dry needles too

double skin_peak_N(const Subject& s, NeedleBody needle, Push wish = {}) {
    const Block block({});
    NeedleState state;
    wish.to_mm = kSkinTo_mm;
    return peak_N(push(*s.parameters, block, wish, needle, state), 0.0, kSkinTo_mm);
}

NeedleBody of_gauge(int gauge, double length_mm = NeedleBody{}.length_mm) {
    NeedleBody needle;
    needle.gauge = gauge;
    needle.length_mm = length_mm;
    return needle;
}

Numbers skin_22(const Subject& s) {
    return {skin_peak_N(s, of_gauge(22))};
}

Numbers skin_fine(const Subject& s) {
    return {skin_peak_N(s, of_gauge(27)), skin_peak_N(s, of_gauge(30))};
}

Numbers skin_by_diameter(const Subject& s) {
    constexpr std::array<int, 5> kGauges = {21, 22, 25, 27, 30};
    double least = 1e9, thicker = 0.0;
    for (std::size_t i = 0; i < kGauges.size(); ++i) {
        const double peak = skin_peak_N(s, of_gauge(kGauges[i]));
        if (i > 0) least = std::min(least, thicker - peak);
        thicker = peak;
    }
    return {least};
}

Numbers unlubricated(const Subject& s) {
    NeedleBody bare = of_gauge(22);
    bare.silicone = 0.0;
    return {skin_peak_N(s, bare) / skin_peak_N(s, of_gauge(22))};
}

Numbers speed_and_angle(const Subject& s) {
    const auto peak = [&](double speed_mm_s, double angle_deg) {
        return skin_peak_N(s, of_gauge(22), {speed_mm_s, 0.0, angle_deg});
    };
    return {peak(20.0, 90.0) / peak(2.0, 90.0), peak(5.0, 60.0) / peak(5.0, 90.0)};
}

/// Force at a depth while the needle slides on, N.
double force_at(const std::vector<Felt>& trace, double depth_mm) {
    const auto at =
        std::find_if(trace.begin(), trace.end(), [&](const Felt& f) { return f.depth_mm >= depth_mm; });
    return at != trace.end() ? at->force_N : 0.0;
}

Numbers friction_share(const Subject& s) {
    // In muscle that is the same from 10 to 30 mm: those 20 mm of shaft are the friction of a needle 20 mm
    // deep.
    const Block block({1.0, 60.0, {}});
    NeedleBody needle = of_gauge(22, 60.0);
    NeedleState state;
    const auto in = push(*s.parameters, block, {5.0, 35.0, 90.0}, needle, state);
    const double friction = force_at(in, 30.0) - force_at(in, 10.0);
    const auto out = push(*s.parameters, block, {5.0, 25.0, 90.0}, needle, state);
    const auto back = std::find_if(out.begin(), out.end(), [](const Felt& f) { return f.depth_mm <= 30.0; });
    const double cutting = force_at(in, 30.0) - (back != out.end() ? back->force_N : 0.0);
    return {friction / (friction + cutting)};
}

/// Reference stack: 2 mm skin, 4 mm fat, muscle.
std::vector<Felt> reference_trace(const Subject& s) {
    const Block block({});
    NeedleBody needle = of_gauge(22);
    NeedleState state;
    return push(*s.parameters, block, {5.0, 20.0, 90.0}, needle, state);
}

Numbers two_peaks(const Subject& s) {
    constexpr double kDrop = 0.3, kPeak_N = 0.2; // a lower one no hand notices
    double highest = 0.0, lowest = 0.0, smallest = 1.0;
    int peaks = 0;
    bool falling = false;
    for (const Felt& f : reference_trace(s)) {
        if (!falling) {
            highest = std::max(highest, f.force_N);
            if (highest < kPeak_N || f.force_N > (1.0 - kDrop) * highest) continue;
            ++peaks;
            falling = true;
            lowest = f.force_N;
            continue;
        }
        lowest = std::min(lowest, f.force_N);
        if (f.force_N <= 1.5 * lowest) continue; // rises again
        smallest = std::min(smallest, 1.0 - lowest / highest);
        falling = false;
        highest = f.force_N;
    }
    if (falling) smallest = std::min(smallest, 1.0 - lowest / highest);
    return {static_cast<double>(peaks), peaks > 0 ? smallest : 0.0};
}

Numbers second_pass(const Subject& s) {
    const Block block({1.0, 60.0, {}});
    NeedleBody needle = of_gauge(22, 60.0);
    NeedleState state;
    const auto first = push(*s.parameters, block, {5.0, 26.0, 90.0}, needle, state);
    push(*s.parameters, block, {5.0, 8.0, 90.0}, needle, state);
    const auto second = push(*s.parameters, block, {5.0, 24.0, 90.0}, needle, state);
    return {force_at(second, 12.0) / force_at(first, 12.0)};
}

Numbers bending(const Subject& s) {
    Numbers out;
    for (const int gauge : {22, 25, 27})
        out.push_back(
            tissue::tip_stiffness_N_per_mm(*s.parameters, s.parameters->nearest_gauge(gauge), 38.0));
    return out;
}

Numbers buckling(const Subject& s) {
    Numbers out;
    for (const int gauge : {22, 25, 27})
        out.push_back(tissue::buckling_N(*s.parameters, s.parameters->nearest_gauge(gauge), 38.0));
    return out;
}

Numbers drift(const Subject& s, double depth_mm) {
    const Block gel({1.0, 95.0, {}});
    NeedleBody needle = of_gauge(22, 90.0);
    NeedleState state;
    push(*s.parameters, gel, {5.0, depth_mm, 90.0}, needle, state);
    return {glm::length(state.tip() - (state.entry + state.course * state.depth_mm))};
}

Numbers needle_trace(const Subject& s) {
    const auto trace = reference_trace(s);
    const Block block({});
    const double muscle = block.muscle_top_mm();
    return {peak_N(trace, 0.0, muscle - 1.5), peak_N(trace, muscle - 0.5, muscle + 2.0),
            force_at(trace, 17.0)};
}

constexpr Measurement kNeedleRows[] = {
    {"N01", skin_22, "Highest force of a push at 5 mm/s through the skin of a block."},
    {"N02", skin_fine, "As N01."},
    {"N03", skin_by_diameter, "As N01, five gauges."},
    {"N04", unlubricated, "As N01, without and with its film of silicone."},
    {"N05", speed_and_angle, "As N01."},
    {"N06", friction_share,
     "Push at 5 mm/s into 60 mm of muscle: rise of the force over 20 mm of shaft beside the rest."},
    {"N07", two_peaks,
     "Push at 5 mm/s through 2 mm skin and 4 mm fat into muscle; peaks followed by a drop of 30 %."},
    {"N08", second_pass,
     "In 26 mm, back to 8 mm, in again: force at 12 mm. The deeper the needle, the more of it is friction, "
     "which stays."},
    {"N09", bending, "Beam formula of the needle kernel."},
    {"N10", buckling, "Beam formula of the needle kernel."},
    {"N11", [](const Subject& s) { return drift(s, 80.0); },
     "Push into 95 mm of even tissue: tip beside its course."},
    {"N12", [](const Subject& s) { return drift(s, 38.0); }, "As N11."},
    {"N25", needle_trace, "The push of N07."},
};

} // namespace

std::span<const Measurement> needle_measurements() {
    return kNeedleRows;
}

} // namespace tb::validation
