#include "session/replay.h"

#include <cmath>

#include <fmt/format.h>

#include "events/codec.h"

namespace tb::session {
namespace {

/// Within one quantum of the log (0.01 of everything but rates; a rate differs by less) and its rounding.
constexpr double kTolerance = 0.0101;

/// First field in which two findings differ, with both values; empty if none.
std::string difference(const Json& logged, const Json& made, const std::string& path = {}) {
    if (logged.is_number() && made.is_number()) {
        const double a = logged.get<double>();
        const double b = made.get<double>();
        if (std::abs(a - b) <= kTolerance) return {};
    } else if (logged.is_object() && made.is_object() && logged.size() == made.size()) {
        for (const auto& [key, value] : logged.items()) {
            if (!made.contains(key)) return fmt::format("{} is missing", key);
            if (auto d = difference(value, made[key], path.empty() ? key : path + " " + key); !d.empty())
                return d;
        }
        return {};
    } else if (logged.is_array() && made.is_array() && logged.size() == made.size()) {
        for (std::size_t i = 0; i < logged.size(); ++i) {
            if (auto d = difference(logged[i], made[i], path); !d.empty()) return d;
        }
        return {};
    } else if (logged == made) {
        return {};
    }
    return fmt::format("{} {}, simulated {}", path, write_json(logged), write_json(made));
}

} // namespace

ReplayResult replay(World world, const events::EventLog& log) {
    ReplayResult result;
    if (const auto fault = foreign_log(world, log.header())) {
        result.difference = fault->message;
        return result;
    }
    Session session(world, options_of(log.header()));
    const auto& logged = log.events();
    if (!logged.empty()) {
        session.run_actions(logged, logged.back().tick + 1);
        session.advance(logged.back().tick + 1 - session.state().now);
    }
    result.ticks = session.state().now;
    result.same_bits = true;

    const auto& made = session.log().events();
    std::size_t m = 0;
    const auto next_made = [&]() -> const events::Event* {
        while (m < made.size() && !derived(made[m]))
            ++m;
        return m < made.size() ? &made[m++] : nullptr;
    };
    for (const events::Event& e : logged) {
        if (!derived(e)) continue;
        const auto& finding = std::get<events::Finding>(e.what);
        const std::string kind(events::kind_name(finding));
        const events::Event* other = next_made();
        if (other == nullptr) {
            // A log may end inside a tick or after the last action; what is written must still all be made.
            result.difference =
                fmt::format("event {} at tick {}: logged {}, simulated nothing more", e.seq, e.tick, kind);
            return result;
        }
        const auto& simulated = std::get<events::Finding>(other->what);
        if (kind != events::kind_name(simulated) || std::abs(e.tick - other->tick) > 1) {
            result.difference = fmt::format("event {} at tick {}: logged {}, simulated {} at tick {}", e.seq,
                                            e.tick, kind, events::kind_name(simulated), other->tick);
            return result;
        }
        ++result.findings_compared;
        if (std::holds_alternative<events::Checkpoint>(finding)) {
            // Other machines may differ in the last bits of a state whose findings are all equal.
            result.same_bits = result.same_bits && finding == simulated;
            continue;
        }
        if (const auto d = difference(events::to_json(finding), events::to_json(simulated)); !d.empty()) {
            result.difference = fmt::format("event {} at tick {}: logged {} {}", e.seq, e.tick, kind, d);
            return result;
        }
    }
    result.same = true;
    return result;
}

} // namespace tb::session
