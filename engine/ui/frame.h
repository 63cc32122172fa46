// Inside module ui only: what panels read and write while one frame is drawn, and what the screens remember
// between frames.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "scoring/readings.h"
#include "ui/anatomy_state.h"
#include "ui/feed.h"
#include "ui/shell.h"
#include "view/labels.h"

namespace tb::ui {

/// One sample of the strip's chart.
struct ChartSample {
    float press_N = 0.0f, stiffness = 0.0f, band = 0.0f, pain = 0.0f, needle_N = 0.0f;
};

/// Which part of the case screen gets the keys; F6 goes round.
enum class KeyTarget { View, Steps, Context, Strip, Echo, TopBar };

struct Shell::State {
    Fonts fonts;
    Screen screen = Screen::Home,
           before = Screen::Home; ///< `before`: where Back leads from Anatomy and About
    // home
    std::string chosen_case, chosen_mode = "practice";
    events::Sight chosen_sight = events::Sight::Blind;
    // case
    const session::Session* followed = nullptr; ///< session the memory below belongs to
    std::size_t seen_events = 0;
    std::vector<FeedLine> feed, speech;
    std::deque<ChartSample> chart;
    std::vector<scoring::AlgometerReading> readings; ///< of the algometer in this case
    Tick last_sample = -1;
    std::string phase; ///< chosen by hand; empty: follows the procedure
    KeyTarget keys = KeyTarget::View;
    bool keys_changed = false;
    bool steer_probe = false; ///< pointer and keys move the probe instead of the tool
    bool probe_seen = false;  ///< the probe was held in the frame before
    bool ask_finish = false, show_help = false, ask_leave = false;
    bool x_ray = false;
    events::Sight sight = events::Sight::Blind; ///< as the log tells it
    FeelSwitches feel;            ///< as the person has set them, for as long as the program runs
    view::PadHand pad, probe_pad; ///< what the game controller gives to the tool and to the probe
    std::string context_phase;    ///< whose panel is on the right
    std::optional<view::ViewSettings> explored_from; ///< set while exploring: the view to come back to
    bool explore_asked = false;                      ///< by the application, for the next frame
    bool explore_stopped_time = false;               ///< time was running when exploring began
    bool noted_points = false;                       ///< in this exploring they were shown, and it is logged
    std::string hint;
    Tick hint_at = -1;
    // syringe choices, not yet done
    int gauge[2] = {27, 25};
    float length_mm[2] = {13.0f, 25.0f};
    std::string agent[2];
    float volume_mL[2] = {0.5f, 1.0f};
    float rate_mL_s = 0.05f;
    bool pushing = false, pulling = false;
    bool push_button = false, pull_button = false; ///< held in this frame by mouse or panel keys
    bool drag_in_view = false; ///< a mouse button went down on the picture and is still held
    bool by_keys = false;      ///< the hand was last moved by keys, not by the pointer
    bool modal_open = false;
    view::OrbitCamera standard;                  ///< camera when the case began
    std::optional<view::ViewSettings> kept_view; ///< of the screen that Anatomy or About was opened from
    std::string search;                          ///< shared by the filter fields
    // debrief
    Tick timeline = -1;
    std::string opened_item;
    // anatomy
    std::string structure;
    AnatomyState anatomy;
    std::vector<view::Label> placed; ///< labels of the view below
    std::optional<view::ViewSettings> placed_for;
    glm::vec2 placed_size{0.0f};
};

struct Frame {
    const Model& model;
    Output& out;
    view::ViewSettings& view;
    Shell::State& state;
    const Fonts& fonts;
    float dt = 0.0f;
    Rect area; ///< of the panel being drawn

    [[nodiscard]] const session::SimState* sim() const {
        return model.session != nullptr ? &model.session->state() : nullptr;
    }
    [[nodiscard]] const events::EventLog* log() const {
        if (model.log != nullptr) return model.log;
        return model.session != nullptr ? &model.session->log() : nullptr;
    }
    void act(events::Action action) { out.actions.push_back(std::move(action)); }
    [[nodiscard]] bool exploring() const {
        return state.screen == Screen::Case && state.explored_from.has_value();
    }
    /// For the log: that help was taken (events::HelpUsed).
    void note_help(std::string what) { command(Command::Kind::NoteHelp, std::move(what)); }
    void command(Command::Kind kind, std::string text = {}, std::string mode = {}) {
        out.commands.push_back({kind, std::move(text), std::move(mode), 0.0, 0});
    }
    /// Why the action is impossible now; empty if it is possible.
    [[nodiscard]] std::string why_not(const events::Action& action) const;
};

/// A fixed panel: a window without frame at `rect`. Always pair with ImGui::End.
bool begin_panel(const char* name, const Rect& rect, const ImVec4& colour, int extra_flags = 0);

/// First in a panel's window: takes the keys when F6 has just handed them to this panel.
void focus_if_chosen(const Frame& f, KeyTarget target);
/// Small words on a dark ground in a lower corner of the picture, readable over skin and table alike; left
/// out if they are wider than this share of the picture.
void words_on_picture(const Frame& f, const std::string& words, bool at_right, float widest = 1.0f);

/// Button that submits the action; greyed with the session's own reason where it would be refused.
bool action_button(Frame& f, const char* label, const events::Action& action, std::string_view tooltip = {},
                   std::string_view key_name = {}, bool strong = false, bool chosen = false,
                   float width = 0.0f);
/// Dial of the algometer, its readings, and what was wrong with the last one.
void draw_algometer(Frame& f);
/// The dial alone, `side` wide and high: black hand now, red hand highest.
void draw_dial(const Frame& f, float side);
/// The algometer's readings as a list; `named`: with the structure they were taken over.
void list_readings(const Frame& f, const std::vector<scoring::AlgometerReading>& readings, bool named);
/// Conversation choices of these steps, in the table's order; what was said is ticked.
void conversation(Frame& f, const std::vector<std::string>& steps);
/// Name and remaining time of the activity that runs, with a button that ends it; nothing if none runs.
void running_activity(Frame& f, double needed_s);
/// "Let N s pass" where the mode allows it.
void fast_forward_button(Frame& f, double seconds, const char* label);
/// The name inside a sentence: first letter small unless it is an abbreviation ("C7").
std::string in_sentence(std::string name);
/// English name of a structure id with or without side; the id itself where the catalogue has none.
std::string structure_name(const anatomy::Body* body, std::string_view id);
/// Title of a step, or its id.
std::string step_title(const procedure::Procedure* procedure, std::string_view id);
/// "hand rub", "firm pressure with gauze", ...
std::string_view activity_name(std::string_view activity);
std::string_view posture_name(events::Posture posture);
std::string_view tool_name(events::Tool tool);
/// The phase chosen by hand, else that of the tool in hand, else that of the step that comes next; empty
/// without a procedure.
std::string current_phase(const Frame& f);

/// Takes new events of the session into feed, speech, chart and hint.
void follow_session(Frame& f);

// Whole screens and their parts; each is one file in panels/.
void draw_home(Frame& f);
void draw_about(Frame& f);
void draw_help(Frame& f);
void draw_debrief(Frame& f);
void draw_timeline(Frame& f, float width, float height);
void draw_anatomy(Frame& f);
void draw_layer_controls(Frame& f, bool all);
/// Case screen, where the mode allows the x-ray look: peels the patient layer by layer.
void draw_case_layers(Frame& f);
void draw_case(Frame& f);
void draw_top_bar(Frame& f);
void draw_tool_row(Frame& f);
void draw_steps(Frame& f);
void draw_context(Frame& f);
void draw_step_words(const Frame& f, std::string_view phase); ///< of the step at hand, or of the phase
void draw_hint(Frame& f);
void draw_strip(Frame& f);
/// One row of switches for the ways in which palpation is told (panels/feel.cpp).
void draw_feel_switches(Frame& f);
void read_feel_shortcuts(Frame& f);
void draw_feed(Frame& f);

// Contents of the right-hand panel, by phase.
void draw_patient(Frame& f);
void draw_equipment(Frame& f);
void draw_hygiene(Frame& f);
void draw_position(Frame& f);
void draw_locate(Frame& f);
void draw_cleaning(Frame& f);
void draw_anaesthesia(Frame& f);
void draw_injection(Frame& f);
void draw_aftercare(Frame& f);
void draw_finish(Frame& f);
/// Needle, agent, volume, air and dose of one syringe.
void draw_syringe(Frame& f, events::Syringe which);
/// Depth, angle and force of the needle in hand; aspirate and push.
void draw_needle_controls(Frame& f, events::Syringe which);

// Ultrasound (panels/ultrasound.cpp).
/// Whether there is a machine in this case and mode.
bool probe_offered(const Frame& f);
void draw_ultrasound(Frame& f);
/// Single keys of the probe and its picture.
void read_probe_shortcuts(Frame& f);
/// Takes the probe and steers it; steers it if it is held; else gives the steering back to the tool.
void toggle_probe(Frame& f);

/// The hand in this frame from mouse and keys, and camera turns; fills `out.pointer` and `view.camera`.
void read_hand(Frame& f);
/// Camera by mouse, and by keys with Ctrl, for debrief and anatomy; the wheel comes nearer unless it is left
/// to the caller.
void read_camera(Frame& f, bool wheel = true);
/// Keys that the panels use for moving about belong to the picture only while it has the keys.
bool keys_on_view(const Frame& f);
/// Turns the body by the arrows, comes nearer by PgUp and PgDn, as long as they are held.
void turn_by_keys(Frame& f);
void zoom_by_keys(Frame& f);
/// Single keys of the case screen.
void read_shortcuts(Frame& f);
/// Plunger held or let go since the last frame, by key or button.
void read_plunger(Frame& f);
void toggle_x_ray(Frame& f);

/// Why no case can be begun now, for a button; empty if one can.
std::string why_not_begin(const Frame& f);

// How much is seen while practising (panels/sight.cpp).
std::string_view sight_name(events::Sight sight);
std::string_view sight_words(events::Sight sight); ///< one sentence
/// Asks for this step; the log is told, and the picture follows the log.
void choose_sight(Frame& f, events::Sight sight);
void draw_sight_choice(Frame& f); ///< start page
void draw_sight_row(Frame& f);    ///< case screen, over the picture
void draw_next_step(Frame& f);    ///< debrief
/// Looking into the patient without touching (panels/explore.cpp): opens or closes it; where the mode allows
/// no such help, says so.
void toggle_explore(Frame& f);
void leave_explore(Frame& f);
/// Trigger points may be shown: always outside a case, inside it by the mode's rules.
bool may_show_points(const Frame& f);
/// Answers what the person asked for with a sentence in the feed; the session's log gets nothing.
void refuse(Frame& f, std::string sentence);
void open_screen(Frame& f, Screen screen);

} // namespace tb::ui
