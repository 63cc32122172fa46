#include "ui/widgets.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <imgui_internal.h>

#include "ui/theme.h"

namespace tb::ui {

using theme::packed;

ImVec4 colour_of(Sign sign) {
    switch (sign) {
    case Sign::Done:
        return theme::kGood;
    case Sign::Current:
    case Sign::Speech:
    case Sign::Hint:
        return theme::kAccent;
    case Sign::Open:
        return theme::kTextOff;
    case Sign::Info:
        return theme::kTextSoft;
    case Sign::Caution:
    case Sign::Refused:
        return theme::kCaution;
    case Sign::Danger:
        return theme::kDanger;
    }
    return theme::kText;
}

void draw_sign(ImDrawList* list, ImVec2 c, float r, Sign sign) {
    const ImU32 colour = packed(colour_of(sign)), dark = packed(theme::kBackdrop);
    const float w = std::max(1.5f, 0.22f * r);
    switch (sign) {
    case Sign::Done:
        list->AddCircleFilled(c, r, colour, 20);
        list->AddLine({c.x - 0.45f * r, c.y + 0.02f * r}, {c.x - 0.1f * r, c.y + 0.38f * r}, dark, w);
        list->AddLine({c.x - 0.1f * r, c.y + 0.38f * r}, {c.x + 0.5f * r, c.y - 0.36f * r}, dark, w);
        break;
    case Sign::Current:
        list->AddTriangleFilled({c.x - 0.6f * r, c.y - 0.8f * r}, {c.x - 0.6f * r, c.y + 0.8f * r},
                                {c.x + 0.9f * r, c.y}, colour);
        break;
    case Sign::Open:
        list->AddCircle(c, 0.85f * r, colour, 20, w * 0.8f);
        break;
    case Sign::Info:
        list->AddCircleFilled(c, 0.35f * r, colour, 12);
        break;
    case Sign::Caution:
    case Sign::Danger:
        if (sign == Sign::Danger) {
            list->AddNgonFilled(c, 1.05f * r, colour, 8);
        } else {
            list->AddTriangleFilled({c.x, c.y - r}, {c.x - r, c.y + 0.8f * r}, {c.x + r, c.y + 0.8f * r},
                                    colour);
        }
        list->AddLine({c.x, c.y - 0.5f * r}, {c.x, c.y + 0.2f * r}, dark, w);
        list->AddCircleFilled({c.x, c.y + 0.52f * r}, 0.62f * w, dark, 8);
        break;
    case Sign::Speech:
        list->AddRectFilled({c.x - r, c.y - 0.75f * r}, {c.x + r, c.y + 0.4f * r}, colour, 0.35f * r);
        list->AddTriangleFilled({c.x - 0.5f * r, c.y + 0.3f * r}, {c.x + 0.1f * r, c.y + 0.3f * r},
                                {c.x - 0.6f * r, c.y + r}, colour);
        break;
    case Sign::Hint:
        list->AddCircle({c.x, c.y - 0.2f * r}, 0.65f * r, colour, 16, w);
        list->AddLine({c.x - 0.3f * r, c.y + 0.7f * r}, {c.x + 0.3f * r, c.y + 0.7f * r}, colour, w);
        list->AddLine({c.x - 0.2f * r, c.y + r}, {c.x + 0.2f * r, c.y + r}, colour, w);
        break;
    case Sign::Refused:
        list->AddCircle(c, 0.9f * r, colour, 20, w);
        list->AddLine({c.x - 0.6f * r, c.y - 0.6f * r}, {c.x + 0.6f * r, c.y + 0.6f * r}, colour, w);
        break;
    }
}

void sign(Sign s) {
    const float h = ImGui::GetTextLineHeight(), r = 0.36f * h;
    const ImVec2 p = ImGui::GetCursorScreenPos();
    draw_sign(ImGui::GetWindowDrawList(), {p.x + r, p.y + 0.5f * h}, r, s);
    ImGui::Dummy({2.2f * r, h});
    ImGui::SameLine();
}

void text(std::string_view s) {
    ImGui::TextUnformatted(s.data(), s.data() + s.size());
}
void text_coloured(const ImVec4& colour, std::string_view s) {
    ImGui::PushStyleColor(ImGuiCol_Text, colour);
    text(s);
    ImGui::PopStyleColor();
}
void text_soft(std::string_view s) {
    text_coloured(theme::kTextSoft, s);
}
void text_wrapped(std::string_view s) {
    ImGui::PushTextWrapPos(0.0f);
    text(s);
    ImGui::PopTextWrapPos();
}
void text_soft_wrapped(std::string_view s) {
    ImGui::PushStyleColor(ImGuiCol_Text, theme::kTextSoft);
    text_wrapped(s);
    ImGui::PopStyleColor();
}

void heading(const Fonts& fonts, std::string_view s) {
    ImGui::Dummy({0.0f, 0.15f * theme::em()});
    {
        const theme::UseFont bold(fonts.bold);
        text_coloured(theme::kText, s);
    }
    const ImVec2 p = ImGui::GetCursorScreenPos();
    const float y = p.y - 0.5f * ImGui::GetStyle().ItemSpacing.y;
    ImGui::GetWindowDrawList()->AddLine({p.x, y}, {p.x + ImGui::GetContentRegionAvail().x, y},
                                        packed(theme::kLine));
    ImGui::Dummy({0.0f, 0.0f});
}

float text_width(std::string_view s) {
    return ImGui::CalcTextSize(s.data(), s.data() + s.size()).x;
}

std::string shortened(std::string_view s, float width) {
    if (text_width(s) <= width) return std::string(s);
    std::size_t n = s.size();
    while (n > 0) {
        --n;
        while (n > 0 && (static_cast<unsigned char>(s[n]) & 0xC0U) == 0x80U)
            --n; // not inside a UTF-8 sign
        std::string cut(s.substr(0, n));
        cut += "…";
        if (text_width(cut) <= width) return cut;
    }
    return "…";
}

void value_line(std::string_view name, std::string_view value) {
    const float room = ImGui::GetContentRegionAvail().x, start = ImGui::GetCursorPosX();
    text_soft(name);
    const float w = text_width(value), gap = ImGui::GetStyle().ItemSpacing.x;
    if (text_width(name) + gap + w <= room) {
        ImGui::SameLine(start + room - w);
        text(value);
    } else {
        text_wrapped(value);
    }
}

void chip(std::string_view word, const ImVec4& colour) {
    const float pad = 0.4f * theme::em(), h = ImGui::GetFrameHeight(), line = ImGui::GetTextLineHeight();
    const ImVec2 p = ImGui::GetCursorScreenPos();
    const float w = text_width(word) + 2.0f * pad, y = p.y + 0.5f * (h - line);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRect({p.x, y - 2.0f}, {p.x + w, y + line + 2.0f}, packed(colour), 0.3f * line, 0, 1.5f);
    list->AddText({p.x + pad, y}, packed(colour), word.data(), word.data() + word.size());
    ImGui::Dummy({w, h});
}

void tip(std::string_view s) {
    if (s.empty()) return;
    const ImGuiIO& io = ImGui::GetIO();
    const bool by_key = io.NavVisible && ImGui::IsItemFocused();
    if (!by_key && !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
    const float width = 20.0f * theme::em();
    if (by_key) { // beside the item, not at the resting pointer
        const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
        const bool right_half = low.x > 0.5f * io.DisplaySize.x;
        ImGui::SetNextWindowPos({right_half ? low.x - 4.0f : low.x, right_half ? low.y : high.y + 4.0f},
                                ImGuiCond_Always, {right_half ? 1.0f : 0.0f, 0.0f});
    }
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(width);
    text(s);
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

bool button(const char* label, std::string_view why_not, std::string_view tooltip, std::string_view key_name,
            const ButtonLook& look) {
    const bool off = !why_not.empty();
    int pushed = 0;
    const auto push = [&](ImGuiCol which, const ImVec4& colour) {
        ImGui::PushStyleColor(which, colour);
        ++pushed;
    };
    if (off) {
        push(ImGuiCol_Button, theme::kPanel);
        push(ImGuiCol_ButtonHovered, theme::kPanel);
        push(ImGuiCol_ButtonActive, theme::kPanel);
        push(ImGuiCol_Text, theme::kTextOff);
    } else if (look.chosen || look.strong) {
        push(ImGuiCol_Button, theme::kAccentFill);
        push(ImGuiCol_Border, theme::kAccent);
    }
    const bool pressed = ImGui::Button(label, look.size);
    ImGui::PopStyleColor(pushed);
    if (look.chosen) {
        const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax();
        ImGui::GetWindowDrawList()->AddRectFilled({low.x, low.y}, {low.x + 0.22f * theme::em(), high.y},
                                                  packed(theme::kAccent), 2.0f);
    }
    std::string words(tooltip);
    if (off) words += fmt::format("{}Not now: {}", words.empty() ? "" : "\n", why_not);
    if (!key_name.empty()) words += fmt::format("{}Key: {}", words.empty() ? "" : "\n", key_name);
    tip(words);
    return pressed && !off;
}

void focus_when_opened() {
    ImGui::SetItemDefaultFocus();
    // ImGui ignores activation keys until an arrow has been pressed once; no public call turns that on.
    if (ImGui::IsWindowAppearing()) ImGui::GetCurrentContext()->NavDisableHighlight = false;
}

void cue_bar(std::string_view name, double share, std::string_view word, const ImVec4& colour, float width) {
    const float h = 0.55f * theme::em();
    text_soft(name);
    ImGui::SameLine();
    const float w = text_width(word);
    ImGui::SetCursorPosX(std::max(ImGui::GetCursorPosX(), ImGui::GetCursorPosX() + width - text_width(name) -
                                                              w - 2.0f * ImGui::GetStyle().ItemSpacing.x));
    text(word);
    const ImVec2 p = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float x = static_cast<float>(std::clamp(share, 0.0, 1.0)) * width;
    list->AddRectFilled(p, {p.x + width, p.y + h}, packed(theme::kBackdrop), 0.3f * h);
    if (x > 0.5f) list->AddRectFilled(p, {p.x + x, p.y + h}, packed(colour), 0.3f * h);
    list->AddRect(p, {p.x + width, p.y + h}, packed(theme::kLine), 0.3f * h);
    ImGui::Dummy({width, h});
}

void gauge(std::string_view name, double value, const GaugeZones& z, std::string_view value_text,
           float width) {
    const float h = 0.5f * theme::em();
    value_line(name, value_text);
    const ImVec2 p = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const auto at = [&](double v) {
        return p.x +
               width * static_cast<float>(std::clamp((v - z.low) / std::max(1e-9, z.high - z.low), 0.0, 1.0));
    };
    list->AddRectFilled(p, {p.x + width, p.y + h}, packed(theme::kBackdrop), 0.2f * h);
    if (z.good_high > z.good_low) { // hatched, so that it is seen without colour
        const float a = at(z.good_low), b = at(z.good_high);
        list->AddRectFilled({a, p.y}, {b, p.y + h}, packed(theme::kGood, 0.28f));
        for (float x = a + 3.0f; x < b - 1.0f; x += 6.0f)
            list->AddLine({x, p.y + h - 1.0f}, {std::min(b, x + 3.0f), p.y + 1.0f},
                          packed(theme::kGood, 0.8f));
    }
    list->AddRect(p, {p.x + width, p.y + h}, packed(theme::kLine), 0.2f * h);
    const float x = at(value);
    list->AddTriangleFilled({x, p.y + 0.25f * h}, {x - 0.55f * h, p.y + 1.35f * h},
                            {x + 0.55f * h, p.y + 1.35f * h}, packed(theme::kText));
    list->AddLine({x, p.y}, {x, p.y + h}, packed(theme::kText), 2.0f);
    ImGui::Dummy({width, 1.35f * h});
}

void progress(float share, std::string_view words, ImVec2 size) {
    if (size.x <= 0.0f) size.x = ImGui::GetContentRegionAvail().x;
    if (size.y <= 0.0f) size.y = ImGui::GetFrameHeight();
    const ImVec2 p = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float round = 0.2f * size.y;
    list->AddRectFilled(p, {p.x + size.x, p.y + size.y}, packed(theme::kBackdrop), round);
    const float x = std::clamp(share, 0.0f, 1.0f) * size.x;
    if (x > 1.0f) list->AddRectFilled(p, {p.x + x, p.y + size.y}, packed(theme::kAccentFill), round);
    list->AddRect(p, {p.x + size.x, p.y + size.y}, packed(theme::kLine), round);
    const std::string shown = shortened(words, size.x - theme::em());
    list->AddText({p.x + 0.5f * theme::em(), p.y + 0.5f * (size.y - ImGui::GetTextLineHeight())},
                  packed(theme::kText), shown.c_str());
    ImGui::Dummy(size);
}

void draw_face(ImDrawList* list, ImVec2 c, float r, double pain) {
    const auto p = static_cast<float>(std::clamp(pain, 0.0, 10.0) / 10.0);
    const ImU32 line = packed(theme::kText);
    const float w = std::max(1.5f, 0.07f * r);
    list->AddCircleFilled(c, r, packed(theme::kRaised), 40);
    list->AddCircle(c, r, line, 40, w);
    for (const float side : {-1.0f, 1.0f}) {
        const ImVec2 eye{c.x + side * 0.36f * r, c.y - 0.18f * r};
        if (p > 0.75f) { // eyes shut tight
            list->AddLine({eye.x - 0.14f * r, eye.y - 0.08f * r * side},
                          {eye.x + 0.14f * r, eye.y + 0.08f * r * side}, line, w);
        } else {
            list->AddCircleFilled(eye, 0.085f * r, line, 12);
        }
        const float drop = 0.16f * r * p; // brows sink towards the nose
        list->AddLine({eye.x - 0.17f * r * side, eye.y - 0.26f * r + drop},
                      {eye.x + 0.17f * r * side, eye.y - 0.26f * r - 0.4f * drop}, line, w);
    }
    const float bend = 0.24f * r * (1.0f - 2.0f * p), y = c.y + 0.42f * r;
    if (p > 0.85f) { // mouth open
        list->AddCircle({c.x, y + 0.04f * r}, 0.2f * r, line, 16, w);
    } else {
        list->AddBezierQuadratic({c.x - 0.4f * r, y - 0.4f * bend}, {c.x, y + bend},
                                 {c.x + 0.4f * r, y - 0.4f * bend}, line, w, 16);
    }
}

std::string_view pain_word(double pain) {
    if (pain < 0.5) return "no pain";
    if (pain < 3.5) return "mild";
    if (pain < 6.5) return "moderate";
    return pain < 8.5 ? "strong" : "severe";
}

std::string_view band_word(double shown) {
    if (shown < 0.12) return "nothing";
    return shown < 0.45 ? "firmer" : "rope-like band";
}

std::string_view nodule_word(double shown) {
    if (shown < 0.12) return "nothing";
    return shown < 0.45 ? "thickening" : "tight knot";
}

void heat_map(std::span<const float> values, int cells, float full_scale, float side,
              std::string_view tooltip) {
    const ImVec2 p = ImGui::GetCursorScreenPos();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(p, {p.x + side, p.y + side}, packed(theme::kBackdrop));
    const float step = side / static_cast<float>(cells);
    for (int row = 0; row < cells; ++row) {
        for (int column = 0; column < cells; ++column) {
            const auto index = static_cast<std::size_t>(row * cells + column);
            const float v = index < values.size() ? std::clamp(values[index] / full_scale, 0.0f, 1.0f) : 0.0f;
            const ImVec2 a{p.x + static_cast<float>(column) * step, p.y + static_cast<float>(row) * step};
            // Brightness alone carries the value: it reads without colour.
            const ImVec4 colour{0.10f + 0.90f * v, 0.12f + 0.78f * v, 0.15f + 0.55f * v * v, 1.0f};
            list->AddRectFilled(a, {a.x + step - 1.0f, a.y + step - 1.0f}, packed(colour));
        }
    }
    list->AddRect(p, {p.x + side, p.y + side}, packed(theme::kLine));
    ImGui::Dummy({side, side});
    tip(tooltip);
}

std::string clock_text(double seconds) {
    const auto whole = static_cast<long>(std::max(0.0, seconds));
    return fmt::format("{}:{:02d}", whole / 60, whole % 60);
}

} // namespace tb::ui
