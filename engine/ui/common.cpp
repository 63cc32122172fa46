// What several panels need: action buttons, conversation, running activities, names, and the memory of a
// session's events.
#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

constexpr std::size_t kFeedLines = 200, kSpeechLines = 60;
/// The chart shows this much; one sample every 6 ticks is 20 a second.
constexpr std::size_t kChartSamples = 240;
constexpr Tick kTicksPerSample = 6;

void keep(std::vector<FeedLine>& lines, FeedLine line, std::size_t most) {
    lines.push_back(std::move(line));
    if (lines.size() > most)
        lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(lines.size() - most));
}

/// What the tool in hand is for; empty with free hands.
std::string_view phase_of_tool(const session::SimState& sim) {
    switch (sim.tool) {
    case events::Tool::None:
        return {};
    case events::Tool::Finger:
        return sim.procedure.facts().injection_out ? "after-needle" : "locate";
    case events::Tool::Pen:
    case events::Tool::Algometer:
        return "locate";
    case events::Tool::Swab:
        return "clean";
    case events::Tool::Spray:
    case events::Tool::WhealNeedle:
        return "anaesthesia";
    case events::Tool::Needle:
        return "inject";
    case events::Tool::Gauze:
        return "after-needle";
    }
    return {};
}

/// A stroking finger meets the same band many times a second; once in a few lines is enough to read.
bool told_lately(const std::vector<FeedLine>& feed, const FeedLine& line) {
    const std::size_t n = feed.size(), back = line.sign == Sign::Info ? 4 : 1;
    return std::any_of(feed.end() - static_cast<std::ptrdiff_t>(std::min(n, back)), feed.end(),
                       [&](const FeedLine& l) { return l.text == line.text; });
}

void sample_chart(Shell::State& state, const session::SimState& sim) {
    if (state.last_sample < 0 || sim.now < state.last_sample) {
        state.last_sample = sim.now;
        state.chart.clear();
    }
    // A long jump (fast forward) need not be drawn sample by sample.
    const Tick missed = (sim.now - state.last_sample) / kTicksPerSample;
    if (missed > static_cast<Tick>(kChartSamples))
        state.last_sample = sim.now - kTicksPerSample * static_cast<Tick>(kChartSamples);
    while (state.last_sample + kTicksPerSample <= sim.now) {
        state.last_sample += kTicksPerSample;
        ChartSample c;
        if (sim.finger.touching) {
            c.press_N = static_cast<float>(sim.finger.press_N);
            c.stiffness = static_cast<float>(sim.finger.stiffness_N_per_mm);
            c.band = static_cast<float>(sim.finger.band_shown);
        } else if (sim.algometer.touching) {
            c.press_N = static_cast<float>(sim.algometer.press_N);
        }
        c.pain =
            static_cast<float>(sim.finger.touching ? std::max(sim.finger.pain, sim.pain_now) : sim.pain_now);
        c.needle_N = static_cast<float>(sim.needle.force_N);
        state.chart.push_back(c);
        if (state.chart.size() > kChartSamples) state.chart.pop_front();
    }
}

} // namespace

std::string Frame::why_not(const events::Action& action) const {
    if (model.session == nullptr) return "No case is running.";
    return model.session->would_accept(action).value_or("");
}

void focus_if_chosen(const Frame& f, KeyTarget target) {
    if (f.state.keys_changed && f.state.keys == target) ImGui::SetWindowFocus();
}

void words_on_picture(const Frame& f, const std::string& words, bool at_right, float widest) {
    const Rect& v = f.out.view;
    const float em = theme::em();
    ImFont* font = f.fonts.small != nullptr ? f.fonts.small : ImGui::GetFont();
    const float w = font->CalcTextSizeA(font->FontSize, 1e9f, 0.0f, words.c_str()).x;
    if (w > widest * v.width) return;
    const ImVec2 p{at_right ? v.x + v.width - w - 0.6f * em : v.x + 0.6f * em, v.y + v.height - 1.4f * em};
    ImDrawList* list = ImGui::GetBackgroundDrawList();
    list->AddRectFilled({p.x - 0.4f * em, p.y - 0.15f * em}, {p.x + w + 0.4f * em, p.y + 1.1f * em},
                        theme::packed(theme::kPanel, 0.85f), 0.25f * em);
    list->AddText(font, font->FontSize, p, theme::packed(theme::kTextSoft), words.c_str());
}

bool action_button(Frame& f, const char* label, const events::Action& action, std::string_view tooltip,
                   std::string_view key_name, bool strong, bool chosen, float width) {
    ButtonLook look;
    look.size.x = width;
    look.strong = strong;
    look.chosen = chosen;
    if (!button(label, f.why_not(action), tooltip, key_name, look)) return false;
    f.act(action);
    return true;
}

void conversation(Frame& f, const std::vector<std::string>& steps) {
    const session::SimState* sim = f.sim();
    if (f.model.scenario == nullptr || sim == nullptr) return;
    for (const std::string& step : steps) {
        bool headed = false;
        for (const scenario::Topic& topic : f.model.scenario->tables.topics) {
            if (topic.step != step) continue;
            if (!headed) {
                heading(f.fonts, fmt::format("Say: {}", step_title(f.model.procedure, step)));
                headed = true;
            }
            const bool said = sim->said.contains(topic.id);
            ImGui::PushID(topic.id.c_str());
            const float height = ImGui::GetTextLineHeight();
            const float wide = ImGui::GetContentRegionAvail().x, left = 1.4f * height;
            const ImVec2 size =
                ImGui::CalcTextSize(topic.says.c_str(), nullptr, false, wide - left - 0.4f * height);
            const ImVec2 p = ImGui::GetCursorScreenPos();
            const events::Action say = events::Say{topic.id};
            const std::string off = f.why_not(say);
            if (ImGui::Selectable("##say", false, 0, {wide, size.y + 0.2f * height}) && off.empty())
                f.act(say);
            tip(off.empty() ? (said ? "You have said this. You may say it again." : "")
                            : std::string_view(off));
            ImDrawList* list = ImGui::GetWindowDrawList();
            draw_sign(list, {p.x + 0.5f * height, p.y + 0.6f * height}, 0.34f * height,
                      said ? Sign::Done : Sign::Open);
            list->AddText(ImGui::GetFont(), ImGui::GetFontSize(), {p.x + left, p.y + 0.1f * height},
                          theme::packed(said ? theme::kTextSoft : theme::kText), topic.says.c_str(), nullptr,
                          wide - left - 0.4f * height);
            ImGui::PopID();
        }
    }
}

void running_activity(Frame& f, double needed_s) {
    const session::SimState* sim = f.sim();
    if (sim == nullptr || sim->activity.empty()) return;
    const double ran = seconds_of(sim->now - sim->activity_start).value();
    const std::string words =
        needed_s > 0.0 ? fmt::format("{}: {:.0f} s of {:.0f} s", activity_name(sim->activity), ran, needed_s)
                       : fmt::format("{}: {:.0f} s", activity_name(sim->activity), ran);
    progress(needed_s > 0.0 ? static_cast<float>(ran / needed_s) : 0.0f, words, {});
    action_button(f, "Stop", events::EndActivity{}, "Ends what you are doing now.");
    f.out.wants_redraw = true;
}

void fast_forward_button(Frame& f, double seconds, const char* label) {
    if (!f.model.mode.fast_forward) return;
    action_button(f, label, events::FastForward{Seconds(seconds)},
                  "Lets this time pass at once. Practice and demonstration only; it is noted in the log.");
}

std::string structure_name(const anatomy::Body* body, std::string_view id) {
    if (body != nullptr) {
        const anatomy::Atlas& atlas = body->atlas();
        for (const char* side : {"", "_r", "_l"}) {
            const StructureId found = atlas.find(std::string(id) + side);
            if (found.valid()) return atlas.structure(found).name;
        }
    }
    std::string words(id);
    std::replace(words.begin(), words.end(), '_', ' ');
    std::replace(words.begin(), words.end(), '-', ' ');
    return words;
}

std::string in_sentence(std::string name) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const bool word = name.size() > 1 && upper(name[0]) && name[1] >= 'a' && name[1] <= 'z';
    if (word) name[0] = static_cast<char>(name[0] - 'A' + 'a');
    return name;
}

std::string step_title(const procedure::Procedure* procedure, std::string_view id) {
    const procedure::Step* step = procedure != nullptr ? procedure->step(id) : nullptr;
    return step != nullptr ? step->title : std::string(id);
}

std::string_view activity_name(std::string_view activity) {
    if (activity == "hand_rub") return "Alcohol hand rub";
    if (activity == "hand_wash") return "Hand wash";
    if (activity == "stopper_rub") return "Rubbing the vial stopper";
    if (activity == "gauze_pressure") return "Firm pressure with gauze";
    if (activity == "stretch") return "Stretch through the full range";
    if (activity == "observe") return "Observation";
    if (activity == "fix_band") return "Band held between two fingers";
    return activity;
}

std::string_view posture_name(events::Posture posture) {
    switch (posture) {
    case events::Posture::Sitting:
        return "sitting";
    case events::Posture::Prone:
        return "lying prone";
    case events::Posture::Supine:
        return "lying supine";
    case events::Posture::SideLyingLeft:
        return "lying on the left side";
    case events::Posture::SideLyingRight:
        return "lying on the right side";
    }
    return "";
}

std::string_view tool_name(events::Tool tool) {
    switch (tool) {
    case events::Tool::None:
        return "Look";
    case events::Tool::Finger:
        return "Finger";
    case events::Tool::Pen:
        return "Pen";
    case events::Tool::Swab:
        return "Swab";
    case events::Tool::Spray:
        return "Spray";
    case events::Tool::WhealNeedle:
        return "Wheal";
    case events::Tool::Needle:
        return "Needle";
    case events::Tool::Gauze:
        return "Gauze";
    case events::Tool::Algometer:
        return "Algometer";
    }
    return "";
}

std::string current_phase(const Frame& f) {
    if (f.model.procedure == nullptr) return {};
    if (!f.state.phase.empty()) return f.state.phase;
    if (const session::SimState* sim = f.sim()) {
        if (const std::string_view phase = phase_of_tool(*sim); !phase.empty()) return std::string(phase);
        const procedure::Step* step = f.model.procedure->step(sim->procedure.next_step());
        if (step != nullptr) return step->phase;
    }
    return f.model.procedure->phases.empty() ? "" : f.model.procedure->phases.back().id;
}

std::string why_not_begin(const Frame& f) {
    return f.model.status.empty() ? "" : "the patient is being prepared.";
}

void refuse(Frame& f, std::string sentence) {
    f.out.refused = sentence;
    FeedLine line;
    line.sign = Sign::Refused;
    line.text = std::move(sentence);
    if (const session::SimState* sim = f.sim()) line.tick = sim->now;
    if (!told_lately(f.state.feed, line)) keep(f.state.feed, std::move(line), kFeedLines);
}

bool may_show_points(const Frame& f) {
    const bool in_case =
        f.model.session != nullptr &&
        (f.state.screen == Screen::Case || (f.state.kept_view && f.state.before == Screen::Case));
    return !in_case || f.model.mode.points;
}

void follow_session(Frame& f) {
    Shell::State& state = f.state;
    const session::Session* session = f.model.session;
    const bool other = session != state.followed ||
                       (session != nullptr && session->log().events().size() < state.seen_events);
    if (other) {
        state.followed = session;
        state.seen_events = 0;
        state.feed.clear();
        state.speech.clear();
        state.chart.clear();
        state.readings.clear();
        state.last_sample = -1;
        state.phase.clear();
        state.hint.clear();
        state.x_ray = state.pushing = state.pulling = false;
        state.sight = events::Sight::Blind;
        state.explored_from.reset();
        state.pad.reset();
        state.probe_pad.reset();
    }
    if (session == nullptr) return;
    const Names names{f.model.body, f.model.scenario, f.model.procedure};
    const auto& events = session->log().events();
    for (; state.seen_events < events.size(); ++state.seen_events) {
        const events::Event& event = events[state.seen_events];
        if (const auto* hint = event.get<events::HintGiven>()) {
            state.hint = hint->text;
            state.hint_at = event.tick;
        }
        if (event.get<events::StepDone>() != nullptr) state.hint.clear();
        if (const auto* help = event.get<events::HelpUsed>())
            state.sight = events::sight_of(help->what).value_or(state.sight);
        if (event.get<events::PressureThreshold>() != nullptr)
            state.readings = scoring::algometer_readings(events);
        if (auto words = spoken(event, names)) keep(state.speech, std::move(*words), kSpeechLines);
        if (event.get<events::PatientSaid>() != nullptr) continue; // stands beside the face already
        if (auto line = describe(event, names, f.model.mode.immediate_feedback)) {
            if (!told_lately(state.feed, *line)) keep(state.feed, std::move(*line), kFeedLines);
        }
    }
    sample_chart(state, session->state());
}

} // namespace tb::ui
