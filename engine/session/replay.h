// Runs a log's actions again and compares the findings: the proof that nothing was altered, and the
// regression test.
#pragma once

#include <string>

#include "session/session.h"

namespace tb::session {

struct ReplayResult {
    bool same = false;
    /// Also every checkpoint's state hash is equal: the same build on the same kind of processor.
    bool same_bits = false;
    /// First difference in words ("event 812 at tick 4211: logged felt band 0.61, simulated 0.58"), empty if
    /// none.
    std::string difference;
    std::size_t findings_compared = 0;
    Tick ticks = 0;
};
/// Values count as equal within their quantum, ticks within one (docs/architecture.md, "Time and
/// determinism").
ReplayResult replay(World world, const events::EventLog& log);

} // namespace tb::session
