// What is left out: behind the cut plane, inside the lens, inside openings. For variant CLIP.
uniform vec2 u_open; // x: the lens opens this surface, y: the boxes do

bool cut_away(vec3 p) {
    if (dot(f_clip.xyz, p) + f_clip.w > 0.0) return true;
    if (u_open.x > 0.5 && length(gl_FragCoord.xy - f_lens.xy) < f_lens.z) return true;
    if (u_open.y > 0.5) {
        int count = int(f_counts.z);
        for (int i = 0; i < count; ++i) {
            if (all(greaterThan(p, f_opening_low[i].xyz)) && all(lessThan(p, f_opening_high[i].xyz))) return true;
        }
    }
    return false;
}
