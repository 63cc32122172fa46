// One SDL window with an OpenGL 3.3 core context; off-screen without a display (SDL's "offscreen" driver).
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

struct SDL_Window;

namespace tb::app {

class Window {
public:
    struct Options {
        std::string title = "Tautband";
        int width = 1280, height = 720;
        bool offscreen = false;
        bool vsync = true;
    };
    /// NoGraphics with a sentence when there is no display, no driver, or none with OpenGL 3.3.
    static Expected<Window> create(const Options& options);
    ~Window();
    Window(Window&& other) noexcept;
    Window& operator=(Window&&) = delete;

    [[nodiscard]] SDL_Window* handle() const { return window_; }
    [[nodiscard]] void* context() const { return context_; }
    /// Size in window units and in pixels (they differ on high-density displays).
    struct Size {
        int width = 0, height = 0, pixel_width = 0, pixel_height = 0;
    };
    [[nodiscard]] Size size() const;
    void swap();
    void set_fullscreen(bool on);
    [[nodiscard]] bool fullscreen() const;
    static void* gl_function(const char* name);

private:
    Window() = default;
    SDL_Window* window_ = nullptr;
    void* context_ = nullptr;
};

} // namespace tb::app
