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

} // namespace tb::test
