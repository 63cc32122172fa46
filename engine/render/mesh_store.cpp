#include "render/mesh_store.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <glad/gl.h>

#include "base/check.h"

namespace tb::render {
namespace {

/// As surface.vert reads it; small integers where a float would be wasted.
struct Vertex {
    glm::vec3 position;
    std::int16_t normal[4];
    glm::vec2 uv;
    std::int16_t fibre_tendon[4];
    float part;
};

constexpr std::size_t kChunkTriangles = 384;

std::int16_t signed_short(float v) {
    return static_cast<std::int16_t>(std::lround(glm::clamp(v, -1.0f, 1.0f) * 32767.0f));
}

void release(const GpuMesh& mesh) {
    glDeleteVertexArrays(1, &mesh.vertex_array);
    glDeleteBuffers(1, &mesh.vertices);
    glDeleteBuffers(1, &mesh.indices);
}

std::vector<Vertex> vertices_of(const geometry::Mesh& mesh) {
    std::vector<Vertex> vertices(mesh.positions.size());
    for (std::size_t i = 0; i < vertices.size(); ++i) {
        Vertex& v = vertices[i];
        v.position = mesh.positions[i];
        const glm::vec3 n = mesh.normals.empty() ? glm::vec3(0, 0, 1) : mesh.normals[i];
        const glm::vec3 f = mesh.fibre.empty() ? glm::vec3(0.0f) : mesh.fibre[i];
        for (int k = 0; k < 3; ++k) {
            v.normal[k] = signed_short(n[k]);
            v.fibre_tendon[k] = signed_short(f[k]);
        }
        v.normal[3] = 0;
        v.fibre_tendon[3] = signed_short(mesh.tendon.empty() ? 0.0f : mesh.tendon[i]);
        v.uv = mesh.uv.empty() ? glm::vec2(0.0f) : mesh.uv[i];
        v.part = mesh.w_part.empty() ? 0.0f : mesh.w_part[i].y;
    }
    return vertices;
}

Chunk chunk_of(const geometry::Mesh& mesh, std::size_t first, std::size_t count) {
    Chunk c;
    c.first_index = static_cast<int>(first);
    c.index_count = static_cast<int>(count);
    glm::vec3 low(1e30f), high(-1e30f), sum(0.0f);
    std::vector<glm::vec3> facing;
    for (std::size_t i = first; i + 2 < first + count; i += 3) {
        const glm::vec3 a = mesh.positions[mesh.indices[i]], b = mesh.positions[mesh.indices[i + 1]],
                        d = mesh.positions[mesh.indices[i + 2]];
        low = glm::min(low, glm::min(a, glm::min(b, d)));
        high = glm::max(high, glm::max(a, glm::max(b, d)));
        const glm::vec3 n = glm::cross(b - a, d - a);
        const float length = glm::length(n);
        if (length < 1e-9f) continue;
        facing.push_back(n / length);
        sum += n / length;
    }
    c.centre = 0.5f * (low + high);
    c.radius = 0.5f * glm::length(high - low);
    if (glm::length(sum) < 1e-3f) return c;
    c.axis = glm::normalize(sum);
    float least = 1.0f;
    for (const glm::vec3& n : facing)
        least = std::min(least, glm::dot(n, c.axis));
    c.spread = least <= 0.0f ? 1.0f : std::sqrt(1.0f - least * least);
    return c;
}

/// Mean lengths along u and v, from the gradients of uv over the triangles, weighted by area.
void measure_lattice(const geometry::Mesh& mesh, GpuMesh& gpu) {
    if (mesh.uv.empty()) return;
    double area_sum = 0.0, du_sum = 0.0, dv_sum = 0.0;
    for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
        const std::uint32_t ia = mesh.indices[i], ib = mesh.indices[i + 1], ic = mesh.indices[i + 2];
        const glm::vec3 e1 = mesh.positions[ib] - mesh.positions[ia],
                        e2 = mesh.positions[ic] - mesh.positions[ia];
        const glm::vec3 n = glm::cross(e1, e2);
        const float twice = glm::dot(n, n);
        if (twice < 1e-12f) continue;
        const glm::vec2 d1 = mesh.uv[ib] - mesh.uv[ia], d2 = mesh.uv[ic] - mesh.uv[ia];
        const glm::vec3 g1 = glm::cross(e2, n) / twice, g2 = glm::cross(n, e1) / twice;
        const double area = 0.5 * std::sqrt(static_cast<double>(twice));
        area_sum += area;
        du_sum += area * static_cast<double>(glm::length(d1.x * g1 + d2.x * g2));
        dv_sum += area * static_cast<double>(glm::length(d1.y * g1 + d2.y * g2));
    }
    if (du_sum > 0.0) gpu.length_mm = static_cast<float>(area_sum / du_sum);
    if (dv_sum > 0.0) gpu.width_mm = static_cast<float>(area_sum / dv_sum);
}

GpuMesh upload(const geometry::Mesh& mesh) {
    GpuMesh gpu;
    if (!mesh.positions.empty()) {
        gpu.low = gpu.high = mesh.positions.front();
        for (const glm::vec3& p : mesh.positions) {
            gpu.low = glm::min(gpu.low, p);
            gpu.high = glm::max(gpu.high, p);
        }
    }
    measure_lattice(mesh, gpu);
    for (std::size_t first = 0; first < mesh.indices.size(); first += 3 * kChunkTriangles) {
        gpu.chunks.push_back(
            chunk_of(mesh, first, std::min(3 * kChunkTriangles, mesh.indices.size() - first)));
    }
    const std::vector<Vertex> vertices = vertices_of(mesh);
    glGenVertexArrays(1, &gpu.vertex_array);
    glBindVertexArray(gpu.vertex_array);
    glGenBuffers(1, &gpu.vertices);
    glBindBuffer(GL_ARRAY_BUFFER, gpu.vertices);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices.size() * sizeof(Vertex)), vertices.data(),
                 GL_STATIC_DRAW);
    const auto attribute = [](GLuint place, GLint count, GLenum type, GLboolean normalised,
                              std::size_t offset) {
        glEnableVertexAttribArray(place);
        glVertexAttribPointer(place, count, type, normalised, sizeof(Vertex),
                              reinterpret_cast<const void*>(offset));
    };
    attribute(0, 3, GL_FLOAT, GL_FALSE, offsetof(Vertex, position));
    attribute(1, 4, GL_SHORT, GL_TRUE, offsetof(Vertex, normal));
    attribute(2, 2, GL_FLOAT, GL_FALSE, offsetof(Vertex, uv));
    attribute(3, 4, GL_SHORT, GL_TRUE, offsetof(Vertex, fibre_tendon));
    attribute(4, 1, GL_FLOAT, GL_FALSE, offsetof(Vertex, part));
    glGenBuffers(1, &gpu.indices);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, gpu.indices);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(mesh.indices.size() * sizeof(std::uint32_t)), mesh.indices.data(),
                 GL_STATIC_DRAW);
    glBindVertexArray(0);
    gpu.index_count = static_cast<int>(mesh.indices.size());
    return gpu;
}

} // namespace

MeshStore::~MeshStore() {
    for (const auto& [id, mesh] : meshes_)
        release(mesh);
}

const GpuMesh& MeshStore::get(const MeshRef& ref) {
    TB_CHECK(ref.mesh != nullptr);
    const auto it = meshes_.find(ref.id);
    if (it != meshes_.end() && it->second.revision == ref.revision) return it->second;
    if (it != meshes_.end()) release(it->second);
    GpuMesh& mesh = meshes_[ref.id] = upload(*ref.mesh);
    mesh.revision = ref.revision;
    return mesh;
}

} // namespace tb::render
