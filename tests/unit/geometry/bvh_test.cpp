#include "geometry/bvh.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "support/small_body.h"

namespace tb::geometry {
namespace {

/// A cube of side 20 around `centre`, with a 5 mm grid.
Mesh cube(const Vec3& centre) {
    return test::box_mesh(centre - Vec3(10.0), centre + Vec3(10.0), 5.0);
}

Bvh bvh_of(const std::vector<Mesh>& meshes) {
    Bvh bvh;
    for (const Mesh& mesh : meshes)
        bvh.add(mesh);
    bvh.build();
    return bvh;
}

TEST(Bvh, FirstHitGivesDistancePointNormalAndEntering) {
    const Bvh bvh = bvh_of({cube(Vec3(0.0))});
    const auto hit = bvh.first_hit({1.3, 2.7, 50.0}, {0.0, 0.0, -2.0}, 100.0);
    ASSERT_TRUE(hit);
    EXPECT_NEAR(hit->distance, 40.0, 1e-6);
    EXPECT_NEAR(hit->point.z, 10.0, 1e-6);
    EXPECT_NEAR(hit->normal.z, 1.0, 1e-9);
    EXPECT_TRUE(hit->entering);
}

TEST(Bvh, FirstHitFromInsideIsNotEntering) {
    const Bvh bvh = bvh_of({cube(Vec3(0.0))});
    const auto hit = bvh.first_hit({0.4, 0.0, 0.3}, {0.0, 1.0, 0.0}, 100.0);
    ASSERT_TRUE(hit);
    EXPECT_NEAR(hit->distance, 10.0, 1e-6);
    EXPECT_FALSE(hit->entering);
}

TEST(Bvh, FirstHitStopsAtTheGivenDistance) {
    const Bvh bvh = bvh_of({cube(Vec3(0.0))});
    EXPECT_FALSE(bvh.first_hit({1.3, 2.7, 50.0}, {0.0, 0.0, -1.0}, 39.9));
    EXPECT_TRUE(bvh.first_hit({1.3, 2.7, 50.0}, {0.0, 0.0, -1.0}, 40.1));
}

TEST(Bvh, BarycentricWeightsRebuildTheHitPoint) {
    const Mesh mesh = cube(Vec3(0.0));
    const Bvh bvh = bvh_of({mesh});
    const auto hit = bvh.first_hit({3.1, -4.2, 30.0}, {0.05, 0.1, -1.0}, 100.0);
    ASSERT_TRUE(hit);
    const auto corner = [&](std::size_t k) {
        return Vec3(mesh.positions[mesh.indices[3 * hit->triangle + k]]);
    };
    const Vec3 p = (1.0 - hit->b1 - hit->b2) * corner(0) + hit->b1 * corner(1) + hit->b2 * corner(2);
    EXPECT_LT(glm::length(p - hit->point), 1e-4);
}

TEST(Bvh, AllHitsNameEveryObjectInOrder) {
    const Bvh bvh = bvh_of({cube({0, 0, -30}), cube({0, 0, 0}), cube({0, 0, 30})});
    const auto hits = bvh.all_hits({1.1, 2.3, 100.0}, {1.1, 2.3, -100.0});
    ASSERT_EQ(hits.size(), 6U);
    const std::array<std::uint32_t, 6> objects{2, 2, 1, 1, 0, 0};
    const std::array<double, 6> distances{60, 80, 90, 110, 120, 140};
    for (std::size_t i = 0; i < hits.size(); ++i) {
        EXPECT_EQ(hits[i].object, objects[i]);
        EXPECT_NEAR(hits[i].distance, distances[i], 1e-5);
        EXPECT_EQ(hits[i].entering, i % 2 == 0);
    }
}

TEST(Bvh, TouchingFacesOfTwoObjectsStayTwoCrossings) {
    const Bvh bvh = bvh_of({cube({0, 0, 0}), cube({0, 0, 20})});
    const auto hits = bvh.all_hits({1.1, 2.3, 100.0}, {1.1, 2.3, -100.0});
    ASSERT_EQ(hits.size(), 4U);
    EXPECT_NEAR(hits[1].distance, hits[2].distance, 1e-5);
    EXPECT_NE(hits[1].object, hits[2].object);
}

TEST(Bvh, SharedEdgesAndCornersCountOnce) {
    // The 5 mm grid: rays through its lines and nodes meet up to six triangles at one place.
    const Bvh bvh = bvh_of({cube(Vec3(0.0))});
    for (const double x : {-5.0, 0.0, 2.5, 5.0}) {
        for (const double y : {-5.0, 0.0, 2.5, 5.0}) {
            const auto hits = bvh.all_hits({x, y, 60.0}, {x, y, -60.0});
            ASSERT_EQ(hits.size(), 2U) << x << ", " << y;
            EXPECT_TRUE(hits[0].entering);
            EXPECT_FALSE(hits[1].entering);
        }
    }
}

TEST(Bvh, RandomRaysEnterAsOftenAsTheyLeave) {
    const Bvh bvh = bvh_of({test::tube_mesh(0.0, 0.0, 8.0, -20.0, 20.0), cube({3, 4, 5})});
    Random random(7);
    for (int i = 0; i < 20000; ++i) {
        const auto coordinate = [&] { return random.uniform(-10.0, 10.0); };
        // Half of the rays run along the lattice of the vertices, where edges are grazed.
        const bool on_grid = random.chance(0.5);
        const Vec3 a(on_grid ? std::round(coordinate()) : coordinate(),
                     on_grid ? std::round(coordinate()) : coordinate(), 60.0);
        const Vec3 b = on_grid ? Vec3(a.x, a.y, -60.0) : Vec3(coordinate(), coordinate(), -60.0);
        std::array<int, 2> balance{};
        for (const Hit& hit : bvh.all_hits(a, b))
            balance[hit.object] += hit.entering ? 1 : -1;
        ASSERT_EQ(balance[0], 0) << "ray " << i;
        ASSERT_EQ(balance[1], 0) << "ray " << i;
    }
}

TEST(Bvh, AFoldIsCrossedThreeTimesThoughItsTrianglesShareACorner) {
    Mesh fold; // there, back and there again, less than a micrometre apart where the ray goes through
    fold.positions.emplace_back(0.0F, 0.0F, 0.0F);
    for (const float z : {0.0F, -0.0016F, -0.0032F}) {
        fold.positions.emplace_back(20.0F, 0.0F, z);
        fold.positions.emplace_back(0.0F, 20.0F, z);
    }
    fold.indices = {0, 1, 2, 0, 4, 3, 0, 5, 6};
    const Bvh bvh = bvh_of({fold});
    const auto hits = bvh.all_hits({5.0, 5.0, 10.0}, {5.0, 5.0, -10.0});
    ASSERT_EQ(hits.size(), 3U);
    EXPECT_TRUE(hits[0].entering);
    EXPECT_FALSE(hits[1].entering);
    EXPECT_TRUE(hits[2].entering);
}

TEST(Bvh, NearestFindsFaceEdgeAndCorner) {
    const Bvh bvh = bvh_of({cube(Vec3(0.0))});
    const auto face = bvh.nearest({1.0, 2.0, 13.0}, 100.0);
    ASSERT_TRUE(face);
    EXPECT_NEAR(face->distance, 3.0, 1e-9);
    const auto edge = bvh.nearest({13.0, 2.0, 14.0}, 100.0);
    ASSERT_TRUE(edge);
    EXPECT_NEAR(edge->distance, 5.0, 1e-9);
    const auto corner = bvh.nearest({12.0, 13.0, 16.0}, 100.0);
    ASSERT_TRUE(corner);
    EXPECT_NEAR(corner->distance, 7.0, 1e-9);
    EXPECT_LT(glm::length(corner->point - Vec3(10.0)), 1e-9);
}

TEST(Bvh, NearestAgreesWithTryingEveryTriangle) {
    const Mesh mesh = test::tube_mesh(2.0, -1.0, 8.0, -20.0, 20.0);
    const Bvh bvh = bvh_of({mesh});
    Random random(11);
    for (int i = 0; i < 300; ++i) {
        const Vec3 p(random.uniform(-20, 20), random.uniform(-30, 30), random.uniform(-20, 20));
        // A fine sampling of all triangles bounds the distance from above.
        double sampled = 1e9;
        for (std::size_t t = 0; t < mesh.triangle_count(); ++t) {
            const Vec3 a(mesh.positions[mesh.indices[3 * t]]), b(mesh.positions[mesh.indices[3 * t + 1]]),
                c(mesh.positions[mesh.indices[3 * t + 2]]);
            for (int u = 0; u <= 12; ++u) {
                for (int v = 0; u + v <= 12; ++v) {
                    sampled =
                        std::min(sampled, glm::length(a + (b - a) * (u / 12.0) + (c - a) * (v / 12.0) - p));
                }
            }
        }
        const auto nearest = bvh.nearest(p, 1e3);
        ASSERT_TRUE(nearest);
        EXPECT_LE(nearest->distance, sampled + 1e-9);
        EXPECT_GT(nearest->distance, sampled - 0.4);
        EXPECT_NEAR(nearest->distance, glm::length(nearest->point - p), 1e-9);
    }
}

TEST(Bvh, NearestRespectsItsRange) {
    const Bvh bvh = bvh_of({cube(Vec3(0.0))});
    EXPECT_FALSE(bvh.nearest({0.0, 0.0, 15.0}, 4.9));
    EXPECT_TRUE(bvh.nearest({0.0, 0.0, 15.0}, 5.0));
}

TEST(Bvh, EqualAnswersGoToTheFirstObjectAndTriangle) {
    const Bvh bvh = bvh_of({cube(Vec3(0.0)), cube(Vec3(0.0))});
    EXPECT_EQ(bvh.first_hit({1.3, 2.7, 50.0}, {0, 0, -1}, 100.0)->object, 0U);
    EXPECT_EQ(bvh.nearest({1.3, 2.7, 50.0}, 100.0)->object, 0U);
}

TEST(Bvh, AnEmptyMeshTakesANumberAndIsNeverHit) {
    const Bvh bvh = bvh_of({Mesh{}, cube(Vec3(0.0))});
    EXPECT_EQ(bvh.object_count(), 2U);
    EXPECT_EQ(bvh.first_hit({1.3, 2.7, 50.0}, {0, 0, -1}, 100.0)->object, 1U);
}

TEST(Bvh, APathWithoutLengthCrossesNothing) {
    const Bvh bvh = bvh_of({cube(Vec3(0.0))});
    EXPECT_TRUE(bvh.all_hits({0, 0, 10}, {0, 0, 10}).empty());
    EXPECT_FALSE(bvh.first_hit({0, 0, 50}, {0, 0, 0}, 100.0));
}

} // namespace
} // namespace tb::geometry
