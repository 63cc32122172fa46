#include <algorithm>
#include <array>

#include "forge/build.h"
#include "forge/parallel.h"
#include "forge/separate.h"
#include "geometry/simplify.h"

namespace tb::forge {

namespace {

using geometry::Lattice;
using geometry::TendonShares;

/// An end of a slip closer than this to the main part is joined to it (slips overlap the main part a little).
constexpr double kJoined_mm = 2.5;

constexpr geometry::LatticeDensity kDense{4, 8, 16};

/// Levels of detail: how far a surface may move. Where muscles share a face the finest level is a little
/// coarser.
constexpr std::array<double, 3> kLodError_mm{0.03, 0.3, 1.2};
constexpr double kSharedError_mm = 0.06;
constexpr double kLeastVolume = 0.5; ///< of the next finer level

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

std::vector<Built> dense_muscles(const std::vector<MuscleFigure>& muscles) {
    std::vector<Built> out(muscles.size());
    for_each_index(muscles.size(), [&](std::size_t i) {
        out[i].structure = muscles[i].structure;
        const std::vector<anatomy::MusclePart>& parts = out[i].structure.parts;
        out[i].lods.resize(1);
        for (std::size_t p = 0; p < parts.size(); ++p) {
            const Lattice& lattice = parts[p].lattice;
            const TendonShares tendon =
                p == 0 ? TendonShares{out[i].structure.tendon_origin, out[i].structure.tendon_insertion}
                       : slip_tendon(out[i].structure, parts[0].lattice, lattice);
            append(out[i].lods.front(), lattice.mesh(static_cast<int>(p), tendon, kDense));
        }
    });
    return out;
}

std::vector<Built> build_muscles(const std::vector<MuscleFigure>& muscles, std::span<const Built> skeleton) {
    std::vector<Built> out = dense_muscles(muscles);
    if (!skeleton.empty()) separate(out, skeleton);
    for_each_index(out.size(), [&](std::size_t i) {
        // Small muscles need fewer triangles than the lattice gives: what moves the surface less goes. Where
        // that would open a mesh, `simplified` keeps it.
        std::vector<geometry::Mesh> lods;
        for (const double error : kLodError_mm) {
            const geometry::Mesh& finer = lods.empty() ? out[i].lods.front() : lods.back();
            geometry::Mesh coarse =
                simplified(finer, {skeleton.empty() ? error : std::max(error, kSharedError_mm), 0});
            // A sheet thinner than the error would be turned inside out.
            if (volume_mm3(coarse) < kLeastVolume * volume_mm3(finer)) coarse = finer;
            lods.push_back(std::move(coarse));
        }
        out[i] = finished(std::move(out[i].structure), std::move(lods));
    });
    return out;
}

} // namespace tb::forge
