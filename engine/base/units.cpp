#include "base/units.h"

#include <cmath>

namespace tb {

double quantise(double value, double quantum) {
    const double per_unit = std::round(1.0 / quantum);
    const double q =
        std::round(value * per_unit) / per_unit; // division, so that the decimal text is short and exact
    return q == 0.0 ? 0.0 : q;                   // no negative zero in logs
}

PointMm quantise(PointMm p) {
    return {quantise(p.x, kLengthQuantum_mm), quantise(p.y, kLengthQuantum_mm),
            quantise(p.z, kLengthQuantum_mm)};
}

Direction quantise(Direction d) {
    return {quantise(d.x, kDirectionQuantum), quantise(d.y, kDirectionQuantum),
            quantise(d.z, kDirectionQuantum)};
}

} // namespace tb
