// tautband demonstrate: the scripted expert plays a case off-screen with the real screens and renderer;
// leaves log, report and pictures of the steps. This is what ./run --headless shows.
#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/files.h"
#include "app/model.h"
#include "app/report_pictures.h"
#include "app/session_start.h"
#include "app/stage.h"
#include "render/picture.h"
#include "report/report.h"
#include "session/autopilot.h"
#include "session/replay.h"
#include "view/present.h"

namespace tb::app {
namespace {

namespace fs = std::filesystem;

struct DemonstrationOptions {
    std::string case_id, out = "demonstration", trainee = "expert", size = "1280x720";
};

/// Draws the working screen of a session as a person would see it.
class Photographer {
public:
    Photographer(const Content& content, const RunningCase& running, Stage& stage, fs::path folder)
        : content_(&content), running_(&running), stage_(&stage), folder_(std::move(folder)),
          texts_(load_static_texts(content.places)) {
        stage.view() = first_view(*running.scenario, *content.atlas);
        stage.shell().show(ui::Screen::Case);
    }

    Expected<void> take(const std::string& caption, const scoring::Assessment* assessment = nullptr) {
        ModelInput in;
        in.content = content_;
        in.running = running_;
        in.assessment = assessment;
        in.texts = &texts_;
        ui::Model model = make_model(in);
        model.renderer = stage_->renderer().description();
        look(assessment != nullptr);
        if (assessment != nullptr) stage_->shell().show(ui::Screen::Debrief);
        render::Picture picture;
        for (int i = 0; i < 3; ++i) { // the screens settle over a few frames
            const ui::Output out = stage_->begin(model, 1.0f / 60.0f);
            const glm::vec2 size(out.view.width, out.view.height);
            const session::Session& s = *running_->session;
            const render::RenderScene scene =
                assessment != nullptr
                    ? view::present_debrief(*running_->world.body, s.state(), s.log().events(),
                                            stage_->view(), size)
                    : view::present_session(*running_->world.body, s.state(), stage_->view(), shapes_, size);
            stage_->end(&scene, out.view, i == 2 ? &picture : nullptr);
        }
        std::string name = caption;
        std::replace(name.begin(), name.end(), ' ', '_');
        const fs::path path = folder_ / fmt::format("{:02}_{}.png", ++count_, name);
        fmt::print("  {:<28} {}\n", caption, path.string());
        return write_file(path, render::png_bytes(picture));
    }
    [[nodiscard]] int count() const { return count_; }

private:
    /// The camera of a calm observer: the region, closer while something is being done to the skin.
    void look(bool debrief) {
        const session::SimState& s = running_->session->state();
        view::ViewSettings& v = stage_->view();
        v = first_view(*running_->scenario, *content_->atlas);
        if (const std::optional<geometry::Vec3> at =
                s.needle.under_skin ? std::optional(s.needle.entry) : s.mark) {
            v.camera.focus = glm::vec3(*at);
            v.camera.distance_mm = debrief ? 480.0f : 560.0f;
        }
        v.camera = view::for_posture(v.camera, s.posture);
        v.layers.skin_opacity = debrief ? 0.3f : s.needle.under_skin ? 0.55f : 1.0f;
        v.layers.show_bands = debrief;
    }

    const Content* content_;
    const RunningCase* running_;
    Stage* stage_;
    fs::path folder_;
    StaticTexts texts_;
    view::ToolShapes shapes_;
    int count_ = 0;
};

/// Everything of an earlier demonstration goes first, so that what lies there afterwards belongs together.
Expected<void> fresh_folder(const fs::path& folder) {
    if (const auto ok = need_folder(folder); !ok) return ok;
    std::error_code ec;
    for (const auto& entry : fs::directory_iterator(folder, ec)) {
        const auto extension = entry.path().extension();
        if (extension == ".png" || extension == ".pdf" || extension == ".txt" || extension == ".tautlog") {
            fs::remove(entry.path(), ec);
        }
    }
    return {};
}

int demonstrate(const DemonstrationOptions& o) {
    int code = 0;
    fmt::print("Loading the body and the case\n");
    const auto content = content_or_report(Anatomy::Load, code);
    if (!content) return code;
    auto running = start_case(*content, {o.case_id, "practice", "scripted " + o.trainee, {}, {}});
    if (!running) return report_errors(running.error());
    const fs::path folder = o.out;
    if (const auto ok = fresh_folder(folder); !ok) return report_error(ok.error());
    auto file = LiveLog::create(folder / (o.case_id + ".tautlog"), running->session->log());
    if (!file) return report_error(file.error());
    running->file = std::move(*file);

    Stage::Options stage_options;
    stage_options.window = {"Tautband", 1280, 720, true, false};
    stage_options.shaders = content->places.root / "shaders";
    stage_options.best_quality = true;
    auto stage = Stage::create(stage_options);
    if (!stage) return report_error(stage.error());
    Photographer photographer(*content, *running, **stage, folder);

    fmt::print("The scripted {} plays \"{}\"; drawing with {}\n", o.trainee, running->scenario->title,
               (*stage)->renderer().description());
    std::optional<Error> trouble;
    session::AutopilotOptions options;
    options.trainee = o.trainee;
    options.seed = running->session->options().seed;
    options.on_advance = [&](session::Session& s) { running->file->take(s.log()); };
    const auto played = session::run_autopilot(*running->session, options,
                                               [&](const session::Session&, const std::string& caption) {
                                                   if (trouble) return;
                                                   if (const auto ok = photographer.take(caption); !ok)
                                                       trouble = ok.error();
                                               });
    if (!played) return report_error(played.error());
    if (trouble) return report_error(*trouble);
    running->file->take(running->session->log());
    if (!running->file->flush()) return report_error(*running->file->problem());

    const auto assessment = assess_log(*content, running->session->log());
    if (!assessment) return report_error(assessment.error());
    if (const auto ok = photographer.take("debrief", &*assessment); !ok) return report_error(ok.error());

    report::ReportInput input;
    input.scenario = running->scenario;
    input.body = running->world.body.get();
    input.log = &running->session->log();
    input.assessment = &*assessment;
    input.verification =
        session::replay(running->world.world, running->session->log()).same ? "verified" : "differs";
    input.pictures = report_pictures(*running, (*stage)->renderer());
    const auto pdf = report::render_report(input, report::Format::Pdf);
    if (!pdf) return report_error(pdf.error());
    if (const auto ok = write_file(folder / "report.pdf", *pdf); !ok) return report_error(ok.error());
    if (const auto ok = write_file(folder / "report.txt", report::text_report(input)); !ok)
        return report_error(ok.error());

    fmt::print("\nScore: {:.1f} of 100, {} ({})\n", assessment->total,
               assessment->pass ? "pass" : "not passed", assessment->pass_reason);
    fmt::print("Log:      {} ({})\n", running->file->path().string(), input.verification);
    fmt::print("Report:   {}\n", (folder / "report.pdf").string());
    fmt::print("Pictures: {} PNG files in {}\n", photographer.count(), folder.string());
    return 0;
}

} // namespace

void add_demonstrate(CLI::App& program, Run& run) {
    const auto o = std::make_shared<DemonstrationOptions>();
    auto* c = program.add_subcommand(
        "demonstrate", "A scripted trainee plays a case off-screen; log, report and pictures are kept");
    c->add_option("--case", o->case_id, "Case id")->required();
    c->add_option("--out", o->out, "Folder for log, report and pictures");
    c->add_option("--trainee", o->trainee, "expert, intermediate or novice")
        ->check(CLI::IsMember({"expert", "intermediate", "novice"}));
    c->footer("Example: tautband demonstrate --case desk-neck --out demonstration");
    c->callback([&run, o] { run = [o] { return demonstrate(*o); }; });
}

} // namespace tb::app
