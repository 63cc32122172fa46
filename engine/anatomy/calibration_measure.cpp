#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "anatomy/calibration.h"
#include "anatomy/queries.h"
#include "anatomy/solids.h"
#include "geometry/section.h"

namespace tb::anatomy {
namespace {

using geometry::kAnywhere_mm;
using geometry::SectionLoop;
using geometry::Vec3;
using Result = CalibrationResult;

constexpr double kBeforeSkin_mm = 30.0; // what stands out of the skin is looked for from here
constexpr double kReach_mm = 300.0;     // no probe looks deeper
constexpr double kSameLayer_mm = 14.0;  // pieces further behind the previous one are another layer ("about")
constexpr int kSquareSections = 49;     // tried along a muscle for its largest section

tl::unexpected<Error> cannot(std::string why) {
    return fail(ErrorCode::NotFound, std::move(why));
}

double midline_distance(const SectionLoop& loop, LevelSection::Edge edge) {
    const double a = std::abs(loop.bounds.low.x), b = std::abs(loop.bounds.high.x);
    switch (edge) {
    case LevelSection::Edge::Medial:
        return loop.bounds.low.x < 0.0 && loop.bounds.high.x > 0.0 ? 0.0 : std::min(a, b);
    case LevelSection::Edge::Lateral:
        return std::max(a, b);
    default:
        return std::abs(loop.centroid.x);
    }
}

/// Horizontal cut through a tube; of several loops the largest.
Expected<Vec3> tube_centre_at(const Atlas& atlas, StructureId tube, double y) {
    const std::vector<SectionLoop> loops = section(atlas.mesh(tube), {0.0, y, 0.0}, {0.0, 1.0, 0.0});
    if (loops.empty())
        return cannot(fmt::format("{} does not reach the height y = {:.0f}", atlas.structure(tube).id, y));
    return std::max_element(
               loops.begin(), loops.end(),
               [](const SectionLoop& a, const SectionLoop& b) { return a.area_mm2 < b.area_mm2; })
        ->centroid;
}

/// Centre of a tube's section beside a point: from the nearest wall half way to the opposite one.
Expected<Vec3> tube_centre_near(const Atlas& atlas, StructureId tube, const Vec3& p) {
    const geometry::Bvh* bvh = atlas.hazard_bvh(tube);
    if (bvh == nullptr) return cannot(fmt::format("{} is no vessel or nerve", atlas.structure(tube).id));
    const auto wall = bvh->nearest(p, kAnywhere_mm);
    if (!wall) return cannot(fmt::format("{} has no surface", atlas.structure(tube).id));
    const geometry::Mesh& mesh = atlas.mesh(tube);
    const auto corner = [&](std::size_t k) {
        return Vec3(mesh.positions[mesh.indices[std::size_t{3} * wall->triangle + k]]);
    };
    const Vec3 inward = -glm::normalize(glm::cross(corner(1) - corner(0), corner(2) - corner(0)));
    const auto opposite = bvh->first_hit(wall->point + 0.01 * inward, inward, kAnywhere_mm);
    if (!opposite || opposite->entering) return wall->point;
    return 0.5 * (wall->point + opposite->point);
}

Expected<Vec3> lattice_point(const Atlas& atlas, const LatticeStation& station) {
    const geometry::Lattice& lattice = atlas.structure(station.muscle).parts.front().lattice;
    if (station.u) return lattice.mid_surface(*station.u, 0.5);
    constexpr int kSteps = 400;
    double before = lattice.mid_surface(0.0, 0.5).y - station.at_y;
    for (int i = 1; i <= kSteps; ++i) {
        const double u = static_cast<double>(i) / kSteps;
        const double here = lattice.mid_surface(u, 0.5).y - station.at_y;
        if ((before <= 0.0) != (here <= 0.0)) {
            const double f = before / (before - here);
            return lattice.mid_surface(u - (1.0 - f) / kSteps, 0.5);
        }
        before = here;
    }
    return cannot(fmt::format("{} does not reach the height y = {:.0f}", atlas.structure(station.muscle).id,
                              station.at_y));
}

Expected<Vec3> through_point(const CalibrationProbe& probe, const Atlas& atlas) {
    if (const auto* point = std::get_if<Vec3>(&probe.through)) return *point;
    if (const auto* lattice = std::get_if<LatticeStation>(&probe.through))
        return lattice_point(atlas, *lattice);
    const auto& tube = std::get<TubeStation>(probe.through);
    return tube.near ? tube_centre_near(atlas, tube.tube, *tube.near)
                     : tube_centre_at(atlas, tube.tube, tube.at_y);
}

bool fat_ends_at(StructureKind kind) {
    return kind == StructureKind::Muscle || kind == StructureKind::Tendon || kind == StructureKind::Bone ||
           kind == StructureKind::Cartilage;
}

/// The first layer of the target behind `from`: where it begins, ends and how much of it is matter.
struct Layered {
    double enter = 0.0, leave = 0.0, matter = 0.0;
};
std::optional<Layered> first_layer(const CalibrationRay& ray, const std::vector<StructureId>& ids,
                                   double from) {
    std::optional<Layered> out;
    for (const CalibrationRay::Piece& piece : ray.pieces) { // by entry
        if (std::find(ids.begin(), ids.end(), piece.structure) == ids.end() || piece.leave_mm <= from)
            continue;
        if (!out) {
            out = Layered{piece.enter_mm, piece.leave_mm, piece.leave_mm - piece.enter_mm};
            continue;
        }
        if (piece.enter_mm > out->leave + kSameLayer_mm) break;
        out->matter += std::max(0.0, piece.leave_mm - std::max(piece.enter_mm, out->leave));
        out->leave = std::max(out->leave, piece.leave_mm);
    }
    return out;
}

/// Where the arm hangs against the trunk in one skin: the middle of the way between the outermost structure
/// of the trunk and the innermost of the arm on the way out from `from` to the skin. Nothing if no arm lies
/// there.
std::optional<Vec3> between_arm_and_trunk(const Atlas& atlas, const Vec3& from, const Vec3& skin) {
    const auto of_arm = [&](const geometry::Hit& hit) {
        const std::string& region = atlas.structure(atlas.structure_of(hit.object)).region;
        return region == "arm" || region == "hand";
    };
    double trunk = 0.0; // the last of the trunk before the arm
    const double length = glm::length(skin - from);
    if (!(length > 0.0)) return std::nullopt;
    for (const geometry::Hit& hit : atlas.inner_bvh().all_hits(from, skin)) {
        if (!fat_ends_at(atlas.structure(atlas.structure_of(hit.object)).kind)) continue;
        if (of_arm(hit)) return from + 0.5 * (trunk + hit.distance) / length * (skin - from);
        trunk = hit.distance;
    }
    return std::nullopt;
}

class Evaluator {
public:
    Evaluator(const Calibration& calibration, const Body& body) : calibration_(calibration), body_(body) {
        for (const CalibrationProbe& probe : calibration.probes)
            rays_.push_back(lay(probe, body));
    }

    Result operator()(const CalibrationRow& row) const {
        Result out;
        out.row = &row;
        out.not_for_body = row.excludes(calibration_.body);
        for (const CalibrationChoice& choice : calibration_.followed) {
            if (std::find(choice.instead.begin(), choice.instead.end(), row.id) != choice.instead.end())
                out.instead_of = choice.row;
        }
        const Expected<double> model = measure(row);
        if (!model) {
            out.why_not = model.error().message;
            if (row.is == CalibrationRow::Is::Never && met_nothing(row)) out.verdict = Result::Verdict::Met;
        } else {
            out.model = *model;
            judge(row, *model, out);
        }
        // Skin thickness is looked up in a table made from such studies: it agrees without having been
        // measured.
        out.judged = row.was_read() && row.is != CalibrationRow::Is::Advice &&
                     row.quantity != CalibrationQuantity::Skin && out.not_for_body.empty() &&
                     out.instead_of.empty() && out.verdict != Result::Verdict::NotComputed;
        return out;
    }

private:
    static void judge(const CalibrationRow& row, double model, Result& out) {
        if (row.is == CalibrationRow::Is::Never) {
            out.verdict = Result::Verdict::Far;
            return;
        }
        const double tolerance = row.tolerance();
        double miss = model - *row.mean;
        if (row.is == CalibrationRow::Is::Least) {
            miss = std::min(miss, 0.0); // longer than the shortest is as it should be
        } else {
            out.overstated = row.safety && miss > tolerance;
        }
        out.verdict = std::abs(miss) <= tolerance         ? Result::Verdict::Met
                      : std::abs(miss) <= 2.0 * tolerance ? Result::Verdict::Off
                                                          : Result::Verdict::Far;
    }

    [[nodiscard]] bool met_nothing(const CalibrationRow& row) const {
        return row.probe >= 0 && rays_[static_cast<std::size_t>(row.probe)].has_value() &&
               row.why_not.empty() && !row.targets.front().ids.empty();
    }

    [[nodiscard]] Expected<double> measure(const CalibrationRow& row) const {
        if (!row.why_not.empty()) return cannot(row.why_not);
        for (const CalibrationTarget& target : row.targets) {
            if (!target.why_not.empty()) return cannot(target.why_not);
        }
        switch (row.quantity) {
        case CalibrationQuantity::Volume:
            return volume(row);
        case CalibrationQuantity::Position:
        case CalibrationQuantity::Csa:
            return by_section(row);
        default:
            break;
        }
        if (row.probe < 0) return cannot("the table gives no probe for it");
        const Expected<CalibrationRay>& ray = rays_[static_cast<std::size_t>(row.probe)];
        if (!ray) return tl::unexpected(ray.error());
        return along(*ray, row);
    }

    [[nodiscard]] Expected<double> volume(const CalibrationRow& row) const {
        double sum = 0.0;
        for (const StructureId id : ids_of(row))
            sum += geometry::volume_mm3(body_.atlas().mesh(id)) / 1000.0;
        return sum;
    }

    [[nodiscard]] static std::vector<StructureId> ids_of(const CalibrationRow& row) {
        std::vector<StructureId> ids;
        for (const CalibrationTarget& target : row.targets)
            ids.insert(ids.end(), target.ids.begin(), target.ids.end());
        return ids;
    }

    [[nodiscard]] Expected<double> along(const CalibrationRay& ray, const CalibrationRow& row) const {
        const auto miss = [&](const CalibrationTarget& target) {
            return cannot(fmt::format("the ray misses {}", target.word));
        };
        switch (row.quantity) {
        case CalibrationQuantity::Skin:
            return ray.skin_thickness_mm;
        case CalibrationQuantity::Fat: {
            for (const CalibrationRay::Piece& piece : ray.pieces) {
                if (piece.leave_mm > 0.0 && fat_ends_at(body_.atlas().structure(piece.structure).kind))
                    return piece.enter_mm - ray.skin_thickness_mm;
            }
            return cannot("the ray meets neither muscle nor bone");
        }
        case CalibrationQuantity::Thickness: {
            const auto layer = first_layer(ray, ids_of(row), 0.0);
            if (!layer) return miss(row.targets.front());
            return layer->matter;
        }
        case CalibrationQuantity::Gap: {
            const CalibrationTarget &front = row.targets[0], &back = row.targets[1];
            const auto first = first_layer(ray, front.ids, 0.0);
            if (!first) return miss(front);
            const double from = front.far_face ? first->leave : first->enter;
            const auto second = first_layer(ray, back.ids, from);
            if (!second) return miss(back);
            return (back.far_face ? second->leave : second->enter) - from;
        }
        default: {
            const CalibrationTarget& target = row.targets.front();
            const double start = row.quantity == CalibrationQuantity::LineTo
                                     ? glm::dot(ray.through - ray.skin, ray.direction)
                                     : 0.0;
            std::vector<StructureId> ids = ids_of(row);
            const auto layer = first_layer(ray, ids, start);
            if (!layer) return miss(target);
            return (target.far_face ? layer->leave : layer->enter) - start;
        }
        }
    }

    [[nodiscard]] Expected<double> by_section(const CalibrationRow& row) const {
        const Atlas& atlas = body_.atlas();
        const StructureId id = row.targets.front().ids.front();
        const geometry::Mesh& mesh = atlas.mesh(id);
        if (const auto* level = std::get_if<LevelSection>(&row.measure)) {
            const std::vector<SectionLoop> loops = section(mesh, {0.0, level->y, 0.0}, {0.0, 1.0, 0.0});
            if (loops.empty())
                return cannot(fmt::format("{} does not reach that level", atlas.structure(id).id));
            if (row.quantity == CalibrationQuantity::Csa) return area_cm2(loops);
            double value = midline_distance(loops.front(), level->edge);
            for (const SectionLoop& loop : loops) {
                const double here = midline_distance(loop, level->edge);
                value =
                    level->edge == LevelSection::Edge::Medial ? std::min(value, here) : std::max(value, here);
            }
            return value;
        }
        if (const auto* line = std::get_if<LineSection>(&row.measure)) {
            const Vec3 a(line->a.x, line->a.y, 0.0), b(line->b.x, line->b.y, 0.0);
            const double length = glm::length(b - a);
            if (!(length > 0.0)) return cannot("its two landmarks lie on one spot");
            const Vec3 unit = (b - a) / length;
            std::optional<double> found;
            for (const SectionLoop& loop : section(mesh, a, glm::cross(unit, Vec3(0.0, 0.0, 1.0)))) {
                const double at = glm::dot(loop.centroid - a, unit);
                if (at > 0.0 && at < length && (!found || at < *found)) found = at;
            }
            if (!found) return cannot(fmt::format("{} does not cross that line", atlas.structure(id).id));
            return *found;
        }
        if (const auto* top = std::get_if<TopAbove>(&row.measure)) return atlas.bounds(id).high.y - top->y;
        if (std::holds_alternative<SquareSection>(row.measure)) {
            if (atlas.structure(id).parts.empty())
                return cannot(fmt::format("{} has no fibres", atlas.structure(id).id));
            const geometry::Lattice& lattice = atlas.structure(id).parts.front().lattice;
            double largest = 0.0;
            for (int i = 1; i <= kSquareSections; ++i) {
                const double u = static_cast<double>(i) / (kSquareSections + 1);
                largest = std::max(
                    largest, area_cm2(section(mesh, lattice.mid_surface(u, 0.5), lattice.fibre(u, 0.5))));
            }
            return largest;
        }
        return cannot("the table does not say how to take it");
    }

    static double area_cm2(const std::vector<SectionLoop>& loops) {
        double sum = 0.0;
        for (const SectionLoop& loop : loops)
            sum += loop.area_mm2;
        return sum / 100.0;
    }

    const Calibration& calibration_;
    const Body& body_;
    std::vector<Expected<CalibrationRay>> rays_;
};

} // namespace

Expected<CalibrationRay> lay(const CalibrationProbe& probe, const Body& body) {
    const Atlas& atlas = body.atlas();
    const Expected<Vec3> through = through_point(probe, atlas);
    if (!through) return tl::unexpected(through.error());
    CalibrationRay ray;
    ray.through = *through;
    ray.direction = probe.direction;
    // From inside outward to the first skin; from outside inward.
    const auto outward = atlas.skin_bvh().first_hit(*through, -probe.direction, kAnywhere_mm);
    const bool inside = outward && !outward->entering;
    const auto skin = skin_hit(body, *through, inside ? -probe.direction : probe.direction);
    if (!skin) return cannot("its ray does not meet the skin");
    ray.skin = skin->point;
    if (probe.skin_normal) ray.direction = -skin->normal;
    if (probe.arm_lifted) {
        if (const auto between = between_arm_and_trunk(atlas, *through, skin->point)) {
            ray.skin = *between;
            ray.direction = probe.direction; // there is no skin whose normal it could be
            ray.half_way_to_arm = true;
        }
    }
    ray.skin_thickness_mm = body.skin_thickness_mm(ray.skin);

    const std::vector<geometry::Hit> hits = atlas.inner_bvh().all_hits(
        ray.skin - kBeforeSkin_mm * ray.direction, ray.skin + kReach_mm * ray.direction);
    for (const Stretch& s : stretches(hits, kBeforeSkin_mm + kReach_mm))
        ray.pieces.push_back(
            {atlas.structure_of(s.object), s.enter - kBeforeSkin_mm, s.leave - kBeforeSkin_mm});
    std::erase_if(ray.pieces, [](const CalibrationRay::Piece& p) { return p.leave_mm <= 0.0; });
    std::stable_sort(ray.pieces.begin(), ray.pieces.end(), [](const auto& a, const auto& b) {
        return std::tie(a.enter_mm, a.leave_mm, a.structure) < std::tie(b.enter_mm, b.leave_mm, b.structure);
    });
    return ray;
}

std::string_view name_of(CalibrationResult::Verdict verdict) {
    constexpr std::array<std::string_view, 4> kNames{"not computed", "met", "off", "far"};
    return kNames[static_cast<std::size_t>(verdict)];
}

std::vector<CalibrationResult> evaluate(const Calibration& calibration, const Body& body) {
    const Evaluator evaluator(calibration, body);
    std::vector<CalibrationResult> out;
    for (const CalibrationRow& row : calibration.rows)
        out.push_back(evaluator(row));
    return out;
}

CalibrationSummary summary_of(const std::vector<CalibrationResult>& results) {
    CalibrationSummary sum;
    for (const CalibrationResult& r : results) {
        sum.computed += r.model.has_value() ? 1 : 0;
        if (!r.judged) continue;
        ++sum.judged;
        sum.met += r.verdict == Result::Verdict::Met ? 1 : 0;
        sum.far += r.verdict == Result::Verdict::Far ? 1 : 0;
        sum.overstated += r.overstated ? 1 : 0;
    }
    return sum;
}

} // namespace tb::anatomy
