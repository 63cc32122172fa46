// Depth only, so that of a translucent body only the nearest surface shows. Variant CLIP: with the cut plane.
#include "common/frame.glsl"
in vec3 v_position;
layout(location = 0) out vec4 o_colour;
void main() {
#ifdef CLIP
    if (dot(f_clip.xyz, v_position) + f_clip.w > 0.0) discard;
#endif
    o_colour = vec4(0.0);
}
