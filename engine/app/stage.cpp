#include "app/stage.h"

#include <array>
#include <cmath>
#include <utility>

#include <SDL.h>
#include <backends/imgui_impl_opengl3.h>
#include <backends/imgui_impl_sdl.h>
#include <imgui.h>

#include "app/clock.h"
#include "render/pacer.h"

namespace tb::app {

namespace fs = std::filesystem;

namespace {

/// The first of the packaged fonts that is there; ImGui's own otherwise.
ImFont* add_font(std::initializer_list<const char*> files, float px) {
    ImGuiIO& io = ImGui::GetIO();
    ImFontConfig config;
    config.OversampleH = 2;
    config.OversampleV = 1;
    for (const char* file : files) {
        if (fs::exists(file)) {
            return io.Fonts->AddFontFromFileTTF(file, std::round(px), &config,
                                                reinterpret_cast<const ImWchar*>(ui::glyph_ranges()));
        }
    }
    return nullptr;
}

/// Signs that the text font lacks are taken from DejaVu Sans.
void merge_signs(float px) {
    constexpr const char* kSigns = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    if (!fs::exists(kSigns)) return;
    ImFontConfig config;
    config.MergeMode = true;
    ImGui::GetIO().Fonts->AddFontFromFileTTF(kSigns, std::round(px), &config,
                                             reinterpret_cast<const ImWchar*>(ui::glyph_ranges()));
}

ui::Fonts load_fonts(float scale) {
    constexpr const char* kInter = "/usr/share/fonts/opentype/inter/Inter-Regular.otf";
    constexpr const char* kInterBold = "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf";
    constexpr const char* kDejaVu = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";
    constexpr const char* kDejaVuBold = "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf";
    ImGui::GetIO().Fonts->Clear();
    ui::Fonts fonts;
    const auto add = [&](std::initializer_list<const char*> files, float px) {
        ImFont* font = add_font(files, px * scale);
        if (font != nullptr) merge_signs(px * scale);
        return font;
    };
    fonts.regular = add({kInter, kDejaVu}, ui::kRegularPx);
    fonts.bold = add({kInterBold, kDejaVuBold}, ui::kRegularPx);
    fonts.small = add({kInter, kDejaVu}, ui::kSmallPx);
    fonts.numerals = add({kInterBold, kDejaVuBold}, ui::kNumeralsPx);
    if (fonts.regular == nullptr) ImGui::GetIO().Fonts->AddFontDefault();
    return fonts;
}

} // namespace

struct Stage::Impl {
    Window window;
    Input input;
    std::optional<render::Renderer> renderer;
    std::unique_ptr<ui::Shell> shell;
    view::ViewSettings view;
    render::Pacer pacer;
    Clock::time_point last_draw = Clock::now();
    float scale = 1.0f;
    std::size_t frames = 0;
    bool imgui = false;
    bool fonts_due = false; ///< the scale changed: fonts are loaded anew before the next frame

    explicit Impl(Window w) : window(std::move(w)) {}
    /// A graphics card draws at full detail; a software rasteriser keeps its pace if it may.
    void draw(const render::RenderScene& scene, int x, int y, int width, int height, bool paced) {
        if (!renderer->software() || !paced) return renderer->draw(scene, x, y, width, height);
        const auto begin = Clock::now();
        const float detail =
            pacer.next(renderer->changed(scene, width, height), ms_since(last_draw) / 1000.0);
        renderer->draw(scene, x, y, width, height, detail);
        renderer->finish();
        pacer.took(ms_since(begin));
        last_draw = begin;
    }
    ~Impl() {
        if (!imgui) return;
        shell.reset();
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplSDL2_Shutdown();
        ImGui::DestroyContext();
    }
};

Stage::Stage(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Stage::~Stage() = default;

Expected<std::unique_ptr<Stage>> Stage::create(const Options& options) {
    auto window = Window::create(options.window);
    if (!window) return tl::unexpected(window.error());
    auto impl = std::make_unique<Impl>(std::move(*window));

    render::RendererOptions renderer_options;
    renderer_options.shader_folder = options.shaders.string();
    auto renderer = render::Renderer::create(&Window::gl_function, renderer_options);
    if (!renderer) return tl::unexpected(renderer.error());
    if (renderer->software() &&
        !options.best_quality) { // a software rasteriser in the window: speed before polish
        renderer_options.samples = 1;
        renderer_options.ambient_occlusion = false;
        renderer = render::Renderer::create(&Window::gl_function, renderer_options);
        if (!renderer) return tl::unexpected(renderer.error());
    }
    impl->renderer.emplace(std::move(*renderer));

    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    impl->imgui = true;
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr; // the layout is ours; no file appears where the program was started
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    ImGui_ImplSDL2_InitForOpenGL(impl->window.handle(), impl->window.context());
    ImGui_ImplOpenGL3_Init("#version 330 core");
    impl->shell = std::make_unique<ui::Shell>();
    impl->scale = options.font_scale;
    impl->shell->set_fonts(load_fonts(impl->scale));
    return std::unique_ptr<Stage>(new Stage(std::move(impl)));
}

ui::Output Stage::begin(const ui::Model& model, float dt_s) {
    if (std::exchange(impl_->fonts_due, false)) { // ImGui forbids new fonts within a frame
        ImGui_ImplOpenGL3_DestroyFontsTexture();
        impl_->shell->set_fonts(load_fonts(impl_->scale));
        ImGui_ImplOpenGL3_CreateFontsTexture();
    }
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplSDL2_NewFrame();
    impl_->input.complete_frame();
    ImGui::GetIO().DeltaTime = std::max(dt_s, 1e-4f);
    ImGui::NewFrame();
    return impl_->shell->draw(model, impl_->view, dt_s);
}

void Stage::end(const render::RenderScene* scene, const ui::Rect& rect, render::Picture* capture) {
    ImGui::Render();
    const Window::Size size = impl_->window.size();
    const float sx =
        size.width > 0 ? static_cast<float>(size.pixel_width) / static_cast<float>(size.width) : 1.0f;
    const float sy =
        size.height > 0 ? static_cast<float>(size.pixel_height) / static_cast<float>(size.height) : 1.0f;
    impl_->renderer->clear_window(size.pixel_width, size.pixel_height);
    if (scene != nullptr && !rect.empty()) {
        const int height = static_cast<int>(std::lround(rect.height * sy));
        const int bottom = size.pixel_height - static_cast<int>(std::lround(rect.y * sy)) - height;
        impl_->draw(*scene, static_cast<int>(std::lround(rect.x * sx)), bottom,
                    static_cast<int>(std::lround(rect.width * sx)), height, capture == nullptr);
    } else {
        impl_->pacer.rest(); // the screen has no picture: none is still to become sharp
    }
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    ++impl_->frames;
    if (capture != nullptr) *capture = impl_->renderer->read(size.pixel_width, size.pixel_height);
    impl_->window.swap();
}

void Stage::set_font_scale(float scale) {
    impl_->scale = std::clamp(scale, ui::kLowestScale, ui::kHighestScale);
    impl_->fonts_due = true;
}

float Stage::font_scale() const {
    return impl_->scale;
}
ui::Shell& Stage::shell() {
    return *impl_->shell;
}
render::Renderer& Stage::renderer() {
    return *impl_->renderer;
}
Window& Stage::window() {
    return impl_->window;
}

Input& Stage::input() {
    return impl_->input;
}
view::ViewSettings& Stage::view() {
    return impl_->view;
}
bool Stage::settling() const {
    return impl_->pacer.settling();
}
std::size_t Stage::frames() const {
    return impl_->frames;
}

} // namespace tb::app
