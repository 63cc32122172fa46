// What the three steps of the ladder show of the small body, and what covers a deep band of the real one.
#include <algorithm>
#include <iterator>

#include <gtest/gtest.h>

#include "anatomy/queries.h"
#include "support/real_body.h"
#include "support/small_body.h"
#include "view/present.h"

namespace tb::view {
namespace {

using events::Sight;

ViewSettings at_sight(Sight sight) {
    ViewSettings v;
    v.camera.focus = {-60, 0, 60};
    v.camera.azimuth_deg = v.camera.elevation_deg = 0;
    v.layers.sight = sight;
    return v;
}

render::RenderScene scene_at(const anatomy::Body& body, const ViewSettings& v) {
    static const ToolShapes kShapes;
    return present_session(body, {}, v, kShapes, {1280.0f, 720.0f});
}

const render::Drawable* drawable(const render::RenderScene& scene, const anatomy::Body& body,
                                 std::string_view id) {
    const std::uint32_t pick = pick_id_of(body.atlas().find(id));
    const auto it = std::find_if(scene.drawables.begin(), scene.drawables.end(),
                                 [&](const auto& d) { return d.pick_id == pick; });
    return it != scene.drawables.end() ? &*it : nullptr;
}

/// Drawables that are no structure: strands and nodule, as no tool is in the hand.
std::vector<render::Drawable> of_bands(const render::RenderScene& scene) {
    std::vector<render::Drawable> out;
    std::copy_if(scene.drawables.begin(), scene.drawables.end(), std::back_inserter(out),
                 [](const auto& d) { return d.pick_id == 0; });
    return out;
}

TEST(Sight, BlindIsThePictureAsItWas) {
    const test::SmallBody small;
    EXPECT_EQ(ViewSettings{}.layers.sight, Sight::Blind);
    const auto scene = scene_at(small.body(), at_sight(Sight::Blind));
    ASSERT_EQ(scene.drawables.size(), 1u) << "skin only";
    EXPECT_EQ(scene.drawables[0].material, render::Material::Skin);
    EXPECT_EQ(scene.drawables[0].opacity, 1.0f);
    EXPECT_TRUE(scene.lines.empty());
}

TEST(Sight, HalfSeenShowsTheMuscleFaintlyAndNoBand) {
    const test::SmallBody small;
    const auto scene = scene_at(small.body(), at_sight(Sight::Half));
    EXPECT_NE(drawable(scene, small.body(), "test_muscle_r"), nullptr);
    EXPECT_EQ(drawable(scene, small.body(), "test_artery_r"), nullptr);
    EXPECT_EQ(drawable(scene, small.body(), "test_nerve_r"), nullptr);
    const render::Drawable* skin = drawable(scene, small.body(), "skin");
    ASSERT_NE(skin, nullptr);
    EXPECT_LT(skin->opacity, 1.0f);
    EXPECT_GT(skin->opacity, 0.8f);
    EXPECT_TRUE(of_bands(scene).empty());
    EXPECT_TRUE(scene.lines.empty());
}

TEST(Sight, SeenThroughShowsThisPatientsBandAsFibresWithItsNodule) {
    const test::SmallBody small;
    const anatomy::Band& band = small.body().bands().front();
    const auto scene = scene_at(small.body(), at_sight(Sight::SeenThrough));
    EXPECT_LT(drawable(scene, small.body(), "skin")->opacity, 0.5f);
    EXPECT_LT(drawable(scene, small.body(), "test_muscle_r")->opacity, 1.0f);
    std::size_t strands = 0;
    bool nodule = false;
    for (const render::Drawable& d : of_bands(scene)) {
        EXPECT_GT(d.glow, 0.0f) << "shines through what covers it";
        const glm::vec3 at(d.transform[3]);
        nodule = nodule || glm::length(at - glm::vec3(band.centre)) < 0.01f;
        if (anatomy::distance_to_band(band, geometry::Vec3(at)) <= band.radius_mm) ++strands;
    }
    EXPECT_TRUE(nodule);
    EXPECT_GT(strands, 20u);
    EXPECT_EQ(scene, scene_at(small.body(), at_sight(Sight::SeenThrough)));
}

TEST(Sight, SeenThroughLightsTheHazardsNearTheBand) {
    const test::SmallBody small;
    const auto scene = scene_at(small.body(), at_sight(Sight::SeenThrough));
    const render::Drawable* artery = drawable(scene, small.body(), "test_artery_r");
    ASSERT_NE(artery, nullptr);
    EXPECT_GT(artery->glow, 0.0f);
    EXPECT_NE(artery->pattern, render::GlowPattern::Plain) << "told by its pattern, not by colour alone";
    const render::Drawable* far = drawable(scene, small.body(), "test_artery_l");
    ASSERT_NE(far, nullptr);
    EXPECT_EQ(far->glow, 0.0f) << "on the side without a band";
}

TEST(Sight, APinStandsAtTheMarkWhereInkHardlyShows) {
    const test::SmallBody small;
    const ToolShapes shapes;
    session::SimState s;
    s.mark = test::at_depth(-60, 0, 0);
    s.mark_normal = {0, 0, 1};
    const auto scene = present_session(small.body(), s, at_sight(Sight::SeenThrough), shapes, {1280, 720});
    EXPECT_TRUE(std::any_of(scene.lines.begin(), scene.lines.end(),
                            [&](const auto& l) { return l.points.front() == glm::vec3(*s.mark); }));
}

TEST(Sight, TheXRayLookShowsNoLessThanBefore) {
    const test::SmallBody small;
    ViewSettings v = at_sight(Sight::Half);
    v.layers.skin_opacity = 0.35f;
    EXPECT_EQ(drawable(scene_at(small.body(), v), small.body(), "skin")->opacity, 0.35f);
    EXPECT_NE(drawable(scene_at(small.body(), v), small.body(), "test_artery_r"), nullptr);
}

TEST(SightRealBody, WhatCoversADeepBandIsTranslucentTooAndOtherMusclesAreNot) {
    const anatomy::Atlas* atlas = test::real_atlas();
    ASSERT_NE(atlas, nullptr);
    anatomy::BodySpec spec;
    anatomy::PointSpec& point = spec.points.emplace_back();
    point.point = "supraspinatus-1";
    const auto body = anatomy::Body::create(*atlas, spec, 1);
    ASSERT_TRUE(body) << body.error().front().text();
    ViewSettings v = at_sight(Sight::SeenThrough);
    v.camera = named_view("neck_shoulder")->settings.camera;
    const auto scene = scene_at(*body, v);
    const auto opacity = [&](const char* id) {
        const render::Drawable* d = drawable(scene, *body, id);
        return d != nullptr ? d->opacity : -1.0f;
    };
    EXPECT_LT(opacity("supraspinatus_r"), 1.0f);
    EXPECT_GT(opacity("supraspinatus_r"), 0.0f);
    const float cover = std::min(opacity("trapezius_descending_r"), opacity("trapezius_transverse_r"));
    EXPECT_LT(cover, opacity("supraspinatus_r")) << "what lies above lets more through than what holds it";
    EXPECT_EQ(opacity("infraspinatus_r"), 1.0f);
}

} // namespace
} // namespace tb::view
