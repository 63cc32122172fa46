// Depth only, so that of a translucent body only the nearest surface shows.
in vec3 v_position;
uniform vec4 u_clip;
layout(location = 0) out vec4 o_colour;
void main() {
    if (dot(u_clip.xyz, v_position) + u_clip.w > 0.0) discard;
    o_colour = vec4(0.0);
}
