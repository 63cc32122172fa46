// Meshes of the tools in the hand and of the furniture, built once in code. Local frames, mm: the working
// point (pad, pen tip, needle tip, nozzle) is the origin and +z leads away from the skin towards the hand,
// unless said otherwise.
#pragma once

#include <memory>

#include "geometry/mesh.h"
#include "render/render_scene.h"

namespace tb::view {

enum class Shape {
    Sphere,   ///< unit
    Cylinder, ///< unit radius, z 0..1
    Hand, ///< right hand with index and middle finger on the skin, fingertips towards -y, wrist towards +y
    PincerHand, ///< thumb against index and middle finger, 16 mm apart across x, wrist towards +y
    Nails,
    PincerNails,
    Cuff, ///< end of a sleeve at the wrist of Hand
    PenTip,
    PenBody,
    PenCap,
    SwabHead,
    SwabStick,
    SprayNozzle, ///< jet leaves the origin towards -z; the can hangs below towards -y
    SprayCan,
    SprayLabel,
    GauzePad,
    Bevel, ///< unit outer radius: bevelled tip from z 0 to 6
    Hub,   ///< z from 0 (needle side) to 12
    Barrel1,
    Barrel5, ///< 1 and 5 mL syringe, z from 0 (nozzle) outward
    Marks1,
    Marks5, ///< graduations
    Stopper1,
    Stopper5, ///< z from 0 (front face) to 5
    Rod1,
    Rod5,      ///< plunger rod with thumb rest, z from 0 (behind the stopper)
    ProbeFace, ///< lens of a linear probe 40 mm long along x, its face at z = 0
    ProbeBody, ///< handle above it
    ProbeMark, ///< the raised mark at the end -x
    ProbeCable,
    AlgometerTip, ///< rubber disc of 1 cm2
    AlgometerRod,
    AlgometerCase, ///< round housing of the dial, its face towards +y
    AlgometerFace,
    AlgometerMarks,  ///< one a kg/cm2, on the face
    AlgometerHandle, ///< grip above the dial
    TableTop,
    TablePad, ///< treatment table along y, the padding's top at z = 0 and +z up in the room
    Count
};

constexpr float kAlgometerTip_mm = 5.64f; ///< radius of the algometer's disc of 1 cm2
/// Of the algometer's dial: middle and plane of its face, and the way of its hand around +y, clockwise as
/// seen by who looks at the face: from lower left (0) over the top to lower right (full).
constexpr float kDialMiddle_mm = 76.0f, kDialFace_mm = 8.4f, kDialRadius_mm = 25.0f;
constexpr float kDialSweep_deg = 270.0f;
constexpr double kDialFull = 10.0; ///< kg/cm2
/// Unit direction of the hand on the face, in the tool's frame.
glm::vec3 dial_direction(double kg_per_cm2);

struct SyringeSize {
    Shape barrel, marks, stopper, rod;
    float nominal_mL;
    float bore_mm;  ///< inner radius
    float front_mm; ///< z of the inner front face of the barrel
    [[nodiscard]] float stroke_mm(double volume_mL) const;
};
/// The smallest of 1 and 5 mL that holds the volume.
SyringeSize syringe_for(double volume_mL);

/// Outer diameter of an injection needle, mm (ISO 9626, nominal). Gauges between the listed ones give the
/// next thicker.
float needle_outer_mm(int gauge);
/// Colour of the hub, linear RGB (ISO 6009).
glm::vec3 hub_colour(int gauge);

class ToolShapes {
public:
    ToolShapes();
    ~ToolShapes();
    ToolShapes(ToolShapes&&) noexcept;
    ToolShapes& operator=(ToolShapes&&) noexcept;

    [[nodiscard]] const geometry::Mesh& mesh(Shape shape) const;
    /// For drawables; ids do not meet those of anatomical structures.
    [[nodiscard]] render::MeshRef ref(Shape shape) const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Sphere and Cylinder without a ToolShapes, for bands and deposits.
render::MeshRef basic_ref(Shape shape);

} // namespace tb::view
