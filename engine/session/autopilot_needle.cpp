// The scripted trainee cleans, numbs the skin and injects.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "anatomy/queries.h"
#include "session/autopilot_script.h"
#include "tissue/injection.h"
#include "tissue/needle.h"

namespace tb::session {
namespace {

using geometry::turned;
using geometry::Vec3;

constexpr double kDrift_deg = 3.0; ///< what a bevel makes of 38 mm (needle_forces.h)
// Cleaning: a spiral of this pitch from the centre to beyond the field, then back and forth in two
// directions.
constexpr double kSpiral_mm = 8.0, kCleaned_mm = 32.0, kSwab_N = 4.0, kSwab_mm_s = 90.0, kRows_mm = 16.0;
constexpr double kRubbed_s = 31.0; ///< rubbing that each place of the field is to have
constexpr double kDryMargin_s = 3.0;

// The wheal: almost flat, just under the skin (procedure.json, step "wheal").
constexpr double kWhealAngle_deg = 15.0, kWhealDepth_mm = 1.5, kWhealWay_mm = 5.0, kWheal_mL = 0.2,
                 kWheal_mL_s = 0.04, kWhealAir_mm = 15.0,
                 kPerDegree_mm =
                     0.4; ///< a degree from the wanted angle counts as much as this beside the place
constexpr double kNumbWait_s = 66.0;

// The injection (procedure.json, phase "inject").
constexpr double kAdvance_mm_s = 5.0, kWithdraw_mm_s = 12.0, kAir_mm = 25.0;
constexpr double kFanDepth_mm = 4.0; ///< drawn back to here before a new direction
constexpr double kFan_mm = 2.0;      ///< how far the passes spread at the point
constexpr double kBeyond_mm = 3.0;   ///< searched this far beyond the planned depth
constexpr double kInto_mm = 2.5;     ///< from the edge of what answered into it
constexpr double kAspirate_s = 2.3, kHoldMargin_s = 0.3;
constexpr double kFirst_mL = 0.1, kEach_mL = 0.05, kRate_mL_s = 0.05, kFastestGood_mL_s = 0.1;
constexpr int kPasses = 5;
constexpr double kProbe_N = 1.0, kProbeWidth_mm = 40.0; ///< resting in gel, not closing veins
constexpr double kHubLeft_mm = 6.0;                     ///< of the needle that stays outside
constexpr double kEnough_mm = 2.0;                      ///< least clearance to hazards that is acceptable

} // namespace

void Script::disinfect() {
    clean_hands("no_hand_hygiene", "short_hand_rub");
    if (!errs("no_gloves")) {
        hands_.act(events::WearGloves{events::Gloves::Sterile});
        hands_.wait(10.0);
    }
    if (!errs("no_cleaning")) {
        hands_.take(events::Tool::Swab);
        hands_.act(events::TakeAntiseptic{plan_.antiseptic});
        const anatomy::SkinPoint skin =
            anatomy::nearest_skin(hands_.body(), hands_.state().mark.value_or(found_));
        const geometry::Tangents plane = geometry::tangents_of(skin.normal);
        const auto at = [&](double x, double y) {
            return anatomy::nearest_skin(hands_.body(), skin.point + plane.e1 * x + plane.e2 * y).point;
        };
        std::vector<Vec3> spiral;
        for (double angle = 0.0;; angle += 0.35) {
            const double radius = kSpiral_mm * angle / (2.0 * std::numbers::pi);
            if (radius > kCleaned_mm) break;
            spiral.push_back(at(radius * std::cos(angle), radius * std::sin(angle)));
        }
        hands_.touch(spiral.front(), kSwab_N);
        hands_.glide(spiral, kSwab_N, kSwab_mm_s);
        told("clean");
        // Back and forth in two directions until every place has had its time; a person counts, the script
        // looks.
        const double enough = errs("short_cleaning") ? 8.0 : kRubbed_s;
        for (int round = 0; round < 200 && hands_.state().prep.state().friction_s < enough; ++round) {
            std::vector<Vec3> rows;
            for (double y = -kRows_mm; y <= kRows_mm; y += 8.0) {
                const double sign = std::fmod(y + kRows_mm, 16.0) < 8.0 ? -1.0 : 1.0;
                for (const double x : {-kRows_mm * sign, 0.0, kRows_mm * sign})
                    rows.push_back(round % 2 == 0 ? at(x, y) : at(y, x));
            }
            hands_.glide(rows, kSwab_N, kSwab_mm_s);
        }
        hands_.lift();
        hands_.take(events::Tool::None);
        hands_.act(events::Dispose{"swab", "bin"});
        told("cleaned");
        const auto* agent = scenario_.tables.antiseptic(plan_.antiseptic);
        hands_.wait(errs("wet_entry") ? 1.0 : (agent != nullptr ? agent->drying_s : 30.0) + kDryMargin_s);
    }
    if (errs("touch_after_cleaning")) {
        hands_.act(events::WearGloves{events::Gloves::Clean});
        hands_.take(events::Tool::Finger);
        hands_.touch(found_, 8.0);
        hands_.wait(1.0);
        hands_.lift();
        hands_.take(events::Tool::None);
    }
}

double Script::clearance(const Vec3& from, const Vec3& to) const {
    constexpr double kRange_mm = 15.0, kStep_mm = 1.5;
    double nearest = kRange_mm;
    const int steps = std::max(1, static_cast<int>(std::ceil(glm::length(to - from) / kStep_mm)));
    for (int k = 0; k <= steps; ++k) {
        const auto near = anatomy::hazards_near(
            hands_.body(), glm::mix(from, to, static_cast<double>(k) / steps), kRange_mm);
        if (!near.empty()) nearest = std::min(nearest, near.front().distance_mm);
    }
    return std::max(0.0, nearest);
}

void Script::plan_entry() {
    const anatomy::SkinPoint skin = anatomy::nearest_skin(hands_.body(), found_);
    found_ = skin.point;
    // In the middle of the muscle under the finger, as normal anatomy has it.
    const anatomy::TissueColumn column = anatomy::tissue_column(hands_.body(), skin, -skin.normal, 60.0);
    double depth = 0.0;
    for (const anatomy::Layer& layer : column.layers) {
        if (layer.kind == StructureKind::Muscle) {
            depth += 0.5 * layer.thickness_mm;
            break;
        }
        depth += layer.thickness_mm;
    }
    target_ = found_ - skin.normal * depth;
    // This fault is about the choice of the point: that the needle meets it is taken for granted.
    if (errs("latent_point_injected")) {
        for (const anatomy::Band& band : hands_.body().bands())
            if (band.point == textbook_->id && (band.side == anatomy::Side::Left) == left_)
                target_ = band.centre;
    }

    Vec3 taught = left_ ? geometry::mirrored(textbook_->approach_direction) : textbook_->approach_direction;
    if (glm::length(taught) < 0.5) taught = -skin.normal;
    taught = glm::normalize(taught);
    const geometry::Tangents round = geometry::tangents_of(taught);
    const double reach = hands_.state().injection.length_mm - kHubLeft_mm;
    double best = -1e9;
    // The taught direction, and its neighbours where a vessel or nerve lies in the way.
    for (const double tilt : {0.0, 6.0, 12.0, 18.0}) {
        for (int turn = 0; turn < (tilt == 0.0 ? 1 : 8); ++turn) {
            const Vec3 about = turned(round.e1, taught, 45.0 * turn);
            const Vec3 direction = turned(taught, about, tilt);
            const auto hit = anatomy::skin_hit(hands_.body(), target_ - direction * 120.0, direction);
            if (!hit) continue;
            const double way = glm::length(hit->point - target_);
            const double aside = glm::length(hit->point - found_);
            double worth =
                2.0 * std::min(clearance(hit->point, target_ + direction * kBeyond_mm), 4.0) - 0.1 * tilt;
            if (way + kBeyond_mm > reach) worth -= 50.0;
            if (aside > 20.0) worth -= 3.0 * (aside - 20.0); // the cleaned field ends at 25 mm
            if (aside < 8.0) worth -= 0.5 * (8.0 - aside);
            if (worth > best) {
                best = worth;
                entry_ = hit->point;
                approach_ = direction;
            }
        }
    }
    if (best <= -1e9) { // no way from there: straight in
        entry_ = found_;
        approach_ = -skin.normal;
    }
    if (errs("steep_entry")) {
        approach_ = -skin.normal;
        entry_ = found_;
    }
    depth_mm_ = glm::length(target_ - entry_);
}

void Script::anaesthetise() {
    if (errs("no_anaesthesia")) return;
    hands_.say("anaesthesia.preference");
    hands_.act(events::Declare{"anaesthesia", "wheal"});
    raise_wheal();
    throw_away("wheal_needle");
    told("wheal");
    if (errs("no_wait_for_numbness")) return;
    hands_.wait(kNumbWait_s);
    hands_.say("wait.sharp_test");
}

void Script::raise_wheal() {
    const anatomy::SkinPoint skin = anatomy::nearest_skin(hands_.body(), entry_);
    Vec3 flat = approach_ - glm::dot(approach_, skin.normal) * skin.normal;
    flat = glm::length(flat) > 0.1 ? glm::normalize(flat) : geometry::tangents_of(skin.normal).e1;
    const double angle = kWhealAngle_deg * std::numbers::pi / 180.0;
    // So that the tip, not the puncture, comes to lie under the planned entry; from a side where the flat
    // needle does not meet the skin earlier (the top of the shoulder rises into the neck).
    Vec3 axis(0.0), puncture(0.0);
    double best = 1e9;
    for (int turn = 0; turn < 8; ++turn) {
        const Vec3 side = turned(flat, skin.normal, 45.0 * turn);
        const Vec3 along = side * std::cos(angle) - skin.normal * std::sin(angle);
        const Vec3 wanted = anatomy::nearest_skin(hands_.body(), skin.point - side * kWhealWay_mm).point;
        const auto met = anatomy::skin_hit(hands_.body(), wanted - along * kWhealAir_mm, along);
        const double off = met ? glm::length(met->point - wanted) +
                                     kPerDegree_mm * std::abs(tissue::angle_to_skin_deg(along, met->normal) -
                                                              kWhealAngle_deg)
                               : 1e6;
        if (off < best - 1.0) { // an equal one later in the round is not better
            best = off;
            axis = along;
            puncture = wanted;
        }
    }
    hands_.take(events::Tool::WhealNeedle);
    hands_.needle_at(puncture - axis * kWhealAir_mm, axis);
    const auto in = [&] { return hands_.state().needle.under_skin; };
    hands_.needle_to(puncture + axis * 8.0, axis, 4.0, in);
    const Vec3 entry = hands_.state().needle.entry;
    // The skin curves: how far in follows from the angle as it came out.
    const double flatness =
        tissue::angle_to_skin_deg(axis, anatomy::nearest_skin(hands_.body(), entry).normal);
    const double way = kWhealDepth_mm / std::max(0.15, std::sin(flatness * std::numbers::pi / 180.0));
    hands_.needle_to(entry + axis * way, axis, 3.0);
    hands_.act(events::Aspirate{true});
    hands_.wait(1.0);
    hands_.act(events::Aspirate{false});
    push(kWheal_mL, kWheal_mL_s);
    hands_.needle_to(entry - axis * 15.0, axis, kWithdraw_mm_s);
}

bool Script::answered() {
    const auto& events = hands_.session().log().events();
    for (; heard_ < events.size(); ++heard_) {
        const events::Event& e = events[heard_];
        const auto* twitch = e.get<events::Twitch>();
        const auto* said = e.get<events::PatientSaid>();
        if ((twitch != nullptr && twitch->by_needle) ||
            (said != nullptr && said->text.starts_with("That is it")))
            return true;
    }
    return false;
}

bool Script::aspirate() {
    if (errs("no_aspiration")) return true;
    const SyringeState& y = hands_.state().injection;
    const auto& parameters = *hands_.session().world().parameters;
    const double needed =
        tissue::aspiration_time_s(parameters, parameters.nearest_gauge(y.gauge), y.length_mm);
    hands_.act(events::Aspirate{true});
    hands_.wait(errs("short_aspiration") ? 0.4 : std::max(kAspirate_s, needed + kHoldMargin_s));
    const bool clear = !y.blood_in_hub && !y.air_seen;
    hands_.act(events::Aspirate{false});
    hands_.wait(0.3);
    return clear;
}

void Script::push(double volume_mL, double rate_mL_s) {
    const double rate =
        errs("fast_injection") && hands_.state().tool == events::Tool::Needle ? 0.5 : rate_mL_s;
    hands_.act(events::PushPlunger{MillilitresPerSecond(rate)});
    hands_.wait(volume_mL / rate);
    hands_.act(events::PushPlunger{MillilitresPerSecond(0.0)});
    hands_.wait(0.3);
}

void Script::one_pass(const Vec3& aim, double volume_mL, bool first) {
    const Vec3 entry = hands_.state().needle.entry;
    Vec3 axis = glm::normalize(aim - entry);
    double depth = std::min(glm::length(aim - entry), hands_.state().injection.length_mm - kHubLeft_mm);
    if (!first) {
        const Vec3 old = hands_.state().needle.course;
        if (errs("redirect_deep")) { // levers the needle without drawing it back
            axis = turned(old, geometry::tangents_of(old).e1, 25.0);
            hands_.needle_to(entry + axis * hands_.state().needle.depth_mm, axis, kAdvance_mm_s);
            return;
        }
        hands_.needle_to(entry + old * kFanDepth_mm, old, kWithdraw_mm_s);
        hands_.needle_to(entry + axis * kFanDepth_mm, axis, kAdvance_mm_s);
    }
    look_along(entry, axis);
    heard_ = hands_.session().log().events().size();
    if (errs("needle_to_hub")) depth = hands_.state().injection.length_mm + 2.0;
    bool met = false;
    const auto enough = [&] { return met = answered() && !errs("needle_to_hub"); };
    hands_.needle_to(entry + axis * depth, axis, kAdvance_mm_s, enough);
    if (!met && first && clearance(entry + axis * depth, entry + axis * (depth + kBeyond_mm)) >= kEnough_mm) {
        hands_.needle_to(entry + axis * (depth + kBeyond_mm), axis, kAdvance_mm_s, enough);
    }
    if (met) { // from its edge to its middle
        const double at = hands_.state().needle.depth_mm;
        hands_.needle_to(entry + axis * (at + kInto_mm), axis, kAdvance_mm_s);
        target_ = hands_.state().needle.tip();
    }
    if (!aspirate()) return; // blood or air: drawn back, another direction
    push(volume_mL, volume_mL > 1.0 ? kFastestGood_mL_s : kRate_mL_s);
}

Vec3 Script::toward_lung() const {
    const auto pleura =
        hands_.body().atlas().find("pleura", left_ ? anatomy::Side::Left : anatomy::Side::Right);
    const double reach = hands_.state().injection.length_mm - 1.0;
    const anatomy::SkinPoint skin = anatomy::nearest_skin(hands_.body(), entry_);
    for (const anatomy::NearHazard& h : anatomy::hazards_near(hands_.body(), entry_, 150.0)) {
        if (h.structure != pleura) continue;
        const auto reaches = [&](const Vec3& way) {
            for (const anatomy::Layer& layer :
                 anatomy::tissue_column(hands_.body(), skin, way, reach).layers) {
                if (layer.kind == StructureKind::Bone) return false;
                if (layer.kind == StructureKind::Pleura || layer.kind == StructureKind::Lung) return true;
            }
            return false;
        };
        // Past the first rib: the nearest way first, then wider and wider round it; with room for the bevel's
        // drift.
        const Vec3 nearest = glm::normalize(h.nearest - entry_);
        const geometry::Tangents round = geometry::tangents_of(nearest);
        for (double tilt = 0.0; tilt <= 60.0; tilt += 5.0) {
            for (int turn = 0; turn < (tilt == 0.0 ? 1 : 12); ++turn) {
                const Vec3 way = turned(nearest, turned(round.e1, nearest, 30.0 * turn), tilt);
                if (!reaches(way)) continue;
                bool all = true;
                for (int side = 0; side < 4; ++side)
                    all = all && reaches(turned(way, turned(geometry::tangents_of(way).e1, way, 90.0 * side),
                                                kDrift_deg));
                if (all) return way;
            }
        }
    }
    return approach_;
}

void Script::look_along(const Vec3& entry, const Vec3& axis) {
    if (!hands_.state().probe.held) return;
    const anatomy::SkinPoint over = anatomy::nearest_skin(hands_.body(), target_);
    const Vec3 inward = -over.normal;
    Vec3 along = axis - inward * glm::dot(axis, inward);
    along = glm::length(along) > 0.05 ? glm::normalize(along) : geometry::tangents_of(over.normal).e1;
    // The plane of the beams and the needle; in it, over the target.
    const Vec3 aside = glm::cross(inward, along);
    const Vec3 centre = over.point + aside * glm::dot(entry - over.point, aside);
    hands_.act(events::MoveProbe{geometry::point(centre), geometry::direction(inward),
                                 geometry::direction(along), Newtons(kProbe_N)});
    hands_.wait(0.5);
}

void Script::enter(const Vec3& axis) {
    hands_.needle_at(entry_ - axis * kAir_mm, axis);
    hands_.needle_to(entry_ + axis * 10.0, axis, kAdvance_mm_s,
                     [&] { return hands_.state().needle.under_skin; });
}

void Script::withdraw() {
    const Vec3 entry = hands_.state().needle.entry, axis = hands_.state().needle.course;
    hands_.needle_to(entry - axis * 15.0, axis, kWithdraw_mm_s);
}

void Script::inject() {
    if (!errs("no_warning")) {
        hands_.say("warn.sting");
        hands_.say("warn.keep_still", 1.5);
        hands_.say("warn.report");
    }
    if (errs("no_fix") || errs("steep_entry")) hands_.act(events::SetGrip{false}); // the fold is let go
    if (follows_needle()) { // the other hand looks instead of holding the band
        hands_.act(events::HoldProbe{true, true, Millimetres(kProbeWidth_mm)});
        look_along(entry_, approach_);
        hands_.wait(2.0);
    } else if (!errs("no_fix")) {
        hands_.act(events::BeginActivity{"fix_band"});
        hands_.wait(1.5);
    }
    told("before the needle");
    hands_.take(events::Tool::Needle);
    enter(errs("needle_into_lung") ? toward_lung() : approach_);
    told("entered");
    if (errs("needle_into_lung")) {
        const Vec3 entry = hands_.state().needle.entry, axis = hands_.state().needle.course;
        hands_.needle_to(entry + axis * (hands_.state().injection.length_mm - 1.0), axis, kAdvance_mm_s);
    }
    const double scale = errs("too_much_volume") ? 8.0 : 1.0;
    if (errs("overdose")) {
        one_pass(target_, 9.9, true);
        withdraw();
        hands_.act(events::DrawUp{events::Syringe::Injection, "lidocaine_2", Millilitres(9.9)});
        hands_.act(events::ExpelAir{events::Syringe::Injection});
        enter(approach_);
    }
    one_pass(target_, errs("overdose") ? 9.5 : kFirst_mL * scale, !errs("needle_into_lung"));
    told("inject");
    const geometry::Tangents across = geometry::tangents_of(hands_.state().needle.axis);
    const Vec3 middle = target_;
    const int passes = errs("single_pass") ? 1 : kPasses;
    for (int i = 1; i < passes; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / (kPasses - 1);
        Vec3 aim = middle;
        for (double spread = kFan_mm; spread > 0.5;
             spread *= 0.6) { // closer where something lies beside the way
            aim = middle + spread * (std::cos(angle) * across.e1 + std::sin(angle) * across.e2);
            if (clearance(hands_.state().needle.entry, aim) >= kEnough_mm) break;
        }
        one_pass(aim, kEach_mL * scale, false);
    }
    told("fan");
    withdraw();
    throw_away("needle");
    if (!hands_.state().activity.empty()) hands_.act(events::EndActivity{});
    if (hands_.state().probe.held) hands_.act(events::HoldProbe{});
    told("withdrawn");
}

void Script::throw_away(const std::string& needle) {
    hands_.wait(2.0);
    if (errs("needle_on_tray")) {
        hands_.act(events::Dispose{needle, "tray"});
    } else if (!hands_.act(events::Dispose{needle, "sharps_box"})) {
        hands_.act(events::Dispose{needle, "bin"}); // nothing else is within reach
    }
}

} // namespace tb::session
