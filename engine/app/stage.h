// Where pictures appear: window, screens and renderer together, without any session logic. One frame is
// `begin`, then whatever the application does with what the person wanted, then `end`.
#pragma once

#include <filesystem>
#include <memory>

#include "app/input.h"
#include "app/window.h"
#include "render/renderer.h"
#include "ui/shell.h"

namespace tb::app {

class Stage {
public:
    struct Options {
        Window::Options window;
        std::filesystem::path shaders;
        float font_scale = 1.0f;
        bool best_quality =
            false; ///< off-screen pictures: multisampling and ambient occlusion whatever the driver
    };
    static Expected<std::unique_ptr<Stage>> create(const Options& options);
    ~Stage();
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    /// Draws the screens' panels (not yet visible) and tells what the person wants.
    ui::Output begin(const ui::Model& model, float dt_s);
    /// Draws `scene` into `rect` (window units; skipped when null or empty) and the panels over it; shows the
    /// result. `capture` receives the pixels.
    void end(const render::RenderScene* scene, const ui::Rect& rect, render::Picture* capture = nullptr);

    void set_font_scale(float scale);
    [[nodiscard]] float font_scale() const;
    [[nodiscard]] ui::Shell& shell();
    [[nodiscard]] render::Renderer& renderer();
    [[nodiscard]] Window& window();
    [[nodiscard]] Input& input();
    [[nodiscard]] view::ViewSettings& view();
    /// The 3D picture is still coarser than it will be at rest (software rasterisers): another frame is due.
    [[nodiscard]] bool settling() const;
    /// Frames that `end` has drawn; an idle program draws none.
    [[nodiscard]] std::size_t frames() const;

private:
    struct Impl;
    explicit Stage(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

} // namespace tb::app
