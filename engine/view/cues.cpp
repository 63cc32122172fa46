#include "view/cues.h"

#include <algorithm>
#include <cmath>

namespace tb::view {
namespace {

constexpr double kSoft_N_per_mm = 0.25, kFirm_N_per_mm = 16.0; ///< fat lightly touched .. bone close below
constexpr double kLow_Hz = 220.0; ///< small loudspeakers give nothing below (est.)
constexpr double kStiffnessOctaves = 1.0, kBandOctaves = 1.0;
constexpr double kFullPress_N = 30.0;
constexpr double kPopLevel = 0.6, kBoneLevel = 0.8; ///< beside a snap's 1
constexpr Tick kJolt = kTicksPerSecond / 12;        ///< shorter ones a controller's motor does not follow

/// Structures that the tip is in and whose wall gave way with a pop. Fat has none, and the pleura hardly one:
/// it must never be taught as a warning.
std::ptrdiff_t walls(const tissue::NeedleState& needle) {
    return std::count_if(needle.inside.begin(), needle.inside.end(), [](const tissue::Inside& i) {
        return i.kind != StructureKind::Subcutis && i.kind != StructureKind::Pleura &&
               i.kind != StructureKind::Lung;
    });
}

} // namespace

double pitch_of(double stiffness_N_per_mm, double shown) {
    const double k = std::clamp(stiffness_N_per_mm, kSoft_N_per_mm, kFirm_N_per_mm);
    const double firmness = std::log2(k / kSoft_N_per_mm) / std::log2(kFirm_N_per_mm / kSoft_N_per_mm);
    return kLow_Hz * std::exp2(kStiffnessOctaves * firmness + kBandOctaves * std::clamp(shown, 0.0, 1.0));
}

double semitones_between(double low_Hz, double high_Hz) {
    return 12.0 * std::log2(high_Hz / low_Hz);
}

Cue CueReader::read(const session::SimState& now) {
    const session::FingerState& f = now.finger;
    const Memory seen{now.now, f.snapped_at, walls(now.needle), now.needle.under_skin, now.needle.on_bone};
    if (before_ && now.now < before_->at) reset();
    const Memory before = before_.value_or(seen);
    before_ = seen;

    Cue cue;
    if (f.touching && f.press_N > 0.0) {
        const double shown = std::clamp(std::max(f.band_shown, f.nodule_shown), 0.0, 1.0);
        cue.pitch_Hz = pitch_of(f.stiffness_N_per_mm, shown);
        cue.loudness = std::sqrt(std::clamp(f.press_N / kFullPress_N, 0.0, 1.0));
        cue.rumble_low = shown;
    }
    if (seen.snapped_at >= 0 && seen.snapped_at != before.snapped_at) {
        cue.click = Click::Snap;
        cue.click_level = 1.0;
    } else if (seen.on_bone && !before.on_bone) {
        cue.click = Click::Bone;
        cue.click_level = kBoneLevel;
    } else if (seen.walls > before.walls || (seen.under_skin && !before.under_skin)) {
        cue.click = Click::Pop;
        cue.click_level = kPopLevel;
    }
    if (cue.click != Click::None) {
        jolt_at_ = now.now;
        jolt_ = cue.click_level;
    }
    if (jolt_at_ >= 0 && now.now - jolt_at_ < kJolt) cue.rumble_high = jolt_;
    return cue;
}

} // namespace tb::view
