#include "anatomy/referral.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "anatomy/solids.h"
#include "base/check.h"

namespace tb::anatomy {

using geometry::Vec3;

namespace {

constexpr double kLeastHeld = 0.05; // a weight below is outside the zone
constexpr double kFarFromSkin_mm = 400.0;

double triangle_area(const geometry::Mesh& mesh, std::size_t first) {
    const glm::vec3 a = mesh.positions[mesh.indices[first]], b = mesh.positions[mesh.indices[first + 1]],
                    c = mesh.positions[mesh.indices[first + 2]];
    return 0.5 * static_cast<double>(glm::length(glm::cross(b - a, c - a)));
}

std::string point_words(const TriggerPoint& point, Side side) {
    return fmt::format("{} {} ({})", name_of(side), point.muscle_name, point.id);
}

} // namespace

/// How a zone holds a place.
struct ReferralMap::Held {
    double weight = 0.0, from_core_mm = 0.0, radius_mm = 0.0;
};

/// A place of the atlas's own skin.
struct ReferralMap::OnSkin {
    std::uint32_t triangle = 0;
    double b1 = 0.0, b2 = 0.0;
    Vec3 point{0.0}, normal{0.0};
    std::vector<std::uint32_t> around; ///< vertices that have a part in its weight
};

ReferralMap::ReferralMap(const Atlas& atlas, const geometry::Mesh* skin)
    : atlas_(&atlas), own_skin_(skin == nullptr), skin_(skin != nullptr ? *skin : atlas.mesh(atlas.skin())) {
    laid_.resize(atlas.referral_zones().size());
}

const std::vector<LaidStroke>& ReferralMap::laid(const ReferralZone& zone) const {
    const auto index = static_cast<std::size_t>(&zone - atlas_->referral_zones().data());
    if (!laid_[index]) {
        laid_[index] = std::make_unique<std::vector<LaidStroke>>();
        for (const Stroke& s : zone.strokes)
            laid_[index]->emplace_back(s, *atlas_, skin_);
    }
    return *laid_[index];
}

std::vector<float> ReferralMap::weights(std::string_view zone, Side side,
                                        const TriggerPoint* for_point) const {
    std::vector<float> out(skin_.mesh().positions.size(), 0.0f);
    const ReferralZone* z = atlas_->referral_zone(zone);
    if (z == nullptr) return out;
    if (!z->opposite_of.empty()) return weights(z->opposite_of, opposite(side), for_point);
    for (const LaidStroke& s : laid(*z)) {
        if (for_point != nullptr && !s.stroke().point.empty() && s.stroke().point != for_point->id) continue;
        s.paint(skin_, *atlas_, side, out);
    }
    return out;
}

ReferralWeights ReferralMap::weights_of(const TriggerPoint& point, Side side) const {
    ReferralWeights out;
    const std::size_t count = skin_.mesh().positions.size();
    for (const auto& [zones, into] : {std::pair(&point.referral_primary, &out.primary),
                                      std::pair(&point.referral_spillover, &out.spillover)}) {
        into->assign(count, 0.0f);
        for (const std::string& zone : *zones) {
            const std::vector<float> w = weights(zone, side, &point);
            for (std::size_t i = 0; i < count; ++i)
                (*into)[i] = std::max((*into)[i], w[i]);
        }
    }
    return out;
}

ReferralMap::Held ReferralMap::held(const ReferralZone& zone, Side side, const OnSkin& at,
                                    const TriggerPoint* for_point) const {
    if (!zone.opposite_of.empty()) {
        const ReferralZone* other = atlas_->referral_zone(zone.opposite_of);
        return other == nullptr ? Held{} : held(*other, opposite(side), at, for_point);
    }
    Held out;
    const geometry::Mesh& mesh = skin_.mesh();
    // Painting a zone takes about 5 ms: only for those few that have a weight here at all.
    const bool left = side == Side::Left;
    const Vec3 p = left ? geometry::mirrored(at.point) : at.point,
               n = left ? geometry::mirrored(at.normal) : at.normal;
    const auto& strokes = laid(zone);
    if (std::none_of(strokes.begin(), strokes.end(),
                     [&](const LaidStroke& s) { return s.at(p, n) > 0.0f; }) ||
        std::none_of(strokes.begin(), strokes.end(),
                     [&](const LaidStroke& s) { return s.touches(skin_, *atlas_, side, at.around); }))
        return out;
    const std::vector<float> w = weights(zone.id, side, for_point);
    const std::array<double, 3> share{1.0 - at.b1 - at.b2, at.b1, at.b2};
    for (std::size_t k = 0; k < 3; ++k)
        out.weight += share[k] * static_cast<double>(w[corner(mesh, at.triangle, k)]);
    double area = 0.0;
    Vec3 core(0.0);
    for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
        const double weight =
            static_cast<double>(w[mesh.indices[i]] + w[mesh.indices[i + 1]] + w[mesh.indices[i + 2]]) / 3.0;
        if (weight <= 0.0) continue;
        const double share = weight * triangle_area(mesh, i);
        area += share;
        core += share * Vec3(mesh.positions[mesh.indices[i]]);
    }
    if (area <= 0.0) return out;
    out.from_core_mm = glm::length(core / area - at.point);
    out.radius_mm = std::sqrt(area / std::numbers::pi);
    return out;
}

std::vector<Candidate> ReferralMap::candidates(const Vec3& place) const {
    TB_CHECK(own_skin_);
    std::vector<Candidate> out;
    const auto nearest = atlas_->skin_bvh().nearest(place, kFarFromSkin_mm);
    if (!nearest) return out;
    const auto [b1, b2] = corner_weights(skin_.mesh(), nearest->triangle, nearest->point);
    const OnSkin at{nearest->triangle,
                    b1,
                    b2,
                    nearest->point,
                    blended_normal(skin_.mesh(), nearest->triangle, b1, b2),
                    skin_.smoothed_from(nearest->triangle)};
    for (const Side side : {Side::Right, Side::Left}) {
        // Zones with strokes for single points give different answers a point; all others are asked once.
        std::map<std::string, Held> known;
        for (const TriggerPoint& point : atlas_->trigger_points()) {
            if (side == Side::Left && !point.mirror) continue;
            Candidate best;
            for (const bool primary : {true, false}) {
                for (const std::string& id : primary ? point.referral_primary : point.referral_spillover) {
                    const ReferralZone* zone = atlas_->referral_zone(id);
                    if (zone == nullptr) continue;
                    const bool own = std::any_of(zone->strokes.begin(), zone->strokes.end(),
                                                 [](const Stroke& s) { return !s.point.empty(); });
                    const auto [it, fresh] = known.try_emplace(own ? id + "@" + point.id : id);
                    if (fresh) it->second = held(*zone, side, at, own ? &point : nullptr);
                    const Held& h = it->second;
                    if (h.weight < kLeastHeld) continue;
                    // Half the worth is lost one and a half zone radii from the middle.
                    const double off = h.from_core_mm / (1.5 * std::max(10.0, h.radius_mm));
                    const double score = (primary ? 1.0 : kSpilloverShare) * h.weight / (1.0 + off * off);
                    if (score <= best.score) continue;
                    best = {&point,
                            side,
                            id,
                            primary,
                            score,
                            h.from_core_mm,
                            fmt::format("{} refers pain to \"{}\" {}; the place lies {:.0f} mm from the "
                                        "middle of that area{}.",
                                        point_words(point, side), zone->name,
                                        primary ? "as a main area" : "in some patients (spillover)",
                                        h.from_core_mm, h.weight < 0.5 ? ", at its edge" : "")};
                }
            }
            if (best.point != nullptr) out.push_back(std::move(best));
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    return out;
}

std::vector<Candidate> ReferralMap::candidates(std::string_view zone, Side side) const {
    std::vector<Candidate> out;
    const ReferralZone* z = atlas_->referral_zone(zone);
    if (z == nullptr) return out;
    for (const bool primary : {true, false}) {
        for (const TriggerPoint& point : atlas_->trigger_points()) {
            if (side == Side::Left && !point.mirror) continue;
            const auto& zones = primary ? point.referral_primary : point.referral_spillover;
            if (std::find(zones.begin(), zones.end(), zone) == zones.end()) continue;
            // A point with few areas is told by one of them better than a point with many.
            const double score =
                (primary ? 1.0 : kSpilloverShare) / std::sqrt(static_cast<double>(zones.size()));
            out.push_back(
                {&point, side, std::string(zone), primary, score, 0.0,
                 fmt::format("{} refers pain to \"{}\" {}; it has {} such area{}.", point_words(point, side),
                             z->name, primary ? "as a main area" : "in some patients (spillover)",
                             zones.size(), zones.size() == 1 ? "" : "s")});
        }
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    return out;
}

} // namespace tb::anatomy
