#include "app/model.h"

#include <fmt/format.h>

#include "app/files.h"

namespace tb::app {

StaticTexts load_static_texts(const Places& places) {
    StaticTexts texts;
    texts.attribution = read_file(places.root / "assets/NOTICE").value_or("assets/NOTICE is missing");
    texts.licence =
        read_file(places.root / "LICENSE").value_or("Apache License 2.0 (the file LICENSE is missing)");
    return texts;
}

ui::Model make_model(const ModelInput& input) {
    ui::Model m;
    m.version = program_name();
    if (input.content != nullptr) {
        m.procedure = &input.content->procedure;
        for (const SceneFile& file : input.content->scenes) {
            const scenario::Scenario& s = file.scenario;
            m.cases.push_back({s.id, s.title,
                               fmt::format("{}, {} years: \"{}\"", s.patient.occupation, s.patient.age,
                                           s.patient.complaint),
                               s.level});
        }
    }
    m.body = input.plain_body;
    if (input.running != nullptr) {
        m.session = input.shown != nullptr ? input.shown : input.running->session.get();
        m.log = &input.running->session->log(); // of the whole session, whatever moment is shown
        m.body = input.running->world.body.get();
        m.scenario = input.running->scenario;
        if (auto rules = training::mode_rules(input.running->session->options().mode)) m.mode = *rules;
        if (input.running->file) m.log_path = input.running->file->path().string();
    }
    m.assessment = input.assessment;
    if (input.texts != nullptr) {
        m.attribution = input.texts->attribution;
        m.licence = input.texts->licence;
    }
    if (input.unfinished != nullptr && input.content != nullptr) {
        const UnfinishedLog& u = *input.unfinished;
        ui::Recoverable r;
        const scenario::Scenario* s = input.content->scene(u.header.scenario);
        r.case_title = s != nullptr ? s->title : u.header.scenario;
        r.mode = u.header.mode;
        r.created = u.header.created;
        r.seconds = u.minutes * 60.0;
        r.can_resume = s != nullptr && s->hash == u.header.scenario_hash &&
                       u.header.anatomy_hash == input.content->atlas->catalogue().content_hash;
        if (!r.can_resume)
            r.note = "The case or the body was changed since; the log can be kept, but not continued.";
        if (r.note.empty()) r.note = u.warning;
        m.recoverable = std::move(r);
    }
    return m;
}

view::ViewSettings first_view(const scenario::Scenario& scenario, const anatomy::Atlas& atlas) {
    // The region decides, never the exact point: where it lies is for the trainee to find.
    std::string wanted = "neck_shoulder";
    if (!scenario.body.points.empty()) {
        if (const anatomy::TriggerPoint* p = atlas.trigger_point(scenario.body.points.front().point)) {
            const StructureId id = atlas.find(anatomy::with_side(p->muscle, anatomy::Side::Right));
            const std::string region = id.valid() ? atlas.structure(id).region : std::string();
            wanted = region == "back" ? "back" : region == "leg" ? "thigh_back" : "neck_shoulder";
        }
    }
    for (const view::NamedView& v : view::named_views()) {
        if (v.name == wanted) return v.settings;
    }
    return view::named_views().front().settings;
}

} // namespace tb::app
