// body.glb and catalogue.json from what was built.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "forge/build.h"

namespace tb::forge {

/// Part of the body's content hash: raise it with every change of the forge that moves a surface.
constexpr int kForgeVersion = 3;

struct BodyFiles {
    std::string glb;       ///< binary glTF: one mesh and node per level of detail, named "<id>#0", "#1", ...
    std::string catalogue; ///< JSON text
};

/// Attributes in the GLB: POSITION, NORMAL; muscles also TEXCOORD_0 = (u, v), TEXCOORD_1 = (w, part) and
/// COLOR_0 = fibre direction / 2 + 1/2 with the tendon share as alpha. Right side and midline only; the
/// loader mirrors. Fails if the exporter does.
Expected<BodyFiles> body_files(std::span<const Built> built, const Figures& figures, const FigureTexts& texts,
                               const anatomy::Variation& variation = {});

} // namespace tb::forge
