// Hand-built tissue for palpation tests: flat layers whose skin is the plane z = 0, inward -z, fibres along
// y, and a band along y at x = 0.
#pragma once

#include "support/mechanics.h"
#include "tissue/palpation.h"

namespace tb::test {

using geometry::Vec3;

struct Flat {
    anatomy::TissueColumn column;
    std::vector<anatomy::Band> bands;
    Vec3 fibre{0.0, 1.0, 0.0};

    explicit Flat(double fat_mm = 4.0, double band_depth_mm = 11.0) {
        using K = StructureKind;
        column.surface = {Vec3(0.0), Vec3(0.0, 0.0, 1.0)};
        column.layers = {{{}, K::Skin, 2.0},
                         {{}, K::Subcutis, fat_mm},
                         {StructureId{3}, K::Muscle, 12.9},
                         {{}, K::Subcutis, 0.8},
                         {StructureId{4}, K::Muscle, 14.3}};
        column.on_bone = true;
        anatomy::Band band;
        band.id = "band";
        band.radius_mm = 2.0;
        band.nodule_radius_mm = 4.25;
        band.pressure_threshold = KgPerCm2(1.6);
        band.pain_on_pressure = 8.0;
        band.centre = Vec3(0.0, 20.0, -band_depth_mm);
        for (double y = -30.0; y <= 50.0; y += 2.0)
            band.line.emplace_back(0.0, y, -band_depth_mm);
        bands.push_back(band);
    }

    [[nodiscard]] tissue::PadContact contact(double press_N, const Vec3& at = Vec3(0.0)) {
        column.surface.point = at;
        tissue::PadContact c;
        c.column = &column;
        c.inward = Vec3(0.0, 0.0, -1.0);
        c.fibre = fibre;
        c.press_N = press_N;
        c.bands = bands;
        return c;
    }
    [[nodiscard]] tissue::PadReading press(double press_N, const Vec3& at = Vec3(0.0)) {
        return tissue::press(mechanics(), contact(press_N, at));
    }

    struct Strummed {
        double cue = 0.0, nodule_cue = 0.0, most_lateral_N = 0.0, left_after_1s = 0.0;
        int snaps = 0;
    };
    /// One straight stroke at constant speed and press, then one second of rest.
    Strummed strum(double press_N, Vec3 from, const Vec3& to, double speed_mm_s, double dt_s = 1.0 / 960.0) {
        tissue::StrumState state;
        Strummed out;
        const double length = glm::length(to - from);
        const int steps = static_cast<int>(length / (speed_mm_s * dt_s));
        for (int i = 0; i <= steps; ++i) {
            const Vec3 at = from + (to - from) * (static_cast<double>(i) / steps);
            const tissue::PadContact c = contact(press_N, at);
            const tissue::StrumStep step =
                tissue::strum(mechanics(), c, tissue::press(mechanics(), c), at, dt_s, state);
            out.snaps += step.snapped ? 1 : 0;
            out.most_lateral_N = std::max(out.most_lateral_N, step.lateral_N);
            out.cue = std::max(out.cue, state.cue);
            out.nodule_cue = std::max(out.nodule_cue, state.nodule_cue);
        }
        for (int i = 0; i < static_cast<int>(1.0 / dt_s); ++i) {
            const tissue::PadContact c = contact(press_N, to);
            tissue::strum(mechanics(), c, tissue::press(mechanics(), c), to, dt_s, state);
        }
        out.left_after_1s = state.cue;
        return out;
    }
};

inline double shown(double contrast) {
    return tissue::perceived(mechanics(), contrast, 2.0);
}

} // namespace tb::test
