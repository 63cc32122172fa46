// Bytes of body.glb, catalogue.json and trigger_points.json to an Atlas. Opens no file: the application hands the bytes.
#pragma once

#include <string>
#include <string_view>

#include "anatomy/atlas.h"

namespace tb::anatomy {

struct AtlasBytes {
    std::string_view glb;            ///< binary glTF, read through Assimp
    std::string_view catalogue;      ///< JSON text
    std::string_view trigger_points; ///< JSON text
    std::string glb_name, catalogue_name, trigger_points_name; ///< for errors
};

/// Mirrors the right side to the left, then checks every mesh: closed, outward, volume as the catalogue states (1 %).
ExpectedAll<Atlas> load_atlas(const AtlasBytes& bytes);

} // namespace tb::anatomy
