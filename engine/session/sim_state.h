// All that changes during a session, as one plain value: copy = snapshot, == = comparison, hash = checkpoint.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "events/action.h"
#include "procedure/machine.h"
#include "tissue/bleeding.h"
#include "tissue/elasticity.h"
#include "tissue/needle.h"
#include "tissue/palpation.h"
#include "tissue/probe.h"
#include "tissue/skin_prep.h"

namespace tb::session {

/// The examining finger.
struct FingerState {
    bool touching = false;
    bool pincer = false;
    geometry::Vec3 point{0.0}, inward{0.0};
    double press_N = 0.0;
    double indentation_mm = 0.0, stiffness_N_per_mm = 0.0;
    tissue::Relaxation relaxation; ///< how far the tissue has crept under this contact
    std::array<float, tissue::kPadCells * tissue::kPadCells> pressure_kPa{};
    double lateral_N = 0.0;
    double band_shown = 0.0, nodule_shown = 0.0; ///< 0..1 with the contrast gain, as the gauge shows them
    int band = -1;                               ///< index into body.bands() of the band felt
    double pain = 0.0;                           ///< 0..10 now
    tissue::StrumState strum;
    /// When a band last let go with a tick in this contact, -1 not yet. Not hashed: it follows from `strum`.
    Tick snapped_at = -1;
    // the stroke and the hold going on now
    Tick stroke_start = 0, hold_start = -1;
    double stroke_across_mm = 0.0, stroke_peak_N = 0.0, stroke_best_band = 0.0, stroke_best_nodule = 0.0;
    int stroke_band = -1;
    std::string stroke_muscle;
    geometry::Vec3 stroke_best_at{0.0}; ///< where the best band of this stroke was felt
    Tick still_since = -1;              ///< since when the finger has not moved, -1: moving
    geometry::Vec3 still_point{0.0};
    bool stroke_open = false, stroke_stated = false; ///< stated: this contact has had its Stroke finding
    geometry::Vec3 hold_point{0.0};
    double hold_force_sum = 0.0, hold_pain = 0.0;
    bool hold_referred = false; ///< referred pain has appeared in this hold
    bool hold_recognised = false;
    // the last place where a band was felt clearly, for the criterion "band" of a hold
    Tick band_felt = -1;
    geometry::Vec3 band_felt_at{0.0};
    // the tissue under the finger is looked up again only when it has moved: always at this point, so that a
    // restored snapshot sees the same column
    geometry::Vec3 column_at{0.0};
    std::string muscle; ///< first muscle under the contact, empty if none
    int nodule = -1;    ///< index of the band whose nodule is nearest
    double nodule_distance_mm = 1e9;
    // what was stated last
    Tick felt_at = -1;
    double felt_band = 0.0, felt_nodule = 0.0, felt_pain = 0.0, felt_press_N = 0.0;
    int said_level = 0; ///< pain words already said in this contact: 0 none .. 3 jump
    bool operator==(const FingerState&) const = default;
};

/// The pressure algometer: a flat rubber tip of 1 cm2 under a dial that holds its highest reading.
struct AlgometerState {
    bool used = false; ///< it was put on the skin at some time: from then on it is part of the state's hash
    bool touching = false;
    geometry::Vec3 point{0.0}, inward{0.0};
    double press_N = 0.0, indentation_mm = 0.0;
    tissue::Relaxation relaxation;
    double pressure = 0.0,
           peak = 0.0;     ///< kg/cm2 now, and highest since the tip was put down: the dial's hands
    double pain = 0.0;     ///< 0..10 now
    Tick since = -1;       ///< since when the tip is down
    Tick hurts_since = -1; ///< since when the pressure is pain without a break, -1: it is not
    bool said = false;     ///< the patient's word has come in this contact
    int said_level = 0;    ///< words of pain already said after it
    /// Pressures of the last second, newest first, one every kSampleEvery ticks: the rate of pressing.
    static constexpr Tick kSampleEvery = 6;
    std::array<double, 21> lately{};
    geometry::Vec3 column_at{0.0}; ///< as FingerState::column_at
    /// How fast it is pressed now: over the last half second, kg/cm2/s.
    [[nodiscard]] double rising() const {
        constexpr std::size_t kBack = 10;
        return (lately.front() - lately[kBack]) * kTicksPerSecond / static_cast<double>(kSampleEvery * kBack);
    }
    bool operator==(const AlgometerState&) const = default;
};

struct SyringeState {
    int gauge = 0; ///< 0: no needle mounted
    double length_mm = 0.0;
    bool burred = false, used = false;
    double silicone = 1.0, roll_deg = 0.0, bent_deg = 0.0; ///< of the needle (needle_forces.h)
    std::string agent;
    double volume_mL = 0.0, drawn_mL = 0.0, air_mL = 0.0;
    double rate_mL_s = 0.0; ///< plunger now
    bool pulling = false;
    Tick pull_start = -1;
    bool blood_in_hub = false;
    Tick out_of_skin = -1; ///< when the needle left the skin, -1 never
    bool disposed = false;
    Tick blood_since = -1;      ///< since when the pull has had the tip in a vessel
    double vacuum_kPa = 0.0;    ///< of the pull going on now
    bool flash_blocked = false; ///< its bevel lies on the vessel's wall: no blood comes
    double force_N = 0.0;       ///< the thumb's force on the plunger now
    double given_mL = 0.0;      ///< left the needle since it was drawn up, exactly
    double stated_mL = 0.0;     ///< of it stated in Deposited, in hundredths: the rest goes with the next one
    bool air_seen = false;      ///< the pull going on now has drawn air
    // the push going on now
    double pushed_mL = 0.0, peak_rate_mL_s = 0.0;
    std::string push_into; ///< structure that the push going on now fills
    bool operator==(const SyringeState&) const = default;
};

/// One needle's way through the skin: passes and closest approaches since the puncture.
struct PassState {
    int number = 0;
    Tick entered = -1;
    double max_depth_mm = 0.0, nearest_target_mm = 1e9, bend_deg = 0.0;
    bool hub = false;
    bool aspirated = false; ///< since the tip last moved by more than 1 mm
    geometry::Vec3 aspirated_at{0.0};
    std::map<int, double> clearance_mm; ///< structure index -> closest distance in this pass
    double lowest_mm = 1e9;             ///< shallowest tip since the deepest point of this pass
    geometry::Vec3 axis{0.0};           ///< direction at the deepest point of this pass
    geometry::Vec3 clearance_at{0.0};   ///< where hazards were last measured
    geometry::Vec3 entry_normal{0.0};   ///< outward skin normal at the entry
    int finished_passes = 0;
    bool in_nodule = false;
    std::string through;                         ///< first muscle left on its far side in this pass
    StructureKind pierced = StructureKind::Skin; ///< worst vessel met since the puncture
    std::string pierced_id;
    double deposit_mL = 0.0; ///< last deposit of this needle's stay, and when it ended
    Tick deposit_at = -1;
    std::set<int> hurt; ///< structures whose pain was already voiced
    std::vector<geometry::Vec3>
        tip_path; ///< of the whole time under the skin, one point a millimetre: drawing and debrief
    bool operator==(const PassState&) const = default;
};

/// Fluid that was left somewhere: an ellipsoid along the fibres in muscle, a dome in the skin (wheal), else a
/// ball.
struct DepotState {
    geometry::Vec3 at{0.0}, fibre{0.0};     ///< fibre: unit, zero where there is none
    double along_mm = 0.0, across_mm = 0.0; ///< half-axes; of a wheal both its radius
    double volume_mL = 0.0;
    bool wheal = false;
    bool operator==(const DepotState&) const = default;
};

struct SprayState {
    bool on = false;
    geometry::Vec3 target{0.0};
    double seconds = 0.0, distance_sum = 0.0;
    bool operator==(const SprayState&) const = default;
};

/// The ultrasound probe in the other hand. Its picture is no state: it follows from this and the body.
struct ProbeState {
    bool used = false; ///< it was taken at some time: from then on it is part of the state's hash
    bool held = false, covered = false;
    bool spoiled = false;   ///< the sterile cover touched uncleaned skin
    tissue::ProbePose pose; ///< `press_N` 0: lifted off
    double depth_mm = 40.0, gain_dB = 0.0;
    bool frozen = false;
    Tick frozen_at = -1;
    /// The needle's way beyond the first fascia since it went in; -1: not there yet.
    double fascia_mm = -1.0, advanced_mm = 0.0, seen_mm = 0.0;
    bool operator==(const ProbeState&) const = default;
    [[nodiscard]] bool touching() const { return held && pose.press_N > 0.0; }
    [[nodiscard]] bool live() const { return touching() && !frozen; }
};

struct SimState {
    Tick now = 0;
    events::Tool tool = events::Tool::None;
    events::Posture posture = events::Posture::Sitting;
    events::Gloves gloves = events::Gloves::None;
    std::optional<events::ToolPose> pose,
        previous_pose; ///< of the tool in hand; substeps interpolate between them
    FingerState finger;
    AlgometerState algometer;
    std::optional<geometry::Vec3> mark;
    geometry::Vec3 mark_normal{0.0};
    tissue::SkinPrep prep;
    bool prep_dry_stated = true,
         prep_touch_stated = false; ///< SkinState findings already made for this wiping
    std::string antiseptic;         ///< on the swab in hand
    bool contact = false;           ///< swab, gauze or pen on the skin
    Tick contact_since = -1;
    geometry::Vec3 contact_at{0.0}, contact_step{0.0}; ///< place, and movement a tick since it last moved
    Tick contact_moved = -1;
    bool gloves_spoiled = false; ///< sterile gloves that have touched unprepared skin
    double gauze_N = 0.0;        ///< strongest press of this contact
    /// A gauze counts as pressing above this force, N (est.).
    static constexpr double kGauzePress_N = 2.0;
    [[nodiscard]] bool gauze_presses() const {
        return contact && tool == events::Tool::Gauze && gauze_N >= kGauzePress_N;
    }
    Tick needle_rest = 0; ///< ticks since the needle hand last moved
    SyringeState wheal, injection;
    tissue::NeedleState needle; ///< of whichever needle is under (or against) the skin
    PassState pass;
    std::vector<DepotState> depots; ///< in the order they were given
    tissue::Bleed bleed;            ///< of the last puncture
    std::string bleed_source;
    geometry::Vec3 bleed_at{0.0};
    SprayState spray;
    ProbeState probe;
    std::string activity;
    Tick activity_start = -1;
    std::optional<geometry::Vec3> numb_centre;
    Tick numb_from = -1, numb_until = -1;
    double numb_radius_mm = 0.0;
    bool numb_stated = true;
    std::map<int, Tick> blocked;  ///< band index -> when an anaesthetic deposit there takes effect
    std::map<int, int> twitches;  ///< band index -> needle twitches so far
    std::map<int, double> relief; ///< band index -> drop of pain, points of 10, after a deposit near it
    Tick cough_at = -1;           ///< irritated pleura: when the cough comes
    std::set<std::string> tray, said, documented;
    std::map<std::string, Tick> hands; ///< "clean_until_touch" etc.
    double pain_now = 0.0;             ///< what the face shows
    Tick pain_until = -1;
    std::string last_words; ///< text the patient said last
    Tick last_words_at = -1;
    std::vector<geometry::Vec3>
        referred; ///< reserved for the referred-pain overlay: zone anchor points lit now
    bool finished = false;
    std::string decision;
    procedure::Machine procedure;
    Random random{0};

    bool operator==(const SimState&) const = default;
    [[nodiscard]] std::uint64_t hash() const;
    [[nodiscard]] const SyringeState& syringe(events::Syringe s) const {
        return s == events::Syringe::Wheal ? wheal : injection;
    }
    [[nodiscard]] SyringeState& syringe(events::Syringe s) {
        return s == events::Syringe::Wheal ? wheal : injection;
    }
};

} // namespace tb::session
