// The mechanics table (assets/mechanics.json: value, unit, range, source, estimate) as typed numbers.
// Every number of the tissue kernels comes from here; pure mathematics (pi, Hertz dome) stands in the
// kernels.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/structure.h"
#include "tissue/echo_table.h"

namespace tb::tissue {

/// For numbers of any size: a bound that only keeps nonsense out.
constexpr double kNoNonsense = 1e9;

struct Parameter {
    std::string id, unit, note;
    double value = 0.0, low = 0.0, high = 0.0;
    bool estimate = false;
    std::vector<std::string> sources;
};

/// One layer's elastic law, pressure = e0 strain / (1 - strain / lock), kPa (elasticity.h); an infinite
/// `lock` is a linear law.
struct LayerLaw {
    double e0_kPa = 27.0, lock = 0.69;
    bool operator==(const LayerLaw&) const = default;
};

/// One layer of an elastic stack, from the skin inward.
struct StackLayer {
    double thickness_mm = 0.0;
    LayerLaw law;
};

/// One row of the needle force table, for a lubricated 22 G bevel; forces scale with outer diameter / 0.7176
/// mm.
struct NeedleLayer {
    double puncture_N = 0.0, k_N_per_mm = 0.0, k2_N_per_mm2 = 0.0, cutting_N = 0.0, friction_N_per_mm = 0.0;
};
enum class NeedleTissue {
    Skin,
    Subcutis,
    Fascia,
    Muscle,
    Band,
    Nodule,
    Vein,
    Artery,
    Nerve,
    Pleura,
    Lung,
    Tendon,
    Cartilage,
    Bone,
    Count
};

struct NeedleGauge {
    int gauge = 25;
    double outer_mm = 0.5144, inner_mm = 0.26;
};

struct Syringe {
    int volume_mL = 3;
    double bore_mm = 8.66;
};

/// kappa(a/h) of the bonded layer for Poisson's ratio 0.45 and 0.5 [hayes1972].
struct KappaTable {
    std::vector<double> a_over_h, nu_45, nu_50;
};

/// One row of the table of published values that the simulator is held against (`checks` of mechanics.json).
struct PublishedValue {
    std::string id;                        ///< "K01"
    std::string quantity;                  ///< what, in words
    std::string condition;                 ///< under which conditions
    std::string expected, tolerance, unit; ///< as the source states them
    std::string kind;       ///< "literature", "derived" (from a formula), "property" (an order), "regression"
    std::string confidence; ///< how far the source is to be trusted
    std::vector<std::string> sources;
    struct Number {
        std::string of;                  ///< which of the row's numbers: "22 G", "fat 5 mm"
        std::optional<double> low, high; ///< bounds; an open side is empty
    };
    std::vector<Number> numbers; ///< at least one; measured in this order
};

class Parameters {
public:
    [[nodiscard]] const Parameter& get(std::string_view id) const; ///< TB_CHECKs that the id exists
    [[nodiscard]] double value(std::string_view id) const { return get(id).value; }
    [[nodiscard]] const std::map<std::string, Parameter, std::less<>>& all() const { return parameters_; }

    LayerLaw skin, subcutis, fascia, muscle, loose;
    std::vector<StackLayer> reference_stack; ///< upper trapezius down to bone
    KappaTable kappa;
    EchoTable echo; ///< of the ultrasound picture
    std::array<NeedleLayer, static_cast<std::size_t>(NeedleTissue::Count)> needle{};
    std::vector<NeedleGauge> gauges; ///< 21, 22, 23, 25, 27, 30
    std::vector<Syringe> syringes;   ///< 1, 3, 5, 10 mL
    std::vector<PublishedValue> published;
    /// What a source's key stands for; `read` says how much of it was seen.
    struct Source {
        std::string reference, where, read;
    };
    std::map<std::string, Source, std::less<>> sources;
    [[nodiscard]] const NeedleGauge* gauge(int g) const;
    /// The gauge of the table nearest to `g`: what the kernels use for a gauge that is not in it.
    [[nodiscard]] const NeedleGauge& nearest_gauge(int g) const;
    /// Piston bore of the syringe nearest in volume, mm.
    [[nodiscard]] double bore_mm(int syringe_mL) const;
    [[nodiscard]] const NeedleLayer& layer(NeedleTissue t) const {
        return needle[static_cast<std::size_t>(t)];
    }

    /// Reports every fault with its place: missing id, wrong unit, value outside its range, unknown source.
    static ExpectedAll<Parameters> from_json(const Json& json, const std::string& source);

private:
    std::map<std::string, Parameter, std::less<>> parameters_;
};

} // namespace tb::tissue
