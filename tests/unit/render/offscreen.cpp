#include "unit/render/offscreen.h"

#include <cmath>
#include <stdexcept>

#include <SDL.h>
#include <gtest/gtest.h>

namespace tb::test {

Offscreen::Offscreen() {
    SDL_setenv("SDL_VIDEODRIVER", "offscreen", 1);
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        ADD_FAILURE() << "SDL without a display: " << SDL_GetError();
        return;
    }
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
    window_ = SDL_CreateWindow("test", 0, 0, 320, 240, SDL_WINDOW_OPENGL | SDL_WINDOW_HIDDEN);
    if (window_ != nullptr) context_ = SDL_GL_CreateContext(static_cast<SDL_Window*>(window_));
    if (context_ == nullptr) ADD_FAILURE() << "no OpenGL 3.3 context: " << SDL_GetError();
}

Offscreen::~Offscreen() {
    if (context_ != nullptr) SDL_GL_DeleteContext(context_);
    if (window_ != nullptr) SDL_DestroyWindow(static_cast<SDL_Window*>(window_));
    SDL_Quit();
}

void* Offscreen::load(const char* name) {
    return SDL_GL_GetProcAddress(name);
}

render::Renderer Offscreen::renderer(int samples, bool occlusion) {
    auto made = render::Renderer::create(load, {std::string(TB_SOURCE_DIR) + "/shaders", samples, occlusion});
    if (!made) throw std::runtime_error(made.error().text());
    return std::move(*made);
}

geometry::Mesh ball(float radius) {
    constexpr std::uint32_t kRings = 40, kSectors = 64;
    geometry::Mesh m;
    for (std::uint32_t i = 0; i <= kRings; ++i) {
        for (std::uint32_t j = 0; j <= kSectors; ++j) {
            const float a = 3.14159265f * static_cast<float>(i) / kRings,
                        b = 6.28318531f * static_cast<float>(j) / kSectors;
            const glm::vec3 n(std::sin(a) * std::cos(b), std::cos(a), std::sin(a) * std::sin(b));
            m.positions.push_back(n * radius);
            m.normals.push_back(n);
            m.uv.emplace_back(static_cast<float>(i) / kRings, static_cast<float>(j) / kSectors);
            m.w_part.emplace_back(1.0f, 0.0f);
            m.fibre.emplace_back(std::cos(a) * std::cos(b), -std::sin(a), std::cos(a) * std::sin(b));
            const float to_end = std::min(a, 3.14159265f - a);
            m.tendon.push_back(to_end < 0.4f ? 1.0f : 0.0f);
        }
    }
    for (std::uint32_t i = 0; i < kRings; ++i) {
        for (std::uint32_t j = 0; j < kSectors; ++j) {
            const std::uint32_t p = i * (kSectors + 1) + j, q = p + kSectors + 1;
            for (const std::uint32_t k : {p, p + 1, q, p + 1, q + 1, q})
                m.indices.push_back(k);
        }
    }
    return m;
}

render::Drawable drawable(const geometry::Mesh& mesh, std::uint64_t id, render::Material material,
                          const glm::vec3& at) {
    render::Drawable d;
    d.mesh = {id, 0, &mesh};
    d.material = material;
    d.colour = {0.6f, 0.4f, 0.3f};
    d.pick_id = static_cast<std::uint32_t>(id);
    d.transform[3] = glm::vec4(at, 1.0f);
    return d;
}

render::RenderScene scene() {
    render::RenderScene s;
    s.camera.eye = {0, 0, 400};
    s.camera.target = {0, 0, 0};
    s.camera.fov_deg = 30.0f;
    return s;
}

} // namespace tb::test
