#include <cmath>
#include <numbers>

#include "forge/build.h"
#include "geometry/simplify.h"

namespace tb::forge {

namespace {

using geometry::Mesh;
using geometry::Vec3;

double signed_power(double x, double e) {
    return std::copysign(std::pow(std::abs(x), e), x);
}

/// The surface of discs.json ("about.surface") at theta (around) and phi (from the lower pole up).
Vec3 surface(const DiscFigure& d, double theta, double phi) {
    const double r = signed_power(std::cos(phi), d.e1);
    const double a = d.ra * r * signed_power(std::cos(theta), d.e2);
    const double b0 = d.rb * r * signed_power(std::sin(theta), d.e2);
    const double c = signed_power(std::sin(phi), d.e1) * (d.h + d.wedge * b0 / d.rb) +
                     d.bow * (1 - (b0 / d.rb) * (b0 / d.rb));
    const double rear = std::max(0.0, -b0 / d.rb), across = a / (0.45 * d.ra);
    const double b = b0 + d.notch * rear * rear * std::exp(-across * across);
    const double t = d.tilt_deg * std::numbers::pi / 180.0;
    return d.centre + Vec3(a, b * -std::sin(t) + c * std::cos(t), b * std::cos(t) + c * std::sin(t));
}

Mesh disc_mesh(const DiscFigure& disc, int around, int rings) {
    constexpr double kPi = std::numbers::pi;
    Mesh mesh;
    mesh.positions.emplace_back(surface(disc, 0.0, -kPi / 2));
    for (int j = 1; j < rings; ++j)
        for (int i = 0; i < around; ++i)
            mesh.positions.emplace_back(
                surface(disc, 2 * kPi * i / around, -kPi / 2 + kPi * static_cast<double>(j) / rings));
    mesh.positions.emplace_back(surface(disc, 0.0, kPi / 2));
    const auto n = static_cast<std::uint32_t>(around);
    const auto last = static_cast<std::uint32_t>(mesh.positions.size() - 1);
    const auto at = [&](int ring, std::uint32_t i) {
        return 1 + static_cast<std::uint32_t>(ring - 1) * n + i % n;
    };
    for (std::uint32_t i = 0; i < n; ++i) {
        for (const std::uint32_t k : {0U, at(1, i + 1), at(1, i)})
            mesh.indices.push_back(k);
        for (int j = 1; j + 1 < rings; ++j)
            for (const std::uint32_t k :
                 {at(j, i), at(j, i + 1), at(j + 1, i), at(j, i + 1), at(j + 1, i + 1), at(j + 1, i)})
                mesh.indices.push_back(k);
        for (const std::uint32_t k : {at(rings - 1, i), at(rings - 1, i + 1), last})
            mesh.indices.push_back(k);
    }
    if (volume_mm3(mesh) < 0)
        for (std::size_t t = 0; t < mesh.indices.size(); t += 3)
            std::swap(mesh.indices[t + 1], mesh.indices[t + 2]);
    compute_normals(mesh);
    return mesh;
}

} // namespace

std::vector<Built> build_discs(const std::vector<DiscFigure>& discs) {
    std::vector<Built> out;
    for (const DiscFigure& disc : discs)
        out.push_back(finished(disc.structure,
                               {disc_mesh(disc, 40, 16), disc_mesh(disc, 24, 8), disc_mesh(disc, 12, 6)}));
    return out;
}

} // namespace tb::forge
