// Events by lane over time; a click jumps there.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

constexpr int kLanes = static_cast<int>(Lane::Count);

/// Spacing of tick marks that leaves room for their words, s.
double mark_spacing(double total_s, float width) {
    constexpr std::array<double, 10> kSteps{5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600};
    const double most = std::max(2.0, static_cast<double>(width) / (4.5 * static_cast<double>(theme::em())));
    for (const double step : kSteps) {
        if (total_s / step <= most) return step;
    }
    return 7200.0;
}

} // namespace

void draw_timeline(Frame& f, float width, float height) {
    if (f.log() == nullptr) {
        text_soft("No log.");
        return;
    }
    const auto& events = f.log()->events();
    const Tick last = std::max<Tick>(kTicksPerSecond, events.empty() ? 0 : events.back().tick);
    const float names = 4.2f * ImGui::GetFontSize(), axis = ImGui::GetTextLineHeight();
    height = std::max(height, static_cast<float>(kLanes) * 0.75f * ImGui::GetTextLineHeight() + axis);
    const ImVec2 p = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("##timeline", {width, height});
    const bool hovered = ImGui::IsItemHovered(),
               focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
    const ImVec2 low{p.x + names, p.y}, high{p.x + width - 4.0f, p.y + height - axis};
    const auto x_of = [&](Tick t) {
        return low.x +
               (high.x - low.x) * static_cast<float>(static_cast<double>(t) / static_cast<double>(last));
    };
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(low, high, theme::packed(theme::kBackdrop));
    const double total = seconds_of(last).value();
    const double step = mark_spacing(total, high.x - low.x);
    for (double t = 0.0; t <= total; t += step) {
        const float x = x_of(ticks_of(Seconds(t)));
        list->AddLine({x, low.y}, {x, high.y}, theme::packed(theme::kLine, 0.7f));
        const std::string words = clock_text(t);
        if (x + text_width(words) <= p.x + width)
            list->AddText({x, high.y}, theme::packed(theme::kTextSoft), words.c_str());
    }
    const float lane = (high.y - low.y) / static_cast<float>(kLanes);
    for (int i = 0; i < kLanes; ++i) {
        const float y = low.y + lane * static_cast<float>(i);
        list->AddText({p.x, y + 0.5f * (lane - ImGui::GetTextLineHeight())}, theme::packed(theme::kTextSoft),
                      name_of(static_cast<Lane>(i)).data());
        list->AddLine({low.x, y}, {high.x, y}, theme::packed(theme::kLine, 0.7f));
    }
    const Names words{f.model.body, f.model.scenario, f.model.procedure};
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const events::Event* nearest = nullptr;
    float best = 0.5f * theme::em();
    for (const events::Event& event : events) {
        const auto in = lane_of(event);
        if (!in) continue;
        const auto line = describe(event, words, true);
        const Sign s = line ? line->sign : Sign::Info;
        const ImVec2 c{x_of(event.tick), low.y + lane * (static_cast<float>(*in) + 0.5f)};
        const bool serious = s == Sign::Danger || s == Sign::Caution;
        if (serious || s == Sign::Done) {
            draw_sign(list, c, 0.30f * lane, s);
        } else {
            list->AddLine({c.x, c.y - 0.3f * lane}, {c.x, c.y + 0.3f * lane}, theme::packed(theme::kTextSoft),
                          1.5f);
        }
        const float d = std::hypot(mouse.x - c.x, mouse.y - c.y);
        if (hovered && d < best) {
            best = d;
            nearest = &event;
        }
    }
    list->AddRect(low, high, theme::packed(focused ? theme::kFocus : theme::kLine), 0.0f, 0,
                  focused ? 2.0f : 1.0f);
    if (f.state.timeline >= 0) {
        const float x = x_of(std::min(f.state.timeline, last));
        list->AddLine({x, low.y}, {x, high.y}, theme::packed(theme::kText), 2.0f);
        list->AddTriangleFilled({x - 5.0f, low.y}, {x + 5.0f, low.y}, {x, low.y + 8.0f},
                                theme::packed(theme::kText));
    }
    Tick target = -1;
    if (hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left) && mouse.x >= low.x) {
        target = nearest != nullptr
                     ? nearest->tick
                     : static_cast<Tick>(static_cast<double>((mouse.x - low.x) / (high.x - low.x)) *
                                         static_cast<double>(last));
    }
    if (focused &&
        !ImGui::GetIO().WantTextInput) { // next and previous event of a lane with [Enter]-free keys: , and .
        const auto step_key = [](int code) { return ImGui::IsKeyPressed(code, true); };
        const Tick now = std::max<Tick>(0, f.state.timeline);
        if (step_key(key::kPeriod)) {
            for (const auto& e : events) {
                if (e.tick > now && lane_of(e)) {
                    target = e.tick;
                    break;
                }
            }
        }
        if (step_key(key::kComma)) {
            for (auto e = events.rbegin(); e != events.rend(); ++e) {
                if (e->tick < now && lane_of(*e)) {
                    target = e->tick;
                    break;
                }
            }
        }
    }
    if (target >= 0) {
        f.state.timeline = std::min(target, last);
        f.out.commands.push_back({Command::Kind::JumpTo, {}, {}, 0.0, f.state.timeline});
    }
    if (nearest != nullptr) {
        auto line = describe(*nearest, words, true);
        if (!line) line = spoken(*nearest, words);
        tip(fmt::format("{}, event {}: {}", clock_text(seconds_of(nearest->tick).value()), nearest->seq,
                        line ? line->text : ""));
    } else {
        tip("Click to see the state at that time. With the keyboard: comma and full stop step through the "
            "events.");
    }
}

} // namespace tb::ui
