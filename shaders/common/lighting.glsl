// Light of the room: a large soft key from above left of the camera, a cool fill, a rim from behind, ambient from a
// hemisphere. Colours are linear; `finish_colour` maps them to the screen.

vec3 hemisphere(vec3 n) {
    float up = 0.5 + 0.5 * n.y;
    return mix(vec3(0.105, 0.098, 0.100), vec3(0.235, 0.245, 0.265), up);
}

struct Light {
    vec3 diffuse;
    float specular; // of the key light only, for a shininess given
    float rim;
};

// `wrap` lets light reach round the terminator: 0 for hard surfaces, about 0.4 for skin.
Light room_light(vec3 n, vec3 to_eye, vec3 key, vec3 fill, float wrap, float shininess) {
    Light l;
    float k = clamp((dot(n, key) + wrap) / (1.0 + wrap), 0.0, 1.0);
    float f = clamp(dot(n, fill) * 0.5 + 0.5, 0.0, 1.0);
    l.diffuse = k * vec3(1.02, 0.985, 0.94) + f * f * vec3(0.17, 0.19, 0.23) + hemisphere(n);
    vec3 h = normalize(key + to_eye);
    l.specular = pow(max(dot(n, h), 0.0), shininess);
    l.rim = pow(1.0 - max(dot(n, to_eye), 0.0), 3.0);
    return l;
}

// Filmic curve (a rational fit after Narkowicz 2015, "ACES Filmic Tone Mapping Curve"), then sRGB.
vec3 finish_colour(vec3 c, float exposure) {
    c *= exposure;
    c = clamp((c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14), 0.0, 1.0);
    return mix(12.92 * c, 1.055 * pow(max(c, vec3(1e-5)), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, c));
}
