// What a structure is and how it is referred to inside the program.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

namespace tb {

/// What a needle tip can be in or touch. Logged by name (`name_of`), never by number.
enum class StructureKind {
    Outside,
    Skin,
    Subcutis,
    Muscle,
    Tendon,
    Bone,
    Cartilage,
    Vein,
    Artery,
    Nerve,
    Pleura,
    Lung,
    Canal,
    Organ,
};

std::string_view name_of(StructureKind kind);
bool from_name(std::string_view name, StructureKind& out);
/// Structures that a needle must stay out of: vessels, nerves, pleura, lung, canal, organs.
bool is_hazard(StructureKind kind);
bool is_vessel(StructureKind kind); ///< artery or vein
bool is_pleura(StructureKind kind); ///< pleura, or the lung in it

/// Index into the catalogue of the loaded atlas. Stable within one run only: logs and files use the text id.
struct StructureId {
    std::uint32_t index = 0xffffffffU;
    [[nodiscard]] bool valid() const { return index != 0xffffffffU; }
    auto operator<=>(const StructureId&) const = default;
};

} // namespace tb
