// Referred pain on the skin: where a trigger point sends its pain, and which trigger points send pain to a
// place. Zones are painted anew on whatever skin the atlas has; nothing is bound to vertex numbers.
// Sources: the outlines in words of assets/clinical/trigger_points.json ("zones"), put into strokes by the
// author (estimates; docs/sources.md). Body frame, millimetres.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/atlas.h"
#include "anatomy/referral_strokes.h"

namespace tb::anatomy {

/// Weights of one trigger point's pain by vertex of the skin, 0..1. Spillover is what goes beyond the primary
/// area in part of the patients.
struct ReferralWeights {
    std::vector<float> primary, spillover;
};

/// A trigger point that may be behind a pain, with why.
struct Candidate {
    const TriggerPoint* point = nullptr;
    Side side = Side::Right;
    std::string zone;          ///< id of the zone that holds the place
    bool primary = true;       ///< the zone is one of its main areas, not one of its spillover areas
    double score = 0.0;        ///< 0..1; orders the list, no probability
    double from_core_mm = 0.0; ///< from the place to the middle of the zone; 0 when asked by zone
    std::string reason;        ///< one sentence
};

/// Primary areas count in full, spillover with this share (intensities 1.0 and 0.4 of the clinical table,
/// estimates of its author).
constexpr double kSpilloverShare = 0.4;

/// Paints zones on the skin of an atlas, which must outlive it. Weights are worked out when asked for (about
/// 5 to 30 ms a zone on the finest skin); the only thing kept is what the skin is like. One thread at a time.
class ReferralMap {
public:
    /// `skin`: the mesh to paint, with normals, instead of the atlas's finest skin (a finer copy of it for
    /// pictures); must outlive the map.
    explicit ReferralMap(const Atlas& atlas, const geometry::Mesh* skin = nullptr);

    [[nodiscard]] const Atlas& atlas() const { return *atlas_; }
    /// By vertex of the painted skin; all zero for an unknown zone. `for_point`: strokes that are meant for
    /// other trigger points are left out (the level of a midline zone); null: all strokes.
    [[nodiscard]] std::vector<float> weights(std::string_view zone, Side side,
                                             const TriggerPoint* for_point = nullptr) const;
    /// All zones of a trigger point on one side together.
    [[nodiscard]] ReferralWeights weights_of(const TriggerPoint& point, Side side) const;

    // The questions below need a map of the atlas's own skin.

    /// Trigger points of both sides whose zones hold the skin point nearest to `place`, best first: main
    /// before spillover area, near the middle of the zone before its edge. One entry a point and side.
    [[nodiscard]] std::vector<Candidate> candidates(const geometry::Vec3& place) const;
    /// Those that refer to a whole zone of one side: main area first, points with few areas before points
    /// with many.
    [[nodiscard]] std::vector<Candidate> candidates(std::string_view zone, Side side) const;

private:
    [[nodiscard]] const std::vector<LaidStroke>& laid(const ReferralZone& zone) const;
    struct Held;
    struct OnSkin;
    [[nodiscard]] Held held(const ReferralZone& zone, Side side, const OnSkin& at,
                            const TriggerPoint* for_point) const;

    const Atlas* atlas_;
    const bool own_skin_;
    mutable SkinChart skin_;
    mutable std::vector<std::unique_ptr<std::vector<LaidStroke>>> laid_; // by zone
};

} // namespace tb::anatomy
