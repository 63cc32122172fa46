// One line of a session's log.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <variant>

#include "base/units.h"
#include "events/action.h"
#include "events/finding.h"

namespace tb::events {

/// `seq` numbers the events of one log from 0 and is what a score's evidence points at.
struct Event {
    Tick tick = 0;
    std::int64_t seq = 0;
    std::string actor; ///< "trainee", "instructor", "simulator", "autopilot"
    std::variant<Action, Finding> what;
    bool operator==(const Event&) const = default;

    [[nodiscard]] bool is_action() const { return what.index() == 0; }
    /// The action or finding of this type, or null.
    template <class T>
    [[nodiscard]] const T* get() const {
        if constexpr (std::is_constructible_v<Action, std::in_place_type_t<T>>) {
            const auto* a = std::get_if<Action>(&what);
            return a != nullptr ? std::get_if<T>(a) : nullptr;
        } else {
            const auto* f = std::get_if<Finding>(&what);
            return f != nullptr ? std::get_if<T>(f) : nullptr;
        }
    }
};

} // namespace tb::events
