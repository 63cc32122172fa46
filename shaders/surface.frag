// Materials of all solid surfaces. Variant names: MUSCLE, BONE, CARTILAGE, SKIN, VESSEL, NERVE, MEMBRANE, STEEL, PLASTIC,
// GLOVE, CLOTH, PLAIN; TRANSLUCENT for anything not opaque; DENT for the shadow of the finger on the skin.
#include "common/lighting.glsl"
#include "common/noise.glsl"
#ifdef MUSCLE
#include "common/fibres.glsl"
#endif
#ifdef SKIN
#include "common/decals.glsl"
#endif

in vec3 v_position;
in vec3 v_normal;
in vec2 v_uv;
in vec4 v_fibre_tendon;
in vec2 v_w_part;

uniform vec3 u_eye;
uniform vec3 u_key;
uniform vec3 u_fill;
uniform vec3 u_colour;
uniform float u_opacity;
uniform float u_highlight;
uniform float u_exposure;
uniform vec4 u_id;         // pick id in two bytes (r, g), highlight (b)
uniform vec4 u_clip;       // plane, xyz = normal, w = offset; all zero: off
#ifdef DENT
uniform vec3 u_dent_centre;
uniform vec3 u_dent_inward;
uniform vec3 u_dent_shape;
#endif

layout(location = 0) out vec4 o_colour;
#ifndef TRANSLUCENT
layout(location = 1) out vec4 o_id;
#endif

void main() {
    if (dot(u_clip.xyz, v_position) + u_clip.w > 0.0) discard;
    vec3 to_eye = normalize(u_eye - v_position);
    vec3 n = normalize(v_normal);
    bool inside = !gl_FrontFacing;
    if (inside) n = -n;

    vec3 base = u_colour;
    float wrap = 0.12, shininess = 24.0, gloss = 0.10, rim = 0.10;
    float opacity = u_opacity;

#if defined(MUSCLE)
    float tendon = smoothstep(0.15, 0.85, v_fibre_tendon.w);
    vec3 fibre = v_fibre_tendon.xyz;
    float fibre_length = length(fibre);
    float seed = u_id.r * 37.0 + u_id.g * 91.0 + v_w_part.y * 3.0;
    if (fibre_length > 0.3) {
        fibre /= fibre_length;
        vec3 side = normalize(cross(n, fibre) + vec3(1e-4));
        // Position across and along the fibres in mm; the direction turns slowly, so the projection is good enough.
        float across = dot(v_position, side), along = dot(v_position, fibre);
        vec2 p = fibre_pattern(across, along, seed);
        float strength = 1.0 - 0.45 * tendon;
        base *= 1.0 + strength * (0.13 * p.x + 0.10 * p.y);
        n = normalize(n + side * strength * (0.10 * p.x * 0.6 + 0.10 * p.y));
        gloss += 0.05 * p.x;
    }
    base *= 0.90 + 0.20 * noise3(v_position * 0.045 + seed);
    vec3 pearl = vec3(0.80, 0.755, 0.68);
    base = mix(base, pearl, tendon * 0.86);
    gloss = mix(gloss, 0.22, tendon);
    shininess = mix(26.0, 44.0, tendon);
#elif defined(BONE)
    base *= 0.93 + 0.12 * noise3(v_position * 0.35) * noise3(v_position * 0.08 + 4.0);
    gloss = 0.06;
    shininess = 18.0;
#elif defined(CARTILAGE)
    gloss = 0.16;
    shininess = 40.0;
#elif defined(SKIN)
    float blotch = noise3(v_position * 0.028) * 0.6 + noise3(v_position * 0.11) * 0.4;
    base = mix(base, base * vec3(1.05, 0.90, 0.86), 0.6 * blotch);
    float pore = noise3(v_position * 1.7) - 0.5;
    float fine = 1.0 - smoothstep(0.2, 0.9, fwidth(v_position.x) + fwidth(v_position.y) + fwidth(v_position.z));
    base *= 1.0 + 0.06 * pore * fine;
    n = normalize(n + 0.05 * fine * (vec3(noise3(v_position * 1.1), noise3(v_position * 1.1 + 9.0), noise3(v_position * 1.1 + 21.0)) - 0.5));
    wrap = 0.38;
    gloss = 0.07;
    shininess = 14.0;
    rim = 0.16;
    Decoration d = decorate(v_position, n);
    base = mix(base, d.colour, d.cover);
    n = normalize(n + d.bump);
    gloss += d.wet * 0.42;
    shininess = mix(shininess, 60.0, clamp(d.wet, 0.0, 1.0));
#ifdef DENT
    vec3 from = v_position - u_dent_centre;
    float r = length(from - dot(from, u_dent_inward) * u_dent_inward);
    float touch = smoothstep(0.0, 2.0, u_dent_shape.x);
    base *= 1.0 - 0.42 * touch * (1.0 - smoothstep(0.7 * u_dent_shape.y, 1.9 * u_dent_shape.y, r));
    base = mix(base, base * vec3(1.06, 0.88, 0.85), touch * (1.0 - smoothstep(u_dent_shape.y, u_dent_shape.z, r)));
#endif
#elif defined(VESSEL)
    gloss = 0.22;
    shininess = 40.0;
#elif defined(NERVE)
    base *= 0.95 + 0.10 * sin(6.2831853 * (v_position.y + v_position.x * 0.6) / 3.0) * (1.0 - smoothstep(0.2, 0.8, fwidth(v_position.y)));
    gloss = 0.16;
#elif defined(MEMBRANE)
    gloss = 0.20;
    shininess = 50.0;
#elif defined(STEEL)
    gloss = 0.9;
    shininess = 90.0;
    rim = 0.35;
#elif defined(PLASTIC)
    gloss = 0.32;
    shininess = 60.0;
#elif defined(GLOVE)
    wrap = 0.30;
    gloss = 0.14;
    shininess = 20.0;
    rim = 0.2;
#elif defined(CLOTH)
    wrap = 0.30;
    gloss = 0.0;
    base *= 0.96 + 0.08 * noise3(v_position * 0.7);
#endif

    Light l = room_light(n, to_eye, u_key, u_fill, wrap, shininess);
    vec3 c = base * l.diffuse;
#ifdef SKIN
    // Light that entered nearby comes out red at the terminator.
    float k = dot(n, u_key);
    c += base * vec3(0.16, 0.035, 0.02) * smoothstep(-0.5, 0.05, k) * (1.0 - smoothstep(0.05, 0.6, k));
#endif
    c += vec3(gloss * l.specular);
    c += rim * l.rim * (0.35 + 0.65 * u_colour);
    c = mix(c, c * 1.18 + vec3(0.03, 0.055, 0.06), u_highlight);
    if (inside) c = base * 0.30; // cut surface: flat and darker

#ifdef TRANSLUCENT
    float facing = max(dot(n, to_eye), 0.0);
#if defined(SKIN)
    opacity = clamp(mix(u_opacity * 1.9 + 0.10, u_opacity * 0.62, smoothstep(0.0, 0.75, facing)), 0.0, 1.0);
    opacity = max(opacity, d.cover * 0.75);
#elif defined(MEMBRANE)
    opacity = clamp(mix(u_opacity * 2.0, u_opacity * 0.65, smoothstep(0.0, 0.7, facing)), 0.0, 1.0);
#endif
    o_colour = vec4(finish_colour(c, u_exposure), opacity);
#else
    o_colour = vec4(finish_colour(c, u_exposure), 1.0);
    o_id = u_id;
#endif
}
