#include "view/referral_paint.h"

#include <algorithm>
#include <map>
#include <utility>

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
    Wanted out;
    if (id.ends_with("_l") || id.ends_with("_r")) {
        if (id.back() == 'l') out.side = anatomy::Side::Left;
        id.remove_suffix(2);
    }
    out.zone = atlas.referral_zone(id);
    out.point = atlas.trigger_point(id);
    if (out.point != nullptr && out.side == anatomy::Side::Left && !out.point->mirror) out.point = nullptr;
    return out;
}

/// Every triangle in four, so that the edge of a zone is not torn along the triangles (about 4 mm then).
geometry::Mesh refined(const geometry::Mesh& mesh) {
    geometry::Mesh out;
    out.positions = mesh.positions;
    out.normals = mesh.normals;
    out.indices.reserve(4 * mesh.indices.size());
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> middles;
    const auto middle = [&](std::uint32_t a, std::uint32_t b) {
        const auto [it, fresh] =
            middles.try_emplace(std::minmax(a, b), static_cast<std::uint32_t>(out.positions.size()));
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
    if (!f.hold_referred || f.nodule < 0 || static_cast<std::size_t>(f.nodule) >= body.bands().size())
        return {};
    return body.bands()[static_cast<std::size_t>(f.nodule)].id;
}

bool ReferralPaint::apply(const anatomy::Atlas& atlas, std::string_view point, render::RenderScene& scene) {
    if (point.empty()) return true;
    const Wanted wanted = wanted_by(atlas, point);
    if (wanted.point == nullptr && wanted.zone == nullptr) return false;
    if (atlas_ != &atlas) {
        atlas_ = &atlas;
        mesh_ = refined(atlas.mesh(atlas.skin()));
        map_ = std::make_unique<anatomy::ReferralMap>(atlas, &mesh_);
        point_.clear();
    }
    const auto is_skin = [&](const render::Drawable& d) {
        for (int lod = 0; lod < std::max(1, atlas.structure(atlas.skin()).lods); ++lod) {
            if (d.mesh.mesh == &atlas.mesh(atlas.skin(), lod)) return true;
        }
        return false;
    };
    const auto drawn = std::find_if(scene.drawables.begin(), scene.drawables.end(), is_skin);
    if (drawn == scene.drawables.end()) return true;
    if (point_ != point) {
        const anatomy::ReferralWeights weights = weights_of(*map_, wanted);
        mesh_.uv.resize(mesh_.positions.size());
        for (std::size_t i = 0; i < mesh_.uv.size(); ++i)
            mesh_.uv[i] = {weights.primary[i], weights.spillover[i]};
        point_ = point;
        ++revision_;
    }
    drawn->mesh = {kMeshId, revision_, &mesh_};
    return true;
}

} // namespace tb::view
