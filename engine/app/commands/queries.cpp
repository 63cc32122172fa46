// tautband probe, tautband palpate: questions to the built body.
#include <fmt/format.h>

#include "anatomy/queries.h"
#include "app/commands/commands.h"
#include "tissue/palpation.h"
#include "tissue/response.h"

namespace tb::app {
namespace {

struct QueryOptions {
    std::string from, to, at, case_id, sound;
    double force_N = 10.0, gain = 0.0;
    bool json = false;
};

int probe(const QueryOptions& o) {
    const auto from = parse_point(o.from, "--from");
    if (!from) return report_error(from.error());
    const auto to = parse_point(o.to, "--to");
    if (!to) return report_error(to.error());
    if (glm::length(*to - *from) < 1e-6) {
        return report_error(
            {ErrorCode::BadInput, "--from and --to are the same point; a path needs two", {}});
    }
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto world = world_for_queries(*content, o.case_id);
    if (!world) return report_errors(world.error());
    Json crossings = Json::array();
    for (const anatomy::Crossing& c : anatomy::path_crossings(*world->body, *from, *to)) {
        const std::string id =
            c.structure.valid() ? content->atlas->structure(c.structure).id : std::string(name_of(c.kind));
        if (o.json) {
            crossings.push_back({{"structure", id},
                                 {"kind", name_of(c.kind)},
                                 {"enter_mm", quantise(c.enter_mm, 0.01)},
                                 {"leave_mm", quantise(c.leave_mm, 0.01)}});
        } else {
            fmt::print("{:7.2f} to {:7.2f} mm  {:<9} {}\n", c.enter_mm, c.leave_mm, name_of(c.kind), id);
        }
    }
    if (o.json) {
        Json j;
        j["crossings"] = crossings;
        print_json(j);
    } else if (crossings.empty()) {
        fmt::print(stderr, "nothing is crossed, or see above\n");
    }
    return 0;
}

int palpate(const QueryOptions& o) {
    if (!o.sound.empty()) return palpate_sound({o.case_id, o.at, o.sound, o.force_N, o.gain, o.json});
    if (o.at.empty()) {
        return report_error({ErrorCode::BadInput, "say where to press: --at X,Y,Z in mm", "--at"});
    }
    const auto at = parse_point(o.at, "--at");
    if (!at) return report_error(at.error());
    int code = 0;
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    const auto world = world_for_queries(*content, o.case_id);
    if (!world) return report_errors(world.error());
    const anatomy::Body& body = *world->body;
    const anatomy::SkinPoint skin = anatomy::nearest_skin(body, *at);
    const geometry::Vec3 inward = -skin.normal;
    const anatomy::TissueColumn column = anatomy::tissue_column(body, skin, inward, 80.0);
    const auto muscle = anatomy::first_muscle(body, skin, inward);
    tissue::PadContact contact;
    contact.column = &column;
    contact.inward = inward;
    contact.fibre = muscle ? muscle->fibre : geometry::Vec3(0.0);
    contact.press_N = o.force_N;
    contact.bands = body.bands();
    const tissue::PadReading reading = tissue::press(content->parameters, contact);
    const scenario::Scenario* scenario = world->world.scenario;
    const bool female = scenario != nullptr && scenario->patient.female;
    const KgPerCm2 threshold = tissue::threshold_at(content->parameters, body, reading, female);
    const double pain =
        tissue::pressure_pain(content->parameters, o.force_N, reading.pad_radius_mm, threshold);
    const std::string says = pain <= 0.0  ? "no pain"
                             : pain < 3.0 ? "a little tender"
                             : pain < 6.0 ? "that hurts"
                                          : "that hurts a lot";

    Json j;
    j["point"] = vector_json(skin.point);
    j["muscle"] = muscle ? content->atlas->structure(muscle->muscle).id : std::string();
    j["force_N"] = o.force_N;
    j["indentation_mm"] = quantise(reading.indentation_mm, 0.001);
    j["stiffness_N_per_mm"] = quantise(reading.stiffness_N_per_mm, 0.001);
    j["band_contrast"] = quantise(reading.band_contrast, 0.0001);
    j["nodule_contrast"] = quantise(reading.nodule_contrast, 0.0001);
    j["band"] = reading.band >= 0 ? body.bands()[static_cast<std::size_t>(reading.band)].id : std::string();
    j["tenderness"] = quantise(pain, 0.01);
    j["threshold_kg_cm2"] = quantise(threshold.value(), 0.01);
    j["says"] = says;
    Json layers = Json::array();
    for (const anatomy::Layer& l : column.layers) {
        layers.push_back(
            {{"kind", name_of(l.kind)},
             {"structure", l.structure.valid() ? content->atlas->structure(l.structure).id : std::string()},
             {"thickness_mm", quantise(l.thickness_mm, 0.01)}});
    }
    j["layers"] = layers;
    j["on_bone"] = column.on_bone;
    if (o.json) {
        print_json(j);
        return 0;
    }
    for (const auto& [key, value] : j.items()) {
        if (key != "layers")
            fmt::print("{:<20} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
    }
    for (const auto& layer : layers) {
        fmt::print("  {:6.1f} mm  {:<9} {}\n", layer["thickness_mm"].get<double>(),
                   layer["kind"].get<std::string>(), layer["structure"].get<std::string>());
    }
    return 0;
}

} // namespace

void add_probe(CLI::App& program, Run& run) {
    const auto o = std::make_shared<QueryOptions>();
    auto* c = program.add_subcommand("probe", "What a straight needle path crosses");
    c->add_option("--from", o->from, "Start, X,Y,Z in mm, outside the skin")->required();
    c->add_option("--to", o->to, "End, X,Y,Z in mm")->required();
    c->add_option("--case", o->case_id, "The body of this case; without it the plain figure");
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband probe --from=-75,1520,40 --to=-75,1440,80");
    c->callback([&run, o] { run = [o] { return probe(*o); }; });
}

void add_palpate(CLI::App& program, Run& run) {
    const auto o = std::make_shared<QueryOptions>();
    auto* c = program.add_subcommand("palpate", "What a finger pressed at a point finds");
    c->add_option("--at", o->at,
                  "Point, X,Y,Z in mm; the nearest skin is pressed. With --sound the band nearest to it is "
                  "stroked, without it that of the case's plan");
    c->add_option("--force", o->force_N, "Force in newtons")->check(CLI::Range(0.0, 100.0));
    c->add_option("--case", o->case_id, "The patient of this case; without it the plain figure");
    c->add_option("--sound", o->sound,
                  "Writes this .wav: one stroke across the band, there and back, then the same beside it");
    c->add_option("--gain", o->gain, "With --sound: contrast gain, 2 as in practice, 1.5 as in assessment")
        ->check(CLI::Range(0.1, 10.0));
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband palpate --at=-75,1485,95 --force 15 --case desk-neck\n"
              "         tautband palpate --case desk-neck --force 18 --sound stroke.wav");
    c->callback([&run, o] { run = [o] { return palpate(*o); }; });
}

} // namespace tb::app
