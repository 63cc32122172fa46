// JSON text of a scene and of the clinical tables to validated values; every fault at once, with its place.
#pragma once

#include <string>
#include <string_view>

#include "anatomy/atlas.h"
#include "base/result.h"
#include "scenario/scenario.h"

namespace tb::scenario {

/// Texts of assets/clinical/{drugs,antiseptics,equipment,dialogue}.json, each with the name used in errors.
struct TableTexts {
    std::string_view drugs, antiseptics, equipment, dialogue;
    std::string folder = "assets/clinical"; ///< prefix for names in errors
};
ExpectedAll<ClinicalTables> load_tables(const TableTexts& texts);

/// `atlas` may be null (then muscles and points are not looked up). Format: docs/authoring.md.
ExpectedAll<Scenario> load_scenario(std::string_view text, const std::string& source,
                                    const ClinicalTables& tables, const anatomy::Atlas* atlas);

} // namespace tb::scenario
