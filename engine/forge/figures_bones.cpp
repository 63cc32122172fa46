// bones.json: primitives and their unions.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "forge/figures.h"

namespace tb::forge {

namespace {

using geometry::Vec3;

constexpr double kLargestBone_mm = 600.0;

glm::dmat3 axes(const JsonReader& at) {
    const std::vector<double> q = numbers(at.child("q"), 4, -10.0, 10.0);
    if (q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3] < 1e-6) {
        if (at.child("q", false).exists())
            at.child("q").fault("a rotation (w, x, y, z) that is not all zero is expected here");
        return glm::dmat3(1.0);
    }
    return geometry::axes_of({q[0], q[1], q[2], q[3]});
}

geometry::Primitive read_blob(const JsonReader& at) {
    geometry::Blob blob;
    blob.centre = point_of(at.child("c"));
    const std::vector<double> r = numbers(at.child("r"), 3, 0.05, kLargestBone_mm);
    blob.half_axes = Vec3(r[0], r[1], r[2]);
    blob.axes = axes(at);
    return blob;
}

geometry::Primitive read_tube(const JsonReader& at) {
    std::vector<geometry::Tube::Point> points;
    for (const JsonReader& row : at.child("p").elements()) {
        const std::vector<double> v = numbers(row, 8, -kReach_mm, kReach_mm);
        if (v[3] <= 0.0 || v[4] <= 0.0)
            row.fault("both half-axes (fourth and fifth number) must be above zero");
        points.push_back({{v[0], v[1], v[2]}, v[3], v[4], {v[5], v[6], v[7]}});
    }
    if (points.size() < 2) at.fault("a tube needs at least two points");
    return geometry::subdivided_tube(points, static_cast<int>(at.number_or("sub", 4, 1, 20)));
}

geometry::Primitive read_loft(const JsonReader& at) {
    geometry::Loft loft;
    loft.origin = point_of(at.child("o"));
    loft.axes = axes(at);
    loft.edge_rounding = at.number_or("e", 1.0, 0.0, 50.0);
    for (const JsonReader& row : at.child("s").elements()) {
        const std::vector<double> v = numbers(row, -kLargestBone_mm, kLargestBone_mm);
        const std::size_t expected =
            loft.stations.empty() ? v.size() : loft.stations.front().radius.size() + 3;
        if (v.size() < 6 || v.size() != expected) {
            row.fault(fmt::format("{} numbers (height, centre, radii) are expected here but {} are there",
                                  std::max<std::size_t>(expected, 6), v.size()));
            continue;
        }
        if (!loft.stations.empty() && v[0] <= loft.stations.back().height)
            row.fault("the heights of a loft's sections must rise");
        loft.stations.push_back({v[0], {v[1], v[2]}, {v.begin() + 3, v.end()}});
    }
    if (loft.stations.size() < 2) {
        at.fault("a loft needs at least two sections");
        loft.stations = {{0.0, {}, {1, 1, 1}}, {1.0, {}, {1, 1, 1}}};
    }
    return loft;
}

geometry::Primitive read_plate(const JsonReader& at) {
    const auto nu = static_cast<int>(at.number("nu", 2, 200)), nv = static_cast<int>(at.number("nv", 2, 200));
    std::vector<geometry::Plate::Corner> grid;
    for (const JsonReader& row : at.child("p").elements()) {
        const std::vector<double> v = numbers(row, 4, -kReach_mm, kReach_mm);
        grid.push_back({{v[0], v[1], v[2]}, v[3]});
    }
    if (grid.size() != static_cast<std::size_t>(nu * nv)) {
        at.fault(fmt::format("nu x nv is {} but {} points are there", nu * nv, grid.size()));
        grid.resize(static_cast<std::size_t>(nu * nv));
    }
    return geometry::subdivided_plate(grid, nu, nv, static_cast<int>(at.number_or("sub", 3, 1, 20)));
}

} // namespace

std::optional<BoneFigure::Part> read_primitive(const JsonReader& at) {
    at.only_keys({"t", "c", "r", "q", "p", "o", "s", "e", "nu", "nv", "sub", "neg", "mid"});
    BoneFigure::Part part;
    part.hole = at.number_or("neg", 0, 0, 1) > 0;
    part.middle = at.number_or("mid", 0, 0, 1) > 0;
    const std::string kind = at.text("t");
    if (kind == "blob")
        part.primitive = read_blob(at);
    else if (kind == "tube")
        part.primitive = read_tube(at);
    else if (kind == "loft")
        part.primitive = read_loft(at);
    else if (kind == "plate")
        part.primitive = read_plate(at);
    else {
        at.fault(fmt::format("\"{}\" is no primitive; blob, tube, loft or plate is expected in \"t\"", kind));
        return std::nullopt;
    }
    return part;
}

void read_bones(const JsonReader& root, Figures& out) {
    root.only_keys({"about", "bones"});
    for (const JsonReader& at : root.child("bones").elements()) {
        at.only_keys({"id", "name", "group", "ref", "blend", "mirror", "outer", "thin", "prims"});
        BoneFigure bone;
        anatomy::Structure& s = bone.structure;
        s.id = at.text("id");
        s.name = at.text("name");
        s.region = at.text("group");
        s.source = "measured";
        bone.both_sides = at.flag_or("mirror", false);
        bone.thin = at.number_or("thin", 0, 0, 1) > 0;
        bone.blend_mm = at.number("blend", 0.1, 5.0);
        const bool right = s.id.ends_with("_r");
        s.side = right ? anatomy::Side::Right : anatomy::Side::Midline;
        s.kind = s.id.starts_with("cartilage") ? StructureKind::Cartilage : StructureKind::Bone;
        // The table names the right bone; the catalogue says the side in a field of its own.
        if (right && s.name.starts_with("Right ")) {
            s.name.erase(0, 6);
            s.name[0] = static_cast<char>(s.name[0] - ('a' <= s.name[0] && s.name[0] <= 'z' ? 'a' - 'A' : 0));
        } else if (const auto of = s.name.find(" of right "); right && of != std::string::npos) {
            s.name.erase(of + 4, 6);
        }
        for (const JsonReader& primitive : at.child("prims").elements())
            if (auto part = read_primitive(primitive)) bone.parts.push_back(std::move(*part));
        geometry::Box box;
        for (const BoneFigure::Part& part : bone.parts)
            if (!part.hole) box.add(geometry::bounds(part.primitive));
        const Vec3 size = box.size();
        if (box.empty())
            at.fault("a bone needs at least one solid primitive");
        else if (std::max({size.x, size.y, size.z}) > kLargestBone_mm ||
                 std::max({size.x, size.y, size.z}) < 3.0)
            at.fault(
                fmt::format("this bone is {:.4g} mm long, which no bone is; check that it is in millimetres",
                            std::max({size.x, size.y, size.z})));
        out.bones.push_back(std::move(bone));
    }
}

} // namespace tb::forge
