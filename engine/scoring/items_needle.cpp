// The items of anaesthesia and injection, and those after it (see items.h).
#include "procedure/words.h"
#include "scoring/item_sheet.h"

namespace tb::scoring {
namespace {

namespace words = procedure::words;
namespace m = measures;
using procedure::Bands;

class ItemsNeedle : public ItemSheet {
public:
    using ItemSheet::ItemSheet;

    void read(std::string_view item) {
        if (item == "choose-anaesthesia") choose_anaesthesia();
        if (item == "wheal") wheal();
        if (item == "wait") wait();
        if (item == "warn") warn();
        if (item == "fix") fix();
        if (item == "enter") enter();
        if (item == "depth") depth();
        if (item == "in-plane") in_plane();
        if (item == "aspirate") aspirate();
        if (item == "deposit") deposit();
        if (item == "fan") fan();
        if (item == "withdraw") withdraw();
        if (item == "pressure") pressure();
        if (item == "stretch") stretch();
        if (item == "recheck") recheck();
        if (item == "observe") observe();
        if (item == "sharps") sharps();
        if (item == "advice") advice();
        if (item == "record") record();
        if (item == "follow-up") follow_up();
    }

private:
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
            add("skin anaesthesia", "", Found{0.5, true, {}}, 0.5, "wheal or spray",
                "You left the skin as it was, as agreed.");
            return;
        }
        const Found raised = m::wheal_in_skin(log_);
        add("wheal raised in the skin", "", raised, raised.value, "yes",
            !raised.known         ? "You did not numb the skin."
            : raised.value >= 1.0 ? "The wheal lay in the skin."
                                  : "The fluid went too deep for a wheal.");
        const Found g = m::gauge(log_, events::Syringe::Wheal);
        table("needle gauge", raised.known ? g : Found{}, "G",
              fmt::format("You used {} G for the wheal.", num(g.value)));
        const Found angle = m::wheal_angle(log_);
        table("angle for intradermal wheal", angle, "deg",
              fmt::format("You entered at {:.0f} degrees for the wheal; 10 to 20 is good.", angle.value));
        const Found depth = m::wheal_depth(log_);
        table("depth", depth, "mm", fmt::format("The wheal needle lay {:.1f} mm deep.", depth.value));
        const Found volume = m::wheal_volume(log_);
        table("volume", volume, "mL", fmt::format("You gave {:.2f} mL for the wheal.", volume.value)).safety =
            true;
        const Found rate = m::wheal_rate(log_);
        table("rate", rate, "s per 0.1 mL",
              fmt::format("You gave 0.1 mL in {:.1f} s; 2 s or more stings less.", rate.value))
            .weight = 0.5;
    }
    void vapocoolant() {
        const Found far = m::spray_distance(log_);
        table("vapocoolant", "distance", far, "cm", fmt::format("You sprayed from {:.0f} cm.", far.value));
        const Found time = m::spray_time(log_);
        table("vapocoolant", "time", time, "s", fmt::format("You sprayed for {:.0f} s.", time.value)).safety =
            true;
        const Found after = m::needle_after_spray(log_);
        table("vapocoolant", "needle after spray", after, "s",
              after.known ? fmt::format("The needle followed {:.0f} s after the spray.", after.value)
                          : "No needle followed.");
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
            offset.known ? fmt::format("You entered {:.0f} mm from the mark.", offset.value)
                         : "The needle went in without a mark or a held spot.";
        const std::string angle_text =
            angle.known ? fmt::format("You entered at {:.0f} degrees to the skin.", angle.value)
                        : "No needle went in.";
        if (variant == "fold") {
            const Bands near{{{0.0, 20.0}}, {{20.0, 30.0}}, {{30.0, 1e30}}}; // (est.)
            add("C: entry distance from mark", "mm", offset, procedure::grade(near, offset.value),
                procedure::describe(near, "mm"), offset_text);
        } else if (variant == "perpendicular") {
            table("B: angle to skin", angle, "deg", angle_text);
        } else {
            table("A: entry distance from point", offset, "mm", offset_text);
            table("A: angle to skin", angle, "deg", angle_text);
        }
        const Found pleura = m::pleura_clearance(log_);
        const Bands far{{{10.0, 1e30}}, {{3.0, 10.0}}, {{-1e30, 3.0}}}; // (est.; 3 mm as in rubric.json)
        add("distance kept from the pleura", "mm", pleura, procedure::grade(far, pleura.value),
            procedure::describe(far, "mm"),
            !pleura.known ? "No needle went in."
            : pleura.evidence.empty()
                ? "The needle stayed far from the pleura."
                : fmt::format("The tip came within {:.1f} mm of the pleura.", pleura.value))
            .safety = true;
    }
    void depth() {
        const Found tip = m::tip_to_target(log_);
        table("tip to point distance", tip, "mm",
              tip.known ? fmt::format("The tip came to {:.1f} mm from the point's centre.", tip.value)
                        : "No needle reached for the point.");
        const Found outside = m::length_outside(log_);
        table("length of needle left outside", outside, "mm",
              outside.known ? fmt::format("{:.0f} mm of the needle stayed outside.", outside.value)
                            : "No needle went in.")
            .safety = true;
        const Found speed = m::advance_speed(log_);
        table("advance speed", speed, "mm/s",
              speed.known ? fmt::format("You advanced at up to {:.0f} mm/s.", speed.value)
                          : "No needle was advanced.")
            .weight = 0.5;
    }
    void in_plane() {
        const Found f = m::needle_followed(log_);
        table(
            "depth", "advance seen in the picture", f, "percent",
            !f.known ? "No needle was advanced beyond the first fascia."
            : f.value > 0.0
                ? fmt::format("The tip was inside the picture's slice for {:.0f}% of the needle's way beyond "
                              "the fascia.",
                              f.value)
                : "The tip was never inside the picture's slice.");
    }
    void aspirate() {
        const Found share = m::aspiration_share(log_);
        const Found first = m::first_aspirated(log_);
        const double grade = share.value >= 100.0 ? 1.0 : first.value > 0.0 ? 0.5 : 0.0;
        add("aspiration before each injection", "percent", share, grade,
            "good 100 percent, borderline before the first only",
            share.known ? fmt::format("You aspirated before {:.0f}% of the injections.", share.value)
                        : "Nothing was injected.")
            .safety = true;
        Found hold = m::aspiration_hold(log_);
        const double needed = m::aspiration_needed(log_);
        const Found g = m::gauge(log_, events::Syringe::Injection);
        table("hold", hold, "s",
              hold.known
                  ? fmt::format("You aspirated for {:.1f} s; at {} G blood needs about {:.1f} s to show.",
                                hold.value, num(g.value), needed)
                  : "You did not pull the plunger back.");
        // Shorter than blood needs to show proves nothing, whatever the table says.
        if (hold.known && hold.value < needed) {
            out_.back().measured.grade = std::min(out_.back().measured.grade, 0.5 * hold.value / needed);
        }
    }
    void deposit() {
        const Found volume = m::volume_per_site(log_);
        table("volume per site", volume, "mL",
              volume.known ? fmt::format("You gave {:.2f} mL at one site.", volume.value)
                           : "Nothing was injected.");
        const Found rate = m::injection_rate(log_);
        table("rate", rate, "mL/s",
              rate.known ? fmt::format("You injected at up to {:.2f} mL/s; 0.02 to 0.1 is good.", rate.value)
                         : "Nothing was injected.");
        const Found calm = m::no_nerve_pain(log_);
        flag("no injection against nerve pain", calm,
             !calm.known        ? "Nothing was injected."
             : calm.value > 0.0 ? "Nothing was injected against nerve pain."
                                : "You injected against nerve pain.")
            .safety = true;
    }
    void fan() {
        const Found n = m::passes(log_);
        table("passes", n, "count",
              n.known ? fmt::format("You made {} passes; 4 to 8 is good.", num(n.value))
                      : "No needle went in.");
        if (!n.known || n.value < 2.0) return;
        const Found back = m::withdrawn_depth(log_);
        table("withdrawn to depth before redirecting", back, "mm",
              back.known
                  ? fmt::format("You redirected with the tip {:.0f} mm deep; 2 to 6 mm is good.", back.value)
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
        Found n = log_.injection_out() == LogView::npos
                      ? Found{}
                      : m::count_activity(log_, words::kStretch, log_.injection_out());
        const std::string text =
            fmt::format("The muscle was moved through {} of 3 full cycles.", num(n.value));
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
            .weight = 0.0; // an outcome that also depends on chance: shown, not scored
    }
    void observe() {
        const bool long_watch = plan().pleural_risk;
        const Found t = m::observation(log_);
        table(long_watch ? "observation after points with pleural risk or high dose" : "observation", t,
              "min",
              t.known ? fmt::format("You observed for {:.0f} min; {} min are needed.", t.value,
                                    long_watch ? 30 : 15)
                      : "There was nothing to observe.");
    }
    void sharps() {
        const Found share = m::sharps_share(log_);
        add("sharps disposed", "percent", share, share.value >= 100.0 ? 1.0 : 0.0, "100 percent",
            share.known ? fmt::format("{:.0f}% of the used needles are in the sharps box.", share.value)
                        : "No needle was used.")
            .safety = true;
    }
    void advice() {
        const Found n = m::topics_said(log_, step_);
        table("advice items", n, "of 7", fmt::format("You gave {} of 7 pieces of advice.", num(n.value)));
        const Found red = m::said(log_, "advice.breathlessness");
        flag("red-flag return advice", red,
             yes_no(red, "You said when to come back at once.",
                    "You did not say when to come back at once (breathlessness)."))
            .safety = plan().pleural_risk;
    }
    void record() {
        const Found n = m::fields_recorded(log_);
        table("fields recorded", n, "of 13", fmt::format("You recorded {} of 13 fields.", num(n.value)));
    }
    void follow_up() {
        const Found days = m::follow_up_days(log_);
        table("interval between sessions for the same muscle", days, "days",
              days.known ? fmt::format("You planned the next visit in {} days.", num(days.value))
                         : "You planned no next visit.");
        const Found n = m::sites(log_);
        if (!n.known) return;
        table("sites per session", n, "count", fmt::format("You injected {} sites.", num(n.value))).weight =
            0.5;
    }
};

} // namespace

std::vector<Reading> readings_needle(std::string_view item, const LogView& log,
                                     const procedure::Procedure& procedure) {
    ItemsNeedle items(log, procedure, item);
    items.read(item);
    return items.take();
}

} // namespace tb::scoring
