#include <gtest/gtest.h>

#include "base/hash.h"
#include "support/real_body.h"
#include "unit/procedure/clean_run.h"

namespace tb::scenario {
namespace {

using support::read_source;
using support::real_scenario;
using support::real_tables;

class Scene : public ::testing::Test {
protected:
    const std::string text_ = read_source("scenes/practice/office_worker_trapezius.json");
    const ClinicalTables tables_ = real_tables();

    /// All messages of a scene, changed by replacing one piece of its text.
    [[nodiscard]] std::vector<std::string> faults(const std::string& piece, const std::string& by) const {
        std::string text = text_;
        const auto at = text.find(piece);
        EXPECT_NE(at, std::string::npos) << piece;
        if (at != std::string::npos) text.replace(at, piece.size(), by);
        return faults_of(text);
    }
    [[nodiscard]] std::vector<std::string> faults_of(const std::string& text) const {
        const auto loaded = load_scenario(text, "scene.json", tables_, nullptr);
        std::vector<std::string> out;
        if (!loaded) {
            for (const Error& e : loaded.error())
                out.push_back(e.text());
        }
        return out;
    }
    static void expect_one(const std::vector<std::string>& faults, std::initializer_list<const char*> parts) {
        ASSERT_EQ(faults.size(), 1U) << (faults.empty() ? "no fault was found" : faults.back());
        for (const char* part : parts)
            EXPECT_NE(faults.front().find(part), std::string::npos) << faults.front();
    }
};

TEST_F(Scene, TheOfficeWorkerLoadsWithAllItsValues) {
    const Scenario s = real_scenario();
    EXPECT_EQ(s.id, "desk-neck");
    EXPECT_EQ(s.title, "Office worker, descending trapezius");
    EXPECT_EQ(s.hash, sha256_hex(text_));
    EXPECT_DOUBLE_EQ(s.patient.weight.value(), 63.0);
    EXPECT_NEAR(s.patient.bmi(), 22.6, 0.05);
    EXPECT_TRUE(s.patient.female);
    EXPECT_EQ(s.plan.points, std::vector<std::string>{"trapezius-descendens-1_r"});
    EXPECT_TRUE(s.is_target("trapezius-descendens-1_r"));
    EXPECT_FALSE(s.is_target("trapezius-descendens-2_l"));
    ASSERT_EQ(s.body.points.size(), 3U);
    EXPECT_EQ(s.body.points[2].side, anatomy::Side::Left);
    EXPECT_EQ(s.body.points[1].state, anatomy::PointState::Latent);
    EXPECT_DOUBLE_EQ(s.body.points[0].pressure_threshold.value(), 1.6);
    EXPECT_TRUE(s.body.points[0].target);
    EXPECT_FALSE(s.body.points[1].target);
    EXPECT_EQ(s.plan.gauge, 25);
    EXPECT_TRUE(s.plan.pleural_risk);
}

TEST_F(Scene, AnswersAreThePatientsOwnOrTheUsualOnes) {
    const Scenario s = real_scenario();
    EXPECT_EQ(s.answer("identity.name"), "Marta Lindqvist.");
    EXPECT_EQ(s.answer("screen.lung"), tables_.topic("screen.lung")->answer);
    EXPECT_EQ(s.answer("no.such.topic"), "");
}

TEST_F(Scene, TablesHoldWhatTheProcedureCounts) {
    EXPECT_EQ(tables_.counted_topics("safety-screen"), 10);
    EXPECT_EQ(tables_.counted_topics("consent"), 8);
    EXPECT_EQ(tables_.counted_topics("indication"), 4);
    EXPECT_EQ(tables_.counted_topics("advice"), 7);
    EXPECT_EQ(tables_.required_items(), 12);
    EXPECT_EQ(tables_.record_fields.size(), 13U);
    for (const char* id : {"lidocaine_0_5", "lidocaine_1", "lidocaine_2", "saline_0_9", "bupivacaine_0_25",
                           "ropivacaine_0_2", "procaine_1", "lidocaine_adrenaline"}) {
        EXPECT_NE(tables_.drug(id), nullptr) << id;
    }
    ASSERT_NE(tables_.antiseptic("povidone_iodine_10"), nullptr);
    EXPECT_DOUBLE_EQ(tables_.antiseptic("povidone_iodine_10")->drying_s, 120.0);
}

TEST_F(Scene, EveryTopicBelongsToAStepOfTheProcedureOrToEmergencies) {
    const procedure::Procedure procedure = support::real_procedure();
    for (const Topic& t : tables_.topics) {
        EXPECT_TRUE(t.step == "emergency" || procedure.step(t.step) != nullptr) << t.id << ": " << t.step;
        EXPECT_FALSE(t.says.empty()) << t.id;
        EXPECT_FALSE(t.answer.empty()) << t.id;
    }
}

TEST_F(Scene, AWrongUnitIsExplained) {
    expect_one(
        [&] {
            auto f = faults("\"height_cm\": 167", "\"height_m\": 1.67");
            std::erase_if(f, [](const auto& t) { return t.find("missing") != std::string::npos; });
            return f;
        }(),
        {"/patient", "\"height_m\" carries the wrong unit", "\"height_cm\""});
    expect_one(faults("\"height_cm\": 167", "\"height_cm\": 1.67"),
               {"/patient/height_cm", "1.67 is outside 120 to 220", "unit"});
}

TEST_F(Scene, AMisspeltKeyIsNotIgnored) {
    expect_one(faults("\"occupation\"", "\"ocupation\""), {"/patient", "did you mean \"occupation\"?"});
    expect_one(faults("\"occupation\"", "\"favourite_colour\""),
               {"/patient", "not a key that is known here"});
}

TEST_F(Scene, ValuesOutsideTheirRange) {
    expect_one(faults("\"weight_kg\": 63", "\"weight_kg\": -63"), {"/patient/weight_kg", "-63"});
    expect_one(faults("\"pain_on_pressure_0_10\": 8", "\"pain_on_pressure_0_10\": 80"),
               {"/points/0/pain_on_pressure_0_10", "80"});
    expect_one(faults("\"gauge_G\": 25", "\"gauge_G\": 25.5"), {"/plan/gauge_G", "whole number"});
    expect_one(faults("\"level\": 1", "\"level\": 9"), {"/level", "9"});
    expect_one(faults("\"weight_kg\": 63", "\"weight_kg\": \"63\""),
               {"/patient/weight_kg", "a number is expected"});
}

TEST_F(Scene, UnknownIds) {
    expect_one(faults("\"agent\": \"lidocaine_0_5\"", "\"agent\": \"lidocaine_5\""),
               {"/plan/agent", "lidocaine_5", "drugs.json"});
    expect_one(faults("\"antiseptic\": \"chlorhexidine_2_alcohol_70\"", "\"antiseptic\": \"soap\""),
               {"/plan/antiseptic", "soap"});
    expect_one(faults("\"side\": \"left\"", "\"side\": \"links\""),
               {"/points/2/side", "links", "\"right\" or \"left\""});
    expect_one(faults("\"allergies\": []", "\"allergies\": [\"cats\"]"),
               {"/patient/allergies/0", "cats", "chlorhexidine"});
    expect_one(faults("\"identity.side\"", "\"identity.left\""),
               {"/patient/answers/identity.left", "not a topic"});
    expect_one(faults("\"technique\": \"pincer\"", "\"technique\": \"magic\""), {"/plan/technique", "magic"});
}

TEST_F(Scene, MissingParts) {
    const auto start = text_.find(" \"patient\": {"), end = text_.find(" \"points\": [");
    ASSERT_NE(start, std::string::npos);
    ASSERT_NE(end, std::string::npos);
    expect_one(faults_of(text_.substr(0, start) + text_.substr(end)), {"\"patient\" is missing"});
}

TEST_F(Scene, PlansThatContradictThemselves) {
    expect_one(faults(",\n   \"target\": true", ""), {"/points", "\"target\": true"});
    expect_one(faults("\"needle_path_mm\": 13", "\"needle_path_mm\": 40"),
               {"/plan/needle_path_mm", "shorter than the needle"});
    expect_one(faults("\"allergies\": []", "\"allergies\": [\"amide\"]"), {"/plan", "allergic"});
    expect_one(faults("\"point\": \"levator-scapulae-2\"", "\"point\": \"trapezius-descendens-1\""),
               {"/points/1", "twice"});
    expect_one(faults("\"date_of_birth\": \"1992-03-14\"", "\"date_of_birth\": \"14.3.1992\""),
               {"/patient/date_of_birth", "1992-03-14"});
}

TEST_F(Scene, UltrasoundIsOfferedScoredOrNotSpokenOf) {
    EXPECT_EQ(real_scenario().ultrasound, Ultrasound::None);
    EXPECT_TRUE(real_scenario().has_probe("practice"));
    EXPECT_FALSE(real_scenario().has_probe("assessment"));
    EXPECT_TRUE(faults("\"level\":", "\"ultrasound\": \"scored\", \"level\":").empty());
    EXPECT_TRUE(faults("\"level\":", "\"ultrasound\": \"offered\", \"level\":").empty());
    expect_one(faults("\"level\":", "\"ultrasound\": \"yes\", \"level\":"),
               {"/ultrasound", "\"yes\" is not possible here", "offered", "scored"});
    expect_one(faults("\"level\":", "\"ultrasonud\": \"scored\", \"level\":"),
               {"did you mean \"ultrasound\"?"});
}

TEST_F(Scene, AllFaultsComeAtOnce) {
    std::string text = text_;
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"\"weight_kg\": 63", "\"weight_kg\": -1"},
                                                          {"\"sex\": \"female\"", "\"sex\": \"f\""},
                                                          {"\"level\": 1", "\"level\": 0"}}) {
        text.replace(text.find(from), from.size(), to);
    }
    EXPECT_EQ(faults_of(text).size(), 3U);
}

TEST_F(Scene, TextThatIsNoSceneAtAll) {
    expect_one(faults_of(""), {"scene.json", "empty"});
    expect_one(faults_of(text_.substr(0, text_.size() / 2)), {"scene.json:", "not valid JSON"});
    expect_one(faults_of("[1, 2]"), {"scene.json", "a scene is an object"});
}

TEST_F(Scene, IdsAreLookedUpOnTheBuiltBody) {
    const anatomy::Atlas* atlas = test::real_atlas();
    ASSERT_NE(atlas, nullptr);
    EXPECT_TRUE(load_scenario(text_, "scene.json", tables_, atlas));
    std::string text = text_;
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"\"point\": \"levator-scapulae-2\"", "\"point\": \"levator-scapulae-9\""},
             {"\"splenius_capitis\"", "\"splenius_caputis\""},
             {"\"accessory-nerve\"", "\"accessory-wire\""}}) {
        text.replace(text.find(from), from.size(), to);
    }
    const auto loaded = load_scenario(text, "scene.json", tables_, atlas);
    ASSERT_FALSE(loaded);
    ASSERT_EQ(loaded.error().size(), 3U);
    EXPECT_NE(
        loaded.error()[0].text().find("/points/1/point: there is no trigger point \"levator-scapulae-9\""),
        std::string::npos);
    EXPECT_NE(
        loaded.error()[1].text().find("/plan/candidate_muscles/2: there is no muscle \"splenius_caputis\""),
        std::string::npos);
    EXPECT_NE(loaded.error()[2].text().find("/plan/at_risk/1: there is no structure \"accessory-wire\""),
              std::string::npos);
}

TEST_F(Scene, TheExampleOfTheAuthoringPageLoads) {
    const std::string page = read_source("docs/authoring.md");
    const auto start = page.find("```json\n{\n \"id\"");
    ASSERT_NE(start, std::string::npos);
    const auto from = start + 8;
    const std::string example = page.substr(from, page.find("```", from) - from);
    const anatomy::Atlas* atlas = test::real_atlas();
    ASSERT_NE(atlas, nullptr);
    const auto loaded = load_scenario(example, "docs/authoring.md", tables_, atlas);
    ASSERT_TRUE(loaded) << loaded.error().front().text();
    EXPECT_EQ(loaded->plan.points, std::vector<std::string>{"infraspinatus-1_l"});
}

TEST(Tables, FaultsOfAllFilesComeTogether) {
    const auto loaded = load_tables(
        {R"({"drugs":[{"id":"a","name":"A","family":"opioid","mg_per_mL":-1,"max_mg_per_kg":0,"max_mg":0,"onset_s":0},
        {"id":"a","name":"A","family":"none","mg_per_mL":1,"max_mg_per_kg":0,"max_mg":0,"onset_s":0}]})",
         "{", R"({"equipment":[]})", R"({"topics":[],"record_fields":[]})"});
    ASSERT_FALSE(loaded);
    std::string all;
    for (const Error& e : loaded.error())
        all += e.text() + "\n";
    EXPECT_EQ(loaded.error().size(), 4U) << all;
    EXPECT_NE(all.find("drugs.json at /drugs/0/family"), std::string::npos) << all;
    EXPECT_NE(all.find("/drugs/0/mg_per_mL"), std::string::npos) << all;
    EXPECT_NE(all.find("twice"), std::string::npos) << all;
    EXPECT_NE(all.find("antiseptics.json:1"), std::string::npos) << all;
}

} // namespace
} // namespace tb::scenario
