// Presets by region. Distances frame the region on the reference figure (feet y = -90, C7 y = 1500, vertex y
// = 1790); at 28 degrees the picture is as high as half the distance.
#include "view/view_settings.h"

namespace tb::view {
namespace {

struct Preset {
    const char *name, *description;
    glm::vec3 focus;
    float azimuth, elevation, distance;
    float skin; ///< opacity; 0: off
};

constexpr float kMuscles = 0.0f, kXRay = 0.25f, kSkin = 1.0f;

const Preset kPresets[] = {
    {"body", "whole body, from the front and a little from the right", {0, 850, 80}, 338, 4, 4100, kSkin},
    {"body_front", "whole body from the front", {0, 850, 80}, 0, 2, 4100, kSkin},
    {"body_back", "whole body from behind", {0, 850, 80}, 180, 2, 4100, kSkin},
    {"body_side", "whole body from the right side", {0, 850, 80}, 270, 2, 4100, kSkin},
    {"muscles", "muscles of the whole body from the front", {0, 850, 80}, 0, 2, 4100, kMuscles},
    {"muscles_back", "muscles of the whole body from behind", {0, 850, 80}, 180, 2, 4100, kMuscles},
    {"xray", "neck and right shoulder through transparent skin", {-90, 1462, 60}, 218, 33, 720, kXRay},
    {"back", "back from the neck to the pelvis", {0, 1290, 40}, 180, 6, 1420, kSkin},
    {"back_muscles", "muscles of the back", {0, 1290, 40}, 180, 6, 1420, kMuscles},
    {"neck_shoulder", "neck and right shoulder from behind and above", {-90, 1462, 60}, 218, 33, 720, kSkin},
    {"trapezius",
     "descending trapezius of the right side without the skin",
     {-70, 1475, 50},
     208,
     24,
     620,
     kMuscles},
    {"shoulder_right", "right shoulder from behind and the side", {-150, 1405, 60}, 235, 14, 760, kSkin},
    {"shoulder_muscles", "muscles of the right shoulder", {-150, 1395, 60}, 220, 12, 800, kMuscles},
    {"thorax",
     "rib cage, pleura and lungs from behind through transparent skin",
     {0, 1320, 70},
     200,
     10,
     1150,
     kXRay},
    {"neck_front", "front of the neck", {0, 1500, 100}, 352, 2, 640, kSkin},
    {"neck_side", "right side of the neck", {-30, 1510, 80}, 270, 8, 640, kSkin},
    {"neck_muscles", "muscles of the right side of the neck", {-30, 1510, 80}, 262, 8, 640, kMuscles},
    {"head", "head from the right front", {0, 1665, 90}, 318, 4, 720, kSkin},
    {"arm", "right arm from the side", {-240, 1150, 80}, 250, 6, 1450, kSkin},
    {"pelvis", "pelvis and buttocks from behind", {0, 930, 50}, 184, 8, 1050, kSkin},
    {"gluteal_muscles", "muscles of the buttocks", {-60, 920, 50}, 204, 8, 900, kMuscles},
    {"thigh_back", "back of the right thigh", {-90, 630, 60}, 188, 6, 1150, kSkin},
    {"thigh_front", "front of the right thigh", {-95, 640, 90}, 345, 4, 1150, kSkin},
    {"calf", "right calf from behind", {-85, 230, 60}, 192, 6, 1020, kSkin},
    {"foot", "right foot from the front and side", {-95, -30, 120}, 305, 22, 640, kSkin},
};

std::vector<NamedView> build() {
    std::vector<NamedView> views;
    for (const Preset& p : kPresets) {
        NamedView v{p.name, p.description, {}};
        v.settings.camera = {p.focus, p.azimuth, p.elevation, p.distance, 28.0f, 0.0f};
        v.settings.layers.skin = p.skin > 0.0f;
        v.settings.layers.skin_opacity = p.skin > 0.0f ? p.skin : 1.0f;
        views.push_back(std::move(v));
    }
    return views;
}

} // namespace

const std::vector<NamedView>& named_views() {
    static const std::vector<NamedView> views = build();
    return views;
}

const NamedView* named_view(std::string_view name) {
    for (const NamedView& v : named_views()) {
        if (v.name == name) return &v;
    }
    return nullptr;
}

} // namespace tb::view
