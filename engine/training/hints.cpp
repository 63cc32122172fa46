#include "training/hints.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace tb::training {
namespace {

struct StepHint {
    std::string_view step, text;
};
/// What to do next and why; never where the point lies.
constexpr std::array<StepHint, 38> kHints = {{
    {"identity", "Greet the patient and confirm name, date of birth, side and region."},
    {"indication",
     "Ask what has been tried so far, how strong the pain is from 0 to 10, and which movement hurts."},
    {"safety-screen", "Ask the safety questions: allergies, blood thinners, infection, pregnancy, fainting, "
                      "lung, organs, weight."},
    {"consent",
     "Explain what you will do, what can follow and what else could be done; then ask for agreement."},
    {"gather", "Set out what you need before you start; the sharps box belongs within arm's reach."},
    {"drug-check", "Rub the stopper, draw up the solution, expel the air and label the syringe. Keep an eye "
                   "on the maximum dose."},
    {"needle-choice", "Choose the shortest needle that reaches the point with 5 to 15 mm to spare."},
    {"hands", "Rub your hands for at least 20 s before you touch the patient."},
    {"gloves",
     "Put on clean gloves for palpation; take sterile ones if your fingers will touch the cleaned skin."},
    {"place", "Lay the patient down so that the muscle is slack and a faint is harmless."},
    {"history-map", "Let the patient point. Which muscles send pain there? Name your first candidates."},
    {"palpate", "Move your fingertip slowly across the fibres with 15 to 40 N and watch for a rope that "
                "rolls under it."},
    {"confirm", "Stay on the most tender spot of the band for 5 to 10 s and ask whether this is the pain the "
                "patient knows."},
    {"risk-name", "Before the needle: which structure near this point must it not reach?"},
    {"mark", "Take the pen and mark the spot that you have just confirmed."},
    {"antiseptic", "Clean the skin around the mark; rub for the full time and cover the whole field."},
    {"dry", "Let the antiseptic dry in the air. Do not fan or wipe."},
    {"choose-anaesthesia",
     "Ask what the patient prefers for the skin: a small wheal, cold spray, or neither."},
    {"wheal", "A fine needle, almost flat to the skin, bevel up; give 0.1 to 0.5 mL slowly."},
    {"wait", "Give it a minute, then touch with the point and ask: sharp or dull?"},
    {"warn", "Tell the patient what comes now, and to report electric pain or shortness of breath."},
    {"fix", "Hold the band between two fingers so that it cannot roll away from the needle."},
    {"enter", "Enter 1 to 2 cm beside the mark at about 30 degrees, or through the lifted fold; keep the tip "
              "away from the chest."},
    {"depth", "Advance slowly until the band resists, the muscle twitches, or the patient knows the pain."},
    {"aspirate", "Pull the plunger back and hold it until blood would have had time to show."},
    {"deposit", "Inject a small amount slowly: 0.1 to 0.5 mL."},
    {"withdraw", "Come straight back out, and put the needle into the sharps box at once."},
    {"pressure", "Press with gauze for two minutes."},
    {"stretch", "Let the muscle move slowly from fully short to fully long, three times."},
    {"recheck", "Palpate again and ask for the pain score."},
    {"observe", "Watch the patient lying down, and ask about breathing, chest pain and dizziness."},
    {"sharps", "Put every used needle into the sharps box."},
    {"hands-2", "Take off the gloves and rub your hands."},
    {"advice", "Give the advice for the next days, and say when to come back at once."},
    {"record", "Write the record: consent, site, needle, drug, volume, antiseptic, twitch, pain before and "
               "after, plan."},
    {"follow-up", "Agree on the next visit; not before the soreness has gone."},
    {"", "Everything is done. You can end the case."},
    {"emergency", "The patient shows an emergency sign. Stop, call for help and act on it now."},
}};

std::string_view text_of(std::string_view step) {
    const auto it =
        std::find_if(kHints.begin(), kHints.end(), [step](const StepHint& h) { return h.step == step; });
    return it == kHints.end() ? std::string_view() : it->text;
}

/// What the plan adds to a step without giving the answer away.
std::string from_plan(std::string_view step, const scenario::Scenario& scenario) {
    const scenario::Plan& plan = scenario.plan;
    if (step == "palpate" && plan.technique == "pincer")
        return " This muscle can be lifted between thumb and fingers.";
    if (step == "palpate" && plan.technique == "deep")
        return " This muscle lies deep: press harder and slower.";
    if (step == "dry" || step == "antiseptic") {
        if (const auto* agent = scenario.tables.antiseptic(plan.antiseptic)) {
            const double seconds = step == "dry" ? agent->drying_s : agent->friction_s;
            return fmt::format(" With {} that is {:.0f} s.", agent->name, seconds);
        }
    }
    if (step == "observe" && plan.pleural_risk) return " After a point near the pleura that is 30 minutes.";
    return {};
}

} // namespace

Hint next_hint(const session::Session& session, const procedure::Procedure& procedure) {
    const procedure::Machine& machine = session.state().procedure;
    if (!machine.emergency().empty()) return {"emergency", std::string(text_of("emergency"))};
    Hint hint;
    hint.step = machine.next_step();
    hint.text = text_of(hint.step);
    if (hint.text.empty()) { // a step that the procedure's data added
        const procedure::Step* step = procedure.step(hint.step);
        hint.text = step != nullptr ? step->instruction : std::string();
    }
    hint.text += from_plan(hint.step, *session.world().scenario);
    return hint;
}

} // namespace tb::training
