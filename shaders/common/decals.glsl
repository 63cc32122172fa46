// What lies on the skin, each in a square on the tangent plane of its place: antiseptic film, ink, wheal, numb zone,
// referred pain, bruise. Meaning is never by colour alone: each kind has its own pattern. Numbers as Decal::Kind.
const float kFilm = 0.0, kInk = 1.0, kWheal = 2.0, kNumb = 3.0, kReferred = 4.0;

uniform mediump sampler2DArray t_film; // r = film, g = wetness

// A line or area of this signed distance, as soft as a pixel.
float cover_of(float distance_to_edge, float pixel) { return 1.0 - smoothstep(-pixel, pixel, distance_to_edge); }

void decorate(inout Surface s, inout float cover, vec3 p, vec3 flat_normal, float pixel_mm) {
    int count = int(f_counts.y);
    for (int i = 0; i < count; ++i) {
        vec3 normal = f_decal_normal[i].xyz;
        vec3 from = p - f_decal_centre[i].xyz;
        float half_size = f_decal_centre[i].w;
        vec3 e1 = f_decal_e1[i].xyz, e2 = cross(normal, e1);
        vec2 q = vec2(dot(from, e1), dot(from, e2)) / half_size;
        bool away = dot(flat_normal, normal) < 0.1 || abs(dot(from, normal)) > 0.7 * half_size + 12.0;
        if (away || max(abs(q.x), abs(q.y)) > 1.0) continue;
        float r = length(q), pixel = 0.75 * pixel_mm / half_size;
        float strength = f_decal_normal[i].w, kind = f_decal_e1[i].w;
        vec3 colour = f_decal_colour[i].rgb;
        float c = 0.0;
        if (kind == kFilm) {
            vec2 film = vec2(1.0 - smoothstep(0.8, 1.0, r), 0.0);
            if (f_decal_colour[i].w >= 0.0) film = textureLod(t_film, vec3(q * 0.5 + 0.5, f_decal_colour[i].w), 0.0).rg;
            float body = smoothstep(0.04, 0.35, film.r) * strength;
            float wet = film.g * strength;
            // A film tints what lies below like a filter, deeper where it is wet and where it pools at the rim.
            float rim = smoothstep(0.05, 0.3, film.r) * (1.0 - smoothstep(0.3, 0.6, film.r));
            s.albedo *= mix(vec3(1.0), 0.25 + 0.75 * colour / max(max(colour.r, colour.g), colour.b),
                            body * (0.42 + 0.28 * wet + 0.20 * rim));
            s.albedo *= 1.0 - 0.10 * wet;
            s.gloss += 0.28 * wet + 0.03 * body;
            s.sharpness = mix(s.sharpness, 110.0, wet);
            s.normal = normalize(mix(s.normal, flat_normal, 0.8 * wet)); // liquid fills the pores
            cover = max(cover, 0.5 * body);
            continue;
        } else if (kind == kInk) {
            // A cross in a ring, a little uneven as from a felt tip.
            float cross_line = min(abs(q.x), abs(q.y)) - 0.09;
            float arms = max(cross_line, r - 0.62);
            float ring = abs(r - 0.84) - 0.085;
            c = max(cover_of(arms, pixel), cover_of(ring, pixel)) * strength;
        } else if (kind == kWheal) {
            float h = 1.0 - smoothstep(0.25, 0.95, r);
            c = 0.70 * strength * h;
            colour = mix(s.albedo, colour, 0.75);
            float slope = smoothstep(0.15, 0.6, r) * (1.0 - smoothstep(0.6, 1.0, r));
            if (r > 0.01) s.normal = normalize(s.normal + (e1 * q.x + e2 * q.y) / r * 0.75 * strength * slope);
            s.albedo *= mix(vec3(1.0), vec3(1.05, 0.80, 0.76), strength * smoothstep(0.7, 0.95, r) * (1.0 - smoothstep(0.95, 1.0, r)));
        } else if (kind == kNumb) {
            float turn = atan(q.y, q.x) * 3.8197186; // 24 dashes round
            float dash = smoothstep(0.20, 0.26, abs(fract(turn) - 0.5));
            c = strength * max(cover_of(abs(r - 0.94) - 0.022, pixel) * dash, 0.10 * cover_of(r - 0.94, pixel));
        } else if (kind == kReferred) {
            vec2 cell = fract(q * 8.0 + vec2(0.5 * step(1.0, mod(q.y * 8.0 + 32.0, 2.0)), 0.0)) - 0.5;
            float fade = 1.0 - smoothstep(0.35, 1.0, r);
            float dots = cover_of(length(cell) - 0.30 * sqrt(fade), 8.0 * pixel);
            c = strength * (0.28 * fade + 0.62 * dots * step(0.03, fade));
        } else {
            float uneven = 0.25 * noise_at(p, 30.0).a;
            c = strength * (1.0 - smoothstep(0.25, 0.95, r + uneven));
            colour = mix(colour, s.albedo * vec3(0.75, 0.85, 0.35), smoothstep(0.45, 0.9, r));
        }
        s.albedo = mix(s.albedo, colour, c);
        s.gloss *= 1.0 - 0.6 * c;
        cover = max(cover, c);
    }
}
