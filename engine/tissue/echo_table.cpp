#include "tissue/echo_table.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

namespace tb::tissue {
namespace {

constexpr double kShallow_mm = 20.0, kDeep_mm = 60.0; // what the ids us.frequency_* are about

constexpr std::string_view kRows[] = {"blood",  "skin",  "fat",  "muscle", "connective",
                                      "tendon", "nerve", "bone", "air",    "steel"};
static_assert(std::size(kRows) == static_cast<std::size_t>(Acoustic::Count));

constexpr EchoField kFields[] = {
    {"us.probe_thickness", "mm", &EchoTable::probe_thickness_mm},
    {"us.lines", "1", &EchoTable::lines},
    {"us.samples", "1", &EchoTable::samples},
    {"us.frequency_shallow", "MHz", &EchoTable::frequency_shallow_MHz},
    {"us.frequency_deep", "MHz", &EchoTable::frequency_deep_MHz},
    {"us.lateral_res", "mm", &EchoTable::lateral_res_mm},
    {"us.focus_length", "mm", &EchoTable::focus_length_mm},
    {"us.slice", "mm", &EchoTable::slice_mm},
    {"us.slice_focus", "mm", &EchoTable::slice_focus_mm},
    {"us.slice_length", "mm", &EchoTable::slice_length_mm},
    {"us.speckle_cell", "mm", &EchoTable::speckle_cell_mm},
    {"us.speckle_snr", "1", &EchoTable::speckle_snr},
    {"us.dyn_range", "dB", &EchoTable::dyn_range_dB},
    {"us.noise_dB", "dB", &EchoTable::noise_dB},
    {"us.tgc_limit", "dB", &EchoTable::tgc_limit_dB},
    {"us.skin_dB", "dB", &EchoTable::skin_dB},
    {"us.fat_dB", "dB", &EchoTable::fat_dB},
    {"us.septum_dB", "dB", &EchoTable::septum_dB},
    {"us.loose_dB", "dB", &EchoTable::loose_dB},
    {"us.muscle_dB", "dB", &EchoTable::muscle_dB},
    {"us.fascia_dB", "dB", &EchoTable::fascia_dB},
    {"us.nodule_dB", "dB", &EchoTable::nodule_dB},
    {"us.nodule_area", "cm2", &EchoTable::nodule_area_cm2},
    {"us.band_dB", "dB", &EchoTable::band_dB},
    {"us.tendon_dB", "dB", &EchoTable::tendon_dB},
    {"us.nerve_dB", "dB", &EchoTable::nerve_dB},
    {"us.cartilage_dB", "dB", &EchoTable::cartilage_dB},
    {"us.organ_dB", "dB", &EchoTable::organ_dB},
    {"us.blood_dB", "dB", &EchoTable::blood_dB},
    {"us.bone_dB", "dB", &EchoTable::bone_dB},
    {"us.pleura_dB", "dB", &EchoTable::pleura_dB},
    {"us.needle_dB", "dB", &EchoTable::needle_dB},
    {"us.rough_share", "1", &EchoTable::rough_share},
    {"us.smooth_exponent", "1", &EchoTable::smooth_exponent},
    {"us.line_width", "mm", &EchoTable::line_width_mm},
    {"us.bone_tail", "mm", &EchoTable::bone_tail_mm},
    {"us.aline_fall", "dB", &EchoTable::aline_fall_dB},
    {"us.lung_haze_dB", "dB", &EchoTable::lung_haze_dB},
    {"us.lung_slide_mm", "mm", &EchoTable::lung_slide_mm},
    {"us.breath_hz", "Hz", &EchoTable::breath_hz},
    {"us.vessel_pulse_hz", "Hz", &EchoTable::pulse_hz},
    {"us.artery_pulse", "1", &EchoTable::artery_pulse},
    {"us.vein_collapse_force", "N", &EchoTable::vein_collapse_N},
    {"us.vein_breath", "1", &EchoTable::vein_breath},
    {"us.gel", "mm", &EchoTable::gel_mm},
    {"us.settle", "mm", &EchoTable::settle_mm},
    {"us.settle_per_newton", "mm/N", &EchoTable::settle_mm_per_N},
    {"us.flatten_depth", "mm", &EchoTable::flatten_depth_mm},
    {"us.muscle_septum_along", "mm", &EchoTable::muscle_along_mm},
    {"us.muscle_septum_across", "mm", &EchoTable::muscle_across_mm},
    {"us.muscle_septum_deep", "mm", &EchoTable::muscle_deep_mm},
    {"us.fat_septum_along", "mm", &EchoTable::fat_along_mm},
    {"us.fat_septum_deep", "mm", &EchoTable::fat_deep_mm},
    {"us.needle_zero_angle", "deg", &EchoTable::needle_zero_deg},
    {"us.needle_reverb_22G", "mm", &EchoTable::needle_reverb_22G_mm},
    {"us.needle_reverb_fall", "dB", &EchoTable::needle_reverb_fall_dB},
};

} // namespace

double EchoTable::frequency_MHz(double depth_mm) const {
    const double share = std::clamp((depth_mm - kShallow_mm) / (kDeep_mm - kShallow_mm), 0.0, 1.0);
    return frequency_shallow_MHz + share * (frequency_deep_MHz - frequency_shallow_MHz);
}

double EchoTable::slice_at_mm(double depth_mm) const {
    const double off = (depth_mm - slice_focus_mm) / slice_length_mm;
    return slice_mm * std::sqrt(1.0 + off * off);
}

std::span<const EchoField> echo_fields() {
    return kFields;
}

void read_acoustic(const JsonReader& table, EchoTable& out) {
    std::array<bool, std::size(kRows)> seen{};
    for (const JsonReader& row : table.child("rows").elements()) {
        if (row.elements().size() != 3) {
            row.fault("three entries [tissue, impedance_MRayl, attenuation_dB_cm_1MHz] are expected here");
            continue;
        }
        const std::string name = row.element(0).as_text();
        const auto* const known = std::find(std::begin(kRows), std::end(kRows), name);
        if (known == std::end(kRows)) {
            row.fault(fmt::format("\"{}\" is not a tissue that is known here; correct its spelling", name));
            continue;
        }
        const auto i = static_cast<std::size_t>(known - std::begin(kRows));
        seen[i] = true;
        out.acoustic[i] = {row.element(1).as_number(0.0, 100.0), row.element(2).as_number(0.0, 100.0)};
    }
    if (!table.exists()) return;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        if (!seen[i]) table.fault(fmt::format("the tissue \"{}\" is missing; add its row", kRows[i]));
    }
}

} // namespace tb::tissue
