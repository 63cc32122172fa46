// What the tools of the Anatomy screen do.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "anatomy/queries.h"
#include "ui/panels/anatomy.h"
#include "view/layers.h"
#include "view/peel.h"
#include "view/points.h"
#include "view/view_link.h"

namespace tb::ui::anatomy_screen {
namespace {

constexpr float kFadedTo = 0.25f;
constexpr double kSnap_s = 0.2;

geometry::Box box_of(const anatomy::Atlas& atlas, const std::vector<StructureId>& ids) {
    geometry::Box box;
    for (const StructureId id : ids)
        box.add(atlas.bounds(id));
    return box;
}

std::set<std::string> names_of(const anatomy::Atlas& atlas, const std::vector<StructureId>& ids) {
    std::set<std::string> names;
    for (const StructureId id : ids)
        names.insert(atlas.structure(id).id);
    return names;
}

float azimuth_of(const geometry::Vec3& d) {
    return static_cast<float>(glm::degrees(std::atan2(d.x, d.z)));
}

} // namespace

void go(Frame& f, const view::ViewSettings& goal, double seconds, view::Transition::Pace pace) {
    AnatomyState& a = f.state.anatomy;
    a.flow.start(f.view, goal, seconds, pace);
    a.went = true;
    f.out.wants_redraw = true;
}

const view::ViewSettings& aim(const Frame& f) {
    const AnatomyState& a = f.state.anatomy;
    return a.flow.running() ? a.flow.goal() : f.view;
}

view::OrbitCamera facing(const Frame& f, const std::vector<StructureId>& ids) {
    view::OrbitCamera c = aim(f).camera;
    const geometry::Box box = box_of(f.model.body->atlas(), ids);
    if (box.empty()) return c;
    const geometry::Vec3 centre = box.centre();
    // From outside: away from the trunk's middle, or from the limb's (est. axes of the reference figure).
    geometry::Vec3 axis{0.0, centre.y, 40.0};
    if (centre.y < 880.0 && std::abs(centre.x) < 205.0) axis.x = centre.x < 0.0 ? -90.0 : 90.0;
    if (centre.y < 1300.0 && std::abs(centre.x) > 205.0) axis.x = centre.x < 0.0 ? -240.0 : 240.0;
    const geometry::Vec3 outward = centre - axis;
    constexpr double kClear_mm = 12.0, kTurnBeyond_deg = 60.0;
    if (glm::length(glm::dvec2(outward.x, outward.z)) > kClear_mm) {
        const float wanted = azimuth_of(outward);
        const float away = std::remainder(wanted - c.azimuth_deg, 360.0f);
        if (std::abs(away) > static_cast<float>(kTurnBeyond_deg)) c.azimuth_deg = wanted;
    }
    c.elevation_deg = std::clamp(c.elevation_deg, -12.0f, 25.0f);
    c.focus = glm::vec3(centre);
    c.distance_mm = std::clamp(static_cast<float>(2.9 * glm::length(box.size())), 300.0f, 4300.0f);
    return c;
}

void select(Frame& f, StructureId id, bool travel) {
    AnatomyState& a = f.state.anatomy;
    view::ViewSettings goal = aim(f);
    a.point.clear();
    goal.layers.points.clear();
    goal.layers.referral.clear();
    if (!id.valid()) {
        f.state.structure.clear();
        goal.layers.highlighted.clear();
    } else {
        const anatomy::Structure& s = f.model.body->atlas().structure(id);
        f.state.structure = s.id;
        goal.layers.highlighted = {s.id};
        goal.layers.hidden.erase(s.id);
        if (s.side != anatomy::Side::Midline) a.side = s.side;
        if (travel) goal.camera = facing(f, {id});
    }
    if (travel) a.direction = -1;
    if (travel) {
        go(f, goal);
    } else if (a.flow.running()) {
        go(f, goal, 0.3);
    } else {
        f.view = goal;
    }
}

void select_point(Frame& f, const anatomy::TriggerPoint& point, anatomy::Side side, bool travel) {
    AnatomyState& a = f.state.anatomy;
    const anatomy::Atlas& atlas = f.model.body->atlas();
    if (side == anatomy::Side::Left && !point.mirror) side = anatomy::Side::Right;
    a.point = anatomy::with_side(point.id, side);
    a.side = side;
    view::ViewSettings goal = aim(f);
    goal.layers.points = {a.point};
    goal.layers.referral = a.point;
    const StructureId muscle = atlas.find(point.muscle, side);
    f.state.structure = muscle.valid() ? atlas.structure(muscle).id : std::string();
    goal.layers.highlighted.clear();
    if (muscle.valid()) goal.layers.highlighted.insert(f.state.structure);
    if (travel) {
        const geometry::Vec3 at = view::position_of(point, side);
        const anatomy::SkinPoint skin = anatomy::nearest_skin(*f.model.body, at);
        goal.camera.focus = glm::vec3(at);
        goal.camera.azimuth_deg = azimuth_of(skin.normal);
        goal.camera.elevation_deg =
            std::clamp(static_cast<float>(glm::degrees(std::asin(skin.normal.y))), -10.0f, 40.0f);
        goal.camera.roll_deg = 0.0f;
        goal.camera.distance_mm = 900.0f;
        a.direction = -1;
    }
    go(f, goal);
}

std::vector<StructureId> targets(const Frame& f) {
    if (f.model.body == nullptr) return {};
    const StructureId id = f.model.body->atlas().find(f.state.structure);
    if (!id.valid()) return {};
    return view::members(f.model.body->atlas(), id, f.state.anatomy.scope);
}

void isolate(Frame& f) {
    view::ViewSettings goal = aim(f);
    const std::vector<StructureId> ids = targets(f);
    if (ids.empty()) return;
    const std::set<std::string> names = names_of(f.model.body->atlas(), ids);
    if (goal.layers.only == names) {
        goal.layers.only.clear();
    } else {
        goal.layers.only = names;
        for (const std::string& n : names)
            goal.layers.hidden.erase(n);
        goal.camera = facing(f, ids);
        f.state.anatomy.direction = -1;
    }
    go(f, goal);
}

void hide(Frame& f) {
    const std::vector<StructureId> ids = targets(f);
    view::ViewSettings goal = aim(f);
    const std::set<std::string> names = names_of(f.model.body->atlas(), ids);
    goal.layers.hidden.insert(names.begin(), names.end());
    for (const std::string& n : names) {
        goal.layers.only.erase(n);
        goal.layers.highlighted.erase(n);
    }
    f.state.structure.clear();
    go(f, goal, 0.3);
}

void fade(Frame& f) {
    view::ViewSettings goal = aim(f);
    const std::set<std::string> names = names_of(f.model.body->atlas(), targets(f));
    const bool all = std::all_of(names.begin(), names.end(),
                                 [&](const std::string& n) { return goal.layers.faded.contains(n); });
    for (const std::string& n : names) {
        if (all) {
            goal.layers.faded.erase(n);
        } else {
            goal.layers.faded[n] = kFadedTo;
        }
    }
    go(f, goal, 0.3);
}

void show_all(Frame& f) {
    view::ViewSettings goal = aim(f);
    view::Layers fresh;
    fresh.highlighted = goal.layers.highlighted;
    fresh.points = goal.layers.points;
    fresh.referral = goal.layers.referral;
    fresh.hazards = goal.layers.hazards;
    fresh.lens = goal.layers.lens;
    goal.layers = fresh;
    go(f, goal, 0.4);
}

void copy_link(Frame& f) {
    view::ViewSettings v = aim(f);
    v.layers.hovered.clear();
    ImGui::SetClipboardText(view::to_link(v).c_str());
    f.state.anatomy.message = "The link to this view is copied; paste it anywhere as text.";
}

void paste_link(Frame& f) {
    const char* clip = ImGui::GetClipboardText();
    auto goal = view::from_link(clip != nullptr ? clip : "");
    if (!goal) {
        f.state.anatomy.message = "Not pasted: " + goal.error().message + ".";
        f.state.anatomy.link_open = true;
        return;
    }
    f.state.anatomy.message = "This is the view of the pasted link.";
    if (!may_show_points(f) && view::shows_points(goal->layers)) {
        view::take_points_off(goal->layers);
        f.state.anatomy.message = "This is the view of the pasted link, without its trigger points: in this "
                                  "case they are yours to find.";
        f.state.anatomy.link_open = true;
    }
    f.state.structure.clear();
    f.state.anatomy.point.clear();
    f.state.anatomy.direction = -1;
    go(f, *goal, 0.7);
}

void open_fixed_view(Frame& f, int region, int direction) {
    AnatomyState& a = f.state.anatomy;
    const auto regions = view::fixed_regions();
    const int count = static_cast<int>(regions.size());
    a.region = (region % count + count) % count;
    a.direction = std::clamp(direction, 0, view::kDirections - 1);
    view::ViewSettings goal = aim(f);
    goal.camera = view::fixed_camera(regions[static_cast<std::size_t>(a.region)],
                                     static_cast<view::Direction>(a.direction), a.side);
    go(f, goal);
}

float peel_now(const Frame& f) {
    const view::ViewSettings& v = aim(f);
    const auto it = v.layers.peel_in.find(f.state.anatomy.peel_region);
    return it != v.layers.peel_in.end() ? std::max(v.layers.peel, it->second) : v.layers.peel;
}

void peel_to(Frame& f, float stage) {
    view::ViewSettings goal = aim(f);
    const std::string& region = f.state.anatomy.peel_region;
    stage = std::clamp(stage, 0.0f, view::kPeelBones);
    if (region.empty()) {
        goal.layers.peel = stage;
    } else if (stage <= goal.layers.peel) {
        goal.layers.peel_in.erase(region);
    } else {
        goal.layers.peel_in[region] = stage;
    }
    go(f, goal, kSnap_s);
}

} // namespace tb::ui::anatomy_screen
