// One patient: the atlas seen through a patient's build, side and trigger points. Immutable after creation.
// The only place that would know about posture or habitus; everything else asks queries in the body frame.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/atlas.h"

namespace tb::anatomy {

enum class PointState { Active, Latent };

/// What a scenario says of one trigger point of this patient.
struct PointSpec {
    std::string point; ///< trigger point id
    Side side = Side::Right;
    PointState state = PointState::Active;
    KgPerCm2 pressure_threshold;   ///< pressure pain threshold over the point
    double pain_on_pressure = 5.0; ///< 0..10 when pressed firmly
    bool target = false;           ///< the case wants this one treated
};

struct BodySpec {
    std::vector<PointSpec> points;
    /// Shape the body (habitus.h); the defaults are the man the atlas is built as.
    Kilograms weight{82.14};
    double height_cm = 185.0;
    bool female = false;
    Build build = Build::Average;
    int age = 40;
    /// Shift of each point inside its muscle: SD along and across the fibres, mm (about 10,
    /// clinical/README.md). Drawn from the seed, limited to 1.5 SD, and kept at least 2 mm inside the
    /// muscle's edge.
    double scatter_mm = 10.0;
};

/// A taut band: the fibre through the trigger point, and the nodule on it.
struct Band {
    std::string id;    ///< trigger point id with side, "trapezius-descendens-1_r"
    std::string point; ///< trigger point id
    Side side = Side::Right;
    PointState state = PointState::Active;
    bool target = false;
    StructureId muscle;
    int part = 0;
    geometry::LatticeCoordinates at;  ///< of the nodule
    geometry::Vec3 centre{0.0};       ///< of the nodule, body frame
    std::vector<geometry::Vec3> line; ///< the band's axis along the fibres, about every 2 mm
    double radius_mm = 2.0; ///< half width of the band (bands are 1 to 4 mm thick, MEDSCAPE; up to 8, est.)
    double nodule_radius_mm = 4.0; ///< 8.5 mm equal-area diameter active, 6.8 latent [ballyns2011]
    KgPerCm2 pressure_threshold;
    double pain_on_pressure = 5.0;
    bool spills = false; ///< this patient's pain reaches the point's spillover areas too ("in some patients")
    geometry::Vec3 skin_point{0.0}; ///< nearest skin to the centre
    double depth_mm = 0.0;          ///< skin_point to centre
};

class Body {
public:
    /// `atlas`: the body as built, or one already shaped for this habitus; it must outlive the body. Another
    /// habitus gets a shape of its own (about 2 s). Faults: an unknown point, a point whose muscle is not in
    /// the atlas.
    static ExpectedAll<Body> create(const Atlas& atlas, const BodySpec& spec, std::uint64_t seed);

    [[nodiscard]] const Atlas& atlas() const { return *atlas_; }
    [[nodiscard]] const std::vector<Band>& bands() const { return bands_; }
    [[nodiscard]] const Band* band(std::string_view id) const;
    [[nodiscard]] double bmi() const { return bmi_; }
    /// Stiffness of resting muscle beside that of a 40-year-old: 0.4 % a year, from 20 to 80 (est.; shear
    /// waves run faster in old people's biceps, Eby 2015, recalled; its size for the muscles of the back is
    /// not known).
    [[nodiscard]] double muscle_stiffness() const;

    /// Skin (epidermis + dermis) thickness at a skin point, mm; by region, skin.json "thickness".
    [[nodiscard]] double skin_thickness_mm(const geometry::Vec3& skin_point) const;

private:
    explicit Body(const Atlas& atlas) : atlas_(&atlas) {}
    std::unique_ptr<const Atlas> own_; ///< where this patient's shape differs from the atlas's
    const Atlas* atlas_;
    std::vector<Band> bands_;
    double bmi_ = 24.0;
    int age_ = 40;
};

} // namespace tb::anatomy
