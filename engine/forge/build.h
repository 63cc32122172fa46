// From figure tables to meshes: each function builds one group of structures of the right side and the
// midline. Every mesh is closed, outward, indexed without doubled vertices, with normals; muscles carry
// lattice attributes too.
#pragma once

#include <span>
#include <vector>

#include "forge/figures.h"
#include "geometry/contour.h"

namespace tb::forge {

/// A structure with its levels of detail, finest first; volume, triangles and lods of the entry are filled
/// in.
struct Built {
    anatomy::Structure structure;
    std::vector<geometry::Mesh> lods;
};

/// As the lattices say; with a skeleton also shared out between neighbours and out of the bones (separate.h).
std::vector<Built> build_muscles(const std::vector<MuscleFigure>& muscles,
                                 std::span<const Built> skeleton = {});
/// The finest meshes alone, neither simplified nor ordered.
std::vector<Built> dense_muscles(const std::vector<MuscleFigure>& muscles);
std::vector<Built> build_bones(const std::vector<BoneFigure>& bones);
std::vector<Built> build_discs(const std::vector<DiscFigure>& discs);
/// Tubes; pleura with the lung in it; kidneys, spleen.
std::vector<Built> build_hazards(const Figures& figures);
/// The skin before it makes way for single vessels, and what it lies on: signed distance to its outside,
/// negative inside, and distance to muscles and bones. One grid for both.
struct SkinCover {
    geometry::FieldGrid skin, distance;
};
/// Over the trunk and the limbs the skin lies on the muscles and bones of `firm` with the living cover of fat
/// between, bridging their furrows; at head, hands and feet it is the reference's.
SkinCover skin_cover(const SkinFigure& skin, const LivingFigure& living, std::span<const Built> firm);
/// Brings vessels and nerves that lie in the reference's fat under the living cover, which is thinner, but
/// not into muscle: where the fat is too thin for them the skin bulges.
void sink(std::vector<TubeFigure>& tubes, const SkinCover& cover);
/// The skin's mesh; it keeps clear of everything, `loose` (vessels, nerves, organs) too.
Built build_skin(const SkinFigure& skin, SkinCover cover, std::span<const Built> firm,
                 std::span<const Built> loose);

/// Finishes a structure: levels of detail in drawing order, volume, triangle count.
Built finished(anatomy::Structure structure, std::vector<geometry::Mesh> lods);

} // namespace tb::forge
