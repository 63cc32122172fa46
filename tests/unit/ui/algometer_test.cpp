#include "case_screen.h"

#include "session/session.h"

namespace tb::test {
namespace {

using events::Tool;

class AlgometerScreen : public CaseScreen {
protected:
    void take() {
        session.submit(events::SelectTool{Tool::Algometer});
        session.advance();
        screen.settle();
    }
    void press(double x, double kg_per_cm2) {
        session.submit(events::ToolPose{
            Tool::Algometer, {x, 0.0, kFront}, {0.0, 0.0, -1.0}, Newtons(kg_per_cm2 * kNewtonPerKilogram)});
        session.advance(60);
    }
};

TEST_F(AlgometerScreen, KeyNineAndItsButtonTakeIt) {
    screen.key(ui::key::digit(9));
    ASSERT_NE(screen.action<events::SelectTool>(), nullptr);
    EXPECT_EQ(screen.action<events::SelectTool>()->tool, Tool::Algometer);
    screen.settle();
    const auto button = screen.find("##tools", {"###tool8"});
    ASSERT_TRUE(button);
    screen.click(*button);
    ASSERT_NE(screen.action<events::SelectTool>(), nullptr);
    EXPECT_EQ(screen.action<events::SelectTool>()->tool, Tool::Algometer);
}

TEST_F(AlgometerScreen, AtMostNineToolsAreShown) {
    ASSERT_TRUE(screen.find("##tools", {"###probe"}));
    EXPECT_TRUE(screen.find("##tools", {"###tool8"}));
    EXPECT_FALSE(screen.find("##tools", {"###tool7"})) << "nothing bleeds yet: the gauze keeps its key";
    session.submit(events::SelectTool{Tool::Gauze});
    session.advance();
    screen.settle();
    EXPECT_TRUE(screen.find("##tools", {"###tool7"}));
    EXPECT_FALSE(screen.find("##tools", {"###tool8"}));
}

TEST_F(AlgometerScreen, AHeldKeyPressesAtTheTaughtRate) {
    take();
    ImGuiIO& io = ImGui::GetIO();
    io.KeysDown[ui::key::letter('W')] = true;
    double pressed = 0.0;
    for (int i = 0; i < 60; ++i)
        pressed += screen.draw().pointer.press_change_N;
    io.KeysDown[ui::key::letter('W')] = false;
    EXPECT_NEAR(pressed / kNewtonPerKilogram, 1.0, 0.05);
}

TEST_F(AlgometerScreen, ThePanelShowsDialAndReadings) {
    take();
    const int before = Screen::drawn().first;
    press(kMiddle, 4.0);
    press(-kMiddle, 5.0);
    ASSERT_EQ(all<events::PressureThreshold>(session).size(), 2U);
    screen.settle();
    EXPECT_GT(Screen::drawn().first, before) << "the readings are listed";
    screen.model.mode = *training::mode_rules("assessment");
    screen.settle();
    EXPECT_GT(Screen::drawn().first, 100);
    screen.shell->show(ui::Screen::Debrief);
    screen.settle();
    EXPECT_GT(Screen::drawn().first, 100);
}

} // namespace
} // namespace tb::test
