// From what was drawn to a whole picture: room, occlusion, thin dark edges between structures, outline of what is
// highlighted. Variants: OCCLUSION; HIGHLIGHT when something is; FINE when drawn at twice the size of the picture.
#include "common/depth.glsl"
in vec2 v_uv;
uniform sampler2D t_picture;
uniform sampler2D t_id;
#ifdef OCCLUSION
uniform sampler2D t_occlusion;
#endif
uniform sampler2D t_room;
uniform ivec2 u_last; // last pixel
uniform float u_scale; // drawn pixels a picture pixel
layout(location = 0) out vec4 o_colour;

ivec2 near_by(ivec2 at, int dx, int dy) { return clamp(at + ivec2(dx, dy), ivec2(0), u_last); }
float raw_depth(ivec2 at) { return texelFetch(t_depth, at, 0).r; }

float differs(vec4 a, vec4 b) { return abs(a.r - b.r) + abs(a.g - b.g) > 0.002 ? 0.5 * (a.a + b.a) : 0.0; }

// How far a row of three depths is from straight, less what a curved surface seen at a grazing angle shows: there
// both sides fall away steeply, at a true step only one does.
float step_beside(float before, float here, float after) {
    return abs(after + before - 2.0 * here) - 1.5 * min(abs(after - here), abs(before - here));
}

#ifdef HIGHLIGHT
// Two bright lines with a dark one outside: seen by shape, not by colour alone.
vec4 highlight_line(ivec2 at, float here) {
    float inner = 0.0, outer = 0.0, far_out = 0.0, far_in = 0.0;
    for (int i = 0; i < 12; ++i) {
        float a = 0.5235988 * float(i);
        vec2 d = vec2(cos(a), sin(a)) * u_scale;
        float m1 = step(0.45, texelFetch(t_id, clamp(at + ivec2(round(d * 1.5)), ivec2(0), u_last), 0).b);
        float m2 = step(0.45, texelFetch(t_id, clamp(at + ivec2(round(d * 3.6)), ivec2(0), u_last), 0).b);
        float m3 = step(0.45, texelFetch(t_id, clamp(at + ivec2(round(d * 4.8)), ivec2(0), u_last), 0).b);
        inner = max(inner, 1.0 - m1);
        far_in = max(far_in, 1.0 - m2);
        far_out = max(far_out, 1.0 - m3);
        outer = max(outer, m1);
    }
    if (here > 0.45) {
        if (inner > 0.5) return vec4(0.80, 0.97, 1.0, 0.95);
        if (far_in < 0.5 && far_out > 0.5) return vec4(0.80, 0.97, 1.0, 0.60);
        return vec4(0.0);
    }
    return vec4(0.01, 0.02, 0.03, 0.8 * outer);
}
#endif

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy);
    vec4 c = texelFetch(t_picture, at, 0);
    vec4 id = texelFetch(t_id, at, 0);
    ivec2 e = near_by(at, 1, 0), n = near_by(at, 0, 1);
    vec4 id_e = texelFetch(t_id, e, 0), id_n = texelFetch(t_id, n, 0);
    float raw = raw_depth(at), raw_e = raw_depth(e), raw_n = raw_depth(n);
    float distance_mm = eye_depth(raw);
    float mm_per_raw = distance_mm * distance_mm * (u_lens.y - u_lens.x) / (u_lens.x * u_lens.y);
    float pixel_mm = distance_mm * u_lens.z * 2.0 / float(u_last.y + 1);
    float edge = max(differs(id, id_e), differs(id, id_n));
#ifdef FINE
    ivec2 w = near_by(at, -1, 0), s = near_by(at, 0, -1);
    edge = max(edge, max(differs(id, texelFetch(t_id, w, 0)), differs(id, texelFetch(t_id, s, 0))));
    // Post-projective depth is linear across a plane in the picture, so its second difference shows only true steps.
    float bend = max(step_beside(raw_depth(w), raw, raw_e), step_beside(raw_depth(s), raw, raw_n));
    float step_edge = smoothstep(2.0, 9.0, bend * mm_per_raw / (1.0 + pixel_mm));
#else
    float raw_w = raw_depth(near_by(at, -1, 0)), raw_s = raw_depth(near_by(at, 0, -1));
    float rise = max(abs(raw_e - raw) - 2.0 * abs(raw - raw_w), abs(raw_n - raw) - 2.0 * abs(raw - raw_s));
    float step_edge = smoothstep(5.0, 12.0, rise * mm_per_raw / (1.0 + pixel_mm));
#endif
    edge = max(0.8 * edge, id.a * 0.6 * step_edge);
    edge *= mix(1.0, 0.55, smoothstep(0.6, 2.5, pixel_mm * u_scale)); // small figures would drown in ink
#ifdef OCCLUSION
    float open_share = textureLod(t_occlusion, v_uv, 0.0).r;
    c.rgb *= mix(vec3(1.0), vec3(open_share), vec3(0.66, 0.84, 0.86)); // light between living tissues turns red
#endif
    c.rgb *= 1.0 - edge * vec3(0.78, 0.84, 0.82);
    vec3 picture = c.rgb + textureLod(t_room, v_uv, 0.0).rgb * (1.0 - c.a);
#ifdef HIGHLIGHT
    vec4 line = highlight_line(at, id.b);
    picture = mix(picture, line.rgb, line.a);
#endif
    o_colour = vec4(picture, 1.0);
}
