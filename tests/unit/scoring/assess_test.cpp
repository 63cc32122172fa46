#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "scoring/assess.h"
#include "scoring/items.h"
#include "unit/procedure/clean_run.h"

namespace tb::scoring {
namespace {

using namespace tb::support;

class Assess : public ::testing::Test {
protected:
    static Rubric real_rubric() {
        const auto json = parse_json(read_source("assets/clinical/rubric.json"), "rubric.json");
        EXPECT_TRUE(json);
        auto rubric = rubric_from_json(*json, "rubric.json");
        EXPECT_TRUE(rubric) << (rubric ? "" : rubric.error().front().text());
        return *rubric;
    }
    [[nodiscard]] Assessment score(const std::vector<events::Event>& log,
                                   const std::string& mode = "practice") const {
        return assess(scenario_, procedure_, rubric_, mode, log);
    }
    [[nodiscard]] Assessment score(const std::vector<Act>& acts, const std::string& mode = "practice") const {
        return score(as_log(acts, scenario_), mode);
    }
    [[nodiscard]] static const ItemScore& item(const Assessment& a, const std::string& id) {
        const auto it =
            std::find_if(a.items.begin(), a.items.end(), [&](const ItemScore& i) { return i.id == id; });
        EXPECT_NE(it, a.items.end()) << id;
        return *it;
    }
    /// Ids of items that are worth less than in the clean visit.
    [[nodiscard]] std::set<std::string> lowered(const std::vector<Act>& acts) const {
        const Assessment clean = score(visit_, "assessment"), other = score(acts, "assessment");
        std::set<std::string> out;
        for (std::size_t i = 0; i < clean.items.size(); ++i) {
            if (other.items[i].points < clean.items[i].points - 1e-9) out.insert(clean.items[i].id);
        }
        return out;
    }
    [[nodiscard]] static std::vector<std::string> critical_ids(const Assessment& a) {
        std::vector<std::string> out;
        for (const auto& c : a.critical)
            out.push_back(c.id);
        return out;
    }

    scenario::Scenario scenario_ = real_scenario();
    procedure::Procedure procedure_ = real_procedure();
    Rubric rubric_ = real_rubric();
    std::vector<Act> visit_ = clean_visit(scenario_);
};

TEST_F(Assess, TheCleanVisitPassesInEveryMode) {
    for (const char* mode : {"practice", "demo", "assessment"}) {
        const Assessment a = score(visit_, mode);
        EXPECT_GE(a.total, 95.0) << mode;
        EXPECT_TRUE(a.pass) << mode << ": " << a.pass_reason;
        EXPECT_TRUE(a.critical.empty()) << mode;
        for (const ItemScore& i : a.items)
            EXPECT_GE(i.points, 0.9 * i.of) << mode << " " << i.id << ": " << i.why;
    }
}

TEST_F(Assess, EveryItemOfTheRubricIsMeasuredAndExplained) {
    const Assessment a = score(visit_);
    ASSERT_EQ(a.items.size(), 38U);
    for (const ItemScore& i : a.items) {
        EXPECT_FALSE(i.measures.empty()) << i.id;
        EXPECT_FALSE(i.why.empty()) << i.id;
        for (const Measured& m : i.measures) {
            EXPECT_TRUE(m.known) << i.id << " / " << m.name;
            EXPECT_FALSE(m.expected.empty()) << i.id << " / " << m.name;
            EXPECT_NE(m.expected, "no such measure in the table") << i.id << " / " << m.name;
        }
        EXPECT_FALSE(i.evidence().empty()) << i.id;
    }
}

TEST_F(Assess, EvidenceNumbersPointAtEventsOfTheLog) {
    const auto log = as_log(visit_, scenario_);
    for (const ItemScore& i : score(log).items) {
        for (const std::int64_t n : i.evidence()) {
            ASSERT_GE(n, 0) << i.id;
            ASSERT_LT(n, static_cast<std::int64_t>(log.size())) << i.id;
        }
    }
}

TEST_F(Assess, DoingNothingScoresFarBelowThePassMark) {
    for (const char* mode : {"practice", "demo", "assessment"}) {
        EXPECT_LT(score(std::vector<events::Event>{}, mode).total, 5.0) << mode;
        const Assessment idle =
            score(std::vector<Act>{act("finish", 600, events::FinishCase{"injected"})}, mode);
        EXPECT_LT(idle.total, 5.0) << mode;
        EXPECT_FALSE(idle.pass);
    }
}

TEST_F(Assess, EachOmissionLowersExactlyItsItems) {
    const std::vector<std::pair<std::string, std::set<std::string>>> expected = {
        {"identity.name", {"identity"}},
        {"identity.side", {"identity"}},
        {"indication.pain_score", {"indication"}},
        {"screen.anticoagulant", {"safety-screen"}},
        {"consent.agree", {"consent"}},
        {"take sharps_box", {"gather"}},
        {"take gauze", {"gather"}},
        {"stopper_rub", {"drug-check"}},
        {"expel_air", {"drug-check"}},
        {"label", {"drug-check"}},
        {"hand_rub", {"hands"}},
        {"gloves_sterile", {"gloves"}},
        {"posture", {"place"}},
        {"candidate", {"history-map"}},
        {"stroke", {}},
        {"risk", {"risk-name"}},
        {"hold", {"confirm", "mark"}},
        {"mark", {"mark"}},
        {"anaesthesia.preference", {"choose-anaesthesia"}},
        {"wait.sharp_test", {"wait"}},
        {"warn.sting", {"warn"}},
        {"fix", {"fix"}},
        {"needle_sharps", {"withdraw", "sharps"}},
        {"wheal_sharps", {"sharps"}},
        {"pressure", {"pressure"}},
        {"stretch3", {"stretch"}},
        {"repalpate", {"recheck"}},
        {"observe", {"observe"}},
        {"hand_rub_2", {"hands-2"}},
        {"advice.breathlessness", {"advice"}},
        {"follow_up.days_14", {"follow-up"}},
    };
    for (const auto& [name, items] : expected)
        EXPECT_EQ(lowered(without(visit_, name)), items) << "without " << name;
}

TEST_F(Assess, TheItemsOfALackingDepositAreLost) {
    EXPECT_EQ(lowered(without(visit_, "deposit")), (std::set<std::string>{"aspirate", "deposit"}));
}

TEST_F(Assess, AShortAspirationIsExplainedWithTheTimeThatBloodNeeds) {
    const auto acts = changed<events::Aspirated>(visit_, "aspirate", [](auto& a) { a.held = Seconds(0.4); });
    const Assessment a = score(acts);
    EXPECT_EQ(item(a, "aspirate").why, "You aspirated for 0.4 s; at 25 G blood needs about 1.3 s to show.");
    EXPECT_LT(item(a, "aspirate").points, item(score(visit_), "aspirate").points);
}

TEST_F(Assess, AMissingAspirationCapsTheItem) {
    const auto acts = changed<events::Deposited>(visit_, "deposit", [](auto& d) { d.aspirated = false; });
    const ItemScore i = item(score(acts), "aspirate");
    EXPECT_EQ(i.points, 0.0);
    EXPECT_FALSE(i.capped.empty());
}

TEST_F(Assess, WetSkinCostsTheWholeItem) {
    auto acts = changed<events::SkinState>(visit_, "enter", [](auto& s) {
        s.dried = Seconds(20); // borderline by the table, but less than half of what this agent needs
        s.dryness = 0.4;
    });
    const ItemScore i = item(score(acts), "dry");
    EXPECT_EQ(i.points, 0.0);
    EXPECT_FALSE(i.capped.empty());
}

TEST_F(Assess, PassingNearThePleuraCapsTheDepthItem) {
    const auto acts = changed<events::Clearance>(visit_, "clearance", [](auto& c) {
        if (c.kind == StructureKind::Pleura) c.distance = Millimetres(2.0);
    });
    const Assessment a = score(acts);
    EXPECT_LE(item(a, "depth").points, 0.5 * item(a, "depth").of + 1e-9);
    EXPECT_EQ(critical_ids(a), std::vector<std::string>{"forbidden-direction"});
}

TEST_F(Assess, TheNeedleInTheLungFailsWhateverTheTotal) {
    const auto acts = inserted(
        visit_, "deposit",
        act("lung", 0,
            events::TipMoved{"pleura_r", StructureKind::Pleura, true, Millimetres(24), Newtons(0.1)}));
    const Assessment a = score(acts);
    EXPECT_GE(a.total, 85.0);
    EXPECT_FALSE(a.pass);
    const auto ids = critical_ids(a);
    EXPECT_NE(std::find(ids.begin(), ids.end(), "pleura"), ids.end());
    EXPECT_EQ(a.global_rating, 1);
    EXPECT_EQ(a.critical.front().evidence.size(), 2U) << "the breach and what caused it";
}

TEST_F(Assess, NoAddedCriticalFailureEverPasses) {
    for (const CriticalFail& fail : rubric_.critical) {
        auto log = as_log(visit_, scenario_);
        log.push_back({log.back().tick, static_cast<std::int64_t>(log.size()), "simulator",
                       events::Finding(events::RuleBroken{fail.id, "planted"})});
        const Assessment a = score(log);
        EXPECT_FALSE(a.pass) << fail.id;
        EXPECT_EQ(critical_ids(a), std::vector<std::string>{fail.id});
    }
}

TEST_F(Assess, NearMissesAreNamedClosestFirst) {
    const Assessment a = score(visit_);
    ASSERT_EQ(a.near_misses.size(), 1U);
    EXPECT_EQ(a.near_misses.front().structure, "accessory-nerve_r");
    EXPECT_DOUBLE_EQ(a.near_misses.front().distance_mm, 7.0);
}

TEST_F(Assess, RandomSubsetsOfTheVisitStayWithinBoundsAndPrefixesNeverCrash) {
    Random random(11, "subsets");
    const auto log = as_log(visit_, scenario_);
    for (int round = 0; round < 150; ++round) {
        std::vector<events::Event> part;
        const double keep = random.uniform(0.05, 0.95);
        for (const events::Event& e : log) {
            if (random.chance(keep)) part.push_back(e);
        }
        const Assessment a = score(part);
        ASSERT_GE(a.total, 0.0);
        ASSERT_LE(a.total, 100.0);
        for (const ItemScore& i : a.items) {
            ASSERT_GE(i.points, 0.0) << i.id;
            ASSERT_LE(i.points, i.of + 1e-9) << i.id;
        }
    }
    for (std::size_t n = 0; n <= log.size(); n += 7) {
        const Assessment a =
            score(std::vector<events::Event>(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(n)));
        ASSERT_GE(a.total, 0.0);
        ASSERT_LE(a.total, 100.0);
    }
}

TEST_F(Assess, APrefixKnowsOnlyEvidenceThatItHolds) {
    const auto log = as_log(visit_, scenario_);
    for (std::size_t n = 20; n < log.size(); n += 31) {
        const std::vector<events::Event> part(log.begin(), log.begin() + static_cast<std::ptrdiff_t>(n));
        for (const ItemScore& i : score(part).items) {
            for (const std::int64_t e : i.evidence())
                ASSERT_LT(e, static_cast<std::int64_t>(n)) << i.id;
        }
    }
}

TEST_F(Assess, MoreCareNeverCostsPoints) {
    EXPECT_TRUE(lowered(changed<events::ActivityDone>(visit_, "pressure", [](auto& a) {
                    a.duration = Seconds(400);
                })).empty());
    EXPECT_TRUE(lowered(changed<events::ActivityDone>(visit_, "hand_rub", [](auto& a) {
                    a.duration = Seconds(60);
                })).empty());
    EXPECT_TRUE(
        lowered(inserted(visit_, "stretch3", act("stretch4", 0, events::ActivityDone{"stretch", Seconds(8)})))
            .empty());
}

TEST_F(Assess, ASlowSearchCostsLittle) {
    auto acts = visit_;
    for (Act& a : acts) {
        if (a.at_s >= 165.0) a.at_s += 400.0;
    }
    const double lost = score(visit_).total - score(acts).total;
    EXPECT_GT(lost, 0.0);
    EXPECT_LT(lost, 2.0);
}

TEST_F(Assess, WithoutAHoldTheMarkIsComparedWithTheMostTenderSpot) {
    const events::Felt tender{kSpot, Newtons(15), Millimetres(6), 0.6, 0.5, 6.0, "trapezius-descendens-1_r"};
    const events::Felt elsewhere{{-40.0, 1500.0, 60.0}, Newtons(15), Millimetres(6), 0.0, 0.0, 1.0, ""};
    EXPECT_EQ(lowered(inserted(without(visit_, "hold"), "stroke", act("felt", 0, tender, elsewhere))),
              std::set<std::string>{"confirm"});
}

TEST_F(Assess, ANeedleBesideTheCleanedFieldIsNamedSo) {
    const auto acts = changed<events::SkinState>(visit_, "wheal_in", [](auto& s) {
        s = events::SkinState{};
        s.occasion = "needle";
    });
    EXPECT_EQ(item(score(acts), "antiseptic").why, "The needle went in where the skin was not cleaned.");
}

TEST_F(Assess, TheFoldEntryIsJudgedByItsOwnMeasures) {
    auto acts = inserted(visit_, "fix", act("pincer", 0, events::SetGrip{true}));
    acts = changed<events::Punctured>(acts, "enter", [](auto& p) {
        p.angle = Degrees(70);
        p.from_mark = Millimetres(3);
    });
    const Assessment a = score(acts);
    EXPECT_EQ(item(a, "enter").points, item(a, "enter").of) << item(a, "enter").why;
}

TEST_F(Assess, SprayReplacesTheWhealAndIsJudgedByItsLabel) {
    auto acts = without(without(without(without(visit_, "wheal_in"), "wheal"), "wheal_out"), "wheal_sharps");
    acts = inserted(acts, "warn.sting",
                    act("spray", 0, events::Numbed{"spray", Seconds(6), Millimetres(120), Millimetres(0)}));
    const Assessment good = score(acts);
    EXPECT_EQ(item(good, "wheal").points, item(good, "wheal").of) << item(good, "wheal").why;
    EXPECT_EQ(item(good, "wait").points, item(good, "wait").of) << item(good, "wait").why;
    const auto frost = changed<events::Numbed>(acts, "spray", [](auto& n) { n.spray_time = Seconds(14); });
    EXPECT_EQ(item(score(frost), "wheal").points, 0.0);
}

TEST_F(Assess, HelpIsToldByKindAndCostsNothing) {
    std::vector<events::Event> log = as_log(visit_, scenario_);
    const Assessment without = score(log);
    EXPECT_EQ(help_sentence(without.help), "No help was used.");
    std::vector<std::int64_t> looks;
    for (const events::Finding& f :
         {events::Finding(events::HelpUsed{"x_ray"}), events::Finding(events::HintGiven{"Palpate."}),
          events::Finding(events::HelpUsed{"x_ray"})}) {
        events::Event e = log.back();
        e.seq = log.back().seq + 1;
        e.actor = "program";
        e.what = f;
        if (std::holds_alternative<events::HelpUsed>(f)) looks.push_back(e.seq);
        log.push_back(e);
    }
    const Assessment with = score(log);
    ASSERT_EQ(with.help.size(), 2U);
    EXPECT_EQ(with.help[0].evidence, looks);
    EXPECT_EQ(help_sentence(with.help), "Help used: x-ray look (2 times), hint.");
    EXPECT_DOUBLE_EQ(with.total, without.total);
    EXPECT_EQ(to_json(with)["help"].size(), 2U);
}

TEST_F(Assess, HelpNamesHowMuchWasSeen) {
    EXPECT_EQ(help_sentence({{"seen_through", {1}}, {"half_seen", {2, 5}}, {"blind", {7}}}),
              "Help used: patient seen through, patient half seen (2 times), blind from there on.");
}

TEST_F(Assess, JsonHoldsWhatTheCommandLinePromises) {
    const Json j = to_json(score(visit_));
    EXPECT_TRUE(j.at("total").is_number());
    EXPECT_TRUE(j.at("pass").get<bool>());
    EXPECT_TRUE(j.at("critical").is_array());
    ASSERT_EQ(j.at("items").size(), 38U);
    for (const Json& i : j.at("items")) {
        for (const char* key : {"id", "points", "of", "measure", "unit", "evidence", "measures"})
            EXPECT_TRUE(i.contains(key)) << key;
        EXPECT_TRUE(i.at("measure").is_number()) << i.at("id");
    }
}

TEST_F(Assess, JsonSaysNullWhereNothingWasMeasured) {
    const Json j = to_json(score(std::vector<events::Event>{}));
    for (const Json& i : j.at("items")) {
        if (i.at("id") == "depth") {
            EXPECT_TRUE(i.at("measure").is_null());
        }
    }
}

TEST_F(Assess, WhereNothingShouldBeInjectedTheNeedleItemsAreLeftOut) {
    scenario_.plan.decision = "not_inject";
    std::vector<Act> talk;
    for (const Act& a : visit_) {
        if (a.at_s < 60.0 || a.name.starts_with("advice") || a.name.starts_with("document") ||
            a.name.starts_with("follow_up") || a.name == "candidate" || a.name == "risk" ||
            a.name == "hold" || a.name == "stroke" || a.name == "mark" || a.name == "finger_down" ||
            a.name == "finger_up") {
            talk.push_back(a);
        }
    }
    talk.push_back(act("finish", 2470, events::FinishCase{"not_injected"}));
    const Assessment a = score(talk);
    EXPECT_EQ(a.items.size(), 10U);
    EXPECT_TRUE(a.pass) << a.pass_reason;
    EXPECT_FALSE(score(visit_).pass) << "injecting such a patient must fail";
}

TEST_F(Assess, TheNeedleInThePictureCountsOnlyWhereTheCaseAsks) {
    const auto with = [&](double advanced_mm, double seen_mm) {
        std::vector<Act> visit = visit_;
        visit.push_back(
            act("followed", 2460, events::Followed{Millimetres(advanced_mm), Millimetres(seen_mm)}));
        return visit;
    };
    const auto has = [](const Assessment& a, const std::string& id) {
        return std::any_of(a.items.begin(), a.items.end(), [&](const ItemScore& i) { return i.id == id; });
    };
    EXPECT_FALSE(has(score(with(20.0, 20.0)), "in-plane"));
    EXPECT_TRUE(has(score(with(20.0, 20.0)), "fix"));
    scenario_.ultrasound = scenario::Ultrasound::Scored;
    const Assessment all_seen = score(with(20.0, 18.0));
    EXPECT_EQ(all_seen.items.size(), 38U); // the other hand holds the probe, not the band
    EXPECT_FALSE(has(all_seen, "fix"));
    EXPECT_DOUBLE_EQ(item(all_seen, "in-plane").points, item(all_seen, "in-plane").of);
    EXPECT_EQ(item(all_seen, "in-plane").measures.front().value, 90.0);
    EXPECT_FALSE(item(all_seen, "in-plane").evidence().empty());
    const ItemScore half = item(score(with(20.0, 13.0)), "in-plane");
    EXPECT_GT(half.points, 0.0);
    EXPECT_LT(half.points, half.of);
    EXPECT_DOUBLE_EQ(item(score(with(20.0, 2.0)), "in-plane").points, 0.0);
    const ItemScore none = item(score(visit_), "in-plane"); // no needle beyond the fascia was stated
    EXPECT_DOUBLE_EQ(none.points, 0.0);
    EXPECT_FALSE(none.why.empty());
}

TEST(LocatingGrade, FallsGraduallyAndIsNothingBeyondTheErrorOfAnExpert) {
    EXPECT_DOUBLE_EQ(locating_grade(0.0), 1.0);
    EXPECT_DOUBLE_EQ(locating_grade(10.0), 1.0);
    EXPECT_DOUBLE_EQ(locating_grade(15.0), 0.75);
    EXPECT_DOUBLE_EQ(locating_grade(20.0), 0.5);
    EXPECT_DOUBLE_EQ(locating_grade(23.0), 0.25);
    EXPECT_DOUBLE_EQ(locating_grade(26.1), 0.0);
    for (double d = 0.0; d < 40.0; d += 0.5)
        EXPECT_GE(locating_grade(d), locating_grade(d + 0.5));
}

TEST(RubricFile, FaultsAreReportedTogetherWithTheirPlace) {
    const auto json = parse_json(
        R"({"version":"1","items":[{"id":"a","phase":"p","text":"t","weights":{"practice":-1,"demo":1,"assessment":1}},
        {"id":"a","phase":"p","text":"t","weights":{"practice":1,"demo":1}}],"critical_fails":[],"never_excused":["x"],
        "safety_caps":[{"when":"moon","item":"b","max_share":2}],"pass_rule":{"cut":70,"phase_share":0.6,"min_global_rating":3,"phases":["q"]}})",
        "r.json");
    ASSERT_TRUE(json);
    const auto rubric = rubric_from_json(*json, "r.json");
    ASSERT_FALSE(rubric);
    std::string all;
    for (const Error& e : rubric.error())
        all += e.text() + "\n";
    EXPECT_NE(all.find("/items/0/weights/practice"), std::string::npos) << all;
    EXPECT_NE(all.find("twice"), std::string::npos) << all;
    EXPECT_NE(all.find("/items/1/weights"), std::string::npos) << all;
    EXPECT_NE(all.find("/never_excused/0"), std::string::npos) << all;
    EXPECT_NE(all.find("condition is not known"), std::string::npos) << all;
    EXPECT_NE(all.find("max_share"), std::string::npos) << all;
    EXPECT_NE(all.find("\"q\""), std::string::npos) << all;
}

} // namespace
} // namespace tb::scoring
