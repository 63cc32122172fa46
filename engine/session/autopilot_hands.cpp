#include "session/autopilot_hands.h"

#include <algorithm>
#include <cmath>

#include "anatomy/queries.h"

namespace tb::session {
namespace {

using geometry::Vec3;

constexpr Tick kPoseEvery = 3; ///< a pose every 25 ms, as a mouse gives
constexpr double kPoseTime_s = static_cast<double>(kPoseEvery) / kTicksPerSecond;
constexpr Tick kHalfSecond = kTicksPerSecond / 2; ///< the host is called at least this often

} // namespace

void Hands::advance(Tick ticks) {
    while (ticks > 0) {
        const Tick n = std::min(ticks, kHalfSecond);
        session_.advance(n);
        if (options_.on_advance) options_.on_advance(session_);
        ticks -= n;
    }
}

void Hands::wait(double seconds) {
    advance(ticks_of(Seconds(seconds)));
}

void Hands::say(std::string_view topic, double seconds) {
    act(events::Say{std::string(topic)});
    wait(seconds);
}

void Hands::take(events::Tool tool) {
    act(events::SelectTool{tool});
    wait(1.0);
}

void Hands::touch(const Vec3& skin_point, double press_N) {
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body(), skin_point);
    at_ = skin.point;
    axis_ = -skin.normal;
    act(events::ToolPose{state().tool, geometry::point(at_), geometry::direction(axis_), Newtons(press_N)});
    advance(kPoseEvery);
}

void Hands::lift() {
    act(events::ToolPose{state().tool, geometry::point(at_), geometry::direction(axis_), Newtons(0.0)});
    advance(kPoseEvery);
}

void Hands::glide(std::span<const Vec3> way, double press_N, double speed_mm_s,
                  const std::function<void()>& watch) {
    const double step = speed_mm_s * kPoseTime_s;
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
        const int poses = std::max(1, static_cast<int>(std::lround(glm::length(way[i + 1] - way[i]) / step)));
        for (int k = 1; k <= poses; ++k) {
            touch(glm::mix(way[i], way[i + 1], static_cast<double>(k) / poses), press_N);
            if (watch) watch();
        }
    }
}

void Hands::needle_at(const Vec3& tip, const Vec3& axis) {
    at_ = tip;
    axis_ = glm::normalize(axis);
    act(events::ToolPose{state().tool, geometry::point(at_), geometry::direction(axis_), Newtons(0.0)});
    advance(kPoseEvery);
}

void Hands::needle_to(const Vec3& tip, const Vec3& axis, double speed_mm_s,
                      const std::function<bool()>& stop) {
    const Vec3 from = at_;
    const Vec3 from_axis = axis_;
    const Vec3 to_axis = glm::normalize(axis);
    // A turn takes its time too: about 30 degrees a second.
    const double turn_s = geometry::angle_deg(from_axis, to_axis) / 30.0;
    const double time_s = std::max(turn_s, glm::length(tip - from) / std::max(0.1, speed_mm_s));
    const int poses = std::max(1, static_cast<int>(std::ceil(time_s / kPoseTime_s)));
    for (int k = 1; k <= poses; ++k) {
        const double share = static_cast<double>(k) / poses;
        needle_at(glm::mix(from, tip, share), glm::mix(from_axis, to_axis, share));
        if (stop && stop()) return;
    }
}

} // namespace tb::session
