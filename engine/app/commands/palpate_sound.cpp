// tautband palpate --sound: a stroke across a band and the same stroke beside it, as one sees the program
// play them.
#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/files.h"
#include "app/wave.h"
#include "training/mode.h"
#include "view/feel_stroke.h"
#include "view/feel_synth.h"

namespace tb::app {
namespace {

/// The band nearest to a point; without one the plan's first, or any.
const anatomy::Band* band_asked_for(const anatomy::Body& body, const std::optional<geometry::Vec3>& at) {
    const anatomy::Band* best = nullptr;
    for (const anatomy::Band& b : body.bands()) {
        if (best == nullptr) best = &b;
        const bool better = at ? glm::length(b.skin_point - *at) < glm::length(best->skin_point - *at)
                               : b.target && !best->target;
        if (better) best = &b;
    }
    return best;
}

double speed_mm_s(const CaseWorld& world) {
    return world.world.parameters->value("palp.strum_speed");
}

view::HeardStroke heard(const CaseWorld& world, double gain, const view::SkinStroke& stroke, double force_N) {
    session::Options options;
    options.contrast_gain = gain;
    options.seed = world.world.scenario->seed;
    session::Session session(world.world, options);
    return view::play_stroke(session, stroke, force_N, speed_mm_s(world));
}

Json stroke_json(const view::HeardStroke& h) {
    return {{"usual_Hz", quantise(h.usual_Hz, 0.1)},
            {"highest_Hz", quantise(h.highest_Hz, 0.1)},
            {"snaps", h.snaps},
            {"band_shown", quantise(h.most_shown, 0.01)}};
}

} // namespace

int palpate_sound(const PalpateSound& o) {
    if (o.case_id.empty()) {
        return report_error({ErrorCode::BadInput,
                             "a stroke needs a patient with a taut band; give --case ID (`tautband cases`)",
                             "--sound"});
    }
    std::optional<geometry::Vec3> at;
    if (!o.at.empty()) {
        const auto point = parse_point(o.at, "--at");
        if (!point) return report_error(point.error());
        at = *point;
    }
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto world = world_for_queries(*content, o.case_id);
    if (!world) return report_errors(world.error());
    const anatomy::Band* band = band_asked_for(*world->body, at);
    if (band == nullptr) {
        return report_error({ErrorCode::BadInput, "this patient has no taut band", "--case"});
    }
    const auto beside = view::stroke_beside(*world->body, *band);
    if (!beside) {
        return report_error({ErrorCode::NotFound,
                             "there is no place near for a stroke that meets no band; choose "
                             "another band with --at",
                             "--at"});
    }
    const double gain = o.gain > 0.0 ? o.gain : training::mode_rules("practice")->contrast_gain;
    const view::HeardStroke over = heard(*world, gain, view::stroke_over(*world->body, *band), o.force_N);
    const view::HeardStroke clear = heard(*world, gain, *beside, o.force_N);
    std::vector<float> samples = over.samples;
    samples.insert(samples.end(), clear.samples.begin(), clear.samples.end());
    if (const auto ok = write_file(o.out, wave_bytes(samples, view::FeelSynth::kRate_Hz)); !ok)
        return report_error(ok.error());

    const double rises = over.usual_Hz > 0.0 ? view::semitones_between(over.usual_Hz, over.highest_Hz) : 0.0;
    if (o.json) {
        Json j;
        j["band"] = band->id;
        j["gain"] = gain;
        j["force_N"] = o.force_N;
        j["over"] = stroke_json(over);
        j["beside"] = stroke_json(clear);
        j["rises_semitones"] = quantise(rises, 0.1);
        j["seconds_over"] = static_cast<double>(over.samples.size()) / view::FeelSynth::kRate_Hz;
        print_json(j);
        return 0;
    }
    fmt::print("{}, {:.0f} N, {:.0f} mm/s, contrast gain {:.1f}\n", band->id, o.force_N, speed_mm_s(*world),
               gain);
    for (const auto& [name, h] : {std::pair{"across the band", &over}, std::pair{"beside it", &clear}}) {
        fmt::print("{:<16} usually {:.0f} Hz, up to {:.0f} Hz, {} {}\n", name, h->usual_Hz, h->highest_Hz,
                   h->snaps, h->snaps == 1 ? "snap" : "snaps");
    }
    fmt::print("the band lifts the tone by {:.1f} semitones\n", rises);
    return 0;
}

} // namespace tb::app
