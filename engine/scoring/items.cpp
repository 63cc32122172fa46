#include "scoring/items.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "procedure/machine.h"
#include "procedure/words.h"

namespace tb::scoring {
namespace {

namespace words = procedure::words;
namespace m = measures;
using procedure::Bands;

std::string yes_no(const Found& f, std::string_view yes, std::string_view no) {
    return std::string(f.known && f.value > 0.0 ? yes : no);
}

/// A number as people write it: no more decimals than it needs.
std::string num(double v) { return fmt::format("{:.3g}", v); }

class Items {
public:
    Items(const LogView& log, const procedure::Procedure& procedure) : log_(log), procedure_(procedure) {}

    std::vector<Reading> read(std::string_view item) {
        step_ = item;
        if (item == "identity") identity();
        if (item == "indication") indication();
        if (item == "safety-screen") safety_screen();
        if (item == "consent") consent();
        if (item == "gather") gather();
        if (item == "drug-check") drug_check();
        if (item == "needle-choice") needle_choice();
        if (item == "hands") hands();
        if (item == "gloves") gloves();
        if (item == "place") place();
        if (item == "history-map") history_map();
        if (item == "palpate") palpate();
        if (item == "confirm") confirm();
        if (item == "risk-name") risk_name();
        if (item == "mark") mark();
        if (item == "antiseptic") antiseptic();
        if (item == "dry") dry();
        if (item == "no-touch") no_touch();
        if (item == "choose-anaesthesia") choose_anaesthesia();
        if (item == "wheal") wheal();
        if (item == "wait") wait();
        if (item == "warn") warn();
        if (item == "fix") fix();
        if (item == "enter") enter();
        if (item == "depth") depth();
        if (item == "aspirate") aspirate();
        if (item == "deposit") deposit();
        if (item == "fan") fan();
        if (item == "withdraw") withdraw();
        if (item == "pressure") pressure();
        if (item == "stretch") stretch();
        if (item == "recheck") recheck();
        if (item == "observe") observe();
        if (item == "sharps") sharps();
        if (item == "hands-2") hands_again();
        if (item == "advice") advice();
        if (item == "record") record();
        if (item == "follow-up") follow_up();
        return std::move(out_);
    }

private:
    /// Adds a reading that is graded by given bands.
    Reading& add(std::string name, std::string unit, const Found& f, double grade, std::string expected, std::string sentence) {
        Reading r;
        r.measured = {std::move(name), std::move(unit), f.value, f.known, f.known ? grade : 0.0, std::move(expected), f.evidence};
        r.sentence = std::move(sentence);
        out_.push_back(std::move(r));
        return out_.back();
    }
    /// A measure of procedure.json by its name; a missing row is graded 0 and says so.
    Reading& table(std::string_view step, std::string_view measure, const Found& f, std::string_view unit, std::string sentence) {
        const procedure::Measure* row = procedure_.measure(step, measure);
        if (row == nullptr) return add(std::string(measure), std::string(unit), f, 0.0, "no such measure in the table", "");
        return add(row->name, std::string(unit), f, procedure::grade(row->bands, f.value),
                   procedure::describe(row->bands, unit), std::move(sentence));
    }
    Reading& table(std::string_view measure, const Found& f, std::string_view unit, std::string sentence) {
        return table(step_, measure, f, unit, std::move(sentence));
    }
    /// A yes or no; 0.5 where it was half done.
    Reading& flag(std::string name, const Found& f, std::string sentence) {
        return add(std::move(name), "", f, std::clamp(f.value, 0.0, 1.0), "yes", std::move(sentence));
    }
    [[nodiscard]] const scenario::Plan& plan() const { return log_.scenario().plan; }

    // ---- before touching the patient ----
    void identity() {
        const Found n = m::identifiers(log_);
        table("identifiers confirmed", n, "of 2", fmt::format("You confirmed {} of 2 identifiers (name, date of birth).", num(n.value)));
        const Found side = m::said(log_, "identity.side", 0, log_.first_puncture());
        flag("side and region confirmed", side,
             yes_no(side, "You confirmed side and region.", "You did not confirm the side and region to be treated."));
    }
    void indication() {
        const Found n = m::topics_said(log_, step_, 0, log_.first_puncture());
        table("conservative treatment asked about", n, "of 4",
              fmt::format("You asked about {} of 4 earlier treatments.", num(n.value)));
        const Found score = m::pain_score_recorded(log_);
        flag("pain score recorded", score,
             score.value >= 1.0  ? "You asked for the pain score before the needle."
             : score.value > 0.0 ? "You asked for the pain score only after the needle, so there is nothing to compare with."
                                 : "You did not ask for a pain score.");
    }
    void safety_screen() {
        const Found n = m::topics_said(log_, step_, 0, log_.first_puncture());
        table("screening items asked", n, "of 10",
              fmt::format("You asked {} of 10 safety questions before the needle.", num(n.value)))
            .safety = true;
        const Found thin = m::said(log_, "screen.anticoagulant", 0, log_.first_puncture());
        flag("blood thinners asked about", thin,
             yes_no(thin, "You asked about blood thinners.", "You did not ask about blood thinners before the needle."));
    }
    void consent() {
        const Found n = m::topics_said(log_, step_, 0, log_.first_puncture());
        table("consent elements covered", n, "of 8", fmt::format("You covered {} of 8 elements of consent.", num(n.value)));
        const Found agreed = m::said(log_, "consent.agree", 0, log_.first_puncture());
        flag("agreement asked for", agreed,
             yes_no(agreed, "You asked for agreement.", "You did not ask for agreement before the needle."))
            .safety = true;
    }

    // ---- equipment ----
    void gather() {
        const Found n = m::items_present(log_);
        table("required items present", n, "of 12", fmt::format("{} of 12 needed things were on the tray.", num(n.value)));
        const Found box = m::item_taken(log_, "sharps_box");
        flag("sharps box in reach", box, yes_no(box, "The sharps box was in reach.", "There was no sharps box in reach."))
            .safety = true;
    }
    void drug_check() {
        const Found rub = m::longest_activity(log_, words::kStopperRub, 0, log_.injection_puncture());
        table("stopper disinfected", rub, "s", fmt::format("You rubbed the stopper for {} s; 15 s are needed.", num(rub.value)));
        const Found dose = m::planned_dose_fraction(log_);
        table("planned dose as fraction of maximum", dose, "of maximum",
              dose.known ? fmt::format("The dose drawn up was {:.0f}% of this patient's maximum.", dose.value * 100.0)
                         : "Nothing was drawn up.")
            .safety = true;
        const Found air = m::air_left(log_);
        table("air left in syringe", air, "mL",
              !air.known        ? "Nothing was drawn up."
              : air.value > 0.0 ? "You left air in the syringe."
                                : "You expelled the air.");
        const Found label = m::declared(log_, words::kLabel);
        flag("syringe labelled", label, yes_no(label, "You labelled the syringe.", "You did not label the syringe."));
    }
    void needle_choice() {
        const Found spare = m::spare_length(log_);
        table("needle length minus planned depth", spare, "mm",
              spare.known ? fmt::format("The needle was {} mm longer than the way to the point; 5 to 15 mm is good.", num(spare.value))
                          : "No injection needle was mounted.");
        const Found g = m::gauge(log_, events::Syringe::Injection);
        table("gauge", g, "G", g.known ? fmt::format("You chose {} G.", num(g.value)) : "No injection needle was mounted.");
    }

    // ---- hands, gloves, position ----
    void clean_hands(std::size_t from, std::size_t to) {
        const Found rub = m::longest_activity(log_, words::kHandRub, from, to);
        const Found wash = m::longest_activity(log_, words::kHandWash, from, to);
        const procedure::Measure* soap = procedure_.measure("hands", "soap and water");
        const procedure::Measure* alcohol = procedure_.measure("hands", "alcohol rub");
        const double by_wash = soap != nullptr ? procedure::grade(soap->bands, wash.value) : 0.0;
        const double by_rub = alcohol != nullptr ? procedure::grade(alcohol->bands, rub.value) : 0.0;
        if (by_wash > by_rub) {
            table("hands", "soap and water", wash, "s", fmt::format("You washed your hands for {} s.", num(wash.value))).safety = true;
            return;
        }
        table("hands", "alcohol rub", rub, "s",
              rub.value > 0.0 ? fmt::format("You rubbed your hands for {} s; 20 s are needed.", num(rub.value))
                              : "You did not clean your hands.")
            .safety = true;
    }
    void hands() { clean_hands(0, log_.first_puncture()); }
    void hands_again() {
        if (log_.injection_out() == LogView::npos) {
            table("hands", "alcohol rub", Found{}, "s", "There was no needle after which hands would be cleaned.");
            return;
        }
        clean_hands(log_.injection_out(), LogView::npos);
    }
    void gloves() {
        const Found g = m::glove_state(log_);
        add("glove state at injection", "", g, g.value, "sterile; clean and not touching the site is borderline",
            !g.known         ? "No needle went in."
            : g.value >= 1.0 ? "You wore sterile gloves at the needle."
            : g.value > 0.0  ? "You wore clean, not sterile, gloves at the needle and did not touch the site."
                             : "You wore no gloves at the needle, or touched the site with unsterile ones.");
    }
    void place() {
        const Found p = m::posture(log_);
        add("position suits the point", "", p, p.value, "a listed position",
            !p.known         ? "No needle went in."
            : p.value >= 1.0 ? "The position suited the point."
            : p.value > 0.0  ? "The patient was lying, but not as listed for this point."
                             : "The patient was not lying when the needle went in.");
    }

    // ---- locating ----
    void history_map() {
        const Found rank = m::candidate_rank(log_);
        table("true muscle among the first candidates", rank, "rank",
              !rank.known         ? "You named no candidate muscle."
              : rank.value > 90.0 ? "The muscle that explains the complaint was not among your candidates."
                                  : fmt::format("The right muscle was number {} of your candidates.", num(rank.value)));
        if (rank.known && rank.value > 90.0) out_.back().measured.grade = 0.0;
    }
    void palpate() {
        const Found d = m::distance_of_mark(log_);
        add("distance found point to true point", "mm", d, locating_grade(d.value),
            "good up to 10 mm, half at 20 mm, nothing beyond 26 mm",
            d.known ? fmt::format("Your mark lay {:.0f} mm from the point.", d.value) : "You marked no point.");
        const Found force = m::palpation_pressure(log_);
        table("palpation pressure", force, "kg",
              force.known ? fmt::format("You pressed with about {:.1f} kg; 1.5 to 4 kg is good.", force.value)
                          : "You did not palpate the muscle.");
        const Found time = m::search_time(log_);
        table("search time per muscle", time, "s",
              time.known ? fmt::format("Your finger searched for {:.0f} s.", time.value) : "You did not search with the finger.")
            .weight = 0.5;
    }
    void confirm() {
        const Found n = m::criteria_checked(log_);
        table("criteria checked", n, "of 4",
              fmt::format("You confirmed {} of 4 criteria (band, spot, referral, recognition) at one point.", num(n.value)));
        const Found hold = m::hold_time(log_);
        table("hold to elicit referral", hold, "s",
              hold.known ? fmt::format("You held the pressure for {:.1f} s; referral needs 5 to 10 s.", hold.value)
                         : "You did not hold the pressure on the point.");
    }
    void risk_name() {
        const Found r = m::risk_named(log_);
        add("main risk named", "", r, r.value, "yes",
            !r.known         ? "You named no structure at risk."
            : r.value >= 1.0 ? "You named the main structure at risk."
            : r.value > 0.0  ? "You named a structure at risk, but not the main one."
                             : "What you named is not at risk here.");
    }
    void mark() {
        const Found d = m::mark_to_found_spot(log_);
        table("mark to point distance", d, "mm",
              d.known ? fmt::format("Your mark lay {:.0f} mm from the spot that you had pressed.", d.value)
                      : "There was no mark, or no pressed spot to compare it with.");
    }

    // ---- cleaning ----
    void antiseptic() {
        const std::string agent = m::antiseptic_used(log_);
        const std::string none = m::cleaned_somewhere(log_) ? "The needle went in where the skin was not cleaned."
                                                            : "You used no antiseptic.";
        const bool iodine = agent == "povidone_iodine_10";
        const Found time = agent.empty() ? Found{} : iodine ? m::contact_time(log_) : m::friction_time(log_);
        const std::string_view row = iodine                ? "povidone-iodine contact"
                                     : agent == "alcohol_70" ? "70% alcohol friction"
                                                             : "chlorhexidine-alcohol friction";
        table(row, time, "s",
              time.known ? fmt::format("You rubbed the antiseptic in for {:.0f} s.", time.value) : none)
            .safety = true;
        const Found cover = agent.empty() ? Found{} : m::coverage(log_);
        table("coverage of that disc", cover, "percent",
              cover.known ? fmt::format("You covered {:.0f}% of the field around the mark.", cover.value) : none)
            .safety = true;
        if (!iodine) return;
        const Found out = m::outward(log_);
        const Bands bands{{{0.7, 1.0}}, {{0.4, 0.7}}, {{0.0, 0.4}}}; // iodine goes on in outward circles (est.)
        add("from the centre outward", "share", out, procedure::grade(bands, out.value), procedure::describe(bands, "share"),
            fmt::format("{:.0f}% of the field was wetted from the centre outward.", out.value * 100.0));
    }
    void dry() {
        const std::string agent = m::antiseptic_used(log_);
        const Found time = agent.empty() ? Found{} : m::drying_time(log_);
        const std::string_view row = agent == "povidone_iodine_10" ? "drying after povidone-iodine"
                                     : agent == "alcohol_70"       ? "drying after alcohol"
                                                                   : "drying after chlorhexidine-alcohol";
        table(row, time, "s",
              time.known ? fmt::format("The antiseptic dried for {:.0f} s.", time.value) : "There was no antiseptic to dry.")
            .safety = true;
    }
    void no_touch() {
        const Found n = m::unsterile_touches(log_);
        const double grade = n.value <= 0.0 ? 1.0 : n.value < 2.0 ? 0.5 : 0.0;
        add("unsterile touches after cleaning", "count", n, grade, "good 0, borderline 1 and cleaned again",
            !n.known         ? "No needle went through cleaned skin."
            : n.value <= 0.0 ? "Nothing unsterile touched the cleaned skin."
            : n.value < 2.0  ? "You touched the cleaned skin once and cleaned it again."
                             : "You touched the cleaned skin and did not clean it again.")
            .safety = true;
    }

    // ---- anaesthesia ----
    void choose_anaesthesia() {
        const Found f = m::method_fits(log_);
        add("method fits patient", "", f, f.value, "preference asked, no allergy conflict",
            !f.known         ? "You chose no way to numb the skin."
            : f.value >= 1.0 ? "You asked what the patient prefers."
            : f.value > 0.0  ? "You did not ask what the patient prefers."
                             : "The patient is allergic to what you used.");
    }
    void wheal() {
        const std::string method = m::anaesthesia_method(log_);
        if (method == "spray") return vapocoolant();
        if (method == "none") {
            add("skin anaesthesia", "", Found{0.5, true, {}}, 0.5, "wheal or spray", "You left the skin as it was, as agreed.");
            return;
        }
        const Found raised = m::wheal_in_skin(log_);
        add("wheal raised in the skin", "", raised, raised.value, "yes",
            !raised.known         ? "You did not numb the skin."
            : raised.value >= 1.0 ? "The wheal lay in the skin."
                                  : "The fluid went too deep for a wheal.");
        const Found g = m::gauge(log_, events::Syringe::Wheal);
        table("needle gauge", raised.known ? g : Found{}, "G", fmt::format("You used {} G for the wheal.", num(g.value)));
        const Found angle = m::wheal_angle(log_);
        table("angle for intradermal wheal", angle, "deg",
              fmt::format("You entered at {:.0f} degrees for the wheal; 10 to 20 is good.", angle.value));
        const Found depth = m::wheal_depth(log_);
        table("depth", depth, "mm", fmt::format("The wheal needle lay {:.1f} mm deep.", depth.value));
        const Found volume = m::wheal_volume(log_);
        table("volume", volume, "mL", fmt::format("You gave {:.2f} mL for the wheal.", volume.value)).safety = true;
        const Found rate = m::wheal_rate(log_);
        table("rate", rate, "s per 0.1 mL", fmt::format("You gave 0.1 mL in {:.1f} s; 2 s or more stings less.", rate.value))
            .weight = 0.5;
    }
    void vapocoolant() {
        const Found far = m::spray_distance(log_);
        table("vapocoolant", "distance", far, "cm", fmt::format("You sprayed from {:.0f} cm.", far.value));
        const Found time = m::spray_time(log_);
        table("vapocoolant", "time", time, "s", fmt::format("You sprayed for {:.0f} s.", time.value)).safety = true;
        const Found after = m::needle_after_spray(log_);
        table("vapocoolant", "needle after spray", after, "s",
              after.known ? fmt::format("The needle followed {:.0f} s after the spray.", after.value) : "No needle followed.");
    }
    void wait() {
        if (m::anaesthesia_method(log_) != "spray") {
            const Found t = m::wait_time(log_);
            table("wait after lidocaine wheal", t, "s",
                  t.known ? fmt::format("You waited {:.0f} s after the wheal; it needs about 60 s.", t.value)
                          : "There was no wheal to wait for.");
        }
        const Found tested = m::numbness_tested(log_);
        flag("loss of sharpness tested", tested,
             tested.value >= 1.0  ? "You tested with the point."
             : tested.value > 0.0 ? "You only asked whether it is numb."
                                  : "You did not test whether the skin is numb.");
    }

    // ---- injection ----
    void warn() {
        const Found w = m::warned(log_);
        flag("warning given", w,
             !w.known         ? "No needle went in."
             : w.value >= 1.0 ? "You warned the patient."
             : w.value > 0.0  ? "Your warning came late."
                              : "You did not warn the patient.");
    }
    void fix() {
        const Found f = m::band_fixed(log_);
        flag("band held at the needle", f,
             !f.known         ? "No needle went in."
             : f.value >= 1.0 ? "You held the band while the needle went in."
             : f.value > 0.0  ? "You let the band go before the needle went in."
                              : "You did not hold the band.");
    }
    void enter() {
        const std::string variant = m::entry_variant(log_);
        const Found offset = m::entry_offset(log_);
        const Found angle = m::entry_angle(log_);
        const std::string offset_text =
            offset.known ? fmt::format("You entered {:.0f} mm from the mark.", offset.value) : "The needle went in without a mark.";
        const std::string angle_text =
            angle.known ? fmt::format("You entered at {:.0f} degrees to the skin.", angle.value) : "No needle went in.";
        if (variant == "fold") {
            const Bands near{{{0.0, 20.0}}, {{20.0, 30.0}}, {{30.0, 1e30}}};  // (est.)
            add("C: entry distance from mark", "mm", offset, procedure::grade(near, offset.value), procedure::describe(near, "mm"),
                offset_text);
        } else if (variant == "perpendicular") {
            table("B: angle to skin", angle, "deg", angle_text);
        } else {
            table("A: entry distance from point", offset, "mm", offset_text);
            table("A: angle to skin", angle, "deg", angle_text);
        }
        const Found pleura = m::pleura_clearance(log_);
        const Bands far{{{10.0, 1e30}}, {{3.0, 10.0}}, {{-1e30, 3.0}}}; // (est.; 3 mm as in rubric.json)
        add("distance kept from the pleura", "mm", pleura, procedure::grade(far, pleura.value), procedure::describe(far, "mm"),
            !pleura.known              ? "No needle went in."
            : pleura.evidence.empty()  ? "The needle stayed far from the pleura."
                                       : fmt::format("The tip came within {:.1f} mm of the pleura.", pleura.value))
            .safety = true;
    }
    void depth() {
        const Found tip = m::tip_to_target(log_);
        table("tip to point distance", tip, "mm",
              tip.known ? fmt::format("The tip came to {:.1f} mm from the point's centre.", tip.value) : "No needle reached for the point.");
        const Found outside = m::length_outside(log_);
        table("length of needle left outside", outside, "mm",
              outside.known ? fmt::format("{:.0f} mm of the needle stayed outside.", outside.value) : "No needle went in.")
            .safety = true;
        const Found speed = m::advance_speed(log_);
        table("advance speed", speed, "mm/s",
              speed.known ? fmt::format("You advanced at up to {:.0f} mm/s.", speed.value) : "No needle was advanced.")
            .weight = 0.5;
    }
    void aspirate() {
        const Found share = m::aspiration_share(log_);
        const Found first = m::first_aspirated(log_);
        const double grade = share.value >= 100.0 ? 1.0 : first.value > 0.0 ? 0.5 : 0.0;
        add("aspiration before each injection", "percent", share, grade, "good 100 percent, borderline before the first only",
            share.known ? fmt::format("You aspirated before {:.0f}% of the injections.", share.value) : "Nothing was injected.")
            .safety = true;
        Found hold = m::aspiration_hold(log_);
        const double needed = m::aspiration_needed(log_);
        const Found g = m::gauge(log_, events::Syringe::Injection);
        table("hold", hold, "s",
              hold.known ? fmt::format("You aspirated for {:.1f} s; at {} G blood needs about {:.1f} s to show.", hold.value,
                                       num(g.value), needed)
                         : "You did not pull the plunger back.");
        // Shorter than blood needs to show proves nothing, whatever the table says.
        if (hold.known && hold.value < needed) {
            out_.back().measured.grade = std::min(out_.back().measured.grade, 0.5 * hold.value / needed);
        }
    }
    void deposit() {
        const Found volume = m::volume_per_site(log_);
        table("volume per site", volume, "mL",
              volume.known ? fmt::format("You gave {:.2f} mL at one site.", volume.value) : "Nothing was injected.");
        const Found rate = m::injection_rate(log_);
        table("rate", rate, "mL/s",
              rate.known ? fmt::format("You injected at up to {:.2f} mL/s; 0.02 to 0.1 is good.", rate.value) : "Nothing was injected.");
        const Found calm = m::no_nerve_pain(log_);
        flag("no injection against nerve pain", calm,
             !calm.known        ? "Nothing was injected."
             : calm.value > 0.0 ? "Nothing was injected against nerve pain."
                                : "You injected against nerve pain.")
            .safety = true;
    }
    void fan() {
        const Found n = m::passes(log_);
        table("passes", n, "count", n.known ? fmt::format("You made {} passes; 4 to 8 is good.", num(n.value)) : "No needle went in.");
        if (!n.known || n.value < 2.0) return;
        const Found back = m::withdrawn_depth(log_);
        table("withdrawn to depth before redirecting", back, "mm",
              back.known ? fmt::format("You redirected with the tip {:.0f} mm deep; 2 to 6 mm is good.", back.value)
                         : "You left the skin before each new direction.");
        // Out of the skin and in again redirects safely, at the price of another hole.
        if (!back.known) {
            out_.back().measured.known = true;
            out_.back().measured.grade = 0.5;
        }
    }
    void withdraw() {
        const Found t = m::sharps_time(log_);
        table("time from skin to sharps box", t, "s",
              t.known ? fmt::format("The needle was in the sharps box after {:.0f} s.", t.value)
                      : "The needle did not go into the sharps box.");
    }

    // ---- afterwards ----
    void pressure() {
        const scenario::Patient& p = log_.scenario().patient;
        const bool thin = p.has("anticoagulant") || p.has("bleeding_disorder");
        const Found t = log_.injection_out() == LogView::npos
                            ? Found{}
                            : m::total_activity(log_, words::kGauzePressure, log_.injection_out());
        table(thin ? "pressure time on blood thinners" : "pressure time", t, "s",
              fmt::format("You pressed for {:.0f} s; {} s are needed.", t.value, thin ? 300 : 120));
    }
    void stretch() {
        Found n = log_.injection_out() == LogView::npos ? Found{}
                                                        : m::count_activity(log_, words::kStretch, log_.injection_out());
        const std::string text = fmt::format("The muscle was moved through {} of 3 full cycles.", num(n.value));
        n.value = std::min(n.value, 3.0); // more than three is no fault
        table("full cycles", n, "count", text);
    }
    void recheck() {
        const Found done = m::rechecked(log_);
        add("repalpated and score asked", "of 2", done, done.value / 2.0, "both",
            !done.known         ? "There was nothing to check again."
            : done.value >= 2.0 ? "You palpated again and asked for the score."
            : done.value > 0.0  ? "You did only one of palpating again and asking for the score."
                                : "You neither palpated again nor asked for the score.");
        const Found drop = m::pain_reduction(log_);
        if (!drop.known) return;
        table("pain reduction that counts", drop, "points of 10",
              fmt::format("The pain fell by {} points.", num(drop.value)))
            .weight = 0.5;
    }
    void observe() {
        const bool long_watch = plan().pleural_risk;
        const Found t = m::observation(log_);
        table(long_watch ? "observation after points with pleural risk or high dose" : "observation", t, "min",
              t.known ? fmt::format("You observed for {:.0f} min; {} min are needed.", t.value, long_watch ? 30 : 15)
                      : "There was nothing to observe.");
    }
    void sharps() {
        const Found share = m::sharps_share(log_);
        add("sharps disposed", "percent", share, share.value >= 100.0 ? 1.0 : 0.0, "100 percent",
            share.known ? fmt::format("{:.0f}% of the used needles are in the sharps box.", share.value) : "No needle was used.")
            .safety = true;
    }
    void advice() {
        const Found n = m::topics_said(log_, step_);
        table("advice items", n, "of 7", fmt::format("You gave {} of 7 pieces of advice.", num(n.value)));
        const Found red = m::said(log_, "advice.breathlessness");
        flag("red-flag return advice", red,
             yes_no(red, "You said when to come back at once.", "You did not say when to come back at once (breathlessness)."))
            .safety = plan().pleural_risk;
    }
    void record() {
        const Found n = m::fields_recorded(log_);
        table("fields recorded", n, "of 13", fmt::format("You recorded {} of 13 fields.", num(n.value)));
    }
    void follow_up() {
        const Found days = m::follow_up_days(log_);
        table("interval between sessions for the same muscle", days, "days",
              days.known ? fmt::format("You planned the next visit in {} days.", num(days.value)) : "You planned no next visit.");
        const Found n = m::sites(log_);
        if (!n.known) return;
        table("sites per session", n, "count", fmt::format("You injected {} sites.", num(n.value))).weight = 0.5;
    }

    const LogView& log_;
    const procedure::Procedure& procedure_;
    std::string step_;
    std::vector<Reading> out_;
};

} // namespace

double locating_grade(double distance_mm) {
    if (distance_mm <= 10.0) return 1.0;
    if (distance_mm <= 20.0) return 1.0 - 0.5 * (distance_mm - 10.0) / 10.0;
    if (distance_mm <= 26.0) return 0.5 * (26.0 - distance_mm) / 6.0;
    return 0.0;
}

std::vector<Reading> readings_of(std::string_view item, const LogView& log, const procedure::Procedure& procedure) {
    return Items(log, procedure).read(item);
}

} // namespace tb::scoring
