// tautband cases, tautband case ID
#include <fmt/format.h>

#include "app/commands/commands.h"

namespace tb::app {
namespace {

Json to_json(const scenario::Scenario& s) {
    Json j;
    j["id"] = s.id;
    j["title"] = s.title;
    j["level"] = s.level;
    j["age"] = s.patient.age;
    j["sex"] = s.patient.female ? "female" : "male";
    j["bmi"] = quantise(s.patient.bmi(), 0.1);
    j["occupation"] = s.patient.occupation;
    j["complaint"] = s.patient.complaint;
    return j;
}

Json details(const scenario::Scenario& s) {
    Json j = to_json(s);
    j["height_cm"] = s.patient.height_cm;
    j["weight_kg"] = s.patient.weight.value();
    j["history"] = s.patient.history;
    j["medications"] = s.patient.medications;
    j["allergies"] = s.patient.allergies;
    j["pain_at_rest"] = s.patient.pain_at_rest;
    j["pain_on_movement"] = s.patient.pain_on_movement;
    j["rubric"] = s.rubric;
    j["seed"] = s.seed;
    j["hash"] = s.hash;
    return j;
}

int list_cases(bool json) {
    int code = 0;
    const auto content = content_or_report(Anatomy::Skip, code);
    if (!content) return code;
    if (json) {
        Json all = Json::array();
        for (const SceneFile& f : content->scenes)
            all.push_back(to_json(f.scenario));
        print_json(all);
        return 0;
    }
    for (const SceneFile& f : content->scenes) {
        fmt::print("{:<24} level {}  {}\n", f.scenario.id, f.scenario.level, f.scenario.title);
    }
    return 0;
}

int show_case(const std::string& id, bool json) {
    int code = 0;
    const auto content = content_or_report(Anatomy::Skip, code);
    if (!content) return code;
    const scenario::Scenario* s = content->scene(id);
    if (s == nullptr) {
        return report_error({ErrorCode::NotFound,
                             fmt::format("there is no case \"{}\"; `tautband cases` lists them", id),
                             {}});
    }
    if (json) {
        print_json(details(*s));
        return 0;
    }
    const scenario::Patient& p = s->patient;
    fmt::print("{} ({}, level {})\n\n{}, {} years, {}, {:.0f} cm, {:.0f} kg (BMI {:.1f})\n\"{}\"\n", s->title,
               s->id, s->level, p.name, p.age, p.occupation, p.height_cm, p.weight.value(), p.bmi(),
               p.complaint);
    for (const std::string& line : p.history)
        fmt::print("- {}\n", line);
    for (const std::string& line : p.medications)
        fmt::print("- medicine: {}\n", line);
    for (const std::string& line : p.allergies)
        fmt::print("- allergy: {}\n", line);
    fmt::print("Pain at rest {:.0f}, on movement {:.0f} of 10.\n", p.pain_at_rest, p.pain_on_movement);
    return 0;
}

} // namespace

void add_cases(CLI::App& program, Run& run) {
    struct Options {
        std::string id;
        bool json = false;
    };
    const auto o = std::make_shared<Options>();
    auto* list = program.add_subcommand("cases", "List the cases");
    list->add_flag("--json", o->json, "One JSON document");
    list->footer("Example: tautband cases --json");
    list->callback([&run, o] { run = [o] { return list_cases(o->json); }; });

    auto* show = program.add_subcommand("case", "Show one case");
    show->add_option("ID", o->id, "Case id, from `tautband cases`")->required();
    show->add_flag("--json", o->json, "One JSON document");
    show->footer("Example: tautband case desk-neck");
    show->callback([&run, o] { run = [o] { return show_case(o->id, o->json); }; });
}

} // namespace tb::app
