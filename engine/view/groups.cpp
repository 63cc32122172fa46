#include "view/groups.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace tb::view {
namespace {

using K = StructureKind;

constexpr std::array kMuscleKinds{K::Muscle, K::Tendon}, kBoneKinds{K::Bone, K::Cartilage};
constexpr std::array kArteries{K::Artery}, kVeins{K::Vein};
constexpr std::array kNerves{K::Nerve, K::Canal};
constexpr std::array kOrgans{K::Pleura, K::Lung, K::Organ};
constexpr std::array kSkin{K::Skin};
constexpr std::array<System, 7> kSystems{{
    {"Muscles", kMuscleKinds},
    {"Bones and cartilage", kBoneKinds},
    {"Arteries", kArteries},
    {"Veins", kVeins},
    {"Nerves and spinal canal", kNerves},
    {"Pleura, lungs, organs", kOrgans},
    {"Skin", kSkin},
}};

/// Usual groups by the beginnings of their members' ids; the first match counts.
struct Named {
    std::string_view name;
    std::vector<std::string_view> begins;
};
const std::vector<Named>& named_groups() {
    static const std::vector<Named> kGroups{
        {"Trapezius", {"trapezius"}},
        {"Deltoid", {"deltoid"}},
        {"Rotator cuff", {"supraspinatus", "infraspinatus", "teres_minor", "subscapularis"}},
        {"Rhomboids", {"rhomboid"}},
        {"Scalenes", {"scalenus"}},
        {"Suboccipital muscles", {"rectus_capitis_posterior", "obliquus_capitis"}},
        {"Prevertebral muscles", {"longus_", "rectus_capitis_anterior", "rectus_capitis_lateralis"}},
        {"Splenius", {"splenius"}},
        {"Erector spinae", {"iliocostalis", "longissimus", "spinalis"}},
        {"Transversospinal muscles",
         {"semispinalis", "multifidus", "cervical_rotators", "thoracic_rotators", "lumbar_rotators"}},
        {"Small muscles between vertebrae", {"interspinales", "intertransversarii", "levatores_costarum"}},
        {"Hyoid muscles",
         {"omohyoid", "sternohyoid", "sternothyroid", "thyrohyoid", "digastric", "mylohyoid", "geniohyoid",
          "stylohyoid"}},
        {"Pectoralis major", {"pectoralis_major"}},
        {"Serratus posterior", {"serratus_posterior"}},
        {"Intercostal muscles", {"external_intercostals", "internal_intercostals", "innermost_intercostals"}},
        {"Abdominal wall",
         {"external_oblique", "internal_oblique", "transversus_abdominis", "rectus_abdominis", "linea_alba",
          "rectus_sheath"}},
        {"Pelvic floor", {"coccygeus", "iliococcygeus", "pubococcygeus", "puborectalis"}},
        {"Biceps brachii", {"biceps_brachii"}},
        {"Triceps brachii", {"triceps"}},
        {"Forearm flexors",
         {"pronator", "flexor_carpi", "palmaris_longus", "flexor_digitorum_superficialis",
          "flexor_digitorum_profundus", "flexor_pollicis_longus"}},
        {"Forearm extensors",
         {"brachioradialis", "extensor_carpi", "extensor_digitorum_", "extensor_digiti_minimi", "supinator",
          "anconeus", "abductor_pollicis_longus", "extensor_pollicis", "extensor_indicis"}},
        {"Gluteal muscles", {"gluteus", "tensor_fasciae", "iliotibial", "gluteal_aponeurosis"}},
        {"Deep lateral rotators of the hip",
         {"piriformis", "obturator_internus", "obturator_externus", "gemellus", "quadratus_femoris"}},
        {"Iliopsoas", {"psoas", "iliacus"}},
        {"Quadriceps femoris",
         {"rectus_femoris", "vastus", "quadriceps_tendon", "patellar_ligament", "patellar_retinaculum"}},
        {"Hamstrings", {"semitendinosus", "semimembranosus", "biceps_femoris"}},
        {"Adductors of the thigh",
         {"adductor_longus", "adductor_brevis", "adductor_magnus", "adductor_minimus", "pectineus",
          "gracilis"}},
        {"Calf muscles (triceps surae)", {"gastrocnemius", "soleus", "plantaris", "calcaneal_tendon"}},
        {"Deep flexors of the leg",
         {"popliteus", "tibialis_posterior", "flexor_digitorum_longus", "flexor_hallucis_longus"}},
        {"Extensors of the leg",
         {"tibialis_anterior", "extensor_digitorum_longus", "extensor_hallucis_longus", "fibularis_tertius"}},
        {"Fibular muscles", {"fibularis_longus", "fibularis_brevis"}},
        {"Cervical vertebrae", {"C1", "C2", "C3", "C4", "C5", "C6", "C7"}},
        {"Thoracic vertebrae", {"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"}},
        {"Lumbar vertebrae", {"L1", "L2", "L3", "L4", "L5"}},
        {"Rib cage", {"rib", "cartilage", "manubrium", "sternum", "xiphoid"}},
        {"Brachial plexus", {"brachial-plexus", "lateral-cord", "posterior-cord", "medial-cord"}},
        {"Intercostal bundles", {"intercostal-bundle"}},
        {"Aorta and great vessels",
         {"aortic", "thoracic-aorta", "abdominal-aorta", "brachiocephalic", "superior-vena", "inferior-vena",
          "azygos"}},
    };
    return kGroups;
}

bool holds(const System& system, StructureKind kind) {
    return std::find(system.kinds.begin(), system.kinds.end(), kind) != system.kinds.end();
}

/// Vessels and nerves have no region in the catalogue: by the middle of their box on the reference figure.
std::string region_of(const anatomy::Atlas& atlas, StructureId id) {
    const anatomy::Structure& s = atlas.structure(id);
    if (!s.region.empty()) return s.region;
    const geometry::Vec3 c = atlas.bounds(id).centre();
    if (c.y > 1430.0) return "neck and head";
    if (std::abs(c.x) > 155.0 && c.y > 700.0) return "arm";
    if (c.y > 960.0) return "trunk";
    return "leg";
}

/// "Right kidney".
bool begins_with_side(std::string_view name, anatomy::Side side) {
    if (side == anatomy::Side::Midline) return false;
    return name.starts_with(upper_first(std::string(anatomy::name_of(side))) + " ");
}

} // namespace

std::span<const System> systems() {
    return kSystems;
}

const System& system_of(StructureKind kind) {
    const auto it =
        std::find_if(kSystems.begin(), kSystems.end(), [&](const System& s) { return holds(s, kind); });
    return it != kSystems.end() ? *it : kSystems.front();
}

std::string upper_first(std::string words) {
    if (!words.empty() && words[0] >= 'a' && words[0] <= 'z')
        words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

std::string_view base_of(const anatomy::Structure& structure) {
    std::string_view id = structure.id;
    if (structure.side == anatomy::Side::Midline) return id;
    // Pairs that are no mirror images (kidneys) carry the whole word.
    const std::string_view word = anatomy::name_of(structure.side);
    std::string_view rest = id;
    rest.remove_suffix(id.ends_with(word) ? word.size() : 0);
    return rest.size() < id.size() && rest.ends_with('-') ? rest.substr(0, rest.size() - 1)
                                                          : anatomy::without_side(id);
}

std::string group_of(const anatomy::Atlas& atlas, StructureId id) {
    const anatomy::Structure& s = atlas.structure(id);
    const std::string_view base = base_of(s);
    for (const Named& g : named_groups()) {
        for (const std::string_view begin : g.begins) {
            if (base.starts_with(begin)) return std::string(g.name);
        }
    }
    const System& system = system_of(s.kind);
    if (s.kind == StructureKind::Skin) return std::string(system.name);
    return fmt::format("{}: {}", system.name, region_of(atlas, id));
}

std::vector<StructureId> members_of_group(const anatomy::Atlas& atlas, std::string_view name) {
    std::vector<StructureId> out;
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        if (group_of(atlas, StructureId{i}) == name) out.push_back(StructureId{i});
    }
    return out;
}

std::vector<StructureId> members(const anatomy::Atlas& atlas, StructureId id, Scope scope) {
    switch (scope) {
    case Scope::Structure:
        return {id};
    case Scope::BothSides: {
        const StructureId other = other_side(atlas, id);
        return other.valid() ? std::vector<StructureId>{id, other} : std::vector<StructureId>{id};
    }
    case Scope::Group:
        return members_of_group(atlas, group_of(atlas, id));
    case Scope::System:
        break;
    }
    const System& system = system_of(atlas.structure(id).kind);
    std::vector<StructureId> out;
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i) {
        if (holds(system, atlas.structure(StructureId{i}).kind)) out.push_back(StructureId{i});
    }
    return out;
}

std::vector<std::string> group_names(const anatomy::Atlas& atlas) {
    std::set<std::string> names;
    for (std::uint32_t i = 0; i < atlas.structure_count(); ++i)
        names.insert(group_of(atlas, StructureId{i}));
    return {names.begin(), names.end()};
}

StructureId other_side(const anatomy::Atlas& atlas, StructureId id) {
    const anatomy::Structure& s = atlas.structure(id);
    if (s.side == anatomy::Side::Midline) return {};
    const StructureId found = atlas.find(base_of(s), anatomy::opposite(s.side));
    return found.valid() && found != id ? found : StructureId{};
}

std::string name_with_side(std::string name, anatomy::Side side) {
    if (side != anatomy::Side::Midline && !begins_with_side(name, side) &&
        !name.ends_with(anatomy::name_of(side)))
        name += fmt::format(", {}", anatomy::name_of(side));
    return name;
}

std::string name_with_side(const anatomy::Structure& structure) {
    return name_with_side(structure.name, structure.side);
}

std::string name_without_side(const anatomy::Structure& structure) {
    if (!begins_with_side(structure.name, structure.side)) return structure.name;
    return upper_first(structure.name.substr(structure.name.find(' ') + 1));
}

} // namespace tb::view
