// The needle in tissue: stiffness before puncture, cutting after it, shaft friction, bone stop, redirecting.
// The hand's wish is kinematic; what the tissue allows is decided here. Forces: mechanics.md 2.1 (all layer values est.).
#pragma once

#include <string>
#include <vector>

#include "anatomy/queries.h"
#include "tissue/parameters.h"

namespace tb::tissue {

struct NeedleBody {
    int gauge = 25;
    double length_mm = 38.0;
    bool burred = false; ///< has met bone: punctures need 30 % more
    bool operator==(const NeedleBody&) const = default;
};

/// Plain value, part of the simulator's state.
struct NeedleState {
    bool under_skin = false;
    geometry::Vec3 entry{0.0};   ///< where the skin was punctured
    geometry::Vec3 axis{0.0};    ///< hub to tip, unit, as it lies now
    double depth_mm = 0.0;       ///< tip below the entry along the axis
    double dent_mm = 0.0;        ///< tissue pushed ahead of the tip before it gives way
    double force_N = 0.0;        ///< axial force on the hand
    bool on_bone = false;
    double lateral_deg = 0.0;    ///< bending forced by redirecting while deep
    std::vector<int> inside;     ///< structure indices whose walls have been passed, outermost first (see `Inside`)
    bool operator==(const NeedleState&) const = default;
    [[nodiscard]] geometry::Vec3 tip() const { return entry + axis * depth_mm; }
};

struct NeedleEvent {
    enum class Kind { SkinPunctured, Entered, Left, BoneContact, HubAtSkin, OutOfSkin };
    Kind kind = Kind::Entered;
    StructureId structure;       ///< invalid for subcutis
    StructureKind tissue = StructureKind::Outside;
    double depth_mm = 0.0;
    double force_N = 0.0;        ///< peak force of this puncture
};

/// Moves the needle toward the wished tip and axis within `dt_s`. Deep redirection (axis change while deeper than 6 mm)
/// moves the shaft only by what the tissue lets through and counts as `lateral_deg`. Muscle walls are the fascia; the band
/// and the nodule change the cutting force. Never moves the tip through bone.
std::vector<NeedleEvent> advance(const Parameters& parameters, const anatomy::Body& body, NeedleBody& needle,
                                 const geometry::Vec3& wished_tip, const geometry::Vec3& wished_axis, double dt_s,
                                 NeedleState& state);

/// Where the tip is now: the innermost structure by consequence (a vessel in a muscle counts as vessel), and everything.
struct TipPlace {
    StructureId structure; ///< invalid outside, in skin and in subcutis
    StructureKind kind = StructureKind::Outside;
    int band = -1;         ///< index into body.bands() when inside that taut band, -1 otherwise
    bool in_nodule = false;
};
TipPlace tip_place(const anatomy::Body& body, const NeedleState& state);

/// Angle between needle and skin at the entry, degrees; 90 is perpendicular.
double angle_to_skin_deg(const geometry::Vec3& axis, const geometry::Vec3& outward_normal);

} // namespace tb::tissue
