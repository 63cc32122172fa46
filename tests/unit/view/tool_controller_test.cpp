#include <gtest/gtest.h>

#include "support/small_body.h"
#include "tissue/needle.h"
#include "view/tool_controller.h"

namespace tb::view {
namespace {

using events::Tool;
using geometry::Vec3;

/// The front of the small body, 4 px a millimetre or so; the pointer starts over the right muscle's middle.
class ToolControllerTest : public testing::Test {
protected:
    ToolControllerTest() {
        view_.camera.focus = {-60, 0, 100};
        view_.camera.azimuth_deg = 0;
        view_.camera.elevation_deg = 0;
        sample_.pixel = sample_.size_px * 0.5f;
    }
    std::vector<events::Action> update() {
        return controller_.update(small_.body(), state_, view_, sample_, 1.0 / 60.0);
    }
    static std::vector<events::ToolPose> poses(const std::vector<events::Action>& actions) {
        std::vector<events::ToolPose> out;
        for (const auto& a : actions) {
            if (const auto* p = std::get_if<events::ToolPose>(&a)) out.push_back(*p);
        }
        return out;
    }
    events::ToolPose only_pose() {
        const auto all = poses(update());
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? events::ToolPose{} : all.front();
    }
    void take(Tool tool) { state_.tool = tool; }

    test::SmallBody small_;
    session::SimState state_;
    ViewSettings view_;
    PointerSample sample_;
    ToolController controller_;
};

TEST_F(ToolControllerTest, AnEmptyHandDoesNothing) {
    EXPECT_TRUE(update().empty());
}

TEST_F(ToolControllerTest, TheFingerFollowsThePointerOnTheSkin) {
    take(Tool::Finger);
    const auto p = only_pose();
    EXPECT_EQ(p.tool, Tool::Finger);
    EXPECT_NEAR(p.tip.x, -60.0, 0.1);
    EXPECT_NEAR(p.tip.y, 0.0, 0.1);
    EXPECT_NEAR(p.tip.z, test::kFront, 0.02);
    EXPECT_NEAR(p.axis.z, -1.0, 1e-3);
    EXPECT_EQ(p.press.value(), 0.0);
    sample_.pixel.x += 40.0f;
    EXPECT_GT(only_pose().tip.x, -55.0);
}

TEST_F(ToolControllerTest, SendsNothingWhenNothingChanged) {
    take(Tool::Finger);
    EXPECT_EQ(update().size(), 1u);
    EXPECT_TRUE(update().empty());
    sample_.press_change_N = 0.001; // below the quantum
    EXPECT_TRUE(update().empty());
}

TEST_F(ToolControllerTest, PressIsClampedToWhatAHandCanDo) {
    take(Tool::Finger);
    sample_.press_change_N = 500.0;
    EXPECT_DOUBLE_EQ(only_pose().press.value(), ToolController::kMostPress_N);
    sample_.press_change_N = -900.0;
    EXPECT_DOUBLE_EQ(only_pose().press.value(), 0.0);
    EXPECT_DOUBLE_EQ(controller_.press_N(), 0.0);
}

TEST_F(ToolControllerTest, APointerOffTheBodyGivesNoPose) {
    take(Tool::Finger);
    sample_.pixel = {1.0f, 1.0f};
    view_.camera.distance_mm = 3000.0f;
    EXPECT_TRUE(update().empty());
    sample_.over_view = false;
    sample_.pixel = sample_.size_px * 0.5f;
    EXPECT_TRUE(update().empty());
}

TEST_F(ToolControllerTest, APressingFingerStaysWhenThePointerLeavesTheBody) {
    take(Tool::Finger);
    view_.camera.distance_mm = 1500.0f;
    sample_.press_change_N = 10.0;
    auto last = only_pose();
    sample_.press_change_N = 0.0;
    for (int i = 1; i <= 40; ++i) { // 800 px to the left, far beside the body
        sample_.pixel.x -= 20.0f;
        const auto moved = poses(update());
        if (moved.empty()) continue;
        EXPECT_LT(glm::length(geometry::vec(moved[0].tip) - geometry::vec(last.tip)), 60.0) << "no jump";
        EXPECT_NEAR(moved[0].press.value(), 10.0, 0.01);
        last = moved[0];
    }
    EXPECT_LE(std::abs(last.tip.x), 150.1) << "still on the body";
}

TEST_F(ToolControllerTest, LayingTheFingerOnPressesLightly) {
    take(Tool::Finger);
    sample_.primary = true;
    EXPECT_GT(only_pose().press.value(), 1.0);
    sample_.primary = false;
    EXPECT_EQ(only_pose().press.value(), 0.0);
}

TEST_F(ToolControllerTest, ThePenMarksOncePerClick) {
    take(Tool::Pen);
    update();
    sample_.primary = true;
    const auto actions = update();
    ASSERT_EQ(actions.size(), 2u);
    const auto* mark = std::get_if<events::Mark>(&actions[1]);
    ASSERT_NE(mark, nullptr);
    EXPECT_NEAR(mark->point.x, -60.0, 0.1);
    EXPECT_TRUE(update().empty()) << "held";
    sample_.primary = false;
    for (const auto& a : update())
        EXPECT_FALSE(std::holds_alternative<events::Mark>(a));
}

TEST_F(ToolControllerTest, TheSwabRubsWhileTheButtonIsHeld) {
    take(Tool::Swab);
    EXPECT_EQ(only_pose().press.value(), 0.0);
    sample_.primary = true;
    EXPECT_NEAR(only_pose().press.value(), 5.0, 1e-9);
}

TEST_F(ToolControllerTest, TheSprayJetsFromADistanceWhileTheButtonIsHeld) {
    take(Tool::Spray);
    const auto p = only_pose();
    EXPECT_GT(p.tip.z, test::kFront + 200.0);
    sample_.primary = true;
    auto actions = update();
    ASSERT_EQ(actions.size(), 1u);
    EXPECT_TRUE(std::get<events::SprayJet>(actions[0]).on);
    EXPECT_TRUE(update().empty());
    sample_.primary = false;
    actions = update();
    ASSERT_EQ(actions.size(), 1u);
    EXPECT_FALSE(std::get<events::SprayJet>(actions[0]).on);
}

TEST_F(ToolControllerTest, KeysAloneMoveTheToolAlongTheSkinInPictureDirections) {
    take(Tool::Finger);
    sample_.over_view = false;
    controller_.place(small_.body(), test::at_depth(-60, 0, 0));
    const auto start = only_pose();
    sample_.move_right_mm = 5.0;
    sample_.move_up_mm = 3.0;
    const auto moved = only_pose();
    EXPECT_NEAR(moved.tip.x - start.tip.x, 5.0, 0.05);
    EXPECT_NEAR(moved.tip.y - start.tip.y, 3.0, 0.05);
    sample_.move_right_mm = sample_.move_up_mm = 0.0;
    sample_.press_change_N = 8.0;
    EXPECT_NEAR(only_pose().press.value(), 8.0, 1e-9);
}

TEST_F(ToolControllerTest, TheNeedleLeansByTiltAndTurn) {
    take(Tool::Needle);
    controller_.set_needle_angles(30.0, 0.0);
    const auto p = only_pose();
    EXPECT_NEAR(tissue::angle_to_skin_deg(geometry::vec(p.axis), {0, 0, 1}), 30.0, 0.1);
    EXPECT_GT(p.tip.z, test::kFront) << "held off the skin";
    sample_.turn_deg = 180.0;
    const auto turned = only_pose();
    EXPECT_NEAR(turned.axis.x, -p.axis.x, 1e-3);
    EXPECT_NEAR(turned.axis.y, -p.axis.y, 1e-3);
    sample_.tilt_deg = 400.0;
    update();
    EXPECT_DOUBLE_EQ(controller_.needle_tilt_deg(), 90.0);
}

TEST_F(ToolControllerTest, TheEntryStaysFixedWhileTheNeedleIsUnderTheSkin) {
    take(Tool::Needle);
    state_.injection.gauge = 25;
    state_.injection.length_mm = 38.0;
    controller_.set_needle_angles(90.0, 0.0);
    update();
    sample_.advance_mm = 12.0;
    const auto pushed = only_pose();
    EXPECT_NEAR(pushed.tip.z, test::kFront - 7.0, 0.02);
    state_.needle.under_skin = true;
    state_.needle.entry = test::at_depth(-60, 0, 0);
    state_.needle.axis = {0, 0, -1};
    state_.needle.depth_mm = 7.0;
    sample_.advance_mm = 0.0;
    sample_.pixel += glm::vec2(120.0f, 60.0f);
    EXPECT_TRUE(update().empty()) << "the pointer moves nothing";
    sample_.tilt_deg = -20.0;
    const auto leaned = only_pose();
    const Vec3 tip = geometry::vec(leaned.tip), axis = geometry::vec(leaned.axis);
    EXPECT_LT(glm::length(tip - axis * 7.0 - state_.needle.entry), 0.05) << "leans about the entry";
}

TEST_F(ToolControllerTest, AWithdrawnNeedleIsFreeAgain) {
    take(Tool::Needle);
    state_.injection.length_mm = 38.0;
    controller_.set_needle_angles(90.0, 0.0);
    update();
    sample_.advance_mm = 12.0;
    update();
    state_.needle.under_skin = true;
    state_.needle.entry = test::at_depth(-60, 0, 0);
    state_.needle.axis = {0, 0, -1};
    state_.needle.depth_mm = 7.0;
    sample_.advance_mm = -12.0;
    EXPECT_GT(only_pose().tip.z, test::kFront);
    state_.needle = {};
    sample_.advance_mm = 0.0;
    sample_.pixel.x += 100.0f;
    EXPECT_GT(only_pose().tip.x, -50.0);
}

TEST_F(ToolControllerTest, DrawingBackActsAtOnceAfterBoneHasStoppedTheTip) {
    take(Tool::Needle);
    state_.injection.length_mm = 50.0;
    controller_.set_needle_angles(90.0, 0.0);
    update();
    state_.needle.under_skin = state_.needle.on_bone = true;
    state_.needle.entry = test::at_depth(-60, 0, 0);
    state_.needle.axis = {0, 0, -1};
    state_.needle.depth_mm = 20.0;
    sample_.advance_mm = 45.0;
    update();
    sample_.advance_mm = -1.0;
    EXPECT_GE(only_pose().tip.z, test::kFront - 19.01);
}

TEST_F(ToolControllerTest, TheAlgometerIsPressedLikeAFingerToTheEndOfItsDial) {
    take(Tool::Algometer);
    EXPECT_EQ(only_pose().press.value(), 0.0);
    sample_.primary = true;
    EXPECT_NEAR(only_pose().press.value(), 4.0, 1e-9) << "laid on lightly";
    sample_.primary = false;
    sample_.press_change_N = 20.0;
    const auto p = only_pose();
    EXPECT_EQ(p.tool, Tool::Algometer);
    EXPECT_NEAR(p.press.value(), 20.0, 1e-9);
    EXPECT_NEAR(p.axis.z, -1.0, 1e-3) << "perpendicular to the skin";
    sample_.press_change_N = 500.0;
    EXPECT_NEAR(only_pose().press.value(), ToolController::kMostAlgometer_N, 1e-9);
}

TEST_F(ToolControllerTest, NeverSendsMoreThanOnePoseAFrame) {
    Random random(7);
    const Tool tools[] = {Tool::Finger, Tool::Pen,   Tool::Swab,     Tool::Spray,
                          Tool::Needle, Tool::Gauze, Tool::Algometer};
    for (int i = 0; i < 600; ++i) {
        take(tools[static_cast<std::size_t>(i / 40) % std::size(tools)]);
        sample_.pixel = {static_cast<float>(random.uniform(0, 1280)),
                         static_cast<float>(random.uniform(0, 720))};
        sample_.primary = random.uniform(0, 1) < 0.5;
        sample_.press_change_N = random.uniform(-5, 5);
        sample_.advance_mm = random.uniform(-5, 5);
        sample_.tilt_deg = random.uniform(-10, 10);
        const auto all = poses(update());
        ASSERT_LE(all.size(), 1u);
        for (const auto& p : all) {
            EXPECT_EQ(p.tool, state_.tool);
            EXPECT_GE(p.press.value(), 0.0);
            EXPECT_LE(p.press.value(), ToolController::kMostPress_N);
            EXPECT_EQ(std::get<events::ToolPose>(events::quantised(events::Action(p))), p);
        }
    }
}

} // namespace
} // namespace tb::view
