#include <gtest/gtest.h>

#include "base/random.h"
#include "render/picture.h"

using namespace tb;
using namespace tb::render;

namespace {

Picture noise(int width, int height) {
    Random random(3, "picture");
    Picture p{width, height, {}};
    for (int i = 0; i < width * height * 3; ++i)
        p.rgb.push_back(static_cast<std::uint8_t>(random.below(256)));
    return p;
}

Picture grey_with_block(int at) {
    Picture p{128, 96, std::vector<std::uint8_t>(128 * 96 * 3, 100)};
    for (int y = 30; y < 54; ++y) {
        for (int x = at; x < at + 24; ++x) {
            for (int c = 0; c < 3; ++c)
                p.rgb[static_cast<std::size_t>((y * 128 + x) * 3 + c)] = 220;
        }
    }
    return p;
}

} // namespace

TEST(Picture, ComesBackFromPngUnchanged) {
    const Picture p = noise(61, 33);
    const auto back = picture_from_png(png_bytes(p), "memory");
    ASSERT_TRUE(back.has_value()) << back.error().text();
    EXPECT_EQ(back->width, 61);
    EXPECT_EQ(back->height, 33);
    EXPECT_EQ(back->rgb, p.rgb);
}

TEST(Picture, ExplainsAFileThatIsNoPng) {
    const auto p = picture_from_png("this is a text file, not a picture", "golden/back.png");
    ASSERT_FALSE(p.has_value());
    EXPECT_EQ(p.error().code, ErrorCode::BadInput);
    EXPECT_NE(p.error().text().find("golden/back.png"), std::string::npos);
}

TEST(Picture, ExplainsATruncatedPng) {
    std::string bytes = png_bytes(noise(64, 64));
    bytes.resize(bytes.size() / 2);
    const auto p = picture_from_png(bytes, "half.png");
    ASSERT_FALSE(p.has_value());
    EXPECT_NE(p.error().text().find("half.png"), std::string::npos);
    EXPECT_FALSE(picture_from_png("", "empty.png").has_value());
}

TEST(PictureDifference, IsZeroForEqualPictures) {
    const PictureDifference d = compare(noise(40, 40), noise(40, 40));
    EXPECT_TRUE(d.same_size);
    EXPECT_EQ(d.mean, 0.0);
    EXPECT_EQ(d.worst, 0.0);
}

TEST(PictureDifference, FindsAMovedBlockThatTheMeanHardlyShows) {
    const PictureDifference d = compare(grey_with_block(20), grey_with_block(70));
    EXPECT_LT(d.mean, 0.08);
    EXPECT_GT(d.worst, 0.2);
}

TEST(PictureDifference, ForgivesNoiseOfSinglePixels) {
    Picture a = grey_with_block(20), b = a;
    for (std::size_t i = 0; i < b.rgb.size(); i += 3 * 37)
        b.rgb[i] = static_cast<std::uint8_t>(b.rgb[i] + 12);
    EXPECT_LT(compare(a, b).worst, 0.01);
}

TEST(PictureDifference, TellsDifferentSizes) {
    const PictureDifference d = compare(noise(40, 40), noise(40, 41));
    EXPECT_FALSE(d.same_size);
    EXPECT_EQ(d.worst, 1.0);
}
