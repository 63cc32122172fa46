// tautband trigger-points: the list, who refers pain to a place, and the proof that every point is in place.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "anatomy/point_check.h"
#include "anatomy/referral.h"
#include "app/commands/commands.h"

namespace tb::app {
namespace {

using geometry::Vec3;

struct Options {
    std::string muscle, hurts, zone, side = "right";
    std::size_t most = 12;
    bool json = false, check = false, zones = false;
};

/// Without a side the right one is meant; the table's own id has none.
std::string without_side(const std::string& id) {
    const bool sided = id.size() > 2 && (id.ends_with("_r") || id.ends_with("_l"));
    return sided ? id.substr(0, id.size() - 2) : id;
}

Json rounded(const Vec3& v, double quantum) {
    return {quantise(v.x, quantum), quantise(v.y, quantum), quantise(v.z, quantum)};
}

int list(const Options& o, const anatomy::Body& body) {
    const anatomy::Atlas& atlas = body.atlas();
    const std::string muscle = without_side(o.muscle);
    if (!muscle.empty() && !atlas.find(muscle + "_r").valid() && !atlas.find(muscle).valid()) {
        return report_error(
            {ErrorCode::NotFound,
             fmt::format("there is no muscle \"{}\"; `tautband anatomy list --kind muscle` lists them",
                         o.muscle),
             "--muscle"});
    }
    Json all = Json::array();
    for (const anatomy::TriggerPoint& p : atlas.trigger_points()) {
        if (!muscle.empty() && p.muscle != muscle) continue;
        const double depth = -anatomy::skin_depth(body, p.position);
        if (o.json) {
            Json j;
            j["id"] = p.id;
            j["muscle"] = p.muscle;
            j["muscle_name"] = p.muscle_name;
            j["x"] = quantise(p.position.x, 0.01);
            j["y"] = quantise(p.position.y, 0.01);
            j["z"] = quantise(p.position.z, 0.01);
            j["depth_mm"] = quantise(depth, 0.01);
            j["u"] = p.at.u;
            j["v"] = p.at.v;
            j["w"] = p.at.w;
            j["referral_primary"] = p.referral_primary;
            j["referral_spillover"] = p.referral_spillover;
            j["mode"] = p.needle.mode;
            all.push_back(j);
        } else {
            fmt::print("{:<36} {:<28} {:8.1f} {:8.1f} {:8.1f}  {:5.1f} mm deep  {}\n", p.id,
                       p.muscle.empty() ? "(not built yet)" : p.muscle, p.position.x, p.position.y,
                       p.position.z, depth, p.needle.mode);
        }
    }
    if (o.json) print_json(all);
    return 0;
}

int list_zones(const Options& o, const anatomy::Atlas& atlas) {
    Json all = Json::array();
    for (const anatomy::ReferralZone& z : atlas.referral_zones()) {
        if (o.json) {
            all.push_back({{"id", z.id}, {"name", z.name}, {"view", z.view}, {"outline", z.paint}});
        } else {
            fmt::print("{:<26} {:<40} {}\n", z.id, z.name, z.paint);
        }
    }
    if (o.json) print_json(all);
    return 0;
}

int hurts(const Options& o, const anatomy::Atlas& atlas) {
    const anatomy::ReferralMap map(atlas);
    std::vector<anatomy::Candidate> found;
    if (atlas.referral_zone(o.hurts) != nullptr) {
        anatomy::Side side = anatomy::Side::Right;
        if (!anatomy::from_name(o.side, side) || side == anatomy::Side::Midline) {
            return report_error(
                {ErrorCode::BadInput, fmt::format("\"{}\" is no side; use right or left", o.side), "--side"});
        }
        found = map.candidates(o.hurts, side);
    } else if (o.hurts.find(',') != std::string::npos) {
        const auto place = parse_point(o.hurts, "--hurts");
        if (!place) return report_error(place.error());
        found = map.candidates(*place);
    } else {
        return report_error({ErrorCode::NotFound,
                             fmt::format("\"{}\" is neither X,Y,Z nor a zone; `tautband trigger-points "
                                         "--zones` lists the zones",
                                         o.hurts),
                             "--hurts"});
    }
    if (found.size() > o.most) found.resize(o.most);
    Json all = Json::array();
    int rank = 0;
    for (const anatomy::Candidate& c : found) {
        ++rank;
        if (!o.json) {
            fmt::print("{:>3}  {:.2f}  {}\n", rank, c.score, c.reason);
            continue;
        }
        all.push_back({{"rank", rank},
                       {"id", fmt::format("{}_{}", c.point->id, c.side == anatomy::Side::Left ? "l" : "r")},
                       {"muscle", c.point->muscle},
                       {"zone", c.zone},
                       {"area", c.primary ? "primary" : "spillover"},
                       {"score", quantise(c.score, 0.001)},
                       {"from_core_mm", quantise(c.from_core_mm, 0.1)},
                       {"reason", c.reason}});
    }
    if (o.json) {
        print_json(all);
    } else if (found.empty()) {
        fmt::print("no trigger point of the table refers pain there\n");
    }
    return 0;
}

/// Turns that a repair may take: beyond, the words have to be read again.
constexpr double kMostRepair_deg = 90.0;

/// 0 when every point is in place and reachable, else 3.
int check(const Options& o, const anatomy::Body& body) {
    const anatomy::Atlas& atlas = body.atlas();
    const std::string muscle = without_side(o.muscle);
    Json all = Json::array();
    int faults = 0, checked = 0;
    for (const anatomy::TriggerPoint& p : atlas.trigger_points()) {
        if (!muscle.empty() && p.muscle != muscle) continue;
        ++checked;
        const anatomy::PlaceCheck place = anatomy::check_place(body, p);
        const anatomy::TrackCheck track = anatomy::check_track(body, p);
        std::vector<std::string> wrong;
        if (p.muscle.empty()) wrong.emplace_back("no muscle of the body holds it");
        if (p.landmarks.empty()) wrong.emplace_back("its place is not said in landmarks");
        for (std::size_t i = 0; i < place.by_statement_mm.size(); ++i) {
            if (place.by_statement_mm[i] <= anatomy::kMostDisagreement_mm) continue;
            wrong.push_back(fmt::format("{:.0f} mm off its words about \"{}\"", place.by_statement_mm[i],
                                        p.landmarks[i].from.from));
        }
        if (place.outside_muscle_mm > 0.0)
            wrong.push_back(fmt::format("{:.1f} mm outside its muscle", place.outside_muscle_mm));
        if (place.under_skin_mm < 0.0)
            wrong.push_back(fmt::format("{:.1f} mm outside the skin", -place.under_skin_mm));
        if (!track.met.empty())
            wrong.push_back(fmt::format("the track meets {} at {:.1f} of {:.1f} mm", track.met, track.met_mm,
                                        track.length_mm));
        if (track.too_long)
            wrong.push_back(fmt::format("the track of {:.1f} mm is longer than the {:.0f} mm needle",
                                        track.length_mm, p.needle.length.value()));
        faults += wrong.empty() ? 0 : 1;
        if (!o.json) {
            if (!wrong.empty()) fmt::print("{:<36} {}\n", p.id, fmt::join(wrong, "; "));
            continue;
        }
        Json j{{"id", p.id},
               {"position", rounded(p.position, 0.1)},
               {"disagreement_mm", quantise(place.worst_mm, 0.1)},
               {"statements_mm", Json::array()},
               {"outside_muscle_mm", quantise(place.outside_muscle_mm, 0.1)},
               {"under_skin_mm", quantise(place.under_skin_mm, 0.1)},
               {"faults", wrong}};
        for (const double d : place.by_statement_mm)
            j["statements_mm"].push_back(quantise(d, 0.1));
        if (track.needled) {
            j["track"] = {{"entry", rounded(p.approach_entry, 0.1)},
                          {"direction", rounded(p.approach_direction, 0.001)},
                          {"length_mm", quantise(track.length_mm, 0.1)},
                          {"angle_deg", quantise(track.angle_deg, 0.1)},
                          {"met", track.met},
                          {"met_mm", quantise(track.met_mm, 0.1)},
                          {"too_long", track.too_long},
                          {"beyond", track.beyond}};
            if (!track.ok()) {
                const anatomy::TrackRepair repair = anatomy::repair_track(body, p, kMostRepair_deg);
                if (repair.turn_deg >= 0.0) {
                    j["repair"] = {{"direction", rounded(repair.direction, 0.0001)},
                                   {"turn_deg", repair.turn_deg},
                                   {"wide", repair.wide}};
                }
            }
        }
        all.push_back(j);
    }
    if (o.json) {
        print_json(all);
    } else {
        fmt::print("{} of {} trigger points are in place and reachable\n", checked - faults, checked);
    }
    return faults == 0 ? 0 : exit_code_of(ErrorCode::Differs);
}

int trigger_points(const Options& o) {
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto world = world_for_queries(*content, {});
    if (!world) return report_errors(world.error());
    if (o.zones) return list_zones(o, *content->atlas);
    if (!o.hurts.empty()) return hurts(o, *content->atlas);
    return o.check ? check(o, *world->body) : list(o, *world->body);
}

} // namespace

void add_trigger_points(CLI::App& program, Run& run) {
    const auto o = std::make_shared<Options>();
    auto* c =
        program.add_subcommand("trigger-points", "List the trigger points on the built body (right side)");
    c->add_option("--muscle", o->muscle, "Only those of this muscle");
    c->add_option("--hurts", o->hurts, "Which points refer pain there, best first: X,Y,Z in mm, or a zone");
    c->add_option("--side", o->side, "With --hurts ZONE: right or left");
    c->add_option("--most", o->most, "With --hurts: at most so many")->check(CLI::Range(1, 320));
    c->add_flag("--zones", o->zones, "List the zones of referred pain");
    c->add_flag("--check", o->check,
                "Places against words, muscles and tracks; only what is wrong is printed (exit code 3)");
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband trigger-points --muscle trapezius_descending_r\n"
              "         tautband trigger-points --hurts=-60,1640,120");
    c->callback([&run, o] { run = [o] { return trigger_points(*o); }; });
}

} // namespace tb::app
