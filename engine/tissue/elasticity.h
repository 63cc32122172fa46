// How stiff tissue is: the law of one layer under pressure, of a muscle by name, fibre direction and tone, of
// a taut band; and how a held press relaxes. Pure functions of the mechanics table; kPa, N, s, degrees.
#pragma once

#include <array>
#include <string_view>

#include "base/units.h"
#include "tissue/parameters.h"

namespace tb::tissue {

/// Strain of a layer under a pressure. The law p = E0 e / (1 - e / lock) stiffens without bound as the tissue
/// is squeezed towards its lock strain; solved for the strain it is e = p / (E0 + p / lock): rising, never
/// above `lock`, one division. Chosen because the measured stiffening between light and firm load (fat
/// 84-fold, muscle 7-fold [isogai2022]) is out of reach of a law that is quadratic in strain (at most sqrt of
/// the load ratio).
double strain_of(const LayerLaw& law, double pressure_kPa);
/// Pressure over strain there: E0 + p / lock.
double secant_kPa(const LayerLaw& law, double pressure_kPa);
/// Slope of pressure over strain there: (E0 + p / lock)^2 / E0. What a small further press meets.
double tangent_kPa(const LayerLaw& law, double pressure_kPa);
/// The same tissue, `factor` times as stiff at every strain.
LayerLaw stiffened(const LayerLaw& law, double factor);

/// Resting stiffness of a muscle beside that of the descending trapezius: squares of the shear wave speeds
/// along the fibres [ewertsen2018]; 1 for muscles that were not measured. `muscle`: structure id with or
/// without side.
double muscle_ratio(const Parameters& parameters, std::string_view muscle);
/// Speed of shear waves along the fibres of a resting muscle, m/s: sqrt(G / density), G from the trapezius's
/// speed and the muscle's tangent modulus at rest beside the trapezius's.
double shear_wave_m_s(const Parameters& parameters, std::string_view muscle);
/// Stiffness met at an angle to the fibres beside that across them (90 degrees): 1 + (along / across - 1)
/// cos^2 of the angle; along / across by muscle [green2013], its mean where none was measured.
double fibre_factor(const Parameters& parameters, std::string_view muscle, double angle_to_fibres_deg);
/// Rise of the upper trapezius's stiffness with abduction of the arm: 1 at rest, 1.55 at 30 degrees
/// [leong2013], linear in between and up to 90 (est. beyond 30).
double tone_factor(const Parameters& parameters, double abduction_deg);
/// The law of a taut band in a muscle of this law: `palp.band_ratio` times as stiff [chen2016, chen2008].
LayerLaw band_law(const Parameters& parameters, const LayerLaw& muscle);

/// Relaxation of pressed tissue: of the elastic force a share `palp.relax_share` fades in three equal parts
/// with time constants 0.05, 0.5 and 5 s (a discrete form of the quasi-linear law of [zheng1999b]; shares
/// est.). Plain value, part of the simulator's state.
struct Relaxation {
    double elastic_N = 0.0;           ///< force the tissue would show at this depth without fading
    std::array<double, 3> fading_N{}; ///< what is left of the three fading parts
    bool operator==(const Relaxation&) const = default;
};
/// The depth follows a hand: the elastic force becomes `elastic_N` within `dt_s`; returns the force shown.
double relax(const Parameters& parameters, double elastic_N, double dt_s, Relaxation& state);
/// The hand holds a force: the elastic force grows to what must be pressed to still show `press_N`; returns
/// it. The tissue creeps under a steady finger.
double creep(const Parameters& parameters, double press_N, double dt_s, Relaxation& state);

} // namespace tb::tissue
