#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include <glad/gl.h>

#include "render/picture.h"
#include "unit/render/offscreen.h"

using namespace tb;
using namespace tb::render;
using tb::test::Offscreen;

namespace {

constexpr int kWidth = 320, kHeight = 240;

class RendererTest : public testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(context.usable()); }
    void TearDown() override {
        if (context.usable()) {
            EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
        }
    }
    Offscreen context;
    geometry::Mesh ball = test::ball(50.0f);
};

glm::vec3 pixel(const Picture& p, int x, int y) {
    const std::size_t at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(p.width) + static_cast<std::size_t>(x)) * 3;
    return {p.rgb[at], p.rgb[at + 1], p.rgb[at + 2]};
}

/// Largest difference of a channel within a distance of the middle, and beyond it.
std::pair<float, float> difference_inside_outside(const Picture& a, const Picture& b, float radius_px) {
    std::pair<float, float> most{0.0f, 0.0f};
    for (int y = 0; y < a.height; ++y) {
        for (int x = 0; x < a.width; ++x) {
            const glm::vec3 d = glm::abs(pixel(a, x, y) - pixel(b, x, y));
            const float r =
                std::hypot(static_cast<float>(x - a.width / 2), static_cast<float>(y - a.height / 2));
            float& into = r < radius_px ? most.first : most.second;
            into = std::max({into, d.x, d.y, d.z});
        }
    }
    return most;
}

/// A copy of the product's shaders that a test may damage.
std::string damaged_shaders(const std::string& name, const std::string& file, const std::string& text) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::path(TB_BINARY_DIR) / "damaged_shaders" / name;
    fs::remove_all(folder);
    fs::create_directories(folder.parent_path());
    fs::copy(fs::path(TB_SOURCE_DIR) / "shaders", folder, fs::copy_options::recursive);
    if (text.empty()) {
        fs::remove(folder / file);
    } else {
        std::ofstream(folder / file) << text;
    }
    return folder.string();
}

TEST_F(RendererTest, CompilesEveryVariantAndNamesItsDriver) {
    for (const bool occlusion : {false, true}) {
        const auto made =
            Renderer::create(Offscreen::load, {std::string(TB_SOURCE_DIR) + "/shaders", 4, occlusion});
        ASSERT_TRUE(made.has_value()) << made.error().text();
        EXPECT_NE(made->description().find("OpenGL"), std::string::npos);
    }
}

TEST_F(RendererTest, DrawsOnlyTheRoomForAnEmptyScene) {
    Renderer r = Offscreen::renderer();
    const Picture p = r.picture(test::scene(), kWidth, kHeight);
    EXPECT_EQ(r.triangles_last_draw(), 0U);
    // A soft vertical gradient: lighter above, no steps between neighbours beyond the grain.
    EXPECT_GT(pixel(p, 160, 20).y, pixel(p, 160, 235).y);
    for (int y = 1; y < kHeight; ++y)
        EXPECT_LE(std::abs(pixel(p, 100, y).x - pixel(p, 100, y - 1).x), 3.0f);
}

TEST_F(RendererTest, DrawsEveryMaterialOpaqueAndTranslucentAndCutWithoutGraphicsErrors) {
    for (const int samples : {1, 4}) {
        Renderer r = Offscreen::renderer(samples, samples == 4);
        const Picture empty = r.picture(test::scene(), kWidth, kHeight);
        for (int m = 0; m <= static_cast<int>(Material::Plain); ++m) {
            for (const float opacity : {1.0f, 0.4f}) {
                for (const bool cut : {false, true}) {
                    RenderScene s = test::scene();
                    s.drawables.push_back(test::drawable(ball, 1, static_cast<Material>(m)));
                    s.drawables.back().opacity = opacity;
                    if (cut) s.clip = {true, {0, 0, 0}, {1, 0, 0}};
                    const Picture p = r.picture(s, kWidth, kHeight);
                    ASSERT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR))
                        << "material " << m << " opacity " << opacity;
                    EXPECT_GT(compare(empty, p).worst, 0.03)
                        << "material " << m << " opacity " << opacity << " cut " << cut;
                }
            }
        }
    }
}

TEST_F(RendererTest, DrawsIdenticalPixelsForIdenticalScenes) {
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Muscle));
    s.drawables.push_back(test::drawable(ball, 2, Material::Skin, {60, 10, -40}));
    s.lines.push_back({{{-80, -40, 0}, {80, 60, 60}}, {1, 1, 1}, 2.0f, true, true});
    Renderer first = Offscreen::renderer(), second = Offscreen::renderer();
    const Picture a = first.picture(s, kWidth, kHeight);
    EXPECT_EQ(a.rgb, first.picture(s, kWidth, kHeight).rgb);
    EXPECT_EQ(a.rgb, second.picture(s, kWidth, kHeight).rgb);
    RenderScene other = s; // and after something else was drawn in between
    other.drawables.pop_back();
    EXPECT_NE(a.rgb, first.picture(other, kWidth, kHeight).rgb);
    EXPECT_EQ(a.rgb, first.picture(s, kWidth, kHeight).rgb);
}

TEST_F(RendererTest, ShowsWhatLiesBehindATranslucentSkin) {
    Renderer r = Offscreen::renderer();
    const geometry::Mesh core = test::ball(20.0f);
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Skin));
    RenderScene with_core = s;
    with_core.drawables.push_back(test::drawable(core, 2, Material::Bone));
    const auto opaque = difference_inside_outside(r.picture(s, kWidth, kHeight),
                                                  r.picture(with_core, kWidth, kHeight), 30.0f);
    EXPECT_EQ(opaque.first, 0.0f);
    s.drawables[0].opacity = with_core.drawables[0].opacity = 0.3f;
    const auto veiled = difference_inside_outside(r.picture(s, kWidth, kHeight),
                                                  r.picture(with_core, kWidth, kHeight), 60.0f);
    EXPECT_GT(veiled.first, 40.0f);
    EXPECT_EQ(veiled.second, 0.0f);
}

TEST_F(RendererTest, KeepsTheEdgeOfATranslucentBodyMoreOpaqueThanItsMiddle) {
    Renderer r = Offscreen::renderer();
    const RenderScene empty = test::scene();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Membrane));
    s.drawables[0].opacity = 0.25f;
    const Picture room = r.picture(empty, kWidth, kHeight), p = r.picture(s, kWidth, kHeight);
    const float radius_px = 50.0f / (400.0f * std::tan(0.2617994f)) * 120.0f;
    const auto veil = [&](float share) {
        const int x = 160 - static_cast<int>(share * radius_px);
        return glm::length(pixel(p, x, 120) - pixel(room, x, 120));
    };
    EXPECT_GT(veil(0.93f), veil(0.05f));
}

TEST_F(RendererTest, DentsTheSkinOnlyNearTheFinger) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Skin));
    s.drawables[0].dented = true;
    const Picture flat = r.picture(s, kWidth, kHeight);
    s.dent = {{0, 0, 50}, {0, 0, -1}, 6.0f, 5.0f, 15.0f};
    const Picture pressed = r.picture(s, kWidth, kHeight);
    const float rim_px = 1.35f * 15.0f / (350.0f * std::tan(0.2617994f)) * 120.0f;
    const auto d = difference_inside_outside(flat, pressed, rim_px + 2.0f);
    EXPECT_GT(d.first, 20.0f);
    EXPECT_EQ(d.second, 0.0f);
}

TEST_F(RendererTest, LaysEveryKindOfDecalOnTheSkinAndNothingElsewhere) {
    Renderer r = Offscreen::renderer();
    RenderScene plain = test::scene();
    plain.drawables.push_back(test::drawable(ball, 1, Material::Skin));
    const Picture before = r.picture(plain, kWidth, kHeight);
    for (int kind = 0; kind <= static_cast<int>(Decal::Kind::Bruise); ++kind) {
        RenderScene s = plain;
        Decal d;
        d.kind = static_cast<Decal::Kind>(kind);
        d.centre = {0, 0, 50};
        d.half_size = 18.0f;
        d.colour = {0.2f, 0.1f, 0.4f};
        s.decals.push_back(d);
        const float reach_px = 1.45f * 18.0f / (350.0f * std::tan(0.2617994f)) * 120.0f;
        const auto change = difference_inside_outside(before, r.picture(s, kWidth, kHeight), reach_px);
        EXPECT_GT(change.first, 10.0f) << "kind " << kind;
        EXPECT_EQ(change.second, 0.0f) << "kind " << kind;
    }
}

TEST_F(RendererTest, RedrawsAFilmThatChangedBehindTheSamePointer) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Skin));
    Decal d;
    d.kind = Decal::Kind::Film;
    d.centre = {0, 0, 50};
    d.colour = {0.22f, 0.075f, 0.015f};
    d.cells = 16;
    const auto texels = std::make_shared<std::vector<std::uint8_t>>(256, std::uint8_t{0});
    d.texels = texels;
    s.decals.push_back(d);
    const Picture untouched = r.picture(s, kWidth, kHeight);
    std::fill(texels->begin(), texels->end(), std::uint8_t{120});
    const Picture dry = r.picture(s, kWidth, kHeight);
    std::fill(texels->begin(), texels->end(), std::uint8_t{250});
    const Picture wet = r.picture(s, kWidth, kHeight);
    EXPECT_GT(compare(untouched, dry).worst, 0.03);
    EXPECT_GT(compare(dry, wet).worst, 0.02);
}

TEST_F(RendererTest, CutsAwayWhatLiesOnTheNormalsSide) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    const Picture room = r.picture(s, kWidth, kHeight);
    s.drawables.push_back(test::drawable(ball, 1, Material::Muscle));
    s.clip = {true, {0, 0, 0}, {1, 0, 0}};
    const Picture cut = r.picture(s, kWidth, kHeight);
    EXPECT_EQ(pixel(cut, 185, 120), pixel(room, 185, 120));
    EXPECT_NE(pixel(cut, 135, 120), pixel(room, 135, 120));
}

TEST_F(RendererTest, DrawsADarkEdgeBetweenTwoStructuresButNotInsideOne) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Plain, {-12, 0, 0}));
    s.drawables.push_back(test::drawable(ball, 1, Material::Plain, {12, 0, 0}));
    const Picture one = r.picture(s, kWidth, kHeight);
    s.drawables[1].pick_id = 2;
    const Picture two = r.picture(s, kWidth, kHeight);
    float darker = 0.0f;
    for (int x = 150; x < 170; ++x)
        darker = std::max(darker, pixel(one, x, 120).y - pixel(two, x, 120).y);
    EXPECT_GT(darker, 30.0f);
    EXPECT_EQ(pixel(one, 120, 120), pixel(two, 120, 120));
}

TEST_F(RendererTest, OutlinesWhatIsHighlightedWithTwoBrightLines) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Plain));
    s.drawables[0].colour = glm::vec3(0.1f);
    s.drawables[0].highlight = 1.0f;
    const Picture p = r.picture(s, kWidth, kHeight);
    int lines = 0;
    bool bright = false;
    for (int x = 60; x < 160; ++x) { // from the room into the ball
        const bool now = pixel(p, x, 120).z > 150.0f;
        if (now && !bright) ++lines;
        bright = now;
    }
    EXPECT_EQ(lines, 2);
}

TEST_F(RendererTest, HidesALineBehindABodyUnlessItIsOnTop) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Bone));
    const Picture before = r.picture(s, kWidth, kHeight);
    s.lines.push_back({{{-90, 0, -20}, {90, 0, -20}}, {0.1f, 1.0f, 0.1f}, 3.0f, false, false});
    const Picture behind = r.picture(s, kWidth, kHeight);
    EXPECT_EQ(pixel(behind, 160, 120), pixel(before, 160, 120));
    EXPECT_NE(pixel(behind, 90, 120), pixel(before, 90, 120));
    s.lines[0].on_top = true;
    EXPECT_NE(pixel(r.picture(s, kWidth, kHeight), 160, 120), pixel(before, 160, 120));
}

TEST_F(RendererTest, DrawsALineThatEndsBehindTheEye) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    const Picture before = r.picture(s, kWidth, kHeight);
    s.lines.push_back({{{0, 0, -100}, {40, 30, 900}}, {1, 1, 1}, 3.0f, true, false});
    const Picture p = r.picture(s, kWidth, kHeight);
    EXPECT_NE(p.rgb, before.rgb);
    EXPECT_EQ(pixel(p, 20, 220), pixel(before, 20, 220));
}

TEST_F(RendererTest, AMovingPictureMayBeCoarserAndIsTheSameAgainAtRest) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Muscle));
    s.lines.push_back({{{-80, -40, 0}, {80, 60, 60}}, {1, 1, 1}, 2.0f, true, false});
    const auto drawn = [&](float detail) {
        r.clear_window(kWidth, kHeight);
        r.draw(s, 20, 10, kWidth - 40, kHeight - 20, detail);
        return r.read(kWidth, kHeight);
    };
    EXPECT_TRUE(r.changed(s, kWidth - 40, kHeight - 20));
    const Picture fine = drawn(1.0f);
    EXPECT_FALSE(r.changed(s, kWidth - 40, kHeight - 20));
    for (const float detail : {0.5f, 0.625f, 0.875f}) {
        const Picture coarse = drawn(detail);
        EXPECT_NE(coarse.rgb, fine.rgb) << detail;
        double difference = 0.0;
        for (std::size_t i = 0; i < fine.rgb.size(); ++i)
            difference += std::abs(int{coarse.rgb[i]} - int{fine.rgb[i]});
        EXPECT_LT(difference / static_cast<double>(fine.rgb.size()), 2.5) << detail << ": of 255, on average";
        EXPECT_EQ(pixel(coarse, 5, 5), pixel(fine, 5, 5)) << "nothing beside its rectangle";
    }
    EXPECT_EQ(drawn(1.0f).rgb, fine.rgb);
}

TEST_F(RendererTest, DrawsIntoItsRectangleOnly) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Skin));
    r.clear_window(kWidth, kHeight);
    const Picture clear = r.read(kWidth, kHeight);
    r.draw(s, 100, 40, 120, 90);
    const Picture p = r.read(kWidth, kHeight);
    for (int y = 0; y < kHeight; y += 3) {
        for (int x = 0; x < kWidth; x += 3) {
            const bool inside = x >= 100 && x < 220 && kHeight - 1 - y >= 40 && kHeight - 1 - y < 130;
            ASSERT_TRUE(inside || pixel(p, x, y) == pixel(clear, x, y)) << x << ", " << y;
        }
    }
    EXPECT_NE(pixel(p, 160, kHeight - 1 - 85), pixel(clear, 160, kHeight - 1 - 85));
}

TEST_F(RendererTest, UploadsAMeshAgainWhenItsRevisionChanges) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.drawables.push_back(test::drawable(ball, 1, Material::Bone));
    const Picture large = r.picture(s, kWidth, kHeight);
    const geometry::Mesh small = test::ball(15.0f);
    s.drawables[0].mesh = {1, 1, &small};
    EXPECT_GT(compare(large, r.picture(s, kWidth, kHeight)).worst, 0.1);
}

TEST_F(RendererTest, SkipsTrianglesThatAreTurnedAway) {
    Renderer r = Offscreen::renderer();
    RenderScene s = test::scene();
    s.camera.eye = {0, 400, 1}; // along the ball's axis: its rings are near or far as a whole
    s.drawables.push_back(test::drawable(ball, 1, Material::Bone));
    r.picture(s, kWidth, kHeight);
    EXPECT_LT(r.triangles_last_draw(), ball.triangle_count());
    EXPECT_GT(r.triangles_last_draw(), ball.triangle_count() / 4);
}

TEST_F(RendererTest, NamesAMissingShaderFile) {
    const auto made =
        Renderer::create(Offscreen::load, {damaged_shaders("missing", "common/lighting.glsl", ""), 1, false});
    ASSERT_FALSE(made.has_value());
    EXPECT_NE(made.error().text().find("common/lighting.glsl"), std::string::npos) << made.error().text();
}

TEST_F(RendererTest, NamesFileAndLineOfABrokenShader) {
    const std::string text = "// a comment\nfloat broken(float x) {\n    return x + nothing;\n}\n";
    const auto made =
        Renderer::create(Offscreen::load, {damaged_shaders("broken", "common/noise.glsl", text), 1, false});
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, ErrorCode::BadInput);
    EXPECT_NE(made.error().text().find("common/noise.glsl:3"), std::string::npos) << made.error().text();
}

TEST_F(RendererTest, NamesShadersThatIncludeEachOther) {
    const auto made = Renderer::create(
        Offscreen::load,
        {damaged_shaders("circle", "common/noise.glsl", "#include \"common/noise.glsl\"\n"), 1, false});
    ASSERT_FALSE(made.has_value());
    EXPECT_NE(made.error().text().find("circle"), std::string::npos) << made.error().text();
}

const GLubyte* old_string(GLenum) {
    return reinterpret_cast<const GLubyte*>("2.1 Mesa 7.0");
}
void* load_old(const char* name) {
    return std::strcmp(name, "glGetString") == 0 ? reinterpret_cast<void*>(&old_string) : nullptr;
}
void* load_nothing(const char*) {
    return nullptr;
}

} // namespace

TEST(RendererRefusal, RefusesAContextOlderThanNeeded) {
    const auto made = Renderer::create(load_old, {std::string(TB_SOURCE_DIR) + "/shaders", 1, false});
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, ErrorCode::NoGraphics);
    EXPECT_NE(made.error().text().find("2.1"), std::string::npos) << made.error().text();
}

TEST(RendererRefusal, RefusesWithoutAnyDriver) {
    const auto made = Renderer::create(load_nothing, {std::string(TB_SOURCE_DIR) + "/shaders", 1, false});
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, ErrorCode::NoGraphics);
}
