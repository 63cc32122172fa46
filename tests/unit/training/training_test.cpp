#include <gtest/gtest.h>

#include "training/hints.h"
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
                 assessment->points);
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
