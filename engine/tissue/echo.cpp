#include "tissue/echo.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tissue/echo_lines.h"
#include "tissue/echo_paint.h"

namespace tb::tissue {

struct EchoScanner::Impl {
    explicit Impl(const Parameters& p) : parameters(&p) {}
    const Parameters* parameters;
    echo::Noise noise;
    echo::Lines lines;
    echo::Painter painter;
    EchoPicture picture;
};

EchoScanner::EchoScanner(const Parameters& parameters) : impl_(std::make_unique<Impl>(parameters)) {}
EchoScanner::~EchoScanner() = default;
EchoScanner::EchoScanner(EchoScanner&&) noexcept = default;
EchoScanner& EchoScanner::operator=(EchoScanner&&) noexcept = default;

const EchoPicture& EchoScanner::scan(const EchoScene& scene) {
    Impl& i = *impl_;
    const EchoTable& t = i.parameters->echo;
    EchoSettings settings = scene.settings;
    settings.depth_mm = std::clamp(settings.depth_mm, kLeastDepth_mm, kMostDepth_mm);
    settings.gain_dB = std::clamp(settings.gain_dB, -kMostGain_dB, kMostGain_dB);
    if (!(settings.frequency_MHz > 0.0)) settings.frequency_MHz = t.frequency_MHz(settings.depth_mm);
    EchoPicture& p = i.picture;
    p.lines = static_cast<int>(t.lines);
    p.samples = static_cast<int>(t.samples);
    p.width_mm = std::clamp(scene.probe.width_mm, kLeastProbeWidth_mm, kMostProbeWidth_mm);
    p.depth_mm = settings.depth_mm;
    EchoScene seen = scene;
    seen.probe.width_mm = p.width_mm;
    seen.probe.press_N = std::clamp(seen.probe.press_N, 0.0, kMostProbePress_N);
    i.lines.trace(*i.parameters, *scene.body, seen.probe, p.depth_mm, p.lines, p.samples);
    i.lines.move_vessels(scene.time_s);
    i.painter.paint(t, i.noise, i.lines, seen, settings, p);
    return p;
}

std::vector<EchoLayer> EchoScanner::layers_at(double lateral_mm) const {
    const Impl& i = *impl_;
    std::vector<EchoLayer> out;
    const EchoPicture& p = i.picture;
    if (p.lines == 0) return out;
    const int l = std::clamp(static_cast<int>((lateral_mm / p.width_mm + 0.5) * p.lines), 0, p.lines - 1);
    const echo::Line& line = i.lines.all()[static_cast<std::size_t>(l)];
    if (!line.contact) return out;
    const auto shown = [&](float m) { return i.lines.sample_at(l, m) * p.mm_per_sample(); };
    const auto add = [&](StructureId id, StructureKind kind, float top, float bottom) {
        const EchoLayer layer{id, kind, shown(top), shown(bottom)};
        if (layer.bottom_mm > layer.top_mm) out.push_back(layer);
    };
    for (const echo::Span& s : line.spans) {
        const StructureId id =
            s.stretch >= 0 ? line.stretches[static_cast<std::size_t>(s.stretch)].id : StructureId{};
        add(id, s.kind, s.top_m, s.bottom_m);
    }
    for (const echo::Lumen& v : line.lumens)
        add(v.id, v.kind, v.top_m, v.bottom_m);
    const bool ends = line.end == echo::End::Bone || line.end == echo::End::Lung;
    if (ends && shown(line.end_m) < p.depth_mm) {
        out.push_back({{},
                       line.end == echo::End::Bone ? StructureKind::Bone : StructureKind::Pleura,
                       shown(line.end_m),
                       p.depth_mm});
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const EchoLayer& a, const EchoLayer& b) { return a.top_mm < b.top_mm; });
    return out;
}

double pulse_at(double phase) {
    constexpr double kRise = 0.18; // share of the beat until the peak (est.)
    if (phase < kRise) {
        const double s = std::sin(0.5 * std::numbers::pi * phase / kRise);
        return s * s;
    }
    const double fall = (phase - kRise) / (1.0 - kRise);
    // The dicrotic wave: a small second rise on the way down.
    return std::clamp(std::exp(-3.2 * fall) + 0.12 * std::exp(-60.0 * (fall - 0.35) * (fall - 0.35)) -
                          0.04 * fall,
                      0.0, 1.0);
}

} // namespace tb::tissue
