#include "forge/write.h"

#include <algorithm>
#include <memory>

#include <assimp/Exporter.hpp>
#include <assimp/material.h>
#include <assimp/mesh.h>
#include <assimp/scene.h>
#include <fmt/format.h>

#include "base/hash.h"

namespace tb::forge {

namespace {

using geometry::Mesh;

aiVector3D* vectors(const std::vector<glm::vec3>& from) {
    auto* out = new aiVector3D[from.size()]; // owned by the scene
    for (std::size_t i = 0; i < from.size(); ++i)
        out[i] = {from[i].x, from[i].y, from[i].z};
    return out;
}

aiVector3D* vectors(const std::vector<glm::vec2>& from) {
    auto* out = new aiVector3D[from.size()];
    for (std::size_t i = 0; i < from.size(); ++i)
        out[i] = {from[i].x, from[i].y, 0.0F};
    return out;
}

aiMesh* converted(const Mesh& mesh, const std::string& name) {
    auto* out = new aiMesh;
    out->mName = name;
    out->mPrimitiveTypes = aiPrimitiveType_TRIANGLE;
    out->mNumVertices = static_cast<unsigned>(mesh.positions.size());
    out->mVertices = vectors(mesh.positions);
    out->mNormals = vectors(mesh.normals);
    if (!mesh.uv.empty()) {
        out->mTextureCoords[0] = vectors(mesh.uv);
        out->mTextureCoords[1] = vectors(mesh.w_part);
        out->mNumUVComponents[0] = out->mNumUVComponents[1] = 2;
        out->mColors[0] = new aiColor4D[mesh.positions.size()];
        for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
            const glm::vec3 c = mesh.fibre[i] * 0.5F + 0.5F;
            out->mColors[0][i] = {c.x, c.y, c.z, mesh.tendon[i]};
        }
    }
    out->mNumFaces = static_cast<unsigned>(mesh.triangle_count());
    out->mFaces = new aiFace[out->mNumFaces];
    for (unsigned t = 0; t < out->mNumFaces; ++t) {
        aiFace& face = out->mFaces[t];
        face.mNumIndices = 3;
        face.mIndices =
            new unsigned[3]{mesh.indices[3 * t], mesh.indices[3 * t + 1], mesh.indices[3 * t + 2]};
    }
    return out;
}

std::unique_ptr<aiScene> scene_of(std::span<const Built> built) {
    std::vector<aiMesh*> meshes; // owned by the scene below
    for (const Built& b : built)
        for (std::size_t level = 0; level < b.lods.size(); ++level)
            meshes.push_back(converted(b.lods[level], fmt::format("{}#{}", b.structure.id, level)));
    // The exporter copies its whole buffer at every array it adds: small meshes first makes that bearable.
    std::stable_sort(meshes.begin(), meshes.end(),
                     [](const aiMesh* a, const aiMesh* b) { return a->mNumVertices < b->mNumVertices; });
    auto scene = std::make_unique<aiScene>();
    const auto n = static_cast<unsigned>(meshes.size());
    scene->mMeshes = new aiMesh*[n];
    scene->mNumMeshes = n;
    scene->mRootNode = new aiNode("body");
    scene->mRootNode->mChildren = new aiNode*[n];
    scene->mRootNode->mNumChildren = n;
    for (unsigned i = 0; i < n; ++i) {
        scene->mMeshes[i] = meshes[i];
        auto* node = new aiNode(meshes[i]->mName.C_Str());
        node->mParent = scene->mRootNode;
        node->mNumMeshes = 1;
        node->mMeshes = new unsigned[1]{i};
        scene->mRootNode->mChildren[i] = node;
    }
    scene->mMaterials = new aiMaterial* [1] { new aiMaterial };
    scene->mNumMaterials = 1;
    return scene;
}

Expected<std::string> glb_of(std::span<const Built> built) {
    try {
        const std::unique_ptr<aiScene> scene = scene_of(built);
        Assimp::Exporter exporter;
        const aiExportDataBlob* blob = exporter.ExportToBlob(scene.get(), "glb2");
        if (blob == nullptr)
            return fail(ErrorCode::BadInput,
                        fmt::format("the meshes could not be turned into glTF: {}; report this as a bug",
                                    exporter.GetErrorString()));
        return std::string(static_cast<const char*>(blob->data), blob->size);
    } catch (const std::exception& e) {
        return fail(
            ErrorCode::BadInput,
            fmt::format("the meshes could not be turned into glTF: {}; report this as a bug", e.what()));
    }
}

} // namespace

Expected<BodyFiles> body_files(std::span<const Built> built, const Figures& figures, const FigureTexts& texts,
                               const anatomy::Variation& variation) {
    // What is written is taken for closed by whoever reads it with its digest.
    for (const Built& b : built) {
        if (b.lods.empty() || !geometry::check(b.lods[0]).closed())
            return fail(ErrorCode::BadInput,
                        fmt::format("the mesh of \"{}\" is not closed; correct its figure", b.structure.id));
    }
    BodyFiles files;
    Expected<std::string> glb = glb_of(built);
    if (!glb) return tl::make_unexpected(glb.error());
    files.glb = std::move(*glb);

    anatomy::Catalogue catalogue;
    std::string hashed;
    for (const FigureFile& file : kFigureFiles)
        hashed += texts.*file.text;
    hashed += fmt::format("forge {}", kForgeVersion);
    catalogue.content_hash = sha256_hex(hashed);
    catalogue.mesh_digest = anatomy::mesh_digest(files.glb);
    catalogue.source = figures.source;
    for (const Built& b : built)
        catalogue.structures.push_back(b.structure);
    catalogue.landmarks = figures.landmarks;
    catalogue.variation = variation;
    files.catalogue = write_json(anatomy::to_json(catalogue)) + "\n";
    return files;
}

} // namespace tb::forge
