// Which structures a picture shows, and how opaque. Pure rules over the catalogue's kinds.
#pragma once

#include "anatomy/catalogue.h"
#include "view/view_settings.h"

namespace tb::view {

/// The skin is on, opaque and not cut: what lies under it is seen only through lens or openings.
bool skin_is_solid(const Layers& layers);
/// Nothing under the skin can be seen: it is solid, without lens and openings.
bool skin_hides_all(const Layers& layers);
/// True if these layers draw the structure. Under an opaque skin only the skin is drawn, and what shines
/// through it: what is highlighted, and hazards when they are asked for.
bool is_shown(const anatomy::Structure& structure, const Layers& layers);
float opacity_of(const anatomy::Structure& structure, const Layers& layers);
/// Left out inside the lens.
bool opens_in_lens(const anatomy::Structure& structure, const Layers& layers);

} // namespace tb::view
