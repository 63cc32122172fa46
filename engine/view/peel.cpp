#include "view/peel.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace tb::view {
namespace {

using namespace std::string_view_literals;

constexpr float kFar = 2000.0f;
constexpr std::array kNeck{"neck"sv, "head"sv}, kBack{"back"sv, "spine"sv}, kTrunk{"trunk"sv, "thorax"sv};
constexpr std::array kArm{"arm"sv, "forearm"sv, "hand"sv}, kLeg{"leg"sv, "hip"sv, "thigh"sv};
constexpr std::array kShoulder{"shoulder"sv}, kFoot{"foot"sv};

const std::array<render::Opening, 1> kNeckSkin{{{{-92, 1438, -kFar}, {92, kFar, kFar}}}};
const std::array<render::Opening, 2> kShoulderSkin{
    {{{-kFar, 1240, -kFar}, {-98, 1520, kFar}}, {{98, 1240, -kFar}, {kFar, 1520, kFar}}}};
const std::array<render::Opening, 1> kBackSkin{{{{-150, 950, -kFar}, {150, 1438, 50}}}};
const std::array<render::Opening, 1> kTrunkSkin{{{{-150, 900, 50}, {150, 1438, kFar}}}};
const std::array<render::Opening, 4> kArmSkin{{{{-kFar, 940, -kFar}, {-154, 1240, kFar}},
                                               {{154, 940, -kFar}, {kFar, 1240, kFar}},
                                               {{-kFar, 600, -kFar}, {-206, 940, kFar}},
                                               {{206, 600, -kFar}, {kFar, 940, kFar}}}};
const std::array<render::Opening, 1> kLegSkin{{{{-204, 30, -kFar}, {204, 950, kFar}}}};
const std::array<render::Opening, 1> kFootSkin{{{{-kFar, -kFar, -kFar}, {kFar, 30, kFar}}}};

const std::array<PeelRegion, 7> kPeelRegions{{
    {"neck", "Head and neck", kNeck, kNeckSkin},
    {"shoulder", "Shoulder", kShoulder, kShoulderSkin},
    {"back", "Back", kBack, kBackSkin},
    {"trunk", "Chest and abdomen", kTrunk, kTrunkSkin},
    {"arm", "Arm and hand", kArm, kArmSkin},
    {"leg", "Hip and leg", kLeg, kLegSkin},
    {"foot", "Foot", kFoot, kFootSkin},
}};

constexpr int kDeepestLayer = 6;

/// The stage at which a structure begins to come off.
float first_stage(const anatomy::Structure& s) {
    switch (s.kind) {
    case StructureKind::Skin:
        return 0.0f;
    case StructureKind::Muscle:
    case StructureKind::Tendon:
        return static_cast<float>(std::clamp(s.layer, 1, kDeepestLayer));
    case StructureKind::Bone:
    case StructureKind::Cartilage:
        return kPeelBones + 1.0f; // never
    default:
        return kPeelMuscles;
    }
}

} // namespace

std::span<const PeelRegion> peel_regions() {
    return kPeelRegions;
}

const PeelRegion* peel_region(std::string_view id) {
    const auto it = std::find_if(kPeelRegions.begin(), kPeelRegions.end(),
                                 [&](const PeelRegion& r) { return r.id == id; });
    return it == kPeelRegions.end() ? nullptr : &*it;
}

float peel_stage(const anatomy::Structure& structure, const Layers& layers) {
    float stage = layers.peel;
    if (structure.kind == StructureKind::Skin) return stage; // single regions open it by boxes
    for (const auto& [id, in_region] : layers.peel_in) {
        const PeelRegion* region = peel_region(id);
        if (region == nullptr || in_region <= stage) continue;
        const auto& names = region->catalogue_regions;
        if (std::find(names.begin(), names.end(), structure.region) != names.end()) stage = in_region;
    }
    return stage;
}

float left_at(const anatomy::Structure& structure, float stage) {
    return std::clamp(1.0f - (stage - first_stage(structure)), 0.0f, 1.0f);
}

std::vector<render::Opening> skin_openings(const Layers& layers) {
    std::vector<render::Opening> boxes;
    if (layers.peel >= kPeelSkin) return boxes; // no skin is left
    for (const auto& [id, stage] : layers.peel_in) {
        const PeelRegion* region = peel_region(id);
        if (region != nullptr && stage >= 0.5f * kPeelSkin)
            boxes.insert(boxes.end(), region->skin.begin(), region->skin.end());
    }
    return boxes;
}

std::string stage_words(float stage) {
    const int whole = static_cast<int>(std::lround(stage));
    if (whole <= 0) return "Skin";
    if (whole == 1) return "Skin off";
    if (whole >= 8) return "Bones alone";
    if (whole == 7) return "All muscles off";
    return fmt::format("Muscle layer {} off", whole - 1);
}

} // namespace tb::view
