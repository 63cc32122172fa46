#include "view/layers.h"

#include <fmt/format.h>

#include "view/peel.h"
#include "view/words.h"

namespace tb::view {
namespace {

constexpr float kOpaque = 0.999f;

bool* switch_of(Layers& layers, std::string_view word) {
    for (const LayerSwitch& s : kKindSwitches) {
        if (word == s.word) return &(layers.*s.flag);
    }
    for (const LayerSwitch& s : {kBandsSwitch, kCutSwitch}) {
        if (word == s.word) return &(layers.*s.flag);
    }
    return nullptr;
}

tl::unexpected<Error> fault(std::string_view word, std::string_view remedy) {
    return fail(ErrorCode::BadInput, fmt::format("layer word \"{}\" is not understood; {}", word, remedy),
                "--layers");
}

/// "key=value"; returns an error or nothing.
Expected<void> set_value(Layers& layers, std::string_view word, std::string_view key,
                         std::string_view value) {
    if (key == "skin" || key == "muscles") {
        float opacity = 0.0f;
        if (!read_number(value, opacity) || !(opacity >= 0.0f && opacity <= 1.0f)) {
            return fault(word, "an opacity is a number from 0 to 1");
        }
        *switch_of(layers, key) = opacity > 0.0f;
        (key == "skin" ? layers.skin_opacity : layers.muscle_opacity) = opacity > 0.0f ? opacity : 1.0f;
        return {};
    }
    if (key == "peel") {
        int depth = 0;
        if (!read_number(value, depth) || depth < 0 || depth > 20)
            return fault(word, "peel takes a whole number from 0 to 20");
        layers.deepest_hidden_layer = depth;
        return {};
    }
    if (key == "hide" || key == "highlight") {
        if (value.empty()) return fault(word, "a structure id belongs after the equals sign");
        (key == "hide" ? layers.hidden : layers.highlighted).insert(std::string(value));
        return {};
    }
    if (key == "referral") {
        if (value.empty()) return fault(word, "a trigger point id belongs after the equals sign");
        layers.referral = std::string(value);
        return {};
    }
    return fault(word, "only skin, muscles, peel, hide, highlight and referral take a value");
}

} // namespace

Expected<Layers> parse_layers(std::string_view spec) {
    Layers layers;
    for (std::string_view word : split(spec, ',')) {
        while (!word.empty() && word.front() == ' ')
            word.remove_prefix(1);
        while (!word.empty() && word.back() == ' ')
            word.remove_suffix(1);
        if (word.empty()) continue;
        if (word == "none") {
            for (const LayerSwitch& s : kKindSwitches)
                layers.*s.flag = false;
            continue;
        }
        if (const std::size_t equals = word.find('='); equals != std::string_view::npos) {
            const auto set = set_value(layers, word, word.substr(0, equals), word.substr(equals + 1));
            if (!set) return tl::unexpected(set.error());
            continue;
        }
        const bool off = word.front() == '-';
        bool* on = switch_of(layers, off ? word.substr(1) : word);
        if (on == nullptr) {
            return fault(word, "the words are skin, muscles, bones, vessels, nerves, organs, bands, cut, "
                               "none, peel=N, hide=ID, highlight=ID "
                               "and referral=ID, each kind also with a minus before it");
        }
        *on = !off;
    }
    return layers;
}

bool skin_is_solid(const Layers& layers) {
    return layers.skin && layers.skin_opacity >= kOpaque && layers.peel <= 0.0f && !layers.cut &&
           layers.only.empty() && !layers.hidden.contains("skin") && !layers.faded.contains("skin");
}

bool skin_hides_all(const Layers& layers) {
    return skin_is_solid(layers) && !layers.lens.on && skin_openings(layers).empty();
}

bool is_shown(const anatomy::Structure& structure, const Layers& layers) {
    if (layers.hidden.contains(structure.id)) return false;
    if (layers.highlighted.contains(structure.id)) return true;
    if (layers.hazards && is_hazard(structure.kind)) return true;
    if (!layers.only.empty()) return layers.only.contains(structure.id);
    if (left_at(structure, peel_stage(structure, layers)) <= 0.0f) return false;
    if (structure.kind == StructureKind::Skin) return layers.skin;
    if (skin_hides_all(layers)) return false;
    switch (structure.kind) {
    case StructureKind::Muscle:
        return layers.muscles &&
               (layers.deepest_hidden_layer == 0 || structure.layer > layers.deepest_hidden_layer);
    case StructureKind::Tendon:
        return layers.muscles;
    case StructureKind::Bone:
    case StructureKind::Cartilage:
        return layers.bones;
    case StructureKind::Vein:
    case StructureKind::Artery:
        return layers.vessels;
    case StructureKind::Nerve:
    case StructureKind::Canal:
        return layers.nerves;
    case StructureKind::Pleura:
    case StructureKind::Lung:
    case StructureKind::Organ:
        return layers.organs;
    default:
        return false;
    }
}

namespace {

float usual_opacity(const anatomy::Structure& structure, const Layers& layers) {
    switch (structure.kind) {
    case StructureKind::Skin:
        return layers.skin_opacity;
    case StructureKind::Muscle:
    case StructureKind::Tendon:
        return layers.muscle_opacity;
    case StructureKind::Pleura:
        return 0.45f;
    case StructureKind::Lung:
        return 0.8f;
    default:
        return 1.0f;
    }
}

} // namespace

float opacity_of(const anatomy::Structure& structure, const Layers& layers) {
    const auto faded = layers.faded.find(structure.id);
    const float opacity = faded != layers.faded.end() ? faded->second : usual_opacity(structure, layers);
    const bool stays = layers.highlighted.contains(structure.id) || !layers.only.empty();
    return stays ? opacity : opacity * left_at(structure, peel_stage(structure, layers));
}

bool opens_in_lens(const anatomy::Structure& structure, const Layers& layers) {
    return layers.lens.on && !layers.highlighted.contains(structure.id) &&
           left_at(structure, layers.lens.depth) < 0.5f;
}

} // namespace tb::view
