// The figure tables of assets/figures as checked values: muscles, bones, skin, hazards, landmarks.
// Their meaning, units (mm, body frame) and formulas are stated in each file's "about" block.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "anatomy/catalogue.h"
#include "base/json.h"
#include "base/result.h"
#include "geometry/implicit.h"

namespace tb::forge {

/// The texts of the five tables.
struct FigureTexts {
    std::string muscles, bones, skin, hazards, landmarks;
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
struct SkinFigure {
    std::vector<SkinSegment> segments;
    std::vector<SkinBlend> blends;
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
};

/// Height of the diaphragm's upper face over a grid of x and z; nothing where there is none.
struct DiaphragmFigure {
    std::vector<double> x, z;
    std::vector<std::vector<std::optional<double>>> y; ///< [z][x]
};

struct Figures {
    std::vector<MuscleFigure> muscles;
    std::vector<BoneFigure> bones;
    SkinFigure skin;
    std::vector<TubeFigure> tubes;
    std::vector<LoftFigure> lofts;
    DiaphragmFigure diaphragm;
    std::vector<anatomy::Landmark> landmarks;
    std::string source; ///< attribution line
};

/// Parses and checks all tables; every fault is reported with its file and place.
ExpectedAll<Figures> read_figures(const FigureTexts& texts);

// One reader per table, used by read_figures.
void read_muscles(const JsonReader& root, Figures& out);
void read_bones(const JsonReader& root, Figures& out);
void read_skin(const JsonReader& root, Figures& out);
void read_hazards(const JsonReader& root, Figures& out);
void read_landmarks(const JsonReader& root, Figures& out);

/// No coordinate of these tables lies further from the origin, mm: a value in metres or inches falls through
/// elsewhere.
constexpr double kReach_mm = 2500.0;

/// Exactly `count` numbers within [low, high]; faults otherwise and returns `count` zeros.
std::vector<double> numbers(const JsonReader& at, std::size_t count, double low, double high);
/// Any number of numbers.
std::vector<double> numbers(const JsonReader& at, double low, double high);
geometry::Vec3 point_of(const JsonReader& at);
/// y, cx, cz, k and `n` radii a row, sorted by y.
std::vector<Section> read_sections(const JsonReader& at, std::size_t n);

} // namespace tb::forge
