// Findings: what the simulator states happened. Facts with numbers, emitted on change, never per tick.
// A log can be read and scored from its findings alone, without simulating.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/structure.h"
#include "base/units.h"
#include "events/action.h"

namespace tb::events {

/// The tool touched the skin or left it. `muscle` = structure id of the first muscle under the contact, empty
/// if none.
struct Contact {
    Tool tool = Tool::None;
    bool touching = false;
    PointMm point;
    std::string muscle;
    bool operator==(const Contact&) const = default;
};

/// What the palpating finger feels changed by a step: strengths 0..1, already with the display's contrast
/// gain applied.
struct Felt {
    PointMm point;
    Newtons press;
    Millimetres indentation;
    double band = 0.0;       ///< taut band under the pad, from strumming across the fibres
    double nodule = 0.0;     ///< nodule under the pad
    double tenderness = 0.0; ///< pain 0..10 as the patient would rate it now
    std::string band_of;     ///< trigger point whose band is felt, empty if none
    bool operator==(const Felt&) const = default;
};

/// One stroke of the finger ended (lifted or stood still): what it covered.
struct Stroke {
    std::string muscle;
    Seconds duration;
    Newtons peak_press;
    Millimetres length_across; ///< travelled across the fibres
    double best_band = 0.0;
    double best_nodule = 0.0;
    std::string trigger_point; ///< nearest within 15 mm of where the best band was felt, empty if none
    bool operator==(const Stroke&) const = default;
};

/// Pressure held on one spot (>= 1 s above 10 N): `criteria` found there: "band", "spot", "referral",
/// "recognition".
struct HeldPressure {
    PointMm point;
    Seconds duration;
    Newtons press;
    std::string trigger_point; ///< the point pressed (within 10 mm), empty if none
    std::vector<std::string> criteria;
    bool operator==(const HeldPressure&) const = default;
};

/// The patient said that the algometer's pressure has become pain: one reading of the pressure pain
/// threshold, at most one each time the tip is put down. A fast press reads too high, because the word comes
/// late.
struct PressureThreshold {
    PointMm point;
    std::string structure;     ///< first structure under skin and fat, empty if none
    std::string trigger_point; ///< the point pressed (within 10 mm), empty if none
    KgPerCm2 pressure;         ///< highest since the tip was put down, at the patient's word
    KgPerCm2PerSecond rate; ///< of pressing, over the last second before the word (less where it came sooner)
    bool quick = false;     ///< faster than readings can be compared at (mechanics.json, ppt.press_rate_most)
    KgPerCm2 over;          ///< the reading less the threshold there: what the late word has added
    bool operator==(const PressureThreshold&) const = default;
};

/// The patient speaks or shows something: text id, and pain 0..10 where it is a rating (negative: none
/// given).
struct PatientSaid {
    std::string text;
    double pain = -1.0;
    bool operator==(const PatientSaid&) const = default;
};

struct Marked {
    PointMm point;
    std::string trigger_point;      ///< nearest trigger point of the patient's active or latent ones
    Millimetres distance;           ///< along the skin plane from the point's projection on the skin
    Millimetres distance_to_target; ///< the same to the nearest point that the case wants treated
    bool operator==(const Marked&) const = default;
};

/// State of the cleaned field around the mark, stated when the swab is lifted, dried, or the needle enters.
struct SkinState {
    std::string agent;
    double coverage = 0.0; ///< share of the field of 25 mm radius that was wetted, 0..1
    Seconds friction;      ///< median rubbing time of the covered cells
    double outward = 0.0;  ///< share of new cells that were first wetted from the centre outward
    Seconds dried;         ///< time since last wetted
    double dryness = 0.0;  ///< share of needed drying time that has passed, 0..1
    bool touched_after = false;
    std::string occasion; ///< "swab_lifted", "dry", "touched", "needle"
    bool operator==(const SkinState&) const = default;
};

/// Skin gave way. `angle` between needle and skin (90 = perpendicular).
struct Punctured {
    Tool tool = Tool::None;
    PointMm entry;
    Degrees angle;
    Newtons force;
    Millimetres from_mark; ///< -1 if nothing is marked
    double pain = 0.0;
    bool operator==(const Punctured&) const = default;
};

/// How much of a needle's way the ultrasound picture showed; stated when the needle has left the skin.
/// Counted are advances beyond the first fascia, millimetres of way.
struct Followed {
    Millimetres advanced; ///< all of them
    Millimetres seen;     ///< those with the tip inside the slice of a live picture
    bool operator==(const Followed&) const = default;
};

/// The tip entered a structure (or left it, `entered` false). `depth` = along the needle from the entry.
struct TipMoved {
    std::string structure;
    StructureKind kind = StructureKind::Outside;
    bool entered = true;
    Millimetres depth;
    Newtons force;
    bool operator==(const TipMoved&) const = default;
};

/// Closest approach of one pass to a hazard, stated when the needle leaves the skin or is redirected.
struct Clearance {
    std::string structure;
    StructureKind kind = StructureKind::Outside;
    Millimetres distance; ///< 0 or less: inside
    bool operator==(const Clearance&) const = default;
};

/// One advance and withdrawal of the needle in one direction ended.
struct NeedlePass {
    int number = 0;
    Millimetres max_depth;
    Millimetres nearest_to_target; ///< smallest distance of the tip to the target's centre
    Degrees bend;                  ///< largest change of direction while deep
    Millimetres withdrawn_to;      ///< depth left when the next direction was chosen; 0 = out of the skin
    bool hub = false;              ///< went in to the hub
    std::string through;           ///< first muscle that the tip left on its far side, empty if none
    bool operator==(const NeedlePass&) const = default;
};

struct Twitch {
    std::string trigger_point;
    bool by_needle = false;
    Millimetres amplitude;
    bool operator==(const Twitch&) const = default;
};

struct Aspirated {
    std::string result; ///< "clear", "blood", "air"
    Seconds held;
    Seconds needed; ///< time this needle needs to show blood
    bool operator==(const Aspirated&) const = default;
};

/// Fluid left the needle in one push.
struct Deposited {
    Syringe syringe = Syringe::Injection;
    std::string agent;
    Millilitres volume;
    Milligrams dose;
    MillilitresPerSecond peak_rate;
    std::string structure; ///< where it went ("skin" = intradermal wheal)
    StructureKind kind = StructureKind::Outside;
    PointMm point;
    Millimetres depth;
    std::string trigger_point; ///< nearest, empty if none within 30 mm
    Millimetres distance;      ///< tip to that point's centre
    bool aspirated = false;    ///< since the tip last moved by more than 1 mm
    bool operator==(const Deposited&) const = default;
};

/// Part of a deposit ran back along the track and out of the skin when the needle left. Already counted in
/// its `Deposited`: what stayed is the difference.
struct Leaked {
    Syringe syringe = Syringe::Injection;
    std::string agent;
    Millilitres volume;
    bool operator==(const Leaked&) const = default;
};

/// The shaft is bent for good. cause "bone" (pushed on against it) or "levered" (turned sideways while deep).
struct NeedleBent {
    Tool tool = Tool::None;
    std::string cause;
    Millimetres depth;
    Newtons force;
    bool operator==(const NeedleBent&) const = default;
};

/// The puncture bled after the needle left, stated when it has stopped. `source` = the vessel pierced, or
/// "skin".
struct Bleeding {
    std::string source;
    Millilitres volume;    ///< all that left the vessel
    Seconds duration;      ///< until it stopped
    Millilitres haematoma; ///< the part that stayed in the tissue
    bool operator==(const Bleeding&) const = default;
};

/// The skin over the mark became numb. method "wheal" or "spray"; `from_mark` = distance of its centre.
struct Numbed {
    std::string method;
    Seconds spray_time;
    Millimetres spray_distance;
    Millimetres from_mark;
    bool operator==(const Numbed&) const = default;
};

struct ActivityDone {
    std::string activity;
    Seconds duration;
    bool operator==(const ActivityDone&) const = default;
};

/// Needle left the skin; `inside` = how long the tip was under it.
struct NeedleOut {
    Tool tool = Tool::None;
    int passes = 0;
    Seconds inside;
    bool operator==(const NeedleOut&) const = default;
};

struct Complication {
    std::string id;    ///< ids of complications.json
    std::string cause; ///< structure or agent
    bool operator==(const Complication&) const = default;
};

struct StepDone {
    std::string step; ///< ids of procedure.json
    bool operator==(const StepDone&) const = default;
};

struct RuleBroken {
    std::string rule; ///< critical ids of rubric.json, or a rule of procedure/rules.h
    std::string detail;
    bool operator==(const RuleBroken&) const = default;
};

struct HintGiven {
    std::string text;
    bool operator==(const HintGiven&) const = default;
};

/// The trainee looked at what a real patient would not show. The host records it; the simulation goes on as
/// it would without.
struct HelpUsed {
    std::string what; ///< "x_ray", "peel", "explore", "trigger_points", or how much is seen (sight.h)
    bool operator==(const HelpUsed&) const = default;
};

/// The request was impossible; nothing changed.
struct Refused {
    std::string reason;
    bool operator==(const Refused&) const = default;
};

/// Every 120 ticks: hash of the whole state, for verification.
struct Checkpoint {
    std::uint64_t state_hash = 0;
    bool operator==(const Checkpoint&) const = default;
};

using Finding =
    std::variant<Contact, Felt, Stroke, HeldPressure, PatientSaid, Marked, SkinState, Punctured, TipMoved,
                 Clearance, NeedlePass, Twitch, Aspirated, Deposited, Leaked, NeedleBent, Bleeding, Numbed,
                 ActivityDone, NeedleOut, Complication, StepDone, RuleBroken, HintGiven, HelpUsed, Refused,
                 Checkpoint, Followed, PressureThreshold>;

/// The finding with every number rounded to its quantum, as it is logged and compared.
Finding quantised(Finding finding);

} // namespace tb::events
