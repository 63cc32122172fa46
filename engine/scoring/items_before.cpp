// The items before anaesthesia: patient, equipment, hands, position, locating, cleaning (see items.h).
#include "procedure/words.h"
#include "scoring/item_sheet.h"

namespace tb::scoring {
namespace {

namespace words = procedure::words;
namespace m = measures;
using procedure::Bands;

class ItemsBefore : public ItemSheet {
public:
    using ItemSheet::ItemSheet;

    void read(std::string_view item) {
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
        if (item == "hands-2") hands_again();
    }

private:
    // ---- before touching the patient ----
    void identity() {
        const Found n = m::identifiers(log_);
        table("identifiers confirmed", n, "of 2",
              fmt::format("You confirmed {} of 2 identifiers (name, date of birth).", num(n.value)));
        const Found side = m::said(log_, "identity.side", 0, log_.first_puncture());
        flag("side and region confirmed", side,
             yes_no(side, "You confirmed side and region.",
                    "You did not confirm the side and region to be treated."));
    }
    void indication() {
        const Found n = m::topics_said(log_, step_, 0, log_.first_puncture());
        table("conservative treatment asked about", n, "of 4",
              fmt::format("You asked about {} of 4 earlier treatments.", num(n.value)));
        const Found score = m::pain_score_recorded(log_);
        flag("pain score recorded", score,
             score.value >= 1.0 ? "You asked for the pain score before the needle."
             : score.value > 0.0
                 ? "You asked for the pain score only after the needle, so there is nothing to compare with."
                 : "You did not ask for a pain score.");
    }
    void safety_screen() {
        const Found n = m::topics_said(log_, step_, 0, log_.first_puncture());
        table("screening items asked", n, "of 10",
              fmt::format("You asked {} of 10 safety questions before the needle.", num(n.value)))
            .safety = true;
        const Found thin = m::said(log_, "screen.anticoagulant", 0, log_.first_puncture());
        flag("blood thinners asked about", thin,
             yes_no(thin, "You asked about blood thinners.",
                    "You did not ask about blood thinners before the needle."));
    }
    void consent() {
        const Found n = m::topics_said(log_, step_, 0, log_.first_puncture());
        table("consent elements covered", n, "of 8",
              fmt::format("You covered {} of 8 elements of consent.", num(n.value)));
        const Found agreed = m::said(log_, "consent.agree", 0, log_.first_puncture());
        flag("agreement asked for", agreed,
             yes_no(agreed, "You asked for agreement.", "You did not ask for agreement before the needle."))
            .safety = true;
    }

    // ---- equipment ----
    void gather() {
        const Found n = m::items_present(log_);
        table("required items present", n, "of 12",
              fmt::format("{} of 12 needed things were on the tray.", num(n.value)));
        const Found box = m::item_taken(log_, "sharps_box");
        flag("sharps box in reach", box,
             yes_no(box, "The sharps box was in reach.", "There was no sharps box in reach."))
            .safety = true;
    }
    void drug_check() {
        const Found rub = m::longest_activity(log_, words::kStopperRub, 0, log_.injection_puncture());
        table("stopper disinfected", rub, "s",
              fmt::format("You rubbed the stopper for {} s; 15 s are needed.", num(rub.value)));
        const Found dose = m::planned_dose_fraction(log_);
        table("planned dose as fraction of maximum", dose, "of maximum",
              dose.known ? fmt::format("The dose drawn up was {:.0f}% of this patient's maximum.",
                                       dose.value * 100.0)
                         : "Nothing was drawn up.")
            .safety = true;
        const Found air = m::air_left(log_);
        table("air left in syringe", air, "mL",
              !air.known        ? "Nothing was drawn up."
              : air.value > 0.0 ? "You left air in the syringe."
                                : "You expelled the air.");
        const Found label = m::declared(log_, words::kLabel);
        flag("syringe labelled", label,
             yes_no(label, "You labelled the syringe.", "You did not label the syringe."));
    }
    void needle_choice() {
        const Found spare = m::spare_length(log_);
        table("needle length minus planned depth", spare, "mm",
              spare.known
                  ? fmt::format("The needle was {} mm longer than the way to the point; 5 to 15 mm is good.",
                                num(spare.value))
                  : "No injection needle was mounted.");
        const Found g = m::gauge(log_, events::Syringe::Injection);
        table("gauge", g, "G",
              g.known ? fmt::format("You chose {} G.", num(g.value)) : "No injection needle was mounted.");
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
            table("hands", "soap and water", wash, "s",
                  fmt::format("You washed your hands for {} s.", num(wash.value)))
                .safety = true;
            return;
        }
        table("hands", "alcohol rub", rub, "s",
              rub.value > 0.0
                  ? fmt::format("You rubbed your hands for {} s; 20 s are needed.", num(rub.value))
                  : "You did not clean your hands.")
            .safety = true;
    }
    void hands() { clean_hands(0, log_.first_puncture()); }
    void hands_again() {
        if (log_.injection_out() == LogView::npos) {
            table("hands", "alcohol rub", Found{}, "s",
                  "There was no needle after which hands would be cleaned.");
            return;
        }
        clean_hands(log_.injection_out(), LogView::npos);
    }
    void gloves() {
        const Found g = m::glove_state(log_);
        add("glove state at injection", "", g, g.value,
            "sterile; clean and not touching the site is borderline",
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
              !rank.known ? "You named no candidate muscle."
              : rank.value > 90.0
                  ? "The muscle that explains the complaint was not among your candidates."
                  : fmt::format("The right muscle was number {} of your candidates.", num(rank.value)));
        if (rank.known && rank.value > 90.0) out_.back().measured.grade = 0.0;
    }
    void palpate() {
        const Found d = m::distance_found(log_);
        add("distance found point to true point", "mm", d, locating_grade(d.value),
            "good up to 10 mm, half at 20 mm, nothing beyond 26 mm",
            !d.known ? "You found no point."
            : log_.mark() == LogView::npos
                ? "Without a mark, the spot that you held is taken: it lay within 10 mm of the point."
                : fmt::format("Your mark lay {:.0f} mm from the point.", d.value));
        const Found force = m::palpation_pressure(log_);
        table("palpation pressure", force, "kg",
              force.known ? fmt::format("You pressed with about {:.1f} kg; 1.5 to 4 kg is good.", force.value)
                          : "You did not palpate the muscle.");
        const Found time = m::search_time(log_);
        table("search time per muscle", time, "s",
              time.known ? fmt::format("Your finger searched for {:.0f} s.", time.value)
                         : "You did not search with the finger.")
            .weight = 0.5;
    }
    void confirm() {
        const Found n = m::criteria_checked(log_);
        table("criteria checked", n, "of 4",
              fmt::format("You confirmed {} of 4 criteria (band, spot, referral, recognition) at one point.",
                          num(n.value)));
        const Found hold = m::hold_time(log_);
        table("hold to elicit referral", hold, "s",
              hold.known
                  ? fmt::format("You held the pressure for {:.1f} s; referral needs 5 to 10 s.", hold.value)
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
              d.known ? fmt::format("Your mark lay {:.0f} mm from the spot that you had felt.", d.value)
                      : "There was no mark, or no spot to compare it with.");
    }

    // ---- cleaning ----
    void antiseptic() {
        const std::string agent = m::antiseptic_used(log_);
        const std::string none = m::cleaned_somewhere(log_)
                                     ? "The needle went in where the skin was not cleaned."
                                     : "You used no antiseptic.";
        const bool iodine = agent == "povidone_iodine_10";
        const Found cover = agent.empty() ? Found{} : m::coverage(log_);
        const bool somewhere_bare = !cover.known || cover.value <= 0.0; // at one of the needles
        const Found time = agent.empty() ? Found{} : iodine ? m::contact_time(log_) : m::friction_time(log_);
        const std::string_view row = iodine                  ? "povidone-iodine contact"
                                     : agent == "alcohol_70" ? "70% alcohol friction"
                                                             : "chlorhexidine-alcohol friction";
        table(row, time, "s",
              somewhere_bare ? none : fmt::format("You rubbed the antiseptic in for {:.0f} s.", time.value))
            .safety = true;
        table("coverage of that disc", cover, "percent",
              somewhere_bare ? none
                             : fmt::format("You covered {:.0f}% of the field around the mark.", cover.value))
            .safety = true;
        if (!iodine) return;
        const Found out = m::outward(log_);
        const Bands bands{
            {{0.7, 1.0}}, {{0.4, 0.7}}, {{0.0, 0.4}}}; // iodine goes on in outward circles (est.)
        add("from the centre outward", "share", out, procedure::grade(bands, out.value),
            procedure::describe(bands, "share"),
            fmt::format("{:.0f}% of the field was wetted from the centre outward.", out.value * 100.0));
    }
    void dry() {
        const std::string agent = m::antiseptic_used(log_);
        const Found time = agent.empty() ? Found{} : m::drying_time(log_);
        const std::string_view row = agent == "povidone_iodine_10" ? "drying after povidone-iodine"
                                     : agent == "alcohol_70"       ? "drying after alcohol"
                                                                   : "drying after chlorhexidine-alcohol";
        table(row, time, "s",
              time.known ? fmt::format("The antiseptic dried for {:.0f} s.", time.value)
                         : "There was no antiseptic to dry.")
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
};

} // namespace

std::vector<Reading> readings_before(std::string_view item, const LogView& log,
                                     const procedure::Procedure& procedure) {
    ItemsBefore items(log, procedure, item);
    items.read(item);
    return items.take();
}

} // namespace tb::scoring
