#include <gtest/gtest.h>

#include "base/random.h"
#include "render/render_scene.h"

using namespace tb;
using namespace tb::render;

namespace {

const glm::vec2 kSize{1280.0f, 720.0f};

Camera random_camera(Random& random) {
    const auto r = [&](double low, double high) { return static_cast<float>(random.uniform(low, high)); };
    Camera c;
    c.eye = {r(-1500, 1500), r(0, 2000), r(-1500, 1500)};
    c.target = c.eye + glm::vec3(r(-1, 1), r(-1, 1), r(-1, 1)) * 800.0f + glm::vec3(1.0f, 0.0f, 0.0f);
    c.fov_deg = r(15, 70);
    return c;
}

} // namespace

TEST(Camera, ProjectsTheTargetToTheMiddle) {
    Camera c;
    glm::vec2 px;
    ASSERT_TRUE(project(c, kSize, c.target, px));
    EXPECT_NEAR(px.x, 640.0f, 0.01f);
    EXPECT_NEAR(px.y, 360.0f, 0.01f);
}

TEST(Camera, PutsWhatIsHigherNearerToTheTopAndTheRightHandSideToTheRight) {
    Camera c;
    c.eye = {0, 0, 1000};
    c.target = {0, 0, 0};
    glm::vec2 middle, above, right;
    ASSERT_TRUE(project(c, kSize, {0, 0, 0}, middle));
    ASSERT_TRUE(project(c, kSize, {0, 50, 0}, above));
    ASSERT_TRUE(project(c, kSize, {50, 0, 0}, right));
    EXPECT_LT(above.y, middle.y);
    EXPECT_GT(right.x, middle.x);
}

TEST(Camera, RayThroughAProjectedPointPassesThroughThePoint) {
    Random random(7, "camera");
    for (int i = 0; i < 500; ++i) {
        const Camera c = random_camera(random);
        const glm::vec2 pixel(static_cast<float>(random.uniform(0, 1280)),
                              static_cast<float>(random.uniform(0, 720)));
        const Ray ray = pixel_ray(c, kSize, pixel);
        EXPECT_NEAR(glm::length(ray.direction), 1.0f, 1e-5f);
        glm::vec2 back;
        ASSERT_TRUE(project(c, kSize,
                            ray.origin + ray.direction * static_cast<float>(random.uniform(50, 3000)), back));
        EXPECT_NEAR(back.x, pixel.x, 0.05f);
        EXPECT_NEAR(back.y, pixel.y, 0.05f);
    }
}

TEST(Camera, ProjectionAgreesWithTheMatrixThatTheRendererUses) {
    Random random(8, "camera");
    for (int i = 0; i < 200; ++i) {
        const Camera c = random_camera(random);
        const Ray ray = pixel_ray(c, kSize, {300.0f, 500.0f});
        const glm::vec4 clip =
            view_projection(c, kSize.x / kSize.y) * glm::vec4(ray.origin + ray.direction * 900.0f, 1.0f);
        EXPECT_NEAR((clip.x / clip.w * 0.5f + 0.5f) * kSize.x, 300.0f, 0.1f);
        EXPECT_NEAR((0.5f - clip.y / clip.w * 0.5f) * kSize.y, 500.0f, 0.1f);
    }
}

TEST(Camera, ReportsWhatLiesBehindTheEye) {
    Camera c;
    glm::vec2 px;
    EXPECT_FALSE(project(c, kSize, c.eye - (c.target - c.eye), px));
}

TEST(Camera, LooksStraightDownWithoutLosingItsDirections) {
    Camera c;
    c.eye = {0, 2000, 0};
    c.target = {0, 0, 0};
    const Ray ray = pixel_ray(c, kSize, {640.0f, 360.0f});
    EXPECT_NEAR(ray.direction.y, -1.0f, 1e-5f);
    glm::vec2 px;
    ASSERT_TRUE(project(c, kSize, {10, 0, 20}, px));
    EXPECT_TRUE(std::isfinite(px.x) && std::isfinite(px.y));
}
