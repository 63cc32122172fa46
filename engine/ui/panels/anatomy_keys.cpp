// Keys of the Anatomy screen while the picture has them; F6 hands them to the panels and back.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ui/keys.h"
#include "ui/panels/anatomy.h"
#include "ui/theme.h"

namespace tb::ui::anatomy_screen {
namespace {

using namespace std::string_view_literals;

// USB HID usage numbers that ui/keys.h does not name.
constexpr int kOpenBracket = 47, kCloseBracket = 48, kComma = 54, kPeriod = 55, kSlash = 56;

struct Row {
    int code;
    bool ctrl;
    std::string_view name, does;
};
constexpr std::array<Row, static_cast<std::size_t>(Key::Count)> kRows{{
    {key::letter('I'), false, "I"sv, "isolate what is chosen; again: end"sv},
    {key::letter('H'), false, "H"sv, "hide what is chosen"sv},
    {key::letter('F'), false, "F"sv, "fade what is chosen; again: solid"sv},
    {key::letter('A'), false, "A"sv, "show all"sv},
    {key::letter('L'), false, "L"sv, "labels on or off"sv},
    {key::letter('X'), false, "X"sv, "x-ray lens on or off"sv},
    {key::letter('C'), false, "C"sv, "cut plane on or off"sv},
    {key::letter('R'), false, "R"sv, "hazards on or off"sv},
    {key::letter('K'), false, "K"sv, "link to this view"sv},
    {key::digit(1), false, "1"sv, "view from the front"sv},
    {key::digit(2), false, "2"sv, "view from behind"sv},
    {key::digit(3), false, "3"sv, "view from the right"sv},
    {key::digit(4), false, "4"sv, "view from the left"sv},
    {key::digit(5), false, "5"sv, "view from above"sv},
    {kPeriod, false, "."sv, "next region"sv},
    {kComma, false, ","sv, "region before"sv},
    {key::letter('S'), false, "S"sv, "other side of the body"sv},
    {kCloseBracket, false, "]"sv, "peel one layer more"sv},
    {kOpenBracket, false, "["sv, "peel one layer less"sv},
    {key::kEquals, false, "="sv, "larger lens; move the cut"sv},
    {key::kMinus, false, "-"sv, "smaller lens; move the cut back"sv},
    {key::letter('O'), false, "O"sv, "turn the cut plane: next direction"sv},
    {key::letter('D'), false, "D"sv, "lens one layer deeper"sv},
    {kSlash, false, "/"sv, "find"sv},
    {key::letter('C'), true, "Ctrl C"sv, "copy the link to this view"sv},
    {key::letter('V'), true, "Ctrl V"sv, "go to the view of a copied link"sv},
    {key::kEnter, false, "Enter"sv, "choose what lies under the cursor"sv},
    {key::kHome, false, "Home"sv, "whole body"sv},
}};
const Row& row_of(Key k) {
    return kRows[static_cast<std::size_t>(k)];
}

bool in_view(const Frame& f) {
    return f.state.keys == KeyTarget::View && !f.state.modal_open && !ImGui::GetIO().WantTextInput;
}

float sign_of(int more, int less) {
    return (ImGui::IsKeyDown(more) ? 1.0f : 0.0f) - (ImGui::IsKeyDown(less) ? 1.0f : 0.0f);
}

} // namespace

std::string_view key_name(Key k) {
    return row_of(k).name;
}
std::string_view key_does(Key k) {
    return row_of(k).does;
}

bool key_pressed(const Frame& f, Key k) {
    const Row& r = row_of(k);
    const ImGuiIO& io = ImGui::GetIO();
    return in_view(f) && ImGui::IsKeyPressed(r.code, false) && io.KeyCtrl == r.ctrl && !io.KeyAlt;
}

void read_held_keys(Frame& f) {
    if (!in_view(f)) return;
    constexpr float kTurn_deg_s = 60.0f, kSlide_px_s = 420.0f, kCursor_px_s = 300.0f, kZoom_s = 1.8f;
    const ImGuiIO& io = ImGui::GetIO();
    const float right = sign_of(key::kRight, key::kLeft), up = sign_of(key::kUp, key::kDown);
    const float out = sign_of(key::kPageDown, key::kPageUp);
    AnatomyState& a = f.state.anatomy;
    if (right != 0.0f || up != 0.0f) {
        if (io.KeyAlt) {
            const glm::vec2 size{f.out.view.width, f.out.view.height};
            if (a.cursor.x < 0.0f) a.cursor = 0.5f * size;
            a.cursor += glm::vec2(right, -up) * kCursor_px_s * f.dt;
            a.cursor = glm::clamp(a.cursor, glm::vec2(0.0f), size - 1.0f);
            a.cursor_by_keys = true;
        } else if (io.KeyShift) {
            f.view.camera.pan(-right * kSlide_px_s * f.dt, up * kSlide_px_s * f.dt, f.out.view.height);
        } else if (!io.KeyCtrl) { // with Ctrl `read_camera` turns
            f.view.camera.orbit(right * kTurn_deg_s * f.dt, up * kTurn_deg_s * f.dt);
        }
        f.out.wants_redraw = true;
    }
    if (out != 0.0f && !io.KeyCtrl) {
        f.view.camera.zoom(std::pow(kZoom_s, out * f.dt));
        f.out.wants_redraw = true;
    }
}

void draw_keys_help(Frame& f) {
    const float em = theme::em();
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float w = std::min(46.0f * em, size.x), h = std::min(26.0f * em, size.y);
    const theme::UseFont small(f.fonts.small);
    ImGui::SetNextWindowPos({0.5f * (size.x - w), 0.5f * (size.y - h)});
    ImGui::SetNextWindowSize({w, h});
    ImGui::Begin("##anatomykeys", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove);
    heading(f.fonts, "Keys of the Anatomy screen");
    const auto line = [&](std::string_view name, std::string_view does) {
        text(name);
        ImGui::SameLine(6.5f * em);
        text_soft(does);
    };
    if (ImGui::BeginTable("##keys", 2)) {
        ImGui::TableNextColumn();
        line("Arrows", "turn the body");
        line("Shift arrows", "slide the picture");
        line("Alt arrows", "move the cursor");
        line("PgUp PgDn", "closer, further");
        line("F6", "keys to the panels, and back");
        line("Esc", "step back: panel, choice, screen");
        line("F1", "this page");
        constexpr int kFirstColumn = 8;
        for (int i = 0; i < static_cast<int>(Key::Count); ++i) {
            if (i == kFirstColumn) ImGui::TableNextColumn();
            line(key_name(static_cast<Key>(i)), key_does(static_cast<Key>(i)));
        }
        ImGui::EndTable();
    }
    if (button("Close", "", "", "F1") || ImGui::IsKeyPressed(key::kEscape, false)) f.state.show_help = false;
    ImGui::End();
}

} // namespace tb::ui::anatomy_screen
