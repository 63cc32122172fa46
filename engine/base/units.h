// Quantities with their unit in the type, for every module border.
//
// Frame of all positions: the body frame. x = subject's left, y = up, z = anterior (front), midline x = 0,
// millimetres, standing anatomical position whatever the posture on the table. Conversions between units live
// here and nowhere else.
#pragma once

#include <compare>
#include <cstdint>

namespace tb {

/// A number that carries its unit. Arithmetic stays within one unit; `value()` leaves the type on purpose.
template <class Tag>
class Quantity {
public:
    constexpr Quantity() = default;
    constexpr explicit Quantity(double value) : value_(value) {}
    [[nodiscard]] constexpr double value() const { return value_; }

    constexpr auto operator<=>(const Quantity&) const = default;
    constexpr Quantity operator-() const { return Quantity(-value_); }
    constexpr Quantity operator+(Quantity o) const { return Quantity(value_ + o.value_); }
    constexpr Quantity operator-(Quantity o) const { return Quantity(value_ - o.value_); }
    constexpr Quantity operator*(double k) const { return Quantity(value_ * k); }
    constexpr Quantity operator/(double k) const { return Quantity(value_ / k); }
    constexpr double operator/(Quantity o) const { return value_ / o.value_; }
    constexpr Quantity& operator+=(Quantity o) {
        value_ += o.value_;
        return *this;
    }

private:
    double value_ = 0.0;
};

using Millimetres = Quantity<struct MillimetresTag>;
using Newtons = Quantity<struct NewtonsTag>;
using Millilitres = Quantity<struct MillilitresTag>;
using MillilitresPerSecond = Quantity<struct MillilitresPerSecondTag>;
using Milligrams = Quantity<struct MilligramsTag>;
using Kilograms = Quantity<struct KilogramsTag>;
using Degrees = Quantity<struct DegreesTag>;
using Seconds = Quantity<struct SecondsTag>;
/// Pressure as clinicians state a pressure pain threshold; 1 kg/cm2 = 98.07 kPa.
using KgPerCm2 = Quantity<struct KgPerCm2Tag>;

/// How fast such a pressure rises.
using KgPerCm2PerSecond = Quantity<struct KgPerCm2PerSecondTag>;

constexpr double kKilopascalPerKgPerCm2 = 98.07;
constexpr double kNewtonPerKilogram = 9.807;

/// Simulation time: one tick is 1/120 s.
using Tick = std::int64_t;
constexpr int kTicksPerSecond = 120;
/// Mechanics substeps inside one tick (960 Hz, near the 1 kHz haptic convention).
constexpr int kSubsteps = 8;
constexpr Seconds seconds_of(Tick t) {
    return Seconds(static_cast<double>(t) / kTicksPerSecond);
}
constexpr Tick ticks_of(Seconds s) {
    return static_cast<Tick>(s.value() * kTicksPerSecond + 0.5);
}

/// A position in the body frame, millimetres.
struct PointMm {
    double x = 0.0, y = 0.0, z = 0.0;
    bool operator==(const PointMm&) const = default;
};
/// A direction in the body frame; unit length unless said otherwise.
struct Direction {
    double x = 0.0, y = 0.0, z = 0.0;
    bool operator==(const Direction&) const = default;
};

/// Rounds to a multiple of `quantum`; what an action carries and what the simulator works with are the same
/// numbers.
double quantise(double value, double quantum);
constexpr double kLengthQuantum_mm = 0.01;
constexpr double kForceQuantum_N = 0.01;
constexpr double kVolumeQuantum_mL = 0.01;
constexpr double kDirectionQuantum = 0.0001;
PointMm quantise(PointMm p);
/// Quantises the components and leaves the length as it then is (within 1e-4 of one).
Direction quantise(Direction d);

} // namespace tb
