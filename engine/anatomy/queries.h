// Where is what: the questions that finger, needle, picture and command line ask of a patient's body.
// All in the body frame, millimetres. Pure functions of the body.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "anatomy/body.h"

namespace tb::anatomy {

struct SkinPoint {
    geometry::Vec3 point{0.0};
    geometry::Vec3 normal{0.0}; ///< unit, outward, smooth (interpolated vertex normals)
};
/// First skin along a ray (any direction length).
std::optional<SkinPoint> skin_hit(const Body& body, const geometry::Vec3& origin,
                                  const geometry::Vec3& direction);
/// Nearest skin to a point, inside or outside.
SkinPoint nearest_skin(const Body& body, const geometry::Vec3& p);
/// Signed distance to the skin: negative inside the body.
double skin_depth(const Body& body, const geometry::Vec3& p);

/// One stretch of a straight path inside one structure; mm from the first skin crossing (before it negative).
/// Several structures may overlap (a vessel inside a muscle): each has its own entry. Skin is listed as its
/// thickness, then "subcutis" up to the first structure below; gaps between deep structures are not listed.
struct Crossing {
    StructureId structure; ///< invalid for subcutis
    StructureKind kind = StructureKind::Outside;
    double enter_mm = 0.0;
    double leave_mm = 0.0;
    int part = 0; ///< muscle part at the entry
};
/// Everything a straight needle from `a` to `b` crosses, ordered by entry. Muscle parts of one muscle are
/// merged; the pleural space is kind Pleura for its first 3 mm and Lung beyond where a lung is modelled as
/// one solid with it.
std::vector<Crossing> path_crossings(const Body& body, const geometry::Vec3& a, const geometry::Vec3& b);

/// The tissue under a finger: layers from the skin inward along `inward` down to bone or `max_depth`.
struct Layer {
    StructureId structure; ///< invalid for skin, subcutis and loose tissue between structures
    StructureKind kind = StructureKind::Subcutis;
    double thickness_mm = 0.0;
};
struct TissueColumn {
    SkinPoint surface;
    std::vector<Layer> layers;     ///< skin, subcutis, then deep structures in order
    bool on_bone = false;          ///< the column ends on bone
    double muscle_stiffness = 1.0; ///< of this person's muscle beside that of a 40-year-old
    [[nodiscard]] double depth_mm() const;
};
TissueColumn tissue_column(const Body& body, const SkinPoint& at, const geometry::Vec3& inward,
                           double max_depth_mm);

/// Where in which muscle a point lies (the deepest-inside one if several), with fibre direction; nothing if
/// in none.
struct InMuscle {
    StructureId muscle;
    int part = 0;
    geometry::LatticeCoordinates at;
    geometry::Vec3 fibre{0.0};
};
std::optional<InMuscle> in_muscle(const Body& body, const geometry::Vec3& p);
/// First muscle under a skin point along `inward`, with the fibre direction where the ray enters it.
std::optional<InMuscle> first_muscle(const Body& body, const SkinPoint& at, const geometry::Vec3& inward);

/// Distance of a point to one structure's surface; negative inside. Hazards only.
double hazard_distance(const Body& body, StructureId hazard, const geometry::Vec3& p);
/// All hazards within `range` of a point, nearest first.
struct NearHazard {
    StructureId structure;
    double distance_mm = 0.0; ///< negative inside
    geometry::Vec3 nearest{0.0};
};
std::vector<NearHazard> hazards_near(const Body& body, const geometry::Vec3& p, double range_mm);

/// Band geometry: distance of a point from the band's axis, and from the nodule's centre.
double distance_to_band(const Band& band, const geometry::Vec3& p);

} // namespace tb::anatomy
