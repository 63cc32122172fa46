// tautband calibration: how thick and how deep things are in the built body beside living people.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "anatomy/calibration.h"
#include "app/commands/commands.h"

namespace tb::app {
namespace {

using anatomy::CalibrationResult;
using anatomy::CalibrationRow;
using Verdict = CalibrationResult::Verdict;

struct CalibrationOptions {
    std::string probe, sex = "m", build = "average";
    double bmi = anatomy::Habitus{}.bmi;
    bool json = false, all = false, habitus = false;

    /// Somebody of the atlas's height.
    [[nodiscard]] anatomy::BodySpec person() const {
        anatomy::BodySpec spec;
        spec.weight = Kilograms(bmi * spec.height_cm * spec.height_cm * 1e-4);
        spec.female = sex == "f";
        anatomy::from_name(build, spec.build);
        return spec;
    }
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

/// A depth whose change with habitus is shown, and what was published of it (calibration.json, regressions).
struct HabitusDepth {
    const char* probe;
    const char* what;
    StructureKind first;   ///< that the ray meets
    const char* published; ///< empty where no figure could be read
    double slope;          ///< mm per BMI unit; 0 where none could be read
};
const std::array<HabitusDepth, 5> kHabitusDepths{
    {{"rib5_pa", "rhomboids: skin to rib", StructureKind::Bone, "-0.1 + 0.99 BMI [SEOL14]", 0.99},
     {"rib5_pa", "rhomboids: skin to pleura", StructureKind::Pleura, "as to the rib [SEOL14]", 0.99},
     {"ics2_mcl", "second space, midclavicular: skin to pleura", StructureKind::Pleura, "", 0.0},
     {"ics5_aal", "fifth space, anterior axillary line: skin to pleura", StructureKind::Pleura, "", 0.0},
     {"L1_sp", "L1: skin to spinous process", StructureKind::Bone, "rises linearly [KAWCH]", 0.0}}};

std::optional<double> depth_of(const HabitusDepth& depth, const anatomy::Calibration& table,
                               const anatomy::Body& body) {
    const anatomy::CalibrationProbe* probe = table.probe(depth.probe);
    if (probe == nullptr) return std::nullopt;
    const auto ray = lay(*probe, body);
    if (!ray) return std::nullopt;
    for (const auto& piece : ray->pieces)
        if (body.atlas().structure(piece.structure).kind == depth.first) return piece.enter_mm;
    return std::nullopt;
}

/// Depths of men and women from lean to obese, with the slope beside the published one.
int show_habitus(const CalibrationOptions& o, const anatomy::Atlas& atlas,
                 const anatomy::Calibration& table) {
    constexpr std::array<double, 7> kBmi{18.5, 21.0, 24.0, 27.0, 30.0, 35.0, 40.0};
    Json out = Json::array();
    std::array<std::array<std::array<std::optional<double>, kBmi.size()>, kHabitusDepths.size()>, 2> depths;
    for (const std::size_t sex : {0, 1})
        for (std::size_t b = 0; b < kBmi.size(); ++b) {
            CalibrationOptions person = o;
            person.sex = sex == 1 ? "f" : "m";
            person.bmi = kBmi[b];
            const auto body = anatomy::Body::create(atlas, person.person(), 1);
            if (!body) return report_errors(body.error());
            for (std::size_t d = 0; d < kHabitusDepths.size(); ++d)
                depths[sex][d][b] = depth_of(kHabitusDepths[d], table, *body);
        }
    if (!o.json) {
        fmt::print("{:<52} {:<6}", "depth in mm at a BMI of", "");
        for (const double bmi : kBmi)
            fmt::print("{:>7.1f}", bmi);
        fmt::print("  mm per BMI unit (published)\n");
    }
    for (std::size_t d = 0; d < kHabitusDepths.size(); ++d)
        for (const std::size_t sex : {0, 1}) {
            double sx = 0, sy = 0, sxx = 0, sxy = 0, n = 0;
            Json values = Json::array();
            std::string text;
            for (std::size_t b = 0; b < kBmi.size(); ++b) {
                const std::optional<double>& mm = depths[sex][d][b];
                values.push_back(mm ? Json(quantise(*mm, 0.1)) : Json());
                text += mm ? fmt::format("{:>7.1f}", *mm) : fmt::format("{:>7}", "-");
                if (!mm) continue;
                sx += kBmi[b], sy += *mm, sxx += kBmi[b] * kBmi[b], sxy += kBmi[b] * *mm, n += 1;
            }
            const double slope = n > 1 ? (n * sxy - sx * sy) / (n * sxx - sx * sx) : 0.0;
            const HabitusDepth& depth = kHabitusDepths[d];
            if (o.json)
                out.push_back({{"probe", depth.probe},
                               {"what", depth.what},
                               {"sex", sex == 1 ? "f" : "m"},
                               {"bmi", kBmi},
                               {"depth_mm", values},
                               {"mm_per_bmi", quantise(slope, 0.01)},
                               {"published", depth.published},
                               {"published_mm_per_bmi", depth.slope > 0 ? Json(depth.slope) : Json()}});
            else
                fmt::print("{:<52} {:<6}{}  {:.2f}{}\n", depth.what, sex == 1 ? "women" : "men", text, slope,
                           *depth.published == 0 ? "" : fmt::format(" ({})", depth.published));
        }
    if (o.json) print_json(out);
    return 0;
}

int calibration(const CalibrationOptions& o) {
    const Places places = find_places();
    const auto atlas = load_anatomy(places);
    if (!atlas) return report_errors(atlas.error());
    auto table = load_calibration(places, *atlas);
    if (!table) return report_errors(table.error());
    if (o.habitus) return show_habitus(o, *atlas, *table);
    const auto body = anatomy::Body::create(*atlas, o.person(), 1);
    if (!body) return report_errors(body.error());
    table->body.female = o.sex == "f";
    table->body.bmi = o.bmi;
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
    const auto o = std::make_shared<CalibrationOptions>();
    auto* c = program.add_subcommand("calibration",
                                     "How thick and deep things are in the built body beside living people");
    c->add_option("--probe", o->probe, "Only the rows of this probe, with what its ray crosses");
    c->add_option("--bmi", o->bmi, "Of another person: body mass index, kg/m2")
        ->check(CLI::Range(15.0, 50.0));
    c->add_option("--sex", o->sex, "m or f")->check(CLI::IsMember({"m", "f"}));
    c->add_option("--build", o->build, "Bulk of the muscles")
        ->check(CLI::IsMember({"slight", "average", "muscular"}));
    c->add_flag("--habitus", o->habitus, "Depths of men and women from lean to obese");
    c->add_flag("--all", o->all, "Also rows that are not judged: estimates, other people, not computable");
    c->add_flag("--json", o->json, "One JSON document, always with all rows");
    c->footer("Example: tautband calibration --probe interscapular");
    c->callback([&run, o] { run = [o] { return calibration(*o); }; });
}

} // namespace tb::app
