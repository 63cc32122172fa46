#include "tissue/needle_forces.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tb::tissue {
namespace {

using std::numbers::pi;

constexpr double kSlowest_mm_s = 0.5, kFastest_mm_s = 100.0;
constexpr double kShortest_mm = 1.0; // free length: keeps the beam formulas finite at the hub

double bending_stiffness_Nmm2(const Parameters& parameters, const NeedleGauge& gauge) {
    const double d4 = std::pow(gauge.outer_mm, 4) - std::pow(gauge.inner_mm, 4);
    return parameters.value("needle.E_steel") * 1e3 * pi / 64.0 * d4;
}

} // namespace

double needle_scale(const Parameters& parameters, const NeedleBody& needle) {
    const double thick =
        parameters.nearest_gauge(needle.gauge).outer_mm / parameters.value("needle.reference_od");
    const double bare = 1.0 - std::clamp(needle.silicone, 0.0, 1.0);
    return thick * (1.0 + (parameters.value("needle.dry_factor") - 1.0) * bare);
}

double silicone_after_skin(const Parameters& parameters, double silicone) {
    return std::clamp(silicone, 0.0, 1.0) * parameters.value("needle.silicone_kept");
}

double speed_factor(const Parameters& parameters, double speed_mm_s) {
    const double v = std::clamp(std::isfinite(speed_mm_s) ? speed_mm_s : 0.0, kSlowest_mm_s, kFastest_mm_s);
    const double power = std::log10(parameters.value("needle.speed_tenfold"));
    return std::pow(v / parameters.value("needle.reference_speed"), power);
}

double dent_force_N(const NeedleLayer& layer, double dent_mm) {
    return layer.k_N_per_mm * dent_mm + layer.k2_N_per_mm2 * dent_mm * dent_mm;
}

double puncture_force_N(const Parameters& parameters, const NeedleBody& needle, NeedleTissue tissue,
                        double speed_mm_s) {
    const double burr = needle.burred ? parameters.value("needle.burr_factor") : 1.0;
    return parameters.layer(tissue).puncture_N * needle_scale(parameters, needle) * burr *
           speed_factor(parameters, speed_mm_s);
}

double puncture_dent_mm(const Parameters& parameters, const NeedleBody& needle, NeedleTissue tissue,
                        double speed_mm_s) {
    const NeedleLayer& layer = parameters.layer(tissue);
    const double force = puncture_force_N(parameters, needle, tissue, speed_mm_s);
    const double k = layer.k_N_per_mm, k2 = layer.k2_N_per_mm2;
    if (k2 <= 0.0) return k > 0.0 ? force / k : 0.0;
    return (-k + std::sqrt(k * k + 4.0 * k2 * force)) / (2.0 * k2);
}

double tip_stiffness_N_per_mm(const Parameters& parameters, const NeedleGauge& gauge, double length_mm) {
    return 3.0 * bending_stiffness_Nmm2(parameters, gauge) / (length_mm * length_mm * length_mm);
}

double buckling_N(const Parameters& parameters, const NeedleGauge& gauge, double free_length_mm) {
    const double effective = parameters.value("needle.buckling_end_factor") * free_length_mm;
    return pi * pi * bending_stiffness_Nmm2(parameters, gauge) / (effective * effective);
}

double yield_N(const Parameters& parameters, const NeedleGauge& gauge, double free_length_mm) {
    const double d4 = std::pow(gauge.outer_mm, 4) - std::pow(gauge.inner_mm, 4);
    const double section_mm3 = pi / 32.0 * d4 / gauge.outer_mm;
    return parameters.value("needle.yield_stress") * section_mm3 / std::max(kShortest_mm, free_length_mm);
}

double sideways_N(const Parameters& parameters, const NeedleGauge& gauge, double length_mm, double aside_mm) {
    return tip_stiffness_N_per_mm(parameters, gauge, std::max(kShortest_mm, length_mm)) * std::abs(aside_mm);
}

double drift_radius_mm(const Parameters& parameters) {
    return parameters.value("needle.drift_radius");
}

} // namespace tb::tissue
