#include "anatomy/queries.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include "anatomy/solids.h"

namespace tb::anatomy {
namespace {

using geometry::Hit;
using geometry::kAnywhere_mm;
using geometry::LatticeCoordinates;
using geometry::Vec3;

constexpr double kPleuralSpace_mm = 3.0;  // what counts as pleural space before it is lung (est.)
constexpr double kLeastSkinCosine = 0.25; // a flat path through skin is at most four thicknesses long
constexpr double kAboveSkin_mm = 3.0; // structures that reach the skin from below are looked for from here

int part_at(const geometry::Mesh& mesh, std::uint32_t triangle) {
    return mesh.w_part.empty() ? 0 : static_cast<int>(std::lround(mesh.w_part[corner(mesh, triangle, 0)].y));
}

double distance_to_box(const geometry::Box& box, const Vec3& p) {
    return glm::length(glm::max(glm::max(box.low - p, p - box.high), Vec3(0.0)));
}

SkinPoint skin_point(const Atlas& atlas, const Vec3& point, std::uint32_t triangle, double b1, double b2) {
    return {point, blended_normal(atlas.mesh(atlas.skin()), triangle, b1, b2)};
}

/// How far behind `a` the path must start to begin outside the body.
double run_up_mm(const Atlas& atlas, const Vec3& a, const Vec3& unit) {
    const geometry::Box& box = atlas.bounds(atlas.skin());
    if (!inside_solid(atlas.skin_bvh(), box, a)) return 0.0;
    double out = kAnywhere_mm;
    for (int i = 0; i < 3; ++i) {
        if (unit[i] == 0.0) continue;
        out = std::min(out, (unit[i] > 0.0 ? a[i] - box.low[i] : a[i] - box.high[i]) / unit[i]);
    }
    return out + 1.0;
}

/// Vessels and nerves run through fat; anything else ends it.
bool ends_subcutis(StructureKind kind) {
    return kind != StructureKind::Vein && kind != StructureKind::Artery && kind != StructureKind::Nerve;
}

/// Way through the skin at a place of its outside. The normal is a smooth one: that of the triangle met
/// differs from its neighbour's, and a needle that turns by a hair meets the neighbour.
double skin_path_mm(const Body& body, const SkinPoint& at, const Vec3& unit) {
    return body.skin_thickness_mm(at.point) / std::max(std::abs(glm::dot(at.normal, unit)), kLeastSkinCosine);
}

/// Newton's method on position(u,v,w) = p from a near guess; nothing if it does not settle inside the solid.
std::optional<LatticeCoordinates> refine(const geometry::Lattice& lattice, const Vec3& p, double u,
                                         double v) {
    constexpr double kDelta = 1e-4;
    constexpr int kSteps = 8;
    constexpr double kSettled_mm = 1e-4;
    double s = 0.0; // offset along the normal, mm
    const auto place = [&](double uu, double vv) {
        return lattice.mid_surface(uu, vv) + s * lattice.normal(uu, vv);
    };
    for (int step = 0; step < kSteps; ++step) {
        const Vec3 normal = lattice.normal(u, v);
        const Vec3 here = lattice.mid_surface(u, v) + s * normal;
        const Vec3 miss = p - here;
        if (glm::dot(miss, miss) < kSettled_mm * kSettled_mm) {
            const double side = 2.0 * v - 1.0;
            const double half = lattice.half_thickness_at(u, v) * std::sqrt(std::max(0.0, 1.0 - side * side));
            if (std::abs(s) > half + 0.2) return std::nullopt; // meshes cut corners by a little
            return LatticeCoordinates{u, v, half > 0.0 ? std::clamp(s / half, -1.0, 1.0) : 0.0};
        }
        const double du = u + kDelta <= 1.0 ? kDelta : -kDelta, dv = v + kDelta <= 1.0 ? kDelta : -kDelta;
        const Vec3 along_u = (place(u + du, v) - here) / du, along_v = (place(u, v + dv) - here) / dv;
        const double determinant = glm::dot(along_u, glm::cross(along_v, normal));
        if (std::abs(determinant) < 1e-9) return std::nullopt;
        u = std::clamp(u + glm::dot(miss, glm::cross(along_v, normal)) / determinant, 0.0, 1.0);
        v = std::clamp(v + glm::dot(along_u, glm::cross(miss, normal)) / determinant, 0.0, 1.0);
        s += glm::dot(along_u, glm::cross(along_v, miss)) / determinant;
    }
    return std::nullopt;
}

/// Lattice coordinates of a point known to be inside the muscle: from the surface where a ray left it, else
/// by search.
std::optional<InMuscle> place_in(const Atlas& atlas, StructureId muscle, const Vec3& p, const Hit& exit) {
    const Structure& structure = atlas.structure(muscle);
    const geometry::Mesh& mesh = atlas.mesh(muscle);
    if (structure.parts.empty()) return std::nullopt;
    const auto fill = [&](std::size_t part, LatticeCoordinates at) {
        return InMuscle{muscle, static_cast<int>(part), at, structure.parts[part].lattice.fibre(at.u, at.v)};
    };
    if (!mesh.uv.empty()) {
        const auto part = static_cast<std::size_t>(part_at(mesh, exit.triangle));
        const glm::vec2 uv = blend(mesh, mesh.uv, exit.triangle, exit.b1, exit.b2);
        if (part < structure.parts.size()) {
            if (const auto at = refine(structure.parts[part].lattice, p, uv.x, uv.y)) return fill(part, *at);
        }
    }
    std::size_t best_part = 0;
    geometry::Lattice::Inverse best{{}, std::numeric_limits<double>::max()};
    for (std::size_t part = 0; part < structure.parts.size() && best.distance > 0.0; ++part) {
        const geometry::Lattice::Inverse inverse = structure.parts[part].lattice.inverse(p);
        if (inverse.distance < best.distance) {
            best = inverse;
            best_part = part;
        }
    }
    return fill(best_part, best.at);
}

/// Thickness of muscle between the point and the nearer face, mm.
double cover_mm(const Atlas& atlas, const InMuscle& in) {
    const geometry::Lattice& lattice =
        atlas.structure(in.muscle).parts[static_cast<std::size_t>(in.part)].lattice;
    const double side = 2.0 * in.at.v - 1.0;
    return (1.0 - std::abs(in.at.w)) * lattice.half_thickness_at(in.at.u, in.at.v) *
           std::sqrt(std::max(0.0, 1.0 - side * side));
}

} // namespace

std::optional<SkinPoint> skin_hit(const Body& body, const Vec3& origin, const Vec3& direction) {
    const auto hit = body.atlas().skin_bvh().first_hit(origin, direction, kAnywhere_mm);
    if (!hit) return std::nullopt;
    return skin_point(body.atlas(), hit->point, hit->triangle, hit->b1, hit->b2);
}

SkinPoint nearest_skin(const Body& body, const Vec3& p) {
    const Atlas& atlas = body.atlas();
    const auto nearest = atlas.skin_bvh().nearest(p, kAnywhere_mm);
    if (!nearest) return {p, Vec3(0.0, 0.0, 1.0)};
    const auto [b1, b2] = corner_weights(atlas.mesh(atlas.skin()), nearest->triangle, nearest->point);
    return skin_point(atlas, nearest->point, nearest->triangle, b1, b2);
}

double skin_depth(const Body& body, const Vec3& p) {
    const Atlas& atlas = body.atlas();
    const double distance = glm::length(nearest_skin(body, p).point - p);
    return inside_solid(atlas.skin_bvh(), atlas.bounds(atlas.skin()), p) ? -distance : distance;
}

std::vector<Crossing> path_crossings(const Body& body, const Vec3& a, const Vec3& b) {
    const Atlas& atlas = body.atlas();
    std::vector<Crossing> out;
    const double length = glm::length(b - a);
    if (!(length > 0.0)) return out;
    const Vec3 unit = (b - a) / length;

    const double run_up = run_up_mm(atlas, a, unit);
    const Vec3 start = a - run_up * unit;
    const double end = run_up + length;
    const std::vector<Stretch> skin = stretches(atlas.skin_bvh().all_hits(start, b), end);
    if (skin.empty()) return out;
    const std::vector<Stretch> inner = stretches(atlas.inner_bvh().all_hits(start, b), end);

    // Depths count from the first skin on the way from `a`; a path that starts inside the body counts from
    // `a`.
    double zero = run_up;
    if (run_up == 0.0) zero = skin.front().enter;
    const auto add = [&](StructureId structure, StructureKind kind, double enter, double leave, int part) {
        enter = std::max(enter, run_up);
        if (leave - enter < kShallowest_mm) return;
        out.push_back({structure, kind, enter - zero, leave - zero, part});
    };
    for (const Stretch& s : inner) {
        const StructureId id = atlas.structure_of(s.object);
        const StructureKind kind = atlas.structure(id).kind;
        const int part = part_at(atlas.mesh(id), s.triangle);
        if (kind == StructureKind::Pleura && atlas.lung_within_pleura()) {
            const double lung = std::min(s.enter + kPleuralSpace_mm, s.leave);
            add(id, kind, s.enter, lung, part);
            add(id, StructureKind::Lung, lung, s.leave, part);
        } else {
            add(id, kind, s.enter, s.leave, part);
        }
    }
    for (const Stretch& s : skin) {
        double below = s.leave; // first structure that ends the fat
        for (const Stretch& i : inner) {
            if (i.enter > s.enter && ends_subcutis(atlas.structure(atlas.structure_of(i.object)).kind)) {
                below = std::min(below, i.enter);
            }
        }
        const double skin_end =
            std::min(s.enter + skin_path_mm(body, nearest_skin(body, start + s.enter * unit), unit), below);
        add(atlas.skin(), StructureKind::Skin, s.enter, skin_end, 0);
        add({}, StructureKind::Subcutis, skin_end, below, 0);
        if (s.leave < end) { // out again, through skin from below
            const double thickness = skin_path_mm(body, nearest_skin(body, start + s.leave * unit), unit);
            add(atlas.skin(), StructureKind::Skin, std::max(s.leave - thickness, skin_end), s.leave, 0);
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const Crossing& x, const Crossing& y) {
        return std::tie(x.enter_mm, x.leave_mm, x.structure) < std::tie(y.enter_mm, y.leave_mm, y.structure);
    });
    return out;
}

double TissueColumn::depth_mm() const {
    double sum = 0.0;
    for (const Layer& layer : layers)
        sum += layer.thickness_mm;
    return sum;
}

TissueColumn tissue_column(const Body& body, const SkinPoint& at, const Vec3& inward, double max_depth_mm) {
    const Atlas& atlas = body.atlas();
    TissueColumn column;
    column.muscle_stiffness = body.muscle_stiffness();
    column.surface = at;
    const double length = glm::length(inward);
    if (!(length > 0.0) || !(max_depth_mm > 0.0)) return column;
    const Vec3 unit = inward / length;

    double end = max_depth_mm;
    if (const auto out = atlas.skin_bvh().first_hit(at.point + 0.5 * unit, unit, end);
        out && !out->entering) {
        end = std::min(end, out->distance + 0.5); // a fold or a thin part: out on the other side
    }
    std::vector<Stretch> inner =
        stretches(atlas.inner_bvh().all_hits(at.point - kAboveSkin_mm * unit, at.point + end * unit),
                  kAboveSkin_mm + end);
    for (Stretch& s : inner) {
        s.enter = std::max(s.enter - kAboveSkin_mm, 0.0);
        s.leave -= kAboveSkin_mm;
    }
    std::erase_if(inner, [](const Stretch& s) { return s.leave < kShallowest_mm; });
    for (const Stretch& s : inner) {
        if (atlas.structure(atlas.structure_of(s.object)).kind == StructureKind::Bone && s.enter < end) {
            end = s.enter;
            column.on_bone = true;
        }
    }

    // Layers do not overlap: where structures do, the hazard shows, else the one that began first.
    std::vector<double> cuts{0.0, end};
    const double skin_end = std::min(skin_path_mm(body, at, unit), end);
    cuts.push_back(skin_end);
    for (const Stretch& s : inner) {
        for (const double cut : {s.enter, s.leave}) {
            if (cut > skin_end && cut < end) cuts.push_back(cut);
        }
    }
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const double thickness = cuts[i + 1] - cuts[i];
        if (thickness < kShallowest_mm) continue;
        const double middle = 0.5 * (cuts[i] + cuts[i + 1]);
        Layer layer{{}, StructureKind::Subcutis, thickness};
        if (middle < skin_end) {
            layer.kind = StructureKind::Skin;
        } else {
            for (const Stretch& s : inner) {
                if (middle < s.enter || middle > s.leave) continue;
                const StructureId id = atlas.structure_of(s.object);
                const StructureKind kind = atlas.structure(id).kind;
                if (!layer.structure.valid() || (is_hazard(kind) && !is_hazard(layer.kind)))
                    layer = {id, kind, thickness};
            }
        }
        Layer* last = column.layers.empty() ? nullptr : &column.layers.back();
        if (last != nullptr && last->structure == layer.structure && last->kind == layer.kind) {
            last->thickness_mm += thickness;
        } else {
            column.layers.push_back(layer);
        }
    }
    return column;
}

std::optional<InMuscle> in_muscle(const Body& body, const Vec3& p) {
    const Atlas& atlas = body.atlas();
    const geometry::Box& box = atlas.bounds(atlas.skin());
    if (!inside_box(box, p)) return std::nullopt;
    std::optional<InMuscle> best;
    double most_cover = -1.0;
    for (const Around& around : solids_around(atlas.inner_bvh(), box, p)) {
        const StructureId id = atlas.structure_of(around.object);
        if (atlas.structure(id).kind != StructureKind::Muscle) continue;
        const auto in = place_in(atlas, id, p, around.first);
        if (!in) continue;
        const double cover = cover_mm(atlas, *in);
        if (cover > most_cover) {
            most_cover = cover;
            best = in;
        }
    }
    return best;
}

std::optional<InMuscle> first_muscle(const Body& body, const SkinPoint& at, const Vec3& inward) {
    constexpr double kDeepestFirstMuscle_mm = 150.0;
    const Atlas& atlas = body.atlas();
    const double length = glm::length(inward);
    if (!(length > 0.0)) return std::nullopt;
    const Vec3 unit = inward / length;
    const Vec3 start = at.point - kAboveSkin_mm * unit;
    for (const Hit& hit : atlas.inner_bvh().all_hits(start, at.point + kDeepestFirstMuscle_mm * unit)) {
        if (!hit.entering) continue;
        const StructureId id = atlas.structure_of(hit.object);
        const Structure& structure = atlas.structure(id);
        const geometry::Mesh& mesh = atlas.mesh(id);
        if (structure.kind != StructureKind::Muscle || mesh.uv.empty()) continue;
        const int part = part_at(mesh, hit.triangle);
        const glm::vec2 uv = blend(mesh, mesh.uv, hit.triangle, hit.b1, hit.b2);
        const glm::vec2 wp = blend(mesh, mesh.w_part, hit.triangle, hit.b1, hit.b2);
        const LatticeCoordinates c{std::clamp<double>(uv.x, 0.0, 1.0), std::clamp<double>(uv.y, 0.0, 1.0),
                                   std::clamp<double>(wp.x, -1.0, 1.0)};
        return InMuscle{id, part, c, structure.parts[static_cast<std::size_t>(part)].lattice.fibre(c.u, c.v)};
    }
    return std::nullopt;
}

double hazard_distance(const Body& body, StructureId hazard, const Vec3& p) {
    const Atlas& atlas = body.atlas();
    const geometry::Bvh* bvh = atlas.hazard_bvh(hazard);
    if (bvh == nullptr) return kAnywhere_mm;
    const auto nearest = bvh->nearest(p, kAnywhere_mm);
    if (!nearest) return kAnywhere_mm;
    return inside_solid(*bvh, atlas.bounds(hazard), p) ? -nearest->distance : nearest->distance;
}

std::vector<NearHazard> hazards_near(const Body& body, const Vec3& p, double range_mm) {
    const Atlas& atlas = body.atlas();
    std::vector<NearHazard> out;
    for (const StructureId id : atlas.hazards()) {
        const geometry::Box& box = atlas.bounds(id);
        if (distance_to_box(box, p) > range_mm) continue;
        const geometry::Bvh& bvh = *atlas.hazard_bvh(id);
        const bool inside = inside_solid(bvh, box, p);
        const auto nearest = bvh.nearest(p, inside ? kAnywhere_mm : range_mm);
        if (!nearest) continue;
        out.push_back({id, inside ? -nearest->distance : nearest->distance, nearest->point});
    }
    std::sort(out.begin(), out.end(), [](const NearHazard& x, const NearHazard& y) {
        return std::tie(x.distance_mm, x.structure) < std::tie(y.distance_mm, y.structure);
    });
    return out;
}

double distance_to_band(const Band& band, const Vec3& p) {
    if (band.line.empty()) return glm::length(p - band.centre);
    double best = glm::length(p - band.line.front());
    for (std::size_t i = 0; i + 1 < band.line.size(); ++i) {
        const Vec3 along = band.line[i + 1] - band.line[i];
        const double square = glm::dot(along, along);
        const double t =
            square > 0.0 ? std::clamp(glm::dot(p - band.line[i], along) / square, 0.0, 1.0) : 0.0;
        best = std::min(best, glm::length(p - band.line[i] - t * along));
    }
    return best;
}

} // namespace tb::anatomy
