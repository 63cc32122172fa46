#include "anatomy/body.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "anatomy/queries.h"
#include "anatomy/shape.h"
#include "base/random.h"

namespace tb::anatomy {
namespace {

using geometry::LatticeCoordinates;
using geometry::Vec3;

constexpr double kLineStep_mm = 2.0; // spacing of a band's axis
constexpr double kBandReach_mm =
    60.0; // a band runs this far from its nodule at most: 30 to 120 mm in all (est.)
constexpr double kShortestReach_mm =
    15.0;                        // into the tendon if need be (attachment points), either way (est.)
constexpr double kEdge_mm = 2.0; // a scattered site stays this far inside the muscle's edge
constexpr double kScatterLimit_sd = 1.5;
constexpr double kWalk_mm = 0.5; // step of walks through lattice coordinates
constexpr double kLeastRadius_mm = 1.0;
constexpr double kSpills = 0.5; // share of patients whose pain reaches the spillover areas (est.)

// Stiff areas seen by sonoelastography: equal-area diameters of active and latent points [ballyns2011].
constexpr double kActiveNodule_mm = 8.5 / 2.0;
constexpr double kLatentNodule_mm = 6.8 / 2.0;
// Half width of the band: 4 mm wide, the upper end of MEDSCAPE's 1 to 4; latent in proportion to the nodules
// (est.).
constexpr double kActiveBand_mm = 2.0;
constexpr double kLatentBand_mm = 1.6;

/// One coordinate of the lattice that a walk changes.
enum class Along { Fibres, Width };

LatticeCoordinates moved(LatticeCoordinates c, Along along, double by) {
    double& coordinate = along == Along::Fibres ? c.u : c.v;
    coordinate = std::clamp(coordinate + by, 0.0, 1.0);
    return c;
}

/// Change of the coordinate that moves the point by `mm`; the solid's own position counts, so bands follow
/// bent fibres.
double step_for(const geometry::Lattice& lattice, const LatticeCoordinates& c, Along along, double mm) {
    constexpr double kDelta = 1e-3;
    const double span =
        glm::length(lattice.position(moved(c, along, kDelta)) - lattice.position(moved(c, along, -kDelta)));
    const LatticeCoordinates up = moved(c, along, kDelta), down = moved(c, along, -kDelta);
    const double change = along == Along::Fibres ? up.u - down.u : up.v - down.v;
    return span > 1e-9 ? change * mm / span : 0.0;
}

/// Where a coordinate may go.
struct Range {
    double low = 0.0, high = 1.0;
};

/// The belly, between the tendon shares; widened so that it holds `u` (attachment points lie in the tendon).
Range belly(const Structure& muscle, double u) {
    const Range range{muscle.tendon_origin, 1.0 - muscle.tendon_insertion};
    return {std::min(range.low, u), std::max(range.high, u)};
}

/// Length of the way from `c` to where the coordinate reaches `end`, counted up to `enough`.
double room_mm(const geometry::Lattice& lattice, LatticeCoordinates c, Along along, double end,
               double enough) {
    const double start = along == Along::Fibres ? c.u : c.v;
    double length = 0.0;
    Vec3 last = lattice.position(c);
    while (length < enough) {
        const double here = along == Along::Fibres ? c.u : c.v;
        const double left = end - here;
        const double step = std::copysign(step_for(lattice, c, along, kWalk_mm), end - start);
        if (left == 0.0 || step == 0.0) break;
        c = moved(c, along, std::abs(step) < std::abs(left) ? step : left);
        const Vec3 next = lattice.position(c);
        length += glm::length(next - last);
        last = next;
        if (std::abs(step) >= std::abs(left)) break;
    }
    return std::min(length, enough);
}

/// Walks `mm` (signed) along a coordinate, and stops where less than `margin` mm are left to the range's end.
LatticeCoordinates walked(const geometry::Lattice& lattice, LatticeCoordinates c, Along along, double mm,
                          Range range, double margin) {
    const double end = mm < 0.0 ? range.low : range.high;
    const double allowed = room_mm(lattice, c, along, end, std::abs(mm) + margin) - margin;
    double left = std::min(std::abs(mm), allowed);
    while (left > 1e-6) {
        const double step = std::min(left, kWalk_mm);
        c = moved(c, along, std::copysign(step_for(lattice, c, along, step), mm));
        left -= step;
    }
    return c;
}

double local_half_mm(const geometry::Lattice& lattice, const LatticeCoordinates& c) {
    const double side = 2.0 * c.v - 1.0;
    return lattice.half_thickness_at(c.u, c.v) * std::sqrt(std::max(0.0, 1.0 - side * side));
}

/// The site of this patient: the taught one, moved along and across the fibres.
LatticeCoordinates scattered(const geometry::Lattice& lattice, const Structure& muscle, LatticeCoordinates at,
                             double scatter_mm, Random& random) {
    const auto draw = [&] {
        return scatter_mm * std::clamp(random.normal(0.0, 1.0), -kScatterLimit_sd, kScatterLimit_sd);
    };
    const double along = draw(), across = draw();
    if (scatter_mm <= 0.0) return at;
    at = walked(lattice, at, Along::Fibres, along, belly(muscle, at.u), kEdge_mm);
    return walked(lattice, at, Along::Width, across, {}, kEdge_mm);
}

/// Points from the nodule one way along the fibres, without the nodule itself.
std::vector<Vec3> half_line(const geometry::Lattice& lattice, LatticeCoordinates at, double direction,
                            Range range) {
    const double reach =
        room_mm(lattice, at, Along::Fibres, direction < 0.0 ? range.low : range.high, kBandReach_mm);
    Range allowed = range;
    if (reach < kShortestReach_mm) allowed = {0.0, 1.0};
    const double length = room_mm(lattice, at, Along::Fibres, direction < 0.0 ? allowed.low : allowed.high,
                                  std::max(reach, kShortestReach_mm));
    std::vector<Vec3> out;
    LatticeCoordinates c = at;
    for (double gone = 0.0; gone < length - 1e-9;) {
        const double step = std::min(kLineStep_mm, length - gone);
        c = walked(lattice, c, Along::Fibres, direction * step, allowed, 0.0);
        out.push_back(lattice.position(c));
        gone += step;
    }
    return out;
}

void lay_line(const geometry::Lattice& lattice, const Structure& muscle, Band& band) {
    const Range range = belly(muscle, band.at.u);
    std::vector<Vec3> towards_origin = half_line(lattice, band.at, -1.0, range);
    band.line.assign(towards_origin.rbegin(), towards_origin.rend());
    band.line.push_back(band.centre);
    const std::vector<Vec3> towards_insertion = half_line(lattice, band.at, 1.0, range);
    band.line.insert(band.line.end(), towards_insertion.begin(), towards_insertion.end());
}

/// Skin thickness at places of the right side. Thicknesses: skin.json "thickness" (L07 suprascapular 2.5,
/// deltoid 2.0, waist 1.9, thigh 1.55; G10 arm 2.2, abdomen 2.2, buttock 2.4; K08 foot; rows without source
/// est.); the places are those of trigger points of the named region on the reference figure.
struct SkinSample {
    Vec3 at;
    double thickness_mm;
};
const std::array<SkinSample, 46> kSkinSamples = {{
    {{-32.1, 1640.0, 10.0}, 2.0},   // scalp and occiput
    {{-60.0, 1604.8, 92.5}, 1.8},   // behind the ear
    {{-15.9, 1532.7, 31.5}, 2.3},   // posterior neck
    {{-27.3, 1560.8, 38.8}, 2.3},   //
    {{-42.7, 1501.7, 18.7}, 2.3},   //
    {{-58.5, 1519.1, 90.0}, 1.4},   // lateral and anterior neck
    {{-56.7, 1541.4, 104.1}, 1.4},  //
    {{-20.2, 1478.2, 144.0}, 1.4},  //
    {{0.0, 1520.0, 135.0}, 1.4},    //
    {{-78.8, 1479.1, 90.0}, 2.3},   // top of the shoulder
    {{-91.5, 1494.7, 64.9}, 2.3},   //
    {{-140.9, 1480.0, 50.0}, 2.3},  //
    {{-57.4, 1456.2, -8.8}, 2.5},   // upper back, interscapular
    {{-48.1, 1370.5, -22.7}, 2.5},  //
    {{-61.7, 1330.5, -28.3}, 2.5},  //
    {{0.0, 1400.0, -14.0}, 2.5},    //
    {{-111.4, 1450.0, 5.0}, 2.5},   // suprascapular
    {{-98.0, 1409.3, -13.4}, 2.4},  // scapula, infraspinous
    {{-135.2, 1320.0, -4.8}, 2.4},  //
    {{-183.0, 1427.4, 135.4}, 2.0}, // deltoid
    {{-238.7, 1410.0, 89.9}, 2.0},  //
    {{-218.0, 1393.2, 15.6}, 2.0},  //
    {{-249.2, 1230.0, 41.7}, 2.0},  // upper arm
    {{-192.7, 1229.0, 112.4}, 2.0}, //
    {{-107.4, 1434.3, 152.1}, 1.8}, // chest
    {{-97.0, 1364.0, 215.0}, 1.8},  //
    {{-34.0, 1336.7, 235.0}, 1.8},  //
    {{-165.1, 1309.2, 123.2}, 1.7}, // lateral chest
    {{-69.2, 1199.7, -3.8}, 2.3},   // lower thoracic back
    {{-69.3, 1106.8, 9.3}, 2.2},    // lumbar back
    {{-13.9, 1010.0, 5.0}, 2.2},    //
    {{-60.0, 1120.0, 220.0}, 2.2},  // abdomen
    {{-143.9, 980.0, 40.0}, 2.4},   // buttock, upper outer
    {{-54.2, 938.5, -26.6}, 2.4},   //
    {{-69.9, 824.8, -13.2}, 2.2},   // buttock, lower
    {{-165.9, 920.0, 86.0}, 1.9},   // hip, greater trochanter
    {{-123.3, 780.0, 165.0}, 1.8},  // anterior thigh
    {{-171.3, 647.9, 110.2}, 1.8},  //
    {{-75.0, 650.6, 23.0}, 1.7},    // posterior thigh
    {{-90.0, 473.0, 135.0}, 1.6},   // distal thigh
    {{-85.0, 405.0, 35.0}, 1.3},    // popliteal fossa
    {{-75.0, 290.0, 25.0}, 1.4},    // calf
    {{-120.1, 295.6, 120.1}, 1.4},  // shin
    {{-100.0, 40.0, 70.0}, 1.3},    // ankle (est.)
    {{-100.0, -78.0, 121.2}, 2.8},  // sole
    {{-100.0, -10.0, 130.0}, 0.9},  // dorsum of the foot
}};

constexpr double kSameBmi = 0.25; ///< a smaller difference is not worth a shape of its own

Habitus habitus_of(const BodySpec& spec) {
    const double height_m = spec.height_cm / 100.0;
    return {spec.weight.value() / (height_m * height_m), spec.female, spec.build};
}

bool differs(const Atlas& atlas, const Habitus& wanted) {
    const Habitus& has = atlas.habitus();
    return !atlas.catalogue().variation.cover.empty() &&
           (wanted.female != has.female || wanted.build != has.build ||
            std::abs(wanted.bmi - has.bmi) >= kSameBmi);
}

} // namespace

ExpectedAll<Body> Body::create(const Atlas& given, const BodySpec& spec, std::uint64_t seed) {
    std::vector<Error> faults;
    Body body(given);
    const Habitus wanted = habitus_of(spec);
    body.bmi_ = wanted.bmi;
    body.age_ = spec.age;
    if (!(spec.weight.value() > 0.0) || !(spec.height_cm > 0.0)) {
        faults.push_back(
            {ErrorCode::BadInput, "weight and height of the patient must be above zero; correct them", ""});
    }
    if (faults.empty() && differs(given, wanted)) {
        body.own_ = std::make_unique<const Atlas>(shaped(given, wanted));
        body.atlas_ = body.own_.get();
    }
    const Atlas& atlas = *body.atlas_;
    for (const PointSpec& wish : spec.points) {
        const auto fault = [&](ErrorCode code, const std::string& what) {
            faults.push_back({code, fmt::format("trigger point \"{}\" {}", wish.point, what), ""});
        };
        const TriggerPoint* point = atlas.trigger_point(wish.point);
        if (point == nullptr) {
            fault(ErrorCode::NotFound, "is not known; choose one that `trigger-points` lists");
            continue;
        }
        if (wish.side == Side::Midline) {
            fault(ErrorCode::BadInput, "needs a side; say right or left");
            continue;
        }
        if (wish.side == Side::Left && !point->mirror) {
            fault(ErrorCode::BadInput, "exists on the right side only; choose the right side");
            continue;
        }
        const StructureId muscle_id =
            point->muscle.empty() ? StructureId{} : atlas.find(point->muscle, wish.side);
        if (!muscle_id.valid()) {
            fault(ErrorCode::NotFound,
                  fmt::format("lies in {}, which the body does not have yet; choose another point",
                              point->muscle.empty() ? point->muscle_name : point->muscle));
            continue;
        }
        const Structure& muscle = atlas.structure(muscle_id);
        const auto part = std::find_if(muscle.parts.begin(), muscle.parts.end(),
                                       [&](const MusclePart& p) { return p.name == point->part; });
        if (part == muscle.parts.end()) {
            fault(ErrorCode::NotFound,
                  fmt::format("lies in the part \"{}\" of {}, which the body does not have; choose "
                              "another point",
                              point->part, muscle.id));
            continue;
        }
        Band band;
        band.id = fmt::format("{}_{}", point->id, wish.side == Side::Left ? "l" : "r");
        if (body.band(band.id) != nullptr) {
            fault(ErrorCode::BadInput,
                  fmt::format("is there twice on the {} side; remove one", name_of(wish.side)));
            continue;
        }
        band.point = point->id;
        band.side = wish.side;
        band.state = wish.state;
        band.target = wish.target;
        band.muscle = muscle_id;
        band.part = static_cast<int>(part - muscle.parts.begin());
        band.pressure_threshold = wish.pressure_threshold;
        band.pain_on_pressure = wish.pain_on_pressure;

        const geometry::Lattice& lattice = part->lattice;
        LatticeCoordinates taught = point->at;
        if (wish.side == Side::Left) taught.v = 1.0 - taught.v; // mirrored lattices run the other way across
        Random random(seed, "trigger-point " + band.id);
        band.at = scattered(lattice, muscle, taught, spec.scatter_mm, random);
        band.spills = Random(seed, "referral " + band.id).uniform() < kSpills;
        const double half = local_half_mm(lattice, band.at);
        const bool active = band.state == PointState::Active;
        band.radius_mm =
            std::clamp(active ? kActiveBand_mm : kLatentBand_mm, 0.0, std::max(half, kLeastRadius_mm));
        band.nodule_radius_mm =
            std::clamp(active ? kActiveNodule_mm : kLatentNodule_mm, 0.0, std::max(half, kLeastRadius_mm));
        // A nodule as thick as the muscle fills it from face to face.
        const double free_w = half > band.nodule_radius_mm ? 1.0 - band.nodule_radius_mm / half : 0.0;
        band.at.w = std::clamp(band.at.w, -free_w, free_w);
        band.centre = lattice.position(band.at);
        lay_line(lattice, muscle, band);
        band.skin_point = nearest_skin(body, band.centre).point;
        band.depth_mm = glm::length(band.skin_point - band.centre);
        body.bands_.push_back(std::move(band));
    }
    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return body;
}

const Band* Body::band(std::string_view id) const {
    const auto it = std::find_if(bands_.begin(), bands_.end(), [&](const Band& b) { return b.id == id; });
    return it == bands_.end() ? nullptr : &*it;
}

double Body::muscle_stiffness() const {
    return 1.0 + 0.004 * (std::clamp(age_, 20, 80) - 40);
}

double Body::skin_thickness_mm(const geometry::Vec3& skin_point) const {
    // Shepard's inverse distance weighting (1968), power 4: close to the nearest region, without jumps
    // between regions.
    const Vec3 p{-std::abs(skin_point.x), skin_point.y, skin_point.z};
    double sum = 0.0, weights = 0.0;
    for (const SkinSample& sample : kSkinSamples) {
        const Vec3 d = p - sample.at;
        const double square = glm::dot(d, d) + 1.0;
        const double weight = 1.0 / (square * square);
        sum += weight * sample.thickness_mm;
        weights += weight;
    }
    return sum / weights;
}

} // namespace tb::anatomy
