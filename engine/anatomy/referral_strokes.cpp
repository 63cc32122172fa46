#include "anatomy/referral_strokes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "anatomy/atlas.h"
#include "anatomy/fields.h"
#include "base/check.h"
#include "geometry/smooth.h"

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
    static constexpr DirectionRule kAnyLength{1e-6, 20.0, 10.0,
                                              "a direction other than zero is expected here"};
    s.along = direction_from_json(at.child("along", false), kAnyLength);
    s.facing = direction_from_json(at.child("facing", false), kAnyLength);
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
    by_height_.resize(mesh.positions.size());
    std::iota(by_height_.begin(), by_height_.end(), 0U);
    std::sort(by_height_.begin(), by_height_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return mesh.positions[a].y < mesh.positions[b].y; });
}

StructureId SkinChart::bone(const Atlas& atlas, std::size_t vertex) {
    if (bones_.empty()) {
        for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
            if (atlas.structure(StructureId{i}).kind != StructureKind::Bone) continue;
            bone_bvh_.add(atlas.mesh(StructureId{i}, 1));
            bone_ids_.push_back(StructureId{i});
        }
        bone_bvh_.build();
        bones_.resize(mesh_->positions.size());
        bone_known_.resize(bones_.size(), false);
    }
    if (!bone_known_[vertex]) {
        bone_known_[vertex] = true;
        const auto nearest = bone_bvh_.nearest(Vec3(mesh_->positions[vertex]), 400.0);
        if (nearest) bones_[vertex] = bone_ids_[nearest->object];
    }
    return bones_[vertex];
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

std::vector<std::uint32_t> SkinChart::smoothed_from(std::uint32_t triangle) const {
    std::vector<std::uint32_t> out;
    for (std::size_t k = 0; k < 3; ++k)
        out.push_back(mesh_->indices[std::size_t{3} * triangle + k]);
    for (int round = 0; round < kSmoothing; ++round) {
        for (std::size_t k = 0, count = out.size(); k < count; ++k)
            out.insert(out.end(), neighbours_.begin() + first_[out[k]],
                       neighbours_.begin() + first_[out[k] + 1]);
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
    }
    return out;
}

template <class Cost, class AtLeast>
std::uint32_t SkinChart::best(float y, Cost cost, AtLeast at_least) const {
    const auto height = [&](std::size_t k) { return mesh_->positions[by_height_[k]].y; };
    using Number = decltype(cost(0U));
    std::uint32_t best = 0;
    Number least = std::numeric_limits<Number>::max();
    const auto ask = [&](std::size_t k) {
        const std::uint32_t i = by_height_[k];
        const Number c = cost(i);
        if (c < least || (c == least && i < best)) {
            least = c;
            best = i;
        }
    };
    std::size_t up = static_cast<std::size_t>(
        std::lower_bound(by_height_.begin(), by_height_.end(), y,
                         [&](std::uint32_t i, float h) { return mesh_->positions[i].y < h; }) -
        by_height_.begin());
    std::size_t down = up; // the next one below is down - 1
    while (up < by_height_.size() || down > 0) {
        const float above = up < by_height_.size() ? height(up) - y : std::numeric_limits<float>::max();
        const float below = down > 0 ? y - height(down - 1) : std::numeric_limits<float>::max();
        if (at_least(std::min(above, below)) > least) break;
        ask(above < below ? up++ : --down);
    }
    return best;
}

std::uint32_t SkinChart::nearest(const Vec3& p) const {
    const glm::vec3 q(p);
    return best(
        q.y,
        [&](std::uint32_t i) {
            const glm::vec3 way = mesh_->positions[i] - q;
            return glm::dot(way, way);
        },
        [](float height) { return height * height; });
}

std::uint32_t SkinChart::over(const Vec3& p, const Vec3& facing) const {
    constexpr double kRounding = 1e-6; // of the cost, mm2
    if (facing == Vec3(0.0)) return nearest(p);
    const double flat = 1.0 - kDepthShare * kDepthShare;
    // The cost is an ellipsoid; at a given height it is least not beside the place, but along its tilt.
    const double tilt = 1.0 + flat / (1.0 - flat) * facing.y * facing.y;
    return best(
        static_cast<float>(p.y),
        [&](std::uint32_t i) {
            if (glm::dot(Vec3(mesh_->normals[i]), facing) < 0.2) return 1e30;
            const Vec3 way = Vec3(mesh_->positions[i]) - p;
            const double depth = glm::dot(way, facing);
            return glm::dot(way, way) - flat * depth * depth;
        },
        [&](float height) {
            // The height of `p` itself was rounded to a float.
            const double h = std::max(0.0, static_cast<double>(height) - 1e-3);
            return h * h / tilt - kRounding;
        });
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

void LaidStroke::add_seed(const SkinChart& skin, std::uint32_t vertex) {
    const Vec3 p(skin.mesh().positions[vertex]);
    seeds_right_.push_back(skin.nearest(p));
    seeds_left_.push_back(skin.nearest(geometry::mirrored(p)));
}

void LaidStroke::lay_disc(const Atlas& atlas, const SkinChart& skin) {
    const Vec3 place = *position_of(stroke_->places[0], atlas.catalogue());
    const std::uint32_t vertex = skin.over(place, stroke_->facing);
    const Vec3 p = on_skin(skin, vertex, place), normal(skin.mesh().normals[vertex]);
    samples_.push_back({p, normal, stroke_->radii_mm[0]});
    add_seed(skin, vertex);
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
            const std::uint32_t vertex = skin.over(place, stroke_->facing);
            const Vec3 p = on_skin(skin, vertex, place);
            samples_.push_back({p, Vec3(skin.mesh().normals[vertex]), glm::mix(radius(i), radius(i + 1), t)});
            if (k % 4 == 0 || k == steps) add_seed(skin, vertex);
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
        add_seed(skin, skin.over(p, stroke_->facing));
    }
    if (distance_to_outline(outline_, {glm::dot(centre, e1_), glm::dot(centre, e2_)}) < 0.0)
        add_seed(skin, skin.over(centre, stroke_->facing));
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
        return std::max(beyond, glm::radians(geometry::angle_deg(radial, side) - s.spread_deg) * r);
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
    double weight = 1.0 - geometry::smooth_step(-0.5 * s.edge_mm, 0.5 * s.edge_mm, d);
    if (facing != Vec3(0.0) && s.kind != Kind::Sleeve) {
        weight *= geometry::smooth_step(std::cos(glm::radians(std::min(180.0, s.spread_deg + kSoftTurn_deg))),
                                        std::cos(glm::radians(s.spread_deg - kSoftTurn_deg)),
                                        glm::dot(normal, facing));
    }
    return static_cast<float>(weight);
}

float LaidStroke::raw(SkinChart& skin, const Atlas& atlas, Side side, std::size_t vertex,
                      std::vector<int>& allowed) const {
    const Vec3 p(skin.mesh().positions[vertex]), n(skin.mesh().normals[vertex]);
    const float weight = side == Side::Left ? at(geometry::mirrored(p), geometry::mirrored(n)) : at(p, n);
    if (!(weight > 0.0f) || stroke_->bones.empty()) return weight;
    const StructureId bone = skin.bone(atlas, vertex);
    if (!bone.valid()) return 0.0f;
    allowed.resize(atlas.structure_count(), -1);
    int& may = allowed[bone.index];
    if (may < 0) {
        const Structure& s = atlas.structure(bone);
        may = (s.side == Side::Midline || s.side == side) && names(stroke_->bones, s) ? 1 : 0;
    }
    return may == 1 ? weight : 0.0f;
}

bool LaidStroke::touches(SkinChart& skin, const Atlas& atlas, Side side,
                         const std::vector<std::uint32_t>& vertices) const {
    std::vector<int> allowed;
    return std::any_of(vertices.begin(), vertices.end(),
                       [&](std::uint32_t vertex) { return raw(skin, atlas, side, vertex, allowed) > 0.0f; });
}

void LaidStroke::paint(SkinChart& skin, const Atlas& atlas, Side side, std::vector<float>& weight) const {
    std::vector<float> mine(skin.mesh().positions.size(), 0.0f);
    std::vector<int> allowed;
    for (std::size_t i = 0; i < mine.size(); ++i)
        mine[i] = raw(skin, atlas, side, i, allowed);
    if (const auto& seeds = side == Side::Left ? seeds_left_ : seeds_right_; !seeds.empty())
        skin.keep_connected(mine, seeds);
    skin.smooth(mine, kSmoothing);
    for (std::size_t i = 0; i < mine.size(); ++i)
        weight[i] = std::max(weight[i], mine[i]);
}

} // namespace tb::anatomy
