#include "anatomy/point_check.h"

#include <algorithm>
#include <cmath>

#include "anatomy/solids.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;

constexpr double kLongestTrack_mm = 300.0;
constexpr double kTouch_mm = 0.3;   // a structure entered this close to the site is the site's own border
constexpr double kBeyond_mm = 10.0; // a tip that goes too far goes this far
constexpr double kClear_mm = 1.5;
constexpr double kTurnStep_deg = 3.0;
constexpr double kClearanceStep_mm = 1.5;

bool stops(StructureKind kind) {
    return is_hazard(kind) || kind == StructureKind::Bone || kind == StructureKind::Cartilage;
}
bool grave(StructureKind kind) {
    return kind == StructureKind::Pleura || kind == StructureKind::Lung || kind == StructureKind::Canal ||
           kind == StructureKind::Artery || kind == StructureKind::Organ;
}

Vec3 turned(const Vec3& direction, double turn_deg, double around_deg) {
    const geometry::Tangents t = geometry::tangents_of(direction);
    const double a = glm::radians(turn_deg), b = glm::radians(around_deg);
    return glm::normalize(std::cos(a) * direction + std::sin(a) * (std::cos(b) * t.e1 + std::sin(b) * t.e2));
}

double clearance(const Body& plain, const Vec3& from, const Vec3& to) {
    double least = 10.0;
    const int steps = std::max(1, static_cast<int>(std::ceil(glm::length(to - from) / kClearanceStep_mm)));
    for (int k = 0; k <= steps; ++k) {
        const auto near =
            hazards_near(plain, glm::mix(from, to, static_cast<double>(k) / steps), kClear_mm + 0.5);
        if (!near.empty()) least = std::min(least, near.front().distance_mm);
    }
    return least;
}

} // namespace

PlaceCheck check_place(const Body& plain, const TriggerPoint& point) {
    PlaceCheck out;
    const Atlas& atlas = plain.atlas();
    const SkinPoint skin = nearest_skin(plain, point.position);
    const double to_skin = glm::length(skin.point - point.position);
    out.under_skin_mm =
        inside_solid(atlas.skin_bvh(), atlas.bounds(atlas.skin()), point.position) ? to_skin : -to_skin;
    for (const LandmarkDistance& l : point.landmarks) {
        const auto from = position_of(l.from, atlas.catalogue());
        const double d = from ? disagreement_mm(l, *from, point.position, skin.normal) : 1e3;
        out.by_statement_mm.push_back(d);
        out.worst_mm = std::max(out.worst_mm, d);
    }
    const StructureId muscle = point.muscle.empty() ? StructureId{} : atlas.find(point.muscle, Side::Right);
    if (!muscle.valid()) return out;
    geometry::Bvh own;
    own.add(atlas.mesh(muscle));
    own.build();
    if (inside_solid(own, atlas.bounds(muscle), point.position)) return out;
    const auto nearest = own.nearest(point.position, 1000.0);
    out.outside_muscle_mm = nearest ? nearest->distance : 1000.0;
    return out;
}

TrackCheck check_track(const Body& plain, const TriggerPoint& point, const Vec3& direction) {
    TrackCheck out;
    if (direction == Vec3(0.0)) return out;
    out.needled = true;
    const Vec3 site = point.position;
    const auto entry = skin_hit(plain, site, -direction);
    if (!entry || glm::length(site - entry->point) > kLongestTrack_mm) {
        out.entry = site;
        out.met = "outside";
        return out;
    }
    out.entry = entry->point;
    out.length_mm = glm::length(site - out.entry);
    out.angle_deg = 90.0 - geometry::angle_deg(-direction, entry->normal);
    out.too_long = point.needle.length.value() > 0.0 && out.length_mm > point.needle.length.value();
    const Atlas& atlas = plain.atlas();
    bool bone_first = false;
    for (const Crossing& c :
         path_crossings(plain, out.entry - 2.0 * direction, site + kBeyond_mm * direction)) {
        if (!stops(c.kind) || !c.structure.valid() || c.leave_mm < 0.0) continue;
        if (c.enter_mm < out.length_mm - kTouch_mm) {
            if (!out.met.empty()) continue;
            out.met = atlas.structure(c.structure).id;
            out.met_mm = c.enter_mm;
        } else if (c.kind == StructureKind::Bone) {
            bone_first = true;
        } else if (!bone_first && out.beyond.empty() && grave(c.kind)) {
            out.beyond = atlas.structure(c.structure).id;
        }
    }
    return out;
}

TrackRepair repair_track(const Body& plain, const TriggerPoint& point, double most_deg) {
    TrackRepair free;
    if (point.approach_direction == Vec3(0.0)) return free;
    for (double turn = 0.0; turn <= most_deg; turn += kTurnStep_deg) {
        const int around = turn == 0.0 ? 1 : std::clamp(static_cast<int>(turn), 8, 24);
        TrackRepair wide;
        double widest = 0.0;
        for (int k = 0; k < around; ++k) {
            const Vec3 direction = turned(point.approach_direction, turn, 360.0 * k / around);
            const TrackCheck track = check_track(plain, point, direction);
            if (!track.ok() || track.angle_deg < 5.0) continue;
            if (free.turn_deg < 0.0) free = {direction, turn, false};
            if (!track.beyond.empty()) continue;
            const double room =
                clearance(plain, point.position - track.length_mm * direction, point.position);
            if (room < kClear_mm || room <= widest) continue;
            widest = room;
            wide = {direction, turn, true};
        }
        if (wide.wide) return wide;
        // A much wider turn is not worth the room: the taught way counts.
        if (free.turn_deg >= 0.0 && turn > free.turn_deg + 15.0) return free;
    }
    return free;
}

} // namespace tb::anatomy
