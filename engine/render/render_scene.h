// What a picture consists of, as plain comparable data. Knows no anatomy: the view module fills it, the
// renderer draws it. Space: body frame, mm (the renderer works in metres nowhere). Colours: linear RGB 0..1.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <glm/glm.hpp>

#include "geometry/mesh.h"

namespace tb::render {

/// A mesh the renderer uploads once per (id, revision). The mesh must outlive the scene.
struct MeshRef {
    std::uint64_t id = 0;
    std::uint32_t revision = 0;
    const geometry::Mesh* mesh = nullptr;
    bool operator==(const MeshRef&) const = default;
};

enum class Material {
    Muscle,
    Bone,
    Cartilage,
    Skin,
    Vessel,
    Nerve,
    Membrane,
    Steel,
    Plastic,
    Glove,
    Cloth,
    Plain
};

/// How a structure that shines through what lies before it is drawn there: told apart by pattern, not by
/// colour alone.
enum class GlowPattern { Plain, Rising, Falling, Dots, Lattice };

struct Drawable {
    MeshRef mesh;
    Material material = Material::Plain;
    glm::vec3 colour{0.7f};
    float opacity = 1.0f;   ///< below 1: drawn in the translucent pass
    float highlight = 0.0f; ///< 0..1: lifted out of its surroundings with an outline
    glm::mat4 transform{1.0f};
    std::uint32_t pick_id = 0;   ///< for hit tests and for outlines between structures
    bool dented = false;         ///< skin: the dent below applies
    bool opens_in_lens = false;  ///< not drawn inside the scene's lens
    bool opens_in_boxes = false; ///< not drawn inside the scene's openings
    float glow = 0.0f; ///< 0..1: also drawn, with this strength, where something opaque or a veil hides it
    GlowPattern pattern = GlowPattern::Plain;
    bool operator==(const Drawable&) const = default;
};

/// A pressed dent in the skin, as the vertex shader forms it.
struct Dent {
    glm::vec3 centre{0.0f}, inward{0.0f, 0.0f, -1.0f};
    float depth = 0.0f; ///< mm
    float pad_radius = 6.5f, rim_radius = 22.0f;
    bool operator==(const Dent&) const = default;
};

/// A picture laid on the skin in a tangent-plane square: antiseptic film, pen mark, wheal, numb zone,
/// referred pain.
struct Decal {
    enum class Kind { Film, Ink, Wheal, Numb, Referred, Bruise };
    Kind kind = Kind::Ink;
    glm::vec3 centre{0.0f}, normal{0.0f, 0.0f, 1.0f}, e1{1.0f, 0.0f, 0.0f};
    float half_size = 50.0f; ///< mm
    glm::vec3 colour{0.2f};
    float strength = 1.0f;
    int cells = 0; ///< side of `texels` for Film; 0: a round spot of `half_size` radius
    std::shared_ptr<const std::vector<std::uint8_t>> texels;
    std::int64_t revision = 0;
    bool operator==(const Decal&) const = default;
};

/// A line or arrow in space: needle track, ghost path, ruler, crosshair. Drawn over everything when `on_top`.
struct Line {
    std::vector<glm::vec3> points;
    glm::vec3 colour{1.0f};
    float width_px = 2.0f;
    bool on_top = false;
    bool dashed = false;
    bool operator==(const Line&) const = default;
};

struct Camera {
    glm::vec3 eye{0.0f, 1300.0f, -1200.0f}, target{0.0f, 1300.0f, 80.0f}, up{0.0f, 1.0f, 0.0f};
    float fov_deg = 30.0f; ///< vertical
    float near_mm = 20.0f, far_mm = 8000.0f;
    bool operator==(const Camera&) const = default;
};

struct ClipPlane {
    bool on = false;
    glm::vec3 point{0.0f}, normal{0.0f, 0.0f, 1.0f}; ///< what lies on the normal's side is cut away
    bool operator==(const ClipPlane&) const = default;
};

/// A round window in the picture through which some drawables are left out.
struct Lens {
    bool on = false;
    glm::vec2 centre{0.5f}; ///< shares of the picture's width and height, from its upper left corner
    float radius = 0.16f;   ///< share of the picture's height
    bool operator==(const Lens&) const = default;
};

/// A box in the body frame inside which some drawables (the skin) are left out.
struct Opening {
    glm::vec3 low{0.0f}, high{0.0f};
    bool operator==(const Opening&) const = default;
};
constexpr std::size_t kMostOpenings = 16; ///< further ones are ignored

struct RenderScene {
    Camera camera;
    std::vector<Drawable> drawables;
    std::vector<Decal> decals; ///< at most 8
    std::vector<Line> lines;
    Dent dent;
    ClipPlane clip;
    Lens lens;
    std::vector<Opening> openings; ///< at most `kMostOpenings`
    glm::vec3 background_top{0.030f, 0.034f, 0.040f}, background_bottom{0.012f, 0.014f, 0.017f};
    float exposure = 1.0f;
    bool operator==(const RenderScene&) const = default;
};

/// World to window pixels (origin top left) and back; used by tools and labels as well as by the renderer.
glm::mat4 view_projection(const Camera& camera, float aspect);
/// False when behind the eye.
bool project(const Camera& camera, glm::vec2 size_px, const glm::vec3& world, glm::vec2& out_px);
struct Ray {
    glm::vec3 origin{0.0f}, direction{0.0f, 0.0f, 1.0f};
};
Ray pixel_ray(const Camera& camera, glm::vec2 size_px, glm::vec2 pixel);

} // namespace tb::render
