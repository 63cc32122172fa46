#include "view/tools_in_hand.h"

#include <algorithm>
#include <cmath>

namespace tb::view {
namespace {

using events::Tool;
using render::Material;

constexpr glm::vec3 kBareHand{0.66f, 0.38f, 0.27f}, kNitrile{0.12f, 0.27f, 0.52f},
    kLatex{0.74f, 0.66f, 0.50f};
constexpr glm::vec3 kSteel{0.62f, 0.64f, 0.66f}, kWhite{0.80f, 0.81f, 0.82f}, kClear{0.72f, 0.78f, 0.82f};

/// Local axes of a tool in the body frame: z away from the skin, y towards the wrist.
struct Pose {
    glm::vec3 origin, x, y, z;
    [[nodiscard]] glm::mat4 matrix() const {
        return {glm::vec4(x, 0), glm::vec4(y, 0), glm::vec4(z, 0), glm::vec4(origin, 1)};
    }
    [[nodiscard]] Pose moved_along_z(float mm) const { return {origin + z * mm, x, y, z}; }
};

/// `z` unit; y as near to `towards` as possible.
Pose pose_at(const glm::vec3& origin, const glm::vec3& z, const glm::vec3& towards) {
    glm::vec3 y = towards - z * glm::dot(towards, z);
    if (glm::length(y) < 1e-3f) y = glm::vec3(geometry::tangents_of(geometry::Vec3(z)).e1);
    y = glm::normalize(y);
    return {origin, glm::cross(y, z), y, z};
}

/// Hands come from below and a little from the right of the picture, as the trainee's own right hand does.
glm::vec3 towards_hand(const render::Camera& c) {
    const glm::vec3 forward = glm::normalize(c.target - c.eye);
    const glm::vec3 right = glm::normalize(glm::cross(forward, c.up)), up = glm::cross(right, forward);
    return glm::normalize(0.85f * right - up - 0.25f * forward);
}

class Placer {
public:
    Placer(const ToolShapes& shapes, render::RenderScene& scene) : shapes_(shapes), scene_(scene) {}
    void put(Shape shape, const glm::mat4& at, Material material, const glm::vec3& colour,
             float opacity = 1.0f) {
        render::Drawable d;
        d.mesh = shapes_.ref(shape);
        d.material = material;
        d.colour = colour;
        d.opacity = opacity;
        d.transform = at;
        scene_.drawables.push_back(d);
    }

private:
    const ToolShapes& shapes_;
    render::RenderScene& scene_;
};

glm::vec3 hand_colour(events::Gloves gloves) {
    switch (gloves) {
    case events::Gloves::Clean:
        return kNitrile;
    case events::Gloves::Sterile:
        return kLatex;
    case events::Gloves::None:
        break;
    }
    return kBareHand;
}

void put_hand(const session::SimState& s, const Pose& at, Placer& placer) {
    const bool pincer = s.finger.pincer, bare = s.gloves == events::Gloves::None;
    const glm::mat4 m = at.matrix();
    placer.put(pincer ? Shape::PincerHand : Shape::Hand, m, bare ? Material::Skin : Material::Glove,
               hand_colour(s.gloves));
    if (bare)
        placer.put(pincer ? Shape::PincerNails : Shape::Nails, m, Material::Plastic, {0.72f, 0.46f, 0.38f});
    placer.put(Shape::Cuff, m, Material::Cloth, {0.16f, 0.30f, 0.33f});
}

void put_syringe(const session::SyringeState& s, const Pose& tip, Placer& placer) {
    const SyringeSize size = syringe_for(std::max(s.volume_mL + s.air_mL, s.drawn_mL));
    float z = 0.0f;
    if (s.gauge > 0) {
        const float r = needle_outer_mm(s.gauge) / 2.0f, length = static_cast<float>(s.length_mm);
        placer.put(Shape::Bevel,
                   tip.matrix() * glm::mat4(glm::vec4(r, 0, 0, 0), glm::vec4(0, r, 0, 0),
                                            glm::vec4(0, 0, r, 0), glm::vec4(0, 0, 0, 1)),
                   Material::Steel, kSteel);
        const float from = 6.0f * r;
        placer.put(Shape::Cylinder,
                   tip.moved_along_z(from).matrix() * glm::mat4(glm::vec4(r, 0, 0, 0), glm::vec4(0, r, 0, 0),
                                                                glm::vec4(0, 0, length - from, 0),
                                                                glm::vec4(0, 0, 0, 1)),
                   Material::Steel, kSteel);
        placer.put(Shape::Hub, tip.moved_along_z(length).matrix(), Material::Plastic, hub_colour(s.gauge),
                   s.blood_in_hub ? 0.75f : 1.0f);
        if (s.blood_in_hub) {
            const Pose at = tip.moved_along_z(length + 1.0f);
            placer.put(Shape::Cylinder,
                       at.matrix() * glm::mat4(glm::vec4(1.5f, 0, 0, 0), glm::vec4(0, 1.5f, 0, 0),
                                               glm::vec4(0, 0, 10, 0), glm::vec4(0, 0, 0, 1)),
                       Material::Plain, {0.42f, 0.01f, 0.01f});
        }
        z = length + 9.0f;
    }
    const Pose barrel = tip.moved_along_z(z + 4.0f);
    const float fluid = std::max(0.05f, size.stroke_mm(s.volume_mL + s.air_mL)), front = size.front_mm + 0.6f;
    const Pose stopper = barrel.moved_along_z(front + fluid);
    placer.put(size.stopper, stopper.matrix(), Material::Plain, {0.02f, 0.02f, 0.022f});
    placer.put(size.rod, stopper.matrix(), Material::Plastic, kWhite);
    const float bore = size.bore_mm - 0.1f;
    placer.put(Shape::Cylinder,
               barrel.moved_along_z(front).matrix() *
                   glm::mat4(glm::vec4(bore, 0, 0, 0), glm::vec4(0, bore, 0, 0), glm::vec4(0, 0, fluid, 0),
                             glm::vec4(0, 0, 0, 1)),
               Material::Plastic,
               s.blood_in_hub ? glm::vec3(0.55f, 0.16f, 0.14f) : glm::vec3(0.66f, 0.76f, 0.82f), 0.4f);
    placer.put(size.marks, barrel.matrix(), Material::Plain, {0.015f, 0.018f, 0.022f});
    placer.put(size.barrel, barrel.matrix(), Material::Plastic, kClear, 0.26f);
}

/// Dial hand from the middle of the face: a thin rod along `out`, both in the tool's frame.
void put_dial_hand(const Pose& tool, double kg_per_cm2, float lift_mm, float half_width_mm, float length_mm,
                   const glm::vec3& colour, Placer& placer) {
    const glm::vec3 out = dial_direction(kg_per_cm2), y{0, 1, 0}, side = glm::cross(y, out);
    const glm::vec3 from{0.0f, kDialFace_mm + lift_mm, kDialMiddle_mm};
    const glm::mat4 local{glm::vec4(side * half_width_mm, 0), glm::vec4(y * 0.3f, 0),
                          glm::vec4(out * length_mm, 0), glm::vec4(from - out * 4.0f, 1)};
    placer.put(Shape::Cylinder, tool.matrix() * local, Material::Plain, colour);
}

void put_algometer(const session::AlgometerState& a, const Pose& at, Placer& placer) {
    const glm::mat4 m = at.matrix();
    placer.put(Shape::AlgometerTip, m, Material::Plain, {0.03f, 0.03f, 0.032f});
    placer.put(Shape::AlgometerRod, m, Material::Steel, kSteel);
    placer.put(Shape::AlgometerCase, m, Material::Steel, {0.30f, 0.31f, 0.33f});
    placer.put(Shape::AlgometerFace, m, Material::Plastic, kWhite);
    placer.put(Shape::AlgometerMarks, m, Material::Plain, {0.02f, 0.02f, 0.022f});
    placer.put(Shape::AlgometerHandle, m, Material::Plastic, {0.08f, 0.10f, 0.12f});
    put_dial_hand(at, a.peak, 0.5f, 0.5f, 24.0f, {0.62f, 0.03f, 0.02f}, placer);
    put_dial_hand(at, a.pressure, 1.2f, 0.7f, 22.0f, {0.02f, 0.02f, 0.022f}, placer);
}

void put_spray(const session::SprayState& spray, const Pose& nozzle, Placer& placer,
               render::RenderScene& scene) {
    const glm::mat4 m = nozzle.matrix();
    placer.put(Shape::SprayNozzle, m, Material::Plastic, kWhite);
    placer.put(Shape::SprayCan, m, Material::Steel, {0.60f, 0.62f, 0.64f});
    placer.put(Shape::SprayLabel, m, Material::Plastic, {0.05f, 0.28f, 0.42f});
    if (!spray.on) return;
    const glm::vec3 target(spray.target);
    for (int i = -1; i <= 1; ++i) { // the jet fans out by 4 mm
        const glm::vec3 end = target + nozzle.x * (4.0f * static_cast<float>(i));
        scene.lines.push_back({{nozzle.origin, end}, {0.75f, 0.85f, 0.92f}, 1.5f, false, false});
    }
}

glm::mat4 onto(const glm::vec3& origin, const glm::vec3& x, const glm::vec3& y, const glm::vec3& z) {
    return {glm::vec4(x, 0), glm::vec4(y, 0), glm::vec4(z, 0), glm::vec4(origin, 1)};
}

} // namespace

void add_tool(const session::SimState& state, const ToolShapes& shapes, render::RenderScene& scene,
              bool sinks) {
    if (!state.pose || state.tool == Tool::None || state.pose->tool != state.tool) return;
    Placer placer(shapes, scene);
    const glm::vec3 tip(geometry::vec(state.pose->tip));
    const glm::vec3 axis = glm::normalize(glm::vec3(geometry::vec(state.pose->axis)));
    const glm::vec3 hand = towards_hand(scene.camera);
    const float sunk =
        sinks && state.finger.touching ? static_cast<float>(state.finger.indentation_mm) : 0.0f;
    switch (state.tool) {
    case Tool::Finger: {
        // Lifted fingers hover 8 mm above the skin so that one sees where they would land.
        const float away = state.pose->press.value() > 0.0 ? -sunk : 8.0f;
        put_hand(state, pose_at(tip - axis * away, -axis, hand), placer);
        break;
    }
    case Tool::Algometer: {
        const auto in = static_cast<float>(state.algometer.indentation_mm);
        const float away = state.pose->press.value() > 0.0 ? -(sinks ? in : 0.0f) : 8.0f;
        const glm::vec3 origin = tip - axis * away;
        put_algometer(state.algometer, pose_at(origin, -axis, scene.camera.eye - origin), placer);
        break;
    }
    case Tool::Pen: {
        const float away = state.pose->press.value() > 0.0 ? 0.0f : 6.0f;
        const Pose at = pose_at(tip - axis * away, glm::normalize(-axis + 0.65f * hand), hand);
        placer.put(Shape::PenTip, at.matrix(), Material::Plain, {0.05f, 0.02f, 0.16f});
        placer.put(Shape::PenBody, at.matrix(), Material::Plastic, kWhite);
        placer.put(Shape::PenCap, at.matrix(), Material::Plastic, {0.10f, 0.05f, 0.32f});
        break;
    }
    case Tool::Swab: {
        const float away = state.pose->press.value() > 0.0 ? -1.0f : 8.0f;
        const Pose at = pose_at(tip - axis * away, glm::normalize(-axis + 0.55f * hand), hand);
        const bool coloured = !state.antiseptic.empty();
        placer.put(Shape::SwabHead, at.matrix(), Material::Cloth,
                   coloured ? glm::vec3(0.80f, 0.42f, 0.22f) : glm::vec3(0.80f, 0.80f, 0.76f));
        placer.put(Shape::SwabStick, at.matrix(), Material::Plastic, {0.62f, 0.70f, 0.76f});
        break;
    }
    case Tool::Gauze: {
        const float away = state.pose->press.value() > 0.0 ? 0.0f : 12.0f;
        const Pose at = pose_at(tip - axis * away, -axis, hand);
        placer.put(Shape::GauzePad, at.matrix(), Material::Cloth, {0.82f, 0.82f, 0.79f});
        put_hand(state, at.moved_along_z(7.0f), placer);
        break;
    }
    case Tool::Spray:
        put_spray(state.spray, pose_at(tip, -axis, -hand), placer, scene);
        break;
    case Tool::WhealNeedle:
    case Tool::Needle: {
        const bool under = state.needle.under_skin;
        const glm::vec3 at = under ? glm::vec3(state.needle.tip()) : tip;
        const glm::vec3 along = under ? glm::normalize(glm::vec3(state.needle.axis)) : axis;
        const auto& syringe = state.syringe(state.tool == Tool::WhealNeedle ? events::Syringe::Wheal
                                                                            : events::Syringe::Injection);
        put_syringe(syringe, pose_at(at, -along, scene.camera.eye - at), placer);
        break;
    }
    case Tool::None:
        break;
    }
}

void add_probe(const session::ProbeState& probe, const ToolShapes& shapes, render::RenderScene& scene) {
    if (!probe.held || probe.pose.centre == geometry::Vec3(0.0)) return;
    constexpr float kLifted_mm = 12.0f; // hovers above the skin so that one sees where it would land
    const glm::vec3 z = -glm::vec3(probe.pose.inward), x = glm::vec3(probe.pose.lateral);
    const float away = probe.touching() ? -0.5f : kLifted_mm;
    const glm::mat4 at = onto(glm::vec3(probe.pose.centre) + z * away, x, glm::cross(z, x), z);
    const float wide = static_cast<float>(probe.pose.width_mm) / 40.0f;
    const glm::mat4 m = at * glm::mat4(glm::vec4(wide, 0, 0, 0), glm::vec4(0, 1, 0, 0), glm::vec4(0, 0, 1, 0),
                                       glm::vec4(0, 0, 0, 1));
    Placer placer(shapes, scene);
    placer.put(Shape::ProbeFace, m, Material::Plastic, {0.10f, 0.11f, 0.12f});
    placer.put(Shape::ProbeBody, m, Material::Plastic, probe.covered ? kClear : kWhite);
    placer.put(Shape::ProbeMark, m, Material::Plastic, {0.05f, 0.45f, 0.16f});
    placer.put(Shape::ProbeCable, at, Material::Plastic, {0.30f, 0.31f, 0.32f});
}

void add_table(events::Posture posture, const geometry::Box& skin, const ToolShapes& shapes,
               render::RenderScene& scene) {
    if (posture == events::Posture::Sitting || skin.empty()) return;
    const glm::vec3 up = room_up(posture), head(0, 1, 0);
    // The lowest side of the body sinks 12 mm into the padding (est.).
    const glm::vec3 low(skin.low), high(skin.high), middle(skin.centre());
    constexpr float kSink_mm = 12.0f;
    const glm::vec3 x = glm::cross(head, up);
    const float level = up.z < 0 ? -high.z : up.z > 0 ? low.z : up.x < 0 ? -high.x : low.x;
    glm::vec3 origin = middle - up * glm::dot(middle, up) + up * (level + kSink_mm);
    // Feet hang over the end of the table when prone and lie on it otherwise.
    origin.y = middle.y + (posture == events::Posture::Prone ? 60.0f : -60.0f);
    const glm::mat4 m = onto(origin, x, head, up);
    Placer placer(shapes, scene);
    placer.put(Shape::TablePad, m, Material::Cloth, {0.10f, 0.20f, 0.24f});
    placer.put(Shape::TableTop, m, Material::Plastic, {0.55f, 0.55f, 0.54f});
}

} // namespace tb::view
