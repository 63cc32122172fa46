// Muscle fibres along the lattice's u. The texture holds streaks that run along its x (r = light and dark, g = slope
// across); its smaller levels average them away, so that nothing finer than a pixel shimmers.
uniform sampler2D t_fibres;

struct Fibres {
    float bundle;  // -1 furrow .. +1 crest of the coarse bundles
    float strand;  // the same for the fine strands
    float slope;   // across the fibres, for the bump
};

// `at`: x = mm along the fibres, y = mm across.
Fibres fibres_at(vec2 at, float seed) {
    vec2 shift = vec2(seed * 0.37, seed * 0.61);
    vec2 coarse = texture(t_fibres, at * vec2(1.0 / 310.0, 1.0 / 95.0) + shift).rg * 2.0 - 1.0;
    vec2 fine = texture(t_fibres, at * vec2(1.0 / 90.0, 1.0 / 21.0) + shift.yx).rg * 2.0 - 1.0;
    return Fibres(coarse.x, fine.x, 0.75 * coarse.y + 0.55 * fine.y);
}
