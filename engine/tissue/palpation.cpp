#include "tissue/palpation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tissue/band_under.h"
#include "tissue/elasticity.h"

namespace tb::tissue {
namespace {

using std::numbers::pi;

constexpr double kMostForce_N = 300.0; // more than any hand; keeps absurd requests finite
constexpr int kForceTurns = 60;        // halvings of the bracket, if Newton's steps should ever leave it
constexpr double kForceExact = 1e-12;  // of the indentation wanted

/// Pressure under a force spread to radius `r_mm`, kPa.
double spread_kPa(double force_N, double r_mm) {
    return force_N / (pi * r_mm * r_mm) * 1e3;
}

double total_mm(std::span<const StackLayer> stack) {
    double sum = 0.0;
    for (const StackLayer& layer : stack)
        sum += layer.thickness_mm;
    return sum;
}

/// E_eff of the cone-series form at a force, kPa.
double effective_kPa(std::span<const StackLayer> stack, double a_mm, double slope, double force_N) {
    const auto inverse_radius = [&](double z) { return 1.0 / (a_mm + slope * z); };
    double z = 0.0, compliance = 0.0;
    for (const StackLayer& layer : stack) {
        const double below = z + layer.thickness_mm;
        const double weight = inverse_radius(z) - inverse_radius(below);
        const double pressure = spread_kPa(force_N, a_mm + slope * 0.5 * (z + below));
        compliance += weight / secant_kPa(layer.law, pressure);
        z = below;
    }
    return (1.0 / a_mm - inverse_radius(z)) / compliance;
}

/// F / d of the stack at a force, N/mm.
double secant_stiffness_N_per_mm(const Parameters& parameters, std::span<const StackLayer> stack, double a_mm,
                                 double force_N) {
    const double nu = parameters.value("palp.poisson");
    const double effective = effective_kPa(stack, a_mm, parameters.value("palp.cone_slope"), force_N);
    return 2.0 * a_mm * effective * kappa(parameters, a_mm / total_mm(stack), nu) / (1.0 - nu * nu) * 1e-3;
}

double deepest_mm(const Parameters& parameters, std::span<const StackLayer> stack) {
    return parameters.value("palp.strain_limit") * total_mm(stack);
}

bool is_soft_gap(StructureKind kind) {
    return kind == StructureKind::Subcutis || kind == StructureKind::Outside;
}

/// The first muscle by name, by the angle of the press to its fibres and by the arm's posture.
double first_muscle_factor(const Parameters& parameters, const PadContact& contact) {
    double factor = muscle_ratio(parameters, contact.muscle);
    if (glm::dot(contact.fibre, contact.fibre) > 0.0) {
        factor *=
            fibre_factor(parameters, contact.muscle, geometry::angle_deg(contact.inward, contact.fibre));
    }
    if (contact.muscle.starts_with("trapezius")) factor *= tone_factor(parameters, contact.abduction_deg);
    return factor;
}

struct Rise {
    double across_mm = 0.0, along_mm = 0.0; ///< of band or nodule from the pad's centre
    double contrast = 0.0, half_width_mm = 0.0;
};

/// Hertz dome of radius `a`, raised over band and nodule, scaled so that it adds up to the force.
void fill_map(double force_N, double a_mm, const Rise& band, const Rise& nodule, PadReading& out) {
    const double cell = 2.0 * a_mm / kPadCells;
    double sum = 0.0;
    std::array<double, kPadCells * kPadCells> raw{};
    for (int row = 0; row < kPadCells; ++row) {
        for (int column = 0; column < kPadCells; ++column) {
            const double across = (row + 0.5) * cell - a_mm, along = (column + 0.5) * cell - a_mm;
            const double r2 = (across * across + along * along) / (a_mm * a_mm);
            if (r2 >= 1.0) continue;
            const double dome = std::sqrt(1.0 - r2);
            const double over_band = band.contrast * falloff(across - band.across_mm, band.half_width_mm);
            const double over_nodule =
                nodule.contrast *
                falloff(std::hypot(across - nodule.across_mm, along - nodule.along_mm), nodule.half_width_mm);
            const double p = dome * (1.0 + over_band + over_nodule);
            raw[static_cast<std::size_t>(row * kPadCells + column)] = p;
            sum += p;
        }
    }
    const double scale = sum > 0.0 ? force_N / (sum * cell * cell) * 1e3 : 0.0;
    for (std::size_t i = 0; i < raw.size(); ++i)
        out.pressure_kPa[i] = static_cast<float>(raw[i] * scale);
}

/// Compressed thickness of the subcutis at a force.
double fat_left_mm(const Parameters& parameters, const anatomy::TissueColumn& column, double a_mm,
                   double force_N) {
    double z = 0.0, left = 0.0;
    for (const anatomy::Layer& layer : column.layers) {
        if (layer.kind != StructureKind::Skin && layer.kind != StructureKind::Subcutis) break;
        const double thickness = std::isfinite(layer.thickness_mm) ? std::max(0.0, layer.thickness_mm) : 0.0;
        if (layer.kind == StructureKind::Subcutis) {
            const double r = a_mm + parameters.value("palp.cone_slope") * (z + 0.5 * thickness);
            const double pressure = spread_kPa(force_N, r);
            left += thickness * (1.0 - strain_of(parameters.subcutis, pressure));
        }
        z += thickness;
    }
    return left;
}

double contrast_through(const Parameters& parameters, double ratio, double fat_mm, double cover_mm) {
    const double r = std::max(1.0, ratio);
    const double stiffness = (r - 1.0) / (r + parameters.value("palp.contrast_ratio_soft"));
    const double fat = std::exp(-std::max(0.0, fat_mm) / parameters.value("palp.contrast_fat_decay"));
    const double deep = std::max(0.0, cover_mm - parameters.value("palp.contrast_cover_free"));
    return stiffness * fat * std::exp(-deep / parameters.value("palp.contrast_cover_decay"));
}

constexpr double kBandReference_mm = 4.0, kNoduleReference_mm = 8.0; // sizes of the finite-element cases
constexpr double kSizeLimit = 2.0; // the square law was seen up to twice the reference width

double size_factor(double size_mm, double reference_mm) {
    const double s = std::clamp(size_mm / reference_mm, 0.0, kSizeLimit);
    return s * s;
}

} // namespace

double kappa(const Parameters& parameters, double a_over_h, double nu) {
    const KappaTable& table = parameters.kappa;
    const double x = std::max(0.0, std::isfinite(a_over_h) ? a_over_h : 0.0);
    const double share = std::clamp((nu - 0.45) / 0.05, 0.0, 1.0); // the table's two columns: 0.45 and 0.50
    const auto value = [&](std::size_t i) { return table.nu_45[i] * (1.0 - share) + table.nu_50[i] * share; };
    double x0 = 0.0, y0 = 1.0; // half space
    for (std::size_t i = 0; i < table.a_over_h.size(); ++i) {
        const double x1 = table.a_over_h[i], y1 = value(i);
        if (x <= x1 || i + 1 == table.a_over_h.size()) return y0 + (y1 - y0) * (x - x0) / (x1 - x0);
        x0 = x1;
        y0 = y1;
    }
    return y0;
}

double pad_radius_mm(const Parameters& parameters, double press_N) {
    if (!(press_N > 0.0)) return 0.0;
    const double area = parameters.value("palp.contact_area_1N") *
                        std::pow(press_N, parameters.value("palp.contact_area_exp"));
    return std::min(std::sqrt(area / pi), parameters.value("palp.pad_radius_max"));
}

std::vector<StackLayer> stack_of(const Parameters& parameters, std::span<const anatomy::Layer> layers,
                                 bool on_bone, bool pincer, double muscle_stiffness,
                                 double first_muscle_factor) {
    std::vector<StackLayer> out;
    double factor = muscle_stiffness * first_muscle_factor;
    const double fascia_mm = parameters.reference_stack[2].thickness_mm;
    bool deep = false, fascia_placed = false;
    for (const anatomy::Layer& layer : layers) {
        if (layer.kind == StructureKind::Bone || layer.kind == StructureKind::Cartilage) break;
        const double thickness = std::isfinite(layer.thickness_mm) ? layer.thickness_mm : 0.0;
        if (!(thickness > 0.0)) continue;
        if (layer.kind == StructureKind::Skin) {
            out.push_back({thickness, parameters.skin});
        } else if (is_soft_gap(layer.kind)) {
            out.push_back({thickness, deep ? parameters.loose : parameters.subcutis});
        } else if (layer.kind == StructureKind::Muscle || layer.kind == StructureKind::Tendon) {
            deep = true;
            double rest = thickness;
            if (!fascia_placed) {
                fascia_placed = true;
                const double fascia = std::min(fascia_mm, 0.5 * thickness);
                out.push_back({fascia, parameters.fascia});
                rest -= fascia;
            }
            const LayerLaw muscle = stiffened(parameters.muscle, factor);
            out.push_back({rest, layer.kind == StructureKind::Tendon ? parameters.fascia : muscle});
            if (layer.kind == StructureKind::Muscle) factor = muscle_stiffness;
        } else {
            deep = true;
            out.push_back({thickness, parameters.loose});
        }
    }
    if (pincer) { // to the fold's frictionless mid-plane
        double left = 0.5 * total_mm(out);
        std::vector<StackLayer> half;
        for (const StackLayer& layer : out) {
            if (left <= 0.0) break;
            half.push_back({std::min(left, layer.thickness_mm), layer.law});
            left -= layer.thickness_mm;
        }
        return half;
    }
    if (!on_bone && !out.empty()) out.push_back({parameters.value("palp.deep_layer"), parameters.loose});
    return out;
}

double stack_indentation_mm(const Parameters& parameters, std::span<const StackLayer> stack, double a_mm,
                            double force_N) {
    if (stack.empty() || !(a_mm > 0.0) || !(force_N > 0.0)) return 0.0;
    const double force = std::min(force_N, kMostForce_N);
    return std::min(force / secant_stiffness_N_per_mm(parameters, stack, a_mm, force),
                    deepest_mm(parameters, stack));
}

double layer_pressure_kPa(const Parameters& parameters, std::span<const StackLayer> stack, std::size_t layer,
                          double a_mm, double force_N) {
    const double above = total_mm(stack.first(layer));
    const double middle = above + 0.5 * stack[layer].thickness_mm;
    return spread_kPa(force_N, a_mm + parameters.value("palp.cone_slope") * middle);
}

double stack_force_N(const Parameters& parameters, std::span<const StackLayer> stack, double a_mm,
                     double indentation_mm) {
    if (stack.empty() || !(a_mm > 0.0) || !(indentation_mm > 0.0)) return 0.0;
    const double d = std::min(indentation_mm, deepest_mm(parameters, stack));
    const auto depth_at = [&](double force_N) {
        return force_N / secant_stiffness_N_per_mm(parameters, stack, a_mm, force_N);
    };
    // The depth rises with the force and ever less steeply: Newton's steps (slope by a difference) come from
    // below within a few turns, and the bracket keeps them safe. Beyond what the strongest press reaches,
    // that press.
    double low = 0.0, high = kMostForce_N;
    if (depth_at(high) <= d) return high;
    double force = d * secant_stiffness_N_per_mm(parameters, stack, a_mm, 0.0);
    for (int turn = 0; turn < kForceTurns; ++turn) {
        if (!(force > low && force < high)) force = 0.5 * (low + high);
        const double here = depth_at(force);
        if (std::abs(here - d) <= kForceExact * d) break;
        (here < d ? low : high) = force;
        const double step = 1e-6 * force;
        force += (d - here) * step / (depth_at(force + step) - here);
    }
    return force;
}

double band_strip_contrast(const Parameters& parameters, double width_mm, double ratio, double fat_mm,
                           double cover_mm) {
    return parameters.value("palp.contrast_band") * size_factor(width_mm, kBandReference_mm) *
           contrast_through(parameters, ratio, fat_mm, cover_mm);
}

double nodule_strip_contrast(const Parameters& parameters, double diameter_mm, double ratio, double fat_mm,
                             double cover_mm) {
    return parameters.value("palp.contrast_nodule") * size_factor(diameter_mm, kNoduleReference_mm) *
           contrast_through(parameters, ratio, fat_mm, cover_mm);
}

PadReading press(const Parameters& parameters, const PadContact& contact) {
    PadReading out;
    if (contact.column == nullptr || !(contact.press_N > 0.0)) return out;
    const anatomy::TissueColumn& column = *contact.column;
    const double force = std::min(contact.press_N, kMostForce_N);
    const double elastic = std::clamp(contact.elastic_N, force, kMostForce_N);
    const std::vector<StackLayer> stack =
        stack_of(parameters, column.layers, column.on_bone, contact.pincer, column.muscle_stiffness,
                 first_muscle_factor(parameters, contact));
    if (stack.empty()) return out;
    const bool finger = contact.tip_radius_mm <= 0.0;
    const double a = finger ? pad_radius_mm(parameters, force) : contact.tip_radius_mm;
    out.pad_radius_mm = a;
    if (finger) { // a stiff tip does not give
        const double m = parameters.value("palp.pad_spring_exp");
        const double k0_over_m = 1.0 / std::expm1(m * parameters.value("palp.pad_force_1N_disp"));
        out.pad_mm = std::log1p(force / k0_over_m) / m;
    }
    out.indentation_mm = stack_indentation_mm(parameters, stack, a, elastic);
    out.fat_left_mm = fat_left_mm(parameters, column, a, elastic);

    const geometry::Vec3 at = column.surface.point;
    const BandUnder band = band_under(contact, at);
    const NoduleUnder nodule = nodule_under(contact, at);
    out.band = band.band;
    out.band_distance_mm = band.distance_mm;
    out.nodule = nodule.band;
    out.nodule_distance_mm = nodule.distance_mm;
    Rise band_rise, nodule_rise;
    if (band.band >= 0) {
        band_rise.half_width_mm = contact.bands[static_cast<std::size_t>(band.band)].radius_mm;
        band_rise.contrast = contrast_of_band(parameters, contact, band, out.fat_left_mm);
        band_rise.across_mm = band.offset_mm;
        out.band_contrast = band_rise.contrast * falloff(band.distance_mm, band_rise.half_width_mm);
    }
    if (nodule.band >= 0) {
        // Rows run across the band where there is one, else across the fibres.
        geometry::Vec3 across = band.band >= 0 ? band.across : glm::cross(contact.inward, contact.fibre);
        if (glm::dot(across, across) <= 0.0) across = geometry::tangents_of(contact.inward).e1;
        across = glm::normalize(across);
        nodule_rise.half_width_mm = contact.bands[static_cast<std::size_t>(nodule.band)].nodule_radius_mm;
        nodule_rise.contrast = contrast_of_nodule(parameters, contact, nodule, out.fat_left_mm);
        nodule_rise.across_mm = glm::dot(nodule.offset, across);
        nodule_rise.along_mm = glm::dot(nodule.offset, glm::cross(across, contact.inward));
        out.nodule_contrast = nodule_rise.contrast * falloff(nodule.distance_mm, nodule_rise.half_width_mm);
    }
    fill_map(force, a, band_rise, nodule_rise, out);

    // Tangent stiffness of the tissue at a fixed contact radius, by a symmetric difference.
    const double step = 0.01 * force;
    const double d_low = stack_indentation_mm(parameters, stack, a, force - step);
    const double d_high = stack_indentation_mm(parameters, stack, a, force + step);
    const double net =
        1.0 + parameters.value("palp.contrast_net_share") * (out.band_contrast + out.nodule_contrast);
    out.stiffness_N_per_mm = d_high > d_low ? 2.0 * step / (d_high - d_low) * net : 0.0;
    return out;
}

double perceived(const Parameters& parameters, double contrast, double gain) {
    const double shown = contrast * gain;
    const double least = parameters.value("jnd.modulus");
    if (!(shown > least)) return 0.0;
    return std::min(1.0, (shown - least) / (parameters.value("palp.shown_full") - least));
}

} // namespace tb::tissue
