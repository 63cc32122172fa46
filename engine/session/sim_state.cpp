#include "session/sim_state.h"

#include "base/hash.h"

namespace tb::session {
namespace {

/// Adds values of the kinds that the state is made of, in the order they are written down.
struct Hasher {
    StateHash hash;

    void add(double v) { hash.add(v); }
    void add(std::int64_t v) { hash.add(v); }
    void add(std::uint64_t v) { hash.add(static_cast<std::int64_t>(v)); }
    void add(std::uint32_t v) { hash.add(static_cast<std::int64_t>(v)); }
    void add(int v) { hash.add(static_cast<std::int64_t>(v)); }
    void add(bool v) { hash.add(static_cast<std::int64_t>(v)); }
    void add(const std::string& v) { hash.add(std::string_view(v)); }
    void add(const geometry::Vec3& v) {
        hash.add(v.x);
        hash.add(v.y);
        hash.add(v.z);
    }
    template <class E>
    requires std::is_enum_v<E>
    void add(E v) { hash.add(static_cast<std::int64_t>(v)); }
    template <class T>
    void add(const std::optional<T>& v) {
        add(v.has_value());
        if (v) add(*v);
    }
    template <class T>
    void add(const std::vector<T>& v) {
        add(static_cast<std::int64_t>(v.size()));
        for (const T& x : v)
            add(x);
    }
    template <class T>
    void add(const std::set<T>& v) {
        add(static_cast<std::int64_t>(v.size()));
        for (const T& x : v)
            add(x);
    }
    template <class K, class V>
    void add(const std::map<K, V>& v) {
        add(static_cast<std::int64_t>(v.size()));
        for (const auto& [key, value] : v) {
            add(key);
            add(value);
        }
    }
    void add(const events::ToolPose& p) {
        all(p.tool, geometry::vec(p.tip), geometry::vec(p.axis), p.press.value());
    }
    template <class... T>
    void all(const T&... v) {
        (add(v), ...);
    }
};

void add(Hasher& h, const FingerState& f) {
    h.all(f.touching, f.pincer, f.point, f.inward, f.press_N, f.indentation_mm, f.stiffness_N_per_mm,
          f.lateral_N, f.band_shown, f.nodule_shown, f.band, f.pain);
    for (const float p : f.pressure_kPa)
        h.add(static_cast<double>(p));
    h.add(f.relaxation.elastic_N);
    for (const double part : f.relaxation.fading_N)
        h.add(part);
    h.all(f.strum.last, f.strum.touching, f.strum.speed_mm_s, f.strum.drag_N, f.strum.released, f.strum.cue,
          f.strum.nodule_cue, f.strum.band);
    h.all(f.stroke_start, f.hold_start, f.stroke_across_mm, f.stroke_peak_N, f.stroke_best_band,
          f.stroke_best_nodule, f.stroke_band, f.stroke_muscle, f.stroke_best_at, f.still_since,
          f.still_point, f.stroke_open, f.stroke_stated);
    h.all(f.hold_point, f.hold_force_sum, f.hold_pain, f.hold_referred, f.hold_recognised, f.band_felt,
          f.band_felt_at, f.column_at, f.muscle, f.nodule, f.nodule_distance_mm);
    h.all(f.felt_at, f.felt_band, f.felt_nodule, f.felt_pain, f.felt_press_N, f.said_level);
}

void add(Hasher& h, const AlgometerState& a) {
    h.all(a.touching, a.point, a.inward, a.press_N, a.indentation_mm, a.relaxation.elastic_N, a.pressure,
          a.peak, a.pain, a.since, a.hurts_since, a.said, a.said_level, a.column_at);
    for (const double part : a.relaxation.fading_N)
        h.add(part);
    for (const double p : a.lately)
        h.add(p);
}

void add(Hasher& h, const SyringeState& y) {
    h.all(y.gauge, y.length_mm, y.burred, y.used, y.agent, y.volume_mL, y.drawn_mL, y.air_mL, y.rate_mL_s,
          y.pulling, y.pull_start, y.blood_in_hub, y.out_of_skin, y.disposed, y.blood_since, y.air_seen,
          y.pushed_mL, y.peak_rate_mL_s, y.push_into, y.silicone, y.roll_deg, y.bent_deg, y.vacuum_kPa,
          y.flash_blocked, y.force_N, y.given_mL, y.stated_mL);
}

void add(Hasher& h, const tissue::NeedleState& n) {
    h.all(n.under_skin, n.entry, n.axis, n.depth_mm, n.dent_mm, n.force_N, n.on_bone, n.bone.index,
          n.wished_axis, n.track_mm, n.moving_N, n.lateral_deg, n.course, n.drift, n.bevel_away, n.speed_mm_s,
          n.wished_tip, n.stretched_mm, n.sliding, n.ahead_N, n.relaxed);
    for (const tissue::Inside& i : n.inside)
        h.all(i.structure.index, i.kind);
}

void add(Hasher& h, const PassState& p) {
    h.all(p.number, p.entered, p.max_depth_mm, p.nearest_target_mm, p.bend_deg, p.hub, p.aspirated,
          p.aspirated_at, p.clearance_mm, p.lowest_mm, p.axis, p.clearance_at, p.entry_normal,
          p.finished_passes, p.in_nodule, p.through, p.pierced, p.pierced_id, p.deposit_mL, p.deposit_at,
          p.hurt, p.tip_path);
}

void add(Hasher& h, const ProbeState& p) {
    h.all(p.held, p.covered, p.spoiled, p.pose.centre, p.pose.inward, p.pose.lateral, p.pose.width_mm,
          p.pose.press_N, p.depth_mm, p.gain_dB, p.frozen, p.frozen_at, p.fascia_mm, p.advanced_mm,
          p.seen_mm);
}

} // namespace

std::uint64_t SimState::hash() const {
    Hasher h;
    h.all(now, tool, posture, gloves, pose, previous_pose);
    add(h, finger);
    h.all(mark, mark_normal, prep.hash(), prep_dry_stated, prep_touch_stated, antiseptic, contact,
          contact_since, contact_at, contact_step, contact_moved, gloves_spoiled, gauze_N, needle_rest);
    add(h, wheal);
    add(h, injection);
    add(h, needle);
    add(h, pass);
    for (const DepotState& d : depots)
        h.all(d.at, d.fibre, d.along_mm, d.across_mm, d.volume_mL, d.wheal);
    h.all(bleed.on, bleed.clotted, bleed.lost_mL, bleed.haematoma_mL, bleed.time_s, bleed_source, bleed_at);
    h.all(spray.on, spray.target, spray.seconds, spray.distance_sum, activity, activity_start, numb_centre,
          numb_from, numb_until, numb_radius_mm, numb_stated, twitches, relief, blocked, cough_at);
    h.all(tray, said, documented, hands, pain_now, pain_until, last_words, last_words_at, referred, finished,
          decision, procedure.hash(), random.state());
    // Without them as in logs of before there were probes and algometers.
    if (probe.used) add(h, probe);
    if (algometer.used) add(h, algometer);
    return h.hash.value();
}

} // namespace tb::session
