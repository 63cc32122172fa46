in float v_along;
uniform vec3 u_colour;
uniform float u_dash_mm; // 0: solid
layout(location = 0) out vec4 o_colour;
void main() {
    if (u_dash_mm > 0.0 && fract(v_along / u_dash_mm) > 0.55) discard;
    o_colour = vec4(u_colour, 1.0);
}
