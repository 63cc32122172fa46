// Rows N13 to N20: syringe, flow, depot, aspiration.
#include <cmath>

#include "tissue/injection.h"
#include "validation/measure.h"

namespace tb::validation {
namespace {

using Numbers = std::vector<double>;

/// Viscous part of the pressure drop at 0.1 mL/s: of two flows the kinetic part, square in the flow, is taken
/// out.
double viscous_kPa(const Subject& s, int gauge, double length_mm) {
    const tissue::NeedleGauge& g = s.parameters->nearest_gauge(gauge);
    const tissue::Fluid fluid = tissue::solution(*s.parameters);
    return 2.0 * tissue::needle_pressure_kPa(*s.parameters, g, length_mm, 0.1, fluid) -
           0.5 * tissue::needle_pressure_kPa(*s.parameters, g, length_mm, 0.2, fluid);
}

double flow(const Subject& s, int gauge, double length_mm, int syringe_mL) {
    return tissue::flow_mL_s(*s.parameters, s.parameters->nearest_gauge(gauge), length_mm, syringe_mL, 10.0,
                             0.0);
}

Numbers plunger(const Subject& s) {
    return {tissue::plunger_force_N(*s.parameters, s.parameters->nearest_gauge(25), 38.0, 3, 0.1, 0.0)};
}

Numbers flows(const Subject& s) {
    return {flow(s, 22, 38.0, 3), flow(s, 25, 38.0, 3), flow(s, 27, 32.0, 3), flow(s, 30, 25.0, 3)};
}

Numbers syringes(const Subject& s) {
    return {flow(s, 25, 38.0, 3), flow(s, 25, 38.0, 5), flow(s, 25, 38.0, 10)};
}

Numbers counter_pressure(const Subject& s) {
    return {tissue::tissue_pressure_kPa(*s.parameters, StructureKind::Skin) /
            tissue::tissue_pressure_kPa(*s.parameters, StructureKind::Muscle)};
}

Numbers depot(const Subject& s) {
    const tissue::Depot d = tissue::depot_size(*s.parameters, 1.0);
    return {std::cbrt(d.along_mm * d.across_mm * d.across_mm), tissue::filled_radius_mm(*s.parameters, 1.0)};
}

Numbers flash(const Subject& s) {
    const auto time = [&](int gauge, double length_mm) {
        return tissue::aspiration_time_s(*s.parameters, s.parameters->nearest_gauge(gauge), length_mm);
    };
    return {time(22, 38.0), time(25, 38.0), time(27, 32.0), time(30, 25.0)};
}

constexpr Measurement kSyringeRows[] = {
    {"N13", [](const Subject& s) { return Numbers{viscous_kPa(s, 25, 38.0)}; },
     "Viscous part of the tube's pressure drop."},
    {"N14", plunger, "Plunger kernel."},
    {"N15", flows, "Flow kernel."},
    {"N16", syringes, "Flow kernel."},
    {"N17", [](const Subject& s) { return Numbers{viscous_kPa(s, 27, 38.0) / viscous_kPa(s, 25, 38.0)}; },
     "As N13, two needles."},
    {"N18", counter_pressure, "Counter-pressures that the flow kernel uses."},
    {"N19", depot, "Depot's half-axes as a sphere; tissue filled to 15 %."},
    {"N20", flash, "Aspiration kernel, gentle pull."},
};

} // namespace

std::span<const Measurement> syringe_measurements() {
    return kSyringeRows;
}

} // namespace tb::validation
