// What palpation and needle sound like, and how they shake a game controller: plain numbers for the devices
// of the application. Sound and rumble only repeat what the strip shows; nothing depends on them.
//
// Why these numbers: the ear hears ratios, so pitch goes with the logarithm of stiffness. From soft to firm
// tissue it rises by one octave only, because stiffness also changes with press and with bone below; the
// band, as far as it is shown with the session's contrast gain, adds up to a whole octave on top. So a band
// stands out from its surroundings by far more than the ground wanders (all est.).
#pragma once

#include <optional>

#include "session/sim_state.h"

namespace tb::view {

/// A short event in the tissue, each with a sound of its own.
enum class Click {
    None,
    Snap, ///< the band let go under the finger
    Pop,  ///< the needle went through a wall
    Bone, ///< the needle came up against bone
};

struct Cue {
    double pitch_Hz = 0.0; ///< 0: silent
    double loudness = 0.0; ///< 0..1, grows with the press
    Click click = Click::None;
    double click_level = 0.0;                   ///< 0..1; above 0 only together with a click
    double rumble_low = 0.0, rumble_high = 0.0; ///< 0..1: the band; a jolt after each click
    bool operator==(const Cue&) const = default;
};

/// Pitch of tissue of this stiffness (N/mm) with a band or knot shown at 0..1. Rises strictly with the shown
/// band, and with stiffness between 0.25 and 16 N/mm.
double pitch_of(double stiffness_N_per_mm, double shown);
/// Musical distance, 12 an octave; both above 0.
double semitones_between(double low_Hz, double high_Hz);

/// Reads one session state after another. A click is told once, at the first reading after it happened.
class CueReader {
public:
    /// The first reading, and one of an earlier time than the last, tells no click: what happened before is
    /// not known.
    Cue read(const session::SimState& now);
    void reset() { *this = CueReader(); }

private:
    struct Memory {
        Tick at = 0, snapped_at = -1;
        std::ptrdiff_t walls = 0;
        bool under_skin = false, on_bone = false;
    };
    std::optional<Memory> before_;
    Tick jolt_at_ = -1; ///< of the last click
    double jolt_ = 0.0;
};

} // namespace tb::view
