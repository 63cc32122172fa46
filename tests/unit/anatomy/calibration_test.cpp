// Measuring and judging on the small body, where every depth is known; faults of the table.
#include "anatomy/calibration.h"

#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "support/small_body.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;
using test::kArteryTop;
using test::kMiddle;

constexpr const char* kSource = "table.json";

/// The small body with landmarks and, where asked, an arm against its side and a deeper layer.
class Calibrated {
public:
    explicit Calibrated(bool arm = false) : atlas_(make_atlas(arm)), body_(make_body(atlas_)) {}
    Calibrated(const Calibrated&) = delete;
    Calibrated& operator=(const Calibrated&) = delete;
    [[nodiscard]] const Atlas& atlas() const { return atlas_; }
    [[nodiscard]] const Body& body() const { return body_; }

private:
    static Atlas make_atlas(bool arm) {
        test::SmallParts parts = test::small_parts();
        const auto mark = [&](const char* name, Vec3 at) {
            parts.catalogue.landmarks.push_back({name, "test_bone", Side::Right, at, ""});
        };
        mark("centre", {kMiddle, 0.0, 85.0});
        mark("beside", {kMiddle - 40.0, 0.0, 85.0});
        mark("opposite", {kMiddle + 40.0, 30.0, 20.0});
        const auto add = [&](const char* id, StructureKind kind, const char* region, geometry::Mesh mesh) {
            Structure s;
            s.id = s.name = id;
            s.kind = kind;
            s.region = region;
            s.side = Side::Right;
            s.volume_ml = geometry::volume_mm3(mesh) / 1000.0;
            s.triangles = mesh.triangle_count();
            parts.meshes.push_back({std::move(mesh)});
            parts.catalogue.structures.push_back(std::move(s));
        };
        // Two sheets of one tendon-like layer, 6 and 30 mm behind the muscle: only the first belongs to it.
        geometry::Mesh sheets = test::box_mesh({kMiddle - 20, -20, 70}, {kMiddle + 20, 15, 74});
        geometry::append(sheets, test::box_mesh({kMiddle - 20, -20, 40}, {kMiddle + 20, 15, 50}));
        add("sheet_r", StructureKind::Tendon, "test", std::move(sheets));
        if (arm)
            add("arm_bone_r", StructureKind::Bone, "arm", test::box_mesh({-140, -50, 50}, {-120, 50, 95}));
        auto catalogue = catalogue_from_json(to_json(parts.catalogue), "small body");
        TB_CHECK(catalogue.has_value());
        for (std::size_t i = parts.meshes.size(); i < catalogue->structures.size(); ++i) {
            const std::string& id = catalogue->structures[i].id;
            const StructureId right = catalogue->find(id.substr(0, id.size() - 2) + "_r");
            parts.meshes.push_back({geometry::mirrored(parts.meshes[right.index].front())});
        }
        return {std::move(*catalogue), std::move(parts.meshes), {}};
    }
    static Body make_body(const Atlas& atlas) {
        auto body = Body::create(atlas, {}, 1);
        TB_CHECK(body.has_value());
        return std::move(*body);
    }
    Atlas atlas_;
    Body body_;
};

Json mix(std::initializer_list<std::pair<const char*, double>> terms) {
    Json list = Json::array();
    for (const auto& [name, weight] : terms)
        list.push_back(Json::array({name, weight}));
    return list;
}

Json probe(Json through, Json dir, const char* refine = "none") {
    return {{"through", std::move(through)}, {"dir", std::move(dir)}, {"refine", refine}, {"site", "test"}};
}

Json row(const char* id, const char* quantity, Json structures, Json mean, Json more = Json::object()) {
    Json j = {{"id", id},
              {"site", "test"},
              {"probe", "front"},
              {"quantity", quantity},
              {"structures", std::move(structures)},
              {"mean", std::move(mean)},
              {"sd", nullptr},
              {"unit", "mm"},
              {"n", 10},
              {"population", {{"sex", "both"}, {"age", nullptr}, {"bmi", nullptr}}},
              {"method", "test"},
              {"posture", "test"},
              {"source", "S"},
              {"read", "abstract"}};
    for (const auto& [key, value] : more.items())
        j[key] = value;
    return j;
}

Json table(Json rows) {
    Json j;
    j["body"] = {{"sex", "m"}, {"bmi", 24.0}, {"age", 40.0}};
    j["words"] = {{"back of the artery", {{"structures", {"test_artery"}}, {"face", "far"}}},
                  {"back of the muscle", {{"structures", {"test_muscle"}}, {"face", "far"}}},
                  {"soul", {{"structures", Json::array()}, {"why_not", "not modelled"}}}};
    j["probes"] = {
        {"front", probe({{"mix", mix({{"centre", 1.0}})}}, {0, 0, -1})},
        {"slanted", probe({{"mix", mix({{"centre", 1.0}})}}, {0.3, 0, -1})},
        {"square", probe({{"mix", mix({{"centre", 1.0}})}}, {0.3, 0, -1}, "skin_normal")},
        {"moved",
         probe({{"mix", mix({{"centre", 0.5}, {"beside", 0.5}})}, {"offset_mm", {0, 5, 0}}}, {0, 0, -1})},
        {"outside", probe({{"xyz", {kMiddle, 0, 130}}}, {0, 0, -1})},
        {"away", probe({{"xyz", {500, 0, 300}}}, {0, 0, -1})},
        {"tube_height", probe({{"tube", "test_artery"}, {"at_y", 12.0}}, {0, 0, -1})},
        {"tube_near",
         probe({{"tube", "test_artery"}, {"near", {{"xyz", {kMiddle + 9, 7, 90}}}}}, {0, 0, -1})},
        {"tube_high", probe({{"tube", "test_artery"}, {"at_y", 90.0}}, {0, 0, -1})},
        {"lattice", probe({{"muscle", "test_muscle"}, {"u", 0.75}}, {0, 0, -1})},
        {"lattice_height", probe({{"muscle", "test_muscle"}, {"at_y", 25.0}}, {0, 0, -1})},
        {"side", probe({{"mix", mix({{"centre", 1.0}})}}, {1, 0, 0})},
    };
    j["probes"]["side"]["skin_segments"] = {"trunk"};
    j["rows"] = std::move(rows);
    j["followed"] = Json::array();
    j["sources"] = {{"S", {{"citation", "nobody 2000"}}}};
    return j;
}

class CalibrationTest : public testing::Test {
protected:
    Calibration read(const Json& json) {
        auto parsed = calibration_from_json(json, kSource, small_.atlas());
        if (!parsed) {
            for (const Error& e : parsed.error())
                ADD_FAILURE() << e.text();
            return {};
        }
        return std::move(*parsed);
    }
    std::string faults(const Json& json) {
        const auto parsed = calibration_from_json(json, kSource, small_.atlas());
        if (parsed) return {};
        std::string text;
        for (const Error& e : parsed.error())
            text += e.text() + "\n";
        return text;
    }
    CalibrationResult one(const Json& row_json) {
        table_ = read(table(Json::array({row_json})));
        const auto results = evaluate(table_, small_.body());
        return results.empty() ? CalibrationResult{} : results.front();
    }
    double model(const Json& row_json) {
        const CalibrationResult result = one(row_json);
        if (!result.model) {
            ADD_FAILURE() << row_json["id"] << ": " << result.why_not;
            return -1.0;
        }
        return *result.model;
    }
    CalibrationRay ray(const char* name) {
        table_ = read(table(Json::array()));
        const auto laid = lay(*table_.probe(name), small_.body());
        if (!laid) ADD_FAILURE() << laid.error().text();
        return laid.value_or(CalibrationRay{});
    }

    Calibrated small_;
    Calibration table_;
};

TEST_F(CalibrationTest, EveryQuantityAlongARay) {
    EXPECT_NEAR(model(row("a", "thickness", {"test_muscle"}, 10)), 10.0, 0.01);
    EXPECT_NEAR(model(row("b", "skin_to", {"test_artery"}, 22)), kArteryTop, 0.05);
    EXPECT_NEAR(model(row("c", "skin_to", {"back of the artery"}, 26)), test::kArteryBottom, 0.05);
    EXPECT_NEAR(model(row("d", "line_to", {"pleura"}, 15)), test::kDeepTop - 15.0, 0.01);
    EXPECT_NEAR(model(row("e", "gap", {"test_muscle", "pleura"}, 20)), 20.0, 0.01);
    EXPECT_NEAR(model(row("f", "gap", {"back of the muscle", "pleura"}, 10)), 10.0, 0.01);
    const double skin = small_.body().skin_thickness_mm({kMiddle, 0.0, 100.0});
    EXPECT_NEAR(model(row("g", "fat", {"subcutis"}, 8)), test::kMuscleTop - skin, 0.01);
    EXPECT_NEAR(model(row("h", "skin", {"skin"}, 2)), skin, 1e-9);
}

TEST_F(CalibrationTest, ALayerEndsWhereTheNextPieceIsFarBehind) {
    // Muscle 10..20, sheet 26..30 and 50..60: 6 mm of gap belong together, 20 mm do not.
    EXPECT_NEAR(model(row("a", "thickness", {"test_muscle", "sheet"}, 14)), 14.0, 0.01);
    // Overlap counts once: the pleura (30..80) has the second sheet (50..60) inside it.
    EXPECT_NEAR(model(row("b", "thickness", {"test_muscle", "sheet", "pleura"}, 64)), 64.0, 0.01);
}

TEST_F(CalibrationTest, ProbesAreLaidWhereTheyShouldBe) {
    EXPECT_LT(glm::length(ray("front").skin - Vec3(kMiddle, 0.0, 100.0)), 1e-3);
    EXPECT_LT(glm::length(ray("outside").skin - Vec3(kMiddle, 0.0, 100.0)), 1e-3);
    EXPECT_LT(glm::length(ray("moved").skin - Vec3(kMiddle - 20.0, 5.0, 100.0)), 1e-3);
    EXPECT_LT(glm::length(ray("slanted").skin - Vec3(kMiddle - 4.5, 0.0, 100.0)), 1e-3);
    const CalibrationRay square = ray("square");
    EXPECT_LT(glm::length(square.skin - Vec3(kMiddle - 4.5, 0.0, 100.0)), 1e-3);
    EXPECT_LT(geometry::angle_deg(square.direction, {0, 0, -1}), 0.1);
    EXPECT_LT(glm::length(ray("tube_height").through - Vec3(kMiddle, 12.0, 76.0)), 0.05);
    EXPECT_LT(glm::length(ray("tube_near").through - Vec3(kMiddle, 7.0, 76.0)), 0.3);
    EXPECT_LT(glm::length(ray("lattice").through - Vec3(kMiddle, -30.0, 85.0)), 0.01);
    EXPECT_LT(glm::length(ray("lattice_height").through - Vec3(kMiddle, 25.0, 85.0)), 0.01);
    EXPECT_LT(glm::length(ray("side").skin - Vec3(-150.0, 0.0, 85.0)), 1e-3);
}

TEST_F(CalibrationTest, AnArmAgainstTheTrunkIsLifted) {
    const Calibrated armed(true);
    const auto parsed = calibration_from_json(table(Json::array()), kSource, armed.atlas());
    ASSERT_TRUE(parsed);
    const auto laid = lay(*parsed->probe("side"), armed.body());
    ASSERT_TRUE(laid);
    // Between the muscle's edge at x = -90 and the bone of the arm at x = -120; the nerve between does not
    // count.
    EXPECT_TRUE(laid->half_way_to_arm);
    EXPECT_NEAR(laid->skin.x, -105.0, 0.3);
    EXPECT_FALSE(ray("side").half_way_to_arm);
}

TEST_F(CalibrationTest, SectionsAndVolumes) {
    const auto with = [](Json measure, const char* unit) {
        return Json{{"probe", nullptr}, {"unit", unit}, {"measure", std::move(measure)}};
    };
    const auto level = [&](const char* edge) { return with({{"level", {"centre"}}, {"edge", edge}}, "mm"); };
    EXPECT_NEAR(model(row("a", "position", {"test_muscle"}, 90, level("lateral"))), 90.0, 0.1);
    EXPECT_NEAR(model(row("b", "position", {"test_muscle"}, 30, level("medial"))), 30.0, 0.1);
    EXPECT_NEAR(model(row("c", "position", {"test_nerve"}, 100, level("centre"))), 100.0, 0.1);
    // In the frontal plane the line runs from (-100, 0) to (-20, 30): half way it passes x = -60.
    EXPECT_NEAR(
        model(row("d", "position", {"test_artery"}, 40, with({{"line", {"beside", "opposite"}}}, "mm"))),
        0.5 * std::hypot(80.0, 30.0), 0.05);
    EXPECT_NEAR(model(row("e", "position", {"test_artery"}, 60, with({{"top_above_y", 10.0}}, "mm"))), 50.0,
                0.01);
    // Half ellipses either side of the sheet: pi/4 x width x thickness.
    const double area = std::numbers::pi / 4.0 * 60.0 * 10.0 / 100.0;
    EXPECT_NEAR(model(row("f", "csa", {"test_muscle"}, 5, with({{"level", {"centre"}}}, "cm2"))), area,
                0.1 * area);
    EXPECT_NEAR(model(row("g", "csa", {"test_muscle"}, 5, with({{"square_to", "muscle"}}, "cm2"))), area,
                0.1 * area);
    EXPECT_NEAR(model(row("h", "volume", {"test_bone", "test_artery"}, 150, with(nullptr, "cm3"))),
                60.0 * 50.0 * 50.0 / 1000.0 + 8.0 * 4.0 * std::sin(std::numbers::pi / 8.0) * 120.0 / 1000.0,
                0.01);
}

TEST_F(CalibrationTest, WhatCannotBeMeasuredSaysWhy) {
    const auto why = [&](const Json& r) {
        const CalibrationResult result = one(r);
        EXPECT_FALSE(result.model);
        EXPECT_FALSE(result.judged);
        return result.why_not;
    };
    EXPECT_EQ(why(row("a", "skin_to", {"soul"}, 1)), "not modelled");
    EXPECT_NE(why(row("b", "skin_to", {"test_nerve"}, 1)).find("misses test_nerve"), std::string::npos);
    EXPECT_NE(why(row("c", "skin_to", {"pleura"}, 1, {{"probe", "away"}})).find("skin"), std::string::npos);
    EXPECT_NE(why(row("d", "skin_to", {"pleura"}, 1, {{"probe", "tube_high"}})).find("y = 90"),
              std::string::npos);
    EXPECT_NE(why(row("e", "skin_to", {"pleura"}, 1, {{"probe", nullptr}})).find("no probe"),
              std::string::npos);
    EXPECT_EQ(why(row("f", "skin_to", {"pleura"}, 1, {{"not_computable", "offset unknown"}})),
              "offset unknown");
}

TEST_F(CalibrationTest, VerdictsFollowTheToleranceAndSafety) {
    using V = CalibrationResult::Verdict;
    const auto verdict = [&](double mean, Json more) {
        return one(row("a", "skin_to", {"test_artery"}, mean, std::move(more))).verdict; // model 22
    };
    EXPECT_EQ(verdict(19.5, {}), V::Met); // 3 mm without SD
    EXPECT_EQ(verdict(18.5, {}), V::Off);
    EXPECT_EQ(verdict(15.5, {}), V::Far);
    EXPECT_EQ(verdict(15.5, {{"sd", 7.0}}), V::Met);
    EXPECT_EQ(verdict(24.5, {{"sd", 1.0}}), V::Met); // a small SD does not tighten below 3 mm

    EXPECT_TRUE(one(row("a", "skin_to", {"test_artery"}, 18, {{"safety", true}})).overstated);
    EXPECT_FALSE(one(row("a", "skin_to", {"test_artery"}, 26, {{"safety", true}})).overstated);
    EXPECT_FALSE(one(row("a", "skin_to", {"test_artery"}, 18)).overstated);

    EXPECT_EQ(verdict(15.0, {{"is", "least"}}), V::Met); // longer than the shortest
    EXPECT_EQ(verdict(30.0, {{"is", "least"}}), V::Far);
    const CalibrationResult never = one(row("n", "skin_to", {"test_nerve"}, nullptr, {{"is", "never"}}));
    EXPECT_EQ(never.verdict, V::Met);
    EXPECT_TRUE(never.judged);
    EXPECT_EQ(one(row("n", "skin_to", {"test_artery"}, nullptr, {{"is", "never"}})).verdict, V::Far);
    // Nothing is known of a ray that was not laid.
    EXPECT_EQ(one(row("n", "skin_to", {"pleura"}, nullptr, {{"is", "never"}, {"probe", "away"}})).verdict,
              V::NotComputed);
}

TEST_F(CalibrationTest, OnlyReadRowsThatApplyAreJudged) {
    const auto result = [&](Json more) {
        return one(row("a", "skin_to", {"test_artery"}, 22, std::move(more)));
    };
    EXPECT_TRUE(result({}).judged);
    EXPECT_FALSE(result({{"read", "recalled"}}).judged);
    EXPECT_FALSE(result({{"is", "advice"}}).judged);
    EXPECT_EQ(result({{"only", {{"sex", "f"}}}}).not_for_body, "women");
    EXPECT_FALSE(result({{"only", {{"sex", "f"}}}}).judged);
    EXPECT_TRUE(result({{"only", {{"sex", "m"}}}}).judged);
    EXPECT_EQ(result({{"only", {{"bmi", {25, 60}}}}}).not_for_body, "BMI 25 and more");
    EXPECT_EQ(result({{"only", {{"bmi", {0, 23}}}}}).not_for_body, "BMI below 23");
    EXPECT_TRUE(result({{"only", {{"bmi", {23, 25}}}}}).judged);
    EXPECT_EQ(result({{"only", {{"age", {65, 74}}}}}).not_for_body, "people of 65 years and more");
}

TEST_F(CalibrationTest, ContradictionsMustBeDecided) {
    Json json = table({row("a", "skin_to", {"test_artery"}, 22), row("b", "skin_to", {"test_artery"}, 27),
                       row("c", "skin_to", {"test_artery"}, 30), row("d", "skin_to", {"pleura"}, 60),
                       row("e", "skin_to", {"test_artery"}, 60, {{"read", "estimate"}}),
                       row("f", "skin_to", {"test_artery"}, 60, {{"only", {{"sex", "f"}}}})});
    Calibration t = read(json);
    using Pair = std::pair<std::size_t, std::size_t>;
    EXPECT_EQ(undecided_contradictions(t), (std::vector<Pair>{{0, 2}})); // 22 and 30; 27 meets both
    json["followed"] = {{{"row", "a"}, {"instead_of", {"c"}}, {"why", "test"}}};
    t = read(json);
    EXPECT_TRUE(undecided_contradictions(t).empty());
    const auto results = evaluate(t, small_.body());
    EXPECT_EQ(results[2].instead_of, "a");
    EXPECT_FALSE(results[2].judged);
    const CalibrationSummary sum = summary_of(results);
    EXPECT_EQ(sum.judged, 3); // a, b, d
    EXPECT_EQ(sum.met, 1);    // a: 22; b is 5 off, d is 30 off
    EXPECT_EQ(sum.far, 1);
    EXPECT_EQ(sum.computed, 6);
}

TEST_F(CalibrationTest, FaultsNameFileRowAndRemedy) {
    const auto of = [&](Json more) {
        return faults(table({row("my-row", "skin_to", {"test_artery"}, 22, std::move(more))}));
    };
    EXPECT_EQ(of({}), "");
    const std::string unknown = of({{"structures", {"test_atrery"}}});
    EXPECT_NE(unknown.find(kSource), std::string::npos);
    EXPECT_NE(unknown.find("my-row"), std::string::npos);
    EXPECT_NE(unknown.find("test_atrery"), std::string::npos);
    EXPECT_NE(of({{"probe", "fornt"}}).find("no probe \"fornt\""), std::string::npos);
    EXPECT_NE(of({{"quantity", "depth"}}).find("\"depth\""), std::string::npos);
    EXPECT_NE(of({{"unit", "cm"}}).find("\"cm\""), std::string::npos);
    EXPECT_NE(of({{"mean", nullptr}}).find("my-row"), std::string::npos);
    EXPECT_NE(of({{"source", "T"}}).find("\"T\""), std::string::npos);
    EXPECT_NE(of({{"quantity", "gap"}}).find("two structures"), std::string::npos);
    EXPECT_NE(of({{"tolerance", 3}}).find("tolerance"), std::string::npos);

    Json json = table(Json::array());
    json["probes"]["front"]["through"]["mix"] = mix({{"centre", 0.5}});
    EXPECT_NE(faults(json).find("add up"), std::string::npos);
    json["probes"]["front"]["through"]["mix"] = mix({{"center", 1.0}});
    EXPECT_NE(faults(json).find("no landmark \"center\""), std::string::npos);
    json = table({row("a", "skin_to", {"pleura"}, 1), row("a", "skin_to", {"pleura"}, 2)});
    EXPECT_NE(faults(json).find("twice"), std::string::npos);
    json["followed"] = {{{"row", "zz"}, {"instead_of", {"a"}}, {"why", "test"}}};
    EXPECT_NE(faults(json).find("\"zz\" is no row"), std::string::npos);
}

} // namespace
} // namespace tb::anatomy
