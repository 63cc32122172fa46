// What the procedure remembers of a session: plain values taken from events, nothing judged. Part of
// `Machine`'s state.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/hash.h"
#include "events/event.h"
#include "scenario/scenario.h"

namespace tb::procedure {

struct Facts {
    std::set<std::string> said, items, documented, candidates, risks;
    std::string anaesthesia; ///< declared method
    std::string decision;    ///< declared decision
    bool labelled = false, imaging = false;
    bool touched_pain_point = false; ///< some trigger point was met by the finger
    std::size_t criteria = 0;        ///< most criteria found at one held point

    bool hands_clean = false; ///< proper rub or wash before the first needle
    bool hands_after = false; ///< again, after the needle
    events::Gloves gloves = events::Gloves::None;
    bool gloves_spoiled = false; ///< the gloves touched uncleaned skin since they were put on
    events::Posture posture = events::Posture::Sitting;
    bool posture_set = false;

    bool marked = false;
    std::string agent; ///< antiseptic on the skin, empty: none
    double coverage = 0.0, friction_s = 0.0, dryness = 0.0;
    bool unsterile_touch = false; ///< the field was touched unsterile since it was last wiped

    bool drawn = false, air = false;
    std::map<std::string, int> gauge;       ///< by needle: "needle", "wheal_needle"
    std::set<std::string> sharps;           ///< needles mounted and not yet in the sharps box
    std::set<std::string> used;             ///< needles that went through the skin
    bool under_skin = false;                ///< a needle is in now
    events::Tool tool = events::Tool::None; ///< which one
    bool injection_in = false, injection_out = false;
    Tick needle_out = -1, wheal_at = -1;
    bool numbed = false, wheal_raised = false;
    std::string numb_method;

    std::map<std::string, double> milligrams, site_mL;
    double total_mL = 0.0, pass_mL = 0.0; ///< injection syringe; pass_mL since the last redirection
    double nearest_deposit_mm = 1e9;      ///< to a target
    bool anaesthetic_used = false;
    std::string aspiration; ///< last result since the last change of direction
    bool ever_aspirated = false, fixed = false, pincer = false;
    double nerve_depth_mm = -1.0; ///< depth at which the tip met a nerve, -1: none
    std::string nerve;
    int passes = 0, bends = 0;
    bool vessel_pierced = false;

    double pressure_s = 0.0, observed_s = 0.0;
    int stretches = 0;
    bool repalpated = false;
    bool follow_up = false;
    bool finished = false;

    bool operator==(const Facts&) const = default;
    void add_to(StateHash& hash) const;
    [[nodiscard]] bool cleaned() const { return !agent.empty() && coverage >= 0.5; }
    /// Gloves that may touch the cleaned field.
    [[nodiscard]] bool gloves_sterile() const { return gloves == events::Gloves::Sterile && !gloves_spoiled; }
    /// Topics said that the step counts.
    [[nodiscard]] int counted(const scenario::ClinicalTables& tables, std::string_view step) const;
};

/// Takes over what the event states.
void take(Facts& facts, const scenario::Scenario& scenario, const events::Event& event);

/// "needle" or "wheal_needle"; empty for other tools.
std::string_view needle_name(events::Tool tool);
std::string_view needle_name(events::Syringe syringe);

} // namespace tb::procedure
