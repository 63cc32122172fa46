#include "anatomy/habitus.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "anatomy/fields.h"

namespace tb::anatomy {

using geometry::Vec3;

namespace {

constexpr double kFigureBmi = 23.0; ///< that "f23" stands for
constexpr double kCore_mm = 20.0;   ///< regions pass into each other over 40 to 60 mm (calibration.json)
constexpr double kUnit_mm = 0.01;   ///< of the numbers a growth field is written in
constexpr int kMostCells = 2000;    ///< of a growth field along one axis
constexpr double kMostGrowth_mm = 300.0;

constexpr std::array<std::pair<Build, std::string_view>, 3> kBuilds{
    {{Build::Slight, "slight"}, {Build::Average, "average"}, {Build::Muscular, "muscular"}}};

CoverRegion::Fat fat_from_json(const JsonReader& at) {
    at.only_keys({"f23", "k"});
    return {at.number("f23", 0.0, 80.0), at.number("k", 0.0, 5.0)};
}

Json fat_to_json(const CoverRegion::Fat& fat) {
    return {{"f23", fat.f23}, {"k", fat.k}};
}

/// Runs of cells that are not zero: [first cell, x, y, z, x, y, z, ...] in hundredths of a millimetre.
Json growth_to_json(const Growth& growth) {
    Json runs = Json::array();
    Json run;
    const auto units = [](float mm) { return static_cast<int>(std::lround(mm / kUnit_mm)); };
    for (std::size_t n = 0; n < growth.values.size(); ++n) {
        const auto& v = growth.values[n];
        const std::array<int, 3> cell{units(v[0]), units(v[1]), units(v[2])};
        if (cell == std::array<int, 3>{}) {
            if (!run.is_null()) runs.push_back(std::exchange(run, Json()));
            continue;
        }
        if (run.is_null()) run = Json::array({n});
        for (const int value : cell)
            run.push_back(value);
    }
    if (!run.is_null()) runs.push_back(std::move(run));
    return {{"origin", {growth.origin.x, growth.origin.y, growth.origin.z}},
            {"step_mm", growth.step_mm},
            {"cells", {growth.nx, growth.ny, growth.nz}},
            {"unit_mm", kUnit_mm},
            {"runs", std::move(runs)}};
}

Growth growth_from_json(const JsonReader& at) {
    at.only_keys({"origin", "step_mm", "cells", "unit_mm", "runs"});
    Growth growth;
    growth.origin = vector_from_json(at.child("origin"), kBodyReach_mm);
    growth.step_mm = at.number("step_mm", 1.0, 100.0);
    const double unit = at.number("unit_mm", 1e-4, 1.0);
    const Vec3 cells = vector_from_json(at.child("cells"), kMostCells);
    growth.nx = static_cast<int>(cells.x);
    growth.ny = static_cast<int>(cells.y);
    growth.nz = static_cast<int>(cells.z);
    if (growth.nx < 2 || growth.ny < 2 || growth.nz < 2) {
        at.child("cells").fault("at least two cells a side are expected here; rebuild the body");
        return {};
    }
    growth.values.resize(static_cast<std::size_t>(growth.nx) * static_cast<std::size_t>(growth.ny) *
                         static_cast<std::size_t>(growth.nz));
    for (const JsonReader& run : at.child("runs").elements()) {
        const Json& raw = run.raw();
        const bool whole =
            raw.is_array() && raw.size() % 3 == 1 && raw.size() > 3 &&
            std::all_of(raw.begin(), raw.end(), [](const Json& value) { return value.is_number_integer(); });
        const std::size_t count = whole ? raw.size() / 3 : 0;
        const std::int64_t first = whole ? raw[0].get<std::int64_t>() : -1;
        if (first < 0 || static_cast<std::size_t>(first) + count > growth.values.size()) {
            run.fault("a cell of the grid and whole numbers x, y, z for it and those after it are expected "
                      "here; rebuild the body");
            return {};
        }
        for (std::size_t n = 0; n < count; ++n)
            for (std::size_t axis = 0; axis < 3; ++axis)
                growth.values[static_cast<std::size_t>(first) + n][axis] = static_cast<float>(
                    std::clamp(raw[1 + 3 * n + axis].get<double>() * unit, -kMostGrowth_mm, kMostGrowth_mm));
    }
    return growth;
}

} // namespace

std::string_view name_of(Build build) {
    for (const auto& [value, name] : kBuilds)
        if (value == build) return name;
    return "average";
}

bool from_name(std::string_view name, Build& out) {
    for (const auto& [value, its_name] : kBuilds) {
        if (its_name != name) continue;
        out = value;
        return true;
    }
    return false;
}

bool keeps_its_place(StructureKind kind) {
    return kind == StructureKind::Bone || kind == StructureKind::Cartilage || kind == StructureKind::Pleura ||
           kind == StructureKind::Lung || kind == StructureKind::Canal || kind == StructureKind::Organ;
}

double CoverRegion::fat_mm(const Habitus& habitus) const {
    const Fat& fat = habitus.female ? women : men;
    return std::max(floor_mm, fat.f23 + fat.k * (habitus.bmi - kFigureBmi));
}

Cover::Cover(const std::vector<CoverRegion>& regions, const Habitus& habitus) {
    for (const CoverRegion& region : regions)
        for (const Vec3& place : region.at)
            places_.push_back({place, {region.skin_mm, region.fat_mm(habitus), region.floor_mm}});
}

Cover::Layers Cover::at(const Vec3& point) const {
    const Vec3 p(-std::abs(point.x), point.y, point.z);
    Layers sum;
    double weight = 0.0;
    for (const Place& place : places_) {
        const double d2 = glm::dot(p - place.at, p - place.at) + kCore_mm * kCore_mm;
        const double w = 1.0 / (d2 * d2 * d2);
        sum.skin_mm += w * place.layers.skin_mm;
        sum.fat_mm += w * place.layers.fat_mm;
        sum.floor_mm += w * place.layers.floor_mm;
        weight += w;
    }
    if (weight <= 0.0) return {};
    return {sum.skin_mm / weight, sum.fat_mm / weight, sum.floor_mm / weight};
}

double Cover::mm(const Vec3& point) const {
    const Layers layers = at(point);
    return layers.skin_mm + layers.fat_mm;
}

Vec3 Growth::at(const Vec3& p) const {
    if (empty()) return Vec3(0.0);
    const bool left = p.x > 0.0;
    const Vec3 g = (Vec3(left ? -p.x : p.x, p.y, p.z) - origin) / step_mm;
    if (g.x < 0.0 || g.y < 0.0 || g.z < 0.0 || g.x > nx - 1 || g.y > ny - 1 || g.z > nz - 1) return Vec3(0.0);
    const int i = std::min(static_cast<int>(g.x), nx - 2), j = std::min(static_cast<int>(g.y), ny - 2),
              k = std::min(static_cast<int>(g.z), nz - 2);
    const Vec3 f = g - Vec3(i, j, k);
    Vec3 sum(0.0);
    for (int corner = 0; corner < 8; ++corner) {
        const int a = corner & 1, b = corner >> 1 & 1, c = corner >> 2 & 1;
        const auto& v = values[(static_cast<std::size_t>(k + c) * static_cast<std::size_t>(ny) +
                                static_cast<std::size_t>(j + b)) *
                                   static_cast<std::size_t>(nx) +
                               static_cast<std::size_t>(i + a)];
        sum += (a != 0 ? f.x : 1 - f.x) * (b != 0 ? f.y : 1 - f.y) * (c != 0 ? f.z : 1 - f.z) *
               Vec3(v[0], v[1], v[2]);
    }
    return left ? Vec3(-sum.x, sum.y, sum.z) : sum;
}

double MuscleBulk::of(const Habitus& habitus) const {
    const double sex = habitus.female ? 1 + female : 1.0;
    const double build = habitus.build == Build::Slight     ? 1 + slight
                         : habitus.build == Build::Muscular ? 1 + muscular
                                                            : 1.0;
    return sex * build - 1;
}

CoverRegion cover_from_json(const JsonReader& at) {
    at.only_keys({"region", "skin_mm", "men", "women", "floor_mm", "anchored_on", "estimate", "at"});
    CoverRegion cover;
    cover.region = at.text("region");
    cover.skin_mm = at.number("skin_mm", 0.5, 6.0);
    cover.men = fat_from_json(at.child("men"));
    cover.women = fat_from_json(at.child("women"));
    cover.floor_mm = at.number("floor_mm", 0.0, 30.0);
    for (const JsonReader& place : at.child("at").elements())
        cover.at.push_back(vector_from_json(place, kBodyReach_mm));
    if (cover.at.empty()) at.fault("a region needs at least one place");
    return cover;
}

MuscleBulk bulk_from_json(const JsonReader& at) {
    at.only_keys({"slight", "muscular", "female", "why"});
    return {at.number("slight", -0.5, 0.0), at.number("muscular", 0.0, 0.5), at.number("female", -0.5, 0.0)};
}

Json to_json(const Variation& variation) {
    Json cover = Json::array();
    for (const CoverRegion& region : variation.cover) {
        Json places = Json::array();
        for (const Vec3& p : region.at)
            places.push_back({p.x, p.y, p.z});
        cover.push_back({{"region", region.region},
                         {"skin_mm", region.skin_mm},
                         {"men", fat_to_json(region.men)},
                         {"women", fat_to_json(region.women)},
                         {"floor_mm", region.floor_mm},
                         {"at", std::move(places)}});
    }
    Json out = {{"cover", std::move(cover)},
                {"bulk",
                 {{"slight", variation.bulk.slight},
                  {"muscular", variation.bulk.muscular},
                  {"female", variation.bulk.female}}}};
    if (!variation.growth.empty()) out["growth"] = growth_to_json(variation.growth);
    return out;
}

Variation variation_from_json(const JsonReader& at) {
    at.only_keys({"cover", "bulk", "growth"});
    Variation out;
    for (const JsonReader& region : at.child("cover").elements())
        out.cover.push_back(cover_from_json(region));
    out.bulk = bulk_from_json(at.child("bulk"));
    if (const JsonReader growth = at.child("growth", false); !growth.is_null())
        out.growth = growth_from_json(growth);
    return out;
}

} // namespace tb::anatomy
