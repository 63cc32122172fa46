// Find the point: candidate muscles, palpation, confirmation, what lies near, mark.
#include <algorithm>
#include <cctype>
#include <tuple>

#include <fmt/format.h>
#include <imgui.h>

#include <imgui_stdlib.h>

#include "procedure/words.h"
#include "ui/frame.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

namespace words = procedure::words;

struct Choice {
    std::string id, name;
};

/// Structures that pass `wanted`, each once whatever its sides, by name.
template <class Wanted>
std::vector<Choice> choices(const anatomy::Body* body, Wanted wanted) {
    std::vector<Choice> out;
    if (body == nullptr) return out;
    for (const anatomy::Structure& s : body->atlas().catalogue().structures) {
        if (s.side != anatomy::Side::Left && wanted(s))
            out.push_back({std::string(anatomy::without_side(s.id)), s.name});
    }
    std::sort(out.begin(), out.end(), [](const Choice& a, const Choice& b) {
        return std::tie(a.name, a.id) < std::tie(b.name, b.id);
    });
    return out;
}

bool contains(std::string_view text, std::string_view part) {
    return std::search(text.begin(), text.end(), part.begin(), part.end(), [](char a, char b) {
               return std::tolower(static_cast<unsigned char>(a)) ==
                      std::tolower(static_cast<unsigned char>(b));
           }) != text.end();
}

/// A combo box with a filter that declares the chosen structure.
void declare_combo(Frame& f, const char* id, const char* prompt, std::string_view what,
                   const std::vector<Choice>& from, const std::set<std::string>& stated) {
    ImGui::SetNextItemWidth(-1.0f);
    if (!ImGui::BeginCombo(id, prompt, ImGuiComboFlags_HeightLarge)) return;
    if (ImGui::IsWindowAppearing()) {
        f.state.search.clear();
        ImGui::SetKeyboardFocusHere();
    }
    ImGui::SetNextItemWidth(-1.0f);
    ImGui::InputTextWithHint("##filter", "type a part of the name", &f.state.search);
    for (const Choice& c : from) {
        if (!contains(c.name, f.state.search)) continue;
        ImGui::PushID(c.id.c_str());
        if (ImGui::Selectable(c.name.c_str(), stated.contains(c.id)))
            f.act(events::Declare{std::string(what), c.id});
        ImGui::PopID();
    }
    ImGui::EndCombo();
}

void list_stated(const Frame& f, const std::set<std::string>& stated) {
    for (const std::string& id : stated) {
        sign(Sign::Done);
        text_wrapped(structure_name(f.model.body, id));
    }
}

} // namespace

void draw_locate(Frame& f) {
    const session::SimState& s = *f.sim();
    const procedure::Facts& facts = s.procedure.facts();
    const float wide = ImGui::GetContentRegionAvail().x;

    heading(f.fonts, "Which muscle? (best guess first)");
    declare_combo(
        f, "##candidate", "choose a candidate muscle", words::kCandidateMuscle,
        choices(f.model.body, [](const anatomy::Structure& x) { return x.kind == StructureKind::Muscle; }),
        facts.candidates);
    list_stated(f, facts.candidates);

    heading(f.fonts, "Palpate");
    if (s.tool != events::Tool::Finger) {
        action_button(f, "Take the examining finger", events::SelectTool{events::Tool::Finger}, "", "2",
                      true);
    } else {
        action_button(f, "Flat", events::SetGrip{false}, "One pad presses and strokes across the fibres.",
                      "G", false, !s.finger.pincer);
        ImGui::SameLine();
        action_button(f, "Pincer", events::SetGrip{true},
                      "Lift the fold between thumb and fingers and roll it.", "G", false, s.finger.pincer);
        const double kg = s.finger.touching ? s.finger.press_N / kNewtonPerKilogram : 0.0;
        gauge("Pressure", kg, {0.0, 6.0, 1.5, 4.0},
              s.finger.touching ? fmt::format("{:.1f} kg", kg) : "not touching", wide);
        tip("Hatched: 1.5 to 4 kg, enough to feel through fat and muscle without bruising.");
        value_line("Tenderness", s.finger.touching ? fmt::format("{:.0f} of 10", s.finger.pain) : "–");
        if (s.finger.touching && s.finger.hold_start >= 0) {
            const double held = seconds_of(s.now - s.finger.hold_start).value();
            progress(static_cast<float>(held / 10.0),
                     fmt::format("Held {:.1f} s (5 to 10 s for referral)", held), {});
        } else {
            text_soft_wrapped("Stroke 5 to 10 mm at a time across the fibres. Where a band and a sore spot "
                              "meet, hold 5 to 10 s with more than 1 kg.");
        }
    }
    conversation(f, {"history-map", "palpate", "confirm"});
    if (facts.criteria > 0) {
        sign(Sign::Done);
        text(fmt::format("{} of 4 criteria met at one spot", facts.criteria));
        tip("Band, sore spot, referred sensation, recognised pain.");
    }

    draw_algometer(f);

    heading(f.fonts, "What lies near and must be spared?");
    declare_combo(f, "##risk", "name a structure at risk", words::kStructureAtRisk,
                  choices(f.model.body, [](const anatomy::Structure& x) { return is_hazard(x.kind); }),
                  facts.risks);
    list_stated(f, facts.risks);

    heading(f.fonts, "Mark");
    if (s.tool != events::Tool::Pen) {
        action_button(f, "Take the skin pen", events::SelectTool{events::Tool::Pen}, "", "3");
    } else if (s.pose) {
        action_button(f, "Mark here", events::Mark{s.pose->tip}, "Marks the skin under the pen.", "M", true);
    } else {
        text_soft("Point at the place with the pen.");
    }
    value_line("Mark on the skin", s.mark ? "yes" : "none yet");
    conversation(f, {"risk-name", "mark"});
}

} // namespace tb::ui
