#include "tissue/echo_paint.h"

#include <algorithm>
#include <cmath>

#include "tissue/echo_frame.h"

namespace tb::tissue::echo {
namespace {

using geometry::Vec3;

constexpr int kReach = 6;                 // lines to either side that a beam takes in
constexpr float kShadow = 4e-4f;          // what still comes from behind bone: reverberation (est.)
constexpr double kFramesPerSecond = 25.0; // of the receiver's noise

float smoothstep(float low, float high, float v) {
    const float t = std::clamp((v - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3.0f - 2.0f * t);
}
/// 1 on the surfaces where a smooth noise passes its middle, falling off to both sides: thin curved sheets.
float sheet(float value, float low, float high) {
    return smoothstep(low, high, 1.0f - std::abs(2.0f * value - 1.0f));
}

/// Turned off the body's axes, so that the lattice of scatterers never lines up with a probe.
Vec3f scatterer_place(const Vec3& p, double cell_mm) {
    const double k = 1.0 / cell_mm;
    return {static_cast<float>(k * (0.7431 * p.x + 0.5218 * p.y - 0.4190 * p.z)),
            static_cast<float>(k * (-0.3090 * p.x + 0.8321 * p.y + 0.4606 * p.z)),
            static_cast<float>(k * (0.5935 * p.x - 0.2128 * p.y + 0.7762 * p.z))};
}
Vec3f as_float(const Vec3& v) {
    return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}
Vec3f scaled(Vec3f v, float x, float y, float z) {
    return {v.x * x, v.y * y, v.z * z};
}

Acoustic acoustic_of(StructureKind kind) {
    switch (kind) {
    case StructureKind::Skin:
        return Acoustic::Skin;
    case StructureKind::Subcutis:
        return Acoustic::Fat;
    case StructureKind::Tendon:
    case StructureKind::Cartilage:
        return Acoustic::Tendon;
    case StructureKind::Nerve:
        return Acoustic::Nerve;
    default:
        return Acoustic::Muscle;
    }
}

} // namespace

Levels::Levels(const EchoTable& t)
    : skin(amplitude(t.skin_dB)), fat(amplitude(t.fat_dB)), septum(amplitude(t.fat_dB + t.septum_dB)),
      loose(amplitude(t.loose_dB)), muscle(amplitude(t.muscle_dB)),
      fascia(amplitude(t.muscle_dB + t.fascia_dB)), tendon(amplitude(t.tendon_dB)),
      nerve(amplitude(t.nerve_dB)), cartilage(amplitude(t.cartilage_dB)), organ(amplitude(t.organ_dB)),
      blood(amplitude(t.blood_dB)), bone(amplitude(t.bone_dB)), pleura(amplitude(t.pleura_dB)),
      haze(amplitude(t.lung_haze_dB)) {}

void Painter::prepare_rows(const Frame& f) {
    const auto n = static_cast<std::size_t>(f.samples);
    if (kernel_width_mm_ == f.width_mm && kernel_depth_mm_ == f.depth_mm && kernel_MHz_ == f.MHz &&
        kernel_lines_ == f.lines && kernel_samples_ == f.samples)
        return;
    kernel_width_mm_ = f.width_mm;
    kernel_depth_mm_ = f.depth_mm;
    kernel_MHz_ = f.MHz;
    kernel_lines_ = f.lines;
    kernel_samples_ = f.samples;
    const EchoTable& t = f.table;
    passed_.assign(n, 0.0f);
    noise_.assign(n, 0.0f);
    fade_.assign(n, 0.0f);
    even_.assign(n, 0.0f);
    sum_re_.assign(n, 0.0f);
    sum_im_.assign(n, 0.0f);
    kernel_.assign(n * (kReach + 1), 0.0f);
    const double line_mm = f.width_mm / f.lines, focus_mm = 0.5 * f.depth_mm;
    const double loss_dB_mm = 0.2 * t.attenuation_dB_cm_MHz(Acoustic::Muscle) * f.MHz;
    for (std::size_t s = 0; s < n; ++s) {
        const double z = (static_cast<double>(s) + 0.5) * f.depth_mm / f.samples;
        const double made_up = loss_dB_mm * z, given = std::min(made_up, t.tgc_limit_dB);
        noise_[s] = amplitude(t.noise_dB + given);
        fade_[s] = amplitude(given - made_up);
        const double off = (z - focus_mm) / t.focus_length_mm;
        const double wide = t.lateral_res_mm * 10.0 / f.MHz * std::sqrt(1.0 + off * off);
        const double sigma = wide / 2.3548;
        double weight[kReach + 1], sum = 0.0;
        for (int k = 0; k <= kReach; ++k) {
            const double x = k * line_mm / sigma;
            weight[k] = std::exp(-0.5 * x * x);
            sum += k == 0 ? weight[k] : 2.0 * weight[k];
        }
        for (int k = 0; k <= kReach; ++k)
            kernel_[static_cast<std::size_t>(k) * n + s] = static_cast<float>(weight[k] / sum);
        // Scatterers nearer than a cell answer alike; what the beam takes in together is evened out.
        double variance = 0.0;
        for (int i = -kReach; i <= kReach; ++i) {
            for (int j = -kReach; j <= kReach; ++j) {
                const double apart = (i - j) * line_mm / (0.8 * t.speckle_cell_mm);
                variance +=
                    weight[std::abs(i)] * weight[std::abs(j)] / (sum * sum) * std::exp(-apart * apart);
            }
        }
        even_[s] = static_cast<float>(1.0 / std::sqrt(variance));
    }
}

void Painter::add_bump(const Frame& f, int l, float at_sample, float half_mm, float level) {
    const float half = std::max(half_mm / f.row_mm, 0.7f);
    const int low = std::max(0, static_cast<int>(at_sample - 3.0f * half)),
              high = std::min(f.samples - 1, static_cast<int>(at_sample + 3.0f * half) + 1);
    float* re = re_.data() + f.at(l);
    for (int s = low; s <= high; ++s) {
        const float d = (static_cast<float>(s) - at_sample) / half;
        re[s] += level * passed_[static_cast<std::size_t>(s)] * std::exp(-0.5f * d * d);
    }
}

void Painter::paint_no_contact(const Frame& f, int l) {
    // No gel: the face rings, nothing else comes back.
    float* re = re_.data() + f.at(l);
    float* im = im_.data() + f.at(l);
    std::fill(im, im + f.samples, 0.0f);
    for (int s = 0; s < f.samples; ++s) {
        const float z = (static_cast<float>(s) + 0.5f) * f.row_mm;
        const float ring = std::cos(6.2832f * z / 0.9f);
        re[s] = 0.12f * std::exp(-z / 1.1f) * ring * ring;
    }
}

void Painter::paint_line(const Frame& f, int l) {
    const Line& line = f.lines_met.all()[static_cast<std::size_t>(l)];
    if (!line.contact) return paint_no_contact(f, l);
    const EchoTable& t = f.table;
    const Levels& level = f.level;
    const Noise& noise = f.noise;
    float* re = re_.data() + f.at(l);
    float* im = im_.data() + f.at(l);
    const float* depth = f.lines_met.skin_depth(l);
    const Vec3& beam = f.scene.probe.inward;
    const Vec3f grains = scatterer_place(line.skin, t.speckle_cell_mm),
                per_mm = scatterer_place(beam, t.speckle_cell_mm);
    const Vec3f skin = as_float(line.skin), down = as_float(beam);
    const auto fat_along = static_cast<float>(1.0 / t.fat_along_mm),
               fat_deep = static_cast<float>(1.0 / t.fat_deep_mm);
    const Vec3f fat_in = as_float(-line.normal) * fat_deep;
    const auto along = static_cast<float>(1.0 / t.muscle_along_mm),
               across = static_cast<float>(1.0 / t.muscle_across_mm),
               deep = static_cast<float>(1.0 / t.muscle_deep_mm);

    float passed = 1.0f, before_m = 0.0f;
    std::size_t span = 0;
    int s = 0;
    float rate = 0.0f;
    std::size_t rated = line.spans.size();
    for (; s < f.samples; ++s) {
        const float m = depth[s];
        if (m >= line.end_m) break;
        if (m < 0.0f || line.spans.empty()) { // gel
            re[s] = im[s] = 0.0f;
            passed_[static_cast<std::size_t>(s)] = 1.0f;
            continue;
        }
        while (span + 1 < line.spans.size() && line.spans[span].bottom_m < m)
            ++span;
        const Span& here = line.spans[span];
        if (rated != span) {
            rated = span;
            rate = f.rate(here.loose && here.kind == StructureKind::Subcutis ? Acoustic::Connective
                                                                             : acoustic_of(here.kind));
        }
        float a = level.muscle, step = rate;
        bool fluid = false;
        for (const Lumen& v : line.lumens)
            fluid = fluid || (m > v.top_m && m < v.bottom_m);
        for (const Chord& c : f.fluid_chords())
            fluid = fluid || (m > c.top_m && m < c.bottom_m);
        if (fluid) {
            a = level.blood;
            step = f.blood_rate;
        } else {
            switch (here.kind) {
            case StructureKind::Skin:
                a = level.skin * (0.7f + 0.6f * noise.value((skin + down * m) * 1.1f));
                break;
            case StructureKind::Subcutis: {
                if (here.loose) { // thin planes are connective tissue, thick ones hold fat
                    const float fatty = smoothstep(1.5f, 5.0f, here.bottom_m - here.top_m);
                    const float planes = noise.value(skin * 0.22f + down * (m * 0.9f));
                    const float plane = sheet(planes, 0.85f, 0.99f);
                    const float uneven = 0.5f + noise.value((skin + down * m) * 0.7f);
                    a = uneven * (level.loose + fatty * (1.6f * level.fat - level.loose)) +
                        0.5f * fatty * plane * level.septum;
                    break;
                }
                const Vec3f p = skin * fat_along + fat_in * m;
                const float septa = sheet(noise.value(p), 0.88f, 0.99f);
                const float strong = noise.value(p * 0.37f + Vec3f{17.0f, 5.0f, 3.0f});
                a = level.fat + septa * strong * strong * (level.septum - level.fat) * 1.8f;
                break;
            }
            case StructureKind::Muscle:
            case StructureKind::Tendon: {
                const Stretch& in = line.stretches[static_cast<std::size_t>(here.stretch)];
                const float share = (m - in.enter_m) / std::max(in.leave_m - in.enter_m, 1e-3f);
                const Vec3f q =
                    in.fibred ? in.lattice_in * (1.0f - share) + in.lattice_out * share : skin + down * m;
                const float n = noise.value(scaled(q, along, across, deep));
                const float septa = sheet(n, 0.70f, 0.97f);
                const float strong = noise.value(scaled(q, 0.4f * along, 0.31f * across, 0.33f * deep) +
                                                 Vec3f{7.0f, 31.0f, 11.0f});
                const float square = in.across_fibres * in.across_fibres;
                const float clear = square * square; // fibres seen aslant send less back
                a = level.muscle +
                    (level.fascia - level.muscle) *
                        (0.10f * (strong - 0.5f) + septa * (0.30f + 1.4f * strong * strong) * clear);
                const float tendon = in.tendon_in + (in.tendon_out - in.tendon_in) * share;
                if (tendon > 0.02f || here.kind == StructureKind::Tendon) {
                    const float part = here.kind == StructureKind::Tendon ? 1.0f : tendon;
                    const float fine = noise.value(scaled(q, along, 2.2f * across, 2.6f * deep));
                    const float fibrils = level.tendon * (0.12f + 1.3f * fine * fine * clear * clear);
                    a += part * (fibrils - a);
                }
                for (const Patch& patch : line.patches) {
                    const float d = (m - patch.centre_m) / patch.half_mm;
                    if (d < -1.0f || d > 1.0f) continue;
                    const float uneven = 0.5f + noise.value((skin + down * m) * 0.6f);
                    a *= std::pow(10.0f, 0.05f * patch.dB * std::min(1.0f, 2.5f * (1.0f - d * d)) * uneven);
                }
                break;
            }
            case StructureKind::Nerve: {
                const float mesh = sheet(noise.value((skin + down * m) * 1.4f), 0.6f, 0.95f);
                a = level.nerve + mesh * 0.8f * (level.fascia - level.nerve);
                break;
            }
            case StructureKind::Cartilage:
                a = level.cartilage;
                break;
            default:
                a = level.organ;
                break;
            }
        }
        passed *= 1.0f + step * (m - before_m);
        before_m = m;
        const Noise::Complex g = noise.speckle(grains + per_mm * m);
        const float k = a * passed * even_[static_cast<std::size_t>(s)];
        re[s] = g.re * k;
        im[s] = g.im * k;
        passed_[static_cast<std::size_t>(s)] = passed;
    }
    for (int rest = s; rest < f.samples; ++rest)
        passed_[static_cast<std::size_t>(rest)] = passed;
    paint_end(f, line, l, s);
    add_borders(f, line, l);
    if (steel_.empty()) return;
    const float* steel = steel_.data() + f.at(l);
    for (int k = 0; k < s; ++k)
        re[k] += steel[k] * passed_[static_cast<std::size_t>(k)];
}

void Painter::paint_end(const Frame& f, const Line& line, int l, int from) {
    float* re = re_.data() + f.at(l);
    float* im = im_.data() + f.at(l);
    const EchoTable& t = f.table;
    const float rough = static_cast<float>(t.rough_share);
    const float cos4 = line.end_cos * line.end_cos * line.end_cos * line.end_cos;
    const float angle = rough + (1.0f - rough) * cos4;
    const Vec3 end = line.skin + static_cast<double>(line.end_m) * f.scene.probe.inward;
    const float* depth = f.lines_met.skin_depth(l);
    if (line.end == End::Lung) {
        // The lung slides along the chest wall with the breath: everything of it is looked up where it was.
        const Vec3 lung = end + Vec3(0.0, f.lung_shift_mm, 0.0);
        const Vec3f at = as_float(lung);
        const float uneven = 0.35f + 1.1f * f.noise.value(at * 0.7f);
        const float streak = f.noise.value(at * 0.45f + Vec3f{3.0f, 40.0f, 9.0f});
        const Vec3f grains = scatterer_place(lung, t.speckle_cell_mm),
                    per_mm = scatterer_place(f.scene.probe.inward, t.speckle_cell_mm);
        for (int s = from; s < f.samples; ++s) {
            const float d = depth[s] - line.end_m;
            const Noise::Complex g = f.noise.speckle(grains + per_mm * (0.35f * d));
            const float a = f.level.haze * (0.25f + 1.5f * streak * streak) * std::exp(-d / 14.0f) *
                            even_[static_cast<std::size_t>(s)];
            re[s] = g.re * a;
            im[s] = g.im * a;
        }
        const auto front = static_cast<float>(from);
        const float level = f.level.pleura * angle * uneven;
        add_bump(f, l, front, 0.28f, level);
        // Sound that ran between face and pleura twice, three times: the same line again at equal steps.
        float again = level;
        for (int k = 2; k * front < static_cast<float>(f.samples) && k < 6; ++k) {
            again *= amplitude(-t.aline_fall_dB);
            add_bump(f, l, static_cast<float>(k) * front, 0.32f, again * line.end_cos);
        }
        return;
    }
    if (line.end == End::Bone) {
        const float level = f.level.bone * angle * (0.7f + 0.6f * f.noise.value(as_float(end) * 0.6f));
        const auto tail = static_cast<float>(t.bone_tail_mm);
        const Vec3f grains = scatterer_place(line.skin, t.speckle_cell_mm),
                    per_mm = scatterer_place(f.scene.probe.inward, t.speckle_cell_mm);
        for (int s = from; s < f.samples; ++s) {
            const float d = depth[s] - line.end_m;
            const Noise::Complex g = f.noise.speckle(grains + per_mm * depth[s]);
            const float behind =
                passed_[static_cast<std::size_t>(s)] *
                    (0.5f * level * std::exp(-d / tail) + 0.03f * level * std::exp(-d / 2.5f)) +
                kShadow;
            re[s] = g.re * behind;
            im[s] = g.im * behind;
        }
        add_bump(f, l, static_cast<float>(from) + 0.5f, 0.2f, level);
        return;
    }
    for (int s = from; s < f.samples; ++s)
        re[s] = im[s] = 0.0f;
    if (line.end == End::Air && from < f.samples)
        add_bump(f, l, static_cast<float>(from), 0.25f, f.level.pleura * angle);
}

void Painter::add_borders(const Frame& f, const Line& line, int l) {
    const float* depth = f.lines_met.skin_depth(l);
    const auto at_sample = [&](float m) {
        const int s = f.lines_met.sample_at(l, m);
        if (s <= 0 || s >= f.samples) return static_cast<float>(s);
        return static_cast<float>(s) - (depth[s] - m) / std::max(depth[s] - depth[s - 1], 1e-4f);
    };
    const Vec3f skin = as_float(line.skin), down = as_float(f.scene.probe.inward);
    for (const Border& b : line.borders) {
        if (b.at_m > line.end_m) continue;
        bool open = true; // a vessel that lies over a border hides it
        for (const Lumen& v : line.lumens)
            open = open && !(b.at_m > v.top_m && b.at_m < v.bottom_m);
        if (!open) continue;
        const float at = at_sample(b.at_m);
        if (at >= static_cast<float>(f.samples)) continue;
        const float uneven = 0.5f + f.noise.value((skin + down * b.at_m) * 0.55f);
        add_bump(f, l, at, b.half_mm, b.level * uneven);
    }
    for (const Lumen& v : line.lumens) {
        if (v.top_m > line.end_m) continue;
        const float thick = v.kind == StructureKind::Artery ? 1.5f : 0.8f;
        const float c = v.cosine * v.cosine;
        const float level = f.level.fascia * thick * (0.25f + 0.75f * c * c);
        add_bump(f, l, at_sample(v.top_m), 0.14f, level);
        add_bump(f, l, at_sample(std::min(v.bottom_m, line.end_m)), 0.14f, level);
    }
}

void Painter::receive(const Frame& f, EchoPicture& picture) {
    const auto n = static_cast<std::size_t>(f.samples);
    const float gain = amplitude(f.settings.gain_dB);
    const auto range = static_cast<float>(f.table.dyn_range_dB);
    const auto frame =
        static_cast<std::uint32_t>(std::floor(std::max(f.scene.time_s, 0.0) * kFramesPerSecond));
    for (int l = 0; l < f.lines; ++l) {
        std::fill(sum_re_.begin(), sum_re_.end(), 0.0f);
        std::fill(sum_im_.begin(), sum_im_.end(), 0.0f);
        for (int k = -kReach; k <= kReach; ++k) {
            const int from = std::clamp(l + k, 0, f.lines - 1);
            const float* weight = kernel_.data() + static_cast<std::size_t>(std::abs(k)) * n;
            const float* re = re_.data() + f.at(from);
            const float* im = im_.data() + f.at(from);
            float* out_re = sum_re_.data();
            float* out_im = sum_im_.data();
            for (std::size_t s = 0; s < n; ++s) {
                out_re[s] += weight[s] * re[s];
                out_im[s] += weight[s] * im[s];
            }
        }
        float* envelope = picture.envelope.data() + f.at(l);
        std::uint8_t* grey = picture.grey.data() + f.at(l);
        const std::uint32_t count = (frame * 977U + static_cast<std::uint32_t>(l)) * 1024U;
        for (std::size_t s = 0; s < n; ++s) {
            const Noise::Complex& g = f.noise.grain(count + static_cast<std::uint32_t>(s));
            const float re = sum_re_[s] * fade_[s] + g.re * noise_[s];
            const float im = sum_im_[s] * fade_[s] + g.im * noise_[s];
            const float square = (re * re + im * im) * gain * gain;
            envelope[s] = std::sqrt(square);
            const float dB = 3.0102999566f * std::log2(square + 1e-20f); // 10 log10 of the power
            grey[s] = static_cast<std::uint8_t>(std::clamp((dB + range) / range, 0.0f, 1.0f) * 255.0f + 0.5f);
        }
    }
}

void Painter::paint(const EchoTable& table, const Noise& noise, const Lines& lines, const EchoScene& scene,
                    const EchoSettings& settings, EchoPicture& picture) {
    Frame f(table, noise, lines, scene, settings, picture);
    const std::size_t size = static_cast<std::size_t>(f.lines) * static_cast<std::size_t>(f.samples);
    re_.resize(size);
    im_.resize(size);
    picture.envelope.resize(size);
    picture.grey.resize(size);
    prepare_rows(f);
    steel_.assign(scene.needles.empty() ? 0 : size, 0.0f);
    for (const NeedleInView& needle : scene.needles)
        add_needle(f, needle);
    for (int l = 0; l < f.lines; ++l) {
        f.chord_count = 0;
        for (const FluidInView& fluid : scene.fluids)
            add_fluid(f, fluid, l);
        paint_line(f, l);
    }
    receive(f, picture);
}

} // namespace tb::tissue::echo
