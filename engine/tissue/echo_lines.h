// What the scan lines of a probe meet, and how deep it shows under the probe's force. Inside module tissue
// only. Depths "m" are millimetres below the skin along the beam, before the probe presses; the picture's own
// depth comes from `Lines::skin_depth`.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "tissue/echo.h"
#include "tissue/echo_noise.h"

namespace tb::tissue::echo {

inline float amplitude(double dB) {
    return static_cast<float>(std::pow(10.0, dB / 20.0));
}

/// One structure on one line.
struct Stretch {
    StructureId id;
    StructureKind kind = StructureKind::Outside;
    float enter_m = 0.0f, leave_m = 0.0f;
    float cos_in = 1.0f, cos_out = 1.0f; ///< between beam and border's normal, 0..1
    bool fibred = false;
    Vec3f lattice_in, lattice_out; ///< millimetres along, across and through the muscle's own lattice
    float tendon_in = 0.0f, tendon_out = 0.0f; ///< 0 belly .. 1 tendon
    float across_fibres = 1.0f;                ///< sine between beam and fibres: 1 square to them
};

/// What shows at a depth; spans follow each other without gaps.
struct Span {
    float top_m = 0.0f, bottom_m = 0.0f;
    StructureKind kind = StructureKind::Subcutis;
    bool loose = false; ///< between deep structures, not under the skin
    int stretch = -1;   ///< index into the line's stretches
};

/// A bright line.
struct Border {
    float at_m = 0.0f;
    float level = 0.0f; ///< amplitude at its middle, angle included
    float half_mm = 0.15f;
};

/// A darker place inside a muscle: strength falls off from its middle as a parabola.
struct Patch {
    float centre_m = 0.0f, half_mm = 0.0f, dB = 0.0f;
};

/// Inside of a vessel now.
struct Lumen {
    StructureId id;
    StructureKind kind = StructureKind::Vein;
    float top_m = 0.0f, bottom_m = 0.0f;
    float cosine = 1.0f; ///< of its wall, 0..1
};

/// What ends a line: nothing but noise lies beyond.
enum class End { None, Bone, Lung, Air };

struct Line {
    geometry::Vec3 skin{0.0};   ///< where the beam enters
    geometry::Vec3 normal{0.0}; ///< of the skin there, outward
    float cos_skin = 1.0f;
    bool contact = false;
    float gel_mm = 0.0f; ///< between face and skin
    float face_m = 0.0f; ///< the face lies at this m; what stands above the skin is negative
    float skin_m = 0.0f; ///< thickness of the skin along the beam
    End end = End::None;
    float end_m = 0.0f, end_cos = 1.0f;
    std::vector<Stretch> stretches, vessels;
    std::vector<Span> spans;
    std::vector<Border> borders;
    std::vector<Patch> patches;
    std::vector<Lumen> lumens;
};

class Lines {
public:
    /// Traces what lies under the probe; does nothing where body, probe and picture are as before.
    void trace(const Parameters& parameters, const anatomy::Body& body, const ProbePose& probe,
               double depth_mm, int lines, int samples);
    /// Vessels at this moment: arteries wider by their beat, veins thinner by the probe's force and the
    /// breath.
    void move_vessels(double time_s);

    [[nodiscard]] const std::vector<Line>& all() const { return lines_; }
    /// m at each sample of a line; rises along it. Before the skin negative.
    [[nodiscard]] const float* skin_depth(int line) const {
        return depth_m_.data() + static_cast<std::size_t>(line) * static_cast<std::size_t>(samples_);
    }
    /// First sample at or below this m; `samples` if it is deeper than the picture.
    [[nodiscard]] int sample_at(int line, float m) const;

private:
    void measure_parts(const anatomy::Atlas& atlas);
    void trace_line(Line& line, double lateral_mm, double reach_mm);
    void read_stretches(Line& line, double reach_mm);
    void cut_spans(Line& line);
    void find_borders(Line& line);
    void find_patches(Line& line);
    void map_depth(Line& line, int index);
    /// Share of the face's pressure that is left at a depth: the load spreads as under a finger.
    [[nodiscard]] double spread(double m) const;
    /// Width and height of a vessel at this moment beside what the rays met.
    struct Scale {
        double wide = 1.0, high = 1.0;
    };
    [[nodiscard]] Scale scale_of(StructureKind kind, double m, double time_s) const;
    void fill_lattice(Stretch& stretch, const geometry::Hit& hit, bool entering);

    const Parameters* parameters_ = nullptr;
    const anatomy::Body* body_ = nullptr;
    std::uint32_t revision_ = 0;
    ProbePose probe_;
    double depth_mm_ = 0.0;
    int samples_ = 0;
    bool traced_ = false;
    std::vector<Line> lines_;
    std::vector<float> depth_m_;
    std::vector<std::vector<Vec3f>> part_size_mm_; // by structure, by part: along, across, half thickness
    // memory of one line
    std::vector<geometry::Hit> hits_;
    struct Open {
        std::uint32_t object = 0;
        std::size_t stretch = 0;
        int depth = 0;
    };
    std::vector<Open> open_;
    std::vector<float> cuts_;
    // one vessel as it passes from line to line
    struct Blob {
        StructureId id;
        int first = 0, last = 0;
        std::size_t stretch_first = 0;
        float top = 0.0f, bottom = 0.0f; // of its last line
    };
    std::vector<Blob> blobs_;
    struct Piece {
        int line = 0;
        std::size_t stretch = 0;
        std::size_t blob = 0;
    };
    std::vector<Piece> pieces_;
};

} // namespace tb::tissue::echo
