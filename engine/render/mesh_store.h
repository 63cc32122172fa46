// Meshes on the graphics card: uploaded once per (id, revision). Inside module render.
#pragma once

#include <cstdint>
#include <map>

#include "render/render_scene.h"

namespace tb::render {

struct GpuMesh {
    unsigned vertex_array = 0, vertices = 0, indices = 0;
    int index_count = 0;
    std::uint32_t revision = 0;
    glm::vec3 low{0.0f}, high{0.0f}; ///< bounds, for culling
};

class MeshStore {
public:
    MeshStore() = default;
    ~MeshStore();
    MeshStore(const MeshStore&) = delete;
    MeshStore& operator=(const MeshStore&) = delete;

    const GpuMesh& get(const MeshRef& ref);

private:
    static GpuMesh upload(const geometry::Mesh& mesh);
    std::map<std::uint64_t, GpuMesh> meshes_;
};

} // namespace tb::render
