// The sound device: plays what the last cue says. Samples are made in the device's own thread, from numbers
// handed over without a lock, so that a slow picture makes no gap in the tone.
#pragma once

#include <memory>
#include <string>

#include "view/cues.h"

union SDL_Event;

namespace tb::app {

class Sound {
public:
    /// 512 of 48000 samples a second are 11 ms; a device keeps two such buffers.
    static constexpr int kBuffer = 512;

    Sound();
    ~Sound();
    Sound(const Sound&) = delete;
    Sound& operator=(const Sound&) = delete;

    /// Opens the device that the desktop has chosen. Nothing is played yet.
    void open();
    /// A device that was pulled out or put in.
    void take(const SDL_Event& event);
    /// Why there is no sound, one sentence; empty while a device is open.
    [[nodiscard]] const std::string& why_not() const;

    /// The newest cue. When none comes for a second (the program is held up), the tone fades.
    void play(const view::Cue& cue);
    /// Silence until the next cue; the device rests as soon as the tone has faded.
    void hush();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace tb::app
