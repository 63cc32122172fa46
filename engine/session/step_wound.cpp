// What the needle leaves behind: fluid that runs back along the track, and bleeding.
#include <algorithm>
#include <cmath>

#include "session/stepper.h"
#include "tissue/injection.h"

namespace tb::session {
namespace {

constexpr double kOverPuncture_mm = 15.0; ///< gauze presses on the puncture within this way of it (est.)
constexpr double kSeen_mL = 0.005;        ///< less is not stated

} // namespace

void Stepper::leak_back(const SyringeState& y) {
    const PassState& p = s_.pass;
    if (p.deposit_at < 0) return;
    const double rest_s = seconds_of(s_.now - p.deposit_at).value();
    const double volume = tissue::leak_back_mL(parameters_, p.deposit_mL, rest_s);
    if (volume < kSeen_mL) return;
    emit(events::Leaked{which_in_hand(), y.agent, Millilitres(volume)});
}

void Stepper::begin_bleeding(const SyringeState& y) {
    end_bleeding(); // an earlier puncture's ends being looked at
    tissue::Wound wound;
    wound.vessel = s_.pass.pierced;
    wound.gauge = y.gauge;
    wound.anticoagulant = scenario_.patient.has("anticoagulant");
    wound.antiplatelet = scenario_.patient.has("antiplatelet");
    if (!s_.random.chance(tissue::bleeding_chance(parameters_, wound))) return;
    s_.bleed = {};
    s_.bleed.wound = wound;
    s_.bleed.on = true;
    s_.bleed_source = s_.pass.pierced_id.empty() ? "skin" : s_.pass.pierced_id;
    s_.bleed_at = s_.needle.entry;
}

void Stepper::bleed_tick() {
    if (!s_.bleed.on) return;
    const bool pressed = s_.gauze_presses() && s_.pose &&
                         glm::length(geometry::vec(s_.pose->tip) - s_.bleed_at) <= kOverPuncture_mm;
    const double press_N = pressed ? s_.pose->press.value() : 0.0;
    tissue::bleed(parameters_, press_N, 1.0 / kTicksPerSecond, s_.bleed);
    if (!s_.bleed.on) end_bleeding();
}

void Stepper::end_bleeding() {
    if (s_.bleed.time_s <= 0.0) return;
    emit(events::Bleeding{s_.bleed_source, Millilitres(s_.bleed.lost_mL), Seconds(s_.bleed.time_s),
                          Millilitres(s_.bleed.haematoma_mL)});
    s_.bleed = {};
}

} // namespace tb::session
