// What the body's grid is too coarse for: ears and face, fingers, toes (skin_detail.json). Each region has a
// field of its own on a finer grid; at its seam it passes into the body's.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "forge/build.h"
#include "forge/skin_envelope.h"

namespace tb::forge {

/// A region's finer field; the right half where the region lies beside the midline.
struct SkinDetail {
    SkinRegion region;
    geometry::FieldGrid field;

    /// 0 at the seam and on the body's side of it, 1 where only the finer field counts.
    [[nodiscard]] double share(const geometry::Vec3& p) const;
};

/// How much of the reference's relief a place of the right half takes in regions that want it.
using Share = std::function<double(const geometry::Vec3&)>;

/// `whole` is the body's skin on its grid, `step` the finer grid's, mm. The result keeps `clear_mm` from
/// everything in `inner`.
SkinDetail detail_of(const SkinRegion& region, const geometry::FieldGrid& whole, const SkinEnvelope& envelope,
                     const Share& relief_share, std::span<const std::span<const Built>> inner, double step,
                     double clear_mm);

/// The body's skin with every region in its finer form, both sides; one closed mesh without normals.
geometry::Mesh with_details(const geometry::Mesh& body, std::span<const SkinDetail> details);

/// Normals from the fields' gradients, which do not depend on the triangles.
void set_normals(geometry::Mesh& skin, const geometry::FieldGrid& whole, std::span<const SkinDetail> details);

} // namespace tb::forge
