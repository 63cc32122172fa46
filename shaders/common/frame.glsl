// What all drawables of one picture share; filled by engine/render/frame_block.cpp, same order there. World: body frame, mm.
const int kDecals = 8, kOpenings = 16;
layout(std140) uniform Frame {
    mat4 f_view_projection;
    vec4 f_eye;         // xyz; w = mm per pixel at 1 mm distance
    vec4 f_up;          // of the picture; w = exposure
    vec4 f_key;         // unit directions towards the lights
    vec4 f_fill;
    vec4 f_rim;
    vec4 f_clip;        // plane: xyz normal, w offset; what lies on the normal's side is cut away
    vec4 f_dent_centre; // w = depth mm
    vec4 f_dent_inward; // w = pad radius mm
    vec4 f_counts;      // x = rim radius of the dent mm, y = number of decals, z = number of openings
    vec4 f_lens;        // x, y = centre, z = radius in drawn pixels; radius 0: no lens
    vec4 f_decal_centre[kDecals]; // w = half size mm
    vec4 f_decal_normal[kDecals]; // w = strength
    vec4 f_decal_e1[kDecals];     // w = kind
    vec4 f_decal_colour[kDecals]; // w = layer of the film texture, -1 for none
    vec4 f_opening_low[kOpenings]; // boxes, mm
    vec4 f_opening_high[kOpenings];
};
