#include "app/script.h"

#include <algorithm>

#include <fmt/format.h>

#include "events/codec.h"

namespace tb::app {
namespace {

constexpr double kLongest_s = 24 * 3600.0;

/// Tick of a line, from "t" (ticks) or "at" (seconds); nothing if neither is a usable number.
std::optional<Tick> tick_of(const Json& j) {
    if (j.contains("t") && j["t"].is_number_integer()) return j["t"].get<Tick>();
    for (const char* key : {"at", "until"}) {
        if (j.contains(key) && j[key].is_number()) {
            const double s = j[key].get<double>();
            if (s >= 0.0 && s <= kLongest_s) return ticks_of(Seconds(s));
            return std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace

ExpectedAll<Script> read_script(std::string_view text, const std::string& source) {
    Script script;
    std::vector<Error> faults;
    std::size_t number = 0;
    while (!text.empty()) {
        ++number;
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
            line.remove_suffix(1);
        if (line.empty() || line.front() == '#') continue;
        const std::string where = fmt::format("{}:{}", source, number);
        const auto json = parse_json(line, where);
        if (!json || !json->is_object()) {
            faults.push_back({ErrorCode::BadInput, "this line is not a JSON object {...}", where});
            continue;
        }
        if (json->contains("tautlog") || json->contains("is")) continue; // header and findings of a log
        const auto tick = tick_of(*json);
        if (!tick || *tick < 0 || *tick > ticks_of(Seconds(kLongest_s))) {
            faults.push_back(
                {ErrorCode::BadInput,
                 "the time is missing or impossible; give \"at\" in seconds or \"t\" in ticks, within a day",
                 where});
            continue;
        }
        if (*tick < script.end) {
            faults.push_back({ErrorCode::BadInput,
                              "this line is earlier than the one before it; order the lines by time", where});
            continue;
        }
        script.end = *tick;
        if (json->contains("until")) continue;
        if (!json->contains("do")) {
            faults.push_back({ErrorCode::BadInput, "\"do\" with an action is missing", where});
            continue;
        }
        auto action = events::action_from_json((*json)["do"], where);
        if (!action) {
            faults.push_back(action.error());
            continue;
        }
        script.lines.push_back({*tick, std::move(*action)});
    }
    if (!faults.empty()) return tl::unexpected(faults);
    return script;
}

} // namespace tb::app
