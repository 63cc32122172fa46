// Swab, gauze, pen and spray on the skin; drying; numbness.
#include <algorithm>

#include "session/stepper.h"

namespace tb::session {
namespace {

using geometry::Vec3;

constexpr double kGauzeRadius_mm = 20.0;
/// Wiping this far from the field that was begun starts a new one, mm (est.).
constexpr double kNewField_mm = 60.0;
constexpr Tick kHandGap = 8;      ///< a hand that sends no pose for this long stands still
constexpr double kDrying_s = 0.1; ///< interval at which the skin dries on (step.cpp: every 12 ticks)

// Cold spray: numb for about a minute when sprayed for 4 s at 8 to 18 cm (SPRAY-LABEL); outside 5 to 25 cm or
// under 2 s it does nothing (est.).
constexpr double kSprayLeast_s = 2.0, kSprayNumb_s = 60.0, kSprayRadius_mm = 25.0;
constexpr double kSprayNear_mm = 50.0, kSprayFar_mm = 250.0;

} // namespace

void Stepper::touch_skin(const Vec3& point, double radius_mm) {
    const bool prepared = s_.prep.placed() && !s_.prep.agent().empty() &&
                          glm::length(point - s_.prep.centre()) <= tissue::SkinPrep::kField_mm;
    const bool gloved = s_.tool == events::Tool::Finger && s_.gloves == events::Gloves::Sterile;
    if (!prepared) {
        if (gloved) s_.gloves_spoiled = true;
        return;
    }
    if (gloved && !s_.gloves_spoiled) return;
    contaminate(point, radius_mm);
}

void Stepper::contaminate(const Vec3& point, double radius_mm) {
    if (s_.procedure.facts().injection_out) return; // the puncture is closed: hands may touch again
    s_.prep.touch(point, radius_mm);
    if (s_.prep_touch_stated || !s_.prep.state().touched_after) return;
    s_.prep_touch_stated = true;
    state_skin("touched", s_.prep.centre());
}

void Stepper::state_skin(std::string_view occasion, const Vec3& at) {
    const tissue::SkinPrep::State p = s_.prep.state();
    events::SkinState state;
    state.occasion = std::string(occasion);
    const bool in_field =
        s_.prep.placed() && glm::length(at - s_.prep.centre()) <= tissue::SkinPrep::kField_mm;
    if (in_field) { // elsewhere nothing was cleaned
        state.agent = s_.prep.agent();
        state.coverage = p.coverage;
        state.friction = Seconds(p.friction_s);
        state.outward = p.outward;
        state.dried = Seconds(p.dried_s);
        state.dryness = p.dryness;
        state.touched_after = p.touched_after;
    }
    emit(std::move(state));
}

void Stepper::contact_tick() {
    const events::ToolPose& pose = *s_.pose;
    const Vec3 at = geometry::vec(pose.tip);
    if (pose.press.value() <= 0.0) {
        if (s_.contact) contact_lifted();
        return;
    }
    const bool began = !s_.contact;
    if (began) {
        s_.contact = true;
        s_.contact_since = s_.now;
        s_.contact_at = at;
        s_.contact_step = Vec3(0.0);
        s_.contact_moved = s_.now;
        s_.gauze_N = 0.0;
        const anatomy::SkinPoint skin = anatomy::nearest_skin(body_, at);
        const auto muscle = anatomy::first_muscle(body_, skin, -skin.normal);
        emit(events::Contact{s_.tool, true, pose.tip,
                             muscle ? body_.atlas().structure(muscle->muscle).id : std::string()});
    }
    if (s_.tool == events::Tool::Swab) {
        const auto* agent = scenario_.tables.antiseptic(s_.antiseptic);
        if (agent != nullptr) {
            if (!s_.prep.placed() || glm::length(at - s_.prep.centre()) > kNewField_mm) {
                const anatomy::SkinPoint skin = anatomy::nearest_skin(body_, s_.mark.value_or(at));
                const bool mark_near = s_.mark && glm::length(at - *s_.mark) <= kNewField_mm;
                const anatomy::SkinPoint here = mark_near ? skin : anatomy::nearest_skin(body_, at);
                s_.prep.place(here.point, here.normal);
            }
            const tissue::Antiseptic a{agent->id, agent->name, agent->friction_s, agent->drying_s,
                                       agent->flammable};
            // Poses come every few ticks: between them the hand goes on as it went.
            if (at != s_.contact_at) {
                s_.contact_step =
                    (at - s_.contact_at) / static_cast<double>(std::max<Tick>(1, s_.now - s_.contact_moved));
                s_.contact_moved = s_.now;
            } else if (s_.now - s_.contact_moved > kHandGap) {
                s_.contact_step = Vec3(0.0);
            }
            s_.prep.wipe(a, at, s_.contact_step, 1.0 / kTicksPerSecond);
            s_.prep_dry_stated = s_.prep_touch_stated = false;
            session_.changed_ = true;
        }
    } else if (began || pose_moved()) {
        touch_skin(at, s_.tool == events::Tool::Gauze ? kGauzeRadius_mm : kPenRadius_mm);
        session_.changed_ = true;
    }
    if (s_.tool == events::Tool::Gauze) s_.gauze_N = std::max(s_.gauze_N, pose.press.value());
    s_.contact_at = at;
}

void Stepper::contact_lifted() {
    const bool pressed = s_.gauze_presses();
    s_.contact = false;
    emit(events::Contact{s_.tool, false, geometry::point(s_.contact_at), {}});
    if (s_.tool == events::Tool::Swab && !s_.antiseptic.empty()) state_skin("swab_lifted", s_.prep.centre());
    // The hand pressing a gauze is the same thing as the activity of that name.
    if (pressed && s_.activity != "gauze_pressure") {
        emit(events::ActivityDone{"gauze_pressure", seconds_of(s_.now - s_.contact_since)});
    }
    s_.contact_since = -1;
    session_.changed_ = true;
}

void Stepper::prep_tick() {
    if (!s_.prep.placed() || s_.prep.agent().empty()) return;
    const auto revision = s_.prep.revision();
    s_.prep.advance(kDrying_s);
    if (s_.prep.revision() != revision) session_.changed_ = true;
    const bool wiping = s_.contact && s_.tool == events::Tool::Swab;
    if (!wiping && !s_.prep_dry_stated && s_.prep.state().dryness >= 1.0) {
        s_.prep_dry_stated = true;
        state_skin("dry", s_.prep.centre());
    }
}

void Stepper::spray_tick() {
    if (!s_.spray.on) return;
    const Vec3 nozzle = geometry::vec(s_.pose->tip);
    const auto skin = anatomy::skin_hit(body_, nozzle, geometry::vec(s_.pose->axis));
    if (!skin) return;
    constexpr double dt = 1.0 / kTicksPerSecond;
    s_.spray.target = skin->point;
    s_.spray.seconds += dt;
    s_.spray.distance_sum += glm::length(skin->point - nozzle) * dt;
    session_.changed_ = true;
}

void Stepper::end_spray() {
    const SprayState spray = s_.spray;
    s_.spray = {};
    if (spray.seconds <= 0.0) return;
    const double distance = spray.distance_sum / spray.seconds;
    if (spray.seconds < kSprayLeast_s || distance < kSprayNear_mm || distance > kSprayFar_mm) {
        speak("Cold.");
        return;
    }
    s_.numb_centre = spray.target;
    s_.numb_radius_mm = kSprayRadius_mm;
    s_.numb_from = s_.now;
    s_.numb_until = s_.now + ticks_of(Seconds(kSprayNumb_s));
    s_.numb_stated = true;
    speak("Oh, that is cold.");
    emit(events::Numbed{"spray", Seconds(spray.seconds), Millimetres(distance),
                        Millimetres(s_.mark ? glm::length(spray.target - *s_.mark) : -1.0)});
}

void Stepper::numb_tick() {
    if (s_.numb_stated || s_.now < s_.numb_from) return;
    s_.numb_stated = true;
    session_.changed_ = true;
    emit(events::Numbed{"wheal", Seconds(0.0), Millimetres(0.0),
                        Millimetres(s_.mark ? glm::length(*s_.numb_centre - *s_.mark) : -1.0)});
}

} // namespace tb::session
