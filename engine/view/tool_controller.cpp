#include "view/tool_controller.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <variant>

#include "anatomy/queries.h"

namespace tb::view {
namespace {

using events::Tool;
using geometry::Vec3;

constexpr double kHover_mm = -5.0; ///< a needle in the air is held this far from the skin (est.)
constexpr double kFarthestBack_mm = -30.0;
constexpr double kLightTouch_N = 4.0;                         ///< a finger or a tip laid on (est.)
constexpr double kWipe_N = 5.0, kPen_N = 1.0, kGauze_N = 8.0; ///< (est.)
constexpr double kOffPlane_mm =
    25.0; ///< farther from the tangent plane's point the skin is another side of the body
constexpr double kAhead_mm = 6.0; ///< the hand runs ahead of a stopped tip by no more than this
constexpr double kNearestSpray_mm = 50.0, kFarthestSpray_mm = 600.0, kSprayPerN_mm = 10.0;

bool is_needle(Tool t) {
    return t == Tool::Needle || t == Tool::WhealNeedle;
}

double radians(double deg) {
    return deg * std::numbers::pi / 180.0;
}

Vec3 in_plane(const Vec3& direction, const Vec3& normal) {
    const Vec3 flat = direction - normal * glm::dot(direction, normal);
    const double length = glm::length(flat);
    return length > 1e-6 ? flat / length : geometry::tangents_of(normal).e1;
}

} // namespace

void ToolController::reset() {
    *this = ToolController();
}

void ToolController::set_needle_angles(double tilt_deg, double turn_deg) {
    tilt_deg_ = std::clamp(tilt_deg, 5.0, 90.0);
    turn_deg_ = turn_deg - 360.0 * std::floor((turn_deg + 180.0) / 360.0);
}

void ToolController::set_contact(const Vec3& point, const Vec3& normal) {
    contact_ = point;
    normal_ = normal;
}

void ToolController::place(const anatomy::Body& body, const Vec3& skin_point) {
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body, skin_point);
    set_contact(skin.point, skin.normal);
}

void ToolController::take_tool(Tool tool) {
    if (tool == tool_) return;
    tool_ = tool;
    press_N_ = 0.0;
    depth_mm_ = kHover_mm;
    last_pose_.reset();
    primary_before_ = false;
}

bool ToolController::pressing() const {
    if (is_needle(tool_)) return depth_mm_ > 0.0;
    return last_pose_ && last_pose_->press.value() > 0.0;
}

void ToolController::follow_pointer(const anatomy::Body& body, const render::Camera& camera,
                                    const PointerSample& sample, bool pressing) {
    const render::Ray ray = render::pixel_ray(camera, sample.size_px, sample.pixel);
    const Vec3 origin(ray.origin), direction = glm::normalize(Vec3(ray.direction));
    const auto hit = anatomy::skin_hit(body, origin, direction);
    if (!pressing || !contact_) {
        if (hit) {
            set_contact(hit->point, hit->normal);
        } else {
            contact_.reset();
            normal_.reset();
        }
        return;
    }
    const double slope = glm::dot(direction, *normal_);
    if (std::abs(slope) < 0.05) return; // along the skin: no telling where
    Vec3 wish = origin + direction * (glm::dot(*contact_ - origin, *normal_) / slope);
    const Vec3 step = wish - *contact_;
    if (const double length = glm::length(step); length > kReach_mm)
        wish = *contact_ + step * (kReach_mm / length);
    anatomy::SkinPoint skin = anatomy::nearest_skin(body, wish);
    // On ground that bends gently the skin under the pointer is better than the nearest to the plane.
    if (hit && glm::length(hit->point - skin.point) < 3.0) skin = *hit;
    if (glm::length(skin.point - wish) > kOffPlane_mm) return;
    set_contact(skin.point, skin.normal);
}

void ToolController::follow(const anatomy::Body& body, const session::SimState& state,
                            const ViewSettings& view, const PointerSample& sample) {
    if (is_needle(tool_) && state.needle.under_skin) {
        if (!contact_ || glm::length(*contact_ - state.needle.entry) > 1e-9) {
            set_contact(state.needle.entry, anatomy::nearest_skin(body, state.needle.entry).normal);
        }
        return;
    }
    if (is_needle(tool_) && contact_ && depth_mm_ > 0.0) return; // pushing: the point does not slide
    const render::Camera camera = view.camera.camera();
    const bool by_keys = sample.move_right_mm != 0.0 || sample.move_up_mm != 0.0;
    if (by_keys && !contact_) { // no pointer has brought it yet: it begins in the middle of the picture
        PointerSample middle = sample;
        middle.pixel = 0.5f * sample.size_px;
        follow_pointer(body, camera, middle, false);
        return;
    }
    if (by_keys) {
        const Vec3 forward = glm::normalize(Vec3(camera.target - camera.eye));
        const Vec3 right = glm::normalize(glm::cross(forward, Vec3(camera.up)));
        const Vec3 along = in_plane(right, *normal_) * sample.move_right_mm +
                           in_plane(glm::cross(right, forward), *normal_) * sample.move_up_mm;
        place(body, *contact_ + along);
        return;
    }
    if (!sample.over_view) return;
    // A resting pointer holds the tool where keys or `place` have put it.
    const bool moved = !last_pixel_ || *last_pixel_ != sample.pixel;
    last_pixel_ = sample.pixel;
    if (moved || !contact_) follow_pointer(body, camera, sample, pressing());
}

void ToolController::change_needle(const session::SimState& state, const PointerSample& sample) {
    set_needle_angles(tilt_deg_ + sample.tilt_deg, turn_deg_ + sample.turn_deg);
    if (sample.advance_mm == 0.0) return;
    const auto& syringe =
        state.syringe(tool_ == Tool::WhealNeedle ? events::Syringe::Wheal : events::Syringe::Injection);
    if (state.needle.under_skin) {
        // Bone or the hub stop the tip, not the wish: the hand never runs far ahead, so that drawing back
        // acts at once.
        const double tip = state.needle.depth_mm + state.needle.dent_mm;
        depth_mm_ = std::min(depth_mm_, tip + kAhead_mm);
        if (sample.advance_mm < 0.0) depth_mm_ = std::min(depth_mm_, tip);
    }
    const double deepest = std::max(0.0, syringe.length_mm);
    depth_mm_ = std::clamp(depth_mm_ + sample.advance_mm, kFarthestBack_mm, deepest);
}

Vec3 ToolController::slanted_inward() const {
    const geometry::Tangents t = geometry::tangents_of(*normal_);
    const double tilt = radians(tilt_deg_), turn = radians(turn_deg_);
    return glm::normalize((t.e1 * std::cos(turn) + t.e2 * std::sin(turn)) * std::cos(tilt) -
                          *normal_ * std::sin(tilt));
}

double ToolController::press_now_N(const PointerSample& sample) const {
    switch (tool_) {
    case Tool::Finger:
    case Tool::Algometer:
        return sample.primary ? std::max(press_N_, kLightTouch_N) : press_N_;
    case Tool::Swab:
        return sample.primary ? std::max(press_N_, kWipe_N) : press_N_;
    case Tool::Gauze:
        return sample.primary ? std::max(press_N_, kGauze_N) : press_N_;
    case Tool::Pen:
        return sample.primary ? kPen_N : 0.0;
    default:
        return 0.0;
    }
}

events::ToolPose ToolController::pose(const PointerSample& sample) const {
    events::ToolPose p;
    p.tool = tool_;
    Vec3 tip = *contact_, axis = -*normal_;
    if (is_needle(tool_)) {
        axis = slanted_inward();
        tip += axis * depth_mm_;
    } else if (tool_ == Tool::Spray) {
        axis = slanted_inward();
        tip -= axis * spray_mm_;
    }
    p.tip = geometry::point(tip);
    p.axis = geometry::direction(axis);
    p.press = Newtons(press_now_N(sample));
    return std::get<events::ToolPose>(events::quantised(events::Action(p)));
}

std::vector<events::Action> ToolController::update(const anatomy::Body& body, const session::SimState& state,
                                                   const ViewSettings& view, const PointerSample& sample,
                                                   double /*dt_s*/) {
    take_tool(state.tool);
    if (tool_ == Tool::None) return {};
    follow(body, state, view, sample);
    if (!contact_) return {};
    if (is_needle(tool_)) {
        change_needle(state, sample);
    } else if (tool_ == Tool::Spray) {
        set_needle_angles(tilt_deg_ + sample.tilt_deg, turn_deg_ + sample.turn_deg);
        spray_mm_ = std::clamp(spray_mm_ - sample.press_change_N * kSprayPerN_mm, kNearestSpray_mm,
                               kFarthestSpray_mm);
    } else {
        const double most = tool_ == Tool::Algometer ? kMostAlgometer_N : kMostPress_N;
        press_N_ = std::clamp(press_N_ + sample.press_change_N, 0.0, most);
    }

    std::vector<events::Action> actions;
    const events::ToolPose now = pose(sample);
    if (last_pose_ != now) {
        actions.emplace_back(now);
        last_pose_ = now;
    }
    const bool began = sample.primary && !primary_before_, ended = !sample.primary && primary_before_;
    if (tool_ == Tool::Pen && began) actions.emplace_back(events::Mark{now.tip});
    if (tool_ == Tool::Spray && (began || ended)) actions.emplace_back(events::SprayJet{began});
    primary_before_ = sample.primary;
    return actions;
}

} // namespace tb::view
