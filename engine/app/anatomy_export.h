// One structure's mesh in the formats other programs read.
#pragma once

#include <string>

#include "anatomy/catalogue.h"
#include "base/result.h"
#include "geometry/mesh.h"

namespace tb::app {

/// Wavefront OBJ: mm, body frame, shared vertices, source and licence as comments.
std::string obj_text(const anatomy::Structure& structure, const geometry::Mesh& mesh,
                     const std::string& source);
/// Binary glTF 2.0 through Assimp; mm are kept as units, as in the program's own body.glb.
Expected<std::string> glb_bytes(const anatomy::Structure& structure, const geometry::Mesh& mesh,
                                const std::string& source);

} // namespace tb::app
