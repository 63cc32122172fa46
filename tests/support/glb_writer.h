// Writes a small binary glTF in the form of the forge, byte by byte, so that loader tests depend on no
// exporter.
#pragma once

#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "geometry/mesh.h"

namespace tb::test {

struct NamedMesh {
    std::string name; ///< "<id>#<lod>"
    const geometry::Mesh* mesh = nullptr;
};

inline std::string write_glb(const std::vector<NamedMesh>& meshes) {
    std::string bin;
    Json views = Json::array(), accessors = Json::array(), nodes = Json::array(), list = Json::array();
    const auto accessor = [&](const void* data, std::size_t bytes, std::size_t count, const char* type,
                              int component) {
        views.push_back({{"buffer", 0}, {"byteOffset", bin.size()}, {"byteLength", bytes}});
        accessors.push_back({{"bufferView", views.size() - 1},
                             {"componentType", component},
                             {"count", count},
                             {"type", type}});
        bin.append(static_cast<const char*>(data), bytes);
        return accessors.size() - 1;
    };
    const auto floats = [&](const auto& values, const char* type) {
        return accessor(values.data(), values.size() * sizeof(values[0]), values.size(), type, 5126);
    };
    Json children = Json::array();
    for (const NamedMesh& named : meshes) {
        const geometry::Mesh& mesh = *named.mesh;
        Json attributes = Json::object();
        attributes["POSITION"] = floats(mesh.positions, "VEC3");
        attributes["NORMAL"] = floats(mesh.normals, "VEC3");
        if (!mesh.uv.empty()) {
            // glTF counts v downwards and the library turns it round on reading.
            const auto turned = [](std::vector<glm::vec2> uv) {
                for (glm::vec2& c : uv)
                    c.y = 1.0F - c.y;
                return uv;
            };
            attributes["TEXCOORD_0"] = floats(turned(mesh.uv), "VEC2");
            attributes["TEXCOORD_1"] = floats(turned(mesh.w_part), "VEC2");
            std::vector<glm::vec4> colours;
            for (std::size_t i = 0; i < mesh.fibre.size(); ++i) {
                colours.emplace_back(0.5F * mesh.fibre[i] + 0.5F, mesh.tendon[i]);
            }
            attributes["COLOR_0"] = floats(colours, "VEC4");
        }
        const auto indices =
            accessor(mesh.indices.data(), 4 * mesh.indices.size(), mesh.indices.size(), "SCALAR", 5125);
        Json primitive = {{"attributes", attributes}, {"indices", indices}, {"mode", 4}};
        list.push_back({{"name", named.name}, {"primitives", Json::array({primitive})}});
        children.push_back(nodes.size() + 1);
        nodes.push_back({{"name", named.name}, {"mesh", list.size() - 1}});
    }
    Json root_node = {{"name", "body"}, {"children", children}};
    nodes.insert(nodes.begin(), root_node);
    Json root = {{"asset", {{"version", "2.0"}}}, {"scene", 0}};
    root["scenes"] = Json::array({Json{{"nodes", Json::array({0})}}});
    root["nodes"] = nodes;
    root["meshes"] = list;
    root["accessors"] = accessors;
    root["bufferViews"] = views;
    root["buffers"] = Json::array({Json{{"byteLength", bin.size()}}});
    std::string json = write_json(root);
    json.resize((json.size() + 3) / 4 * 4, ' ');

    std::string out;
    const auto word = [&](std::uint32_t value) {
        char bytes[4];
        std::memcpy(bytes, &value, 4);
        out.append(bytes, 4);
    };
    out += "glTF";
    word(2);
    word(static_cast<std::uint32_t>(12 + 8 + json.size() + 8 + bin.size()));
    word(static_cast<std::uint32_t>(json.size()));
    out += "JSON";
    out += json;
    word(static_cast<std::uint32_t>(bin.size()));
    out += std::string("BIN\0", 4);
    out += bin;
    return out;
}

} // namespace tb::test
