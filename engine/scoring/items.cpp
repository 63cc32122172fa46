#include "scoring/items.h"

#include "scoring/item_sheet.h"

namespace tb::scoring {

double locating_grade(double distance_mm) {
    if (distance_mm <= 10.0) return 1.0;
    if (distance_mm <= 20.0) return 1.0 - 0.5 * (distance_mm - 10.0) / 10.0;
    if (distance_mm <= 26.0) return 0.5 * (26.0 - distance_mm) / 6.0;
    return 0.0;
}

std::vector<Reading> readings_of(std::string_view item, const LogView& log,
                                 const procedure::Procedure& procedure) {
    std::vector<Reading> readings = readings_before(item, log, procedure);
    return readings.empty() ? readings_needle(item, log, procedure) : readings;
}

} // namespace tb::scoring
