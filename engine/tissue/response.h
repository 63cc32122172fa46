// What the tissue and the patient answer: pressure pain, recognition and referral, twitch, pain of needle acts, bleeding.
// Chance comes in as a number from the session's generator, so that these stay pure.
#pragma once

#include "anatomy/body.h"
#include "tissue/palpation.h"
#include "tissue/parameters.h"

namespace tb::tissue {

/// Pain 0..10 from pressing: 2.0 * (p - PPT), p and PPT in kg/cm2 (mechanics.md 1.5, est.), limited to the band's pain on
/// pressure for pressing on a point. `ppt` = threshold at this place.
double pressure_pain(double press_N, double pad_radius_mm, KgPerCm2 ppt);
/// Pressure pain threshold at a place: the point's own within 5 mm of its nodule, rising to the healthy value of the
/// muscle at 15 mm. `healthy` for upper trapezius 4.31 [bordachar2019].
KgPerCm2 threshold_at(const Parameters& parameters, const anatomy::Body& body, const PadReading& reading, bool female);

/// Seconds of firm pressure (>= 10 N within 8 mm of an active nodule) before referred pain appears (5-10 s hold, TS1).
double referral_latency_s(const anatomy::Band& band);

/// Chance of a local twitch from one snap across the band: logistic in F v / 0.4 N m/s, at most 0.3 active, 0.1 latent,
/// zero outside 8 mm of the nodule (est.).
double snap_twitch_chance(const anatomy::Band& band, double press_N, double speed_m_s, double nodule_distance_mm);
/// Chance of a twitch when the needle enters the nodule (est.): active 0.7 first, falling by a third each time.
double needle_twitch_chance(const anatomy::Band& band, int twitches_before);

/// Pain 0..10 of the skin puncture: gauge, angle-free, less when numbed, more through a wet antiseptic
/// (63 % of 23 G passes hurt, 53 % of 27 G [arendt2006]; scale est.).
double puncture_pain(int gauge, bool numbed, bool wet_antiseptic);

} // namespace tb::tissue
