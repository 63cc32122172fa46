// An OpenGL context without a display, and simple bodies to draw.
#pragma once

#include <string>

#include "render/renderer.h"

namespace tb::test {

/// One context for the whole test program; fails the test when there is none.
class Offscreen {
public:
    Offscreen();
    ~Offscreen();
    Offscreen(const Offscreen&) = delete;
    Offscreen& operator=(const Offscreen&) = delete;
    [[nodiscard]] bool usable() const { return context_ != nullptr; }

    static void* load(const char* name);
    /// A renderer with the product's shaders; small pictures, no occlusion, one sample unless asked for.
    static render::Renderer renderer(int samples = 1, bool occlusion = false);

private:
    void* window_ = nullptr;
    void* context_ = nullptr;
};

/// A ball with normals, uv along and across, fibres along u and a tendon at both ends.
geometry::Mesh ball(float radius);

/// A drawable of `mesh` moved to `at`.
render::Drawable drawable(const geometry::Mesh& mesh, std::uint64_t id, render::Material material,
                          const glm::vec3& at = {});

/// A scene that looks along -z at the origin from 400 mm away.
render::RenderScene scene();

} // namespace tb::test
