#include <gtest/gtest.h>

#include "support/real_body.h"
#include "view/view_settings.h"

namespace tb::view {
namespace {

constexpr glm::vec2 kSize{1280.0f, 720.0f};

void expect_same_direction(glm::vec3 a, glm::vec3 b) {
    EXPECT_GT(glm::dot(glm::normalize(a), glm::normalize(b)), 0.9999f);
}

TEST(OrbitCamera, ShowsItsFocusInTheMiddleOfThePicture) {
    for (const NamedView& v : named_views()) {
        glm::vec2 pixel;
        ASSERT_TRUE(render::project(v.settings.camera.camera(), kSize, v.settings.camera.focus, pixel))
            << v.name;
        EXPECT_NEAR(pixel.x, 640.0f, 0.1f) << v.name;
        EXPECT_NEAR(pixel.y, 360.0f, 0.1f) << v.name;
    }
}

TEST(OrbitCamera, CountsAzimuthFromTheFrontTowardsThePatientsLeft) {
    OrbitCamera c;
    c.focus = glm::vec3(0);
    c.elevation_deg = 0;
    c.azimuth_deg = 0;
    expect_same_direction(c.camera().eye, {0, 0, 1});
    c.azimuth_deg = 90;
    expect_same_direction(c.camera().eye, {1, 0, 0});
    c.elevation_deg = 30;
    EXPECT_GT(c.camera().eye.y, 0.0f);
}

TEST(OrbitCamera, OrbitMovesTheEyeToTheRightOfTheTurnedPicture) {
    for (const float roll : {0.0f, 90.0f, 180.0f, -60.0f}) {
        OrbitCamera c;
        c.elevation_deg = 0;
        c.roll_deg = roll;
        const render::Camera before = c.camera();
        const glm::vec3 right = glm::cross(glm::normalize(before.target - before.eye), before.up);
        c.orbit(0.5f, 0.0f);
        expect_same_direction(c.camera().eye - before.eye, right);
    }
}

TEST(OrbitCamera, PanKeepsTheGrabbedPointUnderThePointer) {
    OrbitCamera c;
    c.roll_deg = 35.0f;
    const glm::vec3 grabbed = c.focus;
    c.pan(100.0f, -40.0f, kSize.y);
    glm::vec2 pixel;
    ASSERT_TRUE(render::project(c.camera(), kSize, grabbed, pixel));
    EXPECT_NEAR(pixel.x, 740.0f, 0.5f);
    EXPECT_NEAR(pixel.y, 320.0f, 0.5f);
}

TEST(OrbitCamera, StaysWithinItsLimits) {
    OrbitCamera c;
    for (int i = 0; i < 200; ++i)
        c.zoom(0.8f);
    EXPECT_GE(c.distance_mm, 50.0f);
    for (int i = 0; i < 200; ++i)
        c.zoom(1.3f);
    EXPECT_LE(c.distance_mm, 10000.0f);
    c.orbit(0.0f, 500.0f);
    EXPECT_LT(c.elevation_deg, 90.0f);
}

TEST(Posture, ALyingPatientIsSeenFromAboveTheTableWithTheRoomUpright) {
    using events::Posture;
    for (const Posture p :
         {Posture::Prone, Posture::Supine, Posture::SideLyingLeft, Posture::SideLyingRight}) {
        const render::Camera c = for_posture(named_view("neck_shoulder")->settings.camera, p).camera();
        const glm::vec3 away = glm::normalize(c.eye - c.target), up = room_up(p);
        EXPECT_GT(glm::dot(away, up), 0.35f);
        const glm::vec3 right = glm::cross(-away, glm::normalize(c.up));
        EXPECT_NEAR(glm::dot(up, right), 0.0f, 1e-3f);
        EXPECT_GT(glm::dot(up, c.up), 0.3f);
    }
}

TEST(Posture, SittingLeavesTheCameraAsItIs) {
    const OrbitCamera c = named_view("back")->settings.camera;
    EXPECT_EQ(for_posture(c, events::Posture::Sitting), c);
}

TEST(NamedViews, AreFoundByTheirUniqueNames) {
    std::set<std::string> names;
    for (const NamedView& v : named_views()) {
        EXPECT_TRUE(names.insert(v.name).second) << v.name;
        EXPECT_FALSE(v.description.empty()) << v.name;
        EXPECT_EQ(named_view(v.name), &v);
    }
    for (const char* needed :
         {"body", "body_back", "body_side", "back", "neck_shoulder", "shoulder_right", "trapezius", "thorax",
          "neck_front", "neck_side", "head", "pelvis", "thigh_back", "calf", "muscles", "xray"}) {
        EXPECT_TRUE(names.contains(needed)) << needed;
    }
    EXPECT_EQ(named_view("elbow of an octopus"), nullptr);
}

/// Landmarks by the start of their names; the right one where there are two.
TEST(NamedViews, HoldTheirLandmarksInsideThePicture) {
    const anatomy::Atlas* atlas = test::real_atlas();
    ASSERT_NE(atlas, nullptr);
    const std::pair<const char*, std::vector<const char*>> wanted[] = {
        {"body", {"vertex", "calcaneal tuberosity, posterior", "acromion, most lateral point"}},
        {"back", {"C7 spinous process tip", "PSIS", "inferior angle of scapula"}},
        {"neck_shoulder",
         {"C7 spinous process tip", "acromion, most lateral point", "superior angle of scapula",
          "clavicle midpoint, top"}},
        {"trapezius", {"C7 spinous process tip", "superior angle of scapula", "spine of scapula, middle"}},
        {"shoulder_right",
         {"acromion, most lateral point", "inferior angle of scapula", "greater tubercle, lateral"}},
        {"neck_front", {"hyoid body", "clavicle, front of medial curve"}},
        {"neck_side", {"mastoid process tip", "C5 spinous process tip"}},
        {"head", {"glabella", "vertex", "angle of mandible (gonion)"}},
        {"pelvis", {"PSIS", "greater trochanter, most lateral", "ischial tuberosity"}},
        {"thigh_back", {"ischial tuberosity", "lateral epicondyle of femur"}},
        {"calf", {"fibular head, apex", "lateral malleolus tip"}},
    };
    for (const auto& [view, names] : wanted) {
        const render::Camera camera = named_view(view)->settings.camera.camera();
        for (const char* name : names) {
            bool found = false;
            for (const anatomy::Landmark& l : atlas->catalogue().landmarks) {
                if (l.name != name || l.side == anatomy::Side::Left) continue;
                found = true;
                glm::vec2 pixel;
                ASSERT_TRUE(render::project(camera, kSize, glm::vec3(l.position), pixel))
                    << view << ": " << name;
                EXPECT_TRUE(pixel.x > 0 && pixel.y > 0 && pixel.x < kSize.x && pixel.y < kSize.y)
                    << view << ": " << name << " at " << pixel.x << ", " << pixel.y;
            }
            EXPECT_TRUE(found) << name;
        }
    }
}

} // namespace
} // namespace tb::view
