// Bytes of body.glb, catalogue.json, trigger_points.json and referral_zones.json to an Atlas. Opens no file:
// the application hands the bytes.
#pragma once

#include <string>
#include <string_view>

#include "anatomy/atlas.h"

namespace tb::anatomy {

struct AtlasBytes {
    std::string_view glb;                                      ///< binary glTF, read through Assimp
    std::string_view catalogue;                                ///< JSON text
    std::string_view trigger_points;                           ///< JSON text
    std::string glb_name, catalogue_name, trigger_points_name; ///< for errors
    std::string_view referral_zones = {};                      ///< JSON text; empty: zones stay words
    std::string referral_zones_name = {};                      ///< for errors
};

/// Every fault of the files, one sentence each; never throws, whatever the bytes are.
///
/// The mesh file is checked from outside in: digest (where the catalogue has one), container and references
/// (glb_check.h), then each mesh: named by the catalogue, numbers finite and within a body's reach, triangles
/// complete, muscles with lattice coordinates and fibres. The finest mesh of a structure must also be closed,
/// outward, and of the volume that the catalogue states (1 %); coarser ones are only drawn. Left twins are
/// mirror images of what was checked, and are not checked again. Measured on the whole body (1.76 million
/// triangles, both sides, 45 MB): about 0.8 s on a busy two-core machine, of which 0.15 s reading, 0.13 s
/// closedness and 0.35 s search trees.
ExpectedAll<Atlas> load_atlas(const AtlasBytes& bytes);

} // namespace tb::anatomy
