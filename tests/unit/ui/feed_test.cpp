#include "ui/feed.h"

#include <gtest/gtest.h>

namespace tb::ui {
namespace {

std::optional<FeedLine> line(events::Finding finding, bool verdicts = true) {
    return describe({120, 7, "simulator", std::move(finding)}, {}, verdicts);
}

TEST(Feed, TellsWhereTheEvidenceLies) {
    const auto l = line(events::Aspirated{"clear", Seconds(2.1), Seconds(1.0)});
    ASSERT_TRUE(l);
    EXPECT_EQ(l->tick, 120);
    EXPECT_EQ(l->seq, 7);
    EXPECT_EQ(l->sign, Sign::Done);
    EXPECT_NE(l->text.find("2.1 s"), std::string::npos);
}

TEST(Feed, BloodInTheHubIsADangerWithAdvice) {
    const auto l = line(events::Aspirated{"blood", Seconds(2.0), Seconds(1.0)});
    ASSERT_TRUE(l);
    EXPECT_EQ(l->sign, Sign::Danger);
    EXPECT_NE(l->text.find("do not inject"), std::string::npos);
}

TEST(Feed, AnAssessmentHearsOnlyWhatATraineeCouldPerceive) {
    events::TipMoved pleura;
    pleura.structure = "pleura";
    pleura.kind = StructureKind::Pleura;
    EXPECT_TRUE(line(pleura, true));
    EXPECT_FALSE(line(pleura, false));
    EXPECT_FALSE(line(events::StepDone{"mark"}, false));
    EXPECT_FALSE(line(events::RuleBroken{"sharps", ""}, false));
    EXPECT_FALSE(line(events::Complication{"pneumothorax", "pleura"}, false));
    EXPECT_TRUE(line(events::Aspirated{"air", Seconds(1), Seconds(1)}, false));
    EXPECT_TRUE(line(events::Refused{"No needle is mounted."}, false));
    events::TipMoved bone;
    bone.kind = StructureKind::Bone;
    EXPECT_TRUE(line(bone, false)); // a hard stop is felt
}

TEST(Feed, InjectingWithoutAspirationIsPointedOut) {
    events::Deposited d;
    d.volume = Millilitres(0.2);
    d.structure = "trapezius_descending";
    d.kind = StructureKind::Muscle;
    EXPECT_EQ(line(d)->sign, Sign::Caution);
    d.aspirated = true;
    EXPECT_EQ(line(d)->sign, Sign::Info);
}

TEST(Feed, WithoutTablesIdsBecomePlainWords) {
    events::TipMoved artery;
    artery.structure = "vertebral-artery_r";
    artery.kind = StructureKind::Artery;
    EXPECT_NE(line(artery)->text.find("vertebral artery"), std::string::npos);
}

TEST(Feed, PatientAndTraineeAreBothHeard) {
    const events::Event said{1, 2, "simulator", events::Finding(events::PatientSaid{"Ouch!", 6.0})};
    ASSERT_TRUE(spoken(said, {}));
    EXPECT_EQ(spoken(said, {})->sign, Sign::Speech);
    EXPECT_DOUBLE_EQ(spoken(said, {})->pain, 6.0);
    const events::Event asked{1, 3, "trainee", events::Action(events::Say{"palpation.hurts"})};
    ASSERT_TRUE(spoken(asked, {}));
    EXPECT_FALSE(spoken({1, 4, "simulator", events::Finding(events::StepDone{"mark"})}, {}));
}

TEST(Feed, EveryLaneOfTheTimelineHasAName) {
    for (int i = 0; i < static_cast<int>(Lane::Count); ++i)
        EXPECT_FALSE(name_of(static_cast<Lane>(i)).empty());
    EXPECT_EQ(lane_of({1, 1, "simulator", events::Finding(events::Punctured{})}), Lane::Needle);
    EXPECT_FALSE(lane_of({1, 1, "simulator", events::Finding(events::Checkpoint{})}));
}

TEST(Words, GoFromNothingToARopeLikeBand) {
    EXPECT_EQ(band_word(0.0), "nothing");
    EXPECT_EQ(band_word(0.3), "firmer");
    EXPECT_EQ(band_word(0.9), "rope-like band");
    EXPECT_EQ(pain_word(0.0), "no pain");
    EXPECT_EQ(pain_word(9.0), "severe");
    EXPECT_EQ(clock_text(127.4), "2:07");
}

} // namespace
} // namespace tb::ui
