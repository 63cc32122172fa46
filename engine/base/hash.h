// Hashes: FNV-1a for state comparison, SHA-256 for content and for the chain of a log.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace tb {

std::uint64_t fnv1a64(std::string_view bytes, std::uint64_t start = 14695981039346656037ULL);

/// Collects plain values into one 64-bit state hash; order matters.
class StateHash {
public:
    void add(double v);
    void add(std::int64_t v);
    void add(std::string_view v);
    [[nodiscard]] std::uint64_t value() const { return value_; }

private:
    std::uint64_t value_ = 14695981039346656037ULL;
};

using Sha256 = std::array<std::uint8_t, 32>;
/// FIPS 180-4 SHA-256.
Sha256 sha256(std::string_view bytes);
std::string to_hex(const Sha256& digest);
std::string sha256_hex(std::string_view bytes);

} // namespace tb
