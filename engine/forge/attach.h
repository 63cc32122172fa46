// The ends of muscles reach what holds them.
#pragma once

#include <span>
#include <vector>

#include "forge/build.h"

namespace tb::forge {

/// Brings every end of a muscle part that stops short of bone, cartilage, tendon, fascia or another part of
/// its muscle up to it, with its surroundings following less and less over a quarter of the length. An end
/// further off than 16 mm is not meant to be there (its cartilage, raphe or skin is not modelled) and stays.
void attach(std::vector<MuscleFigure>& muscles, std::span<const Built> skeleton);

} // namespace tb::forge
