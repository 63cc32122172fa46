// What a needle's hole does after the needle: whether and how it bleeds, how pressing shortens it, what stays
// in the tissue as a haematoma. Flows and times are estimates (mechanics.json, group bleeding); how often a
// correct pass bleeds is [brady2014]. mL, s, N.
#pragma once

#include "base/structure.h"
#include "tissue/parameters.h"

namespace tb::tissue {

/// What was pierced, and in whom.
struct Wound {
    StructureKind vessel = StructureKind::Skin; ///< Artery, Vein, or Skin where only capillaries were met
    int gauge = 25;
    bool anticoagulant = false, antiplatelet = false;
};

/// Chance that a wound bleeds so that it is seen: a vessel always; capillaries in 4.65 % of treatments with
/// thin needles [brady2014], more with thicker ones (square of the diameter beside 25 G, est.) and thinned
/// blood (est.).
double bleeding_chance(const Parameters& parameters, const Wound& wound);
/// Flow before anything clots, mL/s: by vessel, and by the square of the needle's diameter (est.).
double bleeding_flow_mL_s(const Parameters& parameters, const Wound& wound);
/// Time until it has clotted by itself, s; pressing makes the same clot in less time (est.).
double clotting_s(const Parameters& parameters, const Wound& wound);

/// A bleeding that goes on. Plain value, part of the simulator's state.
struct Bleed {
    Wound wound;
    bool on = false;
    double clotted = 0.0;      ///< 0 fresh .. 1 stopped
    double lost_mL = 0.0;      ///< all that has left the vessel
    double haematoma_mL = 0.0; ///< the part that stayed in the tissue
    double time_s = 0.0;
    bool operator==(const Bleed& other) const {
        return on == other.on && clotted == other.clotted && lost_mL == other.lost_mL &&
               haematoma_mL == other.haematoma_mL && time_s == other.time_s;
    }
};
/// Lets `dt_s` pass while `press_N` lies on the puncture. Pressing holds the flow back (nearly all of it from
/// 5 N on, est.) and doubles the clot's growth. Blood from a deep vessel mostly stays inside.
void bleed(const Parameters& parameters, double press_N, double dt_s, Bleed& state);

} // namespace tb::tissue
