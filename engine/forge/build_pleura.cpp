#include "forge/build_pleura.h"

#include <algorithm>
#include <cmath>

#include "forge/parallel.h"
#include "forge/skin_envelope.h"

namespace tb::forge {

namespace {

using geometry::Vec3;

constexpr double kCell_mm = 4.0;
constexpr double kPleuraGap_mm =
    0.8; ///< between parietal and visceral pleura (est.; the true gap is a film of fluid)
constexpr double kAboveDiaphragm_mm = 1.0;
/// From here to the wall (share of the radius) the floor lies at the border: the recess between chest wall
/// and diaphragm is about 5 mm wide at its bottom (est.; in life a slit), so that its edge is a clean line.
constexpr double kRecess = 0.93;
constexpr double kNotchRound_mm = 6.0; ///< (est.)
constexpr double kLeftError = 0.15;    ///< of the left side's finest mesh, in grid steps: 0.3 mm

/// Height of a floor over the horizontal plane, on a regular grid.
class Floor {
public:
    /// At the loft's wall the floor is `border` (by angle); inside it is the diaphragm where that is known
    /// and lies higher, and between the two a stretched membrane (each cell the mean of its neighbours).
    Floor(const SectionLoft& loft, const std::vector<double>& border, const DiaphragmFigure& diaphragm) {
        const geometry::Box box = loft.box();
        x0_ = box.low.x - 3 * kCell_mm;
        z0_ = box.low.z - 3 * kCell_mm;
        nx_ = static_cast<int>((box.high.x - x0_) / kCell_mm) + 4;
        nz_ = static_cast<int>((box.high.z - z0_) / kCell_mm) + 4;
        height_.resize(static_cast<std::size_t>(nx_ * nz_));
        std::vector<bool> fixed(height_.size(), true);
        for (int k = 0; k < nz_; ++k)
            for (int i = 0; i < nx_; ++i) {
                const double x = x0_ + i * kCell_mm, z = z0_ + k * kCell_mm;
                // The angle barely depends on the height; the wall is taken at the border's own level.
                double edge = around(border, loft.polar({x, loft.low(), z}).turn);
                const SectionLoft::Polar at = loft.polar({x, edge, z});
                edge = around(border, at.turn);
                const std::optional<double> dome =
                    at.ratio < kRecess ? height_of(diaphragm, x, z) : std::nullopt;
                fixed[at_(i, k)] = dome.has_value() || at.ratio >= kRecess;
                height_[at_(i, k)] = dome ? std::max(*dome, edge) : edge;
            }
        for (int pass = 0; pass < 400; ++pass)
            for (int k = 1; k + 1 < nz_; ++k)
                for (int i = 1; i + 1 < nx_; ++i)
                    if (!fixed[at_(i, k)]) height_[at_(i, k)] = mean(i, k);
        for (int pass = 0; pass < 2; ++pass) { // takes the steps out of the 10 mm table
            std::vector<double> smooth = height_;
            for (int k = 1; k + 1 < nz_; ++k)
                for (int i = 1; i + 1 < nx_; ++i)
                    smooth[at_(i, k)] = (height_[at_(i, k)] + mean(i, k)) / 2;
            height_ = std::move(smooth);
        }
    }

    [[nodiscard]] double height(double x, double z) const {
        const double a = std::clamp((x - x0_) / kCell_mm, 0.0, nx_ - 1.001),
                     b = std::clamp((z - z0_) / kCell_mm, 0.0, nz_ - 1.001);
        const int i = static_cast<int>(a), k = static_cast<int>(b);
        const double f = a - i, g = b - k;
        return (height_[at_(i, k)] * (1 - f) + height_[at_(i + 1, k)] * f) * (1 - g) +
               (height_[at_(i, k + 1)] * (1 - f) + height_[at_(i + 1, k + 1)] * f) * g;
    }

private:
    [[nodiscard]] std::size_t at_(int i, int k) const { return static_cast<std::size_t>(k * nx_ + i); }
    [[nodiscard]] double mean(int i, int k) const {
        return (height_[at_(i - 1, k)] + height_[at_(i + 1, k)] + height_[at_(i, k - 1)] +
                height_[at_(i, k + 1)]) /
               4;
    }
    /// The table between its points, where all four corners are known.
    static std::optional<double> height_of(const DiaphragmFigure& d, double x, double z) {
        const auto cell = [](const std::vector<double>& axis, double v) {
            return std::upper_bound(axis.begin(), axis.end(), v) - axis.begin() - 1;
        };
        const auto i = cell(d.x, x), k = cell(d.z, z);
        if (i < 0 || k < 0 || i + 1 >= std::ssize(d.x) || k + 1 >= std::ssize(d.z)) return std::nullopt;
        const auto a = d.y[k][i], b = d.y[k][i + 1], c = d.y[k + 1][i], e = d.y[k + 1][i + 1];
        if (!a || !b || !c || !e) return std::nullopt;
        const double f = (x - d.x[i]) / (d.x[i + 1] - d.x[i]), g = (z - d.z[k]) / (d.z[k + 1] - d.z[k]);
        return (*a * (1 - f) + *b * f) * (1 - g) + (*c * (1 - f) + *e * f) * g;
    }

    double x0_ = 0.0, z0_ = 0.0;
    int nx_ = 0, nz_ = 0;
    std::vector<double> height_;
};

/// Distance-like: how far a point is below the floor, with the floor's slope taken into account.
double below(const Floor& floor, const Vec3& p) {
    const double h = floor.height(p.x, p.z);
    const double sx =
        (floor.height(p.x + kCell_mm, p.z) - floor.height(p.x - kCell_mm, p.z)) / (2 * kCell_mm);
    const double sz =
        (floor.height(p.x, p.z + kCell_mm) - floor.height(p.x, p.z - kCell_mm)) / (2 * kCell_mm);
    return (h - p.y) / std::sqrt(1 + sx * sx + sz * sz);
}

/// How far a point lies within the heart's share of the chest's front: a wedge, full at the front, whose
/// border `of` is the table's pleura or lung. The point is given on the right side. Positive inside.
double in_notch(const LoftFigure::Notch& notch, double LoftFigure::Notch::Border::*of, const Vec3& p) {
    const auto& rows = notch.borders;
    std::size_t i = 0;
    while (i + 2 < rows.size() && rows[i + 1].y <= p.y)
        ++i;
    const double f = std::clamp((p.y - rows[i].y) / (rows[i + 1].y - rows[i].y), 0.0, 1.0);
    const double border = rows[i].*of * (1 - f) + rows[i + 1].*of * f;
    const double depth = std::clamp((p.z - notch.back_z) / (notch.front_z - notch.back_z), 0.0, 1.0);
    return border * depth - std::abs(p.x);
}

/// The left twin of an entry of the right side, as a structure with a shape of its own.
anatomy::Structure left_of(anatomy::Structure entry) {
    entry.id = anatomy::with_side(anatomy::without_side(entry.id), anatomy::Side::Left);
    entry.side = anatomy::Side::Left;
    return entry;
}

/// The mirror image of what was built on the right side's ground.
Built to_the_left(Built built) {
    for (geometry::Mesh& mesh : built.lods)
        mesh = mirrored(mesh);
    return built;
}

geometry::LocalField everywhere(geometry::Field field) {
    return [field = std::move(field)](const geometry::Box&) { return field; };
}

} // namespace

std::vector<Built> build_pleura(const LoftFigure& figure, const DiaphragmFigure& diaphragm) {
    const SectionLoft loft(figure.sections, false, {-1, 0}, {0, -1}, SectionLoft::Between::Linear,
                           SectionLoft::Ends::Closed);
    const Floor reflection(loft, figure.reflection_y, diaphragm),
        lower_border(loft, figure.lung_y, diaphragm);
    const auto pleura = [&](const Vec3& p) { return std::max(loft.value(p), below(reflection, p)); };
    const auto lung = [&](const Vec3& p) {
        return std::max({loft.value(p) + kPleuraGap_mm, below(reflection, p) + kAboveDiaphragm_mm,
                         below(lower_border, p)});
    };
    anatomy::Structure lung_entry = figure.structure;
    lung_entry.id = "lung_r";
    lung_entry.kind = StructureKind::Lung;
    lung_entry.name = "Lung";
    lung_entry.ta2 = "pulmo";
    anatomy::Structure pleura_entry = figure.structure;
    pleura_entry.name = "Parietal pleura (costal, diaphragmatic, cupula)";
    lung_entry.mirrored = pleura_entry.mirrored = !figure.notch;
    std::vector<Built> out(figure.notch ? 4 : 2);
    for_each_index(out.size(), [&](std::size_t i) {
        const bool is_pleura = i % 2 == 0;
        const anatomy::Structure& entry = is_pleura ? pleura_entry : lung_entry;
        const geometry::Field right = is_pleura ? geometry::Field(pleura) : geometry::Field(lung);
        if (i < 2) {
            out[i] = build_solid(entry, everywhere(right), loft.box(), 2.0);
            return;
        }
        const auto border = is_pleura ? &LoftFigure::Notch::Border::pleura : &LoftFigure::Notch::Border::lung;
        const auto left = [&](const Vec3& p) {
            return -smooth_minimum(-right(p), -in_notch(*figure.notch, border, p), kNotchRound_mm);
        };
        out[i] = to_the_left(build_solid(left_of(entry), everywhere(left), loft.box(), 2.0, kLeftError));
    });
    return out;
}

} // namespace tb::forge
