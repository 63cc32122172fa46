// Places the tool in hand and the furniture around the patient from the session's state.
#pragma once

#include "render/render_scene.h"
#include "session/sim_state.h"
#include "view/tool_shapes.h"
#include "view/view_settings.h"

namespace tb::view {

/// The tool in hand where the simulator has it; nothing while no tool has been moved yet. `sinks`: a pressing
/// finger goes down with the skin, else it stays where the skin lies at rest.
void add_tool(const session::SimState& state, const ToolShapes& shapes, render::RenderScene& scene,
              bool sinks = true);
/// The ultrasound probe in the other hand: on the skin or hovering over it.
void add_probe(const session::ProbeState& probe, const ToolShapes& shapes, render::RenderScene& scene);
/// Treatment table for a lying patient; nothing for a sitting one. `skin_bounds`: of what lies on it, knees
/// to shoulders.
void add_table(events::Posture posture, const geometry::Box& skin_bounds, const ToolShapes& shapes,
               render::RenderScene& scene);

} // namespace tb::view
