#include "base/structure.h"

#include <array>
#include <utility>

namespace tb {
namespace {
constexpr std::array<std::pair<StructureKind, std::string_view>, 14> kNames = {{
    {StructureKind::Outside, "outside"},
    {StructureKind::Skin, "skin"},
    {StructureKind::Subcutis, "subcutis"},
    {StructureKind::Muscle, "muscle"},
    {StructureKind::Tendon, "tendon"},
    {StructureKind::Bone, "bone"},
    {StructureKind::Cartilage, "cartilage"},
    {StructureKind::Vein, "vein"},
    {StructureKind::Artery, "artery"},
    {StructureKind::Nerve, "nerve"},
    {StructureKind::Pleura, "pleura"},
    {StructureKind::Lung, "lung"},
    {StructureKind::Canal, "canal"},
    {StructureKind::Organ, "organ"},
}};
}

std::string_view name_of(StructureKind kind) {
    for (const auto& [k, name] : kNames) {
        if (k == kind) return name;
    }
    return "outside";
}

bool from_name(std::string_view name, StructureKind& out) {
    for (const auto& [k, n] : kNames) {
        if (n == name) {
            out = k;
            return true;
        }
    }
    return false;
}

bool is_vessel(StructureKind kind) {
    return kind == StructureKind::Artery || kind == StructureKind::Vein;
}
bool is_pleura(StructureKind kind) {
    return kind == StructureKind::Pleura || kind == StructureKind::Lung;
}

bool is_hazard(StructureKind kind) {
    switch (kind) {
    case StructureKind::Vein:
    case StructureKind::Artery:
    case StructureKind::Nerve:
    case StructureKind::Pleura:
    case StructureKind::Lung:
    case StructureKind::Canal:
    case StructureKind::Organ:
        return true;
    default:
        return false;
    }
}

} // namespace tb
