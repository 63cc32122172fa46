#include "forge/figures.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

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

void claim(std::set<std::string>& ids, const std::string& id, const JsonReader& at) {
    if (!id.empty() && !ids.insert(id).second)
        at.fault(fmt::format("\"{}\" is there twice; every structure needs a name of its own", id));
}

} // namespace

std::vector<double> numbers(const JsonReader& at, double low, double high) {
    std::vector<double> out;
    if (!at.exists()) return out;
    if (!at.raw().is_array()) {
        at.fault("a list of numbers is expected here");
        return out;
    }
    for (std::size_t i = 0; i < at.raw().size(); ++i) {
        const Json& value = at.raw()[i];
        const double v = value.is_number() ? value.get<double>() : std::nan("");
        out.push_back(std::isfinite(v) && v >= low && v <= high ? v : at.element(i).as_number(low, high));
    }
    return out;
}

std::vector<double> numbers(const JsonReader& at, std::size_t count, double low, double high) {
    std::vector<double> out = numbers(at, low, high);
    if (out.size() != count) {
        if (at.exists() && at.raw().is_array())
            at.fault(fmt::format("{} numbers are expected here but {} are there", count, out.size()));
        out.assign(count, 0.0);
    }
    return out;
}

Vec3 point_of(const JsonReader& at) {
    const std::vector<double> v = numbers(at, 3, -kReach_mm, kReach_mm);
    return {v[0], v[1], v[2]};
}

std::vector<Section> read_sections(const JsonReader& at, std::size_t n) {
    std::vector<Section> out;
    for (const JsonReader& row : at.elements()) {
        const std::vector<double> v = numbers(row, n + 4, -kReach_mm, kReach_mm);
        Section s{v[0], v[1], v[2], v[3], {v.begin() + 4, v.end()}};
        if (s.k <= 0.0) row.fault("the stretch k (fourth number) must be above zero");
        if (*std::max_element(s.radius.begin(), s.radius.end()) <= 0.0 ||
            *std::min_element(s.radius.begin(), s.radius.end()) < 0.0)
            row.fault("the radii of a section must be zero or more, and one above zero");
        out.push_back(std::move(s));
    }
    std::stable_sort(out.begin(), out.end(), [](const Section& a, const Section& b) { return a.y < b.y; });
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
        if (out[i + 1].y - out[i].y < 1e-6) {
            at.fault(fmt::format("two sections at the same height {} mm; remove one", out[i].y));
            break;
        }
    if (at.exists() && out.size() < 2) at.fault("at least two sections are expected here");
    return out;
}

void read_muscles(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "muscles"});
    out.source = root.child("about").text("source");
    const JsonReader table = root.child("muscles");
    for (const std::string& key : table.keys()) {
        const JsonReader at = table.child(key);
        at.only_keys({"name",          "latin",  "fma",       "kind",  "status",   "ref",         "region",
                      "layer",         "origin", "insertion", "nerve", "action",   "tendon_frac", "pennation",
                      "pennation_deg", "acc_mm", "parts",     "note",  "mirrored", "midline"});
        anatomy::Structure s;
        const bool middle = at.flag_or("midline", false);
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
        // Tendon from end to end: the iliotibial tract and the calcaneal tendon.
        s.kind = tendon[0] >= 1.0 && tendon[1] >= 1.0 ? StructureKind::Tendon : StructureKind::Muscle;
        for (const JsonReader& part : at.child("parts").elements())
            if (auto read = read_part(part)) s.parts.push_back(std::move(*read));
        if (at.child("parts", false).exists() && at.child("parts", false).raw().empty())
            at.fault("a muscle needs at least one part");
        out.muscles.push_back({std::move(s)});
    }
}

void read_landmarks(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "landmarks"});
    for (const JsonReader& at : root.child("landmarks").elements()) {
        at.only_keys({"name", "bone", "side", "xyz", "palpation", "note", "fit_error_mm"});
        anatomy::Landmark mark;
        mark.name = at.text("name");
        mark.bone = at.text("bone");
        mark.position = point_of(at.child("xyz"));
        mark.palpation = at.text("palpation");
        const std::string side = at.text("side");
        if (side == "R")
            mark.side = Side::Right;
        else if (side != "M" && !side.empty())
            at.child("side").fault("\"R\" (right) or \"M\" (midline) is expected here");
        out.landmarks.push_back(std::move(mark));
    }
}

ExpectedAll<Figures> read_figures(const FigureTexts& texts) {
    struct Table {
        const std::string& text;
        const char* name;
        void (*read)(const JsonReader&, Figures&);
    };
    const std::array<Table, 5> tables{{{texts.muscles, "muscles.json", read_muscles},
                                       {texts.bones, "bones.json", read_bones},
                                       {texts.skin, "skin.json", read_skin},
                                       {texts.hazards, "hazards.json", read_hazards},
                                       {texts.landmarks, "landmarks.json", read_landmarks}}};
    Figures out;
    std::vector<Error> faults;
    for (const Table& table : tables) {
        const Expected<Json> json = parse_json(table.text, table.name);
        if (!json) {
            faults.push_back(json.error());
            continue;
        }
        const JsonReader root(*json, table.name, faults);
        table.read(root, out);
        std::set<std::string> ids;
        if (table.read == read_bones)
            for (const BoneFigure& bone : out.bones)
                claim(ids, bone.structure.id, root);
        if (table.read == read_hazards) {
            for (const TubeFigure& tube : out.tubes)
                claim(ids, tube.structure.id, root);
            for (const LoftFigure& loft : out.lofts)
                claim(ids, loft.structure.id, root);
        }
    }
    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return out;
}

} // namespace tb::forge
