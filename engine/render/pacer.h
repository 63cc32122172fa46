// How finely a moving picture is drawn on a software rasteriser: as fine as its pace allows. Pure arithmetic.
#pragma once

namespace tb::render {

/// While the picture changes, it is drawn with fewer pixels if it would otherwise take longer than
/// `kTarget_ms`, which leaves room under the 50 ms from input to picture; once it has rested for `kRest_s`,
/// it is drawn with all of them.
class Pacer {
public:
    static constexpr double kTarget_ms = 40.0, kRest_s = 0.15;
    static constexpr float kCoarsest = 0.5f;

    /// Drawn pixels a picture pixel, along each side, for the next frame; `dt_s` since the last one.
    float next(bool changed, double dt_s);
    /// What that frame took.
    void took(double ms);
    /// No picture is shown: whatever comes next begins as after a rest, at the pace that was found.
    void rest() { next(false, kRest_s); }
    /// The picture is still coarser than it will be: another frame is due.
    [[nodiscard]] bool settling() const { return shown_ < 1.0f; }

private:
    float moving_ = 1.0f, shown_ = 1.0f;
    double rested_s_ = kRest_s;
    bool changed_ = false, was_slow_ = false;
};

} // namespace tb::render
