// Muscle fibres drawn along the lattice's u: bundles at two scales across v, faded out where they would be finer than a
// pixel, so that nothing shimmers.

// Ridges of a periodic coordinate: -1 in the furrow .. +1 on the bundle, with the share that is still visible.
float ridges(float t, float pixel) {
    float visible = 1.0 - smoothstep(0.25, 0.6, pixel);
    return cos(6.2831853 * t) * visible;
}

// `across` = position across the fibres in mm, `along` = position along them in mm.
// Returns x: light and dark of the bundles (-1..1), y: the same for fine fibres.
vec2 fibre_pattern(float across_mm, float along_mm, float seed) {
    float wander = 0.9 * noise3(vec3(across_mm * 0.11, along_mm * 0.018, seed)) + 0.25 * noise3(vec3(across_mm * 0.5, along_mm * 0.05, seed + 7.0));
    float coarse = across_mm / 4.6 + wander;
    float fine = across_mm / 1.15 + 1.7 * wander;
    return vec2(ridges(coarse, fwidth(coarse)), ridges(fine, fwidth(fine)));
}
