// skin.json and hazards.json: lofts of horizontal sections, tubes, the diaphragm.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "forge/figures.h"

namespace tb::forge {

namespace {

using anatomy::Side;
using geometry::Vec2;

Vec2 direction_or(const JsonReader& at, std::string_view key, Vec2 otherwise) {
    const JsonReader child = at.child(key, false);
    if (child.is_null()) return otherwise;
    const std::vector<double> v = numbers(child, 2, -1.0, 1.0);
    return {v[0], v[1]};
}

SkinSegment read_segment(const JsonReader& at, const std::string& name) {
    at.only_keys({"half", "n", "e1", "e2", "rows", "inset"});
    SkinSegment segment;
    segment.name = name;
    segment.half = at.number("half", 0, 1) > 0;
    segment.e1 = direction_or(at, "e1", segment.e1);
    segment.e2 = direction_or(at, "e2", segment.e2);
    const auto n = static_cast<std::size_t>(at.number("n", 4, 400));
    segment.sections = read_sections(at.child("rows"), n);
    // "inset" guesses where the living skin lies; build_skin computes that from what is under it.
    return segment;
}

/// Artery, vein, nerve, canal or organ; intercostal bundles count as artery, the part that bleeds.
StructureKind kind_of(const JsonReader& at) {
    const std::string name = at.text("kind");
    if (name == "bundle") return StructureKind::Artery;
    if (name == "kidney") return StructureKind::Organ;
    StructureKind kind = StructureKind::Organ;
    if (!from_name(name, kind) || !is_hazard(kind))
        at.child("kind").fault(
            fmt::format("\"{}\" is no kind of hazard; artery, vein, nerve, bundle, canal, pleura, kidney "
                        "or organ is expected",
                        name));
    return kind;
}

anatomy::Structure read_structure(const JsonReader& at) {
    anatomy::Structure s;
    const bool mirrored = at.flag_or("mirror", false);
    const std::string id = at.text("id");
    s.id = mirrored ? id + "_r" : id;
    s.side = mirrored || id.ends_with("-right") ? Side::Right
             : id.ends_with("-left")            ? Side::Left
                                                : Side::Midline;
    s.kind = kind_of(at);
    s.name = at.text("name");
    s.ta2 = at.text("ta2");
    s.fma = at.text_or("fma", "");
    s.hazard = at.text("hazard");
    s.note = at.text_or("note", "");
    s.source = at.text("source");
    return s;
}

TubeFigure read_tube_figure(const JsonReader& at) {
    at.only_keys(
        {"id", "name", "ta2", "kind", "source", "mirror", "fma", "ref", "r_lit", "hazard", "note", "pts"});
    TubeFigure tube{read_structure(at), {}};
    const double least = at.number_or("r_lit", 0.0, 0.0, 30.0);
    for (const JsonReader& row : at.child("pts").elements()) {
        const std::vector<double> v = numbers(row, 4, -kReach_mm, kReach_mm);
        if (v[3] <= 0.0 || v[3] > 40.0)
            row.element(3).fault(fmt::format("a radius of {} mm is not that of a vessel or nerve", v[3]));
        const geometry::Vec3 p(v[0], v[1], v[2]);
        // Repeated points would leave the curve without a direction.
        if (tube.points.empty() || glm::length(tube.points.back().position - p) > 0.05)
            tube.points.push_back({p, std::max(v[3], least)});
    }
    if (tube.points.size() < 2) at.fault("a tube needs at least two different points");
    return tube;
}

LoftFigure::Notch read_notch(const JsonReader& at) {
    at.only_keys({"note", "front_z", "back_z", "borders"});
    LoftFigure::Notch notch;
    notch.front_z = at.number("front_z", -500.0, 500.0);
    notch.back_z = at.number("back_z", -500.0, 500.0);
    if (notch.back_z >= notch.front_z)
        at.fault("the notch narrows to the back: back_z must be less than front_z");
    for (const JsonReader& row : at.child("borders").elements()) {
        const std::vector<double> v = numbers(row, 3, 0.0, 2000.0);
        if (v[1] > v[2])
            row.fault("y, pleura, lung: the lung cannot reach further to the midline than the pleura");
        if (!notch.borders.empty() && v[0] <= notch.borders.back().y)
            row.fault("the heights of the borders must rise");
        notch.borders.push_back({v[0], v[1], v[2]});
    }
    if (notch.borders.size() < 2) at.fault("at least two borders are needed");
    return notch;
}

LoftFigure read_loft_figure(const JsonReader& at) {
    at.only_keys({"id", "name", "ta2", "kind", "source", "mirror", "fma", "ref", "half", "n", "hazard",
                  "note", "reflection_y", "lung_y", "cardiac_notch", "rows"});
    LoftFigure loft{read_structure(at), {}, {}, {}, {}};
    const auto n = static_cast<std::size_t>(at.number("n", 4, 400));
    loft.sections = read_sections(at.child("rows"), n);
    if (loft.structure.kind == StructureKind::Pleura) {
        loft.reflection_y = numbers(at.child("reflection_y"), n, 0.0, 2000.0);
        loft.lung_y = numbers(at.child("lung_y"), n, 0.0, 2000.0);
        if (const JsonReader notch = at.child("cardiac_notch", false); !notch.is_null())
            loft.notch = read_notch(notch);
    }
    return loft;
}

DiaphragmFigure read_diaphragm(const JsonReader& at) {
    DiaphragmFigure d;
    d.x = numbers(at.child("x"), -500.0, 500.0);
    d.z = numbers(at.child("z"), -500.0, 500.0);
    const std::vector<JsonReader> rows = at.child("y").elements();
    if (rows.size() != d.z.size())
        at.fault(fmt::format("{} rows of y are expected, one for each z, but {} are there", d.z.size(),
                             rows.size()));
    for (const JsonReader& row : rows) {
        const std::vector<JsonReader> cells = row.elements();
        if (cells.size() != d.x.size())
            row.fault(fmt::format("{} heights are expected, one for each x, but {} are there", d.x.size(),
                                  cells.size()));
        std::vector<std::optional<double>> heights(d.x.size());
        for (std::size_t i = 0; i < std::min(cells.size(), heights.size()); ++i)
            if (!cells[i].is_null()) heights[i] = cells[i].as_number(500.0, 2000.0);
        d.y.push_back(std::move(heights));
    }
    for (const auto* axis : {&d.x, &d.z})
        if (axis->size() < 2 || !std::is_sorted(axis->begin(), axis->end()))
            at.fault("x and z must each be a rising list of at least two numbers");
    return d;
}

} // namespace

void read_skin(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "segments", "blends", "thickness"});
    const JsonReader segments = root.child("segments");
    for (const std::string& name : segments.keys())
        out.skin.segments.push_back(read_segment(segments.child(name), name));
    if (segments.exists() && out.skin.segments.empty()) segments.fault("the skin has no segments");
    const auto known = [&](const std::string& name) {
        return name == "thigh mirrored" || std::any_of(out.skin.segments.begin(), out.skin.segments.end(),
                                                       [&](const SkinSegment& s) { return s.name == name; });
    };
    for (const JsonReader& at : root.child("blends").elements()) {
        SkinBlend blend{at.element(0).as_text(), at.element(1).as_text(),
                        at.element(2).as_number(0.0, 100.0)};
        if (!at.element(2).exists() || !known(blend.first) || !known(blend.second))
            at.fault("two segment names and a radius in mm are expected here");
        out.skin.blends.push_back(std::move(blend));
    }
}

void read_skin_detail(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "regions"});
    for (const JsonReader& at : root.child("regions").elements()) {
        at.only_keys({"name", "low", "high", "seam_y", "blend", "above", "relief", "join", "trim", "solids"});
        SkinRegion region;
        region.name = at.text("name");
        region.box = {point_of(at.child("low")), point_of(at.child("high"))};
        region.seam_y = at.number("seam_y", -kReach_mm, kReach_mm);
        region.blend_mm = at.number("blend", 1.0, 100.0);
        region.above = at.flag_or("above", false);
        region.relief = at.flag_or("relief", false);
        region.join_mm = at.number("join", 0.0, 50.0);
        if (region.box.low.x >= region.box.high.x || region.box.high.x > 0.0 ||
            region.seam_y <= region.box.low.y || region.seam_y >= region.box.high.y)
            at.fault("low must lie below high, the box on the right half (x <= 0) and the seam within it");
        if (const JsonReader trim = at.child("trim", false); !trim.is_null()) {
            trim.only_keys({"point", "normal", "round"});
            const geometry::Vec3 normal = point_of(trim.child("normal"));
            if (glm::length(normal) < 0.1) trim.child("normal").fault("a direction is expected here");
            region.trim = {point_of(trim.child("point")), normal / std::max(glm::length(normal), 0.1),
                           trim.number("round", 0.0, 50.0)};
        }
        for (const JsonReader& solid : at.child("solids").elements()) {
            solid.only_keys({"name", "blend", "prims"});
            region.solids.push_back({solid.text("name"), solid.number("blend", 0.1, 20.0), {}});
            for (const JsonReader& primitive : solid.child("prims").elements())
                if (auto part = read_primitive(primitive))
                    region.solids.back().parts.push_back(std::move(*part));
            if (region.solids.back().parts.empty()) solid.fault("a solid needs at least one primitive");
        }
        out.skin.regions.push_back(std::move(region));
    }
}

void read_hazards(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "tubes", "lofts", "diaphragm_top"});
    for (const JsonReader& at : root.child("tubes").elements())
        out.tubes.push_back(read_tube_figure(at));
    for (const JsonReader& at : root.child("lofts").elements())
        out.lofts.push_back(read_loft_figure(at));
    out.diaphragm = read_diaphragm(root.child("diaphragm_top"));
}

} // namespace tb::forge
