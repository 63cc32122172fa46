// A small body without files, for exact depths: a block of fat under skin whose front is the plane z =
// kFront, and on either side (right at x = -60, mirrored at x = +60), counted from the skin at the middle of
// the muscle:
//
//   depth 10..20  muscle "test_muscle", one lattice part "main", fibres along -y (origin above), 60 wide, 120
//   long depth 22..26  artery "test_artery", a tube along y through the middle (|y| <= 60) depth 30..80
//   pleura "pleura" for y < 10, bone "test_bone" for y > 20 depth  2..5   nerve "test_nerve", a tube along y
//   at 40 mm to the side (x = -100), in the fat
//
// One trigger point, "test-point-1", in the middle of the muscle. All lengths mm.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

#include "anatomy/body.h"
#include "base/check.h"

namespace tb::test {

constexpr double kFront = 100.0;  ///< z of the front skin
constexpr double kMiddle = -60.0; ///< x of the right muscle's middle
constexpr double kMuscleTop = 10.0, kMuscleBottom = 20.0;
constexpr double kArteryTop = 22.0, kArteryBottom = 26.0;
constexpr double kDeepTop = 30.0, kDeepBottom = 80.0; ///< of pleura and bone
inline const std::string kPoint = "test-point-1";

/// Point of the body at a depth under the front skin.
inline geometry::Vec3 at_depth(double x, double y, double depth) {
    return {x, y, kFront - depth};
}

/// Closed box with a grid of about `cell` mm on its faces, so that smooth normals stay flat away from the
/// edges.
inline geometry::Mesh box_mesh(geometry::Vec3 low, geometry::Vec3 high, double cell = 10.0) {
    geometry::Mesh mesh;
    glm::ivec3 n;
    for (int k = 0; k < 3; ++k)
        n[k] = std::max(1, static_cast<int>(std::lround((high[k] - low[k]) / cell)));
    std::vector<std::uint32_t> index(static_cast<std::size_t>((n.x + 1) * (n.y + 1) * (n.z + 1)),
                                     0xffffffffU);
    const auto vertex = [&](glm::ivec3 g) {
        std::uint32_t& i = index[static_cast<std::size_t>((g.z * (n.y + 1) + g.y) * (n.x + 1) + g.x)];
        if (i == 0xffffffffU) {
            i = static_cast<std::uint32_t>(mesh.positions.size());
            mesh.positions.emplace_back(low + (high - low) * geometry::Vec3(g) / geometry::Vec3(n));
        }
        return i;
    };
    for (int axis = 0; axis < 3; ++axis) {
        const int b = (axis + 1) % 3, c = (axis + 2) % 3; // e_b x e_c = e_axis
        for (const bool far : {false, true}) {
            for (int i = 0; i < n[b]; ++i) {
                for (int j = 0; j < n[c]; ++j) {
                    glm::ivec3 g(0);
                    g[axis] = far ? n[axis] : 0;
                    const auto corner = [&](int di, int dj) {
                        glm::ivec3 at = g;
                        at[b] = i + di;
                        at[c] = j + dj;
                        return vertex(at);
                    };
                    const std::uint32_t p = corner(0, 0), q = corner(1, 0), r = corner(1, 1),
                                        s = corner(0, 1);
                    for (const std::uint32_t k :
                         far ? std::vector{p, q, r, p, r, s} : std::vector{p, r, q, p, s, r}) {
                        mesh.indices.push_back(k);
                    }
                }
            }
        }
    }
    geometry::compute_normals(mesh);
    return mesh;
}

/// Closed tube along y with 16 sides; its top and bottom edges lie exactly at the radius.
inline geometry::Mesh tube_mesh(double x, double z, double radius, double y0, double y1) {
    constexpr std::uint32_t kSides = 16, kRings = 13;
    geometry::Mesh mesh;
    for (std::uint32_t i = 0; i < kRings; ++i) {
        for (std::uint32_t j = 0; j < kSides; ++j) {
            const double angle = 2.0 * std::numbers::pi * j / kSides;
            mesh.positions.emplace_back(x + radius * std::sin(angle), y0 + (y1 - y0) * i / (kRings - 1),
                                        z + radius * std::cos(angle));
        }
    }
    const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        mesh.indices.insert(mesh.indices.end(), {a, b, c});
    };
    for (std::uint32_t i = 0; i + 1 < kRings; ++i) {
        for (std::uint32_t j = 0; j < kSides; ++j) {
            const std::uint32_t k = (j + 1) % kSides, here = i * kSides, next = here + kSides;
            add(here + j, here + k, next + j);
            add(here + k, next + k, next + j);
        }
    }
    const std::uint32_t last = (kRings - 1) * kSides;
    for (std::uint32_t j = 1; j + 1 < kSides; ++j) {
        add(0, j + 1, j);
        add(last, last + j, last + j + 1);
    }
    if (geometry::volume_mm3(mesh) < 0.0) {
        for (std::size_t t = 0; t < mesh.indices.size(); t += 3)
            std::swap(mesh.indices[t + 1], mesh.indices[t + 2]);
    }
    geometry::compute_normals(mesh);
    return mesh;
}

/// Flat lattice of the right muscle: u along -y, v along +x, superficial side +z.
inline geometry::Lattice muscle_lattice() {
    constexpr int kAlong = 7, kAcross = 5;
    std::vector<geometry::Vec3> points;
    for (int i = 0; i < kAlong; ++i) {
        for (int j = 0; j < kAcross; ++j) {
            points.emplace_back(kMiddle - 30.0 + 15.0 * j, 60.0 - 20.0 * i,
                                kFront - 0.5 * (kMuscleTop + kMuscleBottom));
        }
    }
    std::vector<double> half(points.size(), 0.5 * (kMuscleBottom - kMuscleTop));
    return {kAlong, kAcross, std::move(points), std::move(half)};
}

/// The right side and the midline; `lods` is 1 for all.
struct SmallParts {
    anatomy::Catalogue catalogue;
    std::vector<std::vector<geometry::Mesh>> meshes;
};

inline SmallParts small_parts() {
    using anatomy::Side;
    SmallParts out;
    out.catalogue.content_hash = "small";
    out.catalogue.source = "tests/support/small_body.h";
    const auto add = [&](std::string id, StructureKind kind, Side side,
                         geometry::Mesh mesh) -> anatomy::Structure& {
        anatomy::Structure s;
        s.id = std::move(id);
        s.kind = kind;
        s.name = s.id;
        s.region = "test";
        s.side = side;
        s.volume_ml = geometry::volume_mm3(mesh) / 1000.0;
        s.triangles = mesh.triangle_count();
        out.meshes.push_back({std::move(mesh)});
        out.catalogue.structures.push_back(std::move(s));
        return out.catalogue.structures.back();
    };
    add("skin", StructureKind::Skin, Side::Midline, box_mesh({-150, -100, -100}, {150, 100, kFront}));
    anatomy::Structure& muscle =
        add("test_muscle_r", StructureKind::Muscle, Side::Right, muscle_lattice().mesh(0, 0.1, 0.1));
    muscle.layer = 1;
    muscle.tendon_origin = muscle.tendon_insertion = 0.1;
    muscle.parts.push_back({"main", muscle_lattice()});
    add("test_bone_r", StructureKind::Bone, Side::Right,
        box_mesh({kMiddle - 30, 20, kFront - kDeepBottom}, {kMiddle + 30, 70, kFront - kDeepTop}));
    add("test_artery_r", StructureKind::Artery, Side::Right,
        tube_mesh(kMiddle, kFront - 0.5 * (kArteryTop + kArteryBottom), 0.5 * (kArteryBottom - kArteryTop),
                  -60, 60));
    add("pleura_r", StructureKind::Pleura, Side::Right,
        box_mesh({kMiddle - 30, -70, kFront - kDeepBottom}, {kMiddle + 30, 10, kFront - kDeepTop}));
    add("test_nerve_r", StructureKind::Nerve, Side::Right,
        tube_mesh(kMiddle - 40, kFront - 3.5, 1.5, -60, 60));
    return out;
}

inline anatomy::TriggerPoint small_point() {
    anatomy::TriggerPoint p;
    p.id = kPoint;
    p.muscle = "test_muscle";
    p.part = "main";
    p.muscle_name = "Test muscle";
    p.at = {0.5, 0.5, 0.0};
    p.position = at_depth(kMiddle, 0.0, 15.0);
    p.approach_direction = {0.0, 0.0, -1.0};
    p.technique = "flat";
    p.location = "middle of the test muscle";
    p.positions = {"supine"};
    p.at_risk = {"pleura", "test_artery"};
    p.needle.mode = "landmark";
    p.needle.length = Millimetres(38.0);
    p.needle.depth_min = Millimetres(10.0);
    p.needle.depth_max = Millimetres(20.0);
    p.needle.depth_limit = Millimetres(21.0);
    p.needle.angle = Degrees(90.0);
    p.needle.volume_min = Millilitres(0.2);
    p.needle.volume_max = Millilitres(0.5);
    p.needle.volume_limit = Millilitres(1.0);
    p.needle.never_toward = {"pleura"};
    return p;
}

/// Both sides.
inline anatomy::Atlas small_atlas(std::vector<anatomy::TriggerPoint> points = {small_point()}) {
    SmallParts parts = small_parts();
    auto catalogue = anatomy::catalogue_from_json(anatomy::to_json(parts.catalogue), "small body");
    TB_CHECK(catalogue.has_value());
    for (std::size_t i = parts.meshes.size(); i < catalogue->structures.size(); ++i) {
        const std::string& id = catalogue->structures[i].id;
        const StructureId right = catalogue->find(id.substr(0, id.size() - 2) + "_r");
        parts.meshes.push_back({geometry::mirrored(parts.meshes[right.index].front())});
    }
    return {std::move(*catalogue), std::move(parts.meshes), std::move(points)};
}

/// Atlas and body together; the body keeps a reference to the atlas, so this is handed around by pointer.
class SmallBody {
public:
    explicit SmallBody(const anatomy::BodySpec& spec = one_active_point(), std::uint64_t seed = 1)
        : atlas_(small_atlas()), body_(make(atlas_, spec, seed)) {}
    SmallBody(const SmallBody&) = delete;
    SmallBody& operator=(const SmallBody&) = delete;

    [[nodiscard]] const anatomy::Atlas& atlas() const { return atlas_; }
    [[nodiscard]] const anatomy::Body& body() const { return body_; }

    /// The trigger point of the right side, active, the target, exactly where it is taught.
    static anatomy::BodySpec one_active_point() {
        anatomy::BodySpec spec;
        spec.scatter_mm = 0.0;
        anatomy::PointSpec point;
        point.point = kPoint;
        point.pressure_threshold = KgPerCm2(1.8);
        point.target = true;
        spec.points.push_back(point);
        return spec;
    }

private:
    static anatomy::Body make(const anatomy::Atlas& atlas, const anatomy::BodySpec& spec,
                              std::uint64_t seed) {
        auto body = anatomy::Body::create(atlas, spec, seed);
        TB_CHECK(body.has_value());
        return std::move(*body);
    }
    anatomy::Atlas atlas_;
    anatomy::Body body_;
};

/// One such body for all tests of a program that only look at it.
inline const anatomy::Body& small_body() {
    static const SmallBody kBody;
    return kBody.body();
}

} // namespace tb::test
