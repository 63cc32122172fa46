// Trigger points of the literature: where they lie in their muscle, what they refer to, how they are
// approached. Data: assets/clinical/trigger_points.json (160 points of the right side; the left is the mirror
// image unless said) and referral_zones.json (where the zones are on the skin).
#pragma once

#include <string>
#include <vector>

#include "anatomy/places.h"
#include "anatomy/referral_strokes.h"
#include "base/json.h"
#include "base/result.h"
#include "base/units.h"
#include "geometry/lattice.h"

namespace tb::anatomy {

struct NeedleAdvice {
    std::string mode; ///< "landmark", "supervised", "imaging_required", "palpation_only"
    int gauge = 25;
    Millimetres length;
    Millimetres depth_min, depth_max, depth_limit;
    Degrees angle;
    Millilitres volume_min, volume_max, volume_limit;
    std::string direction_guard;
    std::vector<std::string>
        never_toward; ///< catalogue ids without side where modelled, plain words otherwise
    bool pleural_risk = false;
};

struct TriggerPoint {
    std::string id; ///< "trapezius-descendens-1"
    std::string
        muscle;       ///< structure id without side: "trapezius_descending"; empty if no lattice holds it yet
    std::string part; ///< muscle part
    std::string muscle_name; ///< English
    std::string muscle_ta2;  ///< Terminologia Anatomica 2 (Latin)
    std::string region;      ///< "neck", "shoulder_girdle", ...
    geometry::LatticeCoordinates at;
    std::vector<LandmarkDistance> landmarks; ///< the same place in the words of `location`, right side
    /// Right side, body frame; the atlas works it out from muscle, part and `at`. From the file only while no
    /// lattice holds the point.
    geometry::Vec3 position{0.0};
    geometry::Vec3 approach_direction{0.0}; ///< unit, right side, zero if none
    bool fold = false;                      ///< taught through a lifted fold
    std::string technique;                  ///< "flat", "pincer", "deep"
    std::string location, symptoms, palpation;
    std::vector<std::string> referral_primary, referral_spillover; ///< zone ids
    std::vector<std::string> positions; ///< suitable postures: "prone", "side_lying", "sitting", "supine"
    std::vector<std::string> at_risk;   ///< catalogue ids without side where modelled, plain words otherwise
    NeedleAdvice needle;
    bool mirror = true;     ///< also exists on the left
    std::string confidence; ///< of the site: "high", "medium", "low"
    std::string note;
    /// Why the body cannot show the muscle or the taught track; empty for all that it shows. `--check` lists
    /// such points as known and holds everything else about them as about the others.
    std::string not_shown;
    std::vector<std::string> sources; ///< keys of the file's "about"/"sources"
};

/// Every point; a needle of mode "palpation_only" may lack gauge, length, depths and volumes. Referral zones
/// that the file does not define are faults.
ExpectedAll<std::vector<TriggerPoint>> trigger_points_from_json(const Json& json, const std::string& source);

/// An area that a trigger point refers pain to.
struct ReferralZone {
    std::string id;              ///< "head.temple"
    std::string name;            ///< "temple"
    std::string view;            ///< from where it is painted: "posterior", "anterior", "lateral", ...
    std::string paint;           ///< outline in words
    std::vector<Stroke> strokes; ///< the same outline as geometry; empty before `add_strokes`
    std::string opposite_of;     ///< the zone is this one of the other side
};
ExpectedAll<std::vector<ReferralZone>> referral_zones_from_json(const Json& json, const std::string& source);
/// referral_zones.json: gives every zone its strokes. Faults: a zone that one of the files does not know, or
/// without strokes; landmarks that are not in the catalogue, where one is given.
ExpectedAll<std::vector<ReferralZone>> add_strokes(std::vector<ReferralZone> zones, const Json& json,
                                                   const std::string& source, const Catalogue* catalogue);

} // namespace tb::anatomy
