// Tileable noise in space, made once by engine/render/textures.cpp: rgb = gradient (0.5 = none), a = value. Smaller levels
// average it away with distance.
uniform mediump sampler3D t_noise;

vec4 noise_at(vec3 p_mm, float tile_mm) {
    return texture(t_noise, p_mm / tile_mm) * 2.0 - 1.0;
}
