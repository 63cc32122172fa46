// What the algometer has read in a case, for panel, debrief and report. A list of facts: nothing is scored.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "events/event.h"

namespace tb::scoring {

struct AlgometerReading {
    events::PressureThreshold found;
    Tick tick = 0;
    std::int64_t seq = 0; ///< number of the event
    int other = -1; ///< index of the latest earlier reading at the same place of the other side, -1 none
};
/// Oldest first. The same place of the other side: over the same structure within 25 mm of the mirrored point
/// (est.); readings that were pressed too fast are not compared.
std::vector<AlgometerReading> algometer_readings(const std::vector<events::Event>& events);

/// Where it was read: "Trapezius, descending part (right)"; with `named` false only the region ("neck
/// (right)"), so that an assessment does not tell what lies under the tip.
std::string reading_place(const anatomy::Body* body, const events::PressureThreshold& found,
                          bool named = true);
/// "3.2 kg/cm2, 1.1 lower than the other side; pressed too fast, about 0.9 too high": one reading of the
/// list.
std::string reading_words(const std::vector<AlgometerReading>& readings, std::size_t index);

} // namespace tb::scoring
