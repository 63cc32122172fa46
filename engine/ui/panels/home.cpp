// Start page: cases, mode, and what an interrupted run left.
#include <algorithm>

#include <fmt/format.h>

#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

struct Mode {
    const char* id;
    const char* label;
    const char* what;
};
constexpr Mode kModes[] = {
    {"practice", "Practice", "Hints, pause, x-ray look and fast-forward. Mistakes are explained at once."},
    {"demo", "Demonstration", "For showing a class: everything of practice, weighted for discussion."},
    {"assessment", "Assessment", "No help, no pause, no feedback until the end. Scored as an examination."},
};

const char* level_word(int level) {
    constexpr const char* kWords[] = {"level 1, easy", "level 2, moderate", "level 3, demanding",
                                      "level 4, hard"};
    return kWords[std::clamp(level, 1, 4) - 1];
}

bool offers_ladder(const std::string& mode) {
    const auto rules = training::mode_rules(mode);
    return rules && rules->ladder;
}

void draw_recoverable(Frame& f) {
    if (!f.model.recoverable) return;
    const Recoverable& r = *f.model.recoverable;
    ImGui::PushStyleColor(ImGuiCol_ChildBg, theme::kCard);
    ImGui::PushStyleColor(ImGuiCol_Border, theme::kCaution);
    const float lines = r.note.empty() ? 2.0f : 3.0f;
    const float height = lines * ImGui::GetTextLineHeightWithSpacing() + ImGui::GetFrameHeight() +
                         2.0f * ImGui::GetStyle().WindowPadding.y;
    const bool open = ImGui::BeginChild("##recover", {0.0f, height}, true);
    ImGui::PopStyleColor(2);
    if (open) {
        sign(Sign::Caution);
        {
            const theme::UseFont bold(f.fonts.bold);
            text("A case was interrupted. Nothing you did is lost.");
        }
        text_soft(fmt::format("{}, {}, {} of simulated time{}", r.case_title, r.mode, clock_text(r.seconds),
                              r.created.empty() ? "" : ", begun " + r.created));
        if (!r.note.empty()) text_soft(r.note);
        if (button("Resume", r.can_resume ? why_not_begin(f) : "this log can only be scored.",
                   "Goes on where it stopped.", "", {{}, true, false})) {
            f.command(Command::Kind::Resume);
        }
        ImGui::SameLine();
        if (button("Score it as it is", why_not_begin(f), "Opens the debrief of what was done.", ""))
            f.command(Command::Kind::ScoreRecovered);
        ImGui::SameLine();
        if (button("Put aside", why_not_begin(f), "Keeps the file, and does not ask again.", ""))
            f.command(Command::Kind::Discard);
    }
    ImGui::EndChild();
    ImGui::Spacing();
}

void draw_cases(Frame& f, float height) {
    if (ImGui::BeginChild("##cases", {0.0f, height})) {
        if (f.model.cases.empty())
            text_soft_wrapped("No cases were found. The scenes folder is missing or empty.");
        for (const CaseRow& row : f.model.cases) {
            const bool chosen = row.id == f.state.chosen_case;
            ImGui::PushID(row.id.c_str());
            const float wide = ImGui::GetContentRegionAvail().x, pad = 0.6f * theme::em();
            const ImVec2 size = ImGui::CalcTextSize(row.summary.c_str(), nullptr, false, wide - 2.0f * pad);
            const float line = ImGui::GetTextLineHeight(), tall = line + size.y + 2.4f * pad;
            const ImVec2 p = ImGui::GetCursorScreenPos();
            if (ImGui::InvisibleButton("##case", {wide, tall})) f.state.chosen_case = row.id;
            const bool hovered = ImGui::IsItemHovered();
            ImDrawList* list = ImGui::GetWindowDrawList();
            list->AddRectFilled(p, {p.x + wide, p.y + tall},
                                theme::packed(hovered ? theme::kRaised : theme::kCard), 0.3f * pad);
            list->AddRect(p, {p.x + wide, p.y + tall}, theme::packed(chosen ? theme::kAccent : theme::kLine),
                          0.3f * pad, 0, chosen ? 2.0f : 1.0f);
            if (chosen)
                list->AddRectFilled(p, {p.x + 0.5f * pad, p.y + tall}, theme::packed(theme::kAccent),
                                    0.2f * pad);
            if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible)
                list->AddRect({p.x + 2.0f, p.y + 2.0f}, {p.x + wide - 2.0f, p.y + tall - 2.0f},
                              theme::packed(theme::kFocus), 0.3f * pad, 0, 2.0f);
            ImFont* bold = f.fonts.bold != nullptr ? f.fonts.bold : ImGui::GetFont();
            list->AddText(bold, bold->FontSize, {p.x + 1.2f * pad, p.y + pad}, theme::packed(theme::kText),
                          row.title.c_str());
            const char* level = level_word(row.level);
            list->AddText({p.x + wide - pad - ImGui::CalcTextSize(level).x, p.y + pad},
                          theme::packed(theme::kTextSoft), level);
            list->AddText(ImGui::GetFont(), ImGui::GetFontSize(), {p.x + 1.2f * pad, p.y + 1.4f * pad + line},
                          theme::packed(theme::kTextSoft), row.summary.c_str(), nullptr, wide - 2.0f * pad);
            ImGui::PopID();
        }
    }
    ImGui::EndChild();
}

} // namespace

void draw_home(Frame& f) {
    Shell::State& s = f.state;
    if (s.chosen_case.empty() && !f.model.cases.empty()) s.chosen_case = f.model.cases.front().id;
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float em = theme::em(), wide = std::min(size.x, 52.0f * em);
    ImGui::GetBackgroundDrawList()->AddRectFilled({0.0f, 0.0f}, size, theme::packed(theme::kBackdrop));
    begin_panel("##home", {0.5f * (size.x - wide), 0.0f, wide, size.y}, theme::kBackdrop);
    ImGui::Dummy({0.0f, 0.6f * em});
    {
        const theme::UseFont big(f.fonts.numerals);
        text("Tautband");
    }
    text_soft("Trigger point injection, step by step. For education, not medical advice.");
    ImGui::Spacing();
    draw_recoverable(f);
    heading(f.fonts, "Choose a patient");
    const float rows = offers_ladder(s.chosen_mode) ? 1.0f : 0.0f; // of how much is seen
    const float below = (3.0f + rows) * ImGui::GetFrameHeightWithSpacing() +
                        (3.4f + rows) * ImGui::GetTextLineHeightWithSpacing();
    draw_cases(f, std::max(6.0f * em, ImGui::GetContentRegionAvail().y - below));
    heading(f.fonts, "Choose a mode");
    for (const Mode& m : kModes) {
        if (&m != kModes) ImGui::SameLine();
        if (button(m.label, "", m.what, "", {{}, false, s.chosen_mode == m.id})) s.chosen_mode = m.id;
    }
    for (const Mode& m : kModes) {
        if (s.chosen_mode == m.id) text_soft_wrapped(m.what);
    }
    const bool ladder = offers_ladder(s.chosen_mode);
    if (ladder) draw_sight_choice(f);
    ImGui::Spacing();
    if (f.model.progress >= 0.0f) {
        progress(f.model.progress, f.model.status, {});
    } else {
        const std::string none = s.chosen_case.empty() ? "choose a patient first." : why_not_begin(f);
        if (button("Start", none, "", "", {{8.0f * em, 0.0f}, true, false})) {
            f.command(Command::Kind::StartCase, s.chosen_case, s.chosen_mode);
            if (ladder) f.out.commands.back().sight = s.chosen_sight;
        }
        ImGui::SameLine();
        if (button("Anatomy", f.model.body == nullptr ? "the body is not loaded." : "",
                   "Browse and peel the body.", ""))
            open_screen(f, Screen::Anatomy);
        ImGui::SameLine();
        if (button("About", "", "Licence, sources, keys.", "")) open_screen(f, Screen::About);
        ImGui::SameLine();
        if (button("Text smaller", f.model.scale <= kLowestScale ? "this is the smallest." : "", "",
                   "Ctrl -")) {
            f.out.commands.push_back({Command::Kind::SetScale,
                                      {},
                                      {},
                                      static_cast<double>(std::max(kLowestScale, f.model.scale - 0.1f)),
                                      0});
        }
        ImGui::SameLine();
        if (button("Text larger", f.model.scale >= kHighestScale ? "this is the largest." : "",
                   "For lecture halls.", "Ctrl =")) {
            f.out.commands.push_back({Command::Kind::SetScale,
                                      {},
                                      {},
                                      static_cast<double>(std::min(kHighestScale, f.model.scale + 0.1f)),
                                      0});
        }
        ImGui::SameLine();
        if (button(f.model.fullscreen ? "Window" : "Full screen", "", "", "F11"))
            f.command(Command::Kind::ToggleFullscreen);
        ImGui::SameLine();
        if (button("Quit", "", "", "")) f.command(Command::Kind::Quit);
        if (!f.model.status.empty()) text_soft(f.model.status);
    }
    ImGui::End();
}

} // namespace tb::ui
