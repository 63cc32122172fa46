#include "procedure/step.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace tb::procedure {
namespace {

constexpr double kOpen = 1e30;

bool inside(const std::vector<Interval>& intervals, double value) {
    return std::any_of(intervals.begin(), intervals.end(),
                       [value](const Interval& i) { return value >= i.low && value <= i.high; });
}

std::string describe_interval(const Interval& i) {
    if (i.low <= -kOpen) return fmt::format("up to {}", i.high);
    if (i.high >= kOpen) return fmt::format("{} or more", i.low);
    if (i.low == i.high) return fmt::format("{}", i.low);
    return fmt::format("{} to {}", i.low, i.high);
}

std::string describe_list(std::string_view name, const std::vector<Interval>& intervals) {
    std::string out;
    for (const Interval& i : intervals) {
        out += out.empty() ? fmt::format("{} {}", name, describe_interval(i)) : " or " + describe_interval(i);
    }
    return out;
}

std::vector<Interval> read_intervals(const JsonReader& numeric, std::string_view key) {
    std::vector<Interval> out;
    const JsonReader list = numeric.child(key);
    if (!list.exists()) return out;
    for (const JsonReader& pair : list.elements()) {
        if (!pair.raw().is_array() || pair.raw().size() != 2) {
            pair.fault("an interval [low, high] is expected here; null for an open end");
            continue;
        }
        const JsonReader low = pair.element(0), high = pair.element(1);
        Interval i{low.is_null() ? -kOpen : low.as_number(-kOpen, kOpen),
                   high.is_null() ? kOpen : high.as_number(-kOpen, kOpen)};
        if (i.low > i.high) pair.fault("the lower end of the interval must not be above the upper end");
        out.push_back(i);
    }
    return out;
}

Measure read_measure(const JsonReader& r) {
    r.only_keys(
        {"measure", "unit", "good", "borderline", "unsafe", "numeric", "sources", "estimate", "note"});
    Measure m;
    m.name = r.text("measure");
    m.unit = r.text("unit");
    m.good_text = r.text("good");
    m.borderline_text = r.text("borderline");
    m.unsafe_text = r.text("unsafe");
    const JsonReader numeric = r.child("numeric", false);
    if (!numeric.is_null()) {
        numeric.only_keys({"good", "borderline", "unsafe"});
        m.bands.good = read_intervals(numeric, "good");
        m.bands.borderline = read_intervals(numeric, "borderline");
        m.bands.unsafe = read_intervals(numeric, "unsafe");
    }
    m.sources = r.texts_or_empty("sources");
    m.estimate = r.flag_or("estimate", false);
    return m;
}

Step read_step(const JsonReader& r, const std::string& phase) {
    r.only_keys(
        {"id", "title", "do", "optional", "measures", "critical_errors", "teaching_points", "sources"});
    Step s;
    s.id = r.text("id");
    s.phase = phase;
    s.title = r.text("title");
    s.instruction = r.text("do");
    s.optional = r.flag_or("optional", false);
    std::set<std::string> names;
    for (const JsonReader& m : r.child("measures").elements()) {
        s.measures.push_back(read_measure(m));
        if (!names.insert(s.measures.back().name).second)
            m.fault("this step has two measures of the same name; rename one");
    }
    s.critical_errors = r.texts_or_empty("critical_errors");
    s.teaching = r.texts_or_empty("teaching_points");
    s.sources = r.texts_or_empty("sources");
    return s;
}

} // namespace

double grade(const Bands& bands, double value) {
    if (inside(bands.good, value)) return 1.0;
    if (inside(bands.borderline, value)) return 0.5;
    if (inside(bands.unsafe, value)) return 0.0;
    // Outside all intervals: the nearest one below and above decide, the worse of them counts.
    double below = kOpen, above = kOpen, grade_below = 1.0, grade_above = 1.0;
    const auto look = [&](const std::vector<Interval>& intervals, double grade) {
        for (const Interval& i : intervals) {
            if (i.high < value && value - i.high <= below) {
                grade_below = value - i.high < below ? grade : std::min(grade_below, grade);
                below = value - i.high;
            }
            if (i.low > value && i.low - value <= above) {
                grade_above = i.low - value < above ? grade : std::min(grade_above, grade);
                above = i.low - value;
            }
        }
    };
    look(bands.good, 1.0);
    look(bands.borderline, 0.5);
    look(bands.unsafe, 0.0);
    if (below >= kOpen && above >= kOpen) return 0.0;
    if (below >= kOpen) return std::max(0.0, grade_above - 0.5);
    if (above >= kOpen) return std::max(0.0, grade_below - 0.5);
    return std::min(grade_below, grade_above);
}

std::string describe(const Bands& bands, std::string_view unit) {
    std::string out = describe_list("good", bands.good);
    const std::string borderline = describe_list("borderline", bands.borderline);
    if (!borderline.empty()) out += (out.empty() ? "" : ", ") + borderline;
    return out.empty() || unit.empty() ? out : fmt::format("{} ({})", out, unit);
}

const Step* Procedure::step(std::string_view id) const {
    const auto it = std::find_if(steps.begin(), steps.end(), [id](const Step& s) { return s.id == id; });
    return it == steps.end() ? nullptr : &*it;
}

const Measure* Procedure::measure(std::string_view id, std::string_view name) const {
    const Step* s = step(id);
    if (s == nullptr) return nullptr;
    const auto it = std::find_if(s->measures.begin(), s->measures.end(),
                                 [name](const Measure& m) { return m.name == name; });
    return it == s->measures.end() ? nullptr : &*it;
}

ExpectedAll<Procedure> procedure_from_json(const Json& json, const std::string& source) {
    std::vector<Error> faults;
    const JsonReader root(json, source, faults);
    Procedure out;
    std::set<std::string> ids;
    root.only_keys({"about", "phases"});
    for (const JsonReader& r : root.child("phases").elements()) {
        r.only_keys({"id", "title", "goal", "steps"});
        Phase phase{r.text("id"), r.text("title"), r.text("goal"), {}};
        for (const JsonReader& s : r.child("steps").elements()) {
            out.steps.push_back(read_step(s, phase.id));
            phase.steps.push_back(out.steps.back().id);
            if (!ids.insert(out.steps.back().id).second)
                s.fault("this step id is there twice; give each step its own id");
        }
        out.phases.push_back(std::move(phase));
    }
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return out;
}

} // namespace tb::procedure
