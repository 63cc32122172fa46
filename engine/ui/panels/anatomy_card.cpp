// What is known about the chosen structure or trigger point.
#include <algorithm>

#include <fmt/format.h>

#include "ui/panels/anatomy.h"
#include "ui/theme.h"
#include "view/groups.h"

namespace tb::ui::anatomy_screen {
namespace {

void known(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    text_soft(name);
    text_wrapped(value);
}

/// Right | Left, where the structure is paired.
void side_choice(Frame& f, StructureId id) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const anatomy::Structure& s = atlas.structure(id);
    const StructureId twin = view::other_side(atlas, id);
    if (!twin.valid()) {
        value_line("Side", anatomy::name_of(s.side));
        return;
    }
    for (const anatomy::Side side : {anatomy::Side::Right, anatomy::Side::Left}) {
        if (side == anatomy::Side::Left) ImGui::SameLine();
        if (ImGui::RadioButton(side == anatomy::Side::Right ? "Right" : "Left", s.side == side) &&
            s.side != side)
            select(f, twin, true);
    }
}

/// What Isolate, Hide and Fade mean.
void scope_choice(Frame& f, StructureId id) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const std::string words[] = {"this structure", "both sides", view::group_of(atlas, id),
                                 std::string(view::system_of(atlas.structure(id).kind).name)};
    const auto now = static_cast<std::size_t>(f.state.anatomy.scope);
    ImGui::AlignTextToFramePadding();
    text_soft("Tools act on");
    ImGui::SameLine();
    ImGui::SetNextItemWidth(-1.0f);
    if (ImGui::BeginCombo("##scope", words[now].c_str())) {
        for (std::size_t i = 0; i < std::size(words); ++i) {
            const auto scope = static_cast<view::Scope>(i);
            if (scope == view::Scope::BothSides && !view::other_side(atlas, id).valid()) continue;
            const std::string label =
                fmt::format("{} ({})###{}", words[i], view::members(atlas, id, scope).size(), i);
            if (ImGui::Selectable(label.c_str(), i == now)) f.state.anatomy.scope = scope;
        }
        ImGui::EndCombo();
    }
    tip("What Isolate, Hide and Fade apply to.");
}

std::string areas(const anatomy::Atlas& atlas, const std::vector<std::string>& zones) {
    std::string words;
    for (const std::string& id : zones) {
        const anatomy::ReferralZone* zone = atlas.referral_zone(id);
        words += (words.empty() ? "" : "; ") + (zone != nullptr ? zone->name : id);
    }
    return words;
}

/// Catalogue ids without side as names; other words as they are.
std::string names(const Frame& f, const std::vector<std::string>& ids) {
    std::string words;
    for (const std::string& id : ids)
        words += (words.empty() ? "" : ", ") + in_sentence(structure_name(f.model.body, id));
    return words;
}

void points_here(Frame& f, StructureId id) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const auto points = view::points_in(atlas, id);
    if (points.empty() || !may_show_points(f)) return;
    heading(f.fonts, "Trigger points here");
    for (const anatomy::TriggerPoint* p : points) {
        ImGui::PushID(p->id.c_str());
        const theme::UseFont small(f.fonts.small);
        if (ImGui::Selectable(shortened(view::title_of(atlas, *p), ImGui::GetContentRegionAvail().x).c_str()))
            select_point(f, *p, f.state.anatomy.side, true);
        tip("Shows where it lies, where its pain goes, and all that is known about it.");
        ImGui::Indent(0.6f * theme::em());
        text_soft_wrapped("Feels like: " + (p->symptoms.empty() ? "no complaint is recorded." : p->symptoms));
        text_soft_wrapped("Pain goes to: " + areas(atlas, p->referral_primary));
        ImGui::Unindent(0.6f * theme::em());
        ImGui::PopID();
    }
}

} // namespace

void draw_card(Frame& f) {
    if (f.model.body == nullptr) return;
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const StructureId id = atlas.find(f.state.structure);
    if (!id.valid()) {
        text_soft_wrapped("Click a structure, or find it by name, to read about it.");
        return;
    }
    const anatomy::Structure& s = atlas.structure(id);
    {
        const theme::UseFont bold(f.fonts.bold);
        text_wrapped(s.name);
    }
    const theme::UseFont small(f.fonts.small);
    if (!s.ta2.empty()) text_soft_wrapped(s.ta2);
    side_choice(f, id);
    scope_choice(f, id);
    std::string about(view::group_of(atlas, id));
    if (s.layer > 0) about += fmt::format(", layer {} (1 is outermost)", s.layer);
    known("Group", about);
    known("Origin", s.origin);
    known("Insertion", s.insertion);
    known("Nerve and roots", s.nerve);
    known("Action", s.action);
    if (!s.hazard.empty()) {
        sign(Sign::Caution);
        text_wrapped(s.hazard);
    }
    known("Note", s.note);
    if (!s.fma.empty()) value_line("FMA id", s.fma);
    if (s.volume_ml > 0.0) value_line("Volume", fmt::format("{:.1f} mL", s.volume_ml));
    known("Source", s.source);
    points_here(f, id);
}

void draw_point_card(Frame& f) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const auto [point, side] = view::point_of(atlas, f.state.anatomy.point);
    if (point == nullptr) {
        f.state.anatomy.point.clear();
        return;
    }
    {
        const theme::UseFont bold(f.fonts.bold);
        text_wrapped(fmt::format("{}, {}", view::title_of(atlas, *point), anatomy::name_of(side)));
    }
    const theme::UseFont small(f.fonts.small);
    text_soft_wrapped(point->muscle_ta2);
    if (point->mirror) {
        for (const anatomy::Side which : {anatomy::Side::Right, anatomy::Side::Left}) {
            if (which == anatomy::Side::Left) ImGui::SameLine();
            if (ImGui::RadioButton(which == anatomy::Side::Right ? "Right" : "Left", side == which) &&
                side != which) {
                select_point(f, *point, which, true);
                return;
            }
        }
    }
    known("Where", point->location);
    known("What it feels like", point->symptoms);
    known("Pain goes to", areas(atlas, point->referral_primary));
    if (!point->referral_spillover.empty())
        known("and sometimes to", areas(atlas, point->referral_spillover));
    known("How to feel it", point->palpation);
    if (!point->at_risk.empty()) {
        sign(Sign::Caution);
        text_wrapped("At risk: " + names(f, point->at_risk));
    }
    if (point->needle.mode == "palpation_only") {
        sign(Sign::Refused);
        text_wrapped("Not needled here: palpation only.");
    }
    known("Note", point->note);
    known("Certainty of the site", point->confidence);
    const StructureId muscle = atlas.find(point->muscle, side);
    if (muscle.valid() && button("About the muscle", "", "Back to the card of the muscle.", ""))
        select(f, muscle, false);
}

} // namespace tb::ui::anatomy_screen
