// What lies on the skin, each in a square on the tangent plane of its place: antiseptic film, ink, wheal, numb zone,
// referred pain, bruise. Meaning is never by colour alone: each kind has its own pattern.

const int kDecals = 8;
const int kFilm = 0;
const int kInk = 1;
const int kWheal = 2;
const int kNumb = 3;
const int kReferred = 4;
const int kBruise = 5;

uniform int u_decal_count;
uniform int u_decal_kind[kDecals];
uniform vec4 u_decal_centre[kDecals]; // w = half size, mm
uniform vec4 u_decal_normal[kDecals]; // w = strength
uniform vec3 u_decal_e1[kDecals];
uniform vec3 u_decal_colour[kDecals];
uniform sampler2D u_film; // of the first film: 0 untouched, below one half dried, above wet

struct Decoration {
    vec3 colour;
    float cover;
    vec3 bump;
    float wet;
};

void lay(inout Decoration d, vec3 colour, float cover) {
    d.colour = mix(d.colour, colour, cover);
    d.cover = max(d.cover, cover);
}

Decoration decorate(vec3 p, vec3 n) {
    Decoration d = Decoration(vec3(0.0), 0.0, vec3(0.0), 0.0);
    for (int i = 0; i < kDecals; ++i) {
        if (i >= u_decal_count) break;
        vec3 normal = u_decal_normal[i].xyz;
        vec3 from = p - u_decal_centre[i].xyz;
        float height = dot(from, normal);
        float half_size = u_decal_centre[i].w;
        vec3 e1 = u_decal_e1[i];
        vec3 e2 = cross(normal, e1);
        vec2 q = vec2(dot(from, e1), dot(from, e2)) / half_size;
        if (dot(n, normal) < 0.15 || abs(height) > 0.8 * half_size + 15.0 || max(abs(q.x), abs(q.y)) > 1.0) continue;
        float r = length(q);
        float strength = u_decal_normal[i].w;
        vec3 colour = u_decal_colour[i];
        float pixel = max(fwidth(q.x), fwidth(q.y));
        if (u_decal_kind[i] == kFilm) {
            float f = texture(u_film, q * 0.5 + 0.5).r;
            float wet = smoothstep(0.5, 1.0, f);
            float film = smoothstep(0.02, 0.12, f);
            lay(d, colour, strength * film * mix(0.42, 0.62, wet));
            d.wet = max(d.wet, wet);
        } else if (u_decal_kind[i] == kInk) {
            float ring = 1.0 - smoothstep(0.10, 0.10 + pixel + 0.03, abs(r - 0.78));
            float dot_ = 1.0 - smoothstep(0.20, 0.20 + pixel + 0.03, r);
            lay(d, colour, strength * max(ring, dot_));
        } else if (u_decal_kind[i] == kWheal) {
            float h = 1.0 - smoothstep(0.55, 1.0, r);
            lay(d, colour, strength * 0.65 * h);
            d.bump += (e1 * q.x + e2 * q.y) * 0.9 * strength * smoothstep(0.35, 0.75, r) * (1.0 - smoothstep(0.75, 1.0, r));
        } else if (u_decal_kind[i] == kNumb) {
            float ring = 1.0 - smoothstep(0.03, 0.03 + pixel + 0.02, abs(r - 0.93));
            float dashes = step(0.5, fract(atan(q.y, q.x) * 3.8197186));
            lay(d, colour, strength * max(ring * dashes, 0.10 * (1.0 - step(0.93, r))));
        } else if (u_decal_kind[i] == kReferred) {
            vec2 cell = fract(q * 9.0) - 0.5;
            float dots = 1.0 - smoothstep(0.22, 0.30, length(cell));
            float fade = 1.0 - smoothstep(0.55, 1.0, r);
            lay(d, colour, strength * fade * (0.30 + 0.45 * dots));
        } else {
            float fade = 1.0 - smoothstep(0.3, 1.0, r);
            lay(d, colour, strength * 0.55 * fade);
        }
    }
    return d;
}
