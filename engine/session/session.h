// A running case: takes actions, steps the simulator 120 times a second of simulated time, writes findings to
// the log. Knows no clock: the host calls `advance`. The only writer of its state and log.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "anatomy/queries.h"
#include "events/log.h"
#include "scenario/scenario.h"
#include "session/sim_state.h"
#include "tissue/parameters.h"

namespace tb::session {

struct Options {
    std::string mode = "practice"; ///< "practice", "demo", "assessment"
    std::uint64_t seed = 1;
    double contrast_gain = 2.0; ///< mechanics.md 1.4 suggests 2 (est.); reduced in assessment
    std::string program, trainee, created;
};

/// Everything a session reads and never changes; owned by the host and outliving the session.
struct World {
    const anatomy::Body* body = nullptr;
    const scenario::Scenario* scenario = nullptr;
    const tissue::Parameters* parameters = nullptr;
};

/// The tissue under the finger as looked up last: only a memory, rebuilt from `FingerState::column_at` when
/// it does not fit.
struct FingerColumn {
    bool valid = false;
    geometry::Vec3 at{0.0};
    anatomy::TissueColumn column;
    std::optional<anatomy::InMuscle> muscle;
};

class Session {
public:
    Session(World world, const Options& options);
    /// Goes on with a log that was read back (after a crash): re-simulates its actions, then appends to it.
    /// Fails if the log belongs to another case or body.
    static Expected<Session> resume(World world, const events::EventLog& log);

    /// Why this action is impossible now, or nothing. Const: greys out buttons and feeds hints.
    [[nodiscard]] std::optional<std::string> would_accept(const events::Action& action) const;
    /// Quantises and records the action, and lets it take effect at once; a ToolPose waits for the next tick,
    /// and a later one before that replaces it. False: a Refused finding was recorded instead.
    bool submit(const events::Action& action, const std::string& actor = "trainee");
    /// Records a finding that the simulator does not make itself (a hint given). Not part of a replay.
    void note(const events::Finding& finding, const std::string& actor);
    /// Simulates `n` ticks. Idle ticks (nothing in contact, nothing running) cost next to nothing.
    void advance(Tick n = 1);

    [[nodiscard]] const SimState& state() const { return state_; }
    [[nodiscard]] const World& world() const { return world_; }
    [[nodiscard]] const Options& options() const { return options_; }
    [[nodiscard]] const events::EventLog& log() const { return log_; }
    [[nodiscard]] events::EventLog& log() { return log_; } ///< for `take_unwritten`
    /// True if anything that a picture shows changed since this was last asked: nothing is drawn when nothing
    /// changed.
    bool take_changed();

    /// A new session at tick `t` of this one (practice): nearest snapshot, replayed to t; its log names its
    /// parent.
    [[nodiscard]] Session branch_at(Tick t) const;

    /// Applies the logged actions from the state's tick up to (not including) `until`, at their ticks,
    /// without judging them again: for replay, branch and resume.
    void run_actions(const std::vector<events::Event>& events, Tick until);

private:
    friend class Stepper; // session/stepper.h: what actions change, and one tick

    World world_;
    Options options_;
    SimState state_;
    events::EventLog log_;
    std::vector<SimState> snapshots_; // every 10 s
    std::optional<events::ToolPose> pending_pose_;
    std::string pending_actor_;
    FingerColumn column_;
    bool changed_ = true;
};

/// Options as a log's header tells them.
Options options_of(const events::LogHeader& header);
/// True for findings that a re-simulation must give again: all but refusals (the refused action is not
/// logged) and hints.
bool derived(const events::Event& e);
/// Why this log cannot be simulated in this world: another case, a changed case, a rebuilt body.
std::optional<Error> foreign_log(const World& world, const events::LogHeader& header);

} // namespace tb::session
