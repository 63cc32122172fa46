// A segment with round ends, as soft as a pixel. What lies behind drawn surfaces is hidden unless the line is on top.
in float v_depth;
in vec4 v_segment;
in vec4 v_colour;
uniform sampler2D t_depth;
uniform vec3 u_place;  // lower left corner of the picture in the window; z = drawn pixels a picture pixel
uniform float u_on_top;
layout(location = 0) out vec4 o_colour;
void main() {
    float along = clamp(v_segment.x, 0.0, v_segment.z);
    float away = length(vec2(v_segment.x - along, v_segment.y));
    float cover = 1.0 - smoothstep(v_segment.w - 0.6, v_segment.w + 0.6, away);
    if (v_colour.a >= 0.0) {
        float t = mod(v_colour.a + v_segment.x, 13.0);
        cover *= smoothstep(0.0, 1.2, t) * (1.0 - smoothstep(7.5, 8.7, t));
    }
    ivec2 at = ivec2((gl_FragCoord.xy - u_place.xy) * u_place.z);
    if (u_on_top < 0.5 && texelFetch(t_depth, at, 0).r < v_depth) cover = 0.0;
    o_colour = vec4(v_colour.rgb, cover);
}
