// Calibration: muscles to living volume, floating layers onto what is under them, the apex down.
#include <gtest/gtest.h>

#include "forge/living.h"
#include "support/small_body.h"

namespace tb::forge {
namespace {

using geometry::Lattice;
using geometry::Vec3;

/// A flat strip 100 mm long (y) and 40 wide (x), 6 mm thick, in the plane z; its normal points forward.
anatomy::Structure strip(const std::string& id, double z) {
    std::vector<Vec3> points;
    constexpr int kU = 9, kV = 5;
    for (int i = 0; i < kU; ++i)
        for (int j = 0; j < kV; ++j)
            points.emplace_back(-20.0 + 10.0 * j, 50.0 - 12.5 * i, z);
    Lattice lattice(kU, kV, points, std::vector<double>(points.size(), 3.0));
    if (lattice.normal(0.5, 0.5).z < 0) { // the other way across
        for (std::size_t n = 0; n < points.size(); ++n)
            points[n].x = -points[n].x;
        lattice = Lattice(kU, kV, points, std::vector<double>(points.size(), 3.0));
    }
    anatomy::Structure s;
    s.id = id;
    s.side = anatomy::Side::Midline; // it lies across the midline; no twin takes half of it
    s.parts.push_back({"main", std::move(lattice)});
    return s;
}

std::vector<Built> plate() { // a bone whose front face lies at z = 0
    anatomy::Structure s;
    s.id = "plate";
    s.kind = StructureKind::Bone;
    return {Built{s, {test::box_mesh({-100, -100, -30}, {100, 100, 0})}}};
}

double volume(const anatomy::Structure& muscle) {
    return volume_mm3(muscle.parts[0].lattice.mesh(0, {}, {4, 8, 16}));
}

TEST(Calibrate, AFloatingMuscleComesToRestAndKeepsItsEnds) {
    Figures figures;
    figures.muscles.push_back({strip("sheet_r", 18.0)});
    figures.living.lay = {"sheet"};
    calibrate(figures, plate());
    const Lattice& laid = figures.muscles[0].structure.parts[0].lattice;
    EXPECT_NEAR(laid.position({0.5, 0.5, -1.0}).z, 0.4, 0.8); // loose tissue stays between
    EXPECT_NEAR(laid.mid_surface(0.0, 0.5).z, 18.0, 1e-9);
    EXPECT_NEAR(laid.mid_surface(1.0, 0.5).z, 18.0, 1e-9);
}

TEST(Calibrate, ASunkenMuscleRisesOutOfTheBone) {
    Figures figures;
    figures.muscles.push_back({strip("sheet_r", -1.0)});
    figures.living.lay = {"sheet"};
    calibrate(figures, plate());
    EXPECT_NEAR(figures.muscles[0].structure.parts[0].lattice.position({0.5, 0.5, -1.0}).z, 0.4, 0.8);
}

TEST(Calibrate, LaterOnesRestOnEarlierOnesAndNerveFollows) {
    Figures figures;
    figures.muscles.push_back({strip("upper_r", 22.0)});
    figures.muscles.push_back({strip("lower_r", 12.0)});
    figures.living.lay = {"lower", "upper"};
    TubeFigure nerve;
    nerve.points.push_back({{0.0, 0.0, 21.0}, 1.0});
    nerve.points.push_back({{300.0, 0.0, 21.0}, 1.0});
    figures.tubes.push_back(nerve);
    calibrate(figures, plate());
    const Lattice& upper = figures.muscles[0].structure.parts[0].lattice;
    const Lattice& lower = figures.muscles[1].structure.parts[0].lattice;
    // Shifts are averaged with those of the thin edges, which lie lower: the middle sinks in by 1.4 mm.
    EXPECT_NEAR(upper.position({0.5, 0.5, -1.0}).z - lower.position({0.5, 0.5, 1.0}).z, 0.4, 2.0);
    EXPECT_LT(figures.tubes[0].points[0].position.z, 16.0);
    EXPECT_EQ(figures.tubes[0].points[1].position, Vec3(300.0, 0.0, 21.0));
}

TEST(Calibrate, WhatIsNotListedStays) {
    Figures figures;
    figures.muscles.push_back({strip("sheet_r", 18.0)});
    calibrate(figures, plate());
    EXPECT_EQ(figures.muscles[0].structure.parts[0].lattice.points(),
              strip("sheet_r", 18.0).parts[0].lattice.points());
}

TEST(Calibrate, VolumesAreReachedBySheetsAndRoundBellies) {
    for (const bool round : {false, true})
        for (const double ratio : {0.5, 1.8}) {
            Figures figures;
            figures.muscles.push_back({strip("sheet_r", 18.0)});
            const double before = volume(figures.muscles[0].structure);
            figures.living.volume["sheet"] = {ratio, round};
            calibrate(figures, plate());
            EXPECT_NEAR(volume(figures.muscles[0].structure) / before, ratio, 0.04) << ratio << round;
            const Lattice& l = figures.muscles[0].structure.parts[0].lattice;
            const double wide = glm::length(l.mid_surface(0.5, 1.0) - l.mid_surface(0.5, 0.0));
            EXPECT_EQ(std::abs(wide - 40.0) > 2.0, round) << wide; // a sheet keeps its width
        }
}

TEST(Calibrate, OnlyTheUpperPleuraComesDown) {
    Figures figures;
    LoftFigure pleura;
    pleura.structure.kind = StructureKind::Pleura;
    for (const double y : {1200.0, 1400.0, 1450.0, 1490.0})
        pleura.sections.push_back({y, 0, 0, 1, std::vector<double>(8, 40.0)});
    figures.lofts.push_back(pleura);
    figures.living.apex_down_mm = 25.0;
    figures.living.apex_from_y = 1395.0;
    calibrate(figures, plate());
    const std::vector<Section>& s = figures.lofts[0].sections;
    EXPECT_EQ(s[0].y, 1200.0);
    EXPECT_NEAR(s[1].y, 1400.0, 0.3);
    EXPECT_NEAR(s[3].y, 1465.0, 1e-9);
    EXPECT_LT(s[2].y, s[3].y);
}

} // namespace
} // namespace tb::forge
