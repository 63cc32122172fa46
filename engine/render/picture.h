// Pictures to PNG files and the comparison that golden tests use.
#pragma once

#include <string>

#include "base/result.h"
#include "render/renderer.h"

namespace tb::render {

std::string png_bytes(const Picture& picture);
Expected<Picture> picture_from_png(std::string_view bytes, const std::string& source);

struct PictureDifference {
    bool same_size = true;
    double mean = 0.0;  ///< mean absolute difference of the blurred pictures, 0..1
    double worst = 0.0; ///< largest difference of a 16 x 16 block's mean, 0..1
};
PictureDifference compare(const Picture& a, const Picture& b);

} // namespace tb::render
