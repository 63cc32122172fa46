// One case, validated and immutable: the patient, what is to be found, what is expected, and the tables it
// refers to. Language-free: texts for people are English strings of the data files and pass through gettext
// at the screen.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "base/units.h"

namespace tb::scenario {

/// A solution for injection (assets/clinical/drugs.json, from procedure.json "dose_table").
struct Drug {
    std::string id, name; ///< "lidocaine_0_5", "lidocaine 0.5%"
    std::string family;   ///< "amide", "ester", "none"
    double mg_per_mL = 0.0;
    double max_mg_per_kg = 0.0; ///< 0: no limit (saline)
    double max_mg = 0.0;
    double onset_s = 60.0; ///< skin numb after a wheal
    bool adrenaline = false;
    std::string note;
};

struct AntisepticAgent {
    std::string id, name;
    std::vector<std::string> contains;         ///< allergens: "chlorhexidine", "iodine", "alcohol"
    double friction_s = 30.0, drying_s = 30.0; ///< rubbing needed; time until dry
    bool flammable = false;
    std::string note;
};

struct EquipmentItem {
    std::string id, name;
    bool required = true; ///< one of the items that `gather` counts
};

/// Something the trainee can say or ask; `element` counts toward a step's measure.
struct Topic {
    std::string id; ///< "identity.name", "screen.anticoagulant", "consent.rare_harm", "advice.breathlessness"
    std::string step;    ///< procedure step id it belongs to
    std::string says;    ///< the trainee's words
    std::string answer;  ///< the usual patient's answer; a case may override it (Scenario::answer)
    bool lasting = true; ///< false: an order that may be repeated ("breathe", "does this hurt?")
    bool counts =
        false; ///< one of the elements that the step counts (8 of consent, 10 of the safety screen, ...)
    double value = 0.0; ///< follow-up: days until the next visit
};

/// Tables shared by all cases.
struct ClinicalTables {
    std::vector<Drug> drugs;
    std::vector<AntisepticAgent> antiseptics;
    std::vector<EquipmentItem> equipment;
    std::vector<Topic> topics;
    std::vector<std::string> record_fields;
    [[nodiscard]] const Drug* drug(std::string_view id) const;
    [[nodiscard]] const AntisepticAgent* antiseptic(std::string_view id) const;
    [[nodiscard]] const Topic* topic(std::string_view id) const;
    /// How many topics of this step count.
    [[nodiscard]] int counted_topics(std::string_view step) const;
    /// How many items of equipment `gather` counts.
    [[nodiscard]] int required_items() const;
};

/// Allergens and conditions that a scene may name; anything else is a fault of the scene.
const std::vector<std::string>& known_allergens();  ///< "amide", "chlorhexidine", "latex", ...
const std::vector<std::string>& known_conditions(); ///< "anticoagulant", "infected_skin", "red_flag", ...

struct Patient {
    std::string name; ///< invented
    std::string date_of_birth;
    int age = 40;
    bool female = false;
    double height_cm = 175.0;
    Kilograms weight{70.0};
    std::string occupation, complaint; ///< complaint in the patient's own words
    std::vector<std::string> history, medications;
    std::vector<std::string> allergies;  ///< ids of known_allergens(); empty: none known
    std::vector<std::string> conditions; ///< ids of known_conditions()
    std::vector<std::string> pain_zones;
    double pain_at_rest = 0.0, pain_on_movement = 0.0;
    std::map<std::string, std::string, std::less<>> answers; ///< topic id -> this patient's answer
    bool fainted_before = false;                             ///< condition "fainted_before"
    [[nodiscard]] bool allergic_to(std::string_view allergen) const;
    [[nodiscard]] bool has(std::string_view condition) const;
    [[nodiscard]] double bmi() const { return weight.value() / (height_cm * height_cm / 10000.0); }
};

/// What an expert would do here; scoring compares with it, hints lead to it.
struct Plan {
    std::string decision; ///< "inject" or "not_inject"
    std::vector<std::string>
        points; ///< the scene's points with "target": true, with side: "trapezius-descendens-1_r"
    std::vector<std::string> candidate_muscles; ///< acceptable first candidates, structure ids without side
    std::vector<std::string> postures;          ///< listed positions: "prone", "side_lying"
    std::string technique;                      ///< "flat", "pincer", "deep"
    std::vector<std::string>
        entries; ///< acceptable ways in: "oblique", "perpendicular", "fold" (procedure step "enter")
    std::string guidance = "landmark"; ///< "landmark", "supervised", "imaging_required", "palpation_only"
    std::string antiseptic, agent, wheal_agent;
    int gauge = 25;
    Millimetres needle_length;
    Millimetres needle_path; ///< expected way of the needle from the skin to the point
    Millilitres volume_per_site;
    std::vector<std::string> at_risk; ///< structures at risk, ids without side
    double dose_reduction = 1.0;
    bool pleural_risk = false;
};

/// Whether the case has an ultrasound machine at the table.
enum class Ultrasound {
    None,    ///< the scene does not speak of it: there is one in practice, none in an assessment
    Offered, ///< there is one in every mode; using it is free
    Scored,  ///< the needle is to be followed in the picture, and that is scored
};

struct Scenario {
    std::string id, title;
    int level = 1;
    Patient patient;
    anatomy::BodySpec body;
    Plan plan;
    std::vector<std::string> traps, debrief;
    Ultrasound ultrasound = Ultrasound::None;
    std::string rubric; ///< file stem in assets/clinical: "rubric"
    std::uint64_t seed = 1;
    std::string hash; ///< SHA-256 of the scene's text
    ClinicalTables tables;

    /// Whether a probe is within reach in a mode.
    [[nodiscard]] bool has_probe(std::string_view mode) const {
        return ultrasound != Ultrasound::None || mode != "assessment";
    }
    /// What this patient answers to a topic: the case's own words, else the table's; empty for an unknown
    /// topic.
    [[nodiscard]] std::string answer(std::string_view topic) const;
    /// True for a point (id with side) that the plan wants treated.
    [[nodiscard]] bool is_target(std::string_view point_with_side) const;
};

} // namespace tb::scenario
