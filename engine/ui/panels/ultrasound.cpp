// The ultrasound picture with its ruler, mark and knobs, beside the picture of the patient.
#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

constexpr double kDepthStep_mm = 5.0, kGainStep_dB = 3.0;
constexpr double kTick_mm = 5.0;

events::TuneProbe tuned(const session::ProbeState& p, double deeper_mm, double gain_dB, bool flip_freeze) {
    return {Millimetres(std::clamp(p.depth_mm + deeper_mm, tissue::kLeastDepth_mm, tissue::kMostDepth_mm)),
            std::clamp(p.gain_dB + gain_dB, -tissue::kMostGain_dB, tissue::kMostGain_dB),
            p.frozen != flip_freeze};
}

std::string_view state_words(const session::ProbeState& p) {
    if (p.frozen) return "Still picture";
    return p.touching() ? "Live" : "Lifted off";
}

/// Picture, ruler and mark inside a rectangle, in square millimetres.
void draw_picture(const Frame& f, ImVec2 low, ImVec2 size) {
    const session::ProbeState& p = f.sim()->probe;
    ImDrawList* list = ImGui::GetWindowDrawList();
    const float em = theme::em();
    const float ruler = 2.2f * em, top = 0.9f * em;
    const double width_mm = f.model.echo.texture != 0 ? f.model.echo.width_mm : p.pose.width_mm;
    const double depth_mm = f.model.echo.texture != 0 ? f.model.echo.depth_mm : p.depth_mm;
    const float px_per_mm = std::min((size.x - ruler) / static_cast<float>(width_mm),
                                     (size.y - top - 0.3f * em) / static_cast<float>(depth_mm));
    if (px_per_mm <= 0.0f) return;
    const ImVec2 shown{static_cast<float>(width_mm) * px_per_mm, static_cast<float>(depth_mm) * px_per_mm};
    const ImVec2 p0{low.x + 0.5f * (size.x - ruler - shown.x), low.y + top},
        p1{p0.x + shown.x, p0.y + shown.y};
    list->AddRectFilled(p0, p1, IM_COL32(0, 0, 0, 255));
    if (f.model.echo.texture != 0) {
        list->AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(f.model.echo.texture)), p0,
                       p1);
    } else {
        const char* words = "Put the probe on the skin: U steers it, Space or W presses.";
        const ImVec2 words_size = ImGui::CalcTextSize(words, nullptr, false, shown.x - em);
        list->AddText(ImGui::GetFont(), ImGui::GetFontSize(),
                      {p0.x + 0.5f * em, p0.y + 0.5f * (shown.y - words_size.y)},
                      theme::packed(theme::kTextSoft), words, nullptr, shown.x - em);
    }
    list->AddRect(p0, p1, theme::packed(theme::kLine));
    // The end of the face that bears the mark is on the left.
    const float mark = 0.3f * em;
    list->AddRectFilled({p0.x, p0.y - 2.0f * mark}, {p0.x + 2.0f * mark, p0.y - 0.4f * mark},
                        theme::packed(theme::kGood));
    list->AddText({p0.x + 3.0f * mark, low.y - 0.15f * em}, theme::packed(theme::kTextSoft), "mark");
    for (int i = 0; i * kTick_mm <= depth_mm + 1e-6; ++i) {
        const float y = p0.y + static_cast<float>(i * kTick_mm) * px_per_mm;
        const bool number = i % 2 == 0;
        list->AddLine({p1.x + 2.0f, y}, {p1.x + (number ? 0.6f : 0.35f) * em, y},
                      theme::packed(theme::kTextSoft));
        if (!number || i == 0) continue;
        list->AddText({p1.x + 0.7f * em, y - 0.5f * ImGui::GetTextLineHeight()},
                      theme::packed(theme::kTextSoft),
                      fmt::format("{}", static_cast<int>(i * kTick_mm)).c_str());
    }
}

} // namespace

bool probe_offered(const Frame& f) {
    return f.model.scenario != nullptr && f.sim() != nullptr && f.model.scenario->has_probe(f.model.mode.id);
}

void toggle_probe(Frame& f) {
    const session::SimState* sim = f.sim();
    if (sim == nullptr || !probe_offered(f)) return;
    if (sim->probe.held) {
        f.state.steer_probe = !f.state.steer_probe;
        return;
    }
    const events::HoldProbe take{true, sim->tray.contains("probe_cover"), Millimetres(40.0)};
    if (const std::string off = f.why_not(take); !off.empty()) return refuse(f, off);
    f.act(take);
    f.state.steer_probe = true;
}

void read_probe_shortcuts(Frame& f) {
    if (!probe_offered(f)) return;
    const session::ProbeState& p = f.sim()->probe;
    if (pressed(Shortcut::Probe)) toggle_probe(f);
    // Laid down, by whatever: the next one that is taken begins anew.
    if (std::exchange(f.state.probe_seen, p.held) && !p.held) f.state.steer_probe = false;
    if (!p.held) return;
    if (pressed(Shortcut::ProbeAway)) f.act(events::HoldProbe{false, false, Millimetres(p.pose.width_mm)});
    if (pressed(Shortcut::Freeze)) f.act(tuned(p, 0.0, 0.0, true));
    if (pressed(Shortcut::Shallower)) f.act(tuned(p, -kDepthStep_mm, 0.0, false));
    if (pressed(Shortcut::Deeper)) f.act(tuned(p, kDepthStep_mm, 0.0, false));
    if (pressed(Shortcut::GainDown)) f.act(tuned(p, 0.0, -kGainStep_dB, false));
    if (pressed(Shortcut::GainUp)) f.act(tuned(p, 0.0, kGainStep_dB, false));
    if (p.live()) f.out.wants_redraw = true; // heart and breath go on
}

void draw_ultrasound(Frame& f) {
    const session::ProbeState& p = f.sim()->probe;
    const theme::UseFont small(f.fonts.small);
    const float em = theme::em(), gap = 0.25f * em;
    {
        const theme::UseFont bold(f.fonts.bold);
        text("Ultrasound");
    }
    ImGui::SameLine();
    text_soft(fmt::format("{}{}", state_words(p),
                          !p.covered  ? ", no sterile cover"
                          : p.spoiled ? ", cover no longer sterile"
                                      : ", sterile cover"));
    const ImVec2 room = ImGui::GetContentRegionAvail(), low = ImGui::GetCursorScreenPos();
    const float below = 2.0f * ImGui::GetFrameHeightWithSpacing() + ImGui::GetTextLineHeightWithSpacing();
    const ImVec2 size{room.x, std::max(room.y - below, 4.0f * em)};
    ImGui::Dummy(size);
    draw_picture(f, low, size);

    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
    const float quarter = (room.x - 3.0f * gap) / 4.0f, third = (room.x - 2.0f * gap) / 3.0f;
    const auto knob = [&](const char* label, const events::TuneProbe& action, std::string_view what,
                          Shortcut key, bool chosen = false, float width = 0.0f) {
        const bool same =
            action.depth.value() == p.depth_mm && action.gain_dB == p.gain_dB && action.frozen == p.frozen;
        ButtonLook look;
        look.size.x = width;
        look.chosen = chosen;
        if (button(label, same ? "it goes no further." : f.why_not(action), what, row(key).name, look))
            f.act(action);
    };
    knob("Less deep", tuned(p, -kDepthStep_mm, 0.0, false), "Shows 5 mm less.", Shortcut::Shallower, false,
         quarter);
    ImGui::SameLine();
    knob("Deeper", tuned(p, kDepthStep_mm, 0.0, false), "Shows 5 mm more.", Shortcut::Deeper, false, quarter);
    ImGui::SameLine();
    knob("Gain down", tuned(p, 0.0, -kGainStep_dB, false), "Darker by 3 dB.", Shortcut::GainDown, false,
         quarter);
    ImGui::SameLine();
    knob("Gain up", tuned(p, 0.0, kGainStep_dB, false), "Brighter by 3 dB.", Shortcut::GainUp, false,
         quarter);
    knob(p.frozen ? "Live" : "Freeze", tuned(p, 0.0, 0.0, true), "Stops the picture, or lets it run.",
         Shortcut::Freeze, p.frozen, third);
    ImGui::SameLine();
    ButtonLook steer;
    steer.size.x = third;
    steer.chosen = f.state.steer_probe;
    if (button("Steer", "", "Mouse and keys move the probe; again: they move the tool.",
               row(Shortcut::Probe).name, steer))
        toggle_probe(f);
    ImGui::SameLine();
    action_button(f, "Put back", events::HoldProbe{false, false, Millimetres(p.pose.width_mm)},
                  "Lays the probe down.", row(Shortcut::ProbeAway).name, false, false, third);
    ImGui::PopStyleVar();
    const std::string words =
        fmt::format("{:.0f} mm, {:+.0f} dB, {:.1f} N, tilt {:.0f}°, rock {:.0f}°", p.depth_mm, p.gain_dB,
                    p.pose.press_N, f.model.probe_hold.tilt_deg, f.model.probe_hold.rock_deg);
    text_soft(shortened(words, room.x));
    tip("Depth of the picture, gain, force of the hand, and how the probe is tilted and rocked.");
}

} // namespace tb::ui
