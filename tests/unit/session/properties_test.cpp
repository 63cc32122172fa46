// Properties of a session for whatever a person does: seeded random sequences of actions on the small body.
#include <cmath>
#include <map>

#include "small_world.h"

#include "base/random.h"
#include "session/replay.h"

namespace tb::test {
namespace {

using events::Syringe;
using geometry::Vec3;

/// Somebody who does anything at any time; what is impossible is refused.
class Anybody {
public:
    Anybody(session::Session& s, std::uint64_t seed) : s_(s), random_(seed, "anybody") {}

    void act() {
        switch (random_.below(12)) {
        case 0:
            submit(events::MountNeedle{syringe(), pick({21, 22, 25, 27, 30}),
                                       Millimetres(random_.uniform(13.0, 75.0))});
            break;
        case 1:
            draw_up();
            break;
        case 2:
            submit(events::ExpelAir{syringe()});
            break;
        case 3:
            submit(events::SelectTool{static_cast<events::Tool>(random_.below(8))});
            break;
        case 4:
            submit(events::Aspirate{random_.chance(0.6), Newtons(random_.uniform(0.0, 4.0))});
            break;
        case 5:
            submit(events::PushPlunger{
                MillilitresPerSecond(random_.chance(0.2) ? 0.0 : random_.uniform(0.005, 0.6))});
            break;
        case 6:
            submit(events::TurnBevel{Degrees(random_.uniform(-180.0, 180.0))});
            break;
        case 7:
            throw_away();
            break;
        case 8:
            submit(random_.chance(0.5) ? events::Action(events::BeginActivity{"gauze_pressure"})
                                       : events::Action(events::EndActivity{}));
            break;
        default:
            move();
            break;
        }
        s_.advance(static_cast<Tick>(random_.below(60)));
    }

    std::map<Syringe, double> drawn, discarded; ///< mL

private:
    bool submit(const events::Action& a) { return s_.submit(a); }
    Syringe syringe() { return random_.chance(0.3) ? Syringe::Wheal : Syringe::Injection; }
    int pick(std::initializer_list<int> of) {
        return *(of.begin() + random_.below(static_cast<std::uint32_t>(of.size())));
    }
    void draw_up() {
        const Syringe y = syringe();
        const double volume = std::round(random_.uniform(0.01, 3.0) * 100.0) / 100.0;
        if (submit(
                events::DrawUp{y, random_.chance(0.8) ? "lidocaine_0_5" : "saline_0_9", Millilitres(volume)}))
            drawn[y] += volume;
    }
    void throw_away() {
        const Syringe y = syringe();
        const bool wheal = y == Syringe::Wheal;
        const std::string place = random_.chance(0.5) ? "bin" : "tray";
        // What is being pushed just now is stated first; then what is left goes with the syringe.
        submit(events::PushPlunger{MillilitresPerSecond(0.0)});
        const double left = s_.state().syringe(y).volume_mL;
        if (submit(events::Dispose{wheal ? "wheal_needle" : "needle", place}) && place == "bin")
            discarded[y] += left;
    }
    void move() {
        const events::Tool tool = s_.state().tool;
        if (tool == events::Tool::None) return;
        const Vec3 to = at_depth(kMiddle + random_.uniform(-12.0, 12.0), random_.uniform(-40.0, 40.0),
                                 random_.uniform(-5.0, 45.0));
        Vec3 axis = glm::normalize(Vec3(random_.uniform(-0.5, 0.5), random_.uniform(-0.5, 0.5), -1.0));
        const int ticks = 5 + static_cast<int>(random_.below(60));
        for (int k = 1; k <= ticks; ++k) {
            const Vec3 at = glm::mix(last_, to, static_cast<double>(k) / ticks);
            submit(events::ToolPose{tool, geometry::point(at), geometry::direction(axis),
                                    Newtons(random_.uniform(0.0, 20.0))});
            s_.advance();
        }
        last_ = to;
    }

    session::Session& s_;
    Random random_;
    Vec3 last_ = at_depth(kMiddle, 0.0, -5.0);
};

constexpr int kActions = 150;

TEST(SessionProperties, TheSameActionsGiveTheSameFindings) {
    SmallWorld world;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        session::Options options;
        options.seed = seed;
        session::Session a(world.world(), options), b(world.world(), options);
        Anybody one(a, seed), other(b, seed);
        for (int i = 0; i < kActions; ++i) {
            one.act();
            other.act();
        }
        ASSERT_EQ(a.log().events().size(), b.log().events().size()) << "seed " << seed;
        EXPECT_EQ(a.log().events(), b.log().events()) << "seed " << seed;
        EXPECT_EQ(a.state(), b.state()) << "seed " << seed;
        EXPECT_EQ(a.state().hash(), b.state().hash()) << "seed " << seed;
        // And what was logged can be simulated again to the same end.
        const auto again = session::replay(world.world(), a.log());
        EXPECT_TRUE(again.same_bits) << "seed " << seed << ": " << again.difference;
    }
}

TEST(SessionProperties, VolumesAreConservedFromTheVialToTheTissue) {
    SmallWorld world;
    double deposited_in_all = 0.0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        session::Options options;
        options.seed = seed;
        session::Session s(world.world(), options);
        Anybody anybody(s, seed);
        for (int i = 0; i < 2 * kActions; ++i)
            anybody.act();
        s.submit(events::PushPlunger{MillilitresPerSecond(0.0)});
        std::map<Syringe, double> deposited;
        double leaked = 0.0;
        for (const auto& d : all<events::Deposited>(s)) {
            EXPECT_GE(d.volume.value(), 0.0);
            deposited[d.syringe] += d.volume.value();
        }
        for (const auto& l : all<events::Leaked>(s))
            leaked += l.volume.value();
        for (const Syringe y : {Syringe::Wheal, Syringe::Injection}) {
            const double accounted = s.state().syringe(y).volume_mL + deposited[y] + anybody.discarded[y];
            EXPECT_NEAR(accounted, anybody.drawn[y], 0.01) << "seed " << seed;
        }
        EXPECT_LE(leaked, deposited[Syringe::Wheal] + deposited[Syringe::Injection]);
        deposited_in_all += deposited[Syringe::Wheal] + deposited[Syringe::Injection];
    }
    EXPECT_GT(deposited_in_all, 1.0) << "the sequences inject nothing: they prove nothing";
}

} // namespace
} // namespace tb::test
