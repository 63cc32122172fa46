// Syringe and fluid: plunger force and flow, aspiration, depot size. Formulas: exact physics of the tube
// (docs/sources.md, "Mechanics"); tissue counter-pressure is an estimate.
#pragma once

#include "tissue/parameters.h"

namespace tb::tissue {

struct Fluid {
    double viscosity_Pa_s = 1.0e-3;
    double density_kg_m3 = 1000.0;
};
/// Dilute aqueous solution (needle.mu_lidocaine, needle.fluid_density).
Fluid solution(const Parameters& parameters);

/// Pressure drop for a flow through a needle of inner diameter and length: 128 mu L Q/(pi d^4) + 1.15 rho
/// v^2. Above a Reynolds number of 2300 it is a lower bound.
double needle_pressure_kPa(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                           double flow_mL_s, const Fluid& fluid);
/// Plunger force for a flow, with friction 3 N and tissue counter-pressure; `syringe_mL` 1, 3, 5 or 10.
double plunger_force_N(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                       int syringe_mL, double flow_mL_s, double tissue_kPa);
/// Flow for a plunger force (closed form), mL/s; 0 below friction and counter-pressure.
double flow_mL_s(const Parameters& parameters, const NeedleGauge& gauge, double length_mm, int syringe_mL,
                 double force_N, double tissue_kPa);

/// Counter-pressure of the tissue at the tip, kPa: muscle, subcutis, dermis about ten times more, vein 1-2.
double tissue_pressure_kPa(const Parameters& parameters, StructureKind kind);

/// Vacuum in the barrel for a pull on the plunger beyond its friction, kPa: force over piston area, at most
/// 80; a pull of 0 N is the usual gentle one, 30 (est.).
double aspiration_vacuum_kPa(const Parameters& parameters, int syringe_mL, double pull_N);
/// Time until 30 uL of blood show in the hub at this vacuum, tip fully in a vessel, s; the gentle pull's
/// where none is given.
double aspiration_time_s(const Parameters& parameters, const NeedleGauge& gauge, double length_mm);
double aspiration_time_s(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                         double vacuum_kPa);
/// Force that sets a resting plunger in motion, N: 5 where sliding needs 3 (est.).
double plunger_start_N(const Parameters& parameters, const NeedleGauge& gauge, double length_mm,
                       int syringe_mL, double flow_mL_s, double tissue_kPa);
/// Part of a deposit that runs back along the track when the needle leaves after resting, mL: 12 % at once,
/// 1/e of it after 5 s (est.).
double leak_back_mL(const Parameters& parameters, double volume_mL, double rest_s);

/// Depot in muscle: half-axes of the ellipsoid along and across the fibres, mm; its volume is the injected
/// volume.
struct Depot {
    double along_mm = 0.0, across_mm = 0.0;
};
Depot depot_size(const Parameters& parameters, double volume_mL);
/// Radius of the wheal that fluid raises in the skin, mm: a dome 2.5 mm high (est.).
double wheal_radius_mm(const Parameters& parameters, double volume_mL);
/// Whether a depot in muscle has reached a place, `along_mm` and `across_mm` off its centre: inside the
/// tissue that it fills to needle.depot_fill, as long along the fibres as the depot.
bool depot_reaches(const Parameters& parameters, double volume_mL, double along_mm, double across_mm);
/// Radius of the sphere of tissue that the fluid fills to needle.depot_fill, mm.
double filled_radius_mm(const Parameters& parameters, double volume_mL);

} // namespace tb::tissue
