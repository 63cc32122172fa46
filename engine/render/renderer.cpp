#include "render/renderer.h"

#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <glad/gl.h>

#include "render/passes.h"

namespace tb::render {

namespace {

/// Supersampling stops where the drawn picture would be larger than this.
constexpr std::int64_t kMostPixels = 16'000'000;

} // namespace

struct Renderer::Impl {
    RendererOptions options;
    Passes passes;
    Target picture;
    std::optional<RenderScene>
        last_scene; ///< what is composed, so that an unchanged scene is not drawn again
    std::uint64_t last_films = 0;
    int last_width = 0, last_height = 0;
    float last_detail = 1.0f;
    std::string description;
    bool software = false;

    explicit Impl(const RendererOptions& o) : options(o), passes(o.shader_folder, o.ambient_occlusion) {}

    [[nodiscard]] bool changed(const RenderScene& scene, int width, int height) const {
        return !last_scene || width != last_width || height != last_height ||
               films_hash(scene) != last_films || *last_scene != scene;
    }
    /// Draws the scene for an area of this size, unless it is there already.
    void ensure_drawn(const RenderScene& scene, int width, int height, float detail) {
        if (detail == last_detail && !changed(scene, width, height)) return;
        const bool fits = std::int64_t{4} * width * height <= kMostPixels;
        passes.draw(scene, width, height, options.samples > 1 && fits ? 2.0f * detail : detail);
        last_scene = scene;
        last_films = films_hash(scene);
        last_detail = detail;
        last_width = width;
        last_height = height;
    }
};

Renderer::Renderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;

Expected<Renderer> Renderer::create(LoadFunction load, const RendererOptions& options) {
    const int version = gladLoadGL(reinterpret_cast<GLADloadfunc>(load));
    const auto text = [](GLenum name) {
        const auto* s = reinterpret_cast<const char*>(glGetString(name));
        return std::string(s != nullptr ? s : "unknown");
    };
    if (version == 0 || GLAD_VERSION_MAJOR(version) * 10 + GLAD_VERSION_MINOR(version) < 33) {
        return fail(
            ErrorCode::NoGraphics,
            fmt::format(
                "OpenGL 3.3 is needed, this computer's driver offers {}; install a newer graphics driver, or "
                "libgl1-mesa-dri for software drawing",
                version == 0 ? "none" : text(GL_VERSION)));
    }
    auto impl = std::make_unique<Impl>(options);
    impl->description = text(GL_RENDERER) + ", OpenGL " + text(GL_VERSION);
    for (const char* name : {"llvmpipe", "softpipe", "SwiftShader"}) {
        impl->software = impl->software || impl->description.find(name) != std::string::npos;
    }
    if (auto ok = impl->passes.prepare(); !ok) return tl::unexpected(ok.error());
    return Renderer(std::move(impl));
}

bool Renderer::changed(const RenderScene& scene, int width, int height) const {
    return impl_->changed(scene, width, height);
}

void Renderer::draw(const RenderScene& scene, int x, int y, int width, int height, float detail) {
    if (width < 1 || height < 1) return;
    GLint before = 0;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &before);
    impl_->ensure_drawn(scene, width, height, detail);
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(before));
    impl_->passes.present(scene, x, y, width, height);
}

void Renderer::clear_window(int width, int height) {
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(0.063f, 0.071f, 0.082f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
}

void Renderer::finish() {
    glFinish();
}

Picture Renderer::read(int width, int height) {
    Picture p{
        width, height,
        std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, p.rgb.data());
    const std::size_t row = static_cast<std::size_t>(width) * 3;
    std::vector<std::uint8_t> swap(row);
    for (int y = 0; y < height / 2; ++y) { // OpenGL's first row is the lowest
        std::uint8_t* a = p.rgb.data() + static_cast<std::size_t>(y) * row;
        std::uint8_t* b = p.rgb.data() + static_cast<std::size_t>(height - 1 - y) * row;
        std::memcpy(swap.data(), a, row);
        std::memcpy(a, b, row);
        std::memcpy(b, swap.data(), row);
    }
    return p;
}

Picture Renderer::picture(const RenderScene& scene, int width, int height) {
    GLint before = 0;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &before);
    impl_->picture.resize(width, height);
    glBindFramebuffer(GL_FRAMEBUFFER, impl_->picture.framebuffer());
    draw(scene, 0, 0, width, height);
    Picture p = read(width, height);
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(before));
    return p;
}

std::string Renderer::description() const {
    return impl_->description;
}
bool Renderer::software() const {
    return impl_->software;
}
std::size_t Renderer::triangles_last_draw() const {
    return impl_->passes.triangles();
}

} // namespace tb::render
