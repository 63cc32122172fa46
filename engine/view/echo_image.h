// The ultrasound picture as pixels: square millimetres, ruler, orientation mark.
#pragma once

#include "render/renderer.h"
#include "tissue/echo.h"

namespace tb::view {

/// One pixel for each line and sample: for a texture that stretches it.
render::Picture echo_texels(const tissue::EchoPicture& picture);
/// Grey values of the picture alone with this many pixels to the millimetre both ways; the mark's end is on
/// the left, the face at the top.
render::Picture echo_pixels(const tissue::EchoPicture& picture, double px_per_mm);
/// The same in a dark frame with a ruler (a tick every 5 mm, a longer one every 10 mm), the focus, and the
/// mark at the upper left, for a file.
render::Picture echo_sheet(const tissue::EchoPicture& picture, double px_per_mm);

} // namespace tb::view
