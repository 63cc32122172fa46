// Events to plain words: "what just happened, and why". Pure; the case screen's feed and the debrief's
// timeline use it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "events/event.h"
#include "procedure/step.h"
#include "scenario/scenario.h"
#include "ui/widgets.h"

namespace tb::ui {

struct FeedLine {
    Tick tick = 0;
    std::int64_t seq = -1;
    Sign sign = Sign::Info;
    std::string text;
    double pain = -1.0; ///< speech only; negative: no rating
    bool operator==(const FeedLine&) const = default;
};

/// Names that the words need; any pointer may be null (then ids are shown).
struct Names {
    const anatomy::Body* body = nullptr;
    const scenario::Scenario* scenario = nullptr;
    const procedure::Procedure* procedure = nullptr;
};

/// One line about this event, or nothing where it is not worth a line. `verdicts` false (assessment): only
/// what the trainee could perceive; no steps judged, no rules, no distances to what is hidden.
std::optional<FeedLine> describe(const events::Event& event, const Names& names, bool verdicts);
/// What a person said in this event: the patient's words, or the trainee's question.
std::optional<FeedLine> spoken(const events::Event& event, const Names& names);

/// Lanes of the debrief's timeline.
enum class Lane { Talk, Finger, Skin, Needle, Fluid, Judgement, Count };
std::string_view name_of(Lane lane);
std::optional<Lane> lane_of(const events::Event& event);

} // namespace tb::ui
