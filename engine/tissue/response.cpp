#include "tissue/response.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tb::tissue {
namespace {

constexpr std::pair<std::string_view, std::string_view> kSites[] = {{"pectoralis", "ppt.pectoralis"},
                                                                    {"deltoid", "ppt.deltoid"},
                                                                    {"infraspinatus", "ppt.infraspinatus"},
                                                                    {"clavicle", "ppt.acromion"},
                                                                    {"scapula", "ppt.acromion"}};

constexpr double kSlow_mm_s = 5.0, kBrisk_mm_s = 20.0; // a hesitant and a brisk skin pass (est.)
constexpr double kScatter = 0.05;                      // of a twitch's size (est.)
constexpr double kRatingSpread = 1.5;                  // of the pain of two like passes, either way (est.)
constexpr double kLeastShare = 0.5;     // of a threshold at which pressure may begin to hurt (est.)
constexpr double kWhealFast_mL_s = 0.1; // fluid raised this fast burns fully (est.)

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

double algometer_tip_mm(const Parameters& parameters) {
    return std::sqrt(parameters.value("palp.algometer_area") * 100.0 / std::numbers::pi);
}

KgPerCm2 pain_begins(const Parameters& parameters, KgPerCm2 ppt) {
    const double late = parameters.value("ppt.press_rate") * parameters.value("ppt.reaction_time");
    return KgPerCm2(std::max(kLeastShare * ppt.value(), ppt.value() - late));
}

double pressure_pain(const Parameters& parameters, double press_N, double pad_radius_mm, KgPerCm2 ppt) {
    const double over = (algometer_pressure(parameters, press_N, pad_radius_mm) - ppt).value();
    return std::clamp(parameters.value("ppt.pain_slope") * finite_or_zero(over), 0.0, 10.0);
}

KgPerCm2 healthy_threshold(const Parameters& parameters, bool female, std::string_view site) {
    std::string_view id = "ppt.upper_trapezius";
    for (const auto& [key, threshold] : kSites) {
        if (site.starts_with(key)) id = threshold;
    }
    return KgPerCm2(parameters.value(id) * (female ? parameters.value("ppt.female_factor") : 1.0));
}

KgPerCm2 typical_threshold(const Parameters& parameters, anatomy::PointState state, bool female,
                           std::string_view site) {
    const KgPerCm2 healthy = healthy_threshold(parameters, female, site);
    if (state == anatomy::PointState::Latent) return healthy * parameters.value("ppt.latent_ratio");
    return healthy + KgPerCm2(parameters.value("ppt.active_delta") / kKilopascalPerKgPerCm2);
}

std::string_view pressed_site(const anatomy::Body& body, const anatomy::TissueColumn& column) {
    for (const anatomy::Layer& layer : column.layers) {
        if (layer.structure.valid()) return body.atlas().structure(layer.structure).id;
    }
    return {};
}

KgPerCm2 threshold_at(const Parameters& parameters, const anatomy::Body& body, const PadReading& reading,
                      bool female, std::string_view site) {
    const KgPerCm2 healthy = healthy_threshold(parameters, female, site);
    if (reading.nodule < 0 || reading.nodule >= static_cast<int>(body.bands().size())) return healthy;
    const anatomy::Band& band = body.bands()[static_cast<std::size_t>(reading.nodule)];
    const double near = parameters.value("ppt.point_radius");
    const double far = parameters.value("ppt.healthy_radius");
    const double away = std::clamp((reading.nodule_distance_mm - near) / (far - near), 0.0, 1.0);
    const KgPerCm2 own = band.pressure_threshold.value() > 0.0
                             ? band.pressure_threshold
                             : typical_threshold(parameters, band.state, female, site);
    return own * (1.0 - away) + healthy * away;
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

double twitch_mm(const Parameters& parameters, const anatomy::Band& band, int twitches_before, bool blocked,
                 double chance) {
    constexpr int kFalling = 2; // the second and the third are smaller; later ones stay
    const double first =
        parameters.value("response.twitch_size") * std::clamp(band.pain_on_pressure / 10.0, 0.1, 1.0);
    const double decay =
        std::pow(parameters.value("needle.ltr_decay"), std::clamp(twitches_before, 0, kFalling));
    const double block = blocked ? parameters.value("needle.ltr_after_block") : 1.0;
    return first * decay * block * (1.0 + kScatter * (2.0 * std::clamp(chance, 0.0, 1.0) - 1.0));
}

double skin_pass_pain(const Parameters& parameters, const SkinPass& pass, double chance) {
    const double u = std::clamp(chance, 0.0, 1.0);
    const double share = hurting_share(parameters, pass.gauge);
    const bool hurts = u < share;
    // Where in its class this pass falls, from the same number.
    const double within = hurts ? u / std::max(share, 1e-9) : (u - share) / std::max(1.0 - share, 1e-9);
    const double spread = kRatingSpread * (1.0 - 2.0 * within);
    double pain = hurts ? parameters.value("needle.pain_pass") + spread
                        : parameters.value("needle.pain_painless") * (1.0 + spread / (2.0 * kRatingSpread));
    const double slow =
        std::clamp((kBrisk_mm_s - finite_or_zero(pass.speed_mm_s)) / (kBrisk_mm_s - kSlow_mm_s), 0.0, 1.0);
    pain += parameters.value("needle.pain_slow") * slow;
    if (pass.dull) pain *= parameters.value("needle.burr_factor");
    if (pass.wet_antiseptic) pain += parameters.value("needle.pain_wet");
    if (pass.numbed) pain *= parameters.value("needle.pain_numbed");
    return std::clamp(pain, 0.0, 10.0);
}

double wheal_sting(const Parameters& parameters, double rate_mL_s, bool anaesthetic, bool numbed) {
    const double speed = std::clamp(finite_or_zero(rate_mL_s) / kWhealFast_mL_s, 0.0, 1.0);
    const double burn = anaesthetic ? parameters.value("needle.sting_acid") : 0.0;
    const double full = parameters.value("needle.sting_wheal");
    const double sting = full * (0.5 + 0.5 * speed) + burn;
    return std::clamp(sting * (numbed ? parameters.value("needle.pain_numbed") : 1.0), 0.0, 10.0);
}

} // namespace tb::tissue
