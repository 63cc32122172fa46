// Systems (muscles, bones, ...) and the usual groups (rotator cuff, erector spinae, ...) of structures.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/atlas.h"

namespace tb::view {

/// What a command on a structure applies to.
enum class Scope { Structure, BothSides, Group, System };

struct System {
    std::string_view name;
    std::span<const StructureKind> kinds;
};
std::span<const System> systems();
const System& system_of(StructureKind kind);

/// "Rotator cuff", "Hamstrings"; where there is no usual name, the system of the region: "Muscles of the
/// back", or the system.
std::string group_of(const anatomy::Atlas& atlas, StructureId id);

/// Structures of a scope around one structure, by index.
std::vector<StructureId> members(const anatomy::Atlas& atlas, StructureId id, Scope scope);
/// Of a group by its name, as `group_of` gives it.
std::vector<StructureId> members_of_group(const anatomy::Atlas& atlas, std::string_view name);
/// Names of all groups that have members, sorted.
std::vector<std::string> group_names(const anatomy::Atlas& atlas);

/// Id without its side: "_r", "_l", "-right" or "-left".
std::string_view base_of(const anatomy::Structure& structure);
/// The same structure on the other side; invalid for the midline.
StructureId other_side(const anatomy::Atlas& atlas, StructureId id);
/// "Trapezius, descending part, right"; a name that says its side ("Right kidney") stays as it is.
std::string name_with_side(const anatomy::Structure& structure);
std::string name_with_side(std::string name, anatomy::Side side);
/// What both sides are called: "Kidney" of "Right kidney", else the name.
std::string name_without_side(const anatomy::Structure& structure);
/// With the first letter as a capital.
std::string upper_first(std::string words);

} // namespace tb::view
