#include "played.h"

#include "session/replay.h"

namespace tb::session {
namespace {

using namespace tb::test;

class Autopilot : public ::testing::Test {
protected:
    std::optional<World> world = real_world();
    void SetUp() override { ASSERT_TRUE(world.has_value()); }
    void TearDown() override {}
};

TEST_F(Autopilot, ExpertsScoreAtLeast85AndPass) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Scored s = play(*world, "expert", seed);
        EXPECT_GE(s.assessment.total, 85.0) << "seed " << seed;
        EXPECT_TRUE(s.assessment.pass) << s.assessment.pass_reason;
        EXPECT_TRUE(s.session.state().finished);
    }
}

TEST_F(Autopilot, AnExpertFindsThePointWhereverThisPatientHasIt) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const auto body = anatomy::Body::create(world->body->atlas(), world->scenario->body, seed);
        ASSERT_TRUE(body.has_value());
        World other = *world;
        other.body = &*body;
        const Scored s = play(other, "expert", seed);
        EXPECT_GE(s.assessment.total, 85.0) << "patient " << seed;
        ASSERT_FALSE(all<events::Marked>(s.session).empty());
        EXPECT_LT(all<events::Marked>(s.session).front().distance_to_target.value(), 10.0)
            << "patient " << seed;
    }
}

TEST_F(Autopilot, NovicesScoreBelow60) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed)
        EXPECT_LT(play(*world, "novice", seed).assessment.total, 60.0) << seed;
}

TEST_F(Autopilot, AnIntermediateStandsBetweenNoviceAndExpert) {
    const double middle = play(*world, "intermediate", 2).assessment.total;
    EXPECT_LT(middle, play(*world, "expert", 2).assessment.total);
    EXPECT_GT(middle, play(*world, "novice", 2).assessment.total);
}

TEST_F(Autopilot, TheSameSeedGivesTheSameLogAndReplaysToTheBit) {
    const Scored a = play(*world, "expert", 5);
    EXPECT_EQ(a.session.log().text(), play(*world, "expert", 5).session.log().text());
    const ReplayResult r = replay(*world, a.session.log());
    EXPECT_TRUE(r.same) << r.difference;
    EXPECT_TRUE(r.same_bits);
}

TEST_F(Autopilot, NothingThatItAsksForIsRefusedToAnExpert) {
    for (const auto& r : all<events::Refused>(play(*world, "expert", 1).session))
        ADD_FAILURE() << r.reason;
}

TEST_F(Autopilot, UnknownTraineesAndFaultsAreErrors) {
    Session s(*world, Options{});
    AutopilotOptions who;
    who.trainee = "wizard";
    EXPECT_FALSE(run_autopilot(s, who).has_value());
    who.trainee = "expert";
    who.faults = {"no_such_fault"};
    EXPECT_FALSE(run_autopilot(s, who).has_value());
    EXPECT_TRUE(s.log().events().empty());
}

// In the weights of an assessment every item counts, so that none is lost from sight.
TEST_F(Autopilot, EverySingleFaultCostsWhatItDeclaresAndNothingElse) {
    const auto expert = points(play(*world, "expert", 1, {}, "assessment").assessment);
    for (const Fault& fault : faults()) {
        const scoring::Assessment a = play(*world, "expert", 1, {fault.name}, "assessment").assessment;
        std::set<std::string> lowered;
        for (const auto& [id, p] : points(a)) {
            if (p < expert.at(id) - 1e-9) lowered.insert(id);
        }
        for (const std::string& id : fault.items)
            EXPECT_EQ(lowered.erase(id), 1U) << fault.name << " must lower " << id;
        for (const std::string& id : fault.knock_on)
            lowered.erase(id);
        for (const std::string& id : lowered)
            ADD_FAILURE() << fault.name << " lowers " << id << " without declaring it";
        const bool raised = std::any_of(a.critical.begin(), a.critical.end(),
                                        [&](const auto& c) { return c.id == fault.critical; });
        if (fault.critical.empty()) {
            EXPECT_TRUE(a.critical.empty()) << fault.name << " raises " << a.critical.front().id;
        } else {
            EXPECT_TRUE(raised) << fault.name << " must raise " << fault.critical;
            EXPECT_FALSE(a.pass) << fault.name;
        }
    }
}

} // namespace
} // namespace tb::session
