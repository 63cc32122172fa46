// What lies under the pointer, as these layers show it: peeled, hidden, cut and lens-opened structures are
// looked through. Pure.
#pragma once

#include <optional>

#include "anatomy/body.h"
#include "view/view_settings.h"

namespace tb::view {

struct Picked {
    StructureId structure;
    geometry::Vec3 point{0.0};     ///< body frame, mm
    geometry::Vec3 direction{0.0}; ///< of sight, unit
};
/// The first structure at a pixel that is drawn at least half opaque; nothing beside the body. `size_px` and
/// `pixel` from the picture's upper left corner.
std::optional<Picked> pick(const anatomy::Body& body, const ViewSettings& settings, glm::vec2 size_px,
                           glm::vec2 pixel);
/// The cut plane these settings mean; `on` is false without a cut.
render::ClipPlane clip_plane(const ViewSettings& settings);

} // namespace tb::view
