// Keyboard: one table of shortcuts, from which keys act, tooltips and the help page are made. Keys are places
// on the keyboard by their USB HID usage number (HID Usage Tables, page 0x07), as SDL reports them through
// ImGui's io.KeysDown.
#pragma once

#include <array>
#include <string_view>

namespace tb::ui {

namespace key {
constexpr int letter(char upper) {
    return 4 + (upper - 'A');
}
constexpr int digit(int d) {
    return d == 0 ? 39 : 29 + d;
}
constexpr int function(int n) {
    return 57 + n;
}
constexpr int kEnter = 40, kEscape = 41, kTab = 43, kSpace = 44, kMinus = 45, kEquals = 46;
constexpr int kOpenBracket = 47, kCloseBracket = 48, kComma = 54, kPeriod = 55, kSlash = 56;
constexpr int kPageUp = 75, kHome = 74, kPageDown = 78, kEnd = 77;
constexpr int kRight = 79, kLeft = 80, kDown = 81, kUp = 82;
} // namespace key

/// What a single key press does on the case screen. Tools are handled by their number.
enum class Shortcut {
    Hands,
    Finger,
    Pen,
    Swab,
    Spray,
    WhealNeedle,
    Needle,
    Gauze,
    Algometer,
    Grip,
    Mark,
    Hint,
    XRay,
    Sight,
    Explore,
    Pause,
    FastForward,
    Finish,
    Help,
    Fullscreen,
    Larger,
    Smaller,
    Panels,
    StandardView,
    Probe,
    ProbeAway,
    Freeze,
    Shallower,
    Deeper,
    GainDown,
    GainUp,
    Dent,
    Strip,
    Sound,
    Rumble,
    Count
};
/// A key that is held.
enum class Held {
    Act,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    PressMore,
    PressLess,
    TiltUp,
    TiltDown,
    TurnLeft,
    TurnRight,
    Aspirate,
    Push,
    ZoomIn,
    ZoomOut,
    RockLeft,
    RockRight,
    Count
};

struct KeyRow {
    int code = 0;
    bool ctrl = false;
    std::string_view name; ///< as printed on the key
    std::string_view does; ///< for the help page
};
const KeyRow& row(Shortcut s);
const KeyRow& row(Held h);

/// Pressed in this frame (no repeat); false while a text is being typed.
bool pressed(Shortcut s);
bool held(Held h);
/// 1 while the one is held, -1 while the other is, else 0.
double signed_hold(Held more, Held less);
/// Shift: slower, finer movement.
bool fine();

} // namespace tb::ui
