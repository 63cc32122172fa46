// Is every trigger point where its words say, inside its muscle, and can the taught needle reach it? Answers
// for the built body; `tautband trigger-points --check` prints them, a test holds them. Right side,
// millimetres.
#pragma once

#include <string>
#include <vector>

#include "anatomy/queries.h"

namespace tb::anatomy {

/// The site on its lattice against the landmark distances of its words.
struct PlaceCheck {
    /// Largest disagreement of a statement; 0 without statements.
    double worst_mm = 0.0;
    std::vector<double> by_statement_mm; ///< in the order of `TriggerPoint::landmarks`
    double outside_muscle_mm = 0.0;      ///< 0 inside the muscle's mesh
    double under_skin_mm = 0.0;          ///< depth below the nearest skin
};
/// Disagreement that a test allows: sites scatter by about 10 mm between people (clinical README), and words
/// name landmarks that are themselves 5 to 10 mm wide.
constexpr double kMostDisagreement_mm = 15.0;

PlaceCheck check_place(const Body& plain, const TriggerPoint& point);

/// The taught straight track from the skin to the site.
struct TrackCheck {
    bool needled = false;      ///< false: palpation only, nothing to check
    geometry::Vec3 entry{0.0}; ///< where it goes through the skin; the site itself if it meets none
    double length_mm = 0.0;    ///< skin to site along the track
    double angle_deg = 0.0;    ///< to the skin at the entry
    std::string met;           ///< first bone or hazard before the site; empty if none
    double met_mm = 0.0;       ///< at which mm of the track
    bool too_long = false;     ///< longer than the stated needle
    std::string beyond;        ///< pleura, lung, canal, artery or organ within 10 mm past the site
    [[nodiscard]] bool ok() const { return !needled || (met.empty() && !too_long); }
};
TrackCheck check_track(const Body& plain, const TriggerPoint& point, const geometry::Vec3& direction);
inline TrackCheck check_track(const Body& plain, const TriggerPoint& point) {
    return check_track(plain, point, point.approach_direction);
}

/// The smallest turn of the taught direction that gives a good track: first one with 1.5 mm to every vessel
/// and nerve and nothing dangerous within 10 mm past the site, else one that is only free. `turn_deg` below
/// 0: none within `most_deg`.
struct TrackRepair {
    geometry::Vec3 direction{0.0};
    double turn_deg = -1.0;
    bool wide = false; ///< keeps the distances above
};
TrackRepair repair_track(const Body& plain, const TriggerPoint& point, double most_deg);

} // namespace tb::anatomy
