// Inside module view: what a practising trainee sees besides, at each step of the ladder (events/sight.h).
#pragma once

#include "anatomy/body.h"
#include "render/render_scene.h"
#include "view/view_settings.h"

namespace tb::view {

/// The settings as they show at their `layers.sight`; unchanged when blind.
ViewSettings as_seen(const anatomy::Body& body, const ViewSettings& settings);
/// Seen through: the patient's own taut bands as strips of fibres with their nodules, shining through what
/// covers them, and the hazards near them lit in the pattern of their kind.
void add_seen_through(const anatomy::Body& body, render::RenderScene& scene);

} // namespace tb::view
