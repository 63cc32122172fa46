// Vessels alive: the same cross-sections that the rays met, wider with the beat or closed by the probe.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "tissue/echo_lines.h"

namespace tb::tissue::echo {
namespace {

constexpr double kLongway = 2.5;        // a section this many times as wide as high is one along the vessel
constexpr double kClosed = 0.08;        // a vein thinner than this share of itself is shut
constexpr double kFlattening = 0.3;     // widening of a vein as it closes (est.)
constexpr double kSuperficial_mm = 5.0; // what us.vein_collapse_force is about

} // namespace

Lines::Scale Lines::scale_of(StructureKind kind, double m, double time_s) const {
    const EchoTable& t = parameters_->echo;
    if (kind == StructureKind::Artery) {
        const double beat = time_s * t.pulse_hz;
        const double s = 1.0 + t.artery_pulse * pulse_at(beat - std::floor(beat));
        return {s, s};
    }
    const double force = probe_.press_N * std::min(spread(m) / spread(kSuperficial_mm), 1.0);
    const double closed = std::clamp(force / t.vein_collapse_N, 0.0, 1.0);
    const double breath = 1.0 + t.vein_breath * std::sin(2.0 * std::numbers::pi * time_s * t.breath_hz);
    return {1.0 + kFlattening * closed, (1.0 - closed) * breath};
}

void Lines::move_vessels(double time_s) {
    const double dx = probe_.width_mm / static_cast<double>(lines_.size());
    blobs_.clear();
    pieces_.clear();
    // Sections of neighbouring lines that overlap belong to one blob.
    for (int l = 0; l < static_cast<int>(lines_.size()); ++l) {
        Line& line = lines_[static_cast<std::size_t>(l)];
        line.lumens.clear();
        for (std::size_t k = 0; k < line.vessels.size(); ++k) {
            const Stretch& v = line.vessels[k];
            std::size_t blob = blobs_.size();
            for (std::size_t b = 0; b < blobs_.size(); ++b) {
                if (blobs_[b].id == v.id && blobs_[b].last == l - 1 && v.enter_m < blobs_[b].bottom &&
                    v.leave_m > blobs_[b].top)
                    blob = b;
            }
            if (blob == blobs_.size()) blobs_.push_back({v.id, l, l, k, v.enter_m, v.leave_m});
            blobs_[blob].last = l;
            blobs_[blob].top = v.enter_m;
            blobs_[blob].bottom = v.leave_m;
            pieces_.push_back({l, k, blob});
        }
    }
    std::sort(pieces_.begin(), pieces_.end(), [](const Piece& a, const Piece& b) {
        return a.blob != b.blob ? a.blob < b.blob : a.line < b.line;
    });
    std::size_t begin = 0;
    while (begin < pieces_.size()) {
        std::size_t end = begin;
        double area = 0.0, sum_x = 0.0, sum_m = 0.0, highest = 0.0;
        const auto stretch = [&](std::size_t p) -> const Stretch& {
            return lines_[static_cast<std::size_t>(pieces_[p].line)].vessels[pieces_[p].stretch];
        };
        for (; end < pieces_.size() && pieces_[end].blob == pieces_[begin].blob; ++end) {
            const Stretch& v = stretch(end);
            const double thick = static_cast<double>(v.leave_m - v.enter_m);
            area += thick;
            sum_x += thick * pieces_[end].line;
            sum_m += thick * 0.5 * static_cast<double>(v.leave_m + v.enter_m);
            highest = std::max(highest, thick);
        }
        const Stretch& any = stretch(begin);
        const double x = sum_x / area, m = sum_m / area;
        const int first = pieces_[begin].line, last = pieces_[end - 1].line;
        const bool along = (last - first + 1) * dx > kLongway * highest || first == 0 ||
                           last + 1 == static_cast<int>(lines_.size());
        Scale scale = scale_of(any.kind, m, time_s);
        if (along) scale.wide = 1.0;
        if (scale.high > kClosed) {
            const int low = std::max(0, static_cast<int>(std::floor(x - (x - first + 0.5) * scale.wide)));
            const int high = std::min(static_cast<int>(lines_.size()) - 1,
                                      static_cast<int>(std::ceil(x + (last - x + 0.5) * scale.wide)));
            std::size_t p = begin;
            for (int l = low; l <= high; ++l) {
                const double from = x + (l - x) / scale.wide; // the line this one looks like
                if (from < first - 0.5 || from > last + 0.5) continue;
                while (p + 1 < end && pieces_[p + 1].line <= from)
                    ++p;
                const std::size_t q = std::min(p + 1, end - 1);
                const double gap = pieces_[q].line - pieces_[p].line;
                const auto share = static_cast<float>(
                    gap > 0.0 ? std::clamp((from - pieces_[p].line) / gap, 0.0, 1.0) : 0.0);
                const Stretch &a = stretch(p), &b = stretch(q);
                const double top = static_cast<double>(a.enter_m + share * (b.enter_m - a.enter_m));
                const double bottom = static_cast<double>(a.leave_m + share * (b.leave_m - a.leave_m));
                const double about = along ? 0.5 * (top + bottom) : m;
                lines_[static_cast<std::size_t>(l)].lumens.push_back(
                    {any.id, any.kind, static_cast<float>(about + (top - about) * scale.high),
                     static_cast<float>(about + (bottom - about) * scale.high), a.cos_in});
            }
        }
        begin = end;
    }
}

} // namespace tb::tissue::echo
