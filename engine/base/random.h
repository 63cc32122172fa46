// Random numbers of our own, so that a seed gives the same patient on every machine and library.
// Generator: PCG32 (O'Neill 2014, "PCG: a family of simple fast space-efficient statistically good
// algorithms").
#pragma once

#include <cstdint>
#include <string_view>

namespace tb {

class Random {
public:
    /// `stream` separates independent uses of one seed ("trigger-points", "aspiration", ...).
    explicit Random(std::uint64_t seed, std::string_view stream = {});

    std::uint32_t next_u32();
    /// Uniform in [0, 1).
    double uniform();
    double uniform(double low, double high);
    /// Normal by the Box-Muller transform.
    double normal(double mean, double sd);
    /// True with probability `p`.
    bool chance(double p);
    /// Uniform integer in [0, n), n > 0, without modulo bias.
    std::uint32_t below(std::uint32_t n);

    bool operator==(const Random&) const = default;
    [[nodiscard]] std::uint64_t state() const { return state_; }

private:
    std::uint64_t state_ = 0;
    std::uint64_t increment_ = 0;
};

} // namespace tb
