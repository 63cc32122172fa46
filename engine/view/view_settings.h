// How the trainee looks at the body: camera and what is shown. Screen only; never part of a session's state.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "events/action.h"
#include "render/render_scene.h"

namespace tb::view {

/// Orbit camera around a focus on the body. Presets by region; keys and drags change it smoothly but at once.
struct OrbitCamera {
    glm::vec3 focus{-60.0f, 1440.0f, 40.0f};
    float azimuth_deg = 200.0f; ///< 0 = from the front, 90 = from the patient's left, 180 = from behind
    float elevation_deg = 20.0f;
    float distance_mm = 700.0f;
    float fov_deg = 28.0f;
    float roll_deg = 0.0f; ///< turns the picture clockwise, e.g. patient lying
    bool operator==(const OrbitCamera&) const = default;
    [[nodiscard]] render::Camera camera() const;
    /// Moves the eye to the right and up in the picture, whatever the roll.
    void orbit(float d_azimuth_deg, float d_elevation_deg);
    /// Multiplies the distance: a factor below 1 comes nearer.
    void zoom(float factor);
    /// Moves the focus in the picture plane by pixels.
    void pan(float dx_px, float dy_px, float height_px);
};

/// The direction that is up in the room while the patient is in this posture, body frame. The body itself
/// stays upright in its frame; the camera turns instead.
glm::vec3 room_up(events::Posture posture);
/// The same region seen by a trainee who stands beside a patient in this posture: sitting leaves the camera
/// as it is; lying puts the eye above the table on the side of the focus (behind the back when the patient
/// lies on a side), with the room's up direction upward in the picture.
OrbitCamera for_posture(OrbitCamera camera, events::Posture posture);

struct Layers {
    bool skin = true, muscles = true, bones = true, vessels = true, nerves = true, organs = true;
    float skin_opacity = 1.0f; ///< 1 opaque; below: x-ray look
    float muscle_opacity = 1.0f;
    int deepest_hidden_layer = 0; ///< muscles with layer <= this are taken off (peeling from outside)
    std::set<std::string> hidden, highlighted; ///< structure ids
    bool show_bands = false;                   ///< debrief and x-ray help only
    bool cut = false;                          ///< cut plane through the focus, facing the camera
    bool operator==(const Layers&) const = default;
};

struct ViewSettings {
    OrbitCamera camera;
    Layers layers;
    int lod = -1; ///< -1: chosen from distance and picture size
    bool operator==(const ViewSettings&) const = default;
};

/// Named views: "body", "body_front", "body_side", "back", "neck_shoulder", "shoulder_right", "trapezius",
/// "thorax", ...
struct NamedView {
    std::string name, description;
    ViewSettings settings;
};
const std::vector<NamedView>& named_views();
/// Null if there is no view of this name.
const NamedView* named_view(std::string_view name);
/// Parses the --layers text: "skin=0.3,muscles,bones,-vessels,peel=1,bands,cut". Everything but bands and cut
/// is on at first; "none" switches all kinds off, "word" one on, "-word" one off; "skin=0.3" and
/// "muscles=0.5" set opacity; "hide=ID" and "highlight=ID" name structures. Faults name the word.
Expected<Layers> parse_layers(std::string_view spec);

} // namespace tb::view
