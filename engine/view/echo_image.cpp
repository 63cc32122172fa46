#include "view/echo_image.h"

#include <algorithm>
#include <cmath>

namespace tb::view {
namespace {

constexpr int kMargin_px = 28, kTop_px = 18, kTick_px = 5, kLongTick_px = 10;
constexpr double kTick_mm = 5.0;

struct Ink {
    std::uint8_t r, g, b;
};
constexpr Ink kRuler{150, 156, 160}, kMark{96, 200, 120}, kFocus{220, 180, 90};

void fill(render::Picture& p, int x0, int y0, int x1, int y1, Ink ink) {
    for (int y = std::max(y0, 0); y < std::min(y1, p.height); ++y) {
        for (int x = std::max(x0, 0); x < std::min(x1, p.width); ++x) {
            std::uint8_t* at =
                p.rgb.data() + 3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(p.width) +
                                    static_cast<std::size_t>(x));
            at[0] = ink.r;
            at[1] = ink.g;
            at[2] = ink.b;
        }
    }
}

} // namespace

render::Picture echo_texels(const tissue::EchoPicture& picture) {
    render::Picture out;
    out.width = picture.lines;
    out.height = picture.samples;
    out.rgb.resize(3 * picture.grey.size());
    std::uint8_t* to = out.rgb.data();
    for (int s = 0; s < picture.samples; ++s) {
        for (int l = 0; l < picture.lines; ++l, to += 3)
            to[0] = to[1] = to[2] = picture.grey[picture.at(l, s)];
    }
    return out;
}

render::Picture echo_pixels(const tissue::EchoPicture& picture, double px_per_mm) {
    render::Picture out;
    out.width = std::max(1, static_cast<int>(std::lround(picture.width_mm * px_per_mm)));
    out.height = std::max(1, static_cast<int>(std::lround(picture.depth_mm * px_per_mm)));
    out.rgb.resize(std::size_t{3} * static_cast<std::size_t>(out.width) *
                   static_cast<std::size_t>(out.height));
    const float across = static_cast<float>(picture.lines) / static_cast<float>(out.width);
    const float down = static_cast<float>(picture.samples) / static_cast<float>(out.height);
    std::size_t at = 0;
    for (int y = 0; y < out.height; ++y) {
        const float s = std::clamp((static_cast<float>(y) + 0.5f) * down - 0.5f, 0.0f,
                                   static_cast<float>(picture.samples - 1));
        const int s0 = static_cast<int>(s), s1 = std::min(s0 + 1, picture.samples - 1);
        const float fs = s - static_cast<float>(s0);
        for (int x = 0; x < out.width; ++x) {
            const float l = std::clamp((static_cast<float>(x) + 0.5f) * across - 0.5f, 0.0f,
                                       static_cast<float>(picture.lines - 1));
            const int l0 = static_cast<int>(l), l1 = std::min(l0 + 1, picture.lines - 1);
            const float fl = l - static_cast<float>(l0);
            const auto grey = [&](int line, int sample) {
                return static_cast<float>(picture.grey[picture.at(line, sample)]);
            };
            const float left = grey(l0, s0) + fs * (grey(l0, s1) - grey(l0, s0));
            const float right = grey(l1, s0) + fs * (grey(l1, s1) - grey(l1, s0));
            const auto v = static_cast<std::uint8_t>(left + fl * (right - left) + 0.5f);
            out.rgb[at] = out.rgb[at + 1] = out.rgb[at + 2] = v;
            at += 3;
        }
    }
    return out;
}

render::Picture echo_sheet(const tissue::EchoPicture& picture, double px_per_mm) {
    const render::Picture inner = echo_pixels(picture, px_per_mm);
    render::Picture out;
    out.width = inner.width + 2 * kMargin_px;
    out.height = inner.height + 2 * kTop_px;
    out.rgb.assign(
        std::size_t{3} * static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height), 8);
    for (int y = 0; y < inner.height; ++y) {
        std::copy_n(inner.rgb.begin() + std::ptrdiff_t{3} * y * inner.width, std::ptrdiff_t{3} * inner.width,
                    out.rgb.begin() + std::ptrdiff_t{3} * ((y + kTop_px) * out.width + kMargin_px));
    }
    const int right = kMargin_px + inner.width + 4;
    for (int i = 0; i * kTick_mm <= picture.depth_mm + 1e-6; ++i) {
        const int y = kTop_px + static_cast<int>(std::lround(i * kTick_mm * px_per_mm));
        fill(out, right, y - 1, right + (i % 2 == 0 ? kLongTick_px : kTick_px), y + 1, kRuler);
    }
    const int focus = kTop_px + static_cast<int>(0.5 * picture.depth_mm * px_per_mm);
    for (int i = 0; i < 5; ++i) // a small wedge that points at the focus
        fill(out, right + 16 - 2 * i, focus - i, right + 18 - 2 * i, focus + i + 1, kFocus);
    fill(out, kMargin_px + 2, 5, kMargin_px + 10, 13, kMark);
    return out;
}

} // namespace tb::view
