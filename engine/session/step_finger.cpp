// The palpating finger: what it feels, its strokes and holds, and what the patient says to them.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "session/patient_words.h"
#include "session/stepper.h"
#include "tissue/response.h"

namespace tb::session {
namespace {

using geometry::Vec3;

// Of the contact itself.
constexpr double kColumnDepth_mm = 80.0; ///< deep enough for every bone behind a palpated muscle
constexpr double kColumnMoved_mm = 0.2;  ///< the tissue is looked up again after this way
constexpr double kOffSkin_mm = 15.0;     ///< farther from the skin a finger touches nothing
constexpr double kPadRadius_mm = 7.0;    ///< contact on the prepared skin (palpation pad, est.)

// Of strokes and holds (est.).
constexpr double kStill_mm = 0.6;     ///< less movement than this ...
constexpr double kStill_s = 0.3;      ///< ... for this long ends a stroke
constexpr double kHoldForce_N = 10.0; ///< firm pressure (finding.h)
constexpr double kHoldDrift_mm = 4.0;
constexpr double kHoldLeast_s = 1.0;
constexpr double kHoldReach_mm = 10.0;    ///< the point pressed (finding.h)
constexpr double kReferralReach_mm = 8.0; ///< response.h
constexpr double kStrokeReach_mm = 15.0;  ///< nearest point to where the best band was felt (finding.h)
constexpr double kBandClear = 0.3;        ///< shown strength at which a hand is sure of a band
constexpr double kBandMemory_s = 60.0;
constexpr double kSpotPain = 2.0; ///< clearly tender
constexpr double kRecognisedPain = 3.0;

// Of what is stated.
constexpr double kFeltStep = 0.1;
constexpr double kFeltForceStep_N = 2.0;
constexpr double kFeltPainStep = 1.0;
constexpr Tick kFeltEvery = 12;

double shown(const tissue::Parameters& parameters, double static_contrast, double cue, double gain) {
    return std::max(tissue::perceived(parameters, static_contrast, gain),
                    std::clamp(tissue::perceived(parameters, cue, gain), 0.0, 1.0));
}

} // namespace

const FingerColumn& Stepper::column_at(const events::ToolPose& pose, bool touching, Vec3& from) {
    const Vec3 at = geometry::vec(pose.tip);
    FingerColumn& memory = session_.column_;
    if (!touching || glm::length(at - from) > kColumnMoved_mm) from = at;
    if (!memory.valid || memory.at != from) {
        memory.valid = true;
        memory.at = from;
        const anatomy::SkinPoint skin = anatomy::nearest_skin(body_, from);
        memory.muscle.reset();
        memory.column = {};
        memory.column.surface = skin;
        if (glm::length(skin.point - from) <= kOffSkin_mm) {
            memory.column = anatomy::tissue_column(body_, skin, -skin.normal, kColumnDepth_mm);
            memory.muscle = anatomy::first_muscle(body_, skin, -skin.normal);
        }
    }
    return memory;
}

tissue::PadContact Stepper::contact_at(const events::ToolPose& pose, tissue::Relaxation& relaxation) {
    FingerColumn& under = session_.column_;
    // The column is some tenths of a millimetre old, the place of what presses is not.
    under.column.surface.point = geometry::vec(pose.tip);
    tissue::PadContact contact;
    contact.column = &under.column;
    contact.inward = geometry::vec(pose.axis);
    contact.press_N = pose.press.value();
    contact.elastic_N = tissue::creep(parameters_, contact.press_N, 1.0 / kTicksPerSecond, relaxation);
    contact.bands = body_.bands();
    if (under.muscle) {
        contact.fibre = under.muscle->fibre;
        contact.muscle = body_.atlas().structure(under.muscle->muscle).id;
    }
    return contact;
}

void Stepper::finger_tick() {
    FingerState& f = s_.finger;
    const events::ToolPose pose = *s_.pose;
    if (pose.press.value() <= 0.0) {
        if (f.touching) finger_lifted();
        return;
    }
    const FingerColumn& under = column_at(pose, f.touching, f.column_at);
    if (under.column.layers.empty()) {
        if (f.touching) finger_lifted();
        return;
    }
    f.muscle = under.muscle ? body_.atlas().structure(under.muscle->muscle).id : std::string();
    const bool began = !f.touching;
    if (began) {
        f.touching = true;
        f.stroke_start = s_.now;
        f.still_since = s_.now;
        f.still_point = geometry::vec(pose.tip);
        f.stroke_stated = false;
        f.said_level = 0;
        f.strum = {};
        emit(events::Contact{events::Tool::Finger, true, pose.tip, f.muscle});
    }
    if (began || pose_moved()) touch_skin(geometry::vec(pose.tip), kPadRadius_mm);

    tissue::PadContact contact = contact_at(pose, f.relaxation);
    contact.pincer = f.pincer;
    const tissue::PadReading reading = tissue::press(parameters_, contact);

    double across = 0.0;
    double lateral = 0.0;
    constexpr double dt = 1.0 / (kTicksPerSecond * kSubsteps);
    for (int k = 1; k <= kSubsteps; ++k) {
        const events::ToolPose p = pose_at(static_cast<double>(k) / kSubsteps);
        contact.press_N = p.press.value();
        const tissue::StrumStep step =
            tissue::strum(parameters_, contact, reading, geometry::vec(p.tip), dt, f.strum);
        across += std::abs(step.across_mm);
        lateral = std::max(lateral, step.lateral_N);
        if (step.snapped) {
            f.snapped_at = s_.now;
            const int index = step.band >= 0 ? step.band : reading.band;
            const anatomy::Band* b = band(index);
            const double d = index == reading.nodule ? reading.nodule_distance_mm : 1e9;
            const double speed_m_s = step.speed_mm_s / 1000.0;
            if (b != nullptr && s_.random.chance(tissue::snap_twitch_chance(parameters_, *b, p.press.value(),
                                                                            speed_m_s, d))) {
                emit(events::Twitch{b->id, false, Millimetres(s_.random.uniform(0.5, 2.0))});
                session_.changed_ = true;
            }
        }
    }

    const double gain = session_.options_.contrast_gain;
    const double before = f.indentation_mm;
    f.point = geometry::vec(pose.tip);
    f.inward = contact.inward;
    f.press_N = pose.press.value();
    f.indentation_mm = reading.indentation_mm;
    f.stiffness_N_per_mm = reading.stiffness_N_per_mm;
    f.pressure_kPa = reading.pressure_kPa;
    f.lateral_N = lateral;
    f.band_shown = shown(parameters_, reading.band_contrast, f.strum.cue, gain);
    f.nodule_shown = shown(parameters_, reading.nodule_contrast, f.strum.nodule_cue, gain);
    f.band = f.strum.band >= 0 && f.strum.cue > reading.band_contrast ? f.strum.band : reading.band;
    f.nodule = reading.nodule;
    f.nodule_distance_mm = reading.nodule_distance_mm;

    const KgPerCm2 threshold = tissue::threshold_at(parameters_, body_, reading, scenario_.patient.female,
                                                    tissue::pressed_site(body_, under.column));
    f.pain = limited_pain(tissue::pressure_pain(parameters_, f.press_N, reading.pad_radius_mm, threshold),
                          reading.nodule, reading.nodule_distance_mm);
    if (f.pain >= 1.0) hurt(f.pain, 0.5);

    follow_stroke(reading, across, f.point);
    follow_hold(f.point);
    state_felt();
    voice_finger_pain();
    if (began || pose_moved() || std::abs(before - f.indentation_mm) > 0.01 || f.strum.cue > 0.01)
        session_.changed_ = true;
}

double Stepper::limited_pain(double pain, int nodule, double distance_mm) const {
    const anatomy::Band* near = distance_mm <= kStrokeReach_mm ? band(nodule) : nullptr;
    if (near != nullptr) {
        const auto treated = s_.relief.find(nodule);
        const double eased = treated != s_.relief.end() ? treated->second : 0.0;
        pain = std::clamp(std::min(pain, near->pain_on_pressure) - eased, 0.0, 10.0);
    }
    return std::clamp(pain, 0.0, 10.0);
}

void Stepper::finger_lifted() {
    FingerState& f = s_.finger;
    end_hold();
    if (f.stroke_open || !f.stroke_stated) end_stroke();
    emit(events::Contact{events::Tool::Finger, false, geometry::point(f.point), f.muscle});
    // What was felt a moment ago stays in the hand's memory, and the grip stays; everything else ends.
    FingerState lifted;
    lifted.pincer = f.pincer;
    lifted.point = f.point;
    lifted.band_felt = f.band_felt;
    lifted.band_felt_at = f.band_felt_at;
    f = lifted;
    session_.changed_ = true;
}

void Stepper::follow_stroke(const tissue::PadReading& reading, double across_mm, const Vec3& at) {
    FingerState& f = s_.finger;
    if (glm::length(at - f.still_point) > kStill_mm) {
        f.still_point = at;
        f.still_since = -1;
        if (!f.stroke_open) {
            f.stroke_open = true;
            if (f.stroke_stated) f.stroke_start = s_.now;
            f.stroke_across_mm = f.stroke_peak_N = f.stroke_best_band = f.stroke_best_nodule = 0.0;
            f.stroke_band = -1;
            f.stroke_muscle.clear();
        }
    } else if (f.still_since < 0) {
        f.still_since = s_.now;
    }
    f.stroke_across_mm += across_mm;
    f.stroke_peak_N = std::max(f.stroke_peak_N, f.press_N);
    f.stroke_best_nodule = std::max(f.stroke_best_nodule, f.nodule_shown);
    if (f.stroke_muscle.empty()) f.stroke_muscle = f.muscle;
    if (f.band_shown > f.stroke_best_band) {
        f.stroke_best_band = f.band_shown;
        f.stroke_best_at = at;
        f.stroke_muscle = f.muscle;
        f.stroke_band = reading.nodule_distance_mm <= kStrokeReach_mm ? reading.nodule : -1;
    }
    if (f.band_shown >= kBandClear) {
        f.band_felt = s_.now;
        f.band_felt_at = at;
    }
    const bool stood_still = f.still_since >= 0 && s_.now - f.still_since >= ticks_of(Seconds(kStill_s));
    if (f.stroke_open && stood_still) end_stroke();
}

void Stepper::end_stroke() {
    FingerState& f = s_.finger;
    events::Stroke stroke;
    stroke.muscle = f.stroke_muscle;
    stroke.duration = seconds_of(s_.now - f.stroke_start);
    stroke.peak_press = Newtons(f.stroke_peak_N);
    stroke.length_across = Millimetres(f.stroke_across_mm);
    stroke.best_band = f.stroke_best_band;
    stroke.best_nodule = f.stroke_best_nodule;
    if (const anatomy::Band* b = band(f.stroke_band)) stroke.trigger_point = b->id;
    f.stroke_open = false;
    f.stroke_stated = true;
    emit(std::move(stroke));
}

void Stepper::follow_hold(const Vec3& at) {
    FingerState& f = s_.finger;
    if (f.press_N < kHoldForce_N) return end_hold();
    if (f.hold_start < 0 || glm::length(at - f.hold_point) > kHoldDrift_mm) {
        end_hold();
        f.hold_start = s_.now;
        f.hold_point = at;
        f.hold_force_sum = f.hold_pain = 0.0;
        f.hold_referred = f.hold_recognised = false;
    }
    f.hold_force_sum += f.press_N;
    f.hold_pain = std::max(f.hold_pain, f.pain);

    const anatomy::Band* b = f.nodule_distance_mm <= kReferralReach_mm ? band(f.nodule) : nullptr;
    if (f.hold_referred || b == nullptr) return;
    if (seconds_of(s_.now - f.hold_start).value() < tissue::referral_latency_s(parameters_, *b)) return;
    f.hold_referred = true;
    const anatomy::TriggerPoint* point = body_.atlas().trigger_point(b->point);
    if (b->state == anatomy::PointState::Active && f.hold_pain >= kRecognisedPain) {
        f.hold_recognised = true;
        hurt(f.pain, 2.0);
        speak(
            fmt::format("That is the pain I know. It goes to {}.", referral_words(point, scenario_.patient)),
            f.pain);
    } else {
        speak("It spreads a little, but that is not the pain I know.", f.pain);
    }
}

void Stepper::end_hold() {
    FingerState& f = s_.finger;
    if (f.hold_start < 0) return;
    const Tick ticks = s_.now - f.hold_start;
    if (seconds_of(ticks).value() >= kHoldLeast_s) {
        events::HeldPressure held;
        held.point = geometry::point(f.hold_point);
        held.duration = seconds_of(ticks);
        held.press = Newtons(f.hold_force_sum / static_cast<double>(ticks));
        if (const anatomy::Band* b = band(f.nodule); b != nullptr && f.nodule_distance_mm <= kHoldReach_mm) {
            held.trigger_point = b->id;
        }
        const bool band_near = f.band_felt >= 0 &&
                               seconds_of(s_.now - f.band_felt).value() <= kBandMemory_s &&
                               glm::length(f.band_felt_at - f.hold_point) <= kStrokeReach_mm;
        if (band_near) held.criteria.emplace_back("band");
        if (f.hold_pain >= kSpotPain) held.criteria.emplace_back("spot");
        if (f.hold_referred) held.criteria.emplace_back("referral");
        if (f.hold_recognised) held.criteria.emplace_back("recognition");
        emit(std::move(held));
    }
    f.hold_start = -1;
}

void Stepper::state_felt() {
    FingerState& f = s_.finger;
    if (f.felt_at >= 0 && s_.now - f.felt_at < kFeltEvery) return;
    const bool news = f.felt_at < 0 || std::abs(f.band_shown - f.felt_band) >= kFeltStep ||
                      std::abs(f.nodule_shown - f.felt_nodule) >= kFeltStep ||
                      std::abs(f.pain - f.felt_pain) >= kFeltPainStep ||
                      std::abs(f.press_N - f.felt_press_N) >= kFeltForceStep_N;
    if (!news) return;
    f.felt_at = s_.now;
    f.felt_band = f.band_shown;
    f.felt_nodule = f.nodule_shown;
    f.felt_pain = f.pain;
    f.felt_press_N = f.press_N;
    events::Felt felt;
    felt.point = geometry::point(f.point);
    felt.press = Newtons(f.press_N);
    felt.indentation = Millimetres(f.indentation_mm);
    felt.band = f.band_shown;
    felt.nodule = f.nodule_shown;
    felt.tenderness = f.pain;
    if (const anatomy::Band* b = band(f.band); b != nullptr && f.band_shown > 0.0) felt.band_of = b->id;
    emit(std::move(felt));
}

void Stepper::voice_finger_pain() {
    struct Words {
        double pain;
        std::string_view text;
    };
    // From "tender" to the jump sign.
    static constexpr std::array<Words, 3> kWords{{{3.0, "That is tender."},
                                                  {5.0, "Ow, that is the sore spot."},
                                                  {7.0, "Ouch! (starts and pulls away)"}}};
    FingerState& f = s_.finger;
    int level = 0;
    for (const Words& w : kWords)
        level += f.pain >= w.pain ? 1 : 0;
    if (level <= f.said_level) return;
    f.said_level = level;
    speak(kWords[static_cast<std::size_t>(level - 1)].text, f.pain);
}

} // namespace tb::session
