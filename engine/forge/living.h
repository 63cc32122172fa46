// Calibration of the figures: from the shapes of the measured reference body, in which layers float above one
// another, to thicknesses and depths of living people (living.json; why and how well: docs/anatomy.md).
#pragma once

#include "forge/figures.h"

namespace tb::forge {

/// How far a place of a muscle was moved, for what runs beside it.
struct Moved {
    geometry::Vec3 from{0.0}, by{0.0};
};

/// 1. Brings muscles to their living volume, about their mid-surface, attachments kept.
void bring_to_volume(std::vector<MuscleFigure>& muscles, const LivingFigure& living);

/// 2. Lays the muscles of `order` onto what is under them, one after the other: each sinks along its own
/// normals until it touches `ground` (bone and cartilage), another muscle or one laid before it, or rises out
/// of it. Ends at bones stay.
std::vector<Moved> lay_on(std::vector<MuscleFigure>& muscles, const std::vector<std::string>& order,
                          const std::vector<geometry::Mesh>& ground);

/// 3. Vessels and nerves outside the rib cage follow the muscles they run along.
void follow(std::vector<TubeFigure>& tubes, const std::vector<Moved>& moved);

/// 4. The pleural apex comes down to where living people have it.
void lower_apex(std::vector<LoftFigure>& lofts, const LivingFigure& living);

} // namespace tb::forge
