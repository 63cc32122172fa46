// A view as one line of text that can be pasted: camera, layers, what is hidden, isolated, faded, marked.
//   tautband-view/1/cam:-60,1440,40,200,20,700/peel:1/peel-neck:3/hide:C7,skull/only:.../labels
// Only letters, digits and / : , . - _ + = so that chats and shells keep it as it is.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "view/view_settings.h"

namespace tb::view {

/// What differs from a plain view is written, in a fixed order: equal views give equal links.
std::string to_link(const ViewSettings& settings);
/// Spaces and line ends around and inside are ignored, as mail programs add them. Faults name the part.
Expected<ViewSettings> from_link(std::string_view text);

} // namespace tb::view
