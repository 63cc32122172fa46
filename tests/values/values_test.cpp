#include <set>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "tissue/values.h"

namespace tb::tissue {
namespace {

const std::vector<ValueCheck>& all_values() {
    static const std::vector<ValueCheck> kAll = published_values(test::mechanics());
    return kAll;
}

/// K01, K01_2, ... : letters, digits and underscores only.
std::string test_name(std::string id) {
    for (char& c : id) {
        if (c == '/') c = '_';
    }
    return id;
}

class Published : public testing::TestWithParam<ValueCheck> {};

TEST_P(Published, IsMetByTheSimulator) {
    const ValueCheck& c = GetParam();
    EXPECT_TRUE(c.ok) << c.quantity << ": " << c.measured << " " << c.unit;
    ASSERT_TRUE(c.low || c.high) << "a check without bounds proves nothing";
    EXPECT_GE(c.measured, c.low.value_or(c.measured)) << c.quantity;
    EXPECT_LE(c.measured, c.high.value_or(c.measured)) << c.quantity;
    EXPECT_FALSE(c.source.empty());
}

// Parameters are read once before main; a broken mechanics.json leaves no checks, which fails below.
INSTANTIATE_TEST_SUITE_P(Value, Published, testing::ValuesIn([] {
                             const auto read =
                                 Parameters::from_json(test::mechanics_json(), test::kMechanicsPath);
                             return read ? published_values(*read) : std::vector<ValueCheck>{};
                         }()),
                         [](const auto& info) { return test_name(info.param.id); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Published);

TEST(PublishedValues, CoverPalpationNeedleAndSyringe) {
    std::set<std::string> ids;
    for (const ValueCheck& c : all_values())
        EXPECT_TRUE(ids.insert(c.id).second) << c.id << " occurs twice";
    for (const char* id : {"K01", "K02", "K03", "K18", "K19", "K20", "K21", "N01", "N02", "N03", "N09", "N10",
                           "N13", "N14", "N15", "N16", "N17", "N19", "N20"}) {
        EXPECT_TRUE(ids.contains(id)) << id;
    }
}

TEST(PublishedValues, AChangedParameterIsNoticed) {
    Json json = test::mechanics_json();
    for (Json& row : json["parameters"]) {
        if (row["id"] == "needle.mu_lidocaine") row["value"] = 1.2;
    }
    const auto read = Parameters::from_json(json, "changed");
    ASSERT_TRUE(read.has_value());
    bool missed = false;
    for (const ValueCheck& c : published_values(*read))
        missed = missed || !c.ok;
    EXPECT_TRUE(missed);
}

TEST(PublishedValues, AreWrittenAsTheCommandLinePromises) {
    const Json j = to_json(all_values().front());
    for (const char* key : {"id", "bounds", "measured", "unit", "ok", "source"})
        EXPECT_TRUE(j.contains(key)) << key;
    EXPECT_EQ(j["bounds"].size(), 2U);
}

} // namespace
} // namespace tb::tissue
