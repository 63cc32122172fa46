#include "render/mesh_store.h"

#include <cstddef>

#include <glad/gl.h>

#include "base/check.h"

namespace tb::render {
namespace {

/// As the shaders read it; small integers where a float would be wasted.
struct Vertex {
    glm::vec3 position;
    std::int8_t normal[4];
    glm::vec2 uv;
    std::int8_t fibre_tendon[4];
    float w_part[2];
};

std::int8_t signed_byte(float v) { return static_cast<std::int8_t>(glm::clamp(v, -1.0f, 1.0f) * 127.0f); }

void release(const GpuMesh& mesh) {
    glDeleteVertexArrays(1, &mesh.vertex_array);
    glDeleteBuffers(1, &mesh.vertices);
    glDeleteBuffers(1, &mesh.indices);
}

} // namespace

MeshStore::~MeshStore() {
    for (const auto& [id, mesh] : meshes_) release(mesh);
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

GpuMesh MeshStore::upload(const geometry::Mesh& mesh) {
    std::vector<Vertex> vertices(mesh.positions.size());
    GpuMesh gpu;
    gpu.low = glm::vec3(1e30f);
    gpu.high = glm::vec3(-1e30f);
    for (std::size_t i = 0; i < vertices.size(); ++i) {
        Vertex& v = vertices[i];
        v.position = mesh.positions[i];
        gpu.low = glm::min(gpu.low, v.position);
        gpu.high = glm::max(gpu.high, v.position);
        const glm::vec3 n = mesh.normals.empty() ? glm::vec3(0, 0, 1) : mesh.normals[i];
        const glm::vec3 f = mesh.fibre.empty() ? glm::vec3(0.0f) : mesh.fibre[i];
        const float tendon = mesh.tendon.empty() ? 0.0f : mesh.tendon[i];
        for (int k = 0; k < 3; ++k) {
            v.normal[k] = signed_byte(n[k]);
            v.fibre_tendon[k] = signed_byte(f[k]);
        }
        v.normal[3] = 0;
        v.fibre_tendon[3] = signed_byte(tendon);
        v.uv = mesh.uv.empty() ? glm::vec2(0.0f) : mesh.uv[i];
        v.w_part[0] = mesh.w_part.empty() ? 0.0f : mesh.w_part[i].x;
        v.w_part[1] = mesh.w_part.empty() ? 0.0f : mesh.w_part[i].y;
    }
    glGenVertexArrays(1, &gpu.vertex_array);
    glBindVertexArray(gpu.vertex_array);
    glGenBuffers(1, &gpu.vertices);
    glBindBuffer(GL_ARRAY_BUFFER, gpu.vertices);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices.size() * sizeof(Vertex)), vertices.data(), GL_STATIC_DRAW);
    const auto attribute = [](GLuint place, GLint count, GLenum type, GLboolean normalised, std::size_t offset) {
        glEnableVertexAttribArray(place);
        glVertexAttribPointer(place, count, type, normalised, sizeof(Vertex), reinterpret_cast<const void*>(offset));
    };
    attribute(0, 3, GL_FLOAT, GL_FALSE, offsetof(Vertex, position));
    attribute(1, 3, GL_BYTE, GL_TRUE, offsetof(Vertex, normal));
    attribute(2, 2, GL_FLOAT, GL_FALSE, offsetof(Vertex, uv));
    attribute(3, 4, GL_BYTE, GL_TRUE, offsetof(Vertex, fibre_tendon));
    attribute(4, 2, GL_FLOAT, GL_FALSE, offsetof(Vertex, w_part));
    glGenBuffers(1, &gpu.indices);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, gpu.indices);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(mesh.indices.size() * sizeof(std::uint32_t)),
                 mesh.indices.data(), GL_STATIC_DRAW);
    glBindVertexArray(0);
    gpu.index_count = static_cast<int>(mesh.indices.size());
    return gpu;
}

} // namespace tb::render
