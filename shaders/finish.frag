// The composed picture to the window. Without a variant: averages what was drawn at twice the size. SMOOTH: same size;
// staircases at strong contrasts are softened, everything else stays as it is.
in vec2 v_uv;
uniform sampler2D t_picture;
#ifdef SMOOTH
uniform ivec2 u_place; // lower left corner of the picture in the window
uniform ivec2 u_last;  // last pixel of the picture
#endif
layout(location = 0) out vec4 o_colour;

#ifdef SMOOTH
vec3 pixel(ivec2 at) { return texelFetch(t_picture, clamp(at, ivec2(0), u_last), 0).rgb; }
#endif

void main() {
#ifdef SMOOTH
    ivec2 at = ivec2(gl_FragCoord.xy) - u_place;
    vec3 c = pixel(at), n = pixel(at + ivec2(0, 1)), s = pixel(at - ivec2(0, 1)), e = pixel(at + ivec2(1, 0)), w = pixel(at - ivec2(1, 0));
    float low = min(c.g, min(min(n.g, s.g), min(e.g, w.g))), high = max(c.g, max(max(n.g, s.g), max(e.g, w.g)));
    float strength = 0.55 * smoothstep(0.10, 0.25, high - low);
    o_colour = vec4(mix(c, 0.25 * (n + s + e + w), strength), 1.0);
#else
    o_colour = vec4(textureLod(t_picture, v_uv, 0.0).rgb, 1.0);
#endif
}
