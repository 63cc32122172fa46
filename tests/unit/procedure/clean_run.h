// A visit in which everything is done well, written by hand as the events that the simulator would log.
// The procedure's own findings are added by a Machine, as in a session. Tests leave out or change single
// acts.
#pragma once

#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "procedure/machine.h"
#include "procedure/step.h"
#include "scenario/load.h"

namespace tb::support {

inline std::string read_source(const std::string& path) {
    std::ifstream in(std::string(TB_SOURCE_DIR) + "/" + path, std::ios::binary);
    std::stringstream out;
    out << in.rdbuf();
    EXPECT_FALSE(out.str().empty()) << path << " is missing or empty";
    return out.str();
}

inline scenario::ClinicalTables real_tables() {
    const std::string drugs = read_source("assets/clinical/drugs.json");
    const std::string antiseptics = read_source("assets/clinical/antiseptics.json");
    const std::string equipment = read_source("assets/clinical/equipment.json");
    const std::string dialogue = read_source("assets/clinical/dialogue.json");
    const auto tables = scenario::load_tables({drugs, antiseptics, equipment, dialogue});
    if (!tables) ADD_FAILURE() << tables.error().front().text();
    return tables ? *tables : scenario::ClinicalTables{};
}

inline scenario::Scenario real_scenario() {
    const auto loaded = scenario::load_scenario(read_source("scenes/practice/office_worker_trapezius.json"),
                                                "scene", real_tables(), nullptr);
    if (!loaded) ADD_FAILURE() << loaded.error().front().text();
    return loaded ? *loaded : scenario::Scenario{};
}

inline procedure::Procedure real_procedure() {
    const auto json = parse_json(read_source("assets/clinical/procedure.json"), "procedure.json");
    if (!json) ADD_FAILURE() << json.error().text();
    const auto procedure = procedure::procedure_from_json(*json, "procedure.json");
    if (!procedure) ADD_FAILURE() << procedure.error().front().text();
    return procedure ? *procedure : procedure::Procedure{};
}

using What = std::variant<events::Action, events::Finding>;

/// One act of the visit: a name that tests refer to, when it happens, and its events.
struct Act {
    std::string name;
    double at_s = 0.0;
    std::vector<What> events;
};

template <class... T>
Act act(std::string name, double at_s, T... events) {
    Act a{std::move(name), at_s, {}};
    const auto put = [&](auto e) {
        if constexpr (std::is_constructible_v<events::Action, std::in_place_type_t<decltype(e)>>) {
            a.events.emplace_back(events::Action(e));
        } else {
            a.events.emplace_back(events::Finding(e));
        }
    };
    (put(events), ...);
    return a;
}

inline Act say(const std::string& topic, double at_s) {
    return act(topic, at_s, events::Say{topic});
}

inline const PointMm kSpot{-80.0, 1479.0, 99.0};

inline std::vector<Act> clean_visit(const scenario::Scenario& scenario) {
    using namespace events;
    std::vector<Act> v;
    double t = 1.0;
    for (const scenario::Topic& topic : scenario.tables.topics) {
        const bool before = topic.step == "identity" || topic.step == "indication" ||
                            topic.step == "safety-screen" || topic.step == "consent" ||
                            topic.step == "history-map";
        if (!before) continue;
        v.push_back(say(topic.id, t));
        if (topic.id == "indication.pain_score")
            v.back().events.emplace_back(Finding(PatientSaid{"six", 6.0}));
        t += 1.0;
    }
    v.push_back(
        act("anaesthesia.preference", 60, Say{"anaesthesia.preference"}, Declare{"anaesthesia", "wheal"}));
    for (const scenario::EquipmentItem& item : scenario.tables.equipment) {
        if (item.required) v.push_back(act("take " + item.id, 62, TakeItem{item.id}));
    }
    v.push_back(
        act("hand_rub", 90, BeginActivity{"hand_rub"}, EndActivity{}, ActivityDone{"hand_rub", Seconds(25)}));
    v.push_back(act("stopper_rub", 110, ActivityDone{"stopper_rub", Seconds(16)}));
    v.push_back(act("draw_up", 112, DrawUp{Syringe::Injection, "lidocaine_0_5", Millilitres(1.0)},
                    DrawUp{Syringe::Wheal, "lidocaine_1", Millilitres(0.3)}));
    v.push_back(act("expel_air", 113, ExpelAir{Syringe::Injection}, ExpelAir{Syringe::Wheal}));
    v.push_back(act("label", 114, Declare{"label", "lidocaine_0_5"}));
    v.push_back(act("mount", 115, MountNeedle{Syringe::Injection, 25, Millimetres(25)},
                    MountNeedle{Syringe::Wheal, 30, Millimetres(13)}));
    v.push_back(act("posture", 116, SetPosture{Posture::Prone}));
    v.push_back(act("gloves_clean", 117, WearGloves{Gloves::Clean}));
    v.push_back(act("candidate", 118, Declare{"candidate_muscle", "trapezius_descending"}));
    v.push_back(act("finger_down", 120, Contact{Tool::Finger, true, kSpot, "trapezius_descending_r"}));
    v.push_back(act("stroke", 150,
                    Stroke{"trapezius_descending_r", Seconds(20), Newtons(25), Millimetres(40), 0.7, 0.6,
                           "trapezius-descendens-1_r"}));
    v.push_back(act("hold", 165,
                    HeldPressure{kSpot,
                                 Seconds(7),
                                 Newtons(28),
                                 "trapezius-descendens-1_r",
                                 {"band", "spot", "referral", "recognition"}},
                    Say{"palpation.familiar"}));
    v.push_back(act("finger_up", 166, Contact{Tool::Finger, false, kSpot, "trapezius_descending_r"}));
    v.push_back(act("risk", 167, Declare{"structure_at_risk", "pleura"}));
    v.push_back(act("mark", 168, Mark{kSpot},
                    Marked{kSpot, "trapezius-descendens-1_r", Millimetres(4), Millimetres(4)}));
    v.push_back(act("gloves_sterile", 170, WearGloves{Gloves::Sterile}));
    const SkinState wet{
        "chlorhexidine_2_alcohol_70", 0.99, Seconds(34), 0.8, Seconds(0), 0.0, false, "swab_lifted"};
    SkinState dry = wet;
    dry.dried = Seconds(32);
    dry.dryness = 1.0;
    dry.occasion = "dry";
    SkinState at_wheal = dry, at_needle = dry;
    at_wheal.occasion = at_needle.occasion = "needle";
    at_wheal.dried = Seconds(40);
    at_needle.dried = Seconds(140);
    v.push_back(act("clean", 210, TakeAntiseptic{"chlorhexidine_2_alcohol_70"}, wet));
    v.push_back(act("dry", 243, dry));
    v.push_back(act("wheal_in", 250,
                    Punctured{Tool::WhealNeedle, kSpot, Degrees(15), Newtons(0.3), Millimetres(0), 2.0},
                    at_wheal));
    v.push_back(act("wheal", 256,
                    Deposited{Syringe::Wheal, "lidocaine_1", Millilitres(0.2), Milligrams(2.0),
                              MillilitresPerSecond(0.04), "skin", StructureKind::Skin, kSpot, Millimetres(6),
                              "trapezius-descendens-1_r", Millimetres(8), true}));
    v.push_back(act("wheal_out", 258, NeedleOut{Tool::WhealNeedle, 1, Seconds(8)}));
    v.push_back(act("wheal_sharps", 262, Dispose{"wheal_needle", "sharps_box"}));
    v.push_back(say("wait.sharp_test", 325));
    v.push_back(say("warn.sting", 330));
    v.push_back(act("fix", 335, BeginActivity{"fix_band"}));
    v.push_back(
        act("enter", 340, ToolPose{Tool::Needle, {-80, 1479, 113}, {0, 0, -1}, Newtons(0)},
            Punctured{Tool::Needle, kSpot, Degrees(32), Newtons(0.4), Millimetres(14), 1.0}, at_needle,
            TipMoved{"trapezius_descending_r", StructureKind::Muscle, true, Millimetres(9), Newtons(0.2)}));
    v.push_back(act("advance", 343, ToolPose{Tool::Needle, {-80, 1479, 100}, {0, 0, -1}, Newtons(0)}));
    v.push_back(act("aspirate", 348, Aspirate{true}, Aspirate{false},
                    Aspirated{"clear", Seconds(2.5), Seconds(1.3)}));
    v.push_back(act("deposit", 353,
                    Deposited{Syringe::Injection,
                              "lidocaine_0_5",
                              Millilitres(0.3),
                              Milligrams(1.5),
                              MillilitresPerSecond(0.08),
                              "trapezius_descending_r",
                              StructureKind::Muscle,
                              {-75, 1474, 95},
                              Millimetres(14),
                              "trapezius-descendens-1_r",
                              Millimetres(1.5),
                              true}));
    for (int n = 1; n <= 5; ++n) {
        v.push_back(act(
            "pass" + std::to_string(n), 353.0 + 3.0 * n,
            NeedlePass{
                n, Millimetres(14), Millimetres(1.5), Degrees(1), Millimetres(n < 5 ? 4 : 0), false, {}}));
    }
    v.push_back(act("clearance", 370, Clearance{"pleura_r", StructureKind::Pleura, Millimetres(22)},
                    Clearance{"accessory-nerve_r", StructureKind::Nerve, Millimetres(7)}));
    v.push_back(act("needle_out", 371, NeedleOut{Tool::Needle, 5, Seconds(30)}));
    v.push_back(act("needle_sharps", 375, Dispose{"needle", "sharps_box"}));
    v.push_back(act("pressure", 500, ActivityDone{"gauze_pressure", Seconds(122)}));
    for (int n = 1; n <= 3; ++n)
        v.push_back(act("stretch" + std::to_string(n), 500 + 10 * n, ActivityDone{"stretch", Seconds(8)}));
    v.push_back(act("repalpate", 540,
                    Stroke{"trapezius_descending_r", Seconds(4), Newtons(24), Millimetres(20), 0.4, 0.2,
                           "trapezius-descendens-1_r"}));
    v.push_back(act("recheck.pain_score", 545, Say{"recheck.pain_score"}, PatientSaid{"two", 2.0}));
    v.push_back(act("observe", 2400, ActivityDone{"observe", Seconds(1830)}));
    v.push_back(act("gloves_off", 2405, Dispose{"gloves", "bin"}));
    v.push_back(act("hand_rub_2", 2430, ActivityDone{"hand_rub", Seconds(24)}));
    for (const scenario::Topic& topic : scenario.tables.topics) {
        if (topic.step == "advice") v.push_back(say(topic.id, 2440));
    }
    v.push_back(say("follow_up.days_14", 2450));
    for (const std::string& field : scenario.tables.record_fields)
        v.push_back(act("document " + field, 2460, Document{field}));
    v.push_back(act("finish", 2470, FinishCase{"injected"}));
    return v;
}

/// The acts as a log: events numbered, the procedure's findings after each, time passing between them.
inline std::vector<events::Event> as_log(const std::vector<Act>& acts, const scenario::Scenario& scenario,
                                         std::uint64_t seed = 7, procedure::Machine* machine_out = nullptr) {
    std::vector<events::Event> log;
    procedure::Machine machine(seed);
    const auto append = [&](Tick tick, const char* actor, What what) {
        log.push_back({tick, static_cast<std::int64_t>(log.size()), actor, std::move(what)});
    };
    Tick now = 0;
    for (const Act& a : acts) {
        const Tick at = ticks_of(Seconds(a.at_s));
        for (; now + kTicksPerSecond <= at; now += kTicksPerSecond) {
            for (auto& f : machine.advance(scenario, now))
                append(now, "simulator", What(std::move(f)));
        }
        for (const What& what : a.events) {
            append(at, "test", what);
            const events::Event event = log.back();
            for (auto& f : machine.observe(scenario, event))
                append(at, "simulator", What(std::move(f)));
        }
    }
    if (machine_out != nullptr) *machine_out = machine;
    return log;
}

inline std::vector<Act> without(std::vector<Act> acts, const std::string& name) {
    const auto before = acts.size();
    std::erase_if(acts, [&](const Act& a) { return a.name == name; });
    EXPECT_LT(acts.size(), before) << "the visit has no act \"" << name << "\"";
    return acts;
}

/// Changes the event of type T inside the named act.
template <class T>
std::vector<Act> changed(std::vector<Act> acts, const std::string& name,
                         const std::function<void(T&)>& change) {
    bool found = false;
    for (Act& a : acts) {
        if (a.name != name) continue;
        for (What& w : a.events) {
            T* e = nullptr;
            if constexpr (std::is_constructible_v<events::Action, std::in_place_type_t<T>>) {
                auto* group = std::get_if<events::Action>(&w);
                e = group != nullptr ? std::get_if<T>(group) : nullptr;
            } else {
                auto* group = std::get_if<events::Finding>(&w);
                e = group != nullptr ? std::get_if<T>(group) : nullptr;
            }
            if (e == nullptr) continue;
            change(*e);
            found = true;
        }
    }
    EXPECT_TRUE(found) << "no such event in \"" << name << "\"";
    return acts;
}

/// Puts an act behind the named one.
inline std::vector<Act> inserted(std::vector<Act> acts, const std::string& after, Act extra) {
    for (std::size_t i = 0; i < acts.size(); ++i) {
        if (acts[i].name != after) continue;
        extra.at_s = acts[i].at_s;
        acts.insert(acts.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(extra));
        return acts;
    }
    ADD_FAILURE() << "the visit has no act \"" << after << "\"";
    return acts;
}

} // namespace tb::support
