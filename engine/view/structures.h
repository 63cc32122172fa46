// Drawables of the body: material and colour by kind, level of detail by size in the picture, cut plane, taut
// bands.
#pragma once

#include "anatomy/body.h"
#include "render/render_scene.h"
#include "view/view_settings.h"

namespace tb::view {

/// Largest number of triangles of the whole picture when the level of detail is chosen automatically.
constexpr std::size_t kTriangleBudget = 150000;

/// Camera, cut plane and the structures that `settings` shows. `dented`: the skin takes the scene's dent.
render::RenderScene scene_of_body(const anatomy::Body& body, const ViewSettings& settings, glm::vec2 size_px,
                                  bool dented);
/// How a hazard of this kind shines through what hides it.
render::GlowPattern pattern_of(StructureKind kind);
/// Taut bands as tubes along their line with the nodule on them.
void add_bands(const anatomy::Body& body, render::RenderScene& scene);
/// A ring around the nodule, facing the eye and over everything; dashed where the point is latent.
void add_nodule_ring(const anatomy::Band& band, const glm::vec3& colour, render::RenderScene& scene);
/// A sphere without surroundings: nodule, deposit, anchor.
void add_sphere(const glm::vec3& centre, float radius, const glm::vec3& colour, float opacity,
                render::RenderScene& scene);

} // namespace tb::view
