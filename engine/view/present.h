// Session state + view settings to a RenderScene: what is drawn, how transparent, where the tool is, dents and decals.
// Pure: same inputs, same scene, so that an unchanged scene need not be drawn again.
#pragma once

#include "anatomy/body.h"
#include "events/event.h"
#include "render/render_scene.h"
#include "session/sim_state.h"
#include "view/view_settings.h"

namespace tb::view {

/// Tool meshes (finger, pen, swab, spray can, syringe with needle), built once in code.
class ToolShapes {
public:
    ToolShapes();
    [[nodiscard]] const geometry::Mesh& mesh(events::Tool tool) const;
    /// Syringe and needle of this gauge and length, tip at the origin, axis -z to +z (hub behind).
    [[nodiscard]] const geometry::Mesh& needle(int gauge, double length_mm) const;

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

/// The body alone, for the anatomy browser and `tautband picture`.
render::RenderScene present_anatomy(const anatomy::Body& body, const ViewSettings& settings, glm::vec2 size_px);
/// A running session.
render::RenderScene present_session(const anatomy::Body& body, const session::SimState& state, const ViewSettings& settings,
                                    const ToolShapes& tools, glm::vec2 size_px);
/// Debrief: skin transparent, needle paths of the log against the anatomy, bands shown, marks and depots.
render::RenderScene present_debrief(const anatomy::Body& body, const session::SimState& state,
                                    const std::vector<events::Event>& events, const ViewSettings& settings,
                                    glm::vec2 size_px);

} // namespace tb::view
