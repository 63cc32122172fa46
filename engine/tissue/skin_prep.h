// Antiseptic on the skin: a grid of coverage, rubbing time, drying and contamination on the tangent plane of
// the mark. Plain value, part of the simulator's state. Agents come from assets/clinical/antiseptics.json.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geometry/frame.h"

namespace tb::tissue {

struct Antiseptic {
    std::string id, name;
    double friction_s = 30.0; ///< rubbing time needed
    double drying_s = 30.0;
    bool flammable = false;
};

class SkinPrep {
public:
    static constexpr int kCells = 64;          ///< per side
    static constexpr double kCell_mm = 1.5625; ///< 100 mm square
    static constexpr double kField_mm = 25.0;  ///< radius of the field that counts

    /// Starts (or restarts) a field around `centre`; nothing is wet yet.
    void place(const geometry::Vec3& centre, const geometry::Vec3& normal);
    [[nodiscard]] bool placed() const { return placed_; }
    [[nodiscard]] geometry::Vec3 centre() const { return centre_; }
    [[nodiscard]] geometry::Vec3 normal() const { return normal_; }

    /// A swab of 12 mm radius rubs at `point` for `dt_s` while moving by `moved`; wets and counts friction.
    /// Standing still wets but does not rub.
    void wipe(const Antiseptic& agent, const geometry::Vec3& point, const geometry::Vec3& moved, double dt_s);
    /// Fingers, gauze or pen touch here; cells of the field that were clean become contaminated.
    void touch(const geometry::Vec3& point, double radius_mm);
    void advance(double dt_s);

    struct State {
        double coverage = 0.0;   ///< share of the field wetted at least once
        double friction_s = 0.0; ///< median over the field's wetted cells
        double outward =
            0.0; ///< share of the field's cells that the swab met on its side away from the centre
        double dried_s = 0.0;       ///< since last wetted
        double dryness = 0.0;       ///< 0..1 of the agent's drying time
        bool touched_after = false; ///< a clean cell of the field was touched after the last wipe
    };
    [[nodiscard]] State state() const;
    [[nodiscard]] const std::string& agent() const { return agent_; }
    /// Wetness for drawing: 0 dry and clean-less .. 255; row-major kCells x kCells over e1, e2 of
    /// `tangents_of(normal)`. Low byte range: 0 untouched, 1-127 dried film, 128-255 wet, by how much.
    [[nodiscard]] const std::vector<std::uint8_t>& film() const { return film_; }
    /// Changes whenever the film does; lets a picture skip uploads.
    [[nodiscard]] std::int64_t revision() const { return revision_; }
    [[nodiscard]] std::uint64_t hash() const;
    bool operator==(const SkinPrep&) const = default;

private:
    bool placed_ = false;
    geometry::Vec3 centre_{0.0}, normal_{0.0};
    std::string agent_;
    double friction_needed_s_ = 30.0, drying_needed_s_ = 30.0, since_wet_s_ = 0.0;
    std::int64_t new_cells_ = 0, outward_cells_ = 0, revision_ = 0;
    bool touched_after_ = false;
    std::vector<float> friction_s_;
    std::vector<std::uint8_t> film_;
};

} // namespace tb::tissue
