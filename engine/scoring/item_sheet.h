// Inside module scoring: collects the readings of one item. The item classes (items_before.cpp,
// items_needle.cpp) fill it.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "scoring/items.h"

namespace tb::scoring {

/// A number as people write it: no more decimals than it needs.
inline std::string num(double v) {
    return fmt::format("{:.3g}", v);
}

inline std::string yes_no(const Found& f, std::string_view yes, std::string_view no) {
    return std::string(f.known && f.value > 0.0 ? yes : no);
}

class ItemSheet {
public:
    ItemSheet(const LogView& log, const procedure::Procedure& procedure, std::string_view item)
        : log_(log), procedure_(procedure), step_(item) {}
    [[nodiscard]] std::vector<Reading> take() { return std::move(out_); }

protected:
    /// Adds a reading that is graded by given bands.
    Reading& add(std::string name, std::string unit, const Found& f, double grade, std::string expected,
                 std::string sentence) {
        Reading r;
        r.measured = {std::move(name),       std::move(unit),     f.value,   f.known,
                      f.known ? grade : 0.0, std::move(expected), f.evidence};
        r.sentence = std::move(sentence);
        out_.push_back(std::move(r));
        return out_.back();
    }
    /// A measure of procedure.json by its name; a missing row is graded 0 and says so.
    Reading& table(std::string_view step, std::string_view measure, const Found& f, std::string_view unit,
                   std::string sentence) {
        const procedure::Measure* row = procedure_.measure(step, measure);
        if (row == nullptr)
            return add(std::string(measure), std::string(unit), f, 0.0, "no such measure in the table", "");
        return add(row->name, std::string(unit), f, procedure::grade(row->bands, f.value),
                   procedure::describe(row->bands, unit), std::move(sentence));
    }
    Reading& table(std::string_view measure, const Found& f, std::string_view unit, std::string sentence) {
        return table(step_, measure, f, unit, std::move(sentence));
    }
    /// A yes or no; 0.5 where it was half done.
    Reading& flag(std::string name, const Found& f, std::string sentence) {
        return add(std::move(name), "", f, std::clamp(f.value, 0.0, 1.0), "yes", std::move(sentence));
    }
    [[nodiscard]] const scenario::Plan& plan() const { return log_.scenario().plan; }

    const LogView& log_;
    const procedure::Procedure& procedure_;
    std::string step_; ///< the item, which is the procedure step of the same id
    std::vector<Reading> out_;
};

/// What comes before anaesthesia: patient, equipment, hands, position, locating, cleaning. Empty for another
/// item.
std::vector<Reading> readings_before(std::string_view item, const LogView& log,
                                     const procedure::Procedure& procedure);
/// Anaesthesia, injection and what follows. Empty for another item.
std::vector<Reading> readings_needle(std::string_view item, const LogView& log,
                                     const procedure::Procedure& procedure);

} // namespace tb::scoring
