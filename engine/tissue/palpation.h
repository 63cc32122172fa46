// What a finger pad feels and does: layered indentation, pressure map under the pad, taut band and nodule,
// strumming.
//
// Findings built in (docs/sources.md, "Mechanics"): pressing flat on one spot hardly shows a band (net 0-2 %,
// strip 2-7 %); the cue comes from moving across the fibres once the fat is squeezed thin. Frame: body, mm;
// forces N; stiffness N/mm. Never decides what the patient says: see response.h.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "anatomy/queries.h"
#include "tissue/parameters.h"

namespace tb::tissue {

constexpr int kPadCells = 9; ///< the pressure map is kPadCells x kPadCells over the pad's square

/// The finger at one moment.
struct PadContact {
    const anatomy::TissueColumn* column = nullptr; ///< tissue under the pad's centre along `inward`
    geometry::Vec3 inward{0.0};                    ///< unit
    geometry::Vec3 fibre{0.0}; ///< unit direction of the first muscle's fibres, zero if none
    double press_N = 0.0;
    double elastic_N =
        0.0; ///< what a held press has crept to (`creep`, elasticity.h); less than the press: it
    std::string_view muscle;    ///< id of the first muscle, empty if none: muscles differ in stiffness
    double abduction_deg = 0.0; ///< of the arm on this side: a raised arm makes the trapezius firm
    double tip_radius_mm = 0.0; ///< of a flat stiff tip that presses instead of the pad; 0: the finger
    bool pincer = false;        ///< fold between thumb and fingers: half the pinched thickness, no bone
    std::span<const anatomy::Band> bands; ///< every band of the patient; the kernel picks the near ones
};

struct PadReading {
    double indentation_mm = 0.0;
    double pad_mm = 0.0;             ///< the finger pad's own compression, in series with the indentation
    double pad_radius_mm = 0.0;      ///< contact radius at this force
    double stiffness_N_per_mm = 0.0; ///< tangent stiffness of the tissue, without the pad's own spring
    double fat_left_mm = 0.0;        ///< compressed thickness of the subcutis
    std::array<float, kPadCells * kPadCells>
        pressure_kPa{};              ///< rows along the fibres' normal, columns along the fibres
    double band_contrast = 0.0;      ///< rise of the strip under the pad's centre over the rim, 0.05 = 5 %
    double nodule_contrast = 0.0;    ///< the same for the nodule
    int band = -1;                   ///< index into `bands` of the band under the pad, -1 none
    double band_distance_mm = 1e9;   ///< pad centre's axis line to that band's axis
    double nodule_distance_mm = 1e9; ///< pad centre's axis line to the nearest nodule's centre
    int nodule = -1;                 ///< index of the band whose nodule is nearest
};
/// Static press; the pressure map adds up to `press_N`. Nothing without a column or without a force.
PadReading press(const Parameters& parameters, const PadContact& contact);

/// The elastic stack under a finger: skin, subcutis, fascia over the first muscle, muscles, loose tissue; a
/// column without bone ends in a deep layer of loose tissue. `pincer`: half the thickness, free of bone.
/// `muscle_stiffness`: factor on the muscles' moduli; `first_muscle_factor`: a further one on the first
/// muscle's.
std::vector<StackLayer> stack_of(const Parameters& parameters, std::span<const anatomy::Layer> layers,
                                 bool on_bone, bool pincer = false, double muscle_stiffness = 1.0,
                                 double first_muscle_factor = 1.0);
/// Indentation of a stack under a flat punch of radius `a_mm` by a force (no pad spring). Cone-series form:
/// the load spreads as r(z) = a + 0.85 z, each layer answers with its secant modulus at the pressure of its
/// mid-depth; exact for equal layers, within 3 % of finite elements for layered ones.
double stack_indentation_mm(const Parameters& parameters, std::span<const StackLayer> stack, double a_mm,
                            double force_N);
/// Pressure in the middle of one layer of the stack under that punch, kPa.
double layer_pressure_kPa(const Parameters& parameters, std::span<const StackLayer> stack, std::size_t layer,
                          double a_mm, double force_N);
/// The inverse: force for an indentation.
double stack_force_N(const Parameters& parameters, std::span<const StackLayer> stack, double a_mm,
                     double indentation_mm);
/// kappa(a/h, nu) of the bonded layer, interpolated from the table; for half space (a/h = 0) it is 1.
double kappa(const Parameters& parameters, double a_over_h, double nu);
/// Contact radius of the finger pad at a force: A = A1 F^m, capped (est.).
double pad_radius_mm(const Parameters& parameters, double press_N);

/// Rise of the strip under the pad's centre over a band (or nodule) of this width and stiffness ratio, seen
/// through `fat_mm` of compressed subcutis and `cover_mm` of muscle; fitted to the finite-element study
/// (mechanics.json, palp.contrast_*).
double band_strip_contrast(const Parameters& parameters, double width_mm, double ratio, double fat_mm,
                           double cover_mm);
double nodule_strip_contrast(const Parameters& parameters, double diameter_mm, double ratio, double fat_mm,
                             double cover_mm);

/// Memory of a stroke; a plain value, part of the simulator's state.
struct StrumState {
    geometry::Vec3 last{0.0};
    bool touching = false;
    double speed_mm_s = 0.0; ///< across the fibres, averaged over 30 ms
    double drag_N = 0.0;     ///< lateral force built up against a band; sign = direction of the stroke
    int released = 0; ///< direction in which the band was let go and not caught again; 0: ready to catch
    double cue = 0.0; ///< equivalent contrast shown by strumming now, for `perceived`; decays within a second
    double nodule_cue = 0.0;
    int band = -1;
    bool operator==(const StrumState&) const = default;
};
struct StrumStep {
    double across_mm = 0.0;  ///< movement across the fibres in this step, signed
    double speed_mm_s = 0.0; ///< averaged, across the fibres
    double lateral_N = 0.0;
    bool snapped = false; ///< the band let go: the tick of strumming
    int band = -1;
};
/// Moves the finger to `at` (skin contact point) within `dt_s`. Drag against a band grows to 0.15 of the
/// press over 3 mm of way across it, then drops within 10 ms: the snap. Only movement across the fibres
/// counts; nothing below 2 N (est.).
StrumStep strum(const Parameters& parameters, const PadContact& contact, const PadReading& reading,
                const geometry::Vec3& at, double dt_s, StrumState& state);

/// How strongly a contrast is shown, 0..1: nothing up to the finger's just noticeable difference (15 %
/// [tiest2009]), full at 40 % (est.), linear in between, after multiplying by the gain. The gain is a setting
/// that is logged.
double perceived(const Parameters& parameters, double contrast, double gain);

} // namespace tb::tissue
