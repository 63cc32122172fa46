// tautband trigger-points: the list, who refers pain to a place, and the proof that every point is in place.
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "anatomy/point_check.h"
#include "anatomy/referral.h"
#include "app/commands/commands.h"

namespace tb::app {
namespace {

using geometry::Vec3;

struct TriggerPointOptions {
    std::string muscle, hurts, zone, side = "right";
    std::size_t most = 12;
    bool json = false, check = false, zones = false;
};

/// Those that are asked for.
std::vector<const anatomy::TriggerPoint*> chosen(const TriggerPointOptions& o, const anatomy::Atlas& atlas) {
    const std::string_view muscle = anatomy::without_side(o.muscle); // the table's own ids have no side
    std::vector<const anatomy::TriggerPoint*> out;
    for (const anatomy::TriggerPoint& p : atlas.trigger_points()) {
        if (muscle.empty() || p.muscle == muscle) out.push_back(&p);
    }
    return out;
}

int list(const TriggerPointOptions& o, const anatomy::Body& body) {
    Json all = Json::array();
    for (const anatomy::TriggerPoint* point : chosen(o, body.atlas())) {
        const anatomy::TriggerPoint& p = *point;
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

int list_zones(const TriggerPointOptions& o, const anatomy::Atlas& atlas) {
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

int hurts(const TriggerPointOptions& o, const anatomy::Atlas& atlas) {
    const anatomy::ReferralMap map(atlas);
    std::vector<anatomy::Candidate> found;
    if (atlas.referral_zone(o.hurts) != nullptr) {
        found = map.candidates(o.hurts, o.side == "left" ? anatomy::Side::Left : anatomy::Side::Right);
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
                       {"id", anatomy::with_side(c.point->id, c.side)},
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

/// 0 when every point is in place and reachable, or known not to be shown by this body, else 3.
int check(const TriggerPointOptions& o, const anatomy::Body& body) {
    Json all = Json::array();
    int faults = 0, knowns = 0, checked = 0;
    for (const anatomy::TriggerPoint* point : chosen(o, body.atlas())) {
        const anatomy::TriggerPoint& p = *point;
        ++checked;
        const anatomy::PlaceCheck place = anatomy::check_place(body, p);
        const anatomy::TrackCheck track = anatomy::check_track(body, p);
        // What the table says the body does not show is known; all else stays a fault there too.
        std::vector<std::string> wrong, known;
        std::vector<std::string>& not_shown = p.not_shown.empty() ? wrong : known;
        if (p.muscle.empty()) not_shown.emplace_back("no muscle of the body holds it");
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
            not_shown.push_back(fmt::format("the track meets {} at {:.1f} of {:.1f} mm", track.met,
                                            track.met_mm, track.length_mm));
        if (track.too_long)
            not_shown.push_back(fmt::format("the track of {:.1f} mm is longer than the {:.0f} mm needle",
                                            track.length_mm, p.needle.length.value()));
        if (!p.not_shown.empty() && known.empty())
            wrong.emplace_back("the body shows it now; take \"not_shown\" off it in trigger_points.json");
        faults += wrong.empty() ? 0 : 1;
        knowns += wrong.empty() && !known.empty() ? 1 : 0;
        if (!o.json) {
            if (!wrong.empty()) fmt::print("{:<36} {}\n", p.id, fmt::join(wrong, "; "));
            if (!known.empty())
                fmt::print("{:<36} known: {} ({})\n", p.id, fmt::join(known, "; "), p.not_shown);
            continue;
        }
        Json j{{"id", p.id},
               {"position", vector_json(p.position, 0.1)},
               {"disagreement_mm", quantise(place.worst_mm, 0.1)},
               {"statements_mm", Json::array()},
               {"outside_muscle_mm", quantise(place.outside_muscle_mm, 0.1)},
               {"under_skin_mm", quantise(place.under_skin_mm, 0.1)},
               {"faults", wrong},
               {"known", known},
               {"not_shown", p.not_shown}};
        for (const double d : place.by_statement_mm)
            j["statements_mm"].push_back(quantise(d, 0.1));
        if (track.needled) {
            j["track"] = {{"entry", vector_json(track.entry, 0.1)},
                          {"direction", vector_json(p.approach_direction, 0.001)},
                          {"length_mm", quantise(track.length_mm, 0.1)},
                          {"angle_deg", quantise(track.angle_deg, 0.1)},
                          {"met", track.met},
                          {"met_mm", quantise(track.met_mm, 0.1)},
                          {"too_long", track.too_long},
                          {"beyond", track.beyond}};
            if (!track.ok()) {
                const anatomy::TrackRepair repair = anatomy::repair_track(body, p, kMostRepair_deg);
                if (repair.turn_deg >= 0.0) {
                    j["repair"] = {{"direction", vector_json(repair.direction, 0.0001)},
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
        fmt::print("{} of {} trigger points are in place and reachable", checked - faults - knowns, checked);
        fmt::print("{}\n", knowns > 0 ? fmt::format(", {} known not to be shown", knowns) : "");
    }
    return faults == 0 ? 0 : exit_code_of(ErrorCode::Differs);
}

int trigger_points(const TriggerPointOptions& o) {
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto world = world_for_queries(*content, {});
    if (!world) return report_errors(world.error());
    const std::string muscle(anatomy::without_side(o.muscle));
    if (!muscle.empty() && !content->atlas->find(anatomy::with_side(muscle, anatomy::Side::Right)).valid() &&
        !content->atlas->find(muscle).valid()) {
        return report_error(
            {ErrorCode::NotFound,
             fmt::format("there is no muscle \"{}\"; `tautband anatomy list --kind muscle` lists them",
                         o.muscle),
             "--muscle"});
    }
    if (o.zones) return list_zones(o, *content->atlas);
    if (!o.hurts.empty()) return hurts(o, *content->atlas);
    return o.check ? check(o, *world->body) : list(o, *world->body);
}

} // namespace

void add_trigger_points(CLI::App& program, Run& run) {
    const auto o = std::make_shared<TriggerPointOptions>();
    auto* c =
        program.add_subcommand("trigger-points", "List the trigger points on the built body (right side)");
    c->add_option("--muscle", o->muscle, "Only those of this muscle");
    c->add_option("--hurts", o->hurts, "Which points refer pain there, best first: X,Y,Z in mm, or a zone");
    c->add_option("--side", o->side, "With --hurts ZONE: right or left")
        ->check(CLI::IsMember({"right", "left"}));
    c->add_option("--most", o->most, "With --hurts: at most so many")->check(CLI::Range(1, 320));
    c->add_flag("--zones", o->zones, "List the zones of referred pain");
    c->add_flag(
        "--check", o->check,
        "Places against words, muscles and tracks; prints what is wrong (exit code 3) or known not to "
        "be shown");
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband trigger-points --muscle trapezius_descending_r\n"
              "         tautband trigger-points --hurts=-71,1669,123");
    c->callback([&run, o] { run = [o] { return trigger_points(*o); }; });
}

} // namespace tb::app
