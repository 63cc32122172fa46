// tautband calibration: how thick and how deep things are in the built body beside living people.
#include <algorithm>

#include <fmt/format.h>

#include "anatomy/calibration.h"
#include "app/commands/commands.h"

namespace tb::app {
namespace {

using anatomy::CalibrationResult;
using anatomy::CalibrationRow;
using Verdict = CalibrationResult::Verdict;

struct Options {
    std::string probe;
    bool json = false, all = false;
};

/// "12.3 +-4.0 mm".
std::string living(const CalibrationRow& row) {
    if (!row.mean) return "never met";
    std::string text = row.is == CalibrationRow::Is::Least ? "at least " : "";
    text += fmt::format("{:.1f}", *row.mean);
    if (row.sd) text += fmt::format(" +-{:.1f}", *row.sd);
    return text + " " + row.unit;
}

std::string verdict(const CalibrationResult& r) {
    if (!r.not_for_body.empty()) return fmt::format("not for this body ({})", r.not_for_body);
    if (!r.model && r.verdict != Verdict::Met) return fmt::format("not computed: {}", r.why_not);
    std::string text(name_of(r.verdict));
    if (r.overstated) text += ", overstated";
    if (r.judged) return text;
    if (!r.instead_of.empty()) return fmt::format("({}) {} is followed", text, r.instead_of);
    if (r.row->is == CalibrationRow::Is::Advice) return fmt::format("({}) an advice", text);
    if (r.row->quantity == anatomy::CalibrationQuantity::Skin)
        return fmt::format("({}) from the skin table", text);
    return fmt::format("({}) {}", text, r.row->read);
}

Json to_json(const CalibrationResult& r, const anatomy::Calibration& table) {
    const CalibrationRow& row = *r.row;
    Json j;
    j["id"] = row.id;
    j["site"] = row.site;
    j["probe"] = row.probe < 0 ? Json() : Json(table.probes[static_cast<std::size_t>(row.probe)].name);
    j["quantity"] = name_of(row.quantity);
    j["unit"] = row.unit;
    j["mean"] = row.mean ? Json(*row.mean) : Json();
    j["sd"] = row.sd ? Json(*row.sd) : Json();
    j["tolerance"] = quantise(row.tolerance(), 0.01);
    j["model"] = r.model ? Json(quantise(*r.model, 0.01)) : Json();
    j["why_not"] = r.why_not;
    j["judged"] = r.judged;
    j["verdict"] = name_of(r.verdict);
    j["overstated"] = r.overstated;
    j["safety"] = row.safety;
    j["not_for_this_body"] = r.not_for_body;
    j["followed_instead"] = r.instead_of;
    j["population"] = row.population;
    j["source"] = row.source;
    j["read"] = row.read;
    j["note"] = row.note;
    return j;
}

Json ray_json(const anatomy::CalibrationRay& ray, const anatomy::Atlas& atlas) {
    Json j;
    j["through"] = vector_json(ray.through);
    j["skin"] = vector_json(ray.skin);
    j["direction"] = {ray.direction.x, ray.direction.y, ray.direction.z};
    j["half_way_to_arm"] = ray.half_way_to_arm;
    j["skin_thickness_mm"] = quantise(ray.skin_thickness_mm, 0.01);
    Json pieces = Json::array();
    for (const auto& piece : ray.pieces) {
        pieces.push_back({{"structure", atlas.structure(piece.structure).id},
                          {"enter_mm", quantise(piece.enter_mm, 0.01)},
                          {"leave_mm", quantise(piece.leave_mm, 0.01)}});
    }
    j["pieces"] = pieces;
    return j;
}

void print_ray(const anatomy::CalibrationProbe& probe, const anatomy::CalibrationRay& ray,
               const anatomy::Atlas& atlas) {
    fmt::print(
        "{}: {}\n  skin at {:.1f}, {:.1f}, {:.1f}; direction {:.3f}, {:.3f}, {:.3f}; through {:.1f}, {:.1f}, "
        "{:.1f}\n",
        probe.name, probe.site, ray.skin.x, ray.skin.y, ray.skin.z, ray.direction.x, ray.direction.y,
        ray.direction.z, ray.through.x, ray.through.y, ray.through.z);
    if (ray.half_way_to_arm)
        fmt::print("  the arm lies against the trunk here: skin taken half way between them\n");
    fmt::print("  {:7.2f} to {:7.2f} mm  skin\n", 0.0, ray.skin_thickness_mm);
    for (const auto& piece : ray.pieces) {
        fmt::print("  {:7.2f} to {:7.2f} mm  {}\n", piece.enter_mm, piece.leave_mm,
                   atlas.structure(piece.structure).id);
    }
}

int calibration(const Options& o) {
    const Places places = find_places();
    const auto atlas = load_anatomy(places);
    if (!atlas) return report_errors(atlas.error());
    const auto table = load_calibration(places, *atlas);
    if (!table) return report_errors(table.error());
    const auto body = anatomy::Body::create(*atlas, {}, 1);
    if (!body) return report_errors(body.error());
    const anatomy::CalibrationProbe* probe = nullptr;
    if (!o.probe.empty()) {
        probe = table->probe(o.probe);
        if (probe == nullptr) {
            return report_error(
                {ErrorCode::NotFound,
                 fmt::format("there is no probe \"{}\"; assets/figures/calibration.json names them", o.probe),
                 "--probe"});
        }
    }

    const std::vector<CalibrationResult> results = evaluate(*table, *body);
    const anatomy::CalibrationSummary sum = summary_of(results);
    const auto shown = [&](const CalibrationResult& r) {
        if (probe != nullptr)
            return r.row->probe >= 0 && &table->probes[static_cast<std::size_t>(r.row->probe)] == probe;
        return o.all || r.judged;
    };
    if (o.json) {
        Json j;
        Json rows = Json::array();
        for (const CalibrationResult& r : results) {
            if (shown(r) || probe == nullptr) rows.push_back(to_json(r, *table));
        }
        j["rows"] = rows;
        if (probe != nullptr) {
            const auto ray = lay(*probe, *body);
            j["ray"] = ray ? ray_json(*ray, *atlas) : Json(ray.error().message);
        }
        Json open = Json::array();
        for (const auto& [a, b] : undecided_contradictions(*table))
            open.push_back({table->rows[a].id, table->rows[b].id});
        j["undecided"] = open;
        j["judged"] = sum.judged;
        j["met"] = sum.met;
        j["far"] = sum.far;
        j["overstated"] = sum.overstated;
        j["computed"] = sum.computed;
        print_json(j);
        return 0;
    }
    if (probe != nullptr) {
        const auto ray = lay(*probe, *body);
        if (!ray) return report_error(ray.error());
        print_ray(*probe, *ray, *atlas);
    }
    for (const CalibrationResult& r : results) {
        if (!shown(r)) continue;
        const std::string model = r.model ? fmt::format("{:.1f}", *r.model) : "-";
        fmt::print("{:<47} {:<9} {:<60.60} {:>20} {:>7}  {}  [{}]\n", r.row->id, name_of(r.row->quantity),
                   r.row->site, living(*r.row), model, verdict(r), r.row->source);
    }
    for (const auto& [a, b] : undecided_contradictions(*table)) {
        fmt::print(stderr, "{} and {} exclude each other; choose one in \"followed\" of calibration.json\n",
                   table->rows[a].id, table->rows[b].id);
    }
    fmt::print("{} of {} read rows met ({:.0f} %), {} far, {} safety rows overstated\n", sum.met, sum.judged,
               sum.judged > 0 ? 100.0 * sum.met / sum.judged : 0.0, sum.far, sum.overstated);
    return 0;
}

} // namespace

void add_calibration(CLI::App& program, Run& run) {
    const auto o = std::make_shared<Options>();
    auto* c = program.add_subcommand("calibration",
                                     "How thick and deep things are in the built body beside living people");
    c->add_option("--probe", o->probe, "Only the rows of this probe, with what its ray crosses");
    c->add_flag("--all", o->all, "Also rows that are not judged: estimates, other people, not computable");
    c->add_flag("--json", o->json, "One JSON document, always with all rows");
    c->footer("Example: tautband calibration --probe interscapular");
    c->callback([&run, o] { run = [o] { return calibration(*o); }; });
}

} // namespace tb::app
