// Wide lines as quads in the picture plane, placed by engine/render/lines.cpp.
layout(location = 0) in vec3 a_place;   // normalised device coordinates
layout(location = 1) in vec4 a_segment; // px from the start along and across, length, half width
layout(location = 2) in vec4 a_colour;  // w = start of this segment along the dashes, px; below 0: solid
out float v_depth;
out vec4 v_segment;
out vec4 v_colour;
void main() {
    v_depth = a_place.z * 0.5 + 0.5;
    v_segment = a_segment;
    v_colour = a_colour;
    gl_Position = vec4(a_place.xy, 0.0, 1.0);
}
