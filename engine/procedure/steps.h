// When each step of the procedure counts as done: its essential act happened, in whatever order.
#pragma once

#include <array>
#include <string_view>

#include "procedure/facts.h"

namespace tb::procedure {

enum class Stage { BeforeNeedle, NeedleIn, AfterNeedle };
struct StepPlace {
    std::string_view id;
    Stage stage;
    bool suggested; ///< false: not an act of its own (it is optional or a consequence)
};
/// The steps of procedure.json in order.
extern const std::array<StepPlace, 39> kStepOrder;

/// True if the essential act of the step has happened.
bool step_done(std::string_view step, const Facts& facts, const scenario::Scenario& scenario);

} // namespace tb::procedure
