// Referred pain on the drawn skin: primary area solid, spillover in dots that shrink toward its edge, so that
// neither is told by colour alone. Works on a scene that is already there; the scene points into the paint.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/referral.h"
#include "render/render_scene.h"
#include "scenario/scenario.h"
#include "session/sim_state.h"

namespace tb::view {

/// What a session shows: the point whose referred pain the patient feels under the pressing finger now; empty
/// when there is none. Id with side.
std::string referred_now(const anatomy::Body& body, const session::SimState& state);

/// Whether this patient's pain from a point reaches its spillover areas: drawn by the seed, and always where
/// the patient drew one of them.
bool spills(const anatomy::Body& body, const scenario::Scenario* scenario, std::string_view band);

/// Keeps the painted skin, finer than any that is drawn else: coarse ones lose small zones. Must outlive the
/// scenes it was applied to.
class ReferralPaint {
public:
    ReferralPaint() = default;
    ReferralPaint(const ReferralPaint&) = delete;
    ReferralPaint& operator=(const ReferralPaint&) = delete;
    ~ReferralPaint() = default;

    /// Does the slow part (about half a second) for these points before they are wanted, so that a running
    /// case does not stand still at the moment the patient feels the pain.
    void prepare(const anatomy::Atlas& atlas, const std::vector<std::string>& points);
    /// Replaces the skin of `scene` by one painted for `point` ("infraspinatus-1_l"; without a side the right
    /// one), or for one zone alone ("head.temple_l"). Nothing happens when `point` is empty. False: there is
    /// no such trigger point or zone, or none on this side.
    /// Without `spillover` only the main areas.
    bool apply(const anatomy::Atlas& atlas, std::string_view point, render::RenderScene& scene,
               bool spillover = true);

private:
    void take(const anatomy::Atlas& atlas);
    const anatomy::Atlas* atlas_ = nullptr;
    std::uint32_t shape_ = 0; ///< revision of the atlas: another may have come to lie at the same address
    geometry::Mesh mesh_;
    std::unique_ptr<anatomy::ReferralMap> map_; ///< of `mesh_`
    std::map<std::string, anatomy::ReferralWeights, std::less<>> prepared_;
    std::string point_; ///< what `mesh_` is painted for
    bool spillover_ = true;
    std::uint32_t revision_ = 0;
};

} // namespace tb::view
