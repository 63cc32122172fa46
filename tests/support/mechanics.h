// The mechanics table of the product, read once per test program.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tissue/parameters.h"

namespace tb::test {

inline const std::string kMechanicsPath = TB_SOURCE_DIR "/assets/mechanics.json";

inline Json mechanics_json() {
    std::ifstream in(kMechanicsPath, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    auto json = parse_json(text.str(), kMechanicsPath);
    if (!json) {
        ADD_FAILURE() << json.error().text();
        return {};
    }
    return *json;
}

inline const tissue::Parameters& mechanics() {
    static const auto kRead = tissue::Parameters::from_json(mechanics_json(), kMechanicsPath);
    static const tissue::Parameters kNone;
    if (kRead) return *kRead;
    for (const Error& e : kRead.error())
        ADD_FAILURE() << e.text();
    return kNone;
}

/// How many rows of published values there are, and one's id; before main, hence without failures of its own.
inline const std::vector<std::string>& published_ids() {
    static const std::vector<std::string> kIds = [] {
        std::vector<std::string> ids;
        std::ifstream in(kMechanicsPath, std::ios::binary);
        const Json json = Json::parse(in, nullptr, false);
        if (!json.is_object() || !json.contains("checks")) return ids;
        for (const Json& row : json["checks"])
            ids.push_back(row.value("id", "unnamed"));
        return ids;
    }();
    return kIds;
}
inline std::size_t published_count() {
    return published_ids().size();
}
inline std::string published_id(std::size_t i) {
    return published_ids()[i];
}

} // namespace tb::test
