// Keys of the Anatomy screen while the picture has them; F6 hands them to the panels and back.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ui/keys.h"
#include "ui/panels/anatomy.h"
#include "ui/theme.h"

namespace tb::ui::anatomy_screen {
namespace {

using namespace std::string_view_literals;

constexpr std::array<KeyRow, static_cast<std::size_t>(Key::Count)> kRows{{
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
    {key::kPeriod, false, "."sv, "next region"sv},
    {key::kComma, false, ","sv, "region before"sv},
    {key::letter('S'), false, "S"sv, "other side of the body"sv},
    {key::kCloseBracket, false, "]"sv, "peel one layer more"sv},
    {key::kOpenBracket, false, "["sv, "peel one layer less"sv},
    {key::kEquals, false, "="sv, "larger lens; move the cut"sv},
    {key::kMinus, false, "-"sv, "smaller lens; move the cut back"sv},
    {key::letter('O'), false, "O"sv, "turn the cut plane: next direction"sv},
    {key::letter('D'), false, "D"sv, "lens one layer deeper"sv},
    {key::kSlash, false, "/"sv, "find"sv},
    {key::letter('C'), true, "Ctrl C"sv, "copy the link to this view"sv},
    {key::letter('V'), true, "Ctrl V"sv, "go to the view of a copied link"sv},
    {key::kEnter, false, "Enter"sv, "choose what lies under the cursor"sv},
    {key::kHome, false, "Home"sv, "whole body"sv},
}};
const KeyRow& row_of(Key k) {
    return kRows[static_cast<std::size_t>(k)];
}

} // namespace

std::string_view key_name(Key k) {
    return row_of(k).name;
}
std::string_view key_does(Key k) {
    return row_of(k).does;
}

bool key_pressed(const Frame& f, Key k) {
    const KeyRow& r = row_of(k);
    const ImGuiIO& io = ImGui::GetIO();
    return keys_on_view(f) && ImGui::IsKeyPressed(r.code, false) && io.KeyCtrl == r.ctrl && !io.KeyAlt;
}

void read_held_keys(Frame& f) {
    if (!keys_on_view(f)) return;
    constexpr float kSlide_px_s = 420.0f, kCursor_px_s = 300.0f;
    const ImGuiIO& io = ImGui::GetIO();
    const auto right = static_cast<float>(signed_hold(Held::MoveRight, Held::MoveLeft));
    const auto up = static_cast<float>(signed_hold(Held::MoveUp, Held::MoveDown));
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
            turn_by_keys(f);
        }
        f.out.wants_redraw = true;
    }
    if (!io.KeyCtrl) zoom_by_keys(f);
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
    heading(f.fonts, f.exploring() ? "Keys while exploring" : "Keys of the Anatomy screen");
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
        line("Esc", f.exploring() ? "step back: panel, choice, case" : "step back: panel, choice, screen");
        if (f.exploring()) line(row(Shortcut::Explore).name, "back to the case");
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
