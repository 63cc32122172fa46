// Inside module view: what layer words, view links and names have in common.
#pragma once

#include <charconv>
#include <string_view>
#include <system_error>
#include <vector>

#include "view/view_settings.h"

namespace tb::view {

struct LayerSwitch {
    std::string_view word;
    bool Layers::*flag;
};
/// The kinds of structures, by the words of `parse_layers` and of links ("no-skin").
constexpr LayerSwitch kKindSwitches[] = {{"skin", &Layers::skin},     {"muscles", &Layers::muscles},
                                         {"bones", &Layers::bones},   {"vessels", &Layers::vessels},
                                         {"nerves", &Layers::nerves}, {"organs", &Layers::organs}};
constexpr LayerSwitch kBandsSwitch{"bands", &Layers::show_bands};
constexpr LayerSwitch kCutSwitch{"cut", &Layers::cut};
constexpr LayerSwitch kHazardsSwitch{"hazards", &Layers::hazards};

/// Parts between the signs, empty ones too; at least one.
inline std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(at);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text = text.substr(end + 1);
    }
}

/// False unless the whole text is one number.
template <class Number>
bool read_number(std::string_view text, Number& out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc() && end == text.data() + text.size();
}

} // namespace tb::view
