// Colours, spacing and fonts of the screens: dark, neutral, calm. Every text colour stands at least 4.5:1
// above the panel's background (WCAG 2.1, success criterion 1.4.3); the test
// `Theme.TextIsReadableOnEverySurface` measures it.
#pragma once

#include <imgui.h>

#include "ui/shell.h"

namespace tb::ui::theme {

// sRGB. Surfaces from back to front.
inline const ImVec4 kBackdrop{0.063f, 0.071f, 0.082f, 1.0f};
inline const ImVec4 kPanel{0.094f, 0.106f, 0.122f, 1.0f};
inline const ImVec4 kCard{0.129f, 0.145f, 0.165f, 1.0f};
inline const ImVec4 kRaised{0.180f, 0.204f, 0.231f, 1.0f};
inline const ImVec4 kHovered{0.231f, 0.263f, 0.298f, 1.0f};
inline const ImVec4 kLine{0.243f, 0.275f, 0.310f, 1.0f};

inline const ImVec4 kText{0.925f, 0.937f, 0.949f, 1.0f};
inline const ImVec4 kTextSoft{0.690f, 0.733f, 0.773f, 1.0f};
/// What cannot be done now; still readable, because the reason matters.
inline const ImVec4 kTextOff{0.580f, 0.624f, 0.667f, 1.0f};

// Meaning; always together with a symbol or a word.
inline const ImVec4 kAccent{0.420f, 0.780f, 0.878f, 1.0f};
inline const ImVec4 kAccentFill{0.086f, 0.333f, 0.412f, 1.0f};
inline const ImVec4 kGrab{0.180f, 0.440f, 0.530f, 1.0f}; ///< of sliders; the value is written over it
inline const ImVec4 kGood{0.494f, 0.835f, 0.600f, 1.0f};
inline const ImVec4 kCaution{0.945f, 0.757f, 0.392f, 1.0f};
inline const ImVec4 kDanger{1.000f, 0.561f, 0.529f, 1.0f};
inline const ImVec4 kFocus{1.000f, 0.886f, 0.420f, 1.0f};

/// Packed for draw lists.
ImU32 packed(const ImVec4& colour, float alpha = 1.0f);
/// Contrast of two opaque colours, 1..21 (WCAG 2.1, relative luminance).
double contrast_ratio(const ImVec4& a, const ImVec4& b);

/// Sets ImGui's style; sizes follow the height of the regular font, so a larger font gives larger controls.
void apply(const Fonts& fonts);
/// Height of the regular font in pixels: the unit of all lengths on the screen.
float em();

/// Pushes a font for a scope; the current one stays where the font was not handed in.
class UseFont {
public:
    explicit UseFont(ImFont* font);
    ~UseFont();
    UseFont(const UseFont&) = delete;
    UseFont& operator=(const UseFont&) = delete;

private:
    bool pushed_ = false;
};

} // namespace tb::ui::theme
