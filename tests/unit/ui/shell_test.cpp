#include "case_screen.h"

#include "session/autopilot.h"
#include "training/mode.h"
#include "ui/theme.h"

namespace tb::test {
namespace {

using Kind = ui::Command::Kind;

class EmptyScreens : public ::testing::Test {
protected:
    Screen screen;
};

TEST_F(EmptyScreens, DrawSomethingWithNothingToShow) {
    for (const ui::Screen s :
         {ui::Screen::Home, ui::Screen::Case, ui::Screen::Debrief, ui::Screen::Anatomy, ui::Screen::About}) {
        screen.shell->show(s);
        screen.settle();
        EXPECT_GT(Screen::drawn().first, 100) << "screen " << static_cast<int>(s);
        EXPECT_TRUE(screen.actions.empty());
    }
}

TEST_F(EmptyScreens, HomeStartsTheChosenCaseInTheChosenMode) {
    screen.model.cases = {{"one", "First", "words", 1}, {"two", "Second", "words", 2}};
    screen.settle();
    const auto assessment = screen.find("##home", {"Assessment"});
    ASSERT_TRUE(assessment);
    screen.click(*assessment);
    const auto start = screen.find("##home", {"Start"});
    ASSERT_TRUE(start);
    screen.click(*start);
    ASSERT_EQ(screen.commands.size(), 1U);
    EXPECT_EQ(screen.commands[0].kind, Kind::StartCase);
    EXPECT_EQ(screen.commands[0].text, "one");
    EXPECT_EQ(screen.commands[0].mode, "assessment");
}

TEST_F(EmptyScreens, StartWithoutACaseDoesNothing) {
    screen.settle();
    const auto start = screen.find("##home", {"Start"});
    ASSERT_TRUE(start);
    screen.click(*start);
    EXPECT_TRUE(screen.commands.empty());
}

TEST_F(EmptyScreens, TextSizeChangesByKeyWithinItsLimits) {
    screen.model.scale = 1.0f;
    screen.settle();
    screen.key(ui::key::kEquals, true);
    ASSERT_EQ(screen.commands.size(), 1U);
    EXPECT_EQ(screen.commands[0].kind, Kind::SetScale);
    EXPECT_NEAR(screen.commands[0].number, 1.1, 1e-5);
    screen.key(ui::key::kMinus, true);
    ASSERT_EQ(screen.commands.size(), 1U);
    EXPECT_NEAR(screen.commands[0].number, static_cast<double>(ui::kLowestScale), 1e-5);
}

TEST_F(EmptyScreens, AnErrorStaysUntilItIsDismissed) {
    screen.model.error = "The disk is full.";
    screen.settle();
    const auto ok = screen.find("##error", {"Understood"});
    ASSERT_TRUE(ok);
    screen.click(*ok);
    EXPECT_TRUE(screen.has_command(Kind::DismissError));
}

TEST_F(CaseScreen, LeavesTheMiddleFreeForThePicture) {
    const ui::Output out = screen.draw();
    EXPECT_EQ(out.screen, ui::Screen::Case);
    EXPECT_GT(out.view.width, 500.0f);
    EXPECT_GT(out.view.height, 350.0f);
    ImGui::GetIO().MousePos = {out.view.x + 0.5f * out.view.width, out.view.y + 0.5f * out.view.height};
    screen.draw();
    EXPECT_TRUE(screen.draw().view_hovered);
    ImGui::GetIO().MousePos = {5.0f, 5.0f};
    screen.draw();
    EXPECT_FALSE(screen.draw().view_hovered);
}

TEST_F(CaseScreen, NumberKeysTakeTheNineTools) {
    using events::Tool;
    const Tool tools[] = {Tool::None,        Tool::Finger, Tool::Pen,   Tool::Swab,     Tool::Spray,
                          Tool::WhealNeedle, Tool::Needle, Tool::Gauze, Tool::Algometer};
    for (int i = 0; i < 9; ++i) {
        screen.key(ui::key::digit(i + 1));
        const auto* select = screen.action<events::SelectTool>();
        ASSERT_NE(select, nullptr) << i + 1;
        EXPECT_EQ(select->tool, tools[i]);
    }
}

TEST_F(CaseScreen, ToolButtonsDoTheSameAsTheirKeys) {
    const auto finger = screen.find("##tools", {"###tool1"});
    ASSERT_TRUE(finger);
    screen.click(*finger);
    ASSERT_EQ(screen.actions.size(), 1U);
    EXPECT_EQ(std::get<events::SelectTool>(screen.actions[0]).tool, events::Tool::Finger);
}

TEST_F(CaseScreen, AGreyedButtonSubmitsNothing) {
    const auto needle = screen.find("##tools", {"###tool6"}); // no needle is mounted
    ASSERT_TRUE(needle);
    screen.click(*needle);
    EXPECT_TRUE(screen.actions.empty());
}

TEST_F(CaseScreen, ThePanelFollowsTheToolInHand) {
    EXPECT_FALSE(screen.find("##context", {"Pincer"}));
    session.submit(events::SelectTool{events::Tool::Finger});
    screen.settle();
    const auto pincer = screen.find("##context", {"Pincer"});
    ASSERT_TRUE(pincer);
    screen.click(*pincer);
    ASSERT_NE(screen.action<events::SetGrip>(), nullptr);
    EXPECT_TRUE(screen.action<events::SetGrip>()->pincer);
}

TEST_F(CaseScreen, LetterKeysAct) {
    screen.key(ui::key::letter('H'));
    EXPECT_NE(screen.action<events::AskHint>(), nullptr);
    screen.key(ui::key::letter('G'));
    ASSERT_NE(screen.action<events::SetGrip>(), nullptr);
    EXPECT_TRUE(screen.action<events::SetGrip>()->pincer);
    screen.key(ui::key::letter('F'));
    EXPECT_NE(screen.action<events::FastForward>(), nullptr);
    screen.key(ui::key::letter('P'));
    EXPECT_TRUE(screen.has_command(Kind::TogglePause));
    screen.key(ui::key::function(11));
    EXPECT_TRUE(screen.has_command(Kind::ToggleFullscreen));
}

TEST_F(CaseScreen, XRayMakesTheSkinTransparentAndBack) {
    screen.key(ui::key::letter('X'));
    EXPECT_LT(screen.view.layers.skin_opacity, 1.0f);
    EXPECT_TRUE(screen.view.layers.show_bands);
    screen.key(ui::key::letter('X'));
    EXPECT_EQ(screen.view.layers.skin_opacity, 1.0f);
    EXPECT_FALSE(screen.view.layers.show_bands);
}

TEST_F(CaseScreen, AnAssessmentOffersNoHelp) {
    screen.model.mode = *training::mode_rules("assessment");
    screen.settle();
    for (const char letter : {'H', 'F', 'P', 'X'}) {
        screen.key(ui::key::letter(letter));
        EXPECT_TRUE(screen.actions.empty() && screen.commands.empty()) << letter;
    }
    EXPECT_EQ(screen.view.layers.skin_opacity, 1.0f);
}

TEST_F(CaseScreen, TheMarkKeyMarksUnderThePen) {
    session.submit(events::SelectTool{events::Tool::Pen});
    session.submit(
        events::ToolPose{events::Tool::Pen, {kMiddle, 0.0, kFront}, {0.0, 0.0, -1.0}, Newtons(1.0)});
    session.advance();
    screen.key(ui::key::letter('M'));
    const auto* mark = screen.action<events::Mark>();
    ASSERT_NE(mark, nullptr);
    EXPECT_DOUBLE_EQ(mark->point.x, kMiddle);
}

TEST_F(CaseScreen, HeldKeysMoveAndPressTheHand) {
    session.submit(events::SelectTool{events::Tool::Finger});
    ImGui::GetIO().KeysDown[ui::key::letter('W')] = true;
    ImGui::GetIO().KeysDown[ui::key::kRight] = true;
    ImGui::GetIO().KeysDown[ui::key::kSpace] = true;
    screen.draw();
    const view::PointerSample hand = screen.draw().pointer;
    EXPECT_GT(hand.press_change_N, 0.0);
    EXPECT_GT(hand.move_right_mm, 0.0);
    EXPECT_TRUE(hand.primary);
}

TEST_F(CaseScreen, HoldingTheKeysPullsAndPushesThePlungerAndLetsGo) {
    session.submit(events::MountNeedle{events::Syringe::Injection, 25, Millimetres(38.0)});
    session.submit(events::DrawUp{events::Syringe::Injection, "lidocaine_0_5", Millilitres(1.0)});
    session.submit(events::SelectTool{events::Tool::Needle});
    screen.settle();
    bool& a = ImGui::GetIO().KeysDown[ui::key::letter('A')];
    bool& i = ImGui::GetIO().KeysDown[ui::key::letter('I')];
    a = true;
    screen.draw();
    screen.draw();
    ASSERT_NE(screen.action<events::Aspirate>(), nullptr);
    EXPECT_TRUE(screen.action<events::Aspirate>()->pull);
    EXPECT_EQ(screen.actions.size(), 1U); // once, not every frame
    screen.actions.clear();
    a = false;
    i = true;
    screen.draw();
    screen.draw();
    ASSERT_EQ(screen.actions.size(), 2U); // let go, then push
    EXPECT_FALSE(std::get<events::Aspirate>(screen.actions[0]).pull);
    EXPECT_GT(std::get<events::PushPlunger>(screen.actions[1]).rate.value(), 0.0);
    screen.actions.clear();
    i = false;
    screen.draw();
    ASSERT_EQ(screen.actions.size(), 1U);
    EXPECT_EQ(std::get<events::PushPlunger>(screen.actions[0]).rate.value(), 0.0);
}

TEST_F(CaseScreen, AWheelOverThePicturePressesTheFinger) {
    session.submit(events::SelectTool{events::Tool::Finger});
    const ui::Output out = screen.settle();
    ImGui::GetIO().MousePos = {out.view.x + 200.0f, out.view.y + 200.0f};
    screen.draw();
    ImGui::GetIO().MouseWheel = 2.0f;
    EXPECT_DOUBLE_EQ(screen.draw().pointer.press_change_N, 2.0);
}

TEST_F(CaseScreen, WithEmptyHandsADragTurnsTheView) {
    const ui::Output out = screen.settle();
    const float before = screen.view.camera.azimuth_deg;
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {out.view.x + 200.0f, out.view.y + 200.0f};
    screen.draw();
    io.MouseDown[0] = true;
    screen.draw();
    io.MousePos.x += 40.0f;
    screen.draw();
    io.MouseDown[0] = false;
    EXPECT_NE(screen.view.camera.azimuth_deg, before);
}

TEST_F(CaseScreen, FinishAsksForTheDecisionAndOpensTheDebrief) {
    screen.key(ui::key::function(10));
    screen.settle();
    const auto choice = screen.find("Finish the case?", {"I chose not to inject"});
    ASSERT_TRUE(choice);
    screen.click(*choice);
    ASSERT_NE(screen.action<events::FinishCase>(), nullptr);
    EXPECT_EQ(screen.action<events::FinishCase>()->decision, "not_injected");
    EXPECT_TRUE(screen.has_command(Kind::OpenDebrief));
}

TEST_F(CaseScreen, F6LetsTheArrowsWalkThroughThePanels) {
    EXPECT_EQ(ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard, 0);
    screen.key(ui::key::function(6));
    EXPECT_NE(ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard, 0);
    screen.key(ui::key::kEscape);
    EXPECT_EQ(ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard, 0);
}

TEST_F(CaseScreen, AQuestionIsAskedByTheKeyboardAlone) {
    screen.key(ui::key::function(6)); // steps
    screen.key(ui::key::function(6)); // patient and conversation
    for (int i = 0; i < 12 && screen.action<events::Say>() == nullptr; ++i) {
        screen.key(ui::key::kDown);
        screen.key(ui::key::kSpace);
    }
    ASSERT_NE(screen.action<events::Say>(), nullptr);
    EXPECT_NE(small.scenario().tables.topic(screen.action<events::Say>()->topic), nullptr);
}

TEST_F(CaseScreen, TheSameStateGivesTheSamePicture) {
    session.submit(events::SelectTool{events::Tool::Finger});
    session.submit(
        events::ToolPose{events::Tool::Finger, {kMiddle, 0.0, kFront}, {0.0, 0.0, -1.0}, Newtons(15.0)});
    session.advance(60);
    screen.settle();
    const auto first = Screen::drawn();
    screen.draw();
    EXPECT_EQ(Screen::drawn(), first);
}

TEST_F(CaseScreen, PlaysAWholeCaseWithoutStumbling) {
    session::AutopilotOptions novice;
    novice.trainee = "novice";
    int frames = 0;
    const auto done =
        session::run_autopilot(session, novice, [&](const session::Session&, const std::string&) {
            screen.draw();
            ++frames;
        });
    ASSERT_TRUE(done) << done.error().text();
    EXPECT_GT(frames, 5);
    EXPECT_TRUE(session.state().finished);
    screen.settle();
    EXPECT_GT(Screen::drawn().first, 1000);
}

scoring::Assessment small_assessment() {
    scoring::Assessment a;
    a.total = 61.0;
    a.pass_reason = "below 70";
    scoring::ItemScore item;
    item.id = "mark";
    item.phase = "locate";
    item.text = "Mark the point";
    item.of = 4.0;
    item.why = "The mark is 14 mm away.";
    item.measures.push_back({"mark to point distance", "mm", 14.0, true, 0.5, "good 0-5 mm", {0}});
    a.items.push_back(item);
    a.critical.push_back({"sharps", "Sharps left", "", {0}});
    a.near_misses.push_back({"pleura", 2.0, 0});
    return a;
}

TEST_F(CaseScreen, TheDebriefJumpsToTheEvidence) {
    session.advance(240);
    session.submit(events::Say{"consent.agree"});
    session.submit(events::FinishCase{"not_injected"});
    auto assessment = small_assessment();
    std::int64_t proof = -1; // the question, asked at tick 240
    for (const events::Event& e : session.log().events()) {
        if (e.get<events::Say>() != nullptr) proof = e.seq;
    }
    assessment.critical[0].evidence = {proof};
    screen.model.assessment = &assessment;
    screen.shell->show(ui::Screen::Debrief);
    const ui::Output out = screen.settle();
    EXPECT_FALSE(out.view.empty());
    // The button stands in the id scope of the first critical finding.
    ImGuiWindow* w = ImGui::FindWindowByName("##score");
    ASSERT_NE(w, nullptr);
    const int first = 0;
    const std::string label = std::to_string(proof) + "##e0";
    const auto evidence =
        screen.find(w, ImHashStr(label.c_str(), 0, ImHashData(&first, sizeof first, w->ID)));
    ASSERT_TRUE(evidence);
    screen.click(*evidence);
    ASSERT_TRUE(screen.has_command(Kind::JumpTo));
    EXPECT_EQ(screen.commands[0].tick, 240);
}

TEST_F(CaseScreen, TheTimelineJumpsToTheChosenTime) {
    session.advance(240);
    session.submit(events::FinishCase{"not_injected"});
    screen.shell->show(ui::Screen::Debrief);
    screen.settle();
    const auto timeline = screen.find("##timeline", {"##timeline"});
    ASSERT_TRUE(timeline);
    screen.click({timeline->x + 300.0f, timeline->y + 20.0f});
    ASSERT_TRUE(screen.has_command(Kind::JumpTo));
    EXPECT_GE(screen.commands[0].tick, 0);
    EXPECT_LE(screen.commands[0].tick, session.log().events().back().tick);
}

TEST_F(CaseScreen, TheTimelineShowsTheWholeLogWhileAnEarlierMomentIsShown) {
    session.submit(events::Say{"identity.name"});
    session.advance(1200);
    session.submit(events::Say{"consent.agree"});
    const session::Session earlier = session.branch_at(600);
    auto assessment = small_assessment();
    screen.model.assessment = &assessment;
    screen.model.log = &session.log();
    screen.model.session = &earlier;
    screen.shell->show(ui::Screen::Debrief);
    screen.settle();
    screen.click({1270.0f, 690.0f}); // right end of the timeline
    ASSERT_TRUE(screen.has_command(Kind::JumpTo));
    EXPECT_GT(screen.commands[0].tick, 1000);
}

TEST(Theme, TextIsReadableOnEverySurface) {
    using namespace ui::theme;
    for (const ImVec4& surface : {kBackdrop, kPanel, kCard}) {
        for (const ImVec4& text : {kText, kTextSoft, kTextOff, kAccent, kGood, kCaution, kDanger, kFocus}) {
            EXPECT_GE(contrast_ratio(text, surface), 4.5);
        }
    }
    EXPECT_GE(contrast_ratio(kText, kAccentFill), 4.5);
    EXPECT_GE(contrast_ratio(kText, kGrab), 4.5);
    EXPECT_GE(contrast_ratio(kText, kHovered), 4.5);
    EXPECT_NEAR(contrast_ratio({1, 1, 1, 1}, {0, 0, 0, 1}), 21.0, 1e-9);
}

} // namespace
} // namespace tb::test
