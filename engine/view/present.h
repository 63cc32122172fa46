// Session state + view settings to a RenderScene: what is drawn, how transparent, where the tool is, dents
// and decals. Pure: same inputs, same scene, so that an unchanged scene need not be drawn again. The scene
// points into the body, the tool shapes and the state's antiseptic film; all of them must outlive it.
#pragma once

#include <vector>

#include "anatomy/body.h"
#include "events/event.h"
#include "render/render_scene.h"
#include "session/sim_state.h"
#include "view/tool_shapes.h"
#include "view/view_settings.h"

namespace tb::view {

/// Drawables of anatomical structures carry this pick id, others 0.
constexpr std::uint32_t pick_id_of(StructureId id) {
    return id.index + 1;
}

/// The body alone, for the anatomy browser and `tautband picture`.
render::RenderScene present_anatomy(const anatomy::Body& body, const ViewSettings& settings,
                                    glm::vec2 size_px);
/// A running session. Without `dent` the skin does not give way and the finger stays on its surface: one of
/// the ways in which palpation is told, which can be switched off.
render::RenderScene present_session(const anatomy::Body& body, const session::SimState& state,
                                    const ViewSettings& settings, const ToolShapes& tools, glm::vec2 size_px,
                                    bool dent = true);
/// Debrief: skin transparent, needle paths of the log against the anatomy, bands shown, marks and depots.
render::RenderScene present_debrief(const anatomy::Body& body, const session::SimState& state,
                                    const std::vector<events::Event>& events, const ViewSettings& settings,
                                    glm::vec2 size_px);

} // namespace tb::view
