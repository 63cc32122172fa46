// What the patient says, shows and rates.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "session/patient_words.h"
#include "session/stepper.h"

namespace tb::session {
namespace {

/// Full relief of a deposit up to here, none beyond, mm from the nodule's centre (est.).
constexpr double kReliefFull_mm = 5.0;
constexpr double kReliefNone_mm = 15.0;

} // namespace

std::string place_words(std::string_view zone) {
    struct Words {
        std::string_view zone, text;
    };
    static constexpr std::array<Words, 12> kWords{{{"head.temple", "my temple"},
                                                   {"head.mastoid", "behind my ear"},
                                                   {"head.retroauricular", "behind my ear"},
                                                   {"head.occiput", "the back of my head"},
                                                   {"head.orbit", "my eye"},
                                                   {"head.jaw_angle", "my jaw"},
                                                   {"head.forehead", "my forehead"},
                                                   {"neck.posterolateral", "the side of my neck"},
                                                   {"neck.posterior", "the back of my neck"},
                                                   {"neck.angle", "the angle of my neck"},
                                                   {"shoulder.posterior", "the back of my shoulder"},
                                                   {"shoulder.anterior", "the front of my shoulder"}}};
    for (const Words& w : kWords) {
        if (w.zone == zone) return std::string(w.text);
    }
    const auto dot = zone.find('.');
    std::string text = "my " + std::string(zone.substr(0, dot));
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

std::string referral_words(const anatomy::TriggerPoint* point, const scenario::Patient& patient) {
    if (point == nullptr) return "further away";
    // The farthest part of the pain the patient drew that this point can explain, else where the point always
    // refers to.
    for (const auto* zones : {&point->referral_spillover, &point->referral_primary}) {
        for (const std::string& zone : *zones) {
            const auto& drawn = patient.pain_zones;
            if (std::find(drawn.begin(), drawn.end(), zone) != drawn.end()) return place_words(zone);
        }
    }
    return point->referral_primary.empty() ? "further away" : place_words(point->referral_primary.front());
}

void Stepper::speak(std::string_view text, double pain) {
    s_.last_words = std::string(text);
    s_.last_words_at = s_.now;
    session_.changed_ = true;
    emit(events::PatientSaid{s_.last_words, pain});
}

void Stepper::hurt(double pain, double seconds) {
    const Tick until = s_.now + ticks_of(Seconds(seconds));
    if (pain < s_.pain_now && s_.now < s_.pain_until) return; // a weaker pain does not cover a stronger one
    if (pain != s_.pain_now) session_.changed_ = true;
    s_.pain_now = pain;
    s_.pain_until = until;
}

double Stepper::pain_rating() const {
    double pain = scenario_.patient.pain_on_movement;
    for (const auto& [index, drop] : s_.relief) {
        if (band(index)->state == anatomy::PointState::Active) pain -= drop;
    }
    return std::max(0.0, std::round(pain));
}

void Stepper::relieve(int index, double distance_mm) {
    const double share =
        std::clamp((kReliefNone_mm - distance_mm) / (kReliefNone_mm - kReliefFull_mm), 0.0, 1.0);
    if (share <= 0.0) return;
    const bool twitched = s_.twitches.contains(index) && s_.twitches.at(index) > 0;
    const double drop = share * (twitched ? s_.random.uniform(2.0, 5.0) : s_.random.uniform(0.0, 1.0));
    double& relief = s_.relief[index];
    relief = std::max(relief, drop);
}

bool Stepper::numb_at(const geometry::Vec3& skin_point) const {
    return s_.numb_centre && s_.now >= s_.numb_from && s_.now < s_.numb_until &&
           glm::length(skin_point - *s_.numb_centre) <= s_.numb_radius_mm;
}

void Stepper::answer(const std::string& topic) {
    const auto rating = [&](std::string_view words) {
        const double pain = pain_rating();
        speak(fmt::format("{} {:.0f}.", words, pain), pain);
    };
    const FingerState& f = s_.finger;
    const auto own = scenario_.patient.answers.find(topic);
    const bool has_own = own != scenario_.patient.answers.end();

    if (topic == "indication.pain_score" && s_.relief.empty()) {
        if (has_own) return speak(own->second, scenario_.patient.pain_on_movement);
        return rating("When I move, about a");
    }
    if (topic == "indication.pain_score" || topic == "recheck.pain_score")
        return rating("Now, when I move, a");
    if (topic == "palpation.hurts") {
        const double pain = f.touching ? f.pain : s_.algometer.touching ? s_.algometer.pain : 0.0;
        if (pain < 1.0) return speak("No, that is only pressure.", pain);
        return speak(pain < 4.0 ? "A little." : pain < 6.5 ? "Yes, quite." : "Yes, very much!", pain);
    }
    if (topic == "palpation.familiar" || topic == "palpation.spread") {
        const auto* b = f.touching ? band(f.nodule) : nullptr;
        if (b == nullptr || !f.hold_referred) {
            return speak(topic == "palpation.spread" ? "No, it stays here." : "No, that is not what I know.");
        }
        const std::string where = referral_words(body_.atlas().trigger_point(b->point), scenario_.patient);
        if (topic == "palpation.spread") return speak(fmt::format("Yes, to {}.", where), f.pain);
        return speak(f.hold_recognised ? "Yes, that is exactly it."
                                       : "It spreads, but that is not the pain I know.",
                     f.pain);
    }
    if (topic == "wait.sharp_test" || topic == "wait.numb") {
        const bool numb = s_.numb_centre && numb_at(*s_.numb_centre);
        if (topic == "wait.numb") return speak(numb ? "Yes, it feels like cardboard." : "No, not yet.");
        return speak(numb ? "Dull." : "Sharp!");
    }
    if (topic == "recheck.movement") {
        const double before = scenario_.patient.pain_on_movement;
        return speak(pain_rating() <= before - 2.0 ? "Much freer than before." : "About the same as before.");
    }
    const auto* t = scenario_.tables.topic(topic);
    const std::string& text = has_own ? own->second : t->answer;
    if (!text.empty()) speak(text);
}

} // namespace tb::session
