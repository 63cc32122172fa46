// Named quantities of a log: small pure functions over events, each with the events that prove its value.
// Nothing is judged here; the bands of procedure.json are applied in items.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.h"
#include "scenario/scenario.h"

namespace tb::scoring {

/// A value that was read from the log, or nothing (`known` false).
struct Found {
    double value = 0.0;
    bool known = false;
    std::vector<std::int64_t> evidence;
};

/// Evidence that something is missing: nothing. A known 0 with no event to show.
inline Found nothing() {
    return {0.0, true, {}};
}

/// The log with its turning points: positions in the list of events, `npos` where it did not happen.
class LogView {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
    LogView(const scenario::Scenario& scenario, const std::vector<events::Event>& events);

    [[nodiscard]] const scenario::Scenario& scenario() const { return *scenario_; }
    [[nodiscard]] const std::vector<events::Event>& events() const { return *events_; }
    [[nodiscard]] std::size_t first_puncture() const { return first_puncture_; } ///< of any needle
    [[nodiscard]] std::size_t injection_puncture() const { return injection_puncture_; }
    [[nodiscard]] std::size_t injection_out() const { return injection_out_; } ///< last time
    [[nodiscard]] std::size_t mark() const { return mark_; } ///< last before the injection needle

    /// All events of type T in [from, to), with their position.
    template <class T>
    [[nodiscard]] std::vector<std::size_t> all(std::size_t from = 0, std::size_t to = npos) const {
        std::vector<std::size_t> out;
        for (std::size_t i = from; i < events_->size() && i < to; ++i) {
            if ((*events_)[i].get<T>() != nullptr) out.push_back(i);
        }
        return out;
    }
    template <class T>
    [[nodiscard]] const T& at(std::size_t i) const {
        return *(*events_)[i].get<T>();
    }
    [[nodiscard]] std::int64_t seq(std::size_t i) const { return (*events_)[i].seq; }
    [[nodiscard]] double seconds(std::size_t from, std::size_t to) const {
        return seconds_of((*events_)[to].tick - (*events_)[from].tick).value();
    }
    /// The needle that went in last before this position was the injection needle.
    [[nodiscard]] bool is_injection(std::size_t i) const;

private:
    const scenario::Scenario* scenario_;
    const std::vector<events::Event>* events_;
    std::size_t first_puncture_ = npos, injection_puncture_ = npos, injection_out_ = npos, mark_ = npos;
    std::vector<std::uint8_t> injection_; ///< per event, see is_injection
};

namespace measures {

// ---- talk ----
/// How many topics of the step that count were said in [from, to).
Found topics_said(const LogView& log, std::string_view step, std::size_t from = 0,
                  std::size_t to = LogView::npos);
/// 1 if the topic was said in [from, to), else 0.
Found said(const LogView& log, std::string_view topic, std::size_t from = 0, std::size_t to = LogView::npos);
Found identifiers(const LogView& log);
/// 1 before the needle, 0.5 after it only, 0 never.
Found pain_score_recorded(const LogView& log);
/// Last stated interval to the next visit, days.
Found follow_up_days(const LogView& log);

// ---- preparation ----
Found items_present(const LogView& log);
Found item_taken(const LogView& log, std::string_view item);
/// Longest time of one run of the activity in [from, to), s.
Found longest_activity(const LogView& log, std::string_view activity, std::size_t from = 0,
                       std::size_t to = LogView::npos);
/// Sum of all runs, s.
Found total_activity(const LogView& log, std::string_view activity, std::size_t from,
                     std::size_t to = LogView::npos);
Found count_activity(const LogView& log, std::string_view activity, std::size_t from,
                     std::size_t to = LogView::npos);
/// Dose in both syringes as fraction of this patient's maximum.
Found planned_dose_fraction(const LogView& log);
/// Air left in the injection syringe: 0 if it was expelled after the last drawing up, else 0.1 mL (est.).
Found air_left(const LogView& log);
Found declared(const LogView& log, std::string_view what);
/// Length of the injection needle minus the planned way to the point, mm.
Found spare_length(const LogView& log);
Found gauge(const LogView& log, events::Syringe syringe);
/// 1 sterile, 0.5 clean and the site untouched, 0 none or touched with unsterile gloves.
Found glove_state(const LogView& log);
/// 1 a listed posture, 0.5 another lying one, 0 sitting.
Found posture(const LogView& log);

// ---- locating ----
/// The muscle (with or without side) is one of the plan's candidates.
bool muscle_listed(const LogView& log, const std::string& id);
/// Rank of the first right candidate among those declared; 99 if none is right.
Found candidate_rank(const LogView& log);
/// Mark to the wanted point along the skin, mm.
Found distance_of_mark(const LogView& log);
/// The same; without a mark 10 mm where pressure was held on a wanted point, as that is how near a hold must
/// be to name it.
Found distance_found(const LogView& log);
/// Mark to the nearest spot where pressure was held; without a hold, to the spot that was felt to be most
/// tender; mm.
Found mark_to_found_spot(const LogView& log);
/// Median force of strokes and holds over the candidate muscles, kg.
Found palpation_pressure(const LogView& log);
/// Time with the finger on the skin before the mark, s.
Found search_time(const LogView& log);
/// Of band, spot, referral, recognition: how many were checked at one trigger point.
Found criteria_checked(const LogView& log);
/// The hold on a wanted point that lies best within 5 to 10 s; else the longest, s.
Found hold_time(const LogView& log);
/// 1 main risk named, 0.5 another listed one, 0 only wrong ones.
Found risk_named(const LogView& log);

// ---- skin ----
Found friction_time(const LogView& log); ///< s
Found contact_time(const LogView& log);  ///< friction and drying, s
Found coverage(const LogView& log);      ///< percent
Found outward(const LogView& log);       ///< share 0..1
Found drying_time(const LogView& log);   ///< s
Found dryness(const LogView& log);       ///< share of the needed drying time
/// Unsterile touches of the cleaned field; 2 or more where it was not cleaned again before the needle.
Found unsterile_touches(const LogView& log);
/// Antiseptic on the skin at the needle; empty if none.
std::string antiseptic_used(const LogView& log);
/// Some skin was cleaned before the needle came out, wherever.
bool cleaned_somewhere(const LogView& log);

// ---- anaesthesia ----
/// "wheal", "spray", "none" (agreed) or empty.
std::string anaesthesia_method(const LogView& log);
/// 1 preference asked, 0.5 not asked, 0 allergy conflict.
Found method_fits(const LogView& log);
Found wheal_angle(const LogView& log);  ///< deg
Found wheal_depth(const LogView& log);  ///< below the skin, mm
Found wheal_volume(const LogView& log); ///< mL
Found wheal_rate(const LogView& log);   ///< s per 0.1 mL
Found wheal_in_skin(const LogView& log);
Found spray_distance(const LogView& log);     ///< cm
Found spray_time(const LogView& log);         ///< s
Found needle_after_spray(const LogView& log); ///< s
Found wait_time(const LogView& log);          ///< wheal to injection needle, s
/// 1 tested with the point, 0.5 asked only, 0 not.
Found numbness_tested(const LogView& log);

// ---- needle ----
/// 1 before the needle, 0.5 late, 0 never.
Found warned(const LogView& log);
/// 1 held while the needle went in, 0.5 held before but let go, 0 never.
Found band_fixed(const LogView& log);
/// "fold", "perpendicular" or "oblique": the way in that was used, within what the plan allows.
std::string entry_variant(const LogView& log);
Found entry_offset(const LogView& log);     ///< entry to mark, else to the nearest held spot, mm
Found entry_angle(const LogView& log);      ///< deg to the skin
Found pleura_clearance(const LogView& log); ///< closest, mm; 30 if nothing nearer was stated
Found tip_to_target(const LogView& log);    ///< mm
Found length_outside(const LogView& log);   ///< mm
/// Share of the injection needle's advance beyond the first fascia during which its tip was inside the slice
/// of a live ultrasound picture, percent; evidence: the findings that state it.
Found needle_followed(const LogView& log);
Found advance_speed(const LogView& log);    ///< fastest over half a second, mm/s
Found aspiration_share(const LogView& log); ///< percent of injections with aspiration before
Found first_aspirated(const LogView& log);
Found aspiration_hold(const LogView& log);    ///< longest pull, s
double aspiration_needed(const LogView& log); ///< time that the needle in use needs to show blood, s
Found volume_per_site(const LogView& log);    ///< largest, mL
Found sites(const LogView& log);
Found injection_rate(const LogView& log); ///< fastest, mL/s
/// 1 no injection against nerve pain, 0 otherwise.
Found no_nerve_pain(const LogView& log);
Found passes(const LogView& log);
Found withdrawn_depth(const LogView& log); ///< worst before a new direction, mm
Found sharps_time(const LogView& log);     ///< skin to sharps box, s

// ---- afterwards ----
Found rechecked(const LogView& log);      ///< 0..2: palpated again, score asked
Found pain_reduction(const LogView& log); ///< points of 10
Found observation(const LogView& log);    ///< min
Found sharps_share(const LogView& log);   ///< percent
Found fields_recorded(const LogView& log);

} // namespace measures
} // namespace tb::scoring
