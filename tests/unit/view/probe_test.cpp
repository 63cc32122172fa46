#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "unit/session/small_world.h"
#include "view/echo_view.h"
#include "view/present.h"
#include "view/probe_controller.h"

namespace tb::view {
namespace {

using geometry::Vec3;
using test::kFront;
using test::kMiddle;

/// The front of the small body; the pointer starts over the right muscle's middle.
class ProbeView : public testing::Test {
protected:
    ProbeView() {
        view_.camera.focus = {-60, 0, 100};
        view_.camera.azimuth_deg = 0;
        view_.camera.elevation_deg = 0;
        sample_.steers = true;
        sample_.pointer.pixel = sample_.pointer.size_px * 0.5f;
    }
    std::optional<events::MoveProbe> update() {
        auto move = controller_.update(small_.body(), session_.state(), view_, sample_);
        if (move) {
            EXPECT_TRUE(session_.submit(*move));
        }
        return move;
    }
    void hold() { EXPECT_TRUE(session_.submit(events::HoldProbe{true, false, Millimetres(40.0)})); }

    test::SmallWorld small_;
    session::Session session_{small_.world(), session::Options{}};
    ViewSettings view_;
    ProbeSample sample_;
    ProbeController controller_;
};

TEST_F(ProbeView, FollowsThePointerWithTheMarkOnThePicturesLeft) {
    EXPECT_FALSE(update()); // nothing is held
    hold();
    const auto move = update();
    ASSERT_TRUE(move);
    EXPECT_NEAR(move->centre.x, kMiddle, 0.1);
    EXPECT_NEAR(move->centre.z, kFront, 0.02);
    EXPECT_NEAR(move->inward.z, -1.0, 1e-3);
    EXPECT_NEAR(move->lateral.x, 1.0, 1e-3); // the camera looks at the front: its right is the body's left
    EXPECT_EQ(move->press.value(), 0.0);
    EXPECT_FALSE(update()); // nothing changed
}

TEST_F(ProbeView, PressesTiltsTurnsAndRocks) {
    hold();
    sample_.pointer.primary = true;
    EXPECT_DOUBLE_EQ(update()->press.value(), ProbeController::kRest_N);
    sample_.pointer.primary = false;
    sample_.pointer.press_change_N = 3.0;
    EXPECT_DOUBLE_EQ(update()->press.value(), ProbeController::kRest_N + 3.0);
    sample_.pointer.press_change_N = 0.0;
    sample_.tilt_deg = 20.0;
    const auto tilted = update();
    EXPECT_NEAR(geometry::angle_deg(geometry::vec(tilted->inward), {0, 0, -1}), 20.0, 0.1);
    EXPECT_NEAR(tilted->lateral.x, 1.0, 1e-3);
    sample_.tilt_deg = -20.0;
    sample_.turn_deg = 90.0;
    EXPECT_NEAR(std::abs(update()->lateral.y), 1.0, 1e-3);
    sample_.tilt_deg = sample_.turn_deg = 0.0;
    sample_.rock_deg = 10.0;
    EXPECT_LT(update()->lateral.z, -0.1);
}

TEST_F(ProbeView, KeysMoveItAndTheToolLeavesItWhereItIs) {
    hold();
    const auto first = update();
    sample_.pointer.move_up_mm = 5.0;
    EXPECT_NEAR(update()->centre.y, first->centre.y + 5.0, 0.05);
    sample_.pointer.move_up_mm = 0.0;
    sample_.steers = false;
    sample_.pointer.pixel.x += 200.0f;
    EXPECT_FALSE(update());
    sample_.steers = true; // steering again it does not jump to where the pointer is now
    EXPECT_FALSE(update());
}

TEST_F(ProbeView, ThePictureComesWithContactStandsStillWhenFrozenAndGoesWithTheProbe) {
    EchoView echo(test::mechanics());
    EXPECT_EQ(echo.update(session_), nullptr);
    hold();
    sample_.pointer.primary = true;
    update();
    ASSERT_NE(echo.update(session_), nullptr);
    const auto made = echo.revision();
    EXPECT_NE(echo.update(session_), nullptr);
    EXPECT_EQ(echo.revision(), made); // no time has passed
    session_.advance(6);
    echo.update(session_);
    EXPECT_EQ(echo.revision(), made + 1);

    session_.submit(events::TuneProbe{Millimetres(40.0), 0.0, true});
    const auto still = echo.update(session_)->grey;
    session_.advance(60);
    sample_.pointer.move_right_mm = 10.0;
    update();
    EXPECT_EQ(echo.update(session_)->grey, still);
    session_.submit(events::HoldProbe{});
    EXPECT_EQ(echo.update(session_), nullptr);
}

TEST_F(ProbeView, AReplayedSessionShowsTheSamePicture) {
    hold();
    sample_.pointer.primary = true;
    update();
    session_.submit(events::TuneProbe{Millimetres(30.0), 6.0, false});
    session_.advance(100);
    EchoView echo(test::mechanics());
    const auto live = echo.update(session_)->grey;
    const auto again = session::Session::resume(small_.world(), session_.log());
    ASSERT_TRUE(again.has_value());
    EchoView other(test::mechanics());
    session::Session replayed = *again;
    replayed.advance(session_.state().now - replayed.state().now);
    ASSERT_NE(other.update(replayed), nullptr);
    EXPECT_EQ(other.update(replayed)->grey, live);
}

TEST_F(ProbeView, TheProbeIsDrawnInTheHand) {
    const ToolShapes shapes;
    const auto without =
        present_session(small_.body(), session_.state(), view_, shapes, {1280, 720}).drawables.size();
    hold();
    update();
    EXPECT_GT(present_session(small_.body(), session_.state(), view_, shapes, {1280, 720}).drawables.size(),
              without);
}

} // namespace
} // namespace tb::view
