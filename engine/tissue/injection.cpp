#include "tissue/injection.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tb::tissue {
namespace {

using std::numbers::pi;

/// dp = viscous Q + kinetic Q^2, in Pa with Q in m3/s.
struct Tube {
    double viscous = 0.0, kinetic = 0.0;
};

Tube tube(const Parameters& parameters, const NeedleGauge& gauge, double length_mm, const Fluid& fluid) {
    const double d = gauge.inner_mm * 1e-3;
    const double length = std::max(0.0, length_mm) * 1e-3;
    const double area = pi * d * d / 4.0;
    return {128.0 * fluid.viscosity_Pa_s * length / (pi * d * d * d * d),
            parameters.value("needle.entry_loss") * fluid.density_kg_m3 / (area * area)};
}

double piston_area_m2(const Parameters& parameters, int syringe_mL) {
    const double bore = parameters.bore_mm(syringe_mL) * 1e-3;
    return pi * bore * bore / 4.0;
}

double radius_of_sphere_mm(double volume_mm3) {
    return std::cbrt(3.0 * std::max(0.0, volume_mm3) / (4.0 * pi));
}

} // namespace

Fluid solution(const Parameters& parameters) {
    return {parameters.value("needle.mu_lidocaine") * 1e-3, parameters.value("needle.fluid_density")};
}

double needle_pressure_kPa(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                           double flow_mL_s, const Fluid& fluid) {
    const Tube t = tube(parameters, gauge, length_mm, fluid);
    const double q = std::max(0.0, flow_mL_s) * 1e-6;
    return (t.viscous * q + t.kinetic * q * q) * 1e-3;
}

double plunger_force_N(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                       int syringe_mL, double flow_mL_s, double tissue_kPa) {
    const double dp_kPa = needle_pressure_kPa(parameters, gauge, length_mm, flow_mL_s, solution(parameters));
    return (dp_kPa + tissue_kPa) * 1e3 * piston_area_m2(parameters, syringe_mL) +
           parameters.value("needle.syringe_glide");
}

double flow_mL_s(const Parameters& parameters, const NeedleGauge& gauge, double length_mm, int syringe_mL,
                 double force_N, double tissue_kPa) {
    const double dp =
        (force_N - parameters.value("needle.syringe_glide")) / piston_area_m2(parameters, syringe_mL) -
        tissue_kPa * 1e3;
    if (!(dp > 0.0)) return 0.0;
    const Tube t = tube(parameters, gauge, length_mm, solution(parameters));
    const double q =
        (-t.viscous + std::sqrt(t.viscous * t.viscous + 4.0 * t.kinetic * dp)) / (2.0 * t.kinetic);
    return q * 1e6;
}

double tissue_pressure_kPa(const Parameters& parameters, StructureKind kind) {
    switch (kind) {
    case StructureKind::Outside:
    case StructureKind::Lung:
        return 0.0; // open to the air
    case StructureKind::Skin:
        return parameters.value("needle.back_pressure_im") * parameters.value("needle.id_over_im");
    case StructureKind::Subcutis:
    case StructureKind::Pleura:
        return parameters.value("needle.back_pressure_sc");
    case StructureKind::Vein:
    case StructureKind::Canal:
        return parameters.value("needle.pressure_vein");
    case StructureKind::Artery:
        return parameters.value("needle.pressure_artery");
    case StructureKind::Tendon:
    case StructureKind::Bone:
    case StructureKind::Cartilage: // as dense as the dermis (est.)
        return parameters.value("needle.back_pressure_im") * parameters.value("needle.id_over_im");
    case StructureKind::Muscle:
    case StructureKind::Nerve:
    case StructureKind::Organ:
        break;
    }
    return parameters.value("needle.back_pressure_im");
}

double aspiration_vacuum_kPa(const Parameters& parameters, int syringe_mL, double pull_N) {
    if (!(pull_N > 0.0)) return parameters.value("needle.aspiration_vacuum");
    return std::min(pull_N / piston_area_m2(parameters, syringe_mL) * 1e-3,
                    parameters.value("needle.vacuum_most"));
}

double plunger_start_N(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                       int syringe_mL, double flow_mL_s, double tissue_kPa) {
    return plunger_force_N(parameters, gauge, length_mm, syringe_mL, flow_mL_s, tissue_kPa) +
           parameters.value("needle.syringe_break") - parameters.value("needle.syringe_glide");
}

double leak_back_mL(const Parameters& parameters, double volume_mL, double rest_s) {
    const double rest = std::max(0.0, rest_s) / parameters.value("needle.leak_time");
    return std::max(0.0, volume_mL) * parameters.value("needle.leak_share") * std::exp(-rest);
}

double aspiration_time_s(const Parameters& parameters, const NeedleGauge& gauge, double length_mm) {
    return aspiration_time_s(parameters, gauge, length_mm, parameters.value("needle.aspiration_vacuum"));
}

double aspiration_time_s(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                         double vacuum_kPa) {
    // The pull is gentle enough to be viscous only.
    const Fluid blood{parameters.value("needle.mu_blood") * 1e-3, parameters.value("needle.fluid_density")};
    const double flow_uL_s =
        std::max(1e-3, vacuum_kPa) * 1e3 / tube(parameters, gauge, length_mm, blood).viscous * 1e9;
    const double lumen_uL = pi * gauge.inner_mm * gauge.inner_mm / 4.0 * length_mm;
    return (parameters.value("needle.flash_volume") + lumen_uL) / flow_uL_s;
}

Depot depot_size(const Parameters& parameters, double volume_mL) {
    // 4/3 pi (aspect b) b b = V
    const double aspect = parameters.value("needle.depot_aspect");
    const double across = radius_of_sphere_mm(volume_mL * 1e3 / aspect);
    return {aspect * across, across};
}

double wheal_radius_mm(const Parameters& parameters, double volume_mL) {
    // Volume of a flat dome: pi r^2 h / 2.
    return std::sqrt(2.0 * std::max(0.0, volume_mL) * 1e3 / (pi * parameters.value("needle.wheal_height")));
}

bool depot_reaches(const Parameters& parameters, double volume_mL, double along_mm, double across_mm) {
    const Depot filled = depot_size(parameters, volume_mL / parameters.value("needle.depot_fill"));
    if (!(filled.across_mm > 0.0)) return false;
    return std::hypot(along_mm / filled.along_mm, across_mm / filled.across_mm) <= 1.0;
}

double filled_radius_mm(const Parameters& parameters, double volume_mL) {
    return radius_of_sphere_mm(volume_mL * 1e3 / parameters.value("needle.depot_fill"));
}

} // namespace tb::tissue
