// What a finger pad feels and does: layered indentation, pressure map under the pad, taut band and nodule, strumming.
//
// Findings built in (science/mechanics.md 1.4): pressing flat on one spot hardly shows a band (net 0-2 %, strip 2-7 %);
// the cue comes from moving across the fibres once the fat is squeezed thin. Frame: body, mm; forces N; stiffness N/mm.
// Never decides what the patient says: see response.h.
#pragma once

#include <array>
#include <span>
#include <string>

#include "anatomy/queries.h"
#include "tissue/parameters.h"

namespace tb::tissue {

constexpr int kPadCells = 9; ///< the pressure map is kPadCells x kPadCells over the pad's square

/// The finger at one moment.
struct PadContact {
    const anatomy::TissueColumn* column = nullptr; ///< tissue under the pad's centre along `inward`
    geometry::Vec3 inward{0.0};                    ///< unit
    geometry::Vec3 fibre{0.0};                     ///< unit direction of the first muscle's fibres, zero if none
    double press_N = 0.0;
    bool pincer = false;                           ///< fold between thumb and fingers: half the pinched thickness, no bone
    std::span<const anatomy::Band> bands;          ///< every band of the patient; the kernel picks the near ones
};

struct PadReading {
    double indentation_mm = 0.0;
    double pad_radius_mm = 0.0;        ///< contact radius at this force
    double stiffness_N_per_mm = 0.0;   ///< tangent stiffness of the tissue, without the pad's own spring
    double fat_left_mm = 0.0;          ///< compressed thickness of the subcutis
    std::array<float, kPadCells * kPadCells> pressure_kPa{}; ///< rows along the fibres' normal, columns along the fibres
    double band_contrast = 0.0;        ///< rise of the strip under the pad's centre over the rim, 0.05 = 5 %
    double nodule_contrast = 0.0;      ///< the same for the nodule
    int band = -1;                     ///< index into `bands` of the band under the pad, -1 none
    double band_distance_mm = 1e9;     ///< pad centre's axis line to that band's axis
    double nodule_distance_mm = 1e9;   ///< pad centre's axis line to the nearest nodule's centre
    int nodule = -1;                   ///< index of the band whose nodule is nearest
};
/// Static press.
PadReading press(const Parameters& parameters, const PadContact& contact);

/// Force for a given indentation of the layered stack under a flat punch of radius `a_mm` (no pad spring): the layered
/// form of mechanics.md 1.3. Used by `press` and by the published-value tests.
double stack_force_N(const Parameters& parameters, std::span<const anatomy::Layer> layers, double a_mm, double indentation_mm);
/// kappa(a/h, nu) of the bonded layer, interpolated from the table in mechanics.json.
double kappa(double a_over_h, double nu);

/// Memory of a stroke; a plain value, part of the simulator's state.
struct StrumState {
    geometry::Vec3 last{0.0};
    bool touching = false;
    double drag_N = 0.0;        ///< lateral force built up against a band
    double cue = 0.0;           ///< what strumming shows now, 0..1 before the contrast gain, decays within a second
    double nodule_cue = 0.0;
    int band = -1;
    bool operator==(const StrumState&) const = default;
};
struct StrumStep {
    double across_mm = 0.0;     ///< movement across the fibres in this step
    double speed_mm_s = 0.0;
    double lateral_N = 0.0;
    bool snapped = false;       ///< the band let go: the tick of strumming
    int band = -1;
};
/// Moves the finger to `at` (skin contact point) within `dt_s`.
StrumStep strum(const Parameters& parameters, const PadContact& contact, const PadReading& reading, const geometry::Vec3& at,
                double dt_s, StrumState& state);

/// What is shown of a contrast: 0..1, saturating at a contrast of 40 %; zero below the finger's just noticeable difference
/// (15 % [tiest2009]) divided by the gain. The gain is a setting that is logged.
double perceived(double contrast, double gain);

} // namespace tb::tissue
