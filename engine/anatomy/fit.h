// Do the structures of the built body fit together: muscles under the skin, outside the bones and beside each
// other, their ends on bone, everything under the skin. Right side and midline; samples of the surfaces, mm.
#pragma once

#include <string>
#include <vector>

#include "anatomy/atlas.h"

namespace tb::anatomy {

/// Contact and the error of meshes stay below this; only what is more counts.
constexpr double kFitSlack_mm = 1.0;

struct MuscleFit {
    StructureId muscle;
    int points = 0;                               ///< sampled, evenly over the surface
    double outside_share = 0.0, outside_mm = 0.0; ///< of the skin: share of points, largest distance
    double in_bone_share = 0.0, in_bone_mm = 0.0; ///< bone or cartilage: share of points, largest depth
    StructureId deepest_bone;
    double in_muscle_share = 0.0; ///< share of points inside any other muscle
    struct Overlap {
        StructureId with;
        double share = 0.0;    ///< of this muscle's points inside `with`
        double depth_mm = 0.0; ///< largest
    };
    std::vector<Overlap> overlaps; ///< largest share first
    /// One end of one lattice part: its first or last row of points.
    struct End {
        std::string part;
        bool origin = true;
        double mean_mm = 0.0, far_mm = 0.0; ///< to the nearest attachment; 0 inside it
        std::string to;                     ///< bone, cartilage, tendon or, for slips, the other part's name
    };
    std::vector<End> ends;
};

/// Bone, cartilage or hazard that is not all under the skin.
struct SkinFit {
    StructureId structure;
    double outside_share = 0.0, outside_mm = 0.0;
};

struct FitReport {
    std::vector<MuscleFit> muscles; ///< in the order of the catalogue; muscles and tendons
    std::vector<SkinFit> outside;   ///< largest distance first
    int enclosed = 0;               ///< bones, cartilages and hazards checked against the skin
};

/// About 5 s for the whole body at 1200 points a muscle.
FitReport check_fit(const Atlas& atlas, int points_per_muscle = 1200);

} // namespace tb::anatomy
