#include "view/solids.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tb::view {
namespace {

glm::vec3 around(float radius, float z, int i, int segments) {
    const float a = 2.0f * std::numbers::pi_v<float> * static_cast<float>(i) / static_cast<float>(segments);
    return {radius * std::cos(a), radius * std::sin(a), z};
}

void triangle(geometry::Mesh& mesh, std::size_t a, std::size_t b, std::size_t c) {
    for (const std::size_t i : {a, b, c})
        mesh.indices.push_back(static_cast<std::uint32_t>(i));
}

void quad(geometry::Mesh& mesh, std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
    triangle(mesh, a, b, c);
    triangle(mesh, a, c, d);
}

} // namespace

geometry::Mesh lathe(const std::vector<glm::vec2>& profile, int segments) {
    geometry::Mesh mesh;
    const auto n = static_cast<std::size_t>(segments);
    mesh.positions.emplace_back(0.0f, 0.0f, profile.front().y);
    for (const glm::vec2& p : profile) {
        for (int i = 0; i < segments; ++i)
            mesh.positions.push_back(around(p.x, p.y, i, segments));
    }
    mesh.positions.emplace_back(0.0f, 0.0f, profile.back().y);
    const auto at = [n](std::size_t ring, std::size_t i) { return 1 + ring * n + i % n; };
    const std::size_t last = profile.size() - 1, top = mesh.positions.size() - 1;
    for (std::size_t i = 0; i < n; ++i) {
        triangle(mesh, 0, at(0, i + 1), at(0, i));
        for (std::size_t r = 0; r < last; ++r)
            quad(mesh, at(r, i), at(r, i + 1), at(r + 1, i + 1), at(r + 1, i));
        triangle(mesh, at(last, i), at(last, i + 1), top);
    }
    geometry::compute_normals(mesh);
    return mesh;
}

geometry::Mesh ring(float inner, float outer, float height, int segments) {
    geometry::Mesh mesh;
    const auto n = static_cast<std::size_t>(segments);
    const float h = height / 2.0f;
    const glm::vec2 profile[] = {{inner, -h}, {outer, -h}, {outer, h}, {inner, h}};
    for (const glm::vec2& p : profile) {
        for (int i = 0; i < segments; ++i)
            mesh.positions.push_back(around(p.x, p.y, i, segments));
    }
    const auto at = [n](std::size_t r, std::size_t i) { return (r % 4) * n + i % n; };
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t r = 0; r < 4; ++r)
            quad(mesh, at(r, i), at(r, i + 1), at(r + 1, i + 1), at(r + 1, i));
    }
    geometry::compute_normals(mesh);
    return mesh;
}

geometry::Mesh arc(float inner, float outer, float height, float degrees, int segments) {
    geometry::Mesh mesh;
    const float h = height / 2.0f;
    const glm::vec2 profile[] = {{inner, -h}, {outer, -h}, {outer, h}, {inner, h}};
    const auto n = static_cast<std::size_t>(segments);
    for (std::size_t i = 0; i <= n; ++i) {
        const float share = static_cast<float>(i) / static_cast<float>(n) - 0.5f;
        const float a = glm::radians(90.0f + degrees * share);
        for (const glm::vec2& p : profile) {
            mesh.positions.emplace_back(p.x * std::cos(a), p.x * std::sin(a), p.y);
        }
    }
    const auto at = [](std::size_t i, std::size_t r) { return 4 * i + r % 4; };
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t r = 0; r < 4; ++r)
            quad(mesh, at(i, r), at(i + 1, r), at(i + 1, r + 1), at(i, r + 1));
    }
    quad(mesh, at(0, 0), at(0, 1), at(0, 2), at(0, 3));
    quad(mesh, at(n, 3), at(n, 2), at(n, 1), at(n, 0));
    geometry::compute_normals(mesh);
    return mesh;
}

geometry::Mesh rod(float radius, float z0, float z1, float bevel, int segments) {
    // Doubled rings near the edges keep the flat faces flat under smooth normals.
    return lathe({{radius - 1.5f * bevel, z0},
                  {radius - bevel, z0},
                  {radius, z0 + bevel},
                  {radius, z0 + 1.5f * bevel},
                  {radius, z1 - 1.5f * bevel},
                  {radius, z1 - bevel},
                  {radius - bevel, z1},
                  {radius - 1.5f * bevel, z1}},
                 segments);
}

geometry::Mesh rounded_box(glm::vec3 half_size, float rounding) {
    // A sphere's points pushed out by the inner box: eighths of the sphere become the corners.
    constexpr int kAround = 32, kDown = 16;
    const glm::vec3 inner = half_size - glm::vec3(rounding);
    std::vector<glm::vec2> half_circle;
    geometry::Mesh mesh;
    const auto shifted = [&](glm::vec3 unit) {
        const glm::vec3 side(unit.x >= 0.0f ? 1.0f : -1.0f, unit.y >= 0.0f ? 1.0f : -1.0f,
                             unit.z >= 0.0f ? 1.0f : -1.0f);
        return unit * rounding + side * inner;
    };
    for (int j = 0; j < kDown; ++j) {
        const float a =
            std::numbers::pi_v<float> * (static_cast<float>(j) + 0.5f) / static_cast<float>(kDown);
        half_circle.emplace_back(std::sin(a), -std::cos(a));
    }
    mesh = lathe(half_circle, kAround);
    // Half a segment's turn puts no vertex on the seams x = 0 and y = 0.
    const float turn = std::numbers::pi_v<float> / static_cast<float>(kAround);
    for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
        const glm::vec3 p = mesh.positions[i];
        glm::vec3 unit(p.x * std::cos(turn) - p.y * std::sin(turn),
                       p.x * std::sin(turn) + p.y * std::cos(turn), p.z);
        const bool pole = i == 0 || i + 1 == mesh.positions.size();
        mesh.positions[i] = pole ? glm::vec3(0, 0, (p.z < 0 ? -1.0f : 1.0f) * half_size.z) : shifted(unit);
        mesh.normals[i] = pole ? glm::vec3(0, 0, p.z < 0 ? -1.0f : 1.0f) : glm::normalize(unit);
    }
    return mesh;
}

geometry::Mesh unit_sphere() {
    std::vector<glm::vec2> half_circle;
    constexpr int kDown = 20;
    for (int j = 1; j < kDown; ++j) {
        const float a = std::numbers::pi_v<float> * static_cast<float>(j) / kDown;
        half_circle.emplace_back(std::sin(a), -std::cos(a));
    }
    geometry::Mesh mesh = lathe(half_circle, 32);
    mesh.positions.front() = {0, 0, -1};
    mesh.positions.back() = {0, 0, 1};
    mesh.normals = mesh.positions;
    return mesh;
}

geometry::Mesh unit_cylinder() {
    geometry::Mesh mesh = lathe({{1.0f, 0.0f}, {1.0f, 1.0f}}, 20);
    // Shaded as a tube: the ends disappear in neighbours.
    for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
        const glm::vec3 p = mesh.positions[i];
        mesh.normals[i] = p.x == 0.0f && p.y == 0.0f ? glm::vec3(0, 0, p.z > 0.5f ? 1 : -1)
                                                     : glm::normalize(glm::vec3(p.x, p.y, 0));
    }
    return mesh;
}

} // namespace tb::view
