// The room's light, fixed to the camera: one large soft key from the upper front left, a cool fill from the right, a rim
// light from behind, and a hemisphere. Colours are linear; `to_screen` maps them to the screen.

const vec3 kKey = vec3(1.19, 1.155, 1.10);
const vec3 kFill = vec3(0.115, 0.14, 0.18);
const vec3 kRim = vec3(0.50, 0.56, 0.64);

struct Surface {
    vec3 normal;
    vec3 albedo;
    vec3 wrap;      // how far light reaches round the terminator, by colour: 0 hard .. 0.5 skin
    float gloss;    // strength of the highlight
    float sharpness;
    float rim;      // how much of the rim light shows
};

vec3 hemisphere(vec3 n) {
    return mix(vec3(0.070, 0.062, 0.060), vec3(0.205, 0.212, 0.228), 0.5 + 0.5 * dot(n, f_up.xyz));
}

// `halfway`: between the key light and the eye.
vec3 lit(Surface s, vec3 to_eye, vec3 halfway) {
    float facing = clamp(dot(s.normal, to_eye), 0.0, 1.0);
    float key_light = dot(s.normal, f_key.xyz);
    vec3 key = clamp((key_light + s.wrap) / (1.0 + s.wrap), 0.0, 1.0);
    key *= mix(vec3(1.0), key, 0.5); // a large source: softer towards the terminator than a point
    float fill = clamp(0.5 + 0.5 * dot(s.normal, f_fill.xyz), 0.0, 1.0);
    vec3 c = s.albedo * (kKey * key + kFill * fill * fill + hemisphere(s.normal));
    float edge = 1.0 - facing;
    float edge2 = edge * edge;
    float fresnel = edge2 * edge2 * edge;
    float highlight = pow(clamp(dot(s.normal, halfway), 0.0, 1.0), s.sharpness) * clamp(4.0 * key_light, 0.0, 1.0);
    c += kKey * s.gloss * highlight * (1.0 + 3.0 * fresnel);
    c += kRim * s.rim * edge2 * edge * clamp(dot(s.normal, f_rim.xyz) + 0.25, 0.0, 1.0) * (0.4 + 0.6 * s.albedo);
    return c;
}

// Filmic curve (rational fit of Narkowicz 2015, "ACES Filmic Tone Mapping Curve"), then sRGB by square roots (fit of Taylor
// 2012, "sRGB approximations for HLSL"): a third of the cost of powers on a software rasteriser.
vec3 to_screen(vec3 c) {
    c *= 0.82 * f_up.w;
    c = clamp((c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14), 0.0, 1.0);
    vec3 s1 = sqrt(c), s2 = sqrt(s1), s3 = sqrt(s2);
    return max(0.662002687 * s1 + 0.684122060 * s2 - 0.323583601 * s3 - 0.0225411470 * c, 0.0);
}
