#include "geometry/lattice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "base/check.h"
#include "geometry/smooth.h"

namespace tb::geometry {

namespace {

constexpr double kLeastHalfThickness_mm = 0.05;
constexpr double kTiny = 1e-9;

/// Up to four neighbouring knots with their weights; phantom end points are already folded in.
struct Knots {
    int first = 0;
    int count = 0;
    std::array<double, 4> weight{};
};

enum class Order { Value, Slope };

/// Catmull-Rom weights of n equally spaced knots at t in [0,1], or their derivative by t.
Knots knots_at(double t, int n, Order order) {
    const double s = std::clamp(t, 0.0, 1.0) * (n - 1);
    const int i = std::min(static_cast<int>(s), n - 2);
    const double f = s - i;
    std::array<double, 4> w{};
    if (order == Order::Value) {
        w = {-.5 * f + f * f - .5 * f * f * f, 1 - 2.5 * f * f + 1.5 * f * f * f,
             .5 * f + 2 * f * f - 1.5 * f * f * f, -.5 * f * f + .5 * f * f * f};
    } else {
        w = {-.5 + 2 * f - 1.5 * f * f, -5 * f + 4.5 * f * f, .5 + 4 * f - 4.5 * f * f, -f + 1.5 * f * f};
        for (double& x : w)
            x *= n - 1;
    }
    Knots k;
    k.count = std::min(4, n);
    k.first = std::clamp(i - 1, 0, n - k.count);
    for (int q = 0; q < 4; ++q) {
        const int j = i + q - 1;
        if (j < 0) {
            k.weight[0 - k.first] += 2 * w[q];
            k.weight[1 - k.first] -= w[q];
        } else if (j >= n) {
            k.weight[n - 1 - k.first] += 2 * w[q];
            k.weight[n - 2 - k.first] -= w[q];
        } else {
            k.weight[j - k.first] += w[q];
        }
    }
    return k;
}

template <class T>
T interpolate(const std::vector<T>& table, int nv, const Knots& ku, const Knots& kv) {
    T sum{};
    for (int a = 0; a < ku.count; ++a)
        for (int b = 0; b < kv.count; ++b)
            sum += table[static_cast<std::size_t>((ku.first + a) * nv + kv.first + b)] *
                   (ku.weight[a] * kv.weight[b]);
    return sum;
}

Vec3 unit(const Vec3& v) {
    return v / std::max(glm::length(v), kTiny);
}

/// Node normals as the about block says: Du x Dv, one [1,2,1]/4 pass along u and one along v, then
/// normalised.
std::vector<Vec3> node_normals(const std::vector<Vec3>& p, int nu, int nv) {
    const auto at = [nv](int i, int j) { return static_cast<std::size_t>(i * nv + j); };
    std::vector<Vec3> n(p.size());
    for (int i = 0; i < nu; ++i)
        for (int j = 0; j < nv; ++j) {
            const Vec3 du = p[at(std::min(i + 1, nu - 1), j)] - p[at(std::max(i - 1, 0), j)];
            const Vec3 dv = p[at(i, std::min(j + 1, nv - 1))] - p[at(i, std::max(j - 1, 0))];
            n[at(i, j)] = glm::cross(du, dv);
        }
    std::vector<Vec3> m(n.size());
    for (int i = 0; i < nu; ++i)
        for (int j = 0; j < nv; ++j)
            m[at(i, j)] =
                (n[at(std::max(i - 1, 0), j)] + 2.0 * n[at(i, j)] + n[at(std::min(i + 1, nu - 1), j)]) / 4.0;
    for (int i = 0; i < nu; ++i)
        for (int j = 0; j < nv; ++j)
            n[at(i, j)] = unit(
                (m[at(i, std::max(j - 1, 0))] + 2.0 * m[at(i, j)] + m[at(i, std::min(j + 1, nv - 1))]) / 4.0);
    return n;
}

double profile(double v) {
    return std::sqrt(std::max(0.0, 1.0 - (2 * v - 1) * (2 * v - 1)));
}

/// 1 in the tendon, 0 in the belly; the change takes 60 % of the share, centred on its end.
double tendon_at(double u, TendonShares shares) {
    const double origin = shares.origin <= 0   ? 0
                          : shares.origin >= 1 ? 1
                                               : 1 - smooth_step(.7 * shares.origin, 1.3 * shares.origin, u);
    const double insertion = shares.insertion <= 0 ? 0
                             : shares.insertion >= 1
                                 ? 1
                                 : 1 - smooth_step(.7 * shares.insertion, 1.3 * shares.insertion, 1 - u);
    return std::max(origin, insertion);
}

} // namespace

struct Lattice::Sheet {
    Vec3 mid, normal;
    double half;
};

Lattice::Lattice(int nu, int nv, std::vector<Vec3> points, std::vector<double> half_thickness)
    : nu_(nu), nv_(nv), points_(std::move(points)), half_(std::move(half_thickness)) {
    TB_CHECK(nu_ >= 2 && nv_ >= 2);
    TB_CHECK(points_.size() == static_cast<std::size_t>(nu_) * static_cast<std::size_t>(nv_));
    TB_CHECK(half_.size() == points_.size());
    node_normals_ = node_normals(points_, nu_, nv_);
}

Lattice::Sheet Lattice::sheet(double u, double v) const {
    const Knots ku = knots_at(u, nu_, Order::Value), kv = knots_at(v, nv_, Order::Value);
    return {interpolate(points_, nv_, ku, kv), unit(interpolate(node_normals_, nv_, ku, kv)),
            std::max(interpolate(half_, nv_, ku, kv), kLeastHalfThickness_mm)};
}

Vec3 Lattice::position(LatticeCoordinates c) const {
    const Sheet s = sheet(c.u, c.v);
    return s.mid + c.w * s.half * profile(c.v) * s.normal;
}

Vec3 Lattice::mid_surface(double u, double v) const {
    return sheet(u, v).mid;
}
Vec3 Lattice::normal(double u, double v) const {
    return sheet(u, v).normal;
}
double Lattice::half_thickness_at(double u, double v) const {
    return sheet(u, v).half;
}

Vec3 Lattice::fibre(double u, double v) const {
    return unit(interpolate(points_, nv_, knots_at(u, nu_, Order::Slope), knots_at(v, nv_, Order::Value)));
}

Vec3 Lattice::across(double u, double v) const {
    return unit(interpolate(points_, nv_, knots_at(u, nu_, Order::Value), knots_at(v, nv_, Order::Slope)));
}

Lattice::Inverse Lattice::inverse(const Vec3& p) const {
    // Angles instead of v: v = (1 - cos phi)/2 makes the edges regular points of the search.
    const auto v_of = [](double phi) { return (1 - std::cos(std::clamp(phi, 0.0, std::numbers::pi))) / 2; };
    const auto nearest_w = [&](double u, double v) {
        const Sheet s = sheet(u, v);
        const double h = s.half * profile(v);
        const double along = glm::dot(p - s.mid, s.normal);
        const double offset = std::clamp(along, -h, h);
        return Inverse{{u, v, h > kTiny ? offset / h : 0.0}, glm::length(p - s.mid - offset * s.normal)};
    };
    struct Start {
        double distance, u, phi;
    };
    const int rows = 3 * (nu_ - 1) + 1, columns = std::max(9, 3 * (nv_ - 1) + 1);
    std::vector<double> grid(static_cast<std::size_t>(rows * columns));
    const auto at = [columns](int i, int j) { return static_cast<std::size_t>(i * columns + j); };
    const double step_u = 1.0 / (rows - 1), step_phi = std::numbers::pi / (columns - 1);
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns; ++j)
            grid[at(i, j)] = nearest_w(i * step_u, v_of(j * step_phi)).distance;
    // Every local minimum of the coarse grid is a possible answer: curved sheets have several.
    std::vector<Start> starts;
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns; ++j) {
            bool least = true;
            for (int a = std::max(i - 1, 0); least && a <= std::min(i + 1, rows - 1); ++a)
                for (int b = std::max(j - 1, 0); b <= std::min(j + 1, columns - 1); ++b)
                    if (grid[at(a, b)] < grid[at(i, j)]) least = false;
            if (least) starts.push_back({grid[at(i, j)], i * step_u, j * step_phi});
        }
    std::stable_sort(starts.begin(), starts.end(),
                     [](const Start& a, const Start& b) { return a.distance < b.distance; });
    if (starts.size() > 4) starts.resize(4);

    Inverse best{{}, std::numeric_limits<double>::max()};
    for (const Start& start : starts) {
        double u = start.u, phi = start.phi, du = step_u / 2, dphi = step_phi / 2;
        Inverse here = nearest_w(u, v_of(phi));
        while (du > 1e-7 && here.distance > 0) {
            bool moved = false;
            for (int k = 0; k < 8; ++k) {
                static constexpr std::array<std::array<int, 2>, 8> kAround{
                    {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}}};
                const double nu = std::clamp(u + kAround[k][0] * du, 0.0, 1.0);
                const double nphi = std::clamp(phi + kAround[k][1] * dphi, 0.0, std::numbers::pi);
                const Inverse there = nearest_w(nu, v_of(nphi));
                if (there.distance < here.distance) {
                    here = there;
                    u = nu;
                    phi = nphi;
                    moved = true;
                    break;
                }
            }
            if (!moved) {
                du /= 2;
                dphi /= 2;
            }
        }
        if (here.distance < best.distance) best = here;
        if (best.distance < 1e-5) break;
    }
    if (best.distance < 1e-4) best.distance = 0.0;
    return best;
}

Mesh Lattice::mesh(int part, double tendon_origin, double tendon_insertion, int per_u, int per_v) const {
    return mesh(part, {tendon_origin, tendon_insertion}, {per_u, per_v, 16});
}

Mesh Lattice::mesh(int part, TendonShares tendon, LatticeDensity density) const {
    const int rings = density.per_u * (nu_ - 1) + 1;
    int around = std::max(density.least_around, density.per_v * (nv_ - 1));
    around += around % 2; // the caps pair upper and lower vertices
    Mesh m;
    for (int i = 0; i < rings; ++i) {
        const double u = static_cast<double>(i) / (rings - 1);
        for (int j = 0; j < around; ++j) {
            const double phi = 2 * std::numbers::pi * j / around;
            const double v = (1 - std::cos(phi)) / 2;
            const Sheet s = sheet(u, v);
            m.positions.emplace_back(s.mid + s.half * std::sin(phi) * s.normal);
            m.uv.emplace_back(u, v);
            const bool edge = j == 0 || 2 * j == around;
            m.w_part.emplace_back(edge ? 0.0 : 2 * j < around ? 1.0 : -1.0, part);
            m.fibre.emplace_back(fibre(u, v));
            m.tendon.push_back(static_cast<float>(tendon_at(u, tendon)));
        }
    }
    const auto triangle = [&m](int a, int b, int c) {
        for (const int k : {a, b, c})
            m.indices.push_back(static_cast<std::uint32_t>(k));
    };
    for (int i = 0; i + 1 < rings; ++i)
        for (int j = 0; j < around; ++j) {
            const int here = i * around, next = here + around, k = (j + 1) % around;
            triangle(here + j, next + j, here + k);
            triangle(here + k, next + j, next + k);
        }
    for (const bool last : {false, true}) {
        const int o = last ? (rings - 1) * around : 0;
        const auto cap = [&](int a, int b, int c) { last ? triangle(c, b, a) : triangle(a, b, c); };
        for (int q = 0; q < around / 2; ++q) {
            const int t0 = o + q, t1 = o + q + 1, b0 = o + (around - q) % around, b1 = o + around - q - 1;
            if (q > 0) cap(t0, t1, b0);
            if (q < around / 2 - 1) cap(t1, b1, b0);
        }
    }
    compute_normals(m);
    return m;
}

Lattice Lattice::mirrored() const {
    std::vector<Vec3> points(points_.size());
    std::vector<double> half(half_.size());
    for (int i = 0; i < nu_; ++i)
        for (int j = 0; j < nv_; ++j) {
            const auto from = static_cast<std::size_t>(i * nv_ + nv_ - 1 - j);
            const auto to = static_cast<std::size_t>(i * nv_ + j);
            points[to] = geometry::mirrored(points_[from]);
            half[to] = half_[from];
        }
    return {nu_, nv_, std::move(points), std::move(half)};
}

} // namespace tb::geometry
