// tautband check: is the data sound?
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/files.h"
#include "app/live_log.h"

namespace tb::app {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
    std::vector<std::string> paths;
    bool json = false;
};

struct Checked {
    std::vector<std::string> files;
    std::vector<Error> faults;

    template <class T>
    void take(const std::string& file, const ExpectedAll<T>& result) {
        files.push_back(file);
        if (!result) faults.insert(faults.end(), result.error().begin(), result.error().end());
    }
};

/// What a JSON file is, by its place or by its keys.
void check_json(const fs::path& path, const Content& content, Checked& out) {
    const auto text = read_file(path);
    if (!text) {
        out.faults.push_back(text.error());
        return;
    }
    const auto json = parse_json(*text, path.string());
    if (!json) {
        out.faults.push_back(json.error());
        return;
    }
    const std::string stem = path.stem().string();
    if (stem == "procedure")
        return out.take(path.string(), procedure::procedure_from_json(*json, path.string()));
    if (stem.starts_with("rubric"))
        return out.take(path.string(), scoring::rubric_from_json(*json, path.string()));
    if (stem == "mechanics")
        return out.take(path.string(), tissue::Parameters::from_json(*json, path.string()));
    if (stem == "trigger_points") {
        return out.take(path.string(), anatomy::trigger_points_from_json(*json, path.string()));
    }
    if (stem == "referral_zones") {
        const auto zones = load_table(content.places.root / "assets/clinical/trigger_points.json",
                                      anatomy::referral_zones_from_json);
        return out.take(
            path.string(),
            !zones ? zones : anatomy::add_strokes(*zones, *json, path.string(), &content.atlas->catalogue()));
    }
    if (stem == "calibration") {
        return out.take(path.string(), anatomy::calibration_from_json(*json, path.string(), *content.atlas));
    }
    if (json->is_object() && json->contains("patient")) {
        return out.take(path.string(),
                        scenario::load_scenario(*text, path.string(), content.tables, content.atlas.get()));
    }
    out.faults.push_back(
        {ErrorCode::BadInput,
         "this is not a kind of file that can be checked; scenes, rubrics, procedures, mechanics, trigger "
         "points, referral zones, calibration and logs are",
         path.string()});
}

void check_path(const fs::path& path, const Content& content, Checked& out) {
    std::error_code ec;
    if (fs::is_directory(path, ec)) {
        std::vector<fs::path> inside;
        for (const auto& entry : fs::recursive_directory_iterator(path, ec)) {
            const auto extension = entry.path().extension();
            if (entry.is_regular_file() && (extension == ".json" || extension == ".tautlog"))
                inside.push_back(entry.path());
        }
        std::sort(inside.begin(), inside.end());
        for (const fs::path& p : inside)
            check_path(p, content, out);
        return;
    }
    if (path.extension() == ".tautlog") {
        const auto log = read_log_file(path);
        out.files.push_back(path.string());
        if (!log) out.faults.push_back(log.error());
        if (log && log->broken_line != 0) {
            out.faults.push_back({ErrorCode::BadInput,
                                  "this line does not fit the chain; the log was changed",
                                  fmt::format("{}:{}", path.string(), log->broken_line)});
        }
        return;
    }
    check_json(path, content, out);
}

int check(const CheckOptions& o) {
    const Places places = find_places();
    Checked result;
    auto content = load_content(places, Anatomy::Load);
    if (o.paths.empty() || !content) {
        // Everything the program itself needs: assets, built body and all scenes.
        result.take(places.root.string(), content);
        if (content) {
            result.take(calibration_path(places).string(), load_calibration(places, *content->atlas));
            for (const SceneFile& f : content->scenes)
                result.files.push_back(f.path.string());
        }
    }
    if (content) {
        for (const std::string& p : o.paths)
            check_path(p, *content, result);
    }
    if (o.json) {
        Json j;
        j["ok"] = result.faults.empty();
        j["checked"] = result.files;
        Json faults = Json::array();
        for (const Error& e : result.faults)
            faults.push_back({{"where", e.where}, {"message", e.message}});
        j["faults"] = faults;
        print_json(j);
    } else if (result.faults.empty()) {
        fmt::print("{} checked, no faults\n", result.files.size());
    }
    return result.faults.empty() ? 0 : report_errors(result.faults);
}

} // namespace

void add_check(CLI::App& program, Run& run) {
    const auto o = std::make_shared<CheckOptions>();
    auto* c = program.add_subcommand(
        "check", "Validates assets, scenes, rubrics and logs: every fault with its place");
    c->add_option("PATH", o->paths, "Files or folders; without any the program's own data");
    c->add_flag("--json", o->json, "One JSON document");
    c->footer("Example: tautband check scenes/practice/my_case.json");
    c->callback([&run, o] { run = [o] { return check(*o); }; });
}

} // namespace tb::app
