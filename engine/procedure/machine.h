// Watches a session's events and states consequences: steps done, rules broken, complications. It never
// forbids anything: wrong order is possible where reality allows it. Plain value, part of the simulator's
// state.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "events/event.h"
#include "procedure/facts.h"
#include "scenario/scenario.h"

namespace tb::procedure {

using Findings = std::vector<events::Finding>;

class Machine {
public:
    Machine() = default;
    explicit Machine(std::uint64_t seed) : random_(seed, "complications") {}

    /// Takes one event (action or finding) and gives the findings that follow from it, in order.
    Findings observe(const scenario::Scenario& scenario, const events::Event& event);
    /// Time passes without an event: delayed signs and ignored emergencies.
    Findings advance(const scenario::Scenario& scenario, Tick now);

    [[nodiscard]] const std::set<std::string>& steps_done() const { return done_; }
    [[nodiscard]] const std::set<std::string>& rules_broken() const { return broken_; }
    [[nodiscard]] const std::set<std::string>& complications() const { return complications_; }
    [[nodiscard]] const Facts& facts() const { return facts_; }
    /// Sum over agents of mg given / limit of this patient; warn at 0.5, fail above 1.0.
    [[nodiscard]] double dose_fraction() const { return dose_fraction_; }
    /// An emergency whose signs show and that nobody has answered yet; empty if none.
    [[nodiscard]] std::string emergency() const;
    /// First step in order that is not done and still makes sense; empty when finished.
    [[nodiscard]] std::string next_step() const;
    [[nodiscard]] std::uint64_t hash() const;
    bool operator==(const Machine&) const = default;

private:
    friend struct RuleBook;     // rules.cpp
    friend struct Consequences; // complications.cpp
    void break_rule(std::string_view rule, std::string detail, Findings& out);
    void complicate(std::string_view id, std::string cause, Findings& out);
    void check_rules(const scenario::Scenario& scenario, const events::Event& event, Findings& out);
    void check_complications(const scenario::Scenario& scenario, const events::Event& event, Findings& out);

    Random random_{0};
    Facts facts_;
    std::set<std::string> done_, broken_, complications_;
    std::map<std::string, Tick> onset_; ///< complication -> when its signs will show
    std::map<std::string, Tick> alarm_; ///< emergency -> since when its signs show, unanswered
    double dose_fraction_ = 0.0;
    double toxic_fraction_ =
        0.0;                    ///< dose fraction that counts for toxicity (more when it went into a vessel)
    double toxic_chance_ = 0.0; ///< chance of toxicity that was already drawn
};

/// Largest dose of a drug for this patient: min(max_mg, max_mg_per_kg * kg * reduction), mg; 0 = no limit.
/// The weight is the ideal one where BMI is above 30 (procedure.json dose table, est.; Devine 1974).
double dose_limit_mg(const scenario::Drug& drug, const scenario::Patient& patient, double reduction);

/// Sum over agents of mg / limit; agents without a limit count nothing.
double dose_fraction(const std::map<std::string, double>& milligrams, const scenario::Scenario& scenario);

} // namespace tb::procedure
