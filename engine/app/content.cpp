#include "app/content.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <utility>

#include <fmt/format.h>

#include "app/files.h"
#include "base/hash.h"

namespace tb::app {

namespace fs = std::filesystem;

namespace {

fs::path program_folder() {
    std::error_code ec;
    const fs::path self = fs::read_symlink("/proc/self/exe", ec);
    return ec ? fs::current_path() : self.parent_path();
}

bool is_root(const fs::path& p) {
    return fs::is_directory(p / "assets") && fs::is_directory(p / "shaders");
}

/// Collects faults from several loaders.
struct Faults {
    std::vector<Error> list;

    template <class T>
    bool take(Expected<T>& result) {
        if (!result) list.push_back(result.error());
        return result.has_value();
    }
    template <class T>
    bool take(ExpectedAll<T>& result) {
        if (!result) list.insert(list.end(), result.error().begin(), result.error().end());
        return result.has_value();
    }
};

template <class T, class Parse>
void read_table(const fs::path& path, T& out, Faults& faults, Parse parse) {
    ExpectedAll<T> value = load_table(path, parse);
    if (faults.take(value)) out = std::move(*value);
}

} // namespace

Places find_places() {
    const fs::path here = program_folder();
    Places places;
    if (const char* root = std::getenv("TAUTBAND_ROOT"); root != nullptr && root[0] != '\0') {
        places.root = root;
    } else {
        for (const fs::path& candidate :
             {here / "../share/tautband", here / "../..", fs::path(TB_SOURCE_DIR)}) {
            if (is_root(candidate)) {
                places.root = fs::weakly_canonical(candidate);
                break;
            }
        }
    }
    if (const char* anatomy = std::getenv("TAUTBAND_ANATOMY"); anatomy != nullptr && anatomy[0] != '\0') {
        places.anatomy = anatomy;
    } else {
        places.anatomy = fs::is_directory(here / "anatomy") ? here / "anatomy" : places.root / "anatomy";
    }
    return places;
}

const scenario::Scenario* Content::scene(std::string_view id) const {
    for (const SceneFile& file : scenes) {
        if (file.scenario.id == id) return &file.scenario;
    }
    return nullptr;
}

std::vector<fs::path> scene_paths(const Places& places) {
    std::vector<fs::path> paths;
    std::error_code ec;
    for (const auto& entry : fs::recursive_directory_iterator(places.root / "scenes", ec)) {
        if (entry.is_regular_file() && entry.path().extension() == ".json" &&
            entry.path().filename() != "schema.json") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

ExpectedAll<anatomy::Atlas> load_anatomy(const Places& places) {
    Faults faults;
    const fs::path glb_path = places.anatomy / "body.glb";
    const fs::path catalogue_path = places.anatomy / "catalogue.json";
    const fs::path points_path = places.root / "assets/clinical/trigger_points.json";
    Expected<std::string> glb = read_file(glb_path);
    Expected<std::string> catalogue = read_file(catalogue_path);
    Expected<std::string> points = read_file(points_path);
    const fs::path zones_path = places.root / "assets/clinical/referral_zones.json";
    Expected<std::string> zones = read_file(zones_path);
    for (Expected<std::string>* file : {&glb, &catalogue}) {
        if (!*file && file->error().code == ErrorCode::NotFound) {
            file->error().message = "the built body is missing; run ./run --build-only to build it";
        }
        faults.take(*file);
    }
    faults.take(points);
    faults.take(zones);
    if (!faults.list.empty()) return tl::unexpected(faults.list);
    return anatomy::load_atlas({*glb, *catalogue, *points, glb_path.string(), catalogue_path.string(),
                                points_path.string(), *zones, zones_path.string()});
}

fs::path calibration_path(const Places& places) {
    return places.root / "assets/figures/calibration.json";
}

ExpectedAll<anatomy::Calibration> load_calibration(const Places& places, const anatomy::Atlas& atlas) {
    return load_table(calibration_path(places), [&](const Json& json, const std::string& source) {
        return anatomy::calibration_from_json(json, source, atlas);
    });
}

ExpectedAll<scenario::ClinicalTables> load_clinical_tables(const Places& places) {
    Faults faults;
    const fs::path folder = places.root / "assets/clinical";
    Expected<std::string> drugs = read_file(folder / "drugs.json");
    Expected<std::string> antiseptics = read_file(folder / "antiseptics.json");
    Expected<std::string> equipment = read_file(folder / "equipment.json");
    Expected<std::string> dialogue = read_file(folder / "dialogue.json");
    for (Expected<std::string>* file : {&drugs, &antiseptics, &equipment, &dialogue})
        faults.take(*file);
    if (!faults.list.empty()) return tl::unexpected(faults.list);
    return scenario::load_tables({*drugs, *antiseptics, *equipment, *dialogue, folder.string()});
}

ExpectedAll<Content> load_content(const Places& places, Anatomy anatomy) {
    Faults faults;
    Content content;
    content.places = places;
    if (!is_root(places.root)) {
        faults.list.push_back({ErrorCode::NotFound,
                               "the folder with assets, scenes and shaders was not found; start the program "
                               "from its checkout or "
                               "installation, or name the folder in TAUTBAND_ROOT",
                               places.root.string()});
        return tl::unexpected(faults.list);
    }
    if (anatomy == Anatomy::Load) {
        ExpectedAll<anatomy::Atlas> atlas = load_anatomy(places);
        if (faults.take(atlas)) content.atlas = std::make_unique<anatomy::Atlas>(std::move(*atlas));
    }
    ExpectedAll<scenario::ClinicalTables> tables = load_clinical_tables(places);
    if (faults.take(tables)) content.tables = std::move(*tables);
    const fs::path clinical = places.root / "assets/clinical";
    read_table(clinical / "procedure.json", content.procedure, faults, procedure::procedure_from_json);
    read_table(clinical / "rubric.json", content.rubric, faults, scoring::rubric_from_json);
    read_table(places.root / "assets/mechanics.json", content.parameters, faults,
               tissue::Parameters::from_json);
    if (!faults.list.empty()) return tl::unexpected(faults.list);

    for (const fs::path& path : scene_paths(places)) {
        Expected<std::string> text = read_file(path);
        if (!faults.take(text)) continue;
        auto scene = scenario::load_scenario(*text, path.string(), content.tables, content.atlas.get());
        if (faults.take(scene)) content.scenes.push_back({path, std::move(*scene)});
    }
    std::sort(content.scenes.begin(), content.scenes.end(), [](const SceneFile& a, const SceneFile& b) {
        return std::tie(a.scenario.level, a.scenario.id) < std::tie(b.scenario.level, b.scenario.id);
    });
    if (!faults.list.empty()) return tl::unexpected(faults.list);
    return content;
}

ExpectedAll<CaseWorld> make_world(const Content& content, const scenario::Scenario& scenario,
                                  std::uint64_t seed) {
    auto body = anatomy::Body::create(*content.atlas, scenario.body, seed);
    if (!body) return tl::unexpected(body.error());
    CaseWorld result;
    result.body = std::make_unique<anatomy::Body>(std::move(*body));
    result.world = {result.body.get(), &scenario, &content.parameters};
    return result;
}

Expected<const scenario::Scenario*> scenario_of(const Content& content, const events::EventLog& log) {
    const scenario::Scenario* scenario = content.scene(log.header().scenario);
    if (scenario == nullptr) {
        return fail(
            ErrorCode::NotFound,
            fmt::format(
                "the log belongs to the case \"{}\", which is not among the scenes; add its scene file",
                log.header().scenario));
    }
    if (scenario->hash != log.header().scenario_hash) {
        return fail(ErrorCode::BadInput, fmt::format("the scene of case \"{}\" was changed since the log was "
                                                     "made; restore the scene file of that time",
                                                     scenario->id));
    }
    return scenario;
}

std::string program_name() {
    return "tautband " TB_VERSION;
}

std::string iso_time_now() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm utc{};
    gmtime_r(&now, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

} // namespace tb::app
