// The figure tables of assets/figures as checked values: muscles, bones, skin, hazards, landmarks.
// Their meaning, units (mm, body frame) and formulas are stated in each file's "about" block.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/catalogue.h"
#include "base/json.h"
#include "base/result.h"
#include "geometry/implicit.h"

namespace tb::forge {

/// The texts of the tables, see kFigureFiles.
struct FigureTexts {
    std::string muscles, muscles_more, bones, discs, skin, skin_detail, hazards, landmarks, living;
};
/// A muscle of the right side: everything of its catalogue entry but volume and triangles.
struct MuscleFigure {
    anatomy::Structure structure;
};

struct BoneFigure {
    struct Part {
        geometry::Primitive primitive;
        bool hole = false;
        bool middle = false; ///< lies in the midline plane: counts once
    };
    anatomy::Structure structure;
    double blend_mm = 1.0;
    bool both_sides = false; ///< a midline bone: parts count as given and reflected
    bool thin = false;       ///< holds parts 2 to 4 mm thick
    std::vector<Part> parts;
};

/// A rounded, wedged disc between two vertebral bodies; symbols as in discs.json.
struct DiscFigure {
    anatomy::Structure structure;
    geometry::Vec3 centre{0.0};
    double tilt_deg = 0.0, ra = 1.0, rb = 1.0, h = 1.0, wedge = 0.0, bow = 0.0, e1 = 1.0, e2 = 1.0,
           notch = 0.0;
};

/// What living people measure, as far as the forge follows it (living.json).
struct LivingFigure {
    std::vector<anatomy::CoverRegion> cover;
    anatomy::MuscleBulk bulk;
    /// Volume to reach as a share of the reference's; `round` bellies grow across and in thickness alike,
    /// sheets in thickness only.
    struct Volume {
        double ratio = 1.0;
        bool round = false;
        /// Profile: thickness beside the reference's, times one factor for the whole muscle; at equal steps
        /// of u and v, linear between.
        std::vector<double> along{1.0}, across{1.0};
    };
    std::map<std::string, Volume> volume; ///< by muscle id without side
    /// Muscles without side that are laid onto what is under them, in this order.
    std::vector<std::string> lay;
    /// The pleural apex comes down by this much at its top, nothing at `apex_from_y`.
    double apex_down_mm = 0.0, apex_from_y = 0.0;
};

/// Horizontal sections: y, centre (x, z), stretch k, radii at equal angles.
struct Section {
    double y = 0.0, cx = 0.0, cz = 0.0, k = 1.0;
    std::vector<double> radius;
};

struct SkinSegment {
    std::string name;
    bool half = false; ///< radii run over half a turn; the other half is the mirror image
    geometry::Vec2 e1{-1.0, 0.0}, e2{0.0, -1.0};
    std::vector<Section> sections; ///< y rising; inset already taken off
};
struct SkinBlend {
    std::string first, second; ///< segment names; `second` may be "thigh mirrored"
    double radius_mm = 0.0;
};
/// A part of the skin on a finer grid: beyond the plane y = `seam_y` within a box of the right half.
struct SkinRegion {
    std::string name;
    geometry::Box box; ///< up to x = 0: lies over the midline; otherwise there is one on each side
    double seam_y = 0.0, blend_mm = 10.0;
    bool above = false; ///< the region lies above the seam
    bool relief =
        false; ///< the face takes the reference's outline in full; otherwise as the body's grid has it
    /// The outline of the reference ends at this plane (before the digits, which it wraps in one).
    struct Trim {
        geometry::Vec3 point{0.0}, normal{0.0, 1.0, 0.0}; ///< unit, to what goes
        double round_mm = 4.0;
    };
    std::optional<Trim> trim;
    /// Added to the outline, rounded over `join_mm`.
    struct Solid {
        std::string name;
        double blend_mm = 1.0;
        std::vector<BoneFigure::Part> parts;
    };
    std::vector<Solid> solids;
    double join_mm = 6.0;
};
struct SkinFigure {
    std::vector<SkinSegment> segments;
    std::vector<SkinBlend> blends;
    std::vector<SkinRegion> regions;
};

struct TubeFigure {
    anatomy::Structure structure;
    struct Point {
        geometry::Vec3 position{0.0};
        double radius = 1.0;
    };
    std::vector<Point> points; ///< radius already at least the literature's
};

struct LoftFigure {
    anatomy::Structure structure;
    std::vector<Section> sections;            ///< y rising
    std::vector<double> reflection_y, lung_y; ///< pleura only: lower borders by angle
    /// The left one's front border, which makes way for the heart (pleura only).
    struct Notch {
        struct Border {
            double y = 0.0, pleura = 0.0, lung = 0.0; ///< height; distance of the borders from the midline
        };
        std::vector<Border> borders;        ///< y rising; no notch above the last
        double front_z = 0.0, back_z = 0.0; ///< full width in front of the first, nothing behind the second
    };
    std::optional<Notch> notch;
};

/// Height of the diaphragm's upper face over a grid of x and z; nothing where there is none.
struct DiaphragmFigure {
    std::vector<double> x, z;
    std::vector<std::vector<std::optional<double>>> y; ///< [z][x]
};

struct Figures {
    std::vector<MuscleFigure> muscles;
    std::vector<BoneFigure> bones;
    std::vector<DiscFigure> discs;
    SkinFigure skin;
    LivingFigure living;
    std::vector<TubeFigure> tubes;
    std::vector<LoftFigure> lofts;
    DiaphragmFigure diaphragm;
    std::vector<anatomy::Landmark> landmarks;
    std::string source; ///< attribution line
};

// One reader per table.
void read_muscles(const JsonReader& root, Figures& out);
/// Further muscles, fasciae and ligaments, and better entries for some of `read_muscles`, which comes first.
void read_muscles_more(const JsonReader& root, Figures& out);
void read_discs(const JsonReader& root, Figures& out);
void read_living(const JsonReader& root, Figures& out);
void read_bones(const JsonReader& root, Figures& out);
void read_skin(const JsonReader& root, Figures& out);
void read_skin_detail(const JsonReader& root, Figures& out);
void read_hazards(const JsonReader& root, Figures& out);
void read_landmarks(const JsonReader& root, Figures& out);

/// Every table, where its text belongs and who reads it, in the order of reading; what is not listed here is
/// not read, hashed or asked for.
struct FigureFile {
    const char* name;
    std::string FigureTexts::*text;
    void (*read)(const JsonReader& root, Figures& out);
};
inline constexpr std::array<FigureFile, 9> kFigureFiles{
    {{"muscles.json", &FigureTexts::muscles, read_muscles},
     {"muscles_more.json", &FigureTexts::muscles_more, read_muscles_more},
     {"bones.json", &FigureTexts::bones, read_bones},
     {"discs.json", &FigureTexts::discs, read_discs},
     {"skin.json", &FigureTexts::skin, read_skin},
     {"skin_detail.json", &FigureTexts::skin_detail, read_skin_detail},
     {"hazards.json", &FigureTexts::hazards, read_hazards},
     {"landmarks.json", &FigureTexts::landmarks, read_landmarks},
     {"living.json", &FigureTexts::living, read_living}}};

/// Parses and checks all tables; every fault is reported with its file and place.
ExpectedAll<Figures> read_figures(const FigureTexts& texts);

/// No coordinate of these tables lies further from the origin, mm: a value in metres or inches falls through
/// elsewhere.
constexpr double kReach_mm = 2500.0;

/// Exactly `count` numbers within [low, high]; faults otherwise and returns `count` zeros.
std::vector<double> numbers(const JsonReader& at, std::size_t count, double low, double high);
/// Any number of numbers.
std::vector<double> numbers(const JsonReader& at, double low, double high);
geometry::Vec3 point_of(const JsonReader& at);
/// A primitive of bones.json or skin_detail.json.
std::optional<BoneFigure::Part> read_primitive(const JsonReader& at);
/// y, cx, cz, k and `n` radii a row, sorted by y.
std::vector<Section> read_sections(const JsonReader& at, std::size_t n);

} // namespace tb::forge
