// tautband anatomy list|show|export|landmarks
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/anatomy_export.h"
#include "app/commands/commands.h"
#include "app/files.h"

namespace tb::app {
namespace {

using anatomy::Atlas;
using anatomy::Landmark;
using anatomy::Structure;

struct AnatomyOptions {
    std::string kind, region, id, out, format = "obj";
    std::vector<std::string> only;
    bool json = false;
};

Json summary(const Structure& s) {
    Json j;
    j["id"] = s.id;
    j["kind"] = name_of(s.kind);
    j["name"] = s.name;
    j["ta2"] = s.ta2;
    j["fma"] = s.fma;
    j["region"] = s.region;
    j["side"] = anatomy::name_of(s.side);
    j["triangles"] = s.triangles;
    j["volume_mL"] = quantise(s.volume_ml, 0.001);
    return j;
}

std::optional<Atlas> atlas_or_report(int& code) {
    auto atlas = load_anatomy(find_places());
    if (!atlas) {
        code = report_errors(atlas.error());
        return std::nullopt;
    }
    return std::move(*atlas);
}

int list(const AnatomyOptions& o) {
    StructureKind kind{};
    const bool organ_like = o.kind == "organ"; // for a user, pleura, lung and canal are organs too
    if (!o.kind.empty() && !from_name(o.kind, kind) && o.kind != "vessel") {
        return report_error(
            {ErrorCode::BadInput,
             fmt::format("\"{}\" is no kind; use muscle, bone, cartilage, skin, vessel, artery, vein, nerve, "
                         "pleura, lung, canal or organ",
                         o.kind),
             "--kind"});
    }
    int code = 0;
    const auto atlas = atlas_or_report(code);
    if (!atlas) return code;
    const auto wanted = [&](const Structure& s) {
        if (!o.region.empty() && s.region != o.region) return false;
        if (o.kind.empty()) return true;
        if (o.kind == "vessel") return s.kind == StructureKind::Artery || s.kind == StructureKind::Vein;
        if (organ_like) {
            return s.kind == StructureKind::Organ || s.kind == StructureKind::Lung ||
                   s.kind == StructureKind::Pleura || s.kind == StructureKind::Canal;
        }
        return s.kind == kind;
    };
    Json all = Json::array();
    for (const Structure& s : atlas->catalogue().structures) {
        if (!wanted(s)) continue;
        if (o.json) {
            all.push_back(summary(s));
        } else {
            fmt::print("{:<38} {:<9} {:<9} {:>9.1f} mL {:>7} triangles  {}\n", s.id, name_of(s.kind),
                       s.region, s.volume_ml, s.triangles, s.name);
        }
    }
    if (o.json) print_json(all);
    return 0;
}

Json details(const Atlas& atlas, const Structure& s) {
    Json j = summary(s);
    j["layer"] = s.layer;
    j["origin"] = s.origin;
    j["insertion"] = s.insertion;
    j["nerve"] = s.nerve;
    j["action"] = s.action;
    j["note"] = s.note;
    j["source"] = s.source;
    j["hazard"] = s.hazard;
    Json parts = Json::array();
    for (const auto& part : s.parts)
        parts.push_back({{"part", part.name}, {"nu", part.lattice.nu()}, {"nv", part.lattice.nv()}});
    j["parts"] = parts;
    const geometry::Box box = geometry::bounds(atlas.mesh(atlas.find(s.id)));
    j["box_mm"] = {{box.low.x, box.low.y, box.low.z}, {box.high.x, box.high.y, box.high.z}};
    return j;
}

int show(const AnatomyOptions& o) {
    int code = 0;
    const auto atlas = atlas_or_report(code);
    if (!atlas) return code;
    const StructureId id = atlas->find(o.id);
    if (!id.valid()) {
        return report_error(
            {ErrorCode::NotFound,
             fmt::format("there is no structure \"{}\"; `tautband anatomy list` lists them", o.id),
             {}});
    }
    const Json j = details(*atlas, atlas->structure(id));
    if (o.json) {
        print_json(j);
        return 0;
    }
    for (const auto& [key, value] : j.items()) {
        if (value.is_string() && value.get<std::string>().empty()) continue;
        fmt::print("{:<12} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
    }
    return 0;
}

int landmarks(const AnatomyOptions& o) {
    int code = 0;
    const auto atlas = atlas_or_report(code);
    if (!atlas) return code;
    Json all = Json::array();
    for (const Landmark& l : atlas->catalogue().landmarks) {
        if (o.json) {
            all.push_back({{"name", l.name},
                           {"bone", l.bone},
                           {"side", anatomy::name_of(l.side)},
                           {"x", quantise(l.position.x, 0.01)},
                           {"y", quantise(l.position.y, 0.01)},
                           {"z", quantise(l.position.z, 0.01)},
                           {"palpation", l.palpation}});
        } else {
            fmt::print("{:<60} {:<8} {:8.1f} {:8.1f} {:8.1f}  {}\n", l.name, anatomy::name_of(l.side),
                       l.position.x, l.position.y, l.position.z, l.bone);
        }
    }
    if (o.json) print_json(all);
    return 0;
}

int export_meshes(const AnatomyOptions& o) {
    int code = 0;
    const auto atlas = atlas_or_report(code);
    if (!atlas) return code;
    std::vector<StructureId> ids;
    for (const std::string& only : o.only) {
        ids.push_back(atlas->find(only));
        if (!ids.back().valid()) {
            return report_error(
                {ErrorCode::NotFound,
                 fmt::format("there is no structure \"{}\"; `tautband anatomy list` lists them", only),
                 "--only"});
        }
    }
    if (ids.empty()) {
        for (std::uint32_t i = 0; i < atlas->structure_count(); ++i)
            ids.push_back({i});
    }
    if (const auto folder = need_folder(o.out); !folder) return report_error(folder.error());
    for (const StructureId id : ids) {
        const Structure& s = atlas->structure(id);
        const std::filesystem::path path = std::filesystem::path(o.out) / (s.id + "." + o.format);
        const auto bytes =
            o.format == "obj" ? Expected<std::string>(obj_text(s, atlas->mesh(id), atlas->catalogue().source))
                              : glb_bytes(s, atlas->mesh(id), atlas->catalogue().source);
        if (!bytes) return report_error(bytes.error());
        if (const auto ok = write_file(path, *bytes); !ok) return report_error(ok.error());
    }
    fmt::print(stderr, "{} meshes written to {}\n", ids.size(), o.out);
    return 0;
}

} // namespace

void add_anatomy(CLI::App& program, Run& run) {
    const auto o = std::make_shared<AnatomyOptions>();
    auto* group = program.add_subcommand("anatomy", "What the built body consists of");
    group->require_subcommand(1);

    auto* list_command = group->add_subcommand("list", "List structures");
    list_command->add_option("--kind", o->kind, "muscle, bone, cartilage, skin, vessel, nerve, organ, ...");
    list_command->add_option("--region", o->region, "neck, shoulder, back, ...");
    list_command->add_flag("--json", o->json, "One JSON document");
    list_command->footer("Example: tautband anatomy list --kind muscle --region neck");
    list_command->callback([&run, o] { run = [o] { return list(*o); }; });

    auto* show_command = group->add_subcommand("show", "Everything known about one structure");
    show_command->add_option("ID", o->id, "Structure id")->required();
    show_command->add_flag("--json", o->json, "One JSON document");
    show_command->footer("Example: tautband anatomy show trapezius_descending_r");
    show_command->callback([&run, o] { run = [o] { return show(*o); }; });

    auto* marks_command = group->add_subcommand("landmarks", "Every palpable landmark of the built body");
    marks_command->add_flag("--json", o->json, "One JSON document");
    marks_command->footer("Example: tautband anatomy landmarks --json");
    marks_command->callback([&run, o] { run = [o] { return landmarks(*o); }; });

    auto* export_command =
        group->add_subcommand("export", "Write one closed mesh a structure, mm, body frame");
    export_command->add_option("--out", o->out, "Folder to write to")->required();
    export_command->add_option("--format", o->format, "obj or glb")->check(CLI::IsMember({"obj", "glb"}));
    export_command->add_option("--only", o->only, "Only these structures");
    export_command->footer("Example: tautband anatomy export --out meshes --only trapezius_descending_r");
    export_command->callback([&run, o] { run = [o] { return export_meshes(*o); }; });

    add_anatomy_fit(*group, run);
}

} // namespace tb::app
