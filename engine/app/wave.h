// Sound samples as the bytes of a .wav file.
#pragma once

#include <span>
#include <string>

namespace tb::app {

/// RIFF/WAVE, one channel, 16-bit PCM. Samples beyond -1..1 are cut off.
std::string wave_bytes(std::span<const float> samples, int rate_Hz);

} // namespace tb::app
