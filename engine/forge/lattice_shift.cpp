#include "forge/lattice_shift.h"

#include <algorithm>

#include "geometry/smooth.h"

namespace tb::forge {

using geometry::Lattice;
using geometry::smooth_step;
using geometry::Vec3;

namespace {

constexpr double kFixed = 0.05; ///< share of u at either end that belongs to the attachment
constexpr double kFree = 0.24;  ///< share of u from which a muscle follows fully

} // namespace

double freedom(double u) {
    return std::min(smooth_step(kFixed, kFree, u), smooth_step(kFixed, kFree, 1 - u));
}

geometry::Mesh mesh_of(const anatomy::Structure& muscle) {
    geometry::Mesh out;
    for (const anatomy::MusclePart& part : muscle.parts)
        append(out, part.lattice.mesh(0, {}, kGroundDensity));
    return out;
}

void smooth(std::vector<double>& shift, int nu, int nv, int times) {
    for (int pass = 0; pass < times; ++pass) {
        const std::vector<double> old = shift;
        for (int i = 0; i < nu; ++i)
            for (int j = 0; j < nv; ++j) {
                const auto n = static_cast<std::size_t>(i * nv + j);
                double sum = 2 * old[n], weight = 2;
                for_each_neighbour(i, j, nu, nv, [&](std::size_t m) {
                    sum += old[m];
                    weight += 1;
                });
                shift[n] = sum / weight;
            }
    }
}

Lattice shifted(const Lattice& lattice, const std::vector<double>& shift) {
    const int nu = lattice.nu(), nv = lattice.nv();
    std::vector<Vec3> points = lattice.points();
    for (int i = 0; i < nu; ++i)
        for (int j = 0; j < nv; ++j) {
            const auto n = static_cast<std::size_t>(i * nv + j);
            const double u = static_cast<double>(i) / (nu - 1), v = static_cast<double>(j) / (nv - 1);
            points[n] += freedom(u) * shift[n] * lattice.normal(u, v);
        }
    return {nu, nv, std::move(points), lattice.half_thickness()};
}

} // namespace tb::forge
