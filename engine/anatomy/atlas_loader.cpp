#include "anatomy/atlas_loader.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include <assimp/Importer.hpp>
#include <assimp/scene.h>
#include <fmt/format.h>

#include "anatomy/fields.h"
#include "anatomy/glb_check.h"

namespace tb::anatomy {
namespace {

constexpr double kVolumeTolerance = 0.01;    // of the catalogue's volume
constexpr double kVolumeRounding_ml = 0.002; // the catalogue rounds volumes
constexpr const char* kRemedy = "restore the file or build the body again";

using Meshes = std::vector<std::vector<geometry::Mesh>>;

/// Adds the faults of `from` to `faults`, or gives its value.
template <class T>
std::optional<T> take(ExpectedAll<T> from, std::vector<Error>& faults) {
    if (from) return std::move(*from);
    faults.insert(faults.end(), from.error().begin(), from.error().end());
    return std::nullopt;
}

std::optional<Json> take_json(std::string_view text, const std::string& name, std::vector<Error>& faults) {
    auto json = parse_json(text, name);
    if (json) return std::move(*json);
    faults.push_back(json.error());
    return std::nullopt;
}

bool finite(const aiVector3D& v, float reach) {
    return std::abs(v.x) <= reach && std::abs(v.y) <= reach && std::abs(v.z) <= reach; // false for NaN
}

/// Every mesh of the scene by its name.
std::map<std::string, const aiMesh*, std::less<>> meshes_by_name(const aiScene& scene) {
    std::map<std::string, const aiMesh*, std::less<>> out;
    for (unsigned i = 0; i < scene.mNumMeshes; ++i)
        out.emplace(scene.mMeshes[i]->mName.C_Str(), scene.mMeshes[i]);
    return out;
}

/// Copies a mesh and its attributes; a fault as part of a sentence otherwise.
tl::expected<geometry::Mesh, std::string> convert(const aiMesh& from, bool needs_lattice) {
    if (!from.HasPositions() || !from.HasFaces()) return tl::make_unexpected(std::string("is empty"));
    if (!from.HasNormals()) return tl::make_unexpected(std::string("has no normals"));
    const bool has_lattice = from.HasTextureCoords(0) && from.HasTextureCoords(1) && from.HasVertexColors(0);
    if (needs_lattice && !has_lattice)
        return tl::make_unexpected(std::string("has no lattice coordinates and fibres"));

    geometry::Mesh mesh;
    const unsigned count = from.mNumVertices;
    mesh.positions.reserve(count);
    mesh.normals.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        const aiVector3D& p = from.mVertices[i];
        const aiVector3D& n = from.mNormals[i];
        if (!finite(p, static_cast<float>(kBodyReach_mm)))
            return tl::make_unexpected(std::string("has a corner outside any body"));
        if (!finite(n, 1.01F)) return tl::make_unexpected(std::string("has a damaged normal"));
        mesh.positions.emplace_back(p.x, p.y, p.z);
        mesh.normals.emplace_back(n.x, n.y, n.z);
    }
    if (needs_lattice) {
        mesh.uv.reserve(count);
        mesh.w_part.reserve(count);
        mesh.fibre.reserve(count);
        mesh.tendon.reserve(count);
        for (unsigned i = 0; i < count; ++i) {
            const aiVector3D& uv = from.mTextureCoords[0][i];
            const aiVector3D& wp = from.mTextureCoords[1][i];
            const aiColor4D& c = from.mColors[0][i];
            if (!finite(uv, 2.0F) || !finite(wp, 1000.0F) || !finite({c.r, c.g, c.b}, 2.0F) ||
                !(std::abs(c.a) <= 2.0F)) {
                return tl::make_unexpected(std::string("has damaged lattice coordinates"));
            }
            mesh.uv.emplace_back(uv.x, uv.y);
            mesh.w_part.emplace_back(wp.x, std::round(wp.y));
            const glm::vec3 fibre(2.0F * c.r - 1.0F, 2.0F * c.g - 1.0F, 2.0F * c.b - 1.0F);
            const float length = glm::length(fibre);
            mesh.fibre.push_back(length > 0.5F ? fibre / length : glm::vec3(0.0F));
            mesh.tendon.push_back(c.a);
        }
    }
    mesh.indices.reserve(std::size_t{3} * from.mNumFaces);
    for (unsigned f = 0; f < from.mNumFaces; ++f) {
        const aiFace& face = from.mFaces[f];
        if (face.mNumIndices != 3) return tl::make_unexpected(std::string("is not made of triangles alone"));
        for (unsigned k = 0; k < 3; ++k) {
            if (face.mIndices[k] >= count)
                return tl::make_unexpected(std::string("has a triangle without corner"));
            mesh.indices.push_back(face.mIndices[k]);
        }
    }
    return mesh;
}

/// What is wrong with the finest mesh of a structure, as part of a sentence. `sealed`: it is, byte for byte,
/// the mesh that the forge found closed when it wrote the catalogue; to ask again takes a tenth of the
/// loading.
std::optional<std::string> solid_fault(const geometry::Mesh& mesh, const Structure& structure, bool sealed) {
    if (const geometry::MeshCheck check = sealed ? geometry::MeshCheck{} : geometry::check(mesh);
        !check.closed()) {
        return fmt::format("is not closed ({} open and {} crowded edges, {} triangles without area)",
                           check.open_edges, check.crowded_edges, check.degenerate);
    }
    const double volume_ml = geometry::volume_mm3(mesh) / 1000.0;
    if (volume_ml <= 0.0) return std::string("is inside out");
    if (std::abs(volume_ml - structure.volume_ml) >
        kVolumeTolerance * structure.volume_ml + kVolumeRounding_ml) {
        return fmt::format("has {:.3f} mL where the catalogue says {:.3f}", volume_ml, structure.volume_ml);
    }
    if (!structure.parts.empty()) {
        for (const glm::vec2& wp : mesh.w_part) {
            if (wp.y < 0.0F || wp.y >= static_cast<float>(structure.parts.size())) {
                return std::string("names a muscle part that the catalogue does not have");
            }
        }
    }
    return std::nullopt;
}

/// The levels of detail of every structure; left twins are mirrored from the right side.
Meshes collect(const aiScene& scene, const Catalogue& catalogue, const std::string& source,
               std::vector<Error>& faults) {
    const auto found = meshes_by_name(scene);
    std::size_t used = 0;
    Meshes out(catalogue.structures.size());
    const auto fault = [&](std::string message) {
        faults.push_back({ErrorCode::BadInput, std::move(message), source});
    };
    for (std::size_t i = 0; i < out.size(); ++i) {
        const Structure& structure = catalogue.structures[i];
        for (int lod = 0; lod < structure.lods; ++lod) {
            const std::string name = fmt::format("{}#{}", structure.id, lod);
            const auto it = found.find(name);
            if (it == found.end()) {
                // Left twins follow all written structures, so their right side has been read.
                const StructureId right =
                    structure.side == Side::Left && structure.id.ends_with("_l")
                        ? catalogue.find(structure.id.substr(0, structure.id.size() - 2) + "_r")
                        : StructureId{};
                if (!right.valid()) {
                    fault(fmt::format("the mesh \"{}\" is missing; {}", name, kRemedy));
                } else if (static_cast<std::size_t>(lod) < out[right.index].size()) {
                    out[i].push_back(geometry::mirrored(out[right.index][static_cast<std::size_t>(lod)]));
                }
                continue;
            }
            ++used;
            auto mesh = convert(*it->second, !structure.parts.empty());
            if (!mesh) {
                fault(fmt::format("the mesh \"{}\" {}; {}", name, mesh.error(), kRemedy));
                continue;
            }
            if (lod == 0) {
                if (const auto what = solid_fault(*mesh, structure, !catalogue.mesh_digest.empty()))
                    fault(fmt::format("the mesh \"{}\" {}; {}", name, *what, kRemedy));
            }
            out[i].push_back(std::move(*mesh));
        }
    }
    for (std::size_t i = 0; i < out.size() && faults.empty(); ++i) {
        if (out[i].empty())
            fault(fmt::format("the structure \"{}\" has no mesh; {}", catalogue.structures[i].id, kRemedy));
    }
    if (used < scene.mNumMeshes && faults.empty()) {
        fault(fmt::format("it holds {} meshes that the catalogue does not name; {}", scene.mNumMeshes - used,
                          kRemedy));
    }
    return out;
}

Meshes read_glb(const AtlasBytes& bytes, const Catalogue& catalogue, std::vector<Error>& faults) {
    const auto fault = [&](std::string what) {
        faults.push_back({ErrorCode::BadInput, fmt::format("the mesh file is damaged: {}; {}", what, kRemedy),
                          bytes.glb_name});
    };
    if (!catalogue.mesh_digest.empty() && !bytes.glb.empty() &&
        mesh_digest(bytes.glb) != catalogue.mesh_digest) {
        fault(bytes.glb.size() < 20 ? "it is too short"
                                    : "its bytes are not those that the catalogue was written for");
        return {};
    }
    if (const auto what = glb_fault(bytes.glb)) {
        fault(*what);
        return {};
    }
    try {
        Assimp::Importer importer;
        // No post-processing: it would split or join vertices, and closedness is judged on shared ones.
        const aiScene* scene = importer.ReadFileFromMemory(bytes.glb.data(), bytes.glb.size(), 0, "glb");
        if (scene == nullptr) {
            fault(importer.GetErrorString());
            return {};
        }
        return collect(*scene, catalogue, bytes.glb_name, faults);
    } catch (const std::exception& e) {
        fault(e.what());
    }
    return {};
}

void check_points(const std::vector<TriggerPoint>& points, const Catalogue& catalogue,
                  const std::string& source, std::vector<Error>& faults) {
    for (const TriggerPoint& point : points) {
        if (point.muscle.empty()) continue;
        const StructureId id = catalogue.find(point.muscle + "_r");
        const auto fault = [&](std::string_view what, const std::string& name) {
            faults.push_back(
                {ErrorCode::BadInput,
                 fmt::format(
                     "trigger point \"{}\" lies in the {} \"{}\", which the body does not have; correct "
                     "the point or build the body again",
                     point.id, what, name),
                 source});
        };
        if (!id.valid()) {
            fault("muscle", point.muscle);
            continue;
        }
        const auto& parts = catalogue.structures[id.index].parts;
        const bool known = std::any_of(parts.begin(), parts.end(),
                                       [&](const MusclePart& p) { return p.name == point.part; });
        if (!known) fault("muscle part", point.muscle + "/" + point.part);
        for (const LandmarkDistance& l : point.landmarks) {
            if (const std::string name = unknown_landmark(l.from, catalogue); !name.empty())
                fault("landmark", name);
        }
    }
}

} // namespace

ExpectedAll<Atlas> load_atlas(const AtlasBytes& bytes) {
    std::vector<Error> faults;
    std::optional<Catalogue> catalogue;
    if (const auto json = take_json(bytes.catalogue, bytes.catalogue_name, faults)) {
        catalogue = take(catalogue_from_json(*json, bytes.catalogue_name), faults);
    }
    std::vector<TriggerPoint> points;
    std::vector<ReferralZone> zones;
    if (const auto json = take_json(bytes.trigger_points, bytes.trigger_points_name, faults)) {
        auto read = take(trigger_points_from_json(*json, bytes.trigger_points_name), faults);
        if (read) points = std::move(*read);
        if (auto read_zones = referral_zones_from_json(*json, bytes.trigger_points_name))
            zones = std::move(*read_zones);
    }
    if (!catalogue) return tl::make_unexpected(std::move(faults));

    const auto skins = std::count_if(catalogue->structures.begin(), catalogue->structures.end(),
                                     [](const Structure& s) { return s.kind == StructureKind::Skin; });
    if (skins != 1) {
        faults.push_back(
            {ErrorCode::BadInput,
             fmt::format("the body has {} skins where one is needed; build the body again", skins),
             bytes.catalogue_name});
    }
    if (!bytes.referral_zones.empty()) {
        if (const auto json = take_json(bytes.referral_zones, bytes.referral_zones_name, faults)) {
            auto read =
                take(add_strokes(std::move(zones), *json, bytes.referral_zones_name, &*catalogue), faults);
            if (read) zones = std::move(*read);
        }
    }
    check_points(points, *catalogue, bytes.trigger_points_name, faults);
    Meshes meshes = read_glb(bytes, *catalogue, faults);
    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return Atlas(std::move(*catalogue), std::move(meshes), std::move(points), std::move(zones));
}

} // namespace tb::anatomy
