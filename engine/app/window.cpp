#include "app/window.h"

#include <cstdlib>
#include <string>
#include <utility>

#include <SDL.h>
#include <fmt/format.h>

namespace tb::app {

Expected<Window> Window::create(const Options& options) {
    if (options.offscreen) SDL_setenv("SDL_VIDEODRIVER", "offscreen", 1);
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS,
                "1"); // Ctrl-C ends the program at once; the log is on disk already
    if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS) != 0) {
        return fail(
            ErrorCode::NoGraphics,
            fmt::format("no window can be opened ({}); start it on a desktop, or use ./run --headless",
                        SDL_GetError()));
    }
    // Without a display SDL falls back to drivers nobody can see: that is no window unless it was asked for.
    const std::string driver = SDL_GetCurrentVideoDriver();
    if (std::getenv("SDL_VIDEODRIVER") == nullptr && (driver == "offscreen" || driver == "dummy")) {
        SDL_QuitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS);
        return fail(ErrorCode::NoGraphics, "the display named by DISPLAY or WAYLAND_DISPLAY cannot be "
                                           "reached; start it on a desktop, or use "
                                           "./run --headless");
    }
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 24);
    Window w;
    const Uint32 flags = SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;
    w.window_ = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                 options.width, options.height, flags);
    if (w.window_ == nullptr) {
        return fail(
            ErrorCode::NoGraphics,
            fmt::format(
                "no window with OpenGL can be opened ({}); install a graphics driver with OpenGL 3.3, for "
                "example libgl1-mesa-dri",
                SDL_GetError()));
    }
    w.context_ = SDL_GL_CreateContext(w.window_);
    if (w.context_ == nullptr) {
        return fail(
            ErrorCode::NoGraphics,
            fmt::format(
                "this computer's graphics driver offers no OpenGL 3.3 ({}); install a newer driver, or "
                "libgl1-mesa-dri for software drawing",
                SDL_GetError()));
    }
    SDL_GL_MakeCurrent(w.window_, w.context_);
    SDL_GL_SetSwapInterval(options.vsync && !options.offscreen ? 1 : 0);
    SDL_SetWindowMinimumSize(w.window_, 1024, 600);
    return w;
}

Window::Window(Window&& other) noexcept
    : window_(std::exchange(other.window_, nullptr)), context_(std::exchange(other.context_, nullptr)) {}

Window::~Window() {
    if (context_ != nullptr) SDL_GL_DeleteContext(context_);
    if (window_ != nullptr) {
        SDL_DestroyWindow(window_);
        SDL_QuitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS);
    }
}

Window::Size Window::size() const {
    Size s;
    SDL_GetWindowSize(window_, &s.width, &s.height);
    SDL_GL_GetDrawableSize(window_, &s.pixel_width, &s.pixel_height);
    return s;
}

void Window::swap() {
    SDL_GL_SwapWindow(window_);
}

void Window::set_fullscreen(bool on) {
    SDL_SetWindowFullscreen(window_, on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

bool Window::fullscreen() const {
    return (SDL_GetWindowFlags(window_) & SDL_WINDOW_FULLSCREEN_DESKTOP) != 0;
}

void* Window::gl_function(const char* name) {
    return SDL_GL_GetProcAddress(name);
}

} // namespace tb::app
