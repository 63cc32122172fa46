// The passes of one picture: opaque, lines, translucent, lines on top, resolve. Inside module render.
#pragma once

#include <vector>

#include "render/mesh_store.h"
#include "render/program.h"
#include "render/render_scene.h"
#include "render/targets.h"

namespace tb::render {

class Passes {
public:
    explicit Passes(std::string shader_folder) : programs_(std::move(shader_folder)) {}
    ~Passes();
    Passes(const Passes&) = delete;
    Passes& operator=(const Passes&) = delete;

    /// Compiles what every picture needs, so that a broken shader is found at start.
    Expected<void> prepare(bool occlusion, bool supersampled);
    /// Draws the scene into `target` (already sized).
    void draw(const RenderScene& scene, const Target& target);
    /// Puts the drawn picture into the bound framebuffer's rectangle.
    void resolve(const RenderScene& scene, const Target& drawn, int x, int y, int width, int height);
    [[nodiscard]] std::size_t triangles() const { return triangles_; }

private:
    struct Frame;
    void draw_surface(const Frame& frame, const Drawable& drawable, bool translucent);
    void draw_depth(const Frame& frame, const Drawable& drawable);
    void draw_lines(const Frame& frame, bool on_top);
    void set_decals(const Program& program, const RenderScene& scene);
    const Program& surface_program(const Drawable& drawable, bool translucent);
    [[nodiscard]] bool visible(const Frame& frame, const Drawable& drawable);

    ProgramStore programs_;
    MeshStore meshes_;
    const Program* resolve_ = nullptr;
    unsigned empty_array_ = 0, line_array_ = 0, line_buffer_ = 0, film_ = 0;
    std::int64_t film_revision_ = -1;
    const void* film_source_ = nullptr;
    std::size_t triangles_ = 0;
};

} // namespace tb::render
