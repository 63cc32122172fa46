// A needle as a body: what its walls, its film of silicone, its bevel and its speed make of the layer table
// (needle_layers_22G of assets/mechanics.json, all est., stated for a lubricated 22 G bevel at 5 mm/s), and
// what the steel itself does: bending, buckling, yielding.
#pragma once

#include "tissue/parameters.h"

namespace tb::tissue {

struct NeedleBody {
    int gauge = 25;
    double length_mm = 38.0;
    bool burred = false;   ///< has met bone: punctures need 30 % more
    double silicone = 1.0; ///< share of the lubricating film left, 1 new .. 0 bare
    double roll_deg = 0.0; ///< bevel turned about the needle; 0: opening away from the skin ("bevel up")
    double bent_deg = 0.0; ///< lasting bend, 0 straight
    bool operator==(const NeedleBody&) const = default;
};

/// Factor on puncture, cutting and friction: outer diameter / 0.7176 mm, up to twice that without lubrication
/// [schneider1978].
double needle_scale(const Parameters& parameters, const NeedleBody& needle);
/// Film left after one more skin pass: 0.8 of what there was (est.).
double silicone_after_skin(const Parameters& parameters, double silicone);
/// Factor on puncture and cutting for the speed of the tip: a power of speed / 5 mm/s that gives 1.1 for ten
/// times the speed (little influence [schneider1978], a rise [venip2007]); speeds outside 0.5 to 100 mm/s
/// count as these.
double speed_factor(const Parameters& parameters, double speed_mm_s);

/// Force that makes the wall of this layer give way, N, and the dent at which it is reached, mm.
double puncture_force_N(const Parameters& parameters, const NeedleBody& needle, NeedleTissue tissue,
                        double speed_mm_s = 5.0);
double puncture_dent_mm(const Parameters& parameters, const NeedleBody& needle, NeedleTissue tissue,
                        double speed_mm_s = 5.0);
/// Force of a dented wall: k x + k2 x^2.
double dent_force_N(const NeedleLayer& layer, double dent_mm);

/// Stiffness of the free tip against a sideways force, 3 E I / L^3, N/mm.
double tip_stiffness_N_per_mm(const Parameters& parameters, const NeedleGauge& gauge, double length_mm);
/// Euler load of a shaft with fixed hub and pinned tip, N.
double buckling_N(const Parameters& parameters, const NeedleGauge& gauge, double free_length_mm);
/// Sideways force at the free end that bends the shaft for good: yield stress * section modulus / length, N.
double yield_N(const Parameters& parameters, const NeedleGauge& gauge, double free_length_mm);
/// Sideways force on a tip that the hand's turn carries aside in the tissue; hub to tip is the beam, N.
double sideways_N(const Parameters& parameters, const NeedleGauge& gauge, double length_mm, double aside_mm);
/// Radius of the circle on which a bevelled needle runs away from its bevel's face, mm [rand2016: 8.89 mm
/// aside after 80 mm]; the same for 22 and 25 G [drummond1980], so for all (est.).
double drift_radius_mm(const Parameters& parameters);

} // namespace tb::tissue
