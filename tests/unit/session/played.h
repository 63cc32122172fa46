// Scripted cases on the built body, scored.
#pragma once

#include "procedure/step.h"
#include "real_world.h"
#include "scoring/assess.h"
#include "session/autopilot.h"

namespace tb::test {

struct Scored {
    session::Session session;
    scoring::Assessment assessment;
};

inline scoring::Assessment assess_log(const session::World& world, const events::EventLog& log) {
    const std::string folder = TB_SOURCE_DIR "/assets/clinical/";
    static const auto kProcedure = [&] {
        const std::string path = folder + "procedure.json";
        return procedure::procedure_from_json(parse_json(file_bytes(path), path).value(), path).value();
    }();
    static const auto kRubric = [&] {
        const std::string path = folder + "rubric.json";
        return scoring::rubric_from_json(parse_json(file_bytes(path), path).value(), path).value();
    }();
    return scoring::assess(*world.scenario, kProcedure, kRubric, log.header().mode, log.events());
}

inline Scored play(const session::World& world, const std::string& trainee, std::uint64_t seed,
                   const std::vector<std::string>& faults = {}, const std::string& mode = "practice") {
    session::Options options;
    options.mode = mode;
    options.seed = seed;
    session::Session s(world, options);
    session::AutopilotOptions who;
    who.trainee = trainee;
    who.seed = seed;
    who.faults = faults;
    const auto played = session::run_autopilot(s, who);
    EXPECT_TRUE(played.has_value()) << (played ? "" : played.error().text());
    scoring::Assessment assessment = assess_log(world, s.log());
    return {std::move(s), std::move(assessment)};
}

inline std::map<std::string, double> points(const scoring::Assessment& a) {
    std::map<std::string, double> out;
    for (const scoring::ItemScore& item : a.items)
        out[item.id] = item.points;
    return out;
}

} // namespace tb::test
