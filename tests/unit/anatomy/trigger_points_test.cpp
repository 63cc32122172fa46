#include "anatomy/trigger_points.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "support/real_body.h"

namespace tb::anatomy {
namespace {

/// One complete point and its zones.
Json one_point() {
    return *parse_json(
        R"({"about": {}, "points": [{"id": "p-1", "muscle": "m", "part": "main", "muscle_name": "M",
        "uvw": [0.4, 0.5, -0.2], "approach": {"direction": [0, 0, -1], "fold": true},
        "landmarks": [{"from": {"at": "C7", "offset": [0, 1, 2]}, "measure": "lateral", "distance_mm": 70}],
        "technique": "pincer", "location": "here", "symptoms": "s", "palpation": "p",
        "referral": {"primary": ["head.temple"], "spillover": []}, "positions": ["prone"], "at_risk": ["pleura"],
        "needle": {"mode": "landmark", "gauge": 25, "length_mm": 38, "depth_mm": [8, 20], "depth_limit_mm": 25,
            "angle_deg": 30, "volume_ml": [0.2, 0.5], "volume_limit_ml": 1, "direction_guard": "g",
            "never_toward": ["pleura"], "pleural_risk": true}, "not_shown": "arm abducted"}],
        "zones": [{"id": "head.temple", "name": "temple", "view": "lateral", "paint": "oval"}]})",
        "test");
}

std::string faults_in(const Json& json) {
    const auto read = trigger_points_from_json(json, "points.json");
    std::string all;
    if (!read) {
        for (const Error& error : read.error())
            all += error.text() + "\n";
    }
    return all;
}

TEST(TriggerPoints, ReadsEveryField) {
    const auto read = trigger_points_from_json(one_point(), "x");
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 1U);
    const TriggerPoint& p = read->front();
    EXPECT_EQ(p.id, "p-1");
    EXPECT_EQ(p.at.w, -0.2);
    ASSERT_EQ(p.landmarks.size(), 1U);
    EXPECT_EQ(p.landmarks[0].from.from, "C7");
    EXPECT_EQ(p.landmarks[0].from.offset, geometry::Vec3(0, 1, 2));
    EXPECT_EQ(p.landmarks[0].measure, LandmarkDistance::Measure::Lateral);
    EXPECT_EQ(p.landmarks[0].distance_mm, 70.0);
    EXPECT_TRUE(p.fold);
    EXPECT_EQ(p.approach_direction, geometry::Vec3(0, 0, -1));
    EXPECT_EQ(p.needle.depth_max, Millimetres(20.0));
    EXPECT_EQ(p.needle.volume_limit, Millilitres(1.0));
    EXPECT_TRUE(p.needle.pleural_risk);
    EXPECT_TRUE(p.mirror);
    EXPECT_EQ(p.not_shown, "arm abducted");
    EXPECT_EQ(p.referral_primary, std::vector<std::string>{"head.temple"});
}

TEST(TriggerPoints, FaultsNameTheirPlace) {
    Json json = one_point();
    json["points"][0]["needle"]["gauge"] = "thin";
    EXPECT_NE(faults_in(json).find("points.json at /points/0/needle/gauge"), std::string::npos)
        << faults_in(json);
}

TEST(TriggerPoints, WrongValuesAreFaults) {
    const auto with = [](const char* pointer, Json value) {
        Json json = one_point();
        json["points"][0][Json::json_pointer(pointer)] = std::move(value);
        return faults_in(json);
    };
    EXPECT_NE(with("/technique", "poke").find("poke"), std::string::npos);
    EXPECT_NE(with("/needle/mode", "blind").find("blind"), std::string::npos);
    EXPECT_NE(with("/uvw", Json::array({0.5, -0.2, 0.0})).find("between 0 and 1"), std::string::npos);
    EXPECT_NE(with("/landmarks/0/measure", "leftish").find("leftish"), std::string::npos);
    EXPECT_NE(with("/landmarks/0/from", Json::array({1})).find("/landmarks/0/from"), std::string::npos);
    EXPECT_NE(with("/approach/direction", Json::array({0, 0, 0.5})).find("unit vector"), std::string::npos);
    EXPECT_NE(with("/needle/depth_mm", Json::array({20, 8})).find("must not be larger"), std::string::npos);
    EXPECT_NE(with("/referral/primary", Json::array({"head.nose"})).find("head.nose"), std::string::npos);
    EXPECT_NE(with("/positions", Json::array({"standing"})).find("standing"), std::string::npos);
    EXPECT_NE(with("/colour", "red").find("colour"), std::string::npos);
    EXPECT_EQ(with("/symptoms", "other"), "");
}

TEST(TriggerPoints, OneIdTwiceIsAFault) {
    Json json = one_point();
    json["points"].push_back(json["points"][0]);
    EXPECT_NE(faults_in(json).find("there twice"), std::string::npos);
}

class TriggerPointFile : public testing::Test {
protected:
    void SetUp() override {
        const auto json = parse_json(test::file_bytes(test::kTriggerPointsPath), test::kTriggerPointsPath);
        ASSERT_TRUE(json) << json.error().text();
        about_ = json->value("about", Json::object());
        auto points = trigger_points_from_json(*json, test::kTriggerPointsPath);
        if (!points) FAIL() << points.error().front().text();
        points_ = std::move(*points);
        auto zones = referral_zones_from_json(*json, test::kTriggerPointsPath);
        if (!zones) FAIL() << zones.error().front().text();
        zones_ = std::move(*zones);
    }
    [[nodiscard]] const TriggerPoint& point(std::string_view id) const {
        const auto it =
            std::find_if(points_.begin(), points_.end(), [&](const TriggerPoint& p) { return p.id == id; });
        EXPECT_NE(it, points_.end()) << id;
        return it == points_.end() ? points_.front() : *it;
    }
    Json about_;
    std::vector<TriggerPoint> points_;
    std::vector<ReferralZone> zones_;
};

TEST_F(TriggerPointFile, HoldsAllPointsAndZones) {
    EXPECT_EQ(points_.size(), 160U);
    EXPECT_EQ(zones_.size(), 134U);
    EXPECT_EQ(
        std::count_if(points_.begin(), points_.end(), [](const TriggerPoint& p) { return p.muscle.empty(); }),
        1); // an inconstant muscle
}

TEST_F(TriggerPointFile, EverySourceIsListed) {
    for (const TriggerPoint& p : points_) {
        EXPECT_FALSE(p.sources.empty()) << p.id;
        for (const std::string& key : p.sources)
            EXPECT_TRUE(about_["sources"].contains(key)) << key;
    }
}

TEST_F(TriggerPointFile, EveryNeedledPointHasALimitBeyondItsRangeAndAnApproach) {
    for (const TriggerPoint& p : points_) {
        if (p.needle.mode == "palpation_only") continue;
        EXPECT_LE(p.needle.depth_max, p.needle.depth_limit) << p.id;
        EXPECT_LE(p.needle.volume_max, p.needle.volume_limit) << p.id;
        EXPECT_FALSE(p.needle.direction_guard.empty()) << p.id;
        EXPECT_NEAR(glm::length(p.approach_direction), 1.0, 1e-9) << p.id;
        EXPECT_FALSE(p.positions.empty()) << p.id;
    }
}

TEST_F(TriggerPointFile, HoldsTheCorrectionsOfThePlacement) {
    EXPECT_EQ(point("trapezius-descendens-1").location.find("halfway"), std::string::npos);
    EXPECT_NE(point("supraspinatus-3").needle.direction_guard.find("greater tubercle"), std::string::npos);
    EXPECT_NE(point("suboccipitales-rectus-maior-1").needle.direction_guard,
              point("suboccipitales-obliquus-inferior-1").needle.direction_guard);
    EXPECT_EQ(point("cervicis-posterior-2").muscle, "semispinalis_capitis");
    EXPECT_NE(point("gluteus-minimus-posterior-3").location.find("4 cm"), std::string::npos);
    EXPECT_FALSE(point("pectoralis-major-arrhythmia-6").mirror);
}

TEST_F(TriggerPointFile, StructuresAtRiskAreNamedAsInTheHazardTable) {
    const auto& risks = point("trapezius-descendens-1").at_risk;
    EXPECT_NE(std::find(risks.begin(), risks.end(), "pleura"), risks.end());
    EXPECT_NE(std::find(risks.begin(), risks.end(), "accessory-nerve"), risks.end());
}

} // namespace
} // namespace tb::anatomy
