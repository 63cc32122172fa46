// All that changes during a session, as one plain value: copy = snapshot, == = comparison, hash = checkpoint.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "events/action.h"
#include "procedure/machine.h"
#include "tissue/needle.h"
#include "tissue/palpation.h"
#include "tissue/skin_prep.h"

namespace tb::session {

/// The examining finger.
struct FingerState {
    bool touching = false;
    bool pincer = false;
    geometry::Vec3 point{0.0}, inward{0.0};
    double press_N = 0.0;
    double indentation_mm = 0.0, stiffness_N_per_mm = 0.0;
    std::array<float, tissue::kPadCells * tissue::kPadCells> pressure_kPa{};
    double lateral_N = 0.0;
    double band_shown = 0.0, nodule_shown = 0.0; ///< 0..1 with the contrast gain, as the gauge shows them
    int band = -1;                               ///< index into body.bands() of the band felt
    double pain = 0.0;                           ///< 0..10 now
    tissue::StrumState strum;
    // the stroke and the hold going on now
    Tick stroke_start = 0, hold_start = -1;
    double stroke_across_mm = 0.0, stroke_peak_N = 0.0, stroke_best_band = 0.0, stroke_best_nodule = 0.0;
    int stroke_band = -1;
    std::string stroke_muscle;
    geometry::Vec3 hold_point{0.0};
    double hold_force_sum = 0.0;
    bool hold_referred = false;
    bool operator==(const FingerState&) const = default;
};

struct SyringeState {
    int gauge = 0; ///< 0: no needle mounted
    double length_mm = 0.0;
    bool burred = false, used = false;
    std::string agent;
    double volume_mL = 0.0, drawn_mL = 0.0, air_mL = 0.0;
    double rate_mL_s = 0.0;      ///< plunger now
    bool pulling = false;
    Tick pull_start = -1;
    bool blood_in_hub = false;
    Tick out_of_skin = -1;       ///< when the needle left the skin, -1 never
    bool disposed = false;
    // the push going on now
    double pushed_mL = 0.0, peak_rate_mL_s = 0.0;
    bool operator==(const SyringeState&) const = default;
};

/// One needle's way through the skin: passes and closest approaches since the puncture.
struct PassState {
    int number = 0;
    Tick entered = -1;
    double max_depth_mm = 0.0, nearest_target_mm = 1e9, bend_deg = 0.0;
    bool hub = false;
    bool aspirated = false;              ///< since the tip last moved by more than 1 mm
    geometry::Vec3 aspirated_at{0.0};
    std::map<int, double> clearance_mm;  ///< structure index -> closest distance in this pass
    std::vector<geometry::Vec3> tip_path;///< of the whole time under the skin, one point a millimetre: drawing and debrief
    bool operator==(const PassState&) const = default;
};

struct SprayState {
    bool on = false;
    geometry::Vec3 target{0.0};
    double seconds = 0.0, distance_sum = 0.0;
    bool operator==(const SprayState&) const = default;
};

struct SimState {
    Tick now = 0;
    events::Tool tool = events::Tool::None;
    events::Posture posture = events::Posture::Sitting;
    events::Gloves gloves = events::Gloves::None;
    std::optional<events::ToolPose> pose, previous_pose; ///< of the tool in hand; substeps interpolate between them
    FingerState finger;
    std::optional<geometry::Vec3> mark;
    geometry::Vec3 mark_normal{0.0};
    tissue::SkinPrep prep;
    std::string antiseptic;       ///< on the swab in hand
    SyringeState wheal, injection;
    tissue::NeedleState needle;   ///< of whichever needle is under (or against) the skin
    PassState pass;
    SprayState spray;
    std::string activity;
    Tick activity_start = -1;
    std::optional<geometry::Vec3> numb_centre;
    Tick numb_from = -1, numb_until = -1;
    std::map<int, int> twitches;  ///< band index -> needle twitches so far
    std::set<std::string> tray, said, documented;
    std::map<std::string, Tick> hands; ///< "clean_until_touch" etc.
    double pain_now = 0.0;        ///< what the face shows
    Tick pain_until = -1;
    std::string last_words;       ///< text the patient said last
    Tick last_words_at = -1;
    std::vector<geometry::Vec3> referred; ///< reserved for the referred-pain overlay: zone anchor points lit now
    bool finished = false;
    std::string decision;
    procedure::Machine procedure;
    Random random{0};

    bool operator==(const SimState&) const = default;
    [[nodiscard]] std::uint64_t hash() const;
    [[nodiscard]] const SyringeState& syringe(events::Syringe s) const {
        return s == events::Syringe::Wheal ? wheal : injection;
    }
    [[nodiscard]] SyringeState& syringe(events::Syringe s) { return s == events::Syringe::Wheal ? wheal : injection; }
};

} // namespace tb::session
