// Every row of `checks` of assets/mechanics.json against the simulator, and the page that lists them.
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "scenario/load.h"
#include "support/mechanics.h"
#include "validation/checks.h"

namespace tb::validation {
namespace {

std::string read(const std::string& path) {
    std::ifstream in(TB_SOURCE_DIR "/" + path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    EXPECT_FALSE(text.str().empty()) << path;
    return text.str();
}

/// The tables that the program itself loads.
struct Tables {
    procedure::Procedure procedure;
    scenario::ClinicalTables clinical;
};

const Tables& tables() {
    static const Tables kTables = [] {
        Tables t;
        const auto procedure = procedure::procedure_from_json(
            Json::parse(read("assets/clinical/procedure.json")), "procedure.json");
        EXPECT_TRUE(procedure.has_value());
        if (procedure) t.procedure = *procedure;
        const auto table = [](const char* name) {
            return read(std::string("assets/clinical/") + name + ".json");
        };
        const auto clinical = scenario::load_tables(
            {table("drugs"), table("antiseptics"), table("equipment"), table("dialogue"), "assets/clinical"});
        EXPECT_TRUE(clinical.has_value());
        if (clinical) t.clinical = *clinical;
        return t;
    }();
    return kTables;
}

std::vector<Check> run(const tissue::Parameters& parameters) {
    return run_checks({&parameters, &tables().procedure, &tables().clinical});
}

const std::vector<Check>& all() {
    static const std::vector<Check> kAll = run(test::mechanics());
    return kAll;
}

/// These rows need a clock; everything else is run.
const std::set<std::string> kTimed = {"H02", "H03"};

class Published : public testing::TestWithParam<std::size_t> {};

TEST_P(Published, IsMetByTheSimulator) {
    const Check& c = all().at(GetParam());
    if (kTimed.contains(c.row.id)) {
        EXPECT_EQ(c.verdict, Verdict::Timed);
        return;
    }
    ASSERT_EQ(c.measured.size(), c.row.numbers.size()) << c.row.id;
    for (std::size_t i = 0; i < c.measured.size(); ++i) {
        const auto& n = c.row.numbers[i];
        EXPECT_GE(c.measured[i], n.low.value_or(c.measured[i])) << c.row.quantity << ", " << n.of;
        EXPECT_LE(c.measured[i], n.high.value_or(c.measured[i])) << c.row.quantity << ", " << n.of;
    }
    EXPECT_EQ(c.verdict, Verdict::Met);
    EXPECT_FALSE(c.row.sources.empty());
    EXPECT_FALSE(c.how.empty());
}

// Parameters are read once before main; a broken mechanics.json leaves no rows, which fails below.
INSTANTIATE_TEST_SUITE_P(Value, Published, testing::Range(std::size_t{0}, test::published_count()),
                         [](const auto& info) { return test::published_id(info.param); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Published);

TEST(PublishedValues, AreTheFiftySevenRowsOfTheTable) {
    EXPECT_EQ(all().size(), 57U);
    std::set<std::string> ids;
    for (const Check& c : all())
        EXPECT_TRUE(ids.insert(c.row.id).second) << c.row.id << " occurs twice";
    for (int i = 1; i <= 21; ++i)
        EXPECT_TRUE(ids.contains((i < 10 ? "K0" : "K") + std::to_string(i))) << i;
    for (int i = 1; i <= 25; ++i)
        EXPECT_TRUE(ids.contains((i < 10 ? "N0" : "N") + std::to_string(i))) << i;
}

TEST(PublishedValues, ChangedParametersAreNoticed) {
    // Each of these rows rests on a parameter; bent out of shape it must be missed.
    struct Bent {
        const char *parameter, *row;
        double value;
    };
    const Bent bent[] = {{"needle.mu_lidocaine", "N13", 1.2},
                         {"palp.relax_share", "K06", 0.4},
                         {"needle.drift_radius", "N11", 300.0},
                         {"needle.dry_factor", "N04", 3.5},
                         {"needle.share_tear", "N08", 0.5},
                         {"needle.ltr_decay", "N21", 1.0},
                         {"ppt.deltoid", "K14", 3.4},
                         {"bleeding.share", "N24", 0.09},
                         {"muscle.wave_splenius", "K10", 3.9},
                         {"needle.buckling_end_factor", "N10", 0.75},
                         {"needle.pain_skin_27G", "N23", 0.7},
                         {"muscle.tone_30deg", "K07", 1.95},
                         {"us.nodule_area", "K13", 0.57},
                         {"us.bone_dB", "U02", -40.0},
                         {"us.pleura_dB", "U03", -6.0},
                         {"us.aline_fall", "U04", 60.0},
                         {"us.speckle_cell", "U05", 100.0},
                         {"us.needle_zero_angle", "U06", 20.0},
                         {"us.vein_collapse_force", "U07", 20.0}};
    Json json = test::mechanics_json();
    for (const Bent& b : bent) {
        bool found = false;
        for (Json& row : json["parameters"]) {
            if (row["id"] != b.parameter) continue;
            found = true;
            row["value"] = b.value;
            row["range"] = {-1e6, 1e6};
        }
        EXPECT_TRUE(found) << b.parameter;
    }
    for (Json& row : json["tables"]["acoustic"]["rows"]) {
        if (row[0] == "muscle") row[2] = 1.2; // attenuation, from 0.96
    }
    const auto parameters = tissue::Parameters::from_json(json, "bent");
    ASSERT_TRUE(parameters.has_value());
    std::set<std::string> missed;
    for (const Check& c : run(*parameters)) {
        if (c.verdict == Verdict::Missed) missed.insert(c.row.id);
    }
    for (const Bent& b : bent)
        EXPECT_TRUE(missed.contains(b.row)) << b.row << " does not notice " << b.parameter;
    EXPECT_TRUE(missed.contains("U01"));
}

TEST(PublishedValues, AreWrittenAsTheCommandLinePromises) {
    const Json j = to_json(all().front());
    for (const char* key : {"id", "quantity", "condition", "expected", "tolerance", "unit", "kind", "source",
                            "verdict", "how", "numbers"})
        EXPECT_TRUE(j.contains(key)) << key;
    for (const char* key : {"of", "low", "high", "measured", "ok"})
        EXPECT_TRUE(j["numbers"][0].contains(key)) << key;
}

TEST(PublishedValues, ThePageIsTheOneThatIsWrittenToday) {
    std::istringstream kept(read("docs/validation.md")), today(to_markdown(all(), test::mechanics()));
    int number = 0;
    for (std::string a, b; std::getline(today, b); ++number) {
        std::getline(kept, a);
        ASSERT_EQ(a, b) << "line " << number + 1
                        << "; write it anew: build/release/tautband values --markdown > docs/validation.md";
    }
    std::string rest;
    EXPECT_FALSE(std::getline(kept, rest)) << "more than is written today: " << rest;
}

} // namespace
} // namespace tb::validation
