// Actions and findings as JSON and back. One line of JSON per event; key names are part of
// docs/log-format.md.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "events/event.h"
#include "events/log.h"

namespace tb::events {

Json to_json(const Action& action);
Json to_json(const Finding& finding);
Json to_json(const LogHeader& header);
/// "where" names the line for errors: "x.tautlog:12".
Expected<Action> action_from_json(const Json& json, const std::string& where);
Expected<Finding> finding_from_json(const Json& json, const std::string& where);
Expected<LogHeader> header_from_json(const Json& json, const std::string& where);

/// Short name of the kind, as used in JSON: "tool_pose", "felt", ...
std::string_view kind_name(const Action& action);
std::string_view kind_name(const Finding& finding);

/// Enumerators as in JSON and on the command line; `from_name` gives false for an unknown one.
std::string_view name_of(Tool v);
std::string_view name_of(Posture v);
std::string_view name_of(Gloves v);
std::string_view name_of(Syringe v);
using tb::from_name;
using tb::name_of;
bool from_name(std::string_view name, Tool& out);
bool from_name(std::string_view name, Posture& out);
bool from_name(std::string_view name, Gloves& out);
bool from_name(std::string_view name, Syringe& out);

} // namespace tb::events
