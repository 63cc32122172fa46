#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "tissue/elasticity.h"

namespace tb::tissue {
namespace {

using test::mechanics;

TEST(LayerLaw, StrainRisesWithPressureAndNeverReachesTheLock) {
    const LayerLaw law{27.0, 0.69};
    double before = 0.0;
    for (double p = 0.1; p < 1e6; p *= 1.5) {
        const double e = strain_of(law, p);
        EXPECT_GT(e, before);
        EXPECT_LT(e, law.lock);
        before = e;
        // pressure = E0 e / (1 - e / lock), and its slope by a difference
        EXPECT_NEAR(law.e0_kPa * e / (1.0 - e / law.lock), p, 1e-6 * p);
        EXPECT_NEAR(secant_kPa(law, p), p / e, 1e-9 * p / e);
        const double step = 1e-4 * p;
        const double slope = 2.0 * step / (strain_of(law, p + step) - strain_of(law, p - step));
        EXPECT_NEAR(tangent_kPa(law, p), slope, 1e-3 * slope);
    }
    EXPECT_EQ(strain_of(law, -5.0), 0.0);
    const LayerLaw linear{20.0, std::numeric_limits<double>::infinity()};
    EXPECT_DOUBLE_EQ(strain_of(linear, 10.0), 0.5);
    EXPECT_DOUBLE_EQ(tangent_kPa(linear, 1e3), 20.0);
}

TEST(Muscles, DifferByNameFibreDirectionAndTone) {
    EXPECT_LT(muscle_ratio(mechanics(), "sternocleidomastoid_l"), 0.8);
    EXPECT_GT(muscle_ratio(mechanics(), "semispinalis_capitis_r"), 1.05);
    EXPECT_EQ(muscle_ratio(mechanics(), "gluteus_maximus_r"), 1.0);
    EXPECT_NEAR(fibre_factor(mechanics(), "soleus_r", 90.0), 1.0, 1e-12);
    EXPECT_GT(fibre_factor(mechanics(), "soleus_r", 30.0), fibre_factor(mechanics(), "soleus_r", 60.0));
    EXPECT_EQ(tone_factor(mechanics(), -10.0), 1.0);
    EXPECT_LT(tone_factor(mechanics(), 15.0), tone_factor(mechanics(), 30.0));
    EXPECT_EQ(tone_factor(mechanics(), 500.0), tone_factor(mechanics(), 90.0));
    EXPECT_TRUE(std::isfinite(tone_factor(mechanics(), std::nan(""))));
}

TEST(Relaxation, AHeldDepthLosesForceAndAHeldForceCreeps) {
    Relaxation held;
    double before = relax(mechanics(), 20.0, 0.01, held);
    for (int i = 0; i < 2000; ++i) {
        const double now = relax(mechanics(), 20.0, 0.01, held);
        EXPECT_LE(now, before + 1e-12);
        before = now;
    }
    EXPECT_NEAR(before, 20.0 * (1.0 - mechanics().value("palp.relax_share")), 0.1);

    Relaxation pressed;
    double elastic = 0.0;
    for (int i = 0; i < 2000; ++i) {
        const double now = creep(mechanics(), 10.0, 0.01, pressed);
        EXPECT_GE(now, elastic - 1e-9);
        elastic = now;
    }
    EXPECT_NEAR(elastic, 10.0 / (1.0 - mechanics().value("palp.relax_share")), 0.1);
}

TEST(Relaxation, TheStepsLengthHardlyMatters) {
    for (const int steps : {12, 120, 1200}) {
        Relaxation state;
        double elastic = 0.0;
        for (int i = 0; i < steps; ++i)
            elastic = creep(mechanics(), 10.0 * (i + 1) / steps, 1.0 / steps, state);
        EXPECT_NEAR(elastic, 11.16, 0.15) << steps; // a press that grows for a second
    }
}

TEST(Relaxation, CreepGivesTheForceThatIsHeld) {
    Relaxation a;
    for (int i = 1; i <= 300; ++i) {
        const double press = 5.0 + 4.0 * std::sin(0.05 * i);
        Relaxation before = a;
        const double elastic = creep(mechanics(), press, 1.0 / 120.0, a);
        EXPECT_NEAR(relax(mechanics(), elastic, 1.0 / 120.0, before), press, 1e-9);
        EXPECT_EQ(before, a);
    }
}

} // namespace
} // namespace tb::tissue
