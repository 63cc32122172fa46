// Rows K01 to K21 and the modulus of H01's kind: finger, layers, bands, thresholds.
#include <cmath>
#include <limits>
#include <numbers>

#include "tissue/elasticity.h"
#include "tissue/palpation.h"
#include "tissue/response.h"
#include "validation/block.h"
#include "validation/measure.h"

namespace tb::validation {
namespace {

using tissue::LayerLaw;
using tissue::StackLayer;
using Numbers = std::vector<double>;
using std::numbers::pi;

/// A deep layer for the half space: this many times the contact radius.
constexpr double kHalfSpace = 1e4;
constexpr std::size_t kFatLayer = 1, kMuscleLayer = 3; // of the reference stack

LayerLaw linear(double e_kPa) {
    return {e_kPa, std::numeric_limits<double>::infinity()};
}

double algometer_radius_mm(const Subject& s) {
    return std::sqrt(s.parameters->value("palp.algometer_area") * 100.0 / pi);
}

Numbers kappa_table(const Subject& s) {
    return {tissue::kappa(*s.parameters, 0.2, 0.5), tissue::kappa(*s.parameters, 0.4, 0.5),
            tissue::kappa(*s.parameters, 1.0, 0.5)};
}

Numbers half_space(const Subject& s) {
    const double a = algometer_radius_mm(s);
    const std::vector<StackLayer> deep = {{a * kHalfSpace, linear(50.0)}};
    // The stack works with the table's Poisson ratio; the row is stated for 0.5.
    const double nu = s.parameters->value("palp.poisson");
    return {tissue::stack_force_N(*s.parameters, deep, a, 2.0) * (1.0 - nu * nu) / (1.0 - 0.25)};
}

Numbers reference_curve(const Subject& s) {
    return {
        tissue::stack_force_N(*s.parameters, s.parameters->reference_stack, algometer_radius_mm(s), 15.0)};
}

/// Slope of a layer's law under the algometer on the reference stack.
double modulus_kPa(const Subject& s, std::size_t layer, double force_N) {
    const auto& stack = s.parameters->reference_stack;
    const double pressure =
        tissue::layer_pressure_kPa(*s.parameters, stack, layer, algometer_radius_mm(s), force_N);
    return tissue::tangent_kPa(stack[layer].law, pressure);
}

Numbers fat_stiffening(const Subject& s) {
    return {modulus_kPa(s, kFatLayer, 30.0) / modulus_kPa(s, kFatLayer, 1.0)};
}

Numbers muscle_stiffening(const Subject& s) {
    return {modulus_kPa(s, kMuscleLayer, 30.0) / modulus_kPa(s, kMuscleLayer, 5.0)};
}

Numbers relaxation(const Subject& s) {
    // Pressed 10 mm within 10 ms, then held at that depth for 10 s.
    const double elastic =
        tissue::stack_force_N(*s.parameters, s.parameters->reference_stack, algometer_radius_mm(s), 10.0);
    tissue::Relaxation state;
    const double at_once = tissue::relax(*s.parameters, elastic, 0.01, state);
    double held = at_once;
    for (int i = 0; i < 10 * 120; ++i)
        held = tissue::relax(*s.parameters, elastic, 1.0 / 120.0, state);
    return {held / at_once};
}

Numbers contraction(const Subject& s) {
    const auto modulus = [&](double abduction_deg) {
        const double tone = tissue::tone_factor(*s.parameters, abduction_deg);
        return tissue::tangent_kPa(tissue::stiffened(s.parameters->muscle, tone), 0.0);
    };
    return {modulus(30.0) / modulus(0.0)};
}

double band_ratio(const Subject& s) {
    const LayerLaw& muscle = s.parameters->muscle;
    return tissue::tangent_kPa(tissue::band_law(*s.parameters, muscle), 0.0) /
           tissue::tangent_kPa(muscle, 0.0);
}

Numbers wave_speeds(const Subject& s) {
    Numbers out;
    for (const char* muscle :
         {"trapezius_descending_r", "splenius_capitis_r", "semispinalis_capitis_r", "sternocleidomastoid_r"})
        out.push_back(tissue::shear_wave_m_s(*s.parameters, muscle));
    return out;
}

Numbers anisotropy(const Subject& s) {
    Numbers out;
    for (const char* muscle : {"gastrocnemius_r", "soleus_r", "tibialis_anterior_r"})
        out.push_back(tissue::fibre_factor(*s.parameters, muscle, 0.0) /
                      tissue::fibre_factor(*s.parameters, muscle, 90.0));
    return out;
}

double stiff_area_cm2(const anatomy::Body& body) {
    if (body.bands().empty()) return 0.0;
    const double r = body.bands().front().nodule_radius_mm;
    return pi * r * r / 100.0;
}

Numbers stiff_areas(const Subject&) {
    BlockSpec spec;
    const Block normal(spec);
    spec.point = anatomy::PointState::Active;
    const Block active(spec);
    spec.point = anatomy::PointState::Latent;
    const Block latent(spec);
    return {stiff_area_cm2(active.body()), stiff_area_cm2(latent.body()), stiff_area_cm2(normal.body())};
}

Numbers healthy_thresholds(const Subject& s) {
    Numbers out;
    for (const char* site : {"trapezius_descending_r", "deltoid_r", "infraspinatus_r", "clavicle_r"})
        out.push_back(tissue::healthy_threshold(*s.parameters, false, site).value());
    double least = 1e9;
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
        least = std::min(least, out[i + 1] - out[i]);
    out.push_back(least);
    return out;
}

struct Thresholds {
    double point = 0.0, away = 0.0, left = 0.0, female = 0.0;
};

/// Pressed with a finger on the block: over the point, and far from it.
Thresholds thresholds_on_block(const Subject& s, anatomy::PointState state) {
    BlockSpec spec;
    spec.point = state;
    const Block block(spec);
    const auto pressed = [&](const geometry::Vec3& at, bool female) {
        const anatomy::SkinPoint skin = anatomy::nearest_skin(block.body(), at);
        const auto column = anatomy::tissue_column(block.body(), skin, -skin.normal, 80.0);
        tissue::PadContact contact;
        contact.column = &column;
        contact.inward = -skin.normal;
        contact.press_N = 10.0;
        contact.bands = block.body().bands();
        const tissue::PadReading reading = tissue::press(*s.parameters, contact);
        return tissue::threshold_at(*s.parameters, block.body(), reading, female,
                                    tissue::pressed_site(block.body(), column))
            .value();
    };
    const geometry::Vec3 over = block.surface(), away = over + geometry::Vec3(0.0, 60.0, 0.0);
    return {pressed(over, false), pressed(away, false), pressed({-over.x, over.y, over.z}, false),
            pressed(away, true)};
}

Numbers active_tenderness(const Subject& s) {
    const Thresholds t = thresholds_on_block(s, anatomy::PointState::Active);
    return {(t.point - t.away) * kKilopascalPerKgPerCm2};
}

Numbers latent_tenderness(const Subject& s) {
    const Thresholds t = thresholds_on_block(s, anatomy::PointState::Latent);
    return {t.point / t.away};
}

Numbers sex_and_side(const Subject& s) {
    const Thresholds t = thresholds_on_block(s, anatomy::PointState::Active);
    return {t.female / t.away, t.left / t.point};
}

double band_strip(const Subject& s, double fat_mm) {
    return tissue::band_strip_contrast(*s.parameters, 4.0, s.parameters->value("palp.band_ratio"), fat_mm,
                                       0.0);
}

Numbers net_contrast(const Subject& s) {
    return {100.0 * s.parameters->value("palp.contrast_net_share") * band_strip(s, 5.0)};
}

Numbers strip_contrast(const Subject& s) {
    return {100.0 * band_strip(s, 1.5)};
}

Numbers nodule_contrast(const Subject& s) {
    Numbers out;
    for (const double fat : {1.5, 5.0, 15.0})
        out.push_back(100.0 * tissue::nodule_strip_contrast(
                                  *s.parameters, 8.0, s.parameters->value("palp.nodule_ratio"), fat, 0.0));
    out.push_back(std::min(out[0] - out[1], out[1] - out[2]));
    return out;
}

Numbers finite_elements(const Subject& s) {
    Numbers out;
    for (const double fat : {1.5, 5.0, 15.0}) {
        const std::vector<StackLayer> stack = {
            {2.0, linear(60.0)}, {fat, linear(15.0)}, {22.0, linear(20.0)}};
        const double depth_mm = 0.01; // small strain
        out.push_back(tissue::stack_force_N(*s.parameters, stack, 6.0, depth_mm) / depth_mm * 1e3);
    }
    return out;
}

constexpr Measurement kPalpationRows[] = {
    {"K01", kappa_table, "kappa of the contact kernel."},
    {"K02", half_space, "Stack of one layer 10 000 contact radii deep."},
    {"K03", reference_curve, "Inverse of the layered kernel on the reference stack."},
    {"K04", fat_stiffening,
     "Slope of the layer's law at the pressure in its middle, under an algometer of 1 cm2 on the reference "
     "stack."},
    {"K05", muscle_stiffening, "As K04, first muscle."},
    {"K06", relaxation, "Pressed 10 mm within 10 ms on the reference stack and held."},
    {"K07", contraction, "Slope of the muscle's law at rest, arm at 30 degrees and at the side."},
    {"K08", [](const Subject& s) { return Numbers{band_ratio(s)}; },
     "Slopes at rest of the band's and the muscle's law."},
    {"K09", [](const Subject& s) { return Numbers{std::sqrt(band_ratio(s))}; },
     "Root of the ratio of the two slopes: both have the same density."},
    {"K10", wave_speeds,
     "From each muscle's slope at rest beside the trapezius's; the trapezius's speed is the scale."},
    {"K11", anisotropy, "Stiffness met along the fibres beside that across them."},
    {"K12", stiff_areas, "Nodules of points laid into a block of muscle; a muscle without a point has none."},
    {"K14", healthy_thresholds, "Thresholds of a healthy man by the structure under the finger."},
    {"K15", active_tenderness,
     "Pressed on a block with an active point whose case names no threshold, over it and 60 mm away. Cases "
     "may name "
     "their own."},
    {"K16", latent_tenderness, "As K15, latent point."},
    {"K17", sex_and_side, "Pressed on the block beside the point; over the left and the right point."},
    {"K18", net_contrast, "Strip contrast times its share in the net stiffness."},
    {"K19", strip_contrast, "Contrast kernel."},
    {"K20", nodule_contrast, "Contrast kernel."},
    {"K21", finite_elements, "Layered kernel with linear layers of 60, 15 and 20 kPa."},
};

} // namespace

std::span<const Measurement> palpation_measurements() {
    return kPalpationRows;
}

} // namespace tb::validation
