#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/json.h"
#include "scenario/load.h"

namespace tb::scenario {
namespace {

/// One table file: parses it, walks its list, reports an id that is there twice.
template <class Row, class ReadRow>
std::vector<Row> read_rows(const JsonReader& root, std::string_view list, ReadRow read) {
    std::vector<Row> rows;
    std::set<std::string> ids;
    for (const JsonReader& r : root.child(list).elements()) {
        Row row = read(r);
        if (!ids.insert(row.id).second)
            r.fault(fmt::format("\"{}\" is there twice; give each entry its own id", row.id));
        rows.push_back(std::move(row));
    }
    return rows;
}

Drug read_drug(const JsonReader& r) {
    r.only_keys({"id", "name", "family", "mg_per_mL", "max_mg_per_kg", "max_mg", "onset_s", "adrenaline",
                 "note", "sources", "estimate"});
    Drug d;
    d.id = r.text("id");
    d.name = r.text("name");
    d.family = r.text("family");
    if (d.family != "amide" && d.family != "ester" && d.family != "none") {
        r.child("family").fault("the family must be \"amide\", \"ester\" or \"none\"");
    }
    d.mg_per_mL = r.number("mg_per_mL", 0.0, 100.0);
    d.max_mg_per_kg = r.number("max_mg_per_kg", 0.0, 20.0);
    d.max_mg = r.number("max_mg", 0.0, 2000.0);
    d.onset_s = r.number("onset_s", 0.0, 3600.0);
    d.adrenaline = r.flag_or("adrenaline", false);
    d.note = r.text_or("note", "");
    return d;
}

AntisepticAgent read_antiseptic(const JsonReader& r) {
    r.only_keys(
        {"id", "name", "contains", "friction_s", "drying_s", "flammable", "note", "sources", "estimate"});
    AntisepticAgent a;
    a.id = r.text("id");
    a.name = r.text("name");
    a.contains = r.texts_or_empty("contains");
    a.friction_s = r.number("friction_s", 1.0, 600.0);
    a.drying_s = r.number("drying_s", 1.0, 600.0);
    a.flammable = r.flag_or("flammable", false);
    a.note = r.text_or("note", "");
    return a;
}

EquipmentItem read_item(const JsonReader& r) {
    r.only_keys({"id", "name", "required"});
    return {r.text("id"), r.text("name"), r.flag_or("required", true)};
}

Topic read_topic(const JsonReader& r) {
    r.only_keys({"id", "step", "says", "answer", "counts", "lasting", "value"});
    Topic t;
    t.id = r.text("id");
    t.step = r.text("step");
    t.says = r.text("says");
    t.answer = r.text("answer");
    t.counts = r.flag_or("counts", false);
    t.lasting = r.flag_or("lasting", true);
    t.value = r.number_or("value", 0.0, 0.0, 366.0);
    return t;
}

} // namespace

ExpectedAll<ClinicalTables> load_tables(const TableTexts& texts) {
    ClinicalTables tables;
    std::vector<Error> faults;
    const auto with_root = [&](std::string_view text, std::string_view file, auto read) {
        const std::string source = fmt::format("{}/{}", texts.folder, file);
        const Expected<Json> json = parse_json(text, source);
        if (!json) {
            faults.push_back(json.error());
            return;
        }
        read(JsonReader(*json, source, faults));
    };
    with_root(texts.drugs, "drugs.json", [&](const JsonReader& root) {
        root.only_keys({"about", "drugs"});
        tables.drugs = read_rows<Drug>(root, "drugs", read_drug);
    });
    with_root(texts.antiseptics, "antiseptics.json", [&](const JsonReader& root) {
        root.only_keys({"about", "antiseptics"});
        tables.antiseptics = read_rows<AntisepticAgent>(root, "antiseptics", read_antiseptic);
    });
    with_root(texts.equipment, "equipment.json", [&](const JsonReader& root) {
        root.only_keys({"about", "equipment"});
        tables.equipment = read_rows<EquipmentItem>(root, "equipment", read_item);
    });
    with_root(texts.dialogue, "dialogue.json", [&](const JsonReader& root) {
        root.only_keys({"about", "topics", "record_fields"});
        tables.topics = read_rows<Topic>(root, "topics", read_topic);
        if (root.child("record_fields").exists()) tables.record_fields = root.texts_or_empty("record_fields");
    });
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    return tables;
}

} // namespace tb::scenario
