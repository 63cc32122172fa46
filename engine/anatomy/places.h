// Places said in landmarks: what the words of the clinical tables ("3 cm below the clavicle") are on the
// built body. Data: fields "from", "at", "through", ... of assets/clinical/*.json. Frame: body frame of the
// right side (x < 0), millimetres; the left side is the mirror image.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anatomy/catalogue.h"
#include "base/json.h"

namespace tb::anatomy {

/// A landmark of the catalogue, or a point on the straight line between two, plus an offset.
struct Place {
    std::string from, to; ///< `to` empty: `from` alone
    double share = 0.0;   ///< 0 at `from`, 1 at `to`; beyond both allowed
    geometry::Vec3 offset{0.0};
};

/// "NAME", {"at": "NAME", "offset": [x, y, z]} or {"between": ["A", "B"], "share": 0.3, "offset": [x, y, z]}.
Place place_from_json(const JsonReader& at);

/// Nothing when a landmark is not in the catalogue (on the right or in the midline).
std::optional<geometry::Vec3> position_of(const Place& place, const Catalogue& catalogue);
/// The first name of the place that the catalogue does not have; empty if all are there.
std::string unknown_landmark(const Place& place, const Catalogue& catalogue);

/// One statement of where a trigger point lies. Distances are those of a ruler on the body: depth under the
/// skin is no part of them.
struct LandmarkDistance {
    enum class Measure {
        Lateral, ///< components of the way from the landmark to the point
        Medial,
        Above,
        Below,
        InFront,
        Behind,
        Apart, ///< straight distance, without its part along the skin's normal
        Offset ///< the whole way, without its part along the skin's normal
    };
    Place from;
    Measure measure = Measure::Apart;
    double distance_mm = 0.0;
    geometry::Vec3 offset{0.0}; ///< Offset only
};
LandmarkDistance landmark_distance_from_json(const JsonReader& at);
/// By how many mm a point at `p`, under skin with unit normal `skin_normal`, differs from the statement.
double disagreement_mm(const LandmarkDistance& statement, const geometry::Vec3& landmark,
                       const geometry::Vec3& p, const geometry::Vec3& skin_normal);

} // namespace tb::anatomy
