// The passes of one picture: opaque and translucent surfaces, occlusion, composition; then room, finish and
// lines into the window. Inside module render.
#pragma once

#include <array>
#include <vector>

#include "render/frame_block.h"
#include "render/mesh_store.h"
#include "render/program.h"
#include "render/render_scene.h"
#include "render/targets.h"
#include "render/textures.h"

namespace tb::render {

class Passes {
public:
    Passes(std::string shader_folder, bool occlusion)
        : programs_(std::move(shader_folder)), occlusion_(occlusion) {}
    ~Passes();
    Passes(const Passes&) = delete;
    Passes& operator=(const Passes&) = delete;

    /// Compiles every program, so that a broken shader is found at start, and makes the shared textures.
    Expected<void> prepare();
    /// Draws and composes the scene for a picture of this size, with `ratio` drawn pixels a picture pixel.
    void draw(const RenderScene& scene, int width, int height, float ratio);
    /// Puts the composed picture and the lines into the bound framebuffer's rectangle.
    void present(const RenderScene& scene, int x, int y, int width, int height);
    [[nodiscard]] std::size_t triangles() const { return triangles_; }

private:
    struct Frame;
    /// Pixels of the drawn picture that hold something.
    struct Area {
        int x = 0, y = 0, width = 0, height = 0;
    };
    void draw_mesh(const Frame& frame, const Drawable& drawable, bool skip_turned_away);
    void draw_surface(const Frame& frame, const Drawable& drawable, bool translucent);
    void draw_depth(const Frame& frame, const Drawable& drawable);
    void draw_glow(const Frame& frame, const std::vector<const Drawable*>& drawables);
    void draw_opaque(const Frame& frame, const std::vector<const Drawable*>& drawables);
    void draw_veil(const Frame& frame, const std::vector<const Drawable*>& drawables);
    void find_occlusion(const RenderScene& scene);
    void compose(const RenderScene& scene, bool highlighted);
    void draw_room(const RenderScene& scene, int width, int height);
    void draw_lines(const RenderScene& scene, int x, int y, int width, int height);
    [[nodiscard]] int drawn(int pixels) const; ///< of the picture, in drawn pixels
    void draw_screen() const;
    const Program& program(const char* vertex, const char* fragment,
                           const std::vector<std::string>& variants);

    ProgramStore programs_;
    bool occlusion_;
    MeshStore meshes_;
    SurfaceTextures textures_;
    SurfaceTarget surfaces_;
    Target rough_occlusion_, smooth_occlusion_, composed_, room_;
    std::array<glm::vec3, 2> room_colours_{};
    Area area_;
    float ratio_ = 1.0f;
    unsigned frame_buffer_ = 0, empty_array_ = 0, line_array_ = 0, line_buffer_ = 0;
    std::size_t triangles_ = 0;
};

} // namespace tb::render
