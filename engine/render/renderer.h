// Draws a RenderScene with OpenGL 3.3 core, keeping to what GLES 3.0 has too. Needs a current context; owns
// its objects.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "render/render_scene.h"

namespace tb::render {

/// Pixels of a finished picture, RGB8, top row first.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};

struct RendererOptions {
    std::string shader_folder; ///< <assets>/shaders
    int samples = 4;           ///< multisampling; 1 on software rasterisers in the window
    bool ambient_occlusion = true;
};

class Renderer {
public:
    /// `load` gives the address of a GL function (SDL_GL_GetProcAddress). Fails with NoGraphics when the
    /// context is older than OpenGL 3.3, with BadInput (file and line) when a shader does not compile.
    using LoadFunction = void* (*)(const char* name);
    static Expected<Renderer> create(LoadFunction load, const RendererOptions& options);
    ~Renderer();
    Renderer(Renderer&&) noexcept;
    Renderer& operator=(Renderer&&) noexcept;

    /// Draws into the framebuffer that was bound when called (the window's, or the one of `read`), at this
    /// rectangle. `detail` below 1: with so many pixels along each side, enlarged (see Pacer).
    void draw(const RenderScene& scene, int x, int y, int width, int height, float detail = 1.0f);
    /// The scene is another than the one drawn last, or for another size.
    [[nodiscard]] bool changed(const RenderScene& scene, int width, int height) const;
    /// Clears the default framebuffer to the dark of the room, before panels and pictures are drawn into it.
    void clear_window(int width, int height);
    /// Waits until everything drawn so far is done.
    void finish();
    /// Reads the default framebuffer back.
    Picture read(int width, int height);
    /// Draws into an own framebuffer and reads it: pictures without a window of that size.
    Picture picture(const RenderScene& scene, int width, int height);
    [[nodiscard]] std::string description() const; ///< GL_RENDERER and version
    [[nodiscard]] bool software() const;           ///< llvmpipe, softpipe, SwiftShader
    /// Milliseconds of GPU-side objects memory, triangles drawn last: for bench.
    [[nodiscard]] std::size_t triangles_last_draw() const;

private:
    struct Impl;
    explicit Renderer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace tb::render
