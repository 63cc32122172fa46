#include <set>

#include <gtest/gtest.h>

#include "base/json.h"
#include "procedure/rules.h"
#include "procedure/steps.h"
#include "unit/procedure/clean_run.h"

namespace tb::procedure {
namespace {

using namespace tb::support;

class Procedure39 : public ::testing::Test {
protected:
    /// Critical rules broken by these acts.
    [[nodiscard]] std::set<std::string> critical(const std::vector<Act>& acts) const {
        return broken(acts, true);
    }
    [[nodiscard]] std::set<std::string> slips(const std::vector<Act>& acts) const {
        return broken(acts, false);
    }
    [[nodiscard]] std::set<std::string> broken(const std::vector<Act>& acts, bool critical) const {
        Machine machine;
        as_log(acts, scenario_, 7, &machine);
        std::set<std::string> out;
        for (const std::string& id : machine.rules_broken()) {
            const Rule* rule = find_rule(id);
            EXPECT_NE(rule, nullptr) << id << " is in no table";
            if (rule != nullptr && rule->critical == critical) out.insert(id);
        }
        return out;
    }
    [[nodiscard]] std::set<std::string> complications(const std::vector<Act>& acts,
                                                      std::uint64_t seed = 7) const {
        Machine machine;
        as_log(acts, scenario_, seed, &machine);
        return machine.complications();
    }
    using Ids = std::set<std::string>;
    scenario::Scenario scenario_ = real_scenario();
    std::vector<Act> visit_ = clean_visit(scenario_);
};

TEST_F(Procedure39, ACleanVisitBreaksNoRule) {
    EXPECT_EQ(critical(visit_), Ids{});
    EXPECT_EQ(slips(visit_), Ids{});
}

TEST_F(Procedure39, ACleanVisitDoesEveryStepButTheSpray) {
    Machine machine;
    as_log(visit_, scenario_, 7, &machine);
    for (const StepPlace& place : kStepOrder) {
        EXPECT_EQ(machine.steps_done().contains(std::string(place.id)), place.id != "vapocoolant")
            << place.id;
    }
    EXPECT_EQ(machine.next_step(), "");
}

TEST_F(Procedure39, TheTableOfStepsIsThatOfTheProcedure) {
    const Procedure procedure = real_procedure();
    ASSERT_EQ(procedure.phases.size(), 10U);
    ASSERT_EQ(procedure.steps.size(), kStepOrder.size());
    for (std::size_t i = 0; i < kStepOrder.size(); ++i)
        EXPECT_EQ(procedure.steps[i].id, kStepOrder[i].id);
    std::size_t measures = 0;
    for (const Step& s : procedure.steps)
        measures += s.measures.size();
    EXPECT_EQ(measures, 82U);
}

TEST_F(Procedure39, EachStepIsStatedOnce) {
    std::map<std::string, int> stated;
    for (const events::Event& e : as_log(visit_, scenario_)) {
        if (const auto* done = e.get<events::StepDone>()) ++stated[done->step];
    }
    for (const auto& [step, times] : stated)
        EXPECT_EQ(times, 1) << step;
}

TEST_F(Procedure39, OrderDoesNotMatterForAStep) {
    Machine machine;
    const auto done = machine.observe(
        scenario_, {0, 0, "trainee", events::Action(events::Declare{"structure_at_risk", "pleura"})});
    ASSERT_EQ(done.size(), 1U);
    EXPECT_EQ(std::get<events::StepDone>(done.front()).step, "risk-name");
}

TEST_F(Procedure39, NoConsent) {
    EXPECT_EQ(critical(without(visit_, "consent.agree")), Ids{"no-consent"});
}
TEST_F(Procedure39, NoHandHygiene) {
    EXPECT_EQ(critical(without(visit_, "hand_rub")), Ids{"hand-hygiene"});
}

TEST_F(Procedure39, ATooShortHandRubIsNone) {
    EXPECT_EQ(
        critical(changed<events::ActivityDone>(visit_, "hand_rub", [](auto& a) { a.duration = Seconds(4); })),
        Ids{"hand-hygiene"});
}

TEST_F(Procedure39, SkinNotCleaned) {
    auto acts = without(without(visit_, "clean"), "dry");
    for (const char* name : {"wheal_in", "enter"}) {
        acts = changed<events::SkinState>(acts, name, [](auto& s) {
            s = events::SkinState{};
            s.occasion = "needle";
        });
    }
    EXPECT_EQ(critical(acts), Ids{"no-antisepsis"});
}

TEST_F(Procedure39, TouchedAfterCleaningWithoutSterileGloves) {
    const events::SkinState touched{
        "chlorhexidine_2_alcohol_70", 0.99, Seconds(34), 0.8, Seconds(35), 1.0, true, "touched"};
    auto acts = inserted(without(visit_, "gloves_sterile"), "dry", act("touch", 0, touched));
    for (const char* name : {"wheal_in", "enter"})
        acts = changed<events::SkinState>(acts, name, [](auto& s) { s.touched_after = true; });
    EXPECT_EQ(critical(acts), Ids{"no-antisepsis"});
    EXPECT_TRUE(slips(acts).contains("touched_after_cleaning"));
    // Cleaned again, it is only the slip.
    acts = inserted(acts, "touch",
                    act("clean_again", 0,
                        events::SkinState{"chlorhexidine_2_alcohol_70", 0.99, Seconds(34), 0.8, Seconds(0),
                                          0.0, false, "swab_lifted"}));
    for (const char* name : {"wheal_in", "enter"})
        acts = changed<events::SkinState>(acts, name, [](auto& s) { s.touched_after = false; });
    EXPECT_EQ(critical(acts), Ids{});
}

TEST_F(Procedure39, SterileGlovesMayTouchTheCleanedSkin) {
    const events::SkinState touched{
        "chlorhexidine_2_alcohol_70", 0.99, Seconds(34), 0.8, Seconds(35), 1.0, true, "touched"};
    EXPECT_EQ(critical(inserted(visit_, "dry", act("touch", 0, touched))), Ids{});
}

TEST_F(Procedure39, WetSkinIsASlipWithTheTimeThatItDried) {
    const auto acts = changed<events::SkinState>(visit_, "wheal_in", [](auto& s) {
        s.dried = Seconds(9);
        s.dryness = 0.3;
    });
    EXPECT_EQ(critical(acts), Ids{});
    EXPECT_EQ(slips(acts), Ids{"not_dry"});
}

TEST_F(Procedure39, WrongPointWrongSideAndWrongMuscle) {
    const auto other_point = changed<events::Deposited>(
        visit_, "deposit", [](auto& d) { d.trigger_point = "levator-scapulae-2_r"; });
    EXPECT_EQ(critical(other_point), Ids{"wrong-patient-side"});
    const auto other_side = changed<events::Deposited>(visit_, "deposit", [](auto& d) {
        d.trigger_point = "";
        d.point.x = 75.0;
        d.structure = "trapezius_descending_l";
    });
    EXPECT_EQ(critical(other_side), Ids{"wrong-patient-side"});
    const auto other_muscle = changed<events::Deposited>(visit_, "deposit", [](auto& d) {
        d.trigger_point = "";
        d.structure = "deltoid_acromial_r";
    });
    EXPECT_EQ(critical(other_muscle), Ids{"wrong-patient-side"});
    const auto missed = changed<events::Deposited>(visit_, "deposit", [](auto& d) { d.trigger_point = ""; });
    EXPECT_EQ(critical(missed), Ids{}) << "a miss inside the right muscle costs points only";
}

TEST_F(Procedure39, Contraindications) {
    scenario_.patient.allergies = {"chlorhexidine"};
    EXPECT_TRUE(critical(visit_).contains("contraindication"));
    EXPECT_TRUE(complications(visit_).contains("allergy"));
    scenario_.patient.allergies = {"amide"};
    EXPECT_TRUE(critical(visit_).contains("contraindication"));
    scenario_.patient.allergies = {"iodine", "ester"};
    EXPECT_EQ(critical(visit_), Ids{});
    scenario_.patient.conditions = {"infected_skin"};
    EXPECT_EQ(critical(visit_), Ids{"contraindication"});
    scenario_.patient.conditions = {};
    scenario_.plan.decision = "not_inject";
    EXPECT_EQ(critical(visit_), Ids{"contraindication"});
}

TEST_F(Procedure39, OverdoseCountsAllAgentsTogether) {
    const auto acts =
        changed<events::Deposited>(visit_, "deposit", [](auto& d) { d.dose = Milligrams(285.0); });
    EXPECT_EQ(critical(acts), Ids{"overdose"});
    const auto below =
        changed<events::Deposited>(visit_, "deposit", [](auto& d) { d.dose = Milligrams(280.0); });
    EXPECT_EQ(critical(below), Ids{}) << "280 + 2 mg of 283.5 mg";
}

TEST_F(Procedure39, TheTipInForbiddenStructures) {
    const auto into = [&](std::string structure, StructureKind kind) {
        return critical(inserted(
            visit_, "aspirate",
            act("in", 0, events::TipMoved{std::move(structure), kind, true, Millimetres(18), Newtons(0.1)})));
    };
    EXPECT_EQ(into("pleura_r", StructureKind::Pleura), Ids{"pleura"});
    EXPECT_EQ(into("lung_r", StructureKind::Lung), Ids{"pleura"});
    EXPECT_EQ(into("dural-sac", StructureKind::Canal), (Ids{"canal", "emergency"}))
        << "and its signs are not answered in this visit";
    EXPECT_EQ(into("spinal-cord", StructureKind::Nerve), (Ids{"canal", "emergency"}));
    EXPECT_EQ(into("kidney-right", StructureKind::Organ), Ids{"organ"});
    EXPECT_EQ(into("accessory-nerve_r", StructureKind::Nerve), Ids{}) << "touching alone is not critical";
    EXPECT_EQ(into("dorsal-scapular-artery_r", StructureKind::Artery), Ids{});
}

TEST_F(Procedure39, PleuraWithinThreeMillimetresIsTheForbiddenDirection) {
    const auto at = [&](double mm) {
        return critical(changed<events::Clearance>(visit_, "clearance", [&](auto& c) {
            if (c.kind == StructureKind::Pleura) c.distance = Millimetres(mm);
        }));
    };
    EXPECT_EQ(at(3.5), Ids{});
    EXPECT_EQ(at(2.5), Ids{"forbidden-direction"});
    EXPECT_EQ(at(-0.5), Ids{"pleura"});
}

TEST_F(Procedure39, FluidIntoVesselOrAfterBlood) {
    const auto vessel = changed<events::Deposited>(visit_, "deposit", [](auto& d) {
        d.kind = StructureKind::Artery;
        d.structure = "dorsal-scapular-artery_r";
    });
    EXPECT_EQ(critical(vessel), Ids{"vessel-inject"});
    EXPECT_TRUE(complications(vessel).contains("intravascular"));
    const auto blood = changed<events::Aspirated>(visit_, "aspirate", [](auto& a) { a.result = "blood"; });
    EXPECT_EQ(critical(blood), Ids{"vessel-inject"});
    const auto redirected = inserted(
        blood, "aspirate",
        act("turn", 0,
            events::NeedlePass{1, Millimetres(14), Millimetres(3), Degrees(0), Millimetres(4), false, {}}));
    EXPECT_EQ(critical(redirected), Ids{}) << "after blood a new direction is right";
}

TEST_F(Procedure39, OnwardsAgainstElectricPain) {
    const events::TipMoved touch{"accessory-nerve_r", StructureKind::Nerve, true, Millimetres(12),
                                 Newtons(0.1)};
    const events::TipMoved onward{"accessory-nerve_r", StructureKind::Nerve, false, Millimetres(15),
                                  Newtons(0.1)};
    const events::TipMoved back{"accessory-nerve_r", StructureKind::Nerve, false, Millimetres(11.8),
                                Newtons(0.0)};
    EXPECT_EQ(critical(inserted(visit_, "aspirate", act("n", 0, touch, onward))), Ids{"nerve-inject"});
    EXPECT_EQ(critical(inserted(visit_, "aspirate", act("n", 0, touch, back))), Ids{});
    const auto injected =
        changed<events::Deposited>(visit_, "deposit", [](auto& d) { d.kind = StructureKind::Nerve; });
    EXPECT_TRUE(critical(injected).contains("nerve-inject"));
}

TEST_F(Procedure39, HubAndLevering) {
    EXPECT_EQ(critical(changed<events::NeedlePass>(visit_, "pass2", [](auto& p) { p.hub = true; })),
              Ids{"hub"});
    EXPECT_EQ(critical(changed<events::NeedlePass>(visit_, "pass2", [](auto& p) { p.bend = Degrees(22); })),
              Ids{"hub"});
}

TEST_F(Procedure39, PointsThatNeedImaging) {
    scenario_.plan.guidance = "imaging_required";
    EXPECT_EQ(critical(visit_), Ids{"imaging-blind"});
    EXPECT_EQ(critical(inserted(visit_, "mark", act("us", 0, events::Declare{"guidance", "ultrasound"}))),
              Ids{});
    scenario_.plan.guidance = "palpation_only";
    EXPECT_EQ(critical(inserted(visit_, "mark", act("us", 0, events::Declare{"guidance", "ultrasound"}))),
              Ids{"imaging-blind"});
}

TEST_F(Procedure39, SharpsLeftOrLaidDown) {
    EXPECT_EQ(critical(without(visit_, "needle_sharps")), Ids{"sharps"});
    EXPECT_EQ(critical(changed<events::Dispose>(visit_, "wheal_sharps", [](auto& d) { d.place = "tray"; })),
              Ids{"sharps"});
}

TEST_F(Procedure39, AnEmergencyMustBeAnsweredWithinAMinute) {
    scenario_.patient.allergies = {"amide"}; // the reaction is certain, its signs come within 5 min
    EXPECT_EQ(critical(visit_), (Ids{"contraindication", "emergency"}));
}

TEST_F(Procedure39, SignsComeLaterAndAnAlarmUnansweredForAMinuteIsCritical) {
    Machine machine(3);
    const auto observe = [&](Tick tick, events::Finding f) {
        return machine.observe(scenario_, {tick, 0, "simulator", std::move(f)});
    };
    observe(0, events::TipMoved{"dural-sac", StructureKind::Canal, true, Millimetres(40), Newtons(0.1)});
    EXPECT_TRUE(machine.complications().contains("spinal"));
    EXPECT_EQ(machine.emergency(), "");
    const auto signs = machine.advance(scenario_, ticks_of(Seconds(6)));
    ASSERT_EQ(signs.size(), 1U);
    EXPECT_NE(std::get_if<events::PatientSaid>(&signs.front()), nullptr);
    EXPECT_EQ(machine.emergency(), "spinal");
    Machine answered = machine;
    answered.observe(
        scenario_, {ticks_of(Seconds(30)), 0, "trainee", events::Action(events::Say{"emergency.call_help"})});
    EXPECT_TRUE(answered.advance(scenario_, ticks_of(Seconds(90))).empty());
    EXPECT_FALSE(answered.rules_broken().contains("emergency"));
    EXPECT_TRUE(machine.advance(scenario_, ticks_of(Seconds(60))).empty());
    machine.advance(scenario_, ticks_of(Seconds(70)));
    EXPECT_TRUE(machine.rules_broken().contains("emergency"));
}

TEST_F(Procedure39, EndingTheCaseDuringAnEmergencyIsCritical) {
    Machine machine(3);
    machine.observe(scenario_, {0, 0, "simulator",
                                events::Finding(events::TipMoved{"dural-sac", StructureKind::Canal, true,
                                                                 Millimetres(40), Newtons(0)})});
    machine.advance(scenario_, ticks_of(Seconds(6)));
    machine.observe(scenario_,
                    {ticks_of(Seconds(8)), 0, "trainee", events::Action(events::FinishCase{"injected"})});
    EXPECT_TRUE(machine.rules_broken().contains("emergency"));
}

TEST_F(Procedure39, SlipsAreNamed) {
    EXPECT_EQ(slips(without(visit_, "label")), Ids{"no_label"});
    EXPECT_EQ(slips(without(visit_, "expel_air")), Ids{"air_in_syringe"});
    EXPECT_EQ(slips(without(visit_, "posture")), Ids{"sitting"});
    EXPECT_EQ(slips(without(visit_, "identity.name")), Ids{"no_identity"});
    EXPECT_EQ(slips(without(visit_, "screen.anticoagulant")), Ids{"anticoagulant_not_asked"});
    EXPECT_EQ(slips(without(visit_, "take sharps_box")), Ids{"no_sharps_box"});
    EXPECT_EQ(slips(without(visit_, "warn.sting")), Ids{"no_warning"});
    EXPECT_EQ(slips(without(visit_, "take emergency_tray")), Ids{"no_emergency_tray"});
    EXPECT_EQ(slips(changed<events::Deposited>(visit_, "deposit", [](auto& d) { d.aspirated = false; })),
              Ids{"no_aspiration"});
    EXPECT_EQ(
        slips(changed<events::Deposited>(visit_, "deposit", [](auto& d) { d.volume = Millilitres(1.4); })),
        Ids{"large_volume"});
}

TEST_F(Procedure39, PneumothoraxIsCommonerWithThickNeedles) {
    const auto lung = inserted(
        visit_, "aspirate",
        act("in", 0,
            events::TipMoved{"pleura_r", StructureKind::Pleura, true, Millimetres(20), Newtons(0.1)}));
    const auto thick = changed<events::MountNeedle>(lung, "mount", [](auto& m) { m.gauge = 21; });
    const auto thin = changed<events::MountNeedle>(lung, "mount", [](auto& m) { m.gauge = 27; });
    int with_thick = 0, with_thin = 0, clean = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        with_thick += complications(thick, seed).contains("pneumothorax") ? 1 : 0;
        with_thin += complications(thin, seed).contains("pneumothorax") ? 1 : 0;
        clean += complications(visit_, seed).contains("pneumothorax") ? 1 : 0;
    }
    EXPECT_NEAR(with_thick / 200.0, 0.5, 0.12);
    EXPECT_NEAR(with_thin / 200.0, 0.2, 0.1);
    EXPECT_EQ(clean, 0);
}

TEST_F(Procedure39, TheSameSeedGivesTheSameMachine) {
    Machine a, b, c;
    as_log(visit_, scenario_, 5, &a);
    as_log(visit_, scenario_, 5, &b);
    as_log(without(visit_, "label"), scenario_, 5, &c);
    EXPECT_EQ(a, b);
    EXPECT_EQ(a.hash(), b.hash());
    EXPECT_NE(a.hash(), c.hash());
}

TEST_F(Procedure39, TheNextStepIsTheFirstSensibleOne) {
    Machine machine;
    EXPECT_EQ(machine.next_step(), "identity");
    std::vector<Act> part;
    for (const Act& a : visit_) {
        if (a.at_s < 210.0 && a.name != "identity.name") part.push_back(a);
    }
    as_log(part, scenario_, 1, &machine);
    EXPECT_EQ(machine.next_step(), "identity") << "what was forgotten still makes sense before the needle";
    for (const Act& a : visit_) {
        if (a.at_s >= 210.0 && a.at_s <= 371.0) part.push_back(a);
    }
    as_log(part, scenario_, 1, &machine);
    EXPECT_EQ(machine.next_step(), "pressure") << "and no sense after it";
}

TEST(Dose, TheWorkedExampleOfTheDoseTable) {
    scenario::Scenario scenario = real_scenario();
    scenario.patient.weight = Kilograms(70.0);
    scenario.patient.height_cm = 175.0;
    const scenario::Drug* drug = scenario.tables.drug("lidocaine_1");
    ASSERT_NE(drug, nullptr);
    EXPECT_DOUBLE_EQ(dose_limit_mg(*drug, scenario.patient, 1.0), 300.0); // 4.5 mg/kg would be 315 mg
    EXPECT_NEAR(dose_fraction({{"lidocaine_1", 12.0 + 20.0}}, scenario), 0.107, 0.0005);
    EXPECT_DOUBLE_EQ(dose_limit_mg(*drug, scenario.patient, 0.5), 157.5);
    EXPECT_DOUBLE_EQ(dose_fraction({{"saline_0_9", 0.0}}, scenario), 0.0);
}

TEST(Dose, AHeavyPatientIsDosedByIdealWeight) {
    scenario::Scenario scenario = real_scenario();
    scenario.patient.weight = Kilograms(108.0);
    scenario.patient.height_cm = 164.0;
    EXPECT_NEAR(dose_limit_mg(*scenario.tables.drug("lidocaine_1"), scenario.patient, 1.0), 253.0, 3.0);
}

TEST(Grade, BetweenIntervalsTheWorseNeighbourAndInsideTwoTheBetter) {
    const Bands bands{{{5, 15}}, {{2, 5}, {15, 25}}, {{-1e30, 2}, {27, 1e30}}};
    EXPECT_DOUBLE_EQ(grade(bands, 10), 1.0);
    EXPECT_DOUBLE_EQ(grade(bands, 5), 1.0);
    EXPECT_DOUBLE_EQ(grade(bands, 15), 1.0);
    EXPECT_DOUBLE_EQ(grade(bands, 3), 0.5);
    EXPECT_DOUBLE_EQ(grade(bands, 2), 0.5);
    EXPECT_DOUBLE_EQ(grade(bands, 1), 0.0);
    EXPECT_DOUBLE_EQ(grade(bands, 26), 0.0);
    EXPECT_DOUBLE_EQ(grade(bands, 40), 0.0);
    EXPECT_DOUBLE_EQ(grade({}, 1.0), 0.0);
}

TEST(Grade, BeyondAllIntervalsHalfAMarkLessThanTheNearest) {
    EXPECT_DOUBLE_EQ(grade({{{5, 10}}, {{2, 5}}, {{-1e30, 2}}}, 12.0), 0.5);
    EXPECT_DOUBLE_EQ(grade({{{15, 1e30}}, {{5, 14}}, {}}, 3.0), 0.0);
    EXPECT_DOUBLE_EQ(grade({{{15, 1e30}}, {{5, 14}}, {}}, 14.5), 0.5);
}

TEST(ProcedureFile, FaultsNameTheirPlace) {
    const auto json = parse_json(R"({"phases":[{"id":"a","title":"A","goal":"g","steps":[
        {"id":"s","title":"S","do":"d","measures":[{"measure":"m","unit":"s","good":"","borderline":"","unsafe":"","numeric":{"good":[[3,1]],"borderline":[],"unsafe":[[1]]}}]},
        {"id":"s","title":"S","do":"d","measures":[]}]}]})",
                                 "p.json");
    ASSERT_TRUE(json);
    const auto procedure = procedure_from_json(*json, "p.json");
    ASSERT_FALSE(procedure);
    ASSERT_EQ(procedure.error().size(), 3U);
    EXPECT_NE(procedure.error()[0].text().find("/phases/0/steps/0/measures/0/numeric/good/0"),
              std::string::npos);
    EXPECT_NE(procedure.error()[1].text().find("/unsafe/0"), std::string::npos);
    EXPECT_NE(procedure.error()[2].text().find("twice"), std::string::npos);
}

} // namespace
} // namespace tb::procedure
