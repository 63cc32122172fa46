// Inside module validation only: which function measures which row.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "validation/checks.h"

namespace tb::validation {

struct Measurement {
    std::string_view id;
    std::vector<double> (*measure)(const Subject& subject); ///< one number for each of the row's
    std::string_view how;
};
std::span<const Measurement> palpation_measurements();
std::span<const Measurement> needle_measurements();
std::span<const Measurement> syringe_measurements();
std::span<const Measurement> patient_measurements();
std::span<const Measurement> ultrasound_measurements();

} // namespace tb::validation
