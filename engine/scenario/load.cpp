#include "scenario/load.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"

namespace tb::scenario {
namespace {

using Keys = std::initializer_list<std::string_view>;

/// Text choices, as "a, b or c".
template <class List>
std::string either(const List& list) {
    std::string out;
    std::size_t i = 0;
    for (const auto& item : list) {
        if (i > 0) out += i + 1 == std::size(list) ? " or " : ", ";
        out += fmt::format("\"{}\"", item);
        ++i;
    }
    return out;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
    return out;
}

/// Number of letters to change, add or remove (Levenshtein 1966); tells a slip of the keyboard from another
/// word.
std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

/// Endings that say a unit; a key that differs only there has the wrong unit, not the wrong name.
std::string_view stem(std::string_view key) {
    static constexpr std::string_view kUnits[] = {
        "_cm",  "_mm", "_m", "_in",     "_ft",   "_kg",    "_g",       "_lb",         "_lbs",
        "_mL",  "_ml", "_L", "_l",      "_G",    "_years", "_months",  "_kg_per_cm2", "_kpa",
        "_kPa", "_N",  "_n", "_kg_cm2", "_0_10", "_0_100", "_percent", "_mg"};
    std::string_view best = key;
    for (const std::string_view unit : kUnits) {
        if (key.size() > unit.size() && key.ends_with(unit) && key.size() - unit.size() < best.size()) {
            best = key.substr(0, key.size() - unit.size());
        }
    }
    return best;
}

void check_keys(const JsonReader& r, Keys known) {
    if (!r.exists()) return;
    for (const std::string& key : r.keys()) {
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        const auto same_stem = std::find_if(known.begin(), known.end(), [&](std::string_view k) {
            return stem(k) != k && lower(stem(k)) == lower(stem(key));
        });
        if (same_stem != known.end()) {
            r.fault(fmt::format("\"{}\" carries the wrong unit; give the value as \"{}\"", key, *same_stem));
            continue;
        }
        const auto nearest =
            std::min_element(known.begin(), known.end(), [&](std::string_view a, std::string_view b) {
                return edits(key, a) < edits(key, b);
            });
        if (nearest != known.end() && edits(key, *nearest) <= 2) {
            r.fault(
                fmt::format("\"{}\" is not a key that is known here; did you mean \"{}\"?", key, *nearest));
        } else {
            r.fault(fmt::format("\"{}\" is not a key that is known here; correct its spelling or remove it",
                                key));
        }
    }
}

/// A text that must be one of a few.
std::string choice(const JsonReader& r, std::string_view key, Keys allowed) {
    const JsonReader c = r.child(key);
    std::string text = c.as_text();
    if (c.exists() && c.raw().is_string() &&
        std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
        c.fault(fmt::format("\"{}\" is not possible here; use {}", text, either(allowed)));
    }
    return text;
}

/// A list whose texts must all be known.
template <class List>
std::vector<std::string> choices(const JsonReader& r, std::string_view key, const List& allowed,
                                 bool required) {
    std::vector<std::string> out;
    const JsonReader list = r.child(key, required);
    if (list.is_null()) return out;
    for (const JsonReader& e : list.elements()) {
        out.push_back(e.as_text());
        if (e.raw().is_string() &&
            std::find(std::begin(allowed), std::end(allowed), out.back()) == std::end(allowed)) {
            e.fault(fmt::format("\"{}\" is not known here; use {}", out.back(), either(allowed)));
        }
    }
    if (required && list.raw().is_array() && out.empty()) list.fault("this list must name at least one");
    return out;
}

class Loader {
public:
    Loader(std::string_view text, const Json& json, const std::string& source, const ClinicalTables& tables,
           const anatomy::Atlas* atlas, std::vector<Error>& faults)
        : root_(json, source, faults), tables_(tables), atlas_(atlas) {
        scenario_.hash = sha256_hex(text);
        scenario_.tables = tables;
    }

    Scenario read() {
        check_keys(root_, {"id", "title", "level", "rubric", "seed", "about", "patient", "points",
                           "scatter_mm", "plan", "traps", "debrief", "ultrasound"});
        read_head();
        read_patient();
        read_points();
        read_plan();
        scenario_.body.weight = scenario_.patient.weight;
        scenario_.body.height_cm = scenario_.patient.height_cm;
        scenario_.body.female = scenario_.patient.female;
        scenario_.body.age = scenario_.patient.age;
        return std::move(scenario_);
    }

private:
    void read_head() {
        const JsonReader id = root_.child("id");
        scenario_.id = id.as_text();
        const bool plain = !scenario_.id.empty() &&
                           std::all_of(scenario_.id.begin(), scenario_.id.end(), [](unsigned char c) {
                               return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-';
                           });
        if (id.exists() && !plain)
            id.fault("an id has only small letters, digits and hyphens, like \"desk-neck\"");
        scenario_.title = root_.text("title");
        scenario_.level = static_cast<int>(whole(root_, "level", 1, 4));
        scenario_.rubric = root_.text_or("rubric", "rubric");
        scenario_.seed = static_cast<std::uint64_t>(whole(root_, "seed", 0, 9007199254740991.0));
        scenario_.body.scatter_mm = root_.number_or("scatter_mm", 10.0, 0.0, 20.0);
        if (root_.child("ultrasound", false).exists()) {
            scenario_.ultrasound = choice(root_, "ultrasound", {"offered", "scored"}) == "scored"
                                       ? Ultrasound::Scored
                                       : Ultrasound::Offered;
        }
        scenario_.traps = root_.texts_or_empty("traps");
        scenario_.debrief = root_.texts_or_empty("debrief");
    }

    static double whole(const JsonReader& r, std::string_view key, double low, double high) {
        const JsonReader c = r.child(key);
        if (c.exists() && c.raw().is_number_float()) c.fault("a whole number is expected here");
        return c.as_number(low, high);
    }

    void read_patient() {
        const JsonReader r = root_.child("patient");
        if (!r.exists()) return;
        check_keys(r, {"name", "date_of_birth", "age_years", "sex", "height_cm", "weight_kg", "occupation",
                       "complaint", "history", "medications", "allergies", "conditions", "pain_zones",
                       "pain_at_rest_0_10", "pain_on_movement_0_10", "answers", "build"});
        Patient& p = scenario_.patient;
        p.name = r.text("name");
        p.date_of_birth = r.text("date_of_birth");
        if (r.child("date_of_birth", false).exists() && !is_date(p.date_of_birth)) {
            r.child("date_of_birth").fault("a date is written year-month-day, like \"1992-03-14\"");
        }
        p.age = static_cast<int>(whole(r, "age_years", 16, 110));
        p.female = choice(r, "sex", {"female", "male"}) == "female";
        p.height_cm = r.number("height_cm", 120.0, 220.0);
        p.weight = Kilograms(r.number("weight_kg", 30.0, 250.0));
        if (!r.child("build", false).is_null())
            from_name(choice(r, "build", {"slight", "average", "muscular"}), scenario_.body.build);
        p.occupation = r.text_or("occupation", "");
        p.complaint = r.text("complaint");
        p.history = r.texts_or_empty("history");
        p.medications = r.texts_or_empty("medications");
        p.allergies = choices(r, "allergies", known_allergens(), false);
        p.conditions = choices(r, "conditions", known_conditions(), false);
        p.fainted_before = p.has("fainted_before");
        p.pain_zones = r.texts_or_empty("pain_zones");
        p.pain_at_rest = r.number("pain_at_rest_0_10", 0.0, 10.0);
        p.pain_on_movement = r.number("pain_on_movement_0_10", 0.0, 10.0);
        const JsonReader answers = r.child("answers", false);
        if (!answers.is_null()) {
            for (const std::string& topic : answers.keys()) {
                const JsonReader answer = answers.child(topic);
                p.answers[topic] = answer.as_text();
                if (tables_.topic(topic) == nullptr) {
                    answer.fault(
                        fmt::format("\"{}\" is not a topic of dialogue.json; use one of its ids", topic));
                }
            }
        }
    }

    static bool is_date(std::string_view t) {
        if (t.size() != 10 || t[4] != '-' || t[7] != '-') return false;
        for (const std::size_t i : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U}) {
            if (std::isdigit(static_cast<unsigned char>(t[i])) == 0) return false;
        }
        const int month = (t[5] - '0') * 10 + t[6] - '0';
        const int day = (t[8] - '0') * 10 + t[9] - '0';
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    void read_points() {
        const JsonReader list = root_.child("points");
        if (!list.exists()) return;
        std::set<std::string> seen;
        for (const JsonReader& r : list.elements()) {
            check_keys(r, {"point", "side", "state", "pressure_threshold_kg_per_cm2", "pain_on_pressure_0_10",
                           "target"});
            anatomy::PointSpec spec;
            spec.point = r.text("point");
            const bool left = choice(r, "side", {"right", "left"}) == "left";
            spec.side = left ? anatomy::Side::Left : anatomy::Side::Right;
            spec.state = choice(r, "state", {"active", "latent"}) == "latent" ? anatomy::PointState::Latent
                                                                              : anatomy::PointState::Active;
            spec.pressure_threshold = KgPerCm2(r.number_or("pressure_threshold_kg_per_cm2", 0.0, 0.3, 10.0));
            spec.pain_on_pressure = r.number("pain_on_pressure_0_10", 0.0, 10.0);
            spec.target = r.flag_or("target", false);
            const std::string with_side = anatomy::with_side(spec.point, spec.side);
            if (!seen.insert(with_side).second) {
                r.fault(fmt::format("\"{}\" of this side is there twice; keep one", spec.point));
            }
            check_point(r, spec);
            if (spec.target) scenario_.plan.points.push_back(with_side);
            scenario_.body.points.push_back(std::move(spec));
        }
    }

    void check_point(const JsonReader& r, const anatomy::PointSpec& spec) const {
        if (atlas_ == nullptr || !r.child("point", false).exists()) return;
        const anatomy::TriggerPoint* point = atlas_->trigger_point(spec.point);
        const JsonReader at = r.child("point");
        if (point == nullptr) {
            at.fault(fmt::format("there is no trigger point \"{}\"; `tautband trigger-points` lists them",
                                 spec.point));
        } else if (point->muscle.empty() || !in_atlas(point->muscle)) {
            at.fault(fmt::format("\"{}\" lies in a muscle that the built body does not hold; choose another",
                                 spec.point));
        } else if (spec.side == anatomy::Side::Left && !point->mirror) {
            at.fault(fmt::format("\"{}\" exists on the right side only", spec.point));
        }
    }

    [[nodiscard]] bool in_atlas(const std::string& id) const {
        return atlas_->find(id).valid() || atlas_->find(id + "_r").valid();
    }

    /// Structure ids without side; looked up where an atlas is there.
    std::vector<std::string> structures(const JsonReader& r, std::string_view key, std::string_view kind,
                                        bool required) const {
        std::vector<std::string> out;
        const JsonReader list = r.child(key, required);
        if (list.is_null()) return out;
        for (const JsonReader& e : list.elements()) {
            out.push_back(e.as_text());
            if (atlas_ != nullptr && e.raw().is_string() && !in_atlas(out.back())) {
                e.fault(fmt::format(
                    "there is no {} \"{}\"; write its id without side, as `tautband anatomy list` shows it",
                    kind, out.back()));
            }
        }
        if (required && list.raw().is_array() && out.empty()) list.fault("this list must name at least one");
        return out;
    }

    std::string agent(const JsonReader& r, std::string_view key) const {
        const JsonReader c = r.child(key);
        std::string id = c.as_text();
        if (c.exists() && c.raw().is_string() && tables_.drug(id) == nullptr) {
            c.fault(fmt::format("there is no solution \"{}\"; use an id of drugs.json", id));
        }
        return id;
    }

    void read_plan() {
        const JsonReader r = root_.child("plan");
        if (!r.exists()) return;
        check_keys(r, {"decision", "candidate_muscles", "postures", "technique", "entries", "guidance",
                       "antiseptic", "agent", "wheal_agent", "gauge_G", "needle_length_mm", "needle_path_mm",
                       "volume_per_site_mL", "at_risk", "dose_reduction", "pleural_risk"});
        Plan& p = scenario_.plan;
        p.decision = choice(r, "decision", {"inject", "not_inject"});
        static constexpr std::string_view kPostures[] = {"prone", "side_lying", "supine", "sitting"};
        static constexpr std::string_view kEntries[] = {"oblique", "perpendicular", "fold"};
        const bool inject = p.decision == "inject";
        p.candidate_muscles = structures(r, "candidate_muscles", "muscle", true);
        p.postures = choices(r, "postures", kPostures, true);
        p.technique = choice(r, "technique", {"flat", "pincer", "deep"});
        p.entries = choices(r, "entries", kEntries, inject);
        p.guidance = choice(r, "guidance", {"landmark", "supervised", "imaging_required", "palpation_only"});
        const JsonReader antiseptic = r.child("antiseptic");
        p.antiseptic = antiseptic.as_text();
        if (antiseptic.exists() && antiseptic.raw().is_string() &&
            tables_.antiseptic(p.antiseptic) == nullptr) {
            antiseptic.fault(
                fmt::format("there is no antiseptic \"{}\"; use an id of antiseptics.json", p.antiseptic));
        }
        p.agent = agent(r, "agent");
        p.wheal_agent = agent(r, "wheal_agent");
        p.gauge = static_cast<int>(whole(r, "gauge_G", 21, 30));
        p.needle_length = Millimetres(r.number("needle_length_mm", 13.0, 75.0));
        p.needle_path = Millimetres(r.number("needle_path_mm", 1.0, 75.0));
        p.volume_per_site = Millilitres(r.number("volume_per_site_mL", 0.05, 2.0));
        p.at_risk = structures(r, "at_risk", "structure", true);
        p.dose_reduction = r.number_or("dose_reduction", 1.0, 0.3, 1.0);
        p.pleural_risk = r.flag_or("pleural_risk", false);
        if (inject && root_.child("points", false).exists() && p.points.empty()) {
            root_.child("points").fault("the plan says \"inject\", but no point has \"target\": true; set it "
                                        "on the point to be treated");
        }
        if (scenario_.ultrasound == Ultrasound::Scored && !inject) {
            root_.child("ultrasound")
                .fault("with \"not_inject\" there is no needle to follow; write \"offered\" "
                       "or leave the key out");
        }
        for (const std::string& allergen :
             {tables_.drug(p.agent) != nullptr ? tables_.drug(p.agent)->family : "none",
              tables_.drug(p.wheal_agent) != nullptr ? tables_.drug(p.wheal_agent)->family : "none"}) {
            if (inject && scenario_.patient.allergic_to(allergen)) {
                r.fault(fmt::format("the plan uses an {} anaesthetic, but the patient is allergic to it",
                                    allergen));
                break;
            }
        }
        if (p.needle_path.value() >= p.needle_length.value() && r.child("needle_path_mm", false).exists()) {
            r.child("needle_path_mm").fault("the way to the point must be shorter than the needle");
        }
    }

    JsonReader root_;
    const ClinicalTables& tables_;
    const anatomy::Atlas* atlas_;
    Scenario scenario_;
};

} // namespace

ExpectedAll<Scenario> load_scenario(std::string_view text, const std::string& source,
                                    const ClinicalTables& tables, const anatomy::Atlas* atlas) {
    const Expected<Json> json = parse_json(text, source);
    if (!json) return tl::unexpected(std::vector<Error>{json.error()});
    std::vector<Error> faults;
    if (!json->is_object()) {
        JsonReader(*json, source, faults).fault("a scene is an object {...}; see docs/authoring.md");
        return tl::unexpected(std::move(faults));
    }
    Scenario scenario = Loader(text, *json, source, tables, atlas, faults).read();
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return scenario;
}

} // namespace tb::scenario
