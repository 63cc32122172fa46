// The four ways in which palpation is told (dent, strip, sound, rumble), each with its switch, its key and,
// where the machine has no device for it, the reason.
#include <array>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

struct FeelRow {
    const char* name;
    Shortcut key;
    bool FeelSwitches::*on;
    std::string FeelDevices::*missing; ///< null: needs no device
    const char* what;
};
constexpr std::array<FeelRow, 4> kFeelRows{{
    {"Dent", Shortcut::Dent, &FeelSwitches::dent, nullptr,
     "The skin gives way under the finger, and the finger goes down with it."},
    {"Strip", Shortcut::Strip, &FeelSwitches::strip, nullptr,
     "Pressure map, force chart and the bars of band and knot, here below the picture."},
    {"Sound", Shortcut::Sound, &FeelSwitches::sound, &FeelDevices::no_sound,
     "The stiffer the tissue, the higher the tone; a band lifts it by up to an octave, and ticks when it "
     "snaps. "
     "Press harder and it is louder; lift and it is silent."},
    {"Rumble", Shortcut::Rumble, &FeelSwitches::rumble, &FeelDevices::no_rumble,
     "The game controller hums over a band and jolts when it snaps."},
}};

/// Why this way is not to be had; empty if it is.
std::string_view missing(const Frame& f, const FeelRow& way) {
    return way.missing != nullptr ? std::string_view(f.model.feel.*way.missing) : std::string_view();
}

void toggle_way(Frame& f, const FeelRow& way) {
    if (const std::string_view reason = missing(f, way); !reason.empty())
        return refuse(f, fmt::format("{} cannot be switched on: {}", way.name, reason));
    f.state.feel.*way.on = !(f.state.feel.*way.on);
    f.out.wants_redraw = true;
}

} // namespace

void draw_feel_switches(Frame& f) {
    const float em = theme::em(), gap = 0.25f * em;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, 0.2f * em});
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0.35f * em, 0.08f * em});
    const float padding = 2.0f * ImGui::GetStyle().FramePadding.x + 0.3f * em;
    const float room = ImGui::GetContentRegionAvail().x;
    std::array<float, kFeelRows.size()> wide{};
    float all = 0.0f;
    for (std::size_t i = 0; i < kFeelRows.size(); ++i) { // wide enough for every state: nothing moves about
        const FeelRow& way = kFeelRows[i];
        wide[i] = text_width(fmt::format("{} {}: none", row(way.key).name, way.name)) + padding;
        all += wide[i] + gap;
    }
    const bool two_rows = all > room; // large text
    std::string reasons;
    for (std::size_t i = 0; i < kFeelRows.size(); ++i) {
        const FeelRow& way = kFeelRows[i];
        const std::string_view reason = missing(f, way);
        if (!reason.empty()) reasons += (reasons.empty() ? "" : " ") + std::string(reason);
        ButtonLook look;
        look.size.x = two_rows ? std::max(wide[i % 2], wide[i % 2 + 2]) : wide[i];
        look.chosen = reason.empty() && f.state.feel.*way.on;
        const std::string_view state = !reason.empty() ? "none" : look.chosen ? "on" : "off";
        const std::string label =
            fmt::format("{} {}: {}###feel{}", row(way.key).name, way.name, state, way.name);
        if (button(label.c_str(), reason, way.what, row(way.key).name, look)) toggle_way(f, way);
        if (!two_rows || i != 1) ImGui::SameLine();
    }
    const float left = ImGui::GetContentRegionAvail().x;
    ImGui::AlignTextToFramePadding();
    text_soft(left > 3.0f * em ? shortened(reasons, left) : std::string());
    tip(reasons);
    ImGui::PopStyleVar(2);
}

void read_feel_shortcuts(Frame& f) {
    for (const FeelRow& way : kFeelRows) {
        if (pressed(way.key)) toggle_way(f, way);
    }
}

} // namespace tb::ui
