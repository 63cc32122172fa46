// The fixed anatomical views: every region from the standard directions.
#pragma once

#include <span>
#include <string_view>

#include "anatomy/catalogue.h"
#include "view/view_settings.h"

namespace tb::view {

enum class Direction { Anterior, Posterior, Right, Left, Superior };
constexpr int kDirections = 5;
/// "from the front (anterior)", "from behind (posterior)", ...
std::string_view word_of(Direction d);
/// "Front", "Back", "Right", "Left", "Above".
std::string_view short_word_of(Direction d);

struct FixedRegion {
    std::string_view id, word;
    glm::vec3 focus{0.0f}; ///< of the right side where paired; body frame, mm
    float distance_mm = 1000.0f;
    bool paired = false;
};
std::span<const FixedRegion> fixed_regions();
/// The camera of a region from a direction; of paired regions on this side.
OrbitCamera fixed_camera(const FixedRegion& region, Direction direction,
                         anatomy::Side side = anatomy::Side::Right);

} // namespace tb::view
