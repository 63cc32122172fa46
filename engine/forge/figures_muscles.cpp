// muscles.json, muscles_more.json and discs.json.
#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "forge/figures.h"

namespace tb::forge {

namespace {

using anatomy::Side;
using geometry::Vec3;

constexpr double kThickest_mm = 100.0;    // half thickness of a muscle, generous
constexpr double kLargestSpan_mm = 900.0; // the longest muscle of the body is about 600 mm

/// A part of a muscle; nothing if a fault was found.
std::optional<anatomy::MusclePart> read_part(const JsonReader& at) {
    at.only_keys({"part", "nu", "nv", "rows", "side"});
    std::string name = at.text("part");
    const auto nu = static_cast<int>(at.number("nu", 2, 200)), nv = static_cast<int>(at.number("nv", 2, 200));
    const std::vector<JsonReader> rows = at.child("rows").elements();
    if (rows.size() != static_cast<std::size_t>(nu)) {
        at.fault(fmt::format("\"nu\" is {} but there are {} rows; one row per step of u is expected", nu,
                             rows.size()));
        return std::nullopt;
    }
    std::vector<Vec3> points;
    std::vector<double> half;
    geometry::Box box;
    for (const JsonReader& row : rows) {
        const std::vector<double> v = numbers(row, 4 * static_cast<std::size_t>(nv), -kReach_mm, kReach_mm);
        for (std::size_t k = 0; k < v.size(); k += 4) {
            points.emplace_back(v[k], v[k + 1], v[k + 2]);
            box.add(points.back());
            if (std::abs(v[k + 3]) > kThickest_mm)
                row.element(k + 3).fault(fmt::format(
                    "a half thickness of {} mm is not that of a muscle; check the value and its unit",
                    v[k + 3]));
            half.push_back(v[k + 3]);
        }
    }
    const double span = std::max({box.size().x, box.size().y, box.size().z});
    if (span < 3.0 || span > kLargestSpan_mm) {
        at.fault(fmt::format(
            "this part is {:.4g} mm long, which no muscle is; check that its rows are in millimetres", span));
        return std::nullopt;
    }
    return anatomy::MusclePart{std::move(name),
                               geometry::Lattice(nu, nv, std::move(points), std::move(half))};
}

StructureKind kind_of(const JsonReader& at, const std::vector<double>& tendon) {
    const std::string kind = at.text_or("kind", "muscle");
    if (kind == "tendon" || kind == "fascia" || kind == "ligament")
        return StructureKind::Tendon; // one tissue
    if (kind != "muscle")
        at.child("kind").fault("\"muscle\", \"tendon\", \"fascia\" or \"ligament\" is expected here");
    // Tendon from end to end: the iliotibial tract and the calcaneal tendon.
    return tendon[0] >= 1.0 && tendon[1] >= 1.0 ? StructureKind::Tendon : StructureKind::Muscle;
}

/// An entry that holds parts of the left half is complete as it stands.
bool has_left_parts(const JsonReader& at) {
    const std::vector<JsonReader> parts = at.child("parts").elements();
    return std::any_of(parts.begin(), parts.end(),
                       [](const JsonReader& part) { return part.text_or("side", "R") == "L"; });
}

anatomy::Structure read_muscle(const JsonReader& at, const std::string& key) {
    at.only_keys({"name",          "latin",  "fma",       "kind",  "status",   "ref",         "region",
                  "layer",         "origin", "insertion", "nerve", "action",   "tendon_frac", "pennation",
                  "pennation_deg", "acc_mm", "parts",     "note",  "mirrored", "midline"});
    anatomy::Structure s;
    const bool middle = at.flag_or("midline", false) || has_left_parts(at);
    s.id = middle ? key : key + "_r";
    s.side = middle ? Side::Midline : Side::Right;
    s.name = at.text("name");
    s.ta2 = at.text("latin");
    s.fma = at.text_or("fma", "");
    s.region = at.text("region");
    s.layer = static_cast<int>(at.number("layer", 1, 10));
    s.origin = at.text("origin");
    s.insertion = at.text("insertion");
    s.nerve = at.text_or("nerve", "");
    s.action = at.text("action");
    s.note = at.text_or("note", "");
    s.source = at.text("status");
    const std::vector<double> tendon = numbers(at.child("tendon_frac"), 2, 0.0, 1.0);
    s.tendon_origin = tendon[0];
    s.tendon_insertion = tendon[1];
    s.kind = kind_of(at, tendon);
    if (s.kind == StructureKind::Tendon) s.tendon_origin = s.tendon_insertion = 1.0;
    for (const JsonReader& part : at.child("parts").elements())
        if (auto read = read_part(part)) s.parts.push_back(std::move(*read));
    if (at.child("parts", false).exists() && at.child("parts", false).raw().empty())
        at.fault("a muscle needs at least one part");
    return s;
}

} // namespace

void read_muscles(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "muscles"});
    out.source = root.child("about").text("source");
    const JsonReader table = root.child("muscles");
    for (const std::string& key : table.keys())
        out.muscles.push_back({read_muscle(table.child(key), key)});
}

void read_muscles_more(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "muscles", "replacements"});
    const JsonReader more = root.child("muscles"), better = root.child("replacements");
    for (const std::string& key : more.keys())
        out.muscles.push_back({read_muscle(more.child(key), key)});
    for (const std::string& key : better.keys()) {
        anatomy::Structure s = read_muscle(better.child(key), key);
        const auto old = std::find_if(out.muscles.begin(), out.muscles.end(),
                                      [&s](const MuscleFigure& m) { return m.structure.id == s.id; });
        if (old == out.muscles.end())
            better.child(key).fault("there is no muscle of this name to replace");
        else
            old->structure = std::move(s);
    }
}

void read_discs(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "discs"});
    for (const JsonReader& at : root.child("discs").elements()) {
        at.only_keys({"level", "ref", "fma", "centre", "tilt_deg", "ra", "rb", "h", "wedge", "bow", "e1",
                      "e2", "notch", "acc_mm", "note"});
        DiscFigure disc;
        anatomy::Structure& s = disc.structure;
        const std::string level = at.text("level");
        s.id = "disc-" + level;
        std::replace(s.id.begin(), s.id.end(), '/', '-');
        s.name = "Intervertebral disc " + level;
        s.ta2 = "discus intervertebralis";
        s.fma = at.text_or("fma", "");
        s.kind = StructureKind::Cartilage;
        s.region = "spine";
        s.source = "measured";
        s.note = at.text_or("note", "");
        disc.centre = point_of(at.child("centre"));
        disc.tilt_deg = at.number("tilt_deg", -60, 60);
        disc.ra = at.number("ra", 3, 60);
        disc.rb = at.number("rb", 3, 60);
        disc.h = at.number("h", 0.5, 15);
        disc.wedge = at.number("wedge", -10, 10);
        disc.bow = at.number("bow", -10, 10);
        disc.e1 = at.number("e1", 0.1, 2);
        disc.e2 = at.number("e2", 0.1, 2);
        disc.notch = at.number("notch", 0, 20);
        out.discs.push_back(std::move(disc));
    }
}

} // namespace tb::forge
