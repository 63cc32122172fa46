#include <algorithm>
#include <array>
#include <cmath>

#include "forge/build.h"
#include "forge/parallel.h"
#include "forge/section_loft.h"
#include "geometry/simplify.h"

namespace tb::forge {

namespace {

using geometry::Box;
using geometry::FieldGrid;
using geometry::Mesh;
using geometry::Vec3;

constexpr double kStep_mm = 3.5;
constexpr double kJoin_mm = 12.0; ///< least blend where segments overlap (skin.json asks for 8 at least)
constexpr double kClear_mm = 3.0; ///< from the skin's outer face to muscle, bone or vessel (est.)
constexpr double kBlend_mm = 6.0; ///< the skin begins to give way this much earlier
constexpr double kReach_mm = 6.0; ///< further from a structure its push is spread, not computed
constexpr int kSpread = 7;        ///< cells a push is spread sideways

double smooth_minimum(double a, double b, double r) {
    const double m = std::min(a, b), close = r - std::abs(a - b);
    return r > 0 && close > 0 ? m - close * close / (4 * r) : m;
}

double smooth_step(double low, double high, double x) {
    const double t = std::clamp((x - low) / (high - low), 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

/// The union of the skin's lofts.
class Envelope {
public:
    explicit Envelope(const SkinFigure& skin) {
        for (const SkinSegment& s : skin.segments) {
            if (s.name == "thigh") thigh_ = static_cast<int>(lofts_.size());
            lofts_.emplace_back(s.sections, s.half, s.e1, s.e2, SectionLoft::Between::Smooth,
                                SectionLoft::Ends::Open);
        }
        const auto index = [&](const std::string& name) {
            for (std::size_t i = 0; i < skin.segments.size(); ++i)
                if (skin.segments[i].name == name) return static_cast<int>(i);
            return -1;
        };
        for (const SkinBlend& b : skin.blends) {
            const int first = index(b.first), second = index(b.second);
            if (second < 0) {
                between_thighs_ = std::max(b.radius_mm, kJoin_mm);
                continue;
            }
            const bool first_lower = lofts_[first].low() < lofts_[second].low();
            const int lower = first_lower ? first : second, upper = first_lower ? second : first;
            // A limb stands on the next one or comes out of the trunk's side.
            if (lofts_[lower].high() < lofts_[upper].high() &&
                lofts_[lower].high() - lofts_[upper].low() < kStacked_mm)
                stacks_.push_back({lower, upper});
            else
                joins_.push_back({first, second, std::max(b.radius_mm, kJoin_mm)});
        }
    }

    /// Negative inside; x and -x are the same.
    [[nodiscard]] double value(const Vec3& point) const {
        const Vec3 p(-std::abs(point.x), point.y, point.z);
        std::array<double, 16> f{};
        for (std::size_t i = 0; i < lofts_.size(); ++i) {
            const SectionLoft& loft = lofts_[i];
            f[i] = kOutside;
            if (p.y <= loft.low() - kMargin || p.y >= loft.high() + kMargin) continue;
            f[i] = loft.value(p);
            if (static_cast<int>(i) == thigh_) // the other thigh starts at the midline
                f[i] = smooth_minimum(std::max(f[i], p.x), std::max(loft.value(geometry::mirrored(p)), -p.x),
                                      between_thighs_);
        }
        for (const Stack& stack : stacks_) { // one passes into the other over their common height
            const double from = lofts_[stack.upper].low(), to = lofts_[stack.lower].high();
            if (p.y >= to)
                f[stack.lower] = kOutside;
            else if (p.y <= from)
                f[stack.upper] = kOutside;
            else {
                const double s = smooth_step(from, to, p.y);
                f[stack.lower] = f[stack.upper] = f[stack.lower] * (1 - s) + f[stack.upper] * s;
            }
        }
        double out = *std::min_element(f.begin(), f.begin() + static_cast<std::ptrdiff_t>(lofts_.size()));
        for (const Join& join : joins_)
            if (f[join.first] < kOutside && f[join.second] < kOutside)
                out = std::min(out, smooth_minimum(f[join.first], f[join.second], join.radius));
        return out;
    }

    [[nodiscard]] Box box() const {
        Box box;
        for (const SectionLoft& loft : lofts_)
            box.add(loft.box());
        return box;
    }

private:
    static constexpr double kOutside = 60.0, kMargin = 12.0, kStacked_mm = 40.0;
    struct Join {
        int first, second;
        double radius;
    };
    struct Stack {
        int lower, upper;
    };
    std::vector<SectionLoft> lofts_;
    std::vector<Join> joins_;
    std::vector<Stack> stacks_;
    int thigh_ = -1;
    double between_thighs_ = kJoin_mm;
};

/// Runs `line(values, stride, count)` over every grid line of one axis.
template <class Line>
void for_each_line(FieldGrid& grid, int axis, const Line& line) {
    const std::array<int, 3> n{grid.nx, grid.ny, grid.nz};
    const std::array<std::size_t, 3> stride{1, static_cast<std::size_t>(grid.nx),
                                            static_cast<std::size_t>(grid.nx) * grid.ny};
    const int a = (axis + 1) % 3, b = (axis + 2) % 3;
    for_each_index(static_cast<std::size_t>(n[b]), [&](std::size_t j) {
        for (int i = 0; i < n[a]; ++i)
            line(grid.values.data() + stride[a] * i + stride[b] * j, stride[axis], n[axis]);
    });
}

/// Each value becomes fold(over the values within `reach` cells along every axis).
template <class Fold>
void filter(FieldGrid& grid, int reach, const Fold& fold) {
    for (int axis = 0; axis < 3; ++axis)
        for_each_line(grid, axis, [&](float* first, std::size_t stride, int count) {
            thread_local std::vector<float> line;
            line.resize(static_cast<std::size_t>(count));
            bool any = false;
            for (int i = 0; i < count; ++i)
                any |= (line[i] = first[stride * i]) != 0.0F;
            if (!any) return;
            for (int i = 0; i < count; ++i) {
                const int from = std::max(i - reach, 0), to = std::min(i + reach, count - 1);
                first[stride * i] = fold(line.data() + from, line.data() + to + 1);
            }
        });
}

void spread_greatest(FieldGrid& grid, int reach) {
    filter(grid, reach, [](const float* from, const float* to) { return *std::max_element(from, to); });
}

void average(FieldGrid& grid, int reach) {
    filter(grid, reach, [](const float* from, const float* to) {
        float sum = 0.0F;
        for (const float* v = from; v != to; ++v)
            sum += *v;
        return sum / static_cast<float>(to - from);
    });
}

double triangle_distance2(const Vec3& p, const Vec3& a, const Vec3& b, const Vec3& c) {
    const Vec3 ab = b - a, ac = c - a, ap = p - a;
    const double d1 = glm::dot(ab, ap), d2 = glm::dot(ac, ap);
    const auto to = [&p](const Vec3& q) { return glm::dot(p - q, p - q); };
    if (d1 <= 0 && d2 <= 0) return to(a);
    const Vec3 bp = p - b;
    const double d3 = glm::dot(ab, bp), d4 = glm::dot(ac, bp);
    if (d3 >= 0 && d4 <= d3) return to(b);
    const double vc = d1 * d4 - d3 * d2;
    if (vc <= 0 && d1 >= 0 && d3 <= 0) return to(a + d1 / (d1 - d3) * ab);
    const Vec3 cp = p - c;
    const double d5 = glm::dot(ab, cp), d6 = glm::dot(ac, cp);
    if (d6 >= 0 && d5 <= d6) return to(c);
    const double vb = d5 * d2 - d1 * d6;
    if (vb <= 0 && d2 >= 0 && d6 <= 0) return to(a + d2 / (d2 - d6) * ac);
    const double va = d3 * d6 - d5 * d4;
    if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) return to(b + (d4 - d3) / ((d4 - d3) + (d5 - d6)) * (c - b));
    const double sum = va + vb + vc;
    return sum > 0 ? to(a + vb / sum * ab + vc / sum * ac) : to(a);
}

/// Lowers `distance` to that of the nearest triangle, at grid points within `reach` for which `wanted` holds.
template <class Wanted>
void add_distances(FieldGrid& distance, const Mesh& mesh, double reach, const Wanted& wanted) {
    for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
        std::array<Vec3, 3> v;
        Box box;
        for (std::size_t k = 0; k < 3; ++k)
            box.add(v[k] = Vec3(mesh.positions[mesh.indices[t + k]]));
        box.grow(reach);
        const Vec3 low = glm::max(glm::ceil((box.low - distance.origin) / distance.step), Vec3(0.0));
        const Vec3 high = glm::floor((box.high - distance.origin) / distance.step);
        for (int k = static_cast<int>(low.z); k <= std::min(distance.nz - 1, static_cast<int>(high.z)); ++k)
            for (int j = static_cast<int>(low.y); j <= std::min(distance.ny - 1, static_cast<int>(high.y));
                 ++j)
                for (int i = static_cast<int>(low.x);
                     i <= std::min(distance.nx - 1, static_cast<int>(high.x)); ++i) {
                    const std::size_t n = distance.at(i, j, k);
                    if (!wanted(n)) continue;
                    const auto d = static_cast<float>(
                        std::sqrt(triangle_distance2(distance.point(i, j, k), v[0], v[1], v[2])));
                    distance.values[n] = std::min(distance.values[n], d);
                }
    }
}

/// Continues distances known near a surface to the rest of the grid (fast sweeping of the eikonal equation,
/// Zhao 2005, Math. Comp. 74:603-627).
void sweep_distances(FieldGrid& d, float known_below) {
    const std::vector<float> start = d.values;
    const std::array<int, 3> n{d.nx, d.ny, d.nz};
    const auto h = static_cast<float>(d.step);
    for (int order = 0; order < 8; ++order) {
        const auto at = [&](int axis, int i) { return (order >> axis & 1) != 0 ? n[axis] - 1 - i : i; };
        for (int c = 0; c < d.nz; ++c)
            for (int b = 0; b < d.ny; ++b)
                for (int a = 0; a < d.nx; ++a) {
                    const int i = at(0, a), j = at(1, b), k = at(2, c);
                    const std::size_t m = d.at(i, j, k);
                    if (start[m] < known_below) continue;
                    const auto least = [&](int axis, int q, std::size_t stride) {
                        const float before = q > 0 ? d.values[m - stride] : d.values[m + stride];
                        const float after = q + 1 < n[axis] ? d.values[m + stride] : before;
                        return std::min(before, after);
                    };
                    std::array<float, 3> v{least(0, i, 1), least(1, j, static_cast<std::size_t>(d.nx)),
                                           least(2, k, static_cast<std::size_t>(d.nx) * d.ny)};
                    std::sort(v.begin(), v.end());
                    float u = v[0] + h;
                    if (u > v[1]) {
                        u = (v[0] + v[1] + std::sqrt(2 * h * h - (v[0] - v[1]) * (v[0] - v[1]))) / 2;
                        if (u > v[2]) {
                            const float sum = v[0] + v[1] + v[2];
                            const float square = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
                            u = (sum + std::sqrt(std::max(0.0F, sum * sum - 3 * (square - h * h)))) / 3;
                        }
                    }
                    d.values[m] = std::min(d.values[m], u);
                }
    }
}

/// The lofts' field grows faster than distance where the skin is nearly level (top of the shoulder): replaced
/// by the true signed distance to its zero surface.
FieldGrid as_distance(const FieldGrid& field) {
    constexpr float kFar = 200.0F;
    const double exact = 1.8 * field.step;
    FieldGrid out = field;
    std::fill(out.values.begin(), out.values.end(), kFar);
    add_distances(out, contour(field), exact, [](std::size_t) { return true; });
    sweep_distances(out, static_cast<float>(exact));
    for (std::size_t n = 0; n < out.values.size(); ++n)
        if (field.values[n] < 0.0F) out.values[n] = -out.values[n];
    return out;
}

/// The lofts meet in grooves (arm and trunk, between the thighs) and are stepped where the skin is nearly
/// level (top of the shoulder and of the head). Below the head grooves narrower than a finger are filled and
/// the rest is smoothed by about a cell; the face keeps its relief.
FieldGrid without_creases(const FieldGrid& skin) {
    constexpr float kGroove_mm = 12.0F;
    constexpr double kNeckLow_mm = 1480.0,
                     kNeckHigh_mm = 1520.0; // from the smoothed trunk to the untouched face
    FieldGrid body = skin;
    for (float& v : body.values)
        v -= kGroove_mm;
    body = as_distance(body);
    for (float& v : body.values)
        v += kGroove_mm;
    average(body, 1);
    average(body, 1);
    FieldGrid soft = skin;
    average(soft, 2);
    average(soft, 2);
    FieldGrid out = skin;
    for (int k = 1; k + 1 < skin.nz; ++k)
        for (int j = 1; j + 1 < skin.ny; ++j) {
            const double face = smooth_step(kNeckLow_mm, kNeckHigh_mm, skin.point(0, j, 0).y);
            for (int i = 1; i + 1 < skin.nx; ++i) {
                const std::size_t n = skin.at(i, j, k);
                const double rise =
                    (soft.values[skin.at(i, j + 1, k)] - soft.values[skin.at(i, j - 1, k)]) / (2 * skin.step);
                const double level = smooth_step(0.6, 0.9, rise);
                const double own = skin.values[n] * face + body.values[n] * (1 - face);
                out.values[n] = static_cast<float>(own * (1 - level) + soft.values[n] * level);
            }
        }
    return out;
}

/// How far the skin must move outward at each grid point to clear everything inside it.
FieldGrid push_of(const FieldGrid& skin, std::span<const Built> inner) {
    FieldGrid push = skin;
    std::fill(push.values.begin(), push.values.end(), static_cast<float>(kReach_mm));
    const auto not_deep = [&skin](std::size_t n) { return skin.values[n] > -(kBlend_mm + kClear_mm); };
    for (const Built& built : inner)
        add_distances(push, built.lods[std::min<std::size_t>(1, built.lods.size() - 1)], kReach_mm, not_deep);
    for (std::size_t n = 0; n < push.values.size(); ++n) {
        const double f = skin.values[n], d = push.values[n];
        push.values[n] =
            d >= kReach_mm ? 0.0F
                           : static_cast<float>(f - std::min(f, smooth_minimum(f, d - kClear_mm, kBlend_mm)));
    }
    return push;
}

/// A grid of the right half continued to the left as its mirror image.
FieldGrid both_halves(const FieldGrid& right) {
    const double reach = -right.origin.x;
    FieldGrid whole({right.origin,
                     {reach - 1e-6, right.origin.y + (right.ny - 1.001) * right.step,
                      right.origin.z + (right.nz - 1.001) * right.step}},
                    right.step, 0.0F);
    for (int k = 0; k < whole.nz; ++k)
        for (int j = 0; j < whole.ny; ++j)
            for (int i = 0; i < whole.nx; ++i)
                whole.values[whole.at(i, j, k)] = right.values[right.at(std::min(i, whole.nx - 1 - i), j, k)];
    return whole;
}

FieldGrid right_half(const FieldGrid& whole) {
    FieldGrid right = whole;
    right.nx = (whole.nx + 1) / 2;
    right.values.clear();
    for (int k = 0; k < whole.nz; ++k)
        for (int j = 0; j < whole.ny; ++j)
            for (int i = 0; i < right.nx; ++i)
                right.values.push_back(whole.values[whole.at(i, j, k)]);
    return right;
}

} // namespace

Built build_skin(const SkinFigure& skin, std::span<const Built> inner) {
    const Envelope envelope(skin);
    Box box = envelope.box();
    for (const Built& built : inner)
        box.add(bounds(built.lods.front()));
    box.grow(kClear_mm + 4 * kStep_mm);
    // The midline lies on a plane of grid points: the skin is symmetric.
    box.low.x = -std::ceil(std::max(-box.low.x, box.high.x) / kStep_mm) * kStep_mm;
    box.high.x = -1e-6;
    FieldGrid whole = both_halves(
        sample([&envelope](const Box&) { return [&envelope](const Vec3& p) { return envelope.value(p); }; },
               box, kStep_mm));
    average(whole, 1); // rounds the creases where lofts meet
    whole = without_creases(as_distance(whole));

    // A push is first spread to its surroundings at full height and then averaged over no more than that: the
    // skin rises gently and yet nowhere less than it must.
    FieldGrid push = both_halves(push_of(right_half(whole), inner));
    spread_greatest(push, kSpread);
    average(push, kSpread / 2);
    average(push, kSpread - kSpread / 2);
    for (std::size_t n = 0; n < whole.values.size(); ++n)
        whole.values[n] -= push.values[n];

    const geometry::LocalField field = [&whole](const Box&) {
        return [&whole](const Vec3& p) { return whole.value(p); };
    };
    const Mesh full = largest_component(contour(whole));
    std::vector<Mesh> lods;
    for (const double error : {0.12, 0.5, 2.0}) {
        lods.push_back(simplified(lods.empty() ? full : lods.back(), {error, 0}));
        settle(lods.back(), field, kStep_mm, 0.0);
        unfold(lods.back());
    }
    anatomy::Structure entry;
    entry.id = "skin";
    entry.kind = StructureKind::Skin;
    entry.name = "Skin";
    entry.ta2 = "cutis";
    entry.fma = "FMA7163";
    entry.region = "whole body";
    entry.source = "measured";
    entry.note = "Ears absent, eyelids closed over, fingers and toes joined; fat of an average man over the "
                 "nearest muscle or bone.";
    return finished(std::move(entry), std::move(lods));
}

} // namespace tb::forge
