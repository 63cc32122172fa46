// Muscles side by side: what two lattices both claim is shared out between them, and nothing stays in a bone.
#pragma once

#include <span>

#include "forge/build.h"

namespace tb::forge {

/// Takes the surface of every muscle back to the face midway between it and the neighbour it overlaps, and
/// out of bone and cartilage. Each vertex moves along the line to its muscle's own middle and never past it,
/// so meshes stay closed and nothing turns inside out; where a muscle's middle itself lies in another one (or
/// in bone, as at an attachment), the vertex moves out by the shortest way or stays. Right-side muscles also
/// keep to their side of their twins in the midline. Tendons, fasciae and ligaments only leave bone.
void separate(std::span<Built> muscles, std::span<const Built> skeleton);

} // namespace tb::forge
