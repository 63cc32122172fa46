#include "case_screen.h"

namespace tb::test {
namespace {

class FeelSwitchesTest : public CaseScreen {
protected:
    FeelSwitchesTest() { session.submit(events::SelectTool{events::Tool::Finger}); }
};

TEST_F(FeelSwitchesTest, AllFourWaysAreOnAtFirst) {
    EXPECT_EQ(screen.draw().feel, ui::FeelSwitches{});
}

TEST_F(FeelSwitchesTest, KeysSwitchThemOffAndOn) {
    const std::pair<char, bool ui::FeelSwitches::*> ways[] = {{'D', &ui::FeelSwitches::dent},
                                                              {'T', &ui::FeelSwitches::strip},
                                                              {'N', &ui::FeelSwitches::sound},
                                                              {'R', &ui::FeelSwitches::rumble}};
    for (const auto& [letter, way] : ways) {
        screen.key(ui::key::letter(letter));
        EXPECT_FALSE(screen.draw().feel.*way) << letter;
        screen.key(ui::key::letter(letter));
        EXPECT_TRUE(screen.draw().feel.*way) << letter;
    }
    EXPECT_TRUE(session.log().events().size() < 5) << "switches are no actions";
}

TEST_F(FeelSwitchesTest, TheButtonsDoTheSame) {
    const auto sound = screen.find("##strip", {"###feelSound"});
    ASSERT_TRUE(sound);
    screen.click(*sound);
    EXPECT_FALSE(screen.draw().feel.sound);
    screen.click(*sound);
    EXPECT_TRUE(screen.draw().feel.sound);
}

TEST_F(FeelSwitchesTest, WithoutADeviceTheSwitchIsOffAndSaysWhy) {
    screen.model.feel.no_sound = "No sound device.";
    screen.model.feel.no_rumble = "No game controller.";
    EXPECT_FALSE(screen.draw().feel.sound);
    EXPECT_FALSE(screen.draw().feel.rumble);
    EXPECT_TRUE(screen.draw().feel.dent);
    ImGuiIO& io = ImGui::GetIO();
    io.KeysDown[ui::key::letter('N')] = true;
    EXPECT_NE(screen.draw().refused.find("No sound device."), std::string::npos);
    io.KeysDown[ui::key::letter('N')] = false;
    screen.model.feel.no_sound.clear(); // plugged in
    EXPECT_TRUE(screen.draw().feel.sound) << "the refused key has switched nothing";
}

TEST_F(FeelSwitchesTest, WithoutTheStripNothingFeltIsDrawn) {
    screen.settle();
    const int with = Screen::drawn().first;
    screen.key(ui::key::letter('T'));
    screen.settle();
    EXPECT_LT(Screen::drawn().first, with - 100);
}

TEST_F(FeelSwitchesTest, TheyStayForTheNextCase) {
    screen.key(ui::key::letter('D'));
    session::Session next(small.world(), session::Options{});
    screen.model.session = &next;
    screen.settle();
    EXPECT_FALSE(screen.draw().feel.dent);
}

TEST_F(FeelSwitchesTest, AreThereInAnAssessmentToo) {
    screen.model.mode = *training::mode_rules("assessment");
    screen.key(ui::key::letter('R'));
    EXPECT_FALSE(screen.draw().feel.rumble);
}

/// The press that the frame's samples add up to in a tool controller.
class FeelController : public FeelSwitchesTest {
protected:
    FeelController() { // from the front, the right muscle's middle in the middle of the picture
        screen.view.camera.focus = {-60, 0, 100};
        screen.view.camera.azimuth_deg = screen.view.camera.elevation_deg = 0.0f;
    }
    double press_after(const ui::Output& out) {
        hand.update(small.body(), session.state(), screen.view, out.pointer, 1.0 / 60.0);
        return hand.press_N();
    }
    view::ToolController hand;
};

TEST_F(FeelController, TriggerAndWheelGiveTheSamePress) {
    ImGuiIO& io = ImGui::GetIO();
    hand.place(small.body(), {kMiddle, 0.0, kFront});
    screen.model.feel.pad.connected = true;
    screen.model.feel.pad.right_trigger = 1.0f;
    const double by_trigger = press_after(screen.draw());
    EXPECT_NEAR(by_trigger, view::PadHand::kFullPress_N, 1e-6);
    screen.model.feel.pad.right_trigger = 0.0f;
    EXPECT_NEAR(press_after(screen.draw()), 0.0, 1e-6);

    const ui::Rect v = screen.draw().view;
    io.MousePos = {v.x + 0.5f * v.width, v.y + 0.5f * v.height};
    screen.draw();
    io.MouseWheel = 40.0f; // a notch is a newton
    EXPECT_NEAR(press_after(screen.draw()), by_trigger, 1e-6);
}

TEST_F(FeelController, StickAndArrowKeysGiveTheSameMovement) {
    ImGuiIO& io = ImGui::GetIO();
    io.KeysDown[ui::key::kRight] = true;
    const double by_key = screen.draw().pointer.move_right_mm;
    io.KeysDown[ui::key::kRight] = false;
    screen.model.feel.pad.connected = true;
    screen.model.feel.pad.stick_right = 1.0f;
    const ui::Output out = screen.draw();
    EXPECT_GT(by_key, 0.0);
    EXPECT_NEAR(out.pointer.move_right_mm, by_key, 1e-9);
    EXPECT_FALSE(out.pointer.over_view) << "the resting mouse does not pull the tool back";
    EXPECT_TRUE(out.wants_redraw);
}

TEST_F(FeelController, AloneItBringsTheFingerToTheMiddleOfThePicture) {
    screen.model.feel.pad.connected = true;
    screen.model.feel.pad.stick_up = 1.0f;
    const ui::Output out = screen.draw();
    const auto actions = hand.update(small.body(), session.state(), screen.view, out.pointer, 1.0 / 60.0);
    ASSERT_EQ(actions.size(), 1U);
    const auto& pose = std::get<events::ToolPose>(actions.front());
    EXPECT_NEAR(pose.tip.x, -60.0, 1.0);
    EXPECT_NEAR(pose.tip.z, kFront, 0.1);
}

TEST_F(FeelController, AnOpenDialogKeepsItFromTheHand) {
    screen.key(ui::key::function(10)); // finish?
    screen.model.feel.pad.connected = true;
    screen.model.feel.pad.right_trigger = screen.model.feel.pad.stick_right = 1.0f;
    const ui::Output out = screen.draw();
    EXPECT_EQ(out.pointer.press_change_N, 0.0);
    EXPECT_EQ(out.pointer.move_right_mm, 0.0);
}

} // namespace
} // namespace tb::test
