// Small drawn things that several panels share. They know numbers and words, no session.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <imgui.h>

#include "ui/shell.h"

namespace tb::ui {

/// Signs drawn by shapes, so that no font needs to hold them.
enum class Sign { Done, Current, Open, Info, Caution, Danger, Speech, Hint, Refused };
ImVec4 colour_of(Sign sign);
void draw_sign(ImDrawList* list, ImVec2 centre, float radius, Sign sign);
/// The same as an item in the line, followed by SameLine.
void sign(Sign s);

void text(std::string_view s);
void text_soft(std::string_view s);
void text_coloured(const ImVec4& colour, std::string_view s);
void text_wrapped(std::string_view s);
void text_soft_wrapped(std::string_view s);
/// Small capitals-like heading with a line of air above.
void heading(const Fonts& fonts, std::string_view s);
/// "name        value" on one line, value right-aligned in the panel.
void value_line(std::string_view name, std::string_view value);
/// Cut to the width with "…".
std::string shortened(std::string_view s, float width);
float text_width(std::string_view s);

/// Short framed word (mode, level, state), as high as a button.
void chip(std::string_view word, const ImVec4& colour);
/// Tooltip for the item before, on hover and on keyboard focus.
void tip(std::string_view s);

/// Button that stays reachable when it cannot act: it is greyed and its tooltip says why. True only when it
/// may act. `key` is shown in the tooltip. `strong` marks the panel's main act.
struct ButtonLook {
    ImVec2 size{0.0f, 0.0f};
    bool strong = false;
    bool chosen = false; ///< shown as the current choice: filled, with a mark at its left
};
bool button(const char* label, std::string_view why_not, std::string_view tooltip, std::string_view key_name,
            const ButtonLook& look = {});

/// Gives the last widget the keyboard when its dialog has just opened, so that Enter or Space answers it.
void focus_when_opened();

/// Horizontal bar 0..1 with a word at its right; `ticks` are shares where thin lines stand.
void cue_bar(std::string_view name, double share, std::string_view word, const ImVec4& colour, float width);
/// Gauge from `low` to `high` with a good zone, a pointer and the value as text.
struct GaugeZones {
    double low = 0.0, high = 10.0, good_low = 0.0, good_high = 0.0;
};
void gauge(std::string_view name, double value, const GaugeZones& zones, std::string_view value_text,
           float width);
/// Progress with a text inside.
void progress(float share, std::string_view words, ImVec2 size);

/// Face of the numeric pain scale by shapes: 0 calm .. 10 worst.
void draw_face(ImDrawList* list, ImVec2 centre, float radius, double pain);
/// Words for a pain number: "no pain", "mild", "moderate", "strong", "severe".
std::string_view pain_word(double pain);
/// Words of the band cue: "nothing", "firmer", "rope-like band".
std::string_view band_word(double shown);
/// Words of the nodule cue: "none", "thickening", "tender knot".
std::string_view nodule_word(double shown);

/// Square map of `cells` x `cells`, row 0 on top.
void heat_map(std::span<const float> values, int cells, float full_scale, float side,
              std::string_view tooltip);

/// "2:07" from seconds.
std::string clock_text(double seconds);

} // namespace tb::ui
