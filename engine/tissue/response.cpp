#include "tissue/response.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tb::tissue {
namespace {
double finite_or_zero(double v) {
    return std::isfinite(v) ? v : 0.0;
}
} // namespace

KgPerCm2 algometer_pressure(const Parameters& parameters, double press_N, double pad_radius_mm) {
    const double tip_cm2 = parameters.value("palp.algometer_area");
    const double pad_cm2 = std::numbers::pi * pad_radius_mm * pad_radius_mm / 100.0;
    const double area = pad_cm2 > 0.0 ? std::min(tip_cm2, pad_cm2) : tip_cm2;
    return KgPerCm2(std::max(0.0, finite_or_zero(press_N)) / kNewtonPerKilogram / area);
}

double pressure_pain(const Parameters& parameters, double press_N, double pad_radius_mm, KgPerCm2 ppt) {
    const double over = (algometer_pressure(parameters, press_N, pad_radius_mm) - ppt).value();
    return std::clamp(parameters.value("ppt.pain_slope") * finite_or_zero(over), 0.0, 10.0);
}

KgPerCm2 healthy_threshold(const Parameters& parameters, bool female) {
    return KgPerCm2(parameters.value("ppt.upper_trapezius") *
                    (female ? parameters.value("ppt.female_factor") : 1.0));
}

KgPerCm2 threshold_at(const Parameters& parameters, const anatomy::Body& body, const PadReading& reading,
                      bool female) {
    const KgPerCm2 healthy = healthy_threshold(parameters, female);
    if (reading.nodule < 0 || reading.nodule >= static_cast<int>(body.bands().size())) return healthy;
    const anatomy::Band& band = body.bands()[static_cast<std::size_t>(reading.nodule)];
    const double near = parameters.value("ppt.point_radius");
    const double far = parameters.value("ppt.healthy_radius");
    const double away = std::clamp((reading.nodule_distance_mm - near) / (far - near), 0.0, 1.0);
    return band.pressure_threshold * (1.0 - away) + healthy * away;
}

double referral_latency_s(const Parameters& parameters, const anatomy::Band& band) {
    const double fast = parameters.value("response.referral_latency_fast");
    const double slow = parameters.value("response.referral_latency_slow");
    return slow + (fast - slow) * std::clamp(band.pain_on_pressure / 10.0, 0.0, 1.0);
}

double snap_twitch_chance(const Parameters& parameters, const anatomy::Band& band, double press_N,
                          double speed_m_s, double nodule_distance_mm) {
    if (!(nodule_distance_mm <= parameters.value("response.twitch_radius"))) return 0.0;
    const double power = finite_or_zero(press_N * speed_m_s);
    if (power <= 0.0) return 0.0;
    const double most = parameters.value(
        band.state == anatomy::PointState::Active ? "response.twitch_active" : "response.twitch_latent");
    const double over =
        (power - parameters.value("response.twitch_power")) / parameters.value("response.twitch_power_width");
    return most / (1.0 + std::exp(-over));
}

double needle_twitch_chance(const Parameters& parameters, const anatomy::Band& band, int twitches_before) {
    const double first =
        parameters.value(band.state == anatomy::PointState::Active ? "response.needle_twitch_active"
                                                                   : "response.needle_twitch_latent");
    return first * std::pow(parameters.value("response.needle_twitch_fall"), std::max(0, twitches_before));
}

double hurting_share(const Parameters& parameters, int gauge) {
    const double at_23 = parameters.value("needle.pain_skin_23G");
    const double at_27 = parameters.value("needle.pain_skin_27G");
    const double at_32 = parameters.value("needle.pain_skin_32G");
    const double share = gauge <= 27 ? at_23 + (at_27 - at_23) * (gauge - 23) / 4.0
                                     : at_27 + (at_32 - at_27) * (gauge - 27) / 5.0;
    return std::clamp(share, 0.0, 1.0);
}

double puncture_pain(const Parameters& parameters, int gauge, bool numbed, bool wet_antiseptic) {
    const double clean = parameters.value("needle.pain_full") * hurting_share(parameters, gauge);
    const double sting = wet_antiseptic ? parameters.value("needle.pain_wet") : 0.0;
    return std::clamp((clean + sting) * (numbed ? parameters.value("needle.pain_numbed") : 1.0), 0.0, 10.0);
}

} // namespace tb::tissue
