// How muscles come to lie together: ends brought to bone, room made, what overlaps shared out, growth.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "forge/attach.h"
#include "forge/growth.h"
#include "forge/make_room.h"
#include "forge/separate.h"
#include "support/small_body.h"

namespace tb::forge {
namespace {

using geometry::Lattice;
using geometry::Vec3;

/// A flat strip, fibres along -y from 60 to -60, its normal along z.
MuscleFigure strip(const std::string& id, double z, double half_mm, double x = -60.0) {
    constexpr int kU = 13, kV = 7;
    std::vector<Vec3> points;
    for (int i = 0; i < kU; ++i)
        for (int j = 0; j < kV; ++j)
            points.emplace_back(x - 21.0 + 7.0 * j, 60.0 - 10.0 * i, z);
    anatomy::Structure s;
    s.id = id;
    s.kind = StructureKind::Muscle;
    s.side = anatomy::Side::Right;
    s.parts.push_back({"main", Lattice(kU, kV, points, std::vector<double>(points.size(), half_mm))});
    return {s};
}

Built bone(Vec3 low, Vec3 high) {
    anatomy::Structure s;
    s.id = "bone_r";
    s.kind = StructureKind::Bone;
    return {s, {test::box_mesh(low, high)}};
}

/// Away from the ends, which all strips have in the same planes.
geometry::Box belly(const Built& built) {
    geometry::Box box;
    for (const glm::vec3& p : built.lods.front().positions)
        if (std::abs(p.y) < 55.0F) box.add(Vec3(p));
    return box;
}
double top(const Built& built) {
    return belly(built).high.z;
}
double bottom(const Built& built) {
    return belly(built).low.z;
}

TEST(Separate, NeighboursMeetHalfWayAndNothingIsLeftInBone) {
    std::vector<Built> built = dense_muscles({strip("lower_r", 0.0, 6.0), strip("upper_r", 8.0, 6.0)});
    const std::vector<Built> skeleton{bone({-200, -200, -40}, {200, 200, -4})};
    separate(built, skeleton);
    EXPECT_NEAR(top(built[0]), 4.0, 0.5); // -6 to 6 and 2 to 14 share 2 to 6
    EXPECT_NEAR(bottom(built[1]), 4.0, 0.5);
    EXPECT_NEAR(bottom(built[0]), -4.0, 0.3);
    for (const Built& b : built) {
        EXPECT_TRUE(check(b.lods.front()).closed());
        EXPECT_GT(volume_mm3(b.lods.front()), 0.0);
    }
    EXPECT_NEAR(top(built[1]), 14.0, 0.1); // where nothing is in the way nothing changes
}

TEST(Separate, AThickMuscleDoesNotReachThroughAThinLayer) {
    MuscleFigure sheet = strip("sheet_r", 5.0, 0.5);
    sheet.structure.kind = StructureKind::Tendon;
    std::vector<Built> built = dense_muscles({strip("thick_r", 0.0, 8.0), sheet});
    separate(built, {});
    EXPECT_LT(top(built[0]), 8.0);
    const auto& positions = built[0].lods.front().positions;
    const bool through = std::any_of(positions.begin(), positions.end(), [](const glm::vec3& p) {
        return p.z > 4.7F && std::abs(p.x + 60.0F) < 12.0F && std::abs(p.y) < 50.0F;
    });
    EXPECT_FALSE(through);
    EXPECT_NEAR(top(built[1]), 5.5, 0.05); // fasciae keep their place
}

TEST(Separate, TwinsKeepToTheirSidesOfTheMidline) {
    std::vector<Built> built = dense_muscles({strip("middle_r", 0.0, 6.0, -15.0)});
    EXPECT_GT(bounds(built[0].lods.front()).high.x, 5.0);
    separate(built, {});
    EXPECT_LT(belly(built[0]).high.x, 1.0);
}

TEST(MakeRoom, OverlappingMusclesMoveApartAndTheirEndsStay) {
    std::vector<MuscleFigure> muscles{strip("lower_r", 0.0, 4.0), strip("upper_r", 4.0, 4.0)};
    const std::vector<Moved> moved = make_room(muscles, {});
    const Lattice& lower = muscles[0].structure.parts[0].lattice;
    const Lattice& upper = muscles[1].structure.parts[0].lattice;
    EXPECT_GT(upper.mid_surface(0.5, 0.5).z - lower.mid_surface(0.5, 0.5).z, 7.0); // 8 would be free
    EXPECT_NEAR(lower.mid_surface(0.0, 0.5).z, 0.0, 1e-9);
    EXPECT_NEAR(upper.mid_surface(1.0, 0.5).z, 4.0, 1e-9);
    EXPECT_EQ(moved.size(), 2U * 13U * 7U);
    EXPECT_TRUE(
        std::any_of(moved.begin(), moved.end(), [](const Moved& m) { return glm::length(m.by) > 1.0; }));
}

TEST(MakeRoom, AMuscleGivesWayToBoneAltogether) {
    std::vector<MuscleFigure> muscles{strip("muscle_r", 0.0, 4.0)};
    const std::vector<Built> skeleton{bone({-200, -200, -12}, {200, 200, -1})};
    make_room(muscles, skeleton);
    EXPECT_NEAR(muscles[0].structure.parts[0].lattice.position({0.5, 0.5, -1.0}).z, -1.0, 0.6);
}

TEST(Attach, AnEndComesToItsBoneAndOneTooFarStays) {
    std::vector<MuscleFigure> muscles{strip("muscle_r", 0.0, 4.0)};
    const std::vector<Built> skeleton{bone({-200, 70, -30}, {200, 100, 30}),
                                      bone({-200, -200, -30}, {200, -90, 30})};
    attach(muscles, skeleton);
    const Lattice& lattice = muscles[0].structure.parts[0].lattice;
    EXPECT_NEAR(lattice.mid_surface(0.0, 0.5).y, 70.0, 0.5);   // was 10 mm short
    EXPECT_NEAR(lattice.mid_surface(1.0, 0.5).y, -60.0, 1e-9); // 30 mm short: not its bone
    EXPECT_NEAR(lattice.mid_surface(0.5, 0.5).y, 0.0, 1e-9);   // the belly stays
}

TEST(GrowthField, PushesWhatLiesOverAMuscleOutwardAndNothingIntoBone) {
    // A slab of muscle 20 mm thick on bone, under 10 mm of fat.
    std::vector<Built> body;
    anatomy::Structure muscle;
    muscle.kind = StructureKind::Muscle;
    body.push_back({muscle, {test::box_mesh({-100, -100, 0}, {-0.01, 100, 20})}});
    body.push_back(bone({-100, -100, -60}, {-0.01, 100, 0}));
    Built skin{{}, {test::box_mesh({-130, -130, -70}, {130, 130, 30})}};
    skin.lods.push_back(skin.lods.front());
    const anatomy::Growth growth = growth_of(body, skin);
    ASSERT_FALSE(growth.empty());
    const double over = growth.at({-20.0, 0.0, 25.0}).z, middle = growth.at({-20.0, 0.0, 10.0}).z;
    EXPECT_NEAR(over, 20.0, 2.5); // a doubled volume needs as much again
    EXPECT_NEAR(middle, 10.0, 2.5);
    EXPECT_LT(std::abs(growth.at({-20.0, 0.0, 0.0}).z), 4.0);
    EXPECT_NEAR(growth.at({0.0, 0.0, 15.0}).x, 0.0, 1e-6); // the midline stays
    EXPECT_EQ(growth.at({-20.0, 0.0, 25.0}).z, growth.at({20.0, 0.0, 25.0}).z);
}

} // namespace
} // namespace tb::forge
