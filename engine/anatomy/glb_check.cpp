#include "anatomy/glb_check.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <vector>

#include <fmt/format.h>

#include "base/json.h"

namespace tb::anatomy {
namespace {

constexpr std::uint32_t kMagic = 0x46546C67;     // "glTF"
constexpr std::uint32_t kJsonChunk = 0x4E4F534A; // "JSON"
constexpr std::uint32_t kBinChunk = 0x004E4942;  // "BIN"
constexpr std::size_t kHeader = 12, kChunkHeader = 8;
constexpr std::size_t kMostNodes = 20000;
constexpr int kDeepestNode = 4;
constexpr int kByte = 5121, kShort = 5123, kInt = 5125,
              kFloat = 5126; // component types; unsigned integers only

/// A fault that ends the look; caught in glb_fault.
struct Fault {
    std::string what;
};

std::uint32_t word_at(std::string_view bytes, std::size_t offset) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

struct Container {
    std::string_view json, bin;
};

Container open(std::string_view bytes) {
    if (bytes.empty()) throw Fault{"it is empty"};
    if (bytes.size() < kHeader + kChunkHeader || word_at(bytes, 0) != kMagic || word_at(bytes, 4) != 2) {
        throw Fault{"it does not begin like a binary glTF 2 file"};
    }
    const std::size_t length = word_at(bytes, 8);
    if (length != bytes.size())
        throw Fault{fmt::format("it has {} bytes where its header says {}", bytes.size(), length)};
    Container out;
    std::size_t at = kHeader;
    for (const auto& [type, chunk] : {std::pair(kJsonChunk, &out.json), std::pair(kBinChunk, &out.bin)}) {
        if (at + kChunkHeader > bytes.size() || word_at(bytes, at + 4) != type)
            throw Fault{"one of its chunks is missing"};
        const std::size_t size = word_at(bytes, at);
        at += kChunkHeader;
        if (size > bytes.size() - at) throw Fault{"one of its chunks is longer than the file"};
        *chunk = bytes.substr(at, size);
        at += size;
    }
    if (at != bytes.size()) throw Fault{"something follows its last chunk"};
    return out;
}

void only_keys(const Json& object, const char* what, std::initializer_list<std::string_view> known) {
    if (!object.is_object()) throw Fault{fmt::format("{} is no object", what)};
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            throw Fault{fmt::format("{} has the entry \"{}\", which a body does not use", what, key)};
        }
    }
}

const Json& list(const Json& object, const char* key) {
    static const Json kEmpty = Json::array();
    const auto it = object.find(key);
    if (it == object.end()) return kEmpty;
    if (!it->is_array()) throw Fault{fmt::format("\"{}\" is no list", key)};
    return *it;
}

std::uint64_t whole(const Json& value, const char* what, std::uint64_t below) {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() >= below) {
        throw Fault{fmt::format("{} is no whole number below {}", what, below)};
    }
    return value.get<std::uint64_t>();
}

std::uint64_t whole(const Json& object, const char* key, std::uint64_t below,
                    std::optional<std::uint64_t> otherwise) {
    const auto it = object.find(key);
    if (it == object.end()) {
        if (!otherwise) throw Fault{fmt::format("\"{}\" is missing", key)};
        return *otherwise;
    }
    return whole(*it, key, below);
}

void check_name(const Json& object) {
    if (const auto it = object.find("name"); it != object.end() && !it->is_string())
        throw Fault{"a name is no text"};
}

struct Accessor {
    std::string type;
    int component = 0;
    std::uint64_t count = 0;
};

std::uint64_t components_of(const std::string& type) {
    if (type == "SCALAR") return 1;
    if (type.size() == 4 && type.starts_with("VEC") && type[3] >= '2' && type[3] <= '4') {
        return static_cast<std::uint64_t>(type[3] - '0');
    }
    throw Fault{fmt::format("an accessor is of the type \"{}\"", type)};
}

std::vector<Accessor> check_accessors(const Json& root, std::size_t bin_size) {
    const Json& buffers = list(root, "buffers");
    if (buffers.size() != 1) throw Fault{"it has not exactly one buffer"};
    only_keys(buffers[0], "the buffer", {"byteLength", "name"});
    check_name(buffers[0]);
    const std::uint64_t buffer_size = whole(buffers[0], "byteLength", bin_size + 1, std::nullopt);

    struct View {
        std::uint64_t length, stride;
    };
    std::vector<View> views;
    for (const Json& view : list(root, "bufferViews")) {
        only_keys(view, "a buffer view",
                  {"buffer", "byteOffset", "byteLength", "byteStride", "target", "name"});
        check_name(view);
        whole(view, "buffer", 1, std::nullopt);
        whole(view, "target", 65536, 0);
        const std::uint64_t offset = whole(view, "byteOffset", buffer_size + 1, 0);
        views.push_back({whole(view, "byteLength", buffer_size - offset + 1, std::nullopt),
                         whole(view, "byteStride", 253, 0)});
    }
    std::vector<Accessor> out;
    for (const Json& accessor : list(root, "accessors")) {
        only_keys(accessor, "an accessor",
                  {"bufferView", "byteOffset", "componentType", "count", "type", "min", "max", "normalized",
                   "name"});
        check_name(accessor);
        for (const char* key : {"min", "max"}) {
            const Json& bounds = list(accessor, key);
            if (bounds.size() > 4 ||
                !std::all_of(bounds.begin(), bounds.end(), [](const Json& b) { return b.is_number(); })) {
                throw Fault{"the bounds of an accessor are no numbers"};
            }
        }
        const View& view = views.at(whole(accessor, "bufferView", views.size(), std::nullopt));
        const auto type = accessor.find("type");
        if (type == accessor.end() || !type->is_string()) throw Fault{"an accessor has no type"};
        Accessor a{type->get<std::string>(),
                   static_cast<int>(whole(accessor, "componentType", 6000, std::nullopt)),
                   whole(accessor, "count", 1ULL << 31, std::nullopt)};
        std::uint64_t size = a.component == kByte ? 1 : a.component == kShort ? 2 : 0;
        if (a.component == kInt || a.component == kFloat) size = 4;
        if (size == 0) throw Fault{fmt::format("an accessor has the component type {}", a.component)};
        const std::uint64_t element = size * components_of(a.type);
        const std::uint64_t stride = view.stride == 0 ? element : view.stride;
        const std::uint64_t offset = whole(accessor, "byteOffset", view.length + 1, 0);
        if (a.count == 0 || stride < element || offset + (a.count - 1) * stride + element > view.length) {
            throw Fault{"an accessor reaches beyond its data"};
        }
        out.push_back(std::move(a));
    }
    return out;
}

const Accessor& accessor_at(const std::vector<Accessor>& accessors, const Json& index) {
    return accessors[whole(index, "the number of an accessor", accessors.size())];
}

void check_meshes(const Json& root, const std::vector<Accessor>& accessors) {
    for (const Json& mesh : list(root, "meshes")) {
        only_keys(mesh, "a mesh", {"name", "primitives"});
        check_name(mesh);
        const Json& primitives = list(mesh, "primitives");
        if (primitives.size() != 1) throw Fault{"a mesh has not exactly one primitive"};
        const Json& primitive = primitives[0];
        only_keys(primitive, "a primitive", {"attributes", "indices", "material", "mode"});
        if (whole(primitive, "mode", 8, 4) != 4) throw Fault{"a mesh is not made of triangles"};
        whole(primitive, "material", list(root, "materials").size(), 0);
        const auto attributes = primitive.find("attributes");
        if (attributes == primitive.end() || !attributes->contains("POSITION"))
            throw Fault{"a mesh has no positions"};
        only_keys(*attributes, "a mesh", {"POSITION", "NORMAL", "TEXCOORD_0", "TEXCOORD_1", "COLOR_0"});
        const std::uint64_t count = accessor_at(accessors, attributes->at("POSITION")).count;
        for (const auto& [name, index] : attributes->items()) {
            const Accessor& a = accessor_at(accessors, index);
            const std::string type = name == "COLOR_0" ? "VEC4" : name.starts_with("TEX") ? "VEC2" : "VEC3";
            if (a.type != type || a.component != kFloat || a.count != count) {
                throw Fault{
                    fmt::format("the attribute {} of a mesh has another form than its positions need", name)};
            }
        }
        const auto indices = primitive.find("indices");
        if (indices == primitive.end()) throw Fault{"a mesh has no triangles"};
        const Accessor& a = accessor_at(accessors, *indices);
        if (a.type != "SCALAR" || a.component == kFloat || a.count % 3 != 0)
            throw Fault{"the triangles of a mesh are damaged"};
    }
}

void check_nodes(const Json& root) {
    const Json& nodes = list(root, "nodes");
    if (nodes.size() > kMostNodes) throw Fault{"it has too many nodes"};
    std::vector<int> parent(nodes.size(), -1);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        only_keys(nodes[i], "a node", {"name", "mesh", "children"});
        check_name(nodes[i]);
        if (nodes[i].contains("mesh")) whole(nodes[i], "mesh", list(root, "meshes").size(), std::nullopt);
        for (const Json& child : list(nodes[i], "children")) {
            int& up = parent[whole(child, "the number of a node", nodes.size())];
            if (up >= 0) throw Fault{"a node has two parents"};
            up = static_cast<int>(i);
        }
    }
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        int depth = 0;
        for (int up = parent[i]; up >= 0; up = parent[static_cast<std::size_t>(up)]) {
            if (++depth > kDeepestNode) throw Fault{"its nodes are nested too deep"};
        }
    }
    const Json& scenes = list(root, "scenes");
    if (scenes.empty()) throw Fault{"it has no scene"};
    whole(root, "scene", scenes.size(), 0);
    for (const Json& scene : scenes) {
        only_keys(scene, "a scene", {"name", "nodes"});
        check_name(scene);
        for (const Json& node : list(scene, "nodes")) {
            if (parent[whole(node, "the number of a node", nodes.size())] >= 0)
                throw Fault{"a node has two parents"};
        }
    }
}

} // namespace

std::optional<std::string> glb_fault(std::string_view bytes) {
    try {
        const Container container = open(bytes);
        const Json root = Json::parse(container.json, nullptr, false);
        if (root.is_discarded()) return "its description is no valid JSON";
        only_keys(root, "it",
                  {"asset", "extensionsUsed", "scene", "scenes", "nodes", "meshes", "accessors",
                   "bufferViews", "buffers", "materials"});
        for (const Json& extension : list(root, "extensionsUsed")) {
            if (!extension.is_string()) return "the name of an extension is no text";
        }
        for (const Json& material : list(root, "materials")) {
            if (!material.is_object()) return "a material is no object";
            check_name(material);
        }
        check_meshes(root, check_accessors(root, container.bin.size()));
        check_nodes(root);
        return std::nullopt;
    } catch (const Fault& fault) {
        return fault.what;
    } catch (const Json::exception&) {
        return "its description has not the form of a body";
    }
}

} // namespace tb::anatomy
