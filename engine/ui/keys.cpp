#include "ui/keys.h"

#include <imgui.h>

namespace tb::ui {
namespace {

using namespace std::string_view_literals;

constexpr std::array<KeyRow, static_cast<std::size_t>(Shortcut::Count)> kShortcuts{{
    {key::digit(1), false, "1"sv, "put the tool down, look around"sv},
    {key::digit(2), false, "2"sv, "palpating finger"sv},
    {key::digit(3), false, "3"sv, "skin pen"sv},
    {key::digit(4), false, "4"sv, "swab"sv},
    {key::digit(5), false, "5"sv, "cold spray"sv},
    {key::digit(6), false, "6"sv, "fine needle for the skin wheal"sv},
    {key::digit(7), false, "7"sv, "injection needle"sv},
    {key::digit(8), false, "8"sv, "gauze"sv},
    {key::digit(9), false, "9"sv, "pressure algometer"sv},
    {key::letter('G'), false, "G"sv, "flat finger or pincer grip"sv},
    {key::letter('M'), false, "M"sv, "mark the skin under the pen"sv},
    {key::letter('H'), false, "H"sv, "hint"sv},
    {key::letter('X'), false, "X"sv, "x-ray look (practice)"sv},
    {key::letter('L'), false, "L"sv, "how much you see: seen through, half, blind (practice)"sv},
    {key::letter('B'), false, "B"sv, "explore the body, and back to the case (practice)"sv},
    {key::letter('P'), false, "P"sv, "pause"sv},
    {key::letter('F'), false, "F"sv, "let 10 s pass (practice)"sv},
    {key::function(10), false, "F10"sv, "finish the case"sv},
    {key::function(1), false, "F1"sv, "this page"sv},
    {key::function(11), false, "F11"sv, "full screen"sv},
    {key::kEquals, true, "Ctrl ="sv, "larger text"sv},
    {key::kMinus, true, "Ctrl -"sv, "smaller text"sv},
    {key::function(6), false, "F6"sv, "keys go to the next panel, and back to the patient"sv},
    {key::kHome, false, "Home"sv, "standard view"sv},
    {key::letter('U'), false, "U"sv, "ultrasound probe: take and steer it, and back to the tool"sv},
    {key::letter('U'), true, "Ctrl U"sv, "put the probe back"sv},
    {key::letter('Y'), false, "Y"sv, "ultrasound picture still or live"sv},
    {key::kOpenBracket, false, "["sv, "ultrasound picture less deep"sv},
    {key::kCloseBracket, false, "]"sv, "ultrasound picture deeper"sv},
    {key::kMinus, false, "-"sv, "ultrasound gain down"sv},
    {key::kEquals, false, "="sv, "ultrasound gain up"sv},
    {key::letter('D'), false, "D"sv, "palpation: dent in the skin on or off"sv},
    {key::letter('T'), false, "T"sv, "palpation: strip with chart and bars on or off"sv},
    {key::letter('N'), false, "N"sv, "palpation: sound on or off"sv},
    {key::letter('R'), false, "R"sv, "palpation: rumble of a game controller on or off"sv},
}};

constexpr std::array<KeyRow, static_cast<std::size_t>(Held::Count)> kHeld{{
    {key::kSpace, false, "Space"sv, "act: like the left mouse button"sv},
    {key::kLeft, false, "Left"sv, "move the tool along the skin (Ctrl: turn the view)"sv},
    {key::kRight, false, "Right"sv, "move the tool along the skin (Ctrl: turn the view)"sv},
    {key::kUp, false, "Up"sv, "move the tool along the skin (Ctrl: turn the view)"sv},
    {key::kDown, false, "Down"sv, "move the tool along the skin (Ctrl: turn the view)"sv},
    {key::letter('W'), false, "W"sv, "press harder; advance the needle"sv},
    {key::letter('S'), false, "S"sv, "press less; withdraw the needle"sv},
    {key::letter('E'), false, "E"sv, "needle steeper to the skin; tilt the probe"sv},
    {key::letter('Q'), false, "Q"sv, "needle flatter to the skin; tilt the probe"sv},
    {key::letter('Z'), false, "Z"sv, "turn the needle or the probe left"sv},
    {key::letter('C'), false, "C"sv, "turn the needle or the probe right"sv},
    {key::letter('A'), false, "A"sv, "aspirate while held"sv},
    {key::letter('I'), false, "I"sv, "inject while held"sv},
    {key::kPageUp, false, "PgUp"sv, "closer"sv},
    {key::kPageDown, false, "PgDn"sv, "further away"sv},
    {key::kComma, false, ","sv, "rock the probe: the mark's end deeper"sv},
    {key::kPeriod, false, "."sv, "rock the probe: the other end deeper"sv},
}};

bool typing() {
    return ImGui::GetIO().WantTextInput;
}

} // namespace

const KeyRow& row(Shortcut s) {
    return kShortcuts[static_cast<std::size_t>(s)];
}
const KeyRow& row(Held h) {
    return kHeld[static_cast<std::size_t>(h)];
}

bool pressed(Shortcut s) {
    const KeyRow& r = row(s);
    return !typing() && ImGui::IsKeyPressed(r.code, false) && ImGui::GetIO().KeyCtrl == r.ctrl;
}

bool held(Held h) {
    return !typing() && ImGui::IsKeyDown(row(h).code);
}

double signed_hold(Held more, Held less) {
    return (held(more) ? 1.0 : 0.0) - (held(less) ? 1.0 : 0.0);
}

bool fine() {
    return ImGui::GetIO().KeyShift;
}

} // namespace tb::ui
