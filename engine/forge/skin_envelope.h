// The reference's skin as the union of the lofts of skin.json.
#pragma once

#include <algorithm>
#include <vector>

#include "forge/figures.h"
#include "forge/section_loft.h"
#include "geometry/smooth.h"

namespace tb::forge {

/// Of two distances the smaller, rounded over where they differ by less than `r`.
inline double smooth_minimum(double a, double b, double r) {
    const double m = std::min(a, b), close = r - std::abs(a - b);
    return r > 0 && close > 0 ? m - close * close / (4 * r) : m;
}
using geometry::smooth_step;

class SkinEnvelope {
public:
    explicit SkinEnvelope(const SkinFigure& skin);
    /// Negative inside; x and -x are the same.
    [[nodiscard]] double value(const geometry::Vec3& point) const;
    [[nodiscard]] geometry::Box box() const;

private:
    struct Join {
        int first, second;
        double radius;
    };
    struct Stack {
        int lower, upper;
    };
    std::vector<SectionLoft> lofts_;
    std::vector<Join> joins_;
    std::vector<Stack> stacks_;
    int thigh_ = -1;
    double between_thighs_ = 0.0;
};

} // namespace tb::forge
