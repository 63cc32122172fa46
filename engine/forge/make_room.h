// Muscles that lie through one another move apart before what is left is cut (separate.h).
#pragma once

#include <span>
#include <vector>

#include "forge/build.h"
#include "forge/lattice_shift.h"

namespace tb::forge {

/// Every muscle gives way along its own normals to bone altogether and to another muscle by half, until what
/// they share is small: the upper one up, the deeper one down, as they lie for the most part. Ends at bones
/// stay. Returns what moved, for the vessels and nerves beside.
std::vector<Moved> make_room(std::vector<MuscleFigure>& muscles, std::span<const Built> skeleton);

} // namespace tb::forge
