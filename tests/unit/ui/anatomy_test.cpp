// The Anatomy screen without a window: keys, clicks, search, links, ways between views.
#include <gtest/gtest.h>

#include "support/small_body.h"
#include "unit/ui/screen.h"
#include "view/fixed_views.h"
#include "view/peel.h"
#include "view/pick.h"
#include "view/view_link.h"

namespace tb::test {
namespace {

class AnatomyScreen : public ::testing::Test {
protected:
    AnatomyScreen() {
        screen.model.body = &small.body();
        screen.view.camera.focus = {static_cast<float>(kMiddle), 0, 60};
        screen.view.camera.azimuth_deg = screen.view.camera.elevation_deg = 0;
        screen.shell->show(ui::Screen::Anatomy);
        out = screen.settle();
    }
    /// Draws until nothing moves any more; returns the number of frames.
    int rest() {
        for (int i = 0; i < 300; ++i) {
            if (!screen.draw().wants_redraw) return i;
        }
        ADD_FAILURE() << "the picture never comes to rest";
        return 300;
    }
    Spot middle() const { return {out.view.x + 0.5f * out.view.width, out.view.y + 0.5f * out.view.height}; }
    void type(const char* words) {
        for (const char* c = words; *c != 0; ++c) {
            ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(*c));
            screen.draw();
        }
        screen.draw();
    }
    view::Layers& layers() { return screen.view.layers; }

    SmallBody small;
    Screen screen;
    ui::Output out;
};

TEST_F(AnatomyScreen, RestsWithoutAskingForFrames) {
    EXPECT_FALSE(screen.draw().wants_redraw);
    const auto first = Screen::drawn();
    screen.draw();
    EXPECT_EQ(Screen::drawn(), first);
}

TEST_F(AnatomyScreen, KeysPeelFromSkinToBoneAndBack) {
    for (int i = 1; i <= 8; ++i) {
        screen.key(48); // ]
        rest();
        EXPECT_FLOAT_EQ(layers().peel, static_cast<float>(i));
    }
    screen.key(48);
    rest();
    EXPECT_FLOAT_EQ(layers().peel, view::kPeelBones);
    screen.key(47); // [
    rest();
    EXPECT_FLOAT_EQ(layers().peel, view::kPeelBones - 1.0f);
}

TEST_F(AnatomyScreen, AClickChoosesWhatIsSeenAndTheToolsActOnIt) {
    layers().skin = false;
    screen.draw();
    screen.click(middle());
    ASSERT_TRUE(layers().highlighted.contains("test_muscle_r"));
    screen.key(ui::key::letter('F'));
    rest();
    EXPECT_TRUE(layers().faded.contains("test_muscle_r"));
    screen.key(ui::key::letter('F'));
    rest();
    EXPECT_TRUE(layers().faded.empty());
    screen.key(ui::key::letter('I'));
    rest();
    EXPECT_EQ(layers().only, std::set<std::string>{"test_muscle_r"});
    screen.key(ui::key::letter('I'));
    rest();
    EXPECT_TRUE(layers().only.empty());
    screen.key(ui::key::letter('H'));
    rest();
    EXPECT_TRUE(layers().hidden.contains("test_muscle_r"));
    EXPECT_TRUE(layers().highlighted.empty());
    screen.key(ui::key::letter('A'));
    rest();
    EXPECT_TRUE(layers().hidden.empty());
    EXPECT_TRUE(layers().skin);
}

TEST_F(AnatomyScreen, ADragTurnsAndChoosesNothing) {
    layers().skin = false;
    screen.draw();
    ImGuiIO& io = ImGui::GetIO();
    const float before = screen.view.camera.azimuth_deg;
    io.MousePos = {middle().x, middle().y};
    screen.draw();
    io.MouseDown[0] = true;
    screen.draw();
    io.MousePos.x += 60.0f;
    screen.draw();
    io.MouseDown[0] = false;
    screen.draw();
    EXPECT_NE(screen.view.camera.azimuth_deg, before);
    EXPECT_TRUE(layers().highlighted.empty());
}

TEST_F(AnatomyScreen, TheCursorByKeysChoosesToo) {
    layers().skin = false;
    ImGuiIO& io = ImGui::GetIO();
    io.KeyAlt = true;
    io.KeysDown[ui::key::kRight] = true; // the cursor begins in the middle
    screen.draw();
    io.KeysDown[ui::key::kRight] = io.KeyAlt = false;
    screen.draw();
    screen.key(ui::key::kEnter);
    EXPECT_TRUE(layers().highlighted.contains("test_muscle_r"));
    screen.key(ui::key::kEscape);
    EXPECT_TRUE(layers().highlighted.empty());
    EXPECT_EQ(screen.shell->screen(), ui::Screen::Anatomy);
    screen.key(ui::key::kEscape);
    EXPECT_EQ(screen.shell->screen(), ui::Screen::Home);
}

TEST_F(AnatomyScreen, NumberKeysOpenTheFixedViewsSoftly) {
    const float distance = screen.view.camera.distance_mm;
    screen.key(ui::key::digit(2));
    EXPECT_NE(screen.view.camera.distance_mm, view::fixed_regions()[0].distance_mm) << "not at once";
    EXPECT_NE(screen.view.camera.distance_mm, distance) << "but under way";
    const int frames = rest();
    EXPECT_GT(frames, 10);
    EXPECT_EQ(screen.view.camera, view::fixed_camera(view::fixed_regions()[0], view::Direction::Posterior));
}

TEST_F(AnatomyScreen, AHandOnTheCameraStopsTheWay) {
    screen.key(ui::key::digit(2));
    ImGui::GetIO().KeysDown[ui::key::kLeft] = true;
    screen.draw();
    ImGui::GetIO().KeysDown[ui::key::kLeft] = false;
    screen.draw();
    const view::OrbitCamera here = screen.view.camera;
    EXPECT_FALSE(screen.draw().wants_redraw);
    EXPECT_EQ(screen.view.camera, here);
    EXPECT_NE(here.distance_mm, view::fixed_regions()[0].distance_mm);
}

TEST_F(AnatomyScreen, TheWheelComesNearerToWhatIsUnderThePointer) {
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {middle().x + 40.0f, middle().y - 30.0f};
    screen.draw();
    const glm::vec2 size{out.view.width, out.view.height};
    const glm::vec2 pixel{io.MousePos.x - out.view.x, io.MousePos.y - out.view.y};
    const auto before = view::pick(small.body(), screen.view, size, pixel);
    ASSERT_TRUE(before);
    const float distance = screen.view.camera.distance_mm;
    io.MouseWheel = 1.0f;
    rest();
    EXPECT_LT(screen.view.camera.distance_mm, distance);
    const auto after = view::pick(small.body(), screen.view, size, pixel);
    ASSERT_TRUE(after);
    EXPECT_LT(glm::length(after->point - before->point), 0.5);
}

TEST_F(AnatomyScreen, SearchFindsWhileTyping) {
    screen.key(56); // the slash
    screen.draw();
    screen.draw();
    type("artery");
    ImGui::GetIO().KeysDown[ui::key::kEnter] = true;
    screen.draw();
    ImGui::GetIO().KeysDown[ui::key::kEnter] = false;
    rest();
    EXPECT_TRUE(layers().highlighted.contains("test_artery_r"));
}

TEST_F(AnatomyScreen, LettersInTheSearchAreNoCommands) {
    screen.key(56);
    screen.draw();
    screen.draw();
    screen.key(ui::key::letter('L'));
    screen.key(ui::key::letter('X'));
    EXPECT_FALSE(screen.view.labels);
    EXPECT_FALSE(layers().lens.on);
}

TEST_F(AnatomyScreen, ToolsSwitchByKey) {
    screen.key(ui::key::letter('L'));
    EXPECT_TRUE(screen.view.labels);
    screen.key(ui::key::letter('X'));
    EXPECT_TRUE(layers().lens.on);
    screen.key(ui::key::letter('C'));
    EXPECT_TRUE(layers().cut);
    screen.key(ui::key::letter('O'));
    EXPECT_EQ(layers().cut_facing, view::CutFacing::Sagittal);
    screen.key(ui::key::letter('R'));
    EXPECT_TRUE(layers().hazards);
    screen.key(ui::key::letter('D'));
    EXPECT_FLOAT_EQ(layers().lens.depth, view::kPeelBones);
}

TEST_F(AnatomyScreen, LabelsNameWhatIsSeenWithoutTheLens) {
    // The muscle lies in the upper left of the picture, out of reach of a small lens in its corner.
    screen.view.camera.focus = {static_cast<float>(kMiddle) + 75.0f, -75.0f, 60.0f};
    screen.view.labels = layers().lens.on = true;
    layers().lens.radius = 0.10f;
    rest();
    const auto small_lens = Screen::drawn();
    layers().lens.radius = 0.45f;
    rest();
    EXPECT_EQ(Screen::drawn(), small_lens) << "the skin is solid: nothing to name";
    layers().skin = false;
    rest();
    EXPECT_GT(Screen::drawn().first, small_lens.first + 50) << "names of what lies under it";
}

TEST_F(AnatomyScreen, ACopiedLinkBringsTheViewBack) {
    layers().peel = 1.0f;
    layers().hidden = {"test_bone_r"};
    screen.draw();
    view::ViewSettings kept = screen.view;
    kept.layers.hovered.clear();
    screen.key(ui::key::letter('C'), true);
    EXPECT_TRUE(clipboard().starts_with("tautband-view/1/")) << clipboard();
    screen.key(ui::key::letter('A'));
    screen.key(ui::key::digit(3));
    rest();
    EXPECT_FALSE(screen.view == kept);
    screen.key(ui::key::letter('V'), true);
    rest();
    EXPECT_EQ(view::to_link(screen.view), view::to_link(kept));
}

TEST_F(AnatomyScreen, ATextThatIsNoLinkIsRefusedAndChangesNothing) {
    clipboard() = "lorem ipsum";
    const view::ViewSettings before = screen.view;
    screen.key(ui::key::letter('V'), true);
    rest();
    EXPECT_EQ(view::to_link(screen.view), view::to_link(before));
    EXPECT_NE(ImGui::FindWindowByName("##link"), nullptr) << "it is said why";
}

TEST_F(AnatomyScreen, F6GoesRoundThePanelsAndBackToThePicture) {
    for (int i = 0; i < 4; ++i) {
        screen.key(ui::key::function(6));
        EXPECT_NE(ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard, 0) << i;
        screen.key(ui::key::letter('L'));
        EXPECT_FALSE(screen.view.labels) << "the panels have the keys";
    }
    screen.key(ui::key::function(6));
    EXPECT_EQ(ImGui::GetIO().ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard, 0);
}

TEST_F(AnatomyScreen, AtMostNineToolsAreVisible) {
    int tools = 0;
    for (int i = 0; i < 20; ++i) {
        const std::string name = "###tool" + std::to_string(i);
        if (screen.find("##atop", {name.c_str()})) ++tools;
    }
    EXPECT_EQ(tools, 9);
}

TEST_F(AnatomyScreen, HazardDistancesAreWrittenAtThePointer) {
    ImGui::GetIO().MousePos = {middle().x, middle().y};
    screen.draw();
    screen.draw();
    const int without = Screen::drawn().first;
    layers().hazards = true;
    screen.draw();
    screen.draw();
    EXPECT_GT(Screen::drawn().first, without + 100) << "several lines more";
}

} // namespace
} // namespace tb::test
