// What each rubric item looks at: measured quantities, their bands and the sentences that explain them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "procedure/step.h"
#include "scoring/assess.h"
#include "scoring/measures.h"

namespace tb::scoring {

/// One measured quantity with what it is worth.
struct Reading {
    Measured measured;
    double weight = 1.0;  ///< of the average; times weigh half, outcomes nothing
    bool safety = false;  ///< its grade caps the item
    std::string sentence; ///< for the trainee
};

/// Readings of one item (a procedure step); the first one is the item's main measure. Empty for an unknown
/// item.
std::vector<Reading> readings_of(std::string_view item, const LogView& log,
                                 const procedure::Procedure& procedure);

/// Grade of the distance between mark and point: 1 up to 10 mm, falling to 0.5 at 20 mm and to 0 at 26 mm:
/// the same expert finds a point again only within about +-26 mm [barbero2012], so there is no single hard
/// limit.
double locating_grade(double distance_mm);

} // namespace tb::scoring
