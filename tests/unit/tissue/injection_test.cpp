#include <cmath>
#include <numbers>
#include <string>

#include <gtest/gtest.h>

#include "support/mechanics.h"
#include "tissue/injection.h"

namespace tb::tissue {
namespace {

using test::mechanics;

struct FlowRow {
    int gauge;
    double length_mm, flow, pressure_kPa, force_3mL, force_5mL, force_10mL;
};
// Rows of the published table of flow: viscous and kinetic pressure added, hydraulic force alone.
class FlowTable : public testing::TestWithParam<FlowRow> {};

TEST_P(FlowTable, IsReproducedWithinTwoPercent) {
    const FlowRow& r = GetParam();
    const NeedleGauge& g = *mechanics().gauge(r.gauge);
    const double pressure = needle_pressure_kPa(mechanics(), g, r.length_mm, r.flow, solution(mechanics()));
    EXPECT_NEAR(pressure, r.pressure_kPa, 0.02 * r.pressure_kPa + 0.05);
    const double friction = mechanics().value("needle.syringe_glide");
    const auto hydraulic = [&](int syringe) {
        return plunger_force_N(mechanics(), g, r.length_mm, syringe, r.flow, 0.0) - friction;
    };
    EXPECT_NEAR(hydraulic(3), r.force_3mL, 0.02 * r.force_3mL + 0.005);
    EXPECT_NEAR(hydraulic(5), r.force_5mL, 0.02 * r.force_5mL + 0.005);
    EXPECT_NEAR(hydraulic(10), r.force_10mL, 0.02 * r.force_10mL + 0.005);
    // and back
    EXPECT_NEAR(flow_mL_s(mechanics(), g, r.length_mm, 3, hydraulic(3) + friction, 0.0), r.flow, 1e-9);
}
INSTANTIATE_TEST_SUITE_P(Injection, FlowTable,
                         testing::Values(FlowRow{21, 38, 0.5, 17.8, 1.05, 2.03, 2.93},
                                         FlowRow{22, 38, 0.1, 5.9, 0.35, 0.68, 0.98},
                                         FlowRow{23, 25, 0.5, 75.6, 4.45, 8.64, 12.49},
                                         FlowRow{25, 25, 0.1, 26.4, 1.55, 3.01, 4.35},
                                         FlowRow{25, 38, 0.1, 38.0, 2.24, 4.34, 6.27},
                                         FlowRow{27, 32, 0.1, 76.6, 4.51, 8.75, 12.65},
                                         FlowRow{30, 25, 0.1, 188.6, 11.11, 21.54, 31.13}));

TEST(Injection, NothingFlowsBelowFrictionAndCounterPressure) {
    const NeedleGauge& g = *mechanics().gauge(25);
    EXPECT_EQ(flow_mL_s(mechanics(), g, 38.0, 3, 3.0, 0.0), 0.0);
    EXPECT_EQ(flow_mL_s(mechanics(), g, 38.0, 3, -10.0, 0.0), 0.0);
    EXPECT_EQ(flow_mL_s(mechanics(), g, 38.0, 3, std::nan(""), 0.0), 0.0);
    EXPECT_EQ(flow_mL_s(mechanics(), g, 38.0, 3, 4.0, 1000.0), 0.0);
}

TEST(Injection, MoreForceNeverGivesLessFlow) {
    const NeedleGauge& g = *mechanics().gauge(27);
    double before = 0.0;
    for (double force = 0.0; force < 40.0; force += 0.5) {
        const double flow = flow_mL_s(mechanics(), g, 32.0, 5, force, 10.0);
        EXPECT_GE(flow, before);
        before = flow;
    }
    EXPECT_GT(before, 0.0);
}

TEST(Injection, TheDermisResistsMoreThanMuscleAndAVeinLess) {
    const double muscle = tissue_pressure_kPa(mechanics(), StructureKind::Muscle);
    EXPECT_GT(tissue_pressure_kPa(mechanics(), StructureKind::Skin), 5.0 * muscle);
    EXPECT_LT(tissue_pressure_kPa(mechanics(), StructureKind::Vein), muscle);
    EXPECT_LE(tissue_pressure_kPa(mechanics(), StructureKind::Vein), 2.0);
}

TEST(Injection, FinerNeedlesShowBloodLater) {
    double before = 0.0;
    for (const int gauge : {21, 22, 23, 25, 27, 30}) {
        const double t = aspiration_time_s(mechanics(), *mechanics().gauge(gauge), 38.0);
        EXPECT_GT(t, before) << gauge;
        before = t;
    }
}

TEST(Injection, TheDepotHoldsTheInjectedVolumeAndHasThePublishedSize) {
    const double table[][3] = {{0.1, 6.0, 2.0}, {0.5, 10.2, 3.4}, {1.0, 12.9, 4.3}, {5.0, 22.1, 7.4}};
    for (const auto& row : table) {
        const Depot d = depot_size(mechanics(), row[0]);
        EXPECT_NEAR(d.along_mm, row[1], 0.06);
        EXPECT_NEAR(d.across_mm, row[2], 0.06);
        EXPECT_NEAR(4.0 / 3.0 * std::numbers::pi * d.along_mm * d.across_mm * d.across_mm, row[0] * 1000.0,
                    1e-6);
    }
    EXPECT_EQ(depot_size(mechanics(), 0.0).along_mm, 0.0);
    EXPECT_EQ(depot_size(mechanics(), -1.0).along_mm, 0.0);
}

TEST(Depot, ReachesFartherAlongTheFibresThanAcross) {
    EXPECT_TRUE(depot_reaches(mechanics(), 0.3, 10.0, 0.0));
    EXPECT_FALSE(depot_reaches(mechanics(), 0.3, 0.0, 10.0));
    EXPECT_TRUE(depot_reaches(mechanics(), 3.0, 0.0, 10.0));
    EXPECT_FALSE(depot_reaches(mechanics(), 0.0, 0.0, 0.0));
}

TEST(LeakBack, FadesWithRestAndIsPartOfTheDepot) {
    double before = 1.0;
    for (const double rest : {0.0, 2.0, 10.0, 60.0}) {
        const double leak = leak_back_mL(mechanics(), 0.5, rest);
        EXPECT_LT(leak, before);
        EXPECT_GE(leak, 0.0);
        before = leak;
    }
    EXPECT_LT(leak_back_mL(mechanics(), 0.5, 0.0), 0.2);
    EXPECT_EQ(leak_back_mL(mechanics(), 0.0, 0.0), 0.0);
}

TEST(Plunger, NeedsMoreToStartAndPullsNoMoreThanTheAirGives) {
    const NeedleGauge& g = mechanics().nearest_gauge(25);
    EXPECT_GT(plunger_start_N(mechanics(), g, 38.0, 3, 0.1, 0.0),
              plunger_force_N(mechanics(), g, 38.0, 3, 0.1, 0.0));
    EXPECT_EQ(aspiration_vacuum_kPa(mechanics(), 3, 0.0), mechanics().value("needle.aspiration_vacuum"));
    EXPECT_LT(aspiration_vacuum_kPa(mechanics(), 3, 0.5), aspiration_vacuum_kPa(mechanics(), 3, 2.0));
    EXPECT_EQ(aspiration_vacuum_kPa(mechanics(), 1, 50.0), mechanics().value("needle.vacuum_most"));
    EXPECT_LT(aspiration_time_s(mechanics(), g, 38.0, 60.0), aspiration_time_s(mechanics(), g, 38.0, 30.0));
}

} // namespace
} // namespace tb::tissue
