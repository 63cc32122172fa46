// Pictures of the 3D view without a display: an off-screen context and the product's renderer.
#pragma once

#include "app/content.h"
#include "app/window.h"
#include "render/renderer.h"

namespace tb::app {

struct Painter {
    Window window; ///< owns the context; declared first so that the renderer ends before it
    render::Renderer renderer;
};
/// `best_quality`: multisampling and ambient occlusion also on a software rasteriser.
Expected<Painter> make_painter(const Places& places, bool best_quality = true);

} // namespace tb::app
