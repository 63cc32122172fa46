#include "scenario/scenario.h"

#include <algorithm>

namespace tb::scenario {
namespace {

template <class T>
const T* find_id(const std::vector<T>& rows, std::string_view id) {
    const auto it = std::find_if(rows.begin(), rows.end(), [id](const T& row) { return row.id == id; });
    return it == rows.end() ? nullptr : &*it;
}

bool contains(const std::vector<std::string>& list, std::string_view id) {
    return std::find(list.begin(), list.end(), id) != list.end();
}

} // namespace

const Drug* ClinicalTables::drug(std::string_view id) const {
    return find_id(drugs, id);
}
const AntisepticAgent* ClinicalTables::antiseptic(std::string_view id) const {
    return find_id(antiseptics, id);
}
const Topic* ClinicalTables::topic(std::string_view id) const {
    return find_id(topics, id);
}

int ClinicalTables::counted_topics(std::string_view step) const {
    return static_cast<int>(std::count_if(topics.begin(), topics.end(),
                                          [step](const Topic& t) { return t.counts && t.step == step; }));
}

int ClinicalTables::required_items() const {
    return static_cast<int>(
        std::count_if(equipment.begin(), equipment.end(), [](const EquipmentItem& i) { return i.required; }));
}

const std::vector<std::string>& known_allergens() {
    static const std::vector<std::string> kAllergens = {"amide",   "ester", "chlorhexidine", "iodine",
                                                        "alcohol", "latex", "adhesive"};
    return kAllergens;
}

const std::vector<std::string>& known_conditions() {
    static const std::vector<std::string> kConditions = {
        "anticoagulant", "antiplatelet", "bleeding_disorder", "fainted_before", "fibromyalgia", "fever",
        "infected_skin", "lung_disease", "needle_fear",       "organ_disease",  "pregnant",     "red_flag"};
    return kConditions;
}

bool Patient::allergic_to(std::string_view allergen) const {
    return contains(allergies, allergen);
}
bool Patient::has(std::string_view condition) const {
    return contains(conditions, condition);
}

std::string Scenario::answer(std::string_view topic) const {
    if (const auto own = patient.answers.find(topic); own != patient.answers.end()) return own->second;
    const Topic* usual = tables.topic(topic);
    return usual != nullptr ? usual->answer : std::string();
}

bool Scenario::is_target(std::string_view point_with_side) const {
    return contains(plan.points, point_with_side);
}

} // namespace tb::scenario
