// The ultrasound probe in the other hand: where it is, what it touches, how much of the needle's way it
// shows.
#include <algorithm>

#include "session/stepper.h"

namespace tb::session {
namespace {

using geometry::Vec3;

/// The face is a strip: it touches the field at these shares of its half length.
constexpr double kAlong[] = {-1.0, -0.5, 0.0, 0.5, 1.0};

} // namespace

void Stepper::apply(const events::HoldProbe& a) {
    if (!a.on) return put_probe_back();
    if (s_.activity == "fix_band") end_activity(); // the hand lets the band go
    s_.probe.used = s_.probe.held = true;
    s_.probe.covered = a.covered;
    s_.probe.spoiled = s_.probe.frozen = false;
    s_.probe.pose = {};
    s_.probe.pose.width_mm = a.width.value();
    s_.probe.pose.press_N = 0.0;
}

void Stepper::apply(const events::MoveProbe& a) {
    tissue::ProbePose& p = s_.probe.pose;
    p.centre = geometry::vec(a.centre);
    // Quantised directions are made square again, so that the picture's plane is one.
    p.inward = glm::normalize(geometry::vec(a.inward));
    const Vec3 lateral = geometry::vec(a.lateral);
    p.lateral = glm::normalize(lateral - p.inward * glm::dot(lateral, p.inward));
    p.press_N = a.press.value();
    if (s_.probe.touching()) probe_touches();
}

void Stepper::apply(const events::TuneProbe& a) {
    s_.probe.depth_mm = a.depth.value();
    s_.probe.gain_dB = a.gain_dB;
    if (a.frozen != s_.probe.frozen) s_.probe.frozen_at = a.frozen ? s_.now : -1;
    s_.probe.frozen = a.frozen;
}

void Stepper::put_probe_back() {
    s_.probe.held = s_.probe.covered = s_.probe.spoiled = s_.probe.frozen = false;
    s_.probe.pose.press_N = 0.0;
    s_.probe.frozen_at = -1;
}

void Stepper::probe_touches() {
    ProbeState& p = s_.probe;
    if (!s_.prep.placed() || s_.prep.agent().empty()) {
        p.spoiled = p.covered;
        return;
    }
    // A wider field is cleaned for a probe than the one that counts: its middle decides.
    if (glm::length(p.pose.centre - s_.prep.centre()) > tissue::SkinPrep::kField_mm) p.spoiled = p.covered;
    if (p.covered && !p.spoiled) return;
    const double half = 0.5 * p.pose.width_mm, radius = 0.5 * parameters_.echo.probe_thickness_mm;
    for (const double share : kAlong) {
        const Vec3 at = p.pose.centre + share * half * p.pose.lateral;
        if (glm::length(at - s_.prep.centre()) <= tissue::SkinPrep::kField_mm) contaminate(at, radius);
    }
}

void Stepper::follow_needle(double before_mm) {
    ProbeState& p = s_.probe;
    if (s_.tool != events::Tool::Needle || p.fascia_mm < 0.0) return;
    const double advanced = s_.needle.depth_mm - std::max(before_mm, p.fascia_mm);
    if (advanced <= 0.0) return;
    p.advanced_mm += advanced;
    if (p.live() && tissue::in_slice(parameters_.echo, p.pose, p.depth_mm, s_.needle.tip()))
        p.seen_mm += advanced;
}

void Stepper::state_followed() {
    const ProbeState& p = s_.probe;
    const bool asked = p.used || scenario_.ultrasound == scenario::Ultrasound::Scored;
    if (asked && p.advanced_mm > 0.0)
        emit(events::Followed{Millimetres(p.advanced_mm), Millimetres(p.seen_mm)});
}

} // namespace tb::session
