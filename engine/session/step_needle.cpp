// The needle under the skin: its passes, what the tip meets, how near it comes to what it must not touch.
#include <algorithm>
#include <string_view>

#include "session/patient_words.h"
#include "session/stepper.h"
#include "tissue/response.h"

namespace tb::session {
namespace {

using geometry::Vec3;

constexpr double kHandAway_mm = 3.0;  ///< a tip farther from the skin than this does not touch it
constexpr Tick kRest = 24;            ///< after this without movement the tissue has settled
constexpr double kGripLost_deg = 8.0; ///< a deep needle turned further pulls the band from the fingers (est.)
constexpr double kPathStep_mm = 1.0;
constexpr double kClearanceStep_mm = 0.5;
constexpr double kClearanceRange_mm = 25.0;
constexpr double kAspirationHolds_mm =
    1.0; ///< an aspiration counts until the tip has moved this far (finding.h)

// A pass ends when the needle was drawn back and goes in again, in another direction or from near the skin
// (est.).
constexpr double kPassWithdrawn_mm = 3.0, kPassAdvanced_mm = 2.0, kPassTurned_deg = 4.0,
                 kPassShallow_mm = 6.0;

} // namespace

void Stepper::needle_tick() {
    SyringeState& y = *in_hand();
    tissue::NeedleState& n = s_.needle;
    s_.needle_rest = pose_moved() ? 0 : s_.needle_rest + 1;
    const bool settled = s_.needle_rest > kRest;
    bool away = false;
    if (!settled && !n.under_skin && n.dent_mm == 0.0) {
        const auto above = [&](double share) {
            return anatomy::skin_depth(body_, geometry::vec(pose_at(share).tip));
        };
        away = above(1.0) > kHandAway_mm && above(0.0) > kHandAway_mm;
    }
    if (!settled && !away) {
        const double before_mm = n.under_skin ? n.depth_mm : 0.0;
        constexpr double dt = 1.0 / (kTicksPerSecond * kSubsteps);
        tissue::NeedleBody needle{y.gauge, y.length_mm, y.burred, y.silicone, y.roll_deg, y.bent_deg};
        for (int k = 1; k <= kSubsteps; ++k) {
            const events::ToolPose p = pose_at(static_cast<double>(k) / kSubsteps);
            const auto happened = tissue::advance(parameters_, body_, needle, geometry::vec(p.tip),
                                                  geometry::vec(p.axis), dt, n);
            y.burred = needle.burred;
            y.silicone = needle.silicone;
            y.bent_deg = needle.bent_deg;
            for (const tissue::NeedleEvent& e : happened)
                needle_event(e, y);
            if (n.under_skin) follow_pass();
        }
        if (n.under_skin) {
            follow_tip();
            measure_clearance();
            follow_needle(before_mm);
        }
        session_.changed_ = true;
    }
    plunger_tick(y);
}

void Stepper::needle_event(const tissue::NeedleEvent& e, SyringeState& y) {
    using Kind = tissue::NeedleEvent::Kind;
    if (e.kind == Kind::SkinPunctured) return punctured(e, y);
    if (e.kind == Kind::OutOfSkin) return out_of_skin(y);
    if (e.kind == Kind::HubAtSkin) {
        s_.pass.hub = true;
        return;
    }
    if (e.kind == Kind::Bent) {
        emit(events::NeedleBent{s_.tool, s_.needle.on_bone ? "bone" : "levered", Millimetres(e.depth_mm),
                                Newtons(e.force_N)});
        return;
    }
    events::TipMoved moved;
    moved.structure =
        e.structure.valid() ? body_.atlas().structure(e.structure).id : std::string(name_of(e.tissue));
    std::transform(moved.structure.begin(), moved.structure.end(), moved.structure.begin(), [&](char c) {
        return e.structure.valid() || c < 'A' || c > 'Z' ? c : static_cast<char>(c - 'A' + 'a');
    });
    moved.kind = e.tissue;
    moved.entered = e.kind != Kind::Left;
    moved.depth = Millimetres(e.depth_mm);
    moved.force = Newtons(e.force_N);
    const std::string structure = moved.structure;
    emit(std::move(moved));
    if (e.kind == Kind::Left) {
        if (e.tissue == StructureKind::Muscle && e.past_mm > 0.0 && s_.pass.through.empty())
            s_.pass.through = structure;
        return;
    }
    const bool muscle = e.tissue == StructureKind::Muscle || e.tissue == StructureKind::Tendon;
    if (muscle && s_.probe.fascia_mm < 0.0) s_.probe.fascia_mm = e.depth_mm;
    const bool vein = e.tissue == StructureKind::Vein && s_.pass.pierced != StructureKind::Artery;
    if (vein || e.tissue == StructureKind::Artery) {
        s_.pass.pierced = e.tissue;
        s_.pass.pierced_id = structure;
    }

    const int index = e.structure.valid() ? static_cast<int>(e.structure.index) : -1;
    const bool first = s_.pass.hurt.insert(index).second;
    switch (e.tissue) {
    case StructureKind::Nerve:
        hurt(8.0, 4.0);
        speak(nerve_words(structure), 8.0);
        break;
    case StructureKind::Pleura:
    case StructureKind::Lung:
        if (!first) break;
        hurt(6.0, 4.0);
        speak("Ah! That stings deep in the chest.", 6.0);
        if (s_.cough_at < 0) s_.cough_at = s_.now + ticks_of(Seconds(s_.random.uniform(20.0, 90.0)));
        break;
    case StructureKind::Bone:
    case StructureKind::Cartilage:
        if (!first) break;
        hurt(4.0, 2.0);
        speak("That is a deep, dull ache.", 4.0);
        break;
    case StructureKind::Artery:
        if (!first) break;
        hurt(4.0, 2.0);
        speak("Ow, that was sharp.", 4.0);
        break;
    default:
        break;
    }
}

void Stepper::punctured(const tissue::NeedleEvent& e, SyringeState& y) {
    const tissue::NeedleState& n = s_.needle;
    s_.pass = {};
    s_.probe.fascia_mm = -1.0;
    s_.probe.advanced_mm = s_.probe.seen_mm = 0.0;
    s_.pass.number = 1;
    s_.pass.entered = s_.now;
    s_.pass.axis = n.course;
    s_.pass.lowest_mm = 0.0;
    s_.pass.clearance_at = Vec3(1e9);
    s_.pass.entry_normal = anatomy::nearest_skin(body_, n.entry).normal;
    s_.pass.tip_path.push_back(n.entry);
    y.used = true;
    y.out_of_skin = -1;

    state_skin("needle", n.entry);
    const bool in_field =
        s_.prep.placed() && glm::length(n.entry - s_.prep.centre()) <= tissue::SkinPrep::kField_mm;
    const bool wet = in_field && !s_.prep.agent().empty() && s_.prep.state().dryness < 1.0;
    const tissue::SkinPass pass{y.gauge, numb_at(n.entry), wet, n.speed_mm_s, y.burred};
    const double pain = tissue::skin_pass_pain(parameters_, pass, s_.random.uniform());
    events::Punctured p;
    p.tool = s_.tool;
    p.entry = geometry::point(n.entry);
    p.angle = Degrees(tissue::angle_to_skin_deg(n.axis, s_.pass.entry_normal));
    p.force = Newtons(e.force_N);
    p.from_mark = Millimetres(s_.mark ? glm::length(n.entry - *s_.mark) : -1.0);
    p.pain = pain;
    emit(std::move(p));
    emit(events::TipMoved{"skin", StructureKind::Skin, true, Millimetres(0.0), Newtons(e.force_N)});
    hurt(pain, 1.5);
    speak(pain >= 5.0   ? "Ouch!"
          : pain >= 3.0 ? "Ow."
          : pain >= 1.5 ? "A small prick."
                        : "I hardly felt that.",
          pain);
}

void Stepper::follow_pass() {
    PassState& p = s_.pass;
    const tissue::NeedleState& n = s_.needle;
    p.bend_deg = std::max(p.bend_deg, n.lateral_deg);
    if (s_.activity == "fix_band" && n.lateral_deg > kGripLost_deg) end_activity(); // the fingers slip off
    const double withdrawn = p.max_depth_mm - p.lowest_mm;
    const double advanced = n.depth_mm - p.lowest_mm;
    if (withdrawn >= kPassWithdrawn_mm && advanced >= kPassAdvanced_mm &&
        (geometry::angle_deg(n.course, p.axis) > kPassTurned_deg || p.lowest_mm <= kPassShallow_mm)) {
        end_pass(p.lowest_mm);
    }
    if (n.depth_mm >= p.max_depth_mm) {
        p.max_depth_mm = p.lowest_mm = n.depth_mm;
        p.axis = n.course;
    }
    p.lowest_mm = std::min(p.lowest_mm, n.depth_mm);
    for (const anatomy::Band& b : body_.bands()) {
        if (b.target) p.nearest_target_mm = std::min(p.nearest_target_mm, glm::length(n.tip() - b.centre));
    }
    if (p.tip_path.empty() || glm::length(n.tip() - p.tip_path.back()) >= kPathStep_mm)
        p.tip_path.push_back(n.tip());
    if (p.aspirated && glm::length(n.tip() - p.aspirated_at) > kAspirationHolds_mm) p.aspirated = false;
}

void Stepper::follow_tip() {
    const tissue::TipPlace place = tissue::tip_place(body_, s_.needle);
    const bool entered = place.in_nodule && !s_.pass.in_nodule;
    s_.pass.in_nodule = place.in_nodule;
    const anatomy::Band* b = band(place.band);
    if (!entered || b == nullptr) return;
    const double pain = std::min(8.0, 0.8 * b->pain_on_pressure);
    int& twitches = s_.twitches[place.band];
    const bool jumps = s_.random.chance(tissue::needle_twitch_chance(parameters_, *b, twitches));
    const double size_mm =
        tissue::twitch_mm(parameters_, *b, twitches, blocked(place.band), s_.random.uniform());
    if (jumps && size_mm >= tissue::kTwitchSeen_mm) {
        ++twitches;
        emit(events::Twitch{b->id, true, Millimetres(size_mm)});
        hurt(pain, 2.0);
        speak("Oh! It jumped.", pain);
    } else if (s_.pass.hurt.insert(-100 - place.band).second) { // said once for each nodule
        hurt(pain, 2.0);
        speak(b->state == anatomy::PointState::Active ? "That is it, that is the pain I know."
                                                      : "That is a sore spot.",
              pain);
    }
}

bool Stepper::blocked(int band) const {
    const auto at = s_.blocked.find(band);
    return at != s_.blocked.end() && s_.now >= at->second;
}

void Stepper::measure_clearance() {
    const Vec3 tip = s_.needle.tip();
    if (glm::length(tip - s_.pass.clearance_at) < kClearanceStep_mm) return;
    s_.pass.clearance_at = tip;
    for (const anatomy::NearHazard& h : anatomy::hazards_near(body_, tip, kClearanceRange_mm)) {
        const auto [at, fresh] =
            s_.pass.clearance_mm.try_emplace(static_cast<int>(h.structure.index), h.distance_mm);
        if (!fresh) at->second = std::min(at->second, h.distance_mm);
    }
}

void Stepper::end_pass(double withdrawn_to_mm) {
    PassState& p = s_.pass;
    for (const auto& [index, distance] : p.clearance_mm) {
        const anatomy::Structure& hazard =
            body_.atlas().structure(StructureId{static_cast<std::uint32_t>(index)});
        emit(events::Clearance{hazard.id, hazard.kind, Millimetres(distance)});
    }
    events::NeedlePass pass;
    pass.number = p.number;
    pass.max_depth = Millimetres(p.max_depth_mm);
    pass.nearest_to_target = Millimetres(p.nearest_target_mm < 1e9 ? p.nearest_target_mm : -1.0);
    pass.bend = Degrees(p.bend_deg);
    pass.withdrawn_to = Millimetres(withdrawn_to_mm);
    pass.hub = p.hub;
    pass.through = p.through;
    emit(std::move(pass));

    ++p.finished_passes;
    ++p.number;
    p.max_depth_mm = p.lowest_mm = s_.needle.depth_mm;
    p.axis = s_.needle.course;
    p.nearest_target_mm = 1e9;
    p.bend_deg = 0.0;
    p.hub = false;
    p.through.clear();
    p.clearance_mm.clear();
}

void Stepper::out_of_skin(SyringeState& y) {
    release_plunger(y);
    y.rate_mL_s = 0.0;
    end_pass(0.0);
    emit(events::TipMoved{"skin", StructureKind::Skin, false, Millimetres(0.0), Newtons(0.0)});
    emit(events::NeedleOut{s_.tool, s_.pass.finished_passes, seconds_of(s_.now - s_.pass.entered)});
    state_followed();
    y.out_of_skin = s_.now;
    leak_back(y);
    begin_bleeding(y);
    s_.pass.in_nodule = s_.pass.aspirated = false;
}

} // namespace tb::session
