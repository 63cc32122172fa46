// Distance in front of the eye, mm, from the drawn depth.
uniform sampler2D t_depth;
uniform vec4 u_lens; // near, far, tan(fov/2), aspect

float eye_depth(float d) {
    return u_lens.x * u_lens.y / (u_lens.y - d * (u_lens.y - u_lens.x));
}
float depth_at(vec2 uv) { return eye_depth(textureLod(t_depth, uv, 0.0).r); }
