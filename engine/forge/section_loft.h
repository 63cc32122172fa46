// Solids given as horizontal sections with radii by angle (skin.json, hazards.json), as a distance-like
// field.
#pragma once

#include <array>
#include <vector>

#include "forge/figures.h"

namespace tb::forge {

class SectionLoft {
public:
    /// Between sections: linear, or cubic Hermite with the tangents of skin.json.
    enum class Between { Linear, Smooth };
    /// Closed: the end planes bound the solid. Open: they count only beyond the ends, so that two lofts that
    /// share a section meet without a wall between them (skin.json).
    enum class Ends { Closed, Open };

    /// `half`: the radii run over half a turn and the solid is symmetric; points with x > 0 are then
    /// mirrored.
    SectionLoft(std::vector<Section> sections, bool half, geometry::Vec2 e1, geometry::Vec2 e2,
                Between between, Ends ends);

    /// f = (rho - r(t)) |p - c| / rho, bounded by the ends; negative inside, mm.
    [[nodiscard]] double value(const geometry::Vec3& p) const;
    /// Angle t of a point about the section centre at its height, degrees 0..360, and rho / r there (1 on the
    /// wall).
    struct Polar {
        double turn = 0.0; ///< 0..1
        double ratio = 0.0;
    };
    [[nodiscard]] Polar polar(const geometry::Vec3& p) const;

    [[nodiscard]] double low() const { return sections_.front().y; }
    [[nodiscard]] double high() const { return sections_.back().y; }
    [[nodiscard]] geometry::Box box() const;

private:
    struct Row; // weights of two neighbouring sections at one height
    [[nodiscard]] Row row_at(double y) const;
    [[nodiscard]] double radius(const Row& row, double turn) const;

    std::vector<Section> sections_, tangents_;
    bool half_;
    geometry::Vec2 e1_, e2_;
    Between between_;
    Ends ends_;
};

/// Catmull-Rom over a table that goes once round, at `turn` 0..1.
double around(const std::vector<double>& table, double turn);

} // namespace tb::forge
