#include "app/feel.h"

#include <algorithm>
#include <utility>

namespace tb::app {

void Feel::open() {
    open_ = true;
    sound_.open();
    controller_.open();
}

void Feel::take(const SDL_Event& event) {
    sound_.take(event);
    controller_.take(event);
}

void Feel::follow(const session::SimState& state) {
    if (!open_) return;
    cue_ = reader_.read(state);
    jolt_ = std::max(jolt_, cue_.rumble_high);
    if (switches_.sound) sound_.play(cue_);
}

void Feel::deliver(bool felt) {
    const double jolt = std::exchange(jolt_, 0.0); // may have begun and ended since the last turn
    if (!felt) cue_ = {};
    if (!felt || !switches_.sound) sound_.hush();
    const bool rumbles = felt && switches_.rumble;
    controller_.rumble(rumbles ? cue_.rumble_low : 0.0, rumbles ? jolt : 0.0);
}

ui::FeelDevices Feel::devices() const {
    return {sound_.why_not(), controller_.why_no_rumble(), controller_.state()};
}

bool Feel::hand_moves() {
    const view::PadState now = controller_.state(), before = std::exchange(pad_before_, now);
    return now.used() || before.used() || now.connected != before.connected;
}

} // namespace tb::app
