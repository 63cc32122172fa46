#include "training/ladder.h"

#include <algorithm>

namespace tb::training {
namespace {

using events::Sight;

std::optional<Sight> sight_told(const events::Event& e) {
    const auto* help = e.get<events::HelpUsed>();
    return help != nullptr ? events::sight_of(help->what) : std::nullopt;
}

} // namespace

Sight sight_at(const std::vector<events::Event>& events, Tick tick) {
    Sight now = Sight::Blind;
    for (const events::Event& e : events) {
        if (e.tick <= tick) now = sight_told(e).value_or(now);
    }
    return now;
}

Sight step_done(const std::vector<events::Event>& events) {
    Sight most = Sight::Blind;
    for (const events::Event& e : events)
        most = std::min(most, sight_told(e).value_or(most));
    return most;
}

std::optional<Sight> next_step(Sight step, bool passed) {
    if (!passed) return step;
    switch (step) {
    case Sight::SeenThrough:
        return Sight::Half;
    case Sight::Half:
        return Sight::Blind;
    case Sight::Blind:
        break;
    }
    return std::nullopt;
}

} // namespace tb::training
