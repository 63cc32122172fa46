// The score: a pure function of case, rubric and log. It sees only events, never the simulator, so a log can
// be scored years later. Each item explains itself: points, measured values, and the events that prove them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "events/event.h"
#include "procedure/step.h"
#include "scenario/scenario.h"
#include "scoring/rubric.h"

namespace tb::scoring {

/// One measured quantity of an item.
struct Measured {
    std::string name, unit;
    double value = 0.0;
    bool known = true;    ///< false: nothing in the log to measure (counts as not done)
    double grade = 0.0;   ///< 1 good, 0.5 borderline, 0 unsafe; between them where bands are interpolated
    std::string expected; ///< "good 0-10 mm, borderline 10-20 mm"
    std::vector<std::int64_t> evidence; ///< event numbers
};
struct ItemScore {
    std::string id, phase, text;
    double points = 0.0, of = 0.0;
    std::vector<Measured> measures;
    std::string why;    ///< one sentence for the trainee
    std::string capped; ///< why the item was capped, empty if not
    [[nodiscard]] std::vector<std::int64_t> evidence() const;
};
struct CriticalFinding {
    std::string id, text, detail;
    std::vector<std::int64_t> evidence;
};
struct NearMiss {
    std::string structure;
    double distance_mm = 0.0;
    std::int64_t evidence = -1;
};
/// Help that was taken: told in the debrief, never counted against the score.
struct Help {
    std::string what; ///< "hint" or that of events::HelpUsed
    std::vector<std::int64_t> evidence;
};
/// "X-ray look", "Hint", ...: for a line of the debrief.
std::string_view words_of_help(std::string_view what);
/// "Help used: hint (2 times), x-ray look"; "No help was used." without.
std::string help_sentence(const std::vector<Help>& help);
struct Assessment {
    double total = 0.0; ///< 0..100
    bool pass = false;
    std::string pass_reason; ///< which requirement failed, or "all requirements met"
    int global_rating = 1;   ///< 1..5, suggested
    std::vector<ItemScore> items;
    std::vector<CriticalFinding> critical;
    std::vector<NearMiss> near_misses; ///< hazards the tip came within 10 mm of, closest first
    std::vector<Help> help;            ///< each kind once, in the order of first use
    std::string rubric_version, rubric_hash, mode;
};

/// `mode` chooses the weights. Total = 100 * points / sum of weights.
Assessment assess(const scenario::Scenario& scenario, const procedure::Procedure& procedure,
                  const Rubric& rubric, const std::string& mode, const std::vector<events::Event>& events);

/// {"total","pass","critical":[ids],"items":[{"id","points","of","measure","unit","evidence"}]} plus details
/// (docs/cli.md).
Json to_json(const Assessment& assessment);

} // namespace tb::scoring
