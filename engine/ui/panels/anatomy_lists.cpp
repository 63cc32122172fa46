// Left side of the Anatomy screen: search over all names, the tree of systems and groups, and trigger points
// by region, muscle or painful area.
#include <algorithm>
#include <map>
#include <span>

#include <fmt/format.h>
#include <imgui.h>

#include <imgui_stdlib.h>

#include "ui/panels/anatomy.h"
#include "ui/theme.h"

namespace tb::ui::anatomy_screen {
namespace {

/// Structure on the chosen side where there are two.
StructureId on_side(const Frame& f, StructureId id) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const anatomy::Structure& s = atlas.structure(id);
    if (s.side == anatomy::Side::Midline || s.side == f.state.anatomy.side) return id;
    const StructureId other = view::other_side(atlas, id);
    return other.valid() ? other : id;
}

void make_tree(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const anatomy::Atlas& atlas = f.model.body->atlas();
    a.tree.clear();
    for (const view::System& system : view::systems()) {
        SystemNode node{std::string(system.name), {}, {}, 0};
        std::map<std::string, SystemNode::Group> groups;
        for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
            const StructureId id{i};
            const anatomy::Structure& s = atlas.structure(id);
            if (view::system_of(s.kind).name != system.name) continue;
            const StructureId twin = view::other_side(atlas, id);
            if (s.side == anatomy::Side::Left && twin.valid()) continue; // stands with the right one
            SystemNode::Group& group = groups[view::group_of(atlas, id)];
            group.rows.push_back({id, view::members(atlas, id, view::Scope::BothSides)});
            const std::vector<StructureId>& both = group.rows.back().both;
            group.all.insert(group.all.end(), both.begin(), both.end());
            node.all.insert(node.all.end(), both.begin(), both.end());
            ++node.count;
        }
        for (auto& [name, group] : groups) {
            group.name = name;
            node.groups.push_back(std::move(group));
        }
        if (node.count > 0) a.tree.push_back(std::move(node));
    }
}

void make_once(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const anatomy::Atlas& atlas = f.model.body->atlas();
    if (a.atlas == &atlas) return;
    a.atlas = &atlas;
    a.finder = std::make_unique<view::Finder>(atlas);
    a.referral.reset();
    a.candidates.clear();
    a.found_for.clear();
    a.found.clear();
    a.lists = view::point_lists(atlas, a.order);
    a.listed_order = a.order;
    make_tree(f);
}

/// Box that shows or takes off all of these.
void shown_box(Frame& f, std::span<const StructureId> all) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    std::set<std::string>& hidden = f.view.layers.hidden;
    const auto is_off = [&](StructureId id) { return hidden.contains(atlas.structure(id).id); };
    const auto off = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_off));
    bool shown = off == 0;
    if (ImGui::Checkbox("##shown", &shown)) {
        for (const StructureId id : all) {
            if (shown) {
                hidden.erase(atlas.structure(id).id);
            } else {
                hidden.insert(atlas.structure(id).id);
            }
        }
    }
    if (off > 0 && off < all.size()) { // a dash: some of it is hidden
        const ImVec2 p = ImGui::GetItemRectMin(), q = ImGui::GetItemRectMax();
        const float y = 0.5f * (p.y + q.y);
        ImGui::GetWindowDrawList()->AddLine({p.x + 4.0f, y}, {q.x - 4.0f, y}, theme::packed(theme::kAccent),
                                            2.5f);
    }
    tip(off == 0 ? "Shown. Uncheck to take it off." : off < all.size() ? "Partly taken off." : "Taken off.");
}

void structure_row(Frame& f, const SystemNode::Row& row) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    const anatomy::Structure& s = atlas.structure(row.id);
    ImGui::PushID(static_cast<int>(row.id.index));
    shown_box(f, row.both);
    ImGui::SameLine();
    const auto on_side = std::find_if(row.both.begin(), row.both.end(), [&](StructureId id) {
        return atlas.structure(id).side == f.state.anatomy.side;
    });
    const StructureId chosen = on_side != row.both.end() ? *on_side : row.id;
    const std::string name = view::name_without_side(s);
    const bool is_chosen = f.state.structure == s.id || f.state.structure == atlas.structure(chosen).id;
    if (ImGui::Selectable(shortened(name, ImGui::GetContentRegionAvail().x).c_str(), is_chosen))
        select(f, chosen, true);
    tip(s.ta2.empty() ? name : fmt::format("{}\n{}", name, s.ta2));
    ImGui::PopID();
}

void structure_tree(Frame& f) {
    for (const SystemNode& system : f.state.anatomy.tree) {
        const std::string title = fmt::format("{} ({})###{}", system.name, system.count, system.name);
        ImGui::PushID(system.name.c_str());
        shown_box(f, system.all);
        ImGui::SameLine();
        const bool open = ImGui::CollapsingHeader(title.c_str());
        if (open) {
            for (const auto& g : system.groups) {
                ImGui::PushID(g.name.c_str());
                ImGui::Indent(0.6f * theme::em());
                shown_box(f, g.all);
                ImGui::SameLine();
                // The system's name need not be said again within it.
                const std::string prefix = system.name + ": ";
                const std::string name = g.name.starts_with(prefix) ? g.name.substr(prefix.size()) : g.name;
                if (ImGui::TreeNodeEx(fmt::format("{} ({})###group", name, g.rows.size()).c_str(),
                                      ImGuiTreeNodeFlags_SpanAvailWidth)) {
                    for (const SystemNode::Row& row : g.rows)
                        structure_row(f, row);
                    ImGui::TreePop();
                }
                ImGui::Unindent(0.6f * theme::em());
                ImGui::PopID();
            }
        }
        ImGui::PopID();
    }
}

void point_row(Frame& f, const anatomy::TriggerPoint& point, anatomy::Side side, std::string_view note) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    ImGui::PushID(point.id.c_str());
    ImGui::PushID(static_cast<int>(side));
    std::string title = view::title_of(atlas, point);
    if (!note.empty()) title += fmt::format(" ({})", note);
    const bool chosen = f.state.anatomy.point == anatomy::with_side(point.id, side);
    if (ImGui::Selectable(shortened(title, ImGui::GetContentRegionAvail().x).c_str(), chosen))
        select_point(f, point, side, true);
    tip(point.location.empty() ? title : fmt::format("{}\n{}", title, point.location));
    ImGui::PopID();
    ImGui::PopID();
}

void candidates(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    ButtonLook look;
    look.size.x = ImGui::GetContentRegionAvail().x;
    look.chosen = a.ask_place;
    if (button(a.ask_place ? "Now click the painful place###ask" : "Point at the painful place###ask", "",
               "Then click the skin, or press Enter with the cursor there: the trigger points that may send "
               "pain to that place are listed, the likeliest first.",
               "", look))
        a.ask_place = !a.ask_place;
    if (a.candidates.empty()) return;
    text_soft_wrapped("May send pain there, the likeliest first:");
    for (const anatomy::Candidate& c : a.candidates) {
        if (c.point == nullptr) continue;
        const std::string side(anatomy::name_of(c.side));
        point_row(f, *c.point, c.side, c.primary ? side : side + ", sometimes");
        if (!c.reason.empty()) tip(c.reason);
    }
    if (button("Clear", "", "Back to the list of areas.", "")) a.candidates.clear();
}

void point_tab(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    const std::pair<view::PointOrder, const char*> orders[] = {{view::PointOrder::Region, "Region"},
                                                               {view::PointOrder::Muscle, "Muscle"},
                                                               {view::PointOrder::PainfulArea, "Pain"}};
    for (const auto& [order, word] : orders) {
        if (order != view::PointOrder::Region) ImGui::SameLine();
        if (ImGui::RadioButton(word, a.order == order)) a.order = order;
    }
    if (a.listed_order != a.order) {
        a.lists = view::point_lists(f.model.body->atlas(), a.order);
        a.listed_order = a.order;
    }
    if (!ImGui::BeginChild("##points", {}, false, ImGuiWindowFlags_NavFlattened)) {
        ImGui::EndChild();
        return;
    }
    if (a.order == view::PointOrder::PainfulArea) candidates(f);
    if (a.order != view::PointOrder::PainfulArea || a.candidates.empty()) {
        for (const view::PointList& list : a.lists) {
            if (list.rows.size() == 1 && list.title == list.rows[0].point->muscle_name) {
                ImGui::Indent(ImGui::GetTreeNodeToLabelSpacing());
                point_row(f, *list.rows[0].point, a.side, "");
                ImGui::Unindent(ImGui::GetTreeNodeToLabelSpacing());
                continue;
            }
            if (!ImGui::TreeNodeEx(fmt::format("{} ({})###{}", list.title, list.rows.size(), list.id).c_str(),
                                   ImGuiTreeNodeFlags_SpanAvailWidth))
                continue;
            for (const view::PointRow& row : list.rows)
                point_row(f, *row.point, a.side, row.spillover ? "sometimes" : "");
            ImGui::TreePop();
        }
    }
    ImGui::EndChild();
}

void open_found(Frame& f, const view::Found& found) {
    const anatomy::Atlas& atlas = f.model.body->atlas();
    switch (found.kind) {
    case view::Found::Kind::Structure:
        select(f, on_side(f, found.structure), true);
        return;
    case view::Found::Kind::Group: {
        const auto members = view::members_of_group(atlas, found.id);
        if (members.empty()) return;
        f.state.anatomy.scope = view::Scope::Group;
        select(f, on_side(f, members.front()), true);
        view::ViewSettings goal = aim(f);
        for (const StructureId id : members) {
            goal.layers.highlighted.insert(atlas.structure(id).id);
            goal.layers.hidden.erase(atlas.structure(id).id);
        }
        goal.camera = facing(f, members);
        go(f, goal);
        return;
    }
    case view::Found::Kind::Point:
        if (const anatomy::TriggerPoint* p = atlas.trigger_point(found.id))
            select_point(f, *p, f.state.anatomy.side, true);
        return;
    }
}

void found_list(Frame& f) {
    AnatomyState& a = f.state.anatomy;
    if (a.found_for != f.state.search) {
        a.found_for = f.state.search;
        a.found = a.finder->find(f.state.search);
        if (!may_show_points(f))
            std::erase_if(a.found, [](const auto& x) { return x.kind == view::Found::Kind::Point; });
    }
    if (a.found.empty()) {
        text_soft_wrapped(
            "Nothing has this name. English, Latin, FMA numbers, common names and parts of words "
            "are searched.");
        return;
    }
    if (!ImGui::BeginChild("##found", {}, false, ImGuiWindowFlags_NavFlattened)) {
        ImGui::EndChild();
        return;
    }
    int row = 0;
    for (const view::Found& found : a.found) {
        ImGui::PushID(row++);
        const float wide = ImGui::GetContentRegionAvail().x;
        const bool group = found.kind == view::Found::Kind::Group;
        const std::string title = group ? "Group: " + found.title : found.title;
        const bool chosen =
            !f.state.structure.empty() && found.structure.valid() &&
            f.model.body->atlas().structure(on_side(f, found.structure)).id == f.state.structure;
        if (ImGui::Selectable(shortened(title, wide).c_str(), chosen)) open_found(f, found);
        tip(found.why.empty() ? title : fmt::format("{}\nalso: {}", title, found.why));
        if (!found.why.empty()) {
            ImGui::Indent();
            text_soft(shortened("also: " + found.why, wide - ImGui::GetStyle().IndentSpacing));
            ImGui::Unindent();
        }
        ImGui::PopID();
    }
    ImGui::EndChild();
}

} // namespace

void draw_lists(Frame& f) {
    if (f.model.body == nullptr) {
        text_soft_wrapped("The body is not loaded.");
        return;
    }
    make_once(f);
    AnatomyState& a = f.state.anatomy;
    const theme::UseFont small(f.fonts.small);
    if (key_pressed(f, Key::Find)) {
        a.focus_search = true;
    } else if (a.focus_search) { // a frame later, so that the key's own sign is not typed
        ImGui::SetKeyboardFocusHere();
        a.focus_search = false;
    }
    if (a.focus_search) f.out.wants_redraw = true;
    ImGui::SetNextItemWidth(-1.0f);
    const bool enter = ImGui::InputTextWithHint("##search", "find: English, Latin, common name",
                                                &f.state.search, ImGuiInputTextFlags_EnterReturnsTrue);
    tip("Key: /   Enter opens the first.");
    if (!f.state.search.empty()) {
        found_list(f);
        if (enter && !a.found.empty()) open_found(f, a.found.front());
        return;
    }
    if (!may_show_points(f)) a.points_tab = false;
    const float half = 0.5f * (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemSpacing.x);
    ButtonLook look;
    look.size.x = half;
    look.chosen = !a.points_tab;
    if (button("Structures", "", "Everything by system and group, with a box to show or hide it.", "", look))
        a.points_tab = false;
    ImGui::SameLine();
    look.chosen = a.points_tab;
    const std::string_view no_points =
        may_show_points(f) ? "" : "in this case the trigger points are yours to find.";
    if (button("Trigger points", no_points, "By region, muscle or painful area.", "", look))
        a.points_tab = true;
    if (a.points_tab) {
        point_tab(f);
        return;
    }
    if (ImGui::BeginChild("##list", {}, false, ImGuiWindowFlags_NavFlattened)) structure_tree(f);
    ImGui::EndChild();
}

} // namespace tb::ui::anatomy_screen
