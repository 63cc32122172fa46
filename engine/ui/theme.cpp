#include "ui/theme.h"

#include <algorithm>
#include <cmath>

namespace tb::ui::theme {
namespace {

double linear(float channel) {
    const double c = channel;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const ImVec4& c) {
    return 0.2126 * linear(c.x) + 0.7152 * linear(c.y) + 0.0722 * linear(c.z);
}

/// A font has no size before its atlas is built, but its configuration knows it; ImGui's own font is 13 px.
float size_of(const ImFont* font) {
    if (font == nullptr) return 13.0f;
    if (font->FontSize > 0.0f) return font->FontSize;
    return font->ConfigData != nullptr ? font->ConfigData->SizePixels : 13.0f;
}

} // namespace

ImU32 packed(const ImVec4& colour, float alpha) {
    return ImGui::ColorConvertFloat4ToU32({colour.x, colour.y, colour.z, colour.w * alpha});
}

double contrast_ratio(const ImVec4& a, const ImVec4& b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

void apply(const Fonts& fonts) {
    const float unit = size_of(fonts.regular);
    ImGuiStyle& style = ImGui::GetStyle();
    style = ImGuiStyle();
    style.WindowPadding = {0.65f * unit, 0.5f * unit};
    style.FramePadding = {0.5f * unit, 0.28f * unit};
    style.ItemSpacing = {0.45f * unit, 0.38f * unit};
    style.ItemInnerSpacing = {0.35f * unit, 0.25f * unit};
    style.ScrollbarSize = 0.7f * unit;
    style.GrabMinSize = 0.7f * unit;
    style.IndentSpacing = 1.0f * unit;
    style.WindowRounding = 0.0f;
    style.ChildRounding = style.FrameRounding = style.PopupRounding = style.GrabRounding = 0.25f * unit;
    style.ScrollbarRounding = 0.35f * unit;
    style.WindowBorderSize = 0.0f;
    style.FrameBorderSize = 1.0f;
    style.PopupBorderSize = 1.0f;
    style.WindowTitleAlign = {0.0f, 0.5f};
    style.DisabledAlpha = 1.0f;

    ImVec4* c = style.Colors;
    c[ImGuiCol_Text] = kText;
    c[ImGuiCol_TextDisabled] = kTextSoft;
    c[ImGuiCol_WindowBg] = kPanel;
    c[ImGuiCol_ChildBg] = {0.0f, 0.0f, 0.0f, 0.0f};
    c[ImGuiCol_PopupBg] = kCard;
    c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = c[ImGuiCol_TitleBgCollapsed] = kRaised;
    c[ImGuiCol_Border] = kLine;
    c[ImGuiCol_FrameBg] = kCard;
    c[ImGuiCol_FrameBgHovered] = kRaised;
    c[ImGuiCol_FrameBgActive] = kHovered;
    c[ImGuiCol_Button] = kRaised;
    c[ImGuiCol_ButtonHovered] = kHovered;
    c[ImGuiCol_ButtonActive] = kAccentFill;
    c[ImGuiCol_Header] = kRaised;
    c[ImGuiCol_HeaderHovered] = kHovered;
    c[ImGuiCol_HeaderActive] = kAccentFill;
    c[ImGuiCol_CheckMark] = kAccent;
    c[ImGuiCol_SliderGrab] = kGrab;
    c[ImGuiCol_SliderGrabActive] = kGrab;
    c[ImGuiCol_Separator] = kLine;
    c[ImGuiCol_ScrollbarBg] = {0.0f, 0.0f, 0.0f, 0.0f};
    c[ImGuiCol_ScrollbarGrab] = kRaised;
    c[ImGuiCol_ScrollbarGrabHovered] = kHovered;
    c[ImGuiCol_ScrollbarGrabActive] = kAccentFill;
    c[ImGuiCol_NavHighlight] = kFocus;
    c[ImGuiCol_TextSelectedBg] = kAccentFill;
    c[ImGuiCol_ModalWindowDimBg] = {0.0f, 0.0f, 0.0f, 0.55f};
}

float em() {
    return ImGui::GetIO().FontDefault != nullptr ? ImGui::GetIO().FontDefault->FontSize
                                                 : ImGui::GetFontSize();
}

UseFont::UseFont(ImFont* font) {
    if (font != nullptr) {
        ImGui::PushFont(font);
        pushed_ = true;
    }
}

UseFont::~UseFont() {
    if (pushed_) ImGui::PopFont();
}

} // namespace tb::ui::theme
