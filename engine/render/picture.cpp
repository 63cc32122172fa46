#include "render/picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <png.h>

namespace tb::render {

std::string png_bytes(const Picture& picture) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    if (png_image_write_to_memory(&image, nullptr, &size, 0, picture.rgb.data(), 0, nullptr) == 0) return {};
    std::string bytes(size, '\0');
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.rgb.data(), 0, nullptr) == 0)
        return {};
    bytes.resize(size);
    return bytes;
}

Expected<Picture> picture_from_png(std::string_view bytes, const std::string& source) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
        return fail(ErrorCode::BadInput, std::string("this is no PNG picture (") + image.message + ")",
                    source);
    }
    image.format = PNG_FORMAT_RGB;
    Picture p{static_cast<int>(image.width), static_cast<int>(image.height),
              std::vector<std::uint8_t>(PNG_IMAGE_SIZE(image))};
    if (png_image_finish_read(&image, nullptr, p.rgb.data(), 0, nullptr) == 0) {
        return fail(ErrorCode::BadInput, std::string("the PNG picture is damaged (") + image.message + ")",
                    source);
    }
    return p;
}

namespace {

/// Mean of each 16 x 16 block and channel, 0..1.
std::vector<double> block_means(const Picture& p, int block) {
    std::vector<double> means;
    for (int y = 0; y < p.height; y += block) {
        for (int x = 0; x < p.width; x += block) {
            double sum[3] = {0, 0, 0};
            int n = 0;
            for (int j = y; j < std::min(y + block, p.height); ++j) {
                for (int i = x; i < std::min(x + block, p.width); ++i, ++n) {
                    const std::size_t at = (static_cast<std::size_t>(j) * static_cast<std::size_t>(p.width) +
                                            static_cast<std::size_t>(i)) *
                                           3;
                    for (std::size_t c = 0; c < 3; ++c)
                        sum[c] += p.rgb[at + c];
                }
            }
            for (const double s : sum)
                means.push_back(s / n / 255.0);
        }
    }
    return means;
}

} // namespace

PictureDifference compare(const Picture& a, const Picture& b) {
    PictureDifference d;
    d.same_size = a.width == b.width && a.height == b.height && a.rgb.size() == b.rgb.size();
    if (!d.same_size) {
        d.mean = d.worst = 1.0;
        return d;
    }
    const auto fine_a = block_means(a, 4), fine_b = block_means(b, 4);
    for (std::size_t i = 0; i < fine_a.size(); ++i)
        d.mean += std::abs(fine_a[i] - fine_b[i]);
    if (!fine_a.empty()) d.mean /= static_cast<double>(fine_a.size());
    const auto coarse_a = block_means(a, 16), coarse_b = block_means(b, 16);
    for (std::size_t i = 0; i < coarse_a.size(); ++i)
        d.worst = std::max(d.worst, std::abs(coarse_a[i] - coarse_b[i]));
    return d;
}

} // namespace tb::render
