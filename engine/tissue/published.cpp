#include "tissue/published.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace tb::tissue {
namespace {

constexpr std::array<std::string_view, 4> kKinds = {"literature", "derived", "property", "regression"};

std::optional<double> side(const JsonReader& cell) {
    if (cell.is_null()) return std::nullopt;
    return cell.as_number(-kNoNonsense, kNoNonsense);
}

} // namespace

PublishedValue read_published(const JsonReader& row, const std::set<std::string, std::less<>>& sources) {
    row.only_keys({"id", "quantity", "condition", "expected", "tolerance", "unit", "kind", "source",
                   "confidence", "numbers"});
    PublishedValue v;
    v.id = row.text("id");
    v.quantity = row.text("quantity");
    v.condition = row.text("condition");
    v.expected = row.text("expected");
    v.tolerance = row.text("tolerance");
    v.unit = row.text("unit");
    v.kind = row.text("kind");
    v.confidence = row.text("confidence");
    v.sources = row.texts_or_empty("source");
    if (std::find(kKinds.begin(), kKinds.end(), v.kind) == kKinds.end())
        row.fault(fmt::format(
            "\"{}\" is no kind of check; choose literature, derived, property or regression", v.kind));
    if (v.sources.empty()) row.fault("a source is needed; list it in /sources");
    for (const std::string& s : v.sources) {
        if (!sources.contains(s))
            row.fault(fmt::format("source \"{}\" is not listed in /sources; add it there", s));
    }
    for (const JsonReader& number : row.child("numbers").elements()) {
        if (number.elements().size() != 3) {
            number.fault("three entries [which, low, high] are expected here");
            continue;
        }
        PublishedValue::Number n;
        n.of = number.element(0).as_text();
        n.low = side(number.element(1));
        n.high = side(number.element(2));
        if (!n.low && !n.high) number.fault("a check without bounds proves nothing; give one");
        v.numbers.push_back(std::move(n));
    }
    if (v.numbers.empty()) row.fault("at least one number is needed");
    return v;
}

} // namespace tb::tissue
