#include "anatomy/shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace tb::anatomy {

namespace {

using geometry::Lattice;
using geometry::Mesh;
using geometry::Vec3;

constexpr double kLook_mm = 70.0;  ///< no fat is thicker
constexpr double kFold_mm = 120.0; ///< skin further off across a fold is not in the way
constexpr double kFoldShare = 0.4; ///< either side of a fold takes no more of the room between
constexpr int kSmoothings = 8;     ///< of the skin's displacement over its neighbours
constexpr double kInFat_mm = 40.0; ///< vessels and nerves no deeper than this may lie in the fat
constexpr double kCell_mm = 5.0;   ///< parts of one of them closer together move alike

bool is_tube(StructureKind kind) {
    return kind == StructureKind::Vein || kind == StructureKind::Artery || kind == StructureKind::Nerve;
}

Vec3 unit(const Vec3& v) {
    const double length = glm::length(v);
    return length > 0.0 ? v / length : Vec3(0.0, 0.0, 1.0);
}

class Shaper {
public:
    Shaper(const Atlas& atlas, const Habitus& habitus)
        : atlas_(atlas), growth_(atlas.catalogue().variation.growth),
          bulk_(atlas.catalogue().variation.bulk.of(habitus)), own_(atlas.catalogue().variation.cover, {}),
          wanted_(atlas.catalogue().variation.cover, habitus),
          fatter_or_leaner_(habitus.bmi != Habitus{}.bmi || habitus.female) {}

    [[nodiscard]] Vec3 grown(const Vec3& p) const { return bulk_ == 0.0 ? p : p + bulk_ * growth_.at(p); }

    [[nodiscard]] Mesh mesh(StructureKind kind, const Mesh& mesh) const {
        if (keeps_its_place(kind)) return mesh;
        if (kind == StructureKind::Skin) return skin(mesh);
        if (bulk_ == 0.0 && !is_tube(kind)) return mesh;
        Mesh out = mesh;
        std::vector<Vec3> move(is_tube(kind) && fatter_or_leaner_ ? mesh.positions.size() : 0);
        if (!move.empty()) {
            std::map<std::array<int, 3>, Vec3> by_cell;
            for (std::size_t v = 0; v < move.size(); ++v) {
                const Vec3 p(mesh.positions[v]);
                const glm::ivec3 cell = glm::ivec3(glm::floor(p / kCell_mm));
                const auto [it, is_new] = by_cell.try_emplace({cell.x, cell.y, cell.z});
                if (is_new) it->second = with_fat((Vec3(cell) + 0.5) * kCell_mm);
                move[v] = it->second;
            }
            for (int pass = 0; pass < kSmoothings; ++pass)
                smooth(mesh, move);
        }
        for (std::size_t v = 0; v < out.positions.size(); ++v)
            out.positions[v] =
                glm::vec3(grown(Vec3(mesh.positions[v])) + (move.empty() ? Vec3(0.0) : move[v]));
        compute_normals(out);
        return out;
    }

    [[nodiscard]] Lattice lattice(const Lattice& lattice) const {
        if (bulk_ == 0.0) return lattice;
        const int nu = lattice.nu(), nv = lattice.nv();
        std::vector<Vec3> points = lattice.points();
        std::vector<double> half = lattice.half_thickness();
        for (int i = 0; i < nu; ++i)
            for (int j = 0; j < nv; ++j) {
                const auto n = static_cast<std::size_t>(i * nv + j);
                const Vec3 normal =
                    lattice.normal(static_cast<double>(i) / (nu - 1), static_cast<double>(j) / (nv - 1));
                const double h = std::max(half[n], 0.05);
                const Vec3 deep = grown(points[n] - h * normal), top = grown(points[n] + h * normal);
                points[n] = 0.5 * (deep + top);
                half[n] *= std::max(0.2, 0.5 * glm::length(top - deep) / h);
            }
        return {nu, nv, std::move(points), std::move(half)};
    }

private:
    /// From the skin inward to the first structure that is not in the fat itself.
    [[nodiscard]] double depth_to_firm(const Vec3& p, const Vec3& outward) const {
        for (const geometry::Hit& hit : atlas_.inner_bvh().all_hits(p, p - kLook_mm * outward))
            if (!is_tube(atlas_.structure(atlas_.structure_of(hit.object)).kind)) return hit.distance;
        return kLook_mm;
    }

    /// What a vessel or nerve follows of the skin over it: all at the skin, nothing under the fat.
    [[nodiscard]] Vec3 with_fat(const Vec3& p) const {
        const auto nearest = atlas_.skin_bvh().nearest(p, kInFat_mm);
        if (!nearest) return Vec3(0.0);
        const Vec3 outward = unit(nearest->point - p);
        const double fat = depth_to_firm(nearest->point, outward);
        const double share = fat > nearest->distance ? 1.0 - nearest->distance / fat : 0.0;
        return share * allowed(nearest->point, outward, fat) * outward;
    }

    /// The change of fat as far as there is room for it.
    [[nodiscard]] double allowed(const Vec3& p, const Vec3& outward, double depth) const {
        const Cover::Layers wanted = wanted_.at(p);
        const double change = wanted.fat_mm - own_.at(p).fat_mm;
        if (change < 0.0) return std::max(change, std::min(0.0, wanted.skin_mm + wanted.floor_mm - depth));
        const auto across = atlas_.skin_bvh().first_hit(p + 0.05 * outward, outward, kFold_mm);
        return across ? std::min(change, kFoldShare * across->distance) : change;
    }

    [[nodiscard]] Mesh skin(const Mesh& mesh) const {
        Mesh out = mesh;
        std::vector<Vec3> move(mesh.positions.size());
        std::vector<double> least(mesh.positions.size()); // an inward move is not deepened by its neighbours
        for (std::size_t v = 0; v < move.size(); ++v) {
            const Vec3 p(mesh.positions[v]), outward = unit(Vec3(mesh.normals[v]));
            const double fat = allowed(p, outward, depth_to_firm(p, outward));
            least[v] = fat;
            move[v] = fat * outward;
        }
        for (int pass = 0; pass < kSmoothings; ++pass)
            smooth(mesh, move);
        for (std::size_t v = 0; v < move.size(); ++v) {
            const Vec3 outward = unit(Vec3(mesh.normals[v]));
            const double out_by = glm::dot(move[v], outward);
            if (least[v] <= 0.0 && out_by < least[v]) move[v] += (least[v] - out_by) * outward;
            out.positions[v] = glm::vec3(grown(Vec3(mesh.positions[v])) + move[v]);
        }
        compute_normals(out);
        return out;
    }

    static void smooth(const Mesh& mesh, std::vector<Vec3>& move) {
        std::vector<Vec3> sum(move.size(), Vec3(0.0));
        std::vector<double> count(move.size(), 0.0);
        for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3)
            for (std::size_t k = 0; k < 3; ++k) {
                const std::uint32_t a = mesh.indices[t + k], b = mesh.indices[t + (k + 1) % 3];
                sum[a] += move[b];
                count[a] += 1.0;
            }
        for (std::size_t v = 0; v < move.size(); ++v)
            if (count[v] > 0.0) move[v] = 0.5 * (move[v] + sum[v] / count[v]);
    }

    const Atlas& atlas_;
    const Growth& growth_;
    double bulk_;
    Cover own_, wanted_;
    bool fatter_or_leaner_;
};

} // namespace

Atlas shaped(const Atlas& atlas, const Habitus& habitus) {
    const Shaper shaper(atlas, habitus);
    Catalogue catalogue = atlas.catalogue();
    std::vector<std::vector<Mesh>> meshes;
    for (std::uint32_t i = 0; i < catalogue.structures.size(); ++i) {
        Structure& s = catalogue.structures[i];
        for (MusclePart& part : s.parts)
            part.lattice = shaper.lattice(part.lattice);
        std::vector<Mesh> lods;
        for (int level = 0; level < s.lods; ++level)
            lods.push_back(shaper.mesh(s.kind, atlas.mesh({i}, level)));
        if (!keeps_its_place(s.kind)) s.volume_ml = volume_mm3(lods.front()) / 1000.0;
        meshes.push_back(std::move(lods));
    }
    return {std::move(catalogue), std::move(meshes), atlas.trigger_points(), atlas.referral_zones(), habitus};
}

} // namespace tb::anatomy
