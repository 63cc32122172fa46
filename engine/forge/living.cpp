#include "forge/living.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "forge/attach.h"
#include "forge/lattice_shift.h"
#include "forge/make_room.h"
#include "forge/separate.h"
#include "geometry/bvh.h"
#include "geometry/smooth.h"

namespace tb::forge {

namespace {

using geometry::Bvh;
using geometry::Hit;
using geometry::Lattice;
using geometry::Mesh;
using geometry::smooth_step;
using geometry::Vec3;

constexpr double kLoose_mm = 0.4;  ///< loose tissue that stays between layers (est.)
constexpr double kSink_mm = 26.0;  ///< no layer floats higher than this; what is deeper is no ground of it
constexpr double kRise_mm = 10.0;  ///< nor lies deeper in its neighbour
constexpr double kLump_mm = 3.5;   ///< a muscle drapes over what stands up less than this between its nodes
constexpr int kTrials = 2;         ///< separations tried to learn what a muscle loses to its neighbours
constexpr double kMostBoost = 1.3; ///< a muscle that loses more is in the wrong place, not too thin
constexpr int kPasses = 2;         ///< what smoothing left open the second time closes

double volume_of(const std::vector<anatomy::MusclePart>& parts) {
    double sum = 0.0;
    for (const anatomy::MusclePart& part : parts)
        sum += volume_mm3(part.lattice.mesh(0, {}, kGroundDensity));
    return sum;
}

/// The profile at t in [0, 1].
double at(const std::vector<double>& profile, double t) {
    const double place = t * static_cast<double>(profile.size() - 1);
    const auto low = std::min(static_cast<std::size_t>(place), profile.size() - 1);
    const auto high = std::min(low + 1, profile.size() - 1);
    return glm::mix(profile[low], profile[high], place - static_cast<double>(low));
}

/// Thickness times `factor` and the profile; a round belly's rows also spread about their middle; less
/// towards the ends.
Lattice swollen(const Lattice& lattice, double factor, const LivingFigure::Volume& how) {
    std::vector<Vec3> points = lattice.points();
    std::vector<double> half = lattice.half_thickness();
    const int nu = lattice.nu(), nv = lattice.nv();
    for (int i = 0; i < nu; ++i) {
        const double u = static_cast<double>(i) / (nu - 1);
        const double free = std::max(0.25, freedom(u)), here_along = factor * at(how.along, u);
        Vec3 middle(0.0);
        for (int j = 0; j < nv; ++j)
            middle += points[static_cast<std::size_t>(i * nv + j)] / static_cast<double>(nv);
        for (int j = 0; j < nv; ++j) {
            const auto n = static_cast<std::size_t>(i * nv + j);
            const double v = static_cast<double>(j) / (nv - 1);
            const double here = std::max(0.1, 1 + free * (here_along * at(how.across, v) - 1));
            half[n] *= here;
            if (how.round) points[n] = middle + here * (points[n] - middle);
        }
    }
    return {nu, nv, std::move(points), std::move(half)};
}

std::vector<anatomy::MusclePart> swollen(const std::vector<anatomy::MusclePart>& parts, double factor,
                                         const LivingFigure::Volume& how) {
    std::vector<anatomy::MusclePart> out;
    for (const anatomy::MusclePart& part : parts)
        out.push_back({part.name, swollen(part.lattice, factor, how)});
    return out;
}

/// v of a column: the table's outermost nodes are edges without thickness; the solid near them decides.
double within_edges(double j, int nv) {
    return std::clamp(j / (nv - 1), 0.06, 0.94);
}

/// How far the muscle must move along its normal at (u, v) to rest on the ground; nothing under it: nothing.
std::optional<double> shift_at(const Bvh& ground, const Lattice& lattice, double u, double v) {
    const Vec3 deep = lattice.position({u, v, -1.0}), top = lattice.position({u, v, 1.0});
    const Vec3 outward = lattice.normal(u, v);
    const double thick = glm::length(top - deep);
    // From above the muscle down: the first surface met is what it should lie on.
    for (const Hit& hit : ground.all_hits(top + kRise_mm * outward, deep - kSink_mm * outward)) {
        if (!hit.entering) continue;
        const double gap = hit.distance - kRise_mm - thick; // > 0 floats, < 0 sunk in
        if (gap < -thick - 0.5 * kRise_mm) continue;        // lies over this muscle altogether
        return std::clamp(kLoose_mm - gap, -kSink_mm, kRise_mm);
    }
    return std::nullopt;
}

/// The same for every node.
std::vector<double> shift_to(const Bvh& ground, const Lattice& lattice) {
    const int nu = lattice.nu(), nv = lattice.nv();
    std::vector<double> shift(static_cast<std::size_t>(nu) * static_cast<std::size_t>(nv), 0.0);
    std::vector<bool> known(shift.size(), false);
    for (int i = 0; i < nu; ++i)
        for (int j = 0; j < nv; ++j) {
            const auto own =
                shift_at(ground, lattice, static_cast<double>(i) / (nu - 1), within_edges(j, nv));
            if (!own) continue;
            const auto n = static_cast<std::size_t>(i * nv + j);
            known[n] = true;
            shift[n] = *own;
        }
    // Where nothing lies below, the neighbours' shift goes on.
    for (int pass = 0; pass < nu + nv; ++pass) {
        bool missing = false;
        const std::vector<bool> before = known;
        for (int i = 0; i < nu; ++i)
            for (int j = 0; j < nv; ++j) {
                const auto n = static_cast<std::size_t>(i * nv + j);
                if (before[n]) continue;
                missing = true;
                double sum = 0.0, count = 0.0;
                for_each_neighbour(i, j, nu, nv, [&](std::size_t m) {
                    if (!before[m]) return;
                    sum += shift[m];
                    count += 1;
                });
                if (count > 0) {
                    shift[n] = 0.8 * sum / count; // and fades
                    known[n] = true;
                }
            }
        if (!missing) break;
    }
    return shift;
}

/// What still stands through the muscle between its nodes lifts those around it, all but kLump_mm.
std::vector<double> lift_over(const Bvh& ground, const Lattice& lattice) {
    const int nu = lattice.nu(), nv = lattice.nv();
    std::vector<double> lift(static_cast<std::size_t>(nu) * static_cast<std::size_t>(nv), 0.0);
    for (int i = 0; i < nu; ++i)
        for (int j = 0; j < nv; ++j)
            for (const double di : {-0.5, -0.25, 0.0, 0.25, 0.5})
                for (const double dj : {-0.5, -0.25, 0.0, 0.25, 0.5}) {
                    const double u = std::clamp((i + di) / (nu - 1), 0.0, 1.0);
                    const double needed =
                        shift_at(ground, lattice, u, within_edges(j + dj, nv)).value_or(0.0) - kLump_mm;
                    double& here = lift[static_cast<std::size_t>(i * nv + j)];
                    here = std::max(here, needed);
                }
    return lift;
}

Lattice laid(const Bvh& ground, Lattice lattice) {
    for (int pass = 0; pass < kPasses; ++pass) {
        std::vector<double> shift = shift_to(ground, lattice);
        smooth(shift, lattice.nu(), lattice.nv(), 4);
        lattice = shifted(lattice, shift);
    }
    std::vector<double> lift = lift_over(ground, lattice);
    smooth(lift, lattice.nu(), lattice.nv(), 1);
    return shifted(lattice, lift);
}

/// Brings muscles to their living volume, about their mid-surface, attachments kept.
void bring_to_volume(std::vector<MuscleFigure>& muscles, const LivingFigure& living,
                     const std::map<std::string, double>& boost) {
    for (MuscleFigure& muscle : muscles) {
        const auto target = living.volume.find(std::string(anatomy::without_side(muscle.structure.id)));
        if (target == living.volume.end()) continue;
        const auto more = boost.find(muscle.structure.id);
        const double wanted = target->second.ratio * (more == boost.end() ? 1.0 : more->second) *
                              volume_of(muscle.structure.parts);
        double low = 0.1, high = 5.0;
        for (int step = 0; step < 20; ++step) {
            const double middle = 0.5 * (low + high);
            (volume_of(swollen(muscle.structure.parts, middle, target->second)) < wanted ? low : high) =
                middle;
        }
        muscle.structure.parts = swollen(muscle.structure.parts, low, target->second);
    }
}

/// Lays the muscles of `order` onto what is under them, one after the other: each sinks along its own normals
/// until it touches `below` (bone and cartilage), another muscle or one laid before it, or rises out of it.
/// Ends at bones stay.
std::vector<Moved> lay_on(std::vector<MuscleFigure>& muscles, const std::vector<std::string>& order,
                          std::vector<Mesh> below) {
    std::vector<Moved> moved;
    std::map<std::string, anatomy::Structure*> to_lay;
    for (const std::string& id : order)
        to_lay[anatomy::with_side(id, anatomy::Side::Right)] = nullptr;
    for (MuscleFigure& muscle : muscles) {
        const auto waiting = to_lay.find(muscle.structure.id);
        if (waiting != to_lay.end())
            waiting->second = &muscle.structure;
        else if (muscle.structure.kind == StructureKind::Muscle) // fasciae lie over, not under
            below.push_back(mesh_of(muscle.structure));
    }
    for (const std::string& id : order) {
        anatomy::Structure* muscle = to_lay[anatomy::with_side(id, anatomy::Side::Right)];
        if (muscle == nullptr) continue; // in the midline
        Bvh bvh;
        for (const Mesh& mesh : below)
            bvh.add(mesh);
        bvh.build();
        for (anatomy::MusclePart& part : muscle->parts) {
            const std::vector<Vec3> before = part.lattice.points();
            part.lattice = laid(bvh, part.lattice);
            for (std::size_t n = 0; n < before.size(); ++n)
                moved.push_back({before[n], part.lattice.points()[n] - before[n]});
        }
        below.push_back(mesh_of(*muscle));
    }
    return moved;
}

/// Vessels and nerves follow the muscles they run along.
void follow(std::vector<TubeFigure>& tubes, const std::vector<Moved>& moved) {
    constexpr double kBeside_mm = 18.0;
    for (TubeFigure& tube : tubes)
        for (TubeFigure::Point& point : tube.points) {
            Vec3 sum(0.0);
            double weight = 0.02; // far from every muscle nothing moves
            for (const Moved& m : moved) {
                const double d = glm::length(m.from - point.position);
                if (d > kBeside_mm) continue;
                const double w = 1 - d / kBeside_mm;
                sum += w * w * m.by;
                weight += w * w;
            }
            point.position += sum / weight;
        }
}

/// The pleural apex comes down to where living people have it.
void lower_apex(std::vector<LoftFigure>& lofts, const LivingFigure& living) {
    for (LoftFigure& loft : lofts) {
        if (loft.structure.kind != StructureKind::Pleura) continue;
        const double top = loft.sections.back().y;
        for (Section& section : loft.sections)
            section.y -= living.apex_down_mm * smooth_step(living.apex_from_y, top, section.y);
    }
}

} // namespace

void calibrate(Figures& figures, std::span<const Built> skeleton) {
    for (int round = 0; round < 2; ++round) // slips hold on to slips that moved
        attach(figures.muscles, skeleton);
    std::vector<Mesh> ground;
    for (const Built& bone : skeleton)
        ground.push_back(bone.lods[std::min<std::size_t>(1, bone.lods.size() - 1)]);
    const std::vector<MuscleFigure> muscles = figures.muscles; // as every trial begins
    const std::vector<TubeFigure> tubes = figures.tubes;
    std::map<std::string, double> boost; // what a muscle needs more, since neighbours and bones take of it
    for (int trial = 0;; ++trial) {
        figures.muscles = muscles;
        figures.tubes = tubes;
        bring_to_volume(figures.muscles, figures.living, boost);
        follow(figures.tubes, lay_on(figures.muscles, figures.living.lay, ground));
        follow(figures.tubes, make_room(figures.muscles, skeleton));
        if (trial == kTrials) break;
        std::vector<Built> built = dense_muscles(figures.muscles);
        separate(built, skeleton);
        for (std::size_t i = 0; i < built.size(); ++i) {
            const anatomy::Structure& muscle = muscles[i].structure;
            const auto target = figures.living.volume.find(std::string(anatomy::without_side(muscle.id)));
            if (target == figures.living.volume.end()) continue;
            const double wanted = target->second.ratio * volume_of(muscle.parts);
            double& more = boost.try_emplace(muscle.id, 1.0).first->second;
            more = std::min(kMostBoost, more * wanted / std::max(1.0, volume_mm3(built[i].lods.front())));
        }
    }
    lower_apex(figures.lofts, figures.living);
}

} // namespace tb::forge
