// The reference body as loaded: immutable, shared by const reference. Knows shapes and names; no patient, no
// tissue.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "anatomy/catalogue.h"
#include "anatomy/trigger_points.h"
#include "geometry/bvh.h"
#include "geometry/mesh.h"

namespace tb::anatomy {

class Atlas {
public:
    /// `meshes[i]` are the levels of detail of structure i, finest first; one structure is of kind Skin.
    /// Builds the search trees over the finest meshes and brings every trigger point to its place in them.
    /// Broken promises here are bugs: outside data comes through atlas_loader.h.
    Atlas(Catalogue catalogue, std::vector<std::vector<geometry::Mesh>> meshes,
          std::vector<TriggerPoint> points, std::vector<ReferralZone> zones = {},
          const Habitus& habitus = {});

    [[nodiscard]] const Catalogue& catalogue() const { return catalogue_; }
    [[nodiscard]] const Structure& structure(StructureId id) const;
    [[nodiscard]] StructureId find(std::string_view id) const { return catalogue_.find(id); }
    [[nodiscard]] std::size_t structure_count() const { return catalogue_.structures.size(); }

    /// Level of detail 0 is the finest; a level beyond the last gives the last.
    [[nodiscard]] const geometry::Mesh& mesh(StructureId id, int lod = 0) const;
    [[nodiscard]] StructureId skin() const { return skin_; }
    /// Whose body it is; the default for the atlas as built.
    [[nodiscard]] const Habitus& habitus() const { return habitus_; }
    /// Different for shapes of different habitus, for what keeps copies of the meshes; 0 for the atlas as
    /// built.
    [[nodiscard]] std::uint32_t revision() const;

    [[nodiscard]] const std::vector<TriggerPoint>& trigger_points() const { return points_; }
    [[nodiscard]] const TriggerPoint* trigger_point(std::string_view id) const;
    [[nodiscard]] const std::vector<ReferralZone>& referral_zones() const { return zones_; }
    [[nodiscard]] const ReferralZone* referral_zone(std::string_view id) const;
    /// The structure that a side-less id of a trigger point means on one side: "trapezius_descending" + right
    /// gives "trapezius_descending_r", "kidney" gives "kidney-right"; midline structures are found as they
    /// are. Invalid if there is none.
    [[nodiscard]] StructureId find(std::string_view id_without_side, Side side) const;
    /// Box around the finest mesh.
    [[nodiscard]] const geometry::Box& bounds(StructureId id) const;
    /// No lung of its own: the solid of kind Pleura holds the lung too.
    [[nodiscard]] bool lung_within_pleura() const { return lung_within_pleura_; }

    /// Search over the skin alone; object 0.
    [[nodiscard]] const geometry::Bvh& skin_bvh() const { return skin_bvh_; }
    /// Search over everything under the skin; object = structure index via `structure_of`.
    [[nodiscard]] const geometry::Bvh& inner_bvh() const { return inner_bvh_; }
    [[nodiscard]] StructureId structure_of(std::uint32_t inner_object) const {
        return inner_structures_[inner_object];
    }
    /// Search over one structure alone, for distances to a hazard; nullptr for structures that are no hazard.
    [[nodiscard]] const geometry::Bvh* hazard_bvh(StructureId id) const;
    [[nodiscard]] const std::vector<StructureId>& hazards() const { return hazards_; }

private:
    /// Position of a point on this body.
    void place(TriggerPoint& point) const;

    Catalogue catalogue_;
    std::vector<std::vector<geometry::Mesh>> meshes_;
    std::vector<TriggerPoint> points_;
    std::vector<ReferralZone> zones_;
    Habitus habitus_;
    std::vector<geometry::Box> bounds_; // by structure index
    StructureId skin_;
    bool lung_within_pleura_ = true;
    geometry::Bvh skin_bvh_, inner_bvh_;
    std::vector<StructureId> inner_structures_, hazards_;
    std::vector<std::unique_ptr<geometry::Bvh>> hazard_bvhs_; // by structure index
};

} // namespace tb::anatomy
