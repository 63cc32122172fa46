// What the tissue and the patient answer: pressure pain, recognition and referral, twitch, pain of needle
// acts. Chance comes in as a number from the session's generator, so that these stay pure. Numbers:
// assets/mechanics.json, groups ppt, response, needle; most are estimates and say so there.
#pragma once

#include <string_view>

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
/// Healthy threshold over a structure (id with or without side): upper trapezius 4.31, pectoralis 4.63,
/// deltoid 5.60, infraspinatus 6.33, and 6.70 where clavicle or acromion lie under the skin [bordachar2019];
/// the upper trapezius's where nothing was measured (est.). Women lower than men [binderup2010, factor est.];
/// left equals right [fischer1987].
KgPerCm2 healthy_threshold(const Parameters& parameters, bool female, std::string_view site = {});
/// Threshold over a trigger point whose case names none (0): active 105 kPa below the healthy one of the site
/// [geri2022, upper trapezius; elsewhere est.], latent as the healthy one [valera2021].
KgPerCm2 typical_threshold(const Parameters& parameters, anatomy::PointState state, bool female,
                           std::string_view site = {});
/// Pressure pain threshold at a place: the point's own within 5 mm of its nodule, rising to the healthy value
/// of the site at 15 mm.
KgPerCm2 threshold_at(const Parameters& parameters, const anatomy::Body& body, const PadReading& reading,
                      bool female, std::string_view site = {});

/// Radius of the algometer's flat round tip of 1 cm2, mm.
double algometer_tip_mm(const Parameters& parameters);
/// Pressure at which the sensation turns into pain while the tip presses ever harder. The patient's word
/// comes a reaction time later, and a threshold is what an algometer reads at that word when pressed at the
/// taught rate, so this lies below it by rate x time (0.3 kg/cm2); a faster press reads above the threshold,
/// a slower one below. Never under half the threshold (est.).
KgPerCm2 pain_begins(const Parameters& parameters, KgPerCm2 ppt);

/// Id of the first structure under skin and fat, empty if none: the site whose threshold holds there.
std::string_view pressed_site(const anatomy::Body& body, const anatomy::TissueColumn& column);

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

/// How far a twitch moves the skin, mm: by the point's irritability (est.), 0.7 of the one before for the
/// second and third, then level [baraja2020, cruz2021, factor est.]; a twentieth once the motor fibres are
/// blocked [hongtorigoe1994]. `chance` 0..1 scatters it by 5 % (est.). Below `kTwitchSeen_mm` nobody sees it.
double twitch_mm(const Parameters& parameters, const anatomy::Band& band, int twitches_before, bool blocked,
                 double chance);
constexpr double kTwitchSeen_mm = 0.5; ///< (est.)

/// Share of skin passes that hurt: 63 % of 23 G, 53 % of 27 G, 31 % of 32 G [arendt2006], linear in between.
double hurting_share(const Parameters& parameters, int gauge);

/// One pass of a needle through skin.
struct SkinPass {
    int gauge = 25;
    bool numbed = false;
    bool wet_antiseptic = false; ///< alcohol carried in stings
    double speed_mm_s = 20.0;    ///< a slow needle hurts longer (est.)
    bool dull = false;           ///< burred on bone
};
/// Pain 0..10 of it; `chance` 0..1 decides whether this pass meets a pain spot. A pass that hurts is rated
/// around 4.5, one that does not around 1 (est.).
double skin_pass_pain(const Parameters& parameters, const SkinPass& pass, double chance);
/// From this rating on a pass has hurt.
constexpr double kHurts = 2.0;
/// Sting of fluid raised in the skin (wheal), 0..10: burns with the speed of distension and with the agent's
/// acidity, less where it is numb already (est.; slow and buffered hurts less [BUFFER1994]).
double wheal_sting(const Parameters& parameters, double rate_mL_s, bool anaesthetic, bool numbed);

} // namespace tb::tissue
