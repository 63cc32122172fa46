// Where soft tissue goes when muscles grow: the field that makes slight and muscular people of the atlas.
#pragma once

#include <span>

#include "anatomy/habitus.h"
#include "forge/build.h"

namespace tb::forge {

/// Displacement D for a doubled volume of every muscle. D is the gradient of a potential whose Laplacian is 1
/// in muscle and 0 elsewhere (div D = relative growth of volume), square to bone there is none (nor to
/// pleura, canal and organs), and the skin gives way freely. Solved on a grid of 5 mm over the right half
/// (the left is its mirror image) by over-relaxation, stored at 10 mm.
anatomy::Growth growth_of(std::span<const Built> body, const Built& skin);

} // namespace tb::forge
