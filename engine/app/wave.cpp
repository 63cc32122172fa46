#include "app/wave.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace tb::app {
namespace {

void append_little_endian(std::string& bytes, std::uint32_t value, int count) {
    for (int i = 0; i < count; ++i)
        bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

} // namespace

std::string wave_bytes(std::span<const float> samples, int rate_Hz) {
    constexpr std::uint32_t kBytes = 2, kHeader = 36, kFormat = 16, kPcm = 1, kChannels = 1;
    const auto rate = static_cast<std::uint32_t>(rate_Hz);
    const auto size = static_cast<std::uint32_t>(samples.size()) * kBytes;
    std::string bytes = "RIFF";
    append_little_endian(bytes, kHeader + size, 4);
    bytes += "WAVEfmt ";
    append_little_endian(bytes, kFormat, 4);
    append_little_endian(bytes, kPcm, 2);
    append_little_endian(bytes, kChannels, 2);
    append_little_endian(bytes, rate, 4);
    append_little_endian(bytes, rate * kBytes, 4);
    append_little_endian(bytes, kBytes, 2);
    append_little_endian(bytes, 8 * kBytes, 2);
    bytes += "data";
    append_little_endian(bytes, size, 4);
    for (const float s : samples) {
        const auto value = static_cast<std::int32_t>(std::lround(std::clamp(s, -1.0f, 1.0f) * 32767.0f));
        append_little_endian(bytes, static_cast<std::uint32_t>(value), 2);
    }
    return bytes;
}

} // namespace tb::app
