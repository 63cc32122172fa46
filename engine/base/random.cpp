#include "base/random.h"

#include <cmath>
#include <numbers>

#include "base/check.h"
#include "base/hash.h"

namespace tb {

Random::Random(std::uint64_t seed, std::string_view stream) : increment_((fnv1a64(stream) << 1U) | 1U) {
    next_u32();
    state_ += seed;
    next_u32();
}

std::uint32_t Random::next_u32() {
    const std::uint64_t old = state_;
    state_ = old * 6364136223846793005ULL + increment_;
    const auto xorshifted = static_cast<std::uint32_t>(((old >> 18U) ^ old) >> 27U);
    const auto rotation = static_cast<std::uint32_t>(old >> 59U);
    return (xorshifted >> rotation) | (xorshifted << ((32U - rotation) & 31U));
}

double Random::uniform() {
    return next_u32() * (1.0 / 4294967296.0);
}

double Random::uniform(double low, double high) {
    return low + (high - low) * uniform();
}

double Random::normal(double mean, double sd) {
    const double u = 1.0 - uniform(); // (0, 1]: the logarithm stays finite
    const double v = uniform();
    return mean + sd * std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
}

bool Random::chance(double p) {
    return uniform() < p;
}

std::uint32_t Random::below(std::uint32_t n) {
    TB_CHECK(n > 0);
    const std::uint32_t threshold = (0U - n) % n;
    for (;;) {
        const std::uint32_t r = next_u32();
        if (r >= threshold) return r % n;
    }
}

} // namespace tb
