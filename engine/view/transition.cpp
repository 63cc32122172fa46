#include "view/transition.h"

#include <algorithm>
#include <cmath>

namespace tb::view {
namespace {

/// Not glm::mix: where both ends are equal this is exactly that value, so that a solid skin stays solid.
float mix(float a, float b, float t) {
    return a + (b - a) * t;
}

/// The shorter way round.
float mix_angle(float a, float b, float t) {
    return wrapped_deg(a + std::remainder(b - a, 360.0f) * t);
}

OrbitCamera between(const OrbitCamera& a, const OrbitCamera& b, float t) {
    OrbitCamera c = b;
    c.focus = a.focus + (b.focus - a.focus) * t;
    c.azimuth_deg = mix_angle(a.azimuth_deg, b.azimuth_deg, t);
    c.elevation_deg = mix(a.elevation_deg, b.elevation_deg, t);
    c.distance_mm = a.distance_mm * std::pow(b.distance_mm / a.distance_mm, t);
    c.fov_deg = mix(a.fov_deg, b.fov_deg, t);
    c.roll_deg = mix_angle(a.roll_deg, b.roll_deg, t);
    return c;
}

} // namespace

ViewSettings between(const ViewSettings& from, const ViewSettings& to, float t) {
    if (t >= 1.0f) return to;
    ViewSettings v = to;
    v.camera = between(from.camera, to.camera, t);
    const Layers &a = from.layers, &b = to.layers;
    Layers& l = v.layers;
    // A skin that comes or goes fades; one that is on in both goes from one opacity to the other.
    const float skin_a = a.skin ? a.skin_opacity : 0.0f, skin_b = b.skin ? b.skin_opacity : 0.0f;
    l.skin = a.skin || b.skin;
    l.skin_opacity = mix(skin_a, skin_b, t);
    l.muscle_opacity = mix(a.muscle_opacity, b.muscle_opacity, t);
    l.peel = mix(a.peel, b.peel, t);
    for (const auto& [region, stage] : a.peel_in) {
        const auto it = b.peel_in.find(region);
        l.peel_in[region] = mix(stage, it != b.peel_in.end() ? it->second : 0.0f, t);
    }
    for (const auto& [region, stage] : b.peel_in) {
        if (!a.peel_in.contains(region)) l.peel_in[region] = mix(0.0f, stage, t);
    }
    if (a.cut && b.cut && a.cut_facing == b.cut_facing) l.cut_mm = mix(a.cut_mm, b.cut_mm, t);
    return v;
}

void Transition::start(const ViewSettings& from, const ViewSettings& to, double seconds, Pace pace) {
    from_ = from;
    to_ = to;
    seconds_ = std::max(1e-3, seconds);
    passed_ = 0.0;
    pace_ = pace;
    running_ = true;
}

ViewSettings Transition::advance(double dt) {
    passed_ += dt;
    const double share = std::clamp(passed_ / seconds_, 0.0, 1.0);
    if (share >= 1.0) {
        running_ = false;
        return to_;
    }
    const double rest = 1.0 - share;
    const double eased =
        pace_ == Pace::Travel ? share * share * (3.0 - 2.0 * share) : 1.0 - rest * rest * rest;
    return between(from_, to_, static_cast<float>(eased));
}

} // namespace tb::view
