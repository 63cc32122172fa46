#include "view/points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "view/groups.h"
#include "view/structures.h"

namespace tb::view {
namespace {

using anatomy::Side;
using anatomy::TriggerPoint;

constexpr std::array<std::pair<std::string_view, std::string_view>, 12> kRegionWords{{
    {"head", "Head"},
    {"neck", "Neck"},
    {"shoulder_girdle", "Shoulder girdle"},
    {"upper_arm", "Upper arm"},
    {"forearm", "Forearm"},
    {"hand", "Hand"},
    {"back", "Back"},
    {"trunk", "Trunk"},
    {"hip_gluteal", "Hip and buttock"},
    {"thigh", "Thigh"},
    {"leg", "Leg"},
    {"foot", "Foot"},
}};

/// "shoulder_tip" as "Shoulder tip".
std::string title_from(std::string words) {
    std::replace(words.begin(), words.end(), '_', ' ');
    return upper_first(std::move(words));
}

std::vector<PointList> by_region(const anatomy::Atlas& atlas) {
    std::vector<PointList> lists;
    for (const auto& [id, word] : kRegionWords)
        lists.push_back({std::string(id), std::string(word), {}});
    for (const TriggerPoint& p : atlas.trigger_points()) {
        auto it = std::find_if(lists.begin(), lists.end(), [&](const auto& l) { return l.id == p.region; });
        if (it == lists.end()) it = lists.insert(lists.end(), {p.region, title_from(p.region), {}});
        it->rows.push_back({&p, false});
    }
    std::erase_if(lists, [](const PointList& l) { return l.rows.empty(); });
    return lists;
}

std::vector<PointList> by_muscle(const anatomy::Atlas& atlas) {
    std::map<std::string, PointList> lists; // by name: alphabetical
    for (const TriggerPoint& p : atlas.trigger_points()) {
        PointList& l = lists[p.muscle_name];
        l.id = l.title = p.muscle_name;
        l.rows.push_back({&p, false});
    }
    std::vector<PointList> out;
    for (auto& [name, list] : lists)
        out.push_back(std::move(list));
    return out;
}

std::vector<PointList> by_area(const anatomy::Atlas& atlas) {
    std::vector<PointList> lists;
    for (const anatomy::ReferralZone& z : atlas.referral_zones()) {
        PointList l{z.id, title_from(z.name), {}};
        const auto add = [&](bool spillover) {
            for (const TriggerPoint& p : atlas.trigger_points()) {
                const auto& zones = spillover ? p.referral_spillover : p.referral_primary;
                if (std::find(zones.begin(), zones.end(), z.id) != zones.end())
                    l.rows.push_back({&p, spillover});
            }
        };
        add(false);
        add(true);
        if (!l.rows.empty()) lists.push_back(std::move(l));
    }
    return lists;
}

} // namespace

std::vector<PointList> point_lists(const anatomy::Atlas& atlas, PointOrder order) {
    switch (order) {
    case PointOrder::Region:
        return by_region(atlas);
    case PointOrder::Muscle:
        return by_muscle(atlas);
    case PointOrder::PainfulArea:
        break;
    }
    return by_area(atlas);
}

std::pair<const TriggerPoint*, Side> point_of(const anatomy::Atlas& atlas, std::string_view id) {
    const Side side =
        id == anatomy::with_side(anatomy::without_side(id), Side::Left) ? Side::Left : Side::Right;
    const TriggerPoint* p = atlas.trigger_point(anatomy::without_side(id));
    if (p == nullptr || (side == Side::Left && !p->mirror)) return {nullptr, side};
    return {p, side};
}

std::string title_of(const anatomy::Atlas& atlas, const TriggerPoint& point) {
    int number = 0, of = 0;
    for (const TriggerPoint& p : atlas.trigger_points()) {
        if (p.muscle_name != point.muscle_name) continue;
        ++of;
        if (p.id == point.id) number = of;
    }
    return of > 1 ? fmt::format("{} {}", point.muscle_name, number) : point.muscle_name;
}

geometry::Vec3 position_of(const TriggerPoint& point, Side side) {
    return side == Side::Left ? geometry::mirrored(point.position) : point.position;
}

std::vector<const TriggerPoint*> points_in(const anatomy::Atlas& atlas, StructureId id) {
    std::vector<const TriggerPoint*> out;
    const anatomy::Structure& s = atlas.structure(id);
    for (const TriggerPoint& p : atlas.trigger_points()) {
        if (p.muscle == base_of(s) && (p.mirror || s.side != Side::Left)) out.push_back(&p);
    }
    return out;
}

bool shows_points(const Layers& layers) {
    return !layers.points.empty() || !layers.referral.empty() || layers.show_bands;
}

void take_points_off(Layers& layers) {
    layers.points.clear();
    layers.referral.clear();
    layers.show_bands = false;
}

void add_points(const anatomy::Body& body, const Layers& layers, render::RenderScene& scene) {
    constexpr glm::vec3 kBall{0.95f, 0.45f, 0.08f}, kRing{1.0f, 0.86f, 0.42f};
    constexpr float kRadius_mm = 4.0f, kRing_mm = 6.5f;
    for (const std::string& id : layers.points) {
        const auto [point, side] = point_of(body.atlas(), id);
        if (point == nullptr) continue;
        const glm::vec3 centre(position_of(*point, side));
        add_sphere(centre, kRadius_mm, kBall, 1.0f, scene);
        scene.drawables.back().highlight = 0.4f;
        const glm::vec3 to_eye = glm::normalize(scene.camera.eye - centre);
        const glm::vec3 right = glm::normalize(glm::cross(scene.camera.up, to_eye));
        const glm::vec3 up = glm::cross(to_eye, right);
        render::Line ring;
        ring.colour = kRing;
        ring.width_px = 2.5f;
        ring.on_top = true;
        constexpr int kCorners = 32;
        for (int i = 0; i <= kCorners; ++i) {
            const float a = 6.2831853f * static_cast<float>(i) / kCorners;
            ring.points.push_back(centre + kRing_mm * (std::cos(a) * right + std::sin(a) * up));
        }
        scene.lines.push_back(ring);
        for (const glm::vec3& arm : {right, up}) { // a cross through the middle: found without colour
            for (const float s : {-1.0f, 1.0f}) {
                render::Line l = ring;
                l.points = {centre + s * arm * kRing_mm, centre + s * arm * 1.6f * kRing_mm};
                scene.lines.push_back(l);
            }
        }
    }
}

} // namespace tb::view
