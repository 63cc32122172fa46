// What to hear of palpation and needle: plain numbers for the audio device of the application. Sound only
// repeats what the gauge shows; nothing depends on it.
#pragma once

#include "session/sim_state.h"

namespace tb::view {

struct Cue {
    double tone_Hz = 0.0;    ///< 0: silent
    double tone_level = 0.0; ///< 0..1
    double tick_level = 0.0; ///< 0..1; above 0: a short click now (band snapped, wall punctured)
    bool operator==(const Cue&) const = default;
};

/// `before` = the state that the last cue was taken from. The tone rises by an octave from soft to firm
/// tissue and by another with the band felt; it grows louder with the press (all est.).
Cue cue_of(const session::SimState& before, const session::SimState& now);

} // namespace tb::view
