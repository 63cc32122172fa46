// The pressure algometer: its dial, the patient's word when the pressure becomes pain, and what pressing on
// does.
#include <algorithm>
#include <array>
#include <cmath>

#include "session/stepper.h"
#include "tissue/response.h"

namespace tb::session {
namespace {

using geometry::Vec3;

constexpr double kPointReach_mm = 10.0; ///< the point pressed (finding.h)
constexpr double kPainRating = 1.0;     ///< from this pain on the face shows it
constexpr double kSlid_mm = 4.0;        ///< a tip that has slid this far begins anew: another place (est.)

/// Said when the pressure goes on after the patient's word.
struct AfterWord {
    double pain;
    std::string_view text;
};
constexpr std::array<AfterWord, 2> kAfterWord{
    {{3.0, "Please stop, that hurts."}, {6.0, "Ouch! (starts and pulls away)"}}};

/// How fast the pressure has risen over the last second, or since the tip was put down, kg/cm2/s.
double pressing_rate(const AlgometerState& a, Tick now) {
    const Tick held = now - a.since;
    const bool longer = held >= kTicksPerSecond;
    const Tick span =
        longer ? kTicksPerSecond + held % AlgometerState::kSampleEvery : std::max<Tick>(1, held);
    return std::max(0.0, a.pressure - (longer ? a.lately.back() : 0.0)) / seconds_of(span).value();
}

} // namespace

void Stepper::algometer_tick() {
    AlgometerState& a = s_.algometer;
    const events::ToolPose pose = *s_.pose;
    const Vec3 at = geometry::vec(pose.tip);
    if (a.touching && glm::length(at - a.point) > kSlid_mm) algometer_lifted();
    if (pose.press.value() <= 0.0) {
        if (a.touching) algometer_lifted();
        return;
    }
    const FingerColumn& under = column_at(pose, a.touching, a.column_at);
    if (under.column.layers.empty()) {
        if (a.touching) algometer_lifted();
        return;
    }
    const double tip_mm = tissue::algometer_tip_mm(parameters_);
    const bool began = !a.touching;
    if (began) {
        const Vec3 looked_up = a.column_at;
        a = {};
        a.column_at = looked_up;
        a.used = a.touching = true;
        a.since = s_.now;
        a.point = at;
        emit(
            events::Contact{events::Tool::Algometer, true, pose.tip,
                            under.muscle ? body_.atlas().structure(under.muscle->muscle).id : std::string()});
    }
    if (began || pose_moved()) touch_skin(at, tip_mm);

    tissue::PadContact contact = contact_at(pose, a.relaxation);
    contact.tip_radius_mm = tip_mm;
    const tissue::PadReading reading = tissue::press(parameters_, contact);

    const double before = a.indentation_mm;
    a.inward = contact.inward;
    a.press_N = contact.press_N;
    a.indentation_mm = reading.indentation_mm;
    a.pressure = tissue::algometer_pressure(parameters_, a.press_N, tip_mm).value();
    a.peak = std::max(a.peak, a.pressure);
    if ((s_.now - a.since) % AlgometerState::kSampleEvery == 0) {
        std::copy_backward(a.lately.begin(), a.lately.end() - 1, a.lately.end());
        a.lately.front() = a.pressure;
    }
    word_of_pain(under, reading);
    if (began || pose_moved() || std::abs(before - a.indentation_mm) > 0.01) session_.changed_ = true;
}

void Stepper::word_of_pain(const FingerColumn& under, const tissue::PadReading& reading) {
    AlgometerState& a = s_.algometer;
    const bool female = scenario_.patient.female;
    const std::string_view site = tissue::pressed_site(body_, under.column);
    KgPerCm2 threshold = tissue::threshold_at(parameters_, body_, reading, female, site);
    a.pain = limited_pain(
        tissue::pressure_pain(parameters_, a.press_N, tissue::algometer_tip_mm(parameters_), threshold),
        reading.nodule, reading.nodule_distance_mm);
    if (a.pain >= kPainRating) hurt(a.pain, 0.5);

    const auto treated = s_.relief.find(reading.nodule);
    if (treated != s_.relief.end() && reading.nodule_distance_mm <= kPointReach_mm) {
        // A treated point takes more before it hurts, as under the finger, but no more than healthy muscle.
        const KgPerCm2 eased(threshold.value() + treated->second / parameters_.value("ppt.pain_slope"));
        threshold =
            std::max(threshold, std::min(eased, tissue::healthy_threshold(parameters_, female, site)));
    }
    if (a.pressure < tissue::pain_begins(parameters_, threshold).value()) {
        a.hurts_since = -1;
    } else if (a.hurts_since < 0) {
        a.hurts_since = s_.now;
    }
    if (!a.said) {
        const Tick late = ticks_of(Seconds(parameters_.value("ppt.reaction_time")));
        if (a.hurts_since < 0 || s_.now - a.hurts_since < late) return;
        a.said = true;
        hurt(std::max(kPainRating, a.pain), 1.0);
        speak("Now it hurts."); // a threshold, no rating
        events::PressureThreshold found;
        found.point = geometry::point(a.point);
        found.structure = std::string(site);
        const anatomy::Band* b = band(reading.nodule);
        if (b != nullptr && reading.nodule_distance_mm <= kPointReach_mm) found.trigger_point = b->id;
        found.pressure = KgPerCm2(a.peak);
        found.rate = KgPerCm2PerSecond(pressing_rate(a, s_.now));
        found.quick = found.rate.value() > parameters_.value("ppt.press_rate_most");
        found.over = found.pressure - threshold;
        emit(std::move(found));
        return;
    }
    int level = 0;
    for (const AfterWord& w : kAfterWord)
        level += a.pain >= w.pain ? 1 : 0;
    if (level <= a.said_level) return;
    a.said_level = level;
    speak(kAfterWord[static_cast<std::size_t>(level - 1)].text, a.pain);
}

void Stepper::algometer_lifted() {
    AlgometerState& a = s_.algometer;
    emit(events::Contact{events::Tool::Algometer, false, geometry::point(a.point), {}});
    // The dial goes on showing its highest reading until the tip is put down again, as a real one does.
    AlgometerState lifted;
    lifted.used = true;
    lifted.point = a.point;
    lifted.peak = a.peak;
    lifted.said = a.said;
    a = lifted;
    session_.changed_ = true;
}

} // namespace tb::session
