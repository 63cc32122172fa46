// Where the electric pain of a nerve goes: the textbook territories of the nerves that the body has.
#include <array>

#include <fmt/format.h>

#include "session/patient_words.h"

namespace tb::session {

std::string nerve_words(std::string_view nerve) {
    struct Territory {
        std::string_view begins, where;
    };
    static constexpr std::array<Territory, 35> kTerritories{{
        {"brachial-plexus-lower", "down the inner side of my arm into the little finger"},
        {"brachial-plexus-c5", "into my shoulder and the outer arm"},
        {"brachial-plexus", "down my arm into the hand"},
        {"lateral-cord", "down my arm into the thumb"},
        {"posterior-cord", "down the back of my arm"},
        {"medial-cord", "down the inner side of my arm into the little finger"},
        {"suprascapular", "deep into the back of my shoulder"},
        {"axillary", "over the outer side of my shoulder"},
        {"radial", "down the back of my arm to the back of the hand"},
        {"musculocutaneous", "down the thumb side of my forearm"},
        {"median", "into my thumb and first two fingers"},
        {"ulnar", "into my little finger"},
        {"accessory", "into my shoulder, it jerked"},
        {"greater-occipital", "up the back of my head to the top"},
        {"lesser-occipital", "up behind my ear"},
        {"great-auricular", "over my ear and the angle of the jaw"},
        {"phrenic", "up to the tip of my shoulder, and I hiccup"},
        {"vagus", "in my throat, and I feel faint"},
        {"sympathetic-trunk", "deep in my neck"},
        {"dorsal-scapular", "along the inner edge of my shoulder blade"},
        {"long-thoracic", "down the side of my chest"},
        {"femoral", "down the front of my thigh"},
        {"lateral-femoral", "over the outer side of my thigh"},
        {"obturator", "down the inner side of my thigh"},
        {"superior-gluteal", "deep in my buttock"},
        {"inferior-gluteal", "deep in my buttock"},
        {"pudendal", "between my legs"},
        {"sciatic", "down the back of my leg into the foot"},
        {"posterior-femoral", "down the back of my thigh"},
        {"tibial", "down my calf into the sole"},
        {"deep-fibular", "between my first two toes"},
        {"common-fibular", "down the outer side of my leg to the top of the foot"},
        {"superficial-fibular", "over the top of my foot"},
        {"sural", "down the outer side of my calf to the foot"},
        {"saphenous", "down the inner side of my leg to the ankle"},
    }};
    for (const Territory& t : kTerritories) {
        if (nerve.starts_with(t.begins)) return fmt::format("Aah! An electric shock, {}!", t.where);
    }
    return "Aah! An electric shock, shooting along from there!";
}

} // namespace tb::session
