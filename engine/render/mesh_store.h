// Meshes on the graphics card: uploaded once per (id, revision). Inside module render.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "render/render_scene.h"

namespace tb::render {

/// A run of neighbouring triangles that is skipped as a whole when out of sight or turned away.
struct Chunk {
    int first_index = 0, index_count = 0;
    glm::vec3 centre{0.0f};
    float radius = 0.0f;
    glm::vec3 axis{0.0f, 0.0f, 1.0f}; ///< mean direction of its triangles
    float spread = 1.0f; ///< sine of the widest angle to `axis`; 1: faces all around, never turned away
};

struct GpuMesh {
    unsigned vertex_array = 0, vertices = 0, indices = 0;
    int index_count = 0;
    std::uint32_t revision = 0;
    glm::vec3 low{0.0f}, high{0.0f}; ///< bounds
    float length_mm = 0.0f;          ///< mean length along u, for the scale of fibres; 0 without uv
    float width_mm = 0.0f;           ///< mean width along v
    std::vector<Chunk> chunks;
};

class MeshStore {
public:
    MeshStore() = default;
    ~MeshStore();
    MeshStore(const MeshStore&) = delete;
    MeshStore& operator=(const MeshStore&) = delete;

    /// The mesh of `ref`, uploaded now if it is not there yet. The reference stays valid until the id's next
    /// revision.
    const GpuMesh& get(const MeshRef& ref);

private:
    std::map<std::uint64_t, GpuMesh> meshes_;
};

} // namespace tb::render
