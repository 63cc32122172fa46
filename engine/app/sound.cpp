#include "app/sound.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <utility>

#include <SDL.h>
#include <spdlog/spdlog.h>

#include "view/feel_synth.h"

namespace tb::app {
namespace {

constexpr int kHeldUp = view::FeelSynth::kRate_Hz; ///< samples without a new cue

/// A click in one number, so that it is handed over whole: running number, kind, level.
std::uint64_t packed(std::uint32_t number, view::Click kind, double level) {
    const auto share = static_cast<std::uint64_t>(std::clamp(level, 0.0, 1.0) * 65535.0);
    return (static_cast<std::uint64_t>(number) << 32) | (static_cast<std::uint64_t>(kind) << 16) | share;
}

} // namespace

struct Sound::Impl {
    // Written by the program's loop, read by the device's thread.
    std::atomic<float> pitch_Hz{0.0f}, loudness{0.0f};
    std::atomic<std::uint64_t> click{0};
    std::atomic<std::uint32_t> cues{0}; ///< counts up with each cue
    // The other way.
    std::atomic<bool> quiet{true};

    // Of the device's thread.
    view::FeelSynth synth;
    std::uint32_t seen_cue = 0, seen_click = 0;
    int samples_since_cue = 0;

    // Of the loop.
    SDL_AudioDeviceID device = 0;
    bool ready = false, playing = false; ///< ready: SDL's audio is initialised
    std::uint32_t clicks = 0;
    std::string why_not = "No sound device.";

    static void fill(void* self, Uint8* bytes, int length) {
        static_cast<Impl*>(self)->fill_with(reinterpret_cast<float*>(bytes),
                                            static_cast<std::size_t>(length) / sizeof(float));
    }

    void fill_with(float* out, std::size_t count) {
        const std::uint32_t cue = cues.load(std::memory_order_acquire);
        samples_since_cue = cue == seen_cue ? samples_since_cue + static_cast<int>(count) : 0;
        seen_cue = cue;
        const bool held_up = samples_since_cue > kHeldUp;
        if (held_up) samples_since_cue = kHeldUp + 1;
        synth.tone(static_cast<double>(pitch_Hz.load(std::memory_order_relaxed)),
                   held_up ? 0.0 : static_cast<double>(loudness.load(std::memory_order_relaxed)));
        const std::uint64_t c = click.load(std::memory_order_acquire);
        if (const auto number = static_cast<std::uint32_t>(c >> 32); number != seen_click) {
            seen_click = number;
            synth.click(static_cast<view::Click>((c >> 16) & 0xff),
                        static_cast<double>(c & 0xffff) / 65535.0);
        }
        synth.fill({out, count});
        quiet.store(synth.quiet(), std::memory_order_release);
    }

    void open_device() {
        SDL_AudioSpec wish{}, got{};
        wish.freq = view::FeelSynth::kRate_Hz;
        wish.format = AUDIO_F32SYS;
        wish.channels = 1;
        wish.samples = kBuffer;
        wish.callback = &Impl::fill;
        wish.userdata = this;
        device = SDL_OpenAudioDevice(nullptr, 0, &wish, &got, 0); // SDL converts where the device differs
        if (device == 0) {
            why_not = "No sound device.";
            spdlog::info("There is no sound device ({}); the program runs without sound.", SDL_GetError());
            return;
        }
        why_not.clear();
        playing = false;
        spdlog::info("Sound: {} Hz, buffers of {} samples ({:.0f} ms), {}.", got.freq, got.samples,
                     1000.0 * got.samples / got.freq, SDL_GetCurrentAudioDriver());
    }

    void close_device() {
        if (device != 0) SDL_CloseAudioDevice(device); // waits for the callback
        device = 0;
        synth = {};
        quiet = true;
    }

    void set_playing(bool on) {
        if (device == 0 || std::exchange(playing, on) == on) return;
        SDL_PauseAudioDevice(device, on ? 0 : 1);
    }
};

Sound::Sound() : impl_(std::make_unique<Impl>()) {}

Sound::~Sound() {
    impl_->close_device();
    if (impl_->ready) SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

void Sound::open() {
    if (!impl_->ready && SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
        spdlog::info("There is no sound here ({}); the program runs without it.", SDL_GetError());
        return;
    }
    impl_->ready = true;
    impl_->open_device();
}

void Sound::take(const SDL_Event& event) {
    if (!impl_->ready || (event.type != SDL_AUDIODEVICEADDED && event.type != SDL_AUDIODEVICEREMOVED)) return;
    if (event.adevice.iscapture != 0) return;
    if (event.type == SDL_AUDIODEVICEADDED && impl_->device == 0) impl_->open_device();
    if (event.type == SDL_AUDIODEVICEREMOVED && event.adevice.which == impl_->device) {
        impl_->close_device();
        impl_->open_device(); // another one may be there
    }
}

const std::string& Sound::why_not() const {
    return impl_->why_not;
}

void Sound::play(const view::Cue& cue) {
    impl_->pitch_Hz.store(static_cast<float>(cue.pitch_Hz), std::memory_order_relaxed);
    impl_->loudness.store(static_cast<float>(cue.loudness), std::memory_order_relaxed);
    if (cue.click != view::Click::None)
        impl_->click.store(packed(++impl_->clicks, cue.click, cue.click_level), std::memory_order_release);
    impl_->cues.fetch_add(1, std::memory_order_release);
    const bool something = cue.click != view::Click::None || (cue.pitch_Hz > 0.0 && cue.loudness > 0.0);
    if (!something) return;
    impl_->quiet.store(false, std::memory_order_release);
    impl_->set_playing(true);
}

void Sound::hush() {
    impl_->loudness.store(0.0f, std::memory_order_relaxed);
    if (impl_->playing && impl_->quiet.load(std::memory_order_acquire)) impl_->set_playing(false);
}

} // namespace tb::app
