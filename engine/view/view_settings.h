// How the trainee looks at the body: camera and what is shown. Screen only; never part of a session's state.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "events/action.h"
#include "events/sight.h"
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
    /// Comes nearer to (factor below 1) or away from a point of the body, which keeps its place in the
    /// picture.
    void zoom_about(const glm::vec3& point, float factor);
    /// Moves the focus in the picture plane by pixels.
    void pan(float dx_px, float dy_px, float height_px);
};

/// The same direction from 0 up to 360 degrees.
float wrapped_deg(float angle);
/// The direction that is up in the room while the patient is in this posture, body frame. The body itself
/// stays upright in its frame; the camera turns instead.
glm::vec3 room_up(events::Posture posture);
/// The same region seen by a trainee who stands beside a patient in this posture: sitting leaves the camera
/// as it is; lying puts the eye above the table on the side of the focus (behind the back when the patient
/// lies on a side), with the room's up direction upward in the picture.
OrbitCamera for_posture(OrbitCamera camera, events::Posture posture);

/// Which way the cut plane faces: the viewer, or one of the body's planes.
enum class CutFacing { Viewer, Sagittal, Frontal, Transverse };

/// A round window around the pointer with some layers off inside it.
struct Lens {
    bool on = false;
    glm::vec2 centre{0.5f};     ///< shares of the picture's width and height, from its upper left corner
    float radius = 0.2f;        ///< share of the picture's height
    float depth = kPeelMuscles; ///< peel stage inside the lens
    static constexpr float kPeelMuscles = 7.0f;
    bool operator==(const Lens&) const = default;
};

/// Peeling goes in stages: 0 nothing off, 1 the skin, 2 also muscles of layer 1 (outermost of their region),
/// ... 7 all muscles, 8 only bones and cartilage are left. Between two whole stages what comes off next is
/// partly transparent.
constexpr float kPeelSkin = 1.0f, kPeelMuscles = Lens::kPeelMuscles, kPeelBones = 8.0f;

struct Layers {
    bool skin = true, muscles = true, bones = true, vessels = true, nerves = true, organs = true;
    float skin_opacity = 1.0f; ///< 1 opaque; below: x-ray look
    float muscle_opacity = 1.0f;
    int deepest_hidden_layer = 0;         ///< muscles with layer <= this are taken off (peeling from outside)
    float peel = 0.0f;                    ///< stage of the whole body
    std::map<std::string, float> peel_in; ///< stage of single peel regions (view/peel.h); the larger counts
    std::set<std::string> hidden, highlighted; ///< structure ids; what is highlighted shines through the rest
    std::set<std::string> only;                ///< isolated: nothing else is shown; empty: not isolated
    std::map<std::string, float> faded;        ///< opacity 0..1 of single structures
    std::string hovered;                       ///< under the pointer: a little brighter
    std::set<std::string> points;              ///< trigger points to mark, with side: "soleus-1_r"
    bool hazards = false;                      ///< vessels, nerves, pleura, organs shine through the layers
    bool show_bands = false;                   ///< debrief and x-ray help only
    bool cut = false;                          ///< cut plane
    CutFacing cut_facing = CutFacing::Viewer;
    /// Viewer: mm from the focus towards the eye; else the plane's x, z or y in the body frame.
    float cut_mm = 0.0f;
    bool cut_flip = false; ///< body planes: keep the other half (right, back or upper one)
    /// Trigger point whose referred pain is painted on the skin: id with side ("infraspinatus-1_r"; without a
    /// side the right one). Empty: none.
    std::string referral;
    Lens lens;
    /// In a case: what is seen besides, while practising (view/sight.h). Not part of view links.
    events::Sight sight = events::Sight::Blind;
    bool operator==(const Layers&) const = default;
};

struct ViewSettings {
    OrbitCamera camera;
    Layers layers;
    int lod = -1;        ///< -1: chosen from distance and picture size
    bool labels = false; ///< names with leader lines
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
/// "muscles=0.5" set opacity; "hide=ID" and "highlight=ID" name structures, "referral=ID" a trigger point.
/// Faults name the word.
Expected<Layers> parse_layers(std::string_view spec);

} // namespace tb::view
