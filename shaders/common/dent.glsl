// The pressed dent: a smooth bowl under the pad, decaying to the rim. The skin at `r` mm from the finger's axis moves
// inward by depth * dent_profile(r); normals follow exactly from the slope (J^-T of p -> p + inward * D(r)).

// Value and slope (per mm). Inside the pad a sphere's cap, outside a power of the rest of the way; C1 at the pad's edge.
vec2 dent_profile(float r, float pad, float rim) {
    const float kEdge = 0.65; // share of the depth at the pad's edge (est.)
    if (r < pad) return vec2(1.0 - (1.0 - kEdge) * r * r / (pad * pad), -2.0 * (1.0 - kEdge) * r / (pad * pad));
    float width = max(rim - pad, 0.1);
    float k = max(2.0 * (1.0 - kEdge) / pad * width / kEdge, 1.6);
    float rest = max(1.0 - (r - pad) / width, 1e-4);
    float value = kEdge * pow(rest, k);
    return r < rim ? vec2(value, -k * value / (rest * width)) : vec2(0.0);
}

// Only the skin that faces the finger gives way, not the other side of the body.
float dent_share(vec3 from, vec3 normal, vec3 inward) {
    return smoothstep(0.0, 0.35, -dot(normal, inward)) * (1.0 - smoothstep(25.0, 45.0, abs(dot(from, inward))));
}
