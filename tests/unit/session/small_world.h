// A case on the small body of tests/support, with the product's clinical tables and mechanics.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "scenario/load.h"
#include "session/session.h"
#include "support/mechanics.h"
#include "support/real_body.h"
#include "support/small_body.h"

namespace tb::test {

inline const scenario::ClinicalTables& clinical_tables() {
    static const auto kTables = [] {
        const std::string folder = TB_SOURCE_DIR "/assets/clinical/";
        const std::string drugs = file_bytes(folder + "drugs.json"),
                          antiseptics = file_bytes(folder + "antiseptics.json");
        const std::string equipment = file_bytes(folder + "equipment.json"),
                          dialogue = file_bytes(folder + "dialogue.json");
        return scenario::load_tables({drugs, antiseptics, equipment, dialogue, folder});
    }();
    static const scenario::ClinicalTables kNone;
    if (kTables) return *kTables;
    for (const Error& e : kTables.error())
        ADD_FAILURE() << e.text();
    return kNone;
}

class SmallWorld {
public:
    SmallWorld() {
        scenario_.id = "small";
        scenario_.hash = "small-hash";
        scenario_.tables = clinical_tables();
        scenario_.body = SmallBody::one_active_point();
        scenario_.patient.pain_on_movement = 6.0;
        scenario_.patient.pain_at_rest = 4.0;
        scenario_.plan.decision = "inject";
        scenario_.plan.points = {kPoint + "_r"};
        scenario_.plan.candidate_muscles = {"test_muscle"};
        scenario_.plan.postures = {"supine"};
        scenario_.plan.technique = "flat";
        scenario_.plan.antiseptic = "chlorhexidine_2_alcohol_70";
        scenario_.plan.agent = "lidocaine_0_5";
        scenario_.plan.wheal_agent = "lidocaine_1";
        scenario_.plan.gauge = 25;
        scenario_.plan.needle_length = Millimetres(38.0);
        scenario_.plan.volume_per_site = Millilitres(0.3);
    }
    [[nodiscard]] session::World world() const { return {&body_.body(), &scenario_, &mechanics()}; }
    [[nodiscard]] const anatomy::Body& body() const { return body_.body(); }
    scenario::Scenario& scenario() { return scenario_; }

private:
    SmallBody body_;
    scenario::Scenario scenario_;
};

/// All findings (or actions) of one type in a log, oldest first.
template <class T>
std::vector<T> all(const session::Session& s) {
    std::vector<T> out;
    for (const events::Event& e : s.log().events()) {
        if (const T* t = e.get<T>()) out.push_back(*t);
    }
    return out;
}

/// A person at the small body: every movement as poses of the tool in hand, one a tick.
class Person {
public:
    explicit Person(session::Session& s) : s_(s) {}

    void take(events::Tool tool) { EXPECT_TRUE(s_.submit(events::SelectTool{tool})); }
    void pose(const geometry::Vec3& tip, double press_N = 0.0,
              const geometry::Vec3& axis = {0.0, 0.0, -1.0}) {
        tip_ = tip;
        EXPECT_TRUE(s_.submit(events::ToolPose{s_.state().tool, geometry::point(tip),
                                               geometry::direction(axis), Newtons(press_N)}));
        s_.advance();
    }
    /// Straight movement from the last pose.
    void move(const geometry::Vec3& to, double speed_mm_s, double press_N = 0.0,
              const geometry::Vec3& axis = {0.0, 0.0, -1.0}) {
        const geometry::Vec3 from = tip_;
        const int ticks =
            std::max(1, static_cast<int>(glm::length(to - from) / speed_mm_s * kTicksPerSecond));
        for (int k = 1; k <= ticks; ++k)
            pose(glm::mix(from, to, static_cast<double>(k) / ticks), press_N, axis);
    }
    void lift() { pose(tip_, 0.0); }
    void wait(double seconds) { s_.advance(ticks_of(Seconds(seconds))); }
    /// A 25 G needle of 38 mm on a syringe of lidocaine 0.5%, in the hand, above the skin.
    void ready_needle(const geometry::Vec3& above) {
        EXPECT_TRUE(s_.submit(events::MountNeedle{events::Syringe::Injection, 25, Millimetres(38.0)}));
        EXPECT_TRUE(s_.submit(events::DrawUp{events::Syringe::Injection, "lidocaine_0_5", Millilitres(2.0)}));
        EXPECT_TRUE(s_.submit(events::ExpelAir{events::Syringe::Injection}));
        take(events::Tool::Needle);
        pose(above);
    }

private:
    session::Session& s_;
    geometry::Vec3 tip_{0.0};
};

} // namespace tb::test
