#include "forge/separate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

#include "anatomy/solids.h"
#include "forge/parallel.h"
#include "geometry/bvh.h"

namespace tb::forge {

namespace {

using anatomy::inside_solid;
using geometry::Box;
using geometry::Bvh;
using geometry::Lattice;
using geometry::Mesh;
using geometry::Vec3;

constexpr double kFar_mm = 150.0;     ///< nothing lies deeper in a muscle or bone
constexpr double kTrace = 0.005;      ///< share of the way back, a few hundredths of a millimetre
constexpr double kBoneClear_mm = 0.1; ///< stays between a muscle and bone
constexpr double kThrough_mm = 12.0;  ///< deeper in bone than this a vertex belongs to an attachment's core
constexpr double kPoke_mm = 8.0;      ///< more than this beyond a layer is not a poke through it
constexpr double kSunk_mm = 4.0; ///< a thin layer no deeper in its neighbour than this comes out to its face
constexpr int kHalvings = 7;     ///< of the way to the middle: 20 mm come to 0.2

/// One closed shape with its signed distance, negative inside.
struct Solid {
    Bvh bvh;
    Box box;
    explicit Solid(const Mesh& mesh) : box(bounds(mesh)) {
        bvh.add(mesh);
        bvh.build();
    }
    [[nodiscard]] double distance(const Vec3& p) const {
        const auto nearest = bvh.nearest(p, kFar_mm);
        const double d = nearest ? nearest->distance : kFar_mm;
        return inside_solid(bvh, box, p) ? -d : d;
    }
};

class Separator {
public:
    Separator(std::span<const Built> muscles, std::span<const Built> skeleton) {
        for (const Built& muscle : muscles) {
            // Fasciae and ligaments wrap muscles: they take no room from them.
            const bool takes_room = muscle.structure.kind == StructureKind::Muscle;
            layers_.add(muscle.lods.front());
            solids_.push_back(takes_room ? std::make_unique<Solid>(muscle.lods.front()) : nullptr);
        }
        for (const Built& bone : skeleton) {
            bones_.add(bone.lods.front());
            bone_reach_.add(bounds(bone.lods.front()));
        }
        bones_.build();
        layers_.build();
    }

    void take_back(Built& built, std::size_t index) const {
        const Box own = bounds(built.lods.front());
        std::vector<Rival> rivals;
        if (solids_[index] != nullptr)
            for (std::size_t other = 0; other < solids_.size(); ++other) {
                if (solids_[other] == nullptr) continue;
                if (other != index && meet(own, solids_[other]->box)) rivals.push_back({other, false});
                if (own.high.x + solids_[other]->box.high.x > 0.0 &&
                    built.structure.side != anatomy::Side::Midline &&
                    meet(own, mirrored_box(solids_[other]->box)))
                    rivals.push_back({other, true});
            }
        for (Mesh& mesh : built.lods) {
            for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
                const Lattice& lattice =
                    built.structure.parts[static_cast<std::size_t>(std::lround(mesh.w_part[v].y))].lattice;
                const double u = mesh.uv[v].x, across = mesh.uv[v].y;
                const std::array<Vec3, 3> middles{lattice.mid_surface(u, across),
                                                  lattice.mid_surface(u, 0.5 + 0.6 * (across - 0.5)),
                                                  lattice.mid_surface(std::clamp(u, 0.06, 0.94), 0.5)};
                Vec3 p = out_of_bone(Vec3(mesh.positions[v]), middles[0]);
                if (solids_[index] != nullptr) p = under_layers(p, middles[0], index);
                if (!rivals.empty()) p = midway(p, middles, index, rivals);
                // A trace of the way back keeps vertices apart that were led to one place of a bone.
                mesh.positions[v] = glm::mix(p, Vec3(mesh.positions[v]), kTrace);
            }
            compute_normals(mesh);
        }
    }

private:
    struct Rival {
        std::size_t index;
        bool twin; ///< the left-side one
        /// Into the half where the rival's own solid lies, and back.
        [[nodiscard]] Vec3 side(const Vec3& p) const { return twin ? geometry::mirrored(p) : p; }
    };

    static bool meet(const Box& a, const Box& b) {
        return a.low.x <= b.high.x && b.low.x <= a.high.x && a.low.y <= b.high.y && b.low.y <= a.high.y &&
               a.low.z <= b.high.z && b.low.z <= a.high.z;
    }
    static Box mirrored_box(const Box& box) {
        return {{-box.high.x, box.low.y, box.low.z}, {-box.low.x, box.high.y, box.high.z}};
    }

    [[nodiscard]] bool in_bone(const Vec3& p) const {
        return !anatomy::solids_around(bones_, bone_reach_, p).empty();
    }

    /// Where the line from the muscle's middle first meets bone; from an attachment, whose middle is in the
    /// bone, to the bone's nearest surface.
    [[nodiscard]] Vec3 out_of_bone(const Vec3& p, const Vec3& middle) const {
        if (!in_bone(middle)) {
            const double length = glm::length(p - middle);
            if (length < 1e-6) return p;
            const auto hit = bones_.first_hit(middle, p - middle, length + kBoneClear_mm);
            return hit ? middle + (p - middle) * (std::max(0.0, hit->distance - kBoneClear_mm) / length) : p;
        }
        if (!in_bone(p)) return p;
        const auto nearest = bones_.nearest(p, kThrough_mm);
        return nearest ? nearest->point : p;
    }

    /// A thin layer that a thicker muscle reaches through has that muscle on its one side only.
    [[nodiscard]] Vec3 under_layers(const Vec3& p, const Vec3& middle, std::size_t index) const {
        const double length = glm::length(p - middle);
        if (length < 1e-6) return p;
        double end = length;
        for (const anatomy::Stretch& s : anatomy::stretches(layers_.all_hits(middle, p), 2 * length))
            if (s.object != index && s.enter > 0.0 && s.leave < length && length - s.leave < kPoke_mm)
                end = std::min(end, std::max(0.0, s.enter - kBoneClear_mm));
        return middle + (p - middle) * (end / length);
    }

    /// Which of the rivals hold `p`.
    [[nodiscard]] std::vector<Rival> holding(const Vec3& p, const std::vector<Rival>& rivals) const {
        std::vector<Rival> out;
        for (const Rival& rival : rivals) {
            const Solid& solid = *solids_[rival.index];
            if (inside_solid(solid.bvh, solid.box, rival.side(p))) out.push_back(rival);
        }
        return out;
    }

    [[nodiscard]] Vec3 midway(const Vec3& start, const std::array<Vec3, 3>& middles, std::size_t index,
                              const std::vector<Rival>& rivals) const {
        const std::vector<Rival> near = holding(start, rivals);
        if (near.empty()) return start;
        // How much more a place belongs to a rival than to this muscle.
        const auto claim = [&](const Vec3& p) {
            const double own = solids_[index]->distance(p);
            double most = -kFar_mm;
            for (const Rival& rival : near)
                most = std::max(most, own - solids_[rival.index]->distance(rival.side(p)));
            return most;
        };
        for (const Vec3& middle : middles) {
            if (claim(middle) >= 0.0) continue;
            double ours = 0.0, theirs = 1.0;
            for (int step = 0; step < kHalvings; ++step) {
                const double half = 0.5 * (ours + theirs);
                (claim(glm::mix(middle, start, half)) < 0.0 ? ours : theirs) = half;
            }
            return glm::mix(middle, start, ours);
        }
        // All of the muscle here lies in a rival: near that one's surface it comes out to it, deeper it
        // stays.
        const Rival& holder = near.front();
        const auto way_out = solids_[holder.index]->bvh.nearest(holder.side(start), kSunk_mm);
        return way_out ? holder.side(way_out->point) : start;
    }

    std::vector<std::unique_ptr<Solid>> solids_; // of muscles, by index
    Bvh bones_, layers_;                         ///< of the skeleton; of all muscles, fasciae and tendons
    Box bone_reach_;
};

} // namespace

void separate(std::span<Built> muscles, std::span<const Built> skeleton) {
    const Separator separator(muscles, skeleton);
    for_each_index(muscles.size(), [&](std::size_t i) { separator.take_back(muscles[i], i); });
}

} // namespace tb::forge
