// The ultrasound picture (B-mode) that a linear probe gives, computed from the patient's body: the same
// meshes, skin, fat, fibres, bands and needle as every other query.
//
// How: one ray per scan line through the body gives what lies under the face; the probe's force thins the
// layers (the palpation's laws) and closes veins; then each sample gets the echo of its tissue: scatterers
// fixed to the tissue in three dimensions (so speckle moves with the tissue and not with the screen), fibres
// along the muscle's own lattice, septa of fat, borders by impedance and angle of incidence, attenuation and
// its correction, shadow behind bone, air behind the pleural line. Not modelled: refraction, differences of
// the speed of sound, beams in other directions than the face's.
//
// Body frame, millimetres, seconds, decibels of amplitude (0 dB: a 22 G needle across the beam). Numbers:
// EchoTable. No clock: the moment of heart and breath is an argument. The same input gives the same picture.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "tissue/parameters.h"
#include "tissue/probe.h"

namespace tb::tissue {

struct EchoSettings {
    double depth_mm = 40.0;     ///< kLeastDepth_mm .. kMostDepth_mm
    double gain_dB = 0.0;       ///< within kMostGain_dB
    double frequency_MHz = 0.0; ///< 0: the one that suits the depth
    bool operator==(const EchoSettings&) const = default;
};

/// A needle as the picture needs it; nothing of it outside the skin is shown.
struct NeedleInView {
    geometry::Vec3 entry{0.0}, tip{0.0}; ///< straight between them
    double outer_mm = 0.7176, inner_mm = 0.413;
};
/// Fluid that was injected: a black lens in the tissue.
struct FluidInView {
    geometry::Vec3 centre{0.0};
    double volume_mL = 0.0;
};

struct EchoScene {
    const anatomy::Body* body = nullptr;
    ProbePose probe;
    EchoSettings settings;
    std::span<const NeedleInView> needles;
    std::span<const FluidInView> fluids;
    double time_s = 0.0; ///< phase of heart and breath, grain of the receiver's noise
};

/// `lines` columns from the mark's end to the other, `samples` rows from the face downwards; kept line by
/// line: sample s of line l is at [l * samples + s].
struct EchoPicture {
    int lines = 0, samples = 0;
    double width_mm = 0.0, depth_mm = 0.0;
    std::vector<float> envelope;    ///< amplitude after gain, 1 = 0 dB
    std::vector<std::uint8_t> grey; ///< compressed to the dynamic range
    [[nodiscard]] std::size_t at(int line, int sample) const {
        return static_cast<std::size_t>(line) * static_cast<std::size_t>(samples) +
               static_cast<std::size_t>(sample);
    }
    [[nodiscard]] double mm_per_line() const { return width_mm / lines; }
    [[nodiscard]] double mm_per_sample() const { return depth_mm / samples; }
};

/// What one scan line meets, for tests and for whoever wants words beside the picture. Depths are those of
/// the picture (below the face, after the probe's force).
struct EchoLayer {
    StructureId structure; ///< invalid for skin, fat and loose tissue
    StructureKind kind = StructureKind::Subcutis;
    double top_mm = 0.0, bottom_mm = 0.0;
};

/// Keeps the memory of a picture between frames: after the first of a size nothing is allocated. What the
/// rays met is kept as long as body and probe stay as they are.
class EchoScanner {
public:
    explicit EchoScanner(const Parameters& parameters); ///< kept by reference
    explicit EchoScanner(Parameters&&) = delete;
    ~EchoScanner();
    EchoScanner(EchoScanner&&) noexcept;
    EchoScanner& operator=(EchoScanner&&) noexcept;

    /// The picture stays valid until the next call. Depth, gain and width are brought into their ranges.
    const EchoPicture& scan(const EchoScene& scene);
    /// What the scan line nearest to `lateral_mm` met in the last picture, vessels as they were at that
    /// moment.
    [[nodiscard]] std::vector<EchoLayer> layers_at(double lateral_mm) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Share 0..1 of its brightest that a needle in the plane shows at this angle to the face: falls linearly to
/// nothing at needle_zero_deg [schafhalter2004].
double needle_brightness(const EchoTable& table, double angle_deg);
/// Widening of an artery's radius, 0..1 of its most, at a phase 0..1 of the beat: quick rise, slow fall.
double pulse_at(double phase);

} // namespace tb::tissue
