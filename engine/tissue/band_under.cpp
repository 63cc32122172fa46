#include "tissue/band_under.h"

#include <algorithm>
#include <cmath>

namespace tb::tissue {
namespace {

constexpr double kBelowColumn_mm =
    5.0;                            // the axis of a thick band may lie a little below the last layer reached
constexpr double kPadBlur_mm = 1.5; // the pad smears what it feels beyond the band's edge (est.)
constexpr double kNear_mm = 40.0;   // bands further off across the press cannot matter

/// Depth of the tissue that covers the first muscle, undeformed: skin, fat and fascia.
double cover_above_muscle_mm(const Parameters& parameters, const anatomy::TissueColumn* column) {
    double depth = 0.0;
    if (column == nullptr) return depth;
    for (const anatomy::Layer& layer : column->layers) {
        if (layer.kind != StructureKind::Skin && layer.kind != StructureKind::Subcutis) break;
        depth += std::max(0.0, layer.thickness_mm);
    }
    return depth + parameters.reference_stack[2].thickness_mm;
}

double deepest_mm(const PadContact& contact) {
    return contact.column != nullptr ? contact.column->depth_mm() + kBelowColumn_mm : 0.0;
}

} // namespace

BandUnder band_under(const PadContact& contact, const geometry::Vec3& at) {
    BandUnder best;
    const double deepest = deepest_mm(contact);
    for (std::size_t b = 0; b < contact.bands.size(); ++b) {
        const std::vector<geometry::Vec3>& line = contact.bands[b].line;
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            // Nearest place of the segment to the press line, seen along the press.
            const geometry::Vec3 from = line[i] - at, along = line[i + 1] - line[i];
            const double from_depth = glm::dot(from, contact.inward),
                         along_depth = glm::dot(along, contact.inward);
            const geometry::Vec3 p = from - from_depth * contact.inward,
                                 d = along - along_depth * contact.inward;
            const double length2 = glm::dot(d, d);
            const double t = length2 > 0.0 ? std::clamp(-glm::dot(p, d) / length2, 0.0, 1.0) : 0.0;
            const geometry::Vec3 nearest = p + t * d;
            const double distance = glm::length(nearest);
            const double depth = from_depth + t * along_depth;
            if (!(distance < best.distance_mm) || distance > kNear_mm || depth < 0.0 || depth > deepest)
                continue;
            geometry::Vec3 across = glm::cross(contact.inward, d);
            const double across_length = glm::length(across);
            if (across_length <= 0.0) continue;
            across /= across_length;
            best = {static_cast<int>(b), distance, depth, across, glm::dot(nearest, across)};
        }
    }
    return best;
}

NoduleUnder nodule_under(const PadContact& contact, const geometry::Vec3& at) {
    NoduleUnder best;
    const double deepest = deepest_mm(contact);
    for (std::size_t b = 0; b < contact.bands.size(); ++b) {
        const geometry::Vec3 from = contact.bands[b].centre - at;
        const double depth = glm::dot(from, contact.inward);
        const geometry::Vec3 offset = from - depth * contact.inward;
        const double distance = glm::length(offset);
        if (!(distance < best.distance_mm) || distance > kNear_mm || depth < 0.0 || depth > deepest) continue;
        best = {static_cast<int>(b), distance, depth, offset};
    }
    return best;
}

double contrast_of_band(const Parameters& parameters, const PadContact& contact, const BandUnder& under,
                        double fat_left_mm) {
    if (under.band < 0) return 0.0;
    const double radius = contact.bands[static_cast<std::size_t>(under.band)].radius_mm;
    const double cover = under.depth_mm - radius - cover_above_muscle_mm(parameters, contact.column);
    return band_strip_contrast(parameters, 2.0 * radius, parameters.value("palp.band_ratio"), fat_left_mm,
                               cover);
}

double contrast_of_nodule(const Parameters& parameters, const PadContact& contact, const NoduleUnder& under,
                          double fat_left_mm) {
    if (under.band < 0) return 0.0;
    const double radius = contact.bands[static_cast<std::size_t>(under.band)].nodule_radius_mm;
    const double cover = under.depth_mm - radius - cover_above_muscle_mm(parameters, contact.column);
    return nodule_strip_contrast(parameters, 2.0 * radius, parameters.value("palp.nodule_ratio"), fat_left_mm,
                                 cover);
}

double falloff(double distance_mm, double half_width_mm) {
    const double x = distance_mm / (std::max(0.0, half_width_mm) + kPadBlur_mm);
    return std::exp(-0.5 * x * x);
}

} // namespace tb::tissue
