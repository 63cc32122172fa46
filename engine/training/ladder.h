// The ladder from eye to hand: the same case first seen through, then half seen, then blind. Which step a log
// was done at, and which one comes next.
#pragma once

#include <optional>
#include <vector>

#include "events/event.h"
#include "events/sight.h"

namespace tb::training {

/// How much is seen at this tick; blind where no event tells of it.
events::Sight sight_at(const std::vector<events::Event>& events, Tick tick);
/// The step that a finished case counts as: the one that showed most. Who looked through once has not done it
/// blind.
events::Sight step_done(const std::vector<events::Event>& events);
/// The step to do the same case at next: one up after a pass, the same again otherwise; nothing after a pass
/// at the top.
std::optional<events::Sight> next_step(events::Sight step, bool passed);

} // namespace tb::training
