// Calibration of the figures: from the shapes of the measured reference body, in which layers float above one
// another, to thicknesses and depths of living people (living.json; why and how well: docs/anatomy.md).
#pragma once

#include <span>

#include "forge/build.h"
#include "forge/figures.h"

namespace tb::forge {

/// Muscles come to living volumes and the flat ones lie on what is under them, with the vessels and nerves
/// beside them; the pleural apex comes down. `skeleton` (bones, discs) is what everything rests on; it stays.
void calibrate(Figures& figures, std::span<const Built> skeleton);

} // namespace tb::forge
