#include "tissue/elasticity.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace tb::tissue {
namespace {

/// Structure ids begin with the key; the parameter holds the speed along the fibres at rest, m/s.
constexpr std::pair<std::string_view, std::string_view> kSpeeds[] = {
    {"trapezius", "muscle.wave_trapezius"},
    {"splenius", "muscle.wave_splenius"},
    {"semispinalis", "muscle.wave_semispinalis"},
    {"sternocleidomastoid", "muscle.wave_sternocleidomastoid"}};
constexpr std::pair<std::string_view, std::string_view> kAnisotropy[] = {
    {"gastrocnemius", "muscle.anisotropy_gastrocnemius"},
    {"soleus", "muscle.anisotropy_soleus"},
    {"tibialis_anterior", "muscle.anisotropy_tibialis_anterior"}};
constexpr std::string_view kTrapezius = "trapezius";

constexpr std::array<std::string_view, 3> kFading_s = {"palp.relax_fast", "palp.relax_middle",
                                                       "palp.relax_slow"};
constexpr double kMeasuredTo_deg = 30.0, kFarthest_deg = 90.0;

/// How much of a step's change is still there at its end, for a change that comes evenly over the step.
double kept(double dt_s, double tau_s) {
    return -std::expm1(-dt_s / tau_s) * tau_s / dt_s;
}

} // namespace

double strain_of(const LayerLaw& law, double pressure_kPa) {
    const double p = std::max(0.0, pressure_kPa);
    return p / (law.e0_kPa + p / law.lock);
}

double secant_kPa(const LayerLaw& law, double pressure_kPa) {
    return law.e0_kPa + std::max(0.0, pressure_kPa) / law.lock;
}

double tangent_kPa(const LayerLaw& law, double pressure_kPa) {
    const double secant = secant_kPa(law, pressure_kPa);
    return secant * secant / law.e0_kPa;
}

LayerLaw stiffened(const LayerLaw& law, double factor) {
    return {law.e0_kPa * factor, law.lock};
}

double muscle_ratio(const Parameters& parameters, std::string_view muscle) {
    const double reference = parameters.value("muscle.wave_trapezius");
    for (const auto& [key, id] : kSpeeds) {
        if (!muscle.starts_with(key)) continue;
        const double speed = parameters.value(id) / reference;
        return speed * speed; // G = density c^2
    }
    return 1.0;
}

double shear_wave_m_s(const Parameters& parameters, std::string_view muscle) {
    const double density = parameters.value("muscle.density");
    const double reference = parameters.value("muscle.wave_trapezius");
    const double shear_Pa = density * reference * reference;
    const LayerLaw here = stiffened(parameters.muscle, muscle_ratio(parameters, muscle));
    const LayerLaw there = stiffened(parameters.muscle, muscle_ratio(parameters, kTrapezius));
    return std::sqrt(shear_Pa * tangent_kPa(here, 0.0) / tangent_kPa(there, 0.0) / density);
}

double fibre_factor(const Parameters& parameters, std::string_view muscle, double angle_to_fibres_deg) {
    double sum = 0.0, ratio = 0.0;
    for (const auto& [key, id] : kAnisotropy) {
        const double measured = parameters.value(id);
        sum += measured;
        if (muscle.starts_with(key)) ratio = measured;
    }
    if (ratio <= 0.0) ratio = sum / static_cast<double>(std::size(kAnisotropy));
    const double cosine = std::cos(angle_to_fibres_deg * std::numbers::pi / 180.0);
    return 1.0 + (ratio - 1.0) * cosine * cosine;
}

double tone_factor(const Parameters& parameters, double abduction_deg) {
    const double angle = std::clamp(std::isfinite(abduction_deg) ? abduction_deg : 0.0, 0.0, kFarthest_deg);
    return 1.0 + (parameters.value("muscle.tone_30deg") - 1.0) * angle / kMeasuredTo_deg;
}

LayerLaw band_law(const Parameters& parameters, const LayerLaw& muscle) {
    return stiffened(muscle, parameters.value("palp.band_ratio"));
}

double relax(const Parameters& parameters, double elastic_N, double dt_s, Relaxation& state) {
    const double share = parameters.value("palp.relax_share");
    const double rise = elastic_N - state.elastic_N;
    double shown = (1.0 - share) * elastic_N;
    for (std::size_t k = 0; k < kFading_s.size(); ++k) {
        const double tau = parameters.value(kFading_s[k]);
        double& part = state.fading_N[k];
        part = part * std::exp(-dt_s / tau) + share / 3.0 * rise * kept(dt_s, tau);
        shown += part;
    }
    state.elastic_N = elastic_N;
    return shown;
}

double creep(const Parameters& parameters, double press_N, double dt_s, Relaxation& state) {
    // The force shown is linear in the new elastic force: solved directly.
    const double share = parameters.value("palp.relax_share");
    double fixed = 0.0, slope = 1.0 - share;
    for (std::size_t k = 0; k < kFading_s.size(); ++k) {
        const double tau = parameters.value(kFading_s[k]);
        const double weight = share / 3.0 * kept(dt_s, tau);
        fixed += state.fading_N[k] * std::exp(-dt_s / tau) - weight * state.elastic_N;
        slope += weight;
    }
    relax(parameters, std::max(0.0, (press_N - fixed) / slope), dt_s, state);
    return state.elastic_N;
}

} // namespace tb::tissue
