// How much of the patient a practising trainee sees, and the words for it in the log (HelpUsed::what). The
// three are the steps of a ladder: first the eye shows the hand where to go, in the end the hand goes alone.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tb::events {

enum class Sight {
    SeenThrough, ///< skin and what covers the muscle translucent, taut band, nodule and hazards shown
    Half,        ///< the muscles' outlines shine faintly through the skin, no trigger point
    Blind        ///< skin only, as in life
};
constexpr std::array<Sight, 3> kSights{Sight::SeenThrough, Sight::Half, Sight::Blind};

constexpr std::string_view word_of(Sight sight) {
    constexpr std::string_view kWords[] = {"seen_through", "half_seen", "blind"};
    return kWords[static_cast<std::size_t>(sight)];
}
/// Nothing if the word names another help.
constexpr std::optional<Sight> sight_of(std::string_view word) {
    for (const Sight s : kSights) {
        if (word == word_of(s)) return s;
    }
    return std::nullopt;
}

} // namespace tb::events
