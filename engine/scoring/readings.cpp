#include "scoring/readings.h"

#include <cmath>

#include <fmt/format.h>

namespace tb::scoring {
namespace {

constexpr double kSamePlace_mm = 25.0;
constexpr double kMidline_mm = 3.0;
constexpr double kEqual = 0.05; ///< kg/cm2; nearer than the dial is read

bool same_place_other_side(const events::PressureThreshold& a, const events::PressureThreshold& b) {
    if (a.quick || b.quick) return false; // too high by the late word: nothing to compare
    if (a.point.x * b.point.x >= 0.0) return false;
    if (anatomy::without_side(a.structure) != anatomy::without_side(b.structure)) return false;
    return std::hypot(a.point.x + b.point.x, a.point.y - b.point.y, a.point.z - b.point.z) <= kSamePlace_mm;
}

} // namespace

std::vector<AlgometerReading> algometer_readings(const std::vector<events::Event>& events) {
    std::vector<AlgometerReading> out;
    for (const events::Event& event : events) {
        const auto* found = event.get<events::PressureThreshold>();
        if (found == nullptr) continue;
        AlgometerReading r{*found, event.tick, event.seq, -1};
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (same_place_other_side(out[i].found, *found)) r.other = static_cast<int>(i);
        }
        out.push_back(std::move(r));
    }
    return out;
}

std::string reading_place(const anatomy::Body* body, const events::PressureThreshold& found, bool named) {
    std::string place = "skin";
    if (body != nullptr) {
        if (const StructureId id = body->atlas().find(found.structure); id.valid()) {
            const anatomy::Structure& s = body->atlas().structure(id);
            place = named ? s.name : s.region;
        }
    } else if (named && !found.structure.empty()) {
        place = found.structure;
    }
    if (std::abs(found.point.x) <= kMidline_mm) return place;
    return fmt::format("{} ({})", place, found.point.x > 0.0 ? "left" : "right");
}

std::string reading_words(const std::vector<AlgometerReading>& readings, std::size_t index) {
    const AlgometerReading& r = readings[index];
    std::string words = fmt::format("{:.1f} kg/cm²", r.found.pressure.value());
    if (r.other >= 0) {
        const double other = readings[static_cast<std::size_t>(r.other)].found.pressure.value();
        const double more = r.found.pressure.value() - other;
        words += std::abs(more) < kEqual ? ", as on the other side"
                                         : fmt::format(", {:.1f} {} than the other side", std::abs(more),
                                                       more > 0.0 ? "higher" : "lower");
    }
    if (r.found.quick)
        words += fmt::format("; pressed too fast ({:.1f} kg/cm² a second), so about {:.1f} too high",
                             r.found.rate.value(), std::max(0.0, r.found.over.value()));
    return words;
}

} // namespace tb::scoring
