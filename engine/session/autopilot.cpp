#include "session/autopilot.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "session/autopilot_script.h"

namespace tb::session {
namespace {

using geometry::Vec3;

/// How well a literature point explains the pain the patient drew: main areas count twice.
int explains(const anatomy::TriggerPoint& point, const std::vector<std::string>& drawn) {
    const auto in_drawing = [&](const std::vector<std::string>& zones) {
        return static_cast<int>(std::count_if(zones.begin(), zones.end(), [&](const std::string& zone) {
            return std::find(drawn.begin(), drawn.end(), zone) != drawn.end();
        }));
    };
    return 2 * in_drawing(point.referral_primary) + in_drawing(point.referral_spillover);
}

using Faults = std::set<std::string, std::less<>>;

/// What a beginner does: presses here and there, hurries, forgets.
Faults novice_faults(Random& random) {
    Faults f{"no_indication",  "half_screen",   "half_consent",      "missing_items",    "no_stopper_rub",
             "short_hand_rub", "no_candidate",  "static_palpation",  "careless_aim",     "no_hold",
             "no_risk_named",  "mark_off_20mm", "short_cleaning",    "wet_entry",        "no_anaesthesia",
             "no_warning",     "no_fix",        "steep_entry",       "short_aspiration", "fast_injection",
             "single_pass",    "no_pressure",   "no_stretch",        "no_recheck",       "no_observation",
             "little_advice",  "no_record",     "no_second_hand_rub"};
    for (const auto* sometimes : {"no_gloves", "sitting_posture", "no_aspiration", "needle_on_tray",
                                  "touch_after_cleaning", "too_much_volume", "needle_to_hub"}) {
        if (random.chance(0.4)) f.insert(sometimes);
    }
    return f;
}

/// What a half-trained hand does: mostly right, each time something else left out.
Faults intermediate_faults(Random& random) {
    Faults f;
    for (const auto* fault : {"half_screen", "half_consent", "no_stopper_rub", "short_hand_rub",
                              "no_risk_named", "short_cleaning", "wet_entry", "no_wait_for_numbness",
                              "no_warning", "short_aspiration", "fast_injection", "single_pass",
                              "no_pressure", "no_stretch", "no_recheck", "little_advice", "short_record"}) {
        if (random.chance(0.35)) f.insert(fault);
    }
    f.insert("careless_aim");
    return f;
}

} // namespace

Script::Script(Session& session, const AutopilotOptions& options, Faults faults, const StepCallback& on_step)
    : options_(options), faults_(std::move(faults)), on_step_(on_step), hands_(session, options_),
      random_(options.seed, "autopilot"), scenario_(*session.world().scenario), plan_(scenario_.plan) {
    const auto& points = session.world().body->atlas().trigger_points();
    int best = -1;
    for (const anatomy::TriggerPoint& p : points) {
        if (p.muscle.empty()) continue;
        const int score = explains(p, scenario_.patient.pain_zones);
        if (score > best) {
            best = score;
            textbook_ = &p;
        }
    }
    // The side is on the card and in the patient's words.
    left_ = !plan_.points.empty() && plan_.points.front().ends_with("_l");
    if (errs("latent_point_injected")) {
        for (const anatomy::PointSpec& p : scenario_.body.points) {
            if (p.target || (p.side == anatomy::Side::Left) != left_) continue;
            if (const auto* latent = session.world().body->atlas().trigger_point(p.point)) textbook_ = latent;
        }
    }
    if (errs("wrong_side")) left_ = !left_;
}

void Script::play() {
    talk();
    told("talk");
    equipment();
    told("equipment");
    clean_hands("no_hand_hygiene", "short_hand_rub");
    told("hands");
    position();
    told("position");
    locate();
    disinfect();
    anaesthetise();
    inject();
    after_needle();
    finish();
}

void Script::talk() {
    const auto all_of = [&](std::string_view step, int most = 100) {
        for (const scenario::Topic& topic : scenario_.tables.topics) {
            if (topic.step == step && topic.counts && most-- > 0) hands_.say(topic.id);
        }
    };
    if (!errs("no_identity")) {
        hands_.say("identity.introduce");
        all_of("identity");
        hands_.say("identity.side");
    }
    if (!errs("no_indication")) {
        all_of("indication");
        hands_.say("indication.pain_score");
        hands_.say("indication.movement");
        hands_.say("indication.red_flags");
    }
    if (!errs("no_screen")) all_of("safety-screen", errs("half_screen") ? 6 : 100);
    if (!errs("no_consent")) {
        all_of("consent", errs("half_consent") ? 5 : 100);
        hands_.say("consent.agree");
    }
    hands_.say("referral.where");
    hands_.say("referral.spread");
    if (!errs("no_candidate") && textbook_ != nullptr) {
        hands_.act(events::Declare{"candidate_muscle", textbook_->muscle});
        hands_.wait(2.0);
    }
}

void Script::equipment() {
    int left_out = errs("missing_items") ? 3 : 0;
    for (const scenario::EquipmentItem& item : scenario_.tables.equipment) {
        const bool cover = item.id == "probe_cover" && follows_needle();
        if (!item.required && !cover) continue;
        if (item.id == "sharps_box" && errs("no_sharps_box")) continue;
        if (left_out > 0 &&
            (item.id == "plaster" || item.id == "emergency_tray" || item.id == "drawing_up_needle")) {
            --left_out;
            continue;
        }
        hands_.act(events::TakeItem{item.id});
        hands_.wait(1.0);
    }
    if (!errs("no_label")) hands_.act(events::TakeItem{"syringe_labels"});
    if (!errs("no_stopper_rub")) {
        hands_.act(events::BeginActivity{"stopper_rub"});
        hands_.wait(16.0);
        hands_.act(events::EndActivity{});
    }
    const int gauge = errs("too_thick_needle") ? 21 : plan_.gauge;
    const double length = errs("too_long_needle")    ? 75.0
                          : errs("needle_into_lung") ? 75.0
                                                     : plan_.needle_length.value();
    const std::string agent = errs("overdose") ? "lidocaine_2" : plan_.agent;
    // More than is planned, as the needle's dead space and the air take some.
    const double volume = errs("overdose")          ? 9.9
                          : errs("too_much_volume") ? 3.0
                                                    : 3.0 * plan_.volume_per_site.value() + 0.1;
    hands_.act(events::MountNeedle{events::Syringe::Injection, gauge, Millimetres(length)});
    hands_.act(events::DrawUp{events::Syringe::Injection, agent, Millilitres(volume)});
    hands_.wait(5.0);
    if (!errs("air_in_syringe")) hands_.act(events::ExpelAir{events::Syringe::Injection});
    if (!errs("no_label")) hands_.act(events::Declare{"label", agent});
    if (!errs("no_anaesthesia")) {
        hands_.act(events::MountNeedle{events::Syringe::Wheal, 30, Millimetres(13.0)});
        hands_.act(events::DrawUp{events::Syringe::Wheal, plan_.wheal_agent, Millilitres(0.5)});
        hands_.act(events::ExpelAir{events::Syringe::Wheal});
    }
    hands_.wait(5.0);
}

void Script::clean_hands(std::string_view fault_none, std::string_view fault_short) {
    if (errs(fault_none)) return;
    hands_.act(events::BeginActivity{"hand_rub"});
    hands_.wait(errs(fault_short) ? 12.0 : 26.0);
    hands_.act(events::EndActivity{});
}

void Script::position() {
    events::Posture posture = events::Posture::Prone;
    if (std::find(plan_.postures.begin(), plan_.postures.end(), "prone") == plan_.postures.end()) {
        posture = left_ ? events::Posture::SideLyingRight : events::Posture::SideLyingLeft;
        if (!plan_.postures.empty() && plan_.postures.front() == "supine") posture = events::Posture::Supine;
    }
    if (errs("sitting_posture")) posture = events::Posture::Sitting;
    hands_.act(events::SetPosture{posture});
    hands_.wait(8.0);
}

void Script::after_needle() {
    if (!errs("no_pressure")) {
        hands_.act(events::BeginActivity{"gauze_pressure"});
        hands_.wait(124.0);
        hands_.act(events::EndActivity{});
        told("pressure");
    }
    if (!errs("no_stretch")) {
        for (int cycle = 0; cycle < 3; ++cycle) {
            hands_.act(events::BeginActivity{"stretch"});
            hands_.wait(9.0);
        }
        told("stretch");
    }
    if (!errs("no_recheck")) {
        hands_.take(events::Tool::Finger);
        const std::array<Vec3, 5> way{on_map(best_.s, best_.t - 8.0), on_map(best_.s, best_.t + 8.0),
                                      on_map(best_.s, best_.t - 8.0), on_map(best_.s, best_.t + 8.0), found_};
        hands_.touch(way.front(), 18.0);
        hands_.glide(way, 18.0, 40.0);
        hands_.wait(2.0);
        hands_.lift();
        hands_.take(events::Tool::None);
        hands_.say("recheck.pain_score");
        hands_.say("recheck.movement");
        told("recheck");
    }
    if (!errs("no_observation")) {
        hands_.act(events::BeginActivity{"observe"});
        for (const auto* topic :
             {"observe.breathing", "observe.chest_pain", "observe.numbness", "observe.dizziness"}) {
            hands_.wait(450.0);
            hands_.say(topic);
        }
        hands_.act(events::EndActivity{});
        told("observe");
    }
}

void Script::finish() {
    if (hands_.state().gloves != events::Gloves::None) {
        hands_.act(events::Dispose{"gloves", "bin"});
        hands_.wait(2.0);
    }
    clean_hands("no_second_hand_rub", "");
    if (!errs("no_advice")) {
        int most = errs("little_advice") ? 3 : 100;
        for (const scenario::Topic& topic : scenario_.tables.topics) {
            if (topic.step == "advice" && topic.counts && most-- > 0) hands_.say(topic.id);
        }
    }
    if (!errs("no_record")) {
        int most = errs("short_record") ? 10 : 100;
        for (const std::string& field : scenario_.tables.record_fields) {
            if (most-- <= 0) break;
            hands_.act(events::Document{field});
            hands_.wait(2.0);
        }
    }
    if (!errs("no_followup")) {
        hands_.say("follow_up.days_14");
        hands_.say("follow_up.stop_rule");
        hands_.say("follow_up.causes");
    }
    hands_.act(events::FinishCase{"injected"});
    told("finish");
}

Expected<void> run_autopilot(Session& session, const AutopilotOptions& options, const StepCallback& on_step) {
    Faults committed(options.faults.begin(), options.faults.end());
    for (const std::string& name : committed) {
        const auto& known = faults();
        if (std::none_of(known.begin(), known.end(), [&](const Fault& f) { return f.name == name; })) {
            return fail(ErrorCode::BadInput,
                        fmt::format("there is no fault \"{}\"; \"--fault list\" names them", name));
        }
    }
    Random random(options.seed, "trainee");
    if (options.trainee == "novice") {
        committed.merge(novice_faults(random));
    } else if (options.trainee == "intermediate") {
        committed.merge(intermediate_faults(random));
    } else if (options.trainee != "expert") {
        return fail(
            ErrorCode::BadInput,
            fmt::format("there is no trainee \"{}\": expert, intermediate or novice", options.trainee));
    }
    if (session.state().finished) return fail(ErrorCode::BadInput, "the case is already finished");
    Script(session, options, std::move(committed), on_step).play();
    return {};
}

} // namespace tb::session
