#include "ui/shell.h"

#include <algorithm>

#include "ui/frame.h"
#include "ui/keys.h"
#include "ui/panels/anatomy.h"
#include "ui/theme.h"

namespace tb::ui {
namespace {

constexpr float kScaleStep = 0.1f;

/// Keys that work on every screen.
void common_keys(Frame& f) {
    if (pressed(Shortcut::Fullscreen)) f.command(Command::Kind::ToggleFullscreen);
    const float change =
        (pressed(Shortcut::Larger) ? kScaleStep : 0.0f) - (pressed(Shortcut::Smaller) ? kScaleStep : 0.0f);
    if (change != 0.0f) {
        Command c{Command::Kind::SetScale, {}, {}, 0.0, 0};
        c.number = static_cast<double>(std::clamp(f.model.scale + change, kLowestScale, kHighestScale));
        f.out.commands.push_back(c);
    }
    if (pressed(Shortcut::Help)) f.state.show_help = !f.state.show_help;
}

/// On the case and anatomy screens the picture has the keys until F6 hands them to a panel; elsewhere the
/// panels always have them.
void route_keys(Frame& f) {
    Shell::State& s = f.state;
    const bool picture = s.screen == Screen::Case || s.screen == Screen::Anatomy;
    if (picture && !s.modal_open) {
        if (pressed(Shortcut::Panels)) {
            constexpr int kTargets = static_cast<int>(KeyTarget::TopBar) + 1;
            s.keys = static_cast<KeyTarget>((static_cast<int>(s.keys) + 1) % kTargets);
            const bool echo =
                s.screen == Screen::Case && f.sim() != nullptr && f.sim()->probe.held && !f.exploring();
            if (s.keys == KeyTarget::Echo && !echo) s.keys = KeyTarget::TopBar;
            s.keys_changed = true;
        }
        if (ImGui::IsKeyPressed(key::kEscape, false) && s.keys != KeyTarget::View) {
            s.keys = KeyTarget::View;
            s.keys_changed = true;
        }
    }
    ImGuiIO& io = ImGui::GetIO();
    const bool panels = !picture || s.modal_open || s.keys != KeyTarget::View;
    if (panels) {
        io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    } else {
        io.ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
    }
}

/// A sentence that must be read, above everything.
void draw_error(Frame& f) {
    if (f.model.error.empty()) return;
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const float width = std::min(size.x - 2.0f * theme::em(), 36.0f * theme::em());
    ImGui::SetNextWindowPos({0.5f * size.x, size.y - 0.8f * theme::em()}, ImGuiCond_Always, {0.5f, 1.0f});
    ImGui::SetNextWindowSize({width, 0.0f});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, theme::kCard);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 2.0f);
    ImGui::PushStyleColor(ImGuiCol_Border, theme::kDanger);
    ImGui::Begin("##error", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove);
    ImGui::PopStyleColor();
    sign(Sign::Danger);
    text_wrapped(f.model.error);
    if (button("Understood", "", "", "")) f.command(Command::Kind::DismissError);
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
}

} // namespace

const std::uint16_t* glyph_ranges() {
    // Basic Latin to Latin Extended-A, Greek mu, general punctuation, arrows, mathematical signs.
    static constexpr std::uint16_t kRanges[] = {0x0020, 0x017F, 0x03BC, 0x03BC, 0x2010,
                                                0x2027, 0x2190, 0x2193, 0x2212, 0x2212,
                                                0x2248, 0x2248, 0x2264, 0x2265, 0};
    return kRanges;
}

bool begin_panel(const char* name, const Rect& rect, const ImVec4& colour, int extra_flags) {
    ImGui::SetNextWindowPos({rect.x, rect.y});
    ImGui::SetNextWindowSize({rect.width, rect.height});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, colour);
    const bool open =
        ImGui::Begin(name, nullptr,
                     ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                         ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                         ImGuiWindowFlags_NoBringToFrontOnFocus | extra_flags);
    ImGui::PopStyleColor();
    return open;
}

void open_screen(Frame& f, Screen screen) {
    Shell::State& s = f.state;
    if (screen == s.screen) return;
    const bool from_work =
        s.screen == Screen::Home || s.screen == Screen::Case || s.screen == Screen::Debrief;
    const bool aside = screen == Screen::Anatomy || screen == Screen::About;
    if (from_work && aside) {
        s.before = s.screen;
        s.kept_view = f.view;
        if (screen == Screen::Anatomy) {
            f.view.layers = {};
            s.keys = KeyTarget::View;
            s.structure.clear();
            s.anatomy.point.clear();
        }
    } else if (!aside && s.kept_view) {
        f.view = *s.kept_view;
        s.kept_view.reset();
    }
    s.screen = screen;
}

Shell::Shell() : state_(std::make_unique<State>()) {}
Shell::~Shell() = default;

void Shell::set_fonts(const Fonts& fonts) {
    state_->fonts = fonts;
    if (fonts.regular != nullptr) ImGui::GetIO().FontDefault = fonts.regular;
    theme::apply(fonts);
}

void Shell::show(Screen screen) {
    state_->screen = screen;
    state_->kept_view.reset();
    state_->explored_from.reset();
    state_->ask_finish = state_->ask_leave = false;
    state_->keys = KeyTarget::View;
    state_->keys_changed = true;
}

Screen Shell::screen() const {
    return state_->screen;
}

void Shell::toggle_explore() {
    state_->explore_asked = true;
}

void Shell::set_timeline(Tick tick) {
    state_->timeline = tick;
}

Output Shell::draw(const Model& model, view::ViewSettings& view, float dt) {
    Output out;
    Frame f{model, out, view, *state_, state_->fonts, dt, {}};
    if (model.session != state_->followed) state_->standard = view.camera;
    follow_session(f);
    common_keys(f);
    state_->modal_open = state_->show_help || state_->ask_finish || state_->ask_leave;
    route_keys(f);
    switch (state_->screen) {
    case Screen::Home:
        draw_home(f);
        break;
    case Screen::Case:
        draw_case(f);
        break;
    case Screen::Debrief:
        draw_debrief(f);
        break;
    case Screen::Anatomy:
        draw_anatomy(f);
        break;
    case Screen::About:
        draw_about(f);
        break;
    }
    if (state_->show_help) {
        const bool anatomy = state_->screen == Screen::Anatomy || f.exploring();
        anatomy ? anatomy_screen::draw_keys_help(f) : draw_help(f);
    }
    draw_error(f);
    out.screen = state_->screen;
    out.feel = state_->feel;
    out.feel.sound = out.feel.sound && model.feel.no_sound.empty();
    out.feel.rumble = out.feel.rumble && model.feel.no_rumble.empty();
    if (model.progress >= 0.0f) out.wants_redraw = true;
    state_->keys_changed = false;
    return out;
}

} // namespace tb::ui
