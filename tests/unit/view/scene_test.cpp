#include <algorithm>

#include <gtest/gtest.h>

#include "support/real_body.h"
#include "support/small_body.h"
#include "view/points.h"
#include "view/present.h"
#include "view/referral_paint.h"
#include "view/structures.h"

namespace tb::view {
namespace {

using events::Tool;

constexpr glm::vec2 kSceneSize{1280.0f, 720.0f};

ViewSettings front_view() {
    ViewSettings v;
    v.camera.focus = {-60, 0, 60};
    v.camera.azimuth_deg = 0;
    v.camera.elevation_deg = 0;
    return v;
}

const ToolShapes& shapes() {
    static const ToolShapes kShapes;
    return kShapes;
}

bool draws(const render::RenderScene& scene, const anatomy::Body& body, const char* id) {
    const std::uint32_t pick = pick_id_of(body.atlas().find(id));
    return std::any_of(scene.drawables.begin(), scene.drawables.end(),
                       [&](const auto& d) { return d.pick_id == pick; });
}

session::SimState holding(Tool tool, geometry::Vec3 tip, geometry::Vec3 axis, double press_N) {
    session::SimState s;
    s.tool = tool;
    s.pose = events::ToolPose{tool, geometry::point(tip), geometry::direction(axis), Newtons(press_N)};
    return s;
}

TEST(Present, AnOpaqueSkinIsTheOnlyStructureDrawn) {
    const test::SmallBody small;
    const auto scene = present_anatomy(small.body(), front_view(), kSceneSize);
    ASSERT_EQ(scene.drawables.size(), 1u);
    EXPECT_EQ(scene.drawables[0].material, render::Material::Skin);
}

TEST(Present, TransparentSkinShowsWhatLiesUnderIt) {
    const test::SmallBody small;
    ViewSettings v = front_view();
    v.layers.skin_opacity = 0.3f;
    const auto scene = present_anatomy(small.body(), v, kSceneSize);
    for (const char* id :
         {"skin", "test_muscle_r", "test_bone_l", "test_artery_r", "test_nerve_r", "pleura_r"}) {
        EXPECT_TRUE(draws(scene, small.body(), id)) << id;
    }
}

TEST(Present, ACutOpensAnOpaqueSkin) {
    const test::SmallBody small;
    ViewSettings v = front_view();
    v.layers.cut = true;
    const auto scene = present_anatomy(small.body(), v, kSceneSize);
    EXPECT_TRUE(scene.clip.on);
    EXPECT_EQ(scene.clip.point, v.camera.focus);
    EXPECT_GT(glm::dot(scene.clip.normal, scene.camera.eye - scene.camera.target), 0.0f);
    EXPECT_TRUE(draws(scene, small.body(), "test_muscle_r"));
}

TEST(Present, PeelingTakesOffMusclesOfThatLayerOnly) {
    const test::SmallBody small;
    ViewSettings v = front_view();
    v.layers.skin = false;
    EXPECT_TRUE(draws(present_anatomy(small.body(), v, kSceneSize), small.body(), "test_muscle_r"));
    v.layers.deepest_hidden_layer = 1;
    const auto peeled = present_anatomy(small.body(), v, kSceneSize);
    EXPECT_FALSE(draws(peeled, small.body(), "test_muscle_r"));
    EXPECT_TRUE(draws(peeled, small.body(), "test_bone_r"));
}

TEST(Present, HidesAndHighlightsByName) {
    const test::SmallBody small;
    ViewSettings v = front_view();
    v.layers.skin = false;
    v.layers.hidden = {"test_bone_r"};
    v.layers.highlighted = {"test_artery_r"};
    const auto scene = present_anatomy(small.body(), v, kSceneSize);
    EXPECT_FALSE(draws(scene, small.body(), "test_bone_r"));
    const std::uint32_t artery = pick_id_of(small.atlas().find("test_artery_r"));
    for (const auto& d : scene.drawables)
        EXPECT_EQ(d.highlight > 0.0f, d.pick_id == artery);
}

TEST(Present, BandsAreShownOnlyWhenAskedFor) {
    const test::SmallBody small;
    ViewSettings v = front_view();
    v.layers.skin_opacity = 0.3f;
    const std::size_t without = present_anatomy(small.body(), v, kSceneSize).drawables.size();
    v.layers.show_bands = true;
    const auto with = present_anatomy(small.body(), v, kSceneSize);
    EXPECT_GT(with.drawables.size(), without + 5);
    const glm::vec3 centre(small.body().bands().front().centre);
    EXPECT_TRUE(std::any_of(with.drawables.begin(), with.drawables.end(), [&](const auto& d) {
        return d.pick_id == 0 && glm::length(glm::vec3(d.transform[3]) - centre) < 0.01f;
    }));
}

TEST(Present, EqualInputsGiveEqualScenes) {
    const test::SmallBody small;
    session::SimState s = holding(Tool::Finger, test::at_depth(-60, 0, 0), {0, 0, -1}, 12.0);
    s.finger.touching = true;
    s.finger.point = test::at_depth(-60, 0, 0);
    s.finger.inward = {0, 0, -1};
    s.finger.indentation_mm = 8.0;
    s.mark = test::at_depth(-50, 5, 0);
    s.mark_normal = {0, 0, 1};
    s.prep.place(*s.mark, s.mark_normal);
    const auto first = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    EXPECT_EQ(first, present_session(small.body(), s, front_view(), shapes(), kSceneSize));
    s.finger.indentation_mm = 9.0;
    EXPECT_NE(first, present_session(small.body(), s, front_view(), shapes(), kSceneSize));
}

TEST(Present, ThePressedFingerDentsTheSkinAsDeepAsItSinks) {
    const test::SmallBody small;
    session::SimState s = holding(Tool::Finger, test::at_depth(-60, 0, 0), {0, 0, -1}, 12.0);
    s.finger.touching = true;
    s.finger.point = test::at_depth(-60, 0, 0);
    s.finger.inward = {0, 0, -1};
    s.finger.indentation_mm = 8.0;
    const auto scene = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    EXPECT_FLOAT_EQ(scene.dent.depth, 8.0f);
    EXPECT_EQ(scene.dent.centre, glm::vec3(s.finger.point));
    EXPECT_TRUE(scene.drawables.front().dented);
    const auto hand = std::find_if(scene.drawables.begin(), scene.drawables.end(),
                                   [](const auto& d) { return d.mesh == shapes().ref(Shape::Hand); });
    ASSERT_NE(hand, scene.drawables.end());
    EXPECT_NEAR(hand->transform[3].z, test::kFront - 8.0, 0.01);
}

TEST(Present, TheAlgometerStandsInItsDentAndItsHandsShowPressureAndPeak) {
    const test::SmallBody small;
    session::SimState s = holding(Tool::Algometer, test::at_depth(-60, 0, 0), {0, 0, -1}, 30.0);
    s.algometer.touching = true;
    s.algometer.point = test::at_depth(-60, 0, 0);
    s.algometer.inward = {0, 0, -1};
    s.algometer.indentation_mm = 6.0;
    s.algometer.pressure = 3.0;
    s.algometer.peak = 4.0;
    const auto scene = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    EXPECT_FLOAT_EQ(scene.dent.depth, 6.0f);
    EXPECT_NEAR(scene.dent.pad_radius, 5.64f, 0.01f);
    const auto tip = std::find_if(scene.drawables.begin(), scene.drawables.end(),
                                  [](const auto& d) { return d.mesh == shapes().ref(Shape::AlgometerTip); });
    ASSERT_NE(tip, scene.drawables.end());
    EXPECT_NEAR(tip->transform[3].z, test::kFront - 6.0, 0.01);
    s.algometer.peak = 6.0;
    EXPECT_NE(scene, present_session(small.body(), s, front_view(), shapes(), kSceneSize));
    s.pose->press = Newtons(0.0);
    s.algometer.touching = false;
    const auto lifted = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    EXPECT_EQ(lifted.dent.depth, 0.0f);
}

TEST(Present, TheDialGoesClockwiseFromLowerLeftToLowerRight) {
    // Who looks at the face along -y, the tool upright, has -x at the right.
    EXPECT_GT(dial_direction(0.0).x, 0.5f);
    EXPECT_LT(dial_direction(0.0).z, -0.5f);
    EXPECT_NEAR(dial_direction(0.5 * kDialFull).z, 1.0f, 1e-5f);
    EXPECT_LT(dial_direction(kDialFull).x, -0.5f);
    EXPECT_EQ(dial_direction(2.0 * kDialFull), dial_direction(kDialFull));
}

TEST(Present, MarkFilmAndNumbZoneLieOnTheSkin) {
    const test::SmallBody small;
    session::SimState s;
    s.mark = test::at_depth(-60, 0, 0);
    s.mark_normal = {0, 0, 1};
    s.prep.place(*s.mark, s.mark_normal);
    tissue::Antiseptic agent;
    agent.id = "chlorhexidine_2_alcohol_70";
    s.prep.wipe(agent, *s.mark, {1, 0, 0}, 0.1);
    s.numb_centre = s.mark;
    const auto scene = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    ASSERT_EQ(scene.decals.size(), 3u);
    const render::Decal& film = scene.decals[0];
    EXPECT_EQ(film.kind, render::Decal::Kind::Film);
    ASSERT_EQ(film.cells, tissue::SkinPrep::kCells);
    EXPECT_EQ(*film.texels, s.prep.film());
    EXPECT_FLOAT_EQ(film.half_size, 50.0f);
    EXPECT_EQ(scene.decals[1].kind, render::Decal::Kind::Ink);
    EXPECT_EQ(scene.decals[1].centre, glm::vec3(*s.mark));
    EXPECT_EQ(scene.decals[2].kind, render::Decal::Kind::Numb);
}

TEST(Present, NeverGivesMoreThanEightDecals) {
    const test::SmallBody small;
    session::SimState s;
    s.mark = test::at_depth(-60, 0, 0);
    s.mark_normal = {0, 0, 1};
    for (int i = 0; i < 20; ++i)
        s.referred.push_back(test::at_depth(-100.0 + 5 * i, 0, 0));
    EXPECT_EQ(present_session(small.body(), s, front_view(), shapes(), kSceneSize).decals.size(), 8u);
}

TEST(Present, TheSyringeFollowsTheNeedleAndItsPlungerTheVolume) {
    const test::SmallBody small;
    session::SimState s = holding(Tool::Needle, test::at_depth(-60, 0, 0), {0, 0, -1}, 0.0);
    s.needle.under_skin = true;
    s.needle.entry = test::at_depth(-60, 0, 0);
    s.needle.axis = {0, 0, -1};
    s.needle.depth_mm = 12.0;
    s.injection.gauge = 25;
    s.injection.length_mm = 38.0;
    s.injection.drawn_mL = s.injection.volume_mL = 2.0;
    const auto part = [](const render::RenderScene& scene, Shape shape) {
        const auto it = std::find_if(scene.drawables.begin(), scene.drawables.end(),
                                     [&](const auto& d) { return d.mesh == shapes().ref(shape); });
        EXPECT_NE(it, scene.drawables.end());
        return glm::vec3(it->transform[3]);
    };
    const auto full = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    EXPECT_NEAR(part(full, Shape::Bevel).z, test::kFront - 12.0, 1e-3);
    EXPECT_NEAR(part(full, Shape::Hub).z, test::kFront - 12.0 + 38.0, 1e-3);
    s.injection.volume_mL = 1.0;
    const auto half = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    const double stroke = 1000.0 / (3.14159265 * 5.9 * 5.9);
    EXPECT_NEAR(part(full, Shape::Stopper5).z - part(half, Shape::Stopper5).z, stroke, 0.01);
}

TEST(Present, NoNeedleIsDrawnWhenNoneIsMounted) {
    const test::SmallBody small;
    const session::SimState s = holding(Tool::Needle, test::at_depth(-60, 0, -5), {0, 0, -1}, 0.0);
    const auto scene = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
    for (const auto& d : scene.drawables) {
        EXPECT_NE(d.mesh, shapes().ref(Shape::Bevel));
        EXPECT_NE(d.mesh, shapes().ref(Shape::Hub));
    }
}

TEST(Present, OnlyALyingPatientHasATable) {
    const test::SmallBody small;
    session::SimState s;
    const auto has_table = [&] {
        const auto scene = present_session(small.body(), s, front_view(), shapes(), kSceneSize);
        return std::any_of(scene.drawables.begin(), scene.drawables.end(),
                           [](const auto& d) { return d.mesh == shapes().ref(Shape::TablePad); });
    };
    EXPECT_FALSE(has_table());
    s.posture = events::Posture::Prone;
    EXPECT_FALSE(has_table()) << "the small body has no knees to head, so there is nothing to lay on a table";
}

TEST(Debrief, ShowsTheNeedlesWayOfTheLogAndTheHazardsNearIt) {
    const test::SmallBody small;
    std::vector<events::Event> log;
    const auto add = [&](std::variant<events::Action, events::Finding> what) {
        log.push_back({0, static_cast<std::int64_t>(log.size()), "trainee", std::move(what)});
    };
    events::Punctured in;
    in.tool = Tool::Needle;
    in.entry = geometry::point(test::at_depth(-60, 0, 0));
    add(events::Finding(in));
    for (int depth = 1; depth <= 16; ++depth) {
        add(events::Action(
            events::ToolPose{Tool::Needle, geometry::point(test::at_depth(-60, 0, depth)), {0, 0, -1}, {}}));
    }
    events::Deposited fluid;
    fluid.point = geometry::point(test::at_depth(-60, 0, 15));
    fluid.volume = Millilitres(0.5);
    add(events::Finding(fluid));
    add(events::Finding(events::NeedlePass{}));
    add(events::Finding(events::NeedleOut{}));
    add(events::Action(
        events::ToolPose{Tool::Needle, geometry::point(test::at_depth(-60, 0, -5)), {0, 0, -1}, {}}));

    const auto scene = present_debrief(small.body(), {}, log, front_view(), kSceneSize);
    const auto path = std::find_if(scene.lines.begin(), scene.lines.end(),
                                   [](const render::Line& l) { // bands have lines too, deeper inside
                                       return l.points.size() > 5 && l.points.front().z > test::kFront - 0.01;
                                   });
    ASSERT_NE(path, scene.lines.end());
    EXPECT_NEAR(path->points.front().z, test::kFront, 1e-3);
    EXPECT_NEAR(path->points.back().z, test::kFront - 16.0, 1e-3);
    const auto artery = std::find_if(scene.drawables.begin(), scene.drawables.end(), [&](const auto& d) {
        return d.pick_id == pick_id_of(small.atlas().find("test_artery_r"));
    });
    ASSERT_NE(artery, scene.drawables.end());
    EXPECT_GT(artery->highlight, 0.0f);
    EXPECT_LT(scene.drawables.front().opacity, 0.5f) << "the skin is transparent";
    EXPECT_TRUE(std::any_of(scene.drawables.begin(), scene.drawables.end(), [](const auto& d) {
        return std::abs(d.transform[3].z - (test::kFront - 15.0)) < 0.01 && d.opacity < 1.0f &&
               d.pick_id == 0;
    })) << "the deposit";
    EXPECT_EQ(scene, present_debrief(small.body(), {}, log, front_view(), kSceneSize));
}

TEST(ToolShapes, AreClosedAndOutwardSoThatTheyCastWholeShadows) {
    for (int i = 0; i < static_cast<int>(Shape::Count); ++i) {
        const geometry::Mesh& mesh = shapes().mesh(static_cast<Shape>(i));
        const geometry::MeshCheck check = geometry::check(mesh);
        EXPECT_TRUE(check.closed()) << i;
        EXPECT_TRUE(check.outward) << i;
        EXPECT_EQ(mesh.normals.size(), mesh.positions.size()) << i;
    }
}

TEST(ToolShapes, ThePadTouchesTheSkinAndTheHandStaysAboveIt) {
    const geometry::Box hand = geometry::bounds(shapes().mesh(Shape::Hand));
    EXPECT_NEAR(hand.low.z, 0.0, 1.0);
    EXPECT_GT(hand.size().y, 150.0);
}

TEST(RealBody, StaysWithinTheTriangleBudgetFromAfarAndNear) {
    const anatomy::Atlas* atlas = test::real_atlas();
    ASSERT_NE(atlas, nullptr);
    const auto body = anatomy::Body::create(*atlas, {}, 1);
    ASSERT_TRUE(body.has_value());
    for (const NamedView& v : named_views()) {
        std::size_t triangles = 0;
        for (const auto& d : present_anatomy(*body, v.settings, kSceneSize).drawables)
            triangles += d.mesh.mesh->triangle_count();
        EXPECT_LE(triangles, kTriangleBudget) << v.name;
        EXPECT_GT(triangles, 3000u) << v.name;
    }
}

TEST(RealBody, LiesOnTheTableWithoutSinkingThroughIt) {
    const anatomy::Atlas* atlas = test::real_atlas();
    ASSERT_NE(atlas, nullptr);
    const auto body = anatomy::Body::create(*atlas, {}, 1);
    ASSERT_TRUE(body.has_value());
    const geometry::Box skin = geometry::bounds(atlas->mesh(atlas->skin()));
    session::SimState s;
    s.posture = events::Posture::Prone;
    ViewSettings v = front_view();
    v.camera.azimuth_deg = 180.0f; // the back is up
    const auto is_pad = [](const auto& d) { return d.mesh == shapes().ref(Shape::TablePad); };
    const auto scene = present_session(*body, s, v, shapes(), kSceneSize);
    const auto pad = std::find_if(scene.drawables.begin(), scene.drawables.end(), is_pad);
    ASSERT_NE(pad, scene.drawables.end());
    EXPECT_GT(pad->transform[3].z, skin.high.z - 90.0) << "top of the padding near the front of the trunk";
    EXPECT_LT(pad->transform[2].z, -0.99f) << "up in the room is backward in the body";
    const auto from_below = present_session(*body, s, front_view(), shapes(), kSceneSize);
    EXPECT_TRUE(std::none_of(from_below.drawables.begin(), from_below.drawables.end(), is_pad))
        << "it would hide the body";
}

TEST(Referral, IsFeltWhileThePointIsHeldAndNotAfterwards) {
    const test::SmallBody small(test::SmallBody::one_active_point());
    ASSERT_FALSE(small.body().bands().empty());
    session::SimState s;
    EXPECT_TRUE(referred_now(small.body(), s).empty());
    s.finger.touching = true;
    s.finger.hold_start = 0;
    s.finger.nodule = 0;
    EXPECT_TRUE(referred_now(small.body(), s).empty()) << "not yet";
    s.finger.hold_referred = true;
    EXPECT_EQ(referred_now(small.body(), s), small.body().bands()[0].id);
    s.finger.hold_start = -1; // pressed too lightly now
    EXPECT_TRUE(referred_now(small.body(), s).empty());
    s.finger.hold_start = 0;
    s.finger.touching = false;
    EXPECT_TRUE(referred_now(small.body(), s).empty());
}

TEST(Referral, PreparedOrNotTheSamePaint) {
    const anatomy::Atlas* atlas = test::real_atlas();
    ASSERT_NE(atlas, nullptr);
    const auto body = anatomy::Body::create(*atlas, {}, 1);
    ASSERT_TRUE(body.has_value());
    const std::string point = "trapezius-descendens-1_r";
    const auto painted = [&](ReferralPaint& paint) {
        render::RenderScene scene = present_anatomy(*body, front_view(), kSceneSize);
        EXPECT_TRUE(paint.apply(*atlas, point, scene));
        for (const auto& d : scene.drawables) {
            if (d.pick_id == pick_id_of(atlas->skin())) return d.mesh.mesh->uv;
        }
        return std::vector<glm::vec2>{};
    };
    ReferralPaint straight, prepared;
    prepared.prepare(*atlas, {"infraspinatus-1_l", point, "no-such-point"});
    const auto uv = painted(straight);
    ASSERT_FALSE(uv.empty());
    EXPECT_TRUE(std::any_of(uv.begin(), uv.end(), [](glm::vec2 w) { return w.x > 0.5f; }));
    EXPECT_EQ(painted(prepared), uv);
}

TEST(Present, TriggerPointsAreMarkedInACaseOnlyWhenAskedFor) {
    const test::SmallBody small;
    ViewSettings v = front_view();
    const auto lines = [&] {
        return present_session(small.body(), session::SimState{}, v, shapes(), kSceneSize).lines.size();
    };
    EXPECT_EQ(lines(), 0u);
    v.layers.points = {test::kPoint + "_r"};
    EXPECT_GT(lines(), 0u);
    EXPECT_TRUE(shows_points(v.layers));
    take_points_off(v.layers);
    EXPECT_EQ(lines(), 0u);
    for (const auto& on : {+[](Layers& l) { l.show_bands = true; }, +[](Layers& l) { l.referral = "x"; }}) {
        Layers l;
        EXPECT_FALSE(shows_points(l));
        on(l);
        EXPECT_TRUE(shows_points(l));
    }
}

} // namespace
} // namespace tb::view
