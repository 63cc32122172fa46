// Which structures a picture shows, and how opaque. Pure rules over the catalogue's kinds.
#pragma once

#include "anatomy/catalogue.h"
#include "view/view_settings.h"

namespace tb::view {

/// Nothing under the skin can be seen: the skin is on, opaque and not cut.
bool skin_hides_all(const Layers& layers);
/// True if these layers draw the structure. Under an opaque skin only the skin is drawn.
bool is_shown(const anatomy::Structure& structure, const Layers& layers);
float opacity_of(const anatomy::Structure& structure, const Layers& layers);

} // namespace tb::view
