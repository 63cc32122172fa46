// After the case: total with its reasons, critical findings, three things to do better, every item with its
// evidence, the needle's path in the picture, and the timeline.
#include <algorithm>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

/// Nearer than this the needle was too close (est.); farther approaches are only told.
constexpr double kClose_mm = 5.0;

/// Index into events by number; numbers count from 0 without gaps.
const events::Event* event_at(const Frame& f, std::int64_t seq) {
    if (f.log() == nullptr) return nullptr;
    const auto& events = f.log()->events();
    return seq >= 0 && seq < static_cast<std::int64_t>(events.size()) ? &events[static_cast<std::size_t>(seq)]
                                                                      : nullptr;
}

void jump(Frame& f, Tick tick) {
    f.state.timeline = tick;
    f.out.commands.push_back({Command::Kind::JumpTo, {}, {}, 0.0, tick});
}

/// Evidence numbers as small buttons that lead to the time of the event.
void evidence_buttons(Frame& f, const std::vector<std::int64_t>& evidence) {
    const Names names{f.model.body, f.model.scenario, f.model.procedure};
    constexpr std::size_t kMost = 8;
    const float right = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
    for (std::size_t i = 0; i < evidence.size() && i < kMost; ++i) {
        const std::string label = fmt::format("{}##e{}", evidence[i], i);
        const float width = text_width(std::to_string(evidence[i])) + 2.0f * ImGui::GetStyle().FramePadding.x;
        if (i > 0) {
            ImGui::SameLine();
            if (ImGui::GetCursorScreenPos().x + width > right) ImGui::NewLine();
        }
        const events::Event* event = event_at(f, evidence[i]);
        if (ImGui::SmallButton(label.c_str()) && event != nullptr) jump(f, event->tick);
        if (event != nullptr) {
            auto line = describe(*event, names, true);
            if (!line) line = spoken(*event, names);
            tip(fmt::format("At {}: {}", clock_text(seconds_of(event->tick).value()),
                            line ? line->text : "event of the log"));
        }
    }
    if (evidence.size() > kMost) {
        ImGui::SameLine();
        text_soft(fmt::format("and {} more", evidence.size() - kMost));
    }
}

Sign sign_of(const scoring::ItemScore& item) {
    const double share = item.of > 0.0 ? item.points / item.of : 1.0;
    if (share >= 0.95) return Sign::Done;
    return share >= 0.45 ? Sign::Caution : Sign::Danger;
}

void item_details(Frame& f, const scoring::ItemScore& item) {
    ImGui::Indent(1.2f * theme::em());
    if (!item.why.empty()) text_wrapped(item.why);
    if (!item.capped.empty()) {
        sign(Sign::Caution);
        text_wrapped(item.capped);
    }
    for (const scoring::Measured& m : item.measures) {
        sign(!m.known          ? Sign::Open
             : m.grade >= 0.95 ? Sign::Done
             : m.grade >= 0.45 ? Sign::Caution
                               : Sign::Danger);
        const std::string unit = m.unit.size() > 12 ? "" : " " + m.unit;
        text_wrapped(m.known ? fmt::format("{}: {:.4g}{}", m.name, m.value, unit)
                             : fmt::format("{}: not done", m.name));
        if (!m.expected.empty()) text_soft_wrapped(m.expected);
    }
    const auto evidence = item.evidence();
    if (!evidence.empty()) {
        text_soft("Events that show it:");
        evidence_buttons(f, evidence);
    }
    ImGui::Unindent(1.2f * theme::em());
}

void items(Frame& f) {
    const scoring::Assessment& a = *f.model.assessment;
    std::string phase;
    for (const scoring::ItemScore& item : a.items) {
        if (item.phase != phase) {
            phase = item.phase;
            std::string title = phase;
            if (f.model.procedure != nullptr) {
                for (const auto& p : f.model.procedure->phases)
                    title = p.id == phase ? p.title : title;
            }
            double points = 0.0, of = 0.0;
            for (const auto& other : a.items) {
                if (other.phase != phase) continue;
                points += other.points;
                of += other.of;
            }
            heading(f.fonts, fmt::format("{}: {:.3g} of {:.3g}", title, points, of));
        }
        ImGui::PushID(item.id.c_str());
        const bool open = f.state.opened_item == item.id;
        const ImVec2 p = ImGui::GetCursorScreenPos();
        const float height = ImGui::GetTextLineHeight(), wide = ImGui::GetContentRegionAvail().x;
        if (ImGui::Selectable("##item", open, 0, {0.0f, height})) f.state.opened_item = open ? "" : item.id;
        tip(item.why);
        ImDrawList* list = ImGui::GetWindowDrawList();
        draw_sign(list, {p.x + 0.5f * height, p.y + 0.5f * height}, 0.36f * height, sign_of(item));
        const std::string points = fmt::format("{:.3g} / {:.3g}", item.points, item.of);
        const float w = text_width(points);
        list->AddText({p.x + 1.3f * height, p.y}, theme::packed(theme::kText),
                      shortened(item.text, wide - w - 2.0f * height).c_str());
        list->AddText({p.x + wide - w, p.y}, theme::packed(theme::kText), points.c_str());
        if (open) item_details(f, item);
        ImGui::PopID();
    }
}

void verdict(Frame& f) {
    const scoring::Assessment& a = *f.model.assessment;
    {
        const theme::UseFont big(f.fonts.numerals);
        text(fmt::format("{:.0f} of 100", a.total));
    }
    ImGui::SameLine(0.0f, theme::em());
    ImGui::BeginGroup();
    sign(a.pass ? Sign::Done : Sign::Danger);
    {
        const theme::UseFont bold(f.fonts.bold);
        text(a.pass ? "Passed" : "Not passed");
    }
    text_soft(fmt::format("Suggested rating {} of 5", a.global_rating));
    ImGui::EndGroup();
    if (!a.pass_reason.empty()) text_wrapped(a.pass_reason);
    draw_next_step(f);
}

void critical(Frame& f) {
    const scoring::Assessment& a = *f.model.assessment;
    if (!a.critical.empty()) {
        heading(f.fonts, "Critical findings");
        for (std::size_t i = 0; i < a.critical.size(); ++i) {
            const scoring::CriticalFinding& c = a.critical[i];
            ImGui::PushID(static_cast<int>(i));
            sign(Sign::Danger);
            text_wrapped(c.detail.empty() ? c.text : fmt::format("{}. {}", c.text, c.detail));
            evidence_buttons(f, c.evidence);
            ImGui::PopID();
        }
    }
    if (!a.near_misses.empty()) {
        heading(f.fonts, "How near the needle came");
        for (std::size_t i = 0; i < a.near_misses.size(); ++i) {
            const scoring::NearMiss& n = a.near_misses[i];
            ImGui::PushID(static_cast<int>(i));
            sign(n.distance_mm <= 0.0         ? Sign::Danger
                 : n.distance_mm <= kClose_mm ? Sign::Caution
                                              : Sign::Info);
            text(
                n.distance_mm <= 0.0
                    ? fmt::format("{}: entered", structure_name(f.model.body, n.structure))
                    : fmt::format("{}: {:.1f} mm", structure_name(f.model.body, n.structure), n.distance_mm));
            if (n.evidence >= 0) ImGui::SameLine();
            if (n.evidence >= 0) evidence_buttons(f, {n.evidence});
            ImGui::PopID();
        }
    }
}

void thresholds(const Frame& f) {
    if (f.log() == nullptr) return;
    const auto readings = scoring::algometer_readings(f.log()->events());
    if (readings.empty()) return;
    heading(f.fonts, "Pressure pain thresholds");
    list_readings(f, readings, true);
}

/// What was looked up; it costs no points, but the score means less with it.
void help(Frame& f) {
    const scoring::Assessment& a = *f.model.assessment;
    if (a.mode == "assessment" && a.help.empty()) return; // none was to be had
    ImGui::Spacing();
    sign(Sign::Hint);
    text_wrapped(scoring::help_sentence(a.help));
    std::vector<std::int64_t> all;
    for (const scoring::Help& h : a.help)
        all.insert(all.end(), h.evidence.begin(), h.evidence.end());
    std::sort(all.begin(), all.end());
    ImGui::PushID("help");
    evidence_buttons(f, all);
    ImGui::PopID();
}

void better(Frame& f) {
    std::vector<const scoring::ItemScore*> lost;
    for (const auto& item : f.model.assessment->items) {
        if (item.of - item.points > 1e-6) lost.push_back(&item);
    }
    std::stable_sort(lost.begin(), lost.end(),
                     [](const auto* x, const auto* y) { return x->of - x->points > y->of - y->points; });
    if (lost.empty()) return;
    heading(f.fonts, lost.size() >= 3 ? "Three things to do better" : "To do better");
    for (std::size_t i = 0; i < std::min<std::size_t>(3, lost.size()); ++i) {
        text_wrapped(fmt::format("{}. {} (lost {:.3g}). {}", i + 1, lost[i]->text,
                                 lost[i]->of - lost[i]->points, lost[i]->why));
    }
}

void questions(Frame& f) {
    if (f.model.scenario == nullptr || f.model.scenario->debrief.empty()) return;
    heading(f.fonts, "Talk about it");
    for (const std::string& q : f.model.scenario->debrief) {
        sign(Sign::Info);
        text_wrapped(q);
    }
}

void top(Frame& f) {
    ImGui::SetCursorPosY(0.5f * (f.area.height - ImGui::GetFrameHeight()));
    if (button("Start page", "", "", "")) f.command(Command::Kind::GoHome);
    ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    {
        const theme::UseFont bold(f.fonts.bold);
        const std::string title =
            f.model.scenario != nullptr ? "Debrief: " + f.model.scenario->title : "Debrief";
        text(shortened(title, ImGui::GetContentRegionAvail().x - 26.0f * theme::em()));
    }
    const float padding = 2.0f * ImGui::GetStyle().FramePadding.x, gap = ImGui::GetStyle().ItemSpacing.x;
    float right = 0.0f;
    for (const char* label : {"Try again from here", "Save report", "Anatomy"})
        right += ImGui::CalcTextSize(label).x + padding + gap;
    ImGui::SameLine(ImGui::GetWindowWidth() - right - ImGui::GetStyle().WindowPadding.x + gap);
    const std::string no_again = !f.model.mode.rewind   ? "not in an assessment."
                                 : f.state.timeline < 0 ? "choose a time on the timeline first."
                                                        : "";
    if (button("Try again from here", no_again,
               "A new try that begins at the chosen time. The old log stays.", "")) {
        f.out.commands.push_back({Command::Kind::RepeatFrom, {}, {}, 0.0, f.state.timeline});
    }
    ImGui::SameLine();
    if (button("Save report", f.model.assessment == nullptr ? "there is no score yet." : "",
               f.model.report_path.empty() ? "Writes the report." : "Written to " + f.model.report_path, "",
               {{}, true, false})) {
        f.command(Command::Kind::SaveReport);
    }
    ImGui::SameLine();
    if (button("Anatomy", f.model.body == nullptr ? "the body is not loaded." : "", "", ""))
        open_screen(f, Screen::Anatomy);
}

} // namespace

void draw_debrief(Frame& f) {
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float em = theme::em(), bar = 2.6f * em;
    const float left = std::min(0.44f * size.x, 34.0f * em), below = std::min(11.5f * em, 0.38f * size.y);
    f.area = {0.0f, 0.0f, size.x, bar};
    begin_panel("##dtop", f.area, theme::kCard, ImGuiWindowFlags_NoScrollbar);
    top(f);
    ImGui::End();
    f.area = {0.0f, bar, left, size.y - bar};
    begin_panel("##score", f.area, theme::kPanel);
    if (f.model.assessment == nullptr) {
        text_soft_wrapped(f.model.status.empty() ? "The score is not computed yet." : f.model.status);
    } else {
        verdict(f);
        const theme::UseFont small(f.fonts.small);
        critical(f);
        help(f);
        thresholds(f);
        better(f);
        items(f);
        questions(f);
    }
    ImGui::End();
    f.area = {left, size.y - below, size.x - left, below};
    begin_panel("##timeline", f.area, theme::kPanel);
    {
        const theme::UseFont small(f.fonts.small);
        draw_layer_controls(f, false);
        draw_timeline(f, ImGui::GetContentRegionAvail().x, ImGui::GetContentRegionAvail().y);
    }
    ImGui::End();
    f.out.view = {left, bar, size.x - left, size.y - bar - below};
    read_camera(f);
}

} // namespace tb::ui
