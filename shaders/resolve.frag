// From the drawn picture to the window: background, ambient occlusion, outlines, averaging down. Variants: OCCLUSION,
// SUPERSAMPLED (the drawn picture is twice as large).
in vec2 v_uv;
uniform sampler2D u_colour;
uniform sampler2D u_id;
uniform sampler2D u_depth;
uniform vec2 u_texel;      // of the drawn picture
uniform vec3 u_top;
uniform vec3 u_bottom;
uniform vec4 u_projection; // near, far, tan(fov/2), aspect
layout(location = 0) out vec4 o_colour;

float eye_depth(float d) {
    float n = u_projection.x, f = u_projection.y;
    return 2.0 * n * f / (f + n - (2.0 * d - 1.0) * (f - n));
}

// How strongly this pixel lies on an edge between structures: 0..1 dark line, y: bright line around highlighted ones.
vec2 outline(vec2 uv, vec4 id, float depth) {
    float edge = 0.0, bright = 0.0;
    vec2 offsets[4] = vec2[4](vec2(1.0, 0.0), vec2(-1.0, 0.0), vec2(0.0, 1.0), vec2(0.0, -1.0));
    for (int i = 0; i < 4; ++i) {
        vec4 other = texture(u_id, uv + offsets[i] * u_texel);
        float other_depth = eye_depth(texture(u_depth, uv + offsets[i] * u_texel).r);
        float different = step(0.001, abs(other.r - id.r) + abs(other.g - id.g));
        float in_front = smoothstep(0.0015, 0.012, (other_depth - depth) / depth);
        edge = max(edge, max(different * 0.75 * step(depth, other_depth + 0.5), in_front));
        vec4 wide = texture(u_id, uv + offsets[i] * u_texel * 2.5);
        bright = max(bright, step(0.5, id.b) * (1.0 - step(0.5, wide.b)));
    }
    return vec2(edge, bright);
}

#ifdef OCCLUSION
float occlusion(vec2 uv, float depth) {
    // Twelve taps on a spiral, turned by a 4 x 4 pattern; radius 9 mm in space.
    float radius = clamp(9.0 / (depth * u_projection.z), 0.0, 0.08);
    vec2 cell = floor(mod(uv / u_texel, 4.0));
    float turn = 6.2831853 * fract((cell.x * 4.0 + cell.y) * 0.61803399);
    float sum = 0.0;
    for (int i = 0; i < 12; ++i) {
        float a = turn + float(i) * 2.39996;
        float r = radius * sqrt((float(i) + 0.5) / 12.0);
        vec2 tap = uv + vec2(cos(a) / u_projection.w, sin(a)) * r;
        float d = eye_depth(texture(u_depth, tap).r);
        float nearer = depth - d;
        sum += smoothstep(0.4, 5.0, nearer) * (1.0 - smoothstep(14.0, 40.0, nearer));
    }
    return 1.0 - 0.75 * sum / 12.0;
}
#endif

vec4 sample_picture(vec2 uv) {
    vec4 c = texture(u_colour, uv);
    float raw = texture(u_depth, uv).r;
    if (raw < 0.99999) {
        float depth = eye_depth(raw);
        vec4 id = texture(u_id, uv);
        vec2 lines = outline(uv, id, depth);
#ifdef OCCLUSION
        c.rgb *= occlusion(uv, depth);
#endif
        c.rgb *= 1.0 - 0.55 * lines.x;
        c.rgb = mix(c.rgb, vec3(0.75, 0.95, 1.0), lines.y);
    }
    return c;
}

void main() {
    vec4 c;
#ifdef SUPERSAMPLED
    c = 0.25 * (sample_picture(v_uv + u_texel * vec2(-0.5, -0.5)) + sample_picture(v_uv + u_texel * vec2(0.5, -0.5)) +
                sample_picture(v_uv + u_texel * vec2(-0.5, 0.5)) + sample_picture(v_uv + u_texel * vec2(0.5, 0.5)));
#else
    c = sample_picture(v_uv);
#endif
    float grain = fract(sin(dot(gl_FragCoord.xy, vec2(12.9898, 78.233))) * 43758.5453) / 255.0; // hides banding in the dark
    vec3 room = mix(u_bottom, u_top, smoothstep(0.0, 1.0, v_uv.y));
    room = pow(room, vec3(1.0 / 2.2)) * (1.0 - 0.25 * length(v_uv - 0.5));
    o_colour = vec4(c.rgb + room * (1.0 - c.a) + grain, 1.0);
}
