#include "tissue/bleeding.h"

#include <algorithm>
#include <cmath>

namespace tb::tissue {
namespace {

constexpr int kUsualGauge = 25; // what the figures are stated for
constexpr double kFullPress_N = 5.0, kPressedGrowth = 2.0, kLeastFlow = 0.02;
constexpr double kInsideDeep = 0.9, kInsideSkin = 0.3; // share that stays in the tissue

double thickness_squared(const Parameters& parameters, int gauge) {
    const double ratio =
        parameters.nearest_gauge(gauge).outer_mm / parameters.nearest_gauge(kUsualGauge).outer_mm;
    return ratio * ratio;
}

/// Factor of thinned blood on chance and time.
double thinned(const Parameters& parameters, const Wound& wound) {
    return wound.anticoagulant  ? parameters.value("bleeding.anticoagulant")
           : wound.antiplatelet ? parameters.value("bleeding.antiplatelet")
                                : 1.0;
}

} // namespace

double bleeding_chance(const Parameters& parameters, const Wound& wound) {
    if (is_vessel(wound.vessel)) return 1.0;
    const double chance = parameters.value("bleeding.share") * thickness_squared(parameters, wound.gauge);
    return std::min(1.0, chance * thinned(parameters, wound));
}

double bleeding_flow_mL_s(const Parameters& parameters, const Wound& wound) {
    const double per_minute = wound.vessel == StructureKind::Artery ? parameters.value("bleeding.artery")
                              : wound.vessel == StructureKind::Vein ? parameters.value("bleeding.vein")
                                                                    : parameters.value("bleeding.skin");
    return per_minute / 60.0 * thickness_squared(parameters, wound.gauge);
}

double clotting_s(const Parameters& parameters, const Wound& wound) {
    const double time = is_vessel(wound.vessel) ? parameters.value("bleeding.clot_vessel")
                                                : parameters.value("bleeding.clot_skin");
    return time * thinned(parameters, wound);
}

void bleed(const Parameters& parameters, double press_N, double dt_s, Bleed& state) {
    if (!state.on || !(dt_s > 0.0)) return;
    const double pressed = std::clamp((std::isfinite(press_N) ? press_N : 0.0) / kFullPress_N, 0.0, 1.0);
    const double open = (1.0 - state.clotted) * std::max(kLeastFlow, 1.0 - pressed);
    const double lost = bleeding_flow_mL_s(parameters, state.wound) * open * dt_s;
    state.lost_mL += lost;
    state.haematoma_mL += lost * (is_vessel(state.wound.vessel) ? kInsideDeep : kInsideSkin);
    state.time_s += dt_s;
    const double growth = 1.0 + (kPressedGrowth - 1.0) * pressed;
    state.clotted += growth * dt_s / clotting_s(parameters, state.wound);
    if (state.clotted < 1.0) return;
    state.clotted = 1.0;
    state.on = false;
}

} // namespace tb::tissue
