// Devices without a machine that has them: SDL's own dummy sound driver, and a virtual game controller.
#include <algorithm>

#include <SDL.h>
#include <gtest/gtest.h>

#include "app/controller.h"
#include "app/feel.h"
#include "app/sound.h"
#include "app/wave.h"
#include "unit/session/small_world.h"

namespace tb::app {
namespace {

struct Motors {
    Uint16 low = 0, high = 0;
    static int SDLCALL set(void* self, Uint16 low, Uint16 high) {
        *static_cast<Motors*>(self) = {low, high};
        return 0;
    }
};

class FeelDevices : public ::testing::Test {
protected:
    FeelDevices() {
        SDL_SetHint(SDL_HINT_JOYSTICK_ALLOW_BACKGROUND_EVENTS, "1"); // there is no window to be in front
        SDL_InitSubSystem(SDL_INIT_EVENTS);
    }
    ~FeelDevices() override { SDL_QuitSubSystem(SDL_INIT_EVENTS); }

    int attach(Motors& motors, bool rumbles) {
        SDL_VirtualJoystickDesc d{};
        d.version = SDL_VIRTUAL_JOYSTICK_DESC_VERSION;
        d.type = SDL_JOYSTICK_TYPE_GAMECONTROLLER;
        d.naxes = SDL_CONTROLLER_AXIS_MAX;
        d.nbuttons = SDL_CONTROLLER_BUTTON_MAX;
        d.axis_mask = (1u << SDL_CONTROLLER_AXIS_MAX) - 1;
        d.button_mask = (1u << SDL_CONTROLLER_BUTTON_MAX) - 1;
        d.name = "Virtual pad";
        d.userdata = &motors;
        d.Rumble = rumbles ? &Motors::set : nullptr;
        return SDL_JoystickAttachVirtualEx(&d);
    }
    static void pump(Controller& c) {
        SDL_Event e;
        while (SDL_PollEvent(&e) == 1)
            c.take(e);
    }
};

TEST_F(FeelDevices, AControllerComesMovesRumblesAndGoes) {
    Controller c;
    c.open();
    pump(c);
    if (c.state().connected) GTEST_SKIP() << "a real controller is plugged in";
    EXPECT_FALSE(c.why_no_rumble().empty());
    c.rumble(1.0, 1.0); // nothing to shake

    Motors motors;
    const int device = attach(motors, true);
    ASSERT_GE(device, 0) << SDL_GetError();
    pump(c);
    ASSERT_TRUE(c.state().connected);
    EXPECT_TRUE(c.why_no_rumble().empty()) << c.why_no_rumble();

    SDL_Joystick* stick = SDL_JoystickOpen(device);
    SDL_JoystickSetVirtualAxis(stick, SDL_CONTROLLER_AXIS_LEFTX, 32767);
    SDL_JoystickSetVirtualAxis(stick, SDL_CONTROLLER_AXIS_LEFTY, -32768);
    SDL_JoystickSetVirtualAxis(stick, SDL_CONTROLLER_AXIS_TRIGGERRIGHT, 32767);
    SDL_JoystickSetVirtualButton(stick, SDL_CONTROLLER_BUTTON_A, 1);
    pump(c);
    const view::PadState s = c.state();
    EXPECT_NEAR(s.stick_right, 1.0f, 0.01f);
    EXPECT_NEAR(s.stick_up, 1.0f, 0.01f) << "up is up";
    EXPECT_NEAR(s.right_trigger, 1.0f, 0.01f);
    EXPECT_TRUE(s.act);

    c.rumble(0.5, 1.0);
    EXPECT_NEAR(motors.low, 32768, 2);
    EXPECT_EQ(motors.high, 65535);
    c.rumble(0.0, 0.0);
    EXPECT_EQ(motors.low + motors.high, 0);

    SDL_JoystickClose(stick);
    SDL_JoystickDetachVirtual(device);
    pump(c);
    EXPECT_FALSE(c.state().connected);
    EXPECT_FALSE(c.why_no_rumble().empty());
}

TEST_F(FeelDevices, AControllerWithoutMotorsIsStillAHand) {
    Controller c;
    c.open();
    Motors motors;
    const int device = attach(motors, false);
    ASSERT_GE(device, 0);
    pump(c);
    EXPECT_TRUE(c.state().connected);
    EXPECT_FALSE(c.why_no_rumble().empty());
    SDL_JoystickDetachVirtual(device);
    pump(c);
}

TEST_F(FeelDevices, WithoutASoundDriverTheProgramGoesOn) {
    SDL_setenv("SDL_AUDIODRIVER", "no-such-driver", 1);
    Sound s;
    EXPECT_FALSE(s.why_not().empty()) << "nothing is opened before it is asked for";
    s.open();
    EXPECT_FALSE(s.why_not().empty());
    view::Cue cue;
    cue.pitch_Hz = 440.0;
    cue.loudness = 1.0;
    s.play(cue);
    s.hush();
}

TEST_F(FeelDevices, WithADriverThereIsSound) {
    SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    Sound s;
    s.open();
    EXPECT_TRUE(s.why_not().empty()) << s.why_not();
    view::Cue cue;
    cue.pitch_Hz = 440.0;
    cue.loudness = 1.0;
    cue.click = view::Click::Snap;
    cue.click_level = 1.0;
    s.play(cue);
    SDL_Delay(60);
    for (int i = 0; i < 20; ++i) {
        s.hush();
        SDL_Delay(20);
    }
}

/// Strokes over the band of the small body; the strongest that each motor was given.
Motors stroke_with(Feel& feel, Motors& now) {
    test::SmallWorld small;
    session::Session session(small.world(), session::Options{});
    session.submit(events::SelectTool{events::Tool::Finger});
    Motors most;
    for (int tick = 0; tick <= 90; ++tick) { // 30 mm at 40 mm/s
        const geometry::Vec3 at(test::kMiddle - 15.0 + tick / 3.0, 0.0, test::kFront);
        session.submit(events::ToolPose{events::Tool::Finger, geometry::point(at),
                                        geometry::direction({0.0, 0.0, -1.0}), Newtons(18.0)});
        session.advance();
        feel.follow(session.state());
        if (tick % 6 != 0) continue; // a picture every 50 ms
        feel.deliver(true);
        most = {std::max(most.low, now.low), std::max(most.high, now.high)};
    }
    feel.deliver(false);
    return most;
}

TEST_F(FeelDevices, ABandHumsAndJoltsInTheControllerUnlessItIsSwitchedOff) {
    SDL_setenv("SDL_AUDIODRIVER", "dummy", 1);
    Feel feel;
    feel.open();
    Motors motors;
    const int device = attach(motors, true);
    ASSERT_GE(device, 0);
    SDL_Event e;
    while (SDL_PollEvent(&e) == 1)
        feel.take(e);
    ASSERT_TRUE(feel.devices().pad.connected);
    const Motors most = stroke_with(feel, motors);
    EXPECT_GT(most.low, 65535 / 4);
    EXPECT_EQ(most.high, 65535) << "the snap";
    EXPECT_EQ(motors.low + motors.high, 0) << "still when nothing is felt";

    ui::FeelSwitches off;
    off.rumble = off.sound = false;
    feel.set(off);
    const Motors none = stroke_with(feel, motors);
    EXPECT_EQ(none.low + none.high, 0);
    SDL_JoystickDetachVirtual(device);
}

TEST_F(FeelDevices, WithoutAWindowNothingIsOpened) {
    Feel feel;
    Motors motors;
    const Motors most = stroke_with(feel, motors);
    EXPECT_EQ(most.low + most.high, 0);
    EXPECT_FALSE(feel.devices().no_sound.empty());
    EXPECT_FALSE(feel.devices().no_rumble.empty());
    EXPECT_EQ(SDL_WasInit(SDL_INIT_AUDIO | SDL_INIT_GAMECONTROLLER), 0u);
}

TEST(FeelWave, IsAReadableFileOfSixteenBits) {
    const std::vector<float> samples{0.0f, 1.0f, -1.0f, 3.0f};
    const std::string w = wave_bytes(samples, 48000);
    ASSERT_EQ(w.size(), 44U + 8U);
    EXPECT_EQ(w.substr(0, 4), "RIFF");
    EXPECT_EQ(w.substr(8, 8), "WAVEfmt ");
    const auto at = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(w[i])); };
    EXPECT_EQ(at(24) + 256 * at(25), 48000 % 65536);
    EXPECT_EQ(at(40), 8);
    EXPECT_EQ(at(46) + 256 * at(47), 32767);
    EXPECT_EQ(at(48) + 256 * at(49), 65536 - 32767);
    EXPECT_EQ(at(50) + 256 * at(51), 32767) << "cut off";
}

} // namespace
} // namespace tb::app
