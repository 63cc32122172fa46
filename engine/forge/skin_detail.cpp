#include "forge/skin_detail.h"

#include <algorithm>
#include <cmath>

#include "anatomy/solids.h"
#include "forge/grid_fields.h"
#include "forge/mesh_seam.h"
#include "forge/parallel.h"

namespace tb::forge {

namespace {

using geometry::Box;
using geometry::FieldGrid;
using geometry::ImplicitShape;
using geometry::Mesh;
using geometry::Vec3;

constexpr double kRibbon_mm = 1.2; ///< between the cuts on both sides of a seam
constexpr double kNear_mm = 12.0;  ///< further from the skin its exact form does not matter
constexpr float kTight_mm = 2.0F;  ///< gaps narrower than twice this are filled before the skin is laid on
constexpr double kClearBlend_mm = 4.0;
constexpr double kApart_mm = 1.5; ///< rounding where two digits touch: no gap too fine for the grid

Vec3 right(const Vec3& p) {
    return {-std::abs(p.x), p.y, p.z};
}

/// Signed distance to everything under the skin, as the grid of `like`.
FieldGrid distance_under(const FieldGrid& like, std::span<const std::span<const Built>> inner) {
    FieldGrid d = like;
    std::fill(d.values.begin(), d.values.end(), 250.0F);
    const double exact = 1.8 * d.step;
    for (const std::span<const Built>& group : inner)
        for (const Built& built : group)
            add_distances(d, built.lods.front(), exact);
    sweep_distances(d, static_cast<float>(exact));
    return bridged(std::move(d), kTight_mm);
}

} // namespace

double SkinDetail::share(const Vec3& p) const {
    if (!anatomy::inside_box(region.box, right(p))) return 0.0;
    const double beyond = region.above ? p.y - region.seam_y : region.seam_y - p.y;
    return geometry::smooth_step(0.0, region.blend_mm, beyond);
}

SkinDetail detail_of(const SkinRegion& region, const FieldGrid& whole, const SkinEnvelope& envelope,
                     const Share& relief_share, std::span<const std::span<const Built>> inner, double step,
                     double clear_mm) {
    // A little over the seam, where the mesh is cut.
    Box box = region.box;
    (region.above ? box.low.y : box.high.y) = region.seam_y + (region.above ? -6.0 : 6.0) * step;
    const bool middle = box.high.x >= 0.0;
    if (middle) { // the midline lies on a plane of grid points
        box.low.x = -std::ceil(-box.low.x / step) * step;
        box.high.x = -1e-6;
    }
    SkinDetail out{region, FieldGrid(box, step, 0.0F)};
    FieldGrid& field = out.field;
    const FieldGrid under = distance_under(field, inner);

    std::vector<ImplicitShape> solids;
    for (const SkinRegion::Solid& solid : region.solids) {
        solids.emplace_back(solid.blend_mm);
        for (const BoneFigure::Part& part : solid.parts)
            solids.back().add(part.primitive, part.hole);
    }
    for_each_index(static_cast<std::size_t>(field.nz), [&](std::size_t z) {
        const int k = static_cast<int>(z);
        for (int j = 0; j < field.ny; ++j)
            for (int i = 0; i < field.nx; ++i) {
                const Vec3 p = field.point(i, j, k);
                const double own = out.share(p), coarse = whole.value(p);
                double f = coarse;
                if (own > 0.0) {
                    if (region.relief && std::abs(coarse) < kNear_mm) {
                        const double share = own * relief_share(p);
                        f = coarse * (1 - share) + envelope.value(p) * share;
                    }
                    if (region.trim)
                        f = -smooth_minimum(-f, -glm::dot(p - region.trim->point, region.trim->normal),
                                            region.trim->round_mm);
                    double added = 250.0;
                    for (const ImplicitShape& solid : solids)
                        added = smooth_minimum(added, solid.distance(p), kApart_mm);
                    f = smooth_minimum(f, added, region.join_mm);
                    f = smooth_minimum(f, under.values[field.at(i, j, k)] - clear_mm, kClearBlend_mm);
                    f = coarse * (1 - own) + f * own;
                }
                field.values[field.at(i, j, k)] = static_cast<float>(f);
            }
    });
    if (!region.relief) average(field, 1); // rounds the joints of the tubes
    if (middle) field = both_halves(field);
    return out;
}

Mesh with_details(const Mesh& body, std::span<const SkinDetail> details) {
    Mesh out = body;
    for (const SkinDetail& detail : details) {
        const SkinRegion& region = detail.region;
        const double inward = region.above ? kRibbon_mm : -kRibbon_mm;
        out = cut_off(out, region.seam_y, region.above, [&](const Box& piece) {
            return anatomy::inside_box(region.box, right(piece.centre()));
        });
        const Mesh part = cut_off(largest_component(contour(detail.field)), region.seam_y + inward,
                                  !region.above, [](const Box&) { return true; });
        out = sewn(out, part);
        if (region.box.high.x < 0.0) out = sewn(out, mirrored(part));
    }
    return out;
}

void set_normals(Mesh& skin, const FieldGrid& whole, std::span<const SkinDetail> details) {
    skin.normals.resize(skin.positions.size());
    for (std::size_t v = 0; v < skin.positions.size(); ++v) {
        const Vec3 p(skin.positions[v]);
        Vec3 g = whole.gradient(p);
        for (const SkinDetail& detail : details) {
            const double share = detail.share(p);
            if (share <= 0.0) continue;
            const bool other_side = detail.region.box.high.x < 0.0 && p.x > 0.0;
            Vec3 fine = detail.field.gradient(other_side ? geometry::mirrored(p) : p);
            if (other_side) fine.x = -fine.x;
            g = g * (1 - share) + fine * share;
        }
        const double slope = glm::length(g);
        skin.normals[v] = slope > 1e-6 ? glm::vec3(g / slope) : glm::vec3(0, 1, 0);
    }
}

} // namespace tb::forge
