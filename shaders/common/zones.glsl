// Referred pain on the skin: primary area solid with a firm edge, spillover as a halftone of dots whose size follows the
// weight. Both differ from each other in pattern, not by colour alone.
void paint_zones(inout Surface s, inout float cover, vec3 p, vec3 normal, vec2 zone, float pixel_mm) {
    float primary = smoothstep(0.12, 0.62, zone.x), spill = zone.y;
    if (max(primary, spill) < 0.01) return;
    const vec3 red = vec3(0.56, 0.020, 0.022);
    // Dots in rows on the plane that the skin faces most, every other row shifted.
    vec3 a = abs(normal);
    vec2 q = a.y > max(a.x, a.z) ? p.xz : (a.x > a.z ? p.zy : p.xy);
    const float pitch = 7.0;
    q /= pitch;
    q.x += 0.5 * mod(floor(q.y), 2.0);
    float r = length(fract(q) - 0.5) * pitch, wanted = pitch * 0.36 * sqrt(clamp(spill, 0.0, 1.0));
    float dots = (1.0 - smoothstep(wanted - 0.8 * pixel_mm, wanted + 0.8 * pixel_mm, r)) * smoothstep(0.04, 0.12, spill);
    // From afar the dots melt into their mean.
    float mean = 0.36 * spill;
    dots = mix(dots, mean, smoothstep(0.25 * pitch, 0.6 * pitch, pixel_mm));
    float c = max(0.80 * primary, max(0.78 * dots, 0.10 * spill));
    s.albedo = mix(s.albedo, red, c);
    s.gloss *= 1.0 - 0.5 * c;
    cover = max(cover, 0.8 * c);
}
