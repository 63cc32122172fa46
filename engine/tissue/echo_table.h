// Every number of the ultrasound picture, read from assets/mechanics.json (ids "us.*" and table "acoustic")
// by Parameters::from_json; value, range, source and estimate mark of each stand there.
//
// Levels are decibels of amplitude; 0 dB is the echo of a 22 G needle that lies across the beam.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "base/json.h"

namespace tb::tissue {

/// Rows of the table "acoustic".
enum class Acoustic { Blood, Skin, Fat, Muscle, Connective, Tendon, Nerve, Bone, Air, Steel, Count };

struct AcousticTissue {
    double impedance_MRayl = 0.0;
    double attenuation_dB_cm_MHz = 0.0; ///< one way
};

struct EchoTable {
    // probe and receiver
    double probe_thickness_mm = 0.0, lines = 0.0, samples = 0.0;
    double frequency_shallow_MHz = 0.0, frequency_deep_MHz = 0.0;
    double lateral_res_mm = 0.0, focus_length_mm = 0.0; ///< full width at half maximum at 10 MHz
    double slice_mm = 0.0, slice_focus_mm = 0.0, slice_length_mm = 0.0;
    double speckle_cell_mm = 0.0, speckle_snr = 0.0, dyn_range_dB = 0.0, noise_dB = 0.0, tgc_limit_dB = 0.0;
    // echo levels
    double skin_dB = 0.0, fat_dB = 0.0, septum_dB = 0.0, loose_dB = 0.0, muscle_dB = 0.0, fascia_dB = 0.0;
    double nodule_dB = 0.0, nodule_area_cm2 = 0.0, band_dB = 0.0, tendon_dB = 0.0, nerve_dB = 0.0,
           cartilage_dB = 0.0, organ_dB = 0.0, blood_dB = 0.0, bone_dB = 0.0, pleura_dB = 0.0,
           needle_dB = 0.0;
    // borders
    double rough_share = 0.0, smooth_exponent = 0.0, line_width_mm = 0.0, bone_tail_mm = 0.0;
    // lung, heart, breath
    double aline_fall_dB = 0.0, lung_haze_dB = 0.0, lung_slide_mm = 0.0, breath_hz = 0.0, pulse_hz = 0.0;
    double artery_pulse = 0.0, vein_collapse_N = 0.0, vein_breath = 0.0;
    // contact with the skin
    double gel_mm = 0.0, settle_mm = 0.0, settle_mm_per_N = 0.0, flatten_depth_mm = 0.0;
    // texture
    double muscle_along_mm = 0.0, muscle_across_mm = 0.0, muscle_deep_mm = 0.0;
    double fat_along_mm = 0.0, fat_deep_mm = 0.0;
    // needle
    double needle_zero_deg = 0.0, needle_reverb_22G_mm = 0.0, needle_reverb_fall_dB = 0.0;

    std::array<AcousticTissue, static_cast<std::size_t>(Acoustic::Count)> acoustic{};
    [[nodiscard]] double attenuation_dB_cm_MHz(Acoustic a) const {
        return acoustic[static_cast<std::size_t>(a)].attenuation_dB_cm_MHz;
    }
    /// Centre frequency that suits a depth: from 12 MHz at 20 mm down to 6 MHz at 60 mm.
    [[nodiscard]] double frequency_MHz(double depth_mm) const;
    /// Thickness of the slice that a picture shows, at a depth; what is outside half of it to either side is
    /// not seen.
    [[nodiscard]] double slice_at_mm(double depth_mm) const;
};

/// Which id of the table fills which number, and the unit it must have.
struct EchoField {
    std::string_view id, unit;
    double EchoTable::*member;
};
std::span<const EchoField> echo_fields();

/// Reads the table "acoustic"; every fault is reported at its place.
void read_acoustic(const JsonReader& table, EchoTable& out);

} // namespace tb::tissue
