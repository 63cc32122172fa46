#include "case_screen.h"

#include "training/mode.h"

namespace tb::test {
namespace {

class UltrasoundScreen : public CaseScreen {
protected:
    void take() {
        screen.key(ui::key::letter('U'));
        submit();
        screen.settle();
    }
};

TEST_F(UltrasoundScreen, TheKeyTakesTheProbeAndThePanelOpens) {
    const float before = screen.draw().view.width;
    screen.key(ui::key::letter('U'));
    const auto* hold = screen.action<events::HoldProbe>();
    ASSERT_NE(hold, nullptr);
    EXPECT_TRUE(hold->on);
    EXPECT_FALSE(hold->covered);
    submit();
    screen.settle();
    const ui::Output out = screen.draw();
    EXPECT_LT(out.view.width, before);
    EXPECT_TRUE(out.probe.steers);
    EXPECT_FALSE(out.pointer.over_view);
}

TEST_F(UltrasoundScreen, TheButtonDoesTheSameAndACoverIsUsedIfItIsOnTheTray) {
    session.submit(events::TakeItem{"probe_cover"});
    screen.settle();
    const auto button = screen.find("##tools", {"###probe"});
    ASSERT_TRUE(button);
    screen.click(*button);
    const auto* hold = screen.action<events::HoldProbe>();
    ASSERT_NE(hold, nullptr);
    EXPECT_TRUE(hold->covered);
}

TEST_F(UltrasoundScreen, TheKeyGivesTheHandBackToTheTool) {
    take();
    EXPECT_TRUE(screen.draw().probe.steers);
    screen.key(ui::key::letter('U'));
    EXPECT_FALSE(screen.draw().probe.steers);
    screen.key(ui::key::letter('U'));
    EXPECT_TRUE(screen.draw().probe.steers);
}

TEST_F(UltrasoundScreen, KeysTuneFreezeAndPutBack) {
    take();
    screen.key(ui::key::kCloseBracket);
    ASSERT_NE(screen.action<events::TuneProbe>(), nullptr);
    EXPECT_DOUBLE_EQ(screen.action<events::TuneProbe>()->depth.value(), 45.0);
    screen.key(ui::key::kOpenBracket);
    EXPECT_DOUBLE_EQ(screen.action<events::TuneProbe>()->depth.value(), 35.0);
    screen.key(ui::key::kEquals);
    EXPECT_DOUBLE_EQ(screen.action<events::TuneProbe>()->gain_dB, 3.0);
    screen.key(ui::key::kMinus);
    EXPECT_DOUBLE_EQ(screen.action<events::TuneProbe>()->gain_dB, -3.0);
    screen.key(ui::key::letter('Y'));
    EXPECT_TRUE(screen.action<events::TuneProbe>()->frozen);
    screen.key(ui::key::letter('U'), true);
    ASSERT_NE(screen.action<events::HoldProbe>(), nullptr);
    EXPECT_FALSE(screen.action<events::HoldProbe>()->on);
}

TEST_F(UltrasoundScreen, ButtonsTuneToo) {
    take();
    for (const char* label : {"Less deep", "Deeper", "Gain down", "Gain up", "Freeze"}) {
        const auto button = screen.find("##echo", {label});
        ASSERT_TRUE(button) << label;
        screen.click(*button);
        EXPECT_NE(screen.action<events::TuneProbe>(), nullptr) << label;
    }
    const auto away = screen.find("##echo", {"Put back"});
    ASSERT_TRUE(away);
    screen.click(*away);
    EXPECT_NE(screen.action<events::HoldProbe>(), nullptr);
}

TEST_F(UltrasoundScreen, InAnAssessmentOnlyTheCaseBringsAProbe) {
    screen.model.mode = *training::mode_rules("assessment");
    screen.settle();
    EXPECT_FALSE(screen.find("##tools", {"###probe"}));
    screen.key(ui::key::letter('U'));
    EXPECT_EQ(screen.action<events::HoldProbe>(), nullptr);
    small.scenario().ultrasound = scenario::Ultrasound::Offered;
    screen.settle();
    EXPECT_TRUE(screen.find("##tools", {"###probe"}));
}

} // namespace
} // namespace tb::test
