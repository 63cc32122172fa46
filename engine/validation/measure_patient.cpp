// Rows N21 to N24, H01 and V01: twitch, pain, bleeding and bruise, cues, accepted distance.
#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "procedure/machine.h"
#include "session/session.h"
#include "tissue/bleeding.h"
#include "tissue/palpation.h"
#include "tissue/response.h"
#include "validation/block.h"
#include "validation/measure.h"

namespace tb::validation {
namespace {

using Numbers = std::vector<double>;

constexpr int kPasses = 4000, kTreatments = 6000;

Numbers twitch_sequence(const Subject& s) {
    anatomy::Band band;
    band.pain_on_pressure = 8.0;
    Random random(1, "twitch-sequence");
    Numbers size;
    for (int i = 0; i < 8; ++i)
        size.push_back(tissue::twitch_mm(*s.parameters, band, i, false, random.uniform()));
    double change = 0.0;
    for (std::size_t i = 3; i < size.size(); ++i)
        change = std::max(change, std::abs(size[i] / size[i - 1] - 1.0));
    return {size[1] / size[0], size[2] / size[1], change};
}

Numbers blocked_twitch(const Subject& s) {
    const anatomy::Band band;
    return {tissue::twitch_mm(*s.parameters, band, 0, true, 0.5) /
            tissue::twitch_mm(*s.parameters, band, 0, false, 0.5)};
}

Numbers hurting_passes(const Subject& s) {
    Numbers out;
    for (const int gauge : {23, 27, 32}) {
        Random random(1, "skin-passes");
        int hurt = 0;
        for (int i = 0; i < kPasses; ++i) {
            tissue::SkinPass pass;
            pass.gauge = gauge;
            hurt += tissue::skin_pass_pain(*s.parameters, pass, random.uniform()) >= tissue::kHurts ? 1 : 0;
        }
        out.push_back(static_cast<double>(hurt) / kPasses);
    }
    return out;
}

events::Event event(Tick tick, std::variant<events::Action, events::Finding> what) {
    events::Event e;
    e.tick = tick;
    e.what = std::move(what);
    return e;
}

/// A treatment without fault as the procedure sees it: 25 G, three passes, 0.3 mL, two minutes of pressure.
bool bruises(const scenario::Scenario& scenario, std::uint64_t seed) {
    using events::Action, events::Finding;
    procedure::Machine machine(seed);
    Tick t = 0;
    const auto happens = [&](std::variant<Action, Finding> what) {
        machine.observe(scenario, event(t++, std::move(what)));
    };
    events::Punctured in;
    in.tool = events::Tool::Needle;
    events::NeedlePass pass;
    events::Deposited deposit;
    deposit.agent = "lidocaine_0_5";
    deposit.volume = Millilitres(0.3);
    deposit.dose = Milligrams(1.5);
    deposit.kind = StructureKind::Muscle;
    deposit.distance = Millimetres(2.0);
    deposit.aspirated = true;
    happens(Action(events::MountNeedle{events::Syringe::Injection, 25, Millimetres(38.0)}));
    happens(Finding(in));
    happens(Finding(deposit));
    for (pass.number = 1; pass.number <= 3; ++pass.number)
        happens(Finding(pass));
    happens(Finding(events::NeedleOut{events::Tool::Needle, 3, Seconds(60.0)}));
    happens(Finding(events::ActivityDone{"gauze_pressure", Seconds(120.0)}));
    happens(Action(events::FinishCase{"injected"}));
    return machine.complications().contains("bruise");
}

Numbers bruise_and_bleeding(const Subject& s) {
    scenario::Scenario scenario;
    scenario.tables = *s.tables;
    Random random(1, "bleeding");
    int bruised = 0, bled = 0;
    for (int i = 0; i < kTreatments; ++i) {
        bruised += bruises(scenario, static_cast<std::uint64_t>(i)) ? 1 : 0;
        bled += random.chance(tissue::bleeding_chance(*s.parameters, {})) ? 1 : 0;
    }
    return {static_cast<double>(bruised) / kTreatments, static_cast<double>(bled) / kTreatments};
}

/// Least step between force cues that a score rests on: muscle, band and nodule at the needle.
double least_force_step(const Subject& s) {
    BlockSpec spec;
    spec.point = anatomy::PointState::Active;
    const Block block(spec);
    const anatomy::Band& band = block.body().bands().front();
    const double depth = glm::length(band.centre - block.surface());
    const auto force = [&](double along_mm, double to_mm) {
        tissue::NeedleBody needle;
        tissue::NeedleState state;
        const Push wish{5.0, to_mm, 90.0, along_mm};
        return push(*s.parameters, block, wish, needle, state).back().force_N;
    };
    const double muscle = force(60.0, depth - 6.0), in_band = force(20.0, depth), nodule = force(0.0, depth);
    return std::min(in_band / muscle, nodule / in_band) - 1.0;
}

/// Contrast that strumming a band shows, with the gain of practice.
double strummed_contrast(const Subject& s) {
    BlockSpec spec;
    spec.point = anatomy::PointState::Active;
    spec.muscle_mm = 12.0;
    const Block block(spec);
    const geometry::Vec3 start = block.surface() + geometry::Vec3(-15.0, 20.0, 0.0); // beside the nodule
    tissue::StrumState state;
    double cue = 0.0;
    constexpr double kSpeed_mm_s = 40.0, kPress_N = 8.0, kStep_s = 1.0 / 960.0;
    for (int i = 0; i * kSpeed_mm_s * kStep_s < 30.0; ++i) {
        const geometry::Vec3 at = start + geometry::Vec3(i * kSpeed_mm_s * kStep_s, 0.0, 0.0);
        const anatomy::SkinPoint skin = anatomy::nearest_skin(block.body(), at);
        const auto column = anatomy::tissue_column(block.body(), skin, -block.outward(), 60.0);
        tissue::PadContact contact;
        contact.column = &column;
        contact.inward = -block.outward();
        contact.fibre = {0.0, -1.0, 0.0};
        contact.press_N = kPress_N;
        contact.bands = block.body().bands();
        tissue::strum(*s.parameters, contact, tissue::press(*s.parameters, contact), at, kStep_s, state);
        cue = std::max(cue, state.cue);
    }
    return cue * session::Options{}.contrast_gain;
}

Numbers cues(const Subject& s) {
    return {least_force_step(s), strummed_contrast(s)};
}

Numbers accepted_distance(const Subject& s) {
    const procedure::Measure* m = s.procedure->measure("palpate", "distance found point to true point");
    if (m == nullptr) return {};
    double accepted = 0.0;
    for (const auto* bands : {&m->bands.good, &m->bands.borderline}) {
        for (const procedure::Interval& i : *bands)
            accepted = std::max(accepted, i.high);
    }
    return {accepted};
}

constexpr Measurement kPatientRows[] = {
    {"N21", twitch_sequence, "Eight twitches of a point that hurts 8 of 10."},
    {"N22", blocked_twitch, "The same twitch with and without a block."},
    {"N23", hurting_passes,
     "4000 passes for each needle through the pain kernel; from 2 of 10 on a pass has hurt."},
    {"N24", bruise_and_bleeding,
     "6000 treatments without fault with 25 G, three passes and two minutes of pressure through the "
     "procedure's "
     "rules, and as many punctures through the bleeding kernel."},
    {"H01", cues,
     "Needle force in muscle, band and nodule of a block; contrast of a stroke of 8 N and 40 mm/s over a "
     "band, with "
     "the gain of practice."},
    {"V01", accepted_distance, "Largest distance that the step \"palpate\" does not call unsafe."},
};

} // namespace

std::span<const Measurement> patient_measurements() {
    return kPatientRows;
}

} // namespace tb::validation
