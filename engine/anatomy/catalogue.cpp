#include "anatomy/catalogue.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "anatomy/fields.h"
#include "base/hash.h"

namespace tb::anatomy {
namespace {

constexpr std::string_view kRightSuffix = "_r";
constexpr std::string_view kLeftSuffix = "_l";
constexpr double kThickestMuscle_mm = 300.0; // half thickness (est.)
constexpr double kLargestVolume_ml = 300000.0;
constexpr double kMostGridLines = 400.0;
constexpr double kMostTriangles = 5e6;

bool is_right_id(std::string_view id) {
    return id.size() > kRightSuffix.size() && id.ends_with(kRightSuffix);
}

std::string left_id(std::string_view right_id) {
    return std::string(right_id.substr(0, right_id.size() - kRightSuffix.size())).append(kLeftSuffix);
}

/// A right-side structure whose id carries the side can have a twin on the left, and has unless told
/// otherwise.
bool can_have_left_twin(const Structure& s) {
    return s.side == Side::Right && is_right_id(s.id);
}

Structure left_twin(const Structure& right) {
    Structure left = right;
    left.id = left_id(right.id);
    left.side = Side::Left;
    for (MusclePart& part : left.parts)
        part.lattice = part.lattice.mirrored();
    return left;
}

Landmark left_twin(const Landmark& right) {
    Landmark left = right;
    left.side = Side::Left;
    left.position = geometry::mirrored(right.position);
    return left;
}

bool same_landmark(const Landmark& a, const Landmark& b) {
    return a.name == b.name && a.bone == b.bone;
}

// ---- writing ----

void put_text(Json& object, const char* key, const std::string& text) {
    if (!text.empty()) object[key] = text;
}

Json part_to_json(const MusclePart& part) {
    const geometry::Lattice& lattice = part.lattice;
    Json rows = Json::array();
    for (int i = 0; i < lattice.nu(); ++i) {
        Json row = Json::array();
        for (int j = 0; j < lattice.nv(); ++j) {
            const auto n = static_cast<std::size_t>(i * lattice.nv() + j);
            const geometry::Vec3& p = lattice.points()[n];
            for (const double value : {p.x, p.y, p.z, lattice.half_thickness()[n]})
                row.push_back(value);
        }
        rows.push_back(std::move(row));
    }
    Json out = Json::object();
    out["part"] = part.name;
    out["nu"] = lattice.nu();
    out["nv"] = lattice.nv();
    out["rows"] = std::move(rows);
    return out;
}

Json structure_to_json(const Structure& s) {
    Json out = Json::object();
    out["id"] = s.id;
    out["kind"] = name_of(s.kind);
    out["name"] = s.name;
    put_text(out, "ta2", s.ta2);
    put_text(out, "fma", s.fma);
    put_text(out, "region", s.region);
    out["side"] = name_of(s.side);
    if (can_have_left_twin(s) && s.mirrored) out["mirrored"] = true;
    if (s.layer != 0) out["layer"] = s.layer;
    put_text(out, "origin", s.origin);
    put_text(out, "insertion", s.insertion);
    put_text(out, "nerve", s.nerve);
    put_text(out, "action", s.action);
    put_text(out, "note", s.note);
    put_text(out, "source", s.source);
    put_text(out, "hazard", s.hazard);
    if (!s.parts.empty()) out["tendon"] = Json::array({s.tendon_origin, s.tendon_insertion});
    out["volume_ml"] = s.volume_ml;
    out["triangles"] = s.triangles;
    out["lods"] = s.lods;
    if (!s.parts.empty()) {
        Json parts = Json::array();
        for (const MusclePart& part : s.parts)
            parts.push_back(part_to_json(part));
        out["parts"] = std::move(parts);
    }
    return out;
}

Json landmark_to_json(const Landmark& mark, bool mirrored) {
    Json out = Json::object();
    out["name"] = mark.name;
    out["bone"] = mark.bone;
    out["side"] = name_of(mark.side);
    if (mirrored) out["mirrored"] = true;
    out["xyz"] = Json::array({mark.position.x, mark.position.y, mark.position.z});
    put_text(out, "palpation", mark.palpation);
    return out;
}

// ---- reading ----

Side read_side(const JsonReader& at) {
    Side side = Side::Midline;
    const std::string name = at.text("side");
    if (!name.empty() && !from_name(name, side)) {
        at.child("side").fault(fmt::format("\"{}\" is no side; use midline, right or left", name));
    }
    return side;
}

/// Nothing when the part has a fault; the fault is then reported.
std::optional<MusclePart> read_part(const JsonReader& at) {
    std::string name = at.text("part");
    const int nu = static_cast<int>(at.number("nu", 2, kMostGridLines));
    const int nv = static_cast<int>(at.number("nv", 2, kMostGridLines));
    const std::vector<JsonReader> rows = at.child("rows").elements();
    if (rows.size() != static_cast<std::size_t>(nu)) {
        at.fault(fmt::format("{} rows are announced by \"nu\" but {} are there; rebuild the body", nu,
                             rows.size()));
        return std::nullopt;
    }
    std::vector<geometry::Vec3> points;
    std::vector<double> half;
    points.reserve(static_cast<std::size_t>(nu * nv));
    half.reserve(static_cast<std::size_t>(nu * nv));
    for (const JsonReader& row : rows) {
        const Json& raw = row.raw();
        if (!raw.is_array() || raw.size() != static_cast<std::size_t>(4 * nv)) {
            row.fault(
                fmt::format("{} numbers x, y, z, h for each of {} points are expected here; rebuild the body",
                            4 * nv, nv));
            return std::nullopt;
        }
        for (std::size_t k = 0; k < raw.size(); k += 4) {
            const geometry::Vec3 p{row.element(k).as_number(-kBodyReach_mm, kBodyReach_mm),
                                   row.element(k + 1).as_number(-kBodyReach_mm, kBodyReach_mm),
                                   row.element(k + 2).as_number(-kBodyReach_mm, kBodyReach_mm)};
            points.push_back(p);
            // A table may hold slightly negative thickness at the edges; the lattice clamps it.
            half.push_back(row.element(k + 3).as_number(-kThickestMuscle_mm, kThickestMuscle_mm));
        }
    }
    return MusclePart{std::move(name), geometry::Lattice(nu, nv, std::move(points), std::move(half))};
}

Structure read_structure(const JsonReader& at) {
    at.only_keys({"id",       "kind",   "name",   "ta2",       "fma",       "region", "side",
                  "mirrored", "layer",  "origin", "insertion", "nerve",     "action", "note",
                  "source",   "hazard", "tendon", "volume_ml", "triangles", "lods",   "parts"});
    Structure s;
    s.id = at.text("id");
    if (at.child("id", false).exists() && s.id.empty())
        at.fault("the id is empty; give the structure a name of its own");
    const std::string kind = at.text("kind");
    if (!kind.empty() && !from_name(kind, s.kind)) {
        at.child("kind").fault(fmt::format("\"{}\" is no kind of structure; rebuild the body", kind));
    }
    s.name = at.text("name");
    s.ta2 = at.text_or("ta2", "");
    s.fma = at.text_or("fma", "");
    s.region = at.text_or("region", "");
    s.side = read_side(at);
    s.layer = static_cast<int>(at.number_or("layer", 0, 0, 20));
    s.origin = at.text_or("origin", "");
    s.insertion = at.text_or("insertion", "");
    s.nerve = at.text_or("nerve", "");
    s.action = at.text_or("action", "");
    s.note = at.text_or("note", "");
    s.source = at.text_or("source", "");
    s.hazard = at.text_or("hazard", "");
    if (const JsonReader tendon = at.child("tendon", false); !tendon.is_null()) {
        const std::vector<JsonReader> shares = tendon.elements();
        if (shares.size() == 2) {
            s.tendon_origin = shares[0].as_number(0.0, 1.0);
            s.tendon_insertion = shares[1].as_number(0.0, 1.0);
        } else {
            tendon.fault("two shares of u, at origin and insertion, are expected here");
        }
    }
    s.volume_ml = at.number("volume_ml", 0.0, kLargestVolume_ml);
    s.triangles = static_cast<std::size_t>(at.number("triangles", 0.0, kMostTriangles));
    s.lods = static_cast<int>(at.number("lods", 1, 8));
    for (const JsonReader& part : at.child("parts", false).elements()) {
        if (auto read = read_part(part)) s.parts.push_back(std::move(*read));
    }
    if (s.kind == StructureKind::Muscle && s.parts.empty())
        at.fault("a muscle needs at least one part; rebuild the body");
    s.mirrored = at.flag_or("mirrored", false);
    if (s.mirrored && !can_have_left_twin(s)) {
        at.fault("\"mirrored\" needs side right and an id that ends in _r; rebuild the body");
    }
    return s;
}

Landmark read_landmark(const JsonReader& at) {
    at.only_keys({"name", "bone", "side", "mirrored", "xyz", "palpation"});
    Landmark mark;
    mark.name = at.text("name");
    mark.bone = at.text("bone");
    mark.side = read_side(at);
    mark.position =
        vector_from_json(at.child("xyz"), kBodyReach_mm, "three numbers x, y, z in mm are expected here");
    mark.palpation = at.text_or("palpation", "");
    if (at.flag_or("mirrored", false) && mark.side != Side::Right) {
        at.fault("\"mirrored\" needs side right; rebuild the body");
    }
    return mark;
}

} // namespace

Side opposite(Side side) {
    return side == Side::Left ? Side::Right : side == Side::Right ? Side::Left : side;
}

std::string_view without_side(std::string_view id) {
    if (id.ends_with(kRightSuffix) || id.ends_with(kLeftSuffix)) id.remove_suffix(kRightSuffix.size());
    return id;
}

std::string with_side(std::string_view id_without_side, Side side) {
    std::string id(id_without_side);
    if (side != Side::Midline) id += side == Side::Right ? kRightSuffix : kLeftSuffix;
    return id;
}

std::string_view name_of(Side side) {
    switch (side) {
    case Side::Right:
        return "right";
    case Side::Left:
        return "left";
    case Side::Midline:
        break;
    }
    return "midline";
}

bool from_name(std::string_view name, Side& out) {
    for (const Side side : {Side::Midline, Side::Right, Side::Left}) {
        if (name_of(side) == name) {
            out = side;
            return true;
        }
    }
    return false;
}

StructureId Catalogue::find(std::string_view id) const {
    const auto it =
        std::find_if(structures.begin(), structures.end(), [&](const Structure& s) { return s.id == id; });
    return it == structures.end() ? StructureId{}
                                  : StructureId{static_cast<std::uint32_t>(it - structures.begin())};
}

std::string mesh_digest(std::string_view bytes) {
    constexpr std::uint64_t kPrime = 1099511628211ULL;
    std::array<std::uint64_t, 4> lanes{14695981039346656037ULL, 14695981039346656037ULL ^ 1,
                                       14695981039346656037ULL ^ 2, 14695981039346656037ULL ^ 3};
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32) {
        for (std::size_t k = 0; k < 4; ++k) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + at + 8 * k, 8);
            lanes[k] = (lanes[k] ^ word) * kPrime;
        }
    }
    StateHash hash;
    for (const std::uint64_t lane : lanes)
        hash.add(static_cast<std::int64_t>(lane));
    hash.add(bytes.substr(at));
    hash.add(static_cast<std::int64_t>(bytes.size()));
    return fmt::format("{:016x}", hash.value());
}

Json to_json(const Catalogue& right_and_midline) {
    const auto is_twin = [&](const Structure& s) {
        return s.side == Side::Left && s.mirrored && s.id.ends_with(kLeftSuffix) &&
               right_and_midline
                   .find(s.id.substr(0, s.id.size() - kLeftSuffix.size()) + std::string(kRightSuffix))
                   .valid();
    };
    const auto has_partner = [&](const Landmark& mark, Side side) {
        return std::any_of(right_and_midline.landmarks.begin(), right_and_midline.landmarks.end(),
                           [&](const Landmark& m) { return m.side == side && same_landmark(m, mark); });
    };
    Json out = Json::object();
    out["content_hash"] = right_and_midline.content_hash;
    put_text(out, "mesh_digest", right_and_midline.mesh_digest);
    out["source"] = right_and_midline.source;
    Json structures = Json::array();
    for (const Structure& s : right_and_midline.structures) {
        if (!is_twin(s)) structures.push_back(structure_to_json(s));
    }
    out["structures"] = std::move(structures);
    Json landmarks = Json::array();
    for (const Landmark& mark : right_and_midline.landmarks) {
        const bool twin = mark.side == Side::Left && has_partner(mark, Side::Right);
        if (!twin) landmarks.push_back(landmark_to_json(mark, mark.side == Side::Right));
    }
    out["landmarks"] = std::move(landmarks);
    if (!right_and_midline.variation.cover.empty()) out["variation"] = to_json(right_and_midline.variation);
    return out;
}

ExpectedAll<Catalogue> catalogue_from_json(const Json& json, const std::string& source) {
    std::vector<Error> faults;
    const JsonReader root(json, source, faults);
    root.only_keys({"content_hash", "mesh_digest", "source", "structures", "landmarks", "variation"});
    Catalogue out;
    out.content_hash = root.text("content_hash");
    out.mesh_digest = root.text_or("mesh_digest", "");
    out.source = root.text("source");

    std::set<std::string> ids;
    const auto claim = [&](const std::string& id, const JsonReader& at) {
        if (!id.empty() && !ids.insert(id).second) {
            at.fault(fmt::format("\"{}\" is there twice; every structure needs an id of its own", id));
        }
    };
    std::vector<Structure> left;
    for (const JsonReader& at : root.child("structures").elements()) {
        Structure s = read_structure(at);
        claim(s.id, at);
        if (s.mirrored && can_have_left_twin(s)) {
            left.push_back(left_twin(s));
            claim(left.back().id, at);
        }
        out.structures.push_back(std::move(s));
    }
    std::move(left.begin(), left.end(), std::back_inserter(out.structures));
    if (out.structures.empty() && faults.empty()) {
        root.child("structures").fault("the body has no structures; rebuild the body");
    }

    std::vector<Landmark> left_marks;
    for (const JsonReader& at : root.child("landmarks").elements()) {
        Landmark mark = read_landmark(at);
        if (at.flag_or("mirrored", false) && mark.side == Side::Right) left_marks.push_back(left_twin(mark));
        out.landmarks.push_back(std::move(mark));
    }
    std::move(left_marks.begin(), left_marks.end(), std::back_inserter(out.landmarks));
    if (const JsonReader variation = root.child("variation", false); !variation.is_null())
        out.variation = variation_from_json(variation);

    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return out;
}

} // namespace tb::anatomy
