#include "tissue/skin_prep.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/hash.h"

namespace tb::tissue {
namespace {

constexpr int kCount = SkinPrep::kCells * SkinPrep::kCells;
constexpr double kSwab_mm = 12.0;     // radius of the swab
constexpr double kReach_mm = 40.0;    // a tool further off the plane than this is somewhere else on the body
constexpr double kRubbing_mm_s = 5.0; // slower than this the swab only lies there (est.)
constexpr double kOutwardSlack_mm = 1.0; // cells this much nearer than the swab still count as outward (est.)
constexpr std::uint8_t kFilm = 127, kWetFrom = 128, kWet = 255;

struct PlanePoint {
    double x = 0.0, y = 0.0;
    bool near = false;
};

PlanePoint on_plane(const geometry::Vec3& centre, const geometry::Vec3& normal, const geometry::Vec3& p) {
    const geometry::Tangents t = geometry::tangents_of(normal);
    const geometry::Vec3 d = p - centre;
    const double height = std::abs(glm::dot(d, normal));
    return {glm::dot(d, t.e1), glm::dot(d, t.e2), height <= kReach_mm};
}

/// Centre of a cell on the plane, mm from the field's centre.
double cell_mm(int i) {
    return (i + 0.5 - SkinPrep::kCells / 2.0) * SkinPrep::kCell_mm;
}

/// Calls `f(index, distance of the cell from the field's centre)` for every cell within `radius` of (x, y).
template <class F>
void for_cells(double x, double y, double radius, F f) {
    const double half = SkinPrep::kCells / 2.0;
    const auto low = [half](double v) {
        return std::clamp(static_cast<int>(std::floor(v / SkinPrep::kCell_mm + half)), 0,
                          SkinPrep::kCells - 1);
    };
    if (!(std::abs(x) < 1e4 && std::abs(y) < 1e4 && radius > 0.0 && radius < 1e4)) return;
    for (int row = low(y - radius); row <= low(y + radius); ++row) {
        for (int column = low(x - radius); column <= low(x + radius); ++column) {
            const double cx = cell_mm(column), cy = cell_mm(row);
            if (std::hypot(cx - x, cy - y) > radius) continue;
            f(static_cast<std::size_t>(row * SkinPrep::kCells + column), std::hypot(cx, cy));
        }
    }
}

} // namespace

void SkinPrep::place(const geometry::Vec3& centre, const geometry::Vec3& normal) {
    const std::int64_t next = revision_ + 1;
    *this = SkinPrep();
    revision_ = next;
    placed_ = true;
    centre_ = centre;
    normal_ = normal;
    friction_s_.assign(kCount, 0.0F);
    film_.assign(kCount, 0);
}

void SkinPrep::wipe(const Antiseptic& agent, const geometry::Vec3& point, const geometry::Vec3& moved,
                    double dt_s) {
    if (!placed_ || !(dt_s > 0.0)) return;
    const PlanePoint at = on_plane(centre_, normal_, point);
    if (!at.near) return;
    agent_ = agent.id;
    friction_needed_s_ = agent.friction_s;
    drying_needed_s_ = agent.drying_s;
    const bool rubs = glm::length(moved) / dt_s >= kRubbing_mm_s;
    bool touched_field = false;
    const double swab_radius_mm = std::hypot(at.x, at.y);
    for_cells(at.x, at.y, kSwab_mm, [&](std::size_t cell, double radius) {
        const bool in_field = radius <= kField_mm;
        if (film_[cell] == 0 && in_field) {
            ++new_cells_;
            if (radius >= swab_radius_mm - kOutwardSlack_mm) ++outward_cells_;
        }
        if (film_[cell] != kWet) ++revision_;
        film_[cell] = kWet;
        if (rubs) friction_s_[cell] += static_cast<float>(dt_s);
        touched_field = touched_field || in_field;
    });
    if (touched_field) {
        since_wet_s_ = 0.0;
        touched_after_ = false; // the field is being cleaned again
    }
}

void SkinPrep::touch(const geometry::Vec3& point, double radius_mm) {
    if (!placed_) return;
    const PlanePoint at = on_plane(centre_, normal_, point);
    if (!at.near) return;
    for_cells(at.x, at.y, radius_mm, [&](std::size_t cell, double radius) {
        if (film_[cell] != 0 && radius <= kField_mm) touched_after_ = true;
    });
}

void SkinPrep::advance(double dt_s) {
    if (!placed_ || agent_.empty() || !(dt_s > 0.0)) return;
    const auto wetness = [this] {
        const double left = 1.0 - std::clamp(since_wet_s_ / std::max(1e-9, drying_needed_s_), 0.0, 1.0);
        return left > 0.0 ? static_cast<int>(kWetFrom + std::lround(left * (kWet - kWetFrom))) : int{kFilm};
    };
    const int before = wetness();
    since_wet_s_ += dt_s;
    const int now = wetness();
    if (now == before) return;
    // The whole film dries with the last wipe; single cells that were wiped earlier never look wetter than
    // that.
    for (std::uint8_t& cell : film_) {
        if (cell != 0) cell = static_cast<std::uint8_t>(std::min<int>(cell, now));
    }
    ++revision_;
}

SkinPrep::State SkinPrep::state() const {
    State out;
    if (!placed_) return out;
    std::vector<float> rubbed;
    std::int64_t cells = 0;
    for_cells(0.0, 0.0, kField_mm, [&](std::size_t cell, double) {
        ++cells;
        if (film_[cell] != 0) rubbed.push_back(friction_s_[cell]);
    });
    out.touched_after = touched_after_;
    if (rubbed.empty()) return out;
    out.coverage = static_cast<double>(rubbed.size()) / static_cast<double>(cells);
    const auto middle = rubbed.begin() + static_cast<std::ptrdiff_t>(rubbed.size() / 2);
    std::nth_element(rubbed.begin(), middle, rubbed.end());
    out.friction_s = *middle;
    out.outward =
        new_cells_ > 0 ? static_cast<double>(outward_cells_) / static_cast<double>(new_cells_) : 0.0;
    out.dried_s = since_wet_s_;
    out.dryness = std::clamp(since_wet_s_ / std::max(1e-9, drying_needed_s_), 0.0, 1.0);
    return out;
}

std::uint64_t SkinPrep::hash() const {
    StateHash h;
    h.add(std::int64_t{placed_});
    for (const geometry::Vec3& v : {centre_, normal_}) {
        h.add(v.x);
        h.add(v.y);
        h.add(v.z);
    }
    h.add(std::string_view(agent_));
    for (const double v : {friction_needed_s_, drying_needed_s_, since_wet_s_})
        h.add(v);
    for (const std::int64_t v : {new_cells_, outward_cells_, revision_, std::int64_t{touched_after_}})
        h.add(v);
    for (const float v : friction_s_)
        h.add(static_cast<double>(v));
    h.add(std::string_view(reinterpret_cast<const char*>(film_.data()), film_.size()));
    return h.value();
}

} // namespace tb::tissue
