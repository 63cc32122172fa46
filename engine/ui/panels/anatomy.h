// Inside module ui only: the parts of the Anatomy screen, which exploring in a case uses too.
#pragma once

#include "ui/frame.h"

namespace tb::ui::anatomy_screen {

// Names as printed on the keys; the codes are in anatomy_keys.cpp.
enum class Key {
    Isolate,
    Hide,
    Fade,
    ShowAll,
    Labels,
    Lens,
    Cut,
    Hazards,
    Link,
    Front,
    Back,
    Right,
    Left,
    Above,
    NextRegion,
    PreviousRegion,
    OtherSide,
    PeelMore,
    PeelLess,
    Larger,
    Smaller,
    CutFacing,
    LensDepth,
    Find,
    Copy,
    Paste,
    Select,
    StartView,
    Count
};
/// A view strip narrower than this many ems takes three rows.
constexpr float kNarrow_em = 28.0f;
/// The nine tools stand in one row from this width on.
constexpr float kOneRow_em = 48.0f;
std::string_view key_name(Key k);
std::string_view key_does(Key k);
/// Pressed in this frame while the picture has the keys.
bool key_pressed(const Frame& f, Key k);
/// Turning, sliding, coming closer and moving the cursor by held keys.
void read_held_keys(Frame& f);

/// First in a frame: goes on with the way that is under way.
void begin_flow(Frame& f);
/// A hand on the camera or on the layers takes over from the way that was under way. After all panels.
void yield_flow(Frame& f);
/// What only the pointer changes; last, so that it does not count as a change by hand.
void point_at(Frame& f);
bool escape_pressed(const Frame& f);
/// Closes the link, ends a question, or drops what is chosen; false if there was nothing of it.
bool step_back(Frame& f);
/// Nothing chosen, nothing searched, no way under way.
void begin_anew(Frame& f);

/// Sets out for another view; from now on until it is reached frames are asked for.
void go(Frame& f, const view::ViewSettings& goal, double seconds = 0.55,
        view::Transition::Pace pace = view::Transition::Pace::Travel);
/// The goal of the way that is under way, else the view: what further changes are based on.
const view::ViewSettings& aim(const Frame& f);

/// Chooses a structure: card, highlight, and the camera goes there when asked to. Invalid: nothing chosen.
void select(Frame& f, StructureId id, bool travel);
void select_point(Frame& f, const anatomy::TriggerPoint& point, anatomy::Side side, bool travel);
/// What commands apply to now: the chosen structure with its scope; empty if nothing is chosen.
std::vector<StructureId> targets(const Frame& f);
void isolate(Frame& f);
void hide(Frame& f);
void fade(Frame& f);
void show_all(Frame& f);
void copy_link(Frame& f);
void paste_link(Frame& f);
void open_fixed_view(Frame& f, int region, int direction);
/// Camera so that all of these fit the picture, seen from where they can be seen.
view::OrbitCamera facing(const Frame& f, const std::vector<StructureId>& ids);
void peel_to(Frame& f, float stage);
/// Stage of the chosen peel region.
float peel_now(const Frame& f);

void draw_toolbar(Frame& f);
/// Of cut, lens and hazards, one row each; 0 with none of them on.
float options_height(const Frame& f);
void draw_options(Frame& f, const Rect& rect);
void draw_view_strip(Frame& f);
void draw_link_window(Frame& f);
void draw_lists(Frame& f);
void draw_card(Frame& f);
void draw_point_card(Frame& f);
void follow_pointer(Frame& f); ///< what lies under it; clicks; wheel
void draw_over_picture(Frame& f);
void draw_keys_help(Frame& f);

} // namespace tb::ui::anatomy_screen
