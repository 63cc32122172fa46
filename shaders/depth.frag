// Depth only, so that of a translucent body only the nearest surface shows. Variant CLIP: with the cut plane.
#include "common/frame.glsl"
#ifdef CLIP
#include "common/cut.glsl"
#endif
in vec3 v_position;
layout(location = 0) out vec4 o_colour;
void main() {
#ifdef CLIP
    if (cut_away(v_position)) discard;
#endif
    o_colour = vec4(0.0);
}
