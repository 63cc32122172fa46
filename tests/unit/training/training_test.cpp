#include <gtest/gtest.h>

#include "training/hints.h"
#include "training/ladder.h"
#include "training/mode.h"
#include "unit/procedure/clean_run.h"
#include "unit/session/real_world.h"

namespace tb::training {
namespace {

TEST(Mode, PracticeHelpsAndAssessmentDoesNot) {
    const auto practice = mode_rules("practice"), assessment = mode_rules("assessment");
    ASSERT_TRUE(practice && assessment);
    EXPECT_TRUE(practice->hints && practice->rewind && practice->fast_forward && practice->xray);
    EXPECT_FALSE(practice->stop_on_critical);
    EXPECT_FALSE(assessment->hints || assessment->rewind || assessment->fast_forward || assessment->xray ||
                 assessment->points || assessment->ladder);
    EXPECT_TRUE(practice->ladder && mode_rules("demo")->ladder);
    for (const char* id : {"practice", "demo", "assessment"}) {
        const auto rules = mode_rules(id);
        EXPECT_TRUE(!rules->ladder || (rules->xray && rules->points)) << "seen through shows the points";
    }
    EXPECT_FALSE(assessment->immediate_feedback);
    EXPECT_TRUE(assessment->stop_on_critical);
    EXPECT_GT(assessment->time_limit_s, 0.0);
    EXPECT_LT(assessment->contrast_gain, practice->contrast_gain);
    EXPECT_EQ(practice->time_limit_s, 0.0);
}

TEST(Mode, AnUnknownModeIsExplained) {
    const auto mode = mode_rules("exam");
    ASSERT_FALSE(mode);
    EXPECT_NE(mode.error().text().find("practice, demo or assessment"), std::string::npos);
}

std::vector<events::Event> helped(std::initializer_list<std::pair<Tick, const char*>> helps) {
    events::EventLog log{events::LogHeader{}};
    for (const auto& [tick, what] : helps)
        log.append(tick, "program", events::Finding(events::HelpUsed{what}));
    return log.events();
}

TEST(Ladder, GoesUpAfterAPassAndStaysOtherwise) {
    using events::Sight;
    EXPECT_EQ(next_step(Sight::SeenThrough, true), Sight::Half);
    EXPECT_EQ(next_step(Sight::Half, true), Sight::Blind);
    EXPECT_EQ(next_step(Sight::Blind, true), std::nullopt);
    for (const Sight s : events::kSights)
        EXPECT_EQ(next_step(s, false), s);
}

TEST(Ladder, TheLogTellsHowMuchWasSeenWhen) {
    using events::Sight;
    const auto log = helped({{0, "half_seen"}, {100, "x_ray"}, {200, "seen_through"}, {300, "blind"}});
    EXPECT_EQ(sight_at(log, 0), Sight::Half);
    EXPECT_EQ(sight_at(log, 199), Sight::Half);
    EXPECT_EQ(sight_at(log, 200), Sight::SeenThrough);
    EXPECT_EQ(sight_at(log, 999), Sight::Blind);
    EXPECT_EQ(sight_at({}, 999), Sight::Blind);
}

TEST(Ladder, ATryCountsAsTheStepThatShowedMost) {
    using events::Sight;
    EXPECT_EQ(step_done({}), Sight::Blind);
    EXPECT_EQ(step_done(helped({{0, "x_ray"}})), Sight::Blind) << "a look of its own, told as such";
    EXPECT_EQ(step_done(helped({{0, "half_seen"}, {9, "blind"}})), Sight::Half);
    EXPECT_EQ(step_done(helped({{0, "half_seen"}, {9, "seen_through"}, {12, "blind"}})), Sight::SeenThrough);
}

TEST(Hint, FollowsTheSessionStepByStep) {
    const auto world = test::real_world();
    ASSERT_TRUE(world);
    const procedure::Procedure procedure = support::real_procedure();
    session::Session session(*world, {});
    EXPECT_EQ(next_hint(session, procedure).step, "identity");
    for (const char* topic : {"identity.name", "identity.date_of_birth"})
        ASSERT_TRUE(session.submit(events::Say{topic}));
    session.advance(2);
    EXPECT_EQ(next_hint(session, procedure).step, "indication");
}

TEST(Hint, EveryStepHasOneAndNoneGivesThePointAway) {
    const auto world = test::real_world();
    ASSERT_TRUE(world);
    const procedure::Procedure procedure = support::real_procedure();
    session::Session session(*world, {});
    std::set<std::string> seen;
    for (const support::Act& a : support::clean_visit(*world->scenario)) {
        for (const support::What& what : a.events) {
            const auto* action = std::get_if<events::Action>(&what);
            if (action != nullptr) session.submit(*action);
        }
        session.advance(1);
        const Hint hint = next_hint(session, procedure);
        if (!seen.insert(hint.step).second) continue;
        EXPECT_GT(hint.text.size(), 20U) << hint.step;
        for (const std::string& point : world->scenario->plan.points)
            EXPECT_EQ(hint.text.find(point), std::string::npos);
        EXPECT_EQ(hint.text.find("trapezius"), std::string::npos) << hint.step;
    }
    EXPECT_GE(seen.size(), 8U);
}

} // namespace
} // namespace tb::training
