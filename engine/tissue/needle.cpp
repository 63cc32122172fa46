#include "tissue/needle.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace tb::tissue {
namespace {

using anatomy::Crossing;
using geometry::Vec3;
using std::numbers::pi;

constexpr double kAboveEntry_mm = 4.0; // where a query starts outside the skin, along the needle
constexpr double kAhead_mm =
    8.0; // how much further than the wish a query looks: more than twice the longest dent
constexpr double kStill_mm = 1e-9;       // less movement than this is none
constexpr double kRelease_mm = 0.2;      // pulling back this far ends a touch of bone or of the hub (est.)
constexpr double kMostTurned_deg = 60.0; // a larger turn levers no more
constexpr double kTension_mm = 0.3;     // way in which the force at the tip follows what the tip meets (est.)
constexpr double kTrackSlack_mm = 0.05; // a drifting needle meets a wall again this much off its own cut
constexpr double kGlide_mm =
    0.5; // a tip on bone glides along it while the needle turns, up to this much a step
constexpr double kSpeedOver_s =
    0.03; // the tip's speed is averaged over this: a mouse reports in jumps (est.)
constexpr double kSearch_mm[] = {10.0, 40.0,
                                 120.0}; // how far back from a tip below the skin its surface is looked for

NeedleTissue wall_of(StructureKind kind) {
    switch (kind) {
    case StructureKind::Skin:
        return NeedleTissue::Skin;
    case StructureKind::Muscle:
        return NeedleTissue::Fascia;
    case StructureKind::Tendon:
        return NeedleTissue::Tendon;
    case StructureKind::Bone:
        return NeedleTissue::Bone;
    case StructureKind::Cartilage:
        return NeedleTissue::Cartilage;
    case StructureKind::Vein:
        return NeedleTissue::Vein;
    case StructureKind::Artery:
        return NeedleTissue::Artery;
    case StructureKind::Nerve:
    case StructureKind::Canal:
        return NeedleTissue::Nerve; // a sheath as well
    case StructureKind::Pleura:
        return NeedleTissue::Pleura;
    case StructureKind::Lung:
        return NeedleTissue::Lung;
    case StructureKind::Organ:
        return NeedleTissue::Muscle;
    case StructureKind::Outside:
    case StructureKind::Subcutis:
        break;
    }
    return NeedleTissue::Subcutis;
}

NeedleTissue body_of(StructureKind kind) {
    return kind == StructureKind::Muscle ? NeedleTissue::Muscle : wall_of(kind);
}

/// Which of several structures that hold the tip matters most.
int weight_of(StructureKind kind) {
    constexpr StructureKind kOrder[] = {
        StructureKind::Outside, StructureKind::Subcutis,  StructureKind::Skin,   StructureKind::Muscle,
        StructureKind::Tendon,  StructureKind::Cartilage, StructureKind::Organ,  StructureKind::Nerve,
        StructureKind::Vein,    StructureKind::Artery,    StructureKind::Pleura, StructureKind::Lung,
        StructureKind::Canal,   StructureKind::Bone};
    return static_cast<int>(std::find(std::begin(kOrder), std::end(kOrder), kind) - std::begin(kOrder));
}

/// Unit vector along `v` across `axis`; where `v` lies along the axis, some vector across it.
Vec3 across(const Vec3& v, const Vec3& axis) {
    const Vec3 side = v - glm::dot(v, axis) * axis;
    return glm::length(side) > 0.05 ? glm::normalize(side) : geometry::tangents_of(axis).e1;
}

double averaged_speed(double before_mm_s, double way_mm, double dt_s) {
    return before_mm_s + (std::abs(way_mm) / dt_s - before_mm_s) * -std::expm1(-dt_s / kSpeedOver_s);
}

bool same(const Inside& a, const Crossing& c) {
    return a.kind == c.kind && (a.kind == StructureKind::Skin || a.structure == c.structure);
}

bool holds(const Crossing& c, double depth_mm) {
    return c.enter_mm <= depth_mm && depth_mm < c.leave_mm;
}

/// One step of an inserted needle; collects events while it goes.
class Step {
public:
    Step(const Parameters& parameters, const anatomy::Body& body, NeedleBody& needle, NeedleState& state)
        : parameters_(parameters), body_(body), needle_(needle), state_(state) {}

    std::vector<NeedleEvent> outside(const Vec3& wished_tip, const Vec3& wished_axis, double dt_s);
    std::vector<NeedleEvent> under_skin(const Vec3& wished_tip, const Vec3& wished_axis, double dt_s);

private:
    void turn(const Vec3& wished_axis);
    void drift(double before_mm);
    void bend(double beyond_bone_N);
    void look(double to_mm);
    [[nodiscard]] std::vector<Crossing>::const_iterator first_bone() const;
    double stop_at_bone(double wished_mm);
    void go_deeper(double from_mm, double to_mm);
    void draw_back(double from_mm, double to_mm);
    void settle(double depth_mm);
    void feel(double before_mm, double bone_N, double dt_s);
    void out_of_skin();
    void enter(const Crossing& c, double depth_mm, double force_N);
    void leave(const Inside& what, double depth_mm, double past_mm = 0.0);
    [[nodiscard]] bool is_inside(const Crossing& c) const {
        return std::any_of(state_.inside.begin(), state_.inside.end(),
                           [&c](const Inside& i) { return same(i, c); });
    }
    /// Depth at which the wall of this stretch gives way: its dent, at most half its length, and not before
    /// `after_mm`.
    [[nodiscard]] double gives_way_mm(const Crossing& c, double after_mm) const;
    [[nodiscard]] double tearing(double depth_mm) const {
        return depth_mm < state_.track_mm - kTrackSlack_mm ? 1.0 - parameters_.value("needle.share_tear")
                                                           : 1.0;
    }
    [[nodiscard]] NeedleTissue tissue_at_tip() const;
    [[nodiscard]] double kinetic_N() const;
    [[nodiscard]] double friction_N(double moved_mm);

    const Parameters& parameters_;
    const anatomy::Body& body_;
    NeedleBody& needle_;
    NeedleState& state_;
    std::vector<Crossing> crossings_; // along the axis, depths from the entry
    std::vector<NeedleEvent> events_;
};

double Step::gives_way_mm(const Crossing& c, double after_mm) const {
    const double dent =
        puncture_dent_mm(parameters_, needle_, wall_of(c.kind), state_.speed_mm_s) * tearing(c.enter_mm);
    return std::max(c.enter_mm + std::min(dent, 0.5 * (c.leave_mm - c.enter_mm)), after_mm);
}

void Step::enter(const Crossing& c, double depth_mm, double force_N) {
    state_.inside.push_back({c.structure, c.kind});
    events_.push_back({NeedleEvent::Kind::Entered, c.structure, c.kind, depth_mm, force_N});
}

void Step::leave(const Inside& what, double depth_mm, double past_mm) {
    events_.push_back(
        {NeedleEvent::Kind::Left, what.structure, what.kind, depth_mm, state_.force_N, past_mm});
    state_.inside.erase(std::find(state_.inside.begin(), state_.inside.end(), what));
}

void Step::look(double to_mm) {
    const Vec3 from = state_.entry - state_.axis * kAboveEntry_mm;
    const Vec3 to = state_.entry + state_.axis * (to_mm + kAhead_mm);
    crossings_ = anatomy::path_crossings(body_, from, to);
    // The path's own first skin crossing is the entry, within rounding: depths count from there.
    std::stable_sort(crossings_.begin(), crossings_.end(),
                     [](const Crossing& a, const Crossing& b) { return a.enter_mm < b.enter_mm; });
}

std::vector<NeedleEvent> Step::outside(const Vec3& wished_tip, const Vec3& wished_axis, double dt_s) {
    // The tip's way since the last step; a needle that comes down on the skin from the air has no last step.
    const double way =
        state_.wished_axis == Vec3(0.0) ? 0.0 : glm::dot(wished_tip - state_.wished_tip, wished_axis);
    const double speed_mm_s = averaged_speed(state_.speed_mm_s, way, dt_s);
    state_ = NeedleState{};
    state_.wished_tip = wished_tip;
    state_.axis = state_.course = state_.wished_axis = wished_axis;
    state_.entry = wished_tip;
    state_.speed_mm_s = speed_mm_s;
    if (anatomy::skin_depth(body_, wished_tip) >= 0.0) return {};
    std::optional<anatomy::SkinPoint> hit;
    for (const double back : kSearch_mm) {
        const Vec3 origin = wished_tip - wished_axis * back;
        if (anatomy::skin_depth(body_, origin) <= 0.0) continue;
        hit = anatomy::skin_hit(body_, origin, wished_axis);
        if (hit) break;
    }
    if (!hit) return {}; // pointing out of the body
    const double dent = glm::dot(wished_tip - hit->point, wished_axis);
    if (!(dent > 0.0)) return {};
    state_.entry = hit->point;
    const double peak = puncture_force_N(parameters_, needle_, NeedleTissue::Skin, speed_mm_s);
    state_.dent_mm = dent;
    state_.force_N = state_.moving_N = dent_force_N(parameters_.layer(NeedleTissue::Skin), dent);
    if (dent < puncture_dent_mm(parameters_, needle_, NeedleTissue::Skin, speed_mm_s)) return {};

    state_.under_skin = true;
    state_.dent_mm = 0.0;
    state_.bevel_away = across(-hit->normal, wished_axis);
    const StructureId skin = body_.atlas().skin();
    state_.inside.push_back({skin, StructureKind::Skin});
    events_.push_back({NeedleEvent::Kind::SkinPunctured, skin, StructureKind::Skin, 0.0, peak});
    return std::move(events_);
}

void Step::turn(const Vec3& wished_axis) {
    const double free_mm = parameters_.value("needle.free_pivot_depth");
    if (state_.depth_mm <= free_mm) {
        if (wished_axis != state_.course) state_.track_mm = 0.0;
        state_.course = wished_axis;
    } else if (wished_axis != state_.wished_axis) {
        // The shaft follows a turn the less, the deeper it is held (square law est.).
        const double share = free_mm / state_.depth_mm;
        const Vec3 turned = state_.course + (wished_axis - state_.wished_axis) * (share * share);
        if (glm::dot(turned, state_.course) > 0.0) state_.course = glm::normalize(turned);
        state_.track_mm = 0.0;
    }
    state_.wished_axis = wished_axis;
    state_.axis = glm::normalize(state_.course + state_.drift);
    state_.lateral_deg = geometry::angle_deg(state_.course, wished_axis);
}

void Step::drift(double before_mm) {
    const double to_mm = state_.depth_mm;
    if (to_mm <= before_mm) { // back on the same way
        state_.drift *= before_mm > 0.0 ? std::max(0.0, to_mm) / before_mm : 0.0;
        return;
    }
    // On a circle of radius R the chord to a tip s further on turns by s / 2R, away from the bevel's face.
    const Vec3 side = across(state_.bevel_away, state_.course);
    const double roll = needle_.roll_deg * pi / 180.0;
    const Vec3 away = side * std::cos(roll) + glm::cross(state_.course, side) * std::sin(roll);
    state_.drift += away * ((to_mm - before_mm) / (2.0 * drift_radius_mm(parameters_)));
}

void Step::bend(double beyond_bone_N) {
    if (needle_.bent_deg > 0.0) return;
    const NeedleGauge& gauge = parameters_.nearest_gauge(needle_.gauge);
    const double free_mm = std::max(1.0, needle_.length_mm - state_.depth_mm);
    const double aside_mm =
        state_.depth_mm * std::tan(std::min(state_.lateral_deg, kMostTurned_deg) * pi / 180.0);
    const double sideways = sideways_N(parameters_, gauge, needle_.length_mm, aside_mm);
    const bool levered = sideways > yield_N(parameters_, gauge, needle_.length_mm);
    const bool buckled = beyond_bone_N > buckling_N(parameters_, gauge, free_mm);
    if (!levered && !buckled) return;
    needle_.bent_deg = parameters_.value("needle.bent_angle");
    events_.push_back({NeedleEvent::Kind::Bent, state_.bone,
                       state_.on_bone ? StructureKind::Bone : StructureKind::Outside, state_.depth_mm,
                       levered ? sideways : beyond_bone_N});
}

double Step::stop_at_bone(double wished_mm) {
    const auto bone = first_bone();
    if (bone == crossings_.end() || wished_mm < bone->enter_mm) {
        if (state_.on_bone && (bone == crossings_.end() || wished_mm < bone->enter_mm - kRelease_mm)) {
            state_.on_bone = false;
            state_.bone = {};
        }
        return wished_mm;
    }
    state_.bone = bone->structure;
    return bone->enter_mm;
}

std::vector<Crossing>::const_iterator Step::first_bone() const {
    return std::find_if(crossings_.begin(), crossings_.end(),
                        [](const Crossing& c) { return c.kind == StructureKind::Bone && c.enter_mm >= 0.0; });
}

void Step::go_deeper(double from_mm, double to_mm) {
    double pending_until = 0.0;
    for (const Crossing& c : crossings_) {
        if (c.kind == StructureKind::Bone || c.kind == StructureKind::Outside || c.leave_mm <= from_mm)
            continue;
        if (is_inside(c)) continue;
        const double gives = gives_way_mm(c, pending_until);
        if (c.enter_mm > to_mm) break;
        pending_until = std::max(pending_until, gives);
        if (gives > to_mm) continue;
        // Everything that ends before this wall gives way is left first.
        const std::vector<Inside> now = state_.inside;
        for (const Inside& i : now) {
            const auto end = std::find_if(crossings_.begin(), crossings_.end(), [&](const Crossing& o) {
                return same(i, o) && o.enter_mm <= gives && o.leave_mm > from_mm;
            });
            if (end != crossings_.end() && end->leave_mm <= gives)
                leave(i, end->leave_mm, end->leave_mm - std::max(0.0, end->enter_mm));
        }
        const NeedleTissue wall = wall_of(c.kind);
        const double peak =
            std::min(puncture_force_N(parameters_, needle_, wall, state_.speed_mm_s) * tearing(c.enter_mm),
                     dent_force_N(parameters_.layer(wall), std::max(0.0, gives - c.enter_mm)));
        enter(c, gives, peak);
    }
}

void Step::draw_back(double from_mm, double to_mm) {
    // From the deepest outward: a structure is left where it was entered, and met again where it ended.
    struct Change {
        double depth_mm;
        const Crossing* crossing;
        bool leaves;
    };
    std::vector<Change> changes;
    for (const Crossing& c : crossings_) {
        if (c.kind == StructureKind::Bone || c.kind == StructureKind::Outside) continue;
        if (c.enter_mm > to_mm && c.enter_mm <= from_mm) changes.push_back({c.enter_mm, &c, true});
        if (c.leave_mm > to_mm && c.leave_mm <= from_mm) changes.push_back({c.leave_mm, &c, false});
    }
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return a.depth_mm != b.depth_mm ? a.depth_mm > b.depth_mm : a.leaves && !b.leaves;
    });
    for (const Change& change : changes) {
        const Inside what{change.crossing->structure, change.crossing->kind};
        const bool inside = is_inside(*change.crossing);
        if (change.leaves && inside) leave(what, change.depth_mm);
        if (!change.leaves && !inside) enter(*change.crossing, change.depth_mm, 0.0); // through its own hole
    }
}

void Step::settle(double depth_mm) {
    // After a turn, or past the end of a structure: what no longer holds the tip is left.
    const std::vector<Inside> now = state_.inside;
    for (const Inside& i : now) {
        const bool held = std::any_of(crossings_.begin(), crossings_.end(),
                                      [&](const Crossing& c) { return same(i, c) && holds(c, depth_mm); });
        if (held) continue;
        double end = depth_mm, past = 0.0;
        for (const Crossing& c : crossings_) {
            if (!same(i, c) || c.leave_mm > depth_mm) continue;
            end = c.leave_mm;
            past = c.leave_mm - std::max(0.0, c.enter_mm);
        }
        leave(i, end, past);
    }
}

NeedleTissue Step::tissue_at_tip() const {
    StructureKind kind = StructureKind::Subcutis;
    for (const Inside& i : state_.inside) {
        if (weight_of(i.kind) > weight_of(kind)) kind = i.kind;
    }
    if (kind != StructureKind::Muscle) return body_of(kind);
    NeedleTissue found = NeedleTissue::Muscle;
    const Vec3 tip = state_.tip();
    for (const anatomy::Band& band : body_.bands()) {
        if (glm::distance(tip, band.centre) <= band.nodule_radius_mm) return NeedleTissue::Nodule;
        if (anatomy::distance_to_band(band, tip) <= band.radius_mm) found = NeedleTissue::Band;
    }
    return found;
}

double Step::kinetic_N() const {
    double sum = 0.0;
    for (const Crossing& c : crossings_) {
        if (c.kind == StructureKind::Bone || c.kind == StructureKind::Outside) continue;
        const double length = std::min(c.leave_mm, state_.depth_mm) - std::max(0.0, c.enter_mm);
        if (length > 0.0) sum += parameters_.layer(body_of(c.kind)).friction_N_per_mm * length;
    }
    return sum * needle_scale(parameters_, needle_);
}

double Step::friction_N(double moved_mm) {
    // The tissue goes along with the shaft for half a millimetre, then lets go with a small drop and slides.
    const double hold_mm = parameters_.value("needle.stick_travel");
    const double drop = parameters_.value("needle.stick_ratio");
    double& stretched = state_.stretched_mm;
    if (state_.sliding && moved_mm * stretched < 0.0) state_.sliding = false;
    if (!state_.sliding) {
        stretched += moved_mm;
        if (std::abs(stretched) >= hold_mm) state_.sliding = true;
    }
    if (state_.sliding) stretched = std::copysign(hold_mm / drop, stretched);
    const double held = kinetic_N() * drop * stretched / hold_mm;
    return std::max(0.0,
                    moved_mm >= 0.0 ? held : -held); // what still leans the other way does not pull the hand
}

void Step::feel(double before_mm, double bone_N, double dt_s) {
    const double moved = state_.depth_mm - before_mm;
    state_.dent_mm = 0.0;
    double pressing = 0.0, pressed_before = 0.0;
    if (moved >= 0.0) {
        double pending_until = 0.0;
        for (const Crossing& c : crossings_) { // the first wall that is being dented and holds
            if (c.kind == StructureKind::Bone || is_inside(c) || c.kind == StructureKind::Outside) continue;
            if (!(c.enter_mm < state_.depth_mm) || c.leave_mm <= state_.depth_mm) continue;
            const double gives = gives_way_mm(c, pending_until);
            if (gives <= state_.depth_mm) continue;
            const NeedleLayer& wall = parameters_.layer(wall_of(c.kind));
            state_.dent_mm = state_.depth_mm - c.enter_mm;
            pressing = dent_force_N(wall, state_.dent_mm);
            pressed_before = dent_force_N(wall, std::max(0.0, state_.dent_mm - moved));
            break;
        }
    }
    if (std::abs(moved) < kStill_mm && bone_N <= 0.0) {
        // At rest the force falls by half with a time constant of 6 s.
        const double rest = 1.0 - parameters_.value("needle.hold_relax_fraction");
        state_.relaxed =
            rest + (state_.relaxed - rest) * std::exp(-dt_s / parameters_.value("needle.hold_relax_tau"));
        state_.force_N = state_.relaxed * state_.moving_N;
        return;
    }
    const double cutting = parameters_.layer(tissue_at_tip()).cutting_N * needle_scale(parameters_, needle_) *
                           speed_factor(parameters_, state_.speed_mm_s) * tearing(before_mm);
    // The tissue takes a little way to come under tension and to lose it; a wall that gives way lets go at
    // once.
    const double catching_up = -std::expm1(-std::abs(moved) / kTension_mm);
    double& ahead = state_.ahead_N;
    if (std::any_of(events_.begin(), events_.end(),
                    [](const NeedleEvent& e) { return e.kind == NeedleEvent::Kind::Entered; })) {
        ahead = std::min(ahead, cutting);
    }
    const double toward = moved <= 0.0 ? 0.0 : pressing > 0.0 ? pressing : cutting;
    if (moved > 0.0) ahead += pressing - pressed_before;
    ahead += (toward - ahead) * catching_up;
    state_.relaxed += (1.0 - state_.relaxed) * catching_up;
    state_.moving_N = friction_N(moved) + ahead;
    state_.force_N = state_.relaxed * state_.moving_N + bone_N;
}

void Step::out_of_skin() {
    const Vec3 axis = state_.wished_axis;
    const std::vector<Inside> now(state_.inside.rbegin(), state_.inside.rend());
    for (const Inside& i : now)
        leave(i, 0.0);
    events_.push_back({NeedleEvent::Kind::OutOfSkin, {}, StructureKind::Outside, 0.0, 0.0});
    needle_.silicone = silicone_after_skin(parameters_, needle_.silicone); // the next pass is drier
    const Vec3 entry = state_.entry;
    state_ = NeedleState{};
    state_.entry = entry;
    state_.axis = state_.course = state_.wished_axis = axis;
}

std::vector<NeedleEvent> Step::under_skin(const Vec3& wished_tip, const Vec3& wished_axis, double dt_s) {
    const double before = state_.depth_mm;
    const Vec3 axis_before = state_.axis, course_before = state_.course;
    turn(wished_axis);
    const double limit = std::max(0.0, needle_.length_mm);
    const auto wish_along = [&] {
        return std::min(glm::dot(wished_tip - state_.entry, state_.course), limit);
    };
    double wished = wish_along();
    if (wished <= 0.0) {
        look(before);
        draw_back(before, 0.0);
        out_of_skin();
        return std::move(events_);
    }
    look(std::max(wished, before) + kRelease_mm);
    if (state_.axis != axis_before) {
        const auto bone = first_bone();
        if (bone != crossings_.end() &&
            bone->enter_mm < before - kGlide_mm) { // the shaft cannot turn through bone
            state_.axis = axis_before;
            state_.course = course_before;
            state_.lateral_deg = geometry::angle_deg(state_.course, wished_axis);
            wished = std::max(wish_along(), kGlide_mm);
            look(std::max(wished, before) + kRelease_mm);
        }
    }
    const double to = stop_at_bone(wished);
    state_.depth_mm = to;
    if (state_.course != course_before) settle(to); // turned: what it then lies in comes first
    if (to >= before) {
        go_deeper(before, to);
    } else {
        draw_back(before, to);
    }
    settle(to);

    state_.speed_mm_s = averaged_speed(state_.speed_mm_s, to - before, dt_s);
    double bone_N = 0.0, pushed_N = 0.0;
    if (to < wished) {
        const NeedleGauge& gauge = parameters_.nearest_gauge(needle_.gauge);
        const double free_mm = std::max(1.0, needle_.length_mm - to);
        pushed_N = parameters_.value("needle.bone_k") * (wished - to);
        bone_N = std::min(pushed_N, buckling_N(parameters_, gauge, free_mm));
    }
    feel(before, bone_N, dt_s);
    drift(before);
    state_.track_mm = std::max(state_.track_mm, to - state_.dent_mm);
    if (to < wished && !state_.on_bone) {
        state_.on_bone = true;
        needle_.burred = true;
        events_.push_back(
            {NeedleEvent::Kind::BoneContact, state_.bone, StructureKind::Bone, to, state_.force_N});
    }
    bend(pushed_N);
    if (to >= limit && before < limit) {
        events_.push_back({NeedleEvent::Kind::HubAtSkin, {}, StructureKind::Outside, to, state_.force_N});
    }
    return std::move(events_);
}

bool finite(const Vec3& v) {
    return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

} // namespace

std::vector<NeedleEvent> advance(const Parameters& parameters, const anatomy::Body& body, NeedleBody& needle,
                                 const Vec3& wished_tip, const Vec3& wished_axis, double dt_s,
                                 NeedleState& state) {
    const double length = glm::length(wished_axis);
    if (!finite(wished_tip) || !finite(wished_axis) || !(length > 0.0) || !(dt_s > 0.0)) return {};
    const Vec3 axis = wished_axis / length;
    Step step(parameters, body, needle, state);
    return state.under_skin ? step.under_skin(wished_tip, axis, dt_s) : step.outside(wished_tip, axis, dt_s);
}

double largest_force_step_N(const Parameters& parameters, const NeedleBody& needle, double moved_mm) {
    double steepest = 0.0, grip = 0.0;
    const double scale = needle_scale(parameters, needle) *
                         (needle.burred ? parameters.value("needle.burr_factor") : 1.0) *
                         speed_factor(parameters, 1e9);
    for (int t = 0; t < static_cast<int>(NeedleTissue::Count); ++t) {
        const NeedleLayer& layer = parameters.layer(static_cast<NeedleTissue>(t));
        const double most_N = std::max(layer.puncture_N, layer.cutting_N) * scale;
        const double dent = puncture_dent_mm(parameters, needle, static_cast<NeedleTissue>(t), 1e9);
        steepest =
            std::max(steepest, layer.k_N_per_mm + 2.0 * layer.k2_N_per_mm2 * dent + most_N / kTension_mm);
        grip = std::max(grip, layer.friction_N_per_mm);
    }
    const double drop = parameters.value("needle.stick_ratio");
    const double held_N = grip * needle.length_mm * scale * drop;
    const double slip = held_N * (1.0 - 1.0 / drop);
    const double follows =
        held_N / parameters.value("needle.stick_travel") + parameters.value("needle.bone_k");
    return slip + (steepest + follows) * std::abs(moved_mm);
}

TipPlace tip_place(const anatomy::Body& body, const NeedleState& state) {
    TipPlace out;
    if (!state.under_skin) return out;
    out.kind = StructureKind::Subcutis;
    if (state.on_bone) {
        out.structure = state.bone;
        out.kind = StructureKind::Bone;
        return out;
    }
    for (const Inside& i : state.inside) {
        if (weight_of(i.kind) < weight_of(out.kind)) continue;
        out.kind = i.kind;
        out.structure = i.kind == StructureKind::Skin ? StructureId{} : i.structure;
    }
    if (out.kind != StructureKind::Muscle) return out;
    const Vec3 tip = state.tip();
    double nearest = 1e9;
    for (std::size_t b = 0; b < body.bands().size(); ++b) {
        const anatomy::Band& band = body.bands()[b];
        const bool in_nodule = glm::distance(tip, band.centre) <= band.nodule_radius_mm;
        const double distance = in_nodule ? 0.0 : anatomy::distance_to_band(band, tip);
        if ((!in_nodule && distance > band.radius_mm) || distance >= nearest) continue;
        nearest = distance;
        out.band = static_cast<int>(b);
        out.in_nodule = in_nodule;
    }
    return out;
}

double angle_to_skin_deg(const Vec3& axis, const Vec3& outward_normal) {
    return 90.0 - geometry::angle_deg(axis, -outward_normal);
}

} // namespace tb::tissue
