#include "session/autopilot.h"

namespace tb::session {

const std::vector<Fault>& faults() {
    static const std::vector<Fault> kFaults{
        // before touching the patient
        {"no_identity", "Asks neither name nor date of birth.", {"identity"}, ""},
        {"no_indication", "Asks nothing about earlier treatment or the strength of the pain.", {"indication"}, ""},
        {"no_screen", "Asks no safety question.", {"safety-screen"}, ""},
        {"half_screen", "Asks only six of the ten safety questions.", {"safety-screen"}, ""},
        {"no_consent", "Explains nothing and asks for no consent.", {"consent"}, "no-consent"},
        {"half_consent", "Leaves out half of what consent needs.", {"consent"}, ""},
        // equipment and drug
        {"missing_items", "Forgets three items of the tray.", {"gather"}, ""},
        {"no_sharps_box", "Puts out no sharps box and throws the needles into the bin.", {"gather", "withdraw", "sharps"}, "sharps"},
        {"no_stopper_rub", "Does not disinfect the stopper.", {"drug-check"}, ""},
        {"no_label", "Leaves the syringe without a label.", {}, ""},
        {"air_in_syringe", "Leaves air in the syringe.", {"drug-check"}, ""},
        {"too_thick_needle", "Takes a 21 G needle.", {"needle-choice"}, ""},
        {"too_long_needle", "Takes a needle of 75 mm.", {"needle-choice"}, ""},
        // hygiene and position
        {"no_hand_hygiene", "Cleans no hands before the needle.", {"hands"}, "hand-hygiene"},
        {"short_hand_rub", "Rubs the hands for 12 seconds only.", {"hands"}, ""},
        {"no_gloves", "Wears no gloves.", {"gloves"}, ""},
        {"sitting_posture", "Leaves the patient sitting.", {"place"}, ""},
        // locating
        {"no_candidate", "Names no muscle that could explain the pain.", {"history-map"}, ""},
        {"static_palpation", "Presses here and there instead of moving across the fibres.", {"palpate"}, ""},
        {"hard_palpation", "Presses with 7 kg.", {"palpate"}, ""},
        {"light_palpation", "Strokes with less than 1 kg.", {"palpate"}, ""},
        {"careless_aim", "Remembers the found spot only to about a centimetre.", {"mark", "depth"}, ""},
        {"no_hold", "Does not hold the pressure to let the pain spread.", {"confirm"}, ""},
        {"no_risk_named", "Names no structure at risk.", {"risk-name"}, ""},
        {"mark_off_20mm", "Marks two centimetres beside the point.", {"mark"}, ""},
        {"no_mark", "Marks nothing.", {"mark"}, ""},
        // cleaning and numbing
        {"short_cleaning", "Rubs the antiseptic for eight seconds only.", {"antiseptic"}, ""},
        {"no_cleaning", "Does not clean the skin.", {"antiseptic", "dry", "no-touch"}, "no-antisepsis"},
        {"touch_after_cleaning", "Touches the cleaned skin with an unsterile finger.", {"no-touch", "gloves"}, "no-antisepsis"},
        {"wet_entry", "Goes through the wet antiseptic.", {"dry"}, ""},
        {"no_anaesthesia", "Does not numb the skin and does not ask.", {"choose-anaesthesia", "wheal", "wait"}, ""},
        {"no_wait_for_numbness", "Does not wait until the skin is numb.", {"wait"}, ""},
        // the needle
        {"no_warning", "Does not warn of the sting.", {"warn"}, ""},
        {"no_fix", "Does not fix the band between two fingers.", {"fix"}, ""},
        {"steep_entry", "Goes straight down over the point.", {"enter"}, ""},
        {"needle_into_lung", "Points the needle at the lung and goes in to the hub.", {"enter", "depth"}, "pleura"},
        {"needle_to_hub", "Sinks the needle to its hub.", {"depth"}, "hub"},
        {"no_aspiration", "Never aspirates.", {"aspirate"}, ""},
        {"short_aspiration", "Pulls the plunger for less than half a second.", {"aspirate"}, ""},
        {"too_much_volume", "Injects more than 2 mL into one site.", {"deposit"}, ""},
        {"overdose", "Injects two syringes of lidocaine 2%.", {"deposit", "drug-check"}, "overdose"},
        {"fast_injection", "Injects at half a millilitre a second.", {"deposit"}, ""},
        {"single_pass", "Makes one pass only.", {"fan"}, ""},
        {"redirect_deep", "Levers the needle sideways while it is deep.", {"fan"}, "hub"},
        {"needle_on_tray", "Lays the used needles on the tray.", {"withdraw", "sharps"}, "sharps"},
        // afterwards
        {"no_pressure", "Does not press on the puncture.", {"pressure"}, ""},
        {"no_stretch", "Does not move the muscle through its range.", {"stretch"}, ""},
        {"no_recheck", "Neither palpates again nor asks for the pain.", {"recheck"}, ""},
        {"no_observation", "Does not observe the patient.", {"observe"}, ""},
        {"no_second_hand_rub", "Cleans no hands at the end.", {"hands-2"}, ""},
        {"no_advice", "Gives no advice.", {"advice"}, ""},
        {"little_advice", "Gives three pieces of advice only.", {"advice"}, ""},
        {"no_record", "Writes no record.", {"record"}, ""},
        {"short_record", "Writes ten of the thirteen fields.", {"record"}, ""},
        {"no_followup", "Plans no next visit.", {"follow-up"}, ""},
        // the wrong place
        {"wrong_side", "Treats the other side.", {"palpate", "confirm", "mark", "enter", "depth"}, "wrong-patient-side"},
        {"latent_point_injected", "Treats a latent point that the patient does not know the pain of.",
         {"palpate", "confirm", "mark", "enter", "depth"},
         "wrong-patient-side"},
    };
    return kFaults;
}

} // namespace tb::session
