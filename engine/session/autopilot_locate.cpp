// The scripted trainee looks for the point: a systematic search across the fibres, refining, confirming,
// marking.
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "anatomy/queries.h"
#include "session/autopilot_script.h"

namespace tb::session {
namespace {

using geometry::Vec3;

// The search: strokes across the fibres, one line every 8 mm along them, around the textbook site (scatter
// about 10 mm).
constexpr double kLine_mm = 8.0, kReachAlong_mm = 24.0, kReachAcross_mm = 20.0;
constexpr double kStroke_N = 18.0, kStroke_mm_s = 45.0;
// Refining: slow rubs over the best spot.
constexpr double kRub_N = 34.0, kRub_mm_s = 16.0, kRub_mm = 9.0;
// Confirming: firm pressure until the patient has had time to feel the spread.
constexpr double kHold_N = 37.0, kHold_s = 6.6, kHoldLast_s = 2.0;
constexpr int kSpotsTried = 4;
constexpr double kForgotten_mm = 15.0;

/// How much a spot speaks for a trigger point: what the finger feels and what the patient shows.
double impression(const FingerState& f) {
    return f.nodule_shown + 0.5 * f.band_shown + 0.4 * f.pain;
}

} // namespace

Vec3 Script::on_map(double s, double t) const {
    return anatomy::nearest_skin(hands_.body(), map_centre_ + map_along_ * s + map_across_ * t).point;
}

void Script::locate() {
    if (textbook_ == nullptr) return;
    const Vec3 site = left_ ? geometry::mirrored(textbook_->position) : textbook_->position;
    const anatomy::SkinPoint skin = anatomy::nearest_skin(hands_.body(), site);
    map_centre_ = skin.point;
    const auto muscle = anatomy::in_muscle(hands_.body(), site);
    const Vec3 fibre = muscle ? muscle->fibre : geometry::tangents_of(skin.normal).e1;
    map_along_ = fibre - glm::dot(fibre, skin.normal) * skin.normal;
    map_along_ =
        glm::length(map_along_) > 0.2 ? glm::normalize(map_along_) : geometry::tangents_of(skin.normal).e1;
    map_across_ = glm::cross(skin.normal, map_along_);

    hands_.take(events::Tool::Finger);
    hands_.act(events::SetGrip{plan_.technique == "pincer"});
    if (errs("static_palpation")) {
        search_by_pressing();
    } else {
        search();
    }
    hands_.take(events::Tool::None);
    if (errs("careless_aim")) { // remembers the spot to a centimetre and a half
        const double angle = random_.uniform(0.0, 2.0 * std::numbers::pi);
        found_ = on_map(best_.s + kForgotten_mm * std::cos(angle), best_.t + kForgotten_mm * std::sin(angle));
    }
    plan_entry();
    if (!errs("no_risk_named")) {
        for (const std::string& structure : textbook_->at_risk)
            hands_.act(events::Declare{"structure_at_risk", structure});
        hands_.wait(3.0);
    }
    if (!errs("no_mark")) mark();
}

void Script::search() {
    const double press = errs("hard_palpation") ? 70.0 : errs("light_palpation") ? 6.0 : kStroke_N;
    std::vector<Spot> spots;
    for (double s = -kReachAlong_mm; s <= kReachAlong_mm; s += kLine_mm) {
        const std::array<Vec3, 3> way{on_map(s, -kReachAcross_mm), on_map(s, kReachAcross_mm),
                                      on_map(s, -kReachAcross_mm)};
        hands_.touch(way.front(), press);
        Spot best{s, 0.0, -1.0};
        const auto watch = [&] {
            const FingerState& f = hands_.state().finger;
            const double t = glm::dot(f.point - map_centre_, map_across_);
            if (impression(f) > best.score) best = {s, t, impression(f)};
        };
        for (int stroke = 0; stroke < 2; ++stroke) {
            const Vec3 from = way[static_cast<std::size_t>(stroke)],
                       to = way[static_cast<std::size_t>(stroke) + 1];
            // On curved skin a straight line leaves it: the hand follows the surface.
            std::vector<Vec3> along;
            for (int k = 0; k <= 8; ++k)
                along.push_back(glm::mix(from, to, k / 8.0));
            hands_.glide(along, press, kStroke_mm_s, watch);
        }
        hands_.lift();
        hands_.wait(0.5);
        spots.push_back(best);
    }
    std::stable_sort(spots.begin(), spots.end(),
                     [](const Spot& a, const Spot& b) { return a.score > b.score; });
    told("palpate");
    for (int i = 0; i < std::min<int>(kSpotsTried, static_cast<int>(spots.size())); ++i) {
        best_ = spots[static_cast<std::size_t>(i)];
        refine();
        if (confirm()) break;
    }
    told("confirm");
}

void Script::search_by_pressing() {
    best_ = {0.0, 0.0, -1.0};
    for (const double s : {-16.0, 0.0, 16.0}) {
        for (const double t : {-8.0, 8.0}) {
            hands_.touch(on_map(s, t), kStroke_N);
            hands_.wait(1.0);
            const double score = impression(hands_.state().finger);
            if (score > best_.score) best_ = {s, t, score};
            hands_.lift();
            hands_.wait(0.5);
        }
    }
    found_ = on_map(best_.s, best_.t);
    told("palpate");
    confirm();
    told("confirm");
}

void Script::refine() {
    const double press = errs("light_palpation") ? 9.0 : errs("hard_palpation") ? 70.0 : kRub_N;
    for (int round = 0; round < 2; ++round) {
        for (const bool across : {true, false}) {
            double& place = across ? best_.t : best_.s;
            const double middle = place;
            const auto at = [&](double d) {
                return across ? on_map(best_.s, middle + d) : on_map(middle + d, best_.t);
            };
            std::vector<Vec3> way;
            for (int k = -3; k <= 3; ++k)
                way.push_back(at(kRub_mm * k / 3.0));
            double sum = 0.0, weighted = 0.0;
            const Vec3 direction = across ? map_across_ : map_along_;
            const auto watch = [&] {
                const FingerState& f = hands_.state().finger;
                const double weight = f.nodule_shown + 0.4 * f.pain;
                sum += weight;
                weighted += weight * glm::dot(f.point - map_centre_, direction);
            };
            hands_.touch(way.front(), press);
            hands_.glide(way, press, kRub_mm_s, watch);
            std::reverse(way.begin(), way.end());
            hands_.glide(way, press, kRub_mm_s, watch);
            hands_.lift();
            if (sum > 0.0) place = weighted / sum;
        }
    }
    found_ = on_map(best_.s, best_.t);
}

bool Script::confirm() {
    if (errs("no_hold")) return true;
    hands_.wait(0.5);
    hands_.touch(found_, errs("hard_palpation") ? 70.0 : kHold_N);
    hands_.wait(errs("static_palpation") ? 3.0 : kHold_s);
    const bool recognised = hands_.state().last_words.starts_with("That is the pain I know");
    if (recognised) hands_.say("palpation.familiar", kHoldLast_s);
    hands_.lift();
    hands_.wait(1.0);
    return recognised;
}

void Script::mark() {
    hands_.take(events::Tool::Pen);
    const Vec3 at = errs("mark_off_20mm") ? on_map(best_.s + 20.0, best_.t) : found_;
    hands_.touch(at, 1.0);
    hands_.act(events::Mark{geometry::point(at)});
    hands_.wait(1.0);
    hands_.lift();
    hands_.take(events::Tool::None);
    told("mark");
}

} // namespace tb::session
