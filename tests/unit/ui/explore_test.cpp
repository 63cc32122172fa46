// Exploring inside a case without a window: opens and closes, leaves the patient alone, brings everything
// back, keeps what the mode keeps secret, and is told to the log.
#include <gtest/gtest.h>

#include "unit/ui/case_screen.h"
#include "view/points.h"
#include "view/present.h"
#include "view/view_link.h"

namespace tb::test {
namespace {

using Kind = ui::Command::Kind;

constexpr int kExplore = ui::key::letter('B');

class Explore : public CaseScreen {
protected:
    Explore() {
        screen.view.camera.focus = {static_cast<float>(kMiddle), 0, 60};
        screen.view.camera.azimuth_deg = screen.view.camera.elevation_deg = 0;
        screen.settle();
    }
    /// As the application does.
    void carry_out() {
        for (const ui::Command& c : std::exchange(screen.commands, {})) {
            if (c.kind == Kind::TogglePause) screen.model.paused = !screen.model.paused;
            if (c.kind == Kind::NoteHelp) session.note(events::HelpUsed{c.text}, "program");
        }
        for (const events::Action& a : std::exchange(screen.actions, {}))
            session.submit(a);
    }
    void key(int code, bool ctrl = false) {
        screen.key(code, ctrl);
        carry_out();
    }
    ui::Output rest() {
        for (int i = 0; i < 300; ++i) {
            const ui::Output out = screen.draw();
            carry_out();
            if (!out.wants_redraw) return out;
        }
        ADD_FAILURE() << "the picture never comes to rest";
        return {};
    }
    /// The tools of exploring are on the screen, and those of the hand are not.
    bool open() {
        screen.settle();
        const auto drawn = [](const char* name) {
            const ImGuiWindow* w = ImGui::FindWindowByName(name);
            return w != nullptr && w->Active;
        };
        EXPECT_NE(drawn("##exploretools"), drawn("##tools"));
        return drawn("##exploretools");
    }
    void choose_muscle() {
        screen.view.layers.skin = false;
        const ui::Output out = rest();
        screen.click({out.view.x + 0.5f * out.view.width, out.view.y + 0.5f * out.view.height});
        carry_out();
        ASSERT_TRUE(screen.view.layers.highlighted.contains("test_muscle_r"));
    }
    /// Structures in the picture of the case.
    std::size_t structures_drawn() const {
        const render::RenderScene scene =
            view::present_session(small.body(), session.state(), screen.view, shapes, {640.0f, 480.0f});
        return static_cast<std::size_t>(
            std::count_if(scene.drawables.begin(), scene.drawables.end(),
                          [](const render::Drawable& d) { return d.pick_id != 0; }));
    }

    view::ToolShapes shapes;
};

TEST_F(Explore, OpensAndClosesByItsKey) {
    EXPECT_FALSE(open());
    key(kExplore);
    EXPECT_TRUE(open());
    key(kExplore);
    EXPECT_FALSE(open());
    key(kExplore);
    EXPECT_TRUE(open());
    key(ui::key::kEscape);
    EXPECT_FALSE(open());
}

TEST_F(Explore, OpensAndClosesByItsButtons) {
    const auto button = screen.find("##top", {"Explore"});
    ASSERT_TRUE(button);
    screen.click(*button);
    EXPECT_TRUE(open());
    screen.click(*button);
    EXPECT_FALSE(open());
    screen.click(*button);
    const auto back = screen.find("##exploretools", {"Back to the case"});
    ASSERT_TRUE(back);
    screen.click(*back);
    EXPECT_FALSE(open());
}

TEST_F(Explore, LeavesStepsFeedAndPatientOnTheScreen) {
    key(kExplore);
    const ui::Output out = rest();
    EXPECT_GT(out.view.width, 500.0f);
    EXPECT_GT(out.view.height, 300.0f);
    for (const char* name : {"##steps", "##feed", "##strip", "##context", "##top"}) {
        const ImGuiWindow* w = ImGui::FindWindowByName(name);
        ASSERT_NE(w, nullptr) << name;
        EXPECT_TRUE(w->Active) << name;
        const bool apart =
            w->Pos.x + w->Size.x <= out.view.x + 0.5f || w->Pos.x >= out.view.x + out.view.width - 0.5f ||
            w->Pos.y + w->Size.y <= out.view.y + 0.5f || w->Pos.y >= out.view.y + out.view.height - 0.5f;
        EXPECT_TRUE(apart) << name << " lies over the picture";
    }
}

TEST_F(Explore, NoPanelCoversAnother) {
    for (const auto& [width, height] : {std::pair{1280.0f, 720.0f}, std::pair{1920.0f, 1080.0f}}) {
        ImGui::GetIO().DisplaySize = {width, height};
        screen.shell->show(ui::Screen::Case);
        screen.settle();
        key(kExplore);
        screen.view.layers.hazards = screen.view.layers.cut = screen.view.layers.lens.on = true;
        rest();
        std::vector<const ImGuiWindow*> windows;
        for (const ImGuiWindow* w : GImGui->Windows) {
            if (w->Active && w->ParentWindow == nullptr && w->Name[0] == '#') windows.push_back(w);
        }
        EXPECT_GE(windows.size(), 8U);
        for (std::size_t i = 0; i < windows.size(); ++i) {
            for (std::size_t j = i + 1; j < windows.size(); ++j) {
                ImRect a = windows[i]->Rect();
                a.Expand(-1.0f);
                EXPECT_FALSE(a.Overlaps(windows[j]->Rect()))
                    << windows[i]->Name << " and " << windows[j]->Name << " at " << width;
            }
        }
        key(kExplore);
    }
}

TEST_F(Explore, AtMostNineToolsAreVisible) {
    key(kExplore);
    screen.settle();
    int tools = 0;
    for (int i = 0; i < 20; ++i) {
        const std::string name = "###tool" + std::to_string(i);
        if (screen.find("##exploretools", {name.c_str()})) ++tools;
    }
    EXPECT_EQ(tools, 9);
}

TEST_F(Explore, AnAssessmentRefusesWithASentenceAndTheLogGainsNothing) {
    screen.model.mode = *training::mode_rules("assessment");
    screen.settle();
    const std::size_t events = session.log().events().size();
    const view::ViewSettings before = screen.view;
    const int words = Screen::drawn().first;
    ImGui::GetIO().KeysDown[kExplore] = true;
    const ui::Output out = screen.draw();
    ImGui::GetIO().KeysDown[kExplore] = false;
    EXPECT_NE(out.refused.find("assessment"), std::string::npos) << out.refused;
    EXPECT_TRUE(out.commands.empty() && out.actions.empty());
    screen.draw();
    EXPECT_GT(Screen::drawn().first, words + 100) << "the sentence is on the screen";
    EXPECT_FALSE(open());
    const auto button = screen.find("##top", {"Explore"});
    ASSERT_TRUE(button);
    screen.click(*button);
    carry_out();
    EXPECT_FALSE(open());
    screen.shell->toggle_explore();
    rest();
    EXPECT_FALSE(open());
    EXPECT_EQ(session.log().events().size(), events);
    EXPECT_TRUE(screen.view == before);
}

TEST_F(Explore, TheLogIsToldOnceEachTime) {
    key(kExplore);
    rest();
    key(kExplore);
    EXPECT_EQ(help(), std::vector<std::string>{"explore"});
    key(kExplore);
    key(kExplore);
    EXPECT_EQ(help(), (std::vector<std::string>{"explore", "explore"}));
}

TEST_F(Explore, XRayAndPeelingAreToldToTheLogToo) {
    key(ui::key::letter('X'));
    key(ui::key::letter('X'));
    key(ui::key::kCloseBracket);
    key(ui::key::kCloseBracket);
    EXPECT_EQ(help(), (std::vector<std::string>{"x_ray", "peel"}));
}

TEST_F(Explore, IsolatingAStructureChangesThePictureAndIsUndoneOnLeaving) {
    const view::ViewSettings before = screen.view;
    key(kExplore);
    choose_muscle();
    screen.view.layers.skin = true;
    key(ui::key::letter('A')); // show all
    rest();
    const std::size_t everything = structures_drawn();
    key(ui::key::letter('I'));
    rest();
    EXPECT_EQ(screen.view.layers.only, std::set<std::string>{"test_muscle_r"});
    EXPECT_EQ(structures_drawn(), 1U);
    EXPECT_GE(everything, 1U);
    key(ui::key::digit(3));
    rest();
    EXPECT_FALSE(screen.view.camera == before.camera);
    key(kExplore);
    EXPECT_TRUE(screen.view == before) << "layers, camera, labels: all as it was";
    rest();
    EXPECT_TRUE(screen.view == before);
    EXPECT_EQ(structures_drawn(), 1U) << "the solid skin again";
    EXPECT_FALSE(screen.view.layers.highlighted.contains("test_muscle_r"));
}

TEST_F(Explore, LeavingInTheMiddleOfAWayComesBackAllTheSame) {
    const view::ViewSettings before = screen.view;
    key(kExplore);
    key(ui::key::digit(2));
    key(kExplore);
    rest();
    EXPECT_TRUE(screen.view == before);
}

TEST_F(Explore, ALinkCopiedInsideTheCaseReproducesTheView) {
    key(kExplore);
    choose_muscle();
    key(ui::key::letter('I'));
    key(ui::key::letter('R')); // hazards
    key(ui::key::digit(3));
    rest();
    const view::ViewSettings wanted = screen.view;
    key(ui::key::letter('C'), true);
    EXPECT_EQ(clipboard(), view::to_link(wanted));
    key(kExplore); // away, and back another time
    rest();
    key(kExplore);
    key(ui::key::letter('V'), true);
    rest();
    EXPECT_EQ(view::to_link(screen.view), view::to_link(wanted));
    EXPECT_EQ(screen.view.layers.only, wanted.layers.only);
    EXPECT_TRUE(screen.view.layers.hazards);
}

TEST_F(Explore, TheHandIsPutAsideAndTimeStandsStill) {
    session.submit(events::SelectTool{events::Tool::Finger});
    session.submit(
        events::ToolPose{events::Tool::Finger, {kMiddle, 0.0, kFront}, {0.0, 0.0, -1.0}, Newtons(10.0)});
    session.advance(30);
    screen.settle();
    key(kExplore);
    EXPECT_TRUE(screen.model.paused);
    const ui::Output quiet = rest();
    const double pressed = session.state().finger.press_N;
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {quiet.view.x + 100.0f, quiet.view.y + 100.0f};
    for (const int code : {ui::key::kSpace, ui::key::letter('W'), ui::key::kRight}) {
        io.KeysDown[code] = true;
        io.MouseWheel = 1.0f;
        const ui::Output out = screen.draw();
        io.KeysDown[code] = false;
        EXPECT_FALSE(out.pointer.over_view || out.pointer.primary);
        EXPECT_EQ(out.pointer.press_change_N, 0.0);
        EXPECT_EQ(out.pointer.move_right_mm, 0.0);
    }
    for (int d = 1; d <= 8; ++d)
        screen.key(ui::key::digit(d));
    for (const char letter : {'G', 'M', 'F', 'P', 'X', 'H'}) {
        screen.key(ui::key::letter(letter));
        EXPECT_TRUE(screen.actions.empty()) << letter;
        EXPECT_FALSE(screen.has_command(Kind::TogglePause)) << letter;
    }
    EXPECT_EQ(session.state().tool, events::Tool::Finger);
    EXPECT_EQ(session.state().finger.press_N, pressed);
    key(kExplore);
    EXPECT_FALSE(screen.model.paused) << "time goes on";
}

TEST_F(Explore, ACaseThatWasPausedStaysPaused) {
    screen.model.paused = true;
    key(kExplore);
    EXPECT_TRUE(screen.model.paused);
    key(kExplore);
    EXPECT_TRUE(screen.model.paused);
}

TEST_F(Explore, AHeldPlungerIsLetGo) {
    session.submit(events::MountNeedle{events::Syringe::Injection, 25, Millimetres(38.0)});
    session.submit(events::DrawUp{events::Syringe::Injection, "lidocaine_0_5", Millilitres(1.0)});
    session.submit(events::SelectTool{events::Tool::Needle});
    screen.settle();
    ImGui::GetIO().KeysDown[ui::key::letter('I')] = true;
    screen.draw();
    screen.shell->toggle_explore();
    screen.actions.clear();
    screen.draw();
    ImGui::GetIO().KeysDown[ui::key::letter('I')] = false;
    ASSERT_NE(screen.action<events::PushPlunger>(), nullptr);
    EXPECT_EQ(screen.action<events::PushPlunger>()->rate.value(), 0.0);
}

TEST_F(Explore, TriggerPointsAreShownOnlyWhenAskedForAndThatIsTold) {
    key(kExplore);
    choose_muscle();
    key(ui::key::letter('I'));
    rest();
    EXPECT_FALSE(view::shows_points(screen.view.layers));
    EXPECT_EQ(help(), std::vector<std::string>{"explore"});
    clipboard() = "tautband-view/1/points:" + kPoint + "_r/bands";
    key(ui::key::letter('V'), true);
    rest();
    EXPECT_TRUE(view::shows_points(screen.view.layers));
    EXPECT_EQ(help(), (std::vector<std::string>{"explore", "trigger_points"}));
}

TEST_F(Explore, WhereTheModeKeepsThemSecretNoWayLeadsToThem) {
    screen.model.mode.points = false; // a rung of the ladder: look inside, but find by touch
    key(ui::key::letter('X'));
    EXPECT_FALSE(screen.view.layers.show_bands);
    EXPECT_LT(screen.view.layers.skin_opacity, 1.0f);
    key(ui::key::letter('X'));
    key(kExplore);
    rest();
    clipboard() = "tautband-view/1/peel:2/points:" + kPoint + "_r/referral:" + kPoint + "_r/bands";
    key(ui::key::letter('V'), true);
    rest();
    EXPECT_EQ(screen.view.layers.peel, 2.0f) << "the rest of the link is followed";
    EXPECT_FALSE(view::shows_points(screen.view.layers));
    // Not by name either: the search knows the structure, not its point.
    key(ui::key::kSlash);
    screen.draw();
    screen.draw();
    for (const char* c = "test point"; *c != 0; ++c) {
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(*c));
        screen.draw();
    }
    key(ui::key::kEnter);
    rest();
    EXPECT_FALSE(view::shows_points(screen.view.layers));
    for (const std::string& what : help())
        EXPECT_NE(what, "trigger_points");
}

TEST_F(Explore, WhatTheAnatomyScreenForgotIsNotShownInTheCase) {
    key(kExplore);
    choose_muscle();
    key(kExplore);
    key(kExplore);
    rest();
    EXPECT_TRUE(screen.view.layers.highlighted.empty());
    EXPECT_EQ(screen.view.layers.skin, true);
}

TEST_F(Explore, AnotherCaseBeginsUnexplored) {
    key(kExplore);
    rest();
    screen.shell->show(ui::Screen::Case);
    EXPECT_FALSE(open());
}

} // namespace
} // namespace tb::test
