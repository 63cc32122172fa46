// A structure that shines through what hides it: flat colour in a pattern of its kind, so that it is not told by colour
// alone; where nothing hides it, only a slight lift. Variant CLIP: with the cut plane.
#include "common/frame.glsl"
#include "common/depth.glsl"
#ifdef CLIP
#include "common/cut.glsl"
#endif
in vec3 v_position;
in vec3 v_normal;
uniform vec4 u_colour; // linear; w = strength
uniform vec4 u_shape;  // x = pattern as GlowPattern, y = drawn pixels a picture pixel
layout(location = 0) out vec4 o_colour;

float stripe(float at, float period, float share) {
    float f = abs(fract(at / period) - 0.5) * 2.0;
    return smoothstep(share - 0.18, share + 0.18, 1.0 - f);
}

void main() {
#ifdef CLIP
    if (cut_away(v_position)) discard;
#endif
    vec2 at = gl_FragCoord.xy / u_shape.y;
    vec3 to_eye = normalize(f_eye.xyz - v_position);
    float facing = abs(dot(normalize(v_normal), to_eye));
    bool hidden = gl_FragCoord.z > texelFetch(t_depth, ivec2(gl_FragCoord.xy), 0).r + 2e-6;
    float ink = 1.0;
    if (u_shape.x > 3.5) ink = max(stripe(at.x + at.y, 9.0, 0.72), stripe(at.x - at.y, 9.0, 0.72)) * 0.8;
    else if (u_shape.x > 2.5) ink = 1.0 - smoothstep(1.3, 2.1, length(fract(at / 5.0) * 5.0 - 2.5));
    else if (u_shape.x > 1.5) ink = 1.0 - stripe(at.x + at.y, 7.0, 0.70);
    else if (u_shape.x > 0.5) ink = 1.0 - stripe(at.x - at.y, 7.0, 0.70);
    float edge = 1.0 - smoothstep(0.15, 0.55, facing);
    float alpha = hidden ? u_colour.w * clamp(0.30 + 0.45 * ink + 0.45 * edge, 0.0, 0.95) : 0.16 * u_colour.w;
    vec3 c = u_colour.rgb * (hidden ? 0.75 + 0.35 * facing : 1.0);
    o_colour = vec4(sqrt(c), alpha);
}
