// Every solid surface: muscles, bones, skin, vessels, tools. Variants: DENT presses the skin in under the finger.
in vec3 a_position;
in vec3 a_normal;
in vec2 a_uv;
in vec4 a_fibre_tendon;
in vec2 a_w_part;

uniform mat4 u_view_projection;
uniform mat4 u_model;
uniform mat3 u_normal_matrix;
#ifdef DENT
uniform vec3 u_dent_centre;
uniform vec3 u_dent_inward;
uniform vec3 u_dent_shape; // depth, pad radius, rim radius; mm
#endif

out vec3 v_position;
out vec3 v_normal;
out vec2 v_uv;
out vec4 v_fibre_tendon;
out vec2 v_w_part;

#ifdef DENT
// Bowl under the pad, falling off to nothing at the rim; 1 at the centre.
float bowl(float r) {
    float inner = u_dent_shape.y, outer = u_dent_shape.z;
    float s = clamp((r - 0.55 * inner) / (outer - 0.55 * inner), 0.0, 1.0);
    float k = 1.0 - s;
    return k * k * (0.35 + 0.65 * k);
}
#endif

void main() {
    vec4 world = u_model * vec4(a_position, 1.0);
    vec3 normal = normalize(u_normal_matrix * a_normal);
#ifdef DENT
    vec3 from = world.xyz - u_dent_centre;
    float along = dot(from, u_dent_inward);
    vec3 lateral = from - along * u_dent_inward;
    float r = length(lateral);
    // Only the skin that faces the finger gives way, not the other side of the body.
    float facing = smoothstep(0.0, 0.4, -dot(normal, u_dent_inward)) * (1.0 - smoothstep(30.0, 60.0, abs(along)));
    float depth = u_dent_shape.x * facing;
    float h = bowl(r);
    float slope = (bowl(r + 0.5) - bowl(max(r - 0.5, 0.0))) * depth;
    world.xyz += u_dent_inward * depth * h;
    if (r > 0.01) normal = normalize(normal + (lateral / r) * slope * 1.0);
#endif
    v_position = world.xyz;
    v_normal = normal;
    v_uv = a_uv;
    v_fibre_tendon = a_fibre_tendon;
    v_w_part = a_w_part;
    gl_Position = u_view_projection * world;
}
