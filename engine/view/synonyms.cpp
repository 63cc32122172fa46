// Other names in clinical use: older nomenclature (Nomina Anatomica, BNA), short forms, lay words.
#include <array>
#include <utility>

#include "view/find.h"
#include "view/words.h"

namespace tb::view {
namespace {

struct Row {
    std::string_view begins; ///< of the id without side
    std::string_view names;  ///< with | between
};
constexpr Row kRows[] = {
    {"sternocleidomastoid", "SCM|sternomastoid"},
    {"scalenus_anterior", "anterior scalene"},
    {"scalenus_medius", "middle scalene"},
    {"scalenus_posterior", "posterior scalene"},
    {"levator_scapulae", "elevator of the scapula"},
    {"trapezius_descending", "upper trapezius|traps|superior trapezius"},
    {"trapezius_transverse", "middle trapezius|traps"},
    {"trapezius_ascending", "lower trapezius|traps|inferior trapezius"},
    {"deltoid_clavicular", "anterior deltoid|front deltoid"},
    {"deltoid_acromial", "middle deltoid|lateral deltoid"},
    {"deltoid_spinal", "posterior deltoid|rear deltoid"},
    {"latissimus_dorsi", "lats|broad muscle of the back"},
    {"pectoralis_major", "pecs|greater pectoral muscle"},
    {"pectoralis_minor", "smaller pectoral muscle"},
    {"biceps_brachii", "biceps"},
    {"triceps", "triceps"},
    {"brachioradialis", "supinator longus"},
    {"quadratus_lumborum", "QL"},
    {"iliocostalis", "erector spinae"},
    {"longissimus", "erector spinae"},
    {"spinalis", "erector spinae"},
    {"rectus_abdominis", "abs|six-pack"},
    {"external_oblique", "external abdominal oblique"},
    {"internal_oblique", "internal abdominal oblique"},
    {"psoas_major", "iliopsoas|psoas"},
    {"iliacus", "iliopsoas"},
    {"gluteus_maximus", "glutes|buttock"},
    {"gluteus_medius", "glutes"},
    {"gluteus_minimus", "glutes"},
    {"tensor_fasciae_latae", "TFL|tensor of fascia lata"},
    {"iliotibial_tract", "IT band|ITB|iliotibial band"},
    {"piriformis", "pear-shaped muscle"},
    {"rectus_femoris", "quadriceps|quads"},
    {"vastus", "quadriceps|quads"},
    {"sartorius", "tailor's muscle"},
    {"semitendinosus", "hamstrings"},
    {"semimembranosus", "hamstrings"},
    {"biceps_femoris", "hamstrings"},
    {"gastrocnemius", "calf|triceps surae"},
    {"soleus", "calf|triceps surae"},
    {"calcaneal_tendon", "Achilles tendon"},
    {"fibularis_longus", "peroneus longus|peroneal"},
    {"fibularis_brevis", "peroneus brevis|peroneal"},
    {"fibularis_tertius", "peroneus tertius|peroneal"},
    {"flexor_accessorius", "quadratus plantae"},
    {"C1", "atlas"},
    {"C2", "axis|dens"},
    {"C7", "vertebra prominens"},
    {"sacrum", "tailbone"},
    {"hip", "hip bone|innominate bone|pelvis|ilium|ischium|pubis|os coxae"},
    {"clavicle", "collarbone"},
    {"scapula", "shoulder blade"},
    {"sternum_body", "breastbone"},
    {"manubrium", "breastbone"},
    {"mandible", "lower jaw|jaw bone"},
    {"skull", "cranium"},
    {"femur", "thigh bone"},
    {"patella", "kneecap"},
    {"tibia", "shin bone"},
    {"fibula", "calf bone"},
    {"calcaneus", "heel bone"},
    {"talus", "ankle bone"},
    {"scaphoid", "navicular of the hand"},
    {"capitate", "os magnum"},
    {"brachiocephalic-trunk", "innominate artery"},
    {"internal-thoracic-artery", "internal mammary artery"},
    {"great-saphenous-vein", "long saphenous vein"},
    {"small-saphenous-vein", "short saphenous vein|lesser saphenous vein"},
    {"deep-femoral-artery", "profunda femoris"},
    {"deep-brachial-artery", "profunda brachii"},
    {"femoral-artery", "superficial femoral artery|SFA"},
    {"common-carotid-artery", "carotid"},
    {"accessory-nerve", "cranial nerve XI|CN XI|spinal accessory nerve"},
    {"vagus-nerve", "cranial nerve X|CN X"},
    {"greater-occipital-nerve", "nerve of Arnold|GON"},
    {"long-thoracic-nerve", "nerve of Bell"},
    {"common-fibular-nerve", "common peroneal nerve"},
    {"deep-fibular-nerve", "deep peroneal nerve"},
    {"superficial-fibular-nerve", "superficial peroneal nerve"},
    {"sciatic-nerve", "ischiadic nerve"},
    {"lateral-femoral-cutaneous-nerve", "meralgia paraesthetica"},
    {"pleura", "lung|chest cavity|pneumothorax"},
    {"spinal-cord", "myelon"},
    {"dural-sac", "thecal sac|epidural"},
    {"intercostal-bundle", "intercostal nerve|intercostal artery|intercostal vein|neurovascular bundle"},
};

} // namespace

std::vector<std::string_view> synonyms(std::string_view base_id) {
    std::vector<std::string_view> out;
    for (const Row& row : kRows) {
        // "C1" must not stand for "C10"; the other beginnings are meant as such.
        const bool whole = row.begins.size() <= 4 ? base_id == row.begins : base_id.starts_with(row.begins);
        if (!whole) continue;
        for (const std::string_view name : split(row.names, '|'))
            out.push_back(name);
    }
    return out;
}

} // namespace tb::view
