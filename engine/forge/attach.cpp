#include "forge/attach.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "anatomy/solids.h"
#include "forge/lattice_shift.h"
#include "forge/parallel.h"
#include "geometry/bvh.h"
#include "geometry/smooth.h"

namespace tb::forge {

namespace {

using geometry::Bvh;
using geometry::Lattice;
using geometry::Mesh;
using geometry::Vec3;

constexpr double kShort_mm = 16.0; ///< an end further off belongs to something else
constexpr double kSheet_mm = 4.5;  ///< the same for fasciae and ligaments, which run past one another
constexpr double kTouch_mm = 0.3;  ///< how deep an end reaches in
constexpr double kFollow = 0.25;   ///< share of u that follows an end

/// What can hold an end: bones and tendons a muscle, bones and muscles a tendon.
class Holds {
public:
    Holds(const std::vector<MuscleFigure>& muscles, std::span<const Built> skeleton) {
        for (const bool for_tendon : {false, true}) {
            Ground& ground = grounds_[for_tendon ? 1 : 0];
            for (const Built& bone : skeleton)
                ground.add(bone.lods.front());
            for (const MuscleFigure& muscle : muscles)
                if ((muscle.structure.kind == StructureKind::Tendon) != for_tendon)
                    ground.add(mesh_of(muscle.structure));
            ground.bvh.build();
        }
    }

    /// The way from `p` to what holds it, zero inside it; nothing within reach: nothing.
    [[nodiscard]] std::optional<Vec3> way(const Vec3& p, const anatomy::Structure& muscle) const {
        const Ground& ground = grounds_[muscle.kind == StructureKind::Tendon ? 1 : 0];
        if (!anatomy::solids_around(ground.bvh, ground.reach, p).empty()) return Vec3(0.0);
        const auto nearest = ground.bvh.nearest(p, kShort_mm);
        if (!nearest) return std::nullopt;
        return nearest->point - p;
    }

private:
    struct Ground {
        Bvh bvh;
        geometry::Box reach;
        void add(const Mesh& mesh) {
            bvh.add(mesh);
            reach.add(bounds(mesh));
        }
    };
    std::array<Ground, 2> grounds_; ///< of muscles, of tendons
};

/// The ways of one end's nodes; zero where it holds.
std::vector<Vec3> ways_of_end(const anatomy::Structure& muscle, std::size_t part, bool origin,
                              const Holds& holds) {
    const Lattice& lattice = muscle.parts[part].lattice;
    const int nv = lattice.nv();
    std::vector<Vec3> ways;
    for (int j = 0; j < nv; ++j) {
        const auto n = static_cast<std::size_t>((origin ? 0 : lattice.nu() - 1) * nv + j);
        const Vec3& p = lattice.points()[n];
        Vec3 best(2 * kShort_mm, 0.0, 0.0);
        if (const auto way = holds.way(p, muscle)) best = *way;
        for (std::size_t other = 0; other < muscle.parts.size(); ++other) {
            if (other == part) continue;
            const Lattice::Inverse inverse = muscle.parts[other].lattice.inverse(p);
            if (inverse.distance < glm::length(best))
                best =
                    inverse.distance > 0.0 ? muscle.parts[other].lattice.position(inverse.at) - p : Vec3(0.0);
        }
        ways.push_back(best);
    }
    return ways;
}

/// Moves an end; its neighbours along the fibres follow.
void bring(Lattice& lattice, bool origin, double within_mm, std::vector<Vec3> ways) {
    const int nu = lattice.nu(), nv = lattice.nv();
    double mean = 0.0;
    for (const Vec3& way : ways)
        mean += glm::length(way) / nv;
    if (mean < kTouch_mm || mean > within_mm) return;
    for (Vec3& way : ways)
        if (const double d = glm::length(way); d > 0.0) way *= (std::min(d, 1.5 * mean) + kTouch_mm) / d;
    const std::vector<Vec3> raw = ways;
    for (int j = 1; j + 1 < nv; ++j) // an edge bends, it does not fray
        ways[static_cast<std::size_t>(j)] =
            0.25 * (raw[static_cast<std::size_t>(j - 1)] + raw[static_cast<std::size_t>(j + 1)]) +
            0.5 * raw[static_cast<std::size_t>(j)];
    std::vector<Vec3> points = lattice.points();
    for (int i = 0; i < nu; ++i) {
        const double u = static_cast<double>(i) / (nu - 1);
        const double share =
            1.0 - geometry::smooth_step(0.0, std::max(kFollow, 1.01 / (nu - 1)), origin ? u : 1 - u);
        for (int j = 0; j < nv; ++j)
            points[static_cast<std::size_t>(i * nv + j)] += share * ways[static_cast<std::size_t>(j)];
    }
    lattice = {nu, nv, std::move(points), lattice.half_thickness()};
}

} // namespace

void attach(std::vector<MuscleFigure>& muscles, std::span<const Built> skeleton) {
    const Holds holds(muscles, skeleton);
    for_each_index(muscles.size(), [&](std::size_t i) {
        anatomy::Structure& muscle = muscles[i].structure;
        for (std::size_t part = 0; part < muscle.parts.size(); ++part)
            for (const bool origin : {true, false})
                bring(muscle.parts[part].lattice, origin,
                      muscle.kind == StructureKind::Tendon ? kSheet_mm : kShort_mm,
                      ways_of_end(muscle, part, origin, holds));
    });
}

} // namespace tb::forge
