// Exploring the body: peeling, pointing, finding, fixed views, ways between views, links, distances of
// hazards.
#include <algorithm>

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/real_body.h"
#include "support/small_body.h"
#include "view/find.h"
#include "view/fixed_views.h"
#include "view/groups.h"
#include "view/hazard_sight.h"
#include "view/layers.h"
#include "view/peel.h"
#include "view/pick.h"
#include "view/points.h"
#include "view/present.h"
#include "view/transition.h"
#include "view/view_link.h"
#include "view/words.h"

namespace tb::view {
namespace {

constexpr glm::vec2 kViewSize{1280.0f, 720.0f};
constexpr glm::vec2 kCentre{640.0f, 360.0f};

/// From the front, straight at the middle of the right muscle.
ViewSettings at_muscle() {
    ViewSettings v;
    v.camera.focus = {test::kMiddle, 0, 60};
    v.camera.azimuth_deg = v.camera.elevation_deg = 0;
    return v;
}

std::string picked_id(const anatomy::Body& body, const ViewSettings& v, glm::vec2 at = kCentre) {
    const auto p = pick(body, v, kViewSize, at);
    return p ? body.atlas().structure(p->structure).id : "";
}

bool drawn(const render::RenderScene& scene, const anatomy::Body& body, const char* id) {
    const std::uint32_t pick_id = pick_id_of(body.atlas().find(id));
    return std::any_of(scene.drawables.begin(), scene.drawables.end(),
                       [&](const auto& d) { return d.pick_id == pick_id; });
}

TEST(Peel, GoesFromSkinToBoneStageByStage) {
    const test::SmallBody small;
    ViewSettings v = at_muscle();
    EXPECT_EQ(picked_id(small.body(), v), "skin");
    v.layers.peel = kPeelSkin;
    EXPECT_EQ(picked_id(small.body(), v), "test_muscle_r");
    v.layers.peel = 2.0f; // its layer is 1
    EXPECT_EQ(picked_id(small.body(), v), "test_artery_r");
    v.layers.peel = kPeelBones;
    const auto scene = present_anatomy(small.body(), v, kViewSize);
    EXPECT_TRUE(drawn(scene, small.body(), "test_bone_r"));
    for (const char* id : {"skin", "test_muscle_r", "test_artery_r", "test_nerve_r", "pleura_r"})
        EXPECT_FALSE(drawn(scene, small.body(), id)) << id;
}

TEST(Peel, BetweenTwoStagesWhatComesOffIsTransparent) {
    const test::SmallBody small;
    ViewSettings v = at_muscle();
    v.layers.peel = 1.25f;
    const auto& muscle = small.atlas().structure(small.atlas().find("test_muscle_r"));
    EXPECT_FLOAT_EQ(opacity_of(muscle, v.layers), 0.75f);
    const auto& bone = small.atlas().structure(small.atlas().find("test_bone_r"));
    EXPECT_FLOAT_EQ(opacity_of(bone, v.layers), 1.0f);
}

TEST(Peel, OneRegionLeavesTheOthersAsTheyAre) {
    anatomy::Structure neck, leg;
    neck.kind = leg.kind = StructureKind::Muscle;
    neck.layer = leg.layer = 1;
    neck.region = "neck";
    leg.region = "leg";
    Layers l;
    l.peel_in["neck"] = 2.0f;
    EXPECT_FALSE(is_shown(neck, l));
    EXPECT_TRUE(is_shown(leg, l));
    EXPECT_FALSE(skin_hides_all(l)) << "the skin is open over the neck";
    EXPECT_EQ(skin_openings(l).size(), peel_region("neck")->skin.size());
    l.peel_in["neck"] = 0.0f;
    EXPECT_TRUE(skin_hides_all(l));
}

TEST(Peel, EveryRegionHasWordsAndSkin) {
    std::size_t boxes = 0;
    for (const PeelRegion& r : peel_regions()) {
        EXPECT_FALSE(r.word.empty() || r.catalogue_regions.empty() || r.skin.empty()) << r.id;
        boxes += r.skin.size();
        for (const auto& o : r.skin)
            EXPECT_TRUE(glm::all(glm::lessThan(o.low, o.high))) << r.id;
    }
    EXPECT_LE(boxes, render::kMostOpenings) << "all regions open at once";
}

TEST(Pick, LooksThroughWhatIsHiddenFadedIsolatedOrCut) {
    const test::SmallBody small;
    ViewSettings v = at_muscle();
    v.layers.skin = false;
    v.layers.hidden = {"test_muscle_r"};
    EXPECT_EQ(picked_id(small.body(), v), "test_artery_r");
    v.layers.hidden.clear();
    v.layers.faded["test_muscle_r"] = 0.25f;
    EXPECT_EQ(picked_id(small.body(), v), "test_artery_r");
    v.layers.faded.clear();
    v.layers.only = {"pleura_r"};
    EXPECT_EQ(picked_id(small.body(), v, {640, 420}), "") << "a pleura is drawn less than half opaque";
    v.layers.only = {"test_artery_r"};
    EXPECT_EQ(picked_id(small.body(), v), "test_artery_r");
    v.layers.only.clear();
    v.layers.cut = true;
    v.layers.cut_facing = CutFacing::Frontal;
    v.layers.cut_mm = static_cast<float>(test::kFront - 21.0); // between muscle and artery
    EXPECT_EQ(picked_id(small.body(), v), "test_artery_r");
}

TEST(Pick, GivesThePlaceOnTheSkin) {
    const test::SmallBody small;
    const auto p = pick(small.body(), at_muscle(), kViewSize, kCentre);
    ASSERT_TRUE(p);
    EXPECT_NEAR(p->point.z, test::kFront, 1e-3);
    EXPECT_NEAR(p->point.x, test::kMiddle, 0.5);
    EXPECT_FALSE(pick(small.body(), at_muscle(), kViewSize, {1.0f, 1.0f})) << "beside the body";
}

TEST(Pick, TheLensOpensOnlyItsOwnCircle) {
    const test::SmallBody small;
    ViewSettings v = at_muscle();
    v.layers.lens.on = true;
    v.layers.lens.radius = 0.1f;
    v.layers.lens.depth = kPeelSkin;
    EXPECT_EQ(picked_id(small.body(), v), "test_muscle_r");
    EXPECT_EQ(picked_id(small.body(), v, {640.0f, 360.0f + 0.12f * 720.0f}), "skin");
    v.layers.lens.depth = kPeelMuscles;
    EXPECT_EQ(picked_id(small.body(), v), "test_artery_r");
    const auto scene = present_anatomy(small.body(), v, kViewSize);
    EXPECT_TRUE(scene.lens.on);
    EXPECT_TRUE(drawn(scene, small.body(), "test_artery_r"));
    EXPECT_FALSE(drawn(scene, small.body(), "test_bone_l")) << "far from the lens, behind the solid skin";
}

TEST(Present, WhatIsChosenShinesThroughTheSkin) {
    const test::SmallBody small;
    ViewSettings v = at_muscle();
    v.layers.highlighted = {"test_artery_r"};
    const auto scene = present_anatomy(small.body(), v, kViewSize);
    ASSERT_TRUE(drawn(scene, small.body(), "test_artery_r"));
    EXPECT_FALSE(drawn(scene, small.body(), "test_muscle_r"));
    for (const auto& d : scene.drawables)
        EXPECT_EQ(d.glow > 0.0f, d.material != render::Material::Skin);
}

TEST(Present, HazardsShineThroughTheSkinInPatternsOfTheirKind) {
    const test::SmallBody small;
    ViewSettings v = at_muscle();
    v.layers.hazards = true;
    const auto scene = present_anatomy(small.body(), v, kViewSize);
    std::set<render::GlowPattern> patterns;
    for (const char* id : {"test_artery_r", "test_nerve_r", "pleura_r"}) {
        EXPECT_TRUE(drawn(scene, small.body(), id)) << id;
        for (const auto& d : scene.drawables) {
            if (d.pick_id != pick_id_of(small.atlas().find(id))) continue;
            EXPECT_GT(d.glow, 0.0f);
            patterns.insert(d.pattern);
        }
    }
    EXPECT_EQ(patterns.size(), 3u) << "told apart without colour";
    EXPECT_FALSE(drawn(scene, small.body(), "test_bone_r"));
}

TEST(HazardSight, TellsDepthAlongTheSightAndTheNearest) {
    const test::SmallBody small;
    Picked from;
    from.structure = small.atlas().skin();
    from.point = test::at_depth(test::kMiddle, 0.0, 0.0);
    from.direction = {0, 0, -1};
    const HazardSight s = hazards_seen(small.body(), from);
    ASSERT_FALSE(s.along.empty());
    EXPECT_EQ(small.atlas().structure(s.along[0].structure).id, "test_artery_r");
    EXPECT_NEAR(s.along[0].distance_mm, test::kArteryTop, 0.2);
    ASSERT_GE(s.along.size(), 2u);
    EXPECT_EQ(small.atlas().structure(s.along[1].structure).id, "pleura_r");
    EXPECT_NEAR(s.along[1].distance_mm, test::kDeepTop, 0.2);
    ASSERT_TRUE(s.nearest);
    EXPECT_NEAR(s.nearest->distance_mm, test::kArteryTop, 0.3);
    from.point = test::at_depth(test::kMiddle - 35.0, 0.0, 0.0); // beside it, towards the nerve
    const HazardSight beside = hazards_seen(small.body(), from);
    ASSERT_TRUE(beside.nearest);
    EXPECT_EQ(small.atlas().structure(beside.nearest->structure).id, "test_nerve_r");
}

TEST(Camera, ZoomingKeepsThePointUnderThePointer) {
    OrbitCamera c;
    const glm::vec3 point{-100.0f, 1480.0f, 20.0f};
    glm::vec2 before, after;
    ASSERT_TRUE(render::project(c.camera(), kViewSize, point, before));
    c.zoom_about(point, 0.5f);
    ASSERT_TRUE(render::project(c.camera(), kViewSize, point, after));
    EXPECT_NEAR(before.x, after.x, 0.1f);
    EXPECT_NEAR(before.y, after.y, 0.1f);
    EXPECT_FLOAT_EQ(c.distance_mm, 350.0f);
}

TEST(FixedViews, LookFromWhereTheySay) {
    const FixedRegion& shoulder = *std::find_if(fixed_regions().begin(), fixed_regions().end(),
                                                [](const FixedRegion& r) { return r.id == "shoulder"; });
    const auto eye = [&](Direction d, anatomy::Side side = anatomy::Side::Right) {
        const OrbitCamera c = fixed_camera(shoulder, d, side);
        return glm::normalize(c.camera().eye - c.focus);
    };
    EXPECT_GT(eye(Direction::Anterior).z, 0.99f);
    EXPECT_LT(eye(Direction::Posterior).z, -0.99f);
    EXPECT_LT(eye(Direction::Right).x, -0.99f);
    EXPECT_GT(eye(Direction::Left).x, 0.99f);
    EXPECT_GT(eye(Direction::Superior).y, 0.99f);
    EXPECT_LT(fixed_camera(shoulder, Direction::Anterior).focus.x, 0.0f);
    EXPECT_GT(fixed_camera(shoulder, Direction::Anterior, anatomy::Side::Left).focus.x, 0.0f);
}

TEST(Transition, IsContinuousAndEndsExactlyAtItsGoal) {
    ViewSettings from, to;
    to.camera.azimuth_deg = 350.0f;
    from.camera.azimuth_deg = 10.0f;
    to.camera.distance_mm = 2800.0f;
    to.layers.peel = 3.0f;
    to.layers.skin = false;
    Transition t;
    t.start(from, to, 0.5);
    ViewSettings last = from;
    int frames = 0;
    while (t.running() && frames < 200) {
        const ViewSettings now = t.advance(1.0 / 60.0);
        ++frames;
        const float turned =
            std::abs(std::remainder(now.camera.azimuth_deg - last.camera.azimuth_deg, 360.0f));
        EXPECT_LT(turned, 2.0f) << "the short way, without a jump";
        EXPECT_LT(std::abs(now.layers.peel - last.layers.peel), 0.3f);
        last = now;
    }
    EXPECT_EQ(last, to);
    EXPECT_NEAR(frames, 30, 2);
}

TEST(Transition, StopsWhereItIs) {
    ViewSettings from, to;
    to.camera.focus.x += 100.0f;
    Transition t;
    t.start(from, to, 0.5);
    const ViewSettings half = t.advance(0.25);
    EXPECT_NEAR(half.camera.focus.x - from.camera.focus.x, 50.0f, 1e-3f);
    t.stop();
    EXPECT_FALSE(t.running());
}

TEST(Transition, ASkinThatGoesFades) {
    ViewSettings from, to;
    to.layers.skin = false;
    const ViewSettings half = between(from, to, 0.5f);
    EXPECT_TRUE(half.layers.skin);
    EXPECT_NEAR(half.layers.skin_opacity, 0.5f, 1e-4f);
    EXPECT_FALSE(between(from, to, 1.0f).layers.skin);
}

ViewSettings rich_view() {
    ViewSettings v;
    v.camera = {{-61.5f, 1440.0f, 40.0f}, 200.25f, -12.5f, 701.0f, 28.0f, 90.0f};
    Layers& l = v.layers;
    l.vessels = false;
    l.skin_opacity = 0.35f;
    l.muscle_opacity = 0.5f;
    l.peel = 1.0f;
    l.peel_in["neck"] = 3.0f;
    l.deepest_hidden_layer = 1;
    l.hidden = {"C7", "trapezius_descending_r"};
    l.only = {"C6", "C7"};
    l.faded["skull"] = 0.25f;
    l.highlighted = {"levator_scapulae_r"};
    l.points = {"soleus-1_l"};
    l.referral = "soleus-1_l";
    l.hazards = l.show_bands = true;
    l.cut = true;
    l.cut_facing = CutFacing::Sagittal;
    l.cut_mm = -12.5f;
    l.cut_flip = true;
    l.lens = {true, {0.25f, 0.75f}, 0.15f, 2.0f};
    v.labels = true;
    return v;
}

TEST(ViewLink, BringsTheSameViewBack) {
    for (const ViewSettings& v : {ViewSettings{}, rich_view(), named_view("xray")->settings,
                                  named_view("shoulder_muscles")->settings}) {
        const std::string link = to_link(v);
        const auto back = from_link(link);
        ASSERT_TRUE(back) << back.error().text();
        EXPECT_EQ(*back, v) << link;
        EXPECT_EQ(to_link(*back), link);
    }
}

TEST(ViewLink, SurvivesLineBreaksOfMailAndHoldsNoSignThatAShellEats) {
    const std::string link = to_link(rich_view());
    EXPECT_EQ(link.find_first_of(" \t\n'\"\\$&;|<>()*?#!`~{}[]"), std::string::npos) << link;
    const std::string wrapped = "  " + link.substr(0, 40) + "\r\n" + link.substr(40) + "\n";
    const auto back = from_link(wrapped);
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, rich_view());
}

TEST(ViewLink, RefusesWhatItDoesNotUnderstandInOneSentence) {
    for (const char* part :
         {"cam:1,2,3", "cam:nan,0,0,0,0,500", "cam:0,0,0,0,0,1e30", "peel:9", "peel-nose:2",
          "hide:", "hide:a b;c", "hide:<x>", "fade:C7", "fade:C7=2", "cut:oblique", "cut:frontal,5,flop",
          "lens:1", "off:1.5", "skin:", "sideways", "labels:yes", "skin:2"}) {
        const auto v = from_link(std::string("tautband-view/1/") + part);
        ASSERT_FALSE(v) << part;
        EXPECT_EQ(v.error().code, ErrorCode::BadInput);
        EXPECT_NE(v.error().message.find("part"), std::string::npos) << v.error().message;
    }
    EXPECT_FALSE(from_link(""));
    EXPECT_FALSE(from_link("https://example.org"));
    EXPECT_FALSE(from_link("tautband-view/10/labels"));
    EXPECT_FALSE(from_link(std::string(100000, 'x')));
}

TEST(ViewLink, NoTextMakesItFail) {
    Random random(11);
    const std::string good = to_link(rich_view());
    for (int round = 0; round < 3000; ++round) {
        std::string bad = good;
        for (int k = 0; k < 4; ++k)
            bad[static_cast<std::size_t>(random.uniform(0, static_cast<double>(bad.size() - 1)))] =
                static_cast<char>(random.uniform(1, 126));
        if (const auto v = from_link(bad)) {
            EXPECT_TRUE(from_link(to_link(*v))) << bad; // what is read can be written
        }
    }
}

TEST(Find, ReadsAccentsAndSigns) {
    EXPECT_EQ(plain_text("Musculus  bíceps-brachii (Caput)"), "musculus biceps brachii caput");
    EXPECT_EQ(plain_text("\xC3"), ""); // cut off within a letter
}

TEST(FindRealBody, KnowsEnglishLatinSynonymsAndPartsOfWords) {
    const anatomy::Atlas* loaded = test::real_atlas();
    ASSERT_NE(loaded, nullptr);
    const anatomy::Atlas& atlas = *loaded;
    const Finder finder(atlas);
    const auto first = [&](std::string_view query) {
        const auto found = finder.find(query);
        return found.empty() ? std::string() : found.front().id;
    };
    EXPECT_EQ(first("infraspinatus"), "infraspinatus");
    EXPECT_EQ(first("INFRASP"), "infraspinatus");
    EXPECT_EQ(first("QL"), "quadratus_lumborum");
    EXPECT_EQ(first("scm"), "sternocleidomastoid");
    EXPECT_EQ(first("upper trapezius"), "trapezius_descending");
    EXPECT_EQ(first("shoulder blade"), "scapula");
    EXPECT_EQ(first("peroneus longus"), "fibularis_longus");
    EXPECT_EQ(first("musculus piriformis"), "piriformis");
    EXPECT_EQ(first("innominate artery"), "brachiocephalic-trunk");
    EXPECT_EQ(first("rotator cuff"), "Rotator cuff");
    EXPECT_EQ(first("trigger point soleus"), "soleus-1");
    EXPECT_EQ(first("FMA34684"), "deltoid_spinal");
    EXPECT_TRUE(finder.find("xyzzy").empty());
    EXPECT_TRUE(finder.find("  ").empty());
    for (const auto& found : finder.find("trapezius")) {
        if (found.kind != Found::Kind::Structure) continue;
        EXPECT_NE(atlas.structure(found.structure).side, anatomy::Side::Left) << "one row for both sides";
    }
}

TEST(FindRealBody, EverySynonymLeadsSomewhere) {
    const anatomy::Atlas* loaded = test::real_atlas();
    ASSERT_NE(loaded, nullptr);
    const anatomy::Atlas& atlas = *loaded;
    const Finder finder(atlas);
    std::size_t checked = 0;
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        const auto base = base_of(atlas.structure(StructureId{i}));
        for (const std::string_view name : synonyms(base)) {
            ++checked;
            const auto found = finder.find(name, 200);
            EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](const Found& x) { return x.id == base; }))
                << name << " for " << base;
        }
    }
    EXPECT_GT(checked, 60u);
}

TEST(GroupsRealBody, EveryStructureHasSystemAndGroupThatHoldsIt) {
    const anatomy::Atlas* loaded = test::real_atlas();
    ASSERT_NE(loaded, nullptr);
    const anatomy::Atlas& atlas = *loaded;
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        const StructureId id{i};
        for (const Scope scope : {Scope::Structure, Scope::BothSides, Scope::Group, Scope::System}) {
            const auto all = members(atlas, id, scope);
            EXPECT_NE(std::find(all.begin(), all.end(), id), all.end()) << atlas.structure(id).id;
        }
    }
    const auto cuff = members_of_group(atlas, "Rotator cuff");
    EXPECT_EQ(cuff.size(), 8u) << "four muscles on two sides";
    const StructureId right = atlas.find("infraspinatus_r");
    EXPECT_EQ(atlas.structure(other_side(atlas, right)).id, "infraspinatus_l");
    EXPECT_FALSE(other_side(atlas, atlas.find("C7")).valid());
}

TEST(GroupsRealBody, PairsThatAreNoMirrorImagesAreTwinsToo) {
    const anatomy::Atlas* loaded = test::real_atlas();
    ASSERT_NE(loaded, nullptr);
    const anatomy::Atlas& atlas = *loaded;
    const StructureId right = atlas.find("kidney-right"), left = atlas.find("kidney-left");
    ASSERT_TRUE(right.valid() && left.valid());
    EXPECT_EQ(base_of(atlas.structure(right)), "kidney");
    EXPECT_EQ(base_of(atlas.structure(left)), "kidney");
    EXPECT_EQ(other_side(atlas, right), left);
    EXPECT_EQ(other_side(atlas, left), right);
    EXPECT_EQ(members(atlas, left, Scope::BothSides).size(), 2u);
    EXPECT_EQ(name_without_side(atlas.structure(left)), "Kidney");
    const Finder finder(atlas);
    for (const char* query : {"kidney", "Left kidney", "right kidney"}) {
        const auto found = finder.find(query);
        ASSERT_FALSE(found.empty()) << query;
        EXPECT_EQ(found.front().id, "kidney");
        EXPECT_EQ(found.front().structure, right) << "one row for both sides";
        EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const Found& x) { return x.id == "kidney"; }),
                  1);
    }
}

TEST(GroupsRealBody, NamesSayTheirSideOnce) {
    const anatomy::Atlas* loaded = test::real_atlas();
    ASSERT_NE(loaded, nullptr);
    const anatomy::Atlas& atlas = *loaded;
    EXPECT_EQ(name_with_side(atlas.structure(atlas.find("kidney-right"))), "Right kidney");
    EXPECT_EQ(name_with_side(atlas.structure(atlas.find("kidney-left"))), "Left kidney");
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        const anatomy::Structure& s = atlas.structure(StructureId{i});
        const std::string said = plain_text(name_with_side(s));
        const std::string side(anatomy::name_of(s.side));
        std::size_t times = 0;
        for (const std::string_view word : split(said, ' '))
            times += word == side ? 1 : 0;
        EXPECT_EQ(times, s.side == anatomy::Side::Midline ? 0u : 1u) << s.id << ": " << said;
    }
}

TEST(PointsRealBody, EveryOrderListsThemAll) {
    const anatomy::Atlas* loaded = test::real_atlas();
    ASSERT_NE(loaded, nullptr);
    const anatomy::Atlas& atlas = *loaded;
    for (const PointOrder order : {PointOrder::Region, PointOrder::Muscle, PointOrder::PainfulArea}) {
        std::set<std::string> listed;
        for (const PointList& l : point_lists(atlas, order)) {
            EXPECT_FALSE(l.title.empty());
            for (const PointRow& r : l.rows)
                listed.insert(r.point->id);
        }
        for (const anatomy::TriggerPoint& p : atlas.trigger_points()) {
            const bool refers = !p.referral_primary.empty() || !p.referral_spillover.empty();
            if (order == PointOrder::PainfulArea && !refers) continue;
            EXPECT_TRUE(listed.contains(p.id)) << p.id;
        }
    }
    const auto [point, side] = point_of(atlas, "soleus-1_l");
    ASSERT_NE(point, nullptr);
    EXPECT_EQ(side, anatomy::Side::Left);
    EXPECT_GT(position_of(*point, side).x, 0.0);
    EXPECT_EQ(point_of(atlas, "no-such-point_r").first, nullptr);
}

} // namespace
} // namespace tb::view
