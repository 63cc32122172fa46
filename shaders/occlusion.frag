// How much of the surroundings each place sees, at half size: taps on a spiral in the drawn depth, turned by a 4 x 4
// pattern that occlusion_blur.frag averages away.
#include "common/depth.glsl"
in vec2 v_uv;
uniform vec2 u_size; // of this target
layout(location = 0) out vec4 o_colour;

const float kRadius_mm = 16.0;
const int kTaps = 10;

vec3 place(vec2 uv, float depth) {
    vec2 q = (uv * 2.0 - 1.0) * vec2(u_lens.z * u_lens.w, u_lens.z);
    return vec3(q * depth, depth);
}

void main() {
    float raw = textureLod(t_depth, v_uv, 0.0).r;
    if (raw >= 1.0) {
        o_colour = vec4(1.0);
        return;
    }
    float depth = eye_depth(raw);
    vec3 p = place(v_uv, depth);
    vec2 texel = 1.0 / u_size;
    vec3 right = place(v_uv + vec2(texel.x, 0.0), depth_at(v_uv + vec2(texel.x, 0.0))) - p;
    vec3 left = p - place(v_uv - vec2(texel.x, 0.0), depth_at(v_uv - vec2(texel.x, 0.0)));
    vec3 above = place(v_uv + vec2(0.0, texel.y), depth_at(v_uv + vec2(0.0, texel.y))) - p;
    vec3 below = p - place(v_uv - vec2(0.0, texel.y), depth_at(v_uv - vec2(0.0, texel.y)));
    vec3 dx = abs(right.z) < abs(left.z) ? right : left;
    vec3 dy = abs(above.z) < abs(below.z) ? above : below;
    vec3 n = normalize(cross(dy, dx)); // towards the eye: negative z
    float radius = clamp(0.5 * kRadius_mm / (depth * u_lens.z), 2.0 * texel.y, 0.12);
    vec2 cell = mod(floor(gl_FragCoord.xy), 4.0);
    float turn = 6.2831853 * (cell.x * 4.0 + mod(cell.y * 5.0 + cell.x * 2.0, 16.0)) / 16.0;
    float hidden = 0.0;
    for (int i = 0; i < kTaps; ++i) {
        float a = turn + float(i) * 2.39996323;
        float r = radius * sqrt((float(i) + 0.5) / float(kTaps));
        vec2 uv = v_uv + vec2(cos(a) / u_lens.w, sin(a)) * r;
        vec3 to = place(uv, depth_at(uv)) - p;
        float distance_mm = length(to);
        float rise = dot(to, n) / max(distance_mm, 1e-3);
        hidden += smoothstep(0.22, 0.85, rise) * (1.0 - smoothstep(kRadius_mm, 2.6 * kRadius_mm, distance_mm));
    }
    o_colour = vec4(vec3(1.0 - hidden / float(kTaps)), 1.0);
}
