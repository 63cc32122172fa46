// Repeatable noise in three dimensions for the ultrasound picture: scatterers and septa stay where they are
// in the tissue. Inside module tissue only.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>

namespace tb::tissue::echo {

struct Vec3f {
    float x = 0.0f, y = 0.0f, z = 0.0f;
};
inline Vec3f operator+(Vec3f a, Vec3f b) {
    return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vec3f operator*(Vec3f a, float k) {
    return {a.x * k, a.y * k, a.z * k};
}

/// Integer part towards minus infinity and what is left, for |v| below 2^20.
struct Cell {
    std::int32_t i;
    float f;
};
inline Cell cell_of(float v) {
    constexpr std::int32_t kOffset = 1 << 20;
    const auto i = static_cast<std::int32_t>(v + static_cast<float>(kOffset)) - kOffset;
    const float f = v - static_cast<float>(i);
    // The sum above rounds: one step back or on where it did so across a whole number.
    if (f < 0.0f) return {i - 1, f + 1.0f};
    if (f >= 1.0f) return {i + 1, f - 1.0f};
    return {i, f};
}

class Noise {
public:
    Noise();

    /// Sum of scatterers around a point: complex, normal, each part of variance 1/2; independent beyond about
    /// one unit.
    struct Complex {
        float re, im;
    };
    [[nodiscard]] Complex speckle(Vec3f p) const {
        const Cell x = cell_of(p.x), y = cell_of(p.y), z = cell_of(p.z);
        const std::uint32_t hx[2] = {key(x.i, kX), key(x.i + 1, kX)};
        const std::uint32_t hy[2] = {key(y.i, kY), key(y.i + 1, kY)};
        const std::uint32_t hz[2] = {key(z.i, kZ), key(z.i + 1, kZ)};
        const float wx[2] = {1.0f - x.f, x.f}, wy[2] = {1.0f - y.f, y.f}, wz[2] = {1.0f - z.f, z.f};
        float re = 0.0f, im = 0.0f;
        for (int a = 0; a < 2; ++a) {
            for (int b = 0; b < 2; ++b) {
                const float w = wx[a] * wy[b];
                const std::uint32_t h = hx[a] ^ hy[b];
                for (int c = 0; c < 2; ++c) {
                    const Complex& s = table_[index(h ^ hz[c])];
                    re += w * wz[c] * s.re;
                    im += w * wz[c] * s.im;
                }
            }
        }
        // Between the corners their mean varies less than at them: made up for.
        const auto square = [](const float* w) { return w[0] * w[0] + w[1] * w[1]; };
        const float k = 1.0f / std::sqrt(square(wx) * square(wy) * square(wz));
        return {re * k, im * k};
    }
    /// Smooth values 0..1, independent beyond about one unit.
    [[nodiscard]] float value(Vec3f p) const {
        const Cell x = cell_of(p.x), y = cell_of(p.y), z = cell_of(p.z);
        const std::uint32_t hx[2] = {key(x.i, kX), key(x.i + 1, kX)};
        const std::uint32_t hy[2] = {key(y.i, kY), key(y.i + 1, kY)};
        const std::uint32_t hz[2] = {key(z.i, kZ), key(z.i + 1, kZ)};
        const float u = smooth(x.f), v = smooth(y.f), w = smooth(z.f);
        const auto at = [&](int a, int b, int c) { return uniform_[index(hx[a] ^ hy[b] ^ hz[c])]; };
        const auto mix = [](float p0, float p1, float t) { return p0 + t * (p1 - p0); };
        const float low = mix(mix(at(0, 0, 0), at(1, 0, 0), u), mix(at(0, 1, 0), at(1, 1, 0), u), v);
        const float high = mix(mix(at(0, 0, 1), at(1, 0, 1), u), mix(at(0, 1, 1), at(1, 1, 1), u), v);
        return mix(low, high, w);
    }
    /// Independent complex numbers by counter: the receiver's noise.
    [[nodiscard]] const Complex& grain(std::uint32_t counter) const { return table_[index(counter * kX)]; }

private:
    static constexpr std::uint32_t kX = 0x8da6b343U, kY = 0xd8163841U, kZ = 0xcb1ab31fU;
    static constexpr std::uint32_t kBits = 12;
    static std::uint32_t key(std::int32_t i, std::uint32_t k) { return static_cast<std::uint32_t>(i) * k; }
    static std::uint32_t index(std::uint32_t h) {
        h ^= h >> 15U;
        h *= 0x2c1b3c6dU;
        h ^= h >> 13U;
        h *= 0x297a2d39U;
        return h >> (32U - kBits);
    }
    static float smooth(float t) { return t * t * (3.0f - 2.0f * t); }

    std::array<Complex, 1U << kBits> table_;
    std::array<float, 1U << kBits> uniform_;
};

} // namespace tb::tissue::echo
