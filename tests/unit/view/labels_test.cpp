#include <algorithm>

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/small_body.h"
#include "view/labels.h"

namespace tb::view {
namespace {

bool overlap(const Label& a, const Label& b) {
    constexpr float kTouch = 0.01f;
    return a.box_px.x < b.box_px.x + b.size_px.x - kTouch && b.box_px.x < a.box_px.x + a.size_px.x - kTouch &&
           a.box_px.y < b.box_px.y + b.size_px.y - kTouch && b.box_px.y < a.box_px.y + a.size_px.y - kTouch;
}

std::vector<Label> random_labels(Random& random, int count, glm::vec2 size) {
    std::vector<Label> labels;
    for (int i = 0; i < count; ++i) {
        Label l;
        l.id = "structure_" + std::to_string(i);
        l.text = std::string(4 + static_cast<std::size_t>(random.uniform(0, 40)), 'x');
        l.anchor_px = {static_cast<float>(random.uniform(0, size.x)),
                       static_cast<float>(random.uniform(0, size.y))};
        labels.push_back(l);
    }
    return labels;
}

TEST(Labels, NeverOverlapAndStayInsideThePicture) {
    Random random(3);
    for (int round = 0; round < 200; ++round) {
        const glm::vec2 size(static_cast<float>(random.uniform(300, 2000)),
                             static_cast<float>(random.uniform(200, 1200)));
        const auto labels = arrange(random_labels(random, round % 60, size), size, {});
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const Label& a = labels[i];
            EXPECT_GE(a.box_px.x, 0.0f);
            EXPECT_GE(a.box_px.y, 0.0f);
            EXPECT_LE(a.box_px.x + a.size_px.x, size.x);
            EXPECT_LE(a.box_px.y + a.size_px.y, size.y);
            for (std::size_t j = i + 1; j < labels.size(); ++j)
                ASSERT_FALSE(overlap(a, labels[j])) << round;
        }
    }
}

TEST(Labels, LeaveTheFootOfThePictureFree) {
    Random random(7);
    const glm::vec2 size(640.0f, 320.0f);
    LabelStyle style;
    style.foot_px = 60.0f;
    const auto labels = arrange(random_labels(random, 60, size), size, style);
    EXPECT_GE(labels.size(), 16u);
    for (const Label& l : labels) {
        EXPECT_LE(l.box_px.y + l.size_px.y, size.y - style.foot_px + 0.01f) << l.text;
        EXPECT_GE(l.box_px.y, style.margin_px - 0.01f) << l.text;
    }
}

TEST(Labels, KeepTheOrderOfTheirAnchorsSoThatLeadersDoNotCross) {
    Random random(5);
    const glm::vec2 size(1280, 720);
    const auto labels = arrange(random_labels(random, 30, size), size, {});
    for (const Label& a : labels) {
        for (const Label& b : labels) {
            if (a.right == b.right && a.anchor_px.y < b.anchor_px.y) {
                EXPECT_LT(a.box_px.y, b.box_px.y);
            }
        }
    }
}

TEST(Labels, NameTheStructuresThatThisViewShows) {
    const test::SmallBody small;
    ViewSettings v;
    v.camera.focus = {0, 0, 90};
    v.camera.azimuth_deg = v.camera.elevation_deg = 0;
    v.layers.skin = false;
    const auto labels = place_labels(small.body(), v, {1280, 720});
    const auto find = [&](const char* id) {
        return std::find_if(labels.begin(), labels.end(), [&](const Label& l) { return l.id == id; });
    };
    ASSERT_NE(find("test_muscle_r"), labels.end());
    EXPECT_NE(find("test_muscle_r")->text.find("right"), std::string::npos);
    EXPECT_FALSE(find("test_muscle_r")->right)
        << "the patient's right is on the picture's left from the front";
    EXPECT_EQ(find("test_artery_r"), labels.end()) << "behind the muscle";
    v.layers.muscles = false;
    const auto deeper = place_labels(small.body(), v, {1280, 720});
    const auto names = [&](const char* id) {
        return std::any_of(deeper.begin(), deeper.end(), [&](const Label& l) { return l.id == id; });
    };
    EXPECT_TRUE(names("test_bone_r"));
    EXPECT_FALSE(names("test_muscle_r"));
    EXPECT_EQ(deeper, place_labels(small.body(), v, {1280, 720})) << "stable";
}

} // namespace
} // namespace tb::view
