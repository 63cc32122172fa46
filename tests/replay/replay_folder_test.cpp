// Plays every log of this folder again and compares findings, score and key numbers with expect.json.
// How to make them anew after a change of anatomy or simulator: README.md beside this file.
#include <cstdlib>
#include <filesystem>

#include "events/codec.h"
#include "session/replay.h"
#include "unit/session/played.h"

namespace tb::session {
namespace {

using namespace tb::test;
namespace fs = std::filesystem;

const fs::path kFolder = TB_SOURCE_DIR "/tests/replay";
const std::string kRemedy = "; if the change is wanted, make the logs anew as tests/replay/README.md says";

std::map<std::string, int> counts(const events::EventLog& log) {
    std::map<std::string, int> out;
    for (const events::Event& e : log.events()) {
        if (const auto* f = std::get_if<events::Finding>(&e.what)) ++out[std::string(events::kind_name(*f))];
    }
    return out;
}

Json expectation(const World& world, const events::EventLog& log, const std::string& trainee,
                 std::uint64_t seed) {
    const scoring::Assessment a = assess_log(world, log);
    Json j;
    j["trainee"] = trainee;
    j["seed"] = seed;
    j["score"] = std::round(a.total * 10.0) / 10.0;
    j["pass"] = a.pass;
    j["critical"] = Json::array();
    for (const auto& c : a.critical)
        j["critical"].push_back(c.id);
    j["findings"] = Json::object();
    for (const auto& [kind, n] : counts(log))
        j["findings"][kind] = n;
    return j;
}

TEST(Replays, EveryLogInTheFolderGivesItsFindingsAndScoreAgain) {
    const auto world = real_world();
    ASSERT_TRUE(world.has_value());
    const std::string path = (kFolder / "expect.json").string();
    const auto expect = parse_json(file_bytes(path), path);
    ASSERT_TRUE(expect.has_value()) << expect.error().text();

    if (std::getenv("TAUTBAND_MAKE_REPLAYS") != nullptr) {
        Json anew = Json::object();
        for (const auto& [name, e] : expect->items()) {
            const auto trainee = e["trainee"].get<std::string>();
            const auto seed = e["seed"].get<std::uint64_t>();
            const Scored played = play(*world, trainee, seed);
            std::ofstream(kFolder / name, std::ios::binary) << played.session.log().text();
            anew[name] = expectation(*world, played.session.log(), trainee, seed);
        }
        std::ofstream(path) << anew.dump(1) << "\n";
        GTEST_SKIP() << "logs made anew";
    }

    int files = 0;
    for (const auto& entry : fs::directory_iterator(kFolder)) {
        if (entry.path().extension() != ".tautlog") continue;
        ++files;
        const std::string name = entry.path().filename().string();
        ASSERT_TRUE(expect->contains(name)) << name << " is not in expect.json";
        const Json& wanted = (*expect)[name];
        const auto read = events::read_log(file_bytes(entry.path().string()), name);
        ASSERT_TRUE(read.has_value()) << read.error().text();
        EXPECT_TRUE(read->complete) << name;
        EXPECT_EQ(read->broken_line, 0U) << name;
        const ReplayResult r = replay(*world, read->log);
        EXPECT_TRUE(r.same) << name << ": " << r.difference << kRemedy;
        const Json now = expectation(*world, read->log, wanted["trainee"].get<std::string>(),
                                     wanted["seed"].get<std::uint64_t>());
        EXPECT_EQ(now, wanted) << name << kRemedy;
    }
    EXPECT_EQ(files, static_cast<int>(expect->size())) << "expect.json names logs that are not there";
}

} // namespace
} // namespace tb::session
