// Published mechanics values against the kernels: what `tautband values` prints and tests/values checks.
// Every measured number is computed by calling the kernels; the bounds are those of the literature table in
// docs/sources.md, "Mechanics" (same ids: K palpation, N needle and syringe).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "tissue/parameters.h"

namespace tb::tissue {

struct ValueCheck {
    std::string id;                  ///< "K01", or "K01/2" for the second number of a check
    std::string quantity;            ///< what is measured, with its conditions
    std::optional<double> low, high; ///< bounds; an open side is empty
    double measured = 0.0;
    std::string unit;
    bool ok = false;
    std::string source;
};

std::vector<ValueCheck> published_values(const Parameters& parameters);
/// {"id", "quantity", "bounds": [low, high], "measured", "unit", "ok", "source"}; an open side is null.
Json to_json(const ValueCheck& check);

} // namespace tb::tissue
