// Every trigger point of the table on the built body: where its words say, inside its muscle, reachable.
#include "anatomy/point_check.h"

#include <set>

#include <gtest/gtest.h>

#include "support/real_body.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;

/// What the standing body does not show, with the reason in the table: an inconstant muscle, and tracks
/// taught with the arm abducted or the shoulder blade drawn forward. Their notes say so too.
const std::set<std::string> kWithoutMuscle{"scalenus-minimus-1"};
const std::set<std::string> kWithoutTrack{"serratus-posterior-superior-1", "subscapularis-1",
                                          "subscapularis-2"};

class PointCheck : public testing::Test {
protected:
    void SetUp() override {
        const Atlas* atlas = test::real_atlas();
        ASSERT_NE(atlas, nullptr);
        auto body = Body::create(*atlas, {}, 1);
        ASSERT_TRUE(body);
        body_.emplace(std::move(*body));
    }
    [[nodiscard]] const std::vector<TriggerPoint>& points() const { return body_->atlas().trigger_points(); }
    std::optional<Body> body_;
};

TEST_F(PointCheck, TheTableSaysOfExactlyFourPointsThatTheyAreNotShown) {
    std::set<std::string> said, expected = kWithoutTrack;
    expected.insert(kWithoutMuscle.begin(), kWithoutMuscle.end());
    for (const TriggerPoint& p : points()) {
        if (!p.not_shown.empty()) said.insert(p.id);
    }
    EXPECT_EQ(said, expected);
}

TEST_F(PointCheck, EveryPointLiesWhereItsWordsSay) {
    for (const TriggerPoint& p : points()) {
        ASSERT_FALSE(p.landmarks.empty()) << p.id;
        const PlaceCheck place = check_place(*body_, p);
        for (std::size_t i = 0; i < p.landmarks.size(); ++i) {
            EXPECT_LE(place.by_statement_mm[i], kMostDisagreement_mm)
                << p.id << " (" << p.location << ") against " << p.landmarks[i].from.from;
        }
    }
}

TEST_F(PointCheck, EveryPointLiesInItsMuscleUnderTheSkin) {
    for (const TriggerPoint& p : points()) {
        EXPECT_EQ(p.muscle.empty(), kWithoutMuscle.contains(p.id)) << p.id;
        if (p.muscle.empty()) continue;
        const PlaceCheck place = check_place(*body_, p);
        EXPECT_EQ(place.outside_muscle_mm, 0.0) << p.id << " in " << p.muscle;
        EXPECT_GT(place.under_skin_mm, 2.0) << p.id;
        EXPECT_LT(p.position.x, 0.0) << p.id;
    }
}

TEST_F(PointCheck, EveryTaughtTrackReachesItsPointWithinTheNeedle) {
    int needled = 0;
    for (const TriggerPoint& p : points()) {
        const TrackCheck track = check_track(*body_, p);
        EXPECT_EQ(track.needled, p.needle.mode != "palpation_only") << p.id;
        if (!track.needled) continue;
        ++needled;
        if (!p.not_shown.empty()) {
            EXPECT_FALSE(track.ok()) << p.id << " is reachable now: take \"not_shown\" off it";
            EXPECT_FALSE(p.note.empty()) << p.id;
            continue;
        }
        EXPECT_TRUE(track.ok()) << p.id << ": " << track.length_mm << " mm with a needle of "
                                << p.needle.length.value() << " mm, meets \"" << track.met << "\" at "
                                << track.met_mm << " mm";
        EXPECT_NEAR(glm::length(track.entry + track.length_mm * p.approach_direction - p.position), 0.0, 1e-6)
            << p.id;
        EXPECT_NEAR(skin_depth(*body_, track.entry), 0.0, 0.01) << p.id;
    }
    EXPECT_EQ(needled, 152);
}

TEST_F(PointCheck, AMovedPointAndATurnedTrackAreFound) {
    TriggerPoint p = *body_->atlas().trigger_point("infraspinatus-1");
    EXPECT_LE(check_place(*body_, p).worst_mm, kMostDisagreement_mm);
    p.position.y -= 60.0;
    EXPECT_GT(check_place(*body_, p).worst_mm, 30.0);
    p = *body_->atlas().trigger_point("infraspinatus-1");
    p.position.z -= 200.0;
    EXPECT_GT(check_place(*body_, p).outside_muscle_mm, 50.0);
    // From the front the chest lies in the way.
    p = *body_->atlas().trigger_point("rhomboideus-major-1");
    const TrackCheck through = check_track(*body_, p, Vec3(0.0, 0.0, -1.0));
    EXPECT_FALSE(through.met.empty());
    EXPECT_TRUE(through.too_long);
    p.approach_direction = glm::normalize(Vec3(0.3, -1.0, 0.3));
    const TrackRepair repair = repair_track(*body_, p, 90.0);
    ASSERT_GE(repair.turn_deg, 0.0);
    EXPECT_TRUE(check_track(*body_, p, repair.direction).ok());
}

} // namespace
} // namespace tb::anatomy
