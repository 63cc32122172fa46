// Everything the program reads at start: the built body, clinical tables, scenes. Found relative to the
// program.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "anatomy/atlas_loader.h"
#include "anatomy/body.h"
#include "anatomy/calibration.h"
#include "app/files.h"
#include "base/json.h"
#include "procedure/step.h"
#include "scenario/load.h"
#include "scoring/rubric.h"
#include "session/session.h"
#include "tissue/parameters.h"

namespace tb::app {

/// Where things lie. In a checkout: the source tree and build/<preset>/anatomy; installed:
/// <prefix>/share/tautband.
struct Places {
    std::filesystem::path root;    ///< holds assets/, scenes/, shaders/
    std::filesystem::path anatomy; ///< holds body.glb and catalogue.json
};
/// TAUTBAND_ROOT and TAUTBAND_ANATOMY override (tests, packagers).
Places find_places();

struct SceneFile {
    std::filesystem::path path;
    scenario::Scenario scenario;
};

struct Content {
    Places places;
    std::unique_ptr<anatomy::Atlas> atlas; ///< null when loaded without anatomy
    scenario::ClinicalTables tables;
    procedure::Procedure procedure;
    scoring::Rubric rubric;
    tissue::Parameters parameters;
    std::vector<SceneFile> scenes; ///< sorted by level, then id

    [[nodiscard]] const scenario::Scenario* scene(std::string_view id) const;
};

enum class Anatomy { Load, Skip };
/// Reads and checks everything; every fault at once.
ExpectedAll<Content> load_content(const Places& places, Anatomy anatomy);

/// One JSON table: the file is handed to `parse(json, source)`, which gives an ExpectedAll.
template <class Parse>
auto load_table(const std::filesystem::path& path, Parse parse)
    -> decltype(parse(std::declval<const Json&>(), std::string())) {
    const Expected<std::string> text = read_file(path);
    if (!text) return tl::unexpected(std::vector<Error>{text.error()});
    const Expected<Json> json = parse_json(*text, path.string());
    if (!json) return tl::unexpected(std::vector<Error>{json.error()});
    return parse(*json, path.string());
}

/// The parts of it.
ExpectedAll<anatomy::Atlas> load_anatomy(const Places& places);
/// Thickness and depth in living people; not needed to start, so no part of `Content`.
std::filesystem::path calibration_path(const Places& places);
ExpectedAll<anatomy::Calibration> load_calibration(const Places& places, const anatomy::Atlas& atlas);
ExpectedAll<scenario::ClinicalTables> load_clinical_tables(const Places& places);
/// All scene files below `folder`.
std::vector<std::filesystem::path> scene_paths(const Places& places);

/// A patient and what a session needs, made from a case; owns the body.
struct CaseWorld {
    std::unique_ptr<anatomy::Body> body;
    session::World world;
};
ExpectedAll<CaseWorld> make_world(const Content& content, const scenario::Scenario& scenario,
                                  std::uint64_t seed);

/// The case a log belongs to, checked: unknown case or changed scene is an error that says so.
Expected<const scenario::Scenario*> scenario_of(const Content& content, const events::EventLog& log);

/// "tautband 0.1.0".
std::string program_name();
/// Wall time as ISO 8601 UTC, for log headers and file names.
std::string iso_time_now();

} // namespace tb::app
