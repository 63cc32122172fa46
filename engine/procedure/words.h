// Words that actions carry by agreement: what `Declare`, `BeginActivity`, `Dispose` and `Say` mean to
// procedure and score. Screens, scripts and scripted trainees use these; free texts beside them are recorded
// and have no effect.
#pragma once

#include <string_view>

namespace tb::procedure::words {

// Declare{what, value}
inline constexpr std::string_view kCandidateMuscle =
    "candidate_muscle"; ///< structure id without side, best guess first
inline constexpr std::string_view kStructureAtRisk = "structure_at_risk"; ///< structure id without side
inline constexpr std::string_view kAnaesthesia = "anaesthesia";           ///< "wheal", "spray" or "none"
inline constexpr std::string_view kLabel = "label";                       ///< agent id written on the syringe
inline constexpr std::string_view kGuidance = "guidance"; ///< "ultrasound" where imaging is used
inline constexpr std::string_view kDecision = "decision"; ///< "inject" or "not_inject"

// BeginActivity{activity} and ActivityDone{activity}
inline constexpr std::string_view kHandRub = "hand_rub";
inline constexpr std::string_view kHandWash = "hand_wash";
inline constexpr std::string_view kStopperRub = "stopper_rub";
inline constexpr std::string_view kFixBand =
    "fix_band"; ///< two fingers hold the band while the needle goes in
inline constexpr std::string_view kGauzePressure = "gauze_pressure";
inline constexpr std::string_view kStretch = "stretch"; ///< one full cycle each
inline constexpr std::string_view kObserve = "observe";

// Dispose{item, place}
inline constexpr std::string_view kNeedle = "needle";
inline constexpr std::string_view kWhealNeedle = "wheal_needle";
inline constexpr std::string_view kSharpsBox = "sharps_box";

// SkinState{occasion}
inline constexpr std::string_view kAtNeedle = "needle";
inline constexpr std::string_view kTouched = "touched";

} // namespace tb::procedure::words
