// The working screen: steps and feed on the left, the picture in the middle, the activity on the right, the
// strip below.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/panels/anatomy.h"
#include "ui/panels/explore.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

struct Layout {
    Rect top, steps, tools, view, context, feed, strip;
    Rect echo;           ///< beside the picture, while a probe is held
    Rect options, views; ///< while exploring: above and below the picture
};

/// Nine tools, the probe one of them where there is one: in one row where their words fit, else in two.
constexpr int kToolsShown = 9;
bool tools_in_one_row(float width) {
    return width >= 4.25f * static_cast<float>(kToolsShown) * theme::em();
}

/// All from the size of the window and of the font, so that larger text takes its room from the picture.
Layout layout(const Frame& f) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float em = theme::em();
    const float left = std::min(14.5f * em, 0.24f * size.x), right = std::min(19.0f * em, 0.31f * size.x);
    const float middle = size.x - left - right;
    const float top = 2.6f * em, below = std::min(9.6f * em, 0.34f * size.y);
    Layout l;
    l.top = {0.0f, 0.0f, size.x, top};
    l.steps = {0.0f, top, left, size.y - top - below};
    l.feed = {0.0f, size.y - below, left, below};
    l.context = {size.x - right, top, right, size.y - top};
    // While exploring what is felt rests: it gives room to the picture and to the fixed views.
    const float strip = f.exploring() ? std::min(6.4f * em, below) : below;
    const float tools = f.exploring()              ? explore::tools_height(f, middle)
                        : tools_in_one_row(middle) ? 3.8f * em
                                                   : 5.6f * em;
    l.tools = {left, top, middle, tools};
    l.strip = {left, size.y - strip, middle, strip};
    float low = top + tools, high = l.strip.y;
    if (f.exploring()) {
        l.options = {left, low, middle, anatomy_screen::options_height(f)};
        low += l.options.height;
        const float views = middle < (anatomy_screen::kNarrow_em + 1.0f) * em ? 5.6f * em : 2.4f * em;
        high -= views;
        l.views = {left, high, middle, views};
    }
    l.view = {left, low, middle, high - low};
    if (f.sim() != nullptr && f.sim()->probe.held && !f.exploring()) {
        // Half of the picture, or less where that is enough for the whole depth.
        const float wide = std::min(0.5f * middle, 0.95f * l.view.height + 2.0f * em);
        l.view.width -= wide;
        l.echo = {left + l.view.width, low, wide, high - low};
    }
    return l;
}

struct ToolRow {
    events::Tool tool;
    Shortcut shortcut;
    const char* what; ///< how the hand works with it
};
constexpr std::array<ToolRow, 9> kTools{{
    {events::Tool::None, Shortcut::Hands,
     "Hands free. Drag to turn the view, wheel to come closer, right-drag to slide."},
    {events::Tool::Finger, Shortcut::Finger,
     "Finger: move over the skin; wheel, W/S or right-drag presses. Stroke across the fibres."},
    {events::Tool::Pen, Shortcut::Pen, "Pen: point at the place, then click, Space or M to mark it."},
    {events::Tool::Swab, Shortcut::Swab, "Swab: hold the button or Space and rub, from the mark outward."},
    {events::Tool::Spray, Shortcut::Spray,
     "Spray: hold the button or Space; W/S moves the can nearer or further."},
    {events::Tool::WhealNeedle, Shortcut::WhealNeedle,
     "Fine needle: Q/E slope, Z/C turn, wheel or W/S in and out; A aspirates, I injects."},
    {events::Tool::Needle, Shortcut::Needle,
     "Needle: Q/E slope, Z/C turn, wheel or W/S in and out; A aspirates, I injects."},
    {events::Tool::Gauze, Shortcut::Gauze, "Gauze: press on the puncture; wheel or W/S for the pressure."},
    {events::Tool::Algometer, Shortcut::Algometer,
     "Algometer: wheel, W/S or right-drag presses, 1 kg/cm² a second, until the patient says that it hurts."},
}};

/// Beside a probe there is room for eight: of gauze and algometer the one that is in hand or more likely
/// wanted is shown, the gauze once a needle has gone in. Both keep their keys.
bool shown(const Frame& f, events::Tool tool) {
    const bool either = tool == events::Tool::Gauze || tool == events::Tool::Algometer;
    if (!either || !probe_offered(f)) return true;
    const session::SimState& s = *f.sim();
    if (s.tool == events::Tool::Gauze || s.tool == events::Tool::Algometer) return tool == s.tool;
    return (tool == events::Tool::Gauze) == (s.needle.under_skin || !s.pass.tip_path.empty());
}

void finish_dialog(Frame& f) {
    if (!f.state.ask_finish) return;
    ImGui::OpenPopup("Finish the case?");
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0.5f * size.x, 0.45f * size.y}, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({std::min(30.0f * theme::em(), size.x), 0.0f});
    if (!ImGui::BeginPopupModal("Finish the case?", nullptr,
                                ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove))
        return;
    text_wrapped("What did you decide for this patient? The case ends here and is scored; nothing can be "
                 "added afterwards.");
    ImGui::Spacing();
    bool done =
        action_button(f, "I injected", events::FinishCase{"injected"}, "An injection was given.", "", true);
    focus_when_opened();
    ImGui::SameLine();
    done |= action_button(f, "I chose not to inject", events::FinishCase{"not_injected"},
                          "Withholding can be the right decision.");
    ImGui::SameLine();
    if (button("Back", "", "The case goes on.", "Esc") || ImGui::IsKeyPressed(key::kEscape, false))
        f.state.ask_finish = false;
    if (done) {
        f.state.ask_finish = false;
        f.command(Command::Kind::OpenDebrief);
    }
    if (!f.state.ask_finish) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

void leave_dialog(Frame& f) {
    if (!f.state.ask_leave) return;
    ImGui::OpenPopup("Leave the case?");
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0.5f * size.x, 0.45f * size.y}, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({std::min(28.0f * theme::em(), size.x), 0.0f});
    if (!ImGui::BeginPopupModal("Leave the case?", nullptr,
                                ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove))
        return;
    text_wrapped("The log is kept. You can go on with this case from the start page.");
    ImGui::Spacing();
    if (button("Leave", "", "", "", {{}, true, false})) {
        f.state.ask_leave = false;
        f.command(Command::Kind::GoHome);
    }
    focus_when_opened();
    ImGui::SameLine();
    if (button("Stay", "", "", "Esc") || ImGui::IsKeyPressed(key::kEscape, false)) f.state.ask_leave = false;
    if (!f.state.ask_leave) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

/// Pause and keyboard target, written over the picture.
void view_overlay(Frame& f) {
    const Rect& v = f.out.view;
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    const float em = theme::em();
    if (f.state.keys == KeyTarget::View && f.model.session != nullptr) {
        list->AddRect({v.x + 1.0f, v.y + 1.0f}, {v.x + v.width - 1.0f, v.y + v.height - 1.0f},
                      theme::packed(theme::kFocus, 0.55f), 0.0f, 0, 1.0f);
    }
    if (f.model.session != nullptr) {
        constexpr float kWidest = 0.55f; // leaves room for both
        // The amplification is part of what is seen, so it is always written next to it.
        const std::string gain =
            fmt::format("Felt contrast amplified × {:.1f}", f.model.session->options().contrast_gain);
        words_on_picture(f, gain, false, kWidest);
        words_on_picture(f,
                         f.state.keys == KeyTarget::View ? "F1 keys   F6 keys to the panels"
                                                         : "F6 next panel   Esc keys to the patient",
                         true, kWidest);
    }
    if (f.model.paused) {
        const char* words = "Paused: time stands still. Press P to go on.";
        const float w = ImGui::CalcTextSize(words).x;
        const ImVec2 p{v.x + 0.5f * (v.width - w), v.y + 0.45f * v.height};
        list->AddRectFilled({p.x - em, p.y - 0.6f * em}, {p.x + w + em, p.y + 1.6f * em},
                            theme::packed(theme::kCard), 0.4f * em);
        list->AddText(p, theme::packed(theme::kText), words);
    }
}

} // namespace

void draw_tool_row(Frame& f) {
    const session::SimState* sim = f.sim();
    const events::Tool in_hand = sim != nullptr ? sim->tool : events::Tool::None;
    const float gap = 0.25f * theme::em();
    const int per_row = tools_in_one_row(f.area.width) ? kToolsShown : (kToolsShown + 1) / 2;
    const float wide = (ImGui::GetContentRegionAvail().x - static_cast<float>(per_row - 1) * gap) /
                       static_cast<float>(per_row);
    const theme::UseFont small(f.fonts.small);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, 0.2f * theme::em()});
    int placed = 0;
    for (std::size_t i = 0; i < kTools.size(); ++i) {
        const ToolRow& t = kTools[i];
        if (!shown(f, t.tool)) continue;
        if (placed++ % per_row != 0) ImGui::SameLine();
        std::string words = fmt::format("{} {}", row(t.shortcut).name, tool_name(t.tool));
        // The longest name is cut where large text leaves its button too narrow; the tip says the whole word.
        const float room = wide - 2.0f * ImGui::GetStyle().FramePadding.x;
        if (t.tool == events::Tool::Algometer && ImGui::CalcTextSize(words.c_str()).x > room)
            words = fmt::format("{} Algom.", row(t.shortcut).name);
        const std::string label = fmt::format("{}###tool{}", words, i);
        action_button(f, label.c_str(), events::SelectTool{t.tool}, t.what, row(t.shortcut).name, false,
                      t.tool == in_hand, wide);
    }
    if (probe_offered(f)) {
        ImGui::SameLine();
        ButtonLook look;
        look.size.x = wide;
        look.chosen = sim != nullptr && sim->probe.held;
        const std::string label = fmt::format("{} Probe###probe", row(Shortcut::Probe).name);
        const bool held = sim != nullptr && sim->probe.held;
        if (button(label.c_str(),
                   held ? std::string() : f.why_not(events::HoldProbe{true, false, Millimetres(40.0)}),
                   "Ultrasound probe in the other hand. Takes it, steers it, and gives the steering back to "
                   "the tool.",
                   row(Shortcut::Probe).name, look))
            toggle_probe(f);
    }
    ImGui::PopStyleVar();
    if (f.state.steer_probe && sim != nullptr && sim->probe.held) {
        constexpr const char* kHow =
            "Probe: move over the skin; wheel or W/S presses, right-drag or Q/E tilts, Z/C turns, "
            ", and . rock; U gives the hand back to the tool.";
        if (ImGui::GetContentRegionAvail().y >= 2.0f * ImGui::GetTextLineHeight()) {
            text_soft_wrapped(kHow);
        } else {
            text_soft(shortened(kHow, ImGui::GetContentRegionAvail().x));
        }
        tip(kHow);
        return;
    }
    for (const ToolRow& t : kTools) {
        if (t.tool != in_hand) continue;
        text_soft(shortened(t.what, ImGui::GetContentRegionAvail().x));
        tip(t.what);
    }
}

void draw_case(Frame& f) {
    if (std::exchange(f.state.explore_asked, false)) toggle_explore(f);
    const bool exploring = f.exploring();
    if (exploring) anatomy_screen::begin_flow(f);
    if (!exploring) f.view.layers.sight = f.model.mode.ladder ? f.state.sight : events::Sight::Blind;
    const Layout l = layout(f);
    f.out.view = l.view;
    // Panels first: the picture gets what no window covers.
    const auto panel = [&](const char* name, const Rect& rect, const ImVec4& colour, KeyTarget target,
                           auto contents, int flags) {
        f.area = rect;
        if (begin_panel(name, rect, colour, flags)) {
            focus_if_chosen(f, target);
            contents(f);
            ImDrawList* list = ImGui::GetWindowDrawList();
            list->PushClipRectFullScreen();
            const float w = f.state.keys == target && f.state.keys != KeyTarget::View ? 2.0f : 1.0f;
            list->AddRect({rect.x, rect.y}, {rect.x + rect.width, rect.y + rect.height},
                          theme::packed(w > 1.0f ? theme::kFocus : theme::kLine), 0.0f, 0, w);
            list->PopClipRect();
        }
        ImGui::End();
    };
    panel("##steps", l.steps, theme::kPanel, KeyTarget::Steps, draw_steps, 0);
    panel("##context", l.context, theme::kPanel, KeyTarget::Context,
          exploring ? explore::draw_side : draw_context, 0);
    panel("##strip", l.strip, theme::kPanel, KeyTarget::Strip, draw_strip, ImGuiWindowFlags_NoScrollbar);
    panel("##feed", l.feed, theme::kPanel, KeyTarget::Strip, draw_feed, 0);
    if (exploring) {
        panel("##views", l.views, theme::kCard, KeyTarget::Strip, anatomy_screen::draw_view_strip,
              ImGuiWindowFlags_NoScrollbar);
        panel("##exploretools", l.tools, theme::kCard, KeyTarget::TopBar, explore::draw_tools,
              ImGuiWindowFlags_NoScrollbar);
    } else {
        panel("##tools", l.tools, theme::kBackdrop, KeyTarget::TopBar, draw_tool_row,
              ImGuiWindowFlags_NoScrollbar);
    }
    if (l.echo.width > 0.0f) {
        panel("##echo", l.echo, theme::kBackdrop, KeyTarget::Echo, draw_ultrasound,
              ImGuiWindowFlags_NoScrollbar);
    }
    panel("##top", l.top, theme::kCard, KeyTarget::TopBar, draw_top_bar, ImGuiWindowFlags_NoScrollbar);
    if (f.state.keys_changed && f.state.keys == KeyTarget::View) ImGui::SetWindowFocus(nullptr);
    if (exploring) {
        anatomy_screen::draw_options(f, l.options);
        if (f.exploring()) anatomy_screen::draw_link_window(f);
    } else {
        draw_case_layers(f);
        draw_sight_row(f);
        view_overlay(f);
    }
    finish_dialog(f);
    leave_dialog(f);
    if (!exploring) {
        read_shortcuts(f);
        read_hand(f);
    } else if (f.exploring()) { // not left by a button in this frame
        explore::follow(f);
    }
    read_plunger(f);
    if (f.model.session != nullptr && !f.model.session->state().activity.empty()) f.out.wants_redraw = true;
}

} // namespace tb::ui
