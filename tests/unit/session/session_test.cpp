#include "small_world.h"

#include "session/replay.h"

namespace tb::session {
namespace {

using namespace tb::test;
using events::Tool;

class SessionTest : public ::testing::Test {
protected:
    SmallWorld small;
    Session s{small.world(), Options{}};
    Person person{s};
};

TEST_F(SessionTest, AnAcceptedActionStandsInTheLogAndTakesEffectAtOnce) {
    EXPECT_TRUE(s.submit(events::TakeItem{"gauze"}));
    EXPECT_TRUE(s.state().tray.contains("gauze"));
    ASSERT_FALSE(s.log().events().empty());
    EXPECT_NE(s.log().events().front().get<events::TakeItem>(), nullptr);
    EXPECT_EQ(s.log().events().front().actor, "trainee");
}

TEST_F(SessionTest, AnImpossibleActionIsRefusedWithAReasonAndChangesNothing) {
    const SimState before = s.state();
    EXPECT_FALSE(s.submit(events::SelectTool{Tool::Needle})); // no needle is mounted
    EXPECT_EQ(s.state(), before);
    ASSERT_EQ(all<events::Refused>(s).size(), 1U);
    EXPECT_FALSE(all<events::Refused>(s).front().reason.empty());
    EXPECT_TRUE(all<events::SelectTool>(s).empty());
}

TEST_F(SessionTest, WouldAcceptAgreesWithSubmit) {
    const std::vector<events::Action> actions{events::SelectTool{Tool::Finger},
                                              events::SelectTool{Tool::Needle},
                                              events::Say{"consent.agree"},
                                              events::Say{"weather"},
                                              events::TakeItem{"gauze"},
                                              events::TakeItem{"piano"},
                                              events::BeginActivity{"hand_rub"},
                                              events::BeginActivity{"juggling"},
                                              events::EndActivity{},
                                              events::TakeAntiseptic{"vodka"},
                                              events::PushPlunger{MillilitresPerSecond(0.1)},
                                              events::Dispose{"needle", "bin"},
                                              events::Document{"consent"},
                                              events::FinishCase{"perhaps"},
                                              events::SetPosture{events::Posture::Prone}};
    for (const events::Action& a : actions) {
        Session fresh(small.world(), Options{});
        const bool would = !fresh.would_accept(a).has_value();
        EXPECT_EQ(fresh.submit(a), would);
    }
}

TEST_F(SessionTest, ALaterPoseInTheSameTickReplacesTheEarlierOneInTheLogToo) {
    person.take(Tool::Finger);
    for (const double y : {1.0, 2.0, 3.0}) {
        EXPECT_TRUE(s.submit(events::ToolPose{Tool::Finger, {kMiddle, y, kFront}, {0, 0, -1}, Newtons(5.0)}));
    }
    s.advance();
    const auto poses = all<events::ToolPose>(s);
    ASSERT_EQ(poses.size(), 1U);
    EXPECT_DOUBLE_EQ(poses.front().tip.y, 3.0);
    EXPECT_DOUBLE_EQ(s.state().finger.point.y, 3.0);
}

TEST_F(SessionTest, PosesAreQuantisedBeforeTheyAreUsed) {
    person.take(Tool::Finger);
    person.pose({kMiddle + 0.004, 0.123456, kFront}, 5.0);
    EXPECT_DOUBLE_EQ(s.state().finger.point.y, 0.12);
}

TEST_F(SessionTest, EventsAreOrderedByTickAndNumber) {
    person.take(Tool::Finger);
    person.pose({kMiddle, -10.0, kFront}, 12.0);
    person.move({kMiddle, 10.0, kFront}, 40.0, 12.0);
    person.lift();
    person.wait(2.0);
    const auto& events = s.log().events();
    for (std::size_t i = 1; i < events.size(); ++i) {
        EXPECT_LE(events[i - 1].tick, events[i].tick);
        EXPECT_EQ(events[i].seq, static_cast<std::int64_t>(i));
    }
}

TEST_F(SessionTest, ACheckpointIsWrittenEverySecondAlsoWhileNothingHappens) {
    s.advance(10 * kTicksPerSecond);
    EXPECT_EQ(all<events::Checkpoint>(s).size(), 10U);
}

TEST_F(SessionTest, NothingChangesThePictureWhileNothingHappens) {
    s.submit(events::TakeItem{"gauze"});
    EXPECT_TRUE(s.take_changed());
    s.advance(5 * kTicksPerSecond);
    EXPECT_FALSE(s.take_changed());
}

TEST_F(SessionTest, AnActivityIsStatedWithItsDurationWhenItEnds) {
    s.submit(events::BeginActivity{"hand_rub"});
    person.wait(25.0);
    s.submit(events::EndActivity{});
    const auto done = all<events::ActivityDone>(s);
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(done.front().activity, "hand_rub");
    EXPECT_NEAR(done.front().duration.value(), 25.0, 0.01);
}

TEST_F(SessionTest, AStretchEndsByItself) {
    s.submit(events::BeginActivity{"stretch"});
    person.wait(20.0);
    EXPECT_EQ(all<events::ActivityDone>(s).size(), 1U);
    EXPECT_TRUE(s.state().activity.empty());
}

TEST_F(SessionTest, TimeIsPassedQuicklyOnlyOutsideAssessments) {
    EXPECT_TRUE(s.submit(events::FastForward{Seconds(900)}));
    Options exam;
    exam.mode = "assessment";
    Session assessment(small.world(), exam);
    EXPECT_FALSE(assessment.submit(events::FastForward{Seconds(900)}));
    EXPECT_FALSE(assessment.submit(events::AskHint{}));
}

TEST_F(SessionTest, AfterTheEndEverythingIsRefused) {
    EXPECT_TRUE(s.submit(events::FinishCase{"not_injected"}));
    EXPECT_TRUE(s.state().finished);
    EXPECT_EQ(s.state().decision, "not_injected");
    EXPECT_FALSE(s.submit(events::TakeItem{"gauze"}));
    EXPECT_FALSE(s.submit(events::FinishCase{"injected"}));
}

TEST_F(SessionTest, ThePatientAnswersWithTheCasesWordsElseTheUsualOnes) {
    small.scenario().patient.answers["identity.name"] = "Ada Example.";
    s.submit(events::Say{"identity.name"});
    s.submit(events::Say{"consent.agree"});
    const auto said = all<events::PatientSaid>(s);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].text, "Ada Example.");
    EXPECT_EQ(said[1].text, "Yes, I agree.");
    EXPECT_TRUE(s.state().said.contains("consent.agree"));
}

TEST_F(SessionTest, ThePainScoreIsTheOneOfTheCaseBeforeTreatment) {
    s.submit(events::Say{"indication.pain_score"});
    ASSERT_EQ(all<events::PatientSaid>(s).size(), 1U);
    EXPECT_DOUBLE_EQ(all<events::PatientSaid>(s).front().pain, 6.0);
}

TEST_F(SessionTest, MarkingStatesTheDistanceAlongTheSkin) {
    person.take(Tool::Pen);
    person.pose({kMiddle + 6.0, 8.0, kFront}, 1.0);
    EXPECT_TRUE(s.submit(events::Mark{{kMiddle + 6.0, 8.0, kFront}}));
    const auto marked = all<events::Marked>(s);
    ASSERT_EQ(marked.size(), 1U);
    EXPECT_EQ(marked.front().trigger_point, kPoint + "_r");
    EXPECT_NEAR(marked.front().distance.value(), 10.0, 0.05);
    EXPECT_NEAR(marked.front().distance_to_target.value(), 10.0, 0.05);
}

TEST_F(SessionTest, AMarkNeedsAPen) {
    person.take(Tool::Finger);
    EXPECT_FALSE(s.submit(events::Mark{{kMiddle, 0.0, kFront}}));
}

TEST_F(SessionTest, HelpGivenByTheHostIsRecordedAndLeavesTheSimulationAlone) {
    s.submit(events::AskHint{});
    s.note(events::HintGiven{"Palpate across the fibres."}, "instructor");
    s.note(events::HelpUsed{"x_ray"}, "program");
    s.advance(240);
    EXPECT_TRUE(replay(small.world(), s.log()).same);
}

} // namespace
} // namespace tb::session
