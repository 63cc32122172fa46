// The screens: draws panels from plain state and hands back what the person wants done. Changes no session,
// opens no file, knows no SDL and no GL. The application owns window, clock and files, calls `draw` between
// ImGui::NewFrame and ImGui::Render, submits the actions, carries out the commands, and lets the renderer
// fill the reported rectangle.
//
// Keys are read from ImGui's io.KeysDown with USB HID usage numbers as index, which is what SDL's scancodes
// are.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "base/units.h"
#include "events/action.h"
#include "events/log.h"
#include "events/sight.h"
#include "procedure/step.h"
#include "scenario/scenario.h"
#include "scoring/assess.h"
#include "session/session.h"
#include "training/mode.h"
#include "view/pad.h"
#include "view/probe_controller.h"
#include "view/tool_controller.h"
#include "view/view_settings.h"

struct ImFont;

namespace tb::ui {

enum class Screen { Home, Case, Debrief, Anatomy, About };

/// Fonts, loaded by the application with `glyph_ranges`. Regular and bold at 18 px times the scale, small at
/// 16 px, numerals (bold) at 30 px. Any may be null: the regular one, or ImGui's own, is used instead.
struct Fonts {
    ImFont* regular = nullptr;
    ImFont* bold = nullptr;
    ImFont* small = nullptr;
    ImFont* numerals = nullptr;
};
constexpr float kRegularPx = 18.0f, kSmallPx = 16.0f, kNumeralsPx = 30.0f;
constexpr float kLowestScale = 1.0f, kHighestScale = 2.0f;
/// Zero-ended pairs for ImFontAtlas::AddFontFromFileTTF: Latin and the signs the texts use.
const std::uint16_t* glyph_ranges();

/// One case as the home screen lists it.
struct CaseRow {
    std::string id, title;
    std::string summary; ///< who comes with what, one or two sentences
    int level = 1;       ///< 1 easy .. 4 hard
};

/// A log that an interrupted run left behind.
struct Recoverable {
    std::string case_title;
    std::string mode;
    std::string created;  ///< wall time, as a person reads it
    double seconds = 0.0; ///< simulated time reached
    bool can_resume = true;
    std::string note; ///< one sentence, e.g. why it can only be scored; may be empty
};

/// The ultrasound picture as a texture.
struct EchoImage {
    unsigned texture = 0; ///< name of a 2D texture, 0: there is no picture
    double width_mm = 0.0, depth_mm = 0.0;
};

/// The four ways in which palpation is told, all at once; each can be switched off.
struct FeelSwitches {
    bool dent = true;   ///< skin gives way, the finger goes down with it
    bool strip = true;  ///< pad map, chart and bars below the picture
    bool sound = true;  ///< pitch by stiffness, a tick when the band snaps
    bool rumble = true; ///< of a game controller
    bool operator==(const FeelSwitches&) const = default;
};

/// What the machine has for sound and rumble; a reason is one sentence, empty while there is none.
struct FeelDevices {
    std::string no_sound, no_rumble;
    view::PadState pad; ///< the game controller's sticks and triggers now
};

/// Everything the screens show. Pointers may be null: what is missing is left out or said in words.
struct Model {
    const session::Session* session = nullptr;
    const anatomy::Body* body = nullptr; ///< patient's body, or any body for the anatomy browser
    const scenario::Scenario* scenario = nullptr;
    const procedure::Procedure* procedure = nullptr;
    const scoring::Assessment* assessment = nullptr; ///< debrief
    /// Debrief: the whole log, while `session` may be an earlier moment of it; null: the session's own.
    const events::EventLog* log = nullptr;
    std::vector<CaseRow> cases;
    std::optional<Recoverable> recoverable;
    training::ModeRules mode; ///< of the running case
    bool paused = false;
    bool fullscreen = false;
    float scale = 1.0f; ///< font scale in use
    double needle_tilt_deg = 60.0,
           needle_turn_deg = 0.0; ///< of the tool controller, shown before the puncture
    FeelDevices feel;
    EchoImage echo;
    tissue::ProbeHold probe_hold; ///< how the probe is held
    std::string status;           ///< what the program is doing ("Building the patient"), empty if nothing
    float progress = -1.0f;       ///< 0..1, negative: no progress to show
    std::string error;            ///< one sentence that must be read; stays until `Command::DismissError`
    std::string renderer;         ///< "OpenGL 4.5, llvmpipe"
    double frame_ms = 0.0;
    std::string log_path, report_path; ///< where the evidence lies; empty if not written yet
    std::string version;
    std::string attribution; ///< text of assets/NOTICE
    std::string licence;     ///< first lines of LICENSE, or its name
};

struct Command {
    enum class Kind {
        StartCase,      ///< text = case id, mode = "practice" ..., sight = how much is seen
        OnceMore,       ///< debrief: the same case, mode and seed from the beginning, at `sight`
        Resume,         ///< go on with the recoverable log
        ScoreRecovered, ///< assess the recoverable log and open the debrief
        Discard,        ///< put the recoverable log aside
        OpenDebrief,    ///< the case is finished: assess and show
        SaveReport,
        JumpTo,     ///< debrief: show the state at `tick`
        RepeatFrom, ///< practice: a new try that branches at `tick`
        TogglePause,
        ToggleFullscreen,
        SetScale, ///< number = font scale; the application rebuilds the fonts and calls `set_fonts`
        DismissError,
        NoteHelp, ///< case: help was taken; text = events::HelpUsed::what, for the log
        GoHome,   ///< leave the case; its log is kept
        Quit,
    };
    Kind kind = Kind::Quit;
    std::string text, mode;
    double number = 0.0;
    Tick tick = 0;
    events::Sight sight = events::Sight::Blind;
    bool operator==(const Command&) const = default;
};

/// Pixels from the window's upper left corner.
struct Rect {
    float x = 0.0f, y = 0.0f, width = 0.0f, height = 0.0f;
    [[nodiscard]] bool empty() const { return width < 1.0f || height < 1.0f; }
    bool operator==(const Rect&) const = default;
};

struct Output {
    /// To be submitted in this order. After a FastForward the application advances the session by its span.
    std::vector<events::Action> actions;
    std::vector<Command> commands;
    Screen screen = Screen::Home;
    Rect view;                 ///< where the 3D picture goes; empty: no 3D picture on this screen
    bool view_hovered = false; ///< pointer over the picture and not over a panel
    /// Why something asked for by key does not happen, one sentence; empty in all other frames. The screen
    /// says it too.
    std::string refused;
    /// As switched, and possible: no sound and no rumble without a device.
    FeelSwitches feel;
    /// Case screen: the hand in this frame, for ToolController::update (mouse, keys and game controller
    /// already combined).
    view::PointerSample pointer;
    /// The hand that holds the probe; `steers` only while the person moves it.
    view::ProbeSample probe;
    bool wants_redraw =
        false; ///< something on the screen moves: draw the next frame without waiting for an event
};

class Shell {
public:
    Shell();
    ~Shell();
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    /// Must be called outside a frame; sets ImGui's style too.
    void set_fonts(const Fonts& fonts);
    void show(Screen screen);
    [[nodiscard]] Screen screen() const;
    /// Case: opens or closes exploring in the next frame, as its key does.
    void toggle_explore();
    /// Debrief: marks this time on the timeline (the application jumped there).
    void set_timeline(Tick tick);

    /// Draws one frame. `view` changes when the person turns the picture or sets layers. `dt` = seconds since
    /// the last frame, for held keys.
    Output draw(const Model& model, view::ViewSettings& view, float dt);

    struct State; ///< what the screens remember between frames (ui/frame.h)

private:
    std::unique_ptr<State> state_;
};

} // namespace tb::ui
