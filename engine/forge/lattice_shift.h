// Moving a muscle's lattice along its own normals: what calibration and the making of room share.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "anatomy/catalogue.h"
#include "geometry/lattice.h"

namespace tb::forge {

/// Coarse, for what only serves as ground or is measured again and again.
constexpr geometry::LatticeDensity kGroundDensity{2, 4, 10};

/// How far a place of a muscle was moved, for what runs beside it.
struct Moved {
    geometry::Vec3 from{0.0}, by{0.0};
};

/// 0 at the attachments, 1 in the belly.
double freedom(double u);

/// All parts as one coarse mesh.
geometry::Mesh mesh_of(const anatomy::Structure& muscle);

/// Calls visit(index) for the up to four neighbours of a node.
template <class Visit>
void for_each_neighbour(int i, int j, int nu, int nv, const Visit& visit) {
    for (const auto& [a, b] : {std::pair{i - 1, j}, {i + 1, j}, {i, j - 1}, {i, j + 1}})
        if (a >= 0 && a < nu && b >= 0 && b < nv) visit(static_cast<std::size_t>(a * nv + b));
}

/// Every node's shift averaged with its neighbours', `times` times: a sheet bends, it does not crumple.
void smooth(std::vector<double>& shift, int nu, int nv, int times);

/// Each node moved along its normal by its shift (mm), less towards the attachments.
geometry::Lattice shifted(const geometry::Lattice& lattice, const std::vector<double>& shift);

} // namespace tb::forge
