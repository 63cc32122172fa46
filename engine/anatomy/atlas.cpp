#include "anatomy/atlas.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/hash.h"

namespace tb::anatomy {

Atlas::Atlas(Catalogue catalogue, std::vector<std::vector<geometry::Mesh>> meshes,
             std::vector<TriggerPoint> points, std::vector<ReferralZone> zones, const Habitus& habitus)
    : catalogue_(std::move(catalogue)), meshes_(std::move(meshes)), points_(std::move(points)),
      zones_(std::move(zones)), habitus_(habitus) {
    TB_CHECK(meshes_.size() == catalogue_.structures.size());
    hazard_bvhs_.resize(meshes_.size());
    for (std::uint32_t i = 0; i < meshes_.size(); ++i) {
        const StructureId id{i};
        const StructureKind kind = structure(id).kind;
        TB_CHECK(!meshes_[i].empty());
        const geometry::Mesh& finest = meshes_[i].front();
        bounds_.push_back(geometry::bounds(finest));
        if (kind == StructureKind::Lung) lung_within_pleura_ = false;
        if (kind == StructureKind::Skin) {
            TB_CHECK(!skin_.valid());
            skin_ = id;
            skin_bvh_.add(finest);
            continue;
        }
        inner_bvh_.add(finest);
        inner_structures_.push_back(id);
        if (is_hazard(kind)) {
            hazards_.push_back(id);
            hazard_bvhs_[i] = std::make_unique<geometry::Bvh>();
            hazard_bvhs_[i]->add(finest);
            hazard_bvhs_[i]->build();
        }
    }
    TB_CHECK(skin_.valid());
    skin_bvh_.build();
    inner_bvh_.build();
    for (TriggerPoint& point : points_)
        place(point);
}

void Atlas::place(TriggerPoint& point) const {
    const StructureId muscle = point.muscle.empty() ? StructureId{} : find(point.muscle, Side::Right);
    if (muscle.valid()) {
        for (const MusclePart& part : structure(muscle).parts) {
            if (part.name == point.part) point.position = part.lattice.position(point.at);
        }
    }
}

std::uint32_t Atlas::revision() const {
    if (habitus_ == Habitus{}) return 0;
    StateHash hash;
    hash.add(habitus_.bmi);
    hash.add(std::int64_t{habitus_.female ? 1 : 0});
    hash.add(static_cast<std::int64_t>(habitus_.build));
    return static_cast<std::uint32_t>(hash.value()) | 1U;
}

const Structure& Atlas::structure(StructureId id) const {
    TB_CHECK(id.index < catalogue_.structures.size());
    return catalogue_.structures[id.index];
}

const geometry::Mesh& Atlas::mesh(StructureId id, int lod) const {
    TB_CHECK(id.index < meshes_.size() && lod >= 0);
    const std::vector<geometry::Mesh>& levels = meshes_[id.index];
    return levels[std::min(static_cast<std::size_t>(lod), levels.size() - 1)];
}

const geometry::Box& Atlas::bounds(StructureId id) const {
    TB_CHECK(id.index < bounds_.size());
    return bounds_[id.index];
}

const TriggerPoint* Atlas::trigger_point(std::string_view id) const {
    const auto it =
        std::find_if(points_.begin(), points_.end(), [&](const TriggerPoint& p) { return p.id == id; });
    return it == points_.end() ? nullptr : &*it;
}

const ReferralZone* Atlas::referral_zone(std::string_view id) const {
    const auto it =
        std::find_if(zones_.begin(), zones_.end(), [&](const ReferralZone& z) { return z.id == id; });
    return it == zones_.end() ? nullptr : &*it;
}

StructureId Atlas::find(std::string_view id_without_side, Side side) const {
    const std::string id(id_without_side);
    if (side != Side::Midline) {
        // Pairs that are no mirror images (kidneys) are written out as two structures.
        for (const char* suffix :
             {side == Side::Right ? "_r" : "_l", side == Side::Right ? "-right" : "-left"}) {
            if (const StructureId sided = find(id + suffix); sided.valid()) return sided;
        }
    }
    return find(id);
}

const geometry::Bvh* Atlas::hazard_bvh(StructureId id) const {
    return id.index < hazard_bvhs_.size() ? hazard_bvhs_[id.index].get() : nullptr;
}

} // namespace tb::anatomy
