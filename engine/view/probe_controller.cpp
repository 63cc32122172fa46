#include "view/probe_controller.h"

#include <algorithm>
#include <cmath>
#include <variant>

#include "anatomy/queries.h"

namespace tb::view {
namespace {

using geometry::Vec3;

double within(double v, double most) {
    return std::clamp(v, -most, most);
}

} // namespace

void ProbeController::follow(const anatomy::Body& body, const ViewSettings& view,
                             const PointerSample& sample) {
    const render::Camera camera = view.camera.camera();
    const Vec3 forward = glm::normalize(Vec3(camera.target - camera.eye));
    const Vec3 right = glm::normalize(glm::cross(forward, Vec3(camera.up)));
    if (at_ && (sample.move_right_mm != 0.0 || sample.move_up_mm != 0.0)) {
        const Vec3 up = glm::cross(right, forward);
        at_ = anatomy::nearest_skin(body, *at_ + right * sample.move_right_mm + up * sample.move_up_mm).point;
        return;
    }
    if (!sample.over_view) return;
    const bool moved = !last_pixel_ || *last_pixel_ != sample.pixel;
    last_pixel_ = sample.pixel;
    if (!moved && at_) return; // a resting pointer holds the probe where keys have put it
    const render::Ray ray = render::pixel_ray(camera, sample.size_px, sample.pixel);
    const auto hit = anatomy::skin_hit(body, Vec3(ray.origin), glm::normalize(Vec3(ray.direction)));
    if (!hit) return;
    if (at_ && press_N_ > 0.0 && glm::length(hit->point - *at_) > ToolController::kReach_mm)
        return; // across a silhouette
    at_ = hit->point;
}

std::optional<events::MoveProbe> ProbeController::update(const anatomy::Body& body,
                                                         const session::SimState& state,
                                                         const ViewSettings& view,
                                                         const ProbeSample& sample) {
    const session::ProbeState& probe = state.probe;
    if (!probe.held) {
        reset();
        return std::nullopt;
    }
    if (!held_) {
        held_ = true;
        const render::Camera camera = view.camera.camera();
        along_ = glm::normalize(glm::cross(Vec3(camera.target - camera.eye), Vec3(camera.up)));
        if (probe.touching()) { // a session that goes on: the probe is where it was
            at_ = probe.pose.centre;
            along_ = probe.pose.lateral;
            press_N_ = probe.pose.press_N;
        }
    }
    if (!sample.steers) {
        last_pixel_ = sample.pointer.pixel; // steering again, the probe does not jump to the pointer
        return std::nullopt;
    }
    follow(body, view, sample.pointer);
    press_N_ = std::clamp(press_N_ + sample.pointer.press_change_N, 0.0, tissue::kMostProbePress_N);
    if (sample.pointer.primary) press_N_ = std::max(press_N_, kRest_N);
    hold_.tilt_deg = within(hold_.tilt_deg + sample.tilt_deg, tissue::kMostProbeTilt_deg);
    hold_.rock_deg = within(hold_.rock_deg + sample.rock_deg, tissue::kMostProbeTilt_deg);
    hold_.turn_deg += sample.turn_deg;
    hold_.turn_deg -= 360.0 * std::floor((hold_.turn_deg + 180.0) / 360.0);
    if (!at_) return std::nullopt;
    const tissue::ProbePose pose = tissue::place_probe(body, *at_, along_, hold_);
    const events::MoveProbe move = std::get<events::MoveProbe>(events::quantised(
        events::Action(events::MoveProbe{geometry::point(pose.centre), geometry::direction(pose.inward),
                                         geometry::direction(pose.lateral), Newtons(press_N_)})));
    if (last_ == move) return std::nullopt;
    last_ = move;
    return move;
}

} // namespace tb::view
