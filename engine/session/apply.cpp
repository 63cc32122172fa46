// What an action changes at once. Accepted actions only (accept.cpp); the tool itself moves in the tick.
#include "session/stepper.h"

#include <algorithm>
#include <cmath>

#include "tissue/injection.h"

namespace tb::session {
namespace {

/// Air that gets into a syringe when drawing up, mL (est.).
constexpr double kAirDrawn_mL = 0.1;

/// Things that end when a tool is taken in hand.
bool needs_both_hands(const std::string& activity) {
    return activity == "hand_rub" || activity == "hand_wash" || activity == "stopper_rub" ||
           activity == "stretch" || activity == "gauze_pressure";
}

} // namespace

void Stepper::act(const events::Action& action, const std::string& actor) {
    const events::Event event = session_.log_.append(s_.now, actor, action);
    observe(event);
    std::visit([this](const auto& a) { apply(a); }, action);
    session_.changed_ = true;
}

void Stepper::select(events::Tool tool) {
    if (tool == s_.tool) return;
    if (s_.finger.touching) finger_lifted();
    if (s_.algometer.touching) algometer_lifted();
    if (s_.contact) contact_lifted();
    if (s_.spray.on) end_spray();
    if (SyringeState* syringe = in_hand()) release_plunger(*syringe);
    s_.tool = tool;
    s_.pose.reset();
    s_.previous_pose.reset();
    s_.needle = {};
    s_.needle_rest = 0;
    session_.pending_pose_.reset();
}

void Stepper::apply(const events::SelectTool& a) {
    if (a.tool != events::Tool::None && needs_both_hands(s_.activity)) end_activity();
    select(a.tool);
}

void Stepper::apply(const events::ToolPose& a) {
    s_.pose = a;
    if (!s_.previous_pose) s_.previous_pose = a; // a tool just taken in hand appears where it is
}

void Stepper::apply(const events::SetGrip& a) {
    s_.finger.pincer = a.pincer;
}

void Stepper::apply(const events::Say& a) {
    s_.said.insert(a.topic);
    answer(a.topic);
}

void Stepper::apply(const events::Declare&) {} // a judgement is stated: the event itself is all of it

void Stepper::apply(const events::SetPosture& a) {
    s_.posture = a.posture;
}

void Stepper::apply(const events::TakeItem& a) {
    s_.tray.insert(a.item);
}

void Stepper::apply(const events::WearGloves& a) {
    s_.gloves = a.gloves;
    s_.gloves_spoiled = false;
}

void Stepper::apply(const events::BeginActivity& a) {
    end_activity();
    if (needs_both_hands(a.activity)) {
        put_probe_back();
        select(a.activity == "gauze_pressure" ? events::Tool::Gauze : events::Tool::None);
    }
    s_.activity = a.activity;
    s_.activity_start = s_.now;
}

void Stepper::apply(const events::EndActivity&) {
    end_activity();
}

void Stepper::apply(const events::TakeAntiseptic& a) {
    s_.antiseptic = a.agent;
}

void Stepper::apply(const events::MountNeedle& a) {
    SyringeState& y = s_.syringe(a.syringe);
    y.gauge = a.gauge;
    y.length_mm = a.length.value();
    y.burred = y.used = y.disposed = y.blood_in_hub = false;
    y.silicone = 1.0;
    y.roll_deg = y.bent_deg = 0.0;
    y.out_of_skin = -1;
}

void Stepper::apply(const events::DrawUp& a) {
    SyringeState& y = s_.syringe(a.syringe);
    y.agent = a.agent;
    y.volume_mL += a.volume.value();
    y.drawn_mL += a.volume.value();
    y.air_mL = kAirDrawn_mL;
}

void Stepper::apply(const events::ExpelAir& a) {
    s_.syringe(a.syringe).air_mL = 0.0;
}

void Stepper::apply(const events::Mark& a) {
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body_, geometry::vec(a.point));
    s_.mark = skin.point;
    s_.mark_normal = skin.normal;
    touch_skin(skin.point, kPenRadius_mm);

    events::Marked marked;
    marked.point = geometry::point(skin.point);
    const auto along_skin = [&](int index) {
        const geometry::Vec3 d = band(index)->skin_point - skin.point;
        return glm::length(d - glm::dot(d, skin.normal) * skin.normal);
    };
    double nearest = 1e9;
    double nearest_target = 1e9;
    for (int i = 0; i < static_cast<int>(body_.bands().size()); ++i) {
        const double d = along_skin(i);
        if (d < nearest) {
            nearest = d;
            marked.trigger_point = band(i)->id;
        }
        if (band(i)->target) nearest_target = std::min(nearest_target, d);
    }
    // A body without (wanted) points has no distance: -1.
    marked.distance = Millimetres(nearest < 1e9 ? nearest : -1.0);
    marked.distance_to_target = Millimetres(nearest_target < 1e9 ? nearest_target : -1.0);
    emit(marked);
}

void Stepper::apply(const events::SprayJet& a) {
    if (a.on) {
        s_.spray = {};
        s_.spray.on = true;
    } else {
        end_spray();
    }
}

void Stepper::apply(const events::Aspirate& a) {
    SyringeState& y = *in_hand();
    release_plunger(y);
    if (!a.pull) return;
    y.pulling = true;
    y.pull_start = s_.now;
    y.blood_since = -1;
    y.blood_in_hub = y.air_seen = y.flash_blocked = false; // what is drawn now decides
    y.vacuum_kPa = tissue::aspiration_vacuum_kPa(parameters_, syringe_mL(which_in_hand()), a.force.value());
}

void Stepper::apply(const events::TurnBevel& a) {
    in_hand()->roll_deg = std::remainder(a.roll.value(), 360.0);
    s_.needle_rest = 0; // the hand has moved
}

void Stepper::apply(const events::PushPlunger& a) {
    SyringeState& y = *in_hand();
    if (a.rate.value() == 0.0) {
        end_push(y, which_in_hand());
        y.rate_mL_s = 0.0;
    } else {
        y.rate_mL_s = a.rate.value();
    }
}

void Stepper::apply(const events::Dispose& a) {
    if (a.item == "gloves") {
        s_.gloves = events::Gloves::None;
        return;
    }
    if (a.item == "swab") {
        if (s_.tool == events::Tool::Swab) select(events::Tool::None);
        s_.antiseptic.clear();
        return;
    }
    const bool wheal = a.item == "wheal_needle";
    SyringeState& y = wheal ? s_.wheal : s_.injection;
    if (s_.tool == (wheal ? events::Tool::WhealNeedle : events::Tool::Needle)) select(events::Tool::None);
    if (a.place == "tray") return; // laid down: it lies there still
    y = {};
    y.disposed = true;
}

void Stepper::apply(const events::Document& a) {
    s_.documented.insert(a.field);
}

void Stepper::apply(const events::AskHint&) {} // the host answers with a HintGiven

void Stepper::apply(const events::FastForward&) {} // the host advances the session

void Stepper::apply(const events::FinishCase& a) {
    select(events::Tool::None);
    put_probe_back();
    end_activity();
    end_bleeding();
    s_.finished = true;
    s_.decision = a.decision;
}

} // namespace tb::session
