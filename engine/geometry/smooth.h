// Transitions without corners.
#pragma once

#include <algorithm>

namespace tb::geometry {

/// 0 at `low` and below, 1 at `high` and above, between them 3t^2 - 2t^3; a step at `high` if low >= high.
inline double smooth_step(double low, double high, double x) {
    if (high <= low) return x >= high ? 1.0 : 0.0;
    const double t = std::clamp((x - low) / (high - low), 0.0, 1.0);
    return t * t * (3.0 - 2.0 * t);
}

} // namespace tb::geometry
