// Every published value of assets/mechanics.json ("checks") against the simulator: what `tautband values`
// prints, tests/values checks and docs/validation.md lists. Each number is measured by running the kernels,
// the session or the procedure; none is written here. Timed rows are not run: the core knows no clock
// (app/commands/values.cpp).
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "procedure/step.h"
#include "scenario/scenario.h"
#include "tissue/parameters.h"

namespace tb::validation {

/// What is measured; all must outlive the run.
struct Subject {
    const tissue::Parameters* parameters = nullptr;
    const procedure::Procedure* procedure = nullptr;
    const scenario::ClinicalTables* tables = nullptr;
};

enum class Verdict {
    Met,    ///< every number is within its bounds
    Missed, ///< at least one is not
    Timed,  ///< needs a clock; `tautband values --timed`
    Open    ///< nothing here measures it yet
};
std::string_view name_of(Verdict verdict); ///< "met", "missed", "timed", "open"

struct Check {
    tissue::PublishedValue row;
    std::vector<double> measured; ///< in the order of the row's numbers; empty for Timed and Open
    Verdict verdict = Verdict::Open;
    std::string how; ///< how it was measured, and what stands against it; one sentence
    [[nodiscard]] bool number_ok(std::size_t i) const;
};

/// Every row in the table's order. The same numbers on every run.
std::vector<Check> run_checks(const Subject& subject);
/// Fills in what was measured elsewhere (a timed row) and judges it.
void judge(Check& check, std::vector<double> measured, std::string how);

/// {"id", "quantity", "condition", "expected", "tolerance", "unit", "kind", "source", "verdict", "how",
/// "numbers":
/// [{"of", "low", "high", "measured", "ok"}]}; an open side or a number that was not measured is null.
Json to_json(const Check& check);
/// docs/validation.md.
std::string to_markdown(const std::vector<Check>& checks, const tissue::Parameters& parameters);

} // namespace tb::validation
