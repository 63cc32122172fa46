// Anatomical labels with leader lines beside the figure. Returns plain positions; the screen draws text and
// lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/body.h"
#include "view/view_settings.h"

namespace tb::view {

struct Label {
    std::string id;                        ///< structure id, or the landmark's name
    std::string text;                      ///< English name with side
    glm::vec2 anchor_px{0.0f};             ///< on the structure
    glm::vec2 box_px{0.0f}, size_px{0.0f}; ///< top left corner and size of the text's box
    bool right = false; ///< in the right column; the leader leaves the box on its inner side
    bool operator==(const Label&) const = default;
};

struct LabelStyle {
    float line_height_px = 20.0f;
    float character_px = 7.5f;                         ///< mean width of a character, to estimate boxes
    float margin_px = 12.0f;                           ///< of the picture's edge
    float foot_px = 0.0f;                              ///< kept free at the lower edge
    int most = 16;                                     ///< labels in the whole picture
    std::function<float(std::string_view)> text_width; ///< px; empty: estimated from `character_px`
};

/// Labels of the structures that show most in this view; under an opaque skin of the palpable landmarks
/// facing the eye. Boxes never overlap and stay inside the picture; equal inputs give equal labels.
std::vector<Label> place_labels(const anatomy::Body& body, const ViewSettings& settings, glm::vec2 size_px,
                                const LabelStyle& style = {});

/// The placing alone: every label has text and anchor; fills box, size and column, drops what finds no room.
std::vector<Label> arrange(std::vector<Label> labels, glm::vec2 size_px, const LabelStyle& style);

} // namespace tb::view
