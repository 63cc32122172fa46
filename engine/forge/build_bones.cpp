#include <algorithm>

#include "forge/build.h"
#include "forge/parallel.h"
#include "geometry/simplify.h"

namespace tb::forge {

namespace {

using geometry::Mesh;
using geometry::Vec3;

/// Grid step as in the check that defines the table: 1/110 of the length, 0.5 to 2 mm, at most 1 mm where
/// bone is thin.
double grid_step(const BoneFigure& bone, const geometry::Box& box) {
    const Vec3 size = box.size();
    const double step = std::clamp(std::max({size.x, size.y, size.z}) / 110.0, 0.5, 2.0);
    return bone.thin ? std::min(step, 1.0) : step;
}

Built build_bone(const BoneFigure& bone) {
    geometry::ImplicitShape shape(bone.blend_mm);
    for (const BoneFigure::Part& part : bone.parts)
        shape.add(part.primitive, part.hole, bone.both_sides && !part.middle);
    geometry::Box box = shape.box();
    box.grow(3.0 + bone.blend_mm);
    const double step = grid_step(bone, box);
    const geometry::LocalField field = shape.field();
    const Mesh full = largest_component(contour(sample(field, box, step)));
    // What the finer grid resolves is kept: a tenth of a millimetre, less on small bones. (est.)
    std::vector<Mesh> lods;
    for (const double error : {std::min(0.15, 0.15 * step), 0.45, 1.3}) {
        lods.push_back(simplified(lods.empty() ? full : lods.back(), {error, 0}));
        settle(lods.back(), field, 0.2 * step, lods.size() == 1 ? 0.3 * step : 0.0);
        unfold(lods.back());
    }
    return finished(bone.structure, std::move(lods));
}

} // namespace

std::vector<Built> build_bones(const std::vector<BoneFigure>& bones) {
    std::vector<Built> out(bones.size());
    for_each_index(bones.size(), [&](std::size_t i) { out[i] = build_bone(bones[i]); });
    return out;
}

Built finished(anatomy::Structure structure, std::vector<Mesh> lods) {
    for (Mesh& mesh : lods)
        mesh = ordered_for_drawing(mesh);
    structure.volume_ml = volume_mm3(lods.front()) / 1000.0;
    structure.triangles = lods.front().triangle_count();
    structure.lods = static_cast<int>(lods.size());
    return {std::move(structure), std::move(lods)};
}

} // namespace tb::forge
