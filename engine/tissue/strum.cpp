#include <algorithm>
#include <cmath>

#include "geometry/smooth.h"
#include "tissue/band_under.h"
#include "tissue/palpation.h"

namespace tb::tissue {
namespace {

int sign_of(double v) {
    return v > 0.0 ? 1 : (v < 0.0 ? -1 : 0);
}

/// How much of a snap reaches the finger, 0..1: bands of strong contrast saturate, deep ones fade.
double grip(const Parameters& parameters, double contrast) {
    return -std::expm1(-std::max(0.0, contrast) / parameters.value("strum.cue_contrast"));
}

} // namespace

StrumStep strum(const Parameters& parameters, const PadContact& contact, const PadReading& reading,
                const geometry::Vec3& at, double dt_s, StrumState& state) {
    StrumStep out;
    if (!(dt_s > 0.0)) return out;
    const double fading = std::exp(-dt_s / parameters.value("strum.cue_decay"));
    state.cue *= fading;
    state.nodule_cue *= fading;
    const bool touches = contact.column != nullptr && contact.press_N > 0.0 && std::isfinite(contact.press_N);
    if (!touches || !state.touching) { // lifted, or just put down: no movement to judge yet
        state.touching = touches;
        state.last = at;
        state.speed_mm_s = state.drag_N = 0.0;
        state.released = 0;
        if (!touches) state.band = -1;
        return out;
    }
    geometry::Vec3 moved = at - state.last;
    state.last = at;
    moved -= glm::dot(moved, contact.inward) * contact.inward;

    const BandUnder band = band_under(contact, at);
    geometry::Vec3 across = band.band >= 0 ? band.across : glm::cross(contact.inward, contact.fibre);
    if (glm::dot(across, across) <= 0.0) across = geometry::tangents_of(contact.inward).e1;
    out.across_mm = glm::dot(moved, glm::normalize(across));
    const double averaging_s = parameters.value("strum.speed_smoothing") * 1e-3;
    state.speed_mm_s +=
        (std::abs(out.across_mm) / dt_s - state.speed_mm_s) * -std::expm1(-dt_s / averaging_s);
    out.speed_mm_s = state.speed_mm_s;
    out.band = band.band;

    const double catch_mm = band.band < 0 ? 0.0
                                          : contact.bands[static_cast<std::size_t>(band.band)].radius_mm +
                                                parameters.value("strum.catch_margin");
    const bool caught = band.band >= 0 && band.distance_mm <= catch_mm &&
                        contact.press_N >= parameters.value("strum.force_none");
    const int direction = sign_of(out.across_mm);
    const bool turned_back = state.released != 0 && direction == -state.released;
    if (!caught || turned_back || band.band != state.band) state.released = 0;
    state.band = band.band;
    if (!caught || state.released != 0) { // not against a band, or it has just let go
        // Falls to a twentieth within the release time.
        state.drag_N *= std::exp(-3.0 * dt_s / (parameters.value("strum.release_time") * 1e-3));
        out.lateral_N = std::abs(state.drag_N);
        return out;
    }
    const double release_N = parameters.value("strum.release_ratio") * contact.press_N;
    const double band_grip =
        grip(parameters, contrast_of_band(parameters, contact, band, reading.fat_left_mm));
    state.drag_N += band_grip * release_N * out.across_mm / parameters.value("strum.release_travel");
    const bool lets_go = std::abs(state.drag_N) >= band_grip * release_N;
    if (lets_go) state.drag_N = sign_of(state.drag_N) * band_grip * release_N;
    out.lateral_N = std::abs(state.drag_N);
    if (!lets_go || state.drag_N == 0.0) return out;

    state.released = sign_of(state.drag_N);
    const double full = parameters.value("strum.cue_full");
    const double skill = geometry::smooth_step(parameters.value("strum.force_none"),
                                               parameters.value("strum.force_full"), contact.press_N) *
                         geometry::smooth_step(parameters.value("strum.speed_none"),
                                               parameters.value("strum.speed_full"), state.speed_mm_s);
    const double share = skill * band_grip;
    out.snapped = share >= parameters.value("strum.tick_share"); // else the finger glides over it
    state.cue = std::max(state.cue, full * share);
    const NoduleUnder nodule = nodule_under(contact, at);
    if (nodule.band >= 0) {
        const double half_width = contact.bands[static_cast<std::size_t>(nodule.band)].nodule_radius_mm;
        const double contrast = contrast_of_nodule(parameters, contact, nodule, reading.fat_left_mm);
        state.nodule_cue = std::max(state.nodule_cue, full * skill * grip(parameters, contrast) *
                                                          falloff(nodule.distance_mm, half_width));
    }
    return out;
}

} // namespace tb::tissue
