// Watches a session's events and states consequences: steps done, rules broken, complications. It never forbids anything:
// wrong order is possible where reality allows it. Plain value, part of the simulator's state.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "events/event.h"
#include "scenario/scenario.h"

namespace tb::procedure {

class Machine {
public:
    Machine() = default;
    explicit Machine(std::uint64_t seed) : random_(seed, "complications") {}

    /// Takes one event (action or finding) and gives the findings that follow from it, in order.
    std::vector<events::Finding> observe(const scenario::Scenario& scenario, const events::Event& event);
    /// Time passes without an event: delayed signs and ignored emergencies.
    std::vector<events::Finding> advance(const scenario::Scenario& scenario, Tick now);

    [[nodiscard]] const std::set<std::string>& steps_done() const { return done_; }
    [[nodiscard]] const std::set<std::string>& rules_broken() const { return broken_; }
    /// Sum over agents of mg given / limit of this patient; warn at 0.5, fail above 1.0.
    [[nodiscard]] double dose_fraction() const { return dose_fraction_; }
    /// First step in order that is not done and still makes sense; empty when finished.
    [[nodiscard]] std::string next_step() const;
    [[nodiscard]] std::uint64_t hash() const;
    bool operator==(const Machine&) const = default;

private:
    Random random_{0};
    std::set<std::string> done_, broken_, complications_, said_, items_;
    std::map<std::string, double> seconds_, milligrams_;
    std::map<std::string, Tick> since_;
    double dose_fraction_ = 0.0;
};

/// Largest dose of a drug for this patient: min(max_mg, max_mg_per_kg * kg * reduction), mg; 0 = no limit.
double dose_limit_mg(const scenario::Drug& drug, const scenario::Patient& patient, double reduction);

} // namespace tb::procedure
