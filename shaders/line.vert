// Wide lines as quads that face the eye. Two vertices a point: side -1 and +1.
in vec3 a_position;
in vec3 a_neighbour; // the next point (or beyond the last)
in vec2 a_side_along; // side, arc length mm
uniform mat4 u_view_projection;
uniform vec2 u_size_px;
uniform float u_width_px;
out float v_along;
void main() {
    vec4 a = u_view_projection * vec4(a_position, 1.0);
    vec4 b = u_view_projection * vec4(a_neighbour, 1.0);
    vec2 pa = a.xy / max(a.w, 1e-3) * u_size_px, pb = b.xy / max(b.w, 1e-3) * u_size_px;
    vec2 direction = pb - pa;
    float len = length(direction);
    direction = len > 1e-4 ? direction / len : vec2(1.0, 0.0);
    vec2 offset = vec2(-direction.y, direction.x) * u_width_px * a_side_along.x;
    a.xy += offset / u_size_px * a.w;
    v_along = a_side_along.y;
    gl_Position = a;
}
