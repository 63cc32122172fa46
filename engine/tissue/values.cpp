#include "tissue/values.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include <fmt/format.h>

#include "tissue/injection.h"
#include "tissue/needle.h"
#include "tissue/palpation.h"
#include "tissue/response.h"

namespace tb::tissue {
namespace {

/// Collects checks; several numbers of one check are numbered.
class Collector {
public:
    void begin(std::string id, std::string source) {
        id_ = std::move(id);
        source_ = std::move(source);
        count_ = 0;
    }
    void add(std::string quantity, std::optional<double> low, std::optional<double> high, double measured,
             std::string unit) {
        ++count_;
        ValueCheck c;
        c.id = count_ == 1 ? id_ : fmt::format("{}/{}", id_, count_);
        c.quantity = std::move(quantity);
        c.low = low;
        c.high = high;
        c.measured = measured;
        c.unit = std::move(unit);
        c.source = source_;
        c.ok = std::isfinite(measured) && (!low || measured >= *low) && (!high || measured <= *high);
        checks_.push_back(std::move(c));
    }
    /// Expected value within a share of it.
    void near(std::string quantity, double expected, double share, double measured, std::string unit) {
        add(std::move(quantity), expected * (1.0 - share), expected * (1.0 + share), measured,
            std::move(unit));
    }
    std::vector<ValueCheck> take() { return std::move(checks_); }

private:
    std::string id_, source_;
    int count_ = 0;
    std::vector<ValueCheck> checks_;
};

/// A deep layer for the half space: this many times the contact radius.
constexpr double kHalfSpace = 1e4;

LayerLaw linear(double e_kPa) {
    return {e_kPa, 0.0};
}

double algometer_radius_mm(const Parameters& p) {
    return std::sqrt(p.value("palp.algometer_area") * 100.0 / std::numbers::pi);
}

/// Small-strain punch stiffness (kPa mm) of skin, fat and muscle as the finite-element cases have them.
double layered_stiffness_kPa_mm(const Parameters& p, double fat_mm) {
    const std::vector<StackLayer> stack = {{2.0, linear(60.0)}, {fat_mm, linear(15.0)}, {22.0, linear(20.0)}};
    const double depth_mm = 0.01;
    return stack_force_N(p, stack, 6.0, depth_mm) / depth_mm * 1e3;
}

void palpation(const Parameters& p, Collector& out) {
    out.begin("K01", "hayes1972");
    out.near("layer factor kappa, nu 0.5, a/h 0.2", 1.281, 0.02, kappa(p, 0.2, 0.5), "1");
    out.near("layer factor kappa, nu 0.5, a/h 0.4", 1.684, 0.02, kappa(p, 0.4, 0.5), "1");
    out.near("layer factor kappa, nu 0.5, a/h 1.0", 3.619, 0.02, kappa(p, 1.0, 0.5), "1");

    out.begin("K02", "calc");
    const double a = algometer_radius_mm(p);
    const std::vector<StackLayer> deep = {{a * kHalfSpace, linear(50.0)}};
    // The stack works with the table's Poisson ratio; the check is stated for 0.5.
    const double nu = p.value("palp.poisson");
    out.near("half-space punch of 5.64 mm, E 50 kPa, nu 0.5, 2 mm deep", 1.504, 0.02,
             stack_force_N(p, deep, a, 2.0) * (1.0 - nu * nu) / (1.0 - 0.25), "N");

    out.begin("K03", "calc");
    out.near("algometer on the reference stack of the upper trapezius, 15 mm deep", 36.3, 0.10,
             stack_force_N(p, p.reference_stack, a, 15.0), "N");

    const double band_ratio = p.value("palp.band_ratio"), nodule_ratio = p.value("palp.nodule_ratio");
    out.begin("K18", "fe");
    out.add("net stiffness contrast of a 4 mm band, ratio 2, fat 5 mm", -2.0, 4.0,
            100.0 * p.value("palp.contrast_net_share") * band_strip_contrast(p, 4.0, band_ratio, 5.0, 0.0),
            "%");
    out.begin("K19", "fe");
    out.add("strip contrast of the same band, fat squeezed to 1.5 mm", 4.0, 12.0,
            100.0 * band_strip_contrast(p, 4.0, band_ratio, 1.5, 0.0), "%");
    out.begin("K20", "fe");
    const auto nodule = [&](double fat) {
        return 100.0 * nodule_strip_contrast(p, 8.0, nodule_ratio, fat, 0.0);
    };
    out.add("strip contrast of a nodule, ratio 3, fat 1.5 mm", 8.0, 14.0, nodule(1.5), "%");
    out.add("strip contrast of a nodule, ratio 3, fat 5 mm", 0.0, 6.0, nodule(5.0), "%");
    out.add("strip contrast of a nodule, ratio 3, fat 15 mm", -4.0, 2.0, nodule(15.0), "%");

    out.begin("K21", "fe");
    out.near("layered stiffness, fat 1.5 mm", 465.0, 0.05, layered_stiffness_kPa_mm(p, 1.5), "kPa mm");
    out.near("layered stiffness, fat 5 mm", 419.0, 0.05, layered_stiffness_kPa_mm(p, 5.0), "kPa mm");
    out.near("layered stiffness, fat 15 mm", 356.0, 0.05, layered_stiffness_kPa_mm(p, 15.0), "kPa mm");

    out.begin("K14", "bordachar2019");
    out.add("pressure pain threshold, healthy upper trapezius, men", 2.22, 6.4,
            healthy_threshold(p, false).value(), "kg/cm2");
    out.begin("K17", "binderup2010");
    out.add("threshold of women / men: lower", std::nullopt, 1.0,
            healthy_threshold(p, true).value() / healthy_threshold(p, false).value(), "1");
}

void needle_bodies(const Parameters& p, Collector& out) {
    const auto skin = [&](int gauge) {
        return puncture_force_N(p, {gauge, 38.0, false}, NeedleTissue::Skin);
    };
    out.begin("N01", "maloney");
    out.add("skin puncture force, 22 G", 1.0, 3.0, skin(22), "N");
    out.begin("N02", "maloney");
    out.add("skin puncture force, 27 G", 0.48, 1.0, skin(27), "N");
    out.add("skin puncture force, 30 G", 0.48, 1.0, skin(30), "N");
    out.begin("N03", "praestmark2016");
    const int gauges[] = {21, 22, 25, 27, 30};
    double least_step = 1e9;
    for (std::size_t i = 0; i + 1 < std::size(gauges); ++i) {
        least_step = std::min(least_step, skin(gauges[i]) - skin(gauges[i + 1]));
    }
    out.add("smallest rise of puncture force to the next thicker needle", 1e-6, std::nullopt, least_step,
            "N");

    out.begin("N09", "calc");
    const auto stiff = [&](int gauge) { return tip_stiffness_N_per_mm(p, p.nearest_gauge(gauge), 38.0); };
    out.add("bending stiffness at the tip, 22 G, 38 mm", 0.1206, 0.1333, stiff(22), "N/mm");
    out.add("bending stiffness at the tip, 25 G, 38 mm", 0.0333, 0.0368, stiff(25), "N/mm");
    out.add("bending stiffness at the tip, 27 G, 38 mm", 0.0142, 0.0158, stiff(27), "N/mm");
    out.begin("N10", "calc");
    const auto buckles = [&](int gauge) { return buckling_N(p, p.nearest_gauge(gauge), 38.0); };
    out.near("buckling against bone, 22 G, 38 mm", 32.4, 0.05, buckles(22), "N");
    out.near("buckling against bone, 25 G, 38 mm", 9.0, 0.05, buckles(25), "N");
    out.near("buckling against bone, 27 G, 38 mm", 3.7, 0.05, buckles(27), "N");
}

void syringe(const Parameters& p, Collector& out) {
    const auto gauge = [&p](int g) -> const NeedleGauge& { return p.nearest_gauge(g); };
    const Fluid fluid = solution(p);
    out.begin("N13", "calc");
    // The check is stated for the viscous part alone: twice the flow's viscous share is taken out of two
    // flows.
    const double dp1 = needle_pressure_kPa(p, gauge(25), 38.0, 0.1, fluid);
    const double dp2 = needle_pressure_kPa(p, gauge(25), 38.0, 0.2, fluid);
    const double viscous_25 = 2.0 * dp1 - 0.5 * dp2;
    out.near("viscous pressure drop, 25 G x 38 mm, 0.1 mL/s", 33.9, 0.03, viscous_25, "kPa");
    out.begin("N14", "calc");
    out.near("plunger force for 1 mL in 10 s, 25 G x 38 mm, 3 mL syringe", 5.24, 0.05,
             plunger_force_N(p, gauge(25), 38.0, 3, 0.1, 0.0), "N");
    out.begin("N15", "calc");
    const auto flow = [&](int g, double length, int volume) {
        return flow_mL_s(p, gauge(g), length, volume, 10.0, 0.0);
    };
    out.near("flow at 10 N, 3 mL syringe, 22 G x 38 mm", 1.01, 0.05, flow(22, 38.0, 3), "mL/s");
    out.near("flow at 10 N, 3 mL syringe, 25 G x 38 mm", 0.266, 0.05, flow(25, 38.0, 3), "mL/s");
    out.near("flow at 10 N, 3 mL syringe, 27 G x 32 mm", 0.147, 0.05, flow(27, 32.0, 3), "mL/s");
    out.near("flow at 10 N, 3 mL syringe, 30 G x 25 mm", 0.066, 0.05, flow(30, 25.0, 3), "mL/s");
    out.begin("N16", "calc");
    out.near("flow at 10 N, 25 G x 38 mm, 3 mL syringe", 0.266, 0.05, flow(25, 38.0, 3), "mL/s");
    out.near("flow at 10 N, 25 G x 38 mm, 5 mL syringe", 0.153, 0.05, flow(25, 38.0, 5), "mL/s");
    out.near("flow at 10 N, 25 G x 38 mm, 10 mL syringe", 0.110, 0.05, flow(25, 38.0, 10), "mL/s");
    out.begin("N17", "calc");
    const double viscous_27 = 2.0 * needle_pressure_kPa(p, gauge(27), 38.0, 0.1, fluid) -
                              0.5 * needle_pressure_kPa(p, gauge(27), 38.0, 0.2, fluid);
    out.near("viscous resistance 27 G : 25 G, same length", 2.35, 0.02, viscous_27 / viscous_25, "1");
    out.begin("N18", "shahriar2021");
    out.add("counter-pressure intradermal / intramuscular", 5.0, 15.0,
            tissue_pressure_kPa(p, StructureKind::Skin) / tissue_pressure_kPa(p, StructureKind::Muscle), "1");
    out.begin("N19", "calc");
    const Depot depot = depot_size(p, 1.0);
    out.near("depot of 1 mL: radius of the sphere of its volume", 6.2, 0.03,
             std::cbrt(depot.along_mm * depot.across_mm * depot.across_mm), "mm");
    out.near("depot of 1 mL: radius of the tissue filled to 15 %", 11.7, 0.03, filled_radius_mm(p, 1.0),
             "mm");
    out.begin("N20", "calc");
    const auto flash = [&](int g, double length) { return aspiration_time_s(p, gauge(g), length); };
    out.near("blood in the hub, 22 G x 38 mm", 0.2, 0.10, flash(22, 38.0), "s");
    out.near("blood in the hub, 25 G x 38 mm", 1.3, 0.10, flash(25, 38.0), "s");
    out.near("blood in the hub, 27 G x 32 mm", 2.4, 0.10, flash(27, 32.0), "s");
    out.near("blood in the hub, 30 G x 25 mm", 5.7, 0.10, flash(30, 25.0), "s");
    out.begin("N23", "arendt2006");
    out.add("skin passes that hurt, 23 G", 0.55, 0.71, hurting_share(p, 23), "1");
    out.add("skin passes that hurt, 27 G", 0.45, 0.61, hurting_share(p, 27), "1");
    out.add("skin passes that hurt, 32 G", 0.23, 0.39, hurting_share(p, 32), "1");
}

} // namespace

std::vector<ValueCheck> published_values(const Parameters& parameters) {
    Collector out;
    palpation(parameters, out);
    needle_bodies(parameters, out);
    syringe(parameters, out);
    return out.take();
}

Json to_json(const ValueCheck& check) {
    Json bounds = Json::array();
    for (const std::optional<double>& side : {check.low, check.high})
        bounds.push_back(side ? Json(*side) : Json());
    return {{"id", check.id},        {"quantity", check.quantity},
            {"bounds", bounds},      {"measured", check.measured},
            {"unit", check.unit},    {"ok", check.ok},
            {"source", check.source}};
}

} // namespace tb::tissue
