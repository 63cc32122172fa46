#include "render/pacer.h"

#include <algorithm>
#include <cmath>

namespace tb::render {
namespace {

constexpr float kStep = 0.125f; ///< targets are made anew for each size, so there are only a few
constexpr double kSure = 0.85;  ///< of the target: what the next finer size may be expected to take

} // namespace

float Pacer::next(bool changed, double dt_s) {
    rested_s_ = changed ? 0.0 : rested_s_ + dt_s;
    changed_ = changed;
    if (changed) shown_ = moving_;
    if (rested_s_ >= kRest_s) shown_ = 1.0f;
    return shown_;
}

void Pacer::took(double ms) {
    if (!changed_) return; // nothing was drawn anew, or the fine picture at rest
    // The time goes with the number of pixels, at most.
    const auto expected = [&](float detail) { return ms * std::pow(detail / shown_, 2.0f); };
    const bool slow = ms > kTarget_ms;
    // One slow frame may be another program's doing; two are ours.
    if (slow && was_slow_) {
        while (moving_ > kCoarsest && expected(moving_) > kTarget_ms)
            moving_ -= kStep;
    } else if (moving_ < 1.0f && expected(moving_ + kStep) < kSure * kTarget_ms) {
        moving_ += kStep;
    }
    was_slow_ = slow;
}

} // namespace tb::render
