#include "anatomy/trigger_points.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "anatomy/fields.h"

namespace tb::anatomy {
namespace {

constexpr double kDeepestNeedle_mm = 200.0;
constexpr double kMostVolume_ml = 20.0;

std::string text_of(const JsonReader& at, std::string_view key,
                    std::initializer_list<std::string_view> allowed) {
    std::string value = at.text(key);
    one_of(at.child(key, false), value, allowed);
    return value;
}

/// `count` numbers; zeros after a fault.
std::vector<double> numbers(const JsonReader& at, std::size_t count, double low, double high) {
    std::vector<double> out;
    const std::vector<JsonReader> elements = at.elements();
    if (at.exists() && elements.size() != count) {
        at.fault(fmt::format("{} numbers are expected here", count));
    } else {
        for (const JsonReader& e : elements)
            out.push_back(e.as_number(low, high));
    }
    out.resize(count, 0.0);
    return out;
}

std::pair<double, double> read_range(const JsonReader& at, double high) {
    const std::vector<double> v = numbers(at, 2, 0.0, high);
    if (v[0] > v[1]) at.fault("the first number of a range must not be larger than the second");
    return {v[0], v[1]};
}

NeedleAdvice read_needle(const JsonReader& at) {
    at.only_keys({"mode", "gauge", "length_mm", "depth_mm", "depth_limit_mm", "angle_deg", "volume_ml",
                  "volume_limit_ml", "direction_guard", "never_toward", "pleural_risk"});
    NeedleAdvice out;
    out.mode = text_of(at, "mode", {"landmark", "supervised", "imaging_required", "palpation_only"});
    out.direction_guard = at.text("direction_guard");
    out.never_toward = at.texts_or_empty("never_toward");
    out.pleural_risk = at.flag_or("pleural_risk", false);
    if (out.mode == "palpation_only" && !at.child("gauge", false).exists()) return out;
    out.gauge = static_cast<int>(at.number("gauge", 18, 34));
    out.length = Millimetres(at.number("length_mm", 5.0, 150.0));
    const auto depth = read_range(at.child("depth_mm"), kDeepestNeedle_mm);
    out.depth_min = Millimetres(depth.first);
    out.depth_max = Millimetres(depth.second);
    out.depth_limit = Millimetres(at.number("depth_limit_mm", 0.0, kDeepestNeedle_mm));
    out.angle = Degrees(at.number("angle_deg", 0.0, 90.0));
    const auto volume = read_range(at.child("volume_ml"), kMostVolume_ml);
    out.volume_min = Millilitres(volume.first);
    out.volume_max = Millilitres(volume.second);
    out.volume_limit = Millilitres(at.number("volume_limit_ml", 0.0, kMostVolume_ml));
    return out;
}

void read_approach(const JsonReader& at, TriggerPoint& point) {
    if (at.is_null()) return;
    at.only_keys(
        {"direction", "fold", "turned_deg"}); // turned_deg: what repair_tracks.py changed, for readers
    point.approach_direction =
        direction_from_json(at.child("direction"),
                            {0.98, 1.02, 1.1, "a unit vector is expected here, this one has length {:.3f}"});
    point.fold = at.flag_or("fold", false);
}

TriggerPoint read_trigger_point(const JsonReader& at) {
    at.only_keys({"id",         "muscle",   "part",      "muscle_name",      "muscle_ta2", "region",
                  "uvw",        "xyz",      "approach",  "technique",        "location",   "symptoms",
                  "palpation",  "referral", "positions", "at_risk",          "needle",     "mirror",
                  "confidence", "note",     "sources",   "referral_checked", "landmarks",  "not_shown"});
    TriggerPoint p;
    p.id = at.text("id");
    p.muscle = at.text("muscle");
    p.part = at.text_or("part", "");
    p.muscle_name = at.text("muscle_name");
    p.muscle_ta2 = at.text_or("muscle_ta2", "");
    p.region = at.text_or("region", "");
    if (!p.muscle.empty() || at.child("uvw", false).exists()) {
        const JsonReader uvw = at.child("uvw");
        const std::vector<double> c = numbers(uvw, 3, -1.0, 1.0);
        p.at = {c[0], c[1], c[2]};
        if (c[0] < 0.0 || c[1] < 0.0) uvw.fault("u and v lie between 0 and 1");
    }
    if (p.muscle.empty()) p.position = vector_from_json(at.child("xyz"), kBodyReach_mm);
    if (at.child("landmarks", false).exists()) {
        for (const JsonReader& e : at.child("landmarks").elements())
            p.landmarks.push_back(landmark_distance_from_json(e));
    }
    read_approach(at.child("approach", false), p);
    p.technique = text_of(at, "technique", {"flat", "pincer", "deep"});
    p.location = at.text("location");
    p.symptoms = at.text_or("symptoms", "");
    p.palpation = at.text_or("palpation", "");
    const JsonReader referral = at.child("referral");
    referral.only_keys({"primary", "spillover"});
    p.referral_primary = referral.texts_or_empty("primary");
    p.referral_spillover = referral.texts_or_empty("spillover");
    p.positions = at.texts_or_empty("positions");
    for (const std::string& position : p.positions) {
        if (position != "prone" && position != "supine" && position != "side_lying" &&
            position != "sitting") {
            at.child("positions")
                .fault(
                    fmt::format("\"{}\" is no position; use prone, supine, side_lying or sitting", position));
        }
    }
    p.at_risk = at.texts_or_empty("at_risk");
    p.needle = read_needle(at.child("needle"));
    p.mirror = at.flag_or("mirror", true);
    p.confidence =
        at.child("confidence", false).exists() ? text_of(at, "confidence", {"high", "medium", "low"}) : "";
    p.note = at.text_or("note", "");
    p.not_shown = at.text_or("not_shown", "");
    p.sources = at.texts_or_empty("sources");
    return p;
}

std::vector<ReferralZone> read_zones(const JsonReader& root) {
    std::vector<ReferralZone> zones;
    std::set<std::string> ids;
    for (const JsonReader& at : root.child("zones").elements()) {
        at.only_keys({"id", "name", "view", "paint"});
        ReferralZone zone{at.text("id"), at.text("name"), at.text("view"), at.text("paint"), {}, {}};
        if (!ids.insert(zone.id).second)
            at.fault(fmt::format("zone \"{}\" is there twice; remove one", zone.id));
        zones.push_back(std::move(zone));
    }
    return zones;
}

} // namespace

ExpectedAll<std::vector<TriggerPoint>> trigger_points_from_json(const Json& json, const std::string& source) {
    std::vector<Error> faults;
    const JsonReader root(json, source, faults);
    root.only_keys({"about", "points", "zones"});
    std::set<std::string> zones;
    for (const ReferralZone& zone : read_zones(root))
        zones.insert(zone.id);

    std::vector<TriggerPoint> out;
    std::set<std::string> ids;
    for (const JsonReader& at : root.child("points").elements()) {
        TriggerPoint point = read_trigger_point(at);
        if (!ids.insert(point.id).second)
            at.fault(fmt::format("point \"{}\" is there twice; remove one", point.id));
        for (const auto* list : {&point.referral_primary, &point.referral_spillover}) {
            for (const std::string& zone : *list) {
                if (!zones.contains(zone)) {
                    at.child("referral")
                        .fault(fmt::format("\"{}\" is no zone of this file; add it to \"zones\"", zone));
                }
            }
        }
        out.push_back(std::move(point));
    }
    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return out;
}

ExpectedAll<std::vector<ReferralZone>> referral_zones_from_json(const Json& json, const std::string& source) {
    std::vector<Error> faults;
    std::vector<ReferralZone> zones = read_zones(JsonReader(json, source, faults));
    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return zones;
}

ExpectedAll<std::vector<ReferralZone>> add_strokes(std::vector<ReferralZone> zones, const Json& json,
                                                   const std::string& source, const Catalogue* catalogue) {
    std::vector<Error> faults;
    const JsonReader root(json, source, faults);
    root.only_keys({"about", "zones"});
    const auto zone_of = [&](const std::string& id) {
        return std::find_if(zones.begin(), zones.end(), [&](const ReferralZone& z) { return z.id == id; });
    };
    for (const JsonReader& at : root.child("zones").elements()) {
        at.only_keys({"id", "strokes", "opposite_of", "note"});
        const std::string id = at.text("id");
        const auto zone = zone_of(id);
        if (zone == zones.end()) {
            at.fault(fmt::format("zone \"{}\" is not in trigger_points.json; remove it or add it there", id));
            continue;
        }
        if (!zone->strokes.empty() || !zone->opposite_of.empty())
            at.fault(fmt::format("zone \"{}\" is there twice; remove one", id));
        zone->opposite_of = at.text_or("opposite_of", "");
        if (!zone->opposite_of.empty()) {
            if (zone_of(zone->opposite_of) == zones.end() || zone->opposite_of == id)
                at.fault(fmt::format("\"{}\" is no other zone", zone->opposite_of));
            continue;
        }
        for (const JsonReader& e : at.child("strokes").elements()) {
            zone->strokes.push_back(stroke_from_json(e));
            if (catalogue == nullptr) continue;
            for (const Place& place : zone->strokes.back().places) {
                if (const std::string name = unknown_landmark(place, *catalogue); !name.empty())
                    e.fault(fmt::format(
                        "there is no landmark \"{}\"; `tautband anatomy landmarks` lists them", name));
            }
        }
    }
    for (const ReferralZone& z : zones) {
        if (z.strokes.empty() && z.opposite_of.empty())
            root.fault(fmt::format("zone \"{}\" has no strokes; add them", z.id));
    }
    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return zones;
}

} // namespace tb::anatomy
