// docs/validation.md from the checks.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "validation/checks.h"

namespace tb::validation {
namespace {

std::string number(double v) {
    return fmt::format("{:.4g}", v);
}

/// Three digits: the last bits of a processor do not show.
std::string measured(double v) {
    return fmt::format("{:.3g}", v);
}

std::string cell(std::string text) {
    std::string out;
    for (const char c : text) {
        if (c == '|') out += '\\';
        out += c;
    }
    return out;
}

std::string bounds(const tissue::PublishedValue::Number& n) {
    if (n.low && n.high) return fmt::format("{} to {}", number(*n.low), number(*n.high));
    return n.low ? fmt::format("from {}", number(*n.low)) : fmt::format("up to {}", number(*n.high));
}

std::string measured_cell(const Check& c) {
    if (c.measured.empty()) return "–";
    std::string out;
    for (std::size_t i = 0; i < c.row.numbers.size(); ++i) {
        if (i > 0) out += "<br>";
        if (c.row.numbers.size() > 1) out += c.row.numbers[i].of + ": ";
        const std::string value = i < c.measured.size() ? measured(c.measured[i]) : "–";
        out += c.number_ok(i) ? value : "**" + value + "**";
    }
    return out;
}

std::string bounds_cell(const Check& c) {
    std::string out;
    for (const auto& n : c.row.numbers)
        out += (out.empty() ? "" : "<br>") + bounds(n);
    return out;
}

int count(const std::vector<Check>& checks, Verdict v) {
    return static_cast<int>(
        std::count_if(checks.begin(), checks.end(), [v](const Check& c) { return c.verdict == v; }));
}

} // namespace

std::string to_markdown(const std::vector<Check>& checks, const tissue::Parameters& parameters) {
    std::string out =
        "# Validation\n\n"
        "Every published value of `assets/mechanics.json` (`checks`) against the simulator. Written by\n"
        "`tautband values --markdown`; a test holds this page against what the program writes today. Each\n"
        "number is measured by running the kernels or the procedure's rules, on a block of tissue in flat\n"
        "layers where a body is needed; bounds are the tolerance as numbers.\n\n";
    out += fmt::format(
        "{} rows: {} met, {} missed, {} timed (need a clock, measured by `tautband values --timed`), {} "
        "open (nothing\nhere measures them yet).\n\n",
        checks.size(), count(checks, Verdict::Met), count(checks, Verdict::Missed),
        count(checks, Verdict::Timed), count(checks, Verdict::Open));
    out += "| row | quantity | expected | tolerance | bounds | measured | unit | verdict | kind | source |\n"
           "|---|---|---|---|---|---|---|---|---|---|\n";
    for (const Check& c : checks) {
        std::string sources;
        for (const std::string& s : c.row.sources)
            sources += (sources.empty() ? "" : ", ") + s;
        out += fmt::format("| {} | {}: {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", c.row.id,
                           cell(c.row.quantity), cell(c.row.condition), cell(c.row.expected),
                           cell(c.row.tolerance), bounds_cell(c), measured_cell(c), c.row.unit,
                           name_of(c.verdict), c.row.kind, sources);
    }
    out += "\nKinds: *literature* a published measurement; *derived* the consequence of a formula or of a "
           "published value; "
           "*property* an\norder or a count; *regression* the recommended set of parameters, not "
           "nature.\n\n## How each "
           "row is measured\n\n";
    for (const Check& c : checks)
        out += fmt::format("- {}: {}\n", c.row.id, c.how);
    out += "\n## Sources\n\n";
    std::set<std::string> keys;
    for (const Check& c : checks)
        keys.insert(c.row.sources.begin(), c.row.sources.end());
    for (const std::string& key : keys) {
        const auto it = parameters.sources.find(key);
        if (it == parameters.sources.end()) continue;
        out += fmt::format("- {}: {}; {}. Read: {}.\n", key, it->second.reference, it->second.where,
                           it->second.read);
    }
    return out;
}

} // namespace tb::validation
