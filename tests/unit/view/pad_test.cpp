#include <gtest/gtest.h>

#include "view/pad.h"

namespace tb::view {
namespace {

using events::Tool;

PadState pad() {
    PadState p;
    p.connected = true;
    return p;
}

/// What a controller adds in one frame of a sixtieth of a second.
PointerSample frame(PadHand& hand, const PadState& p, Tool tool = Tool::Finger, double slow = 1.0) {
    PointerSample sample;
    hand.add_to(sample, p, tool, slow, 1.0 / 60.0);
    return sample;
}

TEST(FeelPad, AtRestOrAwayItDoesNothing) {
    PadHand hand;
    PadState worn = pad();
    worn.stick_right = 0.1f; // a stick that does not lie quite still
    for (const PadState& p : {PadState{}, pad(), worn}) {
        const PointerSample s = frame(hand, p);
        EXPECT_EQ(s.press_change_N, 0.0);
        EXPECT_EQ(s.move_right_mm, 0.0);
        EXPECT_EQ(s.move_up_mm, 0.0);
        EXPECT_EQ(s.advance_mm, 0.0);
        EXPECT_FALSE(s.primary);
        EXPECT_FALSE(p.used());
    }
}

TEST(FeelPad, TheTriggersWayIsThePressLikeNotchesOfTheWheel) {
    PadHand hand;
    PadState p = pad();
    double press = 0.0;
    for (int i = 0; i <= 60; ++i) {
        p.right_trigger = static_cast<float>(i) / 60.0f;
        press += frame(hand, p).press_change_N;
    }
    EXPECT_NEAR(press, PadHand::kFullPress_N, 1e-9);
    press += frame(hand, p).press_change_N;
    EXPECT_NEAR(press, PadHand::kFullPress_N, 1e-9) << "held";
    p.right_trigger = 0.0f;
    press += frame(hand, p).press_change_N;
    EXPECT_NEAR(press, 0.0, 1e-9) << "let go";
}

TEST(FeelPad, AFullyPushedStickMovesAsAHeldArrowKey) {
    PadHand hand;
    PadState p = pad();
    p.stick_right = 1.0f;
    p.stick_up = -1.0f;
    const PointerSample s = frame(hand, p);
    EXPECT_NEAR(s.move_right_mm, kMovePerSecond_mm / 60.0, 1e-9);
    EXPECT_NEAR(s.move_up_mm, -kMovePerSecond_mm / 60.0, 1e-9);
    EXPECT_NEAR(frame(hand, p, Tool::Finger, 0.25).move_right_mm, 0.25 * kMovePerSecond_mm / 60.0, 1e-9);
    p.stick_right = 0.5f;
    EXPECT_LT(frame(hand, p).move_right_mm, 0.5 * kMovePerSecond_mm / 60.0) << "fine near the middle";
    EXPECT_TRUE(p.used());
}

TEST(FeelPad, TheLowerButtonActs) {
    PadHand hand;
    PadState p = pad();
    p.act = true;
    EXPECT_TRUE(frame(hand, p).primary);
    PointerSample mouse;
    mouse.primary = true;
    hand.add_to(mouse, pad(), Tool::Finger, 1.0, 0.1);
    EXPECT_TRUE(mouse.primary) << "the mouse's own button stays pressed";
}

TEST(FeelPad, ANeedleIsNeverPulledOutByLettingGo) {
    PadHand hand;
    PadState p = pad();
    p.right_trigger = 1.0f;
    EXPECT_NEAR(frame(hand, p, Tool::Needle).advance_mm, kAdvancePerSecond_mm / 60.0, 1e-9);
    EXPECT_EQ(frame(hand, p, Tool::Needle).press_change_N, 0.0);
    p.right_trigger = 0.0f;
    EXPECT_EQ(frame(hand, p, Tool::Needle).advance_mm, 0.0);
    p.left_trigger = 0.5f;
    EXPECT_LT(frame(hand, p, Tool::Needle).advance_mm, 0.0);
}

TEST(FeelPad, AToolTakenWithThePulledTriggerIsPressedAtOnce) {
    PadHand hand;
    PadState p = pad();
    p.right_trigger = 1.0f;
    frame(hand, p, Tool::Finger);
    EXPECT_NEAR(frame(hand, p, Tool::Gauze).press_change_N, PadHand::kFullPress_N, 1e-9);
}

TEST(FeelPad, ThePressGoesWhenTheControllerIsPulledOut) {
    PadHand hand;
    PadState p = pad();
    p.right_trigger = 1.0f;
    frame(hand, p);
    EXPECT_NEAR(frame(hand, PadState{}).press_change_N, -PadHand::kFullPress_N, 1e-9);
}

} // namespace
} // namespace tb::view
