#include "render/passes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <glad/gl.h>

#include "base/check.h"
#include "render/camera.h"
#include "render/lines.h"

namespace tb::render {
namespace {

const char* variant_of(Material m) {
    switch (m) {
    case Material::Muscle:
        return "MUSCLE";
    case Material::Bone:
        return "BONE";
    case Material::Cartilage:
        return "CARTILAGE";
    case Material::Skin:
        return "SKIN";
    case Material::Vessel:
        return "VESSEL";
    case Material::Nerve:
        return "NERVE";
    case Material::Membrane:
        return "MEMBRANE";
    case Material::Steel:
        return "STEEL";
    case Material::Plastic:
        return "PLASTIC";
    case Material::Glove:
        return "GLOVE";
    case Material::Cloth:
        return "CLOTH";
    case Material::Plain:
        return "PLAIN";
    }
    return "PLAIN";
}

/// How dark the line around a structure is.
float outline_of(Material m) {
    switch (m) {
    case Material::Muscle:
        return 1.0f;
    case Material::Skin:
        return 0.35f;
    case Material::Membrane:
        return 0.3f;
    default:
        return 0.7f;
    }
}

std::vector<std::string> surface_variants(Material material, bool translucent, bool dent, bool clip) {
    std::vector<std::string> v{variant_of(material)};
    if (translucent) v.emplace_back("TRANSLUCENT");
    if (dent) v.emplace_back("DENT");
    if (clip) v.emplace_back("CLIP");
    return v;
}

std::vector<std::string> depth_variants(bool dent, bool clip) {
    std::vector<std::string> v;
    if (dent) v.emplace_back("DENT");
    if (clip) v.emplace_back("CLIP");
    return v;
}

std::vector<std::string> compose_variants(bool occlusion, bool highlight, bool fine) {
    std::vector<std::string> v;
    if (occlusion) v.emplace_back("OCCLUSION");
    if (highlight) v.emplace_back("HIGHLIGHT");
    if (fine) v.emplace_back("FINE");
    return v;
}

std::vector<std::string> finish_variants(bool fine) {
    return fine ? std::vector<std::string>{} : std::vector<std::string>{"SMOOTH"};
}

/// Neighbouring ids must differ in the 16 bits that the picture has for them; an odd factor keeps all of them
/// apart.
glm::vec4 id_colour(const Drawable& d) {
    const std::uint32_t mixed =
        (d.pick_id + 1U) * 40503U + static_cast<std::uint32_t>(d.material) * (d.pick_id == 0 ? 977U : 0U);
    return {static_cast<float>(mixed & 0xffU) / 255.0f, static_cast<float>((mixed >> 8U) & 0xffU) / 255.0f,
            d.highlight, outline_of(d.material)};
}

/// 0..1, different for neighbouring structures: shifts their fibres against each other.
float seed_of(const Drawable& d) {
    return static_cast<float>((d.pick_id * 40503U) & 0xffffU) / 65536.0f;
}

struct Sphere {
    glm::vec3 centre;
    float radius;
};

Sphere moved(const glm::mat4& transform, const glm::vec3& centre, float radius) {
    const float scale = std::max({glm::length(glm::vec3(transform[0])), glm::length(glm::vec3(transform[1])),
                                  glm::length(glm::vec3(transform[2]))});
    return {glm::vec3(transform * glm::vec4(centre, 1.0f)), radius * scale};
}

/// Translucent surfaces are drawn from inside to outside: membranes, then muscles and all else, then the
/// skin.
int veil_rank(Material m) {
    if (m == Material::Membrane) return 0;
    return m == Material::Skin ? 2 : 1;
}

constexpr float kHighlightLine = 0.45f; ///< as in composite.frag: below, a highlight only brightens

/// What leaves out a part of a drawable.
struct Opened {
    bool lens = false, boxes = false;
    [[nodiscard]] bool any() const { return lens || boxes; }
};
Opened opened_of(const RenderScene& scene, const Drawable& d) {
    return {scene.lens.on && d.opens_in_lens, !scene.openings.empty() && d.opens_in_boxes};
}
void set_openings(const Program& p, const Opened& opened) {
    p.set("u_open", glm::vec2(opened.lens ? 1.0f : 0.0f, opened.boxes ? 1.0f : 0.0f));
}

} // namespace

/// What all drawables of one picture share.
struct Passes::Frame {
    const RenderScene& scene;
    std::array<glm::vec4, 6> planes; ///< of the view, pointing inward

    [[nodiscard]] bool sees(const Sphere& s) const {
        return std::all_of(planes.begin(), planes.end(), [&](const glm::vec4& p) {
            return glm::dot(glm::vec3(p), s.centre) + p.w > -s.radius;
        });
    }
    [[nodiscard]] float distance(const Sphere& s) const {
        return glm::length(s.centre - scene.camera.eye) - s.radius;
    }
};

Passes::~Passes() {
    for (const unsigned array : {empty_array_, line_array_}) {
        if (array != 0) glDeleteVertexArrays(1, &array);
    }
    for (const unsigned buffer : {line_buffer_, frame_buffer_}) {
        if (buffer != 0) glDeleteBuffers(1, &buffer);
    }
}

Expected<void> Passes::prepare() {
    struct Wanted {
        const char *vertex, *fragment;
        std::vector<std::string> variants;
    };
    std::vector<Wanted> all{{"screen.vert", "room.frag", {}}, {"line.vert", "line.frag", {}}};
    for (const bool fine : {false, true}) {
        all.push_back({"screen.vert", "finish.frag", finish_variants(fine)});
        for (const bool highlight : {false, true}) {
            all.push_back({"screen.vert", "composite.frag", compose_variants(occlusion_, highlight, fine)});
        }
    }
    if (occlusion_) {
        all.push_back({"screen.vert", "occlusion.frag", {}});
        all.push_back({"screen.vert", "occlusion_blur.frag", {}});
    }
    for (const bool clip : {false, true}) {
        all.push_back({"surface.vert", "glow.frag", depth_variants(false, clip)});
        for (const bool dent : {false, true}) {
            all.push_back({"surface.vert", "depth.frag", depth_variants(dent, clip)});
            for (int m = 0; m <= static_cast<int>(Material::Plain); ++m) {
                const auto material = static_cast<Material>(m);
                if (dent && material != Material::Skin) continue;
                for (const bool translucent : {false, true}) {
                    all.push_back({"surface.vert", "surface.frag",
                                   surface_variants(material, translucent, dent, clip)});
                }
            }
        }
    }
    for (const Wanted& w : all) {
        if (const auto p = programs_.get(w.vertex, w.fragment, w.variants); !p)
            return tl::unexpected(p.error());
    }
    textures_.create();
    glGenVertexArrays(1, &empty_array_);
    glGenVertexArrays(1, &line_array_);
    glGenBuffers(1, &line_buffer_);
    glGenBuffers(1, &frame_buffer_);
    glBindBuffer(GL_UNIFORM_BUFFER, frame_buffer_);
    glBufferData(GL_UNIFORM_BUFFER, sizeof(FrameBlock), nullptr, GL_DYNAMIC_DRAW);
    return {};
}

const Program& Passes::program(const char* vertex, const char* fragment,
                               const std::vector<std::string>& variants) {
    const auto found = programs_.get(vertex, fragment, variants);
    TB_CHECK(found.has_value()); // all were compiled in `prepare`
    return **found;
}

void Passes::draw_mesh(const Frame& frame, const Drawable& drawable, bool skip_turned_away) {
    const GpuMesh& mesh = meshes_.get(drawable.mesh);
    glBindVertexArray(mesh.vertex_array);
    const auto seen = [&](const Chunk& c) {
        const Sphere s = moved(drawable.transform, c.centre, c.radius);
        if (!frame.sees(s)) return false;
        if (!skip_turned_away || c.spread >= 1.0f) return true;
        const glm::vec3 axis = glm::normalize(glm::mat3(drawable.transform) * c.axis),
                        to = s.centre - frame.scene.camera.eye;
        return glm::dot(to, axis) < c.spread * glm::length(to) + s.radius;
    };
    int first = 0, count = 0;
    const auto flush = [&] {
        if (count == 0) return;
        glDrawElements(
            GL_TRIANGLES, count, GL_UNSIGNED_INT,
            reinterpret_cast<const void*>(static_cast<std::size_t>(first) * sizeof(std::uint32_t)));
        triangles_ += static_cast<std::size_t>(count) / 3;
        count = 0;
    };
    for (const Chunk& c : mesh.chunks) {
        if (!seen(c)) {
            flush();
            continue;
        }
        if (count == 0) first = c.first_index;
        count += c.index_count;
    }
    flush();
}

void Passes::draw_surface(const Frame& frame, const Drawable& d, bool translucent) {
    const GpuMesh& mesh = meshes_.get(d.mesh);
    const Opened opened = opened_of(frame.scene, d);
    const bool clip = frame.scene.clip.on || opened.any();
    const bool dent = d.dented && d.material == Material::Skin;
    const Program& p =
        program("surface.vert", "surface.frag", surface_variants(d.material, translucent, dent, clip));
    p.use();
    // Through an opening in the skin its far wall closes the view, as the inside shows on a cut.
    const bool inside_shows =
        opened.any() && !translucent && d.material == Material::Skin && !frame.scene.clip.on;
    if (inside_shows) glDisable(GL_CULL_FACE);
    set_openings(p, opened);
    p.set("u_model", d.transform);
    p.set("u_colour", glm::vec4(d.colour, d.opacity));
    p.set("u_id", id_colour(d));
    p.set("u_shape", glm::vec4(d.highlight, seed_of(d), mesh.length_mm, mesh.width_mm));
    draw_mesh(frame, d, !clip && !dent);
    if (inside_shows) glEnable(GL_CULL_FACE);
}

void Passes::draw_glow(const Frame& frame, const std::vector<const Drawable*>& drawables) {
    // The nearest shining surface wins, whatever lies before it: a depth of its own, against which the
    // opaque depth is compared in the shader.
    glBindFramebuffer(GL_FRAMEBUFFER, surfaces_.veil_framebuffer());
    glDepthMask(GL_TRUE);
    glClear(GL_DEPTH_BUFFER_BIT);
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    glDepthFunc(GL_LESS);
    for (const Drawable* d : drawables)
        draw_depth(frame, *d);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDepthFunc(GL_LEQUAL);
    glDepthMask(GL_FALSE);
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glActiveTexture(GL_TEXTURE0 + kDepthUnit);
    glBindTexture(GL_TEXTURE_2D, surfaces_.depth());
    glActiveTexture(GL_TEXTURE0);
    for (const Drawable* d : drawables) {
        const Opened opened = opened_of(frame.scene, *d);
        const bool clip = frame.scene.clip.on || opened.any();
        const Program& p = program("surface.vert", "glow.frag", depth_variants(false, clip));
        p.use();
        set_openings(p, opened);
        p.set("u_model", d->transform);
        p.set("u_colour", glm::vec4(d->colour, d->glow));
        p.set("u_shape", glm::vec4(static_cast<float>(d->pattern), ratio_, 0.0f, 0.0f));
        draw_mesh(frame, *d, !clip);
    }
    glDisable(GL_BLEND);
    glDepthMask(GL_TRUE);
}

void Passes::draw_depth(const Frame& frame, const Drawable& d) {
    const Opened opened = opened_of(frame.scene, d);
    const bool clip = frame.scene.clip.on || opened.any();
    const bool dent = d.dented && d.material == Material::Skin;
    const Program& p = program("surface.vert", "depth.frag", depth_variants(dent, clip));
    p.use();
    set_openings(p, opened);
    p.set("u_model", d.transform);
    draw_mesh(frame, d, !clip && !dent);
}

void Passes::draw_opaque(const Frame& frame, const std::vector<const Drawable*>& drawables) {
    const auto distance = [&](const Drawable* d) {
        const GpuMesh& m = meshes_.get(d->mesh);
        return frame.distance(
            moved(d->transform, 0.5f * (m.low + m.high), 0.5f * glm::length(m.high - m.low)));
    };
    std::vector<std::pair<float, const Drawable*>> sorted;
    for (const Drawable* d : drawables)
        sorted.emplace_back(distance(d), d);
    // Nearest first, so that what is hidden costs no shading.
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [at, d] : sorted)
        draw_surface(frame, *d, false);
}

void Passes::draw_veil(const Frame& frame, const std::vector<const Drawable*>& drawables) {
    surfaces_.copy_depth();
    glBindFramebuffer(GL_FRAMEBUFFER, surfaces_.veil_framebuffer());
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    for (int rank = 0; rank <= 2; ++rank) {
        glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
        glDepthFunc(GL_LESS);
        for (const Drawable* d : drawables) {
            if (veil_rank(d->material) == rank) draw_depth(frame, *d);
        }
        glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
        glDepthFunc(GL_LEQUAL);
        glDepthMask(GL_FALSE);
        glEnable(GL_BLEND);
        for (const Drawable* d : drawables) {
            if (veil_rank(d->material) == rank) draw_surface(frame, *d, true);
        }
        glDisable(GL_BLEND);
        glDepthMask(GL_TRUE);
    }
}

void Passes::draw(const RenderScene& scene, int width, int height, float ratio) {
    triangles_ = 0;
    ratio_ = ratio;
    surfaces_.resize(drawn(width), drawn(height));
    composed_.resize(drawn(width), drawn(height));
    draw_room(scene, width, height);
    const int w = surfaces_.width(), h = surfaces_.height();
    const FrameBlock block = frame_block(scene, w, h);
    glBindBuffer(GL_UNIFORM_BUFFER, frame_buffer_);
    glBufferSubData(GL_UNIFORM_BUFFER, 0, sizeof block, &block);
    glBindBufferBase(GL_UNIFORM_BUFFER, 0, frame_buffer_);
    textures_.update_films(scene);
    textures_.bind();

    Frame frame{scene, {}};
    const glm::mat4 m = glm::transpose(block.view_projection);
    frame.planes = {m[3] + m[0], m[3] - m[0], m[3] + m[1], m[3] - m[1], m[3] + m[2], m[3] - m[2]};
    for (glm::vec4& plane : frame.planes)
        plane /= glm::length(glm::vec3(plane));

    std::vector<const Drawable*> opaque, translucent, shining;
    bool highlighted = false;
    glm::vec2 low(1.0f), high(-1.0f); // of all drawables in the picture, normalised device coordinates
    for (const Drawable& d : scene.drawables) {
        if (d.opacity <= 0.0f) continue;
        const GpuMesh& mesh = meshes_.get(d.mesh);
        if (!frame.sees(
                moved(d.transform, 0.5f * (mesh.low + mesh.high), 0.5f * glm::length(mesh.high - mesh.low))))
            continue;
        (d.opacity >= 1.0f ? opaque : translucent).push_back(&d);
        if (d.glow > 0.0f) shining.push_back(&d);
        highlighted = highlighted || (d.opacity >= 1.0f && d.highlight > kHighlightLine);
        for (int corner = 0; corner < 8; ++corner) {
            const glm::vec3 at((corner & 1) != 0 ? mesh.high.x : mesh.low.x,
                               (corner & 2) != 0 ? mesh.high.y : mesh.low.y,
                               (corner & 4) != 0 ? mesh.high.z : mesh.low.z);
            const glm::vec4 clip = block.view_projection * d.transform * glm::vec4(at, 1.0f);
            const bool behind = clip.w < scene.camera.near_mm;
            low = glm::min(low, behind ? glm::vec2(-1.0f) : glm::vec2(clip) / clip.w);
            high = glm::max(high, behind ? glm::vec2(1.0f) : glm::vec2(clip) / clip.w);
        }
    }
    const auto pixel = [](float ndc, int size) {
        return static_cast<int>(std::lround((ndc * 0.5f + 0.5f) * static_cast<float>(size)));
    };
    const int margin = drawn(8); // outlines and smoothing reach a little beyond
    const int x0 = std::clamp(pixel(low.x, w) - margin, 0, w),
              x1 = std::clamp(pixel(high.x, w) + margin, 0, w);
    const int y0 = std::clamp(pixel(low.y, h) - margin, 0, h),
              y1 = std::clamp(pixel(high.y, h) + margin, 0, h);
    area_ = {x0, y0, std::max(0, x1 - x0), std::max(0, y1 - y0)};

    glBindFramebuffer(GL_FRAMEBUFFER, surfaces_.opaque_framebuffer());
    glViewport(0, 0, w, h);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LESS);
    glDepthMask(GL_TRUE);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glCullFace(GL_BACK);
    if (scene.clip.on) {
        glDisable(GL_CULL_FACE); // the inside shows on the cut
    } else {
        glEnable(GL_CULL_FACE);
    }
    draw_opaque(frame, opaque);
    if (!translucent.empty()) draw_veil(frame, translucent);
    if (!shining.empty()) draw_glow(frame, shining);
    glBindVertexArray(0);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
    if (area_.width == 0 || area_.height == 0) return;
    if (occlusion_) find_occlusion(scene);
    compose(scene, highlighted);
}

int Passes::drawn(int pixels) const {
    return std::max(1, static_cast<int>(std::lround(static_cast<float>(pixels) * ratio_)));
}

void Passes::draw_screen() const {
    glBindVertexArray(empty_array_);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glBindVertexArray(0);
}

void Passes::find_occlusion(const RenderScene& scene) {
    const int w = (surfaces_.width() + 1) / 2, h = (surfaces_.height() + 1) / 2;
    rough_occlusion_.resize(w, h);
    smooth_occlusion_.resize(w, h);
    const float aspect = static_cast<float>(surfaces_.width()) / static_cast<float>(surfaces_.height());
    const glm::vec4 lens(scene.camera.near_mm, scene.camera.far_mm, half_extent(scene.camera, aspect).y,
                         aspect);
    glViewport(0, 0, w, h);
    glEnable(GL_SCISSOR_TEST);
    glScissor(area_.x / 2, area_.y / 2, area_.width / 2 + 1, area_.height / 2 + 1);
    glActiveTexture(GL_TEXTURE0 + kDepthUnit);
    glBindTexture(GL_TEXTURE_2D, surfaces_.depth());
    glActiveTexture(GL_TEXTURE0 + kPictureUnit);
    glBindTexture(GL_TEXTURE_2D, rough_occlusion_.colour());
    for (const char* fragment : {"occlusion.frag", "occlusion_blur.frag"}) {
        const bool first = std::string_view(fragment) == "occlusion.frag";
        glBindFramebuffer(GL_FRAMEBUFFER,
                          first ? rough_occlusion_.framebuffer() : smooth_occlusion_.framebuffer());
        const Program& p = program("screen.vert", fragment, {});
        p.use();
        p.set("u_lens", lens);
        p.set("u_size", glm::vec2(w, h));
        draw_screen();
    }
    glDisable(GL_SCISSOR_TEST);
    glActiveTexture(GL_TEXTURE0);
}

void Passes::compose(const RenderScene& scene, bool highlighted) {
    const int w = surfaces_.width(), h = surfaces_.height();
    glBindFramebuffer(GL_FRAMEBUFFER, composed_.framebuffer());
    glViewport(0, 0, w, h);
    glEnable(GL_SCISSOR_TEST);
    glScissor(area_.x, area_.y, area_.width, area_.height);
    const std::pair<int, unsigned> textures[] = {{kPictureUnit, surfaces_.colour()},
                                                 {kIdUnit, surfaces_.ids()},
                                                 {kDepthUnit, surfaces_.depth()},
                                                 {kOcclusionUnit, smooth_occlusion_.colour()},
                                                 {kRoomUnit, room_.colour()}};
    for (const auto& [unit, texture] : textures) {
        glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
        glBindTexture(GL_TEXTURE_2D, texture);
    }
    glActiveTexture(GL_TEXTURE0);
    const float aspect = static_cast<float>(w) / static_cast<float>(h);
    const Program& p =
        program("screen.vert", "composite.frag", compose_variants(occlusion_, highlighted, ratio_ > 1.0f));
    p.use();
    p.set("u_lens",
          glm::vec4(scene.camera.near_mm, scene.camera.far_mm, half_extent(scene.camera, aspect).y, aspect));
    p.set("u_last", glm::ivec2(w - 1, h - 1));
    p.set("u_scale", ratio_);
    draw_screen();
    glDisable(GL_SCISSOR_TEST);
}

void Passes::draw_room(const RenderScene& scene, int width, int height) {
    const std::array<glm::vec3, 2> colours{scene.background_top, scene.background_bottom};
    if (room_.width() == width && room_.height() == height && room_colours_ == colours) return;
    room_.resize(width, height);
    room_colours_ = colours;
    glBindFramebuffer(GL_FRAMEBUFFER, room_.framebuffer());
    glViewport(0, 0, width, height);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    const Program& p = program("screen.vert", "room.frag", {});
    p.use();
    p.set("u_room_top", scene.background_top);
    p.set("u_room_bottom", scene.background_bottom);
    draw_screen();
}

void Passes::present(const RenderScene& scene, int x, int y, int width, int height) {
    glViewport(x, y, width, height);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    GLint window = 0;
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &window);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, room_.framebuffer());
    glBlitFramebuffer(0, 0, width, height, x, y, x + width, y + height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(window));
    if (area_.width > 0 && area_.height > 0) {
        // One pixel inside what was composed: smoothing looks at the neighbours.
        const auto shown = [this](int pixels) { return static_cast<float>(pixels) / ratio_; };
        const int left = static_cast<int>(std::ceil(shown(area_.x))) + (area_.x > 0 ? 1 : 0);
        const int low = static_cast<int>(std::ceil(shown(area_.y))) + (area_.y > 0 ? 1 : 0);
        const bool to_right = area_.x + area_.width >= composed_.width(),
                   to_top = area_.y + area_.height >= composed_.height();
        const int right = to_right ? width : static_cast<int>(shown(area_.x + area_.width)) - 1;
        const int high = to_top ? height : static_cast<int>(shown(area_.y + area_.height)) - 1;
        glEnable(GL_SCISSOR_TEST);
        glScissor(x + left, y + low, std::max(0, right - left), std::max(0, high - low));
        const Program& finish = program("screen.vert", "finish.frag", finish_variants(ratio_ != 1.0f));
        finish.use();
        finish.set("u_place", glm::ivec2(x, y));
        finish.set("u_last", glm::ivec2(width - 1, height - 1));
        glActiveTexture(GL_TEXTURE0 + kPictureUnit);
        glBindTexture(GL_TEXTURE_2D, composed_.colour());
        glActiveTexture(GL_TEXTURE0);
        draw_screen();
        glDisable(GL_SCISSOR_TEST);
    }
    draw_lines(scene, x, y, width, height);
}

void Passes::draw_lines(const RenderScene& scene, int x, int y, int width, int height) {
    if (scene.lines.empty()) return;
    const Program& p = program("line.vert", "line.frag", {});
    p.use();
    p.set("u_place", glm::vec3(x, y, ratio_));
    glActiveTexture(GL_TEXTURE0 + kDepthUnit);
    glBindTexture(GL_TEXTURE_2D, surfaces_.depth());
    glActiveTexture(GL_TEXTURE0);
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
    glEnable(GL_SCISSOR_TEST);
    glScissor(x, y, width, height);
    glBindVertexArray(line_array_);
    glBindBuffer(GL_ARRAY_BUFFER, line_buffer_);
    const auto attribute = [](GLuint place, GLint count, std::size_t offset) {
        glEnableVertexAttribArray(place);
        glVertexAttribPointer(place, count, GL_FLOAT, GL_FALSE, sizeof(LineCorner),
                              reinterpret_cast<const void*>(offset));
    };
    attribute(0, 3, offsetof(LineCorner, place));
    attribute(1, 4, offsetof(LineCorner, segment));
    attribute(2, 4, offsetof(LineCorner, colour));
    const float widen =
        std::max(1.0f, static_cast<float>(height) / 900.0f); // the same share of large pictures
    for (const bool on_top : {false, true}) {
        std::vector<LineCorner> corners;
        for (const Line& line : scene.lines) {
            if (line.on_top != on_top) continue;
            const std::vector<LineCorner> more =
                corners_of(line, scene.camera, glm::vec2(width, height), widen);
            corners.insert(corners.end(), more.begin(), more.end());
        }
        if (corners.empty()) continue;
        p.set("u_on_top", on_top ? 1.0f : 0.0f);
        glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(corners.size() * sizeof(LineCorner)),
                     corners.data(), GL_STREAM_DRAW);
        glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(corners.size()));
    }
    glBindVertexArray(0);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
}

} // namespace tb::render
