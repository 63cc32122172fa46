#include <algorithm>

#include <gtest/gtest.h>

#include "support/mechanics.h"

namespace tb::tissue {
namespace {

std::vector<Error> faults_of(const Json& json) {
    auto read = Parameters::from_json(json, "mechanics.json");
    return read ? std::vector<Error>{} : read.error();
}

Json& row_of(Json& json, const std::string& id) {
    for (Json& row : json["parameters"]) {
        if (row["id"] == id) return row;
    }
    ADD_FAILURE() << id;
    return json["parameters"][0];
}

TEST(Mechanics, TheTableOfTheProductReadsWithoutFaults) {
    const Parameters& p = test::mechanics();
    EXPECT_GT(p.all().size(), 80U);
    EXPECT_DOUBLE_EQ(p.value("needle.bone_k"), 8.0);
    EXPECT_DOUBLE_EQ(p.muscle.lock, 0.69);
    ASSERT_NE(p.gauge(25), nullptr);
    EXPECT_DOUBLE_EQ(p.gauge(25)->outer_mm, 0.5144);
    EXPECT_EQ(p.gauge(24), nullptr);
    EXPECT_DOUBLE_EQ(p.layer(NeedleTissue::Fascia).puncture_N, 0.9);
}

TEST(Mechanics, EveryValueLiesInItsRangeAndNamesASource) {
    for (const auto& [id, p] : test::mechanics().all()) {
        EXPECT_LE(p.low, p.value) << id;
        EXPECT_GE(p.high, p.value) << id;
        EXPECT_FALSE(p.sources.empty()) << id;
        EXPECT_FALSE(p.unit.empty()) << id;
    }
}

TEST(Mechanics, AWrongUnitIsReportedWithItsPlace) {
    Json json = test::mechanics_json();
    row_of(json, "palp.finger_radius")["unit"] = "cm";
    const auto faults = faults_of(json);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE(faults[0].message.find("\"mm\""), std::string::npos);
    EXPECT_NE(faults[0].where.find("/parameters/0"), std::string::npos);
}

TEST(Mechanics, AValueOutsideItsRangeAndAMissingIdAreReportedTogether) {
    Json json = test::mechanics_json();
    row_of(json, "needle.bone_k")["value"] = 800.0;
    row_of(json, "palp.cone_slope")["id"] = "palp.cone_slop";
    const auto faults = faults_of(json);
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_NE(faults[0].where.find("/value"), std::string::npos);
    EXPECT_NE(faults[1].message.find("palp.cone_slope is missing"), std::string::npos);
}

TEST(Mechanics, AMissingTableAndAnUnknownSourceAreFaults) {
    Json json = test::mechanics_json();
    json["tables"].erase("needle_layers_22G");
    row_of(json, "jnd.modulus")["source"] = {"nobody2020"};
    const auto faults = faults_of(json);
    ASSERT_EQ(faults.size(), 2U);
    EXPECT_NE(faults[0].message.find("nobody2020"), std::string::npos);
    EXPECT_NE(faults[1].message.find("needle_layers_22G"), std::string::npos);
}

TEST(Mechanics, ADuplicateIdIsAFault) {
    Json json = test::mechanics_json();
    json["parameters"].push_back(json["parameters"][0]);
    const auto faults = faults_of(json);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE(faults[0].message.find("twice"), std::string::npos);
}

TEST(Mechanics, AnEmptyDocumentIsRefusedInOneGo) {
    EXPECT_GE(faults_of(Json::object()).size(), 3U);
}

} // namespace
} // namespace tb::tissue
