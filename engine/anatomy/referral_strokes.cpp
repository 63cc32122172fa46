#include "anatomy/referral_strokes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "anatomy/atlas.h"
#include "base/check.h"

namespace tb::anatomy {
namespace {

using geometry::Vec2;
using geometry::Vec3;
using Kind = Stroke::Kind;

constexpr double kStep_mm = 8.0;       // between two samples of a line
constexpr double kSoftTurn_deg = 15.0; // half width of the fall of weight at the limit of facing
constexpr double kDepthShare = 0.35;   // how little depth counts when a place is brought to the skin
constexpr double kWidestRadius_mm = 300.0;
constexpr float kLeastWeight = 0.02f;
constexpr int kSmoothing = 2;

double radians(double degrees) {
    return degrees * std::numbers::pi / 180.0;
}
double smoothstep(double low, double high, double x) {
    const double t = std::clamp((x - low) / (high - low), 0.0, 1.0);
    return t * t * (3.0 - 2.0 * t);
}

/// Signed distance to a closed outline, negative inside.
double distance_to_outline(const std::vector<Vec2>& outline, const Vec2& q) {
    double nearest = 1e30;
    bool inside = false;
    for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
        const Vec2 a = outline[j], b = outline[i], ab = b - a;
        const double t = std::clamp(glm::dot(q - a, ab) / std::max(1e-12, glm::dot(ab, ab)), 0.0, 1.0);
        nearest = std::min(nearest, glm::length(q - a - t * ab));
        if ((a.y > q.y) != (b.y > q.y) && q.x < a.x + (q.y - a.y) / (b.y - a.y) * (b.x - a.x))
            inside = !inside;
    }
    return inside ? -nearest : nearest;
}

/// The vertex of the skin over a place: seen along `facing` if there is one, else the nearest.
std::uint32_t over(const SkinChart& skin, const Vec3& p, const Vec3& facing) {
    if (facing == Vec3(0.0)) return skin.nearest(p);
    const geometry::Mesh& mesh = skin.mesh();
    std::uint32_t best = 0;
    double least = 1e30;
    for (std::uint32_t i = 0; i < mesh.positions.size(); ++i) {
        if (glm::dot(Vec3(mesh.normals[i]), facing) < 0.2) continue;
        const Vec3 way = Vec3(mesh.positions[i]) - p;
        const double depth = glm::dot(way, facing);
        const double d = glm::dot(way, way) - (1.0 - kDepthShare * kDepthShare) * depth * depth;
        if (d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

/// The place itself, moved along `facing` (or the normal) to the height of the vertex over it.
Vec3 on_skin(const SkinChart& skin, std::uint32_t vertex, const Vec3& p) {
    const Vec3 v(skin.mesh().positions[vertex]), n(skin.mesh().normals[vertex]);
    const Vec3 flat = p + glm::dot(v - p, n) * n;
    // Vertices lie some mm apart: within that the place keeps its own position on the tangent plane.
    return glm::length(flat - v) < 12.0 ? flat : v;
}

bool names(const std::vector<std::string>& bones, const Structure& s) {
    return std::any_of(bones.begin(), bones.end(),
                       [&](const std::string& b) { return s.id.compare(0, b.size(), b) == 0; });
}

Vec3 unit_from_json(const JsonReader& at) {
    if (!at.exists()) return Vec3(0.0);
    const Vec3 v = vector_from_json(at, 10.0);
    const double length = glm::length(v);
    if (length < 1e-6) {
        at.fault("a direction other than zero is expected here");
        return Vec3(0.0);
    }
    return v / length;
}

std::vector<double> radii_from_json(const JsonReader& at) {
    std::vector<double> radii;
    if (!at.exists()) return radii;
    if (at.raw().is_number()) return {at.as_number(1.0, kWidestRadius_mm)};
    for (const JsonReader& e : at.elements())
        radii.push_back(e.as_number(1.0, kWidestRadius_mm));
    return radii;
}

} // namespace

Stroke stroke_from_json(const JsonReader& at) {
    at.only_keys({"kind", "places", "radius_mm", "along", "facing", "spread_deg", "low", "high", "edge_mm",
                  "bones", "point"});
    Stroke s;
    struct Rule {
        std::string_view name;
        Kind kind;
        std::size_t least_places, most_places;
    };
    static constexpr std::array<Rule, 5> kRules{{{"disc", Kind::Disc, 1, 1},
                                                 {"line", Kind::Line, 2, 30},
                                                 {"area", Kind::Area, 3, 30},
                                                 {"sleeve", Kind::Sleeve, 2, 2},
                                                 {"bones", Kind::Bones, 0, 0}}};
    const std::string word = at.text("kind");
    const auto rule =
        std::find_if(kRules.begin(), kRules.end(), [&](const Rule& r) { return r.name == word; });
    if (rule == kRules.end()) {
        at.fault(fmt::format("\"{}\" is no stroke; use disc, line, area, sleeve or bones", word));
        return s;
    }
    s.kind = rule->kind;
    if (at.child("places", false).exists()) {
        for (const JsonReader& e : at.child("places").elements())
            s.places.push_back(place_from_json(e));
    }
    if (s.places.size() < rule->least_places || s.places.size() > rule->most_places)
        at.fault(fmt::format("a {} takes {} to {} places", word, rule->least_places, rule->most_places));
    s.radii_mm = radii_from_json(at.child("radius_mm", false));
    const bool radii_ok = s.kind == Kind::Disc ? s.radii_mm.size() == 1 || s.radii_mm.size() == 2
                          : s.kind == Kind::Line
                              ? s.radii_mm.size() == 1 || s.radii_mm.size() == s.places.size()
                              : s.radii_mm.empty();
    if (!radii_ok) at.fault(fmt::format("\"radius_mm\" does not fit a {}", word));
    s.along = unit_from_json(at.child("along", false));
    s.facing = unit_from_json(at.child("facing", false));
    if (s.kind == Kind::Area && s.facing == Vec3(0.0)) at.fault("an area needs \"facing\"");
    if (s.radii_mm.size() == 2 && s.kind == Kind::Disc && s.along == Vec3(0.0))
        at.fault("two radii need \"along\"");
    s.spread_deg = at.number_or("spread_deg", s.kind == Kind::Sleeve ? 180.0 : 75.0, 5.0, 180.0);
    s.low = at.number_or("low", 0.0, -1.0, 2.0);
    s.high = at.number_or("high", 1.0, -1.0, 2.0);
    s.edge_mm = at.number_or("edge_mm", 12.0, 1.0, 60.0);
    s.bones = at.texts_or_empty("bones");
    if (s.kind == Kind::Bones && s.bones.empty()) at.fault("a stroke of kind bones names at least one bone");
    s.point = at.text_or("point", "");
    return s;
}

// ---- skin ------------------------------------------------------------------------------------------------

SkinChart::SkinChart(const geometry::Mesh& mesh) : mesh_(&mesh) {
    TB_CHECK(mesh.normals.size() == mesh.positions.size());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
    edges.reserve(mesh.indices.size());
    // The mesh is closed: every edge is met once in either direction.
    for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
        for (std::size_t k = 0; k < 3; ++k)
            edges.emplace_back(mesh.indices[i + k], mesh.indices[i + (k + 1) % 3]);
    }
    std::sort(edges.begin(), edges.end());
    first_.assign(mesh.positions.size() + 1, 0);
    for (const auto& [a, b] : edges) {
        ++first_[a + 1];
        neighbours_.push_back(b);
    }
    for (std::size_t i = 1; i < first_.size(); ++i)
        first_[i] += first_[i - 1];
}

const std::vector<StructureId>& SkinChart::bones(const Atlas& atlas) {
    if (!bones_.empty()) return bones_;
    geometry::Bvh bvh;
    std::vector<StructureId> ids;
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        if (atlas.structure(StructureId{i}).kind != StructureKind::Bone) continue;
        bvh.add(atlas.mesh(StructureId{i}, 1));
        ids.push_back(StructureId{i});
    }
    bvh.build();
    bones_.resize(mesh_->positions.size());
    for (std::size_t i = 0; i < bones_.size(); ++i) {
        const auto nearest = bvh.nearest(Vec3(mesh_->positions[i]), 400.0);
        if (nearest) bones_[i] = ids[nearest->object];
    }
    return bones_;
}

void SkinChart::keep_connected(std::vector<float>& weight, const std::vector<std::uint32_t>& seeds) const {
    std::vector<bool> kept(weight.size(), false);
    std::vector<std::uint32_t> open;
    for (const std::uint32_t s : seeds) {
        if (!kept[s]) open.push_back(s);
        kept[s] = true;
    }
    while (!open.empty()) {
        const std::uint32_t v = open.back();
        open.pop_back();
        for (std::uint32_t k = first_[v]; k < first_[v + 1]; ++k) {
            const std::uint32_t n = neighbours_[k];
            if (kept[n] || weight[n] < kLeastWeight) continue;
            kept[n] = true;
            open.push_back(n);
        }
    }
    for (std::size_t i = 0; i < weight.size(); ++i) {
        if (!kept[i]) weight[i] = 0.0f;
    }
}

void SkinChart::smooth(std::vector<float>& weight, int rounds) const {
    for (int r = 0; r < rounds; ++r) {
        const std::vector<float> old = weight;
        for (std::size_t i = 0; i < weight.size(); ++i) {
            const std::uint32_t count = first_[i + 1] - first_[i];
            if (count == 0) continue;
            float sum = 0.0f;
            for (std::uint32_t k = first_[i]; k < first_[i + 1]; ++k)
                sum += old[neighbours_[k]];
            weight[i] = 0.5f * old[i] + 0.5f * sum / static_cast<float>(count);
        }
    }
}

std::uint32_t SkinChart::nearest(const Vec3& p) const {
    const glm::vec3 q(p);
    std::uint32_t best = 0;
    float least = 1e30f;
    for (std::uint32_t i = 0; i < mesh_->positions.size(); ++i) {
        const glm::vec3 way = mesh_->positions[i] - q;
        const float d = glm::dot(way, way);
        if (d < least) {
            least = d;
            best = i;
        }
    }
    return best;
}

// ---- strokes ---------------------------------------------------------------------------------------------

LaidStroke::LaidStroke(const Stroke& stroke, const Atlas& atlas, const SkinChart& skin) : stroke_(&stroke) {
    switch (stroke.kind) {
    case Kind::Disc:
        lay_disc(atlas, skin);
        break;
    case Kind::Line:
        lay_line(atlas, skin);
        break;
    case Kind::Area:
        lay_area(atlas, skin);
        break;
    case Kind::Sleeve:
        axis_a_ = *position_of(stroke.places[0], atlas.catalogue());
        axis_b_ = *position_of(stroke.places[1], atlas.catalogue());
        break;
    case Kind::Bones:
        break;
    }
    if (!reach_.empty()) {
        const double radius =
            stroke.radii_mm.empty() ? 0.0 : *std::max_element(stroke.radii_mm.begin(), stroke.radii_mm.end());
        reach_.grow(radius + stroke.edge_mm);
    }
}

void LaidStroke::lay_disc(const Atlas& atlas, const SkinChart& skin) {
    const Vec3 place = *position_of(stroke_->places[0], atlas.catalogue());
    const std::uint32_t vertex = over(skin, place, stroke_->facing);
    const Vec3 p = on_skin(skin, vertex, place), normal(skin.mesh().normals[vertex]);
    samples_.push_back({p, normal, stroke_->radii_mm[0]});
    seeds_.emplace_back(skin.mesh().positions[vertex]);
    reach_.add(p);
    if (stroke_->radii_mm.size() == 2) {
        e1_ = stroke_->along - glm::dot(stroke_->along, normal) * normal;
        e1_ = glm::length(e1_) < 1e-6 ? geometry::tangents_of(normal).e1 : glm::normalize(e1_);
    }
}

void LaidStroke::lay_line(const Atlas& atlas, const SkinChart& skin) {
    const auto radius = [&](std::size_t i) {
        return stroke_->radii_mm[std::min(i, stroke_->radii_mm.size() - 1)];
    };
    for (std::size_t i = 0; i + 1 < stroke_->places.size(); ++i) {
        const Vec3 a = *position_of(stroke_->places[i], atlas.catalogue()),
                   b = *position_of(stroke_->places[i + 1], atlas.catalogue());
        const int steps = std::max(1, static_cast<int>(std::ceil(glm::length(b - a) / kStep_mm)));
        for (int k = i == 0 ? 0 : 1; k <= steps; ++k) {
            const double t = static_cast<double>(k) / steps;
            const Vec3 place = glm::mix(a, b, t);
            const std::uint32_t vertex = over(skin, place, stroke_->facing);
            const Vec3 p = on_skin(skin, vertex, place);
            samples_.push_back({p, Vec3(skin.mesh().normals[vertex]), glm::mix(radius(i), radius(i + 1), t)});
            if (k % 4 == 0 || k == steps) seeds_.emplace_back(skin.mesh().positions[vertex]);
            reach_.add(p);
        }
    }
}

void LaidStroke::lay_area(const Atlas& atlas, const SkinChart& skin) {
    const geometry::Tangents plane = geometry::tangents_of(stroke_->facing);
    e1_ = plane.e1;
    e2_ = plane.e2;
    Vec3 centre(0.0);
    std::vector<Vec3> corners;
    for (const Place& place : stroke_->places) {
        const Vec3 p = *position_of(place, atlas.catalogue());
        corners.push_back(p);
        outline_.emplace_back(glm::dot(p, e1_), glm::dot(p, e2_));
        centre += p / static_cast<double>(stroke_->places.size());
    }
    // Halfway between the middle and each corner: a winding outline is met somewhere inside.
    for (const Vec3& corner : corners) {
        const Vec3 p = glm::mix(centre, corner, 0.5);
        if (distance_to_outline(outline_, {glm::dot(p, e1_), glm::dot(p, e2_)}) >= -1.0) continue;
        seeds_.emplace_back(skin.mesh().positions[over(skin, p, stroke_->facing)]);
    }
    if (distance_to_outline(outline_, {glm::dot(centre, e1_), glm::dot(centre, e2_)}) < 0.0)
        seeds_.emplace_back(skin.mesh().positions[over(skin, centre, stroke_->facing)]);
}

/// Distance to the outline, negative inside; `facing` becomes what the skin must face.
double LaidStroke::distance(const Vec3& p, Vec3& facing) const {
    const Stroke& s = *stroke_;
    switch (s.kind) {
    case Kind::Disc: {
        if (s.facing == Vec3(0.0)) facing = samples_[0].normal;
        const Vec3 way = p - samples_[0].p;
        if (s.radii_mm.size() == 1) return glm::length(way) - s.radii_mm[0];
        const double x = glm::dot(way, e1_), y = glm::length(way - x * e1_);
        const double r = std::hypot(x / s.radii_mm[0], y / s.radii_mm[1]);
        // Exact enough near the outline: the ellipse's own radius in this direction.
        return r < 1e-9 ? -std::min(s.radii_mm[0], s.radii_mm[1]) : glm::length(way) * (1.0 - 1.0 / r);
    }
    case Kind::Line: {
        double nearest = 1e30;
        for (std::size_t i = 0; i + 1 < samples_.size(); ++i) {
            const Vec3 a = samples_[i].p, ab = samples_[i + 1].p - a;
            const double t = std::clamp(glm::dot(p - a, ab) / std::max(1e-9, glm::dot(ab, ab)), 0.0, 1.0);
            const double d =
                glm::length(p - a - t * ab) - glm::mix(samples_[i].radius, samples_[i + 1].radius, t);
            if (d >= nearest) continue;
            nearest = d;
            if (s.facing == Vec3(0.0)) facing = samples_[t < 0.5 ? i : i + 1].normal;
        }
        return nearest;
    }
    case Kind::Area:
        return distance_to_outline(outline_, {glm::dot(p, e1_), glm::dot(p, e2_)});
    case Kind::Sleeve: {
        const Vec3 ab = axis_b_ - axis_a_;
        const double length = glm::length(ab), t = glm::dot(p - axis_a_, ab) / (length * length);
        const double beyond = std::max(s.low - t, t - s.high) * length;
        if (s.facing == Vec3(0.0)) return beyond;
        const Vec3 radial = p - axis_a_ - t * ab,
                   side = s.facing - glm::dot(s.facing, ab) / (length * length) * ab;
        const double r = glm::length(radial);
        if (r < 1e-6 || glm::length(side) < 1e-6) return beyond;
        return std::max(beyond, radians(geometry::angle_deg(radial, side) - s.spread_deg) * r);
    }
    case Kind::Bones:
        return -1e3;
    }
    return 1e30;
}

float LaidStroke::at(const Vec3& p, const Vec3& normal) const {
    const Stroke& s = *stroke_;
    if (!reach_.empty() &&
        (glm::any(glm::lessThan(p, reach_.low)) || glm::any(glm::greaterThan(p, reach_.high))))
        return 0.0f;
    Vec3 facing = s.facing;
    const double d = distance(p, facing);
    if (d > 0.5 * s.edge_mm) return 0.0f;
    double weight = 1.0 - smoothstep(-0.5 * s.edge_mm, 0.5 * s.edge_mm, d);
    if (facing != Vec3(0.0) && s.kind != Kind::Sleeve) {
        weight *= smoothstep(std::cos(radians(std::min(180.0, s.spread_deg + kSoftTurn_deg))),
                             std::cos(radians(s.spread_deg - kSoftTurn_deg)), glm::dot(normal, facing));
    }
    return static_cast<float>(weight);
}

void LaidStroke::paint(SkinChart& skin, const Atlas& atlas, Side side, std::vector<float>& weight) const {
    const geometry::Mesh& mesh = skin.mesh();
    const bool left = side == Side::Left;
    const auto right_of = [&](const glm::vec3& v) { return left ? geometry::mirrored(Vec3(v)) : Vec3(v); };
    std::vector<float> mine(mesh.positions.size(), 0.0f);
    const std::vector<StructureId>* bones = stroke_->bones.empty() ? nullptr : &skin.bones(atlas);
    std::vector<int> allowed; // by structure: -1 not yet asked
    if (bones != nullptr) allowed.assign(atlas.structure_count(), -1);
    for (std::size_t i = 0; i < mine.size(); ++i) {
        if (bones != nullptr) {
            const StructureId bone = (*bones)[i];
            if (!bone.valid()) continue;
            int& may = allowed[bone.index];
            if (may < 0) {
                const Structure& s = atlas.structure(bone);
                may = (s.side == Side::Midline || s.side == side) && names(stroke_->bones, s) ? 1 : 0;
            }
            if (may == 0) continue;
        }
        mine[i] = at(right_of(mesh.positions[i]), right_of(mesh.normals[i]));
    }
    if (!seeds_.empty()) {
        std::vector<std::uint32_t> seeds;
        for (const Vec3& p : seeds_)
            seeds.push_back(skin.nearest(left ? geometry::mirrored(p) : p));
        skin.keep_connected(mine, seeds);
    }
    skin.smooth(mine, kSmoothing);
    for (std::size_t i = 0; i < mine.size(); ++i)
        weight[i] = std::max(weight[i], mine[i]);
}

} // namespace tb::anatomy
