// How much a practising trainee sees: chosen on the start page, changed by key in the case, told to the log,
// absent in an assessment, and one step further after the debrief.
#include "case_screen.h"

#include "training/ladder.h"

namespace tb::test {
namespace {

using events::Sight;
using Kind = ui::Command::Kind;

constexpr int kSee = ui::key::letter('L');

class SightScreen : public CaseScreen {
protected:
    /// As the application does.
    void carry_out() {
        for (const ui::Command& c : std::exchange(screen.commands, {})) {
            if (c.kind == Kind::NoteHelp) session.note(events::HelpUsed{c.text}, "program");
        }
        screen.draw();
    }
    void key() {
        screen.key(kSee);
        carry_out();
    }
    bool shown(const char* window) {
        screen.draw();
        const ImGuiWindow* w = ImGui::FindWindowByName(window);
        return w != nullptr && w->Active;
    }
    /// Opens the debrief of the session as it is.
    void debrief(bool pass) {
        assessment.pass = pass;
        assessment.total = pass ? 90.0 : 40.0;
        screen.model.assessment = &assessment;
        screen.shell->show(ui::Screen::Debrief);
        screen.settle();
    }
    const ui::Command* once_more() {
        if (const auto spot = screen.find("##score", {"###oncemore"})) screen.click(*spot);
        for (const ui::Command& c : screen.commands) {
            if (c.kind == Kind::OnceMore) return &c;
        }
        return nullptr;
    }

    scoring::Assessment assessment;
};

TEST_F(SightScreen, TheKeyGoesRoundAndTheLogIsToldEachTime) {
    EXPECT_TRUE(shown("##sightrow"));
    EXPECT_EQ(screen.view.layers.sight, Sight::Blind);
    key();
    EXPECT_EQ(screen.view.layers.sight, Sight::SeenThrough);
    key();
    EXPECT_EQ(screen.view.layers.sight, Sight::Half);
    key();
    EXPECT_EQ(screen.view.layers.sight, Sight::Blind);
    EXPECT_EQ(help(), (std::vector<std::string>{"seen_through", "half_seen", "blind"}));
}

TEST_F(SightScreen, ThePictureFollowsTheLog) {
    session.note(events::HelpUsed{"half_seen"}, "program"); // as a case that starts half seen
    screen.settle();
    EXPECT_EQ(screen.view.layers.sight, Sight::Half);
    session.note(events::HelpUsed{"x_ray"}, "program");
    screen.settle();
    EXPECT_EQ(screen.view.layers.sight, Sight::Half) << "another help";
}

TEST_F(SightScreen, TheXRayKeyComesBackToTheStep) {
    session.note(events::HelpUsed{"half_seen"}, "program");
    screen.settle();
    screen.key(ui::key::letter('X'));
    screen.key(ui::key::letter('X'));
    EXPECT_EQ(screen.view.layers.sight, Sight::Half);
    EXPECT_FALSE(screen.view.layers.show_bands);
    EXPECT_EQ(screen.view.layers.skin_opacity, 1.0f);
}

TEST_F(SightScreen, ExploringShowsTheLayersThemselvesAndComesBack) {
    session.note(events::HelpUsed{"seen_through"}, "program");
    screen.settle();
    screen.key(ui::key::letter('B'));
    screen.settle();
    EXPECT_EQ(screen.view.layers.sight, Sight::Blind);
    EXPECT_FALSE(shown("##sightrow"));
    screen.key(ui::key::letter('B'));
    screen.settle();
    EXPECT_EQ(screen.view.layers.sight, Sight::SeenThrough);
}

TEST_F(SightScreen, AnAssessmentHasNothingOfIt) {
    screen.model.mode = *training::mode_rules("assessment");
    screen.settle();
    EXPECT_FALSE(shown("##sightrow"));
    key();
    EXPECT_TRUE(help().empty());
    session.note(events::HelpUsed{"seen_through"}, "program"); // even if a log claims it
    screen.settle();
    EXPECT_EQ(screen.view.layers.sight, Sight::Blind);
    debrief(true);
    EXPECT_EQ(once_more(), nullptr);
}

TEST_F(SightScreen, TheStartPageOffersItForPracticeOnly) {
    screen.model.session = nullptr;
    screen.model.cases = {{"one", "First", "words", 1}};
    screen.shell->show(ui::Screen::Home);
    screen.settle();
    const auto half = screen.find("##home", {"Half seen"});
    ASSERT_TRUE(half);
    screen.click(*half);
    screen.click(*screen.find("##home", {"Start"}));
    ASSERT_EQ(screen.commands.size(), 1U);
    EXPECT_EQ(screen.commands[0].kind, Kind::StartCase);
    EXPECT_EQ(screen.commands[0].sight, Sight::Half);
    screen.click(*screen.find("##home", {"Assessment"}));
    EXPECT_FALSE(screen.find("##home", {"Half seen"}));
    screen.click(*screen.find("##home", {"Start"}));
    ASSERT_EQ(screen.commands.size(), 1U);
    EXPECT_EQ(screen.commands[0].mode, "assessment");
    EXPECT_EQ(screen.commands[0].sight, Sight::Blind);
}

TEST_F(SightScreen, APassLeadsOneStepUpAndAFailureToTheSameOne) {
    session.note(events::HelpUsed{"seen_through"}, "program");
    debrief(true);
    const ui::Command* up = once_more();
    ASSERT_NE(up, nullptr);
    EXPECT_EQ(up->sight, Sight::Half);
    debrief(false);
    const ui::Command* again = once_more();
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(again->sight, Sight::SeenThrough);
}

TEST_F(SightScreen, AfterABlindPassThereIsNothingToPropose) {
    debrief(true);
    EXPECT_EQ(once_more(), nullptr);
}

} // namespace
} // namespace tb::test
