// The room behind the body: a dark neutral gradient with a soft glow, drawn once a size.
in vec2 v_uv; // 0..1 from the lower left corner of the picture
uniform vec3 u_room_top; // linear
uniform vec3 u_room_bottom;
layout(location = 0) out vec4 o_colour;
void main() {
    vec3 c = mix(u_room_bottom, u_room_top, smoothstep(-0.1, 1.0, v_uv.y));
    vec2 q = (v_uv - vec2(0.5, 0.58)) * vec2(1.1, 0.9);
    c *= 0.50 + 0.62 * exp(-3.2 * dot(q, q));
    // Grain of one step hides banding in the dark (interleaved gradient noise, Jimenez 2014).
    float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5;
    o_colour = vec4(pow(c, vec3(1.0 / 2.2)) + grain / 255.0, 1.0);
}
