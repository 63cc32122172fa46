// Parietal pleura and lung: the chest's lining as one closed solid each, open to nothing.
#pragma once

#include "forge/build.h"
#include "forge/section_loft.h"

namespace tb::forge {

/// A solid from any field by contouring on a grid of `step` mm; the finest mesh is off by `error` steps at
/// most.
Built build_solid(anatomy::Structure structure, const geometry::LocalField& field, geometry::Box box,
                  double step, double error = 0.05);

/// Pleura: the loft above a floor that is the diaphragm in the middle and falls to the reflection line at the
/// wall. Lung: 0.8 mm inside the pleura, above its own lower border.
/// With a cardiac notch the left ones follow as structures of their own.
std::vector<Built> build_pleura(const LoftFigure& figure, const DiaphragmFigure& diaphragm);

} // namespace tb::forge
