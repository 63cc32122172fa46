#include "render/passes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <glad/gl.h>
#include <glm/gtc/matrix_inverse.hpp>

#include "base/check.h"

namespace tb::render {
namespace {

constexpr std::size_t kDecals = 8; ///< as in shaders/common/decals.glsl

const char* variant_of(Material m) {
    switch (m) {
    case Material::Muscle: return "MUSCLE";
    case Material::Bone: return "BONE";
    case Material::Cartilage: return "CARTILAGE";
    case Material::Skin: return "SKIN";
    case Material::Vessel: return "VESSEL";
    case Material::Nerve: return "NERVE";
    case Material::Membrane: return "MEMBRANE";
    case Material::Steel: return "STEEL";
    case Material::Plastic: return "PLASTIC";
    case Material::Glove: return "GLOVE";
    case Material::Cloth: return "CLOTH";
    case Material::Plain: return "PLAIN";
    }
    return "PLAIN";
}

std::vector<std::string> variants_of(const Drawable& d, bool translucent) {
    std::vector<std::string> v{variant_of(d.material)};
    if (translucent) v.emplace_back("TRANSLUCENT");
    if (d.dented) v.emplace_back("DENT");
    return v;
}

glm::vec4 id_colour(const Drawable& d) {
    return {static_cast<float>(d.pick_id & 0xffU) / 255.0f, static_cast<float>((d.pick_id >> 8U) & 0xffU) / 255.0f,
            d.highlight > 0.0f ? 1.0f : 0.0f, 1.0f};
}

} // namespace

/// What all drawables of one picture share.
struct Passes::Frame {
    const RenderScene& scene;
    const Target& target;
    glm::mat4 view_projection;
    glm::vec3 key, fill;
    glm::vec4 clip{0.0f};
    std::array<glm::vec4, 6> planes; ///< of the view, pointing inward
};

Passes::~Passes() {
    for (unsigned* array : {&empty_array_, &line_array_}) {
        if (*array != 0) glDeleteVertexArrays(1, array);
    }
    if (line_buffer_ != 0) glDeleteBuffers(1, &line_buffer_);
    if (film_ != 0) glDeleteTextures(1, &film_);
}

Expected<void> Passes::prepare(bool occlusion, bool supersampled) {
    std::vector<std::string> variants;
    if (occlusion) variants.emplace_back("OCCLUSION");
    if (supersampled) variants.emplace_back("SUPERSAMPLED");
    const auto resolve = programs_.get("screen.vert", "resolve.frag", variants);
    if (!resolve) return tl::unexpected(resolve.error());
    resolve_ = *resolve;
    for (int m = 0; m <= static_cast<int>(Material::Plain); ++m) {
        Drawable d;
        d.material = static_cast<Material>(m);
        for (const bool translucent : {false, true}) {
            d.dented = false;
            if (const auto p = programs_.get("surface.vert", "surface.frag", variants_of(d, translucent)); !p) {
                return tl::unexpected(p.error());
            }
            if (d.material != Material::Skin) continue;
            d.dented = true;
            if (const auto p = programs_.get("surface.vert", "surface.frag", variants_of(d, translucent)); !p) {
                return tl::unexpected(p.error());
            }
        }
    }
    for (const std::vector<std::string>& v : {std::vector<std::string>{}, std::vector<std::string>{"DENT"}}) {
        if (const auto p = programs_.get("surface.vert", "depth.frag", v); !p) return tl::unexpected(p.error());
    }
    if (const auto p = programs_.get("line.vert", "line.frag", {}); !p) return tl::unexpected(p.error());

    glGenVertexArrays(1, &empty_array_);
    glGenVertexArrays(1, &line_array_);
    glGenBuffers(1, &line_buffer_);
    glGenTextures(1, &film_);
    glBindTexture(GL_TEXTURE_2D, film_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    return {};
}

const Program& Passes::surface_program(const Drawable& drawable, bool translucent) {
    const auto program = programs_.get("surface.vert", "surface.frag", variants_of(drawable, translucent));
    TB_CHECK(program.has_value()); // all were compiled in `prepare`
    return **program;
}

bool Passes::visible(const Frame& frame, const Drawable& drawable) {
    const GpuMesh& mesh = meshes_.get(drawable.mesh);
    const glm::vec3 centre = glm::vec3(drawable.transform * glm::vec4(0.5f * (mesh.low + mesh.high), 1.0f));
    const float scale = glm::length(glm::vec3(drawable.transform[0]));
    const float radius = 0.5f * glm::length(mesh.high - mesh.low) * scale;
    return std::all_of(frame.planes.begin(), frame.planes.end(), [&](const glm::vec4& plane) {
        return glm::dot(glm::vec3(plane), centre) + plane.w > -radius;
    });
}

void Passes::set_decals(const Program& program, const RenderScene& scene) {
    const std::size_t n = std::min(scene.decals.size(), kDecals);
    std::vector<int> kinds;
    std::vector<glm::vec4> centres, normals;
    std::vector<glm::vec3> e1, colours;
    const Decal* film = nullptr;
    for (std::size_t i = 0; i < n; ++i) {
        const Decal& d = scene.decals[i];
        kinds.push_back(static_cast<int>(d.kind));
        centres.emplace_back(d.centre, d.half_size);
        normals.emplace_back(d.normal, d.strength);
        e1.push_back(d.e1);
        colours.push_back(d.colour);
        if (d.kind == Decal::Kind::Film && d.texels && film == nullptr) film = &d;
    }
    program.set("u_decal_count", static_cast<int>(n));
    program.set("u_decal_kind", kinds);
    program.set("u_decal_centre", centres);
    program.set("u_decal_normal", normals);
    program.set("u_decal_e1", e1);
    program.set("u_decal_colour", colours);
    program.set("u_film", 3);
    glActiveTexture(GL_TEXTURE3);
    glBindTexture(GL_TEXTURE_2D, film_);
    if (film != nullptr && (film->revision != film_revision_ || film->texels.get() != film_source_)) {
        TB_CHECK(film->texels->size() == static_cast<std::size_t>(film->cells) * static_cast<std::size_t>(film->cells));
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, film->cells, film->cells, 0, GL_RED, GL_UNSIGNED_BYTE, film->texels->data());
        film_revision_ = film->revision;
        film_source_ = film->texels.get();
    }
    glActiveTexture(GL_TEXTURE0);
}

void Passes::draw_surface(const Frame& frame, const Drawable& drawable, bool translucent) {
    const GpuMesh& mesh = meshes_.get(drawable.mesh);
    const Program& p = surface_program(drawable, translucent);
    p.use();
    p.set("u_view_projection", frame.view_projection);
    p.set("u_model", drawable.transform);
    p.set("u_normal_matrix", glm::mat3(glm::inverseTranspose(glm::mat3(drawable.transform))));
    p.set("u_eye", frame.scene.camera.eye);
    p.set("u_key", frame.key);
    p.set("u_fill", frame.fill);
    p.set("u_colour", drawable.colour);
    p.set("u_opacity", drawable.opacity);
    p.set("u_highlight", drawable.highlight);
    p.set("u_exposure", frame.scene.exposure);
    p.set("u_id", id_colour(drawable));
    p.set("u_clip", frame.clip);
    if (drawable.dented) {
        const Dent& d = frame.scene.dent;
        p.set("u_dent_centre", d.centre);
        p.set("u_dent_inward", d.inward);
        p.set("u_dent_shape", glm::vec3(d.depth, d.pad_radius, d.rim_radius));
    }
    if (drawable.material == Material::Skin) set_decals(p, frame.scene);
    glBindVertexArray(mesh.vertex_array);
    glDrawElements(GL_TRIANGLES, mesh.index_count, GL_UNSIGNED_INT, nullptr);
    triangles_ += static_cast<std::size_t>(mesh.index_count) / 3;
}

void Passes::draw_depth(const Frame& frame, const Drawable& drawable) {
    const auto program =
        programs_.get("surface.vert", "depth.frag", drawable.dented ? std::vector<std::string>{"DENT"} : std::vector<std::string>{});
    const GpuMesh& mesh = meshes_.get(drawable.mesh);
    const Program& p = **program;
    p.use();
    p.set("u_view_projection", frame.view_projection);
    p.set("u_model", drawable.transform);
    p.set("u_normal_matrix", glm::mat3(glm::inverseTranspose(glm::mat3(drawable.transform))));
    p.set("u_clip", frame.clip);
    if (drawable.dented) {
        const Dent& d = frame.scene.dent;
        p.set("u_dent_centre", d.centre);
        p.set("u_dent_inward", d.inward);
        p.set("u_dent_shape", glm::vec3(d.depth, d.pad_radius, d.rim_radius));
    }
    glBindVertexArray(mesh.vertex_array);
    glDrawElements(GL_TRIANGLES, mesh.index_count, GL_UNSIGNED_INT, nullptr);
}

void Passes::draw_lines(const Frame& frame, bool on_top) {
    const auto program = programs_.get("line.vert", "line.frag", {});
    for (const Line& line : frame.scene.lines) {
        if (line.on_top != on_top || line.points.size() < 2) continue;
        struct Corner {
            glm::vec3 at, neighbour;
            glm::vec2 side_along;
        };
        std::vector<Corner> strip;
        float along = 0.0f;
        for (std::size_t i = 0; i < line.points.size(); ++i) {
            const bool last = i + 1 == line.points.size();
            const glm::vec3 at = line.points[i];
            const glm::vec3 next = last ? at + (at - line.points[i - 1]) : line.points[i + 1];
            if (i > 0) along += glm::length(at - line.points[i - 1]);
            strip.push_back({at, next, {-1.0f, along}});
            strip.push_back({at, next, {1.0f, along}});
        }
        (*program)->use();
        (*program)->set("u_view_projection", frame.view_projection);
        (*program)->set("u_size_px", glm::vec2(frame.target.width(), frame.target.height()));
        (*program)->set("u_width_px", line.width_px * static_cast<float>(frame.target.height()) / 720.0f);
        (*program)->set("u_colour", line.colour);
        (*program)->set("u_dash_mm", line.dashed ? 4.0f : 0.0f);
        glBindVertexArray(line_array_);
        glBindBuffer(GL_ARRAY_BUFFER, line_buffer_);
        glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(strip.size() * sizeof(Corner)), strip.data(), GL_STREAM_DRAW);
        for (GLuint i = 0; i < 3; ++i) {
            glEnableVertexAttribArray(i);
            glVertexAttribPointer(i, i < 2 ? 3 : 2, GL_FLOAT, GL_FALSE, sizeof(Corner),
                                  reinterpret_cast<const void*>(i * sizeof(glm::vec3)));
        }
        glDrawArrays(GL_TRIANGLE_STRIP, 0, static_cast<GLsizei>(strip.size()));
    }
}

void Passes::draw(const RenderScene& scene, const Target& target) {
    triangles_ = 0;
    const float aspect = static_cast<float>(target.width()) / static_cast<float>(target.height());
    Frame frame{scene, target, view_projection(scene.camera, aspect), {}, {}, {}, {}};
    const glm::vec3 forward = glm::normalize(scene.camera.target - scene.camera.eye);
    const glm::vec3 right = glm::normalize(glm::cross(forward, scene.camera.up));
    const glm::vec3 up = glm::cross(right, forward);
    frame.key = glm::normalize(-forward * 0.75f + up * 0.62f - right * 0.50f);
    frame.fill = glm::normalize(-forward * 0.5f - up * 0.15f + right * 0.85f);
    if (scene.clip.on) frame.clip = {scene.clip.normal, -glm::dot(scene.clip.normal, scene.clip.point)};
    const glm::mat4 m = glm::transpose(frame.view_projection);
    frame.planes = {m[3] + m[0], m[3] - m[0], m[3] + m[1], m[3] - m[1], m[3] + m[2], m[3] - m[2]};
    for (glm::vec4& plane : frame.planes) plane /= glm::length(glm::vec3(plane));

    std::vector<const Drawable*> opaque, translucent;
    for (const Drawable& d : scene.drawables) {
        if (d.opacity > 0.0f && visible(frame, d)) (d.opacity >= 1.0f ? opaque : translucent).push_back(&d);
    }
    const auto distance = [&](const Drawable* d) {
        const GpuMesh& mesh = meshes_.get(d->mesh);
        return glm::length(glm::vec3(d->transform * glm::vec4(0.5f * (mesh.low + mesh.high), 1.0f)) - scene.camera.eye);
    };
    std::stable_sort(opaque.begin(), opaque.end(), [&](auto* a, auto* b) { return distance(a) < distance(b); });
    // Skin last: it encloses everything else that is translucent.
    std::stable_sort(translucent.begin(), translucent.end(), [&](auto* a, auto* b) {
        const bool skin_a = a->material == Material::Skin, skin_b = b->material == Material::Skin;
        return skin_a != skin_b ? skin_b : distance(a) > distance(b);
    });

    glBindFramebuffer(GL_FRAMEBUFFER, target.framebuffer());
    glViewport(0, 0, target.width(), target.height());
    static constexpr GLenum kBoth[] = {GL_COLOR_ATTACHMENT0, GL_COLOR_ATTACHMENT1};
    static constexpr GLenum kColour[] = {GL_COLOR_ATTACHMENT0};
    glDrawBuffers(2, kBoth);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_BLEND);
    glEnable(GL_DEPTH_TEST);
    glDepthFunc(GL_LESS);
    glDepthMask(GL_TRUE);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    if (scene.clip.on) {
        glDisable(GL_CULL_FACE); // the inside shows on the cut
    } else {
        glEnable(GL_CULL_FACE);
        glCullFace(GL_BACK);
    }
    for (const Drawable* d : opaque) draw_surface(frame, *d, false);

    glDrawBuffers(1, kColour);
    glDisable(GL_CULL_FACE);
    draw_lines(frame, false);

    glEnable(GL_CULL_FACE);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    for (const Drawable* d : translucent) {
        glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
        glDepthFunc(GL_LESS);
        draw_depth(frame, *d);
        glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
        glDepthFunc(GL_LEQUAL);
        glEnable(GL_BLEND);
        draw_surface(frame, *d, true);
        glDisable(GL_BLEND);
    }
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
    draw_lines(frame, true);
    glDrawBuffers(2, kBoth);
    glBindVertexArray(0);
}

void Passes::resolve(const RenderScene& scene, const Target& drawn, int x, int y, int width, int height) {
    glViewport(x, y, width, height);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_BLEND);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
    resolve_->use();
    const unsigned textures[] = {drawn.colour(), drawn.ids(), drawn.depth()};
    const char* names[] = {"u_colour", "u_id", "u_depth"};
    for (int i = 0; i < 3; ++i) {
        glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(i));
        glBindTexture(GL_TEXTURE_2D, textures[i]);
        resolve_->set(names[i], i);
    }
    glActiveTexture(GL_TEXTURE0);
    const Camera& c = scene.camera;
    resolve_->set("u_texel", glm::vec2(1.0f / static_cast<float>(drawn.width()), 1.0f / static_cast<float>(drawn.height())));
    resolve_->set("u_top", scene.background_top);
    resolve_->set("u_bottom", scene.background_bottom);
    resolve_->set("u_projection", glm::vec4(c.near_mm, c.far_mm, std::tan(glm::radians(c.fov_deg) * 0.5f),
                                            static_cast<float>(width) / static_cast<float>(height)));
    glBindVertexArray(empty_array_);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glBindVertexArray(0);
}

} // namespace tb::render
