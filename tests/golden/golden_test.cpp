// Golden pictures: the product's renderer on the built body against pictures that a person looked at.
#include <memory>
#include <ostream>

#include <gtest/gtest.h>

#include "app/content.h"
#include "app/painter.h"
#include "golden/expect_golden.h"
#include "view/present.h"

namespace tb::app {
namespace {

struct Golden {
    const char* name;
    const char* view;
    const char* layers; ///< empty: those of the view
};
void PrintTo(const Golden& g, std::ostream* out) {
    *out << g.name;
}
constexpr Golden kGolden[] = {
    {"body_back", "body_back", ""},
    {"muscles_back", "muscles_back", ""},
    {"neck_shoulder_skin", "neck_shoulder", ""},
    {"neck_muscles", "neck_muscles", ""},
    {"shoulder_muscles", "shoulder_muscles", ""},
    {"xray", "xray", ""},
    {"back_peeled", "back_muscles", "-skin,peel=1"},
    {"neck_bones_and_hazards", "neck_front", "-skin,-muscles"},
};
constexpr int kWidth = 480, kHeight = 270;
/// Drivers differ in rasterising edges and in rounding; a missing muscle or a wrong colour is far above this.
constexpr GoldenTolerance kTolerance{0.012, 0.12};

class GoldenPicture : public ::testing::TestWithParam<Golden> {
protected:
    static void SetUpTestSuite() {
        places() = find_places();
        auto loaded = load_anatomy(places());
        ASSERT_TRUE(loaded) << loaded.error().front().text();
        atlas() = std::make_unique<anatomy::Atlas>(std::move(*loaded));
        auto made = anatomy::Body::create(*atlas(), {}, 1);
        ASSERT_TRUE(made);
        body() = std::make_unique<anatomy::Body>(std::move(*made));
        auto paint = make_painter(places());
        ASSERT_TRUE(paint) << paint.error().text();
        painter() = std::make_unique<Painter>(std::move(*paint));
    }
    static void TearDownTestSuite() {
        painter().reset();
        body().reset();
        atlas().reset();
    }
    static Places& places() {
        static Places p;
        return p;
    }
    static std::unique_ptr<anatomy::Atlas>& atlas() {
        static std::unique_ptr<anatomy::Atlas> a;
        return a;
    }
    static std::unique_ptr<anatomy::Body>& body() {
        static std::unique_ptr<anatomy::Body> b;
        return b;
    }
    static std::unique_ptr<Painter>& painter() {
        static std::unique_ptr<Painter> p;
        return p;
    }
};

TEST_P(GoldenPicture, LooksAsItDidWhenAPersonLookedAtIt) {
    const Golden& g = GetParam();
    view::ViewSettings settings;
    for (const view::NamedView& v : view::named_views()) {
        if (v.name == std::string(g.view)) settings = v.settings;
    }
    if (g.layers[0] != '\0') {
        const auto layers = view::parse_layers(g.layers);
        ASSERT_TRUE(layers) << layers.error().text();
        settings.layers = *layers;
    }
    const auto scene = view::present_anatomy(*body(), settings, {kWidth, kHeight});
    const render::Picture drawn = painter()->renderer.picture(scene, kWidth, kHeight);
    expect_golden(drawn, g.name, kTolerance);
}

INSTANTIATE_TEST_SUITE_P(Views, GoldenPicture, ::testing::ValuesIn(kGolden),
                         [](const auto& info) { return std::string(info.param.name); });

} // namespace
} // namespace tb::app
