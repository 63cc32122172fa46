// How a zone of referred pain is painted: a few strokes anchored on landmarks, and what they give on a skin.
// Data: assets/clinical/referral_zones.json (its "about" explains the fields). Right side; millimetres.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "anatomy/places.h"
#include "geometry/bvh.h"
#include "geometry/mesh.h"

namespace tb::anatomy {

class Atlas;

/// One stroke of the brush. Its outline has weight 0.5; the weight falls from 1 to 0 over `edge_mm`.
struct Stroke {
    enum class Kind {
        Disc,   ///< one place; one radius, or two along and across `along`
        Line,   ///< two or more places joined over the skin; one half width, or one a place
        Area,   ///< three or more places: outline seen along `facing`
        Sleeve, ///< two places: axis of a limb; the skin around it from share `low` to `high` of the axis
        Bones   ///< all skin nearest to the named bones
    };
    Kind kind = Kind::Disc;
    std::vector<Place> places;
    std::vector<double> radii_mm;
    geometry::Vec3 along{0.0};  ///< unit; direction of the first radius
    geometry::Vec3 facing{0.0}; ///< unit; the side of the body it is painted from; zero: that of the skin
                                ///< under the places
    double spread_deg = 75.0;   ///< skin turned away from `facing` by more is left out (Sleeve: half angle
                                ///< around the axis)
    double low = 0.0, high = 1.0;
    double edge_mm = 12.0;
    std::vector<std::string> bones; ///< names without side, or their beginnings; only skin nearest to these
    std::string point;              ///< painted for this trigger point only; empty: for all
};

Stroke stroke_from_json(const JsonReader& at);

/// The skin as the painter needs it: who neighbours whom, and which bone lies nearest.
class SkinChart {
public:
    /// `mesh` must outlive the chart.
    explicit SkinChart(const geometry::Mesh& mesh);
    [[nodiscard]] const geometry::Mesh& mesh() const { return *mesh_; }
    /// Nearest bone of a vertex, as structure; found when first asked for.
    [[nodiscard]] StructureId bone(const Atlas& atlas, std::size_t vertex);
    /// Keeps of `weight` what hangs together with a seed, sets the rest to zero.
    void keep_connected(std::vector<float>& weight, const std::vector<std::uint32_t>& seeds) const;
    /// `rounds` of averaging with the neighbours.
    void smooth(std::vector<float>& weight, int rounds) const;
    /// All vertices whose weight has a part in the smoothed weights of a triangle's corners.
    [[nodiscard]] std::vector<std::uint32_t> smoothed_from(std::uint32_t triangle) const;
    /// Vertex nearest to `p`; of equally near ones the first.
    [[nodiscard]] std::uint32_t nearest(const geometry::Vec3& p) const;
    /// The vertex over a place seen along `facing` (unit), where depth counts less than what lies aside; the
    /// nearest one without `facing` (zero).
    [[nodiscard]] std::uint32_t over(const geometry::Vec3& p, const geometry::Vec3& facing) const;

private:
    /// The vertex of least cost, of equal ones the first: asked from the height `y` up and down, until
    /// `at_least(distance in height)` says that no further one can be better.
    template <class Cost, class AtLeast>
    [[nodiscard]] std::uint32_t best(float y, Cost cost, AtLeast at_least) const;

    const geometry::Mesh* mesh_;
    std::vector<std::uint32_t> by_height_;          // all vertices from the lowest up
    std::vector<std::uint32_t> first_, neighbours_; // of vertex i: neighbours_[first_[i] .. first_[i + 1])
    geometry::Bvh bone_bvh_;                        // empty until a bone is asked for
    std::vector<StructureId> bone_ids_, bones_;
    std::vector<bool> bone_known_;
};

/// A stroke with its places found on the built body: right side.
class LaidStroke {
public:
    /// The landmarks must be in the atlas (the loader sees to it). `skin` is the finest skin.
    LaidStroke(const Stroke& stroke, const Atlas& atlas, const SkinChart& skin);
    [[nodiscard]] const Stroke& stroke() const { return *stroke_; }
    /// Weight by shape and facing alone at a right-side point of the skin, 0..1.
    [[nodiscard]] float at(const geometry::Vec3& p, const geometry::Vec3& normal) const;
    /// Does painting on one side give any of these vertices a weight, before it is smoothed and cut to what
    /// hangs together?
    [[nodiscard]] bool touches(SkinChart& skin, const Atlas& atlas, Side side,
                               const std::vector<std::uint32_t>& vertices) const;
    /// Adds to `weight` (the greater counts) on the skin of one side.
    void paint(SkinChart& skin, const Atlas& atlas, Side side, std::vector<float>& weight) const;

private:
    void lay_disc(const Atlas& atlas, const SkinChart& skin);
    void lay_line(const Atlas& atlas, const SkinChart& skin);
    void lay_area(const Atlas& atlas, const SkinChart& skin);
    [[nodiscard]] double distance(const geometry::Vec3& p, geometry::Vec3& facing) const;

    struct Sample {
        geometry::Vec3 p{0.0}, normal{0.0};
        double radius = 0.0;
    };
    const Stroke* stroke_;
    std::vector<Sample> samples_;              // Disc, Line
    std::vector<geometry::Vec2> outline_;      // Area, in the plane of e1, e2
    geometry::Vec3 e1_{0.0}, e2_{0.0};         // Area, Disc with two radii
    geometry::Vec3 axis_a_{0.0}, axis_b_{0.0}; // Sleeve
    /// Weight of a vertex by shape, facing and bone. `allowed`, by structure: may it paint there, -1 = not
    /// yet asked.
    [[nodiscard]] float raw(SkinChart& skin, const Atlas& atlas, Side side, std::size_t vertex,
                            std::vector<int>& allowed) const;
    void add_seed(const SkinChart& skin, std::uint32_t vertex);

    std::vector<std::uint32_t> seeds_right_, seeds_left_; // vertices that the stroke surely covers
    geometry::Box reach_;
};

} // namespace tb::anatomy
