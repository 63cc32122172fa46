// Distances frame the region on the reference figure (feet y = -90, C7 y = 1500, vertex y = 1790); at 28
// degrees the picture is as high as half the distance.
#include "view/fixed_views.h"

#include <array>

namespace tb::view {
namespace {

const std::array<FixedRegion, 14> kFixedRegions{{
    {"body", "Whole body", {0, 850, 60}, 4100, false},
    {"head", "Head", {0, 1665, 90}, 760, false},
    {"neck", "Neck", {0, 1520, 70}, 640, false},
    {"shoulder", "Shoulder", {-150, 1405, 60}, 760, true},
    {"upper_back", "Upper back", {0, 1340, 30}, 900, false},
    {"lower_back", "Lower back", {0, 1080, 30}, 860, false},
    {"chest", "Chest", {0, 1330, 110}, 900, false},
    {"abdomen", "Abdomen", {0, 1080, 100}, 860, false},
    {"arm", "Upper arm", {-200, 1230, 60}, 820, true},
    {"forearm", "Forearm and hand", {-260, 920, 80}, 1000, true},
    {"hip", "Hip and buttock", {-60, 920, 50}, 900, true},
    {"thigh", "Thigh", {-92, 640, 70}, 1150, true},
    {"lower_leg", "Leg", {-88, 230, 70}, 1050, true},
    {"foot", "Foot", {-95, -30, 110}, 640, true},
}};

} // namespace

std::string_view word_of(Direction d) {
    switch (d) {
    case Direction::Anterior:
        return "from the front (anterior)";
    case Direction::Posterior:
        return "from behind (posterior)";
    case Direction::Right:
        return "from the right (right lateral)";
    case Direction::Left:
        return "from the left (left lateral)";
    case Direction::Superior:
        return "from above (superior)";
    }
    return "";
}

std::string_view short_word_of(Direction d) {
    switch (d) {
    case Direction::Anterior:
        return "Front";
    case Direction::Posterior:
        return "Back";
    case Direction::Right:
        return "Right";
    case Direction::Left:
        return "Left";
    case Direction::Superior:
        return "Above";
    }
    return "";
}

std::span<const FixedRegion> fixed_regions() {
    return kFixedRegions;
}

OrbitCamera fixed_camera(const FixedRegion& region, Direction direction, anatomy::Side side) {
    OrbitCamera c;
    c.focus = region.focus;
    if (region.paired && side == anatomy::Side::Left) c.focus.x = -c.focus.x;
    c.distance_mm = region.distance_mm;
    c.elevation_deg = 0.0f;
    switch (direction) {
    case Direction::Anterior:
        c.azimuth_deg = 0.0f;
        break;
    case Direction::Posterior:
        c.azimuth_deg = 180.0f;
        break;
    case Direction::Right:
        c.azimuth_deg = 270.0f;
        break;
    case Direction::Left:
        c.azimuth_deg = 90.0f;
        break;
    case Direction::Superior:
        c.azimuth_deg = 180.0f;
        c.elevation_deg = 84.0f;
        break;
    }
    return c;
}

} // namespace tb::view
