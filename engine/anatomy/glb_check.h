// Looks over a binary glTF before a library parses it: container, offsets, counts and references. Only the
// plain form that the forge writes is accepted (one buffer, triangles, flat node tree), so that damaged bytes
// end in one sentence and never in the library's memory.
// https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html, chapter 4.4 for the container.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tb::anatomy {

/// What is wrong with these bytes, as a part of a sentence ("it ends after 1200 of 5000 bytes"); nothing if
/// all is well.
std::optional<std::string> glb_fault(std::string_view bytes);

} // namespace tb::anatomy
