// Inside module tissue only: reading one row of `checks` of assets/mechanics.json.
#pragma once

#include <set>
#include <string>

#include "base/json.h"
#include "tissue/parameters.h"

namespace tb::tissue {

/// {"id", "quantity", "condition", "expected", "tolerance", "unit", "kind", "source", "confidence",
/// "numbers":
/// [["22 G", low, high], ...]}; an open side is null, one side at least is not. Faults are reported at their
/// place.
PublishedValue read_published(const JsonReader& row, const std::set<std::string, std::less<>>& sources);

} // namespace tb::tissue
