#include "view/referral_paint.h"

#include <algorithm>
#include <unordered_map>

#include "view/points.h"
#include "view/present.h"

namespace tb::view {
namespace {

/// Above the ids of all other meshes.
constexpr std::uint64_t kMeshId = std::uint64_t{1} << 48U;

/// What to paint: a trigger point's zones, or one zone.
struct Wanted {
    const anatomy::TriggerPoint* point = nullptr;
    const anatomy::ReferralZone* zone = nullptr;
    anatomy::Side side = anatomy::Side::Right;
};

Wanted wanted_by(const anatomy::Atlas& atlas, std::string_view id) {
    const auto [point, side] = point_of(atlas, id);
    return {point, atlas.referral_zone(anatomy::without_side(id)), side};
}

/// Every triangle in four, so that the edge of a zone is not torn along the triangles (about 4 mm then).
geometry::Mesh refined(const geometry::Mesh& mesh) {
    geometry::Mesh out;
    out.positions = mesh.positions;
    out.normals = mesh.normals;
    out.indices.reserve(4 * mesh.indices.size());
    std::unordered_map<std::uint64_t, std::uint32_t> middles; // by edge: the smaller index above
    middles.reserve(mesh.indices.size() / 2);                 // of a closed surface
    const auto middle = [&](std::uint32_t a, std::uint32_t b) {
        const std::uint64_t edge = std::uint64_t{std::min(a, b)} << 32U | std::max(a, b);
        const auto [it, fresh] = middles.try_emplace(edge, static_cast<std::uint32_t>(out.positions.size()));
        if (fresh) {
            out.positions.push_back(0.5f * (mesh.positions[a] + mesh.positions[b]));
            const glm::vec3 n = mesh.normals[a] + mesh.normals[b];
            out.normals.push_back(glm::length(n) > 1e-6f ? glm::normalize(n) : mesh.normals[a]);
        }
        return it->second;
    };
    for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
        const std::uint32_t a = mesh.indices[i], b = mesh.indices[i + 1], c = mesh.indices[i + 2];
        const std::uint32_t ab = middle(a, b), bc = middle(b, c), ca = middle(c, a);
        out.indices.insert(out.indices.end(), {a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca});
    }
    return out;
}

anatomy::ReferralWeights weights_of(const anatomy::ReferralMap& map, const Wanted& wanted) {
    if (wanted.point != nullptr) return map.weights_of(*wanted.point, wanted.side);
    anatomy::ReferralWeights out;
    out.primary = map.weights(wanted.zone->id, wanted.side);
    out.spillover.assign(out.primary.size(), 0.0f);
    return out;
}

} // namespace

std::string referred_now(const anatomy::Body& body, const session::SimState& state) {
    const session::FingerState& f = state.finger;
    const bool holds = f.touching && f.hold_start >= 0; // `hold_referred` outlives its hold
    if (!holds || !f.hold_referred || f.nodule < 0 ||
        static_cast<std::size_t>(f.nodule) >= body.bands().size())
        return {};
    return body.bands()[static_cast<std::size_t>(f.nodule)].id;
}

bool spills(const anatomy::Body& body, const scenario::Scenario* scenario, std::string_view band) {
    const anatomy::Band* b = body.band(band);
    if (b == nullptr || b->spills) return true;
    const anatomy::TriggerPoint* point = body.atlas().trigger_point(b->point);
    return point != nullptr && scenario != nullptr &&
           std::ranges::any_of(point->referral_spillover, [&](const std::string& zone) {
               return std::ranges::count(scenario->patient.pain_zones, zone) > 0;
           });
}

void ReferralPaint::take(const anatomy::Atlas& atlas) {
    if (atlas_ == &atlas && shape_ == atlas.revision()) return;
    atlas_ = &atlas;
    shape_ = atlas.revision();
    mesh_ = refined(atlas.mesh(atlas.skin()));
    map_ = std::make_unique<anatomy::ReferralMap>(atlas, &mesh_);
    prepared_.clear();
    point_.clear();
}

void ReferralPaint::prepare(const anatomy::Atlas& atlas, const std::vector<std::string>& points) {
    take(atlas);
    prepared_.clear();
    for (const std::string& id : points) {
        const Wanted wanted = wanted_by(atlas, id);
        if (wanted.point != nullptr) prepared_.emplace(id, weights_of(*map_, wanted));
    }
}

bool ReferralPaint::apply(const anatomy::Atlas& atlas, std::string_view point, render::RenderScene& scene,
                          bool spillover) {
    if (point.empty()) return true;
    const Wanted wanted = wanted_by(atlas, point);
    if (wanted.point == nullptr && wanted.zone == nullptr) return false;
    take(atlas);
    const auto drawn =
        std::find_if(scene.drawables.begin(), scene.drawables.end(),
                     [&](const render::Drawable& d) { return d.pick_id == pick_id_of(atlas.skin()); });
    if (drawn == scene.drawables.end()) return true;
    if (point_ != point || spillover_ != spillover) {
        const auto ready = prepared_.find(point);
        const anatomy::ReferralWeights weights =
            ready != prepared_.end() ? ready->second : weights_of(*map_, wanted);
        mesh_.uv.resize(mesh_.positions.size());
        for (std::size_t i = 0; i < mesh_.uv.size(); ++i)
            mesh_.uv[i] = {weights.primary[i], spillover ? weights.spillover[i] : 0.0f};
        point_ = point;
        spillover_ = spillover;
        ++revision_;
    }
    drawn->mesh = {kMeshId, revision_, &mesh_};
    return true;
}

} // namespace tb::view
