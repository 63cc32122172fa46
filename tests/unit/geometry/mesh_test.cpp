#include "geometry/mesh.h"

#include <gtest/gtest.h>

namespace tb::geometry {
namespace {

Mesh cube(float size, glm::vec3 at = glm::vec3(0)) {
    Mesh m;
    for (int c = 0; c < 8; ++c)
        m.positions.push_back(at + size * glm::vec3(c & 1, c >> 1 & 1, c >> 2 & 1));
    m.indices = {0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5, 0, 1, 5, 0, 5, 4,
                 2, 6, 7, 2, 7, 3, 0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6};
    return m;
}

TEST(Mesh, AClosedCubePassesWithItsVolumeAndArea) {
    const Mesh m = cube(10.0F);
    EXPECT_TRUE(check(m).closed());
    EXPECT_TRUE(check(m).outward);
    EXPECT_NEAR(volume_mm3(m), 1000.0, 1e-6);
    EXPECT_NEAR(area_mm2(m), 600.0, 1e-6);
}

TEST(Mesh, AMissingTriangleIsThreeOpenEdges) {
    Mesh m = cube(10.0F);
    m.indices.resize(m.indices.size() - 3);
    EXPECT_FALSE(check(m).closed());
    EXPECT_EQ(check(m).open_edges, 3U);
}

TEST(Mesh, ATurnedTriangleIsNotClosed) {
    Mesh m = cube(10.0F);
    std::swap(m.indices[0], m.indices[1]);
    EXPECT_FALSE(check(m).closed());
}

TEST(Mesh, AnInsideOutMeshIsNotOutward) {
    Mesh m = cube(10.0F);
    for (std::size_t t = 0; t < m.indices.size(); t += 3)
        std::swap(m.indices[t], m.indices[t + 1]);
    EXPECT_TRUE(check(m).closed());
    EXPECT_FALSE(check(m).outward);
}

TEST(Mesh, DoubledTrianglesCrowdTheirEdges) {
    Mesh m = cube(10.0F);
    m.indices.insert(m.indices.end(), {0, 4, 6, 0, 6, 4});
    EXPECT_EQ(check(m).open_edges, 0U);
    EXPECT_EQ(check(m).crowded_edges, 3U);
    EXPECT_FALSE(check(m).closed());
}

TEST(Mesh, DegenerateTrianglesAreCounted) {
    Mesh m = cube(10.0F);
    m.indices.insert(m.indices.end(), {1, 1, 2});
    EXPECT_EQ(check(m).degenerate, 1U);
    EXPECT_FALSE(check(m).closed());
}

TEST(Mesh, MirroringTwiceGivesTheSameAndOnceStaysOutward) {
    Mesh m = cube(10.0F, {5, 0, 0});
    compute_normals(m);
    m.uv.assign(8, {0.25F, 0.75F});
    const Mesh once = mirrored(m), twice = mirrored(once);
    EXPECT_TRUE(check(once).outward);
    EXPECT_EQ(once.positions[1].x, -15.0F);
    EXPECT_EQ(once.uv[0].y, 0.25F);
    EXPECT_EQ(twice.positions, m.positions);
    EXPECT_EQ(twice.indices, m.indices);
    EXPECT_EQ(twice.normals, m.normals);
}

TEST(Mesh, AppendingAddsVolumesAndKeepsThePiecesClosed) {
    Mesh m = cube(10.0F);
    append(m, cube(2.0F, {100, 0, 0}));
    EXPECT_TRUE(check(m).closed());
    EXPECT_NEAR(volume_mm3(m), 1008.0, 1e-4);
    EXPECT_EQ(m.positions.size(), 16U);
}

TEST(Mesh, TheLargestComponentIsKeptWithoutStrayVertices) {
    Mesh m = cube(2.0F, {100, 0, 0});
    append(m, cube(10.0F));
    const Mesh kept = largest_component(m);
    EXPECT_EQ(kept.positions.size(), 8U);
    EXPECT_NEAR(volume_mm3(kept), 1000.0, 1e-4);
}

TEST(Mesh, VertexNormalsPointOutward) {
    Mesh m = cube(10.0F);
    compute_normals(m);
    for (std::size_t i = 0; i < m.positions.size(); ++i) {
        EXPECT_NEAR(glm::length(m.normals[i]), 1.0F, 1e-5F);
        EXPECT_GT(glm::dot(m.normals[i], m.positions[i] - glm::vec3(5)), 0.0F);
    }
}

} // namespace
} // namespace tb::geometry
