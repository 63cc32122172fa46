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
    Figures out;
    std::vector<Error> faults;
    for (const FigureFile& table : kFigureFiles) {
        const Expected<Json> json = parse_json(texts.*table.text, table.name);
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
