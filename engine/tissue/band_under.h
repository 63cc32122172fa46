// Inside module tissue only: where the bands lie as seen along the finger's press.
#pragma once

#include "tissue/palpation.h"

namespace tb::tissue {

struct BandUnder {
    int band = -1;              ///< index into the contact's bands, -1 none under this finger
    double distance_mm = 1e9;   ///< press line to the band's axis, across the press
    double depth_mm = 0.0;      ///< of that place of the axis along the press, from the skin
    geometry::Vec3 across{0.0}; ///< unit, across band and press: from the finger's line toward positive
    double offset_mm = 0.0;     ///< signed distance of the band from the press line along `across`
};
/// The band whose axis passes nearest to the press line through `at`, no deeper than the column reaches.
BandUnder band_under(const PadContact& contact, const geometry::Vec3& at);

/// The same for a nodule's centre: distance across the press, and depth; -1 none.
struct NoduleUnder {
    int band = -1;
    double distance_mm = 1e9, depth_mm = 0.0;
    geometry::Vec3 offset{0.0}; ///< from the press line to the centre, across the press
};
NoduleUnder nodule_under(const PadContact& contact, const geometry::Vec3& at);

/// Strip contrasts of this band and this nodule when the pad's centre is right above them.
double contrast_of_band(const Parameters& parameters, const PadContact& contact, const BandUnder& under,
                        double fat_left_mm);
double contrast_of_nodule(const Parameters& parameters, const PadContact& contact, const NoduleUnder& under,
                          double fat_left_mm);
/// How a contrast falls with the distance of the pad's centre; `half_width_mm` of band or nodule.
double falloff(double distance_mm, double half_width_mm);

} // namespace tb::tissue
