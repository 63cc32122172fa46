#include "view/cues.h"

#include <algorithm>
#include <cmath>

namespace tb::view {
namespace {

constexpr double kSoft_N_per_mm = 0.5, kFirm_N_per_mm = 8.0;
constexpr double kLow_Hz = 110.0;
constexpr double kFullPress_N = 30.0;
constexpr double kSnap = 0.15; ///< rise of the strumming cue that counts as a snap

double share(double value, double low, double high) {
    return std::clamp((value - low) / (high - low), 0.0, 1.0);
}

/// Structures that the tip is in and whose wall gave way with a pop. Fat has none, and the pleura hardly one:
/// it must never be taught as a warning.
std::ptrdiff_t walls(const tissue::NeedleState& needle) {
    return std::count_if(needle.inside.begin(), needle.inside.end(), [](const tissue::Inside& i) {
        return i.kind != StructureKind::Subcutis && i.kind != StructureKind::Pleura &&
               i.kind != StructureKind::Lung;
    });
}

} // namespace

Cue cue_of(const session::SimState& before, const session::SimState& now) {
    Cue cue;
    const session::FingerState& f = now.finger;
    if (f.touching && f.press_N > 0.0) {
        const double octaves =
            share(f.stiffness_N_per_mm, kSoft_N_per_mm, kFirm_N_per_mm) + std::clamp(f.band_shown, 0.0, 1.0);
        cue.tone_Hz = kLow_Hz * std::exp2(octaves);
        cue.tone_level = std::sqrt(share(f.press_N, 0.0, kFullPress_N));
        const double snap = f.strum.cue - before.finger.strum.cue;
        if (snap > kSnap) cue.tick_level = std::clamp(snap, 0.3, 1.0);
    }
    if (walls(now.needle) > walls(before.needle) || (now.needle.under_skin && !before.needle.under_skin)) {
        cue.tick_level = std::max(cue.tick_level, 0.6);
    }
    return cue;
}

} // namespace tb::view
