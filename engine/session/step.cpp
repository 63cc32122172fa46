// One tick: the pose of the tool in hand, what it does in eight substeps, and whatever runs by itself.
#include "session/stepper.h"

namespace tb::session {
namespace {

/// One guided movement through the full range and back (est.).
constexpr double kStretchCycle_s = 8.0;
/// Skin dries and the clock of the procedure runs at these intervals, in ticks.
constexpr Tick kDryingStep = 12;
constexpr Tick kSecond = kTicksPerSecond;

} // namespace

void Stepper::emit(events::Finding finding) {
    const events::Event event =
        session_.log_.append(s_.now, "simulator", events::quantised(std::move(finding)));
    observe(event);
}

void Stepper::observe(const events::Event& event) {
    for (events::Finding& f : s_.procedure.observe(scenario_, event)) {
        session_.log_.append(s_.now, "simulator", events::quantised(std::move(f)));
        session_.changed_ = true;
    }
}

events::ToolPose Stepper::pose_at(double share) const {
    events::ToolPose p = *s_.pose;
    if (!s_.previous_pose || *s_.previous_pose == p) return p;
    const events::ToolPose& from = *s_.previous_pose;
    using geometry::vec;
    const geometry::Vec3 axis = glm::mix(vec(from.axis), vec(p.axis), share);
    const double length = glm::length(axis);
    p.tip = geometry::point(glm::mix(vec(from.tip), vec(p.tip), share));
    if (length > 1e-6) p.axis = geometry::direction(axis / length);
    // A tool put down on the skin or lifted off it does so where it then is, not on the way.
    p.press = Newtons(from.press.value() + (p.press.value() - from.press.value()) * share);
    return p;
}

void Stepper::tick() {
    if (session_.pending_pose_) {
        const events::ToolPose pose = *session_.pending_pose_;
        session_.pending_pose_.reset();
        const events::Event event =
            session_.log_.append(s_.now, session_.pending_actor_, events::Action(pose));
        observe(event);
        apply(pose);
        session_.changed_ = true;
    }
    periodic();
    run_activity();
    if (s_.pose) {
        switch (s_.tool) {
        case events::Tool::Finger:
            finger_tick();
            break;
        case events::Tool::Algometer:
            algometer_tick();
            break;
        case events::Tool::Swab:
        case events::Tool::Gauze:
        case events::Tool::Pen:
            contact_tick();
            break;
        case events::Tool::Spray:
            spray_tick();
            break;
        case events::Tool::WhealNeedle:
        case events::Tool::Needle:
            needle_tick();
            break;
        case events::Tool::None:
            break;
        }
        s_.previous_pose = s_.pose;
    }
    numb_tick();
    bleed_tick();
    if (s_.pain_now > 0.0 && s_.now >= s_.pain_until) {
        s_.pain_now = 0.0;
        session_.changed_ = true;
    }
    if (s_.cough_at >= 0 && s_.now >= s_.cough_at) {
        s_.cough_at = -1;
        hurt(5.0, 3.0);
        speak("(coughs) It stings when I breathe in.", 5.0);
    }
    ++s_.now;
}

void Stepper::periodic() {
    if (s_.now % kDryingStep == 0) prep_tick();
    if (s_.now % kSecond != 0) return;
    for (events::Finding& f : s_.procedure.advance(scenario_, s_.now)) {
        session_.log_.append(s_.now, "simulator", events::quantised(std::move(f)));
        session_.changed_ = true;
    }
    session_.log_.append(s_.now, "simulator", events::Finding(events::Checkpoint{s_.hash()}));
}

void Stepper::run_activity() {
    if (s_.activity == "stretch" && s_.now - s_.activity_start >= ticks_of(Seconds(kStretchCycle_s)))
        end_activity();
    if (!s_.activity.empty() && s_.now % kSecond == 0) session_.changed_ = true; // its clock is on the screen
}

void Stepper::end_activity() {
    if (s_.activity.empty()) return;
    events::ActivityDone done{s_.activity, seconds_of(s_.now - s_.activity_start)};
    s_.activity.clear();
    s_.activity_start = -1;
    emit(std::move(done));
}

const anatomy::Band* Stepper::band(int index) const {
    const auto& bands = body_.bands();
    return index >= 0 && index < static_cast<int>(bands.size()) ? &bands[static_cast<std::size_t>(index)]
                                                                : nullptr;
}

int Stepper::nearest_band(const geometry::Vec3& p, double range_mm, bool targets_only) const {
    int best = -1;
    double nearest = range_mm;
    for (int i = 0; i < static_cast<int>(body_.bands().size()); ++i) {
        if (targets_only && !band(i)->target) continue;
        const double d = glm::length(band(i)->centre - p);
        if (d < nearest) {
            nearest = d;
            best = i;
        }
    }
    return best;
}

} // namespace tb::session
