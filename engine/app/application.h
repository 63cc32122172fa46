// The program with a window: loads the content while the first picture is up, runs cases, keeps the log on
// disk, and goes from screen to screen. The only place with a clock. One turn of the loop is `step`, so that
// a browser build or a test can drive it.
#pragma once

#include <memory>
#include <string>

#include "app/content.h"
#include "app/stage.h"

namespace tb::app {

class Application {
public:
    struct Options {
        std::string mode = "practice", case_id, profile;
        bool offscreen = false;
        int width = 1280, height = 720;
        bool write_logs = true;
    };
    static Expected<std::unique_ptr<Application>> create(const Options& options);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    /// One turn: input, simulated time, picture if something changed. False when the program should end.
    bool step();
    /// Steps until the content is loaded (tests, pictures, bench); errors are returned instead of shown.
    ExpectedAll<void> wait_until_loaded();
    [[nodiscard]] bool loaded() const;

    /// What a person would reach by clicking; used by the command line and by tests.
    void start_case(const std::string& id, const std::string& mode,
                    events::Sight sight = events::Sight::Blind);
    /// Shows a log as it stood at a time (its end when negative), scored; the file is not written to.
    ExpectedAll<void> open_log_file(const std::filesystem::path& path, double at_s);
    void show(ui::Screen screen);
    /// Draws the current screen and gives its pixels.
    render::Picture capture();

    [[nodiscard]] Stage& stage();
    /// Exit code when `step` returned false: 0, or that of a fault at start.
    [[nodiscard]] int exit_code() const;

private:
    struct Impl;
    explicit Application(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace tb::app
