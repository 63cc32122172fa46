#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "forge/build.h"
#include "forge/grid_fields.h"
#include "forge/parallel.h"
#include "forge/skin_detail.h"
#include "forge/skin_envelope.h"
#include "geometry/simplify.h"

namespace tb::forge {

namespace {

using geometry::Box;
using geometry::FieldGrid;
using geometry::Mesh;
using geometry::Vec3;

constexpr double kStep_mm = 3.5;
constexpr double kFiner = 3.0;        ///< so many times finer is the grid of ears, fingers and toes
constexpr double kClear_mm = 2.5;     ///< from the skin's outer face to whatever lies under it (est.)
constexpr double kBlend_mm = 6.0;     ///< the skin begins to give way this much earlier
constexpr double kPushReach_mm = 6.0; ///< further from a structure its push is spread, not computed
constexpr int kSpread = 5;            ///< cells a push is spread sideways
constexpr int kOutlineSpread = 12;
/// The deep fascia bridges furrows narrower than twice this (est.; furrows of a relaxed body are shallow; the
/// reference limits what is bridged).
constexpr float kBridge_mm = 30.0F;
constexpr float kTightBound_mm = 6.0F; ///< the same where it is bound to what lies under it
constexpr float kDeepest_mm = 13.0F;
/// Fat is never thinner over a bulging muscle than this share of the region's.
constexpr double kLeastCover = 0.6;

/// The lofts meet in grooves (arm and trunk, between the thighs) and are stepped where the skin is nearly
/// level (top of the shoulder and of the head). Below the head grooves narrower than a finger are filled and
/// the rest is smoothed by about a cell; the face keeps its relief, the thighs their gap.
FieldGrid without_creases(const FieldGrid& skin) {
    constexpr float kGroove_mm = 12.0F;
    // From the smoothed trunk to the untouched face; the gap between the thighs is none to be filled.
    constexpr double kNeckLow_mm = 1480.0, kNeckHigh_mm = 1520.0, kCrotch_mm = 780.0;
    FieldGrid body = closed_by_ball(skin, kGroove_mm);
    average(body, 1);
    average(body, 1);
    FieldGrid soft = skin;
    average(soft, 2);
    average(soft, 2);
    FieldGrid out = skin;
    for (int k = 1; k + 1 < skin.nz; ++k)
        for (int j = 1; j + 1 < skin.ny; ++j) {
            const double y = skin.point(0, j, 0).y;
            const double face = smooth_step(kNeckLow_mm, kNeckHigh_mm, y);
            const double below_crotch = 1 - smooth_step(kCrotch_mm - 40.0, kCrotch_mm, y);
            for (int i = 1; i + 1 < skin.nx; ++i) {
                const std::size_t n = skin.at(i, j, k);
                const double between_thighs =
                    below_crotch * (1 - smooth_step(45.0, 70.0, std::abs(skin.point(i, j, k).x)));
                const double open = std::max(face, between_thighs);
                const double rise =
                    (soft.values[skin.at(i, j + 1, k)] - soft.values[skin.at(i, j - 1, k)]) / (2 * skin.step);
                const double level = smooth_step(0.6, 0.9, rise);
                const double own = skin.values[n] * open + body.values[n] * (1 - open);
                out.values[n] = static_cast<float>(own * (1 - level) + soft.values[n] * level);
            }
        }
    return out;
}

/// Distance outward from the union of all meshes; 0 on and meaningless inside.
FieldGrid distance_to(const FieldGrid& like, std::span<const Built> inner) {
    constexpr float kFar = 250.0F;
    FieldGrid d = right_half(like);
    std::fill(d.values.begin(), d.values.end(), kFar);
    for (const Built& built : inner)
        add_distances(d, built.lods[std::min<std::size_t>(1, built.lods.size() - 1)], 1.8 * kStep_mm);
    return both_halves(d);
}

/// 1 where the fascia follows the relief closely: neck and supraclavicular fossa, the midline over the
/// thoracic and upper lumbar spinous processes (the fascia is attached to them), knee and leg.
double tight_share(const Vec3& p) {
    const double neck = smooth_step(1420.0, 1455.0, p.y);
    const double behind = 1 - smooth_step(40.0, 70.0, p.z);
    const double spines =
        (1 - smooth_step(18.0, 45.0, std::abs(p.x))) * behind * smooth_step(1055.0, 1085.0, p.y);
    const double knee = 1 - smooth_step(535.0, 600.0, p.y);
    return std::max({neck, spines, knee});
}

/// 1 where the reference's skin is kept: face and head, hand, foot.
double reference_share(const Vec3& p) {
    // The reference's nape stands 19 mm off its muscles; the face is kept from the chin up.
    const double behind = 1 - smooth_step(60.0, 110.0, p.z);
    const double head = smooth_step(1555.0 + 75.0 * behind, 1615.0 + 60.0 * behind, p.y);
    const double foot = 1 - smooth_step(-10.0, 45.0, p.y);
    const double beside = smooth_step(205.0, 225.0, std::abs(p.x)); // of the thigh
    const double hand = (1 - smooth_step(865.0, 905.0, p.y)) * beside * smooth_step(500.0, 560.0, p.y);
    return std::max({head, foot, hand});
}

/// 1 over eyes and nose, whose relief the fine grid takes from the reference in full. Forehead and temples
/// stay with the body's grid, where the skin rises gently over thin muscles.
double face_share(const Vec3& p) {
    return reference_share(p) * smooth_step(115.0, 150.0, p.z) * (1 - smooth_step(1652.0, 1682.0, p.y));
}

/// How far outside the reference's outline the skin may lie: belly, hip and the side of the thigh are fuller
/// in living men than in the reference; armpit and groin stay open.
double slack_mm(const Vec3& p) {
    const double belly = smooth_step(150.0, 180.0, p.z) * smooth_step(880.0, 920.0, p.y) *
                         (1 - smooth_step(1180.0, 1230.0, p.y));
    const double thigh = smooth_step(70.0, 110.0, std::abs(p.x)) *
                         (1 - smooth_step(195.0, 210.0, std::abs(p.x))) * smooth_step(430.0, 500.0, p.y) *
                         (1 - smooth_step(980.0, 1020.0, p.y));
    return 8.0 * std::max(belly, thigh);
}

/// How far a skin must move outward at each grid point to keep `clear(point)` from what `distance` leads to.
template <class Clear>
FieldGrid push_of(const FieldGrid& skin, const FieldGrid& distance, double reach, const Clear& clear) {
    FieldGrid push = skin;
    for_each_index(static_cast<std::size_t>(push.nz), [&](std::size_t z) {
        const int k = static_cast<int>(z);
        for (int j = 0; j < push.ny; ++j)
            for (int i = 0; i < push.nx; ++i) {
                const std::size_t n = push.at(i, j, k);
                const double f = skin.values[n], d = distance.values[n];
                push.values[n] = 0.0F;
                if (d >= reach || f < -(kBlend_mm + reach)) continue;
                push.values[n] = static_cast<float>(
                    std::max(0.0, f - smooth_minimum(f, d - clear(push.point(i, j, k)), kBlend_mm)));
            }
    });
    return push;
}

/// A push is first spread to its surroundings at full height and then averaged over no more than that: the
/// skin rises gently and yet nowhere less than it must.
void move_outward(FieldGrid& skin, FieldGrid push, int cells) {
    spread_greatest(push, cells);
    average(push, cells / 2);
    average(push, cells - cells / 2);
    for (std::size_t n = 0; n < skin.values.size(); ++n)
        skin.values[n] -= push.values[n];
}

/// The skin before it makes way for single vessels.
FieldGrid living_skin(const FieldGrid& reference, const FieldGrid& firm, const LivingFigure& living) {
    const anatomy::Cover cover(living.cover, {}); // of the atlas's man
    FieldGrid swept = firm;
    sweep_distances(swept, static_cast<float>(1.8 * kStep_mm));
    // The reference's outline keeps arm from trunk and thigh from thigh; muscles brought to living volume may
    // lift it.
    FieldGrid outline = reference;
    move_outward(
        outline,
        push_of(reference, swept, 2 * kPushReach_mm, [&](const Vec3& p) { return 0.5 * cover.mm(p); }),
        kOutlineSpread);
    FieldGrid fascia = swept, close = swept;
    for_each_index(2, [&](std::size_t which) {
        if (which == 0)
            fascia = bridged(std::move(fascia), kBridge_mm);
        else
            close = bridged(std::move(close), kTightBound_mm);
    });
    average(fascia, 3);
    average(fascia, 2);
    average(close, 1);
    for_each_index(static_cast<std::size_t>(fascia.nz), [&](std::size_t z) {
        const int k = static_cast<int>(z);
        for (int j = 0; j < fascia.ny; ++j)
            for (int i = 0; i < fascia.nx; ++i) {
                const std::size_t n = fascia.at(i, j, k);
                // Never deeper than kDeepest_mm: the small ball would pass into the neck, whose throat is
                // empty here.
                const float tight = std::min(close.values[n], fascia.values[n] + kDeepest_mm);
                const auto share = static_cast<float>(tight_share(fascia.point(i, j, k)));
                fascia.values[n] += std::max(0.0F, tight - fascia.values[n]) * share;
            }
    });
    close = FieldGrid({Vec3(0.0), Vec3(1.0)}, 1.0, 0.0F); // its memory is wanted
    average(fascia, 1);
    FieldGrid out = reference;
    for_each_index(static_cast<std::size_t>(out.nz), [&](std::size_t z) {
        const int k = static_cast<int>(z);
        for (int j = 0; j < out.ny; ++j)
            for (int i = 0; i < out.nx; ++i) {
                const std::size_t n = out.at(i, j, k);
                if (std::abs(fascia.values[n]) > 80.0F) {
                    out.values[n] = std::max(out.values[n], fascia.values[n]);
                    continue;
                }
                const Vec3 p = out.point(i, j, k);
                const double mm = cover.mm(p), share = reference_share(p);
                // Over the fascia by the cover, inside the outline, over every single muscle.
                double skin = -smooth_minimum(mm - fascia.values[n], -(outline.values[n] - slack_mm(p)), 8.0);
                if (fascia.values[n] > -kBridge_mm)
                    skin = smooth_minimum(skin, swept.values[n] - kLeastCover * mm, 5.0);
                out.values[n] = static_cast<float>(skin + (reference.values[n] - skin) * share);
            }
    });
    average(out, 1);
    average(out, 1);
    return as_distance(out);
}

/// The reference's outline as a signed distance.
FieldGrid reference_skin(const SkinFigure& skin, std::span<const Built> firm) {
    const SkinEnvelope envelope(skin);
    Box box = envelope.box();
    for (const Built& built : firm)
        box.add(bounds(built.lods.front()));
    box.grow(kBridge_mm + 6 * kStep_mm);
    // The midline lies on a plane of grid points: the skin is symmetric.
    box.low.x = -std::ceil(std::max(-box.low.x, box.high.x) / kStep_mm) * kStep_mm;
    box.high.x = -1e-6;
    FieldGrid whole = both_halves(
        sample([&envelope](const Box&) { return [&envelope](const Vec3& p) { return envelope.value(p); }; },
               box, kStep_mm));
    average(whole, 1); // rounds the creases where lofts meet
    return without_creases(as_distance(whole));
}

anatomy::Structure skin_entry() {
    anatomy::Structure entry;
    entry.id = "skin";
    entry.kind = StructureKind::Skin;
    entry.name = "Skin";
    entry.ta2 = "cutis";
    entry.fma = "FMA7163";
    entry.region = "whole body";
    entry.source = "computed";
    entry.note =
        "Envelope of muscles and bones with the fat and skin of a man of BMI 24; head, hands and feet "
        "after the reference; ears, fingers and toes authored. Eyelids closed over, nails absent.";
    return entry;
}

} // namespace

SkinCover skin_cover(const SkinFigure& skin, const LivingFigure& living, std::span<const Built> firm) {
    const FieldGrid reference = reference_skin(skin, firm);
    FieldGrid distance = distance_to(reference, firm);
    FieldGrid outside = living_skin(reference, distance, living);
    return {std::move(outside), std::move(distance)};
}

void sink(std::vector<TubeFigure>& tubes, const SkinCover& cover) {
    for (TubeFigure& tube : tubes)
        for (TubeFigure::Point& point : tube.points) {
            const double excess = cover.skin.value(point.position) + point.radius + kClear_mm;
            const double room = cover.distance.value(point.position) - point.radius; // over the muscle
            const Vec3 outward = cover.skin.gradient(point.position);
            const double slope = glm::length(outward);
            if (excess > 0.0 && room > 0.0 && slope > 0.1)
                point.position -= std::min(excess, room) / slope * outward;
        }
}

Built build_skin(const SkinFigure& skin, SkinCover cover, std::span<const Built> firm,
                 std::span<const Built> loose) {
    FieldGrid &whole = cover.skin, &distance = cover.distance;
    const FieldGrid others = distance_to(whole, loose);
    for (std::size_t n = 0; n < distance.values.size(); ++n)
        distance.values[n] = std::min(distance.values[n], others.values[n]);

    move_outward(whole, push_of(whole, distance, kPushReach_mm, [](const Vec3&) { return kClear_mm; }),
                 kSpread);

    const std::array<std::span<const Built>, 2> inner{firm, loose};
    const SkinEnvelope envelope(skin);
    std::vector<SkinDetail> details;
    for (const SkinRegion& region : skin.regions)
        details.push_back(
            detail_of(region, whole, envelope, face_share, inner, kStep_mm / kFiner, kClear_mm));
    const Mesh full = with_details(largest_component(contour(whole)), details);
    std::vector<Mesh> lods;
    for (const double error : {0.2, 0.6, 2.0}) {
        lods.push_back(simplified(lods.empty() ? full : lods.back(), {error, 0}));
        set_normals(lods.back(), whole, details);
        unfold(lods.back());
    }
    return finished(skin_entry(), std::move(lods));
}

} // namespace tb::forge
