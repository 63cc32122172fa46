#include "anatomy/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "anatomy/fields.h"

namespace tb::anatomy {
namespace {

using geometry::Vec3;

constexpr double kLargestValue = 5000.0;
constexpr double kLeastTolerance_mm = 3.0; // the precision of laying a probe by a landmark (calibration.md)
constexpr double kLeastSkinTolerance_mm = 0.5; // skin is 1.5 to 2.5 mm: 3 mm would say nothing
constexpr double kRelativeTolerance = 0.1;     // of sections and volumes

constexpr std::array<std::pair<CalibrationQuantity, std::string_view>, 9> kQuantities{{
    {CalibrationQuantity::Thickness, "thickness"},
    {CalibrationQuantity::SkinTo, "skin_to"},
    {CalibrationQuantity::Gap, "gap"},
    {CalibrationQuantity::LineTo, "line_to"},
    {CalibrationQuantity::Fat, "fat"},
    {CalibrationQuantity::Skin, "skin"},
    {CalibrationQuantity::Position, "position"},
    {CalibrationQuantity::Csa, "csa"},
    {CalibrationQuantity::Volume, "volume"},
}};

class Reader {
public:
    Reader(const JsonReader& root, const Atlas& atlas) : root_(root), atlas_(atlas) {}

    Calibration read() {
        root_.only_keys({"about", "body", "words", "probes", "rows", "followed", "sources"});
        Calibration out;
        out.body = read_person(root_.child("body"));
        read_words(root_.child("words"));
        const JsonReader probes = root_.child("probes");
        for (const std::string& name : probes.keys()) {
            if (!probes_.emplace(name, static_cast<int>(out.probes.size())).second)
                probes.fault(fmt::format("probe \"{}\" is there twice; remove one", name));
            out.probes.push_back(read_probe(name, probes.child(name)));
        }
        std::set<std::string> ids;
        for (const JsonReader& at : root_.child("rows").elements()) {
            out.rows.push_back(read_row(at));
            if (!ids.insert(out.rows.back().id).second)
                at.fault(fmt::format("row \"{}\" is there twice; remove one", out.rows.back().id));
        }
        for (const JsonReader& at : root_.child("followed").elements()) {
            at.only_keys({"row", "instead_of", "why"});
            CalibrationChoice choice{at.text("row"), at.texts_or_empty("instead_of"), at.text("why")};
            for (const std::string& id : choice.instead) {
                if (!ids.contains(id) || id == choice.row)
                    at.fault(fmt::format("\"{}\" is no other row of this file; name the row by its id", id));
            }
            if (!ids.contains(choice.row))
                at.fault(fmt::format("\"{}\" is no row of this file; name the row by its id", choice.row));
            out.followed.push_back(std::move(choice));
        }
        return out;
    }

private:
    static CalibrationPerson read_person(const JsonReader& at) {
        at.only_keys({"sex", "bmi", "age"});
        CalibrationPerson person;
        person.female = one_of(at.child("sex"), at.text("sex"), {"m", "f"}) == 1;
        person.bmi = at.number("bmi", 10.0, 60.0);
        person.age = at.number("age", 0.0, 120.0);
        return person;
    }

    /// A structure of the right side or the midline.
    StructureId structure(const JsonReader& at, const std::string& id, const std::string& owner) const {
        const StructureId found = atlas_.find(id, Side::Right);
        if (!found.valid() && at.exists()) {
            at.fault(fmt::format(
                "{}: there is no structure \"{}\" in the body; `tautband anatomy list` lists them, and "
                "words that stand for others go to \"words\"",
                owner, id));
        }
        return found;
    }

    Vec3 landmark(const JsonReader& at, const std::string& name, const std::string& owner) const {
        if (const Landmark* mark = right_landmark(atlas_.catalogue(), name)) return mark->position;
        if (at.exists()) {
            at.fault(fmt::format(
                "{}: there is no landmark \"{}\" on the body; `tautband anatomy landmarks` lists them", owner,
                name));
        }
        return Vec3(0.0);
    }

    void read_words(const JsonReader& at) {
        for (const std::string& word : at.keys()) {
            const JsonReader meaning = at.child(word);
            meaning.only_keys({"structures", "face", "why_not"});
            CalibrationTarget target;
            target.word = word;
            for (const std::string& id : meaning.texts_or_empty("structures"))
                target.ids.push_back(structure(meaning, id, word));
            target.far_face =
                one_of(meaning.child("face", false), meaning.text_or("face", "near"), {"near", "far"}) == 1;
            target.why_not = meaning.text_or("why_not", "");
            if (target.ids.empty() == target.why_not.empty())
                meaning.fault("a word needs either structures or a why_not");
            words_.emplace(word, std::move(target));
        }
    }

    /// Weighted mean of landmarks, or a point.
    Vec3 read_point(const JsonReader& at, const std::string& owner) const {
        if (at.child("xyz", false).exists()) return vector_from_json(at.child("xyz"), kBodyReach_mm);
        Vec3 sum(0.0);
        double weights = 0.0;
        for (const JsonReader& term : at.child("mix").elements()) {
            const std::vector<JsonReader> pair = term.elements();
            if (pair.size() != 2) {
                term.fault("a landmark and its weight are expected here");
                continue;
            }
            const double weight = pair[1].as_number(-10.0, 10.0);
            sum += weight * landmark(pair[0], pair[0].as_text(), owner);
            weights += weight;
        }
        if (at.child("mix", false).exists() && std::abs(weights - 1.0) > 0.011)
            at.fault(fmt::format("{}: the weights add up to {}, not 1", owner, weights));
        const JsonReader offset = at.child("offset_mm", false);
        return sum + (offset.exists() ? vector_from_json(offset, 500.0) : Vec3(0.0));
    }

    CalibrationProbe read_probe(const std::string& name, const JsonReader& at) const {
        at.only_keys({"through", "dir", "refine", "skin_segments", "site"});
        CalibrationProbe probe;
        probe.name = name;
        probe.site = at.text("site");
        const std::vector<std::string> segments = at.texts_or_empty("skin_segments");
        probe.arm_lifted = !segments.empty();
        if (probe.arm_lifted && segments != std::vector<std::string>{"trunk"})
            at.child("skin_segments").fault("only [\"trunk\"], the arm lifted away, is known here");
        const JsonReader through = at.child("through");
        through.only_keys({"mix", "offset_mm", "xyz", "tube", "near", "at_y", "muscle", "u"});
        const JsonReader height = through.child("at_y", false);
        if (through.child("tube", false).exists()) {
            TubeStation station;
            station.tube = structure(through, through.text("tube"), name);
            if (height.exists()) {
                station.at_y = height.as_number(-kBodyReach_mm, kBodyReach_mm);
            } else {
                station.near = read_point(through.child("near"), name);
            }
            probe.through = station;
        } else if (through.child("muscle", false).exists()) {
            LatticeStation station;
            station.muscle = structure(through, through.text("muscle"), name);
            if (station.muscle.valid() && atlas_.structure(station.muscle).parts.empty())
                through.fault(fmt::format("{}: \"{}\" has no lattice", name, through.text("muscle")));
            if (height.exists()) {
                station.at_y = height.as_number(-kBodyReach_mm, kBodyReach_mm);
            } else {
                station.u = through.number("u", 0.0, 1.0);
            }
            probe.through = station;
        } else {
            probe.through = read_point(through, name);
        }
        probe.direction = direction_from_json(
            at.child("dir"), {0.5, 4.0, 2.0, "a direction of length about 1 is expected here"});
        probe.skin_normal = one_of(at.child("refine"), at.text("refine"), {"none", "skin_normal"}) == 1;
        return probe;
    }

    CalibrationTarget read_target(const JsonReader& at, const CalibrationRow& row) const {
        const std::string word = at.as_text();
        if (const auto it = words_.find(word); it != words_.end()) return it->second;
        CalibrationTarget target;
        target.word = word;
        const bool no_structure = (row.quantity == CalibrationQuantity::Fat && word == "subcutis") ||
                                  (row.quantity == CalibrationQuantity::Skin && word == "skin");
        if (!no_structure) target.ids.push_back(structure(at, word, row.id));
        return target;
    }

    CalibrationMeasure read_measure(const JsonReader& at, const std::string& owner) const {
        if (at.is_null()) return {};
        at.only_keys({"level", "below_mm", "edge", "line", "top_above_y", "square_to"});
        if (at.child("line", false).exists()) {
            const std::vector<std::string> ends = at.texts_or_empty("line");
            if (ends.size() == 2)
                return LineSection{landmark(at, ends[0], owner), landmark(at, ends[1], owner)};
            at.fault("two landmarks are expected here");
            return {};
        }
        if (at.child("top_above_y", false).exists())
            return TopAbove{at.number("top_above_y", -kBodyReach_mm, kBodyReach_mm)};
        if (at.child("square_to", false).exists()) {
            one_of(at.child("square_to"), at.text("square_to"), {"muscle"});
            return SquareSection{};
        }
        LevelSection level;
        const std::vector<std::string> marks = at.texts_or_empty("level");
        if (marks.empty()) at.fault("a level needs the landmarks whose mean height it is");
        for (const std::string& mark : marks)
            level.y += landmark(at, mark, owner).y / static_cast<double>(marks.size());
        level.y -= at.number_or("below_mm", 0.0, -500.0, 500.0);
        level.edge = static_cast<LevelSection::Edge>(one_of(
            at.child("edge", false), at.text_or("edge", "none"), {"none", "medial", "lateral", "centre"}));
        return level;
    }

    void read_only(const JsonReader& at, CalibrationRow& row) const {
        if (at.is_null()) return;
        at.only_keys({"sex", "bmi", "age"});
        if (at.child("sex", false).exists())
            row.only_female = one_of(at.child("sex"), at.text("sex"), {"m", "f"}) == 1;
        const auto range = [&](const char* key, double& low, double& high) {
            const std::vector<JsonReader> pair = at.child(key, false).elements();
            if (pair.empty()) return;
            if (pair.size() != 2) return at.fault(fmt::format("{} needs two numbers, from and to", key));
            low = pair[0].as_number(0.0, 150.0);
            high = pair[1].as_number(0.0, 150.0);
        };
        range("bmi", row.bmi_low, row.bmi_high);
        range("age", row.age_low, row.age_high);
    }

    CalibrationRow read_row(const JsonReader& at) const {
        at.only_keys({"id",   "site",     "probe",      "quantity", "structures", "mean",   "sd",
                      "unit", "n",        "population", "method",   "posture",    "source", "derived_from",
                      "read", "read_how", "only",       "measure",  "safety",     "is",     "not_computable",
                      "note"});
        CalibrationRow row;
        row.id = at.text("id");
        row.site = at.text("site");
        if (const JsonReader probe = at.child("probe"); !probe.is_null()) {
            const auto it = probes_.find(probe.as_text());
            if (it == probes_.end()) {
                probe.fault(fmt::format("{}: there is no probe \"{}\"; add it to \"probes\"", row.id,
                                        probe.as_text()));
            } else {
                row.probe = it->second;
            }
        }
        std::vector<std::string_view> names;
        for (const auto& [quantity, name] : kQuantities)
            names.push_back(name);
        row.quantity = kQuantities[one_of(at.child("quantity"), at.text("quantity"), names)].first;
        for (const JsonReader& word : at.child("structures").elements())
            row.targets.push_back(read_target(word, row));
        if (row.targets.empty())
            at.fault(fmt::format("{}: no structure is named; name what is measured", row.id));
        if (row.quantity == CalibrationQuantity::Gap && row.targets.size() != 2)
            at.fault(fmt::format("{}: a gap lies between two structures; name both", row.id));
        if (!at.child("mean").is_null()) row.mean = at.number("mean", 0.0, kLargestValue);
        if (!at.child("sd", false).is_null()) row.sd = at.number("sd", 0.0, kLargestValue);
        const bool section = row.quantity == CalibrationQuantity::Csa,
                   volume = row.quantity == CalibrationQuantity::Volume;
        row.unit = at.text("unit");
        one_of(at.child("unit"), row.unit, {section ? "cm2" : volume ? "cm3" : "mm"});
        const JsonReader people = at.child("population");
        people.only_keys({"sex", "age", "bmi"});
        row.population = people.text("sex");
        if (const std::string age = people.text_or("age", ""); !age.empty()) row.population += ", age " + age;
        if (const std::string bmi = people.text_or("bmi", ""); !bmi.empty()) row.population += ", BMI " + bmi;
        // For readers of the table; here only that they are what they should be.
        if (const JsonReader n = at.child("n"); !n.is_null() && !n.raw().is_string())
            static_cast<void>(n.as_number(1.0, 1e6));
        static_cast<void>(at.text("method"));
        static_cast<void>(at.text_or("posture", ""));
        row.source = at.text("source");
        if (row.source != "derived" && root_.child("sources").exists() &&
            !root_.child("sources").child(row.source, false).exists())
            at.child("source").fault(
                fmt::format("{}: \"{}\" is no key of \"sources\"; add it there", row.id, row.source));
        row.read = at.text("read");
        one_of(at.child("read"), row.read,
               {"abstract", "table", "full", "secondary", "recalled", "estimate", "derived"});
        row.note = at.text_or("note", "");
        row.is = static_cast<CalibrationRow::Is>(
            one_of(at.child("is", false), at.text_or("is", "mean"), {"mean", "least", "never", "advice"}));
        if (!row.mean && row.is != CalibrationRow::Is::Never)
            at.child("mean").fault(fmt::format("{}: a number is expected here", row.id));
        row.measure = read_measure(at.child("measure", false), row.id);
        row.safety = at.flag_or("safety", false);
        row.why_not = at.text_or("not_computable", "");
        read_only(at.child("only", false), row);
        return row;
    }

    const JsonReader& root_;
    const Atlas& atlas_;
    std::map<std::string, CalibrationTarget> words_;
    std::map<std::string, int> probes_;
};

} // namespace

std::string_view name_of(CalibrationQuantity quantity) {
    for (const auto& [value, name] : kQuantities) {
        if (value == quantity) return name;
    }
    return {};
}

bool CalibrationRow::was_read() const {
    return read == "abstract" || read == "table" || read == "full";
}

std::string CalibrationRow::excludes(const CalibrationPerson& person) const {
    if (only_female && *only_female != person.female) return *only_female ? "women" : "men";
    if (person.bmi < bmi_low || person.bmi > bmi_high) {
        return bmi_low > 0.0 ? fmt::format("BMI {:g} and more", bmi_low)
                             : fmt::format("BMI below {:g}", bmi_high);
    }
    if (person.age < age_low || person.age > age_high) {
        return person.age < age_low ? fmt::format("people of {:g} years and more", age_low)
                                    : fmt::format("people up to {:g} years", age_high);
    }
    return {};
}

double CalibrationRow::tolerance() const {
    const double spread = sd.value_or(0.0);
    switch (quantity) {
    case CalibrationQuantity::Skin:
        return std::max(spread, kLeastSkinTolerance_mm);
    case CalibrationQuantity::Csa:
    case CalibrationQuantity::Volume:
        return std::max(spread, kRelativeTolerance * mean.value_or(0.0));
    default:
        return std::max(spread, kLeastTolerance_mm);
    }
}

const CalibrationProbe* Calibration::probe(std::string_view name) const {
    const auto it =
        std::find_if(probes.begin(), probes.end(), [&](const CalibrationProbe& p) { return p.name == name; });
    return it == probes.end() ? nullptr : &*it;
}

ExpectedAll<Calibration> calibration_from_json(const Json& json, const std::string& source,
                                               const Atlas& atlas) {
    std::vector<Error> faults;
    const JsonReader root(json, source, faults);
    Calibration out = Reader(root, atlas).read();
    if (!faults.empty()) return tl::make_unexpected(std::move(faults));
    return out;
}

std::vector<std::pair<std::size_t, std::size_t>> undecided_contradictions(const Calibration& calibration) {
    using Is = CalibrationRow::Is;
    const auto decided = [&](const std::string& a, const std::string& b) {
        return std::any_of(
            calibration.followed.begin(), calibration.followed.end(), [&](const CalibrationChoice& c) {
                const auto dropped = [&](const std::string& id) {
                    return std::find(c.instead.begin(), c.instead.end(), id) != c.instead.end();
                };
                return dropped(a) || dropped(b);
            });
    };
    const auto judged = [&](const CalibrationRow& r) {
        return r.was_read() && r.excludes(calibration.body).empty() && r.is == Is::Mean && r.probe >= 0 &&
               r.mean;
    };
    std::vector<std::pair<std::size_t, std::size_t>> out;
    for (std::size_t i = 0; i < calibration.rows.size(); ++i) {
        const CalibrationRow& a = calibration.rows[i];
        if (!judged(a)) continue;
        for (std::size_t j = i + 1; j < calibration.rows.size(); ++j) {
            const CalibrationRow& b = calibration.rows[j];
            if (!judged(b) || b.probe != a.probe || b.quantity != a.quantity ||
                b.targets.size() != a.targets.size())
                continue;
            bool same = true;
            for (std::size_t k = 0; k < a.targets.size(); ++k)
                same = same && a.targets[k].ids == b.targets[k].ids &&
                       a.targets[k].far_face == b.targets[k].far_face;
            if (same && std::abs(*a.mean - *b.mean) > a.tolerance() + b.tolerance() && !decided(a.id, b.id))
                out.emplace_back(i, j);
        }
    }
    return out;
}

} // namespace tb::anatomy
