// Actions: what somebody wants done. The only way to change a session, whoever asks (mouse, keyboard, pad,
// script, replay).
//
// Everything is in body units and already quantised (base/units.h): never pixels, never widgets. Texts are
// ids of the clinical tables (assets/clinical) or ids of structures of the catalogue.
#pragma once

#include <string>
#include <variant>

#include "base/units.h"

namespace tb::events {

enum class Tool { None, Finger, Pen, Swab, Spray, WhealNeedle, Needle, Gauze, Algometer };

/// Takes a tool in hand; the one before is put down (a needle under the skin cannot be: refused).
struct SelectTool {
    Tool tool = Tool::None;
    bool operator==(const SelectTool&) const = default;
};

/// Where the tool in hand is. At most one per tick; a later one in the same tick replaces it.
/// Finger, Pen, Swab, Gauze, Algometer: `tip` = contact point on the undeformed skin, `axis` = inward
/// direction, `press` = normal force (0 N: lifted off). Spray: `tip` = nozzle, `axis` = jet. WhealNeedle,
/// Needle: `tip` = where the hand wants the tip, `axis` = from hub to tip; the simulator decides what the
/// tissue allows.
struct ToolPose {
    Tool tool = Tool::None;
    PointMm tip;
    Direction axis;
    Newtons press;
    bool operator==(const ToolPose&) const = default;
};

/// Pincer grip on a liftable fold (on) or flat/deep palpation (off).
struct SetGrip {
    bool pincer = false;
    bool operator==(const SetGrip&) const = default;
};

/// Something said to or asked of the patient; topics are listed in assets/clinical/dialogue.json.
struct Say {
    std::string topic;
    bool operator==(const Say&) const = default;
};

/// The trainee states a judgement: what = "candidate_muscle", "structure_at_risk", "criteria", "decision",
/// ...
struct Declare {
    std::string what;
    std::string value;
    bool operator==(const Declare&) const = default;
};

enum class Posture { Sitting, Prone, Supine, SideLyingLeft, SideLyingRight };
struct SetPosture {
    Posture posture = Posture::Sitting;
    bool operator==(const SetPosture&) const = default;
};

/// Puts one thing on the tray: ids of assets/clinical/equipment.json.
struct TakeItem {
    std::string item;
    bool operator==(const TakeItem&) const = default;
};

enum class Gloves { None, Clean, Sterile };
struct WearGloves {
    Gloves gloves = Gloves::None;
    bool operator==(const WearGloves&) const = default;
};

/// Begins something that takes time: "hand_rub", "hand_wash", "stopper_rub", "gauze_pressure", "stretch",
/// "observe", "fix_band". Ends with EndActivity, with the next BeginActivity, or when it is finished by
/// itself (one stretch cycle).
struct BeginActivity {
    std::string activity;
    bool operator==(const BeginActivity&) const = default;
};
struct EndActivity {
    bool operator==(const EndActivity&) const = default;
};

/// Chooses the antiseptic for the swab (agent id); a fresh applicator each time.
struct TakeAntiseptic {
    std::string agent;
    bool operator==(const TakeAntiseptic&) const = default;
};

enum class Syringe { Wheal, Injection };
/// Mounts a needle: gauge 21..30, length 13..75 mm. A used one must have been disposed of.
struct MountNeedle {
    Syringe syringe = Syringe::Injection;
    int gauge = 25;
    Millimetres length;
    bool operator==(const MountNeedle&) const = default;
};
/// Draws a solution up (agent id of assets/clinical/drugs.json).
struct DrawUp {
    Syringe syringe = Syringe::Injection;
    std::string agent;
    Millilitres volume;
    bool operator==(const DrawUp&) const = default;
};
/// Expels air so that none is left.
struct ExpelAir {
    Syringe syringe = Syringe::Injection;
    bool operator==(const ExpelAir&) const = default;
};

/// Marks the skin with the pen at its contact point.
struct Mark {
    PointMm point;
    bool operator==(const Mark&) const = default;
};

/// Presses (on) or releases the spray nozzle.
struct SprayJet {
    bool on = false;
    bool operator==(const SprayJet&) const = default;
};

/// Pulls the plunger back (on) or lets it go. `force` on the plunger beyond its friction; 0 N: a usual gentle
/// pull.
struct Aspirate {
    bool pull = false;
    Newtons force{0.0};
    bool operator==(const Aspirate&) const = default;
};

/// Turns needle and syringe about their axis until the bevel lies so; 0: opening away from the skin ("bevel
/// up"), where a new needle begins. The tip runs away from the bevel's face.
struct TurnBevel {
    Degrees roll;
    bool operator==(const TurnBevel&) const = default;
};

/// Pushes the plunger at this rate; 0 stops.
struct PushPlunger {
    MillilitresPerSecond rate;
    bool operator==(const PushPlunger&) const = default;
};

/// Throws something away: "needle", "wheal_needle", "gloves", "swab"; place "sharps_box", "bin", "tray".
struct Dispose {
    std::string item;
    std::string place;
    bool operator==(const Dispose&) const = default;
};

/// Writes one field of the record (ids of procedure.json, step "record").
struct Document {
    std::string field;
    bool operator==(const Document&) const = default;
};

/// Takes the ultrasound probe into the hand that holds no tool (on), or puts it back. A cover is sterile and
/// must be on the tray. Width: length of the face, 38 to 50 mm.
struct HoldProbe {
    bool on = false;
    bool covered = false;
    Millimetres width{40.0};
    bool operator==(const HoldProbe&) const = default;
};
/// Where the probe is: `centre` = middle of the face on the undeformed skin, `inward` = direction of its
/// beams, `lateral` = along the face from the mark's end to the other, `press` = normal force (0 N: lifted
/// off).
struct MoveProbe {
    PointMm centre;
    Direction inward;
    Direction lateral;
    Newtons press;
    bool operator==(const MoveProbe&) const = default;
};
/// The knobs of the picture: depth 20 to 60 mm, gain within 30 dB, still or live.
struct TuneProbe {
    Millimetres depth{40.0};
    double gain_dB = 0.0;
    bool frozen = false;
    bool operator==(const TuneProbe&) const = default;
};

struct AskHint {
    bool operator==(const AskHint&) const = default;
};

/// The host lets this much time pass quickly (practice only); the ticks themselves follow at once.
struct FastForward {
    Seconds span;
    bool operator==(const FastForward&) const = default;
};

/// Ends the case: decision "injected" or "not_injected".
struct FinishCase {
    std::string decision;
    bool operator==(const FinishCase&) const = default;
};

using Action = std::variant<SelectTool, ToolPose, SetGrip, Say, Declare, SetPosture, TakeItem, WearGloves,
                            BeginActivity, EndActivity, TakeAntiseptic, MountNeedle, DrawUp, ExpelAir, Mark,
                            SprayJet, Aspirate, TurnBevel, PushPlunger, Dispose, Document, AskHint,
                            FastForward, FinishCase, HoldProbe, MoveProbe, TuneProbe>;

/// The action with every number rounded to its quantum; `Session::submit` does this, so live and replay see
/// the same.
Action quantised(Action action);

} // namespace tb::events
