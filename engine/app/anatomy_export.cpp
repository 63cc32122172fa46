#include "app/anatomy_export.h"

#include <iterator>
#include <memory>

#include <assimp/Exporter.hpp>
#include <assimp/commonMetaData.h>
#include <assimp/scene.h>
#include <fmt/format.h>

namespace tb::app {

std::string obj_text(const anatomy::Structure& structure, const geometry::Mesh& mesh,
                     const std::string& source) {
    fmt::memory_buffer out;
    const auto it = std::back_inserter(out);
    fmt::format_to(it, "# {} ({}), millimetres, x = left, y = up, z = front\n# {}\no {}\n", structure.name,
                   structure.id, source, structure.id);
    for (const auto& p : mesh.positions)
        fmt::format_to(it, "v {:.4f} {:.4f} {:.4f}\n", p.x, p.y, p.z);
    for (const auto& n : mesh.normals)
        fmt::format_to(it, "vn {:.4f} {:.4f} {:.4f}\n", n.x, n.y, n.z);
    const bool normals = !mesh.normals.empty();
    for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
        const auto a = mesh.indices[i] + 1, b = mesh.indices[i + 1] + 1, c = mesh.indices[i + 2] + 1;
        if (normals) {
            fmt::format_to(it, "f {}//{} {}//{} {}//{}\n", a, a, b, b, c, c);
        } else {
            fmt::format_to(it, "f {} {} {}\n", a, b, c);
        }
    }
    return fmt::to_string(out);
}

Expected<std::string> glb_bytes(const anatomy::Structure& structure, const geometry::Mesh& mesh,
                                const std::string& source) {
    // Assimp's scene owns what it is given.
    const auto scene = std::make_unique<aiScene>();
    scene->mRootNode = new aiNode(structure.id);
    scene->mRootNode->mNumMeshes = 1;
    scene->mRootNode->mMeshes = new unsigned[1]{0};
    scene->mNumMaterials = 1;
    scene->mMaterials = new aiMaterial* [1] { new aiMaterial() };
    scene->mNumMeshes = 1;
    auto* m = new aiMesh();
    scene->mMeshes = new aiMesh* [1] { m };
    m->mName = structure.id;
    m->mPrimitiveTypes = aiPrimitiveType_TRIANGLE;
    m->mNumVertices = static_cast<unsigned>(mesh.positions.size());
    m->mVertices = new aiVector3D[m->mNumVertices];
    m->mNormals = mesh.normals.empty() ? nullptr : new aiVector3D[m->mNumVertices];
    for (unsigned i = 0; i < m->mNumVertices; ++i) {
        m->mVertices[i] = {mesh.positions[i].x, mesh.positions[i].y, mesh.positions[i].z};
        if (m->mNormals != nullptr)
            m->mNormals[i] = {mesh.normals[i].x, mesh.normals[i].y, mesh.normals[i].z};
    }
    m->mNumFaces = static_cast<unsigned>(mesh.triangle_count());
    m->mFaces = new aiFace[m->mNumFaces];
    for (unsigned f = 0; f < m->mNumFaces; ++f) {
        m->mFaces[f].mNumIndices = 3;
        m->mFaces[f].mIndices =
            new unsigned[3]{mesh.indices[3 * f], mesh.indices[3 * f + 1], mesh.indices[3 * f + 2]};
    }
    scene->mMetaData = aiMetadata::Alloc(1);
    scene->mMetaData->Set(0, AI_METADATA_SOURCE_COPYRIGHT, aiString(source));

    Assimp::Exporter exporter;
    const aiExportDataBlob* blob = exporter.ExportToBlob(scene.get(), "glb2");
    if (blob == nullptr) {
        return fail(ErrorCode::BadInput,
                    fmt::format("the mesh could not be written as GLB ({})", exporter.GetErrorString()),
                    structure.id);
    }
    return std::string(static_cast<const char*>(blob->data), blob->size);
}

} // namespace tb::app
