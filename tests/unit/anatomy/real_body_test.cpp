// The body that the forge built, through the loader: what it is made of, and what probes through it say.
#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "anatomy/queries.h"
#include "support/real_body.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;

class RealBody : public testing::Test {
protected:
    void SetUp() override {
        atlas_ = test::real_atlas();
        ASSERT_NE(atlas_, nullptr);
    }
    [[nodiscard]] Body make(const std::string& point, Side side, double scatter_mm,
                            std::uint64_t seed) const {
        BodySpec spec;
        spec.scatter_mm = scatter_mm;
        if (!point.empty()) {
            PointSpec wish;
            wish.point = point;
            wish.side = side;
            spec.points.push_back(wish);
        }
        auto body = Body::create(*atlas_, spec, seed);
        if (!body) ADD_FAILURE() << body.error().front().text();
        return std::move(*body);
    }
    [[nodiscard]] std::string describe(const std::vector<Crossing>& crossings) const {
        std::string out;
        for (const Crossing& c : crossings) {
            const std::string name =
                c.structure.valid() ? atlas_->structure(c.structure).id : std::string(name_of(c.kind));
            out += fmt::format("{} ({}) {:.1f}-{:.1f}\n", name, name_of(c.kind), c.enter_mm, c.leave_mm);
        }
        return out;
    }
    const Atlas* atlas_ = nullptr;
};

TEST_F(RealBody, EarsStandOffTheHeadAroundAHollow) {
    const Body body = make("", Side::Right, 0.0, 1);
    for (const double side : {-1.0, 1.0}) {
        const auto outermost = [&](double y, double z) {
            const auto hit = skin_hit(body, {side * 200.0, y, z}, {-side, 0.0, 0.0});
            return hit ? std::abs(hit->point.x) : 0.0;
        };
        const double helix = outermost(1642.1, 63.6), concha = outermost(1635.4, 82.6);
        EXPECT_GT(helix, 94.0) << side;
        EXPECT_LT(helix, 103.0) << side;
        EXPECT_LT(concha, helix - 10.0) << side;
    }
}

TEST_F(RealBody, FingersAndToesAreApartOnBothSides) {
    const Body body = make("", Side::Right, 0.0, 1);
    const auto mirrored_too = [&](const Vec3& p, auto&& holds) {
        for (const Vec3& q : {p, geometry::mirrored(p)})
            EXPECT_TRUE(holds(skin_depth(body, q))) << fmt::format("{:.1f} {:.1f} {:.1f}", q.x, q.y, q.z);
    };
    // Middle phalanges of index to little finger, second to fifth toe at their tips.
    const std::array<std::array<Vec3, 4>, 2> digits{
        {{Vec3(-327.9, 738.0, 179.4), Vec3(-297.1, 732.2, 187.8), Vec3(-270.2, 739.2, 186.7),
          Vec3(-243.4, 755.4, 180.5)},
         {Vec3(-151.6, -73.1, 254.1), Vec3(-166.0, -74.1, 243.8), Vec3(-175.7, -74.6, 225.1),
          Vec3(-181.5, -74.6, 203.8)}}};
    for (const auto& row : digits)
        for (std::size_t i = 0; i < row.size(); ++i) {
            mirrored_too(row[i], [](double d) { return d < -2.5; });
            const bool little_toe = &row == &digits[1] && i == 3; // touches its neighbour
            if (i > 0 && !little_toe)
                mirrored_too((row[i - 1] + row[i]) / 2.0, [](double d) { return d > 0.2; });
        }
}

TEST_F(RealBody, EveryMeshIsClosedAndOutward) {
    for (std::uint32_t i = 0; i < atlas_->structure_count(); ++i) {
        const geometry::MeshCheck check = geometry::check(atlas_->mesh(StructureId{i}));
        EXPECT_TRUE(check.closed() && check.outward) << atlas_->structure(StructureId{i}).id;
    }
}

TEST_F(RealBody, EveryStructureLiesUnderTheSkin) {
    // The skin of this issue keeps at least 2 mm above muscle; sampled.
    const Body body = make("", Side::Right, 0.0, 1);
    for (std::uint32_t i = 0; i < atlas_->structure_count(); ++i) {
        const Structure& s = atlas_->structure(StructureId{i});
        if (s.kind != StructureKind::Muscle || s.region == "foot" || s.region == "leg") continue;
        const geometry::Mesh& mesh = atlas_->mesh(StructureId{i});
        std::size_t outside = 0, sampled = 0;
        for (std::size_t k = 0; k < mesh.positions.size(); k += 37) {
            ++sampled;
            if (skin_depth(body, Vec3(mesh.positions[k])) > -0.5) ++outside;
        }
        EXPECT_LE(outside * 50, sampled) << s.id << ": " << outside << " of " << sampled;
    }
}

TEST_F(RealBody, EveryTriggerPointWithALatticeLiesInItsMuscle) {
    for (const TriggerPoint& point : atlas_->trigger_points()) {
        if (point.muscle.empty()) continue;
        const Body body = make(point.id, Side::Right, 0.0, 1);
        ASSERT_EQ(body.bands().size(), 1U) << point.id;
        const Band& band = body.bands()[0];
        const auto& part = atlas_->structure(band.muscle).parts[static_cast<std::size_t>(band.part)];
        EXPECT_LE(part.lattice.inverse(band.centre).distance, 1.0) << point.id;
        EXPECT_GE(band.line.size(), 8U) << point.id;
        EXPECT_GT(band.depth_mm, 2.0) << point.id;
        EXPECT_LT(skin_depth(body, band.centre), 0.0) << point.id;
    }
}

TEST_F(RealBody, SeedsMovePointsAndKeepThemInside) {
    for (const char* id :
         {"trapezius-descendens-1", "trapezius-descendens-2", "levator-scapulae-1", "infraspinatus-1"}) {
        const TriggerPoint* point = atlas_->trigger_point(id);
        ASSERT_NE(point, nullptr);
        int moved = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const Body body = make(id, Side::Right, 10.0, seed);
            ASSERT_EQ(body.bands().size(), 1U);
            const Band& band = body.bands()[0];
            const auto& part = atlas_->structure(band.muscle).parts[static_cast<std::size_t>(band.part)];
            EXPECT_LE(part.lattice.inverse(band.centre).distance, 0.5) << id << " seed " << seed;
            const double shift = glm::length(band.centre - part.lattice.position(point->at));
            // 15 mm along and 15 mm across at most; fibres and width need not be at right angles.
            EXPECT_LE(shift, 30.5) << id << " seed " << seed;
            moved += shift > 1.0 ? 1 : 0;
        }
        EXPECT_GE(moved, 15) << id;
    }
}

TEST_F(RealBody, TheLeftSideIsTheMirrorImage) {
    const Body right = make("trapezius-descendens-2", Side::Right, 0.0, 1),
               left = make("trapezius-descendens-2", Side::Left, 0.0, 1);
    ASSERT_EQ(left.bands().size(), 1U);
    EXPECT_LT(glm::length(left.bands()[0].centre - geometry::mirrored(right.bands()[0].centre)), 1e-3);
    EXPECT_NEAR(left.bands()[0].depth_mm, right.bands()[0].depth_mm, 0.25);
}

TEST_F(RealBody, AProbeThroughTheDescendingTrapeziusNamesTheLayersInOrder) {
    const Body body = make("trapezius-descendens-2", Side::Right, 0.0, 1);
    ASSERT_EQ(body.bands().size(), 1U);
    const Band& band = body.bands()[0];
    const SkinPoint skin = nearest_skin(body, band.centre);
    const auto crossings =
        path_crossings(body, skin.point + 10.0 * skin.normal, skin.point - 45.0 * skin.normal);
    SCOPED_TRACE(describe(crossings));
    ASSERT_GE(crossings.size(), 4U);
    EXPECT_EQ(crossings[0].kind, StructureKind::Skin);
    EXPECT_NEAR(crossings[0].leave_mm, 2.3, 0.4);
    EXPECT_EQ(crossings[1].kind, StructureKind::Subcutis);
    const auto trapezius = std::find_if(crossings.begin(), crossings.end(),
                                        [&](const Crossing& c) { return c.structure == band.muscle; });
    ASSERT_NE(trapezius, crossings.end());
    EXPECT_GT(trapezius->enter_mm, 3.0);
    EXPECT_LT(trapezius->enter_mm, 15.0);
    EXPECT_GT(trapezius->leave_mm - trapezius->enter_mm, 2.0);
    EXPECT_LT(trapezius->leave_mm - trapezius->enter_mm, 20.0);
    const auto behind = std::find_if(trapezius + 1, crossings.end(), [&](const Crossing& c) {
        return c.kind == StructureKind::Muscle || c.kind == StructureKind::Bone;
    });
    EXPECT_NE(behind, crossings.end()) << "something lies behind the trapezius";
}

TEST_F(RealBody, ANeedleTowardTheLungApexMeetsPleura) {
    const Body body = make("trapezius-descendens-1", Side::Right, 0.0, 1);
    ASSERT_EQ(body.bands().size(), 1U);
    const Band& band = body.bands()[0];
    const StructureId pleura = atlas_->find("pleura", Side::Right);
    ASSERT_TRUE(pleura.valid());
    const auto apex = atlas_->hazard_bvh(pleura)->nearest(band.centre, 200.0);
    ASSERT_TRUE(apex);
    const Vec3 inward = glm::normalize(apex->point - band.centre);
    const auto skin = skin_hit(body, band.centre - 100.0 * inward, inward);
    ASSERT_TRUE(skin);
    const auto crossings = path_crossings(body, skin->point - 5.0 * inward, apex->point + 15.0 * inward);
    const auto met = std::find_if(crossings.begin(), crossings.end(),
                                  [](const Crossing& c) { return c.kind == StructureKind::Pleura; });
    ASSERT_NE(met, crossings.end()) << describe(crossings);
    // Magnetic resonance: 33 to 37 mm from the upper trapezius to the apex at the shortest (PMK-MRI).
    EXPECT_GT(met->enter_mm, 15.0) << describe(crossings);
    EXPECT_LT(met->enter_mm, 80.0) << describe(crossings);
    EXPECT_LT(hazard_distance(body, pleura, apex->point + 5.0 * inward), 0.0);
}

TEST_F(RealBody, BothSidesAnswerAlike) {
    const Body body = make("", Side::Right, 0.0, 1);
    for (const TriggerPoint& point : atlas_->trigger_points()) {
        if (point.approach_direction == Vec3(0.0)) continue;
        const Vec3 a = point.position - 60.0 * point.approach_direction,
                   b = point.position + 20.0 * point.approach_direction;
        const auto muscles = [&](const std::vector<Crossing>& crossings) {
            std::vector<std::string> out;
            for (const Crossing& c : crossings) {
                // Hazards of one side only are no matter here; nor are stretches that a rounding decides.
                // The diaphragm is one muscle of both sides, higher on the right.
                if (c.kind == StructureKind::Muscle && c.leave_mm - c.enter_mm > 0.05 &&
                    atlas_->structure(c.structure).side != Side::Midline)
                    out.push_back(atlas_->structure(c.structure).name);
            }
            return out;
        };
        EXPECT_EQ(muscles(path_crossings(body, a, b)),
                  muscles(path_crossings(body, geometry::mirrored(a), geometry::mirrored(b))))
            << point.id;
    }
}

TEST_F(RealBody, PlacesInMusclesAgreeWithTheLattice) {
    const Body body = make("", Side::Right, 0.0, 1);
    int tried = 0, cut_off = 0;
    for (std::uint32_t i = 0; i < atlas_->structure_count(); ++i) {
        const Structure& s = atlas_->structure(StructureId{i});
        if (s.kind != StructureKind::Muscle) continue;
        for (const MusclePart& part : s.parts) {
            const Vec3 p = part.lattice.position({0.5, 0.5, 0.0});
            const auto in = in_muscle(body, p);
            if (!in) { // the middle of a thin slip may have gone to its neighbour or to a rib
                ++cut_off;
                continue;
            }
            const Structure& found = atlas_->structure(in->muscle);
            const Vec3 back = found.parts[static_cast<std::size_t>(in->part)].lattice.position(in->at);
            EXPECT_LT(glm::length(back - p), 0.6) << s.id << " " << part.name << " in " << found.id;
            ++tried;
        }
    }
    EXPECT_GT(tried, 200);
    EXPECT_LT(cut_off, 0.06 * tried);
}

} // namespace
} // namespace tb::anatomy
