#include "app/painter.h"

namespace tb::app {

Expected<Painter> make_painter(const Places& places, bool best_quality) {
    Window::Options options;
    options.offscreen = true;
    options.width = options.height = 64; // pictures are drawn into framebuffers of their own size
    auto window = Window::create(options);
    if (!window) return tl::unexpected(window.error());
    render::RendererOptions renderer_options;
    renderer_options.shader_folder = (places.root / "shaders").string();
    if (!best_quality) {
        renderer_options.samples = 1;
        renderer_options.ambient_occlusion = false;
    }
    auto renderer = render::Renderer::create(&Window::gl_function, renderer_options);
    if (!renderer) return tl::unexpected(renderer.error());
    return Painter{std::move(*window), std::move(*renderer)};
}

} // namespace tb::app
