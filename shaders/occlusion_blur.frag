// Averages the 4 x 4 pattern of occlusion.frag, only over places of about the same depth.
#include "common/depth.glsl"
in vec2 v_uv;
uniform sampler2D t_picture;
uniform vec2 u_size;
layout(location = 0) out vec4 o_colour;
void main() {
    float depth = depth_at(v_uv), sum = 0.0, weights = 0.0;
    for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
            vec2 uv = v_uv + (vec2(float(x), float(y)) - 1.5) / u_size;
            float w = 1.0 / (1.0 + 0.5 * abs(depth_at(uv) - depth));
            sum += w * textureLod(t_picture, uv, 0.0).r;
            weights += w;
        }
    }
    o_colour = vec4(vec3(sum / weights), 1.0);
}
