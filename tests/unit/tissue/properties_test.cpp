// Properties that hold for whatever a hand does: seeded random presses, pushes, turns and withdrawals.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/mechanics.h"
#include "support/small_body.h"
#include "tissue/elasticity.h"
#include "tissue/injection.h"
#include "tissue/needle.h"
#include "tissue/palpation.h"

namespace tb::tissue {
namespace {

using geometry::Vec3;
using test::mechanics;

constexpr double kStep_s = 1.0 / 960.0;

std::vector<StackLayer> random_stack(Random& random) {
    std::vector<StackLayer> stack;
    const int layers = 1 + static_cast<int>(random.below(6));
    for (int i = 0; i < layers; ++i)
        stack.push_back({random.uniform(0.2, 25.0), {random.uniform(1.0, 200.0), random.uniform(0.1, 0.95)}});
    return stack;
}

TEST(Properties, IndentationRisesWithForceInAnyStack) {
    Random random(1, "stacks");
    for (int k = 0; k < 200; ++k) {
        const auto stack = random_stack(random);
        const double radius = random.uniform(2.0, 9.0);
        double force = 0.0, depth = 0.0, limit_mm = 0.0;
        for (const StackLayer& layer : stack)
            limit_mm += mechanics().value("palp.strain_limit") * layer.thickness_mm;
        for (int i = 0; i < 40; ++i) {
            force += random.uniform(0.01, 4.0);
            const double now = stack_indentation_mm(mechanics(), stack, radius, force);
            if (now >= (1.0 - 1e-9) * limit_mm) break; // squeezed flat
            ASSERT_GT(now, depth) << "stack " << k << ", " << force << " N";
            ASSERT_NEAR(stack_force_N(mechanics(), stack, radius, now), force, 1e-6 * force);
            depth = now;
        }
    }
}

TEST(Properties, APadThatPressesHarderGoesDeeperThroughAnyColumn) {
    Random random(2, "columns");
    using K = StructureKind;
    constexpr K kKinds[] = {K::Subcutis, K::Muscle, K::Tendon, K::Nerve, K::Vein};
    for (int k = 0; k < 100; ++k) {
        anatomy::TissueColumn column;
        column.surface = {Vec3(0.0), Vec3(0.0, 0.0, 1.0)};
        column.layers.push_back({{}, K::Skin, random.uniform(1.0, 3.0)});
        for (std::uint32_t i = 0; i < 2 + random.below(5); ++i)
            column.layers.push_back({StructureId{i + 1}, kKinds[random.below(5)], random.uniform(0.3, 20.0)});
        column.on_bone = random.chance(0.5);
        column.muscle_stiffness = random.uniform(0.9, 1.2);
        PadContact contact;
        contact.column = &column;
        contact.inward = Vec3(0.0, 0.0, -1.0);
        contact.pincer = random.chance(0.2);
        double depth = 0.0;
        for (double force = 0.2; force < 80.0; force *= 1.15) {
            contact.press_N = force;
            const PadReading r = press(mechanics(), contact);
            ASSERT_GT(r.indentation_mm, depth) << "column " << k << ", " << force << " N";
            depth = r.indentation_mm;
        }
    }
}

TEST(Properties, PressingInAndOutNeverGivesEnergyBack) {
    // Any movement of a finger that ends where it began costs work: the tissue is a spring that also fades.
    Random random(3, "loops");
    const auto& stack = mechanics().reference_stack;
    for (int k = 0; k < 60; ++k) {
        Relaxation state;
        double depth = 0.0, shown = 0.0, work_Nmm = 0.0;
        const auto move = [&](double to) {
            const double before = shown;
            shown = relax(mechanics(), stack_force_N(mechanics(), stack, 6.5, to), 1.0 / 120.0, state);
            work_Nmm += 0.5 * (before + shown) * (to - depth);
            depth = to;
        };
        double wish = 0.0;
        for (int i = 0; i < 400; ++i) {
            if (i % 40 == 0) wish = random.uniform(0.0, 15.0);
            move(depth + std::clamp(wish - depth, -0.5, 0.5));
        }
        while (depth > 0.0)
            move(std::max(0.0, depth - 0.5));
        EXPECT_GE(work_Nmm, -1e-6) << "loop " << k;
    }
}

/// A hand with a needle: goes to random depths at random speeds, rests, and turns now and then.
struct Hand {
    Random random;
    const test::SmallBody& body;
    NeedleBody needle;
    NeedleState state;
    Vec3 axis{0.0, 0.0, -1.0};
    Vec3 entry;
    double way_mm = -1.0;
    double pushed_Nmm = 0.0; ///< work of the hand

    Hand(std::uint64_t seed, const test::SmallBody& b)
        : random(seed, "hand"), body(b),
          entry(test::at_depth(test::kMiddle + random.uniform(-8.0, 8.0), random.uniform(-40.0, 50.0), 0.0)) {
        constexpr int kGauges[] = {21, 22, 23, 25, 27, 30};
        needle.gauge = kGauges[random.below(6)];
        needle.length_mm = random.uniform(13.0, 75.0);
        needle.silicone = random.uniform(0.0, 1.0);
    }

    struct Made {
        std::vector<NeedleEvent> events;
        double jump_N = 0.0, moved_mm = 0.0;
        bool turned = false;
    };
    Made step(double to_way_mm, const Vec3& to_axis) {
        Made made;
        made.turned = to_axis != axis;
        made.moved_mm = std::abs(to_way_mm - way_mm);
        const double before_N = state.force_N, before_mm = state.depth_mm;
        way_mm = to_way_mm;
        axis = to_axis;
        const Vec3 tip = state.under_skin ? state.entry + state.course * way_mm : entry + axis * way_mm;
        made.events = advance(mechanics(), body.body(), needle, tip, axis, kStep_s, state);
        made.jump_N = std::abs(state.force_N - before_N);
        pushed_Nmm += state.force_N * std::abs(state.depth_mm - before_mm);
        return made;
    }
    /// One stretch of movement; calls `check` after every step.
    template <class F>
    void wander(F check) {
        const double wish = random.uniform(-2.0, needle.length_mm + 3.0), speed = random.uniform(1.0, 100.0);
        const int rest = random.chance(0.3) ? static_cast<int>(random.below(400)) : 0;
        while (std::abs(wish - way_mm) > 1e-9) {
            const double step_mm = std::clamp(wish - way_mm, -speed * kStep_s, speed * kStep_s);
            check(step(way_mm + step_mm, axis));
        }
        for (int i = 0; i < rest; ++i)
            check(step(way_mm, axis));
        if (!random.chance(0.4)) return;
        const Vec3 turned =
            glm::normalize(axis + Vec3(random.uniform(-0.2, 0.2), random.uniform(-0.2, 0.2), 0.0));
        check(step(way_mm, turned));
    }
};

TEST(Properties, NoForceJumpsButWhereSomethingGivesWay) {
    const test::SmallBody body;
    int steps = 0;
    double largest = 0.0;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        Hand hand(seed, body);
        bool was_under = false;
        for (int k = 0; k < 8; ++k) {
            hand.wander([&](const Hand::Made& made) {
                const bool skin = hand.state.under_skin != was_under; // in or out
                was_under = hand.state.under_skin;
                ASSERT_GE(hand.state.force_N, 0.0);
                ASSERT_TRUE(std::isfinite(hand.state.force_N));
                if (!made.events.empty() || made.turned || skin) return;
                ++steps;
                largest = std::max(largest, made.jump_N);
                ASSERT_LE(made.jump_N, largest_force_step_N(mechanics(), hand.needle, made.moved_mm) + 1e-9)
                    << "seed " << seed << ", " << made.moved_mm << " mm, " << hand.state.depth_mm
                    << " mm deep";
            });
            if (HasFatalFailure()) return;
        }
    }
    EXPECT_GT(steps, 20000);
    EXPECT_GT(largest, 0.0);
}

TEST(Properties, WithdrawingNeverGivesEnergyToTheHand) {
    const test::SmallBody body;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        Hand hand(seed, body);
        double before = 0.0;
        for (int k = 0; k < 6; ++k) {
            hand.wander([&](const Hand::Made&) {
                ASSERT_GE(hand.pushed_Nmm, before) << "seed " << seed; // each step costs work or nothing
                before = hand.pushed_Nmm;
            });
            if (HasFatalFailure()) return;
        }
        while (hand.way_mm > -1.0) {
            hand.step(std::max(-1.0, hand.way_mm - 0.05), hand.axis);
            ASSERT_LE(hand.state.depth_mm, std::max(0.0, hand.way_mm) + 1e-6); // the tissue pulls nothing in
        }
        EXPECT_FALSE(hand.state.under_skin);
        EXPECT_EQ(hand.state.force_N, 0.0);
    }
}

TEST(Properties, EveryStructureThatIsEnteredIsLeftBeforeTheSkin) {
    const test::SmallBody body;
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        Hand hand(seed, body);
        int inside = 0;
        const auto count = [&](const Hand::Made& made) {
            for (const NeedleEvent& e : made.events) {
                using Kind = NeedleEvent::Kind;
                inside += e.kind == Kind::SkinPunctured || e.kind == Kind::Entered ? 1 : 0;
                inside -= e.kind == Kind::Left ? 1 : 0;
                if (e.kind == Kind::OutOfSkin) {
                    EXPECT_EQ(inside, 0) << "seed " << seed;
                }
                EXPECT_LE(e.past_mm, hand.needle.length_mm + 1e-9);
            }
            ASSERT_EQ(inside, static_cast<int>(hand.state.inside.size())) << "seed " << seed;
        };
        for (int k = 0; k < 8; ++k)
            hand.wander(count);
        while (hand.way_mm > -1.0)
            count(hand.step(std::max(-1.0, hand.way_mm - 0.2), hand.axis));
        EXPECT_EQ(inside, 0) << "seed " << seed;
    }
}

TEST(Properties, TheSameHandFeelsTheSame) {
    const test::SmallBody body;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        Hand a(seed, body), b(seed, body);
        for (int k = 0; k < 6; ++k) {
            a.wander([](const Hand::Made&) {});
            b.wander([](const Hand::Made&) {});
        }
        EXPECT_EQ(a.state, b.state) << "seed " << seed;
        EXPECT_EQ(a.needle, b.needle) << "seed " << seed;
    }
}

TEST(Properties, MoreForceNeverMeansLessFlow) {
    Random random(4, "syringes");
    for (int k = 0; k < 200; ++k) {
        const NeedleGauge& gauge = mechanics().gauges[random.below(6)];
        const double length = random.uniform(13.0, 75.0), counter_kPa = random.uniform(0.0, 100.0);
        constexpr int kSizes[] = {1, 3, 5, 10};
        const int size = kSizes[random.below(4)];
        double before = 0.0;
        for (double force = 0.0; force < 80.0; force += 2.5) {
            const double flow = flow_mL_s(mechanics(), gauge, length, size, force, counter_kPa);
            ASSERT_GE(flow, before);
            if (flow > 0.0) { // and the force for that flow is the one that was given
                ASSERT_NEAR(plunger_force_N(mechanics(), gauge, length, size, flow, counter_kPa), force,
                            1e-6 * force);
            }
            before = flow;
        }
    }
}

} // namespace
} // namespace tb::tissue
