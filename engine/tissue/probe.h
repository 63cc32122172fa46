// The ultrasound probe on the skin: where its picture lies in the body, and whether a point is in it.
// Body frame, millimetres. Pure geometry; the picture itself is echo.h.
#pragma once

#include "anatomy/queries.h"
#include "tissue/echo_table.h"

namespace tb::tissue {

constexpr double kLeastProbeWidth_mm = 38.0, kMostProbeWidth_mm = 50.0; ///< of the linear probes offered
constexpr double kLeastDepth_mm = 20.0, kMostDepth_mm = 60.0;           ///< of a picture
constexpr double kMostGain_dB = 30.0;                                   ///< to either side of the default
constexpr double kMostProbeTilt_deg = 60.0, kMostProbePress_N = 30.0;

/// A linear probe. Its face is a strip `width_mm` long along `lateral`; beams leave it along `inward`.
struct ProbePose {
    geometry::Vec3 centre{0.0};             ///< middle of the face, on the skin as it is without the probe
    geometry::Vec3 inward{0.0, 0.0, -1.0};  ///< unit
    geometry::Vec3 lateral{-1.0, 0.0, 0.0}; ///< unit, across `inward`: from the mark's end to the other
    double width_mm = 40.0;
    double press_N = 4.0; ///< the hand's force; 0: resting in gel
    bool operator==(const ProbePose&) const = default;

    /// Unit, out of the picture's plane.
    [[nodiscard]] geometry::Vec3 elevation() const { return glm::cross(inward, lateral); }
};

/// A point as the picture sees it.
struct InPicture {
    double lateral_mm = 0.0;   ///< from the middle of the face, towards the end without the mark
    double depth_mm = 0.0;     ///< below the face, before the probe presses
    double elevation_mm = 0.0; ///< out of the plane
};
InPicture in_picture(const ProbePose& pose, const geometry::Vec3& p);

/// Whether a point shows: within the face's width, no deeper than the picture, and within half the slice's
/// thickness of its plane.
bool in_slice(const EchoTable& table, const ProbePose& pose, double depth_mm, const geometry::Vec3& p);

/// How a hand holds the probe against the skin.
struct ProbeHold {
    double turn_deg = 0.0; ///< of the face about the skin's normal, from `along`
    double tilt_deg = 0.0; ///< of the slice about the face's long axis
    double rock_deg = 0.0; ///< of the slice in its own plane: the end without the mark goes deeper
};
/// The probe on the skin nearest to `at`, its long axis as near to `along` as the skin allows (then turned).
/// Where `along` stands upright on the skin, some direction along the skin is taken.
ProbePose place_probe(const anatomy::Body& body, const geometry::Vec3& at, const geometry::Vec3& along,
                      const ProbeHold& hold);

} // namespace tb::tissue
