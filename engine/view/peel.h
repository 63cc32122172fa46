// Peeling region by region: which part of the body each muscle and each piece of skin belongs to.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "anatomy/catalogue.h"
#include "render/render_scene.h"
#include "view/view_settings.h"

namespace tb::view {

struct PeelRegion {
    std::string_view id, word;
    std::span<const std::string_view> catalogue_regions;
    /// Boxes in the body frame (mm) inside which the skin comes off; on the reference figure, arms hanging
    /// (author's own measures, est.).
    std::span<const render::Opening> skin;
};
std::span<const PeelRegion> peel_regions();
/// Null if there is none.
const PeelRegion* peel_region(std::string_view id);

/// Peel stage that applies to a structure: of the whole body or of its region, whichever is deeper.
float peel_stage(const anatomy::Structure& structure, const Layers& layers);
/// 1 still there, 0 taken off, between them on its way, at this stage.
float left_at(const anatomy::Structure& structure, float stage);
/// Where regions alone have lost their skin.
std::vector<render::Opening> skin_openings(const Layers& layers);
/// "Skin", "Skin off", "Muscle layer 2 off", "Bones".
std::string stage_words(float stage);

} // namespace tb::view
