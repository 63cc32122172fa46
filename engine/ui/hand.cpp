// Mouse, keys and game controller over the picture: the hand's sample for the tool controller, camera turns,
// single keys, the plunger.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "ui/frame.h"
#include "ui/keys.h"

namespace tb::ui {
namespace {

// How fast held keys and drags act; the author's own values (est.). Shift is a quarter of it.
constexpr double kPressPerNotch_N = 1.0, kPressPerSecond_N = 15.0, kPressPerPixel_N = 0.2;
constexpr double kAdvancePerNotch_mm = 1.0;
constexpr double kTiltPerSecond_deg = 25.0, kTurnPerSecond_deg = 60.0, kAnglePerPixel_deg = 0.3;
constexpr double kFine = 0.25;
constexpr float kOrbitPerPixel_deg = 0.35f, kOrbitPerSecond_deg = 60.0f, kZoomPerNotch = 0.9f,
                kZoomPerSecond = 1.8f;
constexpr double kFastForward_s = 10.0;
constexpr float kXRayOpacity = 0.35f;

bool is_needle(events::Tool tool) {
    return tool == events::Tool::Needle || tool == events::Tool::WhealNeedle;
}

void camera_by_keys(Frame& f) {
    if (!keys_on_view(f)) return;
    if (ImGui::GetIO().KeyCtrl) turn_by_keys(f);
    zoom_by_keys(f);
}

void camera_by_mouse(Frame& f, bool left_turns, bool wheel) {
    const ImGuiIO& io = ImGui::GetIO();
    view::OrbitCamera& camera = f.view.camera;
    if (f.state.drag_in_view) {
        const bool turning = io.MouseDown[ImGuiMouseButton_Middle] ||
                             (io.MouseDown[ImGuiMouseButton_Left] && (left_turns || io.KeyAlt));
        const bool sliding = left_turns && io.MouseDown[ImGuiMouseButton_Right];
        if (sliding || (turning && io.KeyShift)) {
            camera.pan(io.MouseDelta.x, io.MouseDelta.y, f.out.view.height);
        } else if (turning) {
            camera.orbit(-io.MouseDelta.x * kOrbitPerPixel_deg, io.MouseDelta.y * kOrbitPerPixel_deg);
        }
    }
    if (wheel && f.out.view_hovered && io.MouseWheel != 0.0f && (left_turns || io.KeyCtrl)) {
        camera.zoom(std::pow(kZoomPerNotch, io.MouseWheel));
    }
}

void follow_drag(Frame& f) {
    const ImGuiIO& io = ImGui::GetIO();
    const Rect& v = f.out.view;
    const ImVec2 m = io.MousePos;
    const bool inside = m.x >= v.x && m.y >= v.y && m.x < v.x + v.width && m.y < v.y + v.height;
    f.out.view_hovered =
        !v.empty() && inside && !f.state.modal_open &&
        !ImGui::IsWindowHovered(ImGuiHoveredFlags_AnyWindow | ImGuiHoveredFlags_AllowWhenBlockedByPopup |
                                ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
    const bool down = io.MouseDown[0] || io.MouseDown[1] || io.MouseDown[2];
    const bool clicked = ImGui::IsMouseClicked(0) || ImGui::IsMouseClicked(1) || ImGui::IsMouseClicked(2);
    if (clicked && f.out.view_hovered) {
        f.state.drag_in_view = true;
        if (f.state.keys != KeyTarget::View) {
            f.state.keys = KeyTarget::View;
            f.state.keys_changed = true;
        }
    }
    if (!down) f.state.drag_in_view = false;
}

/// How fast a held key presses: the algometer, whose tip has 1 cm2, at the taught rate.
double press_per_second_N(const Frame& f, events::Tool tool) {
    if (tool != events::Tool::Algometer || f.model.session == nullptr) return kPressPerSecond_N;
    return f.model.session->world().parameters->value("ppt.press_rate") * kNewtonPerKilogram;
}

/// The sample belongs to the probe: the tool stays as it is.
void steer_probe(Frame& f, double slow, bool right_drag, double press_N, double pad_press_N) {
    const ImGuiIO& io = ImGui::GetIO();
    view::PointerSample& p = f.out.pointer;
    view::ProbeSample& probe = f.out.probe;
    probe.steers = true;
    probe.pointer = p;
    probe.pointer.press_change_N = slow * press_N + pad_press_N;
    if (!f.state.modal_open) {
        const double dt = f.dt;
        probe.tilt_deg = signed_hold(Held::TiltUp, Held::TiltDown) * kTiltPerSecond_deg * slow * dt;
        probe.turn_deg = signed_hold(Held::TurnLeft, Held::TurnRight) * kTurnPerSecond_deg * slow * dt;
        probe.rock_deg = signed_hold(Held::RockRight, Held::RockLeft) * kTiltPerSecond_deg * slow * dt;
    }
    if (right_drag) {
        probe.tilt_deg -= static_cast<double>(io.MouseDelta.y) * kAnglePerPixel_deg * slow;
        probe.turn_deg -= static_cast<double>(io.MouseDelta.x) * kAnglePerPixel_deg * slow;
    }
    p.over_view = p.primary = false;
    p.move_right_mm = p.move_up_mm = 0.0;
    f.out.wants_redraw = true;
}

/// What the game controller does to the tool, or to the probe while that is steered. The controller does not
/// move about in panels, so it has the hand whoever has the keys.
view::PointerSample from_pad(Frame& f, events::Tool tool, bool steers, double slow) {
    view::PointerSample sample;
    if (f.state.modal_open) return sample;
    view::PadHand& hand = steers ? f.state.probe_pad : f.state.pad;
    hand.add_to(sample, f.model.feel.pad, steers ? events::Tool::None : tool, slow, f.dt);
    if (f.model.feel.pad.used()) f.out.wants_redraw = true;
    return sample;
}

} // namespace

bool keys_on_view(const Frame& f) {
    return f.state.keys == KeyTarget::View && !f.state.modal_open && !ImGui::GetIO().WantTextInput;
}

void turn_by_keys(Frame& f) {
    const auto turn = static_cast<float>(signed_hold(Held::MoveRight, Held::MoveLeft));
    const auto lift = static_cast<float>(signed_hold(Held::MoveUp, Held::MoveDown));
    if (turn == 0.0f && lift == 0.0f) return;
    f.view.camera.orbit(turn * kOrbitPerSecond_deg * f.dt, lift * kOrbitPerSecond_deg * f.dt);
    f.out.wants_redraw = true;
}

void zoom_by_keys(Frame& f) {
    const auto zoom = static_cast<float>(signed_hold(Held::ZoomOut, Held::ZoomIn));
    if (zoom == 0.0f) return;
    f.view.camera.zoom(std::pow(kZoomPerSecond, zoom * f.dt));
    f.out.wants_redraw = true;
}

void read_camera(Frame& f, bool wheel) {
    follow_drag(f);
    camera_by_mouse(f, true, wheel);
    if (!ImGui::GetIO().KeyCtrl) return; // plain arrows move through the panels here
    turn_by_keys(f);
    zoom_by_keys(f);
}

void read_hand(Frame& f) {
    follow_drag(f);
    const session::SimState* sim = f.sim();
    const events::Tool tool = sim != nullptr ? sim->tool : events::Tool::None;
    const bool steers = sim != nullptr && sim->probe.held && f.state.steer_probe;
    const bool looking = tool == events::Tool::None && !steers;
    camera_by_mouse(f, looking, true);
    camera_by_keys(f);

    const ImGuiIO& io = ImGui::GetIO();
    view::PointerSample& p = f.out.pointer;
    p.pixel = {io.MousePos.x - f.out.view.x, io.MousePos.y - f.out.view.y};
    p.size_px = {std::max(1.0f, f.out.view.width), std::max(1.0f, f.out.view.height)};
    if (looking || sim == nullptr) {
        p.over_view = false;
        return;
    }
    const double slow = fine() ? kFine : 1.0, dt = f.dt;
    const bool keys = keys_on_view(f);
    const view::PointerSample pad = from_pad(f, tool, steers, slow);
    if (keys && !io.KeyCtrl) {
        p.move_right_mm = signed_hold(Held::MoveRight, Held::MoveLeft) * view::kMovePerSecond_mm * slow * dt;
        p.move_up_mm = signed_hold(Held::MoveUp, Held::MoveDown) * view::kMovePerSecond_mm * slow * dt;
    }
    p.move_right_mm += pad.move_right_mm;
    p.move_up_mm += pad.move_up_mm;
    if (p.move_right_mm != 0.0 || p.move_up_mm != 0.0) f.state.by_keys = true;
    if (io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f) f.state.by_keys = false;
    const bool turning_view = io.KeyAlt || io.MouseDown[ImGuiMouseButton_Middle];
    p.over_view = (f.out.view_hovered || f.state.drag_in_view) && !f.state.by_keys && !turning_view;
    p.primary = (f.state.drag_in_view && io.MouseDown[ImGuiMouseButton_Left] && !turning_view) ||
                (keys && held(Held::Act)) || pad.primary;

    const double notches = f.out.view_hovered && !io.KeyCtrl ? static_cast<double>(io.MouseWheel) : 0.0;
    const double by_key = f.state.modal_open ? 0.0 : signed_hold(Held::PressMore, Held::PressLess);
    const bool right = f.state.drag_in_view && io.MouseDown[ImGuiMouseButton_Right];
    if (steers) {
        steer_probe(f, slow, right, notches * kPressPerNotch_N + by_key * kPressPerSecond_N * dt,
                    pad.press_change_N);
        return;
    }
    if (is_needle(tool)) {
        p.advance_mm = slow * (notches * kAdvancePerNotch_mm + by_key * view::kAdvancePerSecond_mm * dt) +
                       pad.advance_mm;
        if (!f.state.modal_open) {
            p.tilt_deg = signed_hold(Held::TiltUp, Held::TiltDown) * kTiltPerSecond_deg * slow * dt;
            p.turn_deg = signed_hold(Held::TurnRight, Held::TurnLeft) * kTurnPerSecond_deg * slow * dt;
        }
        if (right) {
            p.tilt_deg -= static_cast<double>(io.MouseDelta.y) * kAnglePerPixel_deg * slow;
            p.turn_deg += static_cast<double>(io.MouseDelta.x) * kAnglePerPixel_deg * slow;
        }
    } else {
        const double by_second = press_per_second_N(f, tool);
        p.press_change_N = slow * (notches * kPressPerNotch_N + by_key * by_second * dt) + pad.press_change_N;
        if (right) p.press_change_N -= static_cast<double>(io.MouseDelta.y) * kPressPerPixel_N * slow;
    }
    const bool moving =
        p.primary || by_key != 0.0 || p.tilt_deg != 0.0 || p.turn_deg != 0.0 || f.state.by_keys;
    if (moving) f.out.wants_redraw = true;
}

void read_shortcuts(Frame& f) {
    const session::SimState* sim = f.sim();
    if (f.state.modal_open) return;
    if (sim != nullptr) {
        constexpr events::Tool kTools[] = {
            events::Tool::None,   events::Tool::Finger, events::Tool::Pen,
            events::Tool::Swab,   events::Tool::Spray,  events::Tool::WhealNeedle,
            events::Tool::Needle, events::Tool::Gauze,  events::Tool::Algometer};
        for (int i = 0; i < static_cast<int>(std::size(kTools)); ++i) {
            if (pressed(static_cast<Shortcut>(static_cast<int>(Shortcut::Hands) + i)))
                f.act(events::SelectTool{kTools[i]});
        }
        read_probe_shortcuts(f);
        read_feel_shortcuts(f);
        if (pressed(Shortcut::Grip)) f.act(events::SetGrip{!sim->finger.pincer});
        if (pressed(Shortcut::Mark) && sim->pose) f.act(events::Mark{sim->pose->tip});
        if (pressed(Shortcut::Hint) && f.model.mode.hints) f.act(events::AskHint{});
        if (pressed(Shortcut::FastForward) && f.model.mode.fast_forward)
            f.act(events::FastForward{Seconds(kFastForward_s)});
        if (pressed(Shortcut::XRay) && f.model.mode.xray) toggle_x_ray(f);
        if (pressed(Shortcut::Sight) && f.model.mode.ladder) {
            const auto next = (static_cast<std::size_t>(f.state.sight) + 1) % events::kSights.size();
            choose_sight(f, events::kSights[next]);
        }
        if (pressed(Shortcut::Explore)) toggle_explore(f);
        if (pressed(Shortcut::Finish)) f.state.ask_finish = true;
        if (pressed(Shortcut::StandardView)) f.view.camera = f.state.standard;
    }
    if (pressed(Shortcut::Pause) && f.model.mode.pause) f.command(Command::Kind::TogglePause);
}

void read_plunger(Frame& f) {
    const session::SimState* sim = f.sim();
    Shell::State& s = f.state;
    const bool free =
        sim != nullptr && is_needle(sim->tool) && !s.modal_open && !f.model.paused && !f.exploring();
    const bool push = free && (s.push_button || held(Held::Push));
    const bool pull = free && !push && (s.pull_button || held(Held::Aspirate));
    s.push_button = s.pull_button = false;
    if (s.pulling && !pull) f.act(events::Aspirate{false});
    if (s.pushing && !push) f.act(events::PushPlunger{MillilitresPerSecond(0.0)});
    if (!s.pulling && pull) f.act(events::Aspirate{true});
    if (!s.pushing && push)
        f.act(events::PushPlunger{MillilitresPerSecond(static_cast<double>(s.rate_mL_s))});
    s.pulling = pull;
    s.pushing = push;
    if (push || pull) f.out.wants_redraw = true;
}

void toggle_x_ray(Frame& f) {
    f.state.x_ray = !f.state.x_ray;
    f.view.layers.skin_opacity = f.state.x_ray ? kXRayOpacity : 1.0f;
    f.view.layers.show_bands = f.state.x_ray && f.model.mode.points;
    if (f.state.x_ray) f.note_help("x_ray");
}

} // namespace tb::ui
