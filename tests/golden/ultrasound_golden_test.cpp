// Golden ultrasound pictures of the built body against pictures that a person looked at, compared as grey
// values. No display, no graphics.
#include <memory>
#include <ostream>

#include <gtest/gtest.h>

#include "app/content.h"
#include "golden/expect_golden.h"
#include "tissue/echo.h"
#include "view/echo_image.h"

namespace tb::app {
namespace {

struct EchoGolden {
    const char* name;
    const char* point;
    geometry::Vec3 along;
    double depth_mm;
    bool needle; ///< in the plane at 30 degrees, its tip 12 mm deep under the middle
};
void PrintTo(const EchoGolden& g, std::ostream* out) {
    *out << g.name;
}
const EchoGolden kEchoGolden[] = {
    {"ultrasound_trapezius", "trapezius-descendens-1", {-1.0, 0.0, 0.0}, 40.0, false},
    {"ultrasound_needle", "trapezius-descendens-1", {-1.0, 0.0, 0.0}, 30.0, true},
    {"ultrasound_calf", "gastrocnemius-mediale-1", {0.0, -1.0, 0.0}, 50.0, false},
};
constexpr double kPixelsPerMm = 8.0;
/// The last bits of a mesh differ between processors and move speckle by a little; a missing layer, bone or
/// needle is far above this.
constexpr GoldenTolerance kEchoTolerance{0.02, 0.15};

struct Loaded {
    std::unique_ptr<anatomy::Atlas> atlas;
    std::unique_ptr<anatomy::Body> body;
    std::unique_ptr<tissue::Parameters> parameters;
};
const Loaded& loaded() {
    static const Loaded kLoaded = [] {
        Loaded out;
        const Places places = find_places();
        auto atlas = load_anatomy(places);
        auto parameters = load_table(places.root / "assets/mechanics.json", tissue::Parameters::from_json);
        if (!atlas || !parameters) return out;
        out.atlas = std::make_unique<anatomy::Atlas>(std::move(*atlas));
        out.parameters = std::make_unique<tissue::Parameters>(std::move(*parameters));
        auto body = anatomy::Body::create(*out.atlas, {}, 1);
        if (body) out.body = std::make_unique<anatomy::Body>(std::move(*body));
        return out;
    }();
    return kLoaded;
}

class GoldenUltrasound : public ::testing::TestWithParam<EchoGolden> {};

TEST_P(GoldenUltrasound, LooksAsItDidWhenAPersonLookedAtIt) {
    const EchoGolden& g = GetParam();
    const Loaded& l = loaded();
    ASSERT_TRUE(l.body);
    const anatomy::TriggerPoint* point = l.atlas->trigger_point(g.point);
    ASSERT_NE(point, nullptr);
    tissue::EchoScene scene;
    scene.body = l.body.get();
    scene.probe = tissue::place_probe(*l.body, point->position, g.along, {});
    scene.probe.press_N = 2.0;
    scene.settings.depth_mm = g.depth_mm;
    const geometry::Vec3 tip = scene.probe.centre + 12.0 * scene.probe.inward;
    const geometry::Vec3 along = 0.8660254 * scene.probe.lateral + 0.5 * scene.probe.inward;
    const tissue::NeedleInView needle{tip - 24.0 * along, tip, 0.7176, 0.413};
    if (g.needle) scene.needles = {&needle, 1};
    tissue::EchoScanner scanner(*l.parameters);
    const render::Picture drawn = view::echo_pixels(scanner.scan(scene), kPixelsPerMm);
    expect_golden(drawn, g.name, kEchoTolerance);
}

INSTANTIATE_TEST_SUITE_P(Pictures, GoldenUltrasound, ::testing::ValuesIn(kEchoGolden),
                         [](const auto& info) { return std::string(info.param.name); });

} // namespace
} // namespace tb::app
