#include "validation/checks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "validation/measure.h"

namespace tb::validation {
namespace {

/// Rows that need a clock: `tautband values --timed` measures them on the machine at hand.
constexpr std::array<std::string_view, 2> kTimed = {"H02", "H03"};

const Measurement* measurement_of(std::string_view id) {
    for (const auto rows : {palpation_measurements(), needle_measurements(), syringe_measurements(),
                            patient_measurements(), ultrasound_measurements()}) {
        const auto it =
            std::find_if(rows.begin(), rows.end(), [&](const Measurement& m) { return m.id == id; });
        if (it != rows.end()) return &*it;
    }
    return nullptr;
}

} // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
    case Verdict::Met:
        return "met";
    case Verdict::Missed:
        return "missed";
    case Verdict::Timed:
        return "timed";
    case Verdict::Open:
        break;
    }
    return "open";
}

bool Check::number_ok(std::size_t i) const {
    if (i >= measured.size() || i >= row.numbers.size()) return false;
    const auto& n = row.numbers[i];
    const double v = measured[i];
    return std::isfinite(v) && (!n.low || v >= *n.low) && (!n.high || v <= *n.high);
}

void judge(Check& check, std::vector<double> measured, std::string how) {
    check.measured = std::move(measured);
    check.how = std::move(how);
    bool ok = check.measured.size() == check.row.numbers.size();
    for (std::size_t i = 0; i < check.measured.size(); ++i)
        ok = ok && check.number_ok(i);
    check.verdict = ok ? Verdict::Met : Verdict::Missed;
}

std::vector<Check> run_checks(const Subject& subject) {
    TB_CHECK(subject.parameters != nullptr && subject.procedure != nullptr && subject.tables != nullptr);
    std::vector<Check> out;
    for (const tissue::PublishedValue& row : subject.parameters->published) {
        Check check;
        check.row = row;
        if (const Measurement* m = measurement_of(row.id)) {
            judge(check, m->measure(subject), std::string(m->how));
        } else if (std::find(kTimed.begin(), kTimed.end(), row.id) != kTimed.end()) {
            check.verdict = Verdict::Timed;
            check.how = "Wall clock; measured on the machine at hand by `tautband values --timed`.";
        } else {
            check.how = "Not measured here yet.";
        }
        out.push_back(std::move(check));
    }
    return out;
}

Json to_json(const Check& check) {
    Json numbers = Json::array();
    const auto side = [](const std::optional<double>& v) { return v ? Json(*v) : Json(); };
    for (std::size_t i = 0; i < check.row.numbers.size(); ++i) {
        const auto& n = check.row.numbers[i];
        const bool has = i < check.measured.size();
        numbers.push_back({{"of", n.of},
                           {"low", side(n.low)},
                           {"high", side(n.high)},
                           {"measured", has ? Json(check.measured[i]) : Json()},
                           {"ok", has ? Json(check.number_ok(i)) : Json()}});
    }
    return {{"id", check.row.id},
            {"quantity", check.row.quantity},
            {"condition", check.row.condition},
            {"expected", check.row.expected},
            {"tolerance", check.row.tolerance},
            {"unit", check.row.unit},
            {"kind", check.row.kind},
            {"source", check.row.sources},
            {"verdict", name_of(check.verdict)},
            {"how", check.how},
            {"numbers", numbers}};
}

} // namespace tb::validation
