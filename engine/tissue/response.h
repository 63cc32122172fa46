// What the tissue and the patient answer: pressure pain, recognition and referral, twitch, pain of needle
// acts. Chance comes in as a number from the session's generator, so that these stay pure. Numbers:
// assets/mechanics.json, groups ppt, response, needle; most are estimates and say so there.
#pragma once

#include "anatomy/body.h"
#include "tissue/palpation.h"
#include "tissue/parameters.h"

namespace tb::tissue {

/// What an algometer of 1 cm2 would read for a finger's press. By the clinical convention a thumb's 4 kg
/// count as 4 kg/cm2, so a pad wider than the algometer's tip counts as the tip.
KgPerCm2 algometer_pressure(const Parameters& parameters, double press_N, double pad_radius_mm);
/// Pain 0..10 from pressing: 2.0 * (p - PPT), p as `algometer_pressure` (est.). The caller limits it to the
/// band's pain on pressure when a point is pressed.
double pressure_pain(const Parameters& parameters, double press_N, double pad_radius_mm, KgPerCm2 ppt);
/// Healthy threshold of the upper trapezius, 4.31 [bordachar2019]; women lower than men [binderup2010, factor
/// est.].
KgPerCm2 healthy_threshold(const Parameters& parameters, bool female);
/// Pressure pain threshold at a place: the point's own within 5 mm of its nodule, rising to the healthy value
/// at 15 mm.
KgPerCm2 threshold_at(const Parameters& parameters, const anatomy::Body& body, const PadReading& reading,
                      bool female);

/// Seconds of firm pressure (>= 10 N within 8 mm of an active nodule) before referred pain appears: 5 s for a
/// point that hurts 10 of 10, 10 s for one that hardly hurts (5-10 s hold, TS1).
double referral_latency_s(const Parameters& parameters, const anatomy::Band& band);

/// Chance of a local twitch from one snap across the band: logistic in F v / 0.4 N m/s, at most 0.3 active,
/// 0.1 latent, zero outside 8 mm of the nodule (est.).
double snap_twitch_chance(const Parameters& parameters, const anatomy::Band& band, double press_N,
                          double speed_m_s, double nodule_distance_mm);
/// Chance of a twitch when the needle enters the nodule (est.): active 0.7 first, falling by a third each
/// time.
double needle_twitch_chance(const Parameters& parameters, const anatomy::Band& band, int twitches_before);

/// Share of skin passes that hurt: 63 % of 23 G, 53 % of 27 G, 31 % of 32 G [arendt2006], linear in between.
double hurting_share(const Parameters& parameters, int gauge);
/// Pain 0..10 of the skin puncture: that share of 6 (est.), less when numbed, more through a wet antiseptic.
double puncture_pain(const Parameters& parameters, int gauge, bool numbed, bool wet_antiseptic);

} // namespace tb::tissue
