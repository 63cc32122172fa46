#include "validation/block.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <utility>

#include "base/check.h"

namespace tb::validation {
namespace {

using anatomy::Side;
using geometry::Vec3;

// The block stands where the upper arm of the atlas is: skin is 2.0 mm thick there (Body::skin_thickness_mm).
const Vec3 kMiddle{-249.2, 1230.0, 41.7};
constexpr double kSkin_mm = 2.0;
constexpr double kHalfWidth_mm = 45.0, kHalfLength_mm = 90.0, kSkinMargin_mm = 30.0, kFloor_mm = 10.0;
constexpr double kStart_mm = -2.0; // pushes begin above the skin
constexpr double kStep_s = 1.0 / 960.0;

/// Closed box; its faces are cut into a grid, so that smooth normals are those of the faces in their middle.
geometry::Mesh box(const Vec3& low, const Vec3& high) {
    constexpr int kCuts = 12;
    geometry::Mesh mesh;
    const auto face = [&](const Vec3& corner, const Vec3& a, const Vec3& b) {
        const auto first = static_cast<std::uint32_t>(mesh.positions.size());
        for (int i = 0; i <= kCuts; ++i) {
            for (int j = 0; j <= kCuts; ++j)
                mesh.positions.emplace_back(corner + a * (static_cast<double>(i) / kCuts) +
                                            b * (static_cast<double>(j) / kCuts));
        }
        for (std::uint32_t i = 0; i < kCuts; ++i) {
            for (std::uint32_t j = 0; j < kCuts; ++j) {
                const std::uint32_t p = first + i * (kCuts + 1) + j, q = p + kCuts + 1;
                mesh.indices.insert(mesh.indices.end(), {p, q, q + 1, p, q + 1, p + 1});
            }
        }
    };
    const Vec3 d = high - low, x{d.x, 0, 0}, y{0, d.y, 0}, z{0, 0, d.z};
    face(low, y, x); // a x b points outward on each
    face(low, x, z);
    face(low, z, y);
    face(high, -x, -y);
    face(high, -z, -x);
    face(high, -y, -z);
    geometry::compute_normals(mesh);
    return mesh;
}

/// Closed tube along y through (x, z), as long as the muscle.
geometry::Mesh tube(double x, double z, double radius_mm) {
    constexpr std::uint32_t kSides = 32, kRings = 13;
    geometry::Mesh mesh;
    for (std::uint32_t i = 0; i < kRings; ++i) {
        const double y = kMiddle.y + kHalfLength_mm * (2.0 * i / (kRings - 1) - 1.0);
        for (std::uint32_t j = 0; j < kSides; ++j) {
            const double angle = 2.0 * std::numbers::pi * j / kSides;
            mesh.positions.emplace_back(x + radius_mm * std::sin(angle), y, z + radius_mm * std::cos(angle));
        }
    }
    const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        mesh.indices.insert(mesh.indices.end(), {a, b, c});
    };
    for (std::uint32_t j = 0; j < kSides; ++j) {
        const std::uint32_t next = (j + 1) % kSides;
        for (std::uint32_t ring = 0; ring + kSides < kRings * kSides; ring += kSides) {
            add(ring + j, ring + next, ring + kSides + j);
            add(ring + next, ring + kSides + next, ring + kSides + j);
        }
    }
    for (std::uint32_t j = 1; j + 1 < kSides; ++j) { // the two ends
        constexpr std::uint32_t kLast = (kRings - 1) * kSides;
        add(0, j + 1, j);
        add(kLast, kLast + j, kLast + j + 1);
    }
    TB_CHECK(geometry::volume_mm3(mesh) > 0.0); // outside is outside
    geometry::compute_normals(mesh);
    return mesh;
}

geometry::Lattice flat_muscle(double top_mm, double thickness_mm) {
    constexpr int kAlong = 7, kAcross = 5;
    std::vector<Vec3> points;
    for (int i = 0; i < kAlong; ++i) {
        for (int j = 0; j < kAcross; ++j) {
            points.emplace_back(kMiddle.x - kHalfWidth_mm + 2.0 * kHalfWidth_mm * j / (kAcross - 1),
                                kMiddle.y + kHalfLength_mm - 2.0 * kHalfLength_mm * i / (kAlong - 1),
                                kMiddle.z - top_mm - 0.5 * thickness_mm);
        }
    }
    std::vector<double> half(points.size(), 0.5 * thickness_mm);
    return {kAlong, kAcross, std::move(points), std::move(half)};
}

anatomy::TriggerPoint middle_point() {
    anatomy::TriggerPoint p;
    p.id = "middle";
    p.muscle = "trapezius_block";
    p.part = "main";
    p.muscle_name = "Muscle of the block";
    p.at = {0.5, 0.5, 0.0};
    return p;
}

std::unique_ptr<const anatomy::Atlas> build(double muscle_top_mm, const BlockSpec& spec) {
    anatomy::Catalogue catalogue;
    catalogue.content_hash = "block";
    std::vector<std::vector<geometry::Mesh>> meshes;
    const auto add = [&](std::string id, StructureKind kind, Side side,
                         geometry::Mesh mesh) -> anatomy::Structure& {
        anatomy::Structure s;
        s.id = s.name = std::move(id);
        s.kind = kind;
        s.side = side;
        s.region = "block";
        s.triangles = mesh.triangle_count();
        meshes.push_back({std::move(mesh)});
        catalogue.structures.push_back(std::move(s));
        return catalogue.structures.back();
    };
    const double bottom = muscle_top_mm + spec.muscle_mm + spec.floor_gap_mm;
    const double side = -kMiddle.x + kHalfWidth_mm + kSkinMargin_mm, end = kHalfLength_mm + kSkinMargin_mm;
    add("skin", StructureKind::Skin, Side::Midline,
        box({-side, kMiddle.y - end, kMiddle.z - bottom - kFloor_mm - kSkinMargin_mm},
            {side, kMiddle.y + end, kMiddle.z}));
    const geometry::Lattice lattice = flat_muscle(muscle_top_mm, spec.muscle_mm);
    anatomy::Structure& muscle =
        add("trapezius_block_r", StructureKind::Muscle, Side::Right, lattice.mesh(0, 0.05, 0.05));
    muscle.layer = 1;
    muscle.tendon_origin = muscle.tendon_insertion = 0.05;
    muscle.parts.push_back({"main", lattice});
    for (std::size_t i = 0; i < spec.vessels.size(); ++i) {
        const BlockVessel& v = spec.vessels[i];
        add("vessel_" + std::to_string(i) + "_r", v.kind, Side::Right,
            tube(kMiddle.x + v.across_mm, kMiddle.z - v.depth_mm, v.radius_mm));
    }
    add("floor_r", spec.floor, Side::Right,
        box({kMiddle.x - kHalfWidth_mm, kMiddle.y - kHalfLength_mm, kMiddle.z - bottom - kFloor_mm},
            {kMiddle.x + kHalfWidth_mm, kMiddle.y + kHalfLength_mm, kMiddle.z - bottom}));

    auto both = anatomy::catalogue_from_json(anatomy::to_json(catalogue), "block");
    TB_CHECK(both.has_value());
    for (std::size_t i = meshes.size(); i < both->structures.size(); ++i) {
        const std::string right =
            anatomy::with_side(anatomy::without_side(both->structures[i].id), Side::Right);
        meshes.push_back({geometry::mirrored(meshes[both->find(right).index].front())});
    }
    return std::make_unique<const anatomy::Atlas>(std::move(*both), std::move(meshes),
                                                  std::vector<anatomy::TriggerPoint>{middle_point()});
}

} // namespace

Block::Block(const BlockSpec& spec)
    : muscle_top_mm_(kSkin_mm + spec.fat_mm), floor_mm_(muscle_top_mm_ + spec.muscle_mm + spec.floor_gap_mm),
      atlas_(build(muscle_top_mm_, spec)) {
    anatomy::BodySpec body;
    body.scatter_mm = 0.0;
    for (const Side side : {Side::Right, Side::Left}) {
        if (!spec.point) break;
        anatomy::PointSpec point;
        point.point = "middle";
        point.side = side;
        point.state = *spec.point;
        body.points.push_back(point);
    }
    auto made = anatomy::Body::create(*atlas_, body, 1);
    TB_CHECK(made.has_value());
    body_.emplace(std::move(*made));
}

geometry::Vec3 Block::surface() const {
    return kMiddle;
}

double Block::skin_mm() const {
    return body_->skin_thickness_mm(kMiddle);
}

std::vector<Felt> push(const tissue::Parameters& parameters, const Block& block, const Push& wish,
                       tissue::NeedleBody& needle, tissue::NeedleState& state) {
    const double slant = (90.0 - wish.angle_deg) * std::numbers::pi / 180.0;
    const Vec3 axis = -block.outward() * std::cos(slant) + Vec3(0.0, 1.0, 0.0) * std::sin(slant);
    const Vec3 above = block.surface() + Vec3(0.0, wish.along_mm, 0.0);
    double way = state.under_skin ? state.depth_mm : kStart_mm;
    const double direction = wish.to_mm >= way ? 1.0 : -1.0;
    std::vector<Felt> out;
    while ((wish.to_mm - way) * direction > 0.0) {
        way += direction * std::min(wish.speed_mm_s * kStep_s, std::abs(wish.to_mm - way));
        const Vec3 tip = state.under_skin ? state.entry + state.course * way : above + axis * way;
        tissue::advance(parameters, block.body(), needle, tip, axis, kStep_s, state);
        out.push_back({way, state.depth_mm, state.force_N});
    }
    return out;
}

double peak_N(const std::vector<Felt>& trace, double from_mm, double to_mm) {
    double peak = 0.0;
    for (const Felt& f : trace) {
        if (f.way_mm >= from_mm && f.way_mm <= to_mm) peak = std::max(peak, f.force_N);
    }
    return peak;
}

} // namespace tb::validation
