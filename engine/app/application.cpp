#include "app/application.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <optional>

#include <SDL.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "app/clock.h"
#include "app/commands/commands.h"
#include "app/feel.h"
#include "app/files.h"
#include "app/live_log.h"
#include "app/model.h"
#include "app/report_pictures.h"
#include "app/session_start.h"
#include "render/picture_texture.h"
#include "report/report.h"
#include "session/replay.h"
#include "training/hints.h"
#include "training/ladder.h"
#include "training/mode.h"
#include "view/echo_image.h"
#include "view/echo_view.h"
#include "view/present.h"
#include "view/referral_paint.h"

namespace tb::app {
namespace {

/// After input, ImGui needs a few frames until hover and focus have settled.
constexpr int kSettleFrames = 4;
/// Never simulate more than this for one picture: a slow machine plays in slow motion rather than freezing.
constexpr double kLongestStep_s = 0.25;
/// Simulated time is advanced in pieces of this many ticks while fast-forwarding, so that the screen keeps
/// answering.
constexpr Tick kFastForwardPiece = 30 * kTicksPerSecond;

} // namespace

struct Application::Impl {
    Options options;
    std::unique_ptr<Stage> stage;
    view::ToolShapes shapes;
    view::ToolController hand;
    view::ProbeController probe_hand;
    std::optional<view::EchoView> echo; ///< made with the content
    Feel feel;
    render::PictureTexture echo_texture;
    std::uint64_t echo_shown = 0; ///< revision in the texture
    ui::EchoImage echo_image;

    std::future<ExpectedAll<Content>> loading;
    std::optional<Content> content;
    std::vector<Error> load_faults;
    std::unique_ptr<anatomy::Body> plain_body; ///< for the anatomy screen
    StaticTexts texts;
    std::optional<UnfinishedLog> unfinished;

    std::future<ExpectedAll<RunningCase>> preparing; ///< a case whose patient's body takes shape
    bool score_when_ready = false;                   ///< and is then scored as it is
    std::optional<RunningCase> running;
    std::optional<scoring::Assessment> assessment;
    std::optional<session::Session> shown; ///< debrief: the session as it was at a chosen time
    std::string report_path, error;
    events::Posture posture = events::Posture::Sitting; ///< that the camera was set for
    bool paused = false, quit = false;
    Tick fast_forward = 0, fast_forward_total = 0;
    Tick second_shown = -1; ///< by the clock of the running case

    Clock::time_point last = Clock::now();
    double debt_s = 0.0; ///< time that passed and is not yet simulated
    int settle = kSettleFrames;
    view::ReferralPaint paint; // the scene points into it
    render::RenderScene scene;
    bool has_scene = false;
    double frame_ms = 0.0;
    int exit_code = 0;

    explicit Impl(Options o) : options(std::move(o)) {}

    // ---- loading ----

    void begin_loading() {
        loading = std::async(std::launch::async, [] { return load_content(find_places(), Anatomy::Load); });
    }

    /// Takes over what was loaded; true once there is content.
    void poll_loading() {
        if (!loading.valid() || loading.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            return;
        ExpectedAll<Content> result = loading.get();
        settle = kSettleFrames;
        if (!result) {
            load_faults = result.error();
            exit_code = report_errors(load_faults);
            error = load_faults.front().text();
            return;
        }
        content = std::move(*result);
        if (auto body = anatomy::Body::create(*content->atlas, {}, 1)) {
            plain_body = std::make_unique<anatomy::Body>(std::move(*body));
        }
        texts = load_static_texts(content->places);
        look_for_unfinished();
        if (!options.case_id.empty()) start(options.case_id, options.mode, events::Sight::Blind);
    }

    void look_for_unfinished() {
        unfinished.reset();
        if (!options.write_logs) return;
        auto found = find_unfinished(sessions_folder());
        if (!found.empty()) unfinished = std::move(found.front());
    }

    // ---- cases ----

    void fail_with(const Error& e) {
        error = e.text();
        spdlog::warn("{}", error);
        settle = kSettleFrames;
    }

    void start(const std::string& id, const std::string& mode, events::Sight sight,
               std::optional<std::uint64_t> seed = {}) {
        prepare(false, [this, o = StartOptions{id, mode, options.profile, seed, {}, sight}] {
            return app::start_case(*content, o);
        });
    }

    void once_more(events::Sight sight) {
        if (!running) return;
        const session::Options& o = running->session->options();
        start(running->scenario->id, o.mode, sight, o.seed);
    }

    /// The shape of a patient's own body takes seconds: meanwhile the window answers and says so.
    template <class Make>
    void prepare(bool then_score, Make&& make) {
        if (preparing.valid()) return;
        score_when_ready = then_score;
        preparing = std::async(std::launch::async, std::forward<Make>(make));
    }

    void finish_preparing() {
        if (preparing.valid()) preparing.wait();
        poll_preparing();
    }

    void poll_preparing() {
        if (!preparing.valid() || preparing.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
            return;
        ExpectedAll<RunningCase> ready = preparing.get();
        settle = kSettleFrames;
        if (!ready) return fail_with(ready.error().front());
        leave_case();
        running = std::move(*ready);
        if (running->file) {
            unfinished.reset(); // resumed
        } else if (options.write_logs) {
            open_log();
        }
        enter_case();
        if (score_when_ready) open_debrief();
    }

    /// A place that cannot be written must not keep a student from practising, but it is said at once and an
    /// assessment does not start without evidence.
    void open_log() {
        const auto folder = need_folder(sessions_folder());
        const session::Options& o = running->session->options();
        Expected<std::unique_ptr<LiveLog>> file =
            folder ? LiveLog::create(new_log_path(sessions_folder(), running->scenario->id, o.created),
                                     running->session->log())
                   : Expected<std::unique_ptr<LiveLog>>(tl::unexpected(folder.error()));
        if (file) {
            running->file = std::move(*file);
            return;
        }
        fail_with({file.error().code,
                   file.error().message + (o.mode == "assessment"
                                               ? "; the assessment was not started"
                                               : "; this practice runs, but nothing of it is kept"),
                   file.error().where});
        if (o.mode == "assessment") running.reset();
    }

    void enter_case() {
        if (!running) return;
        assessment.reset();
        shown.reset();
        report_path.clear();
        paused = false;
        fast_forward = 0;
        debt_s = 0.0;
        hand.reset();
        probe_hand.reset();
        stage->view() = first_view(*running->scenario, *content->atlas);
        std::vector<std::string> points;
        for (const anatomy::Band& band : running->world.body->bands())
            points.push_back(band.id);
        paint.prepare(running->world.body->atlas(), points);
        posture = events::Posture::Sitting;
        follow_posture();
        stage->shell().show(ui::Screen::Case);
        settle = kSettleFrames;
    }

    void leave_case() {
        if (running && running->file) {
            running->file->take(running->session->log());
            running->file->flush();
        }
        running.reset();
        assessment.reset();
        shown.reset();
    }

    void resume(bool score_only) {
        if (!unfinished) return;
        prepare(score_only, [this, path = unfinished->path] { return resume_case(*content, path); });
    }

    /// Puts the unfinished log aside: kept, but no longer offered.
    void discard() {
        if (!unfinished || preparing.valid()) return; // it may be the one that is being resumed
        std::error_code ec;
        std::filesystem::rename(unfinished->path, unfinished->path.string() + ".aside", ec);
        if (ec) return fail_with(write_error(unfinished->path, ec.value()));
        look_for_unfinished();
    }

    void open_debrief() {
        if (!running) return;
        auto result = assess_log(*content, running->session->log());
        if (!result) return fail_with(result.error());
        assessment = std::move(*result);
        shown.reset();
        stage->view().layers.skin_opacity = 0.3f;
        stage->view().layers.show_bands = true;
        stage->shell().show(ui::Screen::Debrief);
        stage->shell().set_timeline(running->session->state().now);
    }

    void save_report() {
        if (!running || !assessment) return;
        report::ReportInput input;
        input.scenario = running->scenario;
        input.body = running->world.body.get();
        input.log = &running->session->log();
        input.assessment = &*assessment;
        input.pictures = report_pictures(*running, stage->renderer());
        const auto bytes = report::render_report(input, report::Format::Pdf);
        if (!bytes) return fail_with(bytes.error());
        const std::filesystem::path path =
            running->file ? std::filesystem::path(running->file->path()).replace_extension(".pdf")
                          : data_folder() / (running->scenario->id + ".pdf");
        if (const auto folder = need_folder(path.parent_path()); !folder) return fail_with(folder.error());
        if (const auto ok = write_file(path, *bytes); !ok) return fail_with(ok.error());
        report_path = path.string();
    }

    void repeat_from(Tick tick) {
        if (!running) return;
        RunningCase again;
        again.scenario = running->scenario;
        again.session = std::make_unique<session::Session>(running->session->branch_at(tick));
        // What was chosen before the first tick is not in a branch from there.
        if (const auto sight = training::sight_at(running->session->log().events(), tick);
            sight != training::sight_at(again.session->log().events(), tick))
            again.session->note(events::HelpUsed{std::string(events::word_of(sight))}, "program");
        const auto& old_file = running->file;
        if (old_file) {
            old_file->take(running->session->log());
            old_file->flush();
        }
        again.world = std::move(running->world);
        running = std::move(again);
        if (options.write_logs) open_log();
        enter_case();
    }

    void jump_to(Tick tick) {
        if (!running) return;
        shown.emplace(running->session->branch_at(std::min(tick, running->session->state().now)));
        stage->shell().set_timeline(tick);
    }

    // ---- one turn ----

    void carry_out(const ui::Command& c) {
        using Kind = ui::Command::Kind;
        settle = kSettleFrames;
        switch (c.kind) {
        case Kind::StartCase:
            return start(c.text, c.mode, c.sight);
        case Kind::OnceMore:
            return once_more(c.sight);
        case Kind::Resume:
            return resume(false);
        case Kind::ScoreRecovered:
            return resume(true);
        case Kind::Discard:
            return discard();
        case Kind::OpenDebrief:
            return open_debrief();
        case Kind::SaveReport:
            return save_report();
        case Kind::JumpTo:
            return jump_to(c.tick);
        case Kind::RepeatFrom:
            return repeat_from(c.tick);
        case Kind::TogglePause:
            paused = !paused;
            return;
        case Kind::ToggleFullscreen:
            stage->window().set_fullscreen(!stage->window().fullscreen());
            return;
        case Kind::SetScale:
            stage->set_font_scale(static_cast<float>(c.number));
            return;
        case Kind::DismissError:
            error.clear();
            if (!content) quit = true; // nothing can be done without content
            return;
        case Kind::NoteHelp:
            if (case_runs()) running->session->note(events::HelpUsed{c.text}, "program");
            return;
        case Kind::GoHome:
            leave_case();
            look_for_unfinished();
            stage->shell().show(ui::Screen::Home);
            return;
        case Kind::Quit:
            quit = true;
            return;
        }
    }

    [[nodiscard]] bool case_runs() const {
        return running && stage->shell().screen() == ui::Screen::Case && !running->session->state().finished;
    }

    /// True once a simulated second: the clock on the screen shows another time.
    bool clock_moved() {
        const Tick second = running->session->state().now / kTicksPerSecond;
        return std::exchange(second_shown, second) != second;
    }

    /// When the patient lies down, the trainee looks at the table instead of at a standing back.
    void follow_posture() {
        if (!running) return;
        const events::Posture now = running->session->state().posture;
        if (now == posture) return;
        posture = now;
        stage->view().camera = view::for_posture(first_view(*running->scenario, *content->atlas).camera, now);
        settle = kSettleFrames;
    }

    void advance_time(double passed_s) {
        if (!case_runs()) return;
        session::Session& session = *running->session;
        if (fast_forward > 0) {
            const Tick piece = std::min(fast_forward, kFastForwardPiece);
            session.advance(piece);
            fast_forward -= piece;
            settle = std::max(settle, 1);
        } else if (!paused) {
            debt_s = std::min(debt_s + passed_s, kLongestStep_s);
            const Tick due = static_cast<Tick>(debt_s * kTicksPerSecond);
            debt_s -= static_cast<double>(due) / kTicksPerSecond;
            for (Tick i = 0; i < due; ++i) {
                session.advance();
                feel.follow(session.state());
            }
        }
    }

    void submit(const std::vector<events::Action>& actions) {
        if (!case_runs()) return;
        for (const events::Action& action : actions) {
            const bool accepted = running->session->submit(action);
            if (const auto* forward = std::get_if<events::FastForward>(&action);
                forward != nullptr && accepted) {
                fast_forward_total = fast_forward = ticks_of(forward->span);
            }
            if (std::holds_alternative<events::AskHint>(action) && accepted) {
                const training::Hint hint = training::next_hint(*running->session, content->procedure);
                running->session->note(events::HintGiven{hint.text}, "program");
            }
        }
    }

    void keep_log() {
        if (!running || !running->file) return;
        running->file->take(running->session->log());
        if (const auto problem = running->file->problem(); problem && error.empty()) fail_with(*problem);
    }

    ui::Model model() const {
        ModelInput in;
        in.content = content ? &*content : nullptr;
        in.running = running ? &*running : nullptr;
        in.shown = shown ? &*shown : nullptr;
        in.assessment = assessment ? &*assessment : nullptr;
        in.plain_body = plain_body.get();
        in.texts = &texts;
        in.unfinished = unfinished ? &*unfinished : nullptr;
        ui::Model m = make_model(in);
        m.paused = paused;
        m.fullscreen = stage->window().fullscreen();
        m.scale = stage->font_scale();
        m.needle_tilt_deg = hand.needle_tilt_deg();
        m.needle_turn_deg = hand.needle_turn_deg();
        m.echo = echo_image;
        m.feel = feel.devices();
        m.probe_hold = probe_hand.hold();
        m.error = error;
        m.renderer = stage->renderer().description();
        m.frame_ms = frame_ms;
        m.report_path = report_path;
        if (!content && error.empty()) {
            m.status = "Loading the body and the cases";
        } else if (preparing.valid()) {
            m.status = "Preparing the patient: the body takes its own shape";
        } else if (fast_forward > 0) {
            m.status = "Time passes";
            m.progress = 1.0f - static_cast<float>(fast_forward) / static_cast<float>(fast_forward_total);
        }
        return m;
    }

    /// The 3D picture of the screen that is shown; false if it has none.
    bool make_scene(const ui::Output& out) {
        if (out.view.empty()) return false;
        const glm::vec2 size(out.view.width, out.view.height);
        if (out.screen == ui::Screen::Anatomy && plain_body) {
            scene = view::present_anatomy(*plain_body, stage->view(), size);
            paint.apply(plain_body->atlas(), stage->view().layers.referral, scene);
        } else if (out.screen == ui::Screen::Debrief && running) {
            const session::Session& s = shown ? *shown : *running->session;
            scene =
                view::present_debrief(*running->world.body, s.state(), s.log().events(), stage->view(), size);
        } else if (out.screen == ui::Screen::Case && running) {
            const session::SimState& now = running->session->state();
            scene = view::present_session(*running->world.body, now, stage->view(), shapes, size,
                                          feel.switches().dent);
            const anatomy::Body& body = *running->world.body;
            const std::string& asked = stage->view().layers.referral; // while exploring
            const std::string felt = view::referred_now(body, now);
            paint.apply(body.atlas(), asked.empty() ? felt : asked, scene,
                        !asked.empty() || view::spills(body, running->world.world.scenario, felt));
        } else {
            return false;
        }
        return true;
    }

    /// The ultrasound picture of the running case, if a probe is on the skin.
    void update_echo() {
        echo_image = {};
        if (!running || !content || stage->shell().screen() != ui::Screen::Case) return;
        if (!echo) echo.emplace(content->parameters);
        const tissue::EchoPicture* picture = echo->update(*running->session);
        if (picture == nullptr) return;
        if (std::exchange(echo_shown, echo->revision()) != echo->revision())
            echo_texture.update(view::echo_texels(*picture));
        echo_image = {echo_texture.id(), picture->width_mm, picture->depth_mm};
    }

    void draw(double dt_s, render::Picture* capture) {
        const auto begin = Clock::now();
        update_echo();
        const ui::Output out = stage->begin(model(), static_cast<float>(dt_s));
        feel.set(out.feel);
        if (out.screen == ui::Screen::Case && case_runs() && !paused && fast_forward == 0) {
            submit(hand.update(*running->world.body, running->session->state(), stage->view(), out.pointer,
                               dt_s));
            if (const auto move = probe_hand.update(*running->world.body, running->session->state(),
                                                    stage->view(), out.probe))
                submit({*move});
        }
        submit(out.actions);
        for (const ui::Command& c : out.commands)
            carry_out(c);
        if (out.wants_redraw) settle = std::max(settle, 1);
        has_scene = make_scene(out);
        stage->end(has_scene ? &scene : nullptr, out.view, capture);
        if (stage->settling()) settle = std::max(settle, 1);
        frame_ms = ms_since(begin);
    }
};

Application::Application(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Application::~Application() {
    if (impl_->loading.valid()) impl_->loading.wait();
    if (impl_->preparing.valid()) impl_->preparing.wait();
    impl_->leave_case();
}

Expected<std::unique_ptr<Application>> Application::create(const Options& options) {
    auto impl = std::make_unique<Impl>(options);
    impl->begin_loading(); // while the window opens and its shaders are compiled
    Stage::Options stage_options;
    stage_options.window = {"Tautband", options.width, options.height, options.offscreen, true};
    stage_options.shaders = find_places().root / "shaders";
    auto stage = Stage::create(stage_options);
    if (!stage) return tl::unexpected(stage.error());
    impl->stage = std::move(*stage);
    if (!options.offscreen) { // pictures and tests are silent
        impl->feel.open();
        impl->stage->input().set_listener([&feel = impl->feel](const SDL_Event& e) { feel.take(e); });
    }
    return std::unique_ptr<Application>(new Application(std::move(impl)));
}

bool Application::step() {
    Impl& a = *impl_;
    const bool was_loading = a.loading.valid() || a.preparing.valid();
    const bool busy = a.settle > 0 || a.case_runs() || was_loading;
    const Input::Taken input = a.stage->input().take(!busy);
    a.quit = a.quit || input.quit;
    const auto now = Clock::now();
    const double passed_s = std::chrono::duration<double>(now - a.last).count();
    a.last = now;
    a.poll_loading();
    a.poll_preparing();
    a.advance_time(passed_s);
    a.feel.deliver(a.case_runs() && !a.paused && a.fast_forward == 0);
    a.follow_posture();
    a.keep_log();
    if (input.any || a.stage->input().pending() || a.feel.hand_moves()) a.settle = kSettleFrames;
    const bool changed = a.case_runs() && (a.running->session->take_changed() || a.clock_moved());
    if (a.settle > 0 || changed || was_loading) {
        if (a.settle > 0) --a.settle;
        a.draw(std::min(passed_s, 0.1), nullptr);
        if (was_loading) SDL_Delay(15); // the loader needs the cores more than the progress bar does
    } else if (a.case_runs()) {
        SDL_Delay(4);
    }
    return !a.quit;
}

ExpectedAll<void> Application::wait_until_loaded() {
    Impl& a = *impl_;
    if (a.loading.valid()) a.loading.wait();
    a.poll_loading();
    if (!a.load_faults.empty()) return tl::unexpected(a.load_faults);
    a.finish_preparing();
    return {};
}

bool Application::loaded() const {
    return impl_->content.has_value();
}
void Application::start_case(const std::string& id, const std::string& mode, events::Sight sight) {
    impl_->start(id, mode, sight);
    impl_->finish_preparing();
}

void Application::show(ui::Screen screen) {
    impl_->stage->shell().show(screen);
}

ExpectedAll<void> Application::open_log_file(const std::filesystem::path& path, double at_s) {
    Impl& a = *impl_;
    auto opened = open_case(*a.content, path, at_s);
    if (!opened) return tl::unexpected(opened.error());
    a.leave_case();
    a.running = std::move(*opened);
    a.enter_case();
    a.open_debrief();
    return {};
}

render::Picture Application::capture() {
    render::Picture picture;
    for (int i = 0; i < kSettleFrames; ++i)
        impl_->draw(1.0 / 60.0, i + 1 == kSettleFrames ? &picture : nullptr);
    return picture;
}

Stage& Application::stage() {
    return *impl_->stage;
}
int Application::exit_code() const {
    return impl_->exit_code;
}

} // namespace tb::app
