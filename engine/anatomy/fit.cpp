#include "anatomy/fit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "anatomy/solids.h"
#include "geometry/bvh.h"

namespace tb::anatomy {
namespace {

using geometry::Bvh;
using geometry::kAnywhere_mm;
using geometry::Vec3;

constexpr double kAttachment = 0.08;  // share of u at either end that is attached
constexpr double kDeepest_mm = 150.0; // nothing lies deeper in a bone or muscle

/// `count` points, evenly by area: each triangle holds its share of the area, the place within it follows the
/// low-discrepancy sequence R2 of M. Roberts (2018).
struct Sample {
    Vec3 at{0.0};
    double u = 0.5; ///< along the fibres
};
std::vector<Sample> surface_samples(const geometry::Mesh& mesh, int count) {
    const auto corner = [&](std::size_t t, std::size_t k) {
        return Vec3(mesh.positions[mesh.indices[3 * t + k]]);
    };
    std::vector<double> until(mesh.triangle_count());
    double area = 0.0;
    for (std::size_t t = 0; t < until.size(); ++t) {
        area += 0.5 * glm::length(glm::cross(corner(t, 1) - corner(t, 0), corner(t, 2) - corner(t, 0)));
        until[t] = area;
    }
    std::vector<Sample> out;
    if (!(area > 0.0)) return out;
    std::size_t t = 0;
    for (int i = 0; i < count; ++i) {
        while (t + 1 < until.size() && until[t] < area * (i + 0.5) / count)
            ++t;
        double whole = 0.0;
        double a = std::modf(0.7548776662466927 * (i + 1), &whole),
               b = std::modf(0.5698402909980532 * (i + 1), &whole);
        if (a + b > 1.0) {
            a = 1.0 - a;
            b = 1.0 - b;
        }
        out.push_back({corner(t, 0) + a * (corner(t, 1) - corner(t, 0)) + b * (corner(t, 2) - corner(t, 0))});
        if (!mesh.uv.empty()) out.back().u = blend(mesh, mesh.uv, static_cast<std::uint32_t>(t), a, b).x;
    }
    return out;
}

bool is_bony(StructureKind kind) {
    return kind == StructureKind::Bone || kind == StructureKind::Cartilage;
}

class Checker {
public:
    Checker(const Atlas& atlas, int points) : atlas_(atlas), points_(points) {
        alone_.resize(atlas.structure_count());
        for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
            const Structure& s = atlas.structure({i});
            const bool solid =
                s.kind == StructureKind::Muscle || s.kind == StructureKind::Tendon || is_bony(s.kind);
            if (!solid) continue;
            if (s.side != Side::Left) {
                alone_[i] = std::make_unique<Bvh>();
                alone_[i]->add(atlas.mesh({i}));
                alone_[i]->build();
            }
            // The left ones hold the left half of what lies in the midline.
            if (is_bony(s.kind) || s.kind == StructureKind::Tendon) {
                attachments_.add(atlas.mesh({i}));
                attachment_ids_.push_back({i});
            }
        }
        attachments_.build();
    }

    FitReport operator()() const {
        FitReport report;
        for (std::uint32_t i = 0; i < atlas_.structure_count(); ++i) {
            const Structure& s = atlas_.structure({i});
            if (s.side == Side::Left || s.kind == StructureKind::Skin) continue;
            if (s.kind == StructureKind::Muscle || s.kind == StructureKind::Tendon) {
                report.muscles.push_back(muscle({i}));
            } else {
                ++report.enclosed;
                SkinFit fit{{i}};
                for (const Sample& sample : surface_samples(atlas_.mesh({i}), points_))
                    count_outside(sample.at, fit.outside_share, fit.outside_mm);
                fit.outside_share /= points_;
                if (fit.outside_mm > 0.0) report.outside.push_back(fit);
            }
        }
        std::stable_sort(report.outside.begin(), report.outside.end(),
                         [](const SkinFit& a, const SkinFit& b) { return a.outside_mm > b.outside_mm; });
        return report;
    }

private:
    /// Distance outside the skin, where it is more than the slack.
    void count_outside(const Vec3& p, double& points, double& largest) const {
        if (inside_solid(atlas_.skin_bvh(), atlas_.bounds(atlas_.skin()), p)) return;
        const auto nearest = atlas_.skin_bvh().nearest(p, kAnywhere_mm);
        if (!nearest || nearest->distance <= kFitSlack_mm) return;
        points += 1.0;
        largest = std::max(largest, nearest->distance);
    }

    /// Structures under the skin that a point lies in, by index.
    void containing(const Vec3& p, std::vector<StructureId>& out) const {
        out.clear();
        for (const Around& around : solids_around(atlas_.inner_bvh(), atlas_.bounds(atlas_.skin()), p))
            out.push_back(atlas_.structure_of(around.object));
        std::sort(out.begin(), out.end());
    }

    [[nodiscard]] double depth_in(StructureId id, const Vec3& p) const {
        const auto& bvh = alone_[id.index];
        if (bvh == nullptr) return 0.0;
        const auto nearest = bvh->nearest(p, kDeepest_mm);
        return nearest ? nearest->distance : kDeepest_mm;
    }

    [[nodiscard]] MuscleFit muscle(StructureId id) const {
        MuscleFit fit;
        fit.muscle = id;
        const bool tendon = atlas_.structure(id).kind == StructureKind::Tendon;
        const std::vector<Sample> samples = surface_samples(atlas_.mesh(id), points_);
        fit.points = static_cast<int>(samples.size());
        std::map<StructureId, MuscleFit::Overlap> overlaps;
        std::vector<StructureId> inside;
        for (const auto& [p, u] : samples) {
            const bool attachment = std::min(u, 1 - u) < kAttachment;
            count_outside(p, fit.outside_share, fit.outside_mm);
            containing(p, inside);
            bool in_bone = false, in_muscle = false;
            for (const StructureId other : inside) {
                const StructureKind kind = atlas_.structure(other).kind;
                const bool muscle = kind == StructureKind::Muscle && !tendon;
                if (other == id || (!muscle && !is_bony(kind))) continue;
                const double depth = depth_in(other, p);
                if (depth <= kFitSlack_mm) continue;
                if (is_bony(kind)) {
                    if (attachment) continue; // where a muscle grows into its bone
                    in_bone = true;
                    if (depth > fit.in_bone_mm) {
                        fit.in_bone_mm = depth;
                        fit.deepest_bone = other;
                    }
                } else {
                    in_muscle = true;
                    MuscleFit::Overlap& overlap = overlaps[other];
                    overlap.share += 1.0;
                    overlap.depth_mm = std::max(overlap.depth_mm, depth);
                }
            }
            fit.in_bone_share += in_bone ? 1.0 : 0.0;
            fit.in_muscle_share += in_muscle ? 1.0 : 0.0;
        }
        const double each = fit.points > 0 ? 1.0 / fit.points : 0.0;
        fit.outside_share *= each;
        fit.in_bone_share *= each;
        fit.in_muscle_share *= each;
        for (auto& [other, overlap] : overlaps) {
            overlap.with = other;
            overlap.share *= each;
            fit.overlaps.push_back(overlap);
        }
        std::stable_sort(fit.overlaps.begin(), fit.overlaps.end(),
                         [](const auto& a, const auto& b) { return a.share > b.share; });
        ends_of(atlas_.structure(id), id, fit.ends);
        return fit;
    }

    void ends_of(const Structure& s, StructureId id, std::vector<MuscleFit::End>& out) const {
        for (std::size_t part = 0; part < s.parts.size(); ++part) {
            for (const bool origin : {true, false})
                out.push_back(end_of(s, id, part, origin));
        }
    }

    [[nodiscard]] MuscleFit::End end_of(const Structure& s, StructureId id, std::size_t part,
                                        bool origin) const {
        const geometry::Lattice& lattice = s.parts[part].lattice;
        MuscleFit::End end;
        end.part = s.parts[part].name;
        end.origin = origin;
        const int nv = lattice.nv();
        double nearest_of_all = kAnywhere_mm;
        for (int j = 0; j < nv; ++j) {
            const auto row = static_cast<std::size_t>(origin ? 0 : lattice.nu() - 1);
            const Vec3& p =
                lattice.points()[row * static_cast<std::size_t>(nv) + static_cast<std::size_t>(j)];
            const auto [distance, to] = attachment(s, id, part, p);
            end.mean_mm += distance / nv;
            end.far_mm = std::max(end.far_mm, distance);
            if (distance < nearest_of_all) {
                nearest_of_all = distance;
                end.to = to;
            }
        }
        return end;
    }

    /// Nearest bone, cartilage, tendon or other part of the same muscle, for tendons muscles too; 0 inside
    /// it.
    [[nodiscard]] std::pair<double, std::string> attachment(const Structure& s, StructureId id,
                                                            std::size_t part, const Vec3& p) const {
        const bool tendon = s.kind == StructureKind::Tendon;
        std::pair<double, std::string> best{kAnywhere_mm, ""};
        std::vector<StructureId> inside;
        containing(p, inside);
        for (const StructureId other : inside) {
            const StructureKind kind = atlas_.structure(other).kind;
            const bool holds =
                is_bony(kind) || kind == StructureKind::Tendon || (tendon && kind == StructureKind::Muscle);
            if (other != id && holds) return {0.0, atlas_.structure(other).id};
        }
        if (!tendon) {
            if (const auto nearest = attachments_.nearest(p, kAnywhere_mm))
                best = {nearest->distance, atlas_.structure(attachment_ids_[nearest->object]).id};
        } else { // a tendon begins at a muscle, not at itself
            for (std::uint32_t other = 0; other < alone_.size(); ++other) {
                if (other == id.index || alone_[other] == nullptr) continue;
                if (const auto nearest = alone_[other]->nearest(p, best.first))
                    best = {nearest->distance, atlas_.structure({other}).id};
            }
        }
        for (std::size_t other = 0; other < s.parts.size(); ++other) {
            if (other == part) continue;
            const double distance = s.parts[other].lattice.inverse(p).distance;
            if (distance < best.first) best = {distance, s.parts[other].name};
        }
        return best;
    }

    const Atlas& atlas_;
    int points_;
    std::vector<std::unique_ptr<Bvh>> alone_; // by structure index
    Bvh attachments_;                         // bones, cartilages, tendons
    std::vector<StructureId> attachment_ids_;
};

} // namespace

FitReport check_fit(const Atlas& atlas, int points_per_muscle) {
    return Checker(atlas, std::max(1, points_per_muscle))();
}

} // namespace tb::anatomy
