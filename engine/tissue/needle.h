// The needle in tissue: stiffness before puncture, cutting after it, shaft friction, bone stop, redirecting.
// The hand's wish is kinematic; what the tissue allows is decided here. Forces: needle_layers_22G of
// assets/mechanics.json (all est.).
#pragma once

#include <vector>

#include "anatomy/queries.h"
#include "tissue/needle_forces.h"

namespace tb::tissue {

/// A structure whose wall the tip has passed; `structure` is invalid for subcutis. Pleura and lung may share
/// one structure.
struct Inside {
    StructureId structure;
    StructureKind kind = StructureKind::Outside;
    bool operator==(const Inside&) const = default;
};

/// Plain value, part of the simulator's state.
struct NeedleState {
    bool under_skin = false;
    geometry::Vec3 entry{0.0};      ///< where the skin was punctured, or where the tip dents it
    geometry::Vec3 axis{0.0};       ///< entry to tip, unit, as it lies now
    geometry::Vec3 course{0.0};     ///< the axis without the bevel's drift: where the hand has brought it
    geometry::Vec3 drift{0.0};      ///< how far the bevel has led the tip aside, per mm of depth
    geometry::Vec3 bevel_away{0.0}; ///< unit, across the course: where roll 0 drifts, into the body
    double speed_mm_s = 0.0;        ///< of the tip along the axis, averaged over 30 ms
    double depth_mm = 0.0;          ///< tip below the entry along the axis
    double dent_mm = 0.0;           ///< tissue pushed ahead of the tip before it gives way
    double force_N = 0.0;           ///< axial force on the hand, against its movement; never negative
    bool on_bone = false;
    double lateral_deg = 0.0;        ///< bending forced by redirecting while deep
    StructureId bone;                ///< the bone touched now
    geometry::Vec3 wished_axis{0.0}; ///< the hand's axis of the last step
    geometry::Vec3 wished_tip{0.0};  ///< and its tip, while it is above the skin
    double track_mm = 0.0;           ///< depth already cut along this axis: a second pass needs no tearing
    double stretched_mm = 0.0;       ///< tissue taken along by the shaft, toward the depth positive
    bool sliding = false;            ///< it has let the shaft go
    double ahead_N = 0.0;            ///< of moving_N what the tip meets, the rest is friction
    double relaxed = 1.0;            ///< share of it left while the hand rests
    double moving_N = 0.0;           ///< force when the tip last moved; relaxes by half while the hand rests
    std::vector<Inside> inside;      ///< what the tip is in, outermost first: skin, subcutis and structures
    bool operator==(const NeedleState&) const = default;
    [[nodiscard]] geometry::Vec3 tip() const { return entry + axis * depth_mm; }
};

struct NeedleEvent {
    enum class Kind { SkinPunctured, Entered, Left, BoneContact, HubAtSkin, OutOfSkin, Bent };
    Kind kind = Kind::Entered;
    StructureId structure; ///< invalid for subcutis, HubAtSkin and OutOfSkin
    StructureKind tissue = StructureKind::Outside;
    double depth_mm = 0.0; ///< along the needle from the entry
    double force_N = 0.0;  ///< peak force of this puncture
    double past_mm =
        0.0; ///< Left: length of this structure behind the tip, 0 where it was drawn back out of it
};

/// Moves the needle toward the wished tip and axis (hub to tip) within `dt_s`. Only the depth along its
/// course is taken from the wished tip; the needle stays on its entry. Shallower than 6 mm it turns freely
/// about the entry; deeper it follows only a part of each turn, and the rest counts as `lateral_deg`. A wall
/// dents before it gives way (at most half the structure); muscle walls are the fascia; band and nodule
/// change the cutting force; a bevel leads the tip aside on a circle, a drawn-back needle comes back on it.
/// The shaft bends for good when levered beyond its yield load or pushed on bone beyond its buckling load.
/// Never moves the tip through bone. Events come in order of depth along the movement.
std::vector<NeedleEvent> advance(const Parameters& parameters, const anatomy::Body& body, NeedleBody& needle,
                                 const geometry::Vec3& wished_tip, const geometry::Vec3& wished_axis,
                                 double dt_s, NeedleState& state);

/// The most by which the force changes between two steps when the hand's wish moves by `moved_mm` along the
/// needle, unless something gives way (any event) or the needle turns: the steepest layer's dent, the tension
/// at the tip, the bone's stiffness, and the small drop when the shaft slips. Held in
/// tests/unit/tissue/properties_test.cpp.
double largest_force_step_N(const Parameters& parameters, const NeedleBody& needle, double moved_mm);

/// Where the tip is now: the innermost structure by consequence (a vessel in a muscle counts as vessel), and
/// everything.
struct TipPlace {
    StructureId structure; ///< invalid outside, in skin and in subcutis
    StructureKind kind = StructureKind::Outside;
    int band = -1; ///< index into body.bands() when inside that taut band, -1 otherwise
    bool in_nodule = false;
};
/// Touching bone counts as bone. Loose tissue between deep structures counts as subcutis.
TipPlace tip_place(const anatomy::Body& body, const NeedleState& state);

/// Angle between needle and skin at the entry, degrees; 90 is perpendicular.
double angle_to_skin_deg(const geometry::Vec3& axis, const geometry::Vec3& outward_normal);

} // namespace tb::tissue
