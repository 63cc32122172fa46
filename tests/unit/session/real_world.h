// The first case on the built body, as the program loads it.
#pragma once

#include <memory>
#include <optional>

#include "small_world.h"

namespace tb::test {

inline const std::string kDeskNeck = TB_SOURCE_DIR "/scenes/practice/office_worker_trapezius.json";

/// The world of a case; null, after a failure with the reason, when something is missing.
inline std::optional<session::World> real_world() {
    const anatomy::Atlas* atlas = real_atlas();
    if (atlas == nullptr) return std::nullopt;
    static const std::string kText = file_bytes(kDeskNeck);
    static const auto kScenario = scenario::load_scenario(kText, kDeskNeck, clinical_tables(), atlas);
    if (!kScenario) {
        for (const Error& e : kScenario.error())
            ADD_FAILURE() << e.text();
        return std::nullopt;
    }
    static const auto kBody = anatomy::Body::create(*atlas, kScenario->body, kScenario->seed);
    if (!kBody) {
        for (const Error& e : kBody.error())
            ADD_FAILURE() << e.text();
        return std::nullopt;
    }
    return session::World{&*kBody, &*kScenario, &mechanics()};
}

} // namespace tb::test
