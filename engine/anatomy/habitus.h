// How bodies differ: fat by region, sex and body mass index, and the bulk of muscle. Figures and sources:
// assets/figures/living.json ("cover", "build"). Body frame, mm.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/structure.h"
#include "geometry/frame.h"

namespace tb::anatomy {

/// Bulk of the muscles beside that of the average person of the same sex.
enum class Build { Slight, Average, Muscular };
std::string_view name_of(Build build); // "slight", "average", "muscular"
bool from_name(std::string_view name, Build& out);

/// What shapes a body. The default is the person the atlas is built as.
struct Habitus {
    double bmi = 24.0; ///< kg/m2
    bool female = false;
    Build build = Build::Average;
    bool operator==(const Habitus&) const = default;
};

/// Fat under the skin over one region, mm: max(floor, f23 + k (BMI - 23)) for men and women.
struct CoverRegion {
    struct Fat {
        double f23 = 5.0, k = 0.5;
    };
    std::string region;
    double skin_mm = 2.0;
    Fat men, women;
    double floor_mm = 2.0;
    std::vector<geometry::Vec3> at; ///< places of the region near the skin of the right half

    [[nodiscard]] double fat_mm(const Habitus& habitus) const;
};

/// Bones and what they enclose: they are the same in every habitus.
bool keeps_its_place(StructureKind kind);

/// Skin and fat over a place near the skin, for one habitus; regions pass smoothly into each other.
class Cover {
public:
    Cover(const std::vector<CoverRegion>& regions, const Habitus& habitus);
    struct Layers {
        double skin_mm = 0.0, fat_mm = 0.0, floor_mm = 0.0; ///< floor: fat that nobody is without
    };
    [[nodiscard]] Layers at(const geometry::Vec3& point) const;
    /// Skin and fat together.
    [[nodiscard]] double mm(const geometry::Vec3& point) const;

private:
    struct Place {
        geometry::Vec3 at;
        Layers layers;
    };
    std::vector<Place> places_;
};

/// Where everything soft goes when the muscles grow: displacement in mm for a doubled muscle volume, on a
/// regular grid over the right half; bones and what they enclose stay. Found by the forge (growth.h there).
struct Growth {
    geometry::Vec3 origin{0.0};
    double step_mm = 10.0;
    int nx = 0, ny = 0, nz = 0;               ///< nothing when zero
    std::vector<std::array<float, 3>> values; ///< x runs fastest

    [[nodiscard]] bool empty() const { return values.empty(); }
    /// Trilinear, mirrored for the left half; zero outside the grid.
    [[nodiscard]] geometry::Vec3 at(const geometry::Vec3& p) const;
};

/// Relative muscle volume beside the atlas's man.
struct MuscleBulk {
    double slight = -0.2, muscular = 0.2, female = -0.25;
    [[nodiscard]] double of(const Habitus& habitus) const; ///< 0 for the atlas itself
};

/// What the catalogue carries of all this.
struct Variation {
    std::vector<CoverRegion> cover;
    MuscleBulk bulk;
    Growth growth;
};

CoverRegion cover_from_json(const JsonReader& at);
MuscleBulk bulk_from_json(const JsonReader& at);
Json to_json(const Variation& variation);
Variation variation_from_json(const JsonReader& at);

} // namespace tb::anatomy
