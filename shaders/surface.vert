// Every solid surface: muscles, bones, skin, vessels, tools. Variants: DENT presses the skin in under the finger.
#include "common/frame.glsl"
#ifdef DENT
#include "common/dent.glsl"
#endif

layout(location = 0) in vec3 a_position;
layout(location = 1) in vec4 a_normal;
layout(location = 2) in vec2 a_uv;
layout(location = 3) in vec4 a_fibre;       // w = tendon
layout(location = 4) in float a_part;

uniform mat4 u_model;

out vec3 v_position; // before the dent: what is drawn on the skin moves with it
out vec3 v_normal;
#ifdef MUSCLE
out vec2 v_uv;
out vec4 v_fibre;    // w = tendon
out float v_part;
#endif
#ifdef SKIN
out vec2 v_zone;     // referred pain: x = primary area, y = spillover
#endif
invariant gl_Position;

void main() {
    vec3 world = (u_model * vec4(a_position, 1.0)).xyz;
    vec3 normal = mat3(u_model) * a_normal.xyz;
    v_position = world;
    v_normal = normal;
#ifdef MUSCLE
    v_uv = a_uv;
    v_fibre = vec4(mat3(u_model) * a_fibre.xyz, a_fibre.w);
    v_part = a_part;
#endif
#ifdef SKIN
    v_zone = a_uv; // the skin has no lattice
#endif
#ifdef DENT
    vec3 inward = f_dent_inward.xyz;
    vec3 from = world - f_dent_centre.xyz;
    float r = length(from - dot(from, inward) * inward);
    if (r < f_counts.x) {
        float share = dent_share(from, normalize(normal), inward);
        world += inward * (f_dent_centre.w * share * dent_profile(r, f_dent_inward.w, f_counts.x).x);
    }
#endif
    gl_Position = f_view_projection * vec4(world, 1.0);
}
