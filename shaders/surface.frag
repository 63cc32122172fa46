// Materials of all solid surfaces. Variants: one of MUSCLE, BONE, CARTILAGE, SKIN, VESSEL, NERVE, MEMBRANE, STEEL, PLASTIC,
// GLOVE, CLOTH, PLAIN; TRANSLUCENT for anything not opaque; DENT for skin under the finger; CLIP with the cut plane.
#include "common/frame.glsl"
#include "common/lighting.glsl"
#include "common/noise.glsl"
#ifdef MUSCLE
#include "common/fibres.glsl"
#endif
#ifdef SKIN
#include "common/decals.glsl"
#include "common/zones.glsl"
#endif
#ifdef DENT
#include "common/dent.glsl"
#endif
#ifdef CLIP
#include "common/cut.glsl"
#endif

in vec3 v_position;
in vec3 v_normal;
#ifdef MUSCLE
in vec2 v_uv;
in vec4 v_fibre;
in float v_part;
#endif
#ifdef SKIN
in vec2 v_zone;
#endif

uniform vec4 u_colour;  // w = opacity
uniform vec4 u_id;      // r, g = structure; b = highlight; a = strength of its outline
uniform vec4 u_shape;   // x = highlight, y = seed 0..1, z, w = length and width of the muscle in mm

layout(location = 0) out vec4 o_colour;
#ifndef TRANSLUCENT
layout(location = 1) out vec4 o_id;
#endif

#ifdef MUSCLE
void muscle(inout Surface s, vec3 halfway) {
    vec3 fibre = v_fibre.xyz;
    float length_mm = u_shape.z, width_mm = u_shape.w;
    Fibres f = fibres_at(v_uv * vec2(length_mm, width_mm), u_shape.y + v_part * 0.173);
    float streak = 0.60 * f.bundle + 0.40 * f.strand;
    // Flesh runs out between the tendon's fibres: the border is feathered by the streaks.
    float tendon = smoothstep(0.30, 0.80, v_fibre.w + 0.34 * streak * (1.0 - abs(2.0 * v_fibre.w - 1.0)));
    vec3 flesh = 0.92 * s.albedo * (1.0 + 0.38 * streak);
    flesh = mix(flesh, flesh * vec3(0.62, 0.48, 0.50), clamp(-f.bundle, 0.0, 1.0) * 0.55);
    vec3 pearl = vec3(0.56, 0.495, 0.40) * (1.0 + 0.30 * streak);
    s.albedo = mix(flesh, pearl, tendon);
    // Where the muscle's borders meet their neighbours it is darker.
    float border_mm = min(v_uv.y, 1.0 - v_uv.y) * width_mm;
    s.albedo *= mix(0.55, 1.0, smoothstep(-0.5, 3.5, border_mm));
    float along = dot(fibre, fibre);
    if (along > 0.1) {
        fibre *= inversesqrt(along);
        vec3 side = cross(s.normal, fibre);
        s.normal = normalize(s.normal - side * (0.42 * f.slope * (1.0 - 0.6 * tendon)));
        // Fibres shine across their length (after Kajiya and Kay 1989): a soft band instead of a spot.
        float t = dot(fibre, halfway), band = 1.0 - t * t;
        band *= band;
        band *= band;
        band *= band * band;
        s.gloss = mix(0.045, 0.075, tendon) * (1.0 + 0.5 * streak) * (0.35 + 0.9 * band);
    }
    s.wrap = mix(vec3(0.14, 0.07, 0.06), vec3(0.10), tendon);
    s.sharpness = mix(16.0, 22.0, tendon);
    s.rim = 0.55;
}
#endif

#ifdef SKIN
void skin(inout Surface s, inout float cover) {
    float distance_mm = length(f_eye.xyz - v_position);
    float pixel_mm = f_eye.w * distance_mm;
    vec3 smooth_normal = s.normal;
#ifdef TRANSLUCENT
    // Its grain does not show on glass.
    s.albedo = mix(s.albedo, s.albedo * vec3(1.03, 0.84, 0.79), 0.2);
    s.gloss = 0.065;
#else
    vec4 mottle = noise_at(v_position, 210.0);
    vec4 pores = noise_at(v_position, 9.0);
    s.albedo *= 1.0 + 0.07 * mottle.a;
    s.albedo = mix(s.albedo, s.albedo * vec3(1.03, 0.84, 0.79), clamp(0.35 + 2.2 * mottle.r, 0.0, 1.0) * 0.55);
    s.albedo *= 1.0 + 0.04 * pores.a;
    s.normal = normalize(s.normal - 0.09 * pores.rgb);
    s.gloss = 0.065 * (1.0 + 0.5 * pores.a);
#endif
    s.wrap = vec3(0.34, 0.21, 0.16); // red light reaches furthest round the terminator
    s.sharpness = 15.0;
    s.rim = 0.75;
#ifdef DENT
    vec3 inward = f_dent_inward.xyz, from = v_position - f_dent_centre.xyz;
    vec3 lateral = from - dot(from, inward) * inward;
    float r = length(lateral), depth = f_dent_centre.w, pad = f_dent_inward.w, rim = f_counts.x;
    if (depth > 0.0 && r < 1.3 * rim) {
        float share = dent_share(from, smooth_normal, inward);
        vec3 slope = lateral / max(r, 1e-3) * (dent_profile(r, pad, rim).y * depth * share);
        s.normal = normalize(s.normal - slope * dot(inward, s.normal));
        float touch = share * smoothstep(0.0, 2.0, depth);
        // Blood gives way under the pad and gathers around it; the finger keeps the light off.
        s.albedo *= mix(vec3(1.0), vec3(1.04, 0.86, 0.82), touch * smoothstep(0.8 * pad, 1.3 * pad, r) * (1.0 - smoothstep(1.3 * pad, rim, r)));
        s.albedo *= 1.0 - 0.36 * touch * (1.0 - smoothstep(0.55 * pad, 1.9 * pad, r));
    }
#endif
    paint_zones(s, cover, v_position, smooth_normal, v_zone, pixel_mm);
    decorate(s, cover, v_position, smooth_normal, pixel_mm);
}
#endif

void main() {
#ifdef CLIP
    if (cut_away(v_position)) discard;
#endif
    vec3 to_eye = normalize(f_eye.xyz - v_position), halfway = normalize(f_key.xyz + to_eye);
    Surface s = Surface(normalize(v_normal), u_colour.rgb, vec3(0.12), 0.06, 24.0, 0.4);
    float cover = 0.0;
#if defined(MUSCLE)
    muscle(s, halfway);
#elif defined(BONE)
    vec4 grit = noise_at(v_position, 38.0);
    s.albedo *= 1.0 + 0.09 * grit.a + 0.06 * noise_at(v_position, 150.0).a;
    s.normal = normalize(s.normal - 0.06 * grit.rgb);
    s.wrap = vec3(0.20, 0.16, 0.12);
    s.gloss = 0.035;
    s.sharpness = 14.0;
#elif defined(CARTILAGE)
    s.wrap = vec3(0.22, 0.25, 0.28);
    s.gloss = 0.12;
    s.sharpness = 36.0;
#elif defined(SKIN)
    skin(s, cover);
#elif defined(VESSEL)
    s.gloss = 0.16;
    s.sharpness = 38.0;
#elif defined(NERVE)
    float stripe = sin(2.2 * (v_position.y + 0.6 * v_position.x + 0.4 * v_position.z));
    s.albedo *= 1.0 + 0.09 * stripe * (1.0 - smoothstep(0.3, 1.0, f_eye.w * length(f_eye.xyz - v_position)));
    s.wrap = vec3(0.2);
    s.gloss = 0.10;
#elif defined(MEMBRANE)
    s.wrap = vec3(0.3);
    s.gloss = 0.16;
    s.sharpness = 46.0;
    s.rim = 0.9;
#elif defined(STEEL)
    s.albedo *= 0.55 + 0.75 * smoothstep(-0.5, 0.9, dot(reflect(-to_eye, s.normal), f_up.xyz));
    s.gloss = 0.75;
    s.sharpness = 80.0;
    s.rim = 1.2;
#elif defined(PLASTIC)
    s.gloss = 0.22;
    s.sharpness = 60.0;
#elif defined(GLOVE)
    s.wrap = vec3(0.30);
    s.gloss = 0.08;
    s.sharpness = 18.0;
    s.rim = 0.7;
#elif defined(CLOTH)
    s.albedo *= 1.0 + 0.06 * noise_at(v_position, 22.0).a;
    s.wrap = vec3(0.30);
    s.gloss = 0.0;
#endif

#ifdef CLIP
    bool cut = !gl_FrontFacing; // the inside seen through the cut stands for the cut surface: flat and darker
    bool plane = dot(f_clip.xyz, f_clip.xyz) > 0.5;
    if (cut) s.normal = plane ? f_clip.xyz : -s.normal;
#endif
    vec3 c = lit(s, to_eye, halfway);
#ifdef CLIP
    if (cut) c = (plane ? 0.55 : 0.16) * u_colour.rgb * (1.0 + 0.12 * noise_at(v_position, 40.0).a);
#endif
    c = mix(c, c * 1.22 + vec3(0.030, 0.050, 0.055), u_shape.x);
    vec3 screen = to_screen(c);

#ifdef TRANSLUCENT
    // A thin layer hides more the more obliquely it is seen (Beer-Lambert along the longer way): clear centre, firm edges.
    float facing = max(abs(dot(normalize(v_normal), to_eye)), 0.06);
    float opacity = 1.0 - pow(max(1.0 - u_colour.a, 0.002), 0.55 / facing);
    o_colour = vec4(screen, max(opacity, 0.85 * cover));
#else
    o_colour = vec4(screen, 1.0);
    o_id = u_id;
#endif
}
