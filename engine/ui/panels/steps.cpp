// Left: the ten phases, the open one with its steps; below, what just happened.
#include <algorithm>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

struct Count {
    int done = 0, all = 0;
};

Count count(const procedure::Procedure& procedure, const procedure::Phase& phase,
            const std::set<std::string>& done) {
    Count c;
    for (const std::string& id : phase.steps) {
        const procedure::Step* step = procedure.step(id);
        if (step != nullptr && step->optional && !done.contains(id))
            continue; // what may be left out is not missing
        ++c.all;
        c.done += done.contains(id) ? 1 : 0;
    }
    return c;
}

void draw_step(const Frame& f, const std::string& id, bool done, bool next) {
    const procedure::Step* step = f.model.procedure->step(id);
    const std::string title = step != nullptr ? step->title : id;
    ImGui::Indent(0.9f * theme::em());
    sign(next ? Sign::Current : done ? Sign::Done : Sign::Open);
    ImGui::PushStyleColor(ImGuiCol_Text, next ? theme::kText : done ? theme::kTextSoft : theme::kTextOff);
    const std::string words = step != nullptr && step->optional ? title + " (optional)" : title;
    const float room = ImGui::GetContentRegionAvail().x;
    text(shortened(words, room));
    ImGui::PopStyleColor();
    if (step != nullptr) {
        tip(fmt::format("{} ({})\n{}", title, done ? "done" : next ? "now" : "to do", step->instruction));
    }
    ImGui::Unindent(0.9f * theme::em());
}

} // namespace

void draw_steps(Frame& f) {
    const session::SimState* sim = f.sim();
    if (f.model.procedure == nullptr || sim == nullptr) {
        text_soft_wrapped("The steps appear here when a case is running.");
        return;
    }
    const auto& done = sim->procedure.steps_done();
    const std::string next = sim->procedure.next_step(), open = current_phase(f);
    const procedure::Step* next_step = f.model.procedure->step(next);
    {
        const theme::UseFont small(f.fonts.small);
        if (f.state.phase.empty()) {
            text_soft("Follows the procedure");
        } else if (ImGui::SmallButton("Back to the current step")) {
            f.state.phase.clear();
        }
    }
    const theme::UseFont small(f.fonts.small);
    for (std::size_t i = 0; i < f.model.procedure->phases.size(); ++i) {
        const procedure::Phase& phase = f.model.procedure->phases[i];
        const Count c = count(*f.model.procedure, phase, done);
        const bool current = next_step != nullptr && next_step->phase == phase.id, shown = phase.id == open;
        ImGui::PushID(static_cast<int>(i));
        const ImVec2 p = ImGui::GetCursorScreenPos();
        const float height = ImGui::GetTextLineHeight(), wide = ImGui::GetContentRegionAvail().x;
        if (ImGui::Selectable("##phase", shown, 0, {0.0f, height})) f.state.phase = current ? "" : phase.id;
        tip(phase.goal);
        const Sign state = c.done == c.all ? Sign::Done : current ? Sign::Current : Sign::Open;
        ImDrawList* list = ImGui::GetWindowDrawList();
        draw_sign(list, {p.x + 0.5f * height, p.y + 0.5f * height}, 0.36f * height, state);
        const std::string share = fmt::format("{}/{}", c.done, c.all);
        const float w = text_width(share);
        const std::string title =
            shortened(fmt::format("{} {}", i + 1, phase.title), wide - 1.3f * height - w - 0.4f * height);
        list->AddText({p.x + 1.3f * height, p.y},
                      theme::packed(current || shown ? theme::kText : theme::kTextSoft), title.c_str());
        list->AddText({p.x + wide - w, p.y}, theme::packed(theme::kTextSoft), share.c_str());
        if (shown) {
            for (const std::string& step : phase.steps)
                draw_step(f, step, done.contains(step), step == next);
        }
        ImGui::PopID();
    }
}

void draw_feed(Frame& f) {
    const theme::UseFont small(f.fonts.small);
    {
        const theme::UseFont bold(f.fonts.bold);
        text("What just happened");
    }
    if (f.state.feed.empty()) {
        text_soft_wrapped("Everything you do and find is told here, newest first.");
        return;
    }
    const auto from = f.state.feed.size() > 30 ? f.state.feed.size() - 30 : 0;
    for (std::size_t i = f.state.feed.size(); i > from; --i) {
        const FeedLine& line = f.state.feed[i - 1];
        const bool newest = i == f.state.feed.size();
        sign(line.sign);
        ImGui::PushStyleColor(ImGuiCol_Text, newest ? theme::kText : theme::kTextSoft);
        text_wrapped(line.text);
        ImGui::PopStyleColor();
        const std::string at = clock_text(seconds_of(line.tick).value());
        tip(line.seq < 0 ? fmt::format("At {}; not in the log.", at)
                         : fmt::format("At {}, event {} of the log.", at, line.seq));
    }
}

} // namespace tb::ui
