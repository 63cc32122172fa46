#include "tissue/echo_lines.h"

#include <algorithm>
#include <cmath>

#include "anatomy/solids.h"
#include "tissue/elasticity.h"

namespace tb::tissue::echo {
namespace {

using geometry::Hit;
using geometry::Mesh;
using geometry::Vec3;

constexpr double kAboveSkin_mm = 3.0;    // structures that reach the skin from below are looked for from here
constexpr double kFaceSearch_mm = 40.0;  // how far off the face's plane the skin may be
constexpr double kLeastSkinCosine = 0.3; // a flat path through skin is at most three thicknesses long
constexpr double kDeeper = 1.7;      // the most that pressing can thin everything above the picture's bottom
constexpr double kMapStep_mm = 0.25; // of the map from tissue to picture
constexpr float kThinnest_mm = 0.02f;
constexpr double kLeastRise = 0.15; // flattening never folds the picture
constexpr double kBandReach_mm = 80.0;
constexpr double kNoduleAspect = 1.35; // longer along the fibres (est.)

template <class T>
T blend(const Mesh& mesh, const std::vector<T>& attribute, const Hit& hit) {
    return anatomy::blend(mesh, attribute, hit.triangle, hit.b1, hit.b2);
}
Vec3 normal_at(const Mesh& mesh, const Hit& hit) {
    return anatomy::blended_normal(mesh, hit.triangle, hit.b1, hit.b2);
}
float cosine(const Vec3& normal, const Vec3& beam) {
    return static_cast<float>(std::abs(glm::dot(normal, beam)));
}

bool ends_line(StructureKind kind) {
    return kind == StructureKind::Bone || kind == StructureKind::Pleura || kind == StructureKind::Lung;
}

} // namespace

void Lines::trace(const Parameters& parameters, const anatomy::Body& body, const ProbePose& probe,
                  double depth_mm, int lines, int samples) {
    const std::uint32_t revision = body.atlas().revision();
    const bool same_body = traced_ && body_ == &body && revision_ == revision;
    if (same_body && probe_ == probe && depth_mm_ == depth_mm && samples_ == samples &&
        lines_.size() == static_cast<std::size_t>(lines)) {
        return;
    }
    parameters_ = &parameters;
    body_ = &body;
    revision_ = revision;
    probe_ = probe;
    depth_mm_ = depth_mm;
    samples_ = samples;
    traced_ = true;
    if (!same_body) measure_parts(body.atlas());
    lines_.resize(static_cast<std::size_t>(lines));
    depth_m_.resize(static_cast<std::size_t>(lines) * static_cast<std::size_t>(samples));
    const double reach = kDeeper * depth_mm + kAboveSkin_mm;
    for (int i = 0; i < lines; ++i) {
        const double lateral = (i + 0.5) / lines * probe.width_mm - 0.5 * probe.width_mm;
        Line& line = lines_[static_cast<std::size_t>(i)];
        trace_line(line, lateral, reach);
        map_depth(line, i);
    }
}

void Lines::measure_parts(const anatomy::Atlas& atlas) {
    constexpr int kPieces = 8;
    part_size_mm_.assign(atlas.structure_count(), {});
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        for (const anatomy::MusclePart& part : atlas.structure(StructureId{i}).parts) {
            const geometry::Lattice& lattice = part.lattice;
            double along = 0.0, across = 0.0;
            for (int k = 0; k < kPieces; ++k) {
                const double a = static_cast<double>(k) / kPieces, b = static_cast<double>(k + 1) / kPieces;
                along += glm::length(lattice.mid_surface(b, 0.5) - lattice.mid_surface(a, 0.5));
                across += glm::length(lattice.mid_surface(0.5, b) - lattice.mid_surface(0.5, a));
            }
            part_size_mm_[i].push_back({static_cast<float>(along), static_cast<float>(across),
                                        static_cast<float>(lattice.half_thickness_at(0.5, 0.5))});
        }
    }
}

void Lines::trace_line(Line& line, double lateral_mm, double reach_mm) {
    line.stretches.clear();
    line.vessels.clear();
    line.spans.clear();
    line.borders.clear();
    line.patches.clear();
    line.lumens.clear();
    line.contact = false;
    line.end = End::None;
    const anatomy::Atlas& atlas = body_->atlas();
    const Vec3 face = probe_.centre + lateral_mm * probe_.lateral;
    const Vec3& beam = probe_.inward;

    // The skin nearest to the face's plane that the beam goes in through.
    atlas.skin_bvh().all_hits(face - kFaceSearch_mm * beam, face + kFaceSearch_mm * beam, hits_);
    const Hit* skin = nullptr;
    for (const Hit& hit : hits_) {
        if (!hit.entering) continue;
        if (skin == nullptr ||
            std::abs(hit.distance - kFaceSearch_mm) < std::abs(skin->distance - kFaceSearch_mm))
            skin = &hit;
    }
    if (skin == nullptr) return;
    const double off = skin->distance - kFaceSearch_mm; // > 0: the skin lies beyond the face
    const EchoTable& t = parameters_->echo;
    const double settle = t.settle_mm + t.settle_mm_per_N * probe_.press_N;
    if (off - settle > t.gel_mm) return;
    line.contact = true;
    line.face_m = static_cast<float>(-off);
    line.gel_mm = static_cast<float>(std::max(off - settle, 0.0));
    line.skin = skin->point;
    line.normal = normal_at(atlas.mesh(atlas.skin()), *skin);
    line.cos_skin = cosine(line.normal, beam);
    line.skin_m = static_cast<float>(body_->skin_thickness_mm(line.skin) /
                                     std::max(static_cast<double>(line.cos_skin), kLeastSkinCosine));

    line.end_m = static_cast<float>(reach_mm);
    const double inside_from = 0.5;
    if (const auto out = atlas.skin_bvh().first_hit(line.skin + inside_from * beam, beam, reach_mm);
        out && !out->entering) { // a fold or a thin part: air on the other side
        line.end = End::Air;
        line.end_m = static_cast<float>(out->distance + inside_from);
        line.end_cos = cosine(out->normal, beam);
    }
    read_stretches(line, reach_mm);
    cut_spans(line);
    find_borders(line);
    find_patches(line);
}

void Lines::fill_lattice(Stretch& stretch, const Hit& hit, bool entering) {
    const anatomy::Atlas& atlas = body_->atlas();
    const Mesh& mesh = atlas.mesh(stretch.id);
    const auto& sizes = part_size_mm_[stretch.id.index];
    if (mesh.uv.empty() || mesh.w_part.empty() || sizes.empty()) return;
    const glm::vec2 uv = blend(mesh, mesh.uv, hit);
    const auto part = static_cast<std::size_t>(
        std::clamp<long>(std::lround(mesh.w_part[anatomy::corner(mesh, hit.triangle, 0)].y), 0,
                         static_cast<long>(sizes.size()) - 1));
    const float w = blend(mesh, mesh.w_part, hit).x;
    const Vec3f& size = sizes[part];
    // Parts of one muscle have textures of their own.
    const Vec3f at{uv.x * size.x + 300.0f * static_cast<float>(part), uv.y * size.y, w * size.z};
    const float tendon = mesh.tendon.empty() ? 0.0f : std::clamp(blend(mesh, mesh.tendon, hit), 0.0f, 1.0f);
    if (entering) {
        stretch.fibred = true;
        stretch.lattice_in = stretch.lattice_out = at;
        stretch.tendon_in = stretch.tendon_out = tendon;
        if (!mesh.fibre.empty()) {
            const Vec3 fibre(blend(mesh, mesh.fibre, hit));
            const double length = glm::length(fibre);
            if (length > 1e-6)
                stretch.across_fibres =
                    static_cast<float>(glm::length(glm::cross(fibre / length, probe_.inward)));
        }
    } else if (stretch.fibred) {
        const float thickness = stretch.leave_m - stretch.enter_m;
        const float jump = std::abs(at.x - stretch.lattice_in.x) + std::abs(at.y - stretch.lattice_in.y);
        // Out through another part, or round an edge of the lattice: straight on from where it came in.
        stretch.lattice_out =
            jump > 3.0f * thickness + 10.0f ? stretch.lattice_in + Vec3f{0.0f, 0.0f, -thickness} : at;
        stretch.tendon_out = tendon;
    }
}

void Lines::read_stretches(Line& line, double reach_mm) {
    const anatomy::Atlas& atlas = body_->atlas();
    const Vec3& beam = probe_.inward;
    const Vec3 from = line.skin - kAboveSkin_mm * beam;
    atlas.inner_bvh().all_hits(from, line.skin + reach_mm * beam, hits_);
    open_.clear();
    // Vessels too go into `stretches` first: pairs are found by index.
    for (const Hit& hit : hits_) {
        const auto m = static_cast<float>(hit.distance - kAboveSkin_mm);
        const auto it =
            std::find_if(open_.rbegin(), open_.rend(), [&](const Open& o) { return o.object == hit.object; });
        if (hit.entering) {
            if (it != open_.rend()) {
                ++it->depth; // overlapping shells of one structure are one solid
                continue;
            }
            const StructureId id = atlas.structure_of(hit.object);
            Stretch s;
            s.id = id;
            s.kind = atlas.structure(id).kind;
            s.enter_m = std::max(m, 0.0f);
            s.leave_m = static_cast<float>(reach_mm);
            s.cos_in = cosine(normal_at(atlas.mesh(id), hit), beam);
            fill_lattice(s, hit, true);
            open_.push_back({hit.object, line.stretches.size(), 1});
            line.stretches.push_back(s);
            if (ends_line(s.kind) && m > 0.0f && m < line.end_m) {
                line.end = s.kind == StructureKind::Bone ? End::Bone : End::Lung;
                line.end_m = m;
                line.end_cos = s.cos_in;
                break; // hits come in order of depth
            }
        } else if (it != open_.rend() && --it->depth == 0) {
            Stretch& s = line.stretches[it->stretch];
            s.leave_m = m;
            s.cos_out = cosine(normal_at(atlas.mesh(s.id), hit), beam);
            fill_lattice(s, hit, false);
            open_.erase(std::next(it).base());
        }
    }
    for (const Open& o : open_) { // goes on below the picture: straight through the lattice
        Stretch& s = line.stretches[o.stretch];
        s.lattice_out = s.lattice_in + Vec3f{0.0f, 0.0f, s.enter_m - s.leave_m};
    }
    std::erase_if(line.stretches, [&](Stretch& s) {
        const float whole = s.leave_m - s.enter_m;
        s.leave_m = std::min(s.leave_m, line.end_m);
        const float shown = (s.leave_m - s.enter_m) / std::max(whole, 1e-3f); // bone may cut it short
        s.lattice_out = s.lattice_in * (1.0f - shown) + s.lattice_out * shown;
        const bool gone = s.leave_m - s.enter_m < kThinnest_mm || ends_line(s.kind);
        const bool vessel = is_vessel(s.kind);
        if (!gone && vessel) line.vessels.push_back(s);
        return gone || vessel;
    });
}

void Lines::cut_spans(Line& line) {
    cuts_.assign({0.0f, line.end_m});
    const float skin_end = std::min(line.skin_m, line.end_m);
    cuts_.push_back(skin_end);
    for (const Stretch& s : line.stretches) {
        for (const float cut : {s.enter_m, s.leave_m}) {
            if (cut > skin_end && cut < line.end_m) cuts_.push_back(cut);
        }
    }
    std::sort(cuts_.begin(), cuts_.end());
    bool deep = false; // below the first deep structure gaps are loose tissue
    for (std::size_t i = 0; i + 1 < cuts_.size(); ++i) {
        if (cuts_[i + 1] - cuts_[i] < 1e-4f) continue;
        Span span{cuts_[i], cuts_[i + 1], StructureKind::Subcutis, deep, -1};
        const float middle = 0.5f * (span.top_m + span.bottom_m);
        if (middle < skin_end) {
            span.kind = StructureKind::Skin;
            span.loose = false;
        } else {
            // Where structures overlap the hazard shows, else the one that began first.
            for (std::size_t k = 0; k < line.stretches.size(); ++k) {
                const Stretch& s = line.stretches[k];
                if (middle < s.enter_m || middle > s.leave_m) continue;
                if (span.stretch < 0 || (is_hazard(s.kind) && !is_hazard(span.kind))) {
                    span.kind = s.kind;
                    span.stretch = static_cast<int>(k);
                }
            }
            deep = deep || (span.stretch >= 0 && span.kind != StructureKind::Nerve);
        }
        if (!line.spans.empty() && line.spans.back().kind == span.kind &&
            line.spans.back().stretch == span.stretch && line.spans.back().loose == span.loose) {
            line.spans.back().bottom_m = span.bottom_m;
        } else {
            line.spans.push_back(span);
        }
    }
}

void Lines::find_borders(Line& line) {
    const EchoTable& t = parameters_->echo;
    const auto smooth = [&](float c) {
        return static_cast<float>(0.12 + 0.88 * std::pow(static_cast<double>(c), t.smooth_exponent));
    };
    const auto half = static_cast<float>(t.line_width_mm);
    const float fascia = amplitude(t.muscle_dB + t.fascia_dB);
    line.borders.push_back({0.15f, amplitude(t.skin_dB + 8.0) * smooth(line.cos_skin), 0.22f});
    line.borders.push_back({line.skin_m, amplitude(t.skin_dB - 3.0) * smooth(line.cos_skin), half});
    bool first = true;
    for (const Stretch& s : line.stretches) {
        float level = fascia;
        switch (s.kind) {
        case StructureKind::Muscle:
        case StructureKind::Tendon:
            // The fascia over the first muscle is the thick one.
            if (first) level *= 1.8f;
            first = false;
            break;
        case StructureKind::Nerve:
            level *= 0.6f;
            break;
        case StructureKind::Cartilage:
            level *= 2.2f;
            break;
        case StructureKind::Canal:
        case StructureKind::Organ:
            level *= 1.3f;
            break;
        default:
            break;
        }
        if (s.enter_m > line.skin_m + 0.2f)
            line.borders.push_back({s.enter_m, level * smooth(s.cos_in), half});
        if (s.leave_m < line.end_m - 0.1f)
            line.borders.push_back({s.leave_m, 0.75f * level * smooth(s.cos_out), half});
    }
}

void Lines::find_patches(Line& line) {
    const EchoTable& t = parameters_->echo;
    const Vec3& beam = probe_.inward;
    // Only the middle of the stiff nodule is dark [sikdar2009, ballyns2011].
    const double dark = std::sqrt(t.nodule_area_cm2 / parameters_->value("palp.nodule_area_active"));
    for (const anatomy::Band& band : body_->bands()) {
        if (glm::length(band.centre - line.skin) > kBandReach_mm) continue;
        Vec3 along(0.0);
        float top = 1e9f, bottom = -1e9f;
        for (std::size_t i = 0; i + 1 < band.line.size(); ++i) {
            const Vec3& a = band.line[i];
            const Vec3 piece = band.line[i + 1] - a;
            const double length = glm::length(piece);
            if (!(length > 0.0)) continue;
            const Vec3 unit = piece / length;
            if (glm::length(a - band.centre) < 0.6 * length + 2.0) along = unit;
            // Nearest approach of the beam to this piece, then its chord through the round band.
            const Vec3 across = glm::cross(unit, beam);
            const double square = glm::dot(across, across);
            if (square < 0.05) continue; // end on: no chord worth showing
            const Vec3 d = a - line.skin;
            const double m = glm::dot(glm::cross(d, unit), glm::cross(beam, unit)) / square;
            const double s = glm::dot(line.skin + m * beam - a, unit);
            if (s < 0.0 || s > length) continue;
            const double miss = std::abs(glm::dot(d, across)) / std::sqrt(square);
            if (miss >= band.radius_mm) continue;
            const auto chord =
                static_cast<float>(std::sqrt((band.radius_mm * band.radius_mm - miss * miss) / square));
            top = std::min(top, static_cast<float>(m) - chord);
            bottom = std::max(bottom, static_cast<float>(m) + chord);
        }
        if (bottom > top)
            line.patches.push_back(
                {0.5f * (top + bottom), 0.5f * (bottom - top), static_cast<float>(t.band_dB)});
        // The dark part of the nodule: an ellipsoid, longer along the fibres.
        const double stretch = glm::length(along) > 0.0 ? kNoduleAspect : 1.0;
        const auto squeeze = [&](const Vec3& v) { // to a sphere of radius 1
            const double s = glm::dot(v, along);
            const Vec3 round = v - s * along;
            return (round * std::sqrt(stretch) + along * (s / stretch)) / (dark * band.nodule_radius_mm);
        };
        const Vec3 o = squeeze(line.skin - band.centre), d = squeeze(beam);
        const double a = glm::dot(d, d), b = glm::dot(o, d), c = glm::dot(o, o) - 1.0;
        const double root = b * b - a * c;
        if (root > 0.0)
            line.patches.push_back({static_cast<float>(-b / a), static_cast<float>(std::sqrt(root) / a),
                                    static_cast<float>(t.nodule_dB)});
    }
}

void Lines::map_depth(Line& line, int index) {
    float* out = depth_m_.data() + static_cast<std::size_t>(index) * static_cast<std::size_t>(samples_);
    const double row_mm = depth_mm_ / samples_;
    if (!line.contact) {
        for (int s = 0; s < samples_; ++s)
            out[s] = static_cast<float>((s + 0.5) * row_mm);
        return;
    }
    const Parameters& p = *parameters_;
    const EchoTable& t = p.echo;
    const double most = p.value("palp.strain_limit");
    const double area = probe_.width_mm * t.probe_thickness_mm;
    const double force_kPa_mm2 = 1000.0 * probe_.press_N;
    const double lift = -static_cast<double>(line.face_m) - static_cast<double>(line.gel_mm);
    // March down the tissue; each step of it is as thick in the picture as the force leaves it.
    double m = 0.0, shown = static_cast<double>(line.gel_mm);
    double before_m = 0.0, before_shown = shown;
    std::size_t span = 0;
    int s = 0;
    for (; s < samples_; ++s) { // the gel
        const double z = (s + 0.5) * row_mm;
        if (z >= shown) break;
        out[s] = static_cast<float>(z - shown);
    }
    while (s < samples_) {
        m += kMapStep_mm;
        while (span + 1 < line.spans.size() && static_cast<double>(line.spans[span].bottom_m) < m)
            ++span;
        double strain = 0.0;
        if (m < static_cast<double>(line.end_m) && !line.spans.empty()) {
            const double pressure = force_kPa_mm2 / area * spread(m);
            switch (line.spans[span].kind) {
            case StructureKind::Skin:
                strain = std::min(most, strain_of(p.skin, pressure));
                break;
            case StructureKind::Subcutis:
                strain = std::min(most, strain_of(line.spans[span].loose ? p.loose : p.subcutis, pressure));
                break;
            case StructureKind::Tendon:
                strain = std::min(most, strain_of(p.fascia, pressure));
                break;
            case StructureKind::Cartilage:
                break;
            default:
                strain = std::min(most, strain_of(p.muscle, pressure)) / body_->muscle_stiffness();
                break;
            }
        }
        const double bend = lift / t.flatten_depth_mm * std::exp(-m / t.flatten_depth_mm);
        shown += kMapStep_mm * std::max(1.0 - strain + bend, kLeastRise);
        for (; s < samples_; ++s) {
            const double z = (s + 0.5) * row_mm;
            if (z > shown) break;
            out[s] =
                static_cast<float>(before_m + (z - before_shown) / (shown - before_shown) * (m - before_m));
        }
        before_m = m;
        before_shown = shown;
    }
}

double Lines::spread(double m) const {
    const double thick_mm = parameters_->echo.probe_thickness_mm;
    const double wider_mm = 2.0 * parameters_->value("palp.cone_slope") * m; // to both sides
    return probe_.width_mm * thick_mm / ((probe_.width_mm + wider_mm) * (thick_mm + wider_mm));
}

int Lines::sample_at(int line, float m) const {
    const float* depth = skin_depth(line);
    return static_cast<int>(std::lower_bound(depth, depth + samples_, m) - depth);
}

} // namespace tb::tissue::echo
