#include <sstream>

#include "small_world.h"

#include "session/replay.h"

namespace tb::session {
namespace {

using namespace tb::test;
using events::Tool;
using geometry::Vec3;

/// A short case with a bit of everything.
void play(Session& s) {
    Person person(s);
    s.submit(events::Say{"identity.name"});
    s.submit(events::SelectTool{Tool::Needle}); // refused
    person.take(Tool::Finger);
    person.pose({kMiddle - 12.0, 0.0, kFront}, 18.0);
    person.move({kMiddle + 12.0, 0.0, kFront}, 40.0, 18.0);
    person.pose({kMiddle, 0.0, kFront}, 40.0);
    person.wait(9.0);
    person.lift();
    person.take(Tool::Pen);
    person.pose({kMiddle, 0.0, kFront}, 1.0);
    s.submit(events::Mark{{kMiddle, 0.0, kFront}});
    person.take(Tool::Swab);
    s.submit(events::TakeAntiseptic{"alcohol_70"});
    person.pose({kMiddle, 0.0, kFront}, 4.0);
    person.move({kMiddle + 20.0, 0.0, kFront}, 60.0, 4.0);
    person.lift();
    person.ready_needle(at_depth(kMiddle, 0.0, -10.0));
    person.move(at_depth(kMiddle, 0.0, 15.0), 8.0);
    s.submit(events::PushPlunger{MillilitresPerSecond(0.1)});
    person.wait(2.0);
    s.submit(events::PushPlunger{MillilitresPerSecond(0.0)});
    person.move(at_depth(kMiddle, 0.0, -10.0), 15.0);
    s.submit(events::BeginActivity{"gauze_pressure"});
    person.wait(31.0);
    s.submit(events::EndActivity{});
}

class ReplayTest : public ::testing::Test {
protected:
    SmallWorld small;
    Session s{small.world(), Options{}};
};

TEST_F(ReplayTest, TheSameActionsGiveTheSameBytes) {
    play(s);
    Session other(small.world(), Options{});
    play(other);
    EXPECT_EQ(s.log().text(), other.log().text());
    EXPECT_EQ(s.state(), other.state());
    EXPECT_EQ(s.state().hash(), other.state().hash());
}

TEST_F(ReplayTest, AnotherSeedGivesAnotherLog) {
    play(s);
    Options options;
    options.seed = 77;
    Session other(small.world(), options);
    play(other);
    EXPECT_NE(s.log().text(), other.log().text());
}

TEST_F(ReplayTest, EveryTickSteppedTwiceFromACopyIsEqual) {
    play(s);
    Session live(small.world(), Options{});
    for (const events::Event& e : s.log().events()) {
        if (!e.is_action()) continue;
        while (live.state().now < e.tick) {
            Session copy = live;
            copy.advance();
            live.advance();
            ASSERT_EQ(copy.state(), live.state()) << "tick " << live.state().now;
        }
        live.submit(std::get<events::Action>(e.what));
    }
}

TEST_F(ReplayTest, ReplayConfirmsAnUnalteredLog) {
    play(s);
    const ReplayResult r = replay(small.world(), s.log());
    EXPECT_TRUE(r.same) << r.difference;
    EXPECT_TRUE(r.same_bits);
    EXPECT_GT(r.findings_compared, 50U);
}

TEST_F(ReplayTest, ReplayNamesTheFirstAlteredFinding) {
    play(s);
    events::EventLog altered(s.log().header());
    std::int64_t changed = -1;
    for (const events::Event& e : s.log().events()) {
        auto what = e.what;
        if (const auto* d = e.get<events::Deposited>()) {
            events::Deposited better = *d;
            better.distance = Millimetres(d->distance.value() + 0.5);
            what = events::Finding(better);
            changed = e.seq;
        }
        altered.append(e.tick, e.actor, what);
    }
    ASSERT_GE(changed, 0);
    const ReplayResult r = replay(small.world(), altered);
    EXPECT_FALSE(r.same);
    EXPECT_NE(r.difference.find("event " + std::to_string(changed)), std::string::npos) << r.difference;
    EXPECT_NE(r.difference.find("distance"), std::string::npos) << r.difference;
}

TEST_F(ReplayTest, ReplayNoticesAnActionThatWasTakenOut) {
    play(s);
    events::EventLog altered(s.log().header());
    for (const events::Event& e : s.log().events()) {
        if (e.get<events::TakeAntiseptic>() == nullptr) altered.append(e.tick, e.actor, e.what);
    }
    EXPECT_FALSE(replay(small.world(), altered).same);
}

TEST_F(ReplayTest, ALogOfAnotherCaseOrBodyIsNotSimulated) {
    play(s);
    events::LogHeader header = s.log().header();
    header.anatomy_hash = "another";
    const ReplayResult r = replay(small.world(), events::EventLog(header));
    EXPECT_FALSE(r.same);
    EXPECT_NE(r.difference.find("anatomy"), std::string::npos);
    EXPECT_FALSE(Session::resume(small.world(), events::EventLog(header)).has_value());
}

TEST_F(ReplayTest, AResumedLogGoesOnAsIfNothingHadHappened) {
    play(s);
    // Cut the log as a killed program leaves it: at any line.
    const std::string text = s.log().text();
    std::vector<std::size_t> ends;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n') ends.push_back(i + 1);
    }
    for (std::size_t cut = 1; cut < ends.size(); cut += 37) {
        const auto read = events::read_log(text.substr(0, ends[cut - 1]), "cut.tautlog");
        ASSERT_TRUE(read.has_value());
        auto resumed = Session::resume(small.world(), read->log);
        ASSERT_TRUE(resumed.has_value()) << resumed.error().message << " after line " << cut;
        EXPECT_TRUE(resumed->log().text().starts_with(text.substr(0, ends[cut - 1])));
        resumed->advance(30);
        EXPECT_TRUE(replay(small.world(), resumed->log()).same) << "after line " << cut;
    }
}

TEST_F(ReplayTest, ABranchHoldsEverythingBeforeItsTickAndNamesItsParent) {
    play(s);
    const Tick t = 11 * kTicksPerSecond + 7;
    Session branch = s.branch_at(t);
    EXPECT_EQ(branch.state().now, t);
    EXPECT_EQ(branch.log().header().parent, s.log().chain_head());
    EXPECT_EQ(branch.log().header().parent_tick, t);
    for (const events::Event& e : branch.log().events())
        EXPECT_LT(e.tick, t);
    branch.submit(events::Say{"breathe"});
    branch.advance(240);
    const ReplayResult r = replay(small.world(), branch.log());
    EXPECT_TRUE(r.same) << r.difference;
    EXPECT_TRUE(r.same_bits);
}

TEST_F(ReplayTest, ABranchIsTheStateThatWas) {
    Session until(small.world(), Options{});
    play(s);
    const Tick t = 9 * kTicksPerSecond;
    until.run_actions(s.log().events(), t);
    until.advance(t - until.state().now);
    EXPECT_EQ(s.branch_at(t).state(), until.state());
}

// Random actions: never a crash, the doses add up, live and replay are one.
class RandomPlay : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomPlay, LiveAndReplayAreOneAndVolumesAddUp) {
    SmallWorld small;
    Options options;
    options.seed = GetParam();
    Session s(small.world(), options);
    Random random(GetParam(), "random play");
    const std::vector<events::Action> once{
        events::MountNeedle{events::Syringe::Injection, 25, Millimetres(38)},
        events::DrawUp{events::Syringe::Injection, "lidocaine_0_5", Millilitres(3)},
        events::MountNeedle{events::Syringe::Wheal, 30, Millimetres(13)},
        events::DrawUp{events::Syringe::Wheal, "lidocaine_1", Millilitres(1)},
        events::TakeItem{"sharps_box"},
        events::TakeAntiseptic{"alcohol_70"}};
    for (const events::Action& a : once)
        s.submit(a);
    for (int i = 0; i < 400; ++i) {
        const Vec3 tip = at_depth(kMiddle + random.uniform(-25.0, 25.0), random.uniform(-40.0, 40.0),
                                  random.uniform(-15.0, 34.0));
        const Vec3 axis = glm::normalize(Vec3(random.uniform(-0.7, 0.7), random.uniform(-0.7, 0.7), -1.0));
        const Tool tool = s.state().tool;
        switch (random.below(12)) {
        case 0:
            s.submit(events::SelectTool{static_cast<Tool>(random.below(8))});
            break;
        case 1:
            s.submit(events::PushPlunger{MillilitresPerSecond(random.uniform(0.0, 0.5))});
            break;
        case 2:
            s.submit(events::Aspirate{random.chance(0.5)});
            break;
        case 3:
            s.submit(events::SprayJet{random.chance(0.5)});
            break;
        case 4:
            s.submit(events::Mark{geometry::point(tip)});
            break;
        case 5:
            s.submit(events::BeginActivity{random.chance(0.5) ? "stretch" : "hand_rub"});
            break;
        case 6:
            s.submit(events::WearGloves{static_cast<events::Gloves>(random.below(3))});
            break;
        default:
            s.submit(events::ToolPose{tool, geometry::point(tip), geometry::direction(axis),
                                      Newtons(random.uniform(-5.0, 50.0))});
        }
        s.advance(1 + random.below(20));
    }
    double deposited = 0.0;
    for (const auto& d : all<events::Deposited>(s))
        deposited += d.volume.value();
    const double used = s.state().injection.drawn_mL + s.state().wheal.drawn_mL -
                        s.state().injection.volume_mL - s.state().wheal.volume_mL -
                        s.state().injection.pushed_mL - s.state().wheal.pushed_mL;
    EXPECT_NEAR(deposited, used, 0.005 * static_cast<double>(all<events::Deposited>(s).size()) + 1e-6);
    const ReplayResult r = replay(small.world(), s.log());
    EXPECT_TRUE(r.same) << r.difference;
    EXPECT_TRUE(r.same_bits);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPlay, ::testing::Range<std::uint64_t>(1, 9));

} // namespace
} // namespace tb::session
