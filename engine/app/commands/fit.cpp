// tautband anatomy fit: do muscles, bones, vessels and skin of the built body fit together?
#include <algorithm>

#include <fmt/format.h>

#include "anatomy/fit.h"
#include "app/commands/commands.h"

namespace tb::app {
namespace {

using anatomy::FitReport;
using anatomy::MuscleFit;

struct FitOptions {
    int worst = 0, points = 1200;
    bool json = false;
};

const MuscleFit::End* farthest(const MuscleFit& m, bool origin) {
    const MuscleFit::End* worst = nullptr;
    for (const MuscleFit::End& end : m.ends) {
        if (end.origin == origin && (worst == nullptr || end.mean_mm > worst->mean_mm)) worst = &end;
    }
    return worst;
}

/// For sorting only: millimetres out of the skin and in bone, and a tenth of a millimetre a percent of
/// overlap.
double badness(const MuscleFit& m) {
    return m.outside_mm + m.in_bone_mm + 10.0 * m.in_muscle_share;
}

Json to_json(const MuscleFit& m, const anatomy::Atlas& atlas) {
    const auto id = [&](StructureId s) { return s.valid() ? Json(atlas.structure(s).id) : Json(); };
    Json j;
    j["id"] = id(m.muscle);
    j["points"] = m.points;
    j["outside_share"] = quantise(m.outside_share, 1e-4);
    j["outside_mm"] = quantise(m.outside_mm, 0.01);
    j["in_bone_share"] = quantise(m.in_bone_share, 1e-4);
    j["in_bone_mm"] = quantise(m.in_bone_mm, 0.01);
    j["deepest_bone"] = id(m.deepest_bone);
    j["in_muscle_share"] = quantise(m.in_muscle_share, 1e-4);
    Json overlaps = Json::array();
    for (const auto& o : m.overlaps) {
        overlaps.push_back({{"with", id(o.with)},
                            {"share", quantise(o.share, 1e-4)},
                            {"depth_mm", quantise(o.depth_mm, 0.01)}});
    }
    j["overlaps"] = overlaps;
    Json ends = Json::array();
    for (const auto& e : m.ends) {
        ends.push_back({{"part", e.part},
                        {"end", e.origin ? "origin" : "insertion"},
                        {"mean_mm", quantise(e.mean_mm, 0.01)},
                        {"far_mm", quantise(e.far_mm, 0.01)},
                        {"to", e.to}});
    }
    j["ends"] = ends;
    return j;
}

void print_muscle(const MuscleFit& m, const anatomy::Atlas& atlas) {
    const auto name = [&](StructureId s) { return s.valid() ? atlas.structure(s).id : std::string("-"); };
    std::string overlap = "-";
    if (!m.overlaps.empty()) {
        overlap = fmt::format("{} {:.0f} % {:.1f} mm", name(m.overlaps.front().with),
                              100.0 * m.overlaps.front().share, m.overlaps.front().depth_mm);
    }
    const auto end = [&](bool origin) {
        const MuscleFit::End* e = farthest(m, origin);
        return e == nullptr ? std::string("-") : fmt::format("{:.1f} {}", e->mean_mm, e->to);
    };
    fmt::print(
        "{:<36} {:5.1f} % {:5.1f} mm | {:5.1f} % {:5.1f} mm {:<14} | {:5.1f} %  {:<50} | {:<22} | {}\n",
        name(m.muscle), 100.0 * m.outside_share, m.outside_mm, 100.0 * m.in_bone_share, m.in_bone_mm,
        name(m.deepest_bone), 100.0 * m.in_muscle_share, overlap, end(true), end(false));
}

struct Totals {
    int muscles = 0, out_of_skin = 0, in_bone = 0, overlapping = 0, loose_ends = 0, ends = 0;
    double outside_mm = 0.0, in_bone_mm = 0.0, outside_share = 0.0, in_bone_share = 0.0,
           in_muscle_share = 0.0;
};
constexpr double kMuchOverlap = 0.2, kLoose_mm = 5.0;

Totals totals_of(const FitReport& report) {
    Totals t;
    for (const MuscleFit& m : report.muscles) {
        ++t.muscles;
        t.out_of_skin += m.outside_mm > 0.0 ? 1 : 0;
        t.in_bone += m.in_bone_mm > 0.0 ? 1 : 0;
        t.overlapping += m.in_muscle_share > kMuchOverlap ? 1 : 0;
        t.outside_mm = std::max(t.outside_mm, m.outside_mm);
        t.in_bone_mm = std::max(t.in_bone_mm, m.in_bone_mm);
        t.outside_share += m.outside_share;
        t.in_bone_share += m.in_bone_share;
        t.in_muscle_share += m.in_muscle_share;
        for (const MuscleFit::End& e : m.ends) {
            ++t.ends;
            t.loose_ends += e.mean_mm > kLoose_mm ? 1 : 0;
        }
    }
    for (double* share : {&t.outside_share, &t.in_bone_share, &t.in_muscle_share})
        *share /= std::max(1, t.muscles);
    return t;
}

int fit(const FitOptions& o) {
    const auto atlas = load_anatomy(find_places());
    if (!atlas) return report_errors(atlas.error());
    FitReport report = anatomy::check_fit(*atlas, o.points);
    const Totals t = totals_of(report);
    if (o.worst > 0) {
        std::stable_sort(report.muscles.begin(), report.muscles.end(),
                         [](const MuscleFit& a, const MuscleFit& b) { return badness(a) > badness(b); });
        report.muscles.resize(std::min(report.muscles.size(), static_cast<std::size_t>(o.worst)));
    }
    if (o.json) {
        Json j;
        Json muscles = Json::array();
        for (const MuscleFit& m : report.muscles)
            muscles.push_back(to_json(m, *atlas));
        j["muscles"] = muscles;
        Json outside = Json::array();
        for (const anatomy::SkinFit& s : report.outside) {
            outside.push_back({{"id", atlas->structure(s.structure).id},
                               {"outside_share", quantise(s.outside_share, 1e-4)},
                               {"outside_mm", quantise(s.outside_mm, 0.01)}});
        }
        j["outside_skin"] = outside;
        j["summary"] = {{"muscles", t.muscles},
                        {"out_of_skin", t.out_of_skin},
                        {"out_of_skin_mm", quantise(t.outside_mm, 0.01)},
                        {"out_of_skin_share", quantise(t.outside_share, 1e-5)},
                        {"in_bone", t.in_bone},
                        {"in_bone_mm", quantise(t.in_bone_mm, 0.01)},
                        {"in_bone_share", quantise(t.in_bone_share, 1e-5)},
                        {"in_muscle_share", quantise(t.in_muscle_share, 1e-5)},
                        {"much_overlap", t.overlapping},
                        {"ends", t.ends},
                        {"loose_ends", t.loose_ends},
                        {"bones_and_hazards", report.enclosed},
                        {"bones_and_hazards_outside", report.outside.size()}};
        print_json(j);
        return 0;
    }
    fmt::print("{:<36} {:<16} | {:<31} | {:<59} | {:<22} | {}\n", "muscle (right)", "outside skin",
               "inside bone", "inside other muscles, most in", "origin, mm from", "insertion, mm from");
    for (const MuscleFit& m : report.muscles)
        print_muscle(m, *atlas);
    for (const anatomy::SkinFit& s : report.outside) {
        fmt::print("outside the skin: {:<36} {:5.1f} % of it, {:.1f} mm\n", atlas->structure(s.structure).id,
                   100.0 * s.outside_share, s.outside_mm);
    }
    fmt::print("{} muscles and tendons: {} out of the skin (largest {:.1f} mm), {} in bone (largest {:.1f} "
               "mm, mean {:.1f} "
               "% of surface), {:.1f} % of surface in other muscles ({} above {:.0f} %), {} of {} ends more "
               "than {:.0f} mm "
               "from bone; {} of {} bones, vessels, nerves and organs out of the skin\n",
               t.muscles, t.out_of_skin, t.outside_mm, t.in_bone, t.in_bone_mm, 100.0 * t.in_bone_share,
               100.0 * t.in_muscle_share, t.overlapping, 100.0 * kMuchOverlap, t.loose_ends, t.ends,
               kLoose_mm, report.outside.size(), report.enclosed);
    return 0;
}

} // namespace

void add_anatomy_fit(CLI::App& group, Run& run) {
    const auto o = std::make_shared<FitOptions>();
    auto* c =
        group.add_subcommand("fit", "Whether muscles, bones, vessels and skin fit together (right side)");
    c->add_option("--worst", o->worst, "Only this many muscles, worst first")->check(CLI::Range(1, 10000));
    c->add_option("--points", o->points, "Points sampled on each surface")->check(CLI::Range(50, 20000));
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband anatomy fit --worst 20");
    c->callback([&run, o] { run = [o] { return fit(*o); }; });
}

} // namespace tb::app
