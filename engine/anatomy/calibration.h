// How thick and how deep things are in the built body beside living people: the table
// assets/figures/calibration.json and its evaluation. The normative text on probes, quantities and verdicts
// is the "about" block of that file; every row names its source there. Right side, body frame (x = subject's
// left, y up, z front), mm; sections cm2, volumes cm3.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "anatomy/body.h"
#include "base/json.h"
#include "base/result.h"

namespace tb::anatomy {

/// The person that the atlas is built as, or a study's reader asks for.
struct CalibrationPerson {
    bool female = false;
    double bmi = 24.0, age = 40.0;
};

/// Named structures that count as one, and which face of them is meant.
struct CalibrationTarget {
    std::string word; ///< as the row writes it
    std::vector<StructureId>
        ids;               ///< right side or midline; empty for subcutis, skin and what is not modelled
    bool far_face = false; ///< where the ray leaves it again, not where it meets it
    std::string why_not;   ///< why the model has nothing of the kind; empty where it has
};

/// Centre of a tube (vessel, nerve) at a height or nearest to a point.
struct TubeStation {
    StructureId tube;
    double at_y = 0.0;
    std::optional<geometry::Vec3> near;
};
/// Mid-surface (v = 0.5) of a muscle's first lattice part at u, or where it passes a height.
struct LatticeStation {
    StructureId muscle;
    std::optional<double> u;
    double at_y = 0.0;
};

/// A ray into the body. It starts at the skin met when going from `through` against `direction`.
struct CalibrationProbe {
    std::string name, site;
    std::variant<geometry::Vec3, TubeStation, LatticeStation> through;
    geometry::Vec3 direction{0.0, 0.0, 1.0}; ///< unit, inward
    bool arm_lifted = false;                 ///< the skin is that of the trunk, whatever the arm covers
    bool skin_normal = false;                ///< keep the skin point, go on along the inward normal there
};

enum class CalibrationQuantity { Thickness, SkinTo, Gap, LineTo, Fat, Skin, Position, Csa, Volume };
std::string_view name_of(CalibrationQuantity quantity);

/// How a position or a cross-section is taken.
struct LevelSection { ///< horizontal section; distance of an edge or the centre from the midline
    enum class Edge { None, Medial, Lateral, Centre };
    double y = 0.0;
    Edge edge = Edge::None;
};
struct LineSection { ///< along the line a to b in the frontal plane, from a
    geometry::Vec3 a{0.0}, b{0.0};
};
struct TopAbove { ///< height of the structure's upper end above y
    double y = 0.0;
};
struct SquareSection {}; ///< largest section square to the fibres
using CalibrationMeasure = std::variant<std::monostate, LevelSection, LineSection, TopAbove, SquareSection>;

struct CalibrationRow {
    enum class Is { Mean, Least, Never, Advice }; ///< what the figure is of the people measured
    std::string id, site;
    int probe = -1; ///< index; -1 = none
    CalibrationQuantity quantity = CalibrationQuantity::Thickness;
    std::vector<CalibrationTarget> targets;
    std::optional<double> mean, sd;
    std::string unit, population, source, read, note;
    Is is = Is::Mean;
    CalibrationMeasure measure;
    bool safety = false; ///< a needle that trusts too deep a model does harm
    std::string why_not; ///< why it cannot be measured, whatever the body
    std::optional<bool> only_female;
    double bmi_low = 0.0, bmi_high = 100.0, age_low = 0.0, age_high = 150.0;

    /// Judged rows are those whose figure was read in the study itself.
    [[nodiscard]] bool was_read() const;
    /// "women only", "BMI below 23", ...; empty if the row applies.
    [[nodiscard]] std::string excludes(const CalibrationPerson& person) const;
    /// max(1 SD, 3 mm); skin thickness max(1 SD, 0.5 mm); sections and volumes max(1 SD, 10 %).
    [[nodiscard]] double tolerance() const;
};

/// Of rows that exclude each other, the one that is followed.
struct CalibrationChoice {
    std::string row;                  ///< followed
    std::vector<std::string> instead; ///< rows that are not
    std::string why;
};

struct Calibration {
    CalibrationPerson body;
    std::vector<CalibrationProbe> probes;
    std::vector<CalibrationRow> rows;
    std::vector<CalibrationChoice> followed;

    [[nodiscard]] const CalibrationProbe* probe(std::string_view name) const;
};

/// Every fault with its place and row: unknown structures, landmarks, probes, quantities, keys.
ExpectedAll<Calibration> calibration_from_json(const Json& json, const std::string& source,
                                               const Atlas& atlas);

/// Pairs of rows (indices) on one probe and quantity that both apply and were read, but whose tolerances do
/// not meet, and of which none is named in `followed`.
std::vector<std::pair<std::size_t, std::size_t>> undecided_contradictions(const Calibration& calibration);

/// A probe laid on the body.
struct CalibrationRay {
    geometry::Vec3 through{0.0}; ///< the probe's own point
    geometry::Vec3 skin{0.0};
    geometry::Vec3 direction{0.0}; ///< unit, inward, after refinement
    bool half_way_to_arm =
        false; ///< arm and trunk share one skin here: half way between their structures taken
    double skin_thickness_mm = 0.0;
    struct Piece {
        StructureId structure;
        double enter_mm = 0.0; ///< from the skin; negative for what stands out of it
        double leave_mm = 0.0;
    };
    std::vector<Piece> pieces; ///< by entry
};
/// Nothing, with the reason, where the probe cannot be laid (no such height, no skin on the way).
Expected<CalibrationRay> lay(const CalibrationProbe& probe, const Body& body);

struct CalibrationResult {
    enum class Verdict { NotComputed, Met, Off, Far };
    const CalibrationRow* row = nullptr;
    std::optional<double> model;
    std::string why_not;      ///< why there is no model value
    std::string not_for_body; ///< whom the row is about, if not this body
    std::string instead_of;   ///< the row that is followed instead of this one
    bool judged = false;      ///< counts in the summary
    Verdict verdict = Verdict::NotComputed;
    bool overstated = false; ///< safety rows: the model is deeper than mean + tolerance
};
std::string_view name_of(CalibrationResult::Verdict verdict);

struct CalibrationSummary {
    int judged = 0, met = 0, far = 0, overstated = 0;
    int computed = 0; ///< of all rows, judged or not
};

/// One result a row, in the order of the table. `calibration` must outlive the results.
std::vector<CalibrationResult> evaluate(const Calibration& calibration, const Body& body);
CalibrationSummary summary_of(const std::vector<CalibrationResult>& results);

} // namespace tb::anatomy
