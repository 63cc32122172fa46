#include <algorithm>
#include <array>

#include "forge/build.h"
#include "forge/parallel.h"
#include "geometry/simplify.h"

namespace tb::forge {

namespace {

using geometry::Lattice;
using geometry::TendonShares;

/// An end of a slip closer than this to the main part is joined to it (slips overlap the main part a little).
constexpr double kJoined_mm = 2.5;

constexpr std::array<geometry::LatticeDensity, 3> kLevels{{{4, 8, 16}, {2, 4, 10}, {1, 2, 6}}};

constexpr std::array<double, 3> kLodError_mm{0.03, 0.15, 0.6};

double length_of(const Lattice& lattice) {
    constexpr int kSteps = 16;
    double sum = 0.0;
    for (int i = 0; i < kSteps; ++i)
        sum += glm::length(lattice.mid_surface((i + 1.0) / kSteps, 0.5) -
                           lattice.mid_surface(static_cast<double>(i) / kSteps, 0.5));
    return sum;
}

/// The table states the tendon's share for the whole muscle. A slip is tendon at its free end for the same
/// length; where it joins the main part it is what the main part is there.
TendonShares slip_tendon(const anatomy::Structure& muscle, const Lattice& main, const Lattice& slip) {
    const auto joint = [&](double u) { return main.inverse(slip.mid_surface(u, 0.5)); };
    const Lattice::Inverse first = joint(0.0), last = joint(1.0);
    const double scale = length_of(main) / std::max(length_of(slip), 1.0);
    const auto in_tendon = [&](double u) {
        return u < muscle.tendon_origin || 1 - u < muscle.tendon_insertion;
    };
    TendonShares shares{std::min(1.0, muscle.tendon_origin * scale),
                        std::min(1.0, muscle.tendon_insertion * scale)};
    for (const auto& [end, share] : {std::pair{first, &shares.origin}, std::pair{last, &shares.insertion}})
        if (end.distance < kJoined_mm) *share = in_tendon(end.at.u) ? 1.0 : 0.0;
    return shares;
}

} // namespace

std::vector<Built> build_muscles(const std::vector<MuscleFigure>& muscles) {
    std::vector<Built> out(muscles.size());
    for_each_index(muscles.size(), [&](std::size_t i) {
        anatomy::Structure structure = muscles[i].structure;
        std::vector<geometry::Mesh> lods(kLevels.size());
        for (std::size_t p = 0; p < structure.parts.size(); ++p) {
            const Lattice& lattice = structure.parts[p].lattice;
            const TendonShares tendon =
                p == 0 ? TendonShares{structure.tendon_origin, structure.tendon_insertion}
                       : slip_tendon(structure, structure.parts[0].lattice, lattice);
            for (std::size_t level = 0; level < lods.size(); ++level)
                append(lods[level], lattice.mesh(static_cast<int>(p), tendon, kLevels[level]));
        }
        // Small muscles need fewer triangles than the lattice gives: what moves the surface less goes. Where
        // that would open a mesh, `simplified` keeps it.
        for (std::size_t level = 0; level < lods.size(); ++level)
            lods[level] = simplified(lods[level], {kLodError_mm[level], 0});
        out[i] = finished(std::move(structure), std::move(lods));
    });
    return out;
}

} // namespace tb::forge
