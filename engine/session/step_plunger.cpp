// The plunger: aspirating, injecting, where the fluid goes and what it does.
#include <algorithm>
#include <cmath>

#include "session/stepper.h"
#include "tissue/injection.h"
#include "tissue/response.h"

namespace tb::session {
namespace {

using geometry::Vec3;

/// The strongest push of a thumb, N (est.), and the syringes in use, mL.
constexpr double kThumb_N = 60.0;
constexpr int kInjectionSyringe_mL = 3, kWhealSyringe_mL = 1;
/// Fluid this close below the skin raises a wheal, mm (est.).
constexpr double kInSkin_mm = 3.0;
/// Least volume that numbs the skin, mL, numb skin round the wheal and how long it lasts (est.).
constexpr double kWhealLeast_mL = 0.05, kNumbBeyond_mm = 5.0, kWhealNumb_s = 1800.0;
/// A deposit is told with the nearest point within this range, mm (finding.h).
constexpr double kPointReach_mm = 30.0;

} // namespace

SyringeState* Stepper::in_hand() {
    if (s_.tool == events::Tool::WhealNeedle) return &s_.wheal;
    if (s_.tool == events::Tool::Needle) return &s_.injection;
    return nullptr;
}

int Stepper::syringe_mL(events::Syringe which) {
    return which == events::Syringe::Wheal ? kWhealSyringe_mL : kInjectionSyringe_mL;
}

events::Syringe Stepper::which_in_hand() const {
    return s_.tool == events::Tool::WhealNeedle ? events::Syringe::Wheal : events::Syringe::Injection;
}

Stepper::Where Stepper::outlet() const {
    if (!s_.needle.under_skin) return {};
    const tissue::TipPlace place = tissue::tip_place(body_, s_.needle);
    if (place.structure.valid() && place.kind != StructureKind::Skin) {
        return {body_.atlas().structure(place.structure).id, place.kind};
    }
    if (-anatomy::skin_depth(body_, s_.needle.tip()) <= kInSkin_mm) return {"skin", StructureKind::Skin};
    return {"subcutis", StructureKind::Subcutis};
}

void Stepper::plunger_tick(SyringeState& y) {
    constexpr double dt = 1.0 / kTicksPerSecond;
    const tissue::NeedleGauge& gauge = *parameters_.gauge(y.gauge);
    if (y.pulling) {
        const StructureKind kind = outlet().kind;
        if (is_vessel(kind)) {
            if (y.blood_since < 0) {
                y.blood_since = s_.now;
                y.flash_blocked = s_.random.chance(parameters_.value("needle.flash_blocked"));
            }
            const double drawn_s = seconds_of(s_.now - y.blood_since).value();
            const double needed_s = tissue::aspiration_time_s(parameters_, gauge, y.length_mm, y.vacuum_kPa);
            if (!y.blood_in_hub && !y.flash_blocked && drawn_s >= needed_s) {
                y.blood_in_hub = true;
                session_.changed_ = true;
            }
        } else {
            y.blood_since = -1;
        }
        if (is_pleura(kind)) y.air_seen = true;
    }
    y.force_N = 0.0;
    if (y.rate_mL_s <= 0.0) return;
    const Where to = outlet();
    if (y.pushed_mL > 0.0 && to.structure != y.push_into) end_push(y, which_in_hand());
    const int syringe = syringe_mL(which_in_hand());
    const double counter_kPa =
        to.kind == StructureKind::Outside ? 0.0 : tissue::tissue_pressure_kPa(parameters_, to.kind);
    const double possible =
        tissue::flow_mL_s(parameters_, gauge, y.length_mm, syringe, kThumb_N, counter_kPa);
    const double rate = std::min(y.rate_mL_s, possible);
    const double volume = std::min(rate * dt, y.volume_mL);
    const auto force = y.pushed_mL == 0.0 ? tissue::plunger_start_N : tissue::plunger_force_N;
    y.force_N = force(parameters_, gauge, y.length_mm, syringe, rate, counter_kPa);
    if (y.pushed_mL == 0.0 && to.kind == StructureKind::Skin) {
        const auto* drug = scenario_.tables.drug(y.agent);
        const double pain = tissue::wheal_sting(parameters_, rate, drug != nullptr && drug->family != "none",
                                                numb_at(anatomy::nearest_skin(body_, s_.needle.tip()).point));
        hurt(pain, 3.0);
        if (pain >= 2.0) speak("It burns.", pain);
    }
    if (y.pushed_mL == 0.0 && to.kind == StructureKind::Nerve) {
        hurt(9.0, 4.0);
        speak("Stop! Electric, it is tearing!", 9.0);
    }
    y.push_into = to.structure;
    y.volume_mL -= volume;
    y.pushed_mL += volume;
    y.given_mL += volume;
    y.peak_rate_mL_s = std::max(y.peak_rate_mL_s, rate);
    if (y.volume_mL < 1e-9) {
        y.volume_mL = 0.0;
        end_push(y, which_in_hand());
        y.rate_mL_s = 0.0;
    }
    session_.changed_ = true;
}

void Stepper::release_plunger(SyringeState& y) {
    if (y.rate_mL_s > 0.0 || y.pushed_mL > 0.0) {
        end_push(y, which_in_hand());
        y.rate_mL_s = 0.0;
    }
    if (!y.pulling) return;
    y.pulling = false;
    events::Aspirated a;
    a.result = y.blood_in_hub ? "blood" : y.air_seen ? "air" : "clear";
    a.held = seconds_of(s_.now - y.pull_start);
    a.needed = Seconds(
        tissue::aspiration_time_s(parameters_, *parameters_.gauge(y.gauge), y.length_mm, y.vacuum_kPa));
    y.pull_start = y.blood_since = -1;
    s_.pass.aspirated = true;
    s_.pass.aspirated_at = s_.needle.tip();
    emit(std::move(a));
}

void Stepper::keep_depot(const Vec3& at, StructureKind kind, double volume_mL, const Vec3& fibre) {
    if (kind == StructureKind::Outside || is_vessel(kind) || is_pleura(kind)) return; // nothing stays there
    DepotState d;
    d.at = at;
    d.volume_mL = volume_mL;
    d.wheal = kind == StructureKind::Skin;
    if (d.wheal) {
        d.along_mm = d.across_mm = tissue::wheal_radius_mm(parameters_, volume_mL);
    } else {
        const tissue::Depot size = tissue::depot_size(parameters_, volume_mL);
        const bool along = glm::dot(fibre, fibre) > 0.0;
        d.fibre = fibre;
        d.along_mm = along ? size.along_mm : std::cbrt(size.along_mm * size.across_mm * size.across_mm);
        d.across_mm = along ? size.across_mm : d.along_mm;
    }
    s_.depots.push_back(d);
}

void Stepper::end_push(SyringeState& y, events::Syringe which) {
    if (y.pushed_mL <= 0.0) return;
    const auto* drug = scenario_.tables.drug(y.agent);
    const Vec3 tip =
        s_.needle.under_skin ? s_.needle.tip() : geometry::vec(s_.pose ? s_.pose->tip : PointMm{});
    events::Deposited d;
    d.syringe = which;
    d.agent = y.agent;
    // In hundredths, and what rounding keeps back goes with the next push: the sum is what left the syringe.
    d.volume = Millilitres(quantise(y.given_mL - y.stated_mL, 0.01));
    y.stated_mL += d.volume.value();
    d.dose = Milligrams(drug != nullptr ? d.volume.value() * drug->mg_per_mL : 0.0);
    d.peak_rate = MillilitresPerSecond(y.peak_rate_mL_s);
    const Where now = outlet();
    // The push may end because the tip has just gone elsewhere: the fluid is where it went.
    d.structure = y.push_into;
    d.kind = now.kind;
    if (now.structure != y.push_into) {
        const StructureId id = body_.atlas().find(y.push_into);
        d.kind = id.valid()                  ? body_.atlas().structure(id).kind
                 : y.push_into == "skin"     ? StructureKind::Skin
                 : y.push_into == "subcutis" ? StructureKind::Subcutis
                                             : StructureKind::Outside;
    }
    d.point = geometry::point(tip);
    d.depth = Millimetres(s_.needle.under_skin ? s_.needle.depth_mm : 0.0);
    d.aspirated = s_.pass.aspirated && s_.needle.under_skin;
    const int near = nearest_band(tip, kPointReach_mm);
    d.distance = Millimetres(-1.0);
    if (const anatomy::Band* b = band(near)) {
        d.trigger_point = b->id;
        d.distance = Millimetres(glm::length(b->centre - tip));
    }
    const double volume = y.pushed_mL;
    const StructureKind kind = d.kind;
    if (s_.needle.under_skin) {
        s_.pass.deposit_mL = volume;
        s_.pass.deposit_at = s_.now;
    }
    y.pushed_mL = y.peak_rate_mL_s = 0.0;
    emit(std::move(d));

    const auto muscle = kind == StructureKind::Muscle ? anatomy::in_muscle(body_, tip) : std::nullopt;
    keep_depot(tip, kind, volume, muscle ? muscle->fibre : Vec3(0.0));

    const bool numbing = drug != nullptr && drug->family != "none";
    if (kind == StructureKind::Skin && volume >= kWhealLeast_mL && numbing) {
        s_.numb_centre = anatomy::nearest_skin(body_, tip).point;
        s_.numb_radius_mm = tissue::wheal_radius_mm(parameters_, volume) + kNumbBeyond_mm;
        s_.numb_from = s_.now + ticks_of(Seconds(drug->onset_s));
        s_.numb_until = s_.numb_from + ticks_of(Seconds(kWhealNumb_s));
        s_.numb_stated = false;
    }
    if (kind == StructureKind::Muscle && near >= 0 && numbing) {
        // Fluid spreads along the fibres: a point along them is reached from farther away than one across.
        const Vec3 off = band(near)->centre - tip;
        const double along = muscle ? std::abs(glm::dot(off, muscle->fibre)) : 0.0;
        const double across = std::sqrt(std::max(0.0, glm::dot(off, off) - along * along));
        if (tissue::depot_reaches(parameters_, volume, along, across))
            s_.blocked.try_emplace(near, s_.now + ticks_of(Seconds(drug->onset_s)));
    }
    if (kind == StructureKind::Muscle && near >= 0) relieve(near, glm::length(band(near)->centre - tip));
}

} // namespace tb::session
