// A running case: takes actions, steps the simulator 120 times a second of simulated time, writes findings to the log.
// Knows no clock: the host calls `advance`. The only writer of its state and log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "events/log.h"
#include "scenario/scenario.h"
#include "session/sim_state.h"
#include "tissue/parameters.h"

namespace tb::session {

struct Options {
    std::string mode = "practice"; ///< "practice", "demo", "assessment"
    std::uint64_t seed = 1;
    double contrast_gain = 2.0;    ///< mechanics.md 1.4 suggests 2 (est.); reduced in assessment
    std::string program, trainee, created;
};

/// Everything a session reads and never changes; owned by the host and outliving the session.
struct World {
    const anatomy::Body* body = nullptr;
    const scenario::Scenario* scenario = nullptr;
    const tissue::Parameters* parameters = nullptr;
};

class Session {
public:
    Session(World world, const Options& options);
    /// Goes on with a log that was read back (after a crash): re-simulates its actions, then appends to it.
    static Expected<Session> resume(World world, const events::EventLog& log);

    /// Why this action is impossible now, or nothing. Const: greys out buttons and feeds hints.
    [[nodiscard]] std::optional<std::string> would_accept(const events::Action& action) const;
    /// Quantises, records and queues the action for the next tick. False: a Refused finding was recorded instead.
    bool submit(const events::Action& action, const std::string& actor = "trainee");
    /// Simulates `n` ticks. Idle ticks (nothing in contact, nothing running) cost next to nothing.
    void advance(Tick n = 1);

    [[nodiscard]] const SimState& state() const { return state_; }
    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] const Options& options() const { return options_; }
    [[nodiscard]] const events::EventLog& log() const { return log_; }
    [[nodiscard]] events::EventLog& log() { return log_; } ///< for `take_unwritten`
    /// True if anything that a picture shows changed since this was last asked: nothing is drawn when nothing changed.
    bool take_changed();

    /// A new session at tick `t` of this one (practice): nearest snapshot, replayed to t; its log names its parent.
    [[nodiscard]] Session branch_at(Tick t) const;

private:
    friend class Stepper; // session/step.cpp: one tick
    World world_;
    Options options_;
    SimState state_;
    events::EventLog log_;
    std::vector<SimState> snapshots_; // every 10 s
    std::vector<events::Action> queued_;
    bool changed_ = true;
};

} // namespace tb::session
